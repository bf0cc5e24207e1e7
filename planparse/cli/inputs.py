"""The files a command is to read."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from planparse.errors import PlanparseError
from planparse.readers import STANDARD_INPUT

FilesArgument = Annotated[list[str] | None, typer.Argument(metavar="[FILE]...", help="Files; - is standard input.", show_default=False)]
EncodingOption = Annotated[str | None, typer.Option("--encoding", metavar="NAME", help="Encoding of the files; else detected.")]


def named(files: list[str] | None) -> list[str]:
    """The files that were named; standard input when none was and something is piped in.

    Raises:
        PlanparseError: No file was named, and standard input is the keyboard.
    """
    if files:
        return list(files)
    if sys.stdin is None or sys.stdin.isatty():
        raise PlanparseError("no file was named; name one, or pipe text in (see --help)")
    return [STANDARD_INPUT]


def spare(names: list[str], out: str | None) -> None:
    """Refuses to write over a file that is read.

    Raises:
        PlanparseError: The output is one of the inputs.
    """
    if out is None or not os.path.isfile(out):
        return
    if any(os.path.isfile(name) and os.path.samefile(name, out) for name in names):
        raise PlanparseError("{name}: this is an input; write the result to another file", name=out)


def share(text: str | None) -> float | None:
    """The number that `--threshold` names.

    Raises:
        PlanparseError: It is no number from 0 to 1.
    """
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:  # nan is neither
        raise PlanparseError("--threshold {text}: give a number from 0 to 1, as 0.6", text=text)
    return number
