"""The formats of `planparse parse`: which one the command line asks for, and how several documents stand in one output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from planparse.cli.console import Console
from planparse.errors import PlanparseError
from planparse.formats import OUTPUTS, Format, Numbering, render
from planparse.syntax.parse import Parsed

if TYPE_CHECKING:
    from datetime import datetime

    from planparse.writers.ics import LeftOut

MOST_SHOWN = 40
"""So many characters of an entry are shown in a message."""
SUFFIXES = {suffix: form for form, output in OUTPUTS.items() for suffix in output.suffixes}


def from_suffix(path: str | None) -> Format:
    """The format that an output file's name tells; JSON on standard output.

    Raises:
        PlanparseError: The name tells none.
    """
    if path is None or path in ("-", os.devnull):
        return "json"
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in SUFFIXES:
        raise PlanparseError(
            "{name}: its name tells no format; end it in .json, .jsonl, .md, .txt, .csv, .xlsx, .docx or .ics, or give --format", name=path
        )
    return SUFFIXES[suffix]


def spare_screen(form: Format, out: str | None) -> None:
    """Refuses to write what is no text to a screen.

    Raises:
        PlanparseError: The output is a terminal.
    """
    if OUTPUTS[form].binary and out in (None, "-") and sys.stdout.isatty():
        raise PlanparseError("a screen cannot show {format}; name a file with -o", format=form)


def rendered(parsed: Parsed, form: Format, *, positions: bool, numbering: Numbering, console: Console) -> Iterator[str]:
    """A document in a format, piece by piece; what a calendar leaves out is said on standard error."""
    stamp = moment() if form == "ics" else None
    pieces, left_out = render(parsed, form, translate=console.translate, stamp=stamp, positions=positions, numbering=numbering)
    for entry in left_out:
        _say(console, parsed.source.name, entry)
    return pieces


def moment() -> datetime:
    """When a calendar is made: now, or what SOURCE_DATE_EPOCH says."""
    from datetime import UTC, datetime

    said = os.environ.get("SOURCE_DATE_EPOCH", "")  # https://reproducible-builds.org: the same input, the same bytes
    return datetime.fromtimestamp(int(said), UTC) if said.isdigit() else datetime.now(UTC).replace(microsecond=0)


def _say(console: Console, name: str, entry: LeftOut) -> None:
    place = name + (f": {entry.origin}" if entry.origin else f":{entry.line}" if entry.line else "")
    text = entry.text if len(entry.text) <= MOST_SHOWN else entry.text[: MOST_SHOWN - 1] + "…"
    console.say("{place}: not in the calendar: {when} ({reason}): {text}", place=place, when=entry.when, reason=entry.reason, text=text)


def joint(form: Format, several: bool, written: int | None) -> bytes:
    """What stands before a document when `written` others stand before it already, and at the end of all (None)."""
    if not several or form in ("jsonl", "ics") or OUTPUTS[form].whole:
        return b""
    if form == "json":
        return b"]\n" if written is None else b"," if written else b"["
    return b"\n" if written else b""
