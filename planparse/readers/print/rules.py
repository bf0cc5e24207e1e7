"""Strokes of a page to ruled tables: a grid of squares, and the cells that walls leave between them.

Strokes that touch belong to one table. Where strokes end or stand there is a grid line; between two squares there is a
wall where a stroke covers their border; squares without a wall between them are one cell. Near-linear in the strokes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from planparse.readers.print.lines import Stroke

NEAR = 3.5
"""Points: strokes this near to each other are one, ends this near touch."""
WIDEST = 8.0
"""Points: the width of a bundle of strokes, as of a double border."""
MOST_STROKES = 2_000
"""A page with more strokes than this, after joining, is a drawing."""
MOST_SQUARES = 100_000


class Box(NamedTuple):
    """A cell: its place in the grid of squares."""

    row: int
    column: int
    rows: int
    columns: int


class Frame(NamedTuple):
    """A ruled table: the x of its upright and the y of its level grid lines, and its cells in reading order."""

    xs: list[float]
    ys: list[float]
    boxes: list[Box]


def find_frames(strokes: Iterable[Stroke]) -> list[Frame]:
    """The tables of a page, from top to bottom; one that lies inside another is left out, so is a single cell."""
    upright, level = _joined(stroke for stroke in strokes if stroke.upright), _joined(stroke for stroke in strokes if not stroke.upright)
    if len(upright) + len(level) > MOST_STROKES:
        return []
    frames = [frame for part in _parts(upright, level) if (frame := _frame(part)) is not None]
    frames.sort(key=lambda frame: (frame.ys[0], frame.xs[0]))
    return [frame for frame in frames if not any(_holds(other, frame) for other in frames)]


def _holds(outer: Frame, inner: Frame) -> bool:
    return (
        outer.xs[0] - NEAR <= inner.xs[0] and inner.xs[-1] <= outer.xs[-1] + NEAR
        and outer.ys[0] - NEAR <= inner.ys[0] and inner.ys[-1] <= outer.ys[-1] + NEAR
        and len(outer.boxes) > 1 and (outer.xs[0], outer.ys[0], outer.xs[-1], outer.ys[-1]) != (inner.xs[0], inner.ys[0], inner.xs[-1], inner.ys[-1])
    )  # fmt: skip


def _bundles(places: Iterable[float]) -> list[tuple[float, float]]:
    """Runs of places near to each other, as (first, middle)."""
    runs: list[list[float]] = []
    for place in sorted(places):
        if runs and place - runs[-1][-1] <= NEAR and place - runs[-1][0] <= WIDEST:
            runs[-1].append(place)
        else:
            runs.append([place])
    return [(run[0], (run[0] + run[-1]) / 2) for run in runs]


def _joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Strokes in one line that touch or overlap, as one."""
    strokes = sorted(strokes, key=lambda stroke: stroke.at)
    bundles = _bundles(stroke.at for stroke in strokes)
    firsts = [first for first, _ in bundles]
    lines: dict[float, list[Stroke]] = {}
    for stroke in strokes:
        lines.setdefault(bundles[bisect_right(firsts, stroke.at) - 1][1], []).append(stroke)
    joined: list[Stroke] = []
    for at, line in lines.items():
        line.sort(key=lambda stroke: stroke.start)
        start, end = line[0].start, line[0].end
        for stroke in line[1:]:
            if stroke.start > end + NEAR:
                joined.append(Stroke(stroke.upright, at, start, end))
                start, end = stroke.start, stroke.end
            end = max(end, stroke.end)
        joined.append(Stroke(line[0].upright, at, start, end))
    return [stroke for stroke in joined if stroke.end - stroke.start > NEAR]


def _parts(upright: list[Stroke], level: list[Stroke]) -> list[list[Stroke]]:
    """Strokes that touch, directly or through others, in one list each."""
    strokes = upright + level
    parents = list(range(len(strokes)))
    level_order = sorted(range(len(upright), len(strokes)), key=lambda k: strokes[k].at)
    heights = [strokes[k].at for k in level_order]
    for k, stroke in enumerate(upright):
        for j in level_order[bisect_left(heights, stroke.start - NEAR) : bisect_right(heights, stroke.end + NEAR)]:
            if strokes[j].start - NEAR <= stroke.at <= strokes[j].end + NEAR:
                parents[_root(parents, k)] = _root(parents, j)
    parts: dict[int, list[Stroke]] = {}
    for k, stroke in enumerate(strokes):
        parts.setdefault(_root(parents, k), []).append(stroke)
    return [part for part in parts.values() if len(part) > 2]


def _root(parents: list[int], k: int) -> int:
    while parents[k] != k:
        parents[k] = parents[parents[k]]
        k = parents[k]
    return k


def _frame(part: list[Stroke]) -> Frame | None:
    """The table that touching strokes make, closed at its outer border; None for less than two cells."""
    upright, level = [stroke for stroke in part if stroke.upright], [stroke for stroke in part if not stroke.upright]
    xs = _grid_lines(upright, level)
    ys = _grid_lines(level, upright)
    rows, columns = len(ys) - 1, len(xs) - 1
    if rows < 1 or columns < 1 or rows * columns < 2 or rows * columns > MOST_SQUARES:
        return None
    boxes = _boxes(rows, columns, _walls(upright, xs, ys), _walls(level, ys, xs))
    return Frame(xs, ys, boxes) if len(boxes) > 1 else None


def _grid_lines(along: list[Stroke], across: list[Stroke]) -> list[float]:
    """Where strokes stand, and the outermost ends of those across: a table may have no line at its sides."""
    ends = [min(stroke.start for stroke in across), max(stroke.end for stroke in across)] if across else []
    return [middle for _, middle in _bundles([*(stroke.at for stroke in along), *ends])]


def _walls(strokes: list[Stroke], places: list[float], crossing: list[float]) -> set[tuple[int, int]]:
    """The borders covered by a stroke, as (grid line, square along it)."""
    walls = set()
    middles = [(a + b) / 2 for a, b in pairwise(crossing)]
    for stroke in strokes:
        line = _nearest(places, stroke.at)
        for k in range(bisect_left(middles, stroke.start), bisect_right(middles, stroke.end)):
            walls.add((line, k))
    return walls


def _nearest(places: list[float], at: float) -> int:
    k = bisect_left(places, at)
    return min((j for j in (k - 1, k) if 0 <= j < len(places)), key=lambda j: abs(places[j] - at))


def _boxes(rows: int, columns: int, upright: set[tuple[int, int]], level: set[tuple[int, int]]) -> list[Box]:
    """The cells: from each free square as far right as no wall stands, then as far down as none does in the whole width."""
    taken: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            right = column + 1
            while right < columns and (right, row) not in upright and (row, right) not in taken:
                right += 1
            below = row + 1
            while below < rows and _opens(below, column, right, upright, level, taken):
                below += 1
            taken.update((r, c) for r in range(row, below) for c in range(column, right))
            boxes.append(Box(row, column, below - row, right - column))
    return boxes


def _opens(
    row: int, column: int, right: int, upright: set[tuple[int, int]], level: set[tuple[int, int]], taken: set[tuple[int, int]]
) -> bool:
    """Whether a cell that ends above `row` goes on in it."""
    return all((row, c) not in level and (row, c) not in taken for c in range(column, right)) and all(
        (c, row) not in upright for c in range(column + 1, right)
    )
