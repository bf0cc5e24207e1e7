"""Two documents compared: plans are paired, their entries aligned, and each pair is described in a record."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import NamedTuple

from planparse import __version__
from planparse.diff import fields, words
from planparse.diff.align import Alignment, Half, Wishes, align
from planparse.diff.due import apart
from planparse.diff.fold import bare, relative, years_in
from planparse.diff.groups import share
from planparse.diff.model import Candidate, Change, Comparison, Confidence, Count, FieldChange, Head, Mark, Record, Shift, Side
from planparse.diff.order import Link, chain
from planparse.diff.patch import debris, telling
from planparse.diff.similarity import Corpus
from planparse.diff.units import Unit, Values, by_plan
from planparse.model import Document, Plan

QUIET: frozenset[Change] = frozenset({"renumbered", "year", "shifted", "punctuation"})
"""Differences that are no findings."""
HIGH, MEDIUM = 0.8, 0.45
"""From so much likeness on a pair is sure, or likely."""
POSSIBLE = 0.25
"""From so much likeness on an entry without a partner may belong to another without one."""
PARTLY = 0.6
"""So much of an entry's words must stand in one that has a partner, to be partly carried over."""
REUNITED = 8
"""Entries of other plans with so many signs, and the same ones, are the same entry."""
MOST_POSSIBLE = 3
"""So many candidates are named."""
KEY_LENGTH = 10
"""So many signs of a key, after a letter: spreadsheets take a key of digits for a number."""
PLANS = 0.65
"""So much alike, a quarter of their titles' likeness added, must plans of one file be: all plans of a trade share half of their words."""
_LABELS = re.compile("(?:责任|牵头|配合|负责|主办|协办|完成|实施)?(?:单位|部门|科室|人员?|时限|时间|期限|要求)(?=\0)")
"""What stands before the name of an owner or a deadline."""
_WEEK = re.compile("第?[0-9〇零一二三四五六七八九十]+[周週]")
_HOLE = "\0"


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


class _Read(NamedTuple):
    """A document made ready: its plans and, plan by plan, its entries and their keys."""

    document: Document
    plans: list[Plan]
    units: list[list[Unit]]
    keys: list[list[str]]


def compare(old: Document, new: Document, options: Options = Options()) -> Comparison:
    """The records of what became of each entry of `old` in `new`."""
    olds, news = _read(old, options.plans[0] if options.plans else None), _read(new, options.plans[1] if options.plans else None)
    partners = _plan_pairs(olds, news)
    records: list[Record] = []
    shifts: list[Shift] = []
    count = _Counter()
    back = {b: a for a, b in partners.items()}
    stayed = {link.old for link in chain([Link(a, b, 1 - abs(a - b) / 1e5) for a, b in partners.items()])}
    for a, b in _in_order(len(olds.plans), len(news.plans), partners, back):
        if a is not None and b is not None:
            pair = _Pair(olds, news, a, b, options)
            if a not in stayed:
                pair.alignment.moved.add(0)
            pair.describe()
            records += pair.records
            shifts += pair.shifts
            count.regroup(pair.alignment)
        else:
            records += _alone(olds, news, a, b)
    records = _reunited(records)
    count.add(records)
    total = count.total(sum(map(len, olds.units)), sum(map(len, news.units)))
    if not options.everything:
        records = telling(records)
    told = json.loads(json.dumps(asdict(options)))  # lists, as they are read back
    return Comparison(
        version=__version__, old=_head(olds), new=_head(news), options=told, shifts=shifts, count=total, skipped=debris(new),
        records=records,
    )  # fmt: skip


# -- documents and plans -----------------------------------------------------------------------------------------


def _read(document: Document, ordinal: int | None) -> _Read:
    chosen = [at for at, plan in enumerate(document.plans) if ordinal is None or plan.ordinal == ordinal]
    units = by_plan(document)
    seen: Counter[str] = Counter()
    keys: list[list[str]] = []
    for at in chosen:
        mine = []
        for unit in units[at]:
            stem = "k" + sha256(f"{at}\n{unit.type}\n{bare(unit.text)}".encode()).hexdigest()[:KEY_LENGTH]
            seen[stem] += 1
            mine.append(stem if seen[stem] == 1 else f"{stem}-{seen[stem]}")
        keys.append(mine)
    return _Read(document, [document.plans[at] for at in chosen], [units[at] for at in chosen], keys)


def _head(read: _Read) -> Head:
    only = read.plans[0] if len(read.plans) == 1 else None
    source = read.document.source
    return Head(name=source.name, sha256=source.sha256, title=only.title if only else None, year=_year(only) if only else None)


def _year(plan: Plan) -> int | None:
    return plan.year.value if plan.year is not None else None


def _plan_pairs(old: _Read, new: _Read) -> dict[int, int]:
    """Which plan is which: the only two always are, others by what they say."""
    if len(old.plans) == len(new.plans) == 1:
        return {0: 0}
    said_old, said_new = ([" ".join(bare(unit.text) for unit in units) for units in read.units] for read in (old, new))
    corpus, titles = Corpus(said_old, said_new), Corpus(*([bare(units[0].text) for units in read.units] for read in (old, new)))
    scores = {
        (a, b): corpus.near(a, b) + titles.near(a, b) / 4 - abs(a - b) / 1e6 for a in range(len(said_old)) for b in range(len(said_new))
    }
    pairs: dict[int, int] = {}
    for (a, b), score in sorted(scores.items(), key=lambda item: (-item[1], sum(item[0]), item[0])):
        if score >= PLANS and a not in pairs and b not in pairs.values():
            pairs[a] = b
    return pairs


def _in_order(olds: int, news: int, pairs: dict[int, int], back: dict[int, int]) -> Iterator[tuple[int | None, int | None]]:
    """Plans in the new order, those that are gone where they stood."""
    gone: dict[int, list[int]] = defaultdict(list)
    last = -1
    for a in range(olds):
        if a in pairs:
            last = pairs[a]
        else:
            gone[last].append(a)
    for b in range(-1, news):
        if b >= 0:
            yield back.get(b), b
        for a in gone[b]:
            yield a, None


def _alone(old: _Read, new: _Read, a: int | None, b: int | None) -> Iterator[Record]:
    """The records of a plan that is gone, or new."""
    if a is not None:
        yield from (_gone(unit, key) for unit, key in zip(old.units[a], old.keys[a], strict=True))
    if b is not None:
        yield from (_new(unit, key) for unit, key in zip(new.units[b], new.keys[b], strict=True))


def _gone(unit: Unit, key: str, possible: list[Candidate] | None = None) -> Record:
    """The record of an entry that is gone, and with it its figures."""
    values = [FieldChange(field="target", change="dropped", old=target) for target in unit.values.targets]
    return Record(type=unit.type, old=_side(unit, key), changes=["removed"], fields=values, possible=possible or [])


def _new(unit: Unit, key: str, possible: list[Candidate] | None = None) -> Record:
    """The record of an entry that is new, and its figures with it."""
    values = [FieldChange(field="target", change="added", new=target) for target in unit.values.targets]
    return Record(type=unit.type, new=_side(unit, key), changes=["added"], fields=values, possible=possible or [])


def _reunited(records: list[Record]) -> list[Record]:
    """The records, where entries of plans that do not belong together say the same: they moved from one to the other."""
    gone: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.old is not None and record.new is None and len(bare(record.old.text)) >= REUNITED:
            gone[bare(record.old.text)].append(record)
    partners: dict[str, Record] = {}
    for record in records:
        among = gone.get(bare(record.new.text)) if record.new is not None and record.old is None else None
        if among and record.new is not None:
            partners[record.new.key] = among.pop(0)
    taken = {id(record) for record in partners.values()}
    return [
        _crossed(partners[record.new.key], record)
        if record.new is not None and record.new.key in partners and record.old is None
        else record
        for record in records
        if id(record) not in taken
    ]


def _crossed(old: Record, new: Record) -> Record:
    assert old.old is not None
    assert new.new is not None
    same = old.old.text == new.new.text
    changes: list[Change] = ["moved"] if same else ["moved", "punctuation"]
    return Record(type=new.type, old=old.old, new=new.new, changes=changes, similarity=1.0, confidence="high")


def _side(unit: Unit, key: str) -> Side:
    return Side(
        key=key, node=unit.node, plan=unit.plan, path=list(unit.path), number=unit.number, heading=unit.heading, text=unit.text,
        position=unit.position,
    )  # fmt: skip


# -- two plans ---------------------------------------------------------------------------------------------------


class _Pair:
    """Two plans that belong together, and the records made of them."""

    def __init__(self, old: _Read, new: _Read, a: int, b: int, options: Options) -> None:
        self.old, self.new = old.units[a], new.units[b]
        self.old_keys, self.new_keys = old.keys[a], new.keys[b]
        self.options = options
        self.bases, self.years = _step(old.plans[a], new.plans[b], self.old, self.new)
        self.halves = tuple(
            Half(units, [bare(relative(unit.text, base)) for unit in units])
            for units, base in zip((self.old, self.new), self.bases, strict=True)
        )
        self.alignment = _aligned(self.halves[0], self.halves[1], self._wishes())
        self.days = self._days()
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

    def _days(self) -> dict[int, int]:
        """How many days later a schedule's rows are, by old rows.

        It is the step of their neighbours where two rows agree, since a week more or less moves all that follow; a row that
        agrees with none has the step of most, and so a time of its own.
        """
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for i, j in sorted(self.alignment.pairs.items()):
            first, second, parent = self.old[i].values.when, self.new[j].values.when, self.old[i].parent
            if self.old[i].type == "schedule_row" and first is not None and second is not None and parent is not None:
                days = apart(first, second)
                if days is not None:
                    found[parent].append((i, days))
        steps: dict[int, int] = {}
        for rows in found.values():
            counts = Counter(days for _, days in rows)
            usual = max(counts, key=lambda days: (counts[days], -abs(days), days))
            for at, (row, days) in enumerate(rows):
                beside = {rows[near][1] for near in (at - 1, at + 1) if 0 <= near < len(rows)}
                steps[row] = days if days in beside else usual
        return steps

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
        gone: dict[int, list[int]] = defaultdict(list)
        last = -1
        for i in range(len(self.old)):
            if i in found.pairs:
                last = found.pairs[i]
            elif i not in regrouped:
                gone[last].append(i)
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
                self.records.append(_new(self.new[j], self.new_keys[j], possible.get(("new", j))))
            self.records += [_gone(self.old[i], self.old_keys[i], possible.get(("old", i))) for i in gone[j]]
        self._tell_steps()

    def _record(self, i: int, j: int) -> Record:
        old, new = self.old[i], self.new[j]
        values = self._values(i, old.values, new.values, old.text, new.text) if old.type != "signature" else []
        changes = [*self._words(i, j, values), *self._place(i, j), *dict.fromkeys(value.field for value in values)]
        if not changes and old.heading != new.heading:
            changes.append("punctuation")  # the same words, but the heading ends elsewhere
        score = self.alignment.scores.get((i, j), 0.0)
        return Record(
            type=new.type, old=_side(old, self.old_keys[i]), new=_side(new, self.new_keys[j]), changes=_sorted(changes),
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
            type=new.type, old=_side(old, self.old_keys[i]), new=_side(new, self.new_keys[j]), changes=_sorted(changes),
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

    def _values(self, i: int, old: Values, new: Values, old_text: str, new_text: str) -> list[FieldChange]:
        return fields.compare(old, new, years=self.years, days=self._days_at(i), old_text=old_text, new_text=new_text)

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
        if old.type == new.type == "plan" and _same_but_ordinal(self.halves[0].words[i], self.halves[1].words[j]):
            yield "renumbered"
            if years_in(old.text) != years_in(new.text):
                yield "year"
            return
        if old.type == new.type == "schedule_row" and _WEEK.sub("", bare(old.text)) == _WEEK.sub("", bare(new.text)):
            yield "renumbered"
            return
        if self._masked(old, self.bases[0]) != self._masked(new, self.bases[1]):
            yield "changed"
            return
        if not values and _swapped(_said(old, self.bases[0]), _said(new, self.bases[1])):
            yield "changed"  # the same values, each in the other's place
            return
        if not values:
            # The same values in other words: days that moved along, a day of its own for each signature, 一次 for 1次.
            yield "punctuation" if _times(old.values) == _times(new.values) else "shifted" if self._days_at(i) else "year"
        if old.type == "schedule_row" and _WEEK.findall(bare(old.text)) != _WEEK.findall(bare(new.text)):
            yield "renumbered"

    def _masked(self, unit: Unit, base: int | None) -> str:
        """The words of an entry with holes where its values stand."""
        text = bare(relative(unit.text, base))
        values = unit.values
        written = [
            *(target.text for target in values.targets), *(owner.text for owner in values.owners if not owner.inherited),
            *(due.text for due in values.deadlines if not due.inherited), *(citation.title for citation in values.citations),
            *([values.when.text] if values.when is not None else []),
        ]  # fmt: skip
        for value in sorted({bare(relative(value, base)) for value in written}, key=lambda value: (-len(value), value)):
            if value:
                text = text.replace(value, _HOLE, 1)
        if unit.type == "schedule_row":
            text = _WEEK.sub("", text)
        return _LABELS.sub("", text)

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
    def _candidate(unit: Unit, key: str, score: float, kind: str) -> Candidate:
        return Candidate(
            key=key, node=unit.node, text=unit.text, similarity=round(score, 4), kind="similar" if kind == "similar" else "partly"
        )

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


def _step(old: Plan, new: Plan, olds: list[Unit], news: list[Unit]) -> tuple[tuple[int | None, int | None], int]:
    """The year from which each plan's years are told, and how many years they are apart.

    Both are told the same way: by the title, else by what was found to be the plan's year, else by the year it names most.
    A title says it plainly, where the rest of a plan that was copied from an older one may speak for another year.
    """
    ways: tuple[tuple[int | None, int | None], ...] = (
        (_titled(old), _titled(new)),
        (_year(old), _year(new)),
        (_most_named(olds), _most_named(news)),
        (_titled(old) or _year(old) or _most_named(olds), _titled(new) or _year(new) or _most_named(news)),
    )
    for first, second in ways:
        if first is not None and second is not None:
            return (first, second), second - first
    return (None, None), 0


def _titled(plan: Plan) -> int | None:
    """The one year that a plan's title names."""
    named = {year for evidence in (plan.year.evidence if plan.year else ()) if evidence.kind == "title" for year in evidence.years}
    return named.pop() if len(named) == 1 else None


def _most_named(units: list[Unit]) -> int | None:
    named = Counter(year for unit in units for year in years_in(unit.text))
    return max(named, key=lambda year: (named[year], year)) if named else None


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


def _times(values: Values) -> list[str]:
    """The times without their years: 八月份 and 8月 are one."""
    return [(when.edtf or "")[4:] or when.text for when in (values.when, *values.deadlines) if when is not None]


def _said(unit: Unit, base: int | None) -> list[str]:
    """The values of an entry as they are written, in the order in which they stand in its words."""
    text = bare(relative(unit.text, base))
    values = unit.values
    written = {
        *(owner.text for owner in values.owners if not owner.inherited), *(due.text for due in values.deadlines if not due.inherited),
        *(citation.title for citation in values.citations), *(target.text for target in values.targets),
        *([values.when.text] if values.when is not None else []),
    }  # fmt: skip
    said = [bare(relative(value, base)) for value in written]
    return sorted((value for value in said if value in text), key=lambda value: (text.index(value), value))


def _swapped(old: list[str], new: list[str]) -> bool:
    return old != new and sorted(old) == sorted(new)


_ORDINAL = re.compile("(?:篇|之)[0-9一二三四五六七八九十]+$|[(（][0-9一二三四五六七八九十]+[)）]$")


def _same_but_ordinal(old: str, new: str) -> bool:
    """Whether two marks of a compiler (…篇1, …篇2) differ in their number alone."""
    first, second = _ORDINAL.sub("", old), _ORDINAL.sub("", new)
    return first == second and (first != old or second != new)


def _names(values: Values) -> Iterator[str]:
    """What is never cut when words are marked."""
    yield from (owner.text for owner in values.owners)
    yield from (due.text for due in values.deadlines)


ORDER: tuple[Change, ...] = (
    "removed", "added", "split", "merged", "moved", "changed", "target", "deadline", "owner", "citation", "when",
    "renumbered", "year", "shifted", "punctuation",
)  # fmt: skip


def _sorted(changes: Iterable[Change]) -> list[Change]:
    """Each change once, in one order."""
    return sorted(set(changes), key=ORDER.index)


# -- counting ----------------------------------------------------------------------------------------------------


class _Counter:
    """The one routine that counts, for every report."""

    def __init__(self) -> None:
        self.changes: Counter[str] = Counter()
        self.fields: Counter[str] = Counter()
        self.confidence: Counter[str] = Counter()
        self.pairs = self.unchanged = self.regrouped_old = self.regrouped_new = 0

    def add(self, records: list[Record]) -> None:
        """Counts records."""
        for record in records:
            self.changes.update(record.changes)
            self.fields.update(f"{value.field}/{value.change}" for value in record.fields)
            if record.confidence is not None:
                self.confidence[record.confidence] += 1
            if record.old is not None and record.new is not None and record.group is None:
                self.pairs += 1
                self.unchanged += not set(record.changes) - QUIET

    def regroup(self, alignment: Alignment) -> None:
        """Counts what was split and merged: an old entry that became two, two that became one."""
        self.regrouped_old += len(alignment.splits) + sum(len(group.parts) for group in alignment.mergers)
        self.regrouped_new += len(alignment.mergers) + sum(len(group.parts) for group in alignment.splits)

    def total(self, old: int, new: int) -> Count:
        """The sums, given how many entries there are on both sides."""
        return Count(
            old=old, new=new, pairs=self.pairs, removed=self.changes["removed"], added=self.changes["added"],
            regrouped_old=self.regrouped_old, regrouped_new=self.regrouped_new, unchanged=self.unchanged,
            changes={kind: self.changes[kind] for kind in ORDER if self.changes[kind]},
            fields=dict(sorted(self.fields.items())), confidence=dict(sorted(self.confidence.items())),
        )  # fmt: skip
