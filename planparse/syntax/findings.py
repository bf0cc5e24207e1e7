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
    "encoding_guessed": Kind(
        "PN701", "encoding-guessed", "information", "the text was read as {encoding}, which is a guess; --encoding names another"
    ),
    "mojibake": Kind("PN702", "mojibake", "warning", "this was written in one encoding and read in another: {found}"),
    "broken_bytes": Kind(
        "PN703", "broken-bytes", "warning", "{count} places do not fit {encoding}, the first at byte {offset}; they read as �"
    ),
    "tracked_changes": Kind(
        "PN704", "tracked-changes", "information", "the file holds tracked changes; it was read as if all were accepted"
    ),
    "hidden_text": Kind("PN705", "hidden-text", "information", "the file holds hidden text; it was left out"),
    "number_format": Kind("PN706", "number-format", "warning", "the number format {format} is unknown; its numbers are given in digits"),
    "skipped_level": Kind(
        "PN707", "skipped-level", "warning", "this automatic number {found} skips a level; programs count on from it differently"
    ),
    "formula_without_value": Kind(
        "PN708", "formula-without-value", "warning", "{cell} is a formula that was never calculated; save the file in a spreadsheet program"
    ),
    "joined_lines": Kind("PN709", "joined-lines", "information", "{count} lines that the page had broken were joined"),
    "converted": Kind("PN710", "converted", "information", "the file was converted by {program} before it was read"),
    "picture_page": Kind("PN711", "page-not-read", "warning", "page {page} is a picture without text; recognise its text (OCR)"),
    "page_unreadable": Kind("PN711", "page-not-read", "warning", "page {page} is damaged and was left out"),
    "page_cut": Kind("PN711", "page-not-read", "warning", "page {page} holds more than can be read; the rest of it was left out"),
    "pages_left_out": Kind("PN711", "page-not-read", "warning", "the pages from {page} on were left out: the file is too large"),
    "unmapped_letters": Kind("PN712", "unmapped-letters", "warning", "{count} letters are unknown: their font does not say what they show"),
}
