"""A run of weekdays leaves the week of its row.

In a table whose weeks run from Sunday to Saturday, 周四至日 reaches into the next row, where the reader does not look for it.
Either the run is mistyped or the entry belongs in two rows.

The run is read as the days that lie in the row's week for the most part; the message tells which.

Basis: data quality. GB/T 7408-2005 4.3.2.2 (read in the standard) has weeks begin on Monday; tables with other weeks are taken as
they are.

Bad:

    某校2023年第一学期周工作安排
    周次	日期	工作要点
    1	9月3日—9月9日	周四至日 阅卷
    2	9月10日—9月16日	周一 全体会议
    3	9月17日—9月23日	周一 教研活动

Good:

    某校2023年第一学期周工作安排
    周次	日期	工作要点
    1	9月3日—9月9日	周四至六 阅卷
    2	9月10日—9月16日	周一 全体会议
    3	9月17日—9月23日	周一 教研活动
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.times import told
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

RULE = Rule(severity="warning", basis=Basis("data"), messages=(KINDS["weekday_outside_week"].message,))


def check(view: View) -> Iterator[Problem]:
    """Weekdays that the parser could not place within their row's week."""
    return told(view, "weekday_outside_week")
