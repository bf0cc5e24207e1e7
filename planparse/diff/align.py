"""Which entry of last year's plan lives on as which entry of this year's.

Entries are matched by their words first; where they stand adds to that but never decides alone. Sections follow what is
under them: one whose entries went to another is that one, whatever its heading says now. The way: candidates that share
rare words; a first matching by words alone, which tells the sections that belong together; the matching proper, best
pairs first, in which likely ones must be each other's likeliest; what is left of it, checked for splits and mergers.
"""

from __future__ import annotations

from collections import defaultdict

from planparse.diff.alignment import OTHER_PLACE, Alignment, Half, Least, Pairs, Scores, Wishes
from planparse.diff.groups import find_groups
from planparse.diff.matching import choose, greedy, measured
from planparse.diff.moves import homes, moves
from planparse.diff.schedules import match_schedule, match_tables, tables_of
from planparse.diff.sections import same_heading, sections_of
from planparse.diff.similarity import Corpus

SECTION_WORDS = 0.6
"""So much alike must sections be that have no entry in common."""


def align(old: Half, new: Half, wishes: Wishes) -> Alignment:
    """Aligns two plans, of which each list holds one, its first entry being the plan itself."""
    corpus = Corpus(old.words, new.words)
    pairs: Pairs = {0: 0, **wishes.confirmed}
    scores: Scores = {}
    least = Least.of(wishes.threshold)
    old_tables, new_tables = tables_of(old.units), tables_of(new.units)
    inside_old = {at for table in old_tables.values() for at in table}
    inside_new = {at for table in new_tables.values() for at in table}
    open_old = [u.at for u in old.units if u.at not in inside_old and u.type != "schedule"]
    open_new = [u.at for u in new.units if u.at not in inside_new and u.type != "schedule"]
    _match_words(old, new, corpus, (open_old, open_new), pairs, scores, wishes, least)
    for i, j in match_tables(old, new, old_tables, new_tables, pairs):
        pairs[i] = j
        match_schedule(old, new, corpus, (i, j), pairs, scores, wishes, least)
    _match_equals(old, new, pairs, wishes)
    for i, j in pairs.items():
        scores.setdefault((i, j), corpus.alike(i, j))
    found = Alignment(pairs, scores, vectors=(corpus.old_vectors, corpus.new_vectors))
    find_groups(old, new, corpus, found)
    found.moved = set(moves(old.units, new.units, pairs, homes(found)))
    return found


def _match_words(
    old: Half,
    new: Half,
    corpus: Corpus,
    pool: tuple[list[int], list[int]],
    pairs: Pairs,
    scores: Scores,
    wishes: Wishes,
    least: Least,
) -> None:
    """Matches what stands outside of schedules."""
    settled = set(pairs.values())
    olds = [i for i in pool[0] if i not in pairs]
    news = [j for j in pool[1] if j not in settled]
    scores.update(measured(old, new, corpus, corpus.candidates(olds, news), wishes))
    hold_old = {i for i in olds if old.units[i].children}
    hold_new = {j for j in news if new.units[j].children}
    leaves = {
        (i, j): score + same_heading(old, new, i, j)
        for (i, j), score in scores.items()
        if i not in hold_old and j not in hold_new and score >= OTHER_PLACE
    }
    sections = sections_of(old, new, (hold_old, hold_new), corpus, {**pairs, **greedy(leaves)}, wishes)
    pairs.update(sections)
    settled = set(pairs.values())
    left = {
        (i, j): score
        for (i, j), score in scores.items()
        if i not in pairs and j not in settled and (score >= SECTION_WORDS or i not in hold_old or j not in hold_new)
    }
    pairs.update(choose(old, new, left, pairs, least))


def _match_equals(old: Half, new: Half, pairs: Pairs, wishes: Wishes) -> None:
    """Matches, by holder, type and order, what says the same and was never looked at: it has no words, or too many say them."""
    settled = set(pairs.values())
    for i, unit in enumerate(old.units):
        if i not in pairs:
            continue
        free: dict[tuple[str, str], list[int]] = defaultdict(list)
        for j in new.units[pairs[i]].children:
            if j not in settled:
                free[new.units[j].type, new.words[j]].append(j)
        for child in unit.children:
            among = free.get((old.units[child].type, old.words[child]))
            if among and child not in pairs and (child, among[0]) not in wishes.rejected:
                pairs[child] = among.pop(0)
                settled.add(pairs[child])
