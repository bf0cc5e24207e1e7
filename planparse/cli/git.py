"""Git calls `planparse diff` to show a difference: git-diff(1), GIT_EXTERNAL_DIFF and `diff.<driver>.command`."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from planparse.cli.comparing import Asked, compared
from planparse.cli.console import CALLED_BY_GIT, Console
from planparse.cli.output import opened
from planparse.errors import PlanparseError

if TYPE_CHECKING:
    from planparse.report.changes.choose import Choice
    from planparse.report.changes.formats import Screen


class Call(NamedTuple):
    """What git asks to be compared."""

    path: str
    """The file's name in the repository."""
    old: str
    """Where its old content is; the null device for a new file, empty for one that is not merged."""
    new: str
    """Where its new content is; the null device for a file that was deleted."""
    renamed: str
    """Its new name."""

    def titles(self) -> tuple[str | None, str | None]:
        """What the two are called in a report, as git itself does."""
        return (
            None if self.old == os.devnull else f"a/{self.path}",
            None if self.new == os.devnull else f"b/{self.renamed}",
        )


def called_by_git(arguments: Sequence[str], environ: Mapping[str, str]) -> Call | None:
    """The files of a call by git: `path old-file old-hex old-mode new-file new-hex new-mode`.

    Two more follow where a file was renamed; of a file that is not merged there is the path only. None for a call by anybody else.
    """
    if CALLED_BY_GIT not in environ or len(arguments) not in (1, 7, 9):
        return None
    if len(arguments) == 1:
        return Call(arguments[0], "", "", arguments[0])
    path, old, _, _, new = arguments[:5]
    return Call(path, old, new, arguments[7] if len(arguments) == 9 else path)


def show(console: Console, call: Call, asked: Asked, choice: Choice, form: str, screen: Screen) -> None:
    """Shows git a difference. A code other than 0 would end git's run over all other files, so a fault is only said."""
    from planparse.report.changes.choose import chosen
    from planparse.report.changes.formats import render

    if not call.old:
        console.say("{name}: this file is not merged yet", name=call.path)
        return
    try:
        left = chosen(compared(console, (call.old, call.new), asked, call.titles()), choice)
    except PlanparseError as error:
        console.error(error)
        return
    except Exception as error:  # noqa: BLE001 - the fault is ours; the other files are still to be shown
        console.bug(error, call.path)
        return
    with opened(None) as put:
        put(render(left, form, translate=console.translate, screen=screen))
