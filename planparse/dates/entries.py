"""The time expressions of one plan, each with the node it stands in and the time around it: what resolving starts from."""

from __future__ import annotations

from typing import Any, NamedTuple

from planparse.dates.complete import Order, Stretch, settle
from planparse.dates.notations import FOLD, SURELY_YEAR
from planparse.dates.reading import find_times, read_clock
from planparse.dates.written import Moment, Written
from planparse.syntax.repair import FILLER, clean
from planparse.syntax.tree import Cut, Node

CONTEXT = frozenset({"month", "range", "date", "week", "quarter", "half_year", "festival", "term", "year"})
"""Kinds of time that a heading hands down to what is under it."""
LONGEST_TITLE = 80
"""A cited title is no longer than this."""
LONGEST_PERIOD = 13
"""A title's range of so many days narrows the weekdays below it."""


class Entry:
    """One time expression and what is known of its place."""

    __slots__ = ("end", "hour", "mention", "outer", "row", "start", "stretch", "text", "unit", "values", "written")

    def __init__(self, written: Written | None, text: str, start: int, end: int, outer: Entry | None) -> None:
        self.written = written
        """None for an hour without a day."""
        self.text = text
        """Empty for the time of a row that has only a number."""
        self.start = start
        self.end = end
        self.outer = outer
        """The time around it: of the row, the heading, the date before it."""
        self.row = False
        """Whether it is the key of a row, `unit` telling of what."""
        self.unit = ""
        self.hour = ""
        """The time of day that a row's own column gives."""
        self.mention = False
        """Only part of a name or a cited title: the node is not about it."""
        self.stretch: Stretch | None = None
        """What it resolved to."""
        self.values: dict[str, Any] = {}
        """The fields of its `When`."""


class Row(NamedTuple):
    """A row of a schedule: its key, its node, the times its entries are about."""

    key: Entry
    node: Node
    leads: list[Entry]


class Assigned(NamedTuple):
    """A node, the time it is about, and all that its words name."""

    node: Node
    main: Entry | None
    entries: list[Entry]


class Collected:
    """All times of one plan, in order of the text."""

    def __init__(self, work: str, plan: Node, order: Order | None) -> None:
        self.work = work
        self.plan = plan
        self.order = order
        self.entries: list[Entry] = []
        """Those of the body."""
        self.titles: list[Entry] = []
        self.mark: list[Entry] = []
        self.signatures: list[Entry] = []
        self.schedules: list[tuple[Node, list[Row]]] = []
        self.assigned: list[Assigned] = []
        self._collect_title()
        around = self._around()
        for child in plan.children:
            self._collect(child, around, None)

    def _collect_title(self) -> None:
        fields = self.plan.fields
        if "mark" in fields:
            self.mark = self._times(fields["mark"], None)
        if "title" in fields:
            self.titles = self._times(fields["title"], None)
        for node in fields.get("subtitles", ()):
            cut = node.fields["text"]
            if cut != fields.get("title") and cut != fields.get("mark"):
                self.titles.extend(self._times(cut, None))

    def _around(self) -> Entry | None:
        """The week or the month the title gives, if it gives one: 第三周工作安排（9.16-9.22）, 9月份工作安排."""
        months = [e for e in self.titles if e.written and e.written.kind == "month" and e.written.last is None and not e.written.bound]
        short = [e for e in self.titles if e.written and e.written.kind == "range" and _days_written(e.written) <= LONGEST_PERIOD]
        if len(short) == 1:
            return short[0]
        return months[0] if len(months) == 1 and len(self.titles) == 1 else None

    def _times(self, cut: Any, outer: Entry | None) -> list[Entry]:
        """The time expressions of a stretch or of the stretches of one text."""
        if type(cut) is str:
            return []
        work, order = self.work, self.order
        cuts = (cut,) if type(cut) is Cut else cut
        start, end = cuts[0][0], cuts[-1][1]
        if len(cuts) == 1 and work.find(FILLER, start, end) < 0:
            return [Entry(settle(w, order) if w.slash else w, work[w[1] : w[2]], w[1], w[2], outer) for w in find_times(work, start, end)]
        places = [k for a, b in cuts for k in range(a, b) if work[k] != FILLER]
        text = "".join(work[k] for k in places)
        found = []
        for written in find_times(text, 0, len(text)):
            first, last = places[written.start], places[written.end - 1] + 1
            moved = settle(written, order)._replace(start=first, end=last)
            found.append(Entry(moved, text[written.start : written.end], first, last, outer))
        return found

    def _collect(self, node: Node, outer: Entry | None, before: Entry | None) -> Entry | None:
        """Collects a node and what is under it; returns the time the node is about."""
        kind, own = node.type, node.fields
        if kind == "schedule":
            self._collect_schedule(node, outer)
            return None
        if kind == "table":
            self._collect_table(node, outer)
            return None
        if kind == "noise":
            return None
        main = None
        heading, text = own.get("heading"), own.get("text")
        if heading or text:
            headed = self._times(heading, outer) if heading else []
            running = self._times(text, outer) if text else []
            if headed or running:
                main = self._assign(node, headed, running)
            words = text or heading
            if main is None or not (_leads(main, words) or (heading and main in headed)):
                main = self._hour(node, words, before, outer, headed + running) or main
        if main is None:
            own.pop("when", None)  # the node holds no time: nothing of an earlier pass may stay
        if kind == "signature":
            if main is not None:
                self.signatures.append(main)
            return main
        inner = main if main is not None and _hands_down(main, heading, text) else outer
        for child in node.children:
            self._collect(child, inner, None)
        return main

    def _assign(self, node: Node, headed: list[Entry], running: list[Entry]) -> Entry | None:
        if not headed and len(running) == 1:  # by far the commonest
            entry = running[0]
            self.entries.append(entry)
            entry.mention = self._is_mention(node, entry)
            about = not entry.mention and (_leads(entry, node.fields.get("text")) or _is_due(entry) or _is_definite(entry))
            self.assigned.append(Assigned(node, entry if about else None, running))
            return entry if about else None
        entries = [*headed, *running]
        self.entries.extend(entries)
        for entry in entries:
            entry.mention = self._is_mention(node, entry)
        if len(entries) > 1:
            self._chain(entries)
        main = _choose([e for e in headed if not e.mention], []) or _choose(
            [], [e for e in running if not e.mention], node.fields.get("text")
        )
        self.assigned.append(Assigned(node, main, entries))
        return main

    def _chain(self, entries: list[Entry]) -> None:
        """What a date leaves out it shares with the date before it: 6月6日、7日; 8月：28日；2022年：6月底前; 19日—20日（周六、周日）."""
        before: Entry | None = None
        for entry in entries:
            written = entry.written
            assert written is not None
            first = written.first
            following = self.work[entry.end : entry.end + 1]
            if before is not None and before.written is not None:
                told = before.written
                # 7日, 中旬, 月底: their month is that of the date before. 元旦, 周六 in brackets, a month: what is around them is that date.
                partial = bool(first.day) and not first.month and not first.shift and not written.repeat
                partial = partial or (first.span == "third" and not first.month) or first.shift == ("month", 0)
                festival = first.span == "festival" and not first.year and not first.shift
                bracketed = written.kind == "weekday" and not first.shift and not self.work[before.end : entry.start].strip(" \u3000（(")
                yearless = bool(first.month) and not first.year and told.kind == "year"
                if (partial and told.first.month) or festival or bracketed or yearless:
                    entry.outer = before
            if (first.month and not entry.mention and not written.repeat) or (
                written.kind == "year" and first.year.isdigit() and following in ("：", ":") and entry is entries[0]
            ):
                before = entry

    def _hour(self, node: Node, text: Any, before: Entry | None, outer: Entry | None, others: list[Entry]) -> Entry | None:
        """下午, 第三节 at the beginning of an entry: on the day of the entry above, or of the row."""
        start, end = (text[0], text[1]) if type(text) is Cut else (text[0][0], text[-1][1])
        day = _single_day(before) or _single_day(outer)
        clock = read_clock(self.work, start, end) if day is not None else None
        if clock is None or day is None:
            return None
        entry = Entry(None, clean(self.work, *clock), *clock, day)
        self.entries.append(entry)
        if others:
            self.assigned.pop()  # the node was about another of its times, or about none
        self.assigned.append(Assigned(node, entry, [entry, *others]))
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
            return SURELY_YEAR.match(following) is not None and not following.startswith(("工作", "计划", "要点"))
        if written.bound or written.first.edge or written.first.year or written.first.shift:
            return False
        return bool(following) and following[0] not in " \u3000:;,。\n\r\t\x0b|)、\u200b" and not following.startswith("放假")

    def _collect_schedule(self, node: Node, outer: Entry | None) -> None:
        rows: list[Row] = []
        above: Entry | None = None
        for row in node.children:
            key = self._row_key(node, row, outer, above)
            if key is not None:
                self.entries.append(key)
                above = key
            inner = key if key is not None and (key.written is None or key.written.kind != "recurrence") else outer
            leads: list[Entry] = []
            bare: list[Node] = []
            before: Entry | None = None
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
                rows.append(Row(key, row, leads))
        self.schedules.append((node, rows))

    def _row_key(self, schedule: Node, row: Node, outer: Entry | None, above: Entry | None) -> Entry | None:
        when = row.fields.get("when")
        week = row.fields.get("week")
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
            below = written is None or (outer is None and above is not None and _goes_on(written, above))
            entry = Entry(written, when["text"], start, end, above if below else outer)
            entry.hour = when.get("time_of_day") or ""
        entry.row, entry.unit = True, schedule.fields["unit"]
        self.assigned.append(Assigned(row, entry, [entry] if entry.text else []))
        return entry

    def _due(self, row: Node, bare: list[Node], outer: Entry | None) -> None:
        """The deadline of a row's own column, for its entries that name no time themselves."""
        cut = row.fields.get("due")
        entries = self._times(cut, outer) if cut is not None else []
        if not entries:
            return
        main = entries[0]
        assert main.written is not None
        if main.written.bound != "from":
            main.written = main.written._replace(bound="by")
        self.entries.extend(entries)
        self.assigned.extend(Assigned(item, main, [main]) for item in bare)

    def _collect_table(self, node: Node, outer: Entry | None) -> None:
        """The times of a table that is keyed by none, cell by cell."""
        entries: list[Entry] = []
        at = node.start
        for cell in self.work[node.start : node.end].replace("|", "\t").replace("\n", "\t").split("\t"):
            if cell.strip():
                entries.extend(self._times(Cut(at, at + len(cell)), outer))
            at += len(cell) + 1
        for entry in entries:
            entry.mention = self._is_mention(node, entry)
        self.entries.extend(entries)
        self.assigned.append(Assigned(node, None, entries))


def _single_day(entry: Entry | None) -> Entry | None:
    """The day that a time of day can be on; None where the time is none or many days."""
    if entry is not None and entry.written is None:
        entry = entry.outer
    if entry is None or entry.written is None or entry.written.last is not None:
        return None
    return entry if entry.written.kind in ("weekday", "date") else None


def _goes_on(written: Written, above: Entry) -> bool:
    """Whether a row's 20日 is of the month of the row above, whose day comes before it."""
    day = written.first.day
    return bool(day) and not written.first.month and above.written is not None and 0 < above.written.first.day <= day


def _hands_down(main: Entry, heading: Any, text: Any) -> bool:
    """Whether what is under a node shares its time: the heading names it, or the text begins with it."""
    written = main.written
    if written is None or written.kind not in CONTEXT or written.bound:
        return False
    if written.kind == "year" and not written.first.year.isdigit():
        return False
    return heading is not None or _leads(main, text)


def _choose(headed: list[Entry], running: list[Entry], text: Any = None) -> Entry | None:
    """The time a node is about: its heading's, the one it begins with, its one deadline, or the only one there is."""
    if headed:
        return headed[0] if len(headed) == 1 else next((e for e in headed if e.written and e.written.bound == "by"), headed[0])
    if not running:
        return None
    if _leads(running[0], text):
        return running[0]
    due = [entry for entry in running if _is_due(entry)]
    if len(due) == 1:
        return due[0]
    definite = [entry for entry in running if _is_definite(entry)]
    return definite[0] if len(definite) == 1 else None


def _is_due(entry: Entry) -> bool:
    """Whether a time is a deadline of its own; 每月25日前 is one of many."""
    return entry.written is not None and entry.written.bound == "by" and not entry.written.repeat


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


def _days_written(written: Written) -> int:
    """How many days a range has, as far as its own months and days tell; a great many where they do not."""
    first, last = written.first, written.last
    if last is None or not first.day or not last.day or first.shift or last.shift:
        return 999
    months = ((last.month or first.month) - first.month) % 12
    return months * 30 + last.day - first.day + 1
