"""Sections that belong together: they follow what is under them, whatever their headings say now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from planparse.diff.alignment import Half, Pairs, Scores, Wishes
from planparse.diff.matching import above, greedy
from planparse.diff.similarity import Corpus

SECTION = 0.3
"""So much of two sections' entries and headings must agree."""
VOTES, TITLE = 0.6, 0.4
"""How much the entries and how much the heading says about a section."""
HEADING_BONUS = 0.001
MOST_EQUAL = 50
"""So many sections with the same heading are each compared with each."""


def sections_of(old: Half, new: Half, holders: tuple[set[int], set[int]], corpus: Corpus, known: Pairs, wishes: Wishes) -> Pairs:
    """Sections that belong together, by the votes of the pairs under them and by their own words."""
    votes: Counter[tuple[int, int]] = Counter()
    old_votes: Counter[int] = Counter()
    new_votes: Counter[int] = Counter()
    for i, j in known.items():
        olds, news = list(above(old.units, i)), list(above(new.units, j))
        old_votes.update(olds)
        new_votes.update(news)
        votes.update((a, b) for a in olds if a in holders[0] for b in news if b in holders[1])
    scores: Scores = {}
    for i, j in {*votes, *_same_words(corpus, holders)} - wishes.rejected:
        share = 2 * votes[i, j] / (old_votes[i] + new_votes[j]) if votes[i, j] else 0.0
        score = VOTES * share + TITLE * corpus.alike(i, j)
        if score >= SECTION:
            scores[i, j] = score
    return greedy(scores)


def _same_words(corpus: Corpus, holders: tuple[set[int], set[int]]) -> Iterator[tuple[int, int]]:
    by_words: dict[str, list[int]] = defaultdict(list)
    for j in sorted(holders[1]):
        by_words[corpus.new[j]].append(j)
    for i in sorted(holders[0]):
        among = by_words.get(corpus.old[i], []) if corpus.old[i] else []
        if len(among) > MOST_EQUAL:  # headings that say nothing: each with the next
            yield i, among.pop(0)
        else:
            yield from ((i, j) for j in among)


def same_heading(old: Half, new: Half, i: int, j: int) -> float:
    """A little where both stand under the same heading: of entries that say the same it tells which is which."""
    above, beside = old.units[i].parent, new.units[j].parent
    if above is None or beside is None or not old.words[above] or old.units[above].heading != old.units[above].text:
        return 0.0
    return HEADING_BONUS if old.words[above] == new.words[beside] else 0.0
