"""A quotation mark or bracket has no partner.

Quotation marks, brackets and title marks come in pairs. One without its partner leaves open where the quotation or the
remark ends; programs that look for document titles between 《 and 》 read on into the next sentence.

Pairs are looked for on one line, lines cut in two by a break taken as one; a pair whose ends stand a few lines apart is
taken as one, too. Half-width and full-width brackets match each other. Brackets of labels, 1) and the like, and straight
quotation marks, which do not tell their direction, are left alone.

Basis: GB/T 15834-2011 4.8, 4.9 and 4.15, marks in pairs; the text is reproduced by others.

Bad:

    某校2024年工作计划
    一、重点工作
    推行“网格化管理，学习《条例》。

Good:

    某校2024年工作计划
    一、重点工作
    推行“网格化”管理，学习《条例》。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planparse.rules.prose import HAS_HAN, lines, other
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.lazy import lazy

ALONE = "{found} has no partner"
TURNED = "{found} stands where {expected} was due"
RULE = Rule(severity="warning", basis=Basis("standard", "GB/T 15834-2011 4.8, 4.9, 4.15", "B"), messages=(ALONE, TURNED))
PAIRS = {"“": "”", "《": "》", "（": "）", "(": ")", "【": "】", "〔": "〕", "「": "」", "『": "』"}
KINDS = {mark: opener for opener, closer in PAIRS.items() for mark in (opener, closer)} | {"(": "（", ")": "（"}
"""Every mark with the opening mark of its kind; brackets of both widths are of one kind."""
OPENING = frozenset(PAIRS)
SAME_BOTH_WAYS = "“"
"""Of this kind, two of the same direction in a row are a pair of which one was turned."""
NEAR = 10
"""So many lines apart the ends of one pair may stand."""
_MARK = lazy("[“”《》（）()【】〔〕「」『』]")
_LABEL = lazy("(?:^|(?<=[\\s。；;，,：:、！？》”）)]))[A-Za-z一二三四五六七八九十①-⑳]{1,3}$|(?<![0-9０-９.])[0-9０-９]{1,2}$")
_LABEL_ROOM = 5


class Alone(NamedTuple):
    """A mark without a partner on its line."""

    at: int
    line: int


def check(view: View) -> Iterator[Problem]:
    """Marks that find no partner on their line nor near it."""
    openers: dict[str, list[Alone]] = {}
    found: list[Problem] = []
    for number, (start, end) in enumerate(lines(view)):
        if _MARK.search(view.work, start, end) is None:
            continue
        for kind, opened, closed in _line(view, start, end):
            if kind == SAME_BOTH_WAYS and len(opened) + len(closed) >= 2 and not (opened and closed):
                found += _turned(view, kind, opened or closed)
                continue
            waiting = openers.setdefault(kind, [])
            for at in closed:
                while waiting and number - waiting[-1].line > NEAR:
                    found.append(_alone(view, waiting.pop().at))
                if waiting:
                    waiting.pop()
                else:
                    found.append(_alone(view, at))
            waiting += [Alone(at, number) for at in opened]
    found += [_alone(view, mark.at) for waiting in openers.values() for mark in waiting]
    return iter(sorted(found, key=lambda problem: problem.start))


def _line(view: View, start: int, end: int) -> Iterator[tuple[str, list[int], list[int]]]:
    """The marks of a line that have no partner on it, by kind: opening and closing ones."""
    work = view.work
    if HAS_HAN.search(work, start, end) is None:
        return
    opened: dict[str, list[int]] = {}
    closed: dict[str, list[int]] = {}
    for mark in _MARK.finditer(work, start, end):
        at, sign = mark.start(), mark[0]
        kind = KINDS[sign]
        if sign in OPENING:
            opened.setdefault(kind, []).append(at)
        elif opened.get(kind):
            opened[kind].pop()
        else:
            closed.setdefault(kind, []).append(at)
    for kind in opened.keys() | closed.keys():
        ones = [at for at in opened.get(kind, ()) if _counts(view, at, start)]
        others = [at for at in closed.get(kind, ()) if _counts(view, at, start)]
        if ones or others:
            yield kind, ones, others


def _counts(view: View, at: int, start: int) -> bool:
    """Whether a mark without a partner is prose: no part of a label, of debris, of an address."""
    if view.labels.touch(at, at + 1) or view.debris.touch(at, at + 1) or other(view).touch(at, at + 1):
        return False
    return KINDS[view.work[at]] != "（" or _LABEL.search(view.work[max(start, at - _LABEL_ROOM) : at]) is None


def _alone(view: View, at: int) -> Problem:
    return Problem(at, at + 1, ALONE, {"found": view.text[at]})


def _turned(view: View, kind: str, marks: list[int]) -> Iterator[Problem]:
    """Two of one direction in a row: the second of opening ones, the first of closing ones is turned."""
    opening = view.work[marks[0]] in OPENING
    expected = PAIRS[kind] if opening else kind
    for k in range(0, len(marks) - 1, 2):
        at = marks[k + 1] if opening else marks[k]
        yield Problem(at, at + 1, TURNED, {"found": view.text[at], "expected": expected})
    if len(marks) % 2:
        yield _alone(view, marks[-1])
