"""A text cut into tokens as the parser reads its lines, for looking at: joined, the tokens are the text again.

The parser itself works on offsets and never builds tokens; here its own parts (`mend`, `scan`, `match_label`,
`find_points`, `read_when`) mark what they recognise, and what lies between is text, blanks and line ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from planparse.dates.reading import read_when
from planparse.source import line_end
from planparse.syntax.lazy import lazy
from planparse.syntax.lines import Line, scan
from planparse.syntax.numbering import BULLET, Label
from planparse.syntax.points import Point, find_entries, find_points
from planparse.syntax.repair import BLANKS, mend
from planparse.syntax.rows import cell_label

Kind = Literal["number", "bullet", "text", "space", "newline", "cell", "date", "repair"]

_GAPS = {
    "\n": lazy("(?P<newline>\r?\n|[\x0b\u2028\u2029\x85])|(?P<space>\\s+?(?=[\r\n\x0b\u2028\u2029\x85]|\\S|$))|(?P<text>\\S+)"),
    "\r": lazy("(?P<newline>[\r\x0b\u2028\u2029\x85])|(?P<space>\\s+?(?=[\r\x0b\u2028\u2029\x85]|\\S|$))|(?P<text>\\S+)"),
}
_MARKS = "#* \t"  # of a Markdown heading or a bold line, in front of its number


class Token(NamedTuple):
    """A stretch of the text, `text[start : start + len(text)]`, and what the parser takes it for."""

    kind: Kind
    text: str
    start: int


class _Span(NamedTuple):
    start: int
    is_repair: bool  # a label that an entity stands for goes first
    end: int
    kind: Kind


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, in order and without gaps.

    Kinds: `number` (a label with its delimiter), `bullet`, `date` (a time at the start of a line, point or cell), `cell`
    (a TAB or pipe between cells), `repair` (entities, zero-width marks, stray tags), `newline`, `space`, `text`.
    """
    work, repairs = mend(text)
    spans = [_Span(repair.start, True, repair.end, "repair") for repair in repairs]
    for line in scan(work):
        spans.extend(_line(work, line))
    spans.sort()
    tokens: list[Token] = []
    at, gaps = 0, _GAPS[line_end(text)]
    for span in [*spans, _Span(len(text), True, len(text) + 1, "text")]:
        if span.end <= at:
            continue
        if span.start < at:  # an entity that stands for the label: &middot; for a bullet
            tokens[-1] = Token(tokens[-1].kind, text[tokens[-1].start : span.end], tokens[-1].start)
        else:
            tokens.extend(Token(gap.lastgroup, gap[0], gap.start()) for gap in gaps.finditer(text, at, span.start))  # type: ignore[arg-type]
            if span.start < len(text):
                tokens.append(Token(span.kind, text[span.start : span.end], span.start))
        at = span.end
    return tokens


def _line(work: str, line: Line) -> Iterator[_Span]:
    """What the parser recognises in one line, cell by cell."""
    at, label = line.start, line.label
    if line.numbered:
        while work[at] in _MARKS:
            at += 1
    separator = "|" if work.find("|", line.start, line.end) >= 0 else "\t"
    stop = work.find(separator, line.body, line.end)
    while stop >= 0:
        yield from _cell(work, at, stop, label, bordered=True)
        yield _Span(stop, False, stop + 1, "cell")
        at = stop + 1
        while at < line.end and work[at] in BLANKS:
            at += 1
        stop = work.find(separator, at, line.end)
        label = cell_label(work, at, line.end if stop < 0 else stop) if at < line.end else None
    yield from _cell(work, at, line.end, label, bordered=at > line.body)


def _cell(work: str, start: int, end: int, label: Label | None, bordered: bool) -> Iterator[_Span]:
    """A line without cells, or one cell: its label, and the labels of the same list that follow on the line."""
    if label is None:
        yield from _stretch(work, start, end, frozenset())
        return
    yield _Span(start, False, label.end, "bullet" if label.style is BULLET else "number")
    chain = find_entries(work, start, end, label) if bordered else find_points(work, start, end, own=label)
    siblings = chain[1:] if chain and chain[0].start == start else []
    outer = frozenset({label.style.family})
    yield from _stretch(work, label.end, siblings[0].start if siblings else end, outer)
    yield from _points(work, siblings, end, outer)


def _points(work: str, points: list[Point], end: int, outer: frozenset[str]) -> Iterator[_Span]:
    for k, point in enumerate(points):
        yield _Span(point.start, False, point.body, "number")
        yield from _stretch(work, point.body, points[k + 1].start if k + 1 < len(points) else end, outer)


def _stretch(work: str, start: int, end: int, outer: frozenset[str]) -> Iterator[_Span]:
    """The time that words begin with, and the points inside them."""
    while start < end and work[start] in BLANKS:
        start += 1
    if start >= end:
        return
    when = read_when(work, start, end)
    if when is not None:
        yield _Span(when.start, False, when.end, "date")
    points = find_points(work, start, end, outer)
    yield from _points(work, points, end, outer | {point.label.style.family for point in points[:1]})
