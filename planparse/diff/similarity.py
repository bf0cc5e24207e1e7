"""How much alike two texts are, and which pairs are worth asking about.

The measure is the mean of two that err differently: the cosine of weighted one- and two-sign grams, which knows what is
common in these plans, and the Indel ratio, which knows the order. Words cut by a dictionary do no better than grams.
"""

from __future__ import annotations

from collections import Counter
from heapq import nlargest
from itertools import pairwise
from math import log, sqrt

BUDGET = 300
"""So many entries of the index are read for one text: its rarest grams come first, and what is common tells little."""
TOP = 12
"""So many candidates of a text are looked at closely."""

LONGEST = 100_000_000
"""Of texts with so many pairs of signs the order is not looked at: it takes too long."""

Vector = dict[str, float]


class Corpus:
    """The texts of both plans, each as a vector of its grams; rare grams weigh more."""

    def __init__(self, old: list[str], new: list[str]) -> None:
        self.old, self.new = old, new
        self._ratios: dict[tuple[int, int], float] = {}
        counted = [Counter(grams(text)) for text in (*old, *new)]
        spread: Counter[str] = Counter()
        for counts in counted:
            spread.update(counts.keys())
        total = len(counted) + 1
        weight = {gram: log(total / (count + 1)) + 1 for gram, count in spread.items()}
        vectors = [_unit({gram: count * weight[gram] for gram, count in counts.items()}) for counts in counted]
        self.old_vectors, self.new_vectors = vectors[: len(old)], vectors[len(old) :]

    def alike(self, i: int, j: int) -> float:
        """How much alike old text `i` and new text `j` are, 0 to 1."""
        found = self._ratios.get((i, j))
        if found is None:
            found = self._ratios[i, j] = self._measure(i, j)
        return found

    def near(self, i: int, j: int) -> float:
        """The cosine alone: for texts so long that their order is of no use."""
        return cosine(self.old_vectors[i], self.new_vectors[j])

    def _measure(self, i: int, j: int) -> float:
        a, b = self.old[i], self.new[j]
        if a == b:
            return 1.0
        if not a or not b:
            return 0.0
        if len(a) * len(b) > LONGEST:
            return self.near(i, j)
        from rapidfuzz.distance import Indel

        return (cosine(self.old_vectors[i], self.new_vectors[j]) + Indel.normalized_similarity(a, b)) / 2

    def candidates(self, olds: list[int], news: list[int]) -> set[tuple[int, int]]:
        """Pairs that share rare grams, some for each text of either side; a text with one equal has that one only."""
        equals = self.equals(olds, news)
        settled = set(equals.values())
        found = set(_nearest(self.old_vectors, [i for i in olds if i not in equals], self.new_vectors, news))
        found.update((i, j) for j, i in _nearest(self.new_vectors, [j for j in news if j not in settled], self.old_vectors, olds))
        found.update(equals.items())
        return found

    def equals(self, olds: list[int], news: list[int]) -> dict[int, int]:
        """Texts that stand once on each side."""
        first, second = _once(self.old, olds), _once(self.new, news)
        return {i: second[text] for text, i in first.items() if text in second}


def grams(text: str) -> list[str]:
    """The signs of a text, and each two neighbours."""
    return [*text, *map("".join, pairwise(text))]


def cosine(a: Vector, b: Vector) -> float:
    """The cosine of two vectors of length 1."""
    if len(a) > len(b):
        a, b = b, a
    return sum(value * b[gram] for gram, value in a.items() if gram in b)


def _unit(vector: Vector) -> Vector:
    length = sqrt(sum(value * value for value in vector.values())) or 1.0
    return {gram: value / length for gram, value in vector.items()}


def _once(texts: list[str], among: list[int]) -> dict[str, int]:
    counts = Counter(texts[at] for at in among)
    return {texts[at]: at for at in among if counts[texts[at]] == 1 and texts[at]}


def _nearest(vectors: list[Vector], asked: list[int], others: list[Vector], among: list[int]) -> list[tuple[int, int]]:
    """For each text asked for, the likeliest of the others."""
    index: dict[str, list[tuple[int, float]]] = {}
    for j in among:
        for gram, value in others[j].items():
            if len(gram) == 2:
                index.setdefault(gram, []).append((j, value))
    pairs: list[tuple[int, int]] = []
    for at, i in enumerate(asked):
        vector = vectors[i]
        shared = sorted((len(index[gram]), gram) for gram in vector if gram in index)
        scores: dict[int, float] = {}
        read = 0
        for count, gram in shared:
            if read and read + count > BUDGET:
                break
            read += count
            value = vector[gram]
            for j, other in index[gram] if count <= BUDGET else _around(index[gram], at / len(asked)):
                scores[j] = scores.get(j, 0.0) + value * other
        pairs += ((i, j) for j in nlargest(TOP, scores, key=scores.__getitem__))
    return pairs


def _around(entries: list[tuple[int, float]], place: float) -> list[tuple[int, float]]:
    """Of a gram that stands everywhere, those at about the same place, the nearest first."""
    middle = int(place * len(entries))
    near = range(max(0, middle - BUDGET // 2), min(len(entries), middle + BUDGET // 2))
    return [entries[at] for at in sorted(near, key=lambda at: abs(at - middle))]
