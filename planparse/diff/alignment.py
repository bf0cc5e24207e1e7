"""What corresponds to what in two plans: the shapes that matching hands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from planparse.diff.similarity import Vector
from planparse.diff.units import Unit

SAME_PLACE = 0.30
OTHER_PLACE = 0.45
"""So much alike they are the same if neither has a likelier partner: in sections that belong together, and in others."""
SECOND_LOOK = 0.40
"""So much alike they are the same if the likelier partners went to others: only in sections that belong together."""
Pairs = dict[int, int]
Scores = dict[tuple[int, int], float]


class Half(NamedTuple):
    """One of the two plans: its entries and their words as they are compared, by place."""

    units: list[Unit]
    words: list[str]


class Group(NamedTuple):
    """A whole and its parts, by their places."""

    whole: int
    parts: list[int]


@dataclass
class Alignment:
    """What corresponds to what, by places in the two lists."""

    pairs: Pairs
    scores: Scores
    """How much alike the pairs are that were looked at."""
    moved: set[int] = field(default_factory=set)
    """Old places of pairs that moved."""
    splits: list[Group] = field(default_factory=list)
    """An old entry and the new ones it became."""
    mergers: list[Group] = field(default_factory=list)
    """A new entry and the old ones it was."""
    vectors: tuple[list[Vector], list[Vector]] = ([], [])
    """The weighted grams of both plans' entries."""

    def turned(self) -> Alignment:
        """The same, seen from the other side."""
        pairs = {j: i for i, j in self.pairs.items()}
        scores = {(j, i): score for (i, j), score in self.scores.items()}
        return Alignment(pairs, scores, {self.pairs[i] for i in self.moved}, self.mergers, self.splits, self.vectors[::-1])


class Wishes(NamedTuple):
    """What the auditor says."""

    confirmed: Pairs
    rejected: set[tuple[int, int]]
    threshold: float | None
    """The least likeness of a pair; None for the measured ones."""


class Least(NamedTuple):
    """The least likeness of pairs."""

    same: float
    other: float
    second: float

    @classmethod
    def of(cls, threshold: float | None) -> Least:
        """The measured ones, or what the auditor says."""
        if threshold is None:
            return cls(SAME_PLACE, OTHER_PLACE, SECOND_LOOK)
        return cls(threshold, threshold, max(threshold, SECOND_LOOK))
