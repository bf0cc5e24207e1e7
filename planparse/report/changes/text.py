"""A comparison for people at a screen: what adds up, what to look at first, then every change in this year's order.

    二、重点工作 / （一）教学
      target raised, reworded  line 12 → line 14
      - 3.新建学校[-35-]所
      + 2.新建学校{+50+}所
          target raised: 学校 35 → 50 所 (+15, +42.9 %)

A wide screen shows the two years side by side. Without colours signs mark the words that differ.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.diff.model import Candidate, Comparison, FieldChange, Head, Record, Side
from planparse.messages import Translate
from planparse.report.changes import wording
from planparse.report.changes.formats import Screen
from planparse.report.changes.lines import Line, beside, half, hanging
from planparse.width import Span, colored, display_width, plain, visible

STYLES = {
    "": "", "dim": "dim", "bold": "bold", "old": "red", "new": "green", "gone": "bold red reverse", "come": "bold green reverse",
    "heading": "bold blue", "status": "cyan", "first": "bold yellow", "possible": "magenta",
}  # fmt: skip
WIDE = 120
"""From so many columns on the two years stand side by side."""
SHORT = 24
"""So many signs of an entry name it in the list of what to look at first."""
DIGITS = 12
"""So many digits of a file's SHA-256 are shown."""


def write(comparison: Comparison, *, translate: Translate, screen: Screen) -> str:
    """The report."""
    lines = list(_Report(comparison, translate, screen).lines())
    return colored(lines, STYLES) if screen.colour else plain(lines)


class _Report:
    """One report; its parts yield lines."""

    def __init__(self, comparison: Comparison, translate: Translate, screen: Screen) -> None:
        self.comparison = comparison
        self.translate = translate
        self.screen = screen
        everything = screen.everything or bool(comparison.options.get("only"))
        self.sections = {_bare(record.new): record.new.path for record in comparison.records if record.new is not None}
        """This year's sections that entries stand under, by their words."""
        self.listed = [record for record in comparison.records if everything or not wording.folded(record)]

    def lines(self) -> Iterator[Line]:
        yield from self.head()
        yield [Span("", "")]
        yield from self.counts()
        if not self.screen.summary:
            first = list(self.first())
            if first:
                yield from ([], [Span("first", self.translate("To look at first"))], *first)
            yield from self.changes()
        folds = list(self.folds())
        if folds:
            yield []
            for line in folds:
                yield from hanging([], [Span("dim", line)], self.screen.width)

    # -- head and counts -----------------------------------------------------------------------------------------

    def head(self) -> Iterator[Line]:
        yield from hanging([Span("old", "--- ")], self._file(self.comparison.old), self.screen.width)
        yield from hanging([Span("new", "+++ ")], self._file(self.comparison.new), self.screen.width)
        yield from hanging(
            [],
            [Span("dim", "  ".join([f"planparse {self.comparison.version}", *wording.options(self.comparison, self.translate)]))],
            self.screen.width,
        )

    def _file(self, head: Head) -> Line:
        facts = [head.title or "", str(head.year or ""), f"sha256 {head.sha256[:DIGITS]}"]
        return [Span("bold", visible(head.name)), Span("", "".join(f"  {visible(fact)}" for fact in facts if fact))]

    def counts(self) -> Iterator[Line]:
        for sentence in wording.sums(self.comparison, self.translate):
            yield from hanging([], [Span("", sentence)], self.screen.width)
        rows = [("unchanged", self.comparison.count.unchanged), *wording.counted(self.comparison)]
        names = [wording.named(key, self.translate) for key, _ in rows]
        wide = max(map(display_width, names))
        first = wording.asked_first(self.comparison)
        for name, (key, number) in zip(names, rows, strict=True):
            style = "first" if key in first else ""
            yield [Span(style, f"  {name}{' ' * (wide - display_width(name))}  {number:>5}")]
        if not any(wording.kinds(record) for record in self.comparison.records) and not self.screen.summary:
            yield []
            yield [Span("bold", self.translate("no differences"))]

    def folds(self) -> Iterator[str]:
        """What is no finding, a line a kind."""
        told = {"year": "year", "day": "shifted"}
        shifts = [shift for shift in self.comparison.shifts if shift.count]
        rest = [(key, number) for key, number in wording.folds(self.comparison) if key not in {told[shift.unit] for shift in shifts}]
        for shift in shifts:
            yield wording.shifted(shift, self.comparison, self.translate)
        for key, number in rest:
            yield self.translate("{what}: {words}").format(what=wording.named(key, self.translate), words=number)
        if (shifts or rest) and not self.screen.everything:
            yield self.translate("these are no findings, yet differences to the exit code; --all lists them")

    # -- what to look at first -----------------------------------------------------------------------------------

    def first(self) -> Iterator[Line]:
        for record in self.listed:
            if wording.exceptional(record):
                for field in record.fields:
                    if wording.is_exception(field):
                        yield from self._exception(record, field)

    def _exception(self, record: Record, field: FieldChange) -> list[Line]:
        side = record.new or record.old
        assert side is not None
        name = wording.place(side)
        entry = f"{name} {_short(side.text)}".strip() if name else _short(side.text)
        gone = [Span("old", f"{wording.named('removed', self.translate)}  ")] if record.new is None else []
        words = [Span("", f"{visible(entry)}  "), *gone, Span("bold", visible(wording.told(field, self.translate)))]
        return hanging([Span("first", "! ")], words, self.screen.width)

    # -- every change --------------------------------------------------------------------------------------------

    def changes(self) -> Iterator[Line]:
        shown = ""
        for record in self.listed:
            heading = self._heading(record)
            if heading != shown:
                yield []
                yield from hanging([], [Span("heading", heading)], self.screen.width)
                shown = heading
            yield from self._record(record)

    def _heading(self, record: Record) -> str:
        """What an entry stands under: this year's sections; last year's only where they are gone, not where they got other numbers."""
        path = record.new.path if record.new is not None else self.sections.get(_bare(record.old), None)
        if path is not None:
            return visible(" / ".join(path)) or self.translate("(at the top)")
        return self.translate("last year: {path}").format(path=visible(wording.trail(record.old)))

    def _record(self, record: Record) -> Iterator[Line]:
        if not wording.kinds(record) and not record.possible:
            assert record.new is not None
            yield from hanging([Span("dim", "    ")], _entry(record.new, [Span("dim", _flat(record.new.text))], ""), self.screen.width)
            return
        yield from hanging([Span("", "  ")], self._status(record), self.screen.width)
        yield from self._sides(record)
        for words in self._notes(record):
            yield from hanging([Span("", "      ")], words, self.screen.width)

    def _status(self, record: Record) -> Line:
        style = "first" if wording.exceptional(record) else "status"
        spans = [Span(style, wording.status(record, self.translate))]
        where = [text for text in (wording.line(record.old, self.translate), wording.line(record.new, self.translate)) if text]
        facts = [wording.ARROW.join(where)] if where else []
        if record.similarity is not None and record.confidence in ("medium", "low"):
            sure = self.translate("alike {similarity}, confidence {confidence}")
            facts.append(
                sure.format(similarity=f"{record.similarity:.2f}", confidence=self.translate(wording.CONFIDENCE[record.confidence]))
            )
        elif record.confidence == "confirmed":
            facts.append(self.translate(wording.CONFIDENCE["confirmed"]))
        if record.group is not None:
            facts.append(self.translate("group {number}").format(number=record.group))
        return [*spans, Span("dim", "".join(f"  {visible(fact)}" for fact in facts))]

    def _sides(self, record: Record) -> list[Line]:
        old, new = record.old, record.new
        width = self.screen.width - 2
        wide = self.screen.width >= WIDE
        same = old is not None and new is not None and _flat(old.text) == _flat(new.text)
        if new is not None and same and (not wide or wording.label(old) == wording.label(new)):
            return [[Span("", "  "), *line] for line in hanging([Span("", "= ")], _entry(new, [Span("", _flat(new.text))], ""), width)]
        before, after = self._words(record)
        room = half(width) if wide else width
        left = hanging([Span("old", "- ")], _entry(old, before, "old"), room) if old is not None else []
        right = hanging([Span("new", "+ ")], _entry(new, after, "new"), room) if new is not None else []
        lines = beside(left, right, width) if wide else [*left, *right]
        return [[Span("", "  "), *line] for line in lines]

    def _words(self, record: Record) -> tuple[Line, Line]:
        """The words of both sides, what differs marked."""
        if not record.marks:
            old, new = (_flat(side.text) if side is not None else "" for side in (record.old, record.new))
            paired = old == new  # only the label differs
            return [Span("" if paired else "old", old)], [Span("" if paired else "new", new)]
        before: Line = []
        after: Line = []
        for mark in record.marks:
            equal = mark.verb == "equal"
            if mark.old:
                before.append(Span("", _flat(mark.old)) if equal else self._marked("gone", mark.old, "[-", "-]"))
            if mark.new:
                after.append(Span("", _flat(mark.new)) if equal else self._marked("come", mark.new, "{+", "+}"))
        return before, after

    def _marked(self, style: str, text: str, opening: str, closing: str) -> Span:
        return Span(style, _flat(text) if self.screen.colour else f"{opening}{_flat(text)}{closing}")

    def _notes(self, record: Record) -> Iterator[Line]:
        """What is said under an entry: where it was, its values, whom it may belong to."""
        if "moved" in record.changes:
            old, new = wording.place(record.old), wording.place(record.new)
            if old != new:  # among the same labels only the lines tell, which stand above
                moved = self.translate("from {old} to {new}").format(old=old or wording.NONE, new=new or wording.NONE)
                yield [Span("status", visible(moved))]
        elif "renumbered" in record.changes and not record.marks and wording.label(record.old) != wording.label(record.new):
            labels = (wording.label(side) or wording.NONE for side in (record.old, record.new))
            yield [Span("dim", visible(wording.ARROW.join(labels)))]
        for field in record.fields:
            yield [Span("bold" if wording.is_exception(field) else "", visible(wording.told(field, self.translate)))]
        own = record.new or record.old
        assert own is not None
        for candidate in wording.candidates(record):
            yield self._candidate(own, candidate, gone=record.new is None)

    def _candidate(self, own: Side, candidate: Candidate, *, gone: bool) -> Line:
        message = (
            self.translate("perhaps this ({similarity}): {text}")
            if candidate.kind == "similar"
            else self.translate("perhaps partly in this ({similarity}): {text}")
        )
        pair = (own.key, candidate.key) if gone else (candidate.key, own.key)
        words = message.format(similarity=f"{candidate.similarity:.2f}", text=_flat(candidate.text))
        return [Span("possible", f"? {words}"), Span("dim", f"  {','.join(pair)}")]


def _entry(side: Side | None, words: Line, style: str) -> Line:
    name = wording.label(side)
    if not name:
        return words
    blank = " " if name[-1].isalnum() or name.isascii() else ""
    return [Span(style, visible(name) + blank), *words]


def _flat(text: str) -> str:
    """Words on one line; the cells of a row are parted by bars."""
    return visible(text.replace("\t", " | ").replace("\n", " "))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= SHORT else flat[: SHORT - 1] + "…"


def _bare(side: Side | None) -> tuple[str, ...]:
    """What an entry stands under without the labels: a section that got another number is the same."""
    return tuple(part[wording.label_length(part) :].strip() for part in side.path) if side is not None else ()
