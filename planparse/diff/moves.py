"""Entries that moved: under another parent, or out of the order of their brothers and sisters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from planparse.diff.alignment import Alignment, Pairs
from planparse.diff.matching import above
from planparse.diff.order import Link, chain
from planparse.diff.units import Unit


def moves(old: list[Unit], new: list[Unit], pairs: Pairs, homes: set[tuple[int, int]]) -> Iterator[int]:
    """Old places of entries under another parent, or outside the longest run of brothers and sisters that kept their order.

    An entry whose new parent is itself new has not moved if that parent was put around it where it stands.
    """
    families: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    settled = set(pairs.values())
    back = {j: i for i, j in pairs.items()}
    for i, j in sorted(pairs.items()):
        holder, beside = old[i].parent, new[j].parent
        if holder is None or beside is None:
            continue
        if pairs.get(holder) == beside or (holder, beside) in homes:
            families[holder, beside].append((i, j))
            continue
        wrapped = beside not in settled and _standing(new, beside, settled) == pairs.get(holder)
        unwrapped = holder not in pairs and _standing(old, holder, pairs) == back.get(beside)
        if not wrapped and not unwrapped:
            yield i
    for family in families.values():
        rank = {j: at for at, j in enumerate(sorted(j for _, j in family))}
        links = [
            Link(i, j, 1 - abs(at - rank[j]) / 1e5 + min(len(old[i].text), len(new[j].text)) / 1e9) for at, (i, j) in enumerate(family)
        ]  # of chains as long, that in which little is out of place; of these, the one with more words
        yield from {link.old for link in links} - {link.old for link in chain(links)}


def homes(found: Alignment) -> set[tuple[int, int]]:
    """A section that was split, with its parts; one that came of a merger, with what it was."""
    return {
        *((group.whole, part) for group in found.splits for part in group.parts),
        *((part, group.whole) for group in found.mergers for part in group.parts),
    }


def _standing(units: list[Unit], at: int, known: Iterable[int]) -> int | None:
    """The nearest entry above that has a partner."""
    return next((place for place in above(units, at) if place in known), None)
