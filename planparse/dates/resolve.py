"""Gives a plan its dates: finds every time expression, decides the plan's year, completes each time from its place.

The one pass between parsing and writing. It changes only the fields `when`, `times`, `period` and `year`, and works on
what the text says, not on what it wrote before: resolving twice is resolving once.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from planparse.dates import years
from planparse.dates.complete import Frame, Order, Place, Stretch, complete, fields, settle
from planparse.dates.days import Day, month_length
from planparse.dates.festivals import LUNAR
from planparse.dates.notations import FOLD, SURELY_YEAR
from planparse.dates.reading import find_times, read_clock
from planparse.dates.written import Moment, Written
from planparse.dates.years import Clue, Decision
from planparse.errors import Term
from planparse.syntax.lazy import lazy
from planparse.syntax.repair import FILLER, clean
from planparse.syntax.tree import Cut, Finding, Node

CONTEXT = frozenset({"month", "range", "date", "week", "quarter", "half_year", "festival", "term"})
"""Kinds of time that a heading hands down to what is under it."""
WEEKDAYS = tuple(map(Term, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")))
LONGEST_TITLE = 80
"""A cited title is no longer than this."""


class Settings(NamedTuple):
    """What the user says about time."""

    year: int | None = None
    """The year the plan is for."""
    today: date | None = None
    """The reference day: of several years that fit, the nearest to it is taken."""
    term_start: date | None = None
    """The first day of week 1."""


class Entry:
    """One time expression and the node it stands in."""

    __slots__ = ("end", "found", "outer", "row", "start", "stretch", "text", "unit", "values", "written")

    def __init__(self, written: Written | None, text: str, start: int, end: int, outer: Entry | None) -> None:
        self.written = written
        """None for an hour without a day."""
        self.text = text
        self.start = start
        self.end = end
        self.outer = outer
        """The time of the row or heading around it."""
        self.row = False
        """Whether it is the key of a row, `unit` telling of what."""
        self.unit = ""
        self.stretch: Stretch | None = None
        self.values: dict[str, Any] = {}
        """The fields of the `When`."""
        self.found = False
        """A name or a cited title holds it: the node is not about it."""


class _Row(NamedTuple):
    """A row of a schedule: its key, its node, the times of its entries."""

    key: Entry
    node: Node
    leads: list[Entry]


class Resolver:
    """Resolves the plans of one document, in order. `order` is the document's order of day and month in 3/9."""

    def __init__(self, work: str, line_of: Callable[[int], int], order: Order | None, settings: Settings, findings: list[Finding]) -> None:
        self.work = work
        self.line_of = line_of
        self.order = order
        self.settings = settings
        self.findings = findings

    def resolve(self, plan: Node) -> list[Entry]:
        """Fills a plan's times and its year; the entries are those the plan's words hold, in order."""
        return _Plan(self, plan).resolve()


class _Plan:
    """The work on one plan."""

    def __init__(self, resolver: Resolver, plan: Node) -> None:
        self.work = resolver.work
        self.line_of = resolver.line_of
        self.order = resolver.order
        self.settings = resolver.settings
        self.findings = resolver.findings
        self.plan = plan
        self.entries: list[Entry] = []
        self.titles: list[Entry] = []
        self.mark: list[Entry] = []
        self.signatures: list[Entry] = []
        self.schedules: list[tuple[Node, list[_Row]]] = []
        self.assigned: list[tuple[Node, Entry | None, list[Entry]]] = []
        self.frame = Frame()

    def resolve(self) -> list[Entry]:
        """Collects, decides, completes."""
        self._collect_title()
        for child in self.plan.children:
            self._collect(child, None, None)
        if not self.entries and not self.titles and not self.mark:
            return []
        self._decide_year()
        self._complete()
        return sorted([*self.mark, *self.titles, *self.entries], key=lambda entry: entry.start)

    # -- finding -------------------------------------------------------------------------------------------------

    def _collect_title(self) -> None:
        plan = self.plan.fields
        if "mark" in plan:
            self.mark = self._times(plan["mark"], None)
        if "title" in plan:
            self.titles = self._times(plan["title"], None)
        for node in plan.get("subtitles", ()):
            cut = node.fields["text"]
            if cut != plan.get("title") and not ("mark" in plan and cut == plan["mark"]):
                self.titles.extend(self._times(cut, None))

    def _times(self, cut: Any, outer: Entry | None) -> list[Entry]:
        """The time expressions of a stretch or of the stretches of one text."""
        work = self.work
        cuts = (cut,) if type(cut) is Cut else cut
        if type(cut) is str:
            return []
        start, end = cuts[0][0], cuts[-1][1]
        if len(cuts) == 1 and work.find(FILLER, start, end) < 0:
            return [Entry(settle(w, self.order), work[w.start : w.end], w.start, w.end, outer) for w in find_times(work, start, end)]
        places = [k for a, b in cuts for k in range(a, b) if work[k] != FILLER]
        text = "".join(work[k] for k in places)
        return [
            Entry(
                w._replace(start=places[w.start], end=places[w.end - 1] + 1),
                text[w.start : w.end],
                places[w.start],
                places[w.end - 1] + 1,
                outer,
            )
            for w in find_times(text, 0, len(text))
        ]

    def _collect(self, node: Node, outer: Entry | None, before: Entry | None) -> Entry | None:
        """The times of a node and of what is under it; returns the node's own time."""
        kind, own = node.type, node.fields
        if kind == "schedule":
            self._collect_schedule(node, outer)
            return None
        if kind in ("table", "noise"):
            return None
        main = None
        heading, text = own.get("heading"), own.get("text")
        if heading or text:
            headed = self._times(heading, outer) if heading else []
            running = self._times(text, outer) if text else []
            if headed or running:
                main = self._assign(node, headed, running)
            if kind == "item" and main is None and text:
                main = self._hour(node, text, before, outer)
        if main is None:
            own.pop("when", None)  # the node holds no time: nothing of an earlier pass may stay
        if kind == "signature":
            if main is not None:
                self.signatures.append(main)
            return main
        hands_down = (
            main is not None
            and main.written is not None
            and main.written.kind in CONTEXT
            and not main.written.bound
            and (heading is not None or _leads(main, text))
        )
        inner = main if hands_down else outer
        for child in node.children:
            self._collect(child, inner, None)
        return main

    def _assign(self, node: Node, headed: list[Entry], running: list[Entry]) -> Entry | None:
        entries = [*headed, *running]
        self.entries.extend(entries)
        for entry in entries:
            entry.found = self._is_mention(node, entry)
        main = _choose([e for e in headed if not e.found], []) or _choose([], [e for e in running if not e.found], node.fields.get("text"))
        self.assigned.append((node, main, entries))
        return main

    def _hour(self, node: Node, text: Any, before: Entry | None, outer: Entry | None) -> Entry | None:
        """下午, 第三节 at the beginning of an entry: on the day of the entry above, or of the row."""
        start, end = (text[0], text[1]) if type(text) is Cut else (text[0][0], text[-1][1])
        clock = read_clock(self.work, start, end)
        day = before if before is not None else outer
        if clock is None or day is None:
            return None
        if day.written is None:
            day = day.outer
        if day is None or day.written is None or day.written.kind not in ("weekday", "date") or day.written.last is not None:
            return None
        entry = Entry(None, clean(self.work, *clock), *clock, day)
        self.entries.append(entry)
        self.assigned.append((node, entry, [entry]))
        return entry

    def _is_mention(self, node: Node, entry: Entry) -> bool:
        """Whether a time is only part of a name: 重阳登山, 《2024年工作要点》, 07年高考."""
        written, work = entry.written, self.work
        assert written is not None
        if written.kind == "duration":
            return True
        opening = work.rfind("《", max(node.start, entry.start - LONGEST_TITLE), entry.start)
        if opening >= 0 and work.find("》", opening, entry.start) < 0:
            return True
        if written.kind not in ("year", "festival"):
            return False
        following = work[entry.end : entry.end + 4].translate(FOLD)
        if written.kind == "year":
            return SURELY_YEAR.match(following) is not None
        if (
            written.kind == "festival"
            and not written.bound
            and not written.first.edge
            and not written.first.year
            and not written.first.shift
        ):
            return bool(following) and following[0] not in " \u3000:;,。\n)、\u200b" and not following.startswith(("放假", "当日"))
        return False

    def _collect_schedule(self, node: Node, outer: Entry | None) -> None:
        rows: list[_Row] = []
        above: Entry | None = None
        for row in node.children:
            key = self._row_key(node, row, outer, above)
            if key is not None:
                self.entries.append(key)
                above = key
            inner = key if key is not None and (key.written is None or key.written.kind != "recurrence") else outer
            leads: list[Entry] = []
            before: Entry | None = None
            bare: list[Node] = []
            for item in row.fields.get("items", ()):
                main = self._collect(item, inner, before)
                if main is None:
                    bare.append(item)
                else:
                    leads.append(main)
                    before = main
            for note in row.fields.get("notes", ()):
                self._collect(note, inner, None)
            self._due(row, bare, inner)
            if key is not None:
                rows.append(_Row(key, row, leads))
        self.schedules.append((node, rows))

    def _row_key(self, schedule: Node, row: Node, outer: Entry | None, above: Entry | None) -> Entry | None:
        when = row.fields.get("when")
        week = row.fields.get("week")
        unit = schedule.fields["unit"]
        if when is None or when.get("made"):
            row.fields.pop("when", None)
            if week is None:
                return None
            # A numbered week without dates: where it begins follows from the rows around it, if at all.
            entry = Entry(Written("week", row.start, row.start, Moment(span="week", nth=week)), "", row.start, row.start, outer)
        else:
            written = when.get("written")
            written = written and settle(written, self.order)
            if written is not None and row.fields.get("weekday") and written.first.day and written.last is None:
                written = written._replace(first=written.first._replace(weekday=row.fields["weekday"]))
            start, end = when["at"]
            entry = Entry(written, when["text"], start, end, above if written is None else outer)
            if when.get("time_of_day") and written is None:
                entry.values["time_of_day"] = when["time_of_day"]
        entry.row, entry.unit = True, unit
        self.assigned.append((row, entry, [entry] if entry.text else []))
        return entry

    def _due(self, row: Node, bare: list[Node], outer: Entry | None) -> None:
        """The deadline of a row's own column, for its entries that name no time themselves."""
        cut = row.fields.get("due")
        if cut is None:
            return
        entries = self._times(cut, outer)
        if not entries:
            return
        main = entries[0]
        assert main.written is not None
        if main.written.bound != "from":
            main.written = main.written._replace(bound="by")
        self.entries.extend(entries)
        self.assigned.extend((item, main, [main]) for item in bare)

    # -- the year ------------------------------------------------------------------------------------------------

    def _decide_year(self) -> None:
        months = list(self._months())
        term = self._title_term()
        first_month = self._first_month(months, term)
        clues = [*self._written_years(), *self._evidence(first_month)]
        start, end = self.plan.start, self.plan.end
        half = None if not months and term == 0 else (first_month if first_month > 1 else months[0] if months else 1) >= 7
        clues.extend(years.written_out(self.work, start, end, half))
        clues = [clue for clue in clues if clue.years]
        settings = self.settings
        near = None
        if settings.today is not None:
            month = months[0] if months else 0
            if month or term or any(entry.written and entry.written.first.shift for entry in self.entries):
                near = lambda year: date(year, month or 6, 15)  # noqa: E731 - a day to measure from, nothing more
        decision = years.decide(clues, settings.year, settings.today, near)
        masked = next((e.written.first.year for e in self.titles if e.written and "X" in e.written.first.year), "")
        if decision.value is not None:
            self.frame = Frame(f"{decision.value:04d}", first_month, decision.basis)
        elif masked:
            self.frame = Frame(masked, first_month, None)
        else:
            self.frame = Frame("", first_month, None)
        self._report_year(decision, clues)

    def _months(self) -> Iterator[int]:
        """The months of the plan's rows and month headings, in order."""
        for entry in self.entries:
            written = entry.written
            if written is not None and (entry.row or written.kind == "month"):
                month = written.first.month
                if 1 <= month <= 12 and not written.first.year and (entry.row or not entry.found):
                    yield month

    def _title_term(self) -> int:
        """1 for an autumn term or a school year, 2 for a spring term, 0 where the title names none or leaves it open."""
        for entry in (*self.titles, *self.mark):
            first = entry.written.first if entry.written else Moment()
            if first.span == "school_year":
                return 1
            if (first.span == "term" and first.name == "school") or first.span == "season":
                return first.nth
        return 0

    def _first_month(self, months: list[int], term: int) -> int:
        if term == 1:
            return 7
        for a, b in itertools.pairwise(months):
            if a - b >= 6:
                return max(min(months[0], 12), 2)
        return months[0] if months and months[0] >= 7 else 1

    def _written_years(self) -> Iterator[Clue]:
        """The years that are written: in the title, below it, in the mark, the signature, the text."""
        for kind, entries in (("title", self.titles), ("mark", self.mark), ("signature", self.signatures)):
            for entry in entries:
                year = self._frame_year(entry, kind)
                if year is not None:
                    yield Clue(kind, entry.start, entry.end, frozenset({year}))  # type: ignore[arg-type]
        seen: set[int] = set()
        for entry in self.entries:
            written = entry.written
            if (
                written is None
                or entry in self.signatures
                or entry.found
                or not written.first.month
                or not (entry.row or written.first.day)
            ):
                continue
            year = years.digits(written.first.year)
            if year is not None and year not in seen:
                seen.add(year)
                yield Clue("text", entry.start, entry.end, frozenset({year}))

    def _frame_year(self, entry: Entry, kind: str) -> int | None:
        """The year in which a plan begins by a time in its title or signature."""
        written = entry.written
        assert written is not None
        first = written.first
        year = years.digits(first.year)
        if year is None or written.kind == "plan_period":
            return None
        if first.name == "school" and first.nth == 2:
            return year + 1
        if kind == "signature" and first.month:
            months = list(self._months())
            if months and first.month - months[0] > 2:
                return year + 1  # signed in December for the year to come
        return year

    def _evidence(self, first_month: int) -> Iterator[Clue]:
        def later(month: int) -> int:
            return int(month < first_month)

        for entry in self.entries:
            written = entry.written
            if written is None:
                continue
            first = written.first
            if first.month and first.day and not first.year and not first.shift and 1 <= first.month <= 12 and first.span == "":
                if first.weekday:
                    yield years.weekday_clue(entry.start, entry.end, first.month, first.day, first.weekday, later(first.month))
                if (first.month, first.day) == (2, 29):
                    yield Clue("leap_day", entry.start, entry.end, frozenset(y for y in years.YEARS if month_length(y + later(2), 2) == 29))
        for node, main, entries in self.assigned:
            if main is None or main.written is None or main.written.kind != "weekday" or main.outer is None:
                continue
            outer = main.outer.written
            for entry in entries:
                written = entry.written
                if written is None or written.kind != "date" or written.first.month or not written.first.day or not outer:
                    continue
                if main.written.last is None and outer.first.month and outer.first.day and not written.first.shift:
                    month = _month_in(outer, written.first.day)
                    if month and not outer.first.year:
                        yield years.weekday_clue(node.start, entry.end, month, written.first.day, main.written.first.weekday, later(month))
        for schedule, rows in self.schedules:
            yield from self._row_clues(schedule, rows, later)

    def _row_clues(self, schedule: Node, rows: list[_Row], later: Any) -> Iterator[Clue]:
        sunday, others = [], 0
        lengths = []
        for row in rows:
            written = row.key.written
            if not written or written.last is None or written.first.year or not written.first.day:
                continue
            first = (written.first.month, written.first.day)
            last = (written.last.month or first[0], written.last.day)
            if not _possible(first) or not _possible(last):
                continue
            length = _length(first, last)
            lengths.append(length)
            if length == 6:
                weekdays = [entry.written.first.weekday for entry in row.leads if entry.written and entry.written.kind == "weekday"]
                if len(weekdays) > 1 and weekdays[0] == 7 and all(day < 7 for day in weekdays[1:]):
                    sunday.append((row, first))
                elif len(weekdays) > 1 and weekdays[-1] == 7 and weekdays[0] < 6:
                    others += 1
            elif length == 4 and schedule.fields["unit"] == "week":
                yield years.weekday_clue(row.key.start, row.key.end, *first, 1, later(first[0]))._replace(kind="week_rows")
            if length <= 13:
                for node in (*row.node.fields.get("items", ()), *row.node.fields.get("notes", ())):
                    yield from self._festivals(node, first, last, later)
        if len(sunday) >= 2 and len(sunday) > others:
            for row, first in sunday:
                clue = years.weekday_clue(row.key.start, row.key.end, *first, 7, later(first[0]))
                yield clue._replace(kind="week_rows")

    def _festivals(self, node: Node, first: tuple[int, int], last: tuple[int, int], later: Any) -> Iterator[Clue]:
        for name in LUNAR:
            at = self.work.find(name, node.start, node.end)
            if at >= 0:
                yield years.festival_clue(at, at + len(name), name, first, last, later(first[0]))

    def _report_year(self, decision: Decision, clues: list[Clue]) -> None:
        fields_ = self.plan.fields
        fields_.pop("year", None)
        if not clues and decision.value is None:
            return
        evidence, seen = [], set()
        for clue in sorted(clues, key=lambda clue: clue.start):
            key = (clue.kind, clue.years, clean(self.work, clue.start, clue.end))
            if key in seen:
                continue
            seen.add(key)
            agrees = {} if decision.value is None else {"agrees": decision.value in clue.years}
            evidence.append(
                {
                    "kind": clue.kind,
                    "text": clean(self.work, clue.start, clue.end),
                    "years": sorted(clue.years),
                    "at": (clue.start, clue.end),
                    **agrees,
                }
            )
        if self.settings.year is not None:
            evidence.insert(0, {"kind": "given", "text": str(self.settings.year), "years": [self.settings.year], "agrees": True})
        elif self.settings.today is not None and decision.basis == "inferred" and len(decision.candidates) != 1:
            evidence.append(
                {"kind": "reference_date", "text": self.settings.today.isoformat(), "years": [decision.value or 0], "agrees": True}
            )
        value = {} if decision.value is None else {"value": decision.value}
        fields_["year"] = {**value, "candidates": list(decision.candidates), "evidence": evidence}
        if decision.written is not None:
            named = next(clue for clue in clues if clue.kind in years.WRITTEN and decision.written in clue.years)
            lines = sorted({self.line_of(clue.start) for clue in decision.against})
            self.findings.append(
                Finding(
                    "year_contradicted" if decision.value is not None else "year_doubtful",
                    named.start,
                    named.end,
                    {"found": decision.written, "expected": decision.value or "", "lines": ", ".join(map(str, lines))},
                )
            )

    # -- completing ----------------------------------------------------------------------------------------------

    def _complete(self) -> None:
        for entry in (*self.mark, *self.titles):
            self._fill(entry, None)
        origin = self._week_one()
        for entry in self.entries:
            self._fill(entry, origin)
        self._check_rows()
        for node, main, entries in self.assigned:
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
        periods = [e for e in self.titles if e.written and e.written.kind not in ("weekday", "recurrence", "duration", "festival")]
        if periods:  # from one day to another before a year, what has days before what has none
            best = max(periods, key=lambda e: ("start" in e.values, e.values["kind"] == "range", "edtf" in e.values, -e.start))
            self.plan.fields["period"] = best.values
        else:
            self.plan.fields.pop("period", None)

    def _week_one(self) -> date | None:
        """The first day of week 1: given, or counted back from the rows that have a number and dates, when they agree."""
        if self.settings.term_start is not None:
            return self.settings.term_start
        rows = [
            row for schedule, rows in self.schedules if schedule.fields["unit"] == "week" for row in rows if row.node.fields.get("week")
        ]
        keys = Counter(
            day - timedelta(7 * (row.node.fields["week"] - 1)) for row in rows if row.key.text and (day := self._first_day(row.key))
        )
        if keys:
            best, votes = keys.most_common(1)[0]
            return best if votes * 2 > keys.total() else None
        # No row has dates, but their entries may: (2/20) under 第一周.
        days = [(row.node.fields["week"], day) for row in rows for lead in row.leads[:1] if (day := self._first_day(lead))]
        starts = Counter(day - timedelta((day.isoweekday() - first) % 7 + 7 * (week - 1)) for first in (1, 7) for week, day in days)
        if not starts:
            return None
        best, votes = max(starts.items(), key=lambda item: (item[1], item[0].isoweekday() == 1))
        return best if votes >= 3 and votes * 10 >= len(days) * 9 else None

    def _first_day(self, entry: Entry) -> date | None:
        """The first day of a time by itself, as far as it is known."""
        if entry.written is None or entry.written.kind not in ("date", "range"):
            return None
        self._fill(entry, None, quiet=True)
        stretch = entry.stretch
        return stretch.first.first() if stretch is not None and stretch.known else None

    def _fill(self, entry: Entry, origin: date | None, *, quiet: bool = False) -> None:
        written = entry.written
        if written is None:
            self._fill_hour(entry)
            return
        outer = entry.outer
        span = outer.stretch if outer is not None else None
        week = (
            outer is not None
            and outer.written is not None
            and (
                (outer.row and outer.unit == "week") or outer.written.kind == "week" or (outer.written.kind == "range" and _days(span) <= 7)
            )
        )
        settings = self.settings
        place = Place(self.frame, span, week, settings.today, origin, settings.year is not None)
        stretch = complete(written, place)
        entry.stretch = stretch
        if quiet:
            return
        entry.values = fields(written, stretch, entry.text) | {"at": (entry.start, entry.end)}
        if stretch is not None and stretch.left:
            self._note(entry, stretch)
        elif written.slash and stretch is None:
            self.findings.append(Finding("ambiguous_day_month", entry.start, entry.end, {"found": entry.text}))
        elif span is not None and stretch is not None and written.kind == "date" and not written.first.month:
            self._check_weekday(entry, stretch)

    def _note(self, entry: Entry, stretch: Stretch) -> None:
        assert entry.written is not None
        day = stretch.first
        values: dict[str, Any] = {"found": entry.text}
        if stretch.left == "weekday_mismatch":
            known = day.first()
            assert known is not None
            values |= {"date": known.isoformat(), "weekday": WEEKDAYS[known.isoweekday() - 1]}
        elif stretch.left == "weekday_outside_week":
            values |= {"first": stretch.first.edtf, "last": stretch.last.edtf}
        self.findings.append(Finding(stretch.left, entry.start, entry.end, values))

    def _check_weekday(self, entry: Entry, stretch: Stretch) -> None:
        """周一 …(26日): the day that is written beside the weekday must be that day."""
        main = next((main for _, main, entries in reversed(self.assigned) if entry in entries), None)
        if main is None or main is entry or main.written is None or main.written.kind != "weekday" or main.written.last is not None:
            return
        day = stretch.first.first()
        if day is not None and day.isoweekday() != main.written.first.weekday:
            values = {
                "found": f"{main.text} {entry.text}",
                "date": day.isoformat(),
                "weekday": WEEKDAYS[day.isoweekday() - 1],
            }
            self.findings.append(Finding("weekday_mismatch", main.start, entry.end, values))

    def _fill_hour(self, entry: Entry) -> None:
        outer = entry.outer
        entry.stretch = outer.stretch if outer is not None else None
        text = entry.values.get("time_of_day", entry.text)
        entry.values = {"text": entry.text, "kind": "date", "time_of_day": text, "at": (entry.start, entry.end)}
        if outer is not None and outer.values.get("edtf") and (outer.written is None or outer.written.kind in ("date", "weekday")):
            entry.values |= {key: outer.values[key] for key in ("edtf", "start", "end") if key in outer.values}
            basis = outer.values.get("basis")
            if basis:
                entry.values["basis"] = {part: "inherited" if known == "written" else known for part, known in basis.items()}
            entry.values["why"] = ("above",)

    def _check_rows(self) -> None:
        """Weeks of a table that leave a gap, overlap, or skip a number."""
        for schedule, rows in self.schedules:
            if schedule.fields["unit"] != "week":
                continue
            steps: list[tuple[_Row, Day, Day, int]] = []
            for above, row in itertools.pairwise(rows):
                a, b = above.key.stretch, row.key.stretch
                if a is None or b is None or not (above.key.text and row.key.text) or not (a.last.day and b.first.day):
                    continue
                if not (a.last.exists and b.first.exists):
                    continue
                steps.append((row, a.last, b.first, _step(a.last, b.first)))
            good = [step for step in steps if step[3] in (1, 3)]
            if len(good) * 2 > len(steps):
                usual = max({step[3] for step in good}, key=lambda days: sum(step[3] == days for step in good))
                for row, last, first, days in steps:
                    if days != usual:
                        values = {"found": first.edtf, "above": last.edtf}
                        self.findings.append(Finding("week_gap" if days > usual else "week_overlap", row.key.start, row.key.end, values))
            numbers = [(row, row.node.fields["week"]) for row in rows if row.node.fields.get("week")]
            for (_, before), (row, week) in itertools.pairwise(numbers):
                if week != before + 1:
                    self.findings.append(
                        Finding("week_number_gap", row.node.start, row.node.start + 1, {"found": week, "expected": before + 1})
                    )


def _choose(headed: list[Entry], running: list[Entry], text: Any = None) -> Entry | None:
    """The time a node is about: its heading's, the one it begins with, its one deadline, or the only one there is."""
    if headed:
        return headed[0] if len(headed) == 1 else next((e for e in headed if e.written and e.written.bound == "by"), headed[0])
    if not running:
        return None
    if _leads(running[0], text):
        return running[0]
    due = [entry for entry in running if entry.written and entry.written.bound == "by"]
    if len(due) == 1:
        return due[0]
    definite = [entry for entry in running if _is_definite(entry)]
    return definite[0] if len(definite) == 1 else None


def _is_definite(entry: Entry) -> bool:
    """Whether a time in mid-sentence can be what the sentence is about: not 今年, 周末, 新学期."""
    written = entry.written
    if written is None or written.kind in ("year", "school_year", "plan_period", "duration"):
        return False
    if written.kind == "weekday":
        return entry.outer is not None
    return written.kind != "term" or bool(written.first.nth)


def _leads(entry: Entry, text: Any) -> bool:
    if not text:
        return False
    start = text[0] if type(text) is Cut else text[0][0]
    return entry.start - start <= 1


def _days(span: Stretch | None) -> int:
    """How many days a stretch has; a great many while it is open."""
    if span is None or not span.first.day or not span.last.day:
        return 999
    return _step(span.first, span.last) + 1


def _step(a: Day, b: Day) -> int:
    """Days from one day to another; in an open year the shorter way over New Year."""
    if a.known and b.known:
        first, last = a.first(), b.first()
        return (last - first).days if first and last else 999
    days = _length((a.month, a.day), (b.month, b.day))
    return days if days < 300 else days - 366


def _length(first: tuple[int, int], last: tuple[int, int]) -> int:
    a, b = date(2000, *first).toordinal(), date(2000, *last).toordinal()
    return b - a if b >= a else b - a + 366


def _possible(day: tuple[int, int]) -> bool:
    return 1 <= day[0] <= 12 and 1 <= day[1] <= month_length(2000, day[0])


def _month_in(row: Written, day: int) -> int:
    """The month of a day in a row over the end of a month."""
    first, last = row.first, row.last
    if last is None or not last.month or last.month == first.month:
        return first.month
    return first.month if day >= first.day else last.month if day <= last.day else 0


_SLASHES = lazy("(?<![0-9/.])([0-9]{1,2}) ?/ ?([0-9]{1,2})(?![0-9/%])")


def settle_order(written: list[Written], texts: Iterable[str]) -> Order | None:
    """Whether the days of a document are written day/month or month/day.

    Settled by what the rows of its schedules leave no choice about (27/8), then by the rows' order: a week is short, and
    the next one follows it; then by the entries.

    Args:
        written: The times of the rows.
        texts: The text of the schedules.

    Returns:
        None where both fit.
    """
    slashes = [w.slash for w in written if w.slash]
    return _order_of_rows(slashes) or _order_of_rows([(int(a), int(b)) for text in texts for a, b in _SLASHES.findall(text)])


def _order_of_rows(slashes: Sequence[tuple[int, ...]]) -> Order | None:
    if not slashes:
        return None
    pairs = [s[k : k + 2] for s in slashes for k in range(0, len(s), 2)]
    month_first = sum(b > 12 >= a for a, b in pairs)
    day_first = sum(a > 12 >= b for a, b in pairs)
    if month_first != day_first:
        return "month-day" if month_first > day_first else "day-month"
    scores: dict[Order, int] = {"month-day": 0, "day-month": 0}
    for order in scores:
        previous: tuple[int, int] | None = None
        for s in slashes:
            days = [(s[k], s[k + 1]) if order == "month-day" else (s[k + 1], s[k]) for k in range(0, len(s), 2)]
            if not all(_possible(day) for day in days):
                continue
            scores[order] += len(days) == 2 and _length(days[0], days[1]) <= 6
            scores[order] += previous is not None and 1 <= _length(previous, days[0]) <= 7
            previous = days[-1]
    if scores["month-day"] == scores["day-month"]:
        return None
    return max(scores, key=lambda order: scores[order])
