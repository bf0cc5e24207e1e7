"""Targets of two entries: which is which, and whether the figure rose or fell."""

from __future__ import annotations

from planparse.diff.model import FieldChange, FieldKind
from planparse.diff.pairing import Paired, folded, likeness, paired, surroundings
from planparse.model import Target

SAME_FIGURE = 0.2
"""What it adds to a pair that its figures are the same."""
ALIKE = 0.4
"""From here on two figures of one unit are the same target."""
PLAINLY = 0.7
"""From here on two subjects are one, whatever their figures are measured in."""
DIGITS = 6


def compare_targets(old: list[Target], new: list[Target], old_text: str, new_text: str, *, parts: bool = False) -> list[FieldChange]:
    """How the targets differ: raised, lowered, replaced, added, dropped.

    `raised` and `lowered` tell the figure as it is written, not whether it is harder to reach: a ceiling (不超过30人) that goes
    down is lowered, and so is a fall (下降5%) that is smaller than before. A span goes up when neither end goes down.

    Args:
        old: Last year's targets.
        new: This year's targets.
        old_text: Last year's words: they tell which target is which.
        new_text: This year's words.
        parts: Whether a side is several entries put together: one figure that each of them names may stand once on the other side.
    """
    found = pair_targets(old, new, old_text, new_text)
    if parts:
        found = _said_once(found, old, new, (old_text, new_text))
    out = [change for i, j in found.pairs if (change := changed(old[i], new[j])) is not None]
    out += [FieldChange(field="target", change="added", new=new[j]) for j in found.new]
    out += [FieldChange(field="target", change="dropped", old=old[i]) for i in found.old]
    return out


def _said_once(found: Paired, old: list[Target], new: list[Target], texts: tuple[str, str]) -> Paired:
    """The pairs, without what is left of a figure that stands on both sides: several entries named it, now one does for all."""
    told = {_figure(old[i]) for i, j in found.pairs if _figure(old[i]) == _figure(new[j])}
    counted = _counted(old, texts[0]), _counted(new, texts[1])
    words = folded(texts[0]), folded(texts[1])
    gone = [i for i in found.old if _figure(old[i]) not in told or not _names(words[1], counted[0][i])]
    come = [j for j in found.new if _figure(new[j]) not in told or not _names(words[0], counted[1][j])]
    return Paired(found.pairs, gone, come)


def _counted(targets: list[Target], text: str) -> list[str]:
    """What each figure counts; where that is not said, the two signs before it."""
    before = [words.partition(" ")[0][-2:] for words in surroundings(text, [one.text for one in targets])]
    return [folded(one.subject or "") or words for one, words in zip(targets, before, strict=True)]


def _names(words: str, counted: str) -> bool:
    """Whether words name what a figure counts, or half of it (演练活动: 演练、培训等活动)."""
    grams = [counted[k : k + 2] for k in range(max(len(counted) - 1, 1))]
    return sum(gram in words for gram in grams) * 2 >= len(grams)


def pair_targets(old: list[Target], new: list[Target], old_text: str, new_text: str) -> Paired:
    """Which target of the old entry is which of the new one, whether their figures differ or not."""
    if list(map(_figure, old)) == list(map(_figure, new)) and [one.subject for one in old] == [one.subject for one in new]:
        return Paired([(k, k) for k in range(len(old))], [], [])
    subjects = [folded(one.subject or "") for one in old], [folded(one.subject or "") for one in new]
    around = surroundings(old_text, [one.text for one in old]), surroundings(new_text, [one.text for one in new])

    def alike(i: int, j: int) -> float:
        near = likeness(around[0][i], around[1][j])
        one, other = subjects[0][i], subjects[1][j]
        if one == other != "":
            return 1 + near / 10
        return (2 * likeness(one, other) + near) / 3 if one and other else near

    def of_one_kind(i: int, j: int) -> float | None:
        if _measure(old[i]) != _measure(new[j]):
            return None
        same = _figure(old[i]) == _figure(new[j])
        value = alike(i, j)
        return value + SAME_FIGURE * same if same or value >= ALIKE else None

    def alone(i: int, j: int) -> float | None:
        """The only two figures of one unit that are left are one target where one of them does not say what it counts."""
        if _measure(old[i]) != _measure(new[j]) or (subjects[0][i] and subjects[1][j]):
            return None
        sole = (
            sum(_measure(old[k]) == _measure(old[i]) for k in first.old)
            == 1
            == sum(_measure(new[k]) == _measure(new[j]) for k in first.new)
        )
        return alike(i, j) if sole else None

    def of_one_subject(i: int, j: int) -> float | None:
        one, other = subjects[0][i], subjects[1][j]
        value = likeness(one, other) if one and other else 0.0
        return value if value >= PLAINLY else None

    first = paired(list(range(len(old))), list(range(len(new))), of_one_kind)
    second = paired(first.old, first.new, alone)
    third = paired(second.old, second.new, of_one_subject)
    return Paired(sorted([*first.pairs, *second.pairs, *third.pairs], key=lambda pair: pair[1]), third.old, third.new)


def _measure(target: Target) -> tuple[str | None, str | None]:
    return target.unit, target.change


def _figure(target: Target) -> tuple[object, ...]:
    return target.value, target.upper, target.unit, target.comparator, target.change


def changed(old: Target, new: Target) -> FieldChange | None:
    """What became of a target; None where it binds as before."""
    if _figure(old) == _figure(new):
        return None
    kind: FieldKind = "replaced"
    amount = percent = None
    if _measure(old) == _measure(new) and old.value is not None and new.value is not None:
        low = new.value - old.value
        high = (new.value if new.upper is None else new.upper) - (old.value if old.upper is None else old.upper)
        if low * high >= 0 and (low or high):
            kind = "raised" if low > 0 or high > 0 else "lowered"
            amount = round(low or high, DIGITS)
            base = old.value if low else old.upper if old.upper is not None else old.value
            percent = round(100 * (low or high) / base, 2) if base else None
    return FieldChange(field="target", change=kind, old=old, new=new, amount=amount, percent=percent)
