"""A number stands twice in a list.

Two entries of one list have the same number: one was put in, or copied, without counting on. Whoever cites "item 2" cites both.

The numbers of a list are those of one style under one heading, or in one cell of a schedule. A list that starts again at 1 is
told by PN102. The fix counts on through the rest of the list; it is unsafe, for other texts may cite the old numbers.

Basis: practice. GB/T 15835-2011 4.3 asks for one form of numbers on one level; that no number stands twice is asked by no clause
we know.

Bad:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    2．改造食堂。
    2．维修围墙。

Good:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    2．改造食堂。
    3．维修围墙。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.lists import odd_numbers, renumber
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

NAMES = ("repeated_number",)
RULE = Rule(
    severity="warning",
    basis=Basis("practice"),
    messages=tuple(KINDS[name].message for name in NAMES),
    fix="unsafe",
    may_change=frozenset({"value", "label"}),
)


def check(view: View) -> Iterator[Problem]:
    """Repeated numbers in the outline and in the cells of schedules."""
    for odd in odd_numbers(view, NAMES):
        label = odd.entry.label
        values = {"found": label.value, "expected": odd.expected}
        yield Problem(label.start, label.end, KINDS[odd.name].message, values, renumber(view, odd.rest, odd.expected))
