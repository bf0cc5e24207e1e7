"""The parser's own diagnostics: code, name, severity and message of each, one row a kind."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Kind(NamedTuple):
    """One kind of finding. `message` is English with `{}` fields; it is also the key of its translations."""

    code: str
    name: str
    severity: Literal["error", "warning", "information"]
    message: str


KINDS: dict[str, Kind] = {
    "number_gap": Kind("PN101", "numbering-gap", "warning", "number {found} follows where {expected} was due"),
    "wrong_resume": Kind("PN101", "numbering-gap", "warning", "number {found} goes back where {expected} was due"),
    "late_start": Kind("PN101", "numbering-gap", "warning", "this list starts at {found}, not at 1"),
    "restarted_numbering": Kind("PN102", "numbering-restart", "warning", "numbering starts again at 1 where {expected} was due"),
    "repeated_number": Kind("PN103", "duplicate-number", "warning", "number {found} stands twice; {expected} was due"),
    "impossible_date": Kind("PN201", "impossible-date", "error", "{found}: the calendar has no such day"),
    "reversed_range": Kind("PN202", "range-reversed", "error", "{found} ends before it begins"),
    "weekday_mismatch": Kind("PN203", "weekday-mismatch", "error", "{found}: {date} is a {weekday}"),
    "weekday_outside_week": Kind("PN204", "weekday-outside-week", "warning", "{found} leaves the row's week; read as {first} to {last}"),
    "week_gap": Kind(
        "PN205", "week-gap-or-overlap", "warning", "this week begins on {found}, the one above ends on {above}: days are missing"
    ),
    "week_overlap": Kind(
        "PN205", "week-gap-or-overlap", "warning", "this week begins on {found}, the one above ends on {above}: they overlap"
    ),
    "week_number_gap": Kind("PN206", "week-number-gap", "warning", "week {found} follows where week {expected} was due"),
    "ambiguous_day_month": Kind("PN208", "ambiguous-day-month", "warning", "{found}: day and month can be read both ways"),
    "year_contradicted": Kind("PN211", "year-contradicted", "warning", "the year {found} does not fit lines {lines}; they fit {expected}"),
    "year_doubtful": Kind("PN211", "year-contradicted", "warning", "the year {found} does not fit lines {lines}; the year is left open"),
}
