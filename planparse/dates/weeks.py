"""Weeks by number: where week 1 begins, and rows that leave a gap, overlap, or skip a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from planparse.dates.days import Day
from planparse.dates.entries import Entry, Row
from planparse.dates.order import step
from planparse.syntax.lazy import lazy
from planparse.syntax.tree import Finding, Node

_SEVERAL = lazy("第?(\\d{1,2})[周週]?(?:--?|[—–~～至、])第?(\\d{1,2})[周週]?$")
"""The key of a row for several weeks."""
Schedules = list[tuple[Node, list[Row]]]


def week_one(schedules: Schedules, first_day: Callable[[Entry], date | None]) -> date | None:
    """The first day of week 1, counted back from the rows that have a number and dates, when most agree.

    Where no row has dates their entries may: (2/20) under 第一周. Then the weeks are taken to begin on Monday or Sunday,
    whichever fits nearly all of them.
    """
    rows = [row for schedule, rows in schedules if schedule.fields["unit"] == "week" for row in rows if row.node.fields.get("week")]
    keys = Counter(
        day - timedelta(7 * (row.node.fields["week"] - 1)) for row in rows if row.key.text and (day := first_day(row.key)) is not None
    )
    if keys:
        best, votes = keys.most_common(1)[0]
        return best if votes * 2 > keys.total() else None
    days = [(row.node.fields["week"], day) for row in rows for lead in row.leads[:1] if (day := first_day(lead)) is not None]
    starts = Counter(day - timedelta((day.isoweekday() - first) % 7 + 7 * (week - 1)) for first in (1, 7) for week, day in days)
    if not starts:
        return None
    best, votes = max(starts.items(), key=lambda item: (item[1], item[0].isoweekday() == 1))
    return best if votes >= 3 and votes * 10 >= len(days) * 9 else None


def odd_weeks(schedules: Schedules) -> Iterator[Finding]:
    """Findings about the rows of week tables."""
    for schedule, rows in schedules:
        if schedule.fields["unit"] == "week":
            yield from _gaps(rows)
            yield from _numbers(rows)


def _gaps(rows: list[Row]) -> Iterator[Finding]:
    steps: list[tuple[Row, Day, Day, int]] = []
    for above, row in pairwise(rows):
        a, b = above.key.stretch, row.key.stretch
        if a is None or b is None or not (above.key.text and row.key.text) or not (a.last.day and b.first.day):
            continue
        if a.last.exists and b.first.exists:
            steps.append((row, a.last, b.first, step(a.last, b.first)))
    good = [found[3] for found in steps if found[3] in (1, 3)]
    if len(good) * 2 <= len(steps):
        return
    usual = Counter(good).most_common(1)[0][0]
    for row, last, first, days in steps:
        values = {"found": first.edtf, "above": last.edtf}
        if days > usual and not _is_holiday(last, first):
            yield Finding("week_gap", row.key.start, row.key.end, values)
        elif days < min(usual, 1):
            yield Finding("week_overlap", row.key.start, row.key.end, values)


HOLIDAYS = (((10, 1), (10, 8)), ((5, 1), (5, 5)))
"""Days off that are the same each year: weeks around them are cut short, and made up for at other days."""


def _is_holiday(last: Day, first: Day) -> bool:
    """Whether the days between two rows are those of National Day or Labour Day."""
    return any(
        (last.month, last.day) < end and (first.month, first.day) > begin and abs(first.month - last.month) <= 1 for begin, end in HOLIDAYS
    )


def _numbers(rows: list[Row]) -> Iterator[Finding]:
    before = 0
    for row in rows:
        week = row.node.fields.get("week")
        cells = row.node.fields.get("cells") or [""]
        several = _SEVERAL.match(cells[0]) if len(cells[0]) <= 10 else None
        if several is not None:
            week, last = int(several[1]), int(several[2])
        elif week:
            last = week
        else:
            continue
        if before and week != before + 1:
            yield Finding("week_number_gap", row.node.start, row.node.start + 1, {"found": week, "expected": before + 1})
        before = last
