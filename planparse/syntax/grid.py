"""Tables whose rows are lines: cells parted by TAB, by pipes, or by runs of blanks under a head."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

from planparse.source import Grid
from planparse.syntax import notation, rows
from planparse.syntax.headings import read_plain
from planparse.syntax.lazy import lazy
from planparse.syntax.lines import Line, columns
from planparse.syntax.numbering import match_label
from planparse.syntax.repair import clean, trim
from planparse.syntax.tree import Cut, Node

_RULE = lazy("[|:\\-—–─+= \t]+$")
_RANGE = lazy("[—–~～至]|[0-9]-[0-9]")
_DAY = lazy("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}$")
_GAP = lazy("[ \u00a0\u3000]{2,}|\u3000+")
_WIDE_GAP = lazy("[ \u00a0\u3000]{3,}")
_LABEL_CELL = lazy("[（(]?[0-9一二三四五六七八九十]{1,3}[)）]?[、.．]?$")
MOST_COLUMNS = 24
LONGEST_HEAD = 120
LONGEST_NAME = 16
"""The name of a column in the lower of two rows of heads is no longer than this."""


class _Row:
    """The cells of one line (or of a line and those its wrapped cells went on in)."""

    __slots__ = ("cells", "end", "more", "start", "wrapped")

    def __init__(self, start: int, end: int, cells: list[Cut]) -> None:
        self.start = start
        self.end = end
        self.cells = cells
        self.more: list[list[Cut]] = []
        """The cells of the lines that go on with the row: those whose time cells are empty."""
        self.wrapped: dict[int, list[Cut]] = {}
        """By column, the rest of a text that went on in the next line."""


def read(work: str, lines: list[Line], i: int) -> tuple[Node, int] | None:
    """The table that begins at line `i` and the index of the line after it, or None."""
    line = lines[i]
    if work[line.start] == "|" or work.find("|", line.start, line.end) > 0:
        return _read_delimited(work, lines, i, "|")
    if work.find("\t", line.start, line.end) >= 0:
        return _read_delimited(work, lines, i, "\t")
    if line.end - line.start <= LONGEST_HEAD and _GAP.search(work, line.start, line.end):
        return _read_aligned(work, lines, i)
    return None


def _read_delimited(work: str, lines: list[Line], i: int, mark: str) -> tuple[Node, int] | None:
    found: list[_Row] = []
    j = i
    while j < len(lines) and not (lines[j].opens and j > i):
        line = lines[j]
        below = _cells_below(work, line, found) if mark == "\t" and found else None
        if below is not None:
            found[-1].more.append(below)
            found[-1].end = line.end
            j += 1
            continue
        cells = _cells(work, line, mark)
        if mark == "\t" and found and len(cells) > 1 and _continues_cell(work, line, lines[j - 1], found[-1]):
            found[-1].end = line.end
            found[-1].cells[-1] = Cut(found[-1].cells[-1].start, cells[0].end)
            found[-1].cells.extend(cells[1:])
            j += 1
            continue
        if len(cells) < 2:
            if mark == "\t" and found and _wrapped(work, lines, j, found[-1]):
                found[-1].end = line.end
                found[-1].cells[-1] = Cut(found[-1].cells[-1].start, line.end)
                j += 1
                continue
            break
        if mark == "\t" and j > i and line.blanks > 1:
            break
        if not (mark == "|" and _RULE.match(work, line.start, line.end)):
            found.append(_Row(line.start, line.end, cells))
        j += 1
    if len(found) < 2 or all(len(row.cells) == 2 and _LABEL_CELL.match(_text(work, row.cells[0])) for row in found):
        return None
    two_columns = mark == "\t" and max(len(row.cells) for row in found) == 2
    if (
        two_columns
        and any(cell.end - cell.start > 60 for row in found for cell in row.cells)
        and not _heads(work, found[0])
        and not _timed(work, found, 0)
    ):
        return None
    return _build(work, lines, i, j, found)


def _cells_below(work: str, line: Line, found: list[_Row]) -> list[Cut] | None:
    """The cells of a line that begins with a TAB for every column of the time: it goes on with the row above."""
    start = line.start
    while start > 0 and work[start - 1] in " \t":
        start -= 1
    tabs = work.count("\t", start, line.start)
    if not tabs or len(found) < 2 or not _heads(work, found[0]):
        return None
    roles = [notation.column_role(_text(work, cell)) for cell in found[0].cells]
    if not any(role in notation.TIME_ROLES for role in roles) or any(role in notation.TIME_ROLES for role in roles[tabs:]):
        return None
    cells, at = [Cut(line.start, line.start)] * tabs, line.start
    while at <= line.end:
        stop = work.find("\t", at, line.end)
        stop = line.end if stop < 0 else stop
        cells.append(Cut(*trim(work, at, stop)))
        at = stop + 1
    return cells


def _continues_cell(work: str, line: Line, above: Line, row: _Row) -> bool:
    """The last line of a numbered cell that went over several lines, with the cells after it."""
    return (
        line.label is not None
        and line.label.value > 1
        and above.end == row.end
        and above.label is not None
        and above.label.value + 1 == line.label.value
        and above.start > row.start
    ) or (line.label is not None and line.label.value == 2 and above.end == row.end and above.start == row.start and _opens_list(work, row))


def _opens_list(work: str, row: _Row) -> bool:
    label = match_label(work, *row.cells[-1])
    return label is not None and label.value == 1


def _wrapped(work: str, lines: list[Line], j: int, row: _Row) -> bool:
    """A cell that broke in mid-line: the next line but this one has cells again."""
    line = lines[j]
    if line.blanks or j + 1 >= len(lines) or lines[j + 1].blanks:
        return False
    if line.label is not None and line.label.value > 1 and (_opens_list(work, row) or lines[j - 1].label is not None):
        return any(work.find("\t", other.start, other.end) >= 0 for other in lines[j + 1 : j + 8])
    following = lines[j + 1]
    if work.find("\t", following.start, following.end) < 0:
        return False
    if work[row.end - 1] in "。：:" or (line.label is not None and (line.label.value == 1 or line.label.style.family != "arabic")):
        return False
    cells = _cells(work, following, "\t")
    return read_plain(work, line.start, line.end).heading is None and rows.is_time(_text(work, cells[0])) and line.end - line.start < 30


def _cells(work: str, line: Line, mark: str) -> list[Cut]:
    """The cells of one line; a TAB before the first word stands for an empty first cell."""
    start, end = line.start, line.end
    if mark == "|":
        if work.find("|", start, end) < 0:
            return []
        start += work[start] == "|"
        end -= work[end - 1] == "|"
    else:
        while start > 0 and work[start - 1] in " \t":
            start -= 1
        if work.find("\t", line.start, line.end) < 0:
            return []
    cells: list[Cut] = []
    at = start
    while True:
        stop = work.find(mark, at, end)
        cells.append(Cut(*trim(work, at, end if stop < 0 else stop)))
        if stop < 0:
            return cells
        at = stop + 1


def _text(work: str, cell: Cut) -> str:
    return clean(work, cell.start, cell.end)


def _heads(work: str, row: _Row) -> bool:
    """Whether a row holds column heads: most of its cells name a role, none is a long text."""
    texts = [_text(work, cell) for cell in row.cells]
    named = sum(notation.column_role(text) is not None for text in texts)
    return named * 2 >= len([text for text in texts if text]) and named >= 2 and all(len(text) <= 16 for text in texts)


def _timed(work: str, found: list[_Row], column: int) -> bool:
    """Whether most rows have a time in a column."""
    cells = [_text(work, row.cells[column]) for row in found if column < len(row.cells) and row.cells[column].end > row.cells[column].start]
    return (
        bool(cells)
        and sum(rows.is_time(text.strip("*")) or (len(text) <= 14 and rows.starts_with_time(text)) for text in cells) * 5 >= len(cells) * 3
    )


def _read_aligned(work: str, lines: list[Line], i: int) -> tuple[Node, int] | None:
    """Columns set apart by blanks, known by their heads: a time, and at least one more."""
    head = _Row(lines[i].start, lines[i].end, _aligned_cells(work, lines[i]))
    wide = _Row(head.start, head.end, _aligned_cells(work, lines[i], _WIDE_GAP))
    if len(wide.cells) > 1 and len(wide.cells) < len(head.cells) and _heads(work, wide):
        head = wide
    if len(head.cells) < 3 and not (len(head.cells) == 2 and _heads(work, head)):
        return None
    if not _heads(work, head) or not any(notation.column_role(_text(work, cell)) in notation.TIME_ROLES for cell in head.cells):
        return None
    if notation.column_role(_text(work, head.cells[0])) is None:
        return None
    offsets = [columns(work[lines[i].start - lines[i].indent : cell.start]) for cell in head.cells]
    times = [k for k, cell in enumerate(head.cells) if notation.column_role(_text(work, cell)) in notation.TIME_ROLES]
    found = [head]
    j = i + 1
    while j < len(lines) and lines[j].blanks == 0:
        line = lines[j]
        cells = _aligned_cells(work, line)
        timed = any(k < len(cells) and rows.starts_with_time(_text(work, cells[k])) for k in times)
        if len(cells) >= (2 if line.label is None else min(3, len(head.cells))) and timed:
            found.append(_Row(line.start, line.end, cells))
        elif len(found) > 1 and _goes_on(work, line, found[-1], offsets):
            pass
        else:
            break
        j += 1
    if len(found) < 3:
        return None
    return _build(work, lines, i, j, found)


def _goes_on(work: str, line: Line, row: _Row, offsets: list[int]) -> bool:
    """Takes a wrapped line into the row above when it is indented past the first column."""
    width = columns(work[line.start - line.indent : line.start])
    if width < 2:
        return False
    if len(row.cells) > 1:
        column = min(range(1, len(offsets)), key=lambda k: abs(offsets[k] - width)) if len(offsets) > 1 else 0
        if column >= len(row.cells) - 1:
            row.cells[-1] = Cut(row.cells[-1].start, line.end)
        else:
            row.wrapped.setdefault(column, []).append(Cut(line.start, line.end))
    row.end = line.end
    return True


def _aligned_cells(work: str, line: Line, pattern: re.Pattern[str] = _GAP) -> list[Cut]:
    cells, at = [], line.start
    for gap in pattern.finditer(work, line.start, line.end):
        cells.append(Cut(at, gap.start()))
        at = gap.end()
    cells.append(Cut(at, line.end))
    return cells


def build(work: str, lines: list[Line]) -> Node:
    """The schedule or table of the file itself whose rows are these lines: its squares are known, not guessed."""
    table = lines[0].grid
    assert table is not None
    squares = {row[0].start: row for row in table.rows}
    starts = sorted(squares)
    found: list[_Row] = []
    for line in lines:
        row = squares[starts[bisect_right(starts, line.start) - 1]]
        found.append(_Row(line.start, line.end, [Cut(*trim(work, square.start, square.end)) for square in row]))
    joined = _two_heads(work, found, table)
    if joined:
        names, found = joined, found[1:]
    else:
        names = [_text(work, cell) for cell in found[0].cells] if _heads(work, found[0]) else []
    node = _node(work, lines[0].start, lines[-1].end, found, names, known=True)
    spans = _spans(table)
    if spans:
        node.fields["spans"] = spans
    return node


def _spans(table: Grid) -> list[dict[str, int]]:
    """The squares that are merged, by row and column counted from 1."""
    return [
        {"row": r, "column": c, "rows": square.rows, "columns": square.columns}
        for r, row in enumerate(table.rows, 1)
        for c, square in enumerate(row, 1)
        if square.rows > 1 or square.columns > 1
    ]


def _two_heads(work: str, found: list[_Row], table: Grid) -> list[str]:
    """The names of columns whose heads stand in two rows (时间 over 周次 and 日期); empty for a head of one row."""
    if len(found) < 3 or len(table.rows) < 3:
        return []
    upper, lower = table.rows[0], table.rows[1]
    wide = [c for c, square in enumerate(upper) if square.columns > 1]
    if not wide or len(wide) == len(upper):
        return []
    if any((square.rows > 1) != (lower[c].rows == 0) for c, square in enumerate(upper) if square.rows and square.columns == 1):
        return []
    names: list[str] = []
    over = ""
    for c, square in enumerate(upper):
        if square.columns:
            over = _text(work, found[0].cells[c])
        under = _text(work, found[1].cells[c])
        if len(under) > LONGEST_NAME:
            return []
        names.append("/".join(dict.fromkeys(filter(None, (over, under)))))
    named = sum(notation.column_role(name.rpartition("/")[2]) is not None for name in names)
    return [name.replace("\x0b", "") for name in names] if table.heads >= 2 or named * 2 >= len(names) else []


def _build(work: str, lines: list[Line], i: int, last: int, found: list[_Row]) -> tuple[Node, int]:
    names = [_text(work, cell) for cell in found[0].cells] if _heads(work, found[0]) else []
    return _node(work, lines[i].start, lines[last - 1].end, found, names), last


def _node(work: str, start: int, end: int, found: list[_Row], names: list[str], known: bool = False) -> Node:
    """The schedule or table of rows of which the first is the head, if `names` are given; `known`: no cell is missing."""
    headed = bool(names)
    width = max(len(row.cells) for row in found)
    roles = [_role(name) for name in names]
    body = found[1:] if headed else found
    time_columns = [k for k, role in enumerate(roles) if role in notation.TIME_ROLES]
    if roles and len(roles) <= MOST_COLUMNS:
        for k, name in enumerate(names[1:], 1):  # a head over two columns: 起止日期 over 第一周 and 3月1日-3月7日
            keyed = [row for row in body if len(row.cells) > k and rows.is_time(_text(work, row.cells[k - 1]))]
            if not name and roles[k - 1] in notation.TIME_ROLES and keyed and _timed(work, keyed, k):
                roles[k] = "date"
        if not known:
            for row in body:
                row.cells = _fit(work, row, roles)
    if width > MOST_COLUMNS or not body or not _is_schedule(work, body, roles, time_columns):
        return _table(work, start, end, found, names)
    if not roles:
        roles = ["date"] + ["work"] * (width - 1)
        time_columns = [0]
    roles = rows.part_times(names, roles)
    columns = [{"name": name, "role": role} for name, role in zip(names or [""] * len(roles), roles, strict=True)]
    node = Node("schedule", start, end, {"unit": _unit(work, body, roles), "columns": columns})
    for row in body:
        node.add(_row(work, row, roles))
    node.end = end
    return node


def _role(name: str) -> str:
    """The role of a column; of a head in two rows the lower one tells, else the upper one (工作内容 over 教学)."""
    upper, _, lower = name.rpartition("/")
    return notation.column_role(name) or notation.column_role(lower) or notation.column_role(upper) or "other"


def _is_schedule(work: str, body: list[_Row], roles: list[str], time_columns: list[int]) -> bool:
    if not roles:
        return _timed(work, body, 0) and len(body) >= 2
    leading = [k for k in time_columns if k < 3]
    return any(_timed(work, body, k) for k in leading)


def _table(work: str, start: int, end: int, found: list[_Row], names: list[str]) -> Node:
    texts = [[_text(work, cell).replace("\x0b", "\n") for cell in row.cells] for row in found]
    if not names and len(texts) > 1 and all(texts[0]) and not any(c.isdigit() for text in texts[0] for c in text):
        names = texts[0]
    cuts = [[*row.cells] for row in found[1 if names else 0 :]]
    return Node("table", start, end, {"columns": names, "rows": texts[1:] if names else texts, "cuts": cuts})


def _unit(work: str, body: list[_Row], roles: list[str]) -> str:
    if "week" in roles:
        return "week"
    first = [_text(work, row.cells[0]) for row in body if row.cells]
    if any(rows.MONTH_KEY.match(text) for text in first):
        return "month"
    if any(rows.PHASE_KEY.match(text) for text in first):
        return "phase"
    if sum(bool(_RANGE.search(text)) and not _DAY.match(text) for text in first) * 2 > len(first):
        return "phase"
    return "day"


def _row(work: str, row: _Row, roles: list[str]) -> Node:
    cells = row.cells
    node = Node("schedule_row", row.start, row.end, {"cells": [_text(work, cell).replace("\x0b", "\n") for cell in cells]})
    items: list[Node] = []
    notes: list[Node] = []
    extra: dict[str, Any] = {}
    for k, (cell, role) in enumerate(zip(cells, roles, strict=False)):
        below = [cells_[k] for cells_ in row.more if k < len(cells_) and cells_[k].start < cells_[k].end]
        if below:
            node.fields["cells"][k] = "\n".join(filter(None, (_text(work, part) for part in (cell, *below))))
            for part in (cell, *below):
                if role in ("note", "owner", "place"):
                    notes.extend(rows.cell_notes(work, part.start, part.end, role))
                if role in ("owner", "place"):
                    extra[role] = node.fields["cells"][k]
                elif role == "work":
                    items.extend(rows.cell_items(work, part.start, part.end, items))
            continue
        if cell.start >= cell.end:
            continue
        text = _text(work, cell)
        if role == "week":
            rows.set_week(node, text)
        elif role in ("date", "time", "weekday"):
            rows.set_time(work, node, cell)
        elif role == "note":
            notes.extend(rows.cell_notes(work, cell.start, cell.end, role))
        elif role == "due":
            node.fields["due"] = cell
        elif role in ("owner", "place") and role not in extra:
            extra[role] = text
            notes.extend(rows.cell_notes(work, cell.start, cell.end, role))
        elif role == "work":
            items.extend(rows.cell_items(work, cell.start, cell.end))
            if k in row.wrapped:  # the entry's place stays its first line: what stands between is not its own
                items[-1].fields["text"] = (*items[-1].fields.get("text", ()), *row.wrapped[k])
                node.fields["cells"][k] += "".join(_text(work, cut) for cut in row.wrapped[k])
    rows.share(items, extra)
    if items:
        node.fields["items"] = items
    if notes:
        node.fields["notes"] = notes
    return node


def _fit(work: str, row: _Row, roles: list[str]) -> list[Cut]:
    """Puts cells under their columns when a spanned first cell is missing from the line."""
    cells = list(row.cells)
    while len(cells) > 1 and cells[-1].start >= cells[-1].end:
        cells.pop()
    missing = len(roles) - len(cells)
    if missing <= 0 or not cells:
        return cells
    empty = Cut(row.start, row.start)
    texts = [_text(work, cell) for cell in cells]
    best, shift = -1, 0
    for k in range(missing + 1):
        fits = sum(_fits(text, role) for text, role in zip(texts, roles[k:], strict=False) if text)
        if fits > best:
            best, shift = fits, k
    return [empty] * shift + cells + [Cut(row.end, row.end)] * (missing - shift)


def _fits(text: str, role: str) -> int:
    """How well a cell's text fits a column's role."""
    if role == "week":
        return 3 if rows.WEEK_KEY.match(text) or rows.SPECIAL_WEEK.match(text) else 0
    if role in ("date", "weekday"):
        if rows.DATE_KEY.match(text) or rows.MONTH_KEY.match(text) or rows.WEEKDAY_KEY.match(text):
            return 3
        return 2 if rows.is_time(text) else 0
    if role == "time":
        return 3 if rows.CLOCK_KEY.match(text) else 0
    return 0 if rows.is_time(text) else 1
