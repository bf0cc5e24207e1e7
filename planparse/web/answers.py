"""All there is to show of a plan, gathered from one parse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from planparse.checking.files import TEXTS
from planparse.dates.entries import Entry
from planparse.dates.reasons import EVIDENCE
from planparse.dates.resolve import Settings
from planparse.messages import Translate
from planparse.model import Document, Plan, Year
from planparse.rules.engine import Violation, check
from planparse.rules.selection import options, select
from planparse.rules.view import View
from planparse.source import Source
from planparse.syntax.parse import Parsed
from planparse.syntax.tree import Node
from planparse.web.inputs import Input
from planparse.writers import dates, ics
from planparse.writers.json import write
from planparse.writers.promises import promises, write_json


class Written(str):
    """A part of an answer that is JSON already: of a long plan it would take longer to read it and write it again than to make it."""

    __slots__ = ()


class Kept(Parsed):
    """A source whose plans are built once for all that is asked about it."""

    def __init__(self, source: Source, settings: Settings) -> None:
        super().__init__(source, settings)
        self.kept: list[tuple[Node, list[Entry]]] | None = None

    def plans(self, *, facts: bool = True) -> Iterator[Node]:
        """The plans in order, with their facts, as `Parsed` gives them."""
        if self.kept is None:
            self.kept = [(plan, self.entries) for plan in super().plans(facts=facts)]
        for plan, entries in self.kept:
            self.entries = entries
            yield plan


def is_text(source: Source) -> bool:
    """Whether what is shown is the file itself, so that a fix mends the file."""
    return source.layout is None and source.media_type in TEXTS


def parsed(given: Input, translate: Translate) -> dict[str, Any]:
    """The answer about a plan."""
    source = given.source
    kept = Kept(source, given.settings)
    violations = check(View.of(kept, options()), select()).violations
    written = "".join(write(kept, translate=translate))
    document = Document.model_validate_json(written)
    years = [_year(plan, translate) for plan in document.plans]
    return {
        "name": source.name,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "encoding_guessed": source.encoding_guessed,
        "text": source.text,
        "editable": is_text(source),
        "document": Written(written),
        "findings": [finding(violation, translate) for violation in violations],
        "promises": Written("".join(write_json(list(promises(document)), one_line=False))),
        "dates": list(_times(kept, translate)),
        "year": years[0] if years else None,
        "years": years,
        **_calendar(document, translate),
    }


def finding(violation: Violation, translate: Translate) -> dict[str, Any]:
    """A finding; what is about the file as a whole has no place."""
    place, mend = violation.place, violation.mend
    origin = place.origin if place is not None else None
    return {
        "code": violation.code,
        "name": violation.name,
        "severity": violation.severity,
        "message": violation.text(translate),
        "start": place.offset if place is not None else None,
        "end": place.end_offset if place is not None else None,
        "line": place.line if place is not None else None,
        "column": place.column if place is not None else None,
        "origin": translate(origin[0]).format(*origin[1]) if origin is not None else None,
        "fix": None
        if mend is None
        else {"message": violation.mend_text(translate), "safety": mend.grade, "edits": [edit._asdict() for edit in mend.edits]},
    }


def _year(plan: Plan, translate: Translate) -> dict[str, Any]:
    """A plan's year with what speaks for it; the kinds of evidence have a name for people."""
    year = plan.year or Year()
    evidence = [{**clue.model_dump(mode="json"), "name": translate(EVIDENCE[clue.kind])} for clue in year.evidence]
    return {
        "plan": plan.ordinal, "title": plan.title or plan.mark, "value": year.value, "candidates": year.candidates, "evidence": evidence,
    }  # fmt: skip


def _times(kept: Kept, translate: Translate) -> Iterator[dict[str, Any]]:
    """Every time that the plan names: what `planparse dates` tells of it, its place, and both in words."""
    for _, records in dates.rows(kept):
        entries = (entry for entry in kept.entries if entry.text)
        for entry, record in zip(entries, records, strict=True):
            yield {
                **record,
                "offset": entry.start,
                "end_offset": entry.end,
                "days": dates.days_of(record, translate),
                "because": dates.why_of(record, translate),
            }


def _calendar(document: Document, translate: Translate) -> dict[str, Any]:
    """The events that a calendar of the plan has, and what is in none, with the reason."""
    events: list[dict[str, Any]] = []
    left_out: list[dict[str, Any]] = []
    for entry, times in ics.entries(document):
        position = entry.position
        told = {
            "text": entry.text,
            "when": entry.when.text,
            "path": list(entry.path[1:]),
            "plan": entry.plan.ordinal,
            "line": position.start.line if position else None,
            "origin": position.origin if position else None,
            "offset": position.start.offset if position else None,
            "end_offset": position.end.offset if position else None,
        }
        if isinstance(times, str):
            left_out.append({**told, "reason": translate(times)})
        else:
            due = entry.when.bound == "by"
            events.append({**told, **_days(times), "due": due, "owner": entry.owner, "place": entry.place, "rrule": entry.when.rrule})
    return {"entries": events, "left_out": left_out}


def _days(times: dict[str, Any]) -> dict[str, str | None]:
    """The first and the last day of an event, and its hours where it has some."""
    start, end = times["dtstart"], times.get("dtend")
    if isinstance(start, datetime):
        last = end or start + times.get("duration", timedelta())
        return {"start": start.date().isoformat(), "end": start.date().isoformat(), "time": f"{start:%H:%M}–{last:%H:%M}"}
    assert isinstance(start, date)
    return {"start": start.isoformat(), "end": (end - timedelta(1) if end else start).isoformat(), "time": None}
