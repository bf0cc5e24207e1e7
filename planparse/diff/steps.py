"""Steps in time between two plans: years from one plan to the next, days from one schedule to the next."""

from __future__ import annotations

from collections import Counter, defaultdict

from planparse.diff.alignment import Pairs
from planparse.diff.due import apart
from planparse.diff.fold import years_in
from planparse.diff.units import Unit
from planparse.model import Plan


def years_apart(old: Plan, new: Plan, olds: list[Unit], news: list[Unit]) -> tuple[tuple[int | None, int | None], int]:
    """The year from which each plan's years are told, and how many years they are apart.

    Both are told the same way: by the title, else by what was found to be the plan's year, else by the year it names most.
    A title says it plainly, where the rest of a plan that was copied from an older one may speak for another year.
    """
    ways: tuple[tuple[int | None, int | None], ...] = (
        (_titled(old), _titled(new)),
        (year_of(old), year_of(new)),
        (_most_named(olds), _most_named(news)),
        (_titled(old) or year_of(old) or _most_named(olds), _titled(new) or year_of(new) or _most_named(news)),
    )
    for first, second in ways:
        if first is not None and second is not None:
            return (first, second), second - first
    return (None, None), 0


def _titled(plan: Plan) -> int | None:
    """The one year that a plan's title names."""
    named = {year for evidence in (plan.year.evidence if plan.year else ()) if evidence.kind == "title" for year in evidence.years}
    return named.pop() if len(named) == 1 else None


def year_of(plan: Plan) -> int | None:
    """The plan's year; None while it is open."""
    return plan.year.value if plan.year is not None else None


def _most_named(units: list[Unit]) -> int | None:
    named = Counter(year for unit in units for year in years_in(unit.text))
    return max(named, key=lambda year: (named[year], year)) if named else None


def days_apart(old: list[Unit], new: list[Unit], pairs: Pairs) -> dict[int, int]:
    """How many days later a schedule's rows are, by old rows.

    It is the step of their neighbours where two rows agree, since a week more or less moves all that follow; a row that
    agrees with none has the step of most, and so a time of its own.
    """
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, j in sorted(pairs.items()):
        first, second, parent = old[i].values.when, new[j].values.when, old[i].parent
        if old[i].type == "schedule_row" and first is not None and second is not None and parent is not None:
            days = apart(first, second)
            if days is not None:
                found[parent].append((i, days))
    steps: dict[int, int] = {}
    for rows in found.values():
        counts = Counter(days for _, days in rows)
        usual = max(counts, key=lambda days: (counts[days], -abs(days), days))
        for at, (row, days) in enumerate(rows):
            beside = {rows[near][1] for near in (at - 1, at + 1) if 0 <= near < len(rows)}
            steps[row] = days if days in beside else usual
    return steps
