"""Words in styles laid out in lines of a width: wrapped by the columns they take, and two texts side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, zip_longest
from operator import itemgetter

from planparse.width import Span, display_width

Line = list[Span]
RULE = " │ "

_PIECE = re.compile(r"[（《“〈「【(]*(?:[−0-9A-Za-z.%\[\]{}+-]+(?:,[0-9A-Za-z-]+)*|.)[，。；：、！？）》”〉」】),]*", re.DOTALL)
"""What no line end cuts: a number, a word of Latin letters, a pair of keys, a sign with the brackets and stops around it."""


def wrapped(spans: Iterable[Span], width: int) -> list[Line]:
    """Spans as lines that take no more columns than the width; at least one line."""
    spans = [Span(style, "".join(span.text for span in same)) for style, same in groupby(spans, key=itemgetter(0))]
    if columns_of(spans) <= width:
        return [spans]  # most lines fit, and measuring is quick
    lines: list[Line] = [[]]
    taken = 0
    for style, piece in _pieces(spans, width):
        columns = display_width(piece)
        if taken + columns > width and taken:
            lines.append([])
            taken = 0
            if piece.isspace():
                continue
        if lines[-1] and lines[-1][-1].style == style:
            lines[-1][-1] = Span(style, lines[-1][-1].text + piece)
        else:
            lines[-1].append(Span(style, piece))
        taken += columns
    return lines


def _pieces(spans: Iterable[Span], width: int) -> Iterator[Span]:
    for style, text in spans:
        for piece in _PIECE.findall(text):
            if display_width(piece) <= width:
                yield Span(style, piece)
            else:
                yield from (Span(style, character) for character in piece)


def columns_of(line: Line) -> int:
    """The columns a line takes."""
    return sum(display_width(span.text) for span in line)


def padded(line: Line, width: int) -> Line:
    """A line filled up with blanks."""
    return [*line, Span("", " " * max(width - columns_of(line), 0))]


def beside(left: list[Line], right: list[Line], width: int) -> list[Line]:
    """Two texts side by side, each of them as wide as `half` says."""
    none: Line = []
    return [[*padded(a, half(width)), Span("dim", RULE), *b] for a, b in zip_longest(left, right, fillvalue=none)]


def half(width: int) -> int:
    """The columns each of two texts side by side has."""
    return (width - len(RULE)) // 2


def hanging(first: Line, spans: Iterable[Span], width: int) -> list[Line]:
    """A sign or a name, and words to the right of it whose further lines stand under the first."""
    margin = columns_of(first)
    lines = wrapped(spans, max(width - margin, 8))
    return [[*(first if k == 0 else [Span("", " " * margin)]), *line] for k, line in enumerate(lines)]
