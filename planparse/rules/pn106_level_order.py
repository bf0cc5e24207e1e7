"""A higher kind of label stands under a lower one.

Under 1． stands a list of 一、: the order of the kinds is turned round. Whoever reads labels alone, and every program that builds an
outline, takes the inner list for the higher level.

Told is the first entry of each such list. So is a heading that has changed places with the one above it: 1． stands empty, 二、
follows with a list of （1）, and under it 2． goes on. The order is 一、 （一） 1． （1） ①; chapters, dotted numbers, narrative ordinals (一是),
points inside a paragraph and cells of schedules are left alone.

Basis: GB/T 15834-2011 B.3.8 (its text reproduced by others): a text may begin at any level of the order, but then goes down in it.

Bad:

    某县2024年工作计划
    1．加强组织领导：
    一、成立领导小组。
    二、明确责任分工。
    2．加强教师培训。

Good:

    某县2024年工作计划
    一、加强组织领导：
    1．成立领导小组。
    2．明确责任分工。
    二、加强教师培训。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.ladder import Rung, rungs
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import Label, View

TURNED = "{found} stands under {above}, which is the lower kind of label"
RULE = Rule(severity="warning", basis=Basis("standard", "GB/T 15834-2011 B.3.8", "B"), messages=(TURNED,))


def check(view: View) -> Iterator[Problem]:
    """First entries of lists whose kind of label is higher than that of the section above, and labels that changed places."""
    swapped: dict[int, tuple[Rung, Rung]] = {}  # by the inner heading: itself and the empty heading above it
    deeper: set[int] = set()
    last: Rung | None = None
    for rung in rungs(view):
        above, node = rung.above, rung.entry.node
        if rung.first and above is not None and rung.step < rung.above_step:
            yield _problem(view, rung.entry.label, above.label)
        if last is not None and rung.step < last.step and "text" not in last.entry.node.fields and not last.entry.node.children:
            swapped[id(node)] = rung, last
        if rung.first and above is not None and id(above.node) in swapped:
            higher, lower = swapped[id(above.node)]
            if rung.step > lower.step:
                deeper.add(id(above.node))
            elif id(above.node) in deeper and rung.step == lower.step and rung.entry.label.value == lower.entry.label.value + 1:
                yield _problem(view, higher.entry.label, lower.entry.label)
        last = rung


def _problem(view: View, label: Label, above: Label) -> Problem:
    values = {"found": view.read(label.start, label.end), "above": view.read(above.start, above.end)}
    return Problem(label.start, label.end, TURNED, values)
