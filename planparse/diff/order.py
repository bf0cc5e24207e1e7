"""The heaviest chain of pairs that keep their order: rows that correspond, and the entries that did not move."""

from __future__ import annotations

from typing import NamedTuple


class Link(NamedTuple):
    """A pair that may be in the chain."""

    old: int
    new: int
    weight: float


def chain(links: list[Link]) -> list[Link]:
    """Those of the links that go forward on both sides, no end twice, so that their weights add up to the most.

    Takes O(n log n): the best chain that ends before each new place is kept in a Fenwick tree.
    """
    places = {new: at for at, new in enumerate(sorted({link.new for link in links}), 1)}
    best: list[tuple[float, int]] = [(0.0, -1)] * (len(places) + 1)
    before: list[int] = []
    ordered = sorted(links, key=lambda link: (link.old, -link.new))  # falling new places: one old end is never used twice
    for at, link in enumerate(ordered):
        place = places[link.new]
        reach = (0.0, -1)
        step = place - 1
        while step > 0:
            reach = max(reach, best[step])
            step -= step & -step
        before.append(reach[1])
        end = (reach[0] + link.weight, at)
        while place < len(best):
            best[place] = max(best[place], end)
            place += place & -place
    at = _last(best)
    found: list[Link] = []
    while at >= 0:
        found.append(ordered[at])
        at = before[at]
    return found[::-1]


def _last(best: list[tuple[float, int]]) -> int:
    reach = (0.0, -1)
    step = len(best) - 1
    while step > 0:
        reach = max(reach, best[step])
        step -= step & -step
    return reach[1]
