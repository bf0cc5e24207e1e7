"""Points inside running text: 一是…；二是…, ①…②…, (1)…(2)…, and several numbered items on one physical line.

A chain counts only when it starts at one, each next value follows, and every mark stands where a point can begin. So
"一是" in ordinary prose, 10册、14册 and 初一、高二 start no points.
"""

from __future__ import annotations

from typing import NamedTuple

from planparse.syntax import notation
from planparse.syntax.lazy import lazy
from planparse.syntax.numbering import BULLET, Label, match_label, number_text

_HAN = "[一二三四五六七八九十]"
# One set in front, so that the engine skips what can be no mark; what may stand before a mark is looked at afterwards.
_MARKS = lazy(
    "[①-⑳㉑-㉟⑴-⒇❶-❿(（一二三四五六七八九十第0-9０-９首其再最](?:"
    "(?<=[①-⑳㉑-㉟⑴-⒇❶-❿])"
    f"|(?<=[(（])(?:\\d{{1,2}}|{_HAN}{{1,3}})[)）]"
    f"|(?<={_HAN})(?:{_HAN}?[是要]|{_HAN}{{0,2}}、(?!{_HAN}))"
    "|(?<=\\d)\\d?(?:、|[.．](?!\\d)|[)）])(?!\\d)"
    f"|(?<=第){_HAN}{{1,2}}[，,、：:]"
    "|(?<=[首其再最])[先次者后後][，,])"
)
_SECOND = lazy(f"[②⑵❷{notation.SECOND_NUMERALS}](?:(?<=[②⑵❷])|[{notation.SECOND_DELIMITERS}])")
"""What every chain of points holds: the mark of its second point."""
FREE_FAMILIES = frozenset({"circled", "arabic-paren", "han-paren"})
"""Families whose marks are so distinct that they may follow any character."""
_COMMAS = "，, "
_STRONG_BEFORE = "。；;：:！!？? \u3000\u00a0\t”）)\u200b…|\n."
_DIGIT_BEFORE = "0123456789０１２３４５６７８９.．/年月第~～—–-"
_HAN_BEFORE = "第周期高初大小年一二三四五六七八九十百零"


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
        before = work[at - 1] if at > start else "。"
        chain = chains.get(family)
        if before in (_DIGIT_BEFORE if work[at].isdigit() else _HAN_BEFORE) and not (
            before == "." and at > start + 1 and work[at - 2] in _STRONG_BEFORE
        ):
            continue
        if (
            family not in FREE_FAMILIES
            and before not in _STRONG_BEFORE
            and not (before in _COMMAS and family in ("narrative", "arabic", "sequence"))
        ):
            # a sibling of the line's own label may be glued to the text before it: 1、……2、……
            glued = (
                chain is not None
                and chain[0].label is own
                and label.style is chain[0].label.style
                and before.isalpha()
                and at - chain[-1].body >= 6
            )
            if not glued or end - label.end < 4:
                continue
        point = Point(at, label.end, label)
        if chain is not None and label.value == chain[-1].label.value + 1 and at - chain[-1].body >= 2:
            chain.append(point)
        elif label.value == 1 and family not in outer:
            chains[family] = [point]
            order.append(chains[family])
    best = [chain for chain in order if len(chain) > 1]
    return min(best, key=lambda chain: chain[0].start) if best else []
