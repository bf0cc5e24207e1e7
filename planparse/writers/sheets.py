"""Sheets: a workbook for people (.xlsx), a list of entries for programs (.csv).

The workbook has a sheet for each schedule or table with columns, laid out as on paper, and last a sheet of all entries,
one a row. That sheet says nothing new; the defined name `planparse_items` marks it, so that the reader leaves it out.

The .csv file is that list with English heads: UTF-8 with a byte order mark and CR LF, which is what Excel opens without
a question. A value that a spreadsheet program would run as a formula gets a single quote before it: one that begins with
`=` or `@`, or with `+` or `-` before a letter or a bracket (`-5` and `+8%` stay as they are).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any, NamedTuple

from planparse.extras import need
from planparse.model import Document, Item, Owner, Paragraph, Plan, Schedule, Section, Table
from planparse.writers.entries import entries
from planparse.writers.formulas import harmless
from planparse.writers.text import row_cells
from planparse.writers.wording import flat

Columns = tuple[tuple[str, str, int], ...]
"""The columns of a list: head in .csv, head in .xlsx, width in characters."""
COLUMNS: Columns = (
    ("path", "路径", 24), ("number", "编号", 8), ("text", "内容", 60), ("start", "开始", 12), ("end", "结束", 12), ("when", "时间", 18),
    ("owner", "责任", 16), ("place", "地点", 14), ("targets", "指标", 24), ("line", "行", 6),
)  # fmt: skip
"""The columns of the list of entries."""
ITEMS_SHEET = "全部条目"
ITEMS_NAME = "planparse_items"
SCHEDULE_SHEET = "安排表"
"""What a sheet is called when its plan has no title."""

LONGEST_NAME = 31
LONGEST_CELL = 32_767
MOST_COLUMNS, MOST_ROWS = 16_384, 1_048_576
"""The limits of the format."""
NARROWEST, WIDEST, PAGE = 6, 60, 92
"""Widths in characters: of a column, of a page across."""

_ILLEGAL = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The date that every workbook bears: the same document gives the same bytes."""


class ItemRow(NamedTuple):
    """A row of the list of entries."""

    path: str
    """The labels, headings and row keys above it, parted by ` / `."""
    number: str
    text: str
    start: str
    end: str
    when: str
    owner: str
    place: str
    targets: str
    line: int | None


class _Sheet(NamedTuple):
    title: str
    heads: list[str]
    rows: list[list[str]]


def write_xlsx(documents: list[Document]) -> bytes:
    """A workbook of the documents' tables and entries.

    Raises:
        PlanparseError: The package that writes workbooks is not installed.
    """
    out = BytesIO()
    book, formats = workbook(out)
    taken: set[str] = {ITEMS_SHEET.casefold()}
    for sheet in _sheets(documents):
        _write_sheet(book.add_worksheet(_sheet_name(sheet.title or SCHEDULE_SHEET, taken)), sheet, formats)
    items = book.add_worksheet(ITEMS_SHEET)
    rows = [["" if value is None else str(value) for value in entry] for entry in item_rows(documents)]
    _fill(items, [head for _, head, _ in COLUMNS], rows, [width for _, _, width in COLUMNS], 0, formats)
    book.define_name(ITEMS_NAME, f"='{ITEMS_SHEET}'!$A$1")
    book.close()
    return out.getvalue()


def list_workbook(name: str, columns: Columns, rows: list[list[str | float | None]]) -> bytes:
    """A workbook of one list with heads, numbers as numbers; the heads filter.

    Raises:
        PlanparseError: The package that writes workbooks is not installed.
    """
    out = BytesIO()
    book, formats = workbook(out)
    sheet = book.add_worksheet(name)
    _fill(sheet, [head for _, head, _ in columns], rows, [width for _, _, width in columns], 0, formats)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    book.close()
    return out.getvalue()


def list_csv(columns: Columns, rows: Iterable[Iterable[str | float | None]]) -> str:
    """A list below a row of English heads, for spreadsheet programs and others; it begins with a byte order mark."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([name for name, _, _ in columns])
    writer.writerows([harmless(value) if isinstance(value, str) else value for value in row] for row in rows)
    return "\ufeff" + out.getvalue()


def workbook(out: BytesIO) -> tuple[Any, dict[str, Any]]:
    """An empty workbook and its formats."""
    book = need("xlsxwriter").Workbook(out, _OPTIONS)
    book.set_properties({"created": _MADE, "author": "", "comments": ""})
    return book, {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter", "text_wrap": True}),
        "head": book.add_format(
            {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#EEEEEE"}
        ),
        "cell": book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True}),
    }


def write_csv(documents: list[Document]) -> str:
    """All entries of the documents, one a row."""
    return list_csv(COLUMNS, item_rows(documents))


# -- the list of entries -----------------------------------------------------------------------------------------


def item_rows(documents: list[Document]) -> Iterator[ItemRow]:
    """What a plan says item by item: numbered lines, points, paragraphs, entries of schedules. Tables are none."""
    for entry in entries(documents):
        node, when = entry.node, entry.when
        if isinstance(node, Item):
            owner, place = flat(node.owner) or names(node.owners), flat(node.place)
        else:
            owner, place = names(node.owners), ""
        start, end, written = (when.start or "", when.end or "", flat(when.text)) if when else ("", "", "")
        told = "；".join(flat(target.text) for target in node.targets)
        yield ItemRow(" / ".join(entry.path), entry.number, entry.text, start, end, written, owner, place, told, entry.line)


def names(owners: list[Owner]) -> str:
    """The names of owners in a row."""
    return "、".join(flat(owner.text) for owner in owners)


# -- sheets of tables --------------------------------------------------------------------------------------------


def _sheets(documents: list[Document]) -> Iterator[_Sheet]:
    for document in documents:
        for plan in document.plans:
            for node in _tables(plan):
                if isinstance(node, Schedule):
                    yield _Sheet(
                        flat(plan.title or plan.mark), [column.name for column in node.columns], list(map(row_cells, node.children))
                    )
                else:
                    yield _Sheet(flat(plan.title or plan.mark), node.columns, node.rows)


def _tables(plan: Plan) -> Iterator[Schedule | Table]:
    """The tables of a plan in order, whatever section they stand in."""
    stack: list[Any] = list(reversed(plan.children))
    while stack:
        node = stack.pop()
        if isinstance(node, Schedule | Table):
            yield node
        elif isinstance(node, Section | Paragraph | Item):
            stack.extend(reversed(node.children))


def _sheet_name(title: str, taken: set[str]) -> str:
    """A legal name that no other sheet has, of 31 characters at most."""
    base = _UNPRINTABLE.sub("", _ILLEGAL.sub(" ", title)).strip().strip("'").strip() or SCHEDULE_SHEET
    if base.casefold() == "history":  # Excel keeps this name for itself
        base += "_"
    name, k = _cut(base, LONGEST_NAME), 1
    while name.casefold() in taken:
        k += 1
        tail = f" {k}"
        name = _cut(base, LONGEST_NAME - len(tail)) + tail
    taken.add(name.casefold())
    return name


def _cut(text: str, most: int) -> str:
    """The text cut to so many UTF-16 units: that is how Excel counts."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore").rstrip(" '")


def _write_sheet(sheet: Any, table: _Sheet, formats: dict[str, Any]) -> None:
    width = min(max([len(table.heads), *map(len, table.rows), 1]), MOST_COLUMNS)
    widths = _widths(table, width)
    top = 0
    if table.title:
        if width > 1:
            sheet.merge_range(0, 0, 0, width - 1, "", formats["title"])
        sheet.write_string(0, 0, clean(table.title), formats["title"])
        lines = -(-_measure(table.title) * 3 // (2 * max(sum(widths), 1)))  # its letters are half as large again
        sheet.set_row(0, 24 * max(1, min(lines, 8)))
        top = 1
    heads = [*table.heads, *[""] * (width - len(table.heads))] if any(table.heads) else []
    _fill(sheet, heads, table.rows, widths, top, formats)


def _fill(
    sheet: Any, heads: list[str], rows: Sequence[Sequence[str | float | None]], widths: list[int], top: int, formats: dict[str, Any]
) -> None:
    """Writes heads and rows from a row on, with borders, and sets up the page."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, head in enumerate(heads):
        sheet.write_string(top, column, clean(head), formats["head"])
    below = top + bool(heads)
    if heads:
        sheet.freeze_panes(below, 0)
        sheet.repeat_rows(top)
    for row, cells in enumerate(rows[: MOST_ROWS - below], below):
        for column in range(len(widths)):
            value = cells[column] if column < len(cells) else ""
            if isinstance(value, int | float):
                sheet.write_number(row, column, value, formats["cell"])
                continue
            text = clean(value or "")
            if text:
                sheet.write_string(row, column, text, formats["cell"])
            else:
                sheet.write_blank(row, column, None, formats["cell"])
        tallest = max((height(str(cell or ""), width) for cell, width in zip(cells, widths, strict=False)), default=1)
        sheet.set_row(row, 15 * min(tallest, 27))  # 409 points is the most a row can have
    sheet.set_paper(9)  # A4
    if sum(widths) > PAGE:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()


def _widths(table: _Sheet, width: int) -> list[int]:
    widest = [NARROWEST] * width
    for cells in (table.heads, *table.rows):
        for column, cell in enumerate(cells[:width]):
            for line in cell.splitlines():
                if widest[column] < WIDEST:
                    widest[column] = max(widest[column], min(_measure(line) + 2, WIDEST))
    return widest


def _measure(text: str) -> int:
    """How wide a line is; a Chinese character is two wide."""
    return len(text) + sum(unicodedata.east_asian_width(c) in "WF" for c in text[: 10 * WIDEST])


def height(cell: str, width: int) -> int:
    """How many lines a cell of that width takes."""
    return sum(max(1, -(-_measure(line) // max(width - 1, 1))) for line in cell.splitlines()) if cell else 1


def clean(text: str) -> str:
    """The text without what XML and the format do not allow."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n"))[:LONGEST_CELL]
