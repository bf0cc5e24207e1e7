"""Splits and mergers: an entry whose words stand in several entries of the other plan, a section that became two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from planparse.diff.alignment import Alignment, Group, Half, Pairs
from planparse.diff.similarity import Corpus, Vector

CONTAINED = 0.7
"""So much of a part's words must stand in the whole."""
COVERED = 0.7
"""So much of the whole must stand in its parts."""
GAIN = 0.15
"""So much of the whole a part must add to what the others cover."""
TOGETHER = 0.75
"""So many of a section's entries must come from one section, for the two sections to be one."""
SAME_TITLE = 0.5
"""So much of the one heading must stand in the other."""
WORDS = frozenset({"section", "paragraph", "item", "note"})
"""What can be split and merged."""


def find_groups(old: Half, new: Half, corpus: Corpus, found: Alignment) -> None:
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


def groups(wholes: dict[int, Vector], parts: dict[int, Vector], partner: dict[int, int], free: Iterable[tuple[int, int]]) -> list[Group]:
    """The wholes that were split.

    Args:
        wholes: Vectors of the entries that may be a whole.
        parts: Vectors of the entries that may be a part.
        partner: The part with which a whole is paired already.
        free: Pairs of a whole and a part without a partner that share words, the likeliest first.
    """
    offers: dict[int, list[int]] = {}
    for whole, part in free:
        if share(parts[part], wholes[whole]) >= CONTAINED:
            offers.setdefault(whole, []).append(part)
    taken: set[int] = set()
    found: list[Group] = []
    for whole, offered in sorted(offers.items()):
        mine = partner.get(whole)
        chosen = [] if mine is None else [mine]
        if mine is not None and (mine not in parts or share(parts[mine], wholes[whole]) < CONTAINED):
            continue
        for part in offered:
            if part not in taken and _cover(wholes[whole], [parts[p] for p in (*chosen, part)]) >= GAIN + _cover(
                wholes[whole], [parts[p] for p in chosen]
            ):
                chosen.append(part)
        if len(chosen) > 1 and _cover(wholes[whole], [parts[p] for p in chosen]) >= COVERED:
            taken.update(chosen)
            found.append(Group(whole, sorted(chosen)))
    return found


def share(part: Vector, whole: Vector) -> float:
    """How much of a part's words, by weight, stands in the whole."""
    total = sum(value for gram, value in part.items() if len(gram) == 2)
    return sum(value for gram, value in part.items() if len(gram) == 2 and gram in whole) / total if total else 0.0


def _cover(whole: Vector, parts: list[Vector]) -> float:
    total = sum(value for gram, value in whole.items() if len(gram) == 2)
    return sum(value for gram, value in whole.items() if len(gram) == 2 and any(gram in part for part in parts)) / total if total else 0.0
