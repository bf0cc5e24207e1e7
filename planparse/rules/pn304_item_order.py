"""An entry of a week stands after one that comes later in the week.

A row that goes from Wednesday back to Monday is read by day and missed by day. Days count as they were resolved: 周六至三
at the head of a week that begins on Sunday is the Saturday before, so it is in order.

Entries are compared within one list. Lists that are plainly sorted by something else (by school, by weight) are left alone: where
more than a third of a schedule's steps go back, order by day was never meant. Deadlines (周五前) have no place in the order.

Basis: quality of the data; no clause.

Bad:

    某教研室工作安排
    | 周次 | 日期 | 工作要点 |
    | 1 | 9月2日—9月8日 | 1、周一 教研员返岗会；2、周五 学科会议；3、周三 制定计划 |
    | 2 | 9月9日—9月15日 | 1、周一 教师节座谈会；2、周四 高三摸底阅卷 |

Good:

    某教研室工作安排
    | 周次 | 日期 | 工作要点 |
    | 1 | 9月2日—9月8日 | 1、周一 教研员返岗会；2、周三 制定计划；3、周五 学科会议 |
    | 2 | 9月9日—9月15日 | 1、周一 教师节座谈会；2、周四 高三摸底阅卷 |
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from planparse.rules.entries import DAYS, rows_of_weeks
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.tree import Node

RULE = Rule(severity="information", basis=Basis("data"), messages=("{found} stands after {above}",))
STEPS_A_MISTAKE = 3
"""Order by day was meant where no more than one step in so many goes back."""
_DAYS_OF_WEEK = "一二三四五六"


class _Dated(NamedTuple):
    """An entry with its day: the day's date, or its number in the week where the year is not known."""

    entry: Node
    day: str | int
    when: dict[str, Any]


def check(view: View) -> Iterator[Problem]:
    """Entries that go back, in schedules that are in order otherwise."""
    steps: dict[int, list[tuple[_Dated, _Dated]]] = {}
    for schedule, row in rows_of_weeks(view):
        dated = [found for entry in row.fields.get("items", ()) if (found := _dated(entry))]
        steps.setdefault(id(schedule), []).extend((a, b) for a, b in pairwise(dated) if _comparable(a, b))
    for pairs in steps.values():
        back = [(a, b) for a, b in pairs if b.day < a.day]  # type: ignore[operator]  # both are of one kind
        if len(back) * STEPS_A_MISTAKE <= len(pairs):
            for above, below in back:
                start, end = below.when["at"]
                yield Problem(start, end, RULE.messages[0], {"found": below.when["text"], "above": above.when["text"]})


def _dated(entry: Node) -> _Dated | None:
    when = entry.fields.get("when")
    if when is None or when["kind"] not in DAYS or when.get("bound") or when.get("rrule"):
        return None
    at = when.get("at")
    if at is None or not entry.start <= at[0] < entry.end:
        return None
    if when.get("start"):
        return _Dated(entry, when["start"], when)
    day = next((c for c in when["text"] if c in _DAYS_OF_WEEK), None) if when["kind"] == "weekday" else None
    if day is None or "日" in when["text"] or "天" in when["text"]:  # Sunday ends one week and begins another
        return None
    return _Dated(entry, _DAYS_OF_WEEK.index(day), when)


def _comparable(a: _Dated, b: _Dated) -> bool:
    """Whether two entries are of one list: numbers go on, and both days are known alike."""
    one, two = a.entry.fields.get("number"), b.entry.fields.get("number")
    return type(a.day) is type(b.day) and not (one and two and two[3] <= one[3])
