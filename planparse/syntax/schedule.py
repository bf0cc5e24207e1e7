"""Tables keyed by time, however they arrived; other tables on the way.

The readers of tables are imported when a line first looks like one: most plans have none.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planparse.syntax.lines import UNKNOWN, Line
from planparse.syntax.tree import Node

LONGEST_ROW_HEAD = 120
"""Column heads on one line, set apart by blanks, are no longer than this."""
LONGEST_CELL_HEAD = 14
"""A column head on a line of its own is no longer than this."""
LONGEST_DATED = 60
_DATED_FIRST = "第周星礼週0123456789０１２３４５６７８９"


class Block(NamedTuple):
    """A schedule or table; it takes the lines up to `last` (exclusive)."""

    last: int
    node: Node


def find_blocks(work: str, lines: list[Line]) -> dict[int, Block]:
    """The schedules and tables among the lines, by their first line."""
    blocks: dict[int, Block] = {}
    i = 0
    for first, last in _given(lines):
        _find(work, lines[i:first] if i or first < len(lines) else lines, i, blocks)
        if first < last and lines[first].grid is not None:
            from planparse.syntax import grid

            blocks[first] = Block(last, grid.build(work, lines[first:last]))
        i = last
    return blocks


def _given(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """The stretches of lines that the file itself calls a table or debris, and an empty one at the end."""
    i = 0
    while i < len(lines):
        table, first = lines[i].grid, i
        i += 1
        if table is not None:
            while i < len(lines) and lines[i].grid is table:
                i += 1
            yield first, i
        elif lines[first].debris not in UNKNOWN:
            yield first, i
    yield len(lines), len(lines)


def _find(work: str, lines: list[Line], offset: int, blocks: dict[int, Block]) -> None:
    """Adds the tables among lines that the file calls text; `offset` is the index of the first of them."""
    i = 0
    while i < len(lines):
        found = _read(work, lines, i)
        if found is None:
            i += 1
            continue
        node, last = found
        blocks[offset + i] = Block(offset + last, node)
        i = last


def _read(work: str, lines: list[Line], i: int) -> tuple[Node, int] | None:
    """The table that begins at line `i` in the first form that fits, and the index of the line after it."""
    line = lines[i]
    found = None
    if _has_cells(work, line):
        from planparse.syntax import grid

        found = grid.read(work, lines, i)
    if found is None and _may_be_head(work, lines, i):
        from planparse.syntax import flat

        found = flat.read(work, lines, i)
    if found is None and _may_be_dated(work, line):
        from planparse.syntax import dated

        found = dated.read(work, lines, i)
    return found


def _has_cells(work: str, line: Line) -> bool:
    """Whether the line has a TAB, a pipe, or a run of blanks inside."""
    find, start, end = work.find, line.start, line.end
    if find("\t", start, end) >= 0 or find("|", start, end) >= 0:
        return True
    return end - start <= LONGEST_ROW_HEAD and (find("  ", start, end) >= 0 or find("\u3000", start, end) >= 0)


def _may_be_head(work: str, lines: list[Line], i: int) -> bool:
    """Whether the line and the next one can be column heads, one below the other."""
    line = lines[i]
    if line.end - line.start > LONGEST_CELL_HEAD or line.label is not None or i + 1 == len(lines) or work[line.end - 1] in "：:。；，":
        return False
    following = lines[i + 1]
    if following.label is not None or following.end - following.start > LONGEST_CELL_HEAD:
        return False
    return not any(map(str.isdigit, work[line.start : line.end])) and not work[following.start].isdigit()


def _may_be_dated(work: str, line: Line) -> bool:
    """Whether the line begins like a date or a week, or has the words of a head."""
    if line.label is not None and line.numbered and line.label.style.family != "decimal-2":
        return False
    length = line.end - line.start
    if work[line.start] in _DATED_FIRST or length <= 2:
        return True
    return length <= LONGEST_DATED and line.label is None and work.find(" ", line.start, line.end) > 0
