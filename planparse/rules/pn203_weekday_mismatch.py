"""A date and its weekday do not belong together.

In a plan whose year is known, 9月3日（周一） is either true or not. Where it is not, people come on two different days. It also
happens when last year's plan is taken over and only its year is changed.

A date in an entry is compared with the weekday the entry begins with, too: 周一 召开例会（26日）. Plans whose year is open are not
looked at. Where several weekdays speak against the year that is written, it is the year that is told of, by another rule.

Basis: data quality. The calendar decides; no clause is needed.

Bad:

    某县2024年工作计划
    一、重点工作
    1．9月2日（周二）召开动员会。

Good:

    某县2024年工作计划
    一、重点工作
    1．9月2日（周一）召开动员会。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.times import told
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

RULE = Rule(severity="error", basis=Basis("data"), messages=(KINDS["weekday_mismatch"].message,))


def check(view: View) -> Iterator[Problem]:
    """Weekdays that the parser compared with their dates."""
    return told(view, "weekday_mismatch")
