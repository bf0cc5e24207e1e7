"""Pairs of entries by how much alike they are and where they stand: the best first, likely ones only if each is the other's likeliest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from planparse.diff.alignment import SAME_PLACE, Half, Least, Pairs, Scores, Wishes
from planparse.diff.similarity import Corpus
from planparse.diff.units import Unit

SURE = 0.8
"""So much alike, with the bonus of place, two entries are the same."""
PARENT_BONUS = 0.2
ORDER_BONUS = 0.1
SHORTEST = 4
"""Shorter words match nothing but their equals."""
SLOT = 0.6
"""So much alike are 组长：甲 and 组长：乙 at least."""
_SLOT = re.compile("([^\\s：:，,。；;、（）()]{1,8})[：:](?=[^。；;]{1,30}$)")


def measured(old: Half, new: Half, corpus: Corpus, asked: Iterable[tuple[int, int]], wishes: Wishes) -> Scores:
    """How much alike pairs are; short words only where they are equal."""
    scores: Scores = {}
    for i, j in sorted(asked):
        if (i, j) not in wishes.rejected:
            score = corpus.alike(i, j)
            if score == 1.0 or min(len(corpus.old[i]), len(corpus.new[j])) >= SHORTEST:
                scores[i, j] = _by_slot(old.units[i].text, new.units[j].text, score)
    return scores


def _by_slot(old: str, new: str, score: float) -> float:
    """The likeness of short entries such as 组长：某人: their label says what they are, whatever stands behind it."""
    first, second = _SLOT.match(old), _SLOT.match(new)
    if first is None or second is None or score == 1.0:
        return score
    return max(score, SLOT) if first[1] == second[1] else min(score, SAME_PLACE / 2)


def greedy(scores: Scores) -> Pairs:
    """Pairs, the best first, each entry once."""
    pairs: Pairs = {}
    taken: set[int] = set()
    for (i, j), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def above(units: list[Unit], at: int) -> Iterator[int]:
    """The entries that hold one, from the nearest on."""
    parent = units[at].parent
    while parent is not None:
        yield parent
        parent = units[parent].parent


def choose(old: Half, new: Half, scores: Scores, pairs: Pairs, least: Least) -> Pairs:
    """Pairs with the bonus of place, the best first."""
    placed: Scores = {}
    together: set[tuple[int, int]] = set()
    for (i, j), score in scores.items():
        holder = old.units[i].parent
        bonus = ORDER_BONUS * (1 - abs(i / len(old.units) - j / len(new.units)))
        if holder is not None and pairs.get(holder) == new.units[j].parent:
            together.add((i, j))
            bonus += PARENT_BONUS
        placed[i, j] = round(score + bonus, 9)
    chosen = accept(placed, scores, together, least.same, least.other)
    taken = set(chosen.values())
    left = {pair: placed[pair] for pair in together if pair[0] not in chosen and pair[1] not in taken}
    return chosen | accept(left, scores, together, least.second, 1.0)


def accept(placed: Scores, scores: Scores, together: set[tuple[int, int]], same: float, other: float) -> Pairs:
    """The best pairs first; one below `SURE` only where it is the likeliest of both, and alike enough for its place."""
    best_old: dict[int, float] = {}
    best_new: dict[int, float] = {}
    for (i, j), score in placed.items():
        best_old[i] = max(best_old.get(i, 0.0), score)
        best_new[j] = max(best_new.get(j, 0.0), score)
    chosen: Pairs = {}
    taken: set[int] = set()
    for (i, j), score in sorted(placed.items(), key=lambda item: (-item[1], item[0])):
        if i in chosen or j in taken:
            continue
        least = same if (i, j) in together else other
        mutual = score == best_old[i] == best_new[j]
        if (score >= SURE and scores[i, j] >= same) or (mutual and scores[i, j] >= least):
            chosen[i] = j
            taken.add(j)
    return chosen


def add(pairs: Pairs, settled: set[int], more: Pairs) -> None:
    """Takes more pairs in, as far as both sides are free; `settled` are the new places that are not."""
    for i, j in more.items():
        if i not in pairs and j not in settled:
            pairs[i] = j
            settled.add(j)
