"""Tables as grids of squares: where each cell stands, and which rows of a table are text above or below it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from planparse.readers.blocks import Cell, Grid, Paragraph

MOST_SQUARES = 2_000_000
"""More squares than this no table has; what claims to be one is read as text."""

Rows = list[list[Cell | None]]
"""Each cell at its first square, None where a cell covers the square. All rows are equally long."""


@dataclass(slots=True)
class Table:
    """A table whose cells are placed."""

    rows: Rows
    heads: int
    """How many rows at the top are column heads; 0 when the file does not say."""


def unwrap(grid: Grid) -> list[Paragraph | Table]:
    """A table as the blocks it stands for: a frame round text is no table, a row over its whole width at an end is text."""
    squares = _place(grid)
    if squares is None:
        return [paragraph for row in grid.rows for cell in row for paragraph in cell.paragraphs if says(paragraph)]
    # Neither rows without text nor rows that cells above cover all over show anything.
    kept = [any(cell is None or cell.rows > 1 or _has_text(cell) for cell in row) and any(row) for row in squares]
    squares, heads = _shortened(squares, kept), sum(kept[: grid.heads])
    width = max(map(len, squares), default=0)
    filled = [cell for row in squares for cell in row if cell is not None and _has_text(cell)]
    if width == 0 or not filled:
        return []
    if len(filled) == 1 or _one_column(squares):
        return [paragraph for cell in filled for paragraph in cell.paragraphs if says(paragraph)]
    first, last = 0, len(squares)
    while first < last and _is_text(squares[first], width, grid.loose and first == 0):
        first += 1
    while last > first and _is_text(squares[last - 1], width, loose=False):
        last -= 1
    if last - first < 2:  # what is left is no table with a caption
        first, last = 0, len(squares)
    above = [paragraph for row in squares[:first] for cell in row if cell for paragraph in cell.paragraphs if says(paragraph)]
    below = [paragraph for row in squares[last:] for cell in row if cell for paragraph in cell.paragraphs if says(paragraph)]
    return [*above, Table(squares[first:last], min(max(0, heads - first), last - first)), *below]


def _place(grid: Grid) -> Rows | None:
    """Each cell at its square; None when there are more squares than any table has.

    What does not fit (a span over a cell that is there, or beyond the last row) is cut off.
    """
    rows: Rows = []
    left = MOST_SQUARES
    covered: dict[int, int] = {}  # column -> how many more rows it is covered from above
    for cells in grid.rows:
        row: list[Cell | None] = []
        queue = iter(cells)
        cell = next(queue, None)
        edge = max(covered, default=-1)
        while cell is not None or len(row) <= edge:
            column = len(row)
            if column in covered:
                row.append(None)
            elif cell is not None:
                span = 1
                while span < cell.columns and span <= left and column + span not in covered:
                    span += 1
                tall = max(1, min(cell.rows, len(grid.rows) - len(rows)))
                row.append(cell if (tall, span) == (cell.rows, cell.columns) else Cell(cell.paragraphs, tall, span))
                row.extend([None] * (span - 1))
                if tall > 1:
                    covered |= dict.fromkeys(range(column, column + span), tall)
                cell = next(queue, None)
            else:
                row.append(Cell())
            left -= len(row) - column
            if left < 0:
                return None
        covered = {k: n - 1 for k, n in covered.items() if n > 1}
        rows.append(row)
    width = max(map(len, rows), default=0)
    if width * len(rows) > MOST_SQUARES:
        return None
    for row in rows:
        row.extend(Cell() for _ in range(width - len(row)))
    return rows


def _shortened(rows: Rows, kept: list[bool]) -> Rows:
    """The rows that are kept; spans count these only."""
    if all(kept):
        return rows
    below = [*accumulate(kept, initial=0)]  # how many rows before each are kept
    return [
        [
            cell and (cell if (tall := below[r + cell.rows] - below[r]) == cell.rows else Cell(cell.paragraphs, tall, cell.columns))
            for cell in row
        ]
        for r, row in enumerate(rows)
        if kept[r]
    ]


def says(paragraph: Paragraph) -> bool:
    """Whether a paragraph of a cell shows anything; a lone bullet does not."""
    return bool(paragraph.text.strip() or (paragraph.label and not paragraph.label.bullet))


def _has_text(cell: Cell) -> bool:
    return any(map(says, cell.paragraphs))


def _one_column(squares: Rows) -> bool:
    """Whether all that is in the table stands in one column."""
    return len({k for row in squares for k, cell in enumerate(row) if cell is not None and _has_text(cell)}) == 1


def _is_text(row: list[Cell | None], width: int, loose: bool) -> bool:
    """Whether a row is one text over the whole width; `loose`: or one text in its first square, the others empty."""
    filled = [cell for cell in row if cell is not None and _has_text(cell)]
    if len(filled) != 1 or width < 2 or any(cell is not None and cell.rows > 1 for cell in row):
        return False
    return filled[0].columns >= width or (loose and row[0] is filled[0])
