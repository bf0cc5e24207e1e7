"""Why a time resolved as it did, for people: one row a reason. The messages are the keys of their translations."""

from __future__ import annotations

REASONS = {
    "given": "the year is the one you gave",
    "plan_year": "the plan's year",
    "around": "from the row or heading it stands under",
    "above": "from the entry above",
    "today": "nearest to the reference date",
    "festival": "table of festivals",
    "usual": "the usual months; no calendar fixes the days",
    "plan_period": "five-year plans follow each other",
    "week_number": "counted from week 1",
    "weekday": "that weekday in it",
    "edge": "its first or last day",
    "term_open": "which half of the year is meant differs from place to place",
    "rows": "the rows of the table tell which number is the month",
}

EVIDENCE = {
    "given": "given",
    "title": "the title",
    "mark": "the compiler's mark",
    "signature": "the signature",
    "text": "a date with its year",
    "weekday": "a date with its weekday",
    "week_rows": "the weekday its weeks begin with",
    "festival": "a festival in its row",
    "anniversary": "an anniversary",
    "examination": "an examination's year",
    "leap_day": "a 29 February",
    "reference_date": "nearest to the reference date",
    "published": "nearest to the day it was published",
}
