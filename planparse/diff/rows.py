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


SAME_KEY = 0.15
"""What the same week, month or phase adds: little beside what rows say, enough where that is not clear."""


def align_rows(old: list[str], new: list[str], old_keys: list[str], new_keys: list[str]) -> list[tuple[int, int]]:
    """Pairs of the rows of two schedules, given what each says and its key: the week, the month, the phase."""
    said = Corpus(old, new)
    places = {key: b for b, key in enumerate(new_keys)}
    asked = {(a, places[key]) for a, key in enumerate(old_keys) if key in places}
    if len(old) * len(new) <= ALL_PAIRS:
        asked = {(a, b) for a in range(len(old)) for b in range(len(new))}
    else:
        asked |= said.candidates(list(range(len(old))), list(range(len(new))))
    links: list[Link] = []
    for a, b in sorted(asked):
        alike, same_key = said.alike(a, b), old_keys[a] == new_keys[b]
        if alike >= LEAST_ROW or same_key or (not old[a] and not new[b]):
            weight = alike + NEAR * (1 - abs(a / len(old) - b / len(new))) + (SAME_KEY if same_key else 0.0)
            links.append(Link(a, b, weight))
    return [(link.old, link.new) for link in chain(links)]
