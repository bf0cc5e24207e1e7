"""Two times compared once the step between the plans is taken out: earlier, later or something else."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from planparse.diff.fold import relative
from planparse.diff.model import FieldKind
from planparse.facts.figures import number
from planparse.model import When

Day = tuple[int | None, int, int]
"""Year, month, day; the year is None while it is open."""


class Step(NamedTuple):
    """How a time differs."""

    kind: FieldKind
    """`earlier`, `later` or `replaced`."""
    days: int | None
    """New minus old; None where days do not tell the difference."""


REPLACED = Step("replaced", None)
_DATE = re.compile("(?P<year>[\\dX]{4})(?:-(?P<month>\\d\\d))?(?:-(?P<day>\\d\\d|XX))?(?![\\dX-])")
_SPANS = re.compile("[/,{}]|\\.\\.")
_DOUBTS = {ord(sign): None for sign in "~?%"}
_YEAR = re.compile("(?<!\\d)(?:19|20)\\d\\d(?!\\d)")
_WEEKDAY = re.compile("(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_LASTS = re.compile("(?P<count>\\d+|[一二两三四五六七八九十百]+)个?(?P<unit>工作日|学时|小时|[天日周月年])")
_DAYS = {"天": 1, "日": 1, "工作日": 1, "周": 7}
_LEAP_FREE = 365
_HALF_YEAR = 184
_ERA = 2000
"""Years are told from here: a hundred before and a hundred behind it are told apart."""
_BEFORE_MONTH = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def step(old: When, new: When, *, years: int, days: int, due: bool) -> Step | None:
    """How a time differs from the old one; None where it is the same after `years` or after `days`.

    Args:
        old: The old time.
        new: The new time.
        years: How many years the new plan is later.
        days: How many days later the new schedule's rows are; 0 outside of schedules.
        due: Whether its end alone counts, as for a deadline: 8月 and 8月底前 are due on one day.
    """
    if old.kind == "weekday" == new.kind and (told := _weekdays(old, new)) is not None:
        return _told(*told)
    if rolled(old.text, 0) == rolled(new.text, 0):
        return None  # 年底前 means each plan's own, whatever year that is taken for; a written year that stayed was meant to
    one, other = _span(old), _span(new)
    if one is None or other is None:
        return _in_words(old, new, years) if one is None and other is None else REPLACED
    if one[0][0] is None or other[0][0] is None:
        one, other = _without_year(*one), _without_year(*other)
    gaps = [_gaps(one, other, *by) for by in ([(0, days), (years, 0)] if days else [(years, 0)])]
    if not days and not (_is_written(old) and _is_written(new)):  # a year that was inferred may be wrong
        gaps.append(_gaps(_without_year(*one), _without_year(*other), 0, 0))
        gaps.sort(key=lambda gap: (abs(gap[1]), abs(gap[0])))
    elif not days and years and one[1][0] is not None and one[1][0] == other[1][0]:
        stayed = _gaps(one, other, 0, 0)  # both name one year: it did not move along, unless that is the farther way
        gaps = [stayed, *gaps] if abs(stayed[1]) <= _HALF_YEAR else [*gaps, stayed]
    spans = one[0] != one[1] and other[0] != other[1]
    for first, last in gaps:
        if last == 0 and (first == 0 or (due and not spans)):
            return REPLACED if old.time_of_day and new.time_of_day and old.time_of_day != new.time_of_day else None
    first, last = gaps[0]
    return _told(last, last) if due and last else _told(first, last)


def apart(old: When, new: When) -> int | None:
    """How many days later a time begins; the nearest way round the year while its year is open, None without a day."""
    one, other = _span(old), _span(new)
    if one is None or other is None:
        return None
    if one[0][0] is None or other[0][0] is None:
        return (_gap((None, *one[0][1:]), (None, *other[0][1:]), 0, 0) + _LEAP_FREE // 2) % _LEAP_FREE - _LEAP_FREE // 2
    return _gap(one[0], other[0], 0, 0)


def rolled(words: str, years: int) -> str:
    """Words whose years are moved on, in figures or in Chinese numerals, to be compared: without blanks, full and half width alike."""
    plain = relative("".join(unicodedata.normalize("NFKC", words).split()), _ERA - years)
    return _YEAR.sub(lambda year: str(int(year[0]) + years), plain) if years else plain


def _told(first: int, last: int) -> Step | None:
    if first == last == 0:
        return None
    if first > 0 and last > 0:
        return Step("later", first)
    return Step("earlier", first) if first < 0 and last < 0 else REPLACED


def _weekdays(old: When, new: When) -> tuple[int, int] | None:
    """How many days the first and the last weekday are apart, weeks left aside."""
    one, other = ([_WEEKDAYS.index(sign.replace("天", "日")) for sign in _WEEKDAY.findall(when.text)] for when in (old, new))
    return (other[0] - one[0], other[-1] - one[-1]) if one and other else None


def _span(when: When) -> tuple[Day, Day] | None:
    """The first and the last day of a time; None where no calendar fixes them."""
    if when.start and when.end:
        return _day(when.start), _day(when.end)
    parts = [part for part in _SPANS.split((when.edtf or "").translate(_DOUBTS)) if part]
    dates = [_DATE.fullmatch(part) for part in parts]
    if not dates or None in dates:
        return None
    first, last = dates[0], dates[-1]
    assert first is not None
    assert last is not None
    start, end = _end_of(first, begin=True), _end_of(last, begin=False)
    if start is None or end is None:
        return None
    if end[1:] < start[1:] and end[0] is None:
        return start, (None, end[1] + 12, end[2])  # over the turn of a year that is open
    return start, end


def _without_year(start: Day, end: Day) -> tuple[Day, Day]:
    """A span without its year; the months of the next one go on from 13."""
    over = 0 if start[0] is None or end[0] is None else 12 * (end[0] - start[0])
    return (None, *start[1:]), (None, end[1] + over, end[2])


def _day(iso: str) -> Day:
    there = date.fromisoformat(iso)
    return there.year, there.month, there.day


def _end_of(found: re.Match[str], *, begin: bool) -> Day | None:
    year = None if "X" in found["year"] else int(found["year"])
    month = int(found["month"]) if found["month"] else 1 if begin else 12
    if not 1 <= month <= 12 or (year is None and not found["month"]):
        return None
    if found["day"] and found["day"] != "XX":
        return year, month, int(found["day"])
    return year, month, 1 if begin else monthrange(year or 2001, month)[1]


def _is_written(when: When) -> bool:
    return when.basis is not None and when.basis.year == "written"


def _gaps(old: tuple[Day, Day], new: tuple[Day, Day], years: int, days: int) -> tuple[int, int]:
    return _gap(old[0], new[0], years, days), _gap(old[1], new[1], years, days)


def _gap(old: Day, new: Day, years: int, days: int) -> int:
    """Days from the old to the new day, once the step is taken out.

    Over a step in years 29 February is the 28th: so the end of a month stays one, and both ways are equally long.
    While a year is open only month and day count, in a schedule the nearest way round the year.
    """
    if old[0] is None or new[0] is None:
        apart = _leap_free(None, new) - _leap_free(None, old)
        return (apart - days + _LEAP_FREE // 2) % _LEAP_FREE - _LEAP_FREE // 2 if days else apart
    if years:
        return _leap_free(new[0] - years, new) - _leap_free(old[0], old)
    return date(new[0], *new[1:]).toordinal() - date(old[0], *old[1:]).toordinal() - days


def _leap_free(year: int | None, there: Day) -> int:
    _, month, day = there
    over, month = divmod(month - 1, 12)
    day = min(day, 28) if month == 1 else day
    return ((year or 0) + over) * _LEAP_FREE + _BEFORE_MONTH[month] + day


def _in_words(old: When, new: When, years: int) -> Step | None:
    """Times that no calendar fixes: terms, recurrences, durations."""
    if rolled(old.text, years) == rolled(new.text, 0) or rolled(old.text, 0) == rolled(new.text, 0):
        return None
    if old.rrule and new.rrule:
        return None if old.rrule == new.rrule else REPLACED
    one, other = _LASTS.search(old.text), _LASTS.search(new.text)
    if old.kind == "duration" == new.kind and one is not None and other is not None and one["unit"] == other["unit"]:
        before, after = number(one["count"]), number(other["count"])
        if before is not None and after is not None:
            longer = round(after - before) * _DAYS.get(one["unit"], 0)
            kind: FieldKind = "later" if after > before else "earlier"
            return Step(kind, longer or None) if after != before else None
    return REPLACED
