"""A list starts again at 1 without a new heading above it.

Two lists of one style stand under one heading, so that "item 2" is two items. Mostly a heading was lost between them, two texts
were pasted together, or the numbers of the second were never continued. In a schedule the same is told of one cell, where the
borders of cells are known; where a table fell apart into lines, a count that starts again is taken as the next cell.

There is no fix: only the author knows whether a heading is missing or the numbers should go on.

Basis: practice. No clause we know forbids it; GB/T 9704-2012 7.3.3 gives the order of levels, which such a list leaves.

Bad:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    2．改造食堂。
    1．加强值班。
    2．开展检查。

Good:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    2．改造食堂。
    二、安全工作
    1．加强值班。
    2．开展检查。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.lists import odd_numbers
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

NAMES = ("restarted_numbering",)
RULE = Rule(severity="warning", basis=Basis("practice"), messages=tuple(KINDS[name].message for name in NAMES))


def check(view: View) -> Iterator[Problem]:
    """Counts that start again in the outline and in the cells of schedules."""
    for odd in odd_numbers(view, NAMES):
        label = odd.entry.label
        yield Problem(label.start, label.end, KINDS[odd.name].message, {"found": label.value, "expected": odd.expected})
