"""The year that is written does not fit the dates in the plan.

A plan that calls itself one of 2023 and has 周一 on a day that was a Monday in 2017 was taken over from that year. Its dates and
weekdays cannot both hold; whoever puts them into a calendar gets them wrong. The weekdays, festivals, anniversaries and examination
years of a plan are weighed; one weekday that disagrees with all the others is a slip of its own and not told of here.

The message names the lines that speak against the year. Where they fit one other year, the plan's times are read in that year;
where they do not, its year is left open.

Basis: data quality. No clause asks for it; it is a matter of arithmetic.

Bad:

    某校2023年下半年工作计划
    一、活动安排
    1．9月1日（周五）开学典礼。
    2．9月8日（周日）家长会。
    3．9月15日（周日）教研活动。
    4．9月22日（周日）运动会。

Good:

    某校2023年下半年工作计划
    一、活动安排
    1．9月1日（周五）开学典礼。
    2．9月8日（周五）家长会。
    3．9月15日（周五）教研活动。
    4．9月22日（周五）运动会。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.times import told
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

NAMES = ("year_contradicted", "year_doubtful")
RULE = Rule(severity="warning", basis=Basis("data"), messages=tuple(KINDS[name].message for name in NAMES))


def check(view: View) -> Iterator[Problem]:
    """Years that the parser found contradicted while it resolved the times."""
    return told(view, *NAMES)
