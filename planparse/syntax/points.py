"""Points inside running text: 一是…；二是…, ①…②…, (1)…(2)…, and several numbered items on one physical line.

A chain counts only when it starts at one, each next value follows, and every mark stands where a point can begin. So
"一是" in ordinary prose, 10册、14册 and 初一、高二 start no points.

A cell that begins with a number is a list beyond doubt: there numbers may jump, repeat or start again (`find_entries`).
"""

from __future__ import annotations

from typing import NamedTuple

from planparse.syntax import notation
from planparse.syntax.lazy import lazy
from planparse.syntax.numbering import BULLET, Label, match_label, number_text

_HAN = "[一二三四五六七八九十]"
# One set in front, so that the engine skips what can be no mark; what may stand before a mark is looked at afterwards.
_MARK_TABLE = (
    "[①-⑳㉑-㉟⑴-⒇❶-❿(（一二三四五六七八九十第0-9０-９首其再最](?:"
    "(?<=[①-⑳㉑-㉟⑴-⒇❶-❿])"
    f"|(?<=[(（])(?:\\d{{1,2}}|{_HAN}{{1,3}})[)）]"
    f"|(?<={_HAN})(?:{_HAN}?[是要]|{_HAN}{{0,2}}、(?!{_HAN}))"
    "|(?<=\\d)\\d?DIGITS"
    f"|(?<=第){_HAN}{{1,2}}[，,、：:]"
    "|(?<=[首其再最])[先次者后後][，,])"
)
_MARKS = lazy(_MARK_TABLE.replace("DIGITS", "(?:、|[.．](?!\\d)|[)）])(?!\\d)"))
_ENTRY_MARKS = lazy(_MARK_TABLE.replace("DIGITS", "[、.．)）]"))
"""The same for the entries of a cell: there a number may stand right behind the mark (2、4月5日)."""
_SECOND = lazy(f"[②⑵❷{notation.SECOND_NUMERALS}](?:(?<=[②⑵❷])|[{notation.SECOND_DELIMITERS}])")
"""What every chain of points holds: the mark of its second point."""
FREE_FAMILIES = frozenset({"circled", "arabic-paren", "han-paren"})
"""Families whose marks are so distinct that they may follow any character."""
_COMMAS = "，, "
_STRONG_BEFORE = "。；;：:！!？? \u3000\u00a0\t”）)\u200b…|\n."
_DIGIT_BEFORE = "0123456789０１２３４５６７８９.．/年月第~～—–-"
_HAN_BEFORE = "第周期高初大小年一二三四五六七八九十百零"
_ENDS = "。；;！!？?"
"""The marks that end an entry, whatever ends the others of its cell."""
_LISTED = frozenset({"arabic", "arabic-half-paren", "arabic-paren", "circled", "han", "han-paren"})
"""Families whose number in front of a cell says that the cell is a list."""
_TIME_AFTER = lazy("(\\d{1,4})(月\\d|年|[:：]\\d{2}|[./]\\d{1,2})?")
_BRACKETS = lazy("[(（)）]")


class Point(NamedTuple):
    """One point: `start` of its mark, `body` of its text, and its label."""

    start: int
    body: int
    label: Label


def may_go_on(work: str, own: Label | None, end: int) -> bool:
    """A quick test: whether the next number of the line's own list may stand further on in the line."""
    if own is None or own.value < 2:
        return False
    return work.find(number_text(own.style.name, own.value + 1).strip("（）、：，.")[:2], own.end, end) >= 0


def find_points(work: str, start: int, end: int, outer: frozenset[str] = frozenset(), own: Label | None = None) -> list[Point]:
    """The outermost chain of points in `work[start:end]`, in order; empty when there is none.

    `outer` names the families already open around the text: they start no chain inside it. `own` is the label the text
    begins with: when it goes on inside the line, the chain starts at `start` and its points are that line's siblings.
    """
    if _SECOND.search(work, own.end if own else start, end) is None and not may_go_on(work, own, end):
        return []
    chains: dict[str, list[Point]] = {}
    order: list[list[Point]] = []
    if own is not None and own.style is not BULLET:
        chains[own.style.family] = [Point(start, own.end, own)]
        order.append(chains[own.style.family])
    for found in _MARKS.finditer(work, own.end if own else start, end):
        at = found.start()
        label = match_label(work, at, end)
        if label is None or label.style is BULLET:
            continue
        family = label.style.family
        chain = chains.get(family)
        if not _may_begin(work, start, end, at, label, chain, own):
            continue
        point = Point(at, label.end, label)
        if chain is not None and label.value == chain[-1].label.value + 1 and at - chain[-1].body >= 2:
            chain.append(point)
        elif label.value == 1 and family not in outer:
            chains[family] = [point]
            order.append(chains[family])
    best = [chain for chain in order if len(chain) > 1]
    return min(best, key=lambda chain: chain[0].start) if best else []


def _may_begin(work: str, start: int, end: int, at: int, label: Label, chain: list[Point] | None, own: Label | None) -> bool:
    """Whether what stands before a mark lets a point begin there."""
    family = label.style.family
    before = work[at - 1] if at > start else "。"
    if before in (_DIGIT_BEFORE if work[at].isdigit() else _HAN_BEFORE) and not (
        before == "." and at > start + 1 and work[at - 2] in _STRONG_BEFORE
    ):
        return False
    if family in FREE_FAMILIES or before in _STRONG_BEFORE or (before in _COMMAS and family in ("narrative", "arabic", "sequence")):
        return True
    # a sibling of the line's own label may be glued to the text before it: 1、……2、……
    return (
        chain is not None
        and chain[0].label is own
        and label.style is chain[0].label.style
        and before.isalpha()
        and at - chain[-1].body >= 6
        and end - label.end >= 4
    )


def find_entries(work: str, start: int, end: int, own: Label | None) -> list[Point]:
    """The entries of a cell that begins with the label `own`, else the points inside it.

    In such a list a label of the same style counts right behind the end of an entry, also when it is not the next number
    (1．甲；2．乙；4．丙), and so does the next number in front of a date (2、4月5日备耕).
    """
    plain = find_points(work, start, end, own=own)
    if own is None or own.style.family not in _LISTED:
        return plain
    entries = [Point(start, own.end, own)]
    ends = set(_ENDS)
    shut = _bracketed(work, own.end, end)
    wanted: dict[int, bool] = {}
    for found in _ENTRY_MARKS.finditer(work, own.end, end):
        at, last = found.start(), entries[-1]
        label = match_label(work, at, end)
        if label is None or label.style.family != own.style.family or at - last.body < 2:
            continue
        if not _may_begin(work, start, end, at, label, entries, own):
            continue
        due = label.value == last.label.value + 1
        while shut and shut[-1][1] <= at:
            shut.pop()
        if shut and shut[-1][0] < at and not (due and label.style.name == "arabic-half-paren"):
            continue  # in brackets: （1．甲；2．乙）
        before = work[at - 1]
        ended = before in ends
        if not ended and label.value == 1:
            return plain  # a list inside an entry: 1．甲：1．……
        number = work[label.end : label.end + 1].isdigit() and label.style.family not in FREE_FAMILIES
        if due:
            parted = before in _STRONG_BEFORE and before not in "：:"
            if number and not (parted and label.style is own.style and _opens_entry(work, label, end, wanted)):
                continue
            if parted:
                ends.add(before)  # as one entry ends, others may
        elif not ended or label.style is not own.style or not label.value or not _is_listed(work, label, end, number):
            continue
        entries.append(Point(at, label.end, label))
    return entries if len(entries) > 1 else plain


def _opens_entry(work: str, label: Label, end: int, wanted: dict[int, bool]) -> bool:
    """Whether the number due opens an entry although digits follow: 2、4月5日备耕, but not 2、3月 where no 3、 comes.

    `wanted` keeps for each number whether it comes, so that the cell is searched once for each.
    """
    found = _TIME_AFTER.match(work, label.end, end)
    if label.style.name == "arabic-dot" or found is None or found[2] or int(found[1]) != label.value + 1:
        return True
    value = label.value + 1
    if value not in wanted:
        # the digits right behind the mark are the ones in doubt: the entry that follows stands further on
        wanted[value] = work.find(number_text(label.style.name, value), found.end() + 1, end) >= 0
    return wanted[value]


def _is_listed(work: str, label: Label, end: int, number: bool) -> bool:
    """Whether a number that is not due is a label: no half of a date or of a count (6.15日, 5、6月, 五、六年级)."""
    if number:
        found = _TIME_AFTER.match(work, label.end, end)
        unit = work[found.end(1) : found.end(1) + 1] if found else ""
        if label.style.name == "arabic-dot":
            return unit in ("月", "年")
        return found is not None and found[2] is not None and (unit == "月" or found.end(1) - found.start() == 4)
    return label.end < end and (work[label.end] not in "一二三四五六七八九十" or work[label.end - 1] != "、")


def _bracketed(work: str, start: int, end: int) -> list[tuple[int, int]]:
    """The stretches in brackets, the last first; a bracket without its counterpart counts for nothing."""
    opened: list[int] = []
    out: list[tuple[int, int]] = []
    for found in _BRACKETS.finditer(work, start, end):
        if found[0] in "(（":
            opened.append(found.start())
        elif opened:
            out.append((opened.pop(), found.start()))
    outer: list[tuple[int, int]] = []
    for begin, stop in sorted(out):
        if not outer or begin > outer[-1][1]:
            outer.append((begin, stop))
    return outer[::-1]
