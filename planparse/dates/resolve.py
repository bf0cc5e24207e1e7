"""Gives a plan its dates: collects its time expressions, decides its year, completes each time from its place.

The one pass between parsing and writing. It changes only the fields `when`, `times`, `period` and `year`, and works on
what the text says, not on what it wrote before: resolving twice is resolving once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from planparse.dates import years
from planparse.dates.complete import Frame, Order, Place, Stretch, complete
from planparse.dates.days import month_length
from planparse.dates.entries import Collected, Entry
from planparse.dates.evidence import Evidence
from planparse.dates.fields import fields
from planparse.dates.order import step
from planparse.dates.weeks import odd_weeks, week_one
from planparse.dates.years import Clue, Decision
from planparse.errors import Term
from planparse.syntax.repair import clean
from planparse.syntax.tree import Finding, Node

WEEKDAYS = tuple(map(Term, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")))
NOTICES = ("通知", "印发", "通告", "函")
"""Titles of documents that carry the next plan of the file as their annex."""


class Settings(NamedTuple):
    """What the user says about time."""

    year: int | None = None
    """The year the plan is for."""
    today: date | None = None
    """The reference day: of several years that fit, the nearest to it is taken."""
    term_start: date | None = None
    """The first day of week 1."""
    published: bool = False
    """The reference day is not the user's but the day the file says it was published."""


class Resolver:
    """Resolves the plans of one document, in order."""

    def __init__(self, work: str, line_of: Callable[[int], int], order: Order | None, settings: Settings, findings: list[Finding]) -> None:
        self.work = work
        self.line_of = line_of
        self.order = order
        """The document's order of day and month in 3/9."""
        self.settings = settings
        self.findings = findings
        self.notice: Clue | None = None
        """The year of the notice before, for the plan it carries."""

    def resolve(self, plan: Node) -> list[Entry]:
        """Fills a plan's times and its year; the entries are those the plan's words hold, in order."""
        collected = Collected(self.work, plan, self.order)
        notice, self.notice = self.notice, None
        if not collected.entries and not collected.titles and not collected.mark:
            plan.fields.pop("period", None)
            plan.fields.pop("year", None)
            return []
        work = _Resolving(self, collected, notice)
        if work.frame.year.isdigit() and any(word in clean(self.work, *plan.fields["title"]) for word in NOTICES if "title" in plan.fields):
            told = next((clue for clue in work.clues if int(work.frame.year) in clue.years), None)
            self.notice = told and Clue("text", told.start, told.end, frozenset({int(work.frame.year)}))
        return sorted([*collected.mark, *collected.titles, *collected.entries], key=lambda entry: entry.start)


class _Resolving:
    """The work on one plan."""

    def __init__(self, resolver: Resolver, collected: Collected, notice: Clue | None) -> None:
        self.resolver = resolver
        self.settings = resolver.settings
        self.findings = resolver.findings
        self.collected = collected
        evidence = Evidence(collected)
        self.clues = evidence.clues
        if notice is not None and not any(clue.kind in years.WRITTEN for clue in self.clues):
            self.clues.append(notice)
        self.open_place: Place | None = None
        """The place of times with nothing around them: one for all of them."""
        self.frame = self._decide(evidence)
        self._complete()

    # -- the year ------------------------------------------------------------------------------------------------

    def _decide(self, evidence: Evidence) -> Frame:
        settings = self.settings
        given, first_month = settings.year, evidence.first_month
        if given is None and settings.term_start is not None:
            given, first_month = settings.term_start.year, settings.term_start.month
        decision = years.decide(self.clues, given, settings.today, self._near(evidence))
        self._report(decision, given)
        if decision.value is not None:
            return Frame(f"{decision.value:04d}", first_month, decision.basis)
        return Frame(self._mask(), first_month, None)

    def _near(self, evidence: Evidence) -> Callable[[int], date] | None:
        """The plan's first day in a given year, to tell which year is nearest; None where it names no day."""
        for entry in self.collected.entries:
            first = entry.written.first if entry.written and not entry.mention else None
            if first is not None and 1 <= first.month <= 12 and not first.year:
                month, day = first.month, first.day or 15
                return lambda year: date(year + evidence.later(month), month, min(day, month_length(year, month)))
        dated = evidence.term or any(e.written and (e.written.first.shift or e.written.first.name) for e in self.collected.entries)
        return (lambda year: date(year, 6, 15)) if dated else None

    def _mask(self) -> str:
        """The masked year of the title, or the one that all masked dates of the text share."""
        masked = [e.written.first.year for e in self.collected.titles if e.written and "X" in e.written.first.year]
        if masked:
            return masked[0]
        found = {
            e.written.first.year for e in self.collected.entries if e.written and "X" in e.written.first.year and e.written.first.month
        }
        return found.pop() if len(found) == 1 else ""

    def _report(self, decision: Decision, given: int | None) -> None:
        """The plan's field `year`, and a finding when a written year does not hold."""
        target, work = self.collected.plan.fields, self.resolver.work
        target.pop("year", None)
        if not self.clues and decision.value is None:
            return
        evidence: list[dict[str, Any]] = []
        seen: set[tuple[str, frozenset[int], str]] = set()
        for clue in sorted(self.clues, key=lambda clue: clue.start):
            text = clean(work, clue.start, clue.end)
            if (clue.kind, clue.years, text) not in seen:
                seen.add((clue.kind, clue.years, text))
                plan = self.collected.plan
                at = {"at": (clue.start, clue.end)} if plan.start <= clue.start and clue.end <= plan.end else {}
                evidence.append({"kind": clue.kind, "text": text, "years": sorted(clue.years), **at})
        today = self.settings.today
        if given is not None:
            text = str(self.settings.year) if self.settings.year else f"{self.settings.term_start}"
            evidence.insert(0, {"kind": "given", "text": text, "years": [given]})
        elif today is not None and decision.nearest:
            kind = "published" if self.settings.published else "reference_date"
            evidence.append({"kind": kind, "text": today.isoformat(), "years": [decision.value]})
        if decision.value is not None:
            for item in evidence:
                item["agrees"] = decision.value in item["years"]
        value = {} if decision.value is None else {"value": decision.value}
        target["year"] = {**value, "candidates": list(decision.candidates), "evidence": evidence}
        if decision.written is not None:
            named = next(clue for clue in self.clues if clue.kind in years.WRITTEN and decision.written in clue.years)
            lines = sorted({self.resolver.line_of(clue.start) for clue in decision.against})
            name = "year_contradicted" if decision.value is not None else "year_doubtful"
            values = {"found": decision.written, "expected": decision.value or "", "lines": ", ".join(map(str, lines))}
            self.findings.append(Finding(name, named.start, named.end, values))

    # -- completing ----------------------------------------------------------------------------------------------

    def _complete(self) -> None:
        collected = self.collected
        for entry in (*collected.mark, *collected.titles):
            self._fill(entry, None)
        origin = self.settings.term_start or week_one(collected.schedules, self._first_day)
        for entry in collected.entries:
            self._fill(entry, origin)
        self.findings.extend(odd_weeks(collected.schedules))
        for node, main, entries in collected.assigned:
            if main is None or not main.values or (not main.text and "start" not in main.values):
                node.fields.pop("when", None)
            else:
                node.fields["when"] = main.values
                if main.row:
                    main.values["written"] = main.written  # what a second pass reads again
                    main.values["made"] = not main.text
            others = [entry.values for entry in entries if entry is not main]
            if others:
                node.fields["times"] = others
            else:
                node.fields.pop("times", None)
        periods = [e for e in collected.titles if e.written and e.written.kind not in ("weekday", "recurrence", "duration", "festival")]
        if periods:  # from one day to another before a year, what has days before what has none
            best = max(periods, key=lambda e: ("start" in e.values, e.values["kind"] == "range", "edtf" in e.values, -e.start))
            collected.plan.fields["period"] = best.values
        else:
            collected.plan.fields.pop("period", None)

    def _place(self, entry: Entry, origin: date | None) -> Place:
        outer = entry.outer
        if outer is None:
            if self.open_place is None or self.open_place.term_start is not origin:
                self.open_place = Place(self.frame, None, False, self.settings.today, origin, self.settings.year is not None)
            return self.open_place
        span = outer.stretch
        week = outer.written is not None and (
            (outer.row and outer.unit == "week") or outer.written.kind == "week" or (outer.written.kind == "range" and _days(span) <= 7)
        )
        return Place(self.frame, span, week, self.settings.today, origin, self.settings.year is not None)

    def _first_day(self, entry: Entry) -> date | None:
        """The first day of a time by itself, as far as it is known."""
        if entry.written is None or entry.written.kind not in ("date", "range"):
            return None
        stretch = complete(entry.written, self._place(entry, None))
        return stretch.first.first() if stretch is not None and stretch.known else None

    def _fill(self, entry: Entry, origin: date | None) -> None:
        written = entry.written
        if written is None:
            self._fill_hour(entry)
            return
        place = self._place(entry, origin)
        stretch = complete(written, place)
        entry.stretch = stretch
        entry.values = fields(written, stretch, entry.text) | {"at": (entry.start, entry.end)}
        if entry.hour:
            entry.values.setdefault("time_of_day", entry.hour)
        if stretch is not None and stretch.left:
            self._note(entry, stretch)
        elif written.slash and stretch is None:
            self.findings.append(Finding("ambiguous_day_month", entry.start, entry.end, {"found": entry.text}))
        elif place.span is not None and stretch is not None and written.kind == "date" and not written.first.month:
            self._check_weekday(entry, stretch)

    def _note(self, entry: Entry, stretch: Stretch) -> None:
        values: dict[str, Any] = {"found": entry.text}
        if stretch.left == "weekday_mismatch":
            known = stretch.first.first()
            assert known is not None
            values |= {"date": known.isoformat(), "weekday": WEEKDAYS[known.isoweekday() - 1]}
        elif stretch.left == "weekday_outside_week":
            values |= {"first": stretch.first.edtf, "last": stretch.last.edtf}
        self.findings.append(Finding(stretch.left, entry.start, entry.end, values))

    def _check_weekday(self, entry: Entry, stretch: Stretch) -> None:
        """周一 …(26日): the day that is written beside the weekday must be that day."""
        main = next((main for _, main, entries in reversed(self.collected.assigned) if entry in entries), None)
        if main is None or main is entry or main.written is None or main.written.kind != "weekday" or main.written.last is not None:
            return
        day = stretch.first.first()
        if day is not None and day.isoweekday() != main.written.first.weekday:
            values = {"found": f"{main.text} {entry.text}", "date": day.isoformat(), "weekday": WEEKDAYS[day.isoweekday() - 1]}
            self.findings.append(Finding("weekday_mismatch", main.start, entry.end, values))

    def _fill_hour(self, entry: Entry) -> None:
        outer = entry.outer
        entry.stretch = outer.stretch if outer is not None else None
        entry.values = {"text": entry.text, "kind": "date", "time_of_day": entry.hour or entry.text, "at": (entry.start, entry.end)}
        if outer is not None and outer.values.get("edtf") and (outer.written is None or outer.written.kind in ("date", "weekday")):
            entry.values |= {key: outer.values[key] for key in ("edtf", "start", "end") if key in outer.values}
            basis = outer.values.get("basis")
            if basis:
                entry.values["basis"] = {part: "inherited" if known == "written" else known for part, known in basis.items()}
            entry.values["why"] = ("above",)


def _days(span: Stretch | None) -> int:
    """How many days a stretch has; a great many while it is open."""
    if span is None or not span.first.day or not span.last.day or not (span.first.exists and span.last.exists):
        return 999
    return step(span.first, span.last) + 1
