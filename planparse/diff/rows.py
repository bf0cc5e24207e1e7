"""Rows of schedules, and what stands in them.

Rows keep their order, and what they say tells which is which: neither the week's number nor its date does, since a week
more or less shifts all that follow. Entries are matched inside rows that belong together first, because many of them
come back every week.
"""

from __future__ import annotations

from planparse.diff.order import Link, chain
from planparse.diff.similarity import Corpus

LEAST_ROW = 0.12
"""Rows less alike do not belong together by their words."""
NEAR = 0.05
"""What the same place in the table adds: decides between rows that say the same."""
ALL_PAIRS = 40_000
"""Above so many pairs of rows only those are looked at that share rare words."""


def align_rows(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Pairs of the rows of two schedules, given what each says."""
    said = Corpus(old, new)
    if len(old) * len(new) <= ALL_PAIRS:
        asked = {(a, b) for a in range(len(old)) for b in range(len(new))}
    else:
        asked = said.candidates(list(range(len(old))), list(range(len(new))))
    links: list[Link] = []
    for a, b in sorted(asked):
        alike = said.alike(a, b)
        if alike >= LEAST_ROW or (not old[a] and not new[b]):
            links.append(Link(a, b, alike + NEAR * (1 - abs(a / len(old) - b / len(new)))))
    return [(link.old, link.new) for link in chain(links)]
