"""Entries of one year's plans that have no like in the next year's plans of the same series."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from planparse.corpus.sense import sense
from planparse.corpus.stores.store import Store

COLUMNS = ("issuer", "title", "number", "text", "owner", "due", "closest", "likeness", "path", "file", "line")
ALIKE = 0.45
"""So much alike two entries are taken for the same, reworded: as in a comparison of two plans."""
SHORTEST = 4
"""Shorter words are like nothing but their equals."""


class _Side(NamedTuple):
    """An entry that has no equal in the other year."""

    series: str
    text: str
    row: tuple[Any, ...]


def dropped(store: Store, old: int, new: int, chosen: str) -> Iterator[tuple[Any, ...]]:
    """The rows, series by series.

    Args:
        store: The archive.
        old: The first year.
        new: The second year.
        chosen: The condition, in SQL, under which a plan is taken.

    Series without a plan in one of the years are left out: nobody can tell whether it was dropped or never collected.
    """
    later = groupby(_alone(store, new, old, chosen), key=lambda side: side.series)
    series, others = next(later, ("", iter(())))
    for name, sides in groupby(_alone(store, old, new, chosen), key=lambda side: side.series):
        while series < name and (found := next(later, None)) is not None:
            series, others = found
        yield from _without_partner(list(sides), list(others) if series == name else [])


def _alone(store: Store, year: int, other: int, chosen: str) -> Iterator[_Side]:
    """Entries with nothing under them that have no equal in the other year, for series that have plans in both."""
    rows = store.ask(f"""
        SELECT d.series, d.issuer, d.title, i.number, i.text, i.owner, i.due, i.path, d.file, i.line
        FROM items i JOIN documents d ON d.document = i.document
        WHERE d.year = {int(year)} AND {chosen} AND i.children = 0 AND i.sense IS NOT NULL
            AND d.series IN (SELECT series FROM documents WHERE year = {int(other)})
            AND NOT EXISTS (
                SELECT 1 FROM documents e JOIN items j ON j.document = e.document
                WHERE e.series = d.series AND e.year = {int(other)} AND j.sense = i.sense
            )
        ORDER BY d.series, i.document, i.item""").rows  # noqa: S608 - numbers, and a condition whose values are quoted
    for series, issuer, title, number, text, owner, due, path, file, line in rows:
        yield _Side(series, text, (issuer, title, number, text, owner, due, path, file, line))


def _without_partner(olds: list[_Side], news: list[_Side]) -> Iterator[tuple[Any, ...]]:
    """The rows of those that no entry of the other side is enough like; each of these is the partner of one."""
    from planparse.diff.similarity import Corpus

    corpus = Corpus([sense(side.text) for side in olds], [sense(side.text) for side in news])
    scores = {pair: corpus.alike(*pair) for pair in corpus.candidates(list(range(len(olds))), list(range(len(news))))}
    partners: dict[int, int] = {}
    closest: dict[int, tuple[float, int]] = {}
    for (i, j), score in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        closest.setdefault(i, (score, j))
        if score >= ALIKE and i not in partners and j not in partners.values() and len(corpus.old[i]) >= SHORTEST <= len(corpus.new[j]):
            partners[i] = j
    for i, side in enumerate(olds):
        if i not in partners:
            score, j = closest.get(i, (0.0, -1))
            near = (news[j].text, round(score, 2)) if j >= 0 else (None, None)
            yield (*side.row[:6], *near, *side.row[6:])
