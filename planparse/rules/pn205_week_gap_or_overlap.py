"""The weeks of a table leave a gap, overlap, or are no weeks.

A week table promises that every day of the term has its row. Where one week ends on the 15th and the next begins on the 17th,
the 16th has none; where a row has eight days, the weeks after it have moved. Mostly one end of a range is mistyped.

Tables of school days (Monday to Friday) are in order when the next week begins on the next Monday. Rows for several weeks may be
longer; the first and the last row, and rows around holidays, may be shorter.

Basis: data quality. That a calendar week has seven days is GB/T 7408-2005 4.3.2.2 (read in the standard).

Bad:

    某校2023年第一学期周工作安排
    周次	日期	工作要点
    1	9月4日—9月10日	开学
    2	9月11日—9月16日	常规检查
    3	9月18日—9月24日	教研活动
    4	9月25日—10月1日	阶段小结

Good:

    某校2023年第一学期周工作安排
    周次	日期	工作要点
    1	9月4日—9月10日	开学
    2	9月11日—9月17日	常规检查
    3	9月18日—9月24日	教研活动
    4	9月25日—10月1日	阶段小结
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from planparse.dates.days import LEAP_YEAR, Day
from planparse.dates.order import step
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.times import told
from planparse.rules.view import Spans, View
from planparse.syntax.findings import KINDS
from planparse.syntax.lazy import lazy
from planparse.syntax.tree import Node

NAMES = ("week_gap", "week_overlap")
LENGTH = "this week has {days} days"
RULE = Rule(severity="warning", basis=Basis("data"), messages=(*(KINDS[name].message for name in NAMES), LENGTH))

_DAYS = lazy("([\\dX]{4})-(\\d\\d)-(\\d\\d)/([\\dX]{4})-(\\d\\d)-(\\d\\d)")
_SEVERAL = lazy("\\d ?[周週]?(?:-|[—–~～至、和])第?\\d")
FREE = ("假", "休", "节", "節", "庆", "慶", "开学", "報到", "报到", "結束", "结束")
"""Words of rows whose weeks are cut short on purpose."""


class Week(NamedTuple):
    """A row that is a week from one day to another."""

    row: Node
    at: tuple[int, int]
    first: Day
    last: Day
    days: int


def check(view: View) -> Iterator[Problem]:
    """Rows that are in a line with their neighbours but too long or too short, then the gaps and overlaps that the parser found."""
    broken = Spans((finding.start, finding.end) for finding in view.found("reversed_range", "impossible_date"))
    known = Spans((finding.start, finding.end) for finding in view.found(*NAMES))
    excused: set[tuple[int, int]] = set()
    for visit in view.of_type("schedule"):
        if visit.node.fields.get("unit") == "week":
            rows = visit.node.children
            places = [_place(row) for row in rows]
            excused.update(at for above, at in pairwise(places) if broken.touch(*above) or broken.touch(*at))
            yield from _lengths(view, [week for row in rows if (week := _week(row)) is not None], known, broken)
    yield from (problem for problem in told(view, *NAMES) if problem[:2] not in excused)


def _place(row: Node) -> tuple[int, int]:
    """Where a row's dates stand, an empty place where it has none. What broken dates do to the rows beside them follows from them."""
    start, end = (row.fields.get("when") or {}).get("at") or (row.start, row.start)
    return start, end


def _week(row: Node) -> Week | None:
    when: dict[str, Any] = row.fields.get("when") or {}
    found = _DAYS.fullmatch(when.get("edtf") or "")
    if found is None or not when.get("text"):
        return None
    first, last = (Day("" if "X" in found[k] else found[k], int(found[k + 1]), int(found[k + 2])) for k in (1, 4))
    return Week(row, when["at"], first, last, step(first, last) + 1)


def _lengths(view: View, weeks: list[Week], known: Spans, broken: Spans) -> Iterator[Problem]:
    """Rows of more than seven days, and rows in the middle with fewer than their siblings."""
    lengths = Counter(week.days for week in weeks)
    if not lengths:
        return
    usual, votes = lengths.most_common(1)[0]
    if usual not in (5, 6, 7) or votes < 3 or votes * 2 <= len(weeks):
        return
    for k, week in enumerate(weeks):
        around = weeks[max(k - 1, 0) : k + 2]
        if week.days == usual or any(known.touch(*other.at) or broken.touch(*other.at) for other in around):
            continue
        if 7 < week.days < LEAP_YEAR:
            odd = not _is_several(view, week, weeks[k + 1] if k + 1 < len(weeks) else None) and not _is_free(view, week.row)
        else:
            odd = (
                week.days < usual
                and 0 < k < len(weeks) - 1
                and not _is_cut(week)
                and not any(_is_free(view, other.row) for other in around)
            )
        if odd:
            yield Problem(*week.at, LENGTH, {"days": week.days})


_CUT = (((9, 28), (10, 12)), ((4, 28), (5, 9)))
"""Between these days National Day and Labour Day cut weeks short."""


def _is_cut(week: Week) -> bool:
    """Whether a week lies beside days off that are the same each year."""
    return any(
        begin <= (week.first.month, week.first.day) <= end or begin <= (week.last.month, week.last.day) <= end for begin, end in _CUT
    )


def _is_several(view: View, week: Week, below: Week | None) -> bool:
    """Whether a row is for several weeks: 7-8, 第七、八周, 7 before 9; a row without a number may be for anything."""
    number, following = week.row.fields.get("week"), below.row.fields.get("week") if below is not None else None
    if number is None or (following is not None and following > number + 1):
        return True
    return _SEVERAL.search(view.text, week.row.start, max(week.at[0], week.row.start)) is not None


def _is_free(view: View, row: Node) -> bool:
    text = view.text[row.start : row.end]
    return any(word in text for word in FREE)
