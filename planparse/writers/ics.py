"""iCalendar (RFC 5545): an event for each dated entry and each deadline, for any calendar program.

Entries whose day is open are not put anywhere; `Calendar.left_out` lists them, with the reason.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from planparse import __version__
from planparse.messages import Translate
from planparse.model import Document, Node, Paragraph, Plan, Position, Schedule, ScheduleRow, Section, Table, When

# Messages, each a key of its translations.
DEADLINE = "due: {text}"
YEAR_OPEN, NOT_IN_CALENDAR, NO_SPAN = "its year is open", "no calendar fixes its days", "when it begins and ends is open"
HANDED_DOWN = frozenset({"date", "range", "week", "month", "weekday"})
"""Kinds of time that the entries under a row or a heading take over."""
LONGEST_SUMMARY = 120


class LeftOut(NamedTuple):
    """An entry that is in no calendar."""

    line: int | None
    origin: str | None
    """Where it stands in a file that has no lines."""
    text: str
    when: str
    reason: str


class Calendar(NamedTuple):
    """A calendar's text and what is not in it."""

    data: bytes
    left_out: list[LeftOut]


class Entry(NamedTuple):
    """A dated entry or a deadline."""

    plan: Plan
    path: tuple[str, ...]
    """The plan's title and the headings above it."""
    text: str
    when: When
    position: Position | None
    owner: str | None
    place: str | None
    more: str | None = None
    """The running text below a heading."""


def write(document: Document, stamp: datetime, translate: Translate = str) -> Calendar:
    """The calendar of a document.

    Args:
        document: A parsed document.
        stamp: When the calendar was made, UTC: RFC 5545 asks for it in every event.
        translate: Turns messages into the reader's language.
    """
    import icalendar  # only here: no other format needs it

    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//planparse//{__version__}//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    left_out: list[LeftOut] = []
    seen: dict[str, int] = {}
    for entry, times in entries(document):
        if isinstance(times, str):
            line = entry.position.start.line if entry.position else None
            origin = entry.position.origin if entry.position else None
            left_out.append(LeftOut(line, origin, entry.text, entry.when.text, translate(times)))
            continue
        key = "\n".join((entry.plan.title or entry.plan.mark or "", *entry.path, entry.text, entry.when.text))
        seen[key] = seen.get(key, 0) + 1
        calendar.add_component(_event(icalendar.Event(), entry, times, f"{key}\n{seen[key]}", stamp, translate))
    return Calendar(calendar.to_ical(), left_out)


def entries(document: Document) -> Iterator[tuple[Entry, dict[str, Any] | str]]:
    """The dated entries of a document in order, each with the properties of an event that say when, or why there are none: a message."""
    for plan in document.plans:
        span = _span_of(plan)
        for entry in _entries(plan):
            yield entry, _times(entry.when, span)


def _event(event: Any, entry: Entry, times: dict[str, Any], key: str, stamp: datetime, translate: Translate) -> Any:
    """One event.

    Its identity follows from the plan's title, the headings above and its words, not from its days: when the entry moves,
    the calendar program moves it.
    """
    event.add("uid", f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@planparse")
    event.add("dtstamp", stamp)
    summary = entry.text if len(entry.text) <= LONGEST_SUMMARY else entry.text[: LONGEST_SUMMARY - 1] + "…"
    event.add("summary", translate(DEADLINE).format(text=summary) if entry.when.bound == "by" else summary)
    for name, value in times.items():
        event.add(name, value)
    if entry.place:
        event.add("location", entry.place)
    if entry.owner:
        event.add("contact", entry.owner)
    if entry.plan.title or entry.plan.mark:
        event.add("categories", [entry.plan.title or entry.plan.mark])
    about = [
        *entry.path[1:],
        entry.when.text if entry.when.text not in entry.text else "",
        entry.text if summary != entry.text else "",
        entry.more or "",
    ]
    if any(about):
        event.add("description", "\n".join(part for part in about if part))
    event.add("transp", "TRANSPARENT" if not isinstance(times["dtstart"], datetime) else "OPAQUE")
    return event


# -- which entries there are -------------------------------------------------------------------------------------


def _entries(plan: Plan) -> Iterator[Entry]:
    """The dated entries of a plan: entries of rows, sections, paragraphs."""
    for child in plan.children:
        yield from _below(plan, child, (plan.title or plan.mark or "",), None)


def _below(plan: Plan, node: Node, path: tuple[str, ...], outer: When | None) -> Iterator[Entry]:
    if isinstance(node, Schedule):
        for row in node.children:
            yield from _row(plan, row, path, outer)
    elif isinstance(node, Table):
        yield from _table(plan, node, path)
    elif isinstance(node, Section | Paragraph):
        heading = node.heading if isinstance(node, Section) else None
        words, more = (heading, node.text) if heading else (node.text or "", None)
        sections = [child for child in node.children if isinstance(child, Section | Paragraph | Schedule)]
        hands_down = (
            bool(sections) and node.when is not None and node.when.kind in HANDED_DOWN and not node.when.bound and heading is not None
        )
        if node.when is not None and not hands_down and _dated(node.when):
            yield Entry(plan, path, _flat(words), node.when, node.position, None, None, more)
        elif node.when is None and outer is not None and words and not sections:
            yield Entry(plan, path, _flat(words), outer, node.position, None, None, more)
        for other in node.times:
            if other.kind in ("date", "range"):
                yield Entry(plan, path, _flat(words), other, node.position, None, None, more)
        inner = node.when if hands_down else outer
        for child in node.children:
            yield from _below(plan, child, (*path, heading) if heading else path, inner)


def _row(plan: Plan, row: ScheduleRow, path: tuple[str, ...], outer: When | None) -> Iterator[Entry]:
    for item in row.items:
        when = item.when or row.when or outer
        text = _flat("".join([item.text or "", *(_words(child) for child in item.children)]))
        if when is not None and text and _dated(when):
            yield Entry(plan, path, text, when, item.position, item.owner, item.place)
        for other in item.times:
            if text and other.kind in ("date", "range") and (other.start, other.end) != (when and when.start, when and when.end):
                yield Entry(plan, path, text, other, item.position, item.owner, item.place)
    if not row.items and row.when is not None and _dated(row.when):  # a duty roster: who stands beside the day
        words = _flat(" ".join(cell for cell in row.cells if cell and cell != row.when.text))
        if words:
            yield Entry(plan, path, words, row.when, row.position, None, None)


def _table(plan: Plan, table: Table, path: tuple[str, ...]) -> Iterator[Entry]:
    """The rows of a table that is keyed by no time, where they name one: 完成时限."""
    times = list(table.times)
    for row in table.rows:
        for k, cell in enumerate(row):
            while times and times[0].text in cell:
                when = times.pop(0)
                head = table.columns[k] if k < len(table.columns) else ""
                if re.search("完成|截止|时限", head) and when.bound is None:
                    when = when.model_copy(update={"bound": "by"})
                words = _flat(" ".join(other for j, other in enumerate(row) if j != k and other))
                if words and _dated(when):
                    yield Entry(plan, path, words, when, when.position, None, None)


def _words(node: Node) -> str:
    if isinstance(node, Section):
        return (node.number.text if node.number else "") + (node.heading or "") + (node.text or "") + "".join(map(_words, node.children))
    if isinstance(node, Paragraph):
        return (node.text or "") + "".join(map(_words, node.children))
    return ""


def _dated(when: When) -> bool:
    """Whether a time belongs in a calendar at all: a year, a term, 课后1日内 do not."""
    return when.kind not in ("year", "school_year", "plan_period", "duration", "term") or when.bound == "by"


def _flat(text: str) -> str:
    return " ".join(text.split())


def _span_of(plan: Plan) -> tuple[date, date] | None:
    """The days a plan covers: from its rows, else from its period or its year."""
    days = [when for child in plan.children for when in _row_times(child) if when.start and when.end]
    if days:
        return min(date.fromisoformat(when.start or "") for when in days), max(date.fromisoformat(when.end or "") for when in days)
    if plan.period is not None and plan.period.start and plan.period.end:
        return date.fromisoformat(plan.period.start), date.fromisoformat(plan.period.end)
    return None


def _row_times(node: Node) -> Iterator[When]:
    if isinstance(node, Schedule):
        yield from (row.when for row in node.children if row.when is not None)
    elif isinstance(node, Section | Paragraph):
        for child in node.children:
            yield from _row_times(child)


# -- when they are -----------------------------------------------------------------------------------------------

_CLOCK = re.compile("(上午|下午|中午|晚上|傍晚|早上|晚)? ?([0-9]{1,2})(?:[:：]([0-9]{2})|[点时](半|[0-9]{1,2})?分?)")


def _times(when: When, span: tuple[date, date] | None) -> dict[str, Any] | str:
    """The properties that say when; or why there are none."""
    if when.rrule:
        return _repeated(when, span)
    if not when.start or not when.end:
        return YEAR_OPEN if when.edtf and "~/" not in when.edtf else NOT_IN_CALENDAR if when.edtf else NO_SPAN
    start, end = date.fromisoformat(when.start), date.fromisoformat(when.end)
    if when.bound == "by":
        # 9月前 ends the day before September, 9月底前 and 9月内 on its last day.
        before = when.kind in ("month", "quarter", "half_year", "week") and re.search("[底末内]", when.text) is None
        start = end = start - timedelta(1) if before else end
    elif when.bound == "from":
        end = start
    return _span(start, end, when.time_of_day)


def _span(start: date, end: date, clock: str | None) -> dict[str, Any]:
    hours = list(_CLOCK.finditer(clock or "")) if start == end else []
    if hours:
        first = _hour(hours[0], None)
        last = _hour(hours[1], hours[0][1]) if len(hours) > 1 else None
        if first is not None:
            begin = datetime.combine(start, first)
            if last is not None and last > first:
                return {"dtstart": begin, "dtend": datetime.combine(start, last)}
            return {"dtstart": begin, "duration": timedelta(hours=1)}
    return {"dtstart": start, "dtend": end + timedelta(1)}


def _hour(found: re.Match[str], half: str | None) -> time | None:
    hour = int(found[2])
    minute = 30 if found[4] == "半" else int(found[3] or found[4] or 0)
    half = found[1] or half
    if hour < 12 and half in ("下午", "晚上", "傍晚", "晚"):
        hour += 12
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _repeated(when: When, span: tuple[date, date] | None) -> dict[str, Any] | str:
    """A repetition within its own days, or the plan's."""
    assert when.rrule is not None
    if when.start and when.end:
        span = date.fromisoformat(when.start), date.fromisoformat(when.end)
    if span is None:
        return NO_SPAN
    from dateutil.rrule import rrulestr

    first = rrulestr(when.rrule, dtstart=datetime.combine(span[0], time())).after(datetime.combine(span[0], time()), inc=True)
    if first is None or first.date() > span[1]:
        return NO_SPAN
    times = _span(first.date(), first.date(), when.time_of_day)
    until = span[1] if not isinstance(times["dtstart"], datetime) else datetime.combine(span[1], time(23, 59, 59))
    rule: dict[str, Any] = {}
    for part in when.rrule.split(";"):
        name, value = part.split("=", 1)
        rule[name] = value.split(",")
    return times | {"rrule": rule | {"UNTIL": [until]}}
