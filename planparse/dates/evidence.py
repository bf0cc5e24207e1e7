"""What in a plan speaks for its year: years that are written, weekdays, festivals, examinations, the order of its months."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planparse.dates import years
from planparse.dates.days import month_length
from planparse.dates.entries import Collected, Entry, Row
from planparse.dates.festivals import LUNAR
from planparse.dates.order import distance, possible
from planparse.dates.written import Moment, Written
from planparse.dates.years import Clue
from planparse.syntax.lazy import lazy
from planparse.syntax.tree import Node

LATEST_SIGNATURE = 11
"""A plan that is signed from this month on may be for the year to come."""


def _next_year(written: Written) -> bool:
    """Whether a range goes from one year to the next."""
    first, last = written.first.year, written.last.year if written.last else ""
    return first.isdigit() and last.isdigit() and int(last) == int(first) + 1


def _dates_the_plan(written: Written) -> bool:
    """A date, a month or a term with its year; 2023年 alone may be any year's."""
    first = written.first
    return bool(first.month) or first.name == "school" or first.span in ("season", "school_year")


_PLANNED = lazy("计划|安排|要点|打算|规划|思路")


class Evidence:
    """The clues of one plan, and the month its year begins with."""

    def __init__(self, collected: Collected) -> None:
        self.collected = collected
        self.term = self._title_term()
        self.months = list(self._months())
        """The months of rows and month headings, in order."""
        self.dated = [month for month in map(self._main_month, collected.assigned) if month]
        """The months of what the plan dates, in order."""
        self.first_month = self._first_month()
        self.clues = [clue for clue in self._clues() if clue.years]

    def _clues(self) -> Iterator[Clue]:
        yield from self._written_years()
        yield from self._dated_weekdays()
        for schedule, rows in self.collected.schedules:
            yield from self._rows(schedule, rows)
        plan = self.collected.plan
        yield from years.written_out(self.collected.work, plan.start, plan.end, self._autumn())

    def _autumn(self) -> bool | None:
        """Whether the plan begins in the first half of a school year; None where no month tells."""
        if self.first_month > 1:
            return self.first_month >= 7
        months = self.months or self.dated
        return months[0] >= 8 if months else self.term == 1 if self.term else None

    def later(self, month: int) -> int:
        """1 for months after New Year, 0 for the others."""
        return int(month < self.first_month)

    # -- the order of months -------------------------------------------------------------------------------------

    def _months(self) -> Iterator[int]:
        for node, main, _ in self.collected.assigned:
            written = main.written if main is not None else None
            if main is None or written is None or written.repeat:
                continue
            month = written.first.month
            heading = node.fields.get("heading")
            if 1 <= month <= 12 and (main.row or (written.kind == "month" and heading is not None and main.start < heading[1])):
                yield month

    def _main_month(self, assigned: tuple[Node, Entry | None, list[Entry]]) -> int:
        node, main, _ = assigned
        if main is None or main.written is None or main.written.repeat or main.written.first.year or node.type == "signature":
            return 0
        first = main.written.first
        if first.span == "quarter":
            return 3 * first.nth - 2
        return first.month if 1 <= first.month <= 12 else 0

    def _title_term(self) -> int:
        """1 for an autumn term or a school year, 2 for a spring term, 0 where the title names none or leaves it open."""
        for entry in (*self.collected.titles, *self.collected.mark):
            first = entry.written.first if entry.written else Moment()
            if first.span == "school_year":
                return 1
            if (first.span == "term" and first.name == "school") or first.span == "season":
                return first.nth
        return 0

    def _plain_year(self) -> bool:
        """Whether the title names a calendar year and nothing less: 2017年工作要点."""
        return self.term == 0 and any(
            e.written and e.written.kind == "year" and e.written.first.year.isdigit() for e in self.collected.titles
        )

    def _first_month(self) -> int:
        if self.term:
            return 7 if self.term == 1 else 1
        if any(e.written and e.written.kind == "year" and _next_year(e.written) for e in self.collected.titles):
            return 7  # 2024—2025年度
        plain = self._plain_year()
        signed = max((e.written.first.month for e in self.collected.signatures if e.written), default=0)
        units = {schedule.fields["unit"] for schedule, rows in self.collected.schedules if rows}
        if not (plain and not units & {"week", "day"}):
            for a, b in pairwise(self.months):
                if a - b >= 6:
                    return max(self.months[0], 2)
        if self.months and self.months[0] >= 7 and not plain:
            return self.months[0]
        if signed >= LATEST_SIGNATURE or not plain:
            # Dates in order, over New Year: 9月4日 … 12月29日 … 1月12日.
            for a, b in pairwise(self.dated):
                if a - b >= 6 and self.dated[0] >= 7 and b <= 3:
                    return self.dated[0]
        return 1

    # -- years that are written ----------------------------------------------------------------------------------

    def _written_years(self) -> Iterator[Clue]:
        collected = self.collected
        for kind, entries in (("title", self._planned(collected.titles)), ("mark", collected.mark), ("signature", collected.signatures)):
            for entry in entries:
                year = self._begins(entry, kind)
                if year is not None:
                    yield Clue(kind, entry.start, entry.end, frozenset({year}))  # type: ignore[arg-type]
        seen: set[int] = set()
        for entry in collected.entries:
            written = entry.written
            if written is None or entry in collected.signatures or entry.mention or not _dates_the_plan(written):
                continue
            year = self._begins(entry, "text")
            if year is not None and year not in seen:
                seen.add(year)
                yield Clue("text", entry.start, entry.end, frozenset({year}))

    def _planned(self, titles: list[Entry]) -> list[Entry]:
        """Of several years in a title the one that is planned: 2023年工作总结和2024年工作计划."""
        named = [e for e in titles if e.written and e.written.first.year.isdigit()]
        if len({e.written.first.year for e in named if e.written}) < 2:
            return titles
        stops = [e.start for e in named[1:]] + [named[-1].end + 20]
        planned = [e for e, stop in zip(named, stops, strict=True) if _PLANNED.search(self.collected.work, e.end, stop)]
        return planned[:1] or titles

    def _begins(self, entry: Entry, kind: str) -> int | None:
        """The year in which a plan begins by a time in its title, signature or text."""
        assert entry.written is not None
        first = entry.written.first
        year = years.digits(first.year)
        if year is None or entry.written.kind == "plan_period":
            return None
        if first.name == "school" and first.nth == 2:
            return year + 1
        if kind == "text":
            return year - self.later(first.month) if first.month and self.first_month > 1 else year
        if kind == "signature" and first.month:
            begins = self.months[0] if self.months else self.dated[0] if self.dated else 0
            if (begins and first.month - begins > 2 and not self.later(1)) or (first.month >= LATEST_SIGNATURE and 0 < begins <= 6):
                return year + 1  # signed in December for the year to come
        return year

    # -- weekdays and festivals ----------------------------------------------------------------------------------

    def _dated_weekdays(self) -> Iterator[Clue]:
        for entry in self.collected.entries:
            written = entry.written
            if written is None or written.first.year or written.first.shift or written.first.span:
                continue
            for moment in (written.first, written.last):
                if moment is None or not moment.day or moment.year:
                    continue
                month = moment.month or self._month_around(entry, moment.day)
                if not possible((month, moment.day)):
                    continue
                if moment.weekday:
                    yield years.weekday_clue(entry.start, entry.end, month, moment.day, moment.weekday, self.later(month))
                if (month, moment.day) == (2, 29):
                    leap = frozenset(y for y in years.YEARS if month_length(y + self.later(2), 2) == 29)
                    yield Clue("leap_day", entry.start, entry.end, leap)
        for _, main, entries in self.collected.assigned:
            if main is None or main.written is None or main.written.kind != "weekday" or main.written.last or main.written.first.shift:
                continue
            for entry in entries:
                written = entry.written
                if written is None or written.kind != "date" or written.first.month or not written.first.day or written.first.shift:
                    continue
                month = self._month_around(entry, written.first.day)
                if possible((month, written.first.day)):
                    weekday = main.written.first.weekday
                    end = entry.end + (self.collected.work[entry.end : entry.end + 1] in ("）", ")"))
                    yield years.weekday_clue(main.start, end, month, written.first.day, weekday, self.later(month))

    def _month_around(self, entry: Entry, day: int) -> int:
        """The month of a day of which only the number is written, from the row or heading around it; 0 without one."""
        outer = entry.outer.written if entry.outer is not None else None
        if outer is None or outer.first.year or not outer.first.month:
            return 0
        first, last = outer.first, outer.last
        if last is None or not last.month or last.month == first.month:
            return first.month
        return first.month if day >= first.day else last.month if day <= last.day else 0

    def _rows(self, schedule: Node, rows: list[Row]) -> Iterator[Clue]:
        spans = []
        for row in rows:
            written = row.key.written
            if not written or written.first.year or not written.first.day or written.first.shift:
                continue
            first = (written.first.month, written.first.day)
            last = (written.last.month or first[0], written.last.day) if written.last else first
            if possible(first) and possible(last):
                spans.append((row, first, last, distance(first, last)))
        short = [span for span in spans if span[3] == 4]
        if schedule.fields["unit"] == "week" and len(short) * 2 > len(spans):  # weeks of five days begin on Monday
            for row, first, _, _ in short:
                yield years.weekday_clue(row.key.start, row.key.end, *first, 1, self.later(first[0]))._replace(kind="week_rows")
        sunday, others = [], 0
        for row, first, last, days in spans:
            weekdays = [lead.written.first.weekday for lead in row.leads if lead.written and lead.written.kind == "weekday"]
            if days == 6 and len(weekdays) > 1 and weekdays[0] == 7 and all(day < 7 for day in weekdays[1:]):
                sunday.append((row, first))
            elif days == 6 and len(weekdays) > 1 and weekdays[-1] == 7 and weekdays[0] < 6:
                others += 1
            if days <= 13:
                for node in (*row.node.fields.get("items", ()), *row.node.fields.get("notes", ())):
                    yield from self._festivals(node, first, last)
        if len(sunday) >= 2 and len(sunday) > others:  # entries in order from Sunday on: so the weeks begin
            for row, first in sunday:
                yield years.weekday_clue(row.key.start, row.key.end, *first, 7, self.later(first[0]))._replace(kind="week_rows")

    def _festivals(self, node: Node, first: tuple[int, int], last: tuple[int, int]) -> Iterator[Clue]:
        for name in LUNAR:
            at = self.collected.work.find(name, node.start, node.end)
            if at >= 0:
                yield years.festival_clue(at, at + len(name), name, first, last, self.later(first[0]))
