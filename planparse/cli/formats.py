"""The formats of `planparse parse`: their names, their file suffixes, and how several documents stand in one output."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal

from planparse.errors import PlanparseError
from planparse.messages import Translate
from planparse.syntax.parse import Parsed
from planparse.writers import json

Format = Literal["json", "jsonl", "markdown", "text"]
Numbering = Literal["standard", "keep"]

SUFFIXES: dict[str, Format] = {
    ".json": "json", ".jsonl": "jsonl", ".md": "markdown", ".markdown": "markdown", ".txt": "text",
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
        raise PlanparseError("{name}: its name tells no format; end it in .json, .jsonl, .md or .txt, or give --format", name=path)
    return SUFFIXES[suffix]


def render(parsed: Parsed, form: Format, *, positions: bool, numbering: Numbering, translate: Translate) -> Iterator[str]:
    """A document in a format, piece by piece. JSON comes straight from the parser's tree, the others from the models."""
    if form in ("json", "jsonl"):
        yield from json.write(parsed, positions=positions, translate=translate, one_line=form == "jsonl")
        return
    from planparse.documents import build  # only now: building models loads pydantic

    document = build(parsed, translate=translate)
    if form == "markdown":
        from planparse.writers import markdown

        yield markdown.write(document)
    else:
        from planparse.writers import text

        yield text.write(document, numbering=numbering)


def joint(form: Format, several: bool, written: int | None) -> bytes:
    """What stands before a document when `written` others stand before it already, and at the end of all (None)."""
    if not several or form == "jsonl":
        return b""
    if form == "json":
        return b"]\n" if written is None else b"," if written else b"["
    return b"\n" if written else b""
