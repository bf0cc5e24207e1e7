"""Labels do not follow the order of the standard.

Documents of offices number their sections 一、 → （一） → 1. → （1）, one kind a level; ① may follow. A plan with 1、 at its top and
一、 below it, or with （1） where （一） belongs, cannot be cited the same way as its neighbours in a file.

Each list is looked at as a whole, from its first number on: wrong forms, gaps and repeats alike. Left alone are points inside running text,
chapters and articles with what stands below an article, lists that begin in the middle, and the ordered lists of Markdown.
Most plans number otherwise than the standard has it, so the rule runs only when it is asked for; `planparse fmt` makes its fixes.

The fix writes the labels of the list anew; it is unsafe, because other texts may cite them.

Basis: GB/T 9704-2012 7.3.3 gives the order (clause number from secondary sources), GB/T 15834-2011 B.3.8 the levels below (text reproduced by others).

Bad:

    某县2024年工作计划
    一、重点工作
    （1）新建幼儿园。
    （2）改造食堂。

Good:

    某县2024年工作计划
    一、重点工作
    （一）新建幼儿园。
    （二）改造食堂。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.ladder import begins_line
from planparse.rules.prose import is_listed
from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.numbering import match_label, standard_label
from planparse.syntax.tree import Node

MESSAGE = "label {found} is {wanted} in the order of the standard"
REWRITE = "number the list in the order of the standard"
RULE = Rule(
    severity="information",
    basis=Basis("standard", "GB/T 9704-2012 7.3.3", "C"),
    messages=(MESSAGE,),
    on=(),
    fix="unsafe",
    may_change=frozenset({"label", "value"}),
)
FORMAL = frozenset({"part", "chapter", "clause-section", "article", "stage", "section-sign"})
"""Styles that stay: chapters and articles are cited by their numbers."""
_PROSE = frozenset({"narrative", "ordinal", "sequence", "named"})
"""Labels that are words of a sentence."""
AHEAD = 24


def check(view: View) -> Iterator[Problem]:
    """One problem a list."""
    for plan in view.plans:
        yield from _below(view, plan.children, 0, {})


def _below(view: View, nodes: list[Node], depth: int, ends: dict[int, int]) -> Iterator[Problem]:
    """`ends` holds, for each depth, the last number of the list before: one that goes on from it keeps its numbers."""
    edits: list[Edit] = []
    first: tuple[Node, str] | None = None
    count = 0
    for node in nodes:
        if node.type != "section":
            continue
        label = view.label(node)
        if label is None:
            yield from _below(view, node.children, depth, ends)
            continue
        if label.style == "article":
            continue
        if label.style in FORMAL:
            yield from _below(view, node.children, depth, {})
            continue
        if label.style in _PROSE or not begins_line(view.text, label.start):
            continue
        if label.value == 1:
            count = 1
        elif count:
            count += 1
        elif label.value == ends.get(depth, -1) + 1:
            count = label.value
        if count and not is_listed(view, label.start):
            wanted = _label(view, depth, count, label.end)
            if view.read(label.start, label.end) != wanted.strip():
                first = first or (node, wanted)
                edits.append(Edit(label.start, label.end, wanted))
        yield from _below(view, node.children, depth + 1, ends)
    if count:
        ends[depth] = count
    if first is not None:
        node, wanted = first
        start, end = node.fields["number"][1:3]
        values = {"found": view.read(start, end), "wanted": wanted.strip()}
        yield Problem(start, end, MESSAGE, values, Fix(tuple(edits), "unsafe", REWRITE))


def _label(view: View, depth: int, count: int, end: int) -> str:
    """The label, with a blank behind it where the words that follow would make another of it: 1. 5月."""
    wanted = standard_label(depth, count)
    line = wanted + view.text[end : end + AHEAD]
    found = match_label(line, 0, len(line))
    return wanted if found is not None and line[: found.end].rstrip() == wanted else wanted + " "
