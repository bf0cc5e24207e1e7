"""Targets over several years: each plan is compared with the next one, and the pairs are strung together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planparse.diff.figures import changed, pair_targets
from planparse.diff.model import Comparison, FieldChange, Head
from planparse.diff.units import Unit, flatten
from planparse.model import Document, Target

Place = tuple[int, int]
"""A target in its document: the entry's place in the flat list, its place among the entry's targets."""


class Held(NamedTuple):
    """A target in one of the documents."""

    entry: Unit
    target: Target


class Row(NamedTuple):
    """A target over the years."""

    held: list[Held | None]
    """It in each document; None where it is not promised."""

    @property
    def first(self) -> int:
        """The place of the first document that has it."""
        return next(k for k, held in enumerate(self.held) if held is not None)

    @property
    def last(self) -> int:
        """The place of the last document that has it."""
        return len(self.held) - 1 - next(k for k, held in enumerate(reversed(self.held)) if held is not None)

    @property
    def latest(self) -> Held:
        """It as it was promised last."""
        held = self.held[self.last]
        assert held is not None
        return held

    @property
    def subject(self) -> str:
        """What is counted, as the latest plan that says so puts it; empty where none does."""
        return next((held.target.subject for held in reversed(self.held) if held is not None and held.target.subject), "")

    @property
    def change(self) -> FieldChange | None:
        """What became of it from its first year to its last; None where that is nothing."""
        held = self.held[self.first]
        assert held is not None
        return changed(held.target, self.latest.target)


class Years(NamedTuple):
    """A table: the documents as columns, the targets as rows."""

    documents: list[Head]
    rows: list[Row]
    """In the last document's order; what ended before stands where it stood."""


def table(documents: Sequence[Document], comparisons: Sequence[Comparison]) -> Years:
    """Every target over the years.

    Args:
        documents: The plans, the oldest first.
        comparisons: Each with the next one; unchanged pairs must be among the records.
    """
    assert len(comparisons) == len(documents) - 1 > 0, "a comparison for each two neighbours"
    units = [flatten(document) for document in documents]
    steps = [_links(units[k], units[k + 1], comparison) for k, comparison in enumerate(comparisons)]
    chains = _chains([[*_places(flat)] for flat in units], steps)
    rows = [Row([None if place is None else _held(units[k], place) for k, place in enumerate(chain)]) for chain in chains]
    return Years([comparisons[0].old, *(comparison.new for comparison in comparisons)], rows)


def _places(units: Iterable[Unit]) -> Iterable[Place]:
    return ((unit.at, k) for unit in units for k in range(len(unit.values.targets)))


def _held(units: list[Unit], place: Place) -> Held:
    unit = units[place[0]]
    return Held(unit, unit.values.targets[place[1]])


def _links(old: list[Unit], new: list[Unit], comparison: Comparison) -> dict[Place, Place]:
    """Which target of the old document is which of the new one."""
    links: dict[Place, Place] = {}
    for olds, news in _groups(old, new, comparison):
        before, after = [*_places(olds)], [*_places(news)]
        targets = [_held(old, place).target for place in before], [_held(new, place).target for place in after]
        found = pair_targets(*targets, _text(olds), _text(news))
        links |= {before[i]: after[j] for i, j in found.pairs}
    return links


def _text(units: list[Unit]) -> str:
    return "\n".join(unit.text for unit in units)


def _groups(old: list[Unit], new: list[Unit], comparison: Comparison) -> Iterable[tuple[list[Unit], list[Unit]]]:
    """Entries that belong together: pairs, and the parts of a split or merger, whose targets are matched all at once."""
    old_by, new_by = {unit.node: unit for unit in old}, {unit.node: unit for unit in new}
    groups: dict[object, tuple[dict[str, Unit], dict[str, Unit]]] = {}
    for k, record in enumerate(comparison.records):
        if record.old is not None and record.new is not None:
            name = k if record.group is None else (record.old.plan, record.new.plan, record.group)
            olds, news = groups.setdefault(name, ({}, {}))
            olds[record.old.node] = old_by[record.old.node]
            news[record.new.node] = new_by[record.new.node]
    return [([*olds.values()], [*news.values()]) for olds, news in groups.values()]


def _chains(places: list[list[Place]], steps: list[dict[Place, Place]]) -> list[list[Place | None]]:
    """The places of each target in all documents, in the last document's order; what ended before comes after what stood before it."""
    order: dict[int, list[int]] = {}
    chains: list[list[Place | None]] = []
    known: dict[tuple[int, Place], int] = {}
    back = [{new: old for old, new in step.items()} for step in steps]
    for k in range(len(places) - 1, -1, -1):
        before = -1  # the chain above; -1 is the top of the table
        for place in places[k]:
            chain = known.get((k, place))
            if chain is None:
                chain = len(chains)
                chains.append(_chain(k, place, len(places), back))
                known |= {(at, one): chain for at, one in enumerate(chains[chain]) if one is not None}
                order.setdefault(before, []).append(chain)
            before = chain
    return [chains[chain] for chain in _walk(order)]


def _chain(last: int, place: Place, length: int, back: list[dict[Place, Place]]) -> list[Place | None]:
    """A target from its last document back to its first."""
    chain: list[Place | None] = [None] * length
    at, here = last, place
    chain[at] = here
    while at > 0 and (earlier := back[at - 1].get(here)) is not None:
        at, here = at - 1, earlier
        chain[at] = here
    return chain


def _walk(order: dict[int, list[int]]) -> Iterable[int]:
    """The chains one below the other. What a later round put below a chain stands closer to it."""
    stack = [-1]
    while stack:
        chain = stack.pop()
        if chain >= 0:
            yield chain
        stack.extend(order.get(chain, []))
