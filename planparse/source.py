"""Decoded text, where it came from, and the way from an offset to a line and a column."""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

BIG = 1 << 18
"""From this many characters on the cyclic collector rests while the tree grows: it would walk it again and again."""


@contextmanager
def resting_collector(characters: int) -> Iterator[None]:
    """Keeps the cyclic collector from running over a big tree without cycles; small texts are left alone."""
    resting = characters > BIG and gc.isenabled()
    if resting:
        gc.disable()
    try:
        yield
    finally:
        if resting:
            gc.enable()


class Origin(NamedTuple):
    """Where a stretch of text stands in a file that has no lines: `form` is English with `{}` fields and a message key."""

    form: str
    values: tuple[str | int, ...]

    def __str__(self) -> str:
        return self.form.format(*self.values)


PARAGRAPH = "paragraph {}"
CELL = "table {}, row {}, cell {}"
SHEET_CELL = "{}!{}"
ROW_CELL = "row {}, cell {}"
PAGE = "page {}"
BOX = "text box {}"
NOTE = {"footnote": "footnote {}", "endnote": "endnote {}", "comment": "comment {}"}
MARGIN = {"header": "page header", "footer": "page footer"}
ORIGINS = (PARAGRAPH, CELL, SHEET_CELL, ROW_CELL, PAGE, BOX, *NOTE.values(), *MARGIN.values())
"""The forms of an `Origin`. All count from 1: paragraphs of the body, cells of a table, of Sheet1!B4, of a CSV file, pages of a PDF file."""


class Mark(NamedTuple):
    """A label that the file holds as a number of an automatic list, not as text. It stands in the text all the same."""

    end: int
    """Where the label ends in the text."""
    value: int
    """What it counts; 0 for a bullet."""
    level: int
    """The list level, counted from 0."""
    bullet: bool


class Square(NamedTuple):
    """One square of a table's grid: `text[start:end]`. A square that a merged cell covers is empty, its spans are 0."""

    start: int
    end: int
    rows: int
    columns: int


class Grid(NamedTuple):
    """A table as the file has it. In the text each row is a line, TABs part its squares, VT parts the lines of a square."""

    start: int
    end: int
    rows: list[list[Square]]
    """All rows are equally long."""
    heads: int
    """How many rows at the top the file calls column heads; 0 when it does not say."""


class Aside(NamedTuple):
    """A footnote or comment: `text[start:end]`, after the body; `anchor` is the offset in the body it belongs to."""

    start: int
    end: int
    role: Literal["footnote", "endnote", "comment"]
    anchor: int


class Notice(NamedTuple):
    """What a reader found odd: the name of a finding, where in the text, and the values its message tells."""

    name: str
    start: int
    end: int
    values: dict[str, Any]


class Layout:
    """What a file tells about its text beyond the characters. All keys are offsets of a line's first character."""

    __slots__ = ("asides", "body_end", "debris", "grids", "headings", "marks", "origins", "places", "right", "titles")

    def __init__(self) -> None:
        self.places: list[int] = []
        """Ascending offsets; from each on, up to the next, the text stands at the origin of the same index."""
        self.origins: list[Origin] = []
        self.marks: dict[int, Mark] = {}
        self.headings: dict[int, int] = {}
        """The outline level, counted from 1, of the lines that have one."""
        self.titles: set[int] = set()
        """Lines in the style of a document's title."""
        self.right: set[int] = set()
        """Lines set against the right margin, as signatures are."""
        self.debris: dict[int, str] = {}
        """Lines that are no part of the plan, with the reason: page headers, navigation."""
        self.grids: list[Grid] = []
        self.asides: list[Aside] = []
        self.body_end = 0
        """Where the asides begin."""

    def origin(self, offset: int) -> Origin | None:
        """Where the character at `offset` stands in the file."""
        k = bisect_right(self.places, offset) - 1
        return self.origins[k] if k >= 0 else None


class Source:
    """One input after decoding. `text` is exactly what was read, line ends included; only a byte order mark is gone.

    A plain class: importing `dataclasses` would cost a tenth of the start-up time.
    """

    __slots__ = ("encoding", "encoding_guessed", "layout", "line_starts", "media_type", "name", "notices", "published", "sha256", "text")

    def __init__(
        self,
        name: str,
        text: str,
        encoding: str = "utf-8",
        encoding_guessed: bool = False,
        sha256: str = "",
        media_type: str = "text/plain",
        layout: Layout | None = None,
    ) -> None:
        self.name = name
        """The path as given, or `-` for standard input."""
        self.text = text
        self.encoding = encoding
        """The codec that decoded the bytes, by Python's name."""
        self.encoding_guessed = encoding_guessed
        """False when a byte order mark, the user, or valid UTF-8 settled the encoding."""
        self.sha256 = sha256
        """Of the bytes as read, in hexadecimal."""
        self.media_type = media_type
        self.layout = layout
        """None for plain text."""
        self.notices: list[Notice] = []
        """What its reader found odd."""
        self.published: str | None = None
        """The day the file says it was published, ISO 8601: a saved web page may."""
        self.line_starts = _line_starts(text)
        """The offset of each line's first character; line ends are LF, CR LF, or CR where no LF occurs."""

    def line_column(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column (in code points) of an offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    @property
    def lines(self) -> int:
        """How many lines the text has; a final line end starts no new line."""
        return len(self.line_starts) - (1 if self.line_starts[-1] == len(self.text) and self.text else 0)


def line_end(text: str) -> str:
    """The character that ends a line in this text."""
    return "\r" if "\r" in text and "\n" not in text else "\n"


def _line_starts(text: str) -> list[int]:
    end, starts, at = line_end(text), [0], 0
    find = text.find
    while (at := find(end, at) + 1) > 0:
        starts.append(at)
    return starts
