"""Whether the days of a document are written day/month or month/day, and how far apart days without a year are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from planparse.dates.complete import Order
from planparse.dates.days import LEAP_YEAR, Day, month_length
from planparse.dates.written import Written
from planparse.syntax.lazy import lazy

_SLASHES = lazy("(?<![0-9/.])([0-9]{1,2}) ?/ ?([0-9]{1,2})(?![0-9/%])")


def settle_order(written: list[Written], texts: Iterable[str]) -> Order | None:
    """The order of day and month of a document.

    Settled by what the rows of its schedules leave no choice about (27/8), then by the rows' order: a week is short, and
    the next one follows it; then by the entries.

    Args:
        written: The times of the rows.
        texts: The text of the schedules.

    Returns:
        None where both fit.
    """
    slashes = [w.slash for w in written if w.slash]
    return _order_of(slashes) or _order_of([(int(a), int(b)) for text in texts for a, b in _SLASHES.findall(text)])


def _order_of(slashes: Sequence[tuple[int, ...]]) -> Order | None:
    if not slashes:
        return None
    pairs = [s[k : k + 2] for s in slashes for k in range(0, len(s), 2)]
    month_first = sum(b > 12 >= a for a, b in pairs)
    day_first = sum(a > 12 >= b for a, b in pairs)
    if month_first != day_first:
        return "month-day" if month_first > day_first else "day-month"
    scores: dict[Order, int] = {"month-day": 0, "day-month": 0}
    for order in scores:
        previous: tuple[int, int] | None = None
        for s in slashes:
            days = [(s[k], s[k + 1]) if order == "month-day" else (s[k + 1], s[k]) for k in range(0, len(s), 2)]
            if not all(possible(day) for day in days):
                continue
            scores[order] += len(days) == 2 and distance(days[0], days[1]) <= 6
            scores[order] += previous is not None and 1 <= distance(previous, days[0]) <= 7
            previous = days[-1]
    if scores["month-day"] == scores["day-month"]:
        return None
    return max(scores, key=lambda order: scores[order])


def possible(day: tuple[int, int]) -> bool:
    """Whether some year has this month and day."""
    return 1 <= day[0] <= 12 and 1 <= day[1] <= month_length(LEAP_YEAR, day[0])


def distance(first: tuple[int, int], last: tuple[int, int]) -> int:
    """Days from one month and day to the next time the other comes."""
    a, b = date(LEAP_YEAR, *first).toordinal(), date(LEAP_YEAR, *last).toordinal()
    return b - a if b >= a else b - a + 366


def step(a: Day, b: Day) -> int:
    """Days from one day to another; in an open year the shorter way over New Year. 999 where there is no such day."""
    if a.known and b.known:
        first, last = a.first(), b.first()
        return (last - first).days if first and last else 999
    if not possible((a.month, a.day)) or not possible((b.month, b.day)):
        return 999
    days = distance((a.month, a.day), (b.month, b.day))
    return days if days < 300 else days - 366
