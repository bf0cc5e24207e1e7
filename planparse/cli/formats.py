"""The formats of `planparse parse`: their names, their file suffixes, and how several documents stand in one output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from planparse.cli.console import Console
from planparse.errors import PlanparseError
from planparse.syntax.parse import Parsed
from planparse.writers import json

if TYPE_CHECKING:
    from planparse.model import Document

MOST_SHOWN = 40
"""So many characters of an entry are shown in a message."""
Format = Literal["json", "jsonl", "markdown", "text", "ics", "csv", "xlsx", "docx"]
Numbering = Literal["standard", "keep"]


class Output(NamedTuple):
    """A format that can be written."""

    suffixes: tuple[str, ...]
    needs: str = ""
    """The module that an extra brings, a key of `planparse.extras.PACKAGES`."""
    whole: bool = False
    """All documents are written as one, at the end."""
    binary: bool = False
    """It is no text: a screen cannot show it."""


OUTPUTS: dict[Format, Output] = {
    "json": Output((".json",)),
    "jsonl": Output((".jsonl",)),
    "markdown": Output((".md", ".markdown")),
    "text": Output((".txt",)),
    "ics": Output((".ics",)),
    "csv": Output((".csv",), whole=True),
    "xlsx": Output((".xlsx",), needs="xlsxwriter", whole=True, binary=True),
    "docx": Output((".docx",), whole=True, binary=True),
}
"""To write one more format: a module in `planparse/writers`, a row here, and a branch below."""

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


def render_whole(documents: list[Document], form: Format, numbering: Numbering) -> bytes:
    """All documents as one file.

    Raises:
        PlanparseError: The format needs a package that is not installed.
    """
    if form == "docx":
        from planparse.writers import docx

        return docx.write(documents, numbering)
    from planparse.writers import sheets

    return sheets.write_xlsx(documents) if form == "xlsx" else sheets.write_csv(documents).encode()


def calendar(document: Document, console: Console) -> str:
    """The document's calendar; what is in none is said on standard error."""
    from datetime import UTC, datetime

    from planparse.writers import ics

    moment = os.environ.get("SOURCE_DATE_EPOCH", "")  # https://reproducible-builds.org: the same input, the same bytes
    stamp = datetime.fromtimestamp(int(moment), UTC) if moment.isdigit() else datetime.now(UTC).replace(microsecond=0)
    made = ics.write(document, stamp, console.translate)
    for entry in made.left_out:
        place = document.source.name + (f": {entry.origin}" if entry.origin else f":{entry.line}" if entry.line else "")
        text = entry.text if len(entry.text) <= MOST_SHOWN else entry.text[: MOST_SHOWN - 1] + "…"
        console.say("{place}: not in the calendar: {when} ({reason}): {text}", place=place, when=entry.when, reason=entry.reason, text=text)
    return made.data.decode()


def joint(form: Format, several: bool, written: int | None) -> bytes:
    """What stands before a document when `written` others stand before it already, and at the end of all (None)."""
    if not several or form in ("jsonl", "ics") or OUTPUTS[form].whole:
        return b""
    if form == "json":
        return b"]\n" if written is None else b"," if written else b"["
    return b"\n" if written else b""
