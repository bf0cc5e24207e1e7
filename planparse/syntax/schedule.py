"""Tables keyed by time, however they arrived; other tables on the way."""

from __future__ import annotations

from typing import NamedTuple

from planparse.syntax import dated, flat, grid
from planparse.syntax.lines import Line
from planparse.syntax.tree import Node


class Block(NamedTuple):
    """A schedule or table; it takes the lines up to `last` (exclusive)."""

    last: int
    node: Node


def find_blocks(work: str, lines: list[Line]) -> dict[int, Block]:
    """The schedules and tables among the lines, by their first line."""
    blocks: dict[int, Block] = {}
    i = 0
    while i < len(lines):
        line = lines[i]
        found = None
        if grid.may_start(work, line):
            found = grid.read(work, lines, i)
        if found is None and line.end - line.start <= flat.LONGEST_HEAD and line.label is None:
            found = flat.read(work, lines, i)
        if found is None and dated.may_start(work, line):
            found = dated.read(work, lines, i)
        if found is None:
            i += 1
            continue
        node, last = found
        blocks[i] = Block(last, node)
        i = last
    return blocks
