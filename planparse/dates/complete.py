"""Completes a time expression from its place: the plan's years, the row's week, the section's month, a reference day.

What does not follow stays open. `basis` says of each part whether it was written, inherited, inferred or masked.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, NamedTuple

from planparse.dates import festivals
from planparse.dates.days import Day, add_months, day_of, monday_of, month_length
from planparse.dates.written import Moment, Written

Order = Literal["month-day", "day-month"]


class Frame(NamedTuple):
    """The years a plan runs over: months before `first_month` belong to the year after `year`."""

    year: str = ""
    """Four characters; empty while open, X for masked digits."""
    first_month: int = 1
    basis: str | None = None
    """inherited (written elsewhere in the plan, or given) or inferred; None while the year is open."""

    def year_of(self, month: int) -> str:
        """The year of one of the plan's months."""
        if self.year.isdigit() and month and month < self.first_month:
            return f"{int(self.year) + 1:04d}"
        return self.year


class Stretch(NamedTuple):
    """From one day to another, both inclusive, as far as they are known."""

    first: Day
    last: Day
    basis: tuple[str | None, str | None, str | None] = (None, None, None)
    """Of year, month and day."""
    approximate: bool = False
    exact: bool = True
    """False where the ends are only usual ones (a term, the summer holidays): no ISO dates follow."""
    why: tuple[str, ...] = ()
    """What it was completed from: keys of `planparse.dates.reasons.REASONS`."""
    left: str = ""
    """What is odd: the name of a finding."""

    @property
    def known(self) -> bool:
        """Whether both ends are days of the calendar."""
        return self.exact and self.first.first() is not None and self.last.last() is not None


class Place(NamedTuple):
    """Where a time expression stands."""

    frame: Frame = Frame()
    span: Stretch | None = None
    """The time of the row or section around it."""
    week: bool = False
    """Whether `span` is a row of a week table."""
    today: date | None = None
    """The reference day (`--as-of`), or the day of the text in a conversation; None without one."""
    term_start: date | None = None
    """First day of week 1."""
    given_year: bool = False
    """The frame's year is the user's: it fills masked years that it fits."""


def complete(written: Written, place: Place) -> Stretch | None:
    """The days of a time expression; None when none follow."""
    if written.slash or written.repeat or written.kind == "duration":
        return None
    first, last = written.first, written.last
    if first.weekday and not first.month and not first.day and not first.nth:
        if last is None or not (last.month or last.day):
            return _weekdays(first, last, place)
        begin = _weekdays(first, None, place)  # 从上周四到十月一日
    else:
        begin = _stretch(first, place)
    if begin is None or last is None:
        return begin
    close = _stretch(_share(first, last, begin), place)
    if close is None:
        return None
    return _between(first, last, begin, close)


def settle(written: Written, order: Order | None) -> Written:
    """a/b as month and day, where the document's order or the numbers themselves leave no choice."""
    if not written.slash:
        return written
    pairs = [written.slash[k : k + 2] for k in range(0, len(written.slash), 2)]
    month_first = all(a <= 12 and b <= 31 for a, b in pairs)
    day_first = all(b <= 12 and a <= 31 for a, b in pairs)
    if month_first and day_first and order is None and any(a != b for a, b in pairs):
        return written
    swap = order == "day-month" if month_first and day_first else day_first
    days = [(b, a) if swap else (a, b) for a, b in pairs]
    first = written.first._replace(month=days[0][0], day=days[0][1])
    last = (written.last or Moment())._replace(month=days[1][0], day=days[1][1]) if len(days) > 1 else None
    return written._replace(first=first, last=last, slash=(), ordered=month_first and day_first)


def _share(first: Moment, last: Moment, begin: Stretch) -> Moment:
    """What the end of a range does not say itself it shares with the beginning."""
    month = last.month
    if not month and not last.shift and not last.name and last.span in ("", "third", "nth"):
        month = first.month or begin.first.month
        if last.day and not first.day and not last.edge:
            month = first.month
    year, shift = last.year, last.shift
    if not year and not shift:
        year = first.year
        shift = first.shift if first.shift and first.shift[0] == "year" else None
        reference = begin.last.month or begin.first.month
        if begin.first.known and month and reference - month >= 6:
            year, shift = f"{int(begin.last.year) + 1:04d}", None
        elif not year and begin.first.known and begin.first.month and not shift:
            year = begin.last.year
    span, nth = last.span, last.nth
    if not month and not span and not last.day and first.span == "quarter":
        span = first.span
    return last._replace(year=year, month=month, shift=shift, span=span, nth=nth)


def _between(first: Moment, last: Moment, begin: Stretch, close: Stretch) -> Stretch:
    year = close.basis[0] if begin.basis[0] is None else begin.basis[0]
    basis = (year, begin.basis[1], begin.basis[2])
    start, end = begin.first, close.last
    if last.year and not first.year and not first.shift and end.known:
        start = Day(f"{int(end.year) - (start.month > end.month):04d}", start.month, start.day)
        basis = ("written", *basis[1:])
    odd = begin.left or close.left
    a, b = start.first(), end.last()
    if not odd and ((a and b and a > b) or (not start.known and 0 < start.month - end.month < 6)):
        odd = "reversed_range"
    if not odd and not start.known and start.month == end.month and start.day and end.day and start.day > end.day:
        odd = "reversed_range"
    return Stretch(start, end, basis, begin.approximate or close.approximate, begin.exact and close.exact, begin.why, odd)


# -- one moment --------------------------------------------------------------------------------------------------


def _stretch(m: Moment, place: Place) -> Stretch | None:
    """The days of one moment."""
    if m.span == "blank":
        return _blank(m, place)
    if m.span in ("duration", "lunar"):
        return None
    if m.shift and m.shift[0] in ("day", "week", "quarter", "term", "month"):
        return _relative(m, place)
    if m.span in ("week", "nth"):
        return _nth(m, place)
    year, basis, why = _year(m, place)
    if m.span == "festival":
        return _festival(m, place, year, basis, why)
    if m.span == "plan_period":
        return _plan_period(m)
    if m.span in ("term", "season", "school_year", "holidays", "opening"):
        return _term(m, place, year, basis, why)
    if m.span in ("quarter", "half", "first", "last") and not m.month:
        return _months(m, place, year, basis, why)
    return _month_or_day(m, place, year, basis, why)


def _blank(m: Moment, place: Place) -> Stretch:
    """A date left open (年  月  日) or masked (5月xx日): what is written of it."""
    year, basis = (
        (m.year, "masked" if "X" in m.year else "written") if m.year else year_at(place, m.month)[:2] if m.month else ("", "masked")
    )
    day = Day(year or "XXXX", m.month)
    return Stretch(day, day, (basis or "masked", "written" if m.month else "masked", "masked"), exact=False)


def _year(m: Moment, place: Place) -> tuple[str | None, str | None, tuple[str, ...]]:
    """The year a moment says itself; None when it says none."""
    if m.year:
        if "X" in m.year and place.given_year and place.frame.year.isdigit() and _fits(m.year, place.frame.year):
            return place.frame.year, "inherited", ("given",)
        return m.year, "masked" if "X" in m.year else "written", ()
    if m.shift and m.shift[0] == "year":
        if place.frame.year.isdigit():
            return f"{int(place.frame.year) + m.shift[1]:04d}", place.frame.basis, ("plan_year",)
        if place.today is not None and not place.frame.year:
            return f"{place.today.year + m.shift[1]:04d}", "inferred", ("today",)
        return place.frame.year if "X" in place.frame.year else "", "masked" if place.frame.year else None, ()
    return None, None, ()


def _fits(mask: str, year: str) -> bool:
    return all(a in ("X", b) for a, b in zip(mask, year, strict=True))


def year_at(place: Place, month: int, day: int = 0) -> tuple[str, str | None, tuple[str, ...]]:
    """The year of a month (and day) that names none, from the row, the plan, or the reference day."""
    span = place.span
    if span is not None and span.first.year:
        if span.first.known and span.last.known and 1 <= month <= 12:
            years = {int(span.first.year), int(span.last.year)} | ({int(span.last.year) + 1} if span.last.month - month >= 6 else set())
            middle = ((span.first.first() or date.min).toordinal() + (span.last.last() or date.min).toordinal()) / 2

            def distance(year: int) -> float:
                length = min(day or 15, month_length(year, month))
                return abs(date(year, month, length).toordinal() - middle)

            return f"{min(sorted(years), key=distance):04d}", span.basis[0] if span.basis[0] != "written" else "inherited", ("around",)
        return span.first.year, span.basis[0] if span.basis[0] != "written" else "inherited", ("around",)
    if place.frame.year:
        basis = "masked" if "X" in place.frame.year else place.frame.basis
        return place.frame.year_of(month), basis, ("plan_year",)
    if place.today is not None and 1 <= month <= 12:
        today = place.today
        reach = 8 if (month, day) == (2, 29) else 1
        near = [y for y in range(today.year - reach, today.year + reach + 1) if day <= month_length(y, month)]
        if near:
            return f"{min(near, key=lambda y: (abs((date(y, month, day or 15) - today).days), y)):04d}", "inferred", ("today",)
        return f"{today.year:04d}", "inferred", ("today",)
    return "", None, ()


def _month_or_day(m: Moment, place: Place, year: str | None, basis: str | None, why: tuple[str, ...]) -> Stretch | None:
    month, month_basis = m.month, "written" if m.month else None
    if not month and not (m.day or m.span == "third"):
        text = year if year is not None else ""
        return _edged(Day(text), m, (basis, None, None), why) if text or m.edge else None
    if not month:
        month, found_year, found_basis = _month_around(place, m.day)
        if not month and place.today is not None and m.day:
            return _nearest_month(m.day, place.today)
        if month:
            month_basis, why = "inherited", (*why, "around")
            if year is None:
                year, basis = found_year, found_basis
        elif year is None and m.span == "third":
            return None
    if year is None:
        year, basis, more = year_at(place, month, m.day)
        why = (*why, *(reason for reason in more if reason not in why))
    if m.span == "third":
        first, end = {1: (1, 10), 2: (11, 20), 3: (21, 0)}[m.nth]
        length = month_length(int(year), month) if year.isdigit() else 0 if month == 2 else month_length(1999, month)
        return Stretch(Day(year, month, first), Day(year, month, end or length), (basis, month_basis, "written"), why=why)
    found = Day(year, month, m.day)
    if not found.exists:
        return Stretch(found, found, (basis, month_basis, "written" if m.day else None), exact=False, why=why, left="impossible_date")
    if m.edge:
        return _edged(found, m, (basis, month_basis, None), why)
    odd = ""
    known = found.first()
    if m.weekday and known is not None and known.isoweekday() != m.weekday:
        odd = "weekday_mismatch"
    return Stretch(found, found, (basis, month_basis, "written" if m.day else None), why=why, left=odd)


def _month_around(place: Place, day: int) -> tuple[int, str, str | None]:
    """Month and year of a day of which only the number is written, from the row or section around it."""
    span = place.span
    if span is None or not span.first.month:
        return 0, "", None
    basis = span.basis[0] if span.basis[0] != "written" else "inherited"
    first, last = span.first, span.last
    if first.month == last.month or not day:
        return first.month, first.year, basis
    # A row over the end of a month: the day lies in one of the two.
    if first.day and day >= first.day:
        return first.month, first.year, basis
    if last.day and day <= last.day:
        return last.month, last.year, basis
    return (first.month, first.year, basis) if day >= 16 else (last.month, last.year, basis)


def _nearest_month(day: int, today: date) -> Stretch | None:
    near = []
    for away in range(-2, 3):
        year, month = add_months(today.year, today.month, away)
        if day <= month_length(year, month):
            near.append(date(year, month, day))
    if not near:
        return None
    found = day_of(min(near, key=lambda d: abs((d - today).days)))
    return Stretch(found, found, ("inferred", "inferred", "written"), why=("today",))


def _edged(span: Day, m: Moment, basis: tuple[str | None, str | None, str | None], why: tuple[str, ...]) -> Stretch:
    """The span itself, or its first, middle or last day."""
    if not m.edge:
        return Stretch(span, span, basis, why=why)
    month = span.month
    if m.edge == "begin":
        found = Day(span.year, month or 1, 1)
    elif m.edge == "middle":
        found = Day(span.year, month, 15) if month else Day(span.year, 6, 30)
    elif not month:
        found = Day(span.year, 12, 31)
    elif month == 2 and not span.known:
        found = Day(span.year, 2)
    else:
        found = Day(span.year, month, month_length(int(span.year) if span.known else 1999, month))
    return Stretch(found, found, (basis[0], basis[1], None), approximate=True, why=(*why, "edge"))


def _months(m: Moment, place: Place, year: str | None, basis: str | None, why: tuple[str, ...]) -> Stretch | None:
    """Quarters, half-years, the first or last so many months or quarters."""
    size = {"quarter": 3, "half": 6}.get(m.span, 1)
    if m.span in ("first", "last"):
        count = m.nth * (3 if m.name == "quarter" else 1)
        first, last = (1, count) if m.span == "first" else (13 - count, 12)
    else:
        first, last = size * (m.nth - 1) + 1, size * m.nth
    if not 1 <= first <= last <= 12:
        return None
    if year is None:
        year, basis, more = year_at(place._replace(frame=place.frame._replace(first_month=1)), (first + last) // 2)
        why = (*why, *more)
    if m.edge == "begin":
        return _edged(Day(year, first), m, (basis, None, None), why)
    if m.edge:
        month = last if m.edge == "end" else (first + last) // 2
        return _edged(Day(year, month), m, (basis, None, None), why)
    return Stretch(Day(year, first), Day(year, last), (basis, "written", None), why=why)


def _festival(m: Moment, place: Place, year: str | None, basis: str | None, why: tuple[str, ...]) -> Stretch | None:
    fixed = festivals.fixed_date(m.name)
    if year is None:
        year, basis, more = year_at(place, festivals.usual_month(m.name))
        why = (*why, *more)
    if fixed is not None:
        first = Day(year, *fixed)
        days = next((count for key, count in festivals.HOLIDAYS.items() if key in m.name), 1) if m.edge == "middle" else 1
        return Stretch(first, first._replace(day=first.day + days - 1), (basis, "inferred", "inferred"), why=(*why, "festival"))
    if not year.isdigit():
        return None
    found = festivals.dates_of(m.name, int(year))
    if not found:
        return None
    day = day_of(found[0])
    return Stretch(day, day, (basis, "inferred", "inferred"), why=(*why, "festival"))


def _plan_period(m: Moment) -> Stretch | None:
    """第N个五年规划: the first began in 1953; from the third (1966) on they follow each other."""
    if m.nth < 6:
        return None
    first = 1966 + 5 * (m.nth - 3)
    if m.edge == "end":
        return Stretch(Day(f"{first + 4}"), Day(f"{first + 4}"), ("inferred", None, None), why=("plan_period",))
    if m.edge == "begin":
        return Stretch(Day(f"{first}"), Day(f"{first}"), ("inferred", None, None), why=("plan_period",))
    return Stretch(Day(f"{first}"), Day(f"{first + 4}"), ("inferred", None, None), why=("plan_period",))


TERMS = {1: ((0, 9), (1, 1)), 2: ((0, 2), (0, 7))}
"""The usual months of the autumn and of the spring term, years counted from the one each begins in."""


def _term(m: Moment, place: Place, year: str | None, basis: str | None, why: tuple[str, ...]) -> Stretch | None:
    """Terms, school years, holidays: no calendar fixes their days, so only the usual months are told."""
    if m.span == "opening" or m.edge or (m.span == "term" and not m.nth):
        return None
    if m.span == "holidays":
        months = {"寒假": (1, 2), "暑假": (7, 8)}.get(m.name)
        if months is None:
            return None
        if year is None:
            year, basis, why = year_at(place, months[1])
        return Stretch(
            Day(year, months[0]), Day(year, months[1]), (basis, "inferred", None), approximate=True, exact=False, why=(*why, "usual")
        )
    if m.span == "school_year":
        if not year:
            return None
        return _usual(year, 0, 9, 1, 8, basis, why)
    autumn = m.nth == 1
    if m.span == "term" and m.name != "school":
        # 下学期 is the second half of the school year in most places, the second half of the calendar year in others.
        return _term_of_a_year(place, year, basis, why)
    if year is None:
        year, basis, why = year_at(place, 10 if autumn else 4)
    if not year:
        return None
    later = 0 if autumn or m.span == "season" else 1
    begin, end = TERMS[1 if autumn else 2]
    return _usual(year, begin[0] + later, begin[1], end[0] + later, end[1], basis, why)


def _term_of_a_year(place: Place, year: str | None, basis: str | None, why: tuple[str, ...]) -> Stretch | None:
    """20xx年下学期: which months it means, the months the plan is about tell; without them it stays open."""
    if not year:
        return None
    if place.frame.first_month > 6:
        begin, end = TERMS[1]
        return _usual(year, begin[0], begin[1], end[0], end[1], basis, why)
    return Stretch(Day(year), Day(year), (basis, None, None), exact=False, why=(*why, "term_open"))


def _usual(year: str, y1: int, m1: int, y2: int, m2: int, basis: str | None, why: tuple[str, ...]) -> Stretch:
    first = Day(f"{int(year) + y1:04d}" if year.isdigit() else year, m1)
    last = Day(f"{int(year) + y2:04d}" if year.isdigit() else year, m2)
    return Stretch(first, last, (basis, "inferred", None), approximate=True, exact=False, why=(*why, "usual"))


def _nth(m: Moment, place: Place) -> Stretch | None:
    """The nth week of the term, or of a month; the nth weekday of a month."""
    if m.span == "week":
        if place.term_start is None:
            span = place.span
            if span is not None and span.first.month and span.first == span.last and not span.first.day:
                return _nth(m._replace(span="nth", month=span.first.month, year=span.first.year), place)  # 第一周 under 九月
            return None
        first = place.term_start + timedelta(7 * (m.nth - 1))
        if m.weekday:
            day = first + timedelta((m.weekday - first.isoweekday()) % 7)
            return Stretch(day_of(day), day_of(day), (place.frame.basis or "inferred", "inferred", "inferred"), why=("week_number",))
        return Stretch(
            day_of(first), day_of(first + timedelta(6)), (place.frame.basis or "inferred", "inferred", "inferred"), why=("week_number",)
        )
    month = m.month
    year, basis, why = _year(m, place)
    if not month:
        month, found, basis = _month_around(place, 0)
        year = year or found
    if year is None:
        year, basis, why = year_at(place, month)
    if not month or not year or not year.isdigit():
        return None
    y = int(year)
    if m.weekday:
        day = festivals.nth_weekday(y, month, m.nth, m.weekday)
        return Stretch(day_of(day), day_of(day), (basis, "written", "inferred"), why=(*why, "weekday"))
    monday = festivals.nth_weekday(y, month, m.nth, 1)
    return Stretch(day_of(monday), day_of(monday + timedelta(6)), (basis, "written", "inferred"), why=(*why, "weekday"))


# -- relative times and weekdays ---------------------------------------------------------------------------------


def _relative(m: Moment, place: Place) -> Stretch | None:
    assert m.shift is not None
    unit, away = m.shift
    today, span = place.today, place.span
    inferred = ("inferred", "inferred", "inferred")
    if unit == "day":
        if today is None:
            return None
        day = day_of(today + timedelta(away))
        return Stretch(day, day, inferred, why=("today",))
    if unit == "week":
        if away == 0 and place.week and span is not None:
            return span._replace(basis=("inherited", "inherited", "inherited"), why=("around",), left="")
        if today is None:
            return None
        monday = monday_of(today) + timedelta(7 * away)
        return Stretch(day_of(monday), day_of(monday + timedelta(6)), inferred, why=("today",))
    if unit == "month":
        if span is not None and span.first.month and span.first.month == span.last.month:
            year, month, why = span.first.year, span.first.month, "around"
        elif today is not None:
            year, month, why = f"{today.year:04d}", today.month, "today"
        else:
            return None
        if year.isdigit():
            number, month = add_months(int(year), month, away)
            year = f"{number:04d}"
        elif away:
            return None
        basis = span.basis[0] if span is not None and why == "around" else "inferred"
        basis = "inherited" if basis == "written" else basis
        moment = m._replace(shift=None, year=year, month=month)
        found = _nth(moment, place) if m.weekday or m.span == "nth" else _stretch(moment, place)
        return found and found._replace(basis=(basis, "inherited" if why == "around" else "inferred", found.basis[2]), why=(why,))
    if unit == "quarter" and today is not None:
        year_number, month = add_months(today.year, (today.month - 1) // 3 * 3 + 1, 3 * away)
        return _months(Moment(span="quarter", nth=(month + 2) // 3, edge=m.edge), place, f"{year_number:04d}", "inferred", ("today",))
    return None


def _weekdays(first: Moment, last: Moment | None, place: Place) -> Stretch | None:
    """A weekday, or a run of them, in the week of the row or of the reference day."""
    basis: tuple[str | None, str | None, str | None]
    if first.shift or (place.span is None and place.today is not None):
        if place.week and place.span is not None and first.shift and first.shift[1] == 0:
            return _weekdays(first._replace(shift=None), last, place)
        if place.today is None:
            return None
        away = first.shift[1] if first.shift else 0
        start = monday_of(place.today) + timedelta(7 * away + first.weekday - 1)
        days = (last.weekday - first.weekday) % 7 if last else 0
        return Stretch(day_of(start), day_of(start + timedelta(days)), ("inferred", "inferred", "inferred"), why=("today",))
    span = place.span
    if span is None:
        return None
    begin, end = span.first.first(), span.last.last()
    if begin is None or end is None or (end - begin).days > 13:
        return None
    basis = ("inferred" if span.basis[0] == "inferred" else "inherited", "inherited", "inherited")
    length = (last.weekday - first.weekday) % 7 if last else 0
    week_end = max(end, begin + timedelta(6))
    best, key = begin, (-1, 0)
    start = begin - timedelta(7) + timedelta((first.weekday - (begin - timedelta(7)).isoweekday()) % 7)
    while start <= week_end:
        inside = (min(start + timedelta(length), week_end) - max(start, begin)).days + 1
        if (inside, 0) > key:
            best, key = start, (inside, 0)
        start += timedelta(7)
    stop = best + timedelta(length)
    odd = "weekday_outside_week" if place.week and (best < begin or stop > week_end) else ""
    return Stretch(day_of(best), day_of(stop), basis, why=("around", "weekday"), left=odd)
