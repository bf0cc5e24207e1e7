"""Splits and mergers: an entry whose words stand in several entries of the other plan."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from planparse.diff.similarity import Vector

CONTAINED = 0.7
"""So much of a part's words must stand in the whole."""
COVERED = 0.7
"""So much of the whole must stand in its parts."""
GAIN = 0.15
"""So much of the whole a part must add to what the others cover."""


class Group(NamedTuple):
    """A whole and its parts, by their places."""

    whole: int
    parts: list[int]


def groups(wholes: dict[int, Vector], parts: dict[int, Vector], partner: dict[int, int], free: Iterable[tuple[int, int]]) -> list[Group]:
    """The wholes that were split.

    Args:
        wholes: Vectors of the entries that may be a whole.
        parts: Vectors of the entries that may be a part.
        partner: The part with which a whole is paired already.
        free: Pairs of a whole and a part without a partner that share words, the likeliest first.
    """
    offers: dict[int, list[int]] = {}
    for whole, part in free:
        if share(parts[part], wholes[whole]) >= CONTAINED:
            offers.setdefault(whole, []).append(part)
    taken: set[int] = set()
    found: list[Group] = []
    for whole, offered in sorted(offers.items()):
        mine = partner.get(whole)
        chosen = [] if mine is None else [mine]
        if mine is not None and (mine not in parts or share(parts[mine], wholes[whole]) < CONTAINED):
            continue
        for part in offered:
            if part not in taken and _cover(wholes[whole], [parts[p] for p in (*chosen, part)]) >= GAIN + _cover(
                wholes[whole], [parts[p] for p in chosen]
            ):
                chosen.append(part)
        if len(chosen) > 1 and _cover(wholes[whole], [parts[p] for p in chosen]) >= COVERED:
            taken.update(chosen)
            found.append(Group(whole, sorted(chosen)))
    return found


def share(part: Vector, whole: Vector) -> float:
    """How much of a part's words, by weight, stands in the whole."""
    total = sum(value for gram, value in part.items() if len(gram) == 2)
    return sum(value for gram, value in part.items() if len(gram) == 2 and gram in whole) / total if total else 0.0


def _cover(whole: Vector, parts: list[Vector]) -> float:
    total = sum(value for gram, value in whole.items() if len(gram) == 2)
    return sum(value for gram, value in whole.items() if len(gram) == 2 and any(gram in part for part in parts)) / total if total else 0.0
