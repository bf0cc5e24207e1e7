"""Two documents compared: plans are paired, their entries aligned, and each pair is described in a record."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256

from planparse import __version__
from planparse.diff.counting import Tally
from planparse.diff.fold import bare
from planparse.diff.model import Comparison, Head, Record, Shift
from planparse.diff.order import Link, chain
from planparse.diff.pair import Options, PlanPair, Read
from planparse.diff.patch import debris, telling
from planparse.diff.records import gone, new_of, reunited
from planparse.diff.similarity import Corpus
from planparse.diff.steps import year_of
from planparse.diff.units import by_plan
from planparse.model import Document

__all__ = ["Options", "compare"]

DEFAULT = Options()
PLANS = 0.65
"""So much alike, a quarter of their titles' likeness added, must plans of one file be: all plans of a trade share half of their words."""
KEY_LENGTH = 10
"""So many signs of a key, after a letter: spreadsheets take a key of digits for a number."""


def compare(old: Document, new: Document, options: Options = DEFAULT) -> Comparison:
    """The records of what became of each entry of `old` in `new`."""
    olds, news = _read(old, options.plans[0] if options.plans else None), _read(new, options.plans[1] if options.plans else None)
    partners = _plan_pairs(olds, news)
    records: list[Record] = []
    shifts: list[Shift] = []
    count = Tally()
    back = {b: a for a, b in partners.items()}
    stayed = {link.old for link in chain([Link(a, b, 1 - abs(a - b) / 1e5) for a, b in partners.items()])}
    for a, b in _in_order(len(olds.plans), len(news.plans), partners, back):
        if a is not None and b is not None:
            pair = PlanPair(olds, news, a, b, options)
            if a not in stayed:
                pair.alignment.moved.add(0)
            pair.describe()
            records += pair.records
            shifts += pair.shifts
            count.regroup(pair.alignment)
        else:
            records += _alone(olds, news, a, b)
    records = reunited(records)
    count.add(records)
    total = count.total(sum(map(len, olds.units)), sum(map(len, news.units)))
    if not options.everything:
        records = telling(records)
    told = json.loads(json.dumps(asdict(options)))  # lists, as they are read back
    return Comparison(
        version=__version__, old=_head(olds), new=_head(news), options=told, shifts=shifts, count=total, skipped=debris(new),
        records=records,
    )  # fmt: skip


def _read(document: Document, ordinal: int | None) -> Read:
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
    return Read(document, [document.plans[at] for at in chosen], [units[at] for at in chosen], keys)


def _head(read: Read) -> Head:
    only = read.plans[0] if len(read.plans) == 1 else None
    source = read.document.source
    return Head(name=source.name, sha256=source.sha256, title=only.title if only else None, year=year_of(only) if only else None)


def _plan_pairs(old: Read, new: Read) -> dict[int, int]:
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
    left: dict[int, list[int]] = defaultdict(list)
    last = -1
    for a in range(olds):
        if a in pairs:
            last = pairs[a]
        else:
            left[last].append(a)
    for b in range(-1, news):
        if b >= 0:
            yield back.get(b), b
        for a in left[b]:
            yield a, None


def _alone(old: Read, new: Read, a: int | None, b: int | None) -> Iterator[Record]:
    """The records of a plan that is gone, or new."""
    if a is not None:
        yield from (gone(unit, key) for unit, key in zip(old.units[a], old.keys[a], strict=True))
    if b is not None:
        yield from (new_of(unit, key) for unit, key in zip(new.units[b], new.keys[b], strict=True))
