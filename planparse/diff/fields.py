"""Values of an entry that differ from last year's: targets, deadlines, owners, documents, its time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import partial
from typing import Any, Literal, TypeGuard, TypeVar

from planparse.diff.due import rolled, step
from planparse.diff.figures import compare_targets, is_pace
from planparse.diff.model import FieldChange, FieldName
from planparse.diff.pairing import Paired, clauses, folded, likeness, paired, surroundings
from planparse.diff.units import Values
from planparse.model import Citation, Deadline, Owner, Target, When

ANSWERS = frozenset({"responsible", "lead"})
"""Duties that are one: who leads answers for it."""
ALIKE = 0.5
"""From here on two titles or names are of one kind: 十三五规划, 十四五规划."""
NEAR = 0.2
"""From here on the words around two deadlines tell of the same thing."""
PLAINLY = 0.6
"""From here on they surely do, though another deadline has the same day."""
SAME_TIME = 0.3
"""What it adds to a pair of deadlines that they are the same."""
WHOLE_YEARS = frozenset({"year", "school_year", "plan_period"})
"""Times that name the plan's own period or look back: 今年, 去年; they date no entry."""

Given = TypeVar("Given", Deadline, Owner)


def compare(old: Values, new: Values, *, years: int, days: int = 0, old_text: str, new_text: str, parts: bool = False) -> list[FieldChange]:
    """How the values of a pair differ: targets, deadlines, owners, citations, then its time.

    Inherited deadlines and owners count only against a value that stands in the other entry's own words: a heading's new
    deadline is told once, at the heading. The comparison of the new with the old entry is the mirror of this one.

    Args:
        old: Last year's values.
        new: This year's values.
        years: How many years the new plan is later than the old one; 0 while a year is open.
        days: How many days later the rows of the new schedule are; 0 outside of schedules.
        old_text: Last year's words: they tell which value is which.
        new_text: This year's words.
        parts: Whether a side is several entries put together: what each of them says alike may be said once on the other side.
    """
    targets = compare_targets(old.targets, new.targets, old_text, new_text, parts=parts) if old.targets or new.targets else []
    dues = _deadlines(old, new, years, days, (old_text, new_text)) if old.deadlines or new.deadlines else []
    times = _times(old, new, years, days, (old_text, new_text))
    if any(one.old is old.when is not None or one.new is new.when is not None for one in dues):
        times = []  # told as a deadline's counterpart
    if times and _recurs(times[0]) and any(is_pace(one, old.targets, new.targets, old_text, new_text) for one in targets):
        times = []
    return [
        *targets,
        *dues,
        *(_owners(old.owners, new.owners) if old.owners or new.owners else ()),
        *(_citations(old.citations, new.citations, years) if old.citations or new.citations else ()),
        *times,
    ]


def holder(change: FieldChange, texts: Sequence[str], side: Literal["old", "new"]) -> int:
    """The place of the text in which a value of a change stands; 0 where it stands in none, or the change has none on that side.

    Where it stands in several, it is the first that names what the figure counts, else the first.

    Args:
        change: What differs.
        texts: The words of entries of one side, such as the parts of a split.
        side: Which side's value is looked for.
    """
    value = change.old if side == "old" else change.new
    if value is None:
        return 0
    words = re.escape(rolled(value.title if isinstance(value, Citation) else value.text, 0))
    whole = re.compile(rf"(?<!\d){words}(?!\d)" if isinstance(value, Target) else words)
    plain = [rolled(text, 0) for text in texts]
    holding = [k for k, text in enumerate(plain) if whole.search(text)]
    counted = rolled(value.subject or "", 0) if isinstance(value, Target) else ""
    return next((k for k in holding if counted in plain[k]), holding[0] if holding else 0)


def _left(field: FieldName, old: Sequence[Any], new: Sequence[Any]) -> list[FieldChange]:
    """What stands on one side alone; inherited values are told where they stand."""
    out = [FieldChange(field=field, change="added", new=one) for one in new if not getattr(one, "inherited", False)]
    return out + [FieldChange(field=field, change="dropped", old=one) for one in old if not getattr(one, "inherited", False)]


def _in_force(old: Sequence[Given], new: Sequence[Given]) -> tuple[list[Given], list[Given]]:
    """The values that hold: an entry's own, else those it inherits; none where neither side has its own."""
    own = [one for one in old if not one.inherited], [one for one in new if not one.inherited]
    return (own[0] or list(old), own[1] or list(new)) if any(own) else ([], [])


# -- deadlines ---------------------------------------------------------------------------------------------------


def _deadlines(olds: Values, news: Values, years: int, days: int, texts: tuple[str, str]) -> list[FieldChange]:
    old, new = _in_force(olds.deadlines, news.deadlines)
    steps = {(i, j): step(a, b, years=years, days=days, due=True) for i, a in enumerate(old) for j, b in enumerate(new)}
    named = [one.text for one in old], [one.text for one in new]
    around = surroundings(texts[0], named[0]), surroundings(texts[1], named[1])
    within = clauses(texts[0], named[0]), clauses(texts[1], named[1])

    def near(i: int, j: int) -> float:
        return (2 * likeness(within[0][i], within[1][j]) + likeness(around[0][i], around[1][j])) / 3

    def plain(i: int, j: int) -> float | None:
        same, value = steps[i, j] is None, near(i, j)
        return value + SAME_TIME * same if same or value >= PLAINLY else None

    def likely(i: int, j: int) -> float | None:
        value = near(i, j)
        sole = len(kept.old) == 1 == len(kept.new)
        return value if value >= NEAR or sole else None

    lone = len(old) == 1 == len(new)
    kept = Paired([(0, 0)], [], []) if lone else paired(list(range(len(old))), list(range(len(new))), plain)
    moved = paired(kept.old, kept.new, likely)
    out = []
    for i, j in sorted([*kept.pairs, *moved.pairs], key=lambda pair: pair[1]):
        told = steps[i, j]
        if told is not None:
            out.append(FieldChange(field="deadline", change=told.kind, old=old[i], new=new[j], amount=told.days))
    gone = [old[i] for i in moved.old if news.when is None or step(old[i], news.when, years=years, days=days, due=True)]
    come = [new[j] for j in moved.new if olds.when is None or step(olds.when, new[j], years=years, days=days, due=True)]
    if gone and olds.when is None and _may_be_due(news.when, texts[0], -years):
        k = _counterpart(gone, news.when, texts)
        if k is not None:
            one = gone.pop(k)
            out += _stepped(one, news.when, years, days)
    elif come and news.when is None and _may_be_due(olds.when, texts[1], years):
        k = _counterpart(come, olds.when, (texts[1], texts[0]))
        if k is not None:
            out += _stepped(olds.when, come.pop(k), years, days)
    return out + _left("deadline", gone, come)


def _may_be_due(when: When | None, other: str, years: int) -> TypeGuard[When]:
    """Whether a time that is no deadline may stand where the other entry has one: 9月10日完成, 8月底前完成."""
    return when is not None and when.kind not in WHOLE_YEARS and not when.rrule and _is_dated(when) and _is_gone(when, other, years)


def _counterpart(dues: list[Deadline], when: When, texts: tuple[str, str]) -> int | None:
    """The deadline for which a time of the other entry stands; None where the words around them tell of different things."""
    names = [one.text for one in dues]
    within, around = clauses(texts[0], names), surroundings(texts[0], names)
    [clause], [beside] = clauses(texts[1], [when.text]), surroundings(texts[1], [when.text])
    alike = [(2 * likeness(within[k], clause) + likeness(around[k], beside)) / 3 for k in range(len(dues))]
    best = max(range(len(dues)), key=lambda k: alike[k])
    return best if alike[best] >= ALIKE and not dues[best].inherited else None


def _stepped(old: When, new: When, years: int, days: int) -> list[FieldChange]:
    told = step(old, new, years=years, days=days, due=True)
    return [] if told is None else [FieldChange(field="deadline", change=told.kind, old=old, new=new, amount=told.days)]


def _times(olds: Values, news: Values, years: int, days: int, texts: tuple[str, str]) -> list[FieldChange]:
    """How the time of an entry differs that is no deadline.

    It is not gone while its words still stand in the text, or while it is a deadline there. Times that no calendar fixes,
    such as 本周 and 每天, come and go with the words.
    """
    old, new = (None if values.when is None or values.when.kind in WHOLE_YEARS else values.when for values in (olds, news))
    if old is not None and new is not None:
        told = step(old, new, years=years, days=days, due=False)
        return [] if told is None else [FieldChange(field="when", change=told.kind, old=old, new=new, amount=told.days)]
    if (
        old is not None
        and _is_dated(old)
        and _is_gone(old, texts[1], years)
        and all(step(old, due, years=years, days=days, due=True) for due in news.deadlines)
    ):
        return _left("when", [old], [])
    if (
        new is not None
        and _is_dated(new)
        and _is_gone(new, texts[0], -years)
        and all(step(due, new, years=years, days=days, due=True) for due in olds.deadlines)
    ):
        return _left("when", [], [new])
    return []


def _recurs(change: FieldChange) -> bool:
    return all(isinstance(when, When) and when.kind == "recurrence" for when in (change.old, change.new))


def _is_dated(when: When) -> bool:
    return when.edtf is not None or when.start is not None


def _is_gone(when: When, text: str, years: int) -> bool:
    words = rolled(text, 0)
    return rolled(when.text, 0) not in words and rolled(when.text, years) not in words


# -- owners ------------------------------------------------------------------------------------------------------


def _owners(olds: list[Owner], news: list[Owner]) -> list[FieldChange]:
    out: list[FieldChange] = []
    rest: tuple[list[Owner], list[Owner]] = [], []
    for group in dict.fromkeys(_group(one) for one in (*olds, *news)):
        old, new = _in_force([one for one in olds if _group(one) == group], [one for one in news if _group(one) == group])
        before, after = [_name(one) for one in old], [_name(one) for one in new]
        kept = paired(list(range(len(old))), list(range(len(new))), partial(_equal, before, after))
        gone, come = [old[i] for i in kept.old], [new[j] for j in kept.new]
        changed, gone, come = _replaced("owner", gone, come, [before[i] for i in kept.old], [after[j] for j in kept.new])
        out += changed
        rest[0].extend(one for one in gone if _name(one) not in after)  # who is named once instead of twice still answers
        rest[1].extend(one for one in come if _name(one) not in before)

    def of_one_name(i: int, j: int) -> float | None:
        one, other = rest[0][i], rest[1][j]
        return 1.0 if _name(one) == _name(other) and not (one.inherited and other.inherited) else None

    duties = paired(list(range(len(rest[0]))), list(range(len(rest[1]))), of_one_name)
    out += [FieldChange(field="owner", change="replaced", old=rest[0][i], new=rest[1][j]) for i, j in duties.pairs]  # 牵头 → 配合
    return out + _left("owner", [rest[0][i] for i in duties.old], [rest[1][j] for j in duties.new])


def _equal(old: list[str], new: list[str], i: int, j: int) -> float | None:
    return 1.0 if old[i] == new[j] else None


def _group(owner: Owner) -> str:
    return "responsible" if owner.duty in ANSWERS else owner.duty


def _name(owner: Owner) -> str:
    name = "".join(unicodedata.normalize("NFKC", owner.text).split())
    return name.removesuffix("同志") or name


def _replaced(
    field: FieldName, old: list[Any], new: list[Any], names: list[str], others: list[str]
) -> tuple[list[FieldChange], list[Any], list[Any]]:
    """Pairs of alike names; as many old as new ones that are left replace each other in order. And what is left then."""

    def alike(i: int, j: int) -> float | None:
        value = likeness(folded(names[i]), folded(others[j]))
        return value if value >= ALIKE else None

    first = paired(list(range(len(old))), list(range(len(new))), alike)
    pairs, gone, come = first.pairs, first.old, first.new
    if field == "owner" and len(gone) == len(come):
        pairs, gone, come = [*pairs, *zip(gone, come, strict=True)], [], []
    changes = [FieldChange(field=field, change="replaced", old=old[i], new=new[j]) for i, j in sorted(pairs, key=lambda pair: pair[1])]
    return changes, [old[i] for i in gone], [new[j] for j in come]


# -- documents ---------------------------------------------------------------------------------------------------


def _citations(olds: list[Citation], news: list[Citation], years: int) -> list[FieldChange]:
    old, new = {rolled(one.title, 0): one for one in olds}, {rolled(one.title, 0): one for one in news}
    out: list[FieldChange] = []
    for way in sorted((0, years), key=lambda way: -sum(rolled(one.title, way) in new for one in old.values())):
        for title, one in list(old.items()):
            there = rolled(one.title, way)
            if there in new and title in old:
                other = new.pop(there)
                del old[title]
                if one.number and other.number and rolled(other.number, 0) not in (rolled(one.number, 0), rolled(one.number, years)):
                    out.append(FieldChange(field="citation", change="replaced", old=one, new=other))
    changed, gone, come = _replaced("citation", list(old.values()), list(new.values()), list(old), list(new))
    return [*out, *changed, *_left("citation", gone, come)]
