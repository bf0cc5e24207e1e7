"""A paragraph ends without a mark while those beside it have one.

A long paragraph that stops without a full stop was cut off, or its last mark was lost; the reader cannot tell whether
something is missing.

Told are paragraphs of more than thirty characters with marks inside, next to paragraphs that most of them do end with one.
Headings, lead-ins with entries below them, lists behind a key (组长：), cells of tables, what ends with an address and what
ends with a remark in brackets behind its mark are left alone.

Basis: GB/T 15834-2011 4.1, the end of a sentence; the text is reproduced by others.

Bad:

    某校2024年工作计划
    一、重点工作
    1．加强食堂管理，落实食品留样制度，每周检查一次，结果张榜公布。
    2．加强门卫管理，外来人员一律登记，晚上十点以后关闭校门，值班教师巡查一遍

Good:

    某校2024年工作计划
    一、重点工作
    1．加强食堂管理，落实食品留样制度，每周检查一次，结果张榜公布。
    2．加强门卫管理，外来人员一律登记，晚上十点以后关闭校门，值班教师巡查一遍。
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planparse.rules.prose import CLOSERS, other
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.lazy import lazy
from planparse.syntax.repair import trim
from planparse.syntax.tree import Cut, Node

MESSAGE = "this paragraph ends without a mark; those beside it have one"
RULE = Rule(
    severity="information",
    basis=Basis("standard", "GB/T 15834-2011 4.1", "B"),
    messages=(MESSAGE,),
)
FINAL = frozenset("。；！？…—：，、;!?:,.~～")
"""Marks that are something else's fault, or none, at a paragraph's end."""
LONG, SHORT = 30, 12
"""A paragraph longer than the first is told; those beside it count when they are longer than the second."""
_CLAUSE = lazy("[，。；,;]")


class Paragraph(NamedTuple):
    """A node's text: where its last character stands, how long it is, whether it ends with a mark."""

    last: int
    length: int
    marked: bool
    told: bool
    """Whether it could be told."""


def check(view: View) -> Iterator[Problem]:
    """Paragraphs under one parent, compared."""
    groups: dict[int, list[Paragraph]] = {}
    for node, parent, _, _, row in view.visits:
        if row is None and parent is not None and node.type in ("section", "paragraph", "item"):
            paragraph = _paragraph(view, node)
            if paragraph is not None:
                groups.setdefault(id(parent), []).append(paragraph)
    for group in groups.values():
        marked = sum(paragraph.marked for paragraph in group)
        if marked * 2 <= len(group) and not (marked == 1 and len(group) == 2):
            continue
        for paragraph in group:
            if paragraph.told and not paragraph.marked:
                yield Problem(paragraph.last, paragraph.last + 1, MESSAGE)


def _paragraph(view: View, node: Node) -> Paragraph | None:
    text = node.fields.get("text") or (None if node.children else node.fields.get("heading"))  # a sentence without mark passes for one
    if not text:
        return None
    cuts = [text] if type(text) is Cut else [Cut(*cut) for cut in text]
    work = view.work
    start, (low, end) = cuts[0][0], trim(work, *cuts[-1])
    if end <= low or end - start <= SHORT:
        return None
    at = end - 1
    while at > start and work[at] in CLOSERS and work[at - 1] not in FINAL:
        at -= 1
    marked = work[at] in FINAL or (work[at] in CLOSERS and work[at - 1] in FINAL) or _is_remark(work, start, end)
    heading = node.fields.get("heading")
    told = (
        end - (heading[0] if type(heading) is Cut else start) > LONG
        and not node.children
        and _CLAUSE.search(work, start, end) is not None
        and not _is_list(work, node.start, end)
    )
    return Paragraph(end - 1, end - start, marked, told and not other(view).touch(end - 1, end) and not view.debris.touch(end, end + 3))


def _is_remark(work: str, start: int, end: int) -> bool:
    """Whether the paragraph ends with a remark in brackets behind its final mark."""
    if work[end - 1] not in "）)":
        return False
    at = max(work.rfind("（", start, end), work.rfind("(", start, end))
    return at > start and work[at - 1] in FINAL


def _is_list(work: str, start: int, end: int) -> bool:
    """Whether the last clause is a key and what it names, as in 成员：甲、乙, which needs no mark."""
    first = max(work.rfind(mark, start, end) for mark in "，。；,;")
    return max(work.rfind(colon, max(first, start), end) for colon in "：:") >= 0
