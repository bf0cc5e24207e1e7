"""What readers of structured files hand in: paragraphs and tables, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from planparse.source import Origin


@dataclass(slots=True)
class Label:
    """An automatic label as the file's own program shows it."""

    text: str
    """（一）, 1., ●; without the blank that follows it."""
    value: int
    """What it counts; 0 for a bullet."""
    level: int = 0
    """The list level, counted from 0."""
    suffix: Literal["tab", "space", "nothing"] = "tab"
    """What stands between the label and the text."""
    bullet: bool = False


@dataclass(slots=True)
class Note:
    """A footnote, an endnote or a comment."""

    role: Literal["footnote", "endnote", "comment"]
    text: str
    origin: Origin


@dataclass(slots=True)
class Paragraph:
    """One paragraph. A line feed in `text` is a line break inside it."""

    text: str
    origin: Origin
    label: Label | None = None
    outline: int = 0
    """The outline level, counted from 1; 0 for body text."""
    title: bool = False
    """In the style of a document's title."""
    debris: str = ""
    """Why it is no part of the plan (a reason of `planparse.syntax.noise`, or page_header); empty when it is one."""
    notes: list[Note] = field(default_factory=list)
    """The notes whose marks stand in it."""
    right: bool = False
    """Set against the right margin, as signatures are."""


@dataclass(slots=True)
class Cell:
    """One cell of a table; a cell that spans several squares is given once, at its first row and column."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    rows: int = 1
    columns: int = 1


@dataclass(slots=True)
class Grid:
    """A table. Row by row its cells from left to right; squares covered by a cell above or to the left are left out."""

    rows: list[list[Cell]]
    heads: int = 0
    """How many rows at the top the file marks as column heads; 0 when it does not say."""
    loose: bool = False
    """The squares come from a sheet, where a line of text above a table stands in its first column."""


Block = Paragraph | Grid


@dataclass(slots=True)
class Content:
    """All that a reader understood of a file."""

    blocks: list[Block]
    media_type: str
    encoding: str = "utf-8"
    encoding_guessed: bool = False
    notices: list[tuple[str, dict[str, str | int]]] = field(default_factory=list)
    """What is odd about the file as a whole: names of findings with the values of their messages."""
    published: str | None = None
    """The day it was published, ISO 8601, where the file tells."""
