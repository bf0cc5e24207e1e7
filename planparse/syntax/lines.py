"""Lines of the working copy, each with its label; and which line breaks are accidents."""

from __future__ import annotations

import re

from planparse.syntax import notation
from planparse.syntax.numbering import Label, match_label
from planparse.syntax.repair import BLANKS

CLOSED = "。；！？!?;.…”」』）)】》：:"
"""Marks at which a line may end on purpose."""
_CUT_AT = "、，,（(《“「『"
_CONTINUES = "，。、；：）》”」』】！？,;:)%％"


class Line:
    """One line without the blanks at its ends: `work[start:end]`; what follows its label starts at `body`."""

    __slots__ = ("blanks", "body", "end", "indent", "label", "start")

    def __init__(self, start: int, end: int, body: int, label: Label | None, blanks: int, indent: int) -> None:
        self.start = start
        self.end = end
        self.body = body
        self.label = label
        self.blanks = blanks
        """How many blank lines stand before it."""
        self.indent = indent
        """How many characters of blank stand before it on its line."""

    def family(self) -> str | None:
        """The family of the label's style; `bullet` for a bullet; None without a label."""
        if self.label is None:
            return None
        return self.label.style.family if self.label.style else "bullet"


def scan(work: str) -> list[Line]:
    """The lines of the working copy that show something, in order."""
    lines: list[Line] = []
    add = lines.append
    at, blanks = 0, 0
    strip_left, strip_right = str.lstrip, str.rstrip
    for raw in work.split("\n"):
        left = strip_left(raw, BLANKS)
        if left:
            start = at + len(raw) - len(left)
            end = start + len(strip_right(left, BLANKS))
            label = match_label(work, start, end)
            body = start
            if label is not None:
                body = label.end
                while body < end and work[body] in BLANKS:
                    body += 1
                if body == end and label.style is None:  # a lone dash or star is text
                    label, body = None, start
            add(Line(start, end, body, label, blanks, start - at))
            blanks = 0
        else:
            blanks += 1
        at += len(raw) + 1
    return lines


def broken_joints(work: str, lines: list[Line]) -> list[tuple[int, int]]:
    """The gaps between lines that an accident broke: (end of one line, start of the next), in order."""
    joints: list[tuple[int, int]] = []
    for i in range(len(lines) - 1):
        line, following = lines[i], lines[i + 1]
        if following.blanks or work[line.end - 1] in "。；;":
            continue
        if _continues(work, lines, i):
            joints.append((line.end, following.start))
    return joints


_RANGE_GOES_ON = re.compile("[—–\\-~～至到][ \u3000]*[0-9]")
_RANGE_OPEN = re.compile("[0-9日月号][ \u3000]*[—–\\-~～至到]$")
_DATE_GOES_ON = re.compile("[0-9]*[年月日号](?![一二三四五六日天]|[0-9])")


def _continues(work: str, lines: list[Line], i: int) -> bool:
    """Whether line `i` goes on in the next one, which follows without a blank line."""
    line, following = lines[i], lines[i + 1]
    last, first = work[line.end - 1], work[following.start]
    if last.isdigit() or last in "日月号":
        if _RANGE_GOES_ON.match(work, following.start, following.end):
            return True
        if last.isdigit() and _DATE_GOES_ON.match(work, following.start, following.end):
            return line.end - line.start > 2  # a bare week number or a cell of its own is no half date
    if first.isdigit() and _RANGE_OPEN.search(work, max(line.start, line.end - 4), line.end):
        return True
    if "\t" in work[line.start : line.end] or "\t" in work[following.start : following.end]:
        return False
    if following.label is not None or first in "|#" or work[line.start] in "|#":
        return False
    if first in _CONTINUES and last not in CLOSED:
        return True
    length = line.end - line.start
    if notation.STARTS_ENTRY.match(work, following.start, following.end):
        return False
    if last in _CUT_AT:
        return length > 8 and (last != "、" or _open_bracket(work, line) or length > 20)
    if last in CLOSED or length < 14:
        return False
    if following.end - following.start <= 4 and work[following.end - 1] in "。；;":
        return True
    if work[following.end - 1] not in CLOSED and i + 2 < len(lines) and not _is_cut(work, lines[i + 1]):
        return False
    if line.label is not None:
        return _is_cut(work, line) and _siblings_close(work, lines, i)
    return _is_cut(work, line) and length >= 20 and (i == 0 or work[lines[i - 1].end - 1] in CLOSED)


def _is_cut(work: str, line: Line) -> bool:
    """A running text (it has a mark inside) that ends without one."""
    return work[line.end - 1] not in CLOSED and notation.CLAUSE_MARK.search(work, line.body, line.end) is not None


def _open_bracket(work: str, line: Line) -> bool:
    piece = work[line.start : line.end]
    return piece.count("（") + piece.count("(") > piece.count("）") + piece.count(")")


def _siblings_close(work: str, lines: list[Line], i: int) -> bool:
    """Whether the nearest line of the same family, before or after, ends with a mark: then this one should too."""
    family = lines[i].family()
    for step in (1, -1):
        for distance in range(1, 9):
            j = i + step * distance
            if not 0 <= j < len(lines):
                break
            if lines[j].family() == family:
                if work[lines[j].end - 1] in "。；;":
                    return True
                break
    return False
