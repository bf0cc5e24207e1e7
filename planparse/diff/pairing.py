"""Which value of the old entry is which of the new one: the likeliest pairs first, the same whichever side is asked."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

BEFORE, BEHIND = 10, 8
"""So many signs around a value tell what it is about."""
LONGEST = 100
"""Words farther away than so many signs belong to another clause, whether a mark parts them or not."""
_ENDS = re.compile("[，,。；;：:！!？?\\n]")
"""Marks at which a clause ends."""


def folded(words: str) -> str:
    """Letters alone, full and half width alike: what is left of words when figures, marks and blanks are taken out."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", words) if sign.isalpha())


@lru_cache(maxsize=4096)
def _grams(words: str) -> Counter[str]:
    return Counter([*words, *(words[k : k + 2] for k in range(len(words) - 1))])


def likeness(old: str, new: str) -> float:
    """How many signs and pairs of signs two words share, 0 to 1 (Dice). Without any word on both sides they are alike."""
    if old == new:
        return 1.0
    if not old or not new:
        return 0.0
    one, other = _grams(old), _grams(new)
    shared = sum(min(count, other[gram]) for gram, count in one.items())
    return 2 * shared / (one.total() + other.total())


def places(text: str, values: list[str]) -> list[tuple[int, int] | None]:
    """Where some values stand that a text holds in this order; None where a value is not found."""
    out: list[tuple[int, int] | None] = []
    at = 0
    for value in values:
        here = text.find(value, at)
        here = text.find(value) if here < 0 else here
        if here < 0:
            out.append(None)
            continue
        at = here + len(value)
        out.append((here, at))
    return out


def surroundings(text: str, values: list[str]) -> list[str]:
    """The words around each of some values that stand in a text in this order; empty where a value is not found."""
    return [
        "" if place is None else folded(text[max(0, place[0] - BEFORE) : place[0]]) + " " + folded(text[place[1] : place[1] + BEHIND])
        for place in places(text, values)
    ]


def clauses(text: str, values: list[str]) -> list[str]:
    """The words of each value's own clause, without the value; empty where it is not found, or stands alone."""
    out = []
    for place in places(text, values):
        if place is None:
            out.append("")
            continue
        start = max((mark.end() for mark in _ENDS.finditer(text, max(0, place[0] - LONGEST), place[0])), default=max(0, place[0] - LONGEST))
        mark = _ENDS.search(text, place[1], place[1] + LONGEST)
        out.append(folded(text[start : place[0]]) + folded(text[place[1] : mark.start() if mark else place[1] + LONGEST]))
    return out


class Paired(NamedTuple):
    """Places of the values: pairs in the new order, what is left of the old ones, what is left of the new ones."""

    pairs: list[tuple[int, int]]
    old: list[int]
    new: list[int]


def paired(olds: list[int], news: list[int], score: Callable[[int, int], float | None]) -> Paired:
    """The best pairs one after the other; where two are as good, the one whose places are closer, then the earlier one.

    Args:
        olds: Places of the old values.
        news: Places of the new values.
        score: How well two go together; None where they do not. It must not depend on which side is which.
    """
    ranked = []
    for i in olds:
        for j in news:
            value = score(i, j)
            if value is not None:
                ranked.append((-round(value, 6), abs(i - j), i + j, i, j))
    ranked.sort()
    left, right = set(olds), set(news)
    pairs = []
    for *_, i, j in ranked:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((i, j))
    return Paired(sorted(pairs, key=lambda pair: pair[1]), sorted(left), sorted(right))
