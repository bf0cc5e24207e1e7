"""Tables that fell apart into one cell a line: the heads one below the other, then each row's cells."""

from __future__ import annotations

from itertools import pairwise

from planparse.dates.notations import Order, read_when
from planparse.syntax import notation, rows
from planparse.syntax.headings import is_title
from planparse.syntax.lazy import lazy
from planparse.syntax.lines import Line
from planparse.syntax.outline import add_text
from planparse.syntax.repair import clean
from planparse.syntax.tree import Cut, Node

MOST_HEADS = 9
LONGEST_HEAD = 14
_REMARK_LABEL = lazy("[^，。；]{0,16}(?:内容|活动|备注|说明|要求|注意|网络教研)(?:要点|安排)?[:：]")
_COUNTS = ("序号", "编号", "序 号")
_LOOSE_NUMBER = lazy("(\\d{1,2})(?=[^\\W\\d_a-zA-Z])")


class _Head:
    """The heads of a flattened table: name and role each; the first row's key starts at line `first`."""

    __slots__ = ("first", "known", "names", "roles")

    def __init__(self, names: list[str], roles: list[str], first: int, known: int) -> None:
        self.names = names
        self.roles = roles
        self.first = first
        self.known = known
        """How many heads are words for a column; the others are taken on trust."""


def read(work: str, lines: list[Line], i: int) -> tuple[Node, int] | None:
    """The flattened schedule whose heads begin at line `i` and the index of the line after it, or None."""
    line = lines[i]
    if i + 1 >= len(lines) or line.end - line.start > LONGEST_HEAD or line.label is not None:
        return None
    following = lines[i + 1]
    if following.label is not None or following.end - following.start > LONGEST_HEAD or work[line.end - 1] in "：:。；，":
        return None
    head = _read_head(work, lines, i)
    if head is None:
        return None
    starts = _row_starts(work, lines, head)
    if len(starts) < 2:
        return None
    last = _end(work, lines, starts, head)
    if head.known < 2 and not _regular(starts, last, len(head.roles)):
        return None
    if head.names[0] in _COUNTS:
        return _table(work, lines, i, starts, last, head), last
    order = rows.settle_order("\n".join(work[lines[j].start : lines[j].end] for j in range(head.first, last) if lines[j].end - lines[j].start < 20))
    unit = "week" if "week" in head.roles else "month" if rows.MONTH_KEY.match(_key(work, lines, starts[0])[0]) else "day"
    node = Node("schedule", line.start, lines[last - 1].end, {
        "unit": unit, "columns": [{"name": name, "role": role} for name, role in zip(head.names, head.roles, strict=True)],
    })  # fmt: skip
    for start, stop in zip(starts, [*starts[1:], last], strict=True):
        node.add(_row(work, lines, start, stop, head, order))
    return node, last


def _regular(starts: list[int], last: int, columns: int) -> bool:
    """Whether most rows have one line a column."""
    sizes = [stop - start for start, stop in zip(starts, [*starts[1:], last], strict=True)]
    return len(sizes) >= 3 and max(sizes) <= columns and sum(size == columns for size in sizes) * 2 >= len(sizes)


def _table(work: str, lines: list[Line], i: int, starts: list[int], last: int, head: _Head) -> Node:
    """A flattened table that counts its rows and is keyed by no time."""
    texts: list[list[str]] = []
    for start, stop in zip(starts, [*starts[1:], last], strict=True):
        cells = [clean(work, lines[start].start, lines[start].end)]
        _fill(work, lines, start + 1, stop, ["other"] * (len(head.roles) - 1), Node("", 0, 0, {}), cells, None)
        texts.append(cells)
    return Node("table", lines[i].start, lines[last - 1].end, {"columns": head.names, "rows": texts})


def _read_head(work: str, lines: list[Line], i: int) -> _Head | None:
    names: list[str] = []
    roles: list[str] = []
    j = i
    while j < len(lines) and len(names) < MOST_HEADS:
        line = lines[j]
        if line.numbered or line.end - line.start > LONGEST_HEAD:
            break
        text = clean(work, line.start, line.end)
        role = notation.column_role(text)
        if role is None and j + 1 < len(lines):  # a head in two lines: 时 / 间
            pair = text + clean(work, lines[j + 1].start, lines[j + 1].end)
            role = notation.column_role(pair) if len(text) <= 3 else None
            if role is not None:
                text, j = pair, j + 1
        if names and (rows.is_time(text) or text.isdigit()) and (role is None or role in notation.TIME_ROLES):
            break
        if role is None and (not names or len(text) > 6 or notation.CLAUSE_MARK.search(text)):
            break
        names.append(text)
        roles.append(role or "?")
        j += 1
    while roles and roles[-1] == "?" and not (j < len(lines) and _starts_row(work, lines, j)):
        roles.pop()
        names.pop()
        j -= 1
    known = sum(role != "?" for role in roles)
    if len(names) < 2 or (not any(role in notation.TIME_ROLES for role in roles[:2]) and names[0] not in _COUNTS):
        return None
    return _Head(names, rows.part_times(names, ["other" if role == "?" else role for role in roles]), j, known)


def _starts_row(work: str, lines: list[Line], j: int) -> bool:
    text = clean(work, lines[j].start, lines[j].end)
    return text.isdigit() or rows.is_time(text)


def _key(work: str, lines: list[Line], j: int) -> tuple[str, int]:
    """The row key that may start at line `j`, and how many lines it takes (一 / 月 takes two)."""
    line = lines[j]
    if line.end - line.start > 26:
        return "", 0
    text = clean(work, line.start, line.end)
    if len(text) <= 2 and j + 1 < len(lines):
        following = clean(work, lines[j + 1].start, lines[j + 1].end)
        if following in ("月", "月份", "周", "週"):
            return text + following, 2
    return text, 1


def _row_starts(work: str, lines: list[Line], head: _Head) -> list[int]:
    """The lines at which rows begin, by the first column's kind of key in rising order."""
    starts: list[int] = []
    last_week, last_month = 0, 0
    first = head.roles[0]
    if head.names[0] in _COUNTS:
        return _starts_by_count(work, lines, head)
    if first not in notation.TIME_ROLES:
        return _starts_by_second(work, lines, head)
    j = head.first
    idle = 0
    while j < len(lines) and idle < 80:
        if _stops(work, lines, j):
            break
        if not starts and j > head.first + 2:
            return []
        text, size = _key(work, lines, j)
        idle += 1
        if size:
            if first == "week":
                week = rows.week_number(text)
                plain = text.isdigit() or len(text) <= 2
                if week is not None and last_week < week <= last_week + (2 if plain else 20) and (not plain or _dated_next(work, lines, j, head)):
                    starts.append(j)
                    last_week, idle = week, 0
                elif rows.SPECIAL_WEEK.match(text) and _dated_next(work, lines, j, head):
                    starts.append(j)
                    idle = 0
            elif rows.MONTH_KEY.match(text):
                month = read_when(text, 0, len(text))
                value = month.first[1] if month else 0
                if value and (not last_month or (value - last_month) % 12 in (1, 2)):
                    starts.append(j)
                    last_month, idle = value, 0
            elif (first == "weekday" and text.isdigit() and int(text) == len(starts) + 1) or rows.DATE_KEY.match(text) or rows.WEEKDAY_KEY.match(text) or (rows.PHASE_KEY.match(text) and len(text) <= 8) or rows.WEEK_HEAD.match(text):
                starts.append(j)
                idle = 0
        j += max(size, 1)
    if starts and starts[0] - head.first > 2:
        return []
    return starts


def _starts_by_count(work: str, lines: list[Line], head: _Head) -> list[int]:
    """Rows that begin with the next number."""
    starts: list[int] = []
    j = head.first
    while j < len(lines) and j - (starts[-1] if starts else head.first) < 40 and not _stops(work, lines, j):
        if clean(work, lines[j].start, lines[j].end) == str(len(starts) + 1):
            starts.append(j)
        j += 1
    return starts if starts and starts[0] == head.first else []


def _starts_by_second(work: str, lines: list[Line], head: _Head) -> list[int]:
    """Rows that begin with a cell that is no time (序号, 项目) while the second is one."""
    starts: list[int] = []
    j = head.first
    while j + 1 < len(lines) and j - (starts[-1] if starts else head.first) < 40:
        if _stops(work, lines, j):
            break
        if rows.is_time(_key(work, lines, j + 1)[0]) and lines[j].end - lines[j].start <= 20:
            starts.append(j)
            j += 1
        j += 1
    return starts


def _dated_next(work: str, lines: list[Line], j: int, head: _Head) -> bool:
    """Where a date column follows the week column, a date must follow the number."""
    if len(head.roles) < 2 or head.roles[1] != "date":
        return True
    if j + 1 >= len(lines):
        return False
    text, _ = _key(work, lines, j + 1)
    return rows.DATE_KEY.match(text) is not None or rows.MONTH_KEY.match(text) is not None


def _stops(work: str, lines: list[Line], j: int) -> bool:
    """Lines that no cell holds: a plan's mark, a top-level number, a page's debris, Markdown."""
    line = lines[j]
    label = line.label
    if line.opens:
        return True
    if label is not None and line.numbered:
        return label.style.family in ("han", "chapter", "part", "article", "section-sign") and line.end - line.start > 3 and label.style.name != "han-blank"
    if work[line.start] == "#":
        return True
    length = line.end - line.start
    if notation.is_plan_mark(work, line.start, line.end):
        return True
    return length > 3 and line.noise(work) is not None


def _end(work: str, lines: list[Line], starts: list[int], head: _Head) -> int:
    """Where the last row ends: at a stop, a closing text, or what no longer looks like the rows above."""
    longest = max((b - a for a, b in pairwise(starts)), default=6)
    j = starts[-1] + 1
    numbered = True
    while j < len(lines) and j - starts[-1] < longest + 4:
        line = lines[j]
        if _stops(work, lines, j) or (line.blanks > 0 and j > starts[-1] + 2 and line.label is None):
            break
        if line.label is None and work[line.end - 1] in "：:" and j + 1 < len(lines) and lines[j + 1].label is not None \
                and ("note" not in head.roles or j - starts[-1] >= len(head.roles)):
            break
        if line.label is None and j - starts[-1] >= len(head.roles) - 1:
            if is_title(work, line.start, line.end) and line.end - line.start > 8 and numbered and j + 1 < len(lines) and j - starts[-1] >= longest:
                break
            if line.end - line.start > 70 or notation.CLOSING.match(work, line.start, line.end) or notation.DATE_LINE.match(work, line.start, line.end):
                break
        j += 1
    return j


def _row(work: str, lines: list[Line], start: int, stop: int, head: _Head, order: Order | None) -> Node:
    key, size = _key(work, lines, start)
    line = lines[start]
    node = Node("schedule_row", line.start, lines[stop - 1].end, {})
    cells = [key]
    j = start + size
    if head.roles[0] == "week":
        rows.set_week(node, key)
    elif head.roles[0] in notation.TIME_ROLES:
        rows.set_time(work, node, Cut(line.start, lines[j - 1].end), order)
    else:
        node.fields["label"] = key
    column = 1
    while j < stop and column < len(head.roles) and head.roles[column] in notation.TIME_ROLES:
        text = clean(work, lines[j].start, lines[j].end)
        if not rows.is_time(text):
            break
        if head.roles[column] == "week":
            rows.set_week(node, text)
        else:
            rows.set_time(work, node, Cut(lines[j].start, lines[j].end), order)
        cells.append(text)
        j += 1
        column += 1
    cells += [""] * (column - len(cells))
    _fill(work, lines, j, stop, head.roles[column:], node, cells, order)
    node.fields["cells"] = cells
    return node


class _Cell:
    """The lines of one cell: `lines[first:last]`; `numbered` when they are a list."""

    __slots__ = ("first", "last", "numbered")

    def __init__(self, first: int, last: int, numbered: bool) -> None:
        self.first = first
        self.last = last
        self.numbered = numbered


def _fill(work: str, lines: list[Line], j: int, stop: int, roles: list[str], node: Node, cells: list[str], order: Order | None) -> None:
    """Sorts the lines of one row under its columns: entries, remarks, owner, place."""
    found = _cells(work, lines, j, stop, roles)
    if roles and roles != ["work", "note"]:
        _join_wrapped(work, lines, found, len(roles))
    items: list[Node] = []
    notes: list[Node] = []
    extra: dict[str, str] = {}
    texts = [""] * len(roles)
    for cell, column in _place(work, lines, found, roles):
        role = roles[column] if roles else "work"
        words = [clean(work, lines[k].start, lines[k].end) for k in range(cell.first, cell.last)]
        text = ("" if _is_one_text(work, lines, cell) else "\n").join(words)
        if texts:
            texts[column] = f"{texts[column]}\n{text}" if texts[column] else text
        if role in ("owner", "place"):
            extra[role] = f"{extra[role]}\n{text}" if role in extra else text
            if cell.numbered:
                listed = _notes(work, lines, cell)
                for note in listed:
                    note.fields["role"] = role
                notes.extend(listed)
                continue
            note = Node("note", lines[cell.first].start, lines[cell.last - 1].end, {"role": role})
            note.fields["text"] = tuple(Cut(lines[k].start, lines[k].end) for k in range(cell.first, cell.last))
            notes.append(note)
        elif role == "note":
            notes.extend(_notes(work, lines, cell))
        else:
            _items(work, lines, cell, items, order)
    rows.share(items, extra)
    cells.extend(texts)
    if items:
        node.fields["items"] = items
    if notes:
        node.fields["notes"] = notes


def _cells(work: str, lines: list[Line], j: int, stop: int, roles: list[str]) -> list[_Cell]:
    """Cuts a row's lines where a cell must have ended: numbering starts again, a short word follows, remarks begin."""
    cells: list[_Cell] = []
    expected = 0
    has_note = "note" in roles
    for k in range(j, stop):
        line = lines[k]
        label = line.label
        numbered = line.numbered
        if numbered and label is not None:
            if (cells and cells[-1].numbered and label.value > 1) or (cells and label.value == expected > 1):
                cells[-1].last = k + 1
            else:
                cells.append(_Cell(k, k + 1, True))
            expected = label.value + 1
            continue
        if not cells:
            cells.append(_Cell(k, k + 1, False))
            continue
        timed = notation.STARTS_WITH_TIME.match(work, line.start, line.end) is not None
        remark = has_note and (_REMARK_LABEL.match(work, line.start, line.end) or _is_loose_number(work, line, expected))
        if (remark and not (cells[-1].numbered and timed)) or (has_note and k == stop - 1 and k > j + 1 and not timed and roles == ["work", "note"] and _is_own_remark(work, lines, k)):
            cells.append(_Cell(k, k + 1, False))
        elif timed or len(roles) < 2 or label is not None or (cells[-1].numbered and not _is_short(work, line)) or (roles == ["work", "note"] and not _is_short(work, line)):
            cells[-1].last = k + 1
        else:
            cells.append(_Cell(k, k + 1, False))
    return cells


def _is_loose_number(work: str, line: Line, expected: int) -> bool:
    loose = _LOOSE_NUMBER.match(work, line.start, line.end)
    return loose is not None and 0 < int(loose[1]) < expected


def _is_own_remark(work: str, lines: list[Line], k: int) -> bool:
    """A last, unnumbered line of running text below entries that have ended: the remarks column's."""
    line, above = lines[k], lines[k - 1]
    return work[above.end - 1] not in "，、,：:" and notation.RUN_IN_LABEL.match(work, line.start, line.end) is None \
        and notation.CLAUSE_MARK.search(work, line.start, line.end) is not None and above.label is None


def _is_short(work: str, line: Line) -> bool:
    """A short line that can be a cell of its own: a unit, a place, a word."""
    return line.end - line.start <= 14 and not notation.CLAUSE_MARK.search(work, line.start, line.end)


def _join_wrapped(work: str, lines: list[Line], cells: list[_Cell], columns: int) -> None:
    """Joins lines of cells that were broken, the likeliest first, until the row has no more cells than columns."""
    while len(cells) > columns:
        scores = [_belongs(work, lines, a, b) for a, b in pairwise(cells)]
        best = max(range(len(scores)), key=scores.__getitem__)
        if scores[best] < 0:
            return
        cells[best].last = cells[best + 1].last
        del cells[best + 1]


def _belongs(work: str, lines: list[Line], cell: _Cell, following: _Cell) -> int:
    """How likely a cell goes on in the next one."""
    last = lines[cell.last - 1]
    mark = work[last.end - 1]
    if following.numbered:
        return -1
    if mark in "、，,（(":
        return 100
    if mark in "。；;" or notation.UNIT_END.search(work[last.start : last.end]):
        return 0
    return min(last.end - last.start, 60)


def _place(work: str, lines: list[Line], cells: list[_Cell], roles: list[str]) -> list[tuple[_Cell, int]]:
    """Which column each cell belongs to: one after the other when all are there, otherwise by what they look like."""
    if not roles:
        return [(cell, 0) for cell in cells]
    if len(cells) == len(roles):
        return list(zip(cells, range(len(roles)), strict=True))
    placed: list[tuple[_Cell, int]] = []
    column = -1
    for k, cell in enumerate(cells):
        left = len(cells) - k - 1
        wanted = _wanted(work, lines, cell, roles, column, first=k == 0)
        column = max(min(wanted, len(roles) - 1 - (left if len(cells) <= len(roles) else 0)), column, 0)
        placed.append((cell, column))
    return placed


def _wanted(work: str, lines: list[Line], cell: _Cell, roles: list[str], column: int, *, first: bool) -> int:
    """The column a cell looks made for, from the next one on."""
    line = lines[cell.first]
    rest = roles[column + 1 :]
    if not first and "note" in rest and (_remarks(work, lines, cell) or (cell.numbered and "work" not in rest)):
        return column + 1 + rest.index("note")
    single = cell.last - cell.first == 1
    if single and "owner" in rest and line.end - line.start <= 16 and notation.UNIT_END.search(work[line.start : line.end]):
        return column + 1 + rest.index("owner")
    if cell.numbered and "work" in rest:
        return column + 1 + rest.index("work")
    if not first and not rest:
        return column
    if roles == ["work", "note"] and not first:
        return 1 if _is_own_remark(work, lines, cell.first) and single else 0
    return column + 1


def _remarks(work: str, lines: list[Line], cell: _Cell) -> bool:
    line = lines[cell.first]
    return _REMARK_LABEL.match(work, line.start, line.end) is not None or _LOOSE_NUMBER.match(work, line.start, line.end) is not None


def _is_one_text(work: str, lines: list[Line], cell: _Cell) -> bool:
    """Whether a cell's lines are one text that was broken, and no list of entries."""
    if cell.numbered:
        return False
    return not any(lines[k].label or notation.STARTS_WITH_TIME.match(work, lines[k].start, lines[k].end) for k in range(cell.first, cell.last))


def _items(work: str, lines: list[Line], cell: _Cell, items: list[Node], order: Order | None) -> None:
    """The entries of one cell: numbered lines, lines that begin with a time, and what continues them."""
    timed = [k for k in range(cell.first, cell.last) if notation.STARTS_WITH_TIME.match(work, lines[k].start, lines[k].end)]
    if _is_one_text(work, lines, cell):
        item = rows.item_node(work, lines[cell.first].start, lines[cell.first].body, lines[cell.first].end, None, order)
        if cell.last - cell.first > 1:  # one text in several lines
            item.end = lines[cell.last - 1].end
            item.children.clear()
            item.fields["text"] = tuple(Cut(lines[k].start, lines[k].end) for k in range(cell.first, cell.last))
        items.append(item)
        return
    for k in range(cell.first, cell.last):
        line = lines[k]
        label = line.label
        if items and rows.continue_points(work, line.start, line.end, label, items[-1]):
            continue
        own = label is not None or k == cell.first or k in timed \
            or (notation.HOLIDAY.search(work, line.start, line.end) is not None and line.end - line.start <= 12)
        if own or not items:
            items.append(rows.item_node(work, line.start, line.body, line.end, label, order))
        else:
            child = Node("paragraph", line.start, line.end, {})
            add_text(work, child, Cut(line.start, line.end), frozenset())
            items[-1].add(child)


def _notes(work: str, lines: list[Line], cell: _Cell) -> list[Node]:
    notes: list[Node] = []
    for k in range(cell.first, cell.last):
        line = lines[k]
        if line.label is None and notes and cell.numbered:
            child = Node("paragraph", line.start, line.end, {})
            add_text(work, child, Cut(line.start, line.end), frozenset())
            notes[-1].add(child)
        else:
            notes.append(rows.note_node(work, line.start, line.body, line.end, line.label))
    return notes
