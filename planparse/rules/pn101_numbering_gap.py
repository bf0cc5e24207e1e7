"""A number is missing in a list.

A list that goes from 2 to 4 has lost an entry or was miscounted; so has a list that begins at 3, or one that goes back
to a number it had passed. The reader cannot know which, and whoever cites "item 3" cites nothing.

The numbers of a list are those of one style under one heading, or in one cell of a schedule. Lists that run on over several
headings or rows (1 to 6 under 一、, 7 and on under 二、) are no gaps. The fix counts on through the rest of the list; it is unsafe,
for it may be an entry that is missing, and other texts may cite the old numbers.

Basis: practice. GB/T 15835-2011 4.3 asks for one form of numbers on one level; that they follow each other without a gap is asked
by no clause we know.

Bad:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    2．改造食堂。
    4．维修围墙。

Good:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    2．改造食堂。
    3．维修围墙。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.lists import entry_of, odd_numbers, renumber
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.findings import KINDS
from planparse.syntax.lazy import lazy
from planparse.syntax.numbering import TOP_FAMILIES

NAMES = ("number_gap", "wrong_resume", "late_start")
RULE = Rule(
    severity="warning",
    basis=Basis("practice"),
    messages=tuple(KINDS[name].message for name in NAMES),
    fix="unsafe",
    may_change=frozenset({"value", "label"}),
)


def check(view: View) -> Iterator[Problem]:
    """Gaps in the outline and in the cells of schedules."""
    later: dict[int, bool] | None = None
    for odd in odd_numbers(view, NAMES):
        label = odd.entry.label
        fix = renumber(view, odd.rest, odd.expected)
        if odd.name == "late_start" and odd.entry.node.type == "section":
            later = _later_uses(view) if later is None else later
            if later.get(label.start) or _ANNEX.search(view.work, max(0, label.start - LOOK_BACK), label.start):
                continue
            if label.start in later or odd.entry.family in TOP_FAMILIES:
                fix = None  # it may go on with a list further up that lost entries; and a text that begins with 四、 is an excerpt
        yield Problem(label.start, label.end, KINDS[odd.name].message, {"found": label.value, "expected": odd.expected}, fix)


_ANNEX = lazy("附件[：:][ \u3000]?\\d{1,2}[、.．][^\n]*\n[ \t\u3000]*\\Z")
"""附件：1．…, whose list goes on below."""
LOOK_BACK = 120


def _later_uses(view: View) -> dict[int, bool]:
    """Where labels of sections stand whose family their plan has used before, or that follow the last row of a schedule.

    The latter, marked True, are lines of that row's last cell which the table's reader did not take in.
    """
    seen: set[tuple[int, str]] = set()
    later: dict[int, bool] = {}
    in_row = False
    for node, _, plan, _, row in view.visits:
        if node.type == "section" and row is None and (entry := entry_of(view, node)) is not None:
            key = (id(plan), entry.family)
            if in_row or key in seen:
                later[entry.label.start] = in_row
            seen.add(key)
        in_row = row is not None or node.type == "schedule_row"
    return later
