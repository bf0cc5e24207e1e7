"""Visual lines of a PDF file to paragraphs, by geometry: a line goes on in the next where the next would not have fitted.

A line that is not full ends its paragraph; so does what begins with a label, is indented, stands apart or is of another
size. Centred lines stand alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from planparse.readers.print.lines import CLOSING, Line
from planparse.syntax.numbering import BULLET, match_label

SLACK = 0.15
"""In em: how much short of fitting still counts as fitting not."""
INDENT = 0.8
"""From this many em on, another left edge is an indentation."""
HANG = 3.5
"""A label hangs over the lines that follow by less than this many em."""
CENTRED = 2.6
"""A centred line leaves more than this many em on both sides: a first line is indented by two."""
MARGIN = 4.0
"""The right margin may differ from the left by this many em; if it is wider, no line reached the margin."""
APART = 1.35
"""Lines farther from each other than this times the usual distance are different paragraphs."""

WEAK_LABELS = frozenset(
    {
        "narrative",
        "sequence",
        "arabic-blank",
        "han-blank",
        "arabic-colon",
        "decimal-2",
        "named",
        "upper-letter",
        "lower-letter",
        BULLET.name,
    }
)
"""What begins with one of these may as well be the middle of a sentence."""
SENTENCE_ENDS = "。！？；：…”）)!?;:"
_DATE = re.compile(r"\d{1,2}[月.]\d|第[\d一二三四五六七八九十]{1,3}周")


class Edges(NamedTuple):
    """The x of the text's left and right edge."""

    left: float
    right: float


def find_edges(lines: Sequence[Line], width: float) -> Edges:
    """Where lines begin and end on pages of that width. No line is full when all end far from where the margin must be."""
    if not lines:
        return Edges(0.0, width)
    left = min(line.x0 for line in lines)
    farthest = max(line.x1 for line in lines)
    # A mark at the end may hang over the margin.
    plain = [line.x1 for line in lines if line.text[-1] not in CLOSING and farthest - line.x1 < 2 * line.size]
    right = max(plain) if len(plain) > 2 else farthest
    size = max(line.size for line in lines)
    return Edges(left, right) if right >= width - left - MARGIN * min(size, 16) else Edges(left, width - left)


class Setting(NamedTuple):
    """How text is set: its edges, the usual distance of lines in em, and `find_flush`."""

    edges: Edges
    pitch: float
    flush: set[str]


def usual_pitch(runs: Iterable[Sequence[Line]]) -> float:
    """The most frequent distance from a line's top to the next one's, in em; 0 when there are no two lines."""
    counts: Counter[float] = Counter()
    for lines in runs:
        for above, below in pairwise(lines):
            if below.top > above.top and abs(above.size - below.size) < 0.1 * above.size:
                counts[round((below.top - above.top) / above.size, 1)] += 1
    return max(counts, key=lambda pitch: (counts[pitch], -pitch)) if counts else 0.0


def is_centred(line: Line, edges: Edges) -> bool:
    """Whether it stands in the middle, with free space on both sides."""
    left, right = line.x0 - edges.left, edges.right - line.x1
    return min(left, right) > CENTRED * line.size and abs(left - right) < 1.5 * line.size


def is_full(line: Line, below: Line, right: float) -> bool:
    """Whether the start of the line below would not have fitted."""
    return line.x1 + below.head > right - SLACK * line.size


def find_flush(runs: Iterable[Sequence[Line]], edges: Edges) -> set[str]:
    """The numbering styles of labels that surely begin a paragraph at the text's left edge: the line above is not full."""
    found = set()
    for lines in runs:
        for k, line in enumerate(lines):
            label = match_label(line.text, 0, len(line.text))
            at_edge = label is not None and line.x0 - edges.left < INDENT * line.size
            if label is not None and at_edge and k and not is_full(lines[k - 1], line, edges.right):
                found.add(label.style.name)
    return found


def goes_on(paragraph: Sequence[Line], below: Line, text: Setting, *, new_page: bool) -> bool:
    """Whether the line below goes on with the paragraph. Across a page break a full stop ends it, and distances say nothing."""
    first, last, edges = paragraph[0], paragraph[-1], text.edges
    if not is_full(last, below, edges.right) or abs(last.size - below.size) > 0.1 * last.size:
        return False
    if is_centred(last, edges) or is_centred(below, edges) or 2 * (last.x1 - last.x0) < edges.right - edges.left:
        return False
    if new_page:
        if last.text[-1] in "。！？；：….!?;:":
            return False
    elif text.pitch and below.top - last.top > max(APART * text.pitch, 1.1) * last.size:
        return False
    indented = first.x0 - below.x0 > INDENT * below.size
    if _is_labelled(below, text.flush if indented else None) and (not indented or last.text[-1] in SENTENCE_ENDS):
        return False
    if len(paragraph) > 1:
        return abs(below.x0 - last.x0) < 0.5 * below.size
    if below.x0 < first.x0 + 0.5 * below.size:
        # Below a first line with an indentation, the same indentation begins a paragraph, unless all its lines have it.
        return indented or first.x0 - edges.left < INDENT * first.size or last.text[-1] not in SENTENCE_ENDS
    return _hangs(first, below)


def _is_labelled(line: Line, styles: set[str] | None) -> bool:
    """Whether a label begins it, one of these styles where they are given."""
    label = match_label(line.text, 0, len(line.text))
    return label is not None and label.style.name not in WEAK_LABELS and (styles is None or label.style.name in styles)


def _hangs(first: Line, below: Line) -> bool:
    """Whether the label of the first line hangs over the line below: at its text, or a little off amid a sentence."""
    label = match_label(first.text, 0, len(first.text))
    if label is None:
        return False
    if first.text[-1] not in SENTENCE_ENDS and 0 < below.x0 - first.x0 < HANG * below.size:
        return True
    share = sum(_width(c) for c in first.text[: label.end]) / max(0.5, sum(_width(c) for c in first.text))
    return abs(first.x0 + share * (first.x1 - first.x0) - below.x0) < 0.6 * below.size


def _width(character: str) -> float:
    return 0.5 if character.isascii() else 1.0


def join_texts(lines: Sequence[Line]) -> str:
    """The text of lines that go on in each other: a blank between Latin words, none beside a Han letter."""
    parts: list[str] = []
    for k, line in enumerate(lines):
        if k and _parts_words(lines[k - 1], line):
            parts.append(" ")
        parts.append(line.text)
    return "".join(parts)


def _parts_words(above: Line, below: Line) -> bool:
    a, b = above.text[-1], below.text[0]
    if a.isascii() and b.isascii():
        return above.blank_end or (a not in "-/" and (a.isalnum() or a in ",.;:!?)") and b.isalnum())
    return above.blank_end and (a.isascii() or b.isascii())


def join_cell(lines: Sequence[Line], width: float, pad: float) -> list[str]:
    """The paragraphs of a table's cell: lines are one where the cell was too narrow. `pad` is the free edge on each side."""
    if len(lines) > 1 and all(len(line.text) == 1 and not line.text.isascii() for line in lines):
        return ["".join(line.text for line in lines)]  # set upright, one letter below the other
    paragraphs: list[list[Line]] = []
    for line in lines:
        if paragraphs and _is_forced(paragraphs[-1][-1], line, width - 2 * pad) and not _is_item(paragraphs[-1][-1], line):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return [join_texts(paragraph) for paragraph in paragraphs]


def _is_forced(above: Line, below: Line, room: float) -> bool:
    indent = max(0.0, above.x0 - below.x0) if above.x0 - below.x0 < 3 * above.size else 0.0
    used = above.x1 - above.x0 + (indent if indent > INDENT * above.size else 0.0)
    return used + below.head > room - SLACK * above.size


def _is_item(above: Line, below: Line) -> bool:
    """Whether the line below begins an item of its own: a label, or a date after a date."""
    return _is_labelled(below, None) or (above.text[-1] in "日号周)）" and _DATE.match(below.text) is not None)
