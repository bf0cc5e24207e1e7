"""Which entry of last year's plan lives on as which entry of this year's.

Entries are matched by their words first; where they stand adds to that but never decides alone. Sections follow what is
under them: one whose entries went to another is that one, whatever its heading says now. The way: candidates that share
rare words; a first matching by words alone, which tells the sections that belong together; the matching proper, best
pairs first, in which likely ones must be each other's likeliest; what is left of it, checked for splits and mergers.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from planparse.diff.groups import Group, groups, share
from planparse.diff.order import Link, chain
from planparse.diff.rows import align_rows
from planparse.diff.similarity import Corpus, Vector
from planparse.diff.units import Unit

SURE = 0.8
"""So much alike, with the bonus of place, two entries are the same."""
SAME_PLACE = 0.30
OTHER_PLACE = 0.45
"""So much alike they are the same if neither has a likelier partner: in sections that belong together, and in others."""
SECOND_LOOK = 0.40
"""So much alike they are the same if the likelier partners went to others: only in sections that belong together."""
PARENT_BONUS = 0.2
ORDER_BONUS = 0.1
MOST_EQUAL = 50
"""So many sections with the same heading are each compared with each."""
TOGETHER = 0.75
"""So many of a section's entries must come from one section, for the two sections to be one."""
SAME_TITLE = 0.5
"""So much of the one heading must stand in the other."""
SHORTEST = 4
"""Shorter words match nothing but their equals."""
SLOT = 0.6
"""So much alike are 组长：甲 and 组长：乙 at least."""
HEADING_BONUS = 0.001
SECTION_WORDS = 0.6
"""So much alike must sections be that have no entry in common."""
SECTION = 0.3
"""So much of two sections' entries and headings must agree."""
VOTES, TITLE = 0.6, 0.4
"""How much the entries and how much the heading says about a section."""

Pairs = dict[int, int]
Scores = dict[tuple[int, int], float]


class Half(NamedTuple):
    """One of the two plans: its entries and their words as they are compared, by place."""

    units: list[Unit]
    words: list[str]


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


def align(old: Half, new: Half, wishes: Wishes) -> Alignment:
    """Aligns two plans, of which each list holds one, its first entry being the plan itself."""
    corpus = Corpus(old.words, new.words)
    pairs: Pairs = {0: 0, **wishes.confirmed}
    scores: Scores = {}
    least = _Least.of(wishes.threshold)
    old_tables, new_tables = _tables(old.units), _tables(new.units)
    inside_old = {at for table in old_tables.values() for at in table}
    inside_new = {at for table in new_tables.values() for at in table}
    open_old = [u.at for u in old.units if u.at not in inside_old and u.type != "schedule"]
    open_new = [u.at for u in new.units if u.at not in inside_new and u.type != "schedule"]
    _match_words(old, new, corpus, (open_old, open_new), pairs, scores, wishes, least)
    for i, j in _match_tables(old, new, old_tables, new_tables, pairs):
        pairs[i] = j
        _match_schedule(old, new, corpus, (i, j), pairs, scores, wishes, least)
    _match_wordless(old, new, pairs, wishes)
    for i, j in pairs.items():
        scores.setdefault((i, j), corpus.alike(i, j))
    found = Alignment(pairs, scores, vectors=(corpus.old_vectors, corpus.new_vectors))
    _find_groups(old, new, corpus, found)
    found.moved = set(_moves(old.units, new.units, pairs, _homes(found)))
    return found


class _Least(NamedTuple):
    """The least likeness of pairs."""

    same: float
    other: float
    second: float

    @classmethod
    def of(cls, threshold: float | None) -> _Least:
        if threshold is None:
            return cls(SAME_PLACE, OTHER_PLACE, SECOND_LOOK)
        return cls(threshold, threshold, max(threshold, SECOND_LOOK))


# -- sections, items, paragraphs ---------------------------------------------------------------------------------


def _match_words(
    old: Half,
    new: Half,
    corpus: Corpus,
    pool: tuple[list[int], list[int]],
    pairs: Pairs,
    scores: Scores,
    wishes: Wishes,
    least: _Least,
) -> None:
    """Matches what stands outside of schedules."""
    settled = set(pairs.values())
    olds = [i for i in pool[0] if i not in pairs]
    news = [j for j in pool[1] if j not in settled]
    scores.update(_scores(old, new, corpus, corpus.candidates(olds, news), wishes))
    hold_old = {i for i in olds if old.units[i].children}
    hold_new = {j for j in news if new.units[j].children}
    leaves = {
        (i, j): score + _same_heading(old, new, i, j)
        for (i, j), score in scores.items()
        if i not in hold_old and j not in hold_new and score >= OTHER_PLACE
    }
    sections = _sections(old, new, (hold_old, hold_new), corpus, {**pairs, **_greedy(leaves)}, wishes)
    pairs.update(sections)
    settled = set(pairs.values())
    left = {
        (i, j): score
        for (i, j), score in scores.items()
        if i not in pairs and j not in settled and (score >= SECTION_WORDS or i not in hold_old or j not in hold_new)
    }
    pairs.update(_choose(old, new, left, pairs, least))


def _same_heading(old: Half, new: Half, i: int, j: int) -> float:
    """A little where both stand under the same heading: of entries that say the same it tells which is which."""
    above, beside = old.units[i].parent, new.units[j].parent
    if above is None or beside is None or not old.words[above] or old.units[above].heading != old.units[above].text:
        return 0.0
    return HEADING_BONUS if old.words[above] == new.words[beside] else 0.0


def _scores(old: Half, new: Half, corpus: Corpus, asked: Iterable[tuple[int, int]], wishes: Wishes) -> Scores:
    """How much alike pairs are; short words only where they are equal."""
    scores: Scores = {}
    for i, j in sorted(asked):
        if (i, j) not in wishes.rejected:
            score = corpus.alike(i, j)
            if score == 1.0 or min(len(corpus.old[i]), len(corpus.new[j])) >= SHORTEST:
                scores[i, j] = _by_slot(old.units[i].text, new.units[j].text, score)
    return scores


_SLOT = re.compile("([^\\s：:，,。；;、（）()]{1,8})[：:](?=[^。；;]{1,30}$)")


def _by_slot(old: str, new: str, score: float) -> float:
    """The likeness of short entries such as 组长：某人: their label says what they are, whatever stands behind it."""
    first, second = _SLOT.match(old), _SLOT.match(new)
    if first is None or second is None or score == 1.0:
        return score
    return max(score, SLOT) if first[1] == second[1] else min(score, SAME_PLACE / 2)


def _greedy(scores: Scores) -> Pairs:
    """Pairs, the best first, each entry once."""
    pairs: Pairs = {}
    taken: set[int] = set()
    for (i, j), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _sections(old: Half, new: Half, holders: tuple[set[int], set[int]], corpus: Corpus, known: Pairs, wishes: Wishes) -> Pairs:
    """Sections that belong together, by the votes of the pairs under them and by their own words."""
    votes: Counter[tuple[int, int]] = Counter()
    old_votes: Counter[int] = Counter()
    new_votes: Counter[int] = Counter()
    for i, j in known.items():
        above, beside = list(_above(old.units, i)), list(_above(new.units, j))
        old_votes.update(above)
        new_votes.update(beside)
        votes.update((a, b) for a in above if a in holders[0] for b in beside if b in holders[1])
    scores: Scores = {}
    for i, j in {*votes, *_same_words(corpus, holders)} - wishes.rejected:
        share = 2 * votes[i, j] / (old_votes[i] + new_votes[j]) if votes[i, j] else 0.0
        score = VOTES * share + TITLE * corpus.alike(i, j)
        if score >= SECTION:
            scores[i, j] = score
    return _greedy(scores)


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


def _above(units: list[Unit], at: int) -> Iterator[int]:
    parent = units[at].parent
    while parent is not None:
        yield parent
        parent = units[parent].parent


def _choose(old: Half, new: Half, scores: Scores, pairs: Pairs, least: _Least) -> Pairs:
    """Pairs with the bonus of place, the best first."""
    placed: Scores = {}
    together: set[tuple[int, int]] = set()
    for (i, j), score in scores.items():
        above = old.units[i].parent
        bonus = ORDER_BONUS * (1 - abs(i / len(old.units) - j / len(new.units)))
        if above is not None and pairs.get(above) == new.units[j].parent:
            together.add((i, j))
            bonus += PARENT_BONUS
        placed[i, j] = round(score + bonus, 9)
    chosen = _accept(placed, scores, together, least.same, least.other)
    taken = set(chosen.values())
    left = {pair: placed[pair] for pair in together if pair[0] not in chosen and pair[1] not in taken}
    return chosen | _accept(left, scores, together, least.second, 1.0)


def _accept(placed: Scores, scores: Scores, together: set[tuple[int, int]], same: float, other: float) -> Pairs:
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


# -- schedules ---------------------------------------------------------------------------------------------------


def _tables(units: list[Unit]) -> dict[int, list[int]]:
    """The schedules of a plan, and all that stands in each."""
    tables: dict[int, list[int]] = {}
    holder: dict[int, int] = {}
    for unit in units:
        if unit.type == "schedule":
            tables[unit.at] = []
            holder[unit.at] = unit.at
        elif unit.parent in holder:
            holder[unit.at] = table = holder[unit.parent]
            tables[table].append(unit.at)
    return tables


def _match_tables(old: Half, new: Half, olds: dict[int, list[int]], news: dict[int, list[int]], pairs: Pairs) -> Iterator[tuple[int, int]]:
    """Schedules that belong together, by what stands in them; the only two always do."""
    if len(olds) == len(news) == 1:
        yield next(iter(olds)), next(iter(news))
        return
    old_places, new_places = list(olds), list(news)
    said = Corpus(
        [" ".join(old.words[at] for at in (place, *olds[place])) for place in old_places],
        [" ".join(new.words[at] for at in (place, *news[place])) for place in new_places],
    )
    scores: Scores = {}
    for a, i in enumerate(old_places):
        for b, j in enumerate(new_places):
            above = old.units[i].parent
            bonus = PARENT_BONUS if above is not None and pairs.get(above) == new.units[j].parent else 0.0
            scores[i, j] = said.near(a, b) + bonus
    yield from _greedy({pair: score for pair, score in scores.items() if score >= SECTION}).items()


def _match_schedule(
    old: Half, new: Half, corpus: Corpus, pair: tuple[int, int], pairs: Pairs, scores: Scores, wishes: Wishes, least: _Least
) -> None:
    """Matches the rows of two schedules, and what stands in them: in rows that belong together first."""
    old_rows, new_rows = old.units[pair[0]].children, new.units[pair[1]].children
    old_in = {row: list(_below(old.units, row)) for row in old_rows}
    new_in = {row: list(_below(new.units, row)) for row in new_rows}
    said_old = [" ".join(old.words[at] for at in old_in[row]) for row in old_rows]
    said_new = [" ".join(new.words[at] for at in new_in[row]) for row in new_rows]
    keys = ([_key(half, row) for row in rows] for half, rows in ((old, old_rows), (new, new_rows)))
    for a, b in align_rows(said_old, said_new, *keys):
        row, other = old_rows[a], new_rows[b]
        if (row, other) in wishes.rejected or row in pairs:
            continue
        pairs[row] = other
        scores[row, other] = corpus.alike(row, other)
        inside = _scores(old, new, corpus, ((i, j) for i in old_in[row] for j in new_in[other]), wishes)
        scores.update(inside)
        _add(pairs, _accept(_nearer(inside, old_in[row], new_in[other]), inside, set(inside), least.same, least.other))
        _add(pairs, _same_column(old.units, new.units, row, other, pairs))
    settled = set(pairs.values())
    olds = [at for row in old_rows for at in old_in[row] if at not in pairs]
    news = [at for row in new_rows for at in new_in[row] if at not in settled]
    across = _scores(old, new, corpus, corpus.candidates(olds, news), wishes)
    scores.update(across)
    _add(pairs, _choose(old, new, across, pairs, least))


_WEEK = re.compile("第?([0-9]+|[一二三四五六七八九十]+)[周週]")


def _key(half: Half, row: int) -> str:
    """What a row is called by: its week's number, else its words."""
    week = _WEEK.match(half.words[row])
    return f"{week[1]}周" if week else half.words[row]


def _same_column(old: list[Unit], new: list[Unit], row: int, other: int, pairs: Pairs) -> Pairs:
    """Who and where, and cells that stand for themselves, are the same by their column, whatever they say.

    Not where the rows have no entry in common: then they belong to other work.
    """
    items = [i for i in old[row].children if old[i].type == "item"]
    if (
        items
        and any(new[j].type == "item" for j in new[other].children)
        and not any(new[pairs[i]].parent == other for i in items if i in pairs)
    ):
        return {}
    settled = set(pairs.values())
    free: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j in new[other].children:
        if j not in settled and _is_slot(new[j]):
            free[new[j].type, new[j].role].append(j)
    found: Pairs = {}
    for i in old[row].children:
        among = free.get((old[i].type, old[i].role))
        if among and i not in pairs and _is_slot(old[i]):
            found[i] = among.pop(0)
    return found


def _is_slot(unit: Unit) -> bool:
    return unit.type == "cell" or unit.role in ("owner", "place")


def _nearer(scores: Scores, olds: list[int], news: list[int]) -> Scores:
    """The scores with a little for the same place in the row, which decides between entries that say the same."""
    return {
        (i, j): round(score + ORDER_BONUS * (1 - abs((i - olds[0]) / len(olds) - (j - news[0]) / len(news))), 9)
        for (i, j), score in scores.items()
    }


def _add(pairs: Pairs, more: Pairs) -> None:
    settled = set(pairs.values())
    pairs.update((i, j) for i, j in more.items() if i not in pairs and j not in settled)


def _below(units: list[Unit], at: int) -> Iterator[int]:
    for child in units[at].children:
        yield child
        yield from _below(units, child)


def _match_wordless(old: Half, new: Half, pairs: Pairs, wishes: Wishes) -> None:
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


# -- what became of the pairs ------------------------------------------------------------------------------------


def _homes(found: Alignment) -> set[tuple[int, int]]:
    """A section that was split, with its parts; one that came of a merger, with what it was."""
    return {
        *((group.whole, part) for group in found.splits for part in group.parts),
        *((part, group.whole) for group in found.mergers for part in group.parts),
    }


def _moves(old: list[Unit], new: list[Unit], pairs: Pairs, homes: set[tuple[int, int]]) -> Iterator[int]:
    """Old places of entries under another parent, or outside the longest run of brothers and sisters that kept their order.

    An entry whose new parent is itself new has not moved if that parent was put around it where it stands.
    """
    families: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    settled = set(pairs.values())
    back = {j: i for i, j in pairs.items()}
    for i, j in sorted(pairs.items()):
        above, beside = old[i].parent, new[j].parent
        if above is None or beside is None:
            continue
        if pairs.get(above) == beside or (above, beside) in homes:
            families[above, beside].append((i, j))
            continue
        wrapped = beside not in settled and _standing(new, beside, settled) == pairs.get(above)
        unwrapped = above not in pairs and _standing(old, above, pairs) == back.get(beside)
        if not wrapped and not unwrapped:
            yield i
    for family in families.values():
        rank = {j: at for at, j in enumerate(sorted(j for _, j in family))}
        links = [
            Link(i, j, 1 - abs(at - rank[j]) / 1e5 + min(len(old[i].text), len(new[j].text)) / 1e9) for at, (i, j) in enumerate(family)
        ]  # of chains as long, that in which little is out of place; of these, the one with more words
        yield from {link.old for link in links} - {link.old for link in chain(links)}


def _standing(units: list[Unit], at: int, known: Iterable[int]) -> int | None:
    """The nearest entry above that has a partner."""
    return next((above for above in _above(units, at) if above in known), None)


def _find_groups(old: Half, new: Half, corpus: Corpus, found: Alignment) -> None:
    """Splits and mergers among entries without a partner."""
    pairs = found.pairs
    back = {j: i for i, j in pairs.items()}
    leaves_old = {u.at: corpus.old_vectors[u.at] for u in old.units if u.type in WORDS and old.words[u.at]}
    leaves_new = {u.at: corpus.new_vectors[u.at] for u in new.units if u.type in WORDS and new.words[u.at]}
    ranked = sorted(found.scores, key=lambda pair: (-found.scores[pair], pair))
    free_new = [(i, j) for i, j in ranked if j not in back and i in leaves_old and j in leaves_new]
    found.splits = groups(leaves_old, leaves_new, pairs, free_new)
    found.splits += _sections_apart(old, new, pairs, back, corpus.new_vectors, corpus.old_vectors)
    used = {part for group in found.splits for part in group.parts}
    free_old = [(j, i) for i, j in ranked if i not in pairs and i in leaves_old and j in leaves_new and j not in used]
    found.mergers = groups(leaves_new, leaves_old, back, free_old)
    found.mergers += _sections_apart(new, old, back, pairs, corpus.old_vectors, corpus.new_vectors)


def _sections_apart(
    whole: Half, parts: Half, partner: Pairs, back: Pairs, part_vectors: list[Vector], whole_vectors: list[Vector]
) -> list[Group]:
    """Sections that became two: of one without a partner nearly all entries come from a section whose heading has its words."""
    found: dict[int, list[int]] = {}
    for unit in parts.units:
        if unit.at in back or unit.type != "section":
            continue
        homes = Counter(whole.units[back[child]].parent for child in unit.children if child in back)
        home, count = max(homes.items(), key=lambda item: (item[1], item[0] or 0), default=(None, 0))
        if home is None or count < TOGETHER * len(unit.children) or home not in partner or whole.units[home].type != "section":
            continue
        if share(part_vectors[unit.at], whole_vectors[home]) >= SAME_TITLE:
            found.setdefault(home, [partner[home]]).append(unit.at)
    return [Group(home, sorted(places)) for home, places in sorted(found.items())]


WORDS = frozenset({"section", "paragraph", "item", "note"})
"""What can be split and merged."""
