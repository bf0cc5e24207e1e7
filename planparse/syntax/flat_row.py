"""One row of a flattened table: which of its lines make a cell, which column each cell belongs to, and what it holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from planparse.syntax import notation, rows
from planparse.syntax.content import add_text, noise_node
from planparse.syntax.lazy import lazy
from planparse.syntax.lines import Line
from planparse.syntax.repair import clean
from planparse.syntax.tree import Cut, Node

_REMARK_LABEL = lazy("[^，。；]{0,16}(?:内容|活动|备注|说明|要求|注意|网络教研)(?:要点|安排)?[:：]")
_LOOSE_NUMBER = lazy("(\\d{1,2})(?=[^\\W\\d_a-zA-Z])")
LONGEST_WORD = 3
"""A line of a table with no more characters is a cell, even where it would be a link elsewhere."""


class _Cell:
    """The lines of one cell: `lines[first:last]`; `numbered` when they are a list."""

    __slots__ = ("first", "last", "numbered")

    def __init__(self, first: int, last: int, numbered: bool) -> None:
        self.first = first
        self.last = last
        self.numbered = numbered


def is_noise(work: str, line: Line) -> bool:
    """Whether a line below the heads of a table reads like debris."""
    return line.end - line.start > LONGEST_WORD and not line.numbered and line.noise(work) is not None


def is_debris(work: str, line: Line) -> bool:
    """Whether it is debris even between rows: a compiler's words are told from a cell's by their place alone, round a plan."""
    return is_noise(work, line) and line.noise(work) != "compiler_preface"


def fill_row(
    work: str, lines: list[Line], j: int, stop: int, roles: list[str], node: Node, cells: list[str], debris: Sequence[Line] = ()
) -> None:
    """Sorts the lines of one row under its columns: entries, remarks, owner, place; `debris` stood between them."""
    found = _cells(work, lines, j, stop, roles)
    if roles and roles != ["work", "note"]:
        _join_wrapped(work, lines, found, len(roles))
    items: list[Node] = []
    notes: list[Node] = []
    extra: dict[str, str] = {}
    texts = [""] * len(roles)
    placed = _place(work, lines, found, roles)
    for cell, column in placed:
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
        elif role == "due":
            node.fields["due"] = Cut(lines[cell.first].start, lines[cell.last - 1].end)
        else:
            _items(work, lines, cell, items)
    rows.share(items, extra)
    if debris:
        firsts = [lines[cell.first].start for cell, _ in placed]
        for line in debris:
            k = bisect_left(firsts, line.start)
            column = placed[max(k - 1, 0)][1] if placed else 0
            filled = texts or cells
            filled[column] = "\n".join(filter(None, (filled[column], clean(work, line.start, line.end))))
        _keep_debris(work, lines, debris, items, notes)
    cells.extend(texts)
    if items:
        node.fields["items"] = items
    if notes:
        node.fields["notes"] = notes


def _keep_debris(work: str, lines: list[Line], debris: Sequence[Line], items: list[Node], notes: list[Node]) -> None:
    """Gives the debris among a row's lines to the entry or remark right above it, else to the one right below.

    Where there is none, as between two cells with times, a remark without words holds it.
    """
    entries = sorted((*items, *notes), key=lambda entry: entry.start)
    below = {entry.start: entry for entry in entries}
    firsts = list(below)
    ends = [entry.end for entry in entries]
    starts = [line.start for line in lines]
    for line in debris:
        k, at = bisect_left(firsts, line.start) - 1, bisect_left(starts, line.start)
        holder = entries[k] if k >= 0 and ends[k] >= lines[at - 1].end else below.get(starts[at]) if at < len(starts) else None
        if holder is None:
            holder = Node("note", line.start, line.end, {})
            notes.append(holder)
        children = holder.children
        children.insert(bisect_left(children, line.start, key=lambda child: child.start), noise_node(work, line))
        holder.start, holder.end = min(holder.start, line.start), max(holder.end, line.end)
    notes.sort(key=lambda note: note.start)


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
        if (remark and not (cells[-1].numbered and timed)) or (
            has_note and k == stop - 1 and k > j + 1 and not timed and roles == ["work", "note"] and _is_own_remark(work, lines, k)
        ):
            cells.append(_Cell(k, k + 1, False))
        elif (
            timed
            or len(roles) < 2
            or label is not None
            or (cells[-1].numbered and not _is_short(work, line))
            or (roles == ["work", "note"] and not _is_short(work, line))
        ):
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
    return (
        work[above.end - 1] not in "，、,：:"
        and notation.RUN_IN_LABEL.match(work, line.start, line.end) is None
        and notation.CLAUSE_MARK.search(work, line.start, line.end) is not None
        and above.label is None
    )


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
    return not any(
        lines[k].label or notation.STARTS_WITH_TIME.match(work, lines[k].start, lines[k].end) for k in range(cell.first, cell.last)
    )


def _items(work: str, lines: list[Line], cell: _Cell, items: list[Node]) -> None:
    """The entries of one cell: numbered lines, lines that begin with a time, and what continues them."""
    timed = [k for k in range(cell.first, cell.last) if notation.STARTS_WITH_TIME.match(work, lines[k].start, lines[k].end)]
    if _is_one_text(work, lines, cell):
        item = rows.item_node(work, lines[cell.first].start, lines[cell.first].body, lines[cell.first].end, None)
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
        own = (
            label is not None
            or k == cell.first
            or k in timed
            or (notation.HOLIDAY.search(work, line.start, line.end) is not None and line.end - line.start <= 12)
        )
        if own or not items:
            items.append(rows.item_node(work, line.start, line.body, line.end, label))
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
