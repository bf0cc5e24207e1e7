"""How commands speak to the person at the terminal: on standard error, in their language, in one line."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from planparse.errors import PlanparseError
from planparse.messages import Translate, fill
from planparse.source import Source

CALLED_BY_GIT = "GIT_DIFF_PATH_COUNTER"
"""The variable that git sets when it calls a program to show a difference."""


class Console:
    """What every command gets as its context's `obj`."""

    def __init__(self, translate: Translate) -> None:
        self.translate = translate

    def say(self, message: str, **values: str | int) -> None:
        """One line on standard error."""
        self.line(f"planparse: {fill(self.translate, message, values)}")

    def line(self, text: str) -> None:
        """A finished line on standard error."""
        print(text, file=sys.stderr)

    def error(self, error: PlanparseError) -> None:
        """An error's line on standard error."""
        self.say(error.message, **error.values)

    def bug(self, error: Exception, name: str | None = None) -> None:
        """A line for a fault of ours; the traceback only for those who set PLANPARSE_DEBUG."""
        reason = f"{type(error).__name__}: {error}".replace("\n", " ")
        if name is None:
            self.say("this is a fault of planparse ({reason}); please report it with the command you gave", reason=reason)
        else:
            self.say("{name}: this is a fault of planparse ({reason}); please report it with this file", name=name, reason=reason)
        if os.environ.get("PLANPARSE_DEBUG"):
            import traceback

            traceback.print_exception(error)


def place(source: Source, start: int, end: int, translate: Translate) -> str:
    """Where a stretch begins, for people: `plan.txt:12:1`, or `plan.docx: paragraph 12` in a file that has no lines.

    An empty stretch stands for the file as a whole.
    """
    if start == end:
        return source.name
    origin = source.layout.origin(start) if source.layout is not None else None
    if origin is not None:
        return f"{source.name}: {translate(origin.form).format(*origin.values)}"
    line, column = source.line_column(start)
    return f"{source.name}:{line}:{column}"


def wants_colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal, or a pager that git shows a difference in, whose owner has nothing against colours.

    See https://no-color.org.
    """
    paged = CALLED_BY_GIT in os.environ and os.environ.get("GIT_PAGER_IN_USE") == "true"
    return (paged or stream.isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
