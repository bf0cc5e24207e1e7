"""Sheets of working papers: a head that stays and filters, words in colours, numbers as numbers, ready to print."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, NamedTuple

from planparse.writers.sheets import MOST_ROWS, clean, height, workbook

LONGEST_CELL = 32_767
TALLEST = 27
"""So many lines of 15 points a row can have."""
A3, A4 = 8, 9
LONGEST_FOOTER = 200
LONGEST_LIST = 255

_BORDER = {"border": 1, "valign": "vcenter", "text_wrap": True}
_DELETED = {"font_color": "#C00000", "font_strikeout": True}
_ADDED = {"font_color": "#00703C", "underline": 1}
STYLES: dict[str, dict[str, Any]] = {
    "amount": {**_BORDER, "num_format": "+General;-General;0"},
    "percent": {**_BORDER, "num_format": "+0.0%;-0.0%;0.0%"},
    "likeness": {**_BORDER, "num_format": "0.00"},
    "alert": {**_BORDER, "bg_color": "#FFE699", "bold": True},
    "pale": {**_BORDER, "font_color": "#808080"},
    "answer": {**_BORDER, "bg_color": "#FFF9E5", "align": "center"},
    "link": {**_BORDER, "font_color": "#0563C1", "underline": 1},
    "deleted": _DELETED,
    "added": _ADDED,
    "deleted cell": _BORDER | _DELETED,
    "added cell": _BORDER | _ADDED,
    "plain": {},
    "heading": {"bold": True, "font_size": 13},
}
"""Added to the styles that every workbook here has: `title`, `head`, `cell`."""


class Run(NamedTuple):
    """Words in a style: `plain`, `deleted` or `added`."""

    style: str
    text: str


class Link(NamedTuple):
    """A text that leads to a row of another sheet."""

    text: str
    sheet: str
    row: int
    """Counted from 1, as people see it."""


class Styled(NamedTuple):
    """A text or number in a style of its own."""

    style: str
    value: str | float | None


Cell = str | float | None | list[Run] | Link | Styled


class Column(NamedTuple):
    """A column of a list."""

    head: str
    width: int
    style: str = "cell"


class Papers:
    """A workbook in the making.

    Args:
        out: Where it is written.
        footer: Stands at the foot of every page.

    Raises:
        PlanparseError: The package that writes workbooks is not installed.
    """

    def __init__(self, out: BytesIO, footer: str) -> None:
        self.book, self.styles = workbook(out)
        self.styles |= {name: self.book.add_format(style) for name, style in STYLES.items()}
        self.footer = "&L" + clean(" ".join(footer.split()))[:LONGEST_FOOTER].replace("&", "&&")[:LONGEST_FOOTER].rstrip("&")

    def close(self) -> None:
        """Writes it all."""
        self.book.close()

    def sheet(self, name: str, paper: int = A4) -> Any:
        """An empty sheet, set up for printing: across, as wide as the page, with numbers of pages."""
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(paper)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_header("&C&A")
        sheet.set_footer(f"{self.footer}&R&P / &N")
        return sheet

    def listing(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, fixed: int = 1, paper: int = A4) -> Any:
        """A sheet of one list; its head stays, filters, and stands on every page. `fixed` columns stay too."""
        sheet = self.sheet(name, paper)
        for k, column in enumerate(columns):
            sheet.set_column(k, k, column.width)
            sheet.write_string(0, k, clean(column.head), self.styles["head"])
        last = 0
        for last, cells in zip(range(1, MOST_ROWS), rows, strict=False):
            self.row(sheet, last, cells, columns)
        sheet.freeze_panes(1, fixed)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, last, len(columns) - 1)
        return sheet

    def row(self, sheet: Any, row: int, cells: Sequence[Cell], columns: Sequence[Column]) -> None:
        """Writes a row as tall as its text."""
        tallest = 1
        for k, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            self.put(sheet, row, k, cell, column.style)
            text = _text(cell)
            if 2 * len(text) >= column.width or "\n" in text:
                tallest = max(tallest, height(text, column.width))
        sheet.set_row(row, 15 * min(tallest, TALLEST))

    def put(self, sheet: Any, row: int, column: int, cell: Cell, style: str = "cell") -> None:
        """Writes a cell. A text is never taken for a formula, a number or a link."""
        if isinstance(cell, Styled):
            style, cell = cell.style, cell.value
        if isinstance(cell, Link):
            target = cell.sheet.replace("'", "''")
            sheet.write_url(row, column, f"internal:'{target}'!A{cell.row}", self.styles["link"], clean(cell.text))
        elif isinstance(cell, list):
            self._put_runs(sheet, row, column, cell, style)
        elif isinstance(cell, int | float):
            sheet.write_number(row, column, cell, self.styles[style])
        elif text := clean(cell or ""):
            sheet.write_string(row, column, text, self.styles[style])
        else:
            sheet.write_blank(row, column, None, self.styles[style])

    def _put_runs(self, sheet: Any, row: int, column: int, runs: list[Run], style: str) -> None:
        """Words in several styles; a cell with one style is no rich text, and one that is too long cannot be."""
        runs = [Run(run.style, text) for run in runs if (text := clean(run.text))]
        text = "".join(run.text for run in runs)
        if len({run.style for run in runs}) < 2 or len(text.encode("utf-16-le")) > 2 * LONGEST_CELL:
            only = runs[0].style if len({run.style for run in runs}) == 1 else "plain"
            self.put(sheet, row, column, text, style if only == "plain" else f"{only} cell")
            return
        parts = [part for run in runs for part in (self.styles[run.style], run.text)]
        sheet.write_rich_string(row, column, *parts, self.styles[style])

    def choices(self, sheet: Any, rows: Iterable[int], column: int, choices: list[str]) -> None:
        """Lets the cells of a column take these words only."""
        assert len(",".join(choices)) <= LONGEST_LIST
        for first, last in _stretches(rows):
            sheet.data_validation(first, column, last, column, {"validate": "list", "source": choices})


def _text(cell: Cell) -> str:
    if isinstance(cell, list):
        return "".join(run.text for run in cell)
    if isinstance(cell, Styled | Link):
        cell = cell.value if isinstance(cell, Styled) else cell.text
    return cell if isinstance(cell, str) else ""


def _stretches(rows: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Rows that follow each other, as first and last."""
    first = last = -1
    for row in rows:
        if row != last + 1 or first < 0:
            if first >= 0:
                yield first, last
            first = row
        last = row
    if first >= 0:
        yield first, last
