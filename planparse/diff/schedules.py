"""Schedules that belong together, their rows, and what stands in these."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from planparse.diff.alignment import Half, Least, Pairs, Scores, Wishes
from planparse.diff.matching import ORDER_BONUS, PARENT_BONUS, accept, add, choose, greedy, measured
from planparse.diff.rows import align_rows
from planparse.diff.sections import SECTION
from planparse.diff.similarity import Corpus
from planparse.diff.units import Unit

_WEEK = re.compile("第?([0-9]+|[一二三四五六七八九十]+)[周週]")


def tables_of(units: list[Unit]) -> dict[int, list[int]]:
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


def match_tables(old: Half, new: Half, olds: dict[int, list[int]], news: dict[int, list[int]], pairs: Pairs) -> Iterator[tuple[int, int]]:
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
    yield from greedy({pair: score for pair, score in scores.items() if score >= SECTION}).items()


def match_schedule(
    old: Half, new: Half, corpus: Corpus, pair: tuple[int, int], pairs: Pairs, scores: Scores, wishes: Wishes, least: Least
) -> None:
    """Matches the rows of two schedules, and what stands in them: in rows that belong together first."""
    old_rows, new_rows = old.units[pair[0]].children, new.units[pair[1]].children
    old_in = {row: list(_below(old.units, row)) for row in old_rows}
    new_in = {row: list(_below(new.units, row)) for row in new_rows}
    said_old = [" ".join(old.words[at] for at in old_in[row]) for row in old_rows]
    said_new = [" ".join(new.words[at] for at in new_in[row]) for row in new_rows]
    settled = set(pairs.values())
    keys = ([_key(half, row) for row in rows] for half, rows in ((old, old_rows), (new, new_rows)))
    for a, b in align_rows(said_old, said_new, *keys):
        row, other = old_rows[a], new_rows[b]
        if (row, other) in wishes.rejected or row in pairs:
            continue
        pairs[row] = other
        settled.add(other)
        scores[row, other] = corpus.alike(row, other)
        inside = measured(old, new, corpus, ((i, j) for i in old_in[row] for j in new_in[other]), wishes)
        scores.update(inside)
        add(pairs, settled, accept(_nearer(inside, old_in[row], new_in[other]), inside, set(inside), least.same, least.other))
        add(pairs, settled, _same_column(old.units, new.units, row, other, pairs, settled))
    olds = [at for row in old_rows for at in old_in[row] if at not in pairs]
    news = [at for row in new_rows for at in new_in[row] if at not in settled]
    across = measured(old, new, corpus, corpus.candidates(olds, news), wishes)
    scores.update(across)
    add(pairs, settled, choose(old, new, across, pairs, least))


def _key(half: Half, row: int) -> str:
    """What a row is called by: its week's number, else its words."""
    week = _WEEK.match(half.words[row])
    return f"{week[1]}周" if week else half.words[row]


def _same_column(old: list[Unit], new: list[Unit], row: int, other: int, pairs: Pairs, settled: set[int]) -> Pairs:
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


def _below(units: list[Unit], at: int) -> Iterator[int]:
    for child in units[at].children:
        yield child
        yield from _below(units, child)
