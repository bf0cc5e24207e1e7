"""Glyphs of a page to lines of text: which stand in one line, in which column, and where a blank stands between two.

Lengths are points; em is the size of the letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

CLOSING = "，。、；：！？）》〉」』】〕”’…—,.;:!?)]}%％"
"""Marks that may not begin a line: they go with the letter before."""
OPENING = "（《〈「『【〔“‘([{"
"""Marks that may not end a line: they go with the letter after."""

WORD_GAP = 0.22
"""From this many em on, a gap between two Latin letters parts words."""
HAN_GAP = 0.6
"""Beside a Han letter a gap is a blank from this many em on: programs put a quarter em round Latin words by themselves."""
WIDE_GAP = 2.0
"""A gap this wide, in em, parts items that stand side by side; it becomes two blanks."""
OVERLAP = 0.35
"""Letters that overlap by this many em belong to texts that run into each other, as in squares too narrow for them."""


FEWEST_ROWS = 14
"""A page with fewer rows is not looked at for columns."""


class Glyph(NamedTuple):
    """What a font shows for one character, rarely for several."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


class Stroke(NamedTuple):
    """A straight line, upright or level: its x or y, and from where to where it goes."""

    upright: bool
    at: float
    start: float
    end: float


@dataclass(slots=True)
class Sheet:
    """A page as it is drawn."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    slanted: list[Glyph] = field(default_factory=list)
    """Those of turned text, as of watermarks, in the order drawn."""
    turns: int = 0
    """How many glyphs run upwards, less those that run downwards."""
    strokes: list[Stroke] = field(default_factory=list)
    pictured: float = 0.0
    """The share of its area that pictures cover."""
    drawn: int = 0
    """How many curves it has: letters drawn as shapes are curves."""
    unmapped: int = 0
    """How many glyphs stand for no known character."""


class Line(NamedTuple):
    """A visual line. `head` is the width of what may not be parted at its start: what would have had to fit above."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    head: float
    blank_end: bool = False
    """A blank is drawn after the last letter."""


def read_lines(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines from top to bottom; `glyphs` come in the order drawn."""
    lines, drawn = [], list(glyphs)
    runs: dict[Glyph, tuple[float, int]] = {}
    for glyphs_of_row in _rows(drawn):
        row = _single(sorted(glyphs_of_row, key=lambda glyph: glyph.x0))
        if _run_together(row):
            runs = runs or _runs(drawn)
            row.sort(key=lambda glyph: (runs[glyph], glyph.x0))
        line = _line(row)
        if line is not None:
            lines.append(line)
    return lines


def _middle(glyph: Glyph) -> float:
    return (glyph.top + glyph.bottom) / 2


def _rows(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    middle = size = 0.0
    for glyph in sorted(glyphs, key=_middle):
        size = max(size, glyph.size)
        if not rows or _middle(glyph) - middle > size / 2:
            rows.append([])
            middle, size = _middle(glyph), glyph.size
        rows[-1].append(glyph)
    return rows


def _run_together(row: list[Glyph]) -> bool:
    return any(after.x0 < before.x1 - OVERLAP * min(before.size, after.size) for before, after in pairwise(row))


def _runs(drawn: list[Glyph]) -> dict[Glyph, tuple[float, int]]:
    """For each glyph where the run of letters begins that it was drawn in, and the number of that run."""
    runs: dict[Glyph, tuple[float, int]] = {}
    before: Glyph | None = None
    run = (0.0, 0)
    for glyph in drawn:
        joined = (
            before is not None
            and abs(glyph.x0 - before.x1) < OVERLAP * glyph.size
            and abs(_middle(glyph) - _middle(before)) < glyph.size / 2
        )
        if not joined:
            run = (glyph.x0, run[1] + 1)
        runs.setdefault(glyph, run)
        before = glyph
    return runs


def _single(row: list[Glyph]) -> list[Glyph]:
    """The row without what is drawn twice to look bold."""
    kept: list[Glyph] = []
    for glyph in row:
        near = (other for other in kept[-3:] if other.text == glyph.text)
        if not any(abs(other.x0 - glyph.x0) < 0.2 * (glyph.x1 - glyph.x0) for other in near):
            kept.append(glyph)
    return kept


def _line(row: list[Glyph]) -> Line | None:
    parts: list[str] = []
    inked: list[Glyph] = []
    pending = ""
    for glyph in row:
        if glyph.text.isspace():
            pending += glyph.text
            continue
        if inked:
            parts.append(pending or _gap(inked[-1], glyph))
        parts.append(glyph.text)
        inked.append(glyph)
        pending = ""
    if not inked:
        return None
    return Line(
        "".join(parts), inked[0].x0, max(glyph.x1 for glyph in inked), min(glyph.top for glyph in inked),
        max(glyph.bottom for glyph in inked), _size(inked), _head(inked), bool(pending),
    )  # fmt: skip


def _gap(before: Glyph, after: Glyph) -> str:
    """The blanks that a gap without a drawn blank stands for."""
    gap = (after.x0 - before.x1) / max(before.size, after.size)
    if gap >= WIDE_GAP or gap <= -OVERLAP:
        return "  "
    return " " if gap >= (WORD_GAP if before.text.isascii() and after.text.isascii() else HAN_GAP) else ""


def _size(inked: list[Glyph]) -> float:
    """The size most letters have."""
    sizes = sorted(glyph.size for glyph in inked)
    return sizes[len(sizes) // 2]


def _head(inked: list[Glyph]) -> float:
    k = 0
    while k + 1 < len(inked) and inked[k].text in OPENING:
        k += 1
    if inked[k].text.isascii():
        while k + 1 < len(inked) and inked[k + 1].text.isascii() and not _gap(inked[k], inked[k + 1]):
            k += 1
    while k + 1 < len(inked) and inked[k + 1].text in CLOSING:
        k += 1
    return inked[k].x1 - inked[0].x0


def split_columns(glyphs: list[Glyph], width: float) -> list[list[Glyph]]:
    """The glyphs of text set in two columns, column after column; all in one list when there is one column only.

    Two columns stand left and right of a strip near the page's middle that no line crosses but headings above or below.
    """
    rows = [inked for row in _rows(glyphs) if (inked := [glyph for glyph in row if not glyph.text.isspace()])]
    middle = _gutter(rows, width) if len(rows) >= FEWEST_ROWS else None
    if middle is None:
        return [glyphs]
    both = [k for k, row in enumerate(rows) if not _crosses(row, middle)]
    top = min(glyph.top for glyph in rows[both[0]])
    bottom = max(glyph.bottom for glyph in rows[both[-1]])
    if both[-1] - both[0] + 1 - len(both) > len(both) // 10:
        return [glyphs]
    columns: list[list[Glyph]] = [[], [], [], []]
    for glyph in glyphs:
        y = _middle(glyph)
        columns[0 if y < top else 3 if y > bottom else 1 if glyph.x0 < middle else 2].append(glyph)
    return [column for column in columns if column]


def _gutter(rows: list[list[Glyph]], width: float) -> float | None:
    """The x of a strip in the page's middle fifth that most rows leave free, with running text on both sides of it."""
    for step in (0, -1, 1, -2, 2, -3, 3, -4, 4):
        middle = width / 2 + step * width / 40
        free = [row for row in rows if not _crosses(row, middle)]
        if len(free) < 0.7 * len(rows):
            continue
        ends = sorted(max((glyph.x1 for glyph in row if glyph.x0 < middle and glyph.text not in CLOSING), default=0.0) for row in free)
        # Running text fills its lines; items that stand side by side do not.
        full = sum(end > ends[-1] - 2 * free[0][0].size for end in ends)
        sides = sum(_long(row, middle, left=True) and _long(row, middle, left=False) for row in free)
        if min(full, sides) >= 0.5 * len(rows):
            return middle
    return None


def _crosses(row: list[Glyph], middle: float) -> bool:
    """Whether the row has a letter at the middle, or nearer to it than a quarter em. Marks may hang out of a column."""
    return any(glyph.x0 - glyph.size / 4 < middle < glyph.x1 + glyph.size / 4 for glyph in row if glyph.text not in CLOSING)


def _long(row: list[Glyph], middle: float, *, left: bool) -> bool:
    """Whether there is running text, not an item of a list, on that side of the middle."""
    return sum((glyph.x0 < middle) is left for glyph in row) >= 8
