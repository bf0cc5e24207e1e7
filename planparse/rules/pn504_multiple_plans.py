"""A file holds several plans.

Web compilations, minutes and collections of rules put several documents into one file. Numbers, dates and the year of one do not
hold for the others, and whoever files or cites the text takes one for all.

Told once a file, where the second plan begins, with the number of plans and the lines on which the others begin. A notice and
the plan that it issues count as one.

Basis: quality of the data. No clause speaks of files; GB/T 9704-2012 treats one document at a time.

Bad:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    二、安全工作
    1．加强值班。
    某县2025年工作计划
    一、改造工程
    1．改造食堂。
    二、维修工程
    1．维修围墙。

Good:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    二、安全工作
    1．加强值班。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.heads import covered, head
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View

SEVERAL = "this file holds {count} plans; after the first, they begin on lines {lines}"
TWO = "this file holds two plans; the second begins here"
RULE = Rule(severity="warning", basis=Basis("data"), messages=(SEVERAL, TWO))
MOST_LINES = 20
"""So many lines are named."""


def check(view: View) -> Iterator[Problem]:
    """One finding a file."""
    plans = view.plans[1:] if covered(view) else view.plans
    if len(plans) < 2:
        return
    start, end = head(view, plans[1])
    if len(plans) == 2:
        yield Problem(start, end, TWO)
        return
    lines = [str(view.source.line_column(plan.start)[0]) for plan in plans[1 : MOST_LINES + 1]]
    if len(plans) > MOST_LINES + 1:
        lines.append("…")
    yield Problem(start, end, SEVERAL, {"count": len(plans), "lines": ", ".join(lines)})
