"""Entries of one year's plans that live on in none of the next year's plans of the same series.

The entries are aligned as `planparse.diff` aligns two documents, so that both say the same. Plans of a series that say all
that they said before are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from planparse.corpus.stores.store import Store
from planparse.diff.align import align
from planparse.diff.alignment import Alignment, Half, Wishes
from planparse.diff.fold import bare, relative
from planparse.diff.units import Unit

COLUMNS = ("issuer", "title", "number", "text", "owner", "due", "closest", "likeness", "path", "file", "line")
Row = tuple[Any, ...]


class _Entry(NamedTuple):
    """An entry of the archive."""

    series: str
    document: int
    item: int
    parent: int | None
    children: int
    type: Any
    sense: int | None
    issuer: str | None
    title: str | None
    number: str | None
    text: str
    owner: str | None
    due: Any
    path: str | None
    file: str
    line: int | None


def dropped(store: Store, old: int, new: int, chosen: str) -> Iterator[Row]:
    """The rows, series by series.

    Args:
        store: The archive.
        old: The first year.
        new: The second year.
        chosen: The condition, in SQL, under which a plan `d` is taken.

    Series without a plan in one of the years are left out: nobody can tell whether it was dropped or never collected.
    """
    later = groupby(_entries(store, new, old, chosen), key=lambda entry: entry.series)
    name, others = next(later, ("", iter(())))
    for series, entries in groupby(_entries(store, old, new, chosen), key=lambda entry: entry.series):
        while name < series and (found := next(later, None)) is not None:
            name, others = found
        yield from _gone(list(entries), list(others) if name == series else [], old, new)


def _entries(store: Store, year: int, other: int, chosen: str) -> Iterator[_Entry]:
    """The entries of a year's plans whose series have plans in the other year too."""
    rows = store.ask(f"""
        SELECT d.series, i.document, i.item, i.parent, i.children, i.type, i.sense, d.issuer, d.title, i.number, i.text, i.owner, i.due,
            i.path, d.file, i.line
        FROM items i JOIN documents d ON d.document = i.document
        WHERE d.year = {int(year)} AND {chosen} AND d.series IN (SELECT series FROM documents WHERE year = {int(other)})
        ORDER BY d.series, i.document, i.item""").rows  # noqa: S608 - numbers, and a condition whose values are quoted
    return (_Entry(*row) for row in rows)


def _gone(olds: list[_Entry], news: list[_Entry], old: int, new: int) -> Iterator[Row]:
    """The rows of one series."""
    senses = {entry.sense for entry in news}
    if all(entry.sense in senses for entry in olds if not entry.children):
        return
    before, after = _half(olds, old), _half(news, new)
    found = align(before, after, Wishes({}, set(), None))
    kept = set(found.pairs) | {group.whole for group in found.splits} | {part for group in found.mergers for part in group.parts}
    for at, entry in enumerate(olds, 1):
        if at not in kept and not entry.children and entry.sense is not None:
            score, closest = _closest(found, at)
            near = (news[closest - 1].text, round(score, 2)) if closest else (None, None)
            yield (entry.issuer, entry.title, entry.number, entry.text, entry.owner, entry.due, *near, entry.path, entry.file, entry.line)


def _half(entries: list[_Entry], year: int) -> Half:
    """The entries as one plan, under one root."""
    units = [_unit(0, "plan", None, "")]
    first: dict[int, int] = {}
    for at, entry in enumerate(entries, 1):
        start = first.setdefault(entry.document, at)
        parent = 0 if entry.parent is None else start + entry.parent - 1
        units.append(_unit(at, entry.type, parent, entry.text))
        units[parent].children.append(at)
    return Half(units, [bare(relative(unit.text, year)) for unit in units])


def _unit(at: int, type: Any, parent: int | None, text: str) -> Unit:
    return Unit(at, type, "", 1, parent, (), None, None, text, None)


def _closest(found: Alignment, at: int) -> tuple[float, int]:
    """The likest entry of the other plan, whoever its partner is; 0 for none."""
    return max(((score, j) for (i, j), score in found.scores.items() if i == at), key=lambda pair: (pair[0], -pair[1]), default=(0.0, 0))
