"""A task does not say by when.

Whoever checks a plan at the end of the year can only check what had an end. A time counts wherever it stands: in the task,
in a point of it, in the heading above it (九月份), in its row, in a deadline that holds for the whole section. The period
of the plan itself (2024年) does not count, since it is the same for all.

Tasks are numbered entries without entries of their own that begin with what is to be done (加强…, 建立…, 各校要完成…).
Guiding thoughts, principles, reports of what was done, duties and members are none, nor are rules and other documents
that are no plans. The rule is for audits: the profile `audit` runs it, or `--extend-select PN601`.

Basis: practice; no clause asks for deadlines.

Bad:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园三所。
    2．组织教师培训，六月底前完成。

Good:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园三所，九月底前投入使用。
    2．组织教师培训，六月底前完成。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.tasks import tasks
from planparse.rules.view import View

RULE = Rule(severity="information", basis=Basis("practice"), messages=("this task has no deadline",), on=("audit",), promises=True)


def check(view: View) -> Iterator[Problem]:
    """Tasks for which no time is named or inherited."""
    for task in tasks(view):
        if not task.timed and not task.facts("deadlines") and all(time["kind"] == "duration" for time in task.times()):
            yield Problem(task.start, task.end, RULE.messages[0])
