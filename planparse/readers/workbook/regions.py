"""From the squares of a sheet to paragraphs and tables.

A sheet has no tables, only filled squares: a title over the whole width, a table, notes below it, perhaps a second table.
Rows and columns without any text are left out. A row of heads (周次, 时间, 内容 …) begins a new table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from planparse.readers.blocks import Block, Cell, Grid, Paragraph
from planparse.readers.squares import MOST_SQUARES
from planparse.source import Origin
from planparse.syntax.notation import column_role

Texts = dict[int, dict[int, str]]
"""By row and column, counted from 0: the squares that say something."""
Merges = list[tuple[int, int, int, int]]
"""First row, first column, last row, last column of each merged range, counted from 0."""
MakeOrigin = Callable[[int, int], Origin]


_COUNT = re.compile("[0-9０-９〇零一二三四五六七八九十百]+")
_FIELD = re.compile(r"[^\s:：]{1,8}[:：]")
"""制表人：王明"""
_DAY = re.compile(r"(?:19|20)?[0-9]{2}[-/.年][0-9]{1,2}(?:[-/.月](?:[0-9]{1,2}日?)?)?")
"""2026年8月, 2026-08-28"""
SHORT = 10
"""A head of a column has so many characters at most."""


class _Sheet:
    """The rows of a sheet, the squares that merged cells cover taken away."""

    __slots__ = ("ends", "origin", "texts")

    def __init__(self, texts: Texts, merges: Merges, origin: MakeOrigin) -> None:
        self.texts = {row: dict(sorted(texts[row].items())) for row in sorted(texts)}
        self.origin = origin
        self.ends: dict[tuple[int, int], tuple[int, int]] = {}
        """Last row and column of the merged cells that have text."""
        rows, left = list(self.texts), MOST_SQUARES
        for top, first, bottom, last in merges:
            if first not in self.texts.get(top, ()):
                continue  # what stands in the other squares shows, when the first one is empty
            self.ends[top, first] = bottom, last
            for k in range(bisect_right(rows, top - 1), bisect_right(rows, bottom)):
                cells = self.texts[rows[k]]
                left -= 1 + len(cells)
                if left < 0:
                    return
                for column in [c for c in cells if first <= c <= last and (rows[k], c) != (top, first)]:
                    del cells[column]
        self.texts = {row: cells for row, cells in self.texts.items() if cells}

    def end(self, row: int, column: int) -> tuple[int, int]:
        """The last row and column of a cell."""
        return self.ends.get((row, column), (row, column))

    def is_line(self, row: int) -> bool:
        """Whether a row holds one text only."""
        return len(self.texts[row]) == 1

    def is_head(self, row: int) -> bool:
        """Whether a row names columns."""
        cells = self.texts[row].values()
        roles = [role for role in map(column_role, cells) if role]
        return len(set(roles)) >= 2 and 2 * len(roles) >= len(cells)

    def is_fields(self, row: int) -> bool:
        """Whether a row is a form's (审核：李芳 … 制表：王明 … 2026年8月)."""
        cells = self.texts[row].values()
        return any(map(_FIELD.match, cells)) and all(_FIELD.match(text) or _DAY.fullmatch(text) for text in cells)

    def is_caption(self, row: int, left: int, right: int) -> bool:
        """Whether a row holds one text that is merged over the columns from `left` to `right` at least, and no others."""
        if not self.is_line(row):
            return False
        column = next(iter(self.texts[row]))
        return column <= left and self.end(row, column)[1] >= right > left

    def may_be_head(self, row: int) -> bool:
        """Whether a row may name columns, if only some of them by usual words: nothing else stands in it."""
        cells = self.texts[row].values()
        short = len(cells) > 1 and all(len(text) <= SHORT and not _COUNT.search(text) for text in cells)
        return short and any(map(column_role, cells))

    def may_stand_above(self, row: int) -> bool:
        """Whether a row with more than one text may belong to the title of a table (单位：明湖小学 … 2026年8月)."""
        cells = self.texts[row]
        return (len(cells) <= 2 or self.is_fields(row)) and all(self.end(row, column)[0] == row for column in cells)


def blocks(texts: Texts, merges: Merges, origin: MakeOrigin) -> list[Block]:
    """The paragraphs and tables of a sheet, from top to bottom; `origin` tells where a square stands."""
    sheet = _Sheet(texts, merges, origin)
    found: list[Block] = []
    for rows in _regions(sheet):
        found += _lay_out(sheet, rows)
    return found


def visible(texts: Texts, merges: Merges, rows: set[int], columns: set[int]) -> tuple[Texts, Merges, bool]:
    """A sheet without its hidden rows and columns, and whether they held text.

    What a merged cell says shows as long as one of its squares does.
    """
    down, right = _ahead(rows), _ahead(columns)
    shown: Texts = {row: {c: text for c, text in cells.items() if c not in columns} for row, cells in texts.items() if row not in rows}
    moved: Merges = []
    saved = set()
    for top, first, bottom, last in merges:
        row, column = down.get(top, top), right.get(first, first)
        if row > bottom or column > last:
            continue
        if (row, column) != (top, first) and (text := texts.get(top, {}).get(first)):
            shown.setdefault(row, {})[column] = text
            saved.add((top, first))
        moved.append((row, column, bottom, last))
    left_out = any((row in rows or column in columns) and (row, column) not in saved for row, cells in texts.items() for column in cells)
    return {row: cells for row, cells in shown.items() if cells}, moved, left_out


def _ahead(hidden: set[int]) -> dict[int, int]:
    """For each hidden row or column the next one that shows."""
    ahead: dict[int, int] = {}
    for k in sorted(hidden, reverse=True):
        ahead[k] = ahead.get(k + 1, k + 1)
    return ahead


def cell_lines(text: str) -> list[str]:
    """The lines of a cell that say something."""
    if "\n" not in text and "\r" not in text:
        return [text]
    return [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]


def _regions(sheet: _Sheet) -> list[list[int]]:
    """The rows of each table with the lines above and below it."""
    regions: list[list[int]] = []
    columns = {column for row, cells in sheet.texts.items() if not sheet.is_line(row) for column in cells}
    reach = -1
    """How far down the merged cells go that have begun."""
    headed = filled = captioned = False
    """Whether the region has a row of heads; whether it has rows of a table below it, or without it;
    whether the last row is a text over the whole width."""
    left, right = min(columns, default=0), max(columns, default=0)
    for row, cells in sheet.texts.items():
        if not sheet.is_line(row):
            head = sheet.is_head(row) or (captioned and sheet.may_be_head(row))
            if head and filled and reach < row:
                # The lines right above a row of heads are its title.
                lines = 0
                while sheet.is_line(regions[-1][-1 - lines]):
                    lines += 1
                regions.append(regions[-1][len(regions[-1]) - lines :])
                del regions[-2][len(regions[-2]) - lines :]
                filled = False
            headed = headed or head
            filled = filled or (not head and (headed or not sheet.may_stand_above(row)))
        if not regions:
            regions.append([])
        regions[-1].append(row)
        reach = max(reach, *(sheet.end(row, column)[0] for column in cells))
        captioned = sheet.is_caption(row, left, right)
    return regions


def _lay_out(sheet: _Sheet, rows: list[int]) -> list[Block]:
    body = [row for row in rows if not sheet.is_line(row)]
    columns = sorted({column for row in rows for column in sheet.texts[row]})
    if not body or len(rows) * len(columns) > MOST_SQUARES:
        return [*_paragraphs(sheet, rows)]
    left, right = min(min(sheet.texts[row]) for row in body), max(max(sheet.texts[row]) for row in body)
    keys = {_pattern(sheet.texts[row][left]) for row in body if left in sheet.texts[row]} - {""}
    first, last = 0, len(rows)
    while _stands_apart(sheet, rows[first], left, right, keys):
        first += 1
    first = _skip_preamble(sheet, rows, first)
    has_fields = sheet.is_fields(rows[first])
    reaches = list(accumulate((max(sheet.end(row, column)[0] for column in sheet.texts[row]) for row in rows), max))
    # What stands beside a cell that began above is a part of the table.
    while (
        last - 1 > first
        and reaches[last - 2] < rows[last - 1]
        and (_stands_apart(sheet, rows[last - 1], left, right, keys) or (not has_fields and sheet.is_fields(rows[last - 1])))
    ):
        last -= 1
    grids = [_grid(sheet, rows[first:last], part) for part in _side_by_side(sheet, rows[first:last])]
    return [*_paragraphs(sheet, rows[:first]), *grids, *_paragraphs(sheet, rows[last:])]


def _side_by_side(sheet: _Sheet, rows: list[int]) -> list[tuple[int, int]]:
    """The first and last column of each table where several with the same heads stand beside each other; else of the one."""
    heads = sheet.texts[rows[0]]
    whole = [(min(min(sheet.texts[row]) for row in rows), max(max(sheet.texts[row]) for row in rows))]
    if not sheet.is_head(rows[0]) and not sheet.may_be_head(rows[0]):
        return whole
    columns, names = list(heads), ["".join(text.split()) for text in heads.values()]
    width = next((k for k in range(2, len(names) // 2 + 1) if len(names) % k == 0 and names == names[:k] * (len(names) // k)), 0)
    if not width or columns[0] != whole[0][0]:
        return whole
    starts = columns[::width]
    for row in rows:
        for column in sheet.texts[row]:
            place = bisect_right(starts, column)
            if place < len(starts) and sheet.end(row, column)[1] >= starts[place]:
                return whole
    return [(start, after - 1) for start, after in zip(starts, [*starts[1:], whole[0][1] + 1], strict=True)]


def _stands_apart(sheet: _Sheet, row: int, left: int, right: int, keys: set[str]) -> bool:
    """Whether a row at an end of a table is a line of text, not a row whose other squares are still empty (第20周)."""
    if not sheet.is_line(row):
        return False
    column, text = next(iter(sheet.texts[row].items()))
    end_row, end_column = sheet.end(row, column)
    if column <= left and end_column >= right:
        return True
    if end_row > row and any(below in sheet.texts for below in range(row + 1, min(end_row, row + 99) + 1)):
        return False
    return not (column == left and _pattern(text) in keys)


def _skip_preamble(sheet: _Sheet, rows: list[int], first: int) -> int:
    """The index of the row of heads when only rows that may belong to the title stand above it."""
    for k in range(first, len(rows)):
        if sheet.is_head(rows[k]):
            return k
        if not sheet.may_stand_above(rows[k]):
            break
    return first


def _pattern(text: str) -> str:
    """第十九周 and 第2周 are the same pattern; a text without a number has none."""
    pattern, count = _COUNT.subn("0", "".join(text.split()))
    return pattern if count else ""


def _paragraphs(sheet: _Sheet, rows: list[int]) -> list[Paragraph]:
    return [Paragraph("\n".join(cell_lines(text)), sheet.origin(row, column)) for row in rows for column, text in sheet.texts[row].items()]


def _grid(sheet: _Sheet, rows: list[int], part: tuple[int, int]) -> Grid:
    """The table in these rows, from the first to the last column of `part`."""
    texts = {row: {c: text for c, text in sheet.texts[row].items() if part[0] <= c <= part[1]} for row in rows}
    rows = [row for row in rows if texts[row]]
    columns = sorted({column for cells in texts.values() for column in cells})
    place = {column: k for k, column in enumerate(columns)}
    covered = [-1] * len(columns)
    """By place of the column, down to which row a cell that began above covers it."""
    grid: list[list[Cell]] = []
    for k, row in enumerate(rows):
        cells: list[Cell] = []
        at = 0
        for column, text in texts[row].items():
            if at < place[column]:
                cells += [Cell() for free in range(at, place[column]) if covered[free] < row]
                at = place[column]
            if covered[at] >= row:
                at += 1
                continue
            origin = sheet.origin(row, column)
            cell = Cell([Paragraph(line, origin) for line in cell_lines(text)])
            if sheet.ends and (row, column) in sheet.ends:
                bottom, right = sheet.ends[row, column]
                cell.rows = bisect_right(rows, bottom) - k
                cell.columns = bisect_right(columns, right) - at
                covered[at : at + cell.columns] = [bottom] * cell.columns
            cells.append(cell)
            at += cell.columns
        grid.append(cells)
    return Grid(grid, loose=True)
