"""The blocks of a Word file as XML: paragraphs, and tables whose columns share the text area."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from unicodedata import east_asian_width
from xml.sax.saxutils import escape

from planparse.writers.word.parts import INDENT, TEXT_WIDTH
from planparse.writers.wording import flat

MOST_COLUMNS = 63
"""Word opens no table with more."""
MOST_SQUARES = 500_000
"""A table that would fill up to more squares is written as lines with TABs."""
KEYS = frozenset({"week", "date", "weekday", "time", "due"})
"""Columns whose words are centred and rather not broken."""
QUARTER, PADDING = 67, 160  # of a Chinese character in a table, with a little to spare; what a column needs beside its words
_SEAMS = re.compile("[0-9A-Za-z](?=[一-鿿])|[一-鿿](?=[0-9A-Za-z])")
_FORBIDDEN = re.compile("[^\\t\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # by XML 1.0

Words = Sequence[tuple[str, str]]
"""Stretches of text, each with the style of its characters; none when empty."""


def escaped(text: str) -> str:
    """The text as XML, without the characters that XML has no place for."""
    return escape(_FORBIDDEN.sub("", text))


def _run(text: str, style: str) -> str:
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    inner = "<w:tab/>".join(f'<w:t xml:space="preserve">{part}</w:t>' if part else "" for part in escaped(text).split("\t"))
    return f"<w:r>{look}{inner}</w:r>" if inner else ""


class Body:
    """The blocks of the file, as XML."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.page = False
        """Whether the next block begins a page."""
        self._table = False

    def paragraph(
        self, style: str, words: Words = (), *, number: tuple[int, int] | None = None, before: int = 0, after: int = 0,
        right: int = 0, outline: int | None = None, label_style: str = "",
    ) -> None:  # fmt: skip
        """Adds a paragraph. `number` is its list (0 for none) and level; `before`, `after` and `right` are the space around it."""
        space = "".join(f' w:{side}="{length}"' for side, length in (("before", before), ("after", after)) if length)
        properties = (
            f'<w:pStyle w:val="{style}"/>'
            + ("<w:pageBreakBefore/>" if self.page else "")
            + (f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>' if number else "")
            + (f"<w:spacing{space}/>" if space else "")
            + (f'<w:ind w:right="{right}"/>' if right else INDENT if number and not number[0] else "")
            + (f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else "")
            + (f'<w:rPr><w:rStyle w:val="{label_style}"/></w:rPr>' if label_style else "")
        )
        self.blocks.append(f"<w:p><w:pPr>{properties}</w:pPr>{''.join(_run(*stretch) for stretch in words)}</w:p>")
        self.page = self._table = False

    def table(self, head: list[str], rows: list[list[str]], roles: list[str]) -> None:
        """Adds a table; `head` is empty when it has none, `roles` are those of a schedule's columns."""
        width = max([len(head), *map(len, rows)], default=0)
        if width == 0:
            return
        if width > MOST_COLUMNS or width * len(rows) > MOST_SQUARES:
            for row in [head] * bool(head) + rows:
                self.paragraph("Normal", [("\t".join(map(flat, row)).rstrip(), "")])
            return
        if self.page or self._table:  # neither begins a page nor stays apart from the table before without a paragraph between
            self.paragraph("Normal")
        roles = roles + [""] * (width - len(roles))
        widths = _widths([*rows, head], width)
        columns = "".join(f'<w:gridCol w:w="{length}"/>' for length in widths)
        styles = ["TableKey" if role in KEYS else "TableText" for role in roles]
        inner = _row(head, widths, ["TableHead"] * width, "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>") if head else ""
        self.blocks.append(
            f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
            f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>'
            f"{inner}{''.join(_row(row, widths, styles) for row in rows)}</w:tbl>"
        )
        self._table = True

    def xml(self) -> str:
        """All blocks; a paragraph stands at the end, as Word wants it."""
        if self._table or not self.blocks:
            self.paragraph("Normal")
        return "".join(self.blocks)


def _row(cells: list[str], widths: list[int], styles: list[str], properties: str = "") -> str:
    squares = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
        + "".join(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_run(line, "")}</w:p>' for line in cell.splitlines() or [""])
        + "</w:tc>"
        for cell, width, style in zip_longest(cells, widths, styles, fillvalue="")
    )
    return f"<w:tr>{properties}{squares}</w:tr>"


def _widths(rows: list[list[str]], count: int) -> list[int]:
    """The widths of the columns: each as wide as its longest line where that fits, the others share what is left."""
    wanted = [0] * count
    for row in rows:
        for k, cell in enumerate(row):
            wanted[k] = max([wanted[k], *map(measure, cell.splitlines())])
    wanted = [quarters * QUARTER + PADDING for quarters in wanted]
    left, widths = TEXT_WIDTH, [0] * count
    order = sorted(range(count), key=lambda k: wanted[k])
    for done, k in enumerate(order):
        widths[k] = min(wanted[k], left // (count - done))
        left -= widths[k]
    widths[order[-1]] += left
    return widths


def measure(text: str) -> int:
    """How wide a text is, in quarters of a Chinese character; Word puts one between Chinese and Latin letters."""
    return sum(4 if east_asian_width(c) in "WFA" else 2 for c in text) + len(_SEAMS.findall(text))
