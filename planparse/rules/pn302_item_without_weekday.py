"""An entry of a week names no day, while the others of its week do.

Who reads the row cannot tell when to come. Entries that hold for the whole week say so (本周, 每天), and holidays need no
day. Where few entries have a day, none is missed: a row is looked at when more than half of its entries name one, and two
at least.

Basis: quality of the data; no clause.

Bad:

    某教研室工作安排
    | 周次 | 日期 | 工作要点 |
    | 1 | 9月2日—9月8日 | 1、周一 教研员返岗会；2、周三 各学科制定计划；3、中心组会议 |
    | 2 | 9月9日—9月15日 | 1、周一 教师节座谈会；2、周四 高三摸底阅卷 |

Good:

    某教研室工作安排
    | 周次 | 日期 | 工作要点 |
    | 1 | 9月2日—9月8日 | 1、周一 教研员返岗会；2、周三 各学科制定计划；3、本周公布评审结果 |
    | 2 | 9月9日—9月15日 | 1、周一 教师节座谈会；2、周四 高三摸底阅卷 |
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.entries import DAYS, rows_of_weeks, times
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax import notation
from planparse.syntax.lazy import lazy
from planparse.syntax.tree import Node

RULE = Rule(severity="information", basis=Basis("data"), messages=("this entry names no day; {count} of the {all} in its week do",))
LEAST_DATED = 2
_TIMED = lazy("[周週]|星期|[每全整][日天]|[上下]旬|[上下]午|[月期][初中底末]|\\d[日号]|长期|平时|随时|待定|另行通知|继续")
"""Words of time that are more than a day, or none yet: with one of them nothing is missed."""


def check(view: View) -> Iterator[Problem]:
    """Entries without a time of their own in rows whose other entries have days."""
    for _, row in rows_of_weeks(view):
        entries = row.fields.get("items", ())
        if len(entries) <= LEAST_DATED:
            continue
        dated, bare = 0, []
        for entry in entries:
            found = times(entry)
            if any(time["kind"] in DAYS for time in found):
                dated += 1
            elif not found and not _says_when(view.work, entry):
                bare.append(entry)
        if dated >= LEAST_DATED and dated * 2 > len(entries):
            for entry in bare:
                label = view.label(entry)
                start, end = (label.start, label.end) if label is not None else (entry.start, _first_end(view, entry))
                yield Problem(start, end, RULE.messages[0], {"count": dated, "all": len(entries)})


def _says_when(work: str, entry: Node) -> bool:
    start, end = entry.start, entry.end
    return _TIMED.search(work, start, end) is not None or notation.HOLIDAY.search(work, start, end) is not None


def _first_end(view: View, entry: Node) -> int:
    """Where the first stretch of an entry's words ends."""
    words = view.words(entry)
    return words[0].end if words else entry.end
