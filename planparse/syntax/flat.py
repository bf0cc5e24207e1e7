"""Tables that fell apart into one cell a line: the heads one below the other, then each row's cells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planparse.dates.reading import read_when
from planparse.syntax import notation, rows
from planparse.syntax.flat_row import fill_row, is_debris, is_noise
from planparse.syntax.headings import is_date_line, is_signer, is_title
from planparse.syntax.lines import Line
from planparse.syntax.numbering import TOP_FAMILIES
from planparse.syntax.repair import clean
from planparse.syntax.tree import Cut, Node

MOST_HEADS = 9
LONGEST_HEAD = 14
_COUNTS = ("序号", "编号", "序 号")


SHORTEST_TITLE = 5
"""A title above the heads has more characters than a head such as 工作安排."""


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
    head = _read_head(work, lines, i)
    if head is None:
        return None
    starts = _row_starts(work, lines, head)
    if len(starts) < 2:
        return None
    last = _end(work, lines, starts, head)
    if head.known < 2 and not _regular(work, lines, starts, last, len(head.roles)):
        return None
    if head.names[0] in _COUNTS:
        return _table(work, lines, i, starts, last, head), last
    unit = "week" if "week" in head.roles else "month" if rows.MONTH_KEY.match(_key(work, lines, starts[0])[0]) else "day"
    node = Node("schedule", line.start, lines[last - 1].end, {
        "unit": unit, "columns": [{"name": name, "role": role} for name, role in zip(head.names, head.roles, strict=True)],
    })  # fmt: skip
    for start, stop in zip(starts, [*starts[1:], last], strict=True):
        node.add(_row(work, lines, start, stop, head))
    return node, last


def _regular(work: str, lines: list[Line], starts: list[int], last: int, columns: int) -> bool:
    """Whether most rows have one line a column."""
    sizes = [sum(not is_debris(work, line) for line in lines[start:stop]) for start, stop in zip(starts, [*starts[1:], last], strict=True)]
    return len(sizes) >= 3 and max(sizes) <= columns and sum(size == columns for size in sizes) * 2 >= len(sizes)


def _table(work: str, lines: list[Line], i: int, starts: list[int], last: int, head: _Head) -> Node:
    """A flattened table that counts its rows and is keyed by no time."""
    texts: list[list[str]] = []
    for start, stop in zip(starts, [*starts[1:], last], strict=True):
        cells = [clean(work, lines[start].start, lines[start].end)]
        fill_row(work, lines, start + 1, stop, ["other"] * (len(head.roles) - 1), Node("", 0, 0, {}), cells)
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
    if roles[0] == "work" and len(names[0]) >= SHORTEST_TITLE and len(names) > 2 and notation.TITLE_END.search(names[0]):
        return None  # 教务处周工作安排 above 周次: the title, and the heads below it
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
    if head.names[0] in _COUNTS:
        return _starts_by_count(work, lines, head)
    if head.roles[0] not in notation.TIME_ROLES:
        return _starts_by_second(work, lines, head)
    starts: list[int] = []
    last_week, last_month, at = 0, 0, 0
    again = False  # heads stand among the rows: the numbers may begin anew, which makes another table
    first = head.roles[0]
    for j in _candidates(work, lines, head, starts, 80):
        if j < at:
            continue
        if not starts and j > head.first + 8:
            return []
        if starts and _signed(work, lines, j, starts[0]):
            break
        text, size = _key(work, lines, j)
        at = j + size
        if not size:
            continue
        if first == "week":
            week = rows.week_number(text)
            plain = text.isdigit() or len(text) <= 2
            if week is not None:
                rises = last_week < week <= last_week + (2 if plain else 20) and (not plain or _dated_next(work, lines, j, head))
                if rises or ((starts or j == head.first) and not again and _ranged_alike(work, lines, *starts[-1:], j)):
                    starts.append(j)
                    last_week = week
            elif rows.SPECIAL_WEEK.match(text) and (_dated_next(work, lines, j, head) or (j == head.first and _timed_next(work, lines, j))):
                starts.append(j)
            elif starts and not again:
                again = _is_head(work, lines, j)
        elif rows.MONTH_KEY.match(text):
            month = read_when(text, 0, len(text))
            value = month.first.month if month else 0
            if value and (not last_month or (value - last_month) % 12 in (1, 2)):
                starts.append(j)
                last_month = value
        elif (
            (first == "weekday" and text.isdigit() and int(text) == len(starts) + 1)
            or rows.DATE_KEY.match(text)
            or ("weekday" not in head.roles[1:] and rows.WEEKDAY_KEY.match(text))
            or (rows.PHASE_KEY.match(text) and len(text) <= 8)
            or rows.WEEK_HEAD.match(text)
        ):
            starts.append(j)
    if starts and starts[0] - head.first > 2:
        return []
    return starts


def _candidates(work: str, lines: list[Line], head: _Head, starts: list[int], most: int) -> Iterator[int]:
    """The lines that may begin a row, up to a stop or `most` lines without one; `starts` grows meanwhile.

    Debris is passed where it stands among rows: the next one begins no farther behind it than rows are long, and no title comes first.
    """
    known, above, behind = 0, head.first, -1
    for j in range(head.first, len(lines)):
        if len(starts) > known:
            known, above, behind = len(starts), starts[-1], -1
        if j - above >= most or behind == 0 or _stops(work, lines, j):
            return
        line = lines[j]
        if is_noise(work, line):
            if not starts:
                return
            if behind < 0:
                behind = max((b - a for a, b in pairwise(starts[-9:])), default=0) + 12
            continue
        if behind > 0:
            behind -= 1
            if line.label is None and line.end - line.start > 8 and is_title(work, line.start, line.end):
                return
        yield j


def _is_head(work: str, lines: list[Line], j: int) -> bool:
    """Whether the heads of a table begin at line `j`: a time's column, and another one below."""
    if j + 1 == len(lines) or max(line.end - line.start for line in lines[j : j + 2]) > LONGEST_HEAD:
        return False
    names = [clean(work, line.start, line.end) for line in lines[j : j + 3]]
    time = notation.column_role(names[0]) in notation.TIME_ROLES or (
        len(names) > 2 and len(names[0]) == 1 and notation.column_role(names[0] + names[1]) in notation.TIME_ROLES
    )
    return time and any(notation.column_role(name) is not None for name in names[1:])


def _ranged_alike(work: str, lines: list[Line], *starts: int) -> bool:
    """Whether a range of dates stands below each of these keys: then even a number that repeats or jumps begins a row."""
    for start in starts:
        j = _below(work, lines, start)
        if j == len(lines):
            return False
        text = _key(work, lines, j)[0]
        if rows.DATE_KEY.match(text) is None or (when := read_when(text, 0, len(text))) is None or when.kind != "range":
            return False
    return True


def _below(work: str, lines: list[Line], j: int) -> int:
    """The line below line `j`, debris between them left out."""
    j += 1
    while j < len(lines) and is_debris(work, lines[j]):
        j += 1
    return j


def _signed(work: str, lines: list[Line], j: int, first: int) -> bool:
    """Whether line `j` is the date of the signature below the table: with its year, and a unit's name or debris above.

    Debris may as well stand above a row; then the key of the first row, on line `first`, has its year too.
    """
    line, above = lines[j], lines[j - 1]
    if not (is_date_line(work, line.start, line.end) and _has_year(work, line)):
        return False
    return is_signer(work, above.start, above.end) or (is_debris(work, above) and not _has_year(work, lines[first]))


def _has_year(work: str, line: Line) -> bool:
    return work.find("年", line.start, line.end) > 0 or work[line.start : line.start + 4].isdigit()


def _starts_by_count(work: str, lines: list[Line], head: _Head) -> list[int]:
    """Rows that begin with the next number."""
    starts: list[int] = []
    j = head.first
    while j < len(lines) and j - (starts[-1] if starts else head.first) < 40 and not (_stops(work, lines, j) or is_noise(work, lines[j])):
        if clean(work, lines[j].start, lines[j].end) == str(len(starts) + 1):
            starts.append(j)
        j += 1
    return starts if starts and starts[0] == head.first else []


def _starts_by_second(work: str, lines: list[Line], head: _Head) -> list[int]:
    """Rows that begin with a cell that is no time (序号, 项目) while the second is one."""
    starts: list[int] = []
    at = 0
    for j in _candidates(work, lines, head, starts, 40):
        if j < at or lines[j].end - lines[j].start > 20:
            continue
        below = _below(work, lines, j)
        if below < len(lines) and rows.is_time(_key(work, lines, below)[0]):
            starts.append(j)
            at = below + 1
    return starts


def _timed_next(work: str, lines: list[Line], j: int) -> bool:
    """Whether the line below begins with a time: an entry of a row that has no dates of its own."""
    return j + 1 < len(lines) and notation.STARTS_WITH_TIME.match(work, lines[j + 1].start, lines[j + 1].end) is not None


def _dated_next(work: str, lines: list[Line], j: int, head: _Head) -> bool:
    """Where a date column follows the week column, a date must follow the number."""
    if len(head.roles) < 2 or head.roles[1] != "date":
        return True
    below = _below(work, lines, j)
    if below == len(lines):
        return False
    text, _ = _key(work, lines, below)
    return rows.DATE_KEY.match(text) is not None or rows.MONTH_KEY.match(text) is not None


def _stops(work: str, lines: list[Line], j: int) -> bool:
    """Lines that no cell holds: a plan's mark, a top-level number, Markdown."""
    line = lines[j]
    label = line.label
    if line.opens:
        return True
    if label is not None and line.numbered:
        return label.style.family in TOP_FAMILIES and line.end - line.start > 3 and label.style.name != "han-blank"
    if work[line.start] == "#" or (work[line.start] == "附" and notation.ANNEX.match(work, line.start, line.end)):
        return True
    return notation.is_plan_mark(work, line.start, line.end)


def _end(work: str, lines: list[Line], starts: list[int], head: _Head) -> int:
    """Where the last row ends: at a stop, debris, a closing text, or what no longer looks like the rows above."""
    longest = max((b - a for a, b in pairwise(starts)), default=6)
    j = starts[-1] + 1
    numbered = True
    while j < len(lines) and j - starts[-1] < longest + 4:
        line = lines[j]
        if _stops(work, lines, j) or (line.blanks > 0 and j > starts[-1] + 2 and line.label is None):
            break
        if is_noise(work, line):
            if head.names[0] in _COUNTS or not is_debris(work, line):
                break
            below = _below(work, lines, j)
            if not _goes_on(lines, starts[-1] + 1, j, below, len(head.roles)):
                break
            j = below
            continue
        if (
            line.label is None
            and work[line.end - 1] in "：:"
            and j + 1 < len(lines)
            and lines[j + 1].label is not None
            and ("note" not in head.roles or j - starts[-1] >= len(head.roles))
        ):
            break
        if line.label is None and j - starts[-1] >= len(head.roles) - 1:
            if (
                is_title(work, line.start, line.end)
                and line.end - line.start > 8
                and numbered
                and j + 1 < len(lines)
                and j - starts[-1] >= longest
            ):
                break
            if (
                line.end - line.start > 70
                or notation.CLOSING.match(work, line.start, line.end)
                or notation.DATE_LINE.match(work, line.start, line.end)
            ):
                break
        j += 1
    return j


def _goes_on(lines: list[Line], first: int, debris: int, below: int, columns: int) -> bool:
    """Whether the numbers above debris, in the row whose second line is `first`, go on on the line below it, or begin there."""
    following = lines[below].label if below < len(lines) else None
    for j in range(debris - 1, first - 1, -1):
        label = lines[j].label
        if label is not None and lines[j].numbered:
            return following is not None and following.style.family == label.style.family and following.value == label.value + 1
    return following is not None and following.value == 1 and debris - first < columns - 1


def _row(work: str, lines: list[Line], start: int, stop: int, head: _Head) -> Node:
    node = Node("schedule_row", lines[start].start, lines[stop - 1].end, {})
    debris = [line for line in lines[start:stop] if is_debris(work, line)]
    if debris:
        lines = [line for line in lines[start:stop] if not is_debris(work, line)]
        start, stop = 0, len(lines)
    key, size = _key(work, lines, start)
    line = lines[start]
    cells = [key]
    j = start + size
    if head.roles[0] == "week":
        rows.set_week(node, key)
    elif head.roles[0] in notation.TIME_ROLES:
        rows.set_time(work, node, Cut(line.start, lines[j - 1].end))
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
            rows.set_time(work, node, Cut(lines[j].start, lines[j].end))
        cells.append(text)
        j += 1
        column += 1
    cells += [""] * (column - len(cells))
    fill_row(work, lines, j, stop, head.roles[column:], node, cells, debris)
    node.fields["cells"] = cells
    return node
