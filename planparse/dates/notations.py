"""The table of date notations: a stretch of text to a time as written. Nothing is completed or guessed here.

Years that are not written stay open (`XXXX` in EDTF, ISO 8601-2), masked digits stay masked (`20XX`). Whether 3/9 is
9 March or 3 September is the caller's knowledge: `Order`.
"""

from __future__ import annotations

import re
from typing import Any, Literal, NamedTuple

from planparse.syntax.lazy import lazy
from planparse.syntax.numerals import han_value

Order = Literal["month-day", "day-month"]

_N = "\\d"
_H = "[一二三四五六七八九十廿元正冬腊]"
_TO = "[ \u3000]*(?:[—–\\-~～－─]{1,3}|至|到)[ \u3000]*"
_YEAR = f"(?P<{{0}}>{_N}{{{{4}}}}|{_N}{{{{2}}}}[xX×*○]{{{{2}}}}|[二一][〇○oO零0xX×一二三四五六七八九]{{{{3}}}})[ ]?[年./-]"
_MONTH = f"(?P<{{0}}>{_N}{{{{1,2}}}}|{_H}{{{{1,2}}}})"
_DAY = f"(?P<{{0}}>{_N}{{{{1,2}}}}|{_H}{{{{1,3}}}})"
_WEEKDAY = "(?:周|星期|礼拜|週)"


class Written(NamedTuple):
    """A time as it stands in the text. `first` and `last` are (year text or "", month, day), 0 where not written."""

    kind: str
    start: int
    end: int
    first: tuple[str, int, int] = ("", 0, 0)
    last: tuple[str, int, int] | None = None


class Notation(NamedTuple):
    """One way of writing a time. `year` tells whether one stands before it: "may", "must", or "no" where it cannot."""

    year: Literal["may", "must", "no"]
    kind: str
    pattern: re.Pattern[str]


_YEAR_FIRST = lazy(_YEAR.format("y"))
_SECOND_YEAR = f"(?:{_YEAR.format('y2')})?"
_DAYS = _MONTH.format("m") + "[ ]?月[ ]?" + _DAY.format("d")
_DAY_MARK = f"[ ]?[日号]?(?:[ ]?[(（]?{_WEEKDAY}[一二三四五六日天][)）]?)?"

# Groups: m, d of the first day; y2, m2, d2 of the last; a/b and c/e are numbers whose order is open.
NOTATIONS: tuple[Notation, ...] = (
    Notation("no", "range", lazy(f"(?P<a>{_N}{{1,2}})[ ]?/[ ]?(?P<b>{_N}{{1,2}})[日号]?{_TO}(?P<c>{_N}{{1,2}})[ ]?/[ ]?(?P<e>{_N}{{1,2}})[日号]?")),
    Notation("may", "range", lazy(f"(?P<m>{_N}{{1,2}})[.．](?P<d>{_N}{{1,2}}){_TO}{_SECOND_YEAR}"
                                  f"(?:(?P<m2>{_N}{{1,2}})[.．])?(?P<d2>{_N}{{1,2}})(?!{_N}|[%％个项])")),
    Notation("may", "range", lazy(f"{_DAYS}{_DAY_MARK}{_TO}{_SECOND_YEAR}(?:{_MONTH.format('m2')}[ ]?月[ ]?)?{_DAY.format('d2')}[ ]?[日号]")),
    Notation("may", "range", lazy(f"{_DAYS}[日号]?、{_DAY.format('d2')}[ ]?[日号]")),
    Notation("may", "date", lazy(f"{_DAYS}[ ]?[日号]?")),
    Notation("must", "date", lazy(f"(?P<m>{_N}{{1,2}})[./-](?P<d>{_N}{{1,2}})")),
    Notation("no", "date", lazy(f"(?P<a>{_N}{{1,2}})[ ]?/[ ]?(?P<b>{_N}{{1,2}})(?!{_N}|/)")),
    Notation("no", "date", lazy(f"(?P<m>{_N}{{1,2}})[.．](?P<d>{_N}{{1,2}})(?!{_N}|[.．%％个项])[日号]?")),
    Notation("may", "month", lazy(f"{_MONTH.format('m')}[ ]?月?份?(?:{_TO}|、){_SECOND_YEAR}{_MONTH.format('m2')}[ ]?月份?")),
    Notation("may", "month", lazy(f"{_MONTH.format('m')}[ ]?月份?")),
    Notation("no", "date", lazy(f"(?P<d>{_N}{{1,2}})[日号]")),
)  # fmt: skip
_WEEK = lazy("第(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[周週]")
_WEEKDAYS = lazy(f"每?{_WEEKDAY}[一二三四五六日天](?:(?:[—–\\-~～、]|至|到)(?:{_WEEKDAY})?[一二三四五六日天])*")


def read_when(text: str, start: int, end: int, order: Order | None = None) -> Written | None:
    """The time that begins at `start`, in the first notation that fits and makes a day of the calendar; or None."""
    first = text[start] if start < end else ""
    if first in "周星礼週每第":
        found = (_WEEK if first == "第" else _WEEKDAYS).match(text, start, end) if first else None
        return Written("week" if first == "第" else "weekday", start, found.end()) if found else None
    if not first.isdigit() and first not in "一二三四五六七八九十廿元正冬腊":
        return None
    leading = _YEAR_FIRST.match(text, start, end)
    year, at = (leading[1], leading.end()) if leading else ("", start)
    for notation in NOTATIONS:
        if notation.year == ("no" if year else "must"):
            continue
        found = notation.pattern.match(text, at, end)
        written = _written(notation.kind, found, order, year, start) if found else None
        if written is not None:
            return written
    return None


def slash_order(pairs: list[tuple[int, int]]) -> Order | None:
    """The order that every pair of a document allows (27/8 can only be day/month); None when both or neither do."""
    month_first = all(a <= 12 and b <= 31 for a, b in pairs)
    day_first = all(b <= 12 and a <= 31 for a, b in pairs)
    if month_first == day_first:
        return None
    return "month-day" if month_first else "day-month"


_SLASHES = lazy(f"(?<![0-9/])({_N}{{1,2}})[ ]?/[ ]?({_N}{{1,2}})(?![0-9/])")


def slash_pairs(text: str) -> list[tuple[int, int]]:
    """Every a/b of a text, as numbers."""
    return [(int(a), int(b)) for a, b in _SLASHES.findall(text)]


def _written(kind: str, found: re.Match[str], order: Order | None, year: str, start: int) -> Written | None:
    groups = found.groupdict()
    if "a" in groups:
        if order is None and _ambiguous(groups["a"], groups["b"]) and (not groups.get("c") or _ambiguous(groups["c"], groups["e"])):
            return Written(kind, start, found.end())
        first = _in_order(groups["a"], groups["b"], order)
        last = _in_order(groups["c"], groups["e"], order) if groups.get("c") else None
        if first is None or (groups.get("c") and last is None):
            return None
        return Written(kind, start, found.end(), ("", *first), ("", *last) if last else None)
    month, day = _number(groups.get("m")), _number(groups.get("d"))
    if month > 12 or day > 31 or (kind != "date" and not month):
        return None
    if groups.get("m2") is None and groups.get("d2") is None:
        return Written(kind, start, found.end(), (year, month, day))
    last_month = _number(groups.get("m2")) or month
    last_day = _number(groups.get("d2"))
    if last_month > 12 or last_day > 31:
        return None
    return Written(kind, start, found.end(), (year, month, day), (groups.get("y2") or year, last_month, last_day))


def _ambiguous(a: str, b: str) -> bool:
    """Whether a/b is a day of the calendar both ways round, and not the same one."""
    return a != b and 1 <= int(a) <= 12 and 1 <= int(b) <= 12


def _in_order(a: str, b: str, order: Order | None) -> tuple[int, int] | None:
    one, two = int(a), int(b)
    if order == "day-month":
        one, two = two, one
    if 1 <= one <= 12 and 1 <= two <= 31:
        return one, two
    return None


_NAMED_MONTHS = {"元": 1, "正": 1, "冬": 11, "腊": 12}


def _number(text: str | None) -> int:
    if not text:
        return 0
    if text.isdecimal():
        return int(text)
    return _NAMED_MONTHS.get(text) or han_value(text) or 0


def fields(written: Written, text: str) -> dict[str, Any]:
    """The fields of a `When` that follow from the writing: kind, edtf, basis, and ISO dates where the year is written."""
    out: dict[str, Any] = {"text": text, "kind": written.kind}
    if written.kind in ("week", "weekday") or not (written.first[1] or written.first[2]):
        return out  # no day is named, or 3/9 may be in March or in September
    first, last = written.first, written.last or written.first
    year = _edtf_year(first[0])
    if first[1] or written.kind == "date":
        start = _edtf(first)
        out["edtf"] = start if written.last is None else f"{start}/{_edtf((last[0] or first[0], last[1], last[2]))}"
    out["basis"] = {
        "year": ("masked" if "X" in year else "written") if first[0] else None,
        "month": "written" if first[1] else None,
        "day": "written" if first[2] else None,
    }
    if year.isdigit() and first[1]:
        begin = _iso(year, first[1], first[2] or 1)
        close = _iso(_edtf_year(last[0]) if last[0] else year, last[1], last[2] or 0)
        if begin and close and begin <= close:
            out["start"], out["end"] = begin, close
    return out


def _edtf(date: tuple[str, int, int]) -> str:
    year, month, day = date
    parts = [_edtf_year(year)]
    if month or day:
        parts.append(f"{month:02d}" if month else "XX")
    if day:
        parts.append(f"{day:02d}")
    return "-".join(parts)


def _edtf_year(year: str) -> str:
    if not year:
        return "XXXX"
    digits = ""
    for c in year:
        if c.isdecimal():
            digits += str(int(c))
        elif c in "xX×*oO":
            digits += "X"
        elif c in "○〇零":
            digits += "0"
        else:
            digits += str(han_value(c) or 0)
    return digits


def _month_length(year: int, month: int) -> int:
    """Days in a month of the Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _iso(year: str, month: int, day: int) -> str | None:
    """The ISO date, the month's last day for day 0; None when the calendar has no such day or the year is masked."""
    if not year.isdigit() or not int(year) >= 1:
        return None
    longest = _month_length(int(year), month)
    if day > longest:
        return None
    return f"{int(year):04d}-{month:02d}-{day or longest:02d}"
