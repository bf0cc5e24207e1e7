"""What the model keeps of a time: the fields of a `When`, EDTF, the rule of a repetition."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any

from planparse.dates.complete import Stretch
from planparse.dates.written import Written

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {
    "day": ("DAILY", 1), "week": ("WEEKLY", 1), "month": ("MONTHLY", 1), "quarter": ("MONTHLY", 3), "half": ("MONTHLY", 6), "year": ("YEARLY", 1),
}  # fmt: skip


def fields(written: Written, stretch: Stretch | None, text: str) -> dict[str, Any]:
    """The fields of a `When`, by the model's names; those that are null are left out."""
    out: dict[str, Any] = {"text": text, "kind": written.kind}
    if written.bound:
        out["bound"] = written.bound
    if written.clock:
        out["time_of_day"] = text[written.clock[0] : written.clock[1]].strip()
    if written.repeat:
        rule = recurrence(written)
        if rule:
            out["rrule"] = rule
        return out
    if stretch is None:
        return out
    basis = _basis(stretch.basis)
    if basis:
        out["basis"] = basis
    out["why"] = (*stretch.why, "rows") if written.ordered else stretch.why
    if stretch.left == "impossible_date":
        return out
    out["edtf"] = _edtf(written, stretch)
    if stretch.exact and stretch.left != "reversed_range" and stretch.first.known and stretch.last.known:
        if stretch.first.day and stretch.last.day:
            if stretch.first.month and stretch.last.month and stretch.first.exists and stretch.last.exists:
                out["start"], out["end"] = stretch.first.edtf, stretch.last.edtf
            return out
        first, last = stretch.first.first(), stretch.last.last()
        if first is not None and last is not None:
            out["start"], out["end"] = first.isoformat(), last.isoformat()
    return out


@lru_cache(maxsize=128)
def _basis(parts: tuple[str | None, str | None, str | None]) -> dict[str, str]:
    """The field `basis`; its null parts are left out. One object for many times: it is only read."""
    return {part: known for part, known in zip(("year", "month", "day"), parts, strict=True) if known}


def _edtf(written: Written, stretch: Stretch) -> str:
    mark = "~" if (stretch.approximate and written.bound != "by") or written.bound == "around" else ""
    if written.first.span == "blank":
        month = "" if stretch.first.month else "-XX"
        return f"{stretch.first.edtf}{month}" + ("-XX" if written.kind == "date" else "")
    if written.listed and written.kind == "weekday" and stretch.known:
        monday = stretch.first.first()
        assert monday is not None
        return "{" + ",".join((monday + timedelta((day - written.listed[0]) % 7)).isoformat() for day in written.listed) + "}"
    if written.listed and written.kind in ("range", "month"):
        parts = []
        for number in written.listed:
            day = stretch.first._replace(month=number, day=0) if written.kind == "month" else stretch.first._replace(day=number)
            parts.append(day.edtf)
        return "{" + ",".join(parts) + "}"
    if stretch.first == stretch.last:
        return stretch.first.edtf + mark
    return f"{stretch.first.edtf}{mark}/{stretch.last.edtf}{mark}"


def recurrence(written: Written) -> str | None:
    """The RFC 5545 rule of a repetition; None where the calendar has none (每学期)."""
    if written.repeat == "workday":
        return "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    if written.repeat not in _FREQUENCIES:
        return None
    if written.repeat == "quarter" and written.listed:
        return f"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY={','.join(map(str, written.listed))}"
    frequency, factor = _FREQUENCIES[written.repeat]
    parts = [f"FREQ={frequency}"]
    if written.every * factor > 1:
        parts.append(f"INTERVAL={written.every * factor}")
    first = written.first
    if written.repeat == "week" and written.listed:
        parts.append("BYDAY=" + ",".join(_DAYS[day - 1] for day in written.listed))
    elif written.repeat == "month" and first.span == "nth" and written.listed:
        day = _DAYS[written.listed[0] - 1]
        parts.append("BYDAY=" + ",".join(f"{nth}{day}" for nth in first.nths or (first.nth,)))
    elif written.repeat == "month" and written.listed:
        parts.append("BYMONTHDAY=" + ",".join(map(str, written.listed)))
    elif written.repeat == "month" and first.span == "third":
        days = {1: range(1, 11), 2: range(11, 21), 3: range(21, 32)}[first.nth]
        parts.append("BYMONTHDAY=" + ",".join(map(str, days)))
    elif first.edge in ("begin", "end") and written.repeat in ("month", "quarter"):
        parts.append(f"BYMONTHDAY={1 if first.edge == 'begin' else -1}")
    elif written.repeat == "year" and written.listed:
        parts.append("BYMONTH=" + ",".join(map(str, written.listed)))
    elif written.repeat == "year" and first.month:
        parts.append(f"BYMONTH={first.month}")
        if first.day:
            parts.append(f"BYMONTHDAY={first.day}")
    elif written.repeat == "year" and first.edge in ("begin", "end"):
        parts.append("BYMONTH=1;BYMONTHDAY=1" if first.edge == "begin" else "BYMONTH=12;BYMONTHDAY=31")
    return ";".join(parts)
