"""Two plans that belong together: each pair of their entries is described in a record."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from planparse.diff import fields, words
from planparse.diff.align import align
from planparse.diff.alignment import Alignment, Half, Wishes
from planparse.diff.fold import bare, relative, years_in
from planparse.diff.groups import share
from planparse.diff.model import Candidate, Change, Confidence, FieldChange, Mark, Record, Shift
from planparse.diff.records import QUIET, gone, in_order, new_of, side_of
from planparse.diff.sameness import WEEK, masked, said, same_but_ordinal, swapped, times_of
from planparse.diff.steps import days_apart, years_apart
from planparse.diff.units import Unit, Values
from planparse.model import Document, Plan

HIGH, MEDIUM = 0.8, 0.45
"""From so much likeness on a pair is sure, or likely."""
POSSIBLE = 0.25
"""From so much likeness on an entry without a partner may belong to another without one."""
PARTLY = 0.6
"""So much of an entry's words must stand in one that has a partner, to be partly carried over."""
MOST_POSSIBLE = 3
"""So many candidates are named."""


@dataclass(frozen=True)
class Options:
    """What shapes a comparison."""

    threshold: float | None = None
    """The least likeness of a pair, 0 to 1; None for the measured ones."""
    words: bool = False
    """Whether differing words are marked by a dictionary's words instead of signs."""
    confirmed: tuple[tuple[str, str], ...] = ()
    """Keys of entries that are the same."""
    rejected: tuple[tuple[str, str], ...] = ()
    """Keys of entries that are not."""
    plans: tuple[int, int] | None = None
    """The ordinals of the two plans that are to be compared; None for all."""
    everything: bool = False
    """Whether pairs without any change have a record too."""


class Read(NamedTuple):
    """A document made ready: its plans and, plan by plan, its entries and their keys."""

    document: Document
    plans: list[Plan]
    units: list[list[Unit]]
    keys: list[list[str]]


class PlanPair:
    """Two plans that belong together, and the records made of them."""

    def __init__(self, old: Read, new: Read, a: int, b: int, options: Options) -> None:
        self.old, self.new = old.units[a], new.units[b]
        self.old_keys, self.new_keys = old.keys[a], new.keys[b]
        self.options = options
        self.bases, self.years = years_apart(old.plans[a], new.plans[b], self.old, self.new)
        self.halves = tuple(
            Half(units, [bare(relative(unit.text, base)) for unit in units])
            for units, base in zip((self.old, self.new), self.bases, strict=True)
        )
        self.alignment = _aligned(self.halves[0], self.halves[1], self._wishes())
        self.days = days_apart(self.old, self.new, self.alignment.pairs)
        self.cut = words.cutter() if options.words else None
        self.records: list[Record] = []
        self.shifts: list[Shift] = []

    def _wishes(self) -> Wishes:
        old_places, new_places = ({key: at for at, key in enumerate(keys)} for keys in (self.old_keys, self.new_keys))
        known = [
            [(old_places[a], new_places[b]) for a, b in pairs if a in old_places and b in new_places]
            for pairs in (self.options.confirmed, self.options.rejected)
        ]
        return Wishes(dict(known[0]), set(known[1]), self.options.threshold)

    def _days_at(self, i: int) -> int:
        at: int | None = i
        while at is not None:
            if at in self.days:
                return self.days[at]
            at = self.old[at].parent
        return 0

    def describe(self) -> None:
        """Makes the records, in the new order, what was removed where it stood, and the steps in time they show."""
        found = self.alignment
        back = {j: i for i, j in found.pairs.items()}
        splits = {part: group for group in found.splits for part in group.parts}
        mergers = {group.whole: group for group in found.mergers}
        regrouped = {group.whole for group in found.splits} | {part for group in found.mergers for part in group.parts}
        numbers = {id(group): at for at, group in enumerate((*found.splits, *found.mergers), 1)}
        possible = self._possible(back, regrouped, {*splits, *mergers})
        left: dict[int, list[int]] = defaultdict(list)
        last = -1
        for i in range(len(self.old)):
            if i in found.pairs:
                last = found.pairs[i]
            elif i not in regrouped:
                left[last].append(i)
        for j in range(-1, len(self.new)):
            if j in splits:
                group = splits[j]
                self.records.append(self._part(group.whole, j, "split", group.parts, [group.whole], numbers[id(group)]))
            elif j in mergers:
                group = mergers[j]
                self.records += [self._part(i, j, "merged", [j], group.parts, numbers[id(group)]) for i in group.parts]
            elif j in back:
                self.records.append(self._record(back[j], j))
            elif j >= 0:
                self.records.append(new_of(self.new[j], self.new_keys[j], possible.get(("new", j))))
            self.records += [gone(self.old[i], self.old_keys[i], possible.get(("old", i))) for i in left[j]]
        self._tell_steps()

    def _record(self, i: int, j: int) -> Record:
        old, new = self.old[i], self.new[j]
        values = self._values(i, old, new) if old.type != "signature" else []
        changes = [*self._words(i, j, values), *self._place(i, j), *dict.fromkeys(value.field for value in values)]
        if not changes and old.heading != new.heading:
            changes.append("punctuation")  # the same words, but the heading ends elsewhere
        score = self.alignment.scores.get((i, j), 0.0)
        return Record(
            type=new.type, old=side_of(old, self.old_keys[i]), new=side_of(new, self.new_keys[j]), changes=in_order(changes),
            similarity=round(score, 4), confidence=self._confidence(i, j, score), fields=values, marks=self._marks(old, new),
        )  # fmt: skip

    def _part(self, i: int, j: int, kind: Change, news: list[int], olds: list[int], number: int) -> Record:
        """The record of an entry's part. The values of the whole are compared with those of all parts, and told once."""
        old, new = self.old[i], self.new[j]
        values = [value for at, value in self._of_parts(olds, news) if at == (i, j)]
        score = self.alignment.scores.get((i, j), 0.0)
        changes: list[Change] = [kind, *dict.fromkeys(value.field for value in values)]
        if old.parent is not None and self.alignment.pairs.get(old.parent) != new.parent:
            changes.append("moved")
        return Record(
            type=new.type, old=side_of(old, self.old_keys[i]), new=side_of(new, self.new_keys[j]), changes=in_order(changes),
            similarity=round(score, 4), confidence=self._confidence(i, j, max(score, MEDIUM)), fields=values,
            marks=self._marks(old, new), group=number,
        )  # fmt: skip

    def _of_parts(self, olds: list[int], news: list[int]) -> Iterator[tuple[tuple[int, int], FieldChange]]:
        """The values that differ between a whole and its parts, each with the part where it stands."""
        texts = [self.old[at].text for at in olds], [self.new[at].text for at in news]
        old, new = _together(self.old[at].values for at in olds), _together(self.new[at].values for at in news)
        words = " ".join(texts[0]), " ".join(texts[1])
        years, days = self.years, self._days_at(olds[0])
        for value in fields.compare(old, new, years=years, days=days, old_text=words[0], new_text=words[1], parts=True):
            yield (olds[fields.holder(value, texts[0], "old")], news[fields.holder(value, texts[1], "new")]), value

    def _values(self, i: int, old: Unit, new: Unit) -> list[FieldChange]:
        days = self._days_at(i)
        return fields.compare(old.values, new.values, years=self.years, days=days, old_text=old.text, new_text=new.text)

    def _place(self, i: int, j: int) -> Iterator[Change]:
        if i in self.alignment.moved:
            yield "moved"
        old, new = self.old[i], self.new[j]
        first, second = (unit.number.text if unit.number else "" for unit in (old, new))
        if bare(first) != bare(second) or (first != second and not bare(first)) or old.type != new.type:
            yield "renumbered"
        elif first != second:
            yield "punctuation"

    def _words(self, i: int, j: int, values: list[FieldChange]) -> Iterator[Change]:
        """How the words differ, beside what the values say."""
        old, new = self.old[i], self.new[j]
        if old.text == new.text:
            return
        if bare(old.text) == bare(new.text):
            yield "punctuation"
            return
        if self.halves[0].words[i] == self.halves[1].words[j]:
            yield "year"
            return
        if old.type == new.type == "plan" and same_but_ordinal(self.halves[0].words[i], self.halves[1].words[j]):
            yield "renumbered"
            if years_in(old.text) != years_in(new.text):
                yield "year"
            return
        if old.type == new.type == "schedule_row" and WEEK.sub("", bare(old.text)) == WEEK.sub("", bare(new.text)):
            yield "renumbered"
            return
        if masked(old, self.bases[0]) != masked(new, self.bases[1]):
            yield "changed"
            return
        if not values and swapped(said(old, self.bases[0]), said(new, self.bases[1])):
            yield "changed"  # the same values, each in the other's place
            return
        if not values:
            # The same values in other words: days that moved along, a day of its own for each signature, 一次 for 1次.
            yield "punctuation" if times_of(old.values) == times_of(new.values) else "shifted" if self._days_at(i) else "year"
        if old.type == "schedule_row" and WEEK.findall(bare(old.text)) != WEEK.findall(bare(new.text)):
            yield "renumbered"

    def _marks(self, old: Unit, new: Unit) -> list[Mark]:
        if old.text == new.text or old.type == "schedule_row":
            return []
        whole = {*_names(old.values), *_names(new.values)}
        return words.marks(old.text, new.text, cut=self.cut, whole=tuple(sorted(whole)), fold=True)

    def _confidence(self, i: int, j: int, score: float) -> Confidence:
        if (self.old_keys[i], self.new_keys[j]) in self.options.confirmed:
            return "confirmed"
        if i == j == 0 and len(self.alignment.pairs) == 1 < min(len(self.old), len(self.new)):
            return "low"  # two plans that have nothing in common
        old, new = self.old[i], self.new[j]
        if {old.type, new.type} & {"plan", "schedule", "table", "schedule_row"} or (old.children and new.children):
            return "high" if score >= HIGH or old.type == "plan" else "medium"
        return "high" if score >= HIGH else "medium" if score >= MEDIUM else "low"

    def _possible(self, back: dict[int, int], used_old: set[int], used_new: set[int]) -> dict[tuple[str, int], list[Candidate]]:
        """For entries without a partner: those of the other plan they may belong to."""
        found: dict[tuple[str, int], list[Candidate]] = defaultdict(list)
        pairs, vectors = self.alignment.pairs, self.alignment.vectors
        for (i, j), score in sorted(self.alignment.scores.items(), key=lambda item: (-item[1], item[0])):
            free_old, free_new = i not in pairs and i not in used_old, j not in back and j not in used_new
            if free_old and free_new and score >= POSSIBLE:
                found["old", i].append(self._candidate(self.new[j], self.new_keys[j], score, "similar"))
                found["new", j].append(self._candidate(self.old[i], self.old_keys[i], score, "similar"))
            elif free_old and share(vectors[0][i], vectors[1][j]) >= PARTLY:
                found["old", i].append(self._candidate(self.new[j], self.new_keys[j], score, "partly"))
            elif free_new and share(vectors[1][j], vectors[0][i]) >= PARTLY:
                found["new", j].append(self._candidate(self.old[i], self.old_keys[i], score, "partly"))
        return {place: candidates[:MOST_POSSIBLE] for place, candidates in found.items()}

    @staticmethod
    def _candidate(unit: Unit, key: str, score: float, kind: Literal["similar", "partly"]) -> Candidate:
        return Candidate(key=key, node=unit.node, text=unit.text, similarity=round(score, 4), kind=kind)

    def _tell_steps(self) -> None:
        """The steps in time that the records show."""
        ordinal = self.new[0].plan
        rolled_on = sum("year" in record.changes and not set(record.changes) - QUIET for record in self.records)
        if rolled_on:
            self.shifts.append(Shift(unit="year", amount=self.years, count=rolled_on, plan=ordinal))
        moved = Counter[tuple[str, int]]()
        rows = {self.new[self.alignment.pairs[row]].node: (row, days) for row, days in self.days.items()}
        for record in self.records:
            if "shifted" in record.changes and record.new is not None:
                row = next((rows[place] for place in _places(record.new.node) if place in rows), None)
                if row is not None and row[1]:
                    schedule = self.old[row[0]].parent
                    assert schedule is not None
                    moved[self.new[self.alignment.pairs[schedule]].node, row[1]] += 1
        for (node, days), count in sorted(moved.items()):
            self.shifts.append(Shift(unit="day", amount=days, count=count, node=node, plan=ordinal))


def _places(node: str) -> Iterator[str]:
    """The pointer of an entry, and of all that hold it."""
    while node:
        yield node
        node = node.rpartition("/")[0]


def _aligned(old: Half, new: Half, wishes: Wishes) -> Alignment:
    """The alignment, always made from the same side, so that both ways round give the same."""
    first, second = ([(said, u.type, u.parent or 0, u.text) for said, u in zip(half.words, half.units, strict=True)] for half in (old, new))
    if first <= second:
        return align(old, new, wishes)
    turned = Wishes({j: i for i, j in wishes.confirmed.items()}, {(j, i) for i, j in wishes.rejected}, wishes.threshold)
    return align(new, old, turned).turned()


def _together(values: Iterable[Values]) -> Values:
    """The values of several entries as one's."""
    all_values = list(values)
    return Values(
        [target for one in all_values for target in one.targets],
        [owner for one in all_values for owner in one.owners],
        [due for one in all_values for due in one.deadlines],
        [citation for one in all_values for citation in one.citations],
        next((one.when for one in all_values if one.when is not None), None),
    )


def _names(values: Values) -> Iterator[str]:
    """What is never cut when words are marked."""
    yield from (owner.text for owner in values.owners)
    yield from (due.text for due in values.deadlines)
