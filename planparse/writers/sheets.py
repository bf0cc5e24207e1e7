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
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any, NamedTuple

from planparse.extras import need
from planparse.model import Document, Item, Node, Paragraph, Plan, Schedule, ScheduleRow, Section, Table, Target, When
from planparse.writers.text import row_cells
from planparse.writers.wording import flat

COLUMNS = (
    ("path", "路径", 24), ("number", "编号", 8), ("text", "内容", 60), ("start", "开始", 12), ("end", "结束", 12), ("when", "时间", 18),
    ("owner", "责任", 16), ("place", "地点", 14), ("targets", "指标", 24), ("line", "行", 6),
)  # fmt: skip
"""The columns of the list of entries: head in .csv, head in .xlsx, width in characters."""
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
_FORMULA = re.compile(r"[\t\r ]*(?:[=@＝＠]|[+\-＋－][^\W\d_]|[+\-＋－][(（])|[\t\r]")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_MADE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""The date that every workbook bears: the same document gives the same bytes."""


class Entry(NamedTuple):
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
    xlsxwriter = need("xlsxwriter")
    out = BytesIO()
    book = xlsxwriter.Workbook(out, _OPTIONS)
    book.set_properties({"created": _MADE, "author": "", "comments": ""})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter", "text_wrap": True}),
        "head": book.add_format(
            {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True, "bg_color": "#EEEEEE"}
        ),
        "cell": book.add_format({"border": 1, "valign": "vcenter", "text_wrap": True}),
    }
    names: set[str] = {ITEMS_SHEET.casefold()}
    for sheet in _sheets(documents):
        _write_sheet(book.add_worksheet(_sheet_name(sheet.title or SCHEDULE_SHEET, names)), sheet, formats)
    items = book.add_worksheet(ITEMS_SHEET)
    rows = [["" if value is None else str(value) for value in entry] for entry in entries(documents)]
    _fill(items, [head for _, head, _ in COLUMNS], rows, [width for _, _, width in COLUMNS], 0, formats)
    book.define_name(ITEMS_NAME, f"='{ITEMS_SHEET}'!$A$1")
    book.close()
    return out.getvalue()


def write_csv(documents: list[Document]) -> str:
    """All entries of the documents, one a row, below a row of English heads; it begins with a byte order mark."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([name for name, _, _ in COLUMNS])
    writer.writerows([harmless(value) if isinstance(value, str) else value for value in entry] for entry in entries(documents))
    return "\ufeff" + out.getvalue()


def harmless(value: str) -> str:
    """The value with a single quote before it if a spreadsheet program would run it as a formula."""
    return "'" + value if _FORMULA.match(value) else value


# -- the list of entries -----------------------------------------------------------------------------------------


def entries(documents: list[Document]) -> Iterator[Entry]:
    """What a plan says item by item: numbered lines, points, paragraphs with a time, entries of schedules. Tables are none."""
    for document in documents:
        for plan in document.plans:
            title = flat(plan.title or plan.mark)
            path = (title,) if title and (len(document.plans) > 1 or len(documents) > 1) else ()
            for child in plan.children:
                yield from _below(child, path)


def _below(node: Node, path: tuple[str, ...]) -> Iterator[Entry]:
    if isinstance(node, Section):
        number = node.number.text if node.number else ""
        words = " ".join(part for part in (flat(node.heading), flat(node.text)) if part)
        yield _entry(node, path, number, words)
        below = (*path, number + flat(node.heading)) if number or node.heading else path
        for child in node.children:
            yield from _below(child, below)
    elif isinstance(node, Paragraph):
        yield _entry(node, path, "", flat(node.text))
        for child in node.children:
            yield from _below(child, path)
    elif isinstance(node, Schedule):
        for row in node.children:
            yield from _of_row(row, path)


def _of_row(row: ScheduleRow, path: tuple[str, ...]) -> Iterator[Entry]:
    key = flat(row.label or (row.when.text if row.when else ""))
    if row.week is not None and "周" not in key and "週" not in key:
        key = f"第{row.week}周 {key}".rstrip()
    here = (*path, key) if key else path
    for item in row.items:
        number = item.number.text if item.number else ""
        yield _made(here, number, flat(item.text), item.when or row.when, item.owner, item.place, (), _line(item) or _line(row))
        for child in item.children:
            yield from _below(child, (*here, number) if number else here)


def _entry(node: Section | Paragraph, path: tuple[str, ...], number: str, words: str) -> Entry:
    owners = "、".join(owner.text for owner in node.owners)
    return _made(path, number, words, node.when, owners, None, node.targets, _line(node))


def _made(
    path: tuple[str, ...], number: str, text: str, when: When | None, owner: str | None, place: str | None,
    targets: list[Target] | tuple[()], line: int | None,
) -> Entry:  # fmt: skip
    start, end, written = (when.start or "", when.end or "", flat(when.text)) if when else ("", "", "")
    told = "；".join(flat(target.text) for target in targets)
    return Entry(" / ".join(path), number, text, start, end, written, flat(owner), flat(place), told, line)


def _line(node: Any) -> int | None:
    return node.position.start.line if node.position else None


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
        sheet.write_string(0, 0, _clean(table.title), formats["title"])
        lines = -(-_measure(table.title) * 3 // (2 * max(sum(widths), 1)))  # its letters are half as large again
        sheet.set_row(0, 24 * max(1, min(lines, 8)))
        top = 1
    heads = [*table.heads, *[""] * (width - len(table.heads))] if any(table.heads) else []
    _fill(sheet, heads, table.rows, widths, top, formats)


def _fill(sheet: Any, heads: list[str], rows: list[list[str]], widths: list[int], top: int, formats: dict[str, Any]) -> None:
    """Writes heads and rows from a row on, with borders, and sets up the page."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for column, head in enumerate(heads):
        sheet.write_string(top, column, _clean(head), formats["head"])
    below = top + bool(heads)
    if heads:
        sheet.freeze_panes(below, 0)
        sheet.repeat_rows(top)
    for row, cells in enumerate(rows[: MOST_ROWS - below], below):
        for column in range(len(widths)):
            text = _clean(cells[column]) if column < len(cells) else ""
            if text:
                sheet.write_string(row, column, text, formats["cell"])
            else:
                sheet.write_blank(row, column, None, formats["cell"])
        tallest = max((_height(cell, width) for cell, width in zip(cells, widths, strict=False)), default=1)
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


def _height(cell: str, width: int) -> int:
    return sum(max(1, -(-_measure(line) // max(width - 1, 1))) for line in cell.splitlines()) if cell else 1


def _clean(text: str) -> str:
    """The text without what XML and the format do not allow."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n"))[:LONGEST_CELL]
