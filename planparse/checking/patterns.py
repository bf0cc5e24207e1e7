"""Patterns for paths, as in ignore files: `*.md`, `drafts/`, `plans/2023/**`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from typing import NamedTuple

from planparse.errors import PlanparseError
from planparse.syntax.lazy import lazy

_SIGN = lazy(r"\*\*/|\*\*|\*|\?|\[!?\]?[^\]]*\]|.", re.DOTALL)
_SIGNS = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
WILD = frozenset("*?[")


class Pattern(NamedTuple):
    """A pattern and the folder that it is relative to."""

    folder: str
    text: str
    compiled: re.Pattern[str]

    def fits(self, path: str) -> bool:
        """Whether it names this file, or a folder above it; the path is absolute."""
        try:
            relative = os.path.relpath(path, self.folder)
        except ValueError:  # on another drive
            return False
        relative = relative.replace(os.sep, "/")
        return not relative.startswith("../") and self.compiled.match(relative) is not None


def patterns(texts: Iterable[str], folder: str) -> tuple[Pattern, ...]:
    """The patterns of a list; without a `/` in it a pattern fits names at any depth."""
    return tuple(Pattern(folder, text, _compiled(text, folder)) for text in texts if text.strip("/ "))


def wild(path: str) -> bool:
    """Whether a path has signs that stand for others."""
    return not WILD.isdisjoint(path)


def _compiled(text: str, folder: str) -> re.Pattern[str]:
    if os.path.isabs(text):
        text = os.path.relpath(text, folder)
    text = text.replace("\\", "/") if os.name == "nt" else text
    text = text.removeprefix("./")
    anywhere = "/" not in text.rstrip("/")
    body = "".join(map(_translated, _SIGN.findall(text.strip("/"))))
    try:
        return re.compile(f"{'(?:.*/)?' if anywhere else ''}{body}(?:/.*)?\\Z", re.DOTALL)
    except re.error as error:
        raise PlanparseError("{text}: this is no pattern ({reason})", text=text, reason=str(error)) from None


def _translated(sign: str) -> str:
    if sign in _SIGNS:
        return _SIGNS[sign]
    if len(sign) > 2 and sign[0] == "[":
        inside = sign[1:-1].replace("\\", "\\\\").replace("[", "\\[")
        return f"[^{inside[1:]}]" if inside[0] == "!" else f"[{inside}]"
    return re.escape(sign)
