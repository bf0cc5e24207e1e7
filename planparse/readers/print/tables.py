"""Ruled tables of a PDF file with their text; pieces of one table on pages that follow each other become one.

Columns are the x of the grid lines, in points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from planparse.readers.blocks import Cell, Grid, Paragraph
from planparse.readers.print.lines import Glyph, Line, read_lines
from planparse.readers.print.paragraphs import join_cell
from planparse.readers.print.rules import Frame
from planparse.source import CELL, Origin

SAME = 4.0
"""Points: columns no farther than this from each other are the same."""
MOST_HEADS = 3
"""How many rows at the top of a piece may repeat the table's head."""


@dataclass(slots=True)
class Slot:
    """A cell at its place in the table; `columns` counts grid lines of `Table.xs`."""

    row: int
    column: int
    rows: int
    columns: int
    lines: list[Line] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Its text as drawn."""
        return "\n".join(line.text for line in self.lines)

    @property
    def below(self) -> int:
        """The row after its last."""
        return self.row + self.rows


@dataclass(slots=True)
class Table:
    """A table, or the piece of one that stands on a page."""

    xs: list[float]
    top: float
    bottom: float
    rows: int
    slots: list[Slot]
    heads: int = 0

    def row(self, number: int) -> list[Slot]:
        """The cells that begin in a row."""
        return [slot for slot in self.slots if slot.row == number]


def take_tables(frames: Sequence[Frame], glyphs: Sequence[Glyph]) -> tuple[list[Table], list[Glyph]]:
    """The tables with the glyphs in their cells, and the glyphs outside. A frame without text is a drawing, no table."""
    held: list[dict[int, list[Glyph]]] = [{} for _ in frames]
    squares = [{(r, c): k for k, box in enumerate(frame.boxes) for r in range(box.row, box.row + box.rows)
                for c in range(box.column, box.column + box.columns)} for frame in frames]  # fmt: skip
    outside: list[Glyph] = []
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        for k, frame in enumerate(frames):
            if frame.xs[0] <= x < frame.xs[-1] and frame.ys[0] <= y < frame.ys[-1]:
                square = bisect_right(frame.ys, y) - 1, bisect_right(frame.xs, x) - 1
                held[k].setdefault(squares[k][square], []).append(glyph)
                break
        else:
            outside.append(glyph)
    tables = []
    for frame, cells in zip(frames, held, strict=True):
        slots = [Slot(*box, lines=read_lines(cells.get(k, ()))) for k, box in enumerate(frame.boxes)]
        if any(slot.lines for slot in slots):
            tables.append(Table(frame.xs, frame.ys[0], frame.ys[-1], len(frame.ys) - 1, slots))
    return tables, outside


def is_continued(table: Table, piece: Table) -> bool:
    """Whether the piece has the table's columns: the same outer ones, and all inner ones of one are among the other's."""
    if abs(table.xs[0] - piece.xs[0]) > SAME or abs(table.xs[-1] - piece.xs[-1]) > SAME:
        return False
    few, many = sorted((table.xs, piece.xs), key=len)
    return all(abs(x - many[_nearest(many, x)]) <= SAME for x in few)


def append(table: Table, piece: Table) -> None:
    """Adds the piece from the next page to the table: a repeated head goes, a row or cell that the break cut is made whole."""
    heads = _repeated(table, piece)
    table.heads = max(table.heads, heads)
    _widen(table, piece)
    slots = sorted((slot for slot in piece.slots if slot.row >= heads), key=lambda slot: (slot.row, slot.column))
    for slot in slots:
        slot.row += table.rows - heads
    first = [slot for slot in slots if slot.row == table.rows]
    rows = table.rows + piece.rows - heads
    reaching = {slot.column: slot for slot in table.slots if slot.below == table.rows}
    # Rows up to the last head are no rows that a break could have cut.
    if table.rows > table.heads and first and (pairs := _halves(first, reaching)) is not None:
        for above, below in pairs:
            above.lines.extend(below.lines)
        slots = slots[len(first) :]
        for slot in slots:
            slot.row -= 1
        rows -= 1
    elif table.rows > table.heads:
        whole = set()
        for above, below in _open_cells(first, reaching):
            above.rows += below.rows
            whole.add(id(below))
        slots = [slot for slot in slots if id(slot) not in whole]
    table.slots.extend(slots)
    table.rows = rows


def _repeated(table: Table, piece: Table) -> int:
    """How many rows at the top of the piece repeat the table's."""
    for heads in range(min(MOST_HEADS, table.rows, piece.rows - 1), 0, -1):
        ours, theirs = ([slot for slot in part.slots if slot.row < heads] for part in (table, piece))
        if any(slot.lines for slot in ours) and [_key(slot, table) for slot in ours] == [_key(slot, piece) for slot in theirs]:
            return heads
    return 0


def _key(slot: Slot, table: Table) -> tuple[str, int, int]:
    """A cell's words and place, coarse enough to be the same on every page."""
    return slot.words, slot.row, round((table.xs[slot.column] - table.xs[0]) / (2 * SAME))


def _widen(table: Table, piece: Table) -> None:
    """Gives both the columns of the one that has more."""
    xs = max(table.xs, piece.xs, key=len)
    for part in (table, piece):
        if part.xs is not xs:
            places = [_nearest(xs, x) for x in part.xs]
            for slot in part.slots:
                end = places[slot.column + slot.columns]
                slot.column = places[slot.column]
                slot.columns = end - slot.column
            part.xs = xs


def _nearest(xs: Sequence[float], x: float) -> int:
    return min(range(len(xs)), key=lambda k: abs(xs[k] - x))


def _halves(first: Sequence[Slot], reaching: dict[int, Slot]) -> list[tuple[Slot, Slot]] | None:
    """The cells of a row with their rest on the next page; None when the row there is one of its own.

    A rest has nothing in its first cell, and little in the others: no more than half of them, none where the row above has
    nothing. A first cell that was merged already goes on instead.
    """
    pairs = [(above, below) for below in first if (above := reaching.get(below.column)) is not None and above.columns == below.columns]
    filled = [below for below in first if below.lines]
    if len(pairs) < len(first) or len(first) < 2 or first[0].lines or not filled or any(below.rows > 1 for below in first):
        return None
    if not pairs[0][0].lines or any(below.lines and not above.lines for above, below in pairs):
        return None
    if pairs[0][0].rows > 1 and not all(_breaks_off(above) for above, below in pairs if below.lines):
        return None
    return pairs if len(filled) <= len(first) / 2 or all(_breaks_off(above) for above, below in pairs if below.lines) else None


def _breaks_off(slot: Slot) -> bool:
    return bool(slot.lines) and slot.lines[-1].text[-1] not in "。！？；…!?;"


def _open_cells(first: Sequence[Slot], reaching: dict[int, Slot]) -> Iterator[tuple[Slot, Slot]]:
    """The merged cells at the left that go on after the break: empty there, and merged on one side of it at least."""
    for below in first:
        above = reaching.get(below.column)
        if above is None or above.columns != below.columns or below.lines or not above.lines or max(above.rows, below.rows) < 2:
            return
        yield above, below


def to_grid(table: Table, number: int) -> tuple[Grid, int]:
    """The table as a `Grid`, and how many lines were joined in its cells. `number` counts tables from 1."""
    pads = _pads(table)
    rows: list[list[Cell]] = [[] for _ in range(table.rows)]
    joined = 0
    for slot in sorted(table.slots, key=lambda slot: (slot.row, slot.column)):
        width = table.xs[slot.column + slot.columns] - table.xs[slot.column]
        texts = join_cell(slot.lines, width, pads)
        joined += len(slot.lines) - len(texts)
        origin = Origin(CELL, (number, slot.row + 1, len(rows[slot.row]) + 1))
        rows[slot.row].append(Cell([Paragraph(text, origin) for text in texts], slot.rows, slot.columns))
    return Grid(rows, table.heads), joined


def _pads(table: Table) -> float:
    """The free edge inside the table's cells: the least that is left beside a line."""
    least = [
        min(line.x0 - table.xs[slot.column], table.xs[slot.column + slot.columns] - line.x1, line.size * 0.8)
        for slot in table.slots
        for line in slot.lines
    ]
    return max(0.0, min(least, default=0.0))
