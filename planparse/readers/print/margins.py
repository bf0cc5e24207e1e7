"""Page numbers and the lines that repeat in the margins of a PDF file's pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from planparse.readers.print.lines import Line

ZONE = 0.11
"""The share of a page's height, at the top and at the bottom, where running lines stand."""
REPEATS = 0.4
"""The share of pages a running line stands on at least, so that left and right pages may differ."""

_NUMBER = r"(\d{1,4}|[一二三四五六七八九十百〇零]{1,5})"
_PAGERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"第 ?{_NUMBER} ?页(?:[ ,，/、·|-]*(?:共|总) ?{_NUMBER} ?页)?",
        rf"(?:共|总) ?{_NUMBER} ?页[ ,，/、·|-]*第 ?{_NUMBER} ?页",
        r"page ?(\d{1,4})(?: ?(?:of|/) ?(\d{1,4}))?",
        r"[-—–·~～] ?(\d{1,4}) ?[-—–·~～]",
        r"(\d{1,4}) ?/ ?(\d{1,4})",
    )
)
"""How page numbers are written; a line may hold other words besides."""
_LONE = re.compile(r"[-—–·~～.(（\[ ]*(\d{1,4})[-—–·~～.)）\] ]*")
"""A bare number: a page number only when it counts with the pages."""


class Spot(NamedTuple):
    """A line in a page's margin: the page's index, the line's place in it, its words without the page number, its y."""

    page: int
    place: int
    words: str
    pager: bool
    at: int


class Running(NamedTuple):
    """What stands in the margins, as (page index, line index): page numbers, and headers and footers."""

    numbers: set[tuple[int, int]]
    headers: set[tuple[int, int]]


def find_running(pages: Sequence[tuple[float, Sequence[Line]]], size: float) -> Running:
    """The running lines of pages, given as heights and lines; `size` is that of body text, headers are no larger."""
    running = Running(set(), set())
    spots: dict[tuple[str, bool, int], list[Spot]] = defaultdict(list)
    lone: list[tuple[int, int, int, bool]] = []
    for page, (height, lines) in enumerate(pages):
        for index, line in enumerate(lines):
            at = _zone(line, height)
            if at is None or len(line.text) > 120:
                continue
            words, pager = _without_number(line.text)
            if pager and not words:
                running.numbers.add((page, index))
            elif match := _LONE.fullmatch(line.text):
                lone.append((page, index, int(match[1]), line.top < height / 2))
            elif line.size <= 1.1 * size:
                spots[words, pager, at].append(Spot(page, index, words, pager, at))
    running.numbers.update(_counting(lone, len(pages)))
    for (_, _, at), found in list(spots.items()):
        near = [*found, *spots.get((found[0].words, found[0].pager, at + 1), ())]
        if len({spot.page for spot in near}) >= max(2, REPEATS * len(pages)):
            running.headers.update((spot.page, spot.place) for spot in near)
    return running


def _zone(line: Line, height: float) -> int | None:
    """The line's distance from the page's edge, in steps of 4 points; negative from the lower edge."""
    if line.bottom < ZONE * height:
        return int(line.top // 4)
    if line.top > (1 - ZONE) * height:
        return -1 - int((height - line.bottom) // 4)
    return None


def _without_number(text: str) -> tuple[str, bool]:
    for pager in _PAGERS:
        if match := pager.search(text):
            return " ".join((text[: match.start()] + text[match.end() :]).split()), True
    return " ".join(text.split()), False


def _counting(lone: Sequence[tuple[int, int, int, bool]], count: int) -> set[tuple[int, int]]:
    """The bare numbers that count with the pages: most at the same distance from the page's index."""
    offsets = Counter((number - page, top) for page, _, number, top in lone)
    right = {key for key, seen in offsets.items() if seen >= max(2, 0.5 * count) or (key == (1, False) and count == 1)}
    return {(page, index) for page, index, number, top in lone if (number - page, top) in right}
