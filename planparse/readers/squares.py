"""Tables as grids of squares: where each cell stands, and which rows of a table are text above or below it."""

from __future__ import annotations

from dataclasses import dataclass

from planparse.readers.blocks import Cell, Grid, Paragraph

MOST_SQUARES = 2_000_000
"""More squares than this no table has; what spans claim beyond is cut off."""

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
    return [*above, Table(squares[first:last], max(0, grid.heads - first)), *below]


def _place(grid: Grid) -> Rows:
    """Each cell at its square. What does not fit (a span over a cell that is there) gives way to the cell."""
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
            if covered.get(column, 0) > 0:
                row.append(None)
            elif cell is not None:
                span = max(1, min(cell.columns, left))
                row.append(cell)
                row.extend([None] * (span - 1))
                if cell.rows > 1:
                    for k in range(column, column + span):
                        covered[k] = min(cell.rows, len(grid.rows) - len(rows))
                cell = next(queue, None)
            else:
                row.append(Cell())
            left -= 1
            if left <= 0:
                break
        covered = {k: n - 1 for k, n in covered.items() if n > 1}
        rows.append(row)
        if left <= 0:
            break
    width = max(map(len, rows), default=0)
    if width * len(rows) <= MOST_SQUARES:
        for row in rows:
            row.extend(Cell() for _ in range(width - len(row)))
    return [row for row in rows if any(cell is None or _has_text(cell) for cell in row)]


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
    if len(filled) != 1 or width < 2:
        return False
    return filled[0].columns >= width or (loose and row[0] is filled[0] and filled[0].rows == 1)
