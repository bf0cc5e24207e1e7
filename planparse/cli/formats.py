"""The formats of `planparse parse`: their names, their file suffixes, and how several documents stand in one output."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from planparse.cli.console import Console
from planparse.errors import PlanparseError
from planparse.syntax.parse import Parsed
from planparse.writers import json

if TYPE_CHECKING:
    from planparse.model import Document

MOST_SHOWN = 40
"""So many characters of an entry are shown in a message."""
Format = Literal["json", "jsonl", "markdown", "text", "ics"]
Numbering = Literal["standard", "keep"]

SUFFIXES: dict[str, Format] = {
    ".json": "json", ".jsonl": "jsonl", ".md": "markdown", ".markdown": "markdown", ".txt": "text", ".ics": "ics",
}  # fmt: skip


def from_suffix(path: str | None) -> Format:
    """The format that an output file's name tells; JSON on standard output.

    Raises:
        PlanparseError: The name tells none.
    """
    if path is None or path in ("-", os.devnull):
        return "json"
    suffix = os.path.splitext(path)[1].lower()
    if suffix not in SUFFIXES:
        raise PlanparseError("{name}: its name tells no format; end it in .json, .jsonl, .md, .txt or .ics, or give --format", name=path)
    return SUFFIXES[suffix]


def render(parsed: Parsed, form: Format, *, positions: bool, numbering: Numbering, console: Console) -> Iterator[str]:
    """A document in a format, piece by piece. JSON comes straight from the parser's tree, the others from the models."""
    translate = console.translate
    if form in ("json", "jsonl"):
        yield from json.write(parsed, positions=positions, translate=translate, one_line=form == "jsonl")
        return
    from planparse.documents import build  # only now: building models loads pydantic

    document = build(parsed, translate=translate)
    if form == "ics":
        yield calendar(document, console)
    elif form == "markdown":
        from planparse.writers import markdown

        yield markdown.write(document)
    else:
        from planparse.writers import text

        yield text.write(document, numbering=numbering)


def calendar(document: Document, console: Console) -> str:
    """The document's calendar; what is in none is said on standard error."""
    from datetime import UTC, datetime

    from planparse.writers import ics

    moment = os.environ.get("SOURCE_DATE_EPOCH", "")  # https://reproducible-builds.org: the same input, the same bytes
    stamp = datetime.fromtimestamp(int(moment), UTC) if moment.isdigit() else datetime.now(UTC).replace(microsecond=0)
    made = ics.write(document, stamp, console.translate)
    for entry in made.left_out:
        place = f"{document.source.name}:{entry.line}" if entry.line else document.source.name
        text = entry.text if len(entry.text) <= MOST_SHOWN else entry.text[: MOST_SHOWN - 1] + "…"
        console.say("{place}: not in the calendar: {when} ({reason}): {text}", place=place, when=entry.when, reason=entry.reason, text=text)
    return made.data.decode()


def joint(form: Format, several: bool, written: int | None) -> bytes:
    """What stands before a document when `written` others stand before it already, and at the end of all (None)."""
    if not several or form in ("jsonl", "ics"):
        return b""
    if form == "json":
        return b"]\n" if written is None else b"," if written else b"["
    return b"\n" if written else b""
