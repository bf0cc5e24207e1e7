"""Targets of two entries: which is which, and whether the figure rose or fell."""

from __future__ import annotations

from planparse.diff.model import FieldChange, FieldKind
from planparse.diff.pairing import Paired, folded, likeness, paired, surroundings
from planparse.diff.rates import SAME, Rate, common, rates, without_periods
from planparse.model import Target

SAME_FIGURE = 0.2
"""What it adds to a pair that its figures are the same."""
ALIKE = 0.4
"""From here on two figures of one unit are the same target."""
PLAINLY = 0.7
"""From here on two subjects are one, whatever their figures are measured in."""
DIGITS = 6
NEARLY = 0.7
"""Two figures for periods that do not divide evenly are told apart when the smaller is less than this share of the larger."""
COUNTERS = (frozenset("个所家处间座"), frozenset("个名人位"))
"""Measure words that stand for one another beside one subject: of bodies, of people."""
Per = tuple[Rate | None, Rate | None]
"""The periods that an old and a new figure are counted by."""


def compare_targets(old: list[Target], new: list[Target], old_text: str, new_text: str, *, parts: bool = False) -> list[FieldChange]:
    """How the targets differ: raised, lowered, replaced, added, dropped.

    Figures for different periods (每年2次, 每季度1次) are told for the longer one. `raised` and `lowered` tell the figure, not
    whether it is harder to reach: a ceiling (不超过30人) that goes
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
    per = rates(old_text, old), rates(new_text, new)
    out = [change for i, j in found.pairs if (change := changed(old[i], new[j], (per[0][i], per[1][j]))) is not None]
    out += [FieldChange(field="target", change="added", new=new[j]) for j in found.new]
    out += [FieldChange(field="target", change="dropped", old=old[i]) for i in found.old]
    return out


def is_pace(change: FieldChange, old: list[Target], new: list[Target], old_text: str, new_text: str) -> bool:
    """Whether a target rose or fell because it is due more or less often: then it tells the new recurrence, too."""
    if change.change not in ("raised", "lowered"):
        return False
    before = next(rate for one, rate in zip(old, rates(old_text, old), strict=True) if one is change.old)
    after = next(rate for one, rate in zip(new, rates(new_text, new), strict=True) if one is change.new)
    return before != after


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
    subjects = [folded(without_periods(one.subject or "")) for one in old], [folded(without_periods(one.subject or "")) for one in new]
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
    return "%" if _is_share(target) else target.unit, target.change


def _is_share(target: Target) -> bool:
    """Whether it is a share without a unit: 三分之二 is 0.6667, as much as 66.67%."""
    return target.unit is None and "分之" in target.text


def _figure(target: Target) -> tuple[object, ...]:
    return target.value, target.upper, target.unit, target.comparator, target.change


def changed(old: Target, new: Target, per: Per = (None, None)) -> FieldChange | None:
    """What became of a target; None where it binds as before.

    Args:
        old: Last year's target.
        new: This year's target.
        per: The periods that they are counted by.
    """
    by = common(*per) if old.unit not in (None, "%") else SAME
    if _figure(old) == _figure(new) and (by is None or by.old == by.new):
        return None
    kind: FieldKind = "replaced"
    amount = percent = None
    if by is not None and _is_one_measure(old, new) and old.value is not None and new.value is not None:
        points = old.unit != new.unit
        before, after = _ends(old, by.old, points=points), _ends(new, by.new, points=points)
        low, high = (round(after[k] - before[k], DIGITS) for k in (0, 1))
        if not (low or high) and (old.comparator, old.change) == (new.comparator, new.change):
            return None
        if low * high >= 0 and (low or high) and (by.sure or min(before[0], after[0]) < NEARLY * max(before[0], after[0])):
            kind = "raised" if low > 0 or high > 0 else "lowered"
            amount = low or high
            base = before[0] if low else before[1]
            percent = round(100 * (low or high) / base, 2) if base else None
    return FieldChange(field="target", change=kind, old=old, new=new, amount=amount, percent=percent)


def _is_one_measure(old: Target, new: Target) -> bool:
    if _measure(old) == _measure(new):
        return True
    counted = folded(without_periods(old.subject or "")), folded(without_periods(new.subject or ""))
    return (
        old.change == new.change
        and any(old.unit in words and new.unit in words for words in COUNTERS)
        and all(counted)
        and likeness(*counted) >= PLAINLY
    )


def _ends(target: Target, times: float, *, points: bool) -> tuple[float, float]:
    """The two ends of a figure, told for the common period, a share in points where the other one is."""
    assert target.value is not None
    factor = times * (100 if points and _is_share(target) else 1)
    return target.value * factor, (target.value if target.upper is None else target.upper) * factor
