"""Words that every report of a comparison says: names of what became of an entry, values side by side, steps in time.

Every name is English and the key of its translations; `messages` hands them all to the catalogue.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planparse.diff.model import Candidate, Comparison, FieldChange, Record, Shift, Side
from planparse.messages import Translate
from planparse.model import Citation, Owner, Target, When
from planparse.syntax.numbering import match_label
from planparse.writers import promises

CHANGES = {
    "removed": "removed",
    "added": "added",
    "changed": "reworded",
    "moved": "moved",
    "split": "split",
    "merged": "merged",
    "target": "target changed",
    "target/lowered": "target lowered",
    "target/dropped": "target dropped",
    "target/raised": "target raised",
    "target/replaced": "target replaced",
    "target/added": "target added",
    "deadline": "deadline changed",
    "deadline/later": "deadline later",
    "deadline/earlier": "deadline earlier",
    "deadline/replaced": "deadline replaced",
    "deadline/added": "deadline added",
    "deadline/dropped": "deadline dropped",
    "owner": "owner changed",
    "owner/replaced": "owner replaced",
    "owner/added": "owner added",
    "owner/dropped": "owner dropped",
    "citation": "document changed",
    "citation/replaced": "document replaced",
    "citation/added": "document added",
    "citation/dropped": "document dropped",
    "when": "time changed",
    "when/later": "time later",
    "when/earlier": "time earlier",
    "when/replaced": "time replaced",
    "when/added": "time added",
    "when/dropped": "time dropped",
    "renumbered": "renumbered",
    "year": "only the year moved along",
    "shifted": "only the days moved along",
    "punctuation": "only punctuation",
}
"""What became of an entry: a change of `model.Change`, or a value as `field/kind`. Reports list them in this order."""

UNCHANGED = "unchanged"
POSSIBLE = "to be confirmed"
"""An entry without a partner that may have one."""

FOLDED = ("renumbered", "year", "shifted", "punctuation")
"""Differences that are no findings: reports count them in one line each and list them on request."""

EXCEPTIONS = (
    "target/lowered", "target/dropped", "target/raised", "deadline/later", "deadline/dropped", "owner/replaced", "owner/dropped",
)  # fmt: skip
"""Kinds among which there is what a reviewer asks about first; `is_exception` tells whether a change is."""

CEILINGS, FLOORS = frozenset({"<=", "<"}), frozenset({">=", ">"})

FIELDS = {"target": "target", "deadline": "deadline", "owner": "owner", "citation": "document", "when": "time"}

TYPES = {
    "plan": "plan", "title": "title", "section": "entry", "paragraph": "paragraph", "schedule": "schedule", "schedule_row": "row of a schedule",
    "item": "entry of a schedule", "note": "remark", "cell": "cell of a schedule", "table": "table", "table_row": "row of a table", "signature": "signature",
}  # fmt: skip

CONFIDENCE = {"confirmed": "confirmed", "high": "high", "medium": "medium", "low": "low"}

NONE = "—"
POINT, POINTS = "point", "points"
"""The unit of what lies between two shares."""
ARROW = " → "


def messages() -> tuple[str, ...]:
    """Every name in the tables above."""
    return (*CHANGES.values(), UNCHANGED, POSSIBLE, POINT, POINTS, *FIELDS.values(), *TYPES.values(), *CONFIDENCE.values())


# -- what became of an entry -------------------------------------------------------------------------------------


def named(change: str, translate: Translate) -> str:
    """A change's name in the reader's language: a key of `CHANGES`, `possible` or `unchanged`."""
    names = {**CHANGES, "possible": POSSIBLE, "unchanged": UNCHANGED}
    return translate(names[change])


def kinds(record: Record) -> list[str]:
    """What became of an entry as keys of `CHANGES`, in the table's order; typed changes are told by their values."""
    typed = {f"{field.field}/{field.change}" for field in record.fields}
    told = {key.split("/")[0] for key in typed}
    found = typed | {change for change in record.changes if change not in told}
    return [key for key in CHANGES if key in found]


def status(record: Record, translate: Translate) -> str:
    """All that became of an entry, on one line: `target lowered, moved`."""
    names = [named(kind, translate) for kind in kinds(record)]
    if record.possible:
        names.append(translate(POSSIBLE))
    return translate(", ").join(names) or translate(UNCHANGED)


def exceptional(record: Record) -> bool:
    """Whether a reviewer asks about it first: a target lowered or dropped, a deadline later, an owner changed, and what went with a target."""
    return any(map(is_exception, record.fields)) and "added" not in record.changes


def is_exception(field: FieldChange) -> bool:
    """Whether a reviewer asks about a changed value first; reports show it before all else.

    Of targets it is the weaker promise: a lower figure, of a ceiling (不超过3起) a higher one. Where one year's figure is a
    ceiling and the other's a floor, nobody can tell, so it is shown.
    """
    if field.change in ("raised", "lowered"):
        binding = {given.comparator for given in (field.old, field.new) if isinstance(given, Target)}
        ceiling, floor = not binding.isdisjoint(CEILINGS), not binding.isdisjoint(FLOORS)
        return (ceiling and floor) or (field.change == "raised") == ceiling
    return f"{field.field}/{field.change}" in EXCEPTIONS


def bound(field: FieldChange) -> str:
    """A page's class for a target whose figure is a ceiling: a higher one is the weaker promise; empty for others."""
    return " ceiling" if field.change in ("raised", "lowered") and is_exception(field) == (field.change == "raised") else ""


def asked_first(comparison: Comparison) -> frozenset[str]:
    """The kinds that a reviewer asks about first, as keys of `CHANGES`; raised and lowered targets where one of them is an exception."""
    typed = {"target/raised", "target/lowered"}
    found = {f"{field.field}/{field.change}" for record in comparison.records for field in record.fields if is_exception(field)}
    return frozenset(kind for kind in EXCEPTIONS if kind not in typed or kind in found)


def folded(record: Record) -> bool:
    """Whether it differs in nothing that is a finding."""
    return bool(record.changes) and not record.possible and all(change in FOLDED for change in record.changes)


def candidates(record: Record) -> list[Candidate]:
    """What an entry may belong to, the likeliest first; of several that read the same the likeliest one."""
    by_words: dict[str, Candidate] = {}
    for candidate in record.possible:
        by_words.setdefault(" ".join(candidate.text.split()), candidate)
    return list(by_words.values())


# -- where it stands ---------------------------------------------------------------------------------------------


def label(side: Side | None) -> str:
    """An entry's label as written; empty without one."""
    return side.number.text if side is not None and side.number is not None else ""


def trail(side: Side | None) -> str:
    """The labels and headings above an entry on one line."""
    return " / ".join(side.path) if side is not None else ""


LONGEST_STEP = 12


def place(side: Side | None) -> str:
    """An entry's address in few signs: the labels that lead to it and its own, `二、（一）3.`; headings where there are no labels."""
    if side is None:
        return ""
    out = ""
    for part in [*side.path, label(side)]:
        if length := label_length(part):
            out += part[:length]
        elif part:
            out += f"{part if len(part) <= LONGEST_STEP else part[: LONGEST_STEP - 1] + '…'} / "
    return out.removesuffix(" / ")


def label_length(text: str) -> int:
    """How many signs at the head of a text are its label."""
    found = match_label(text, 0, len(text)) if text else None
    return found.end if found is not None else 0


def line(side: Side | None, translate: Translate) -> str:
    """Where an entry stands in its file: `line 12`, or `paragraph 12` in a file that has no lines; empty without positions."""
    if side is None or side.position is None:
        return ""
    return side.position.origin or translate("line {line}").format(line=side.position.start.line)


# -- values ------------------------------------------------------------------------------------------------------


def value(given: Target | When | Owner | Citation | None) -> str:
    """A value for people: `≥ 96 %`, `2024-06-30`, `总务处`, `《…》`; a dash where there is none."""
    if given is None:
        return NONE
    if isinstance(given, Target):
        return promises.figure(given).strip()
    if isinstance(given, When):
        return _time(given)
    if isinstance(given, Owner):
        return given.text
    return f"《{given.title}》{given.number or ''}"


def _time(when: When) -> str:
    if when.end is None:
        return when.text
    return when.end if when.bound == "by" or when.start in (None, when.end) else f"{when.start} – {when.end}"


def subject(field: FieldChange) -> str:
    """What a target counts; empty where it is not said, and for other values."""
    return next((given.subject for given in (field.new, field.old) if isinstance(given, Target) and given.subject), "")


class Step(NamedTuple):
    """How far a value went, in the unit in which people read it."""

    amount: float
    unit: str
    """Of targets; `POINTS` between shares, empty for the days of deadlines."""
    percent: float | None
    told: bool = False
    """Whether the unit is said with the amount, because the figures themselves do not tell it."""


def step(field: FieldChange) -> Step | None:
    """How far a value went: in 万元 where both figures are written so, in points between shares; None where that cannot be told."""
    if field.amount is None:
        return None
    old, new = field.old, field.new
    if not isinstance(old, Target) or not isinstance(new, Target):
        return Step(field.amount, "", None)
    unit = new.unit or ""
    if unit == "%":
        return Step(field.amount, POINTS, None, told=True)
    if old.written is not None and new.written is not None and old.written.unit == new.written.unit and new.written.value:
        factor = (new.value or 0) / new.written.value
        if factor:
            return Step(field.amount / factor, new.written.unit, field.percent)
    return Step(field.amount, unit, field.percent, told=_unit(old) != _unit(new))


_ROUNDED = 1e-4
"""Amounts are rounded no farther than to this."""


def distance(field: FieldChange, translate: Translate) -> str:
    """How far a value went, for people: `+15, +42.9 %`, `31 days later`; empty where that cannot be told."""
    gone = step(field)
    if gone is None or not gone.amount:
        return ""
    if field.field in ("deadline", "when"):
        return _days(round(gone.amount), translate)
    unit = gone.unit
    if unit == POINTS:
        unit = translate(POINT if abs(gone.amount) == 1 else POINTS)
    parts = [f"{signed(gone.amount)} {unit}".rstrip() if gone.told else signed(gone.amount)]
    if gone.percent is not None:
        parts.append(percent(gone.percent))
    far = translate(", ").join(parts)
    return translate("for one period {far}").format(far=far) if _is_pace(field) else far


def _is_pace(field: FieldChange) -> bool:
    """Whether figures for two periods were told for the longer one (每年2次 → 每季度1次): then the amount is not their difference."""
    old, new = field.old, field.new
    if not isinstance(old, Target) or not isinstance(new, Target) or old.unit != new.unit or None in (old.value, new.value, field.amount):
        return False
    ends = [(given.value or 0, given.value or 0 if given.upper is None else given.upper) for given in (old, new)]
    return all(abs(after - before - (field.amount or 0)) > _ROUNDED for before, after in zip(*ends, strict=True))


def _days(amount: int, translate: Translate) -> str:
    if amount == 1:
        return translate("1 day later")
    if amount == -1:
        return translate("1 day earlier")
    message = translate("{count} days later") if amount > 0 else translate("{count} days earlier")
    return message.format(count=abs(amount))


def signed(amount: float) -> str:
    """A number with its sign: +15, −2.5."""
    amount = round(amount, 4)
    return ("+" if amount > 0 else "−" if amount < 0 else "") + promises.number(abs(amount))


def percent(amount: float) -> str:
    """A share of change: +42.9 %."""
    return f"{signed(round(amount, 1))} %"


def values(field: FieldChange, translate: Translate) -> str:
    """A value that differs, old and new: `35 → 50 所 (+15, +42.9 %)`, `2024-06-30 → 2025-07-31 (31 days later)`."""
    old, new = value(field.old), value(field.new)
    if isinstance(field.old, Target) and isinstance(field.new, Target):
        unit = _unit(field.new)
        if unit and unit == _unit(field.old):
            old = old.removesuffix(unit).rstrip()
    far = distance(field, translate)
    return f"{old}{ARROW}{new}" + (f" ({far})" if far else "")


def _unit(target: Target) -> str:
    return target.written.unit if target.written is not None else target.unit or ""


def told(field: FieldChange, translate: Translate) -> str:
    """A changed value with its name: `target lowered: 新建学校 50 → 35 所 (−15, −30 %)`."""
    counted = subject(field)
    words = f"{counted} {values(field, translate)}" if counted else values(field, translate)
    return translate("{what}: {words}").format(what=named(f"{field.field}/{field.change}", translate), words=words)


# -- the whole ---------------------------------------------------------------------------------------------------


def shifted(shift: Shift, comparison: Comparison, translate: Translate) -> str:
    """A step in time and how many entries differ in nothing else."""
    if shift.unit == "day":
        return translate("schedule moved by {days} days; rows that differ in nothing else: {count}").format(
            days=signed(shift.amount), count=shift.count
        )
    old, new = comparison.old.year, comparison.new.year
    if old is None or new is None:
        return translate("years moved by {years}; entries that differ in nothing else: {count}").format(
            years=signed(shift.amount), count=shift.count
        )
    return translate("years {old} → {new}; entries that differ in nothing else: {count}").format(old=old, new=new, count=shift.count)


def options(comparison: Comparison, translate: Translate) -> list[str]:
    """The options that were set, as they are written on the command line."""
    given = comparison.options
    found = []
    if given.get("threshold") is not None:
        found.append(f"--threshold {given['threshold']}")
    if given.get("words"):
        found.append("--words")
    if given.get("plans"):
        found.append(f"--plan {':'.join(map(str, given['plans']))}")
    if given.get("everything"):
        found.append("--all")
    confirmed, rejected = (len(given.get(verdict) or ()) for verdict in ("confirmed", "rejected"))
    if confirmed or rejected:
        message = translate("judged pairs: {confirmed} confirmed, {rejected} rejected")
        found.append(message.format(confirmed=confirmed, rejected=rejected))
    for option, message in (("only", translate("only: {kinds}")), ("ignore", translate("left out: {kinds}"))):
        if given.get(option):
            found.append(message.format(kinds=", ".join(given[option])))
    return found


class Balance(NamedTuple):
    """How the entries of one side add up: `total = kept + alone + parts`."""

    total: int
    kept: int
    """They live on, one to one."""
    alone: int
    """Removed from last year's side, added on this year's."""
    parts: int
    """They are in splits and mergers."""


def balances(comparison: Comparison) -> tuple[Balance, Balance]:
    """How last year's and this year's entries add up, from the one count that every report shows."""
    count = comparison.count
    return (
        Balance(count.old, count.pairs, count.removed, count.regrouped_old),
        Balance(count.new, count.pairs, count.added, count.regrouped_new),
    )


def sums(comparison: Comparison, translate: Translate) -> tuple[str, str]:
    """The two sums as sentences."""
    old, new = balances(comparison)
    return (
        translate("last year's entries: {total} = kept {kept} + removed {alone} + in splits and mergers {parts}").format(**old._asdict()),
        translate("this year's entries: {total} = kept {kept} + added {alone} + in splits and mergers {parts}").format(**new._asdict()),
    )


def counted(comparison: Comparison) -> Iterator[tuple[str, int]]:
    """How often each kind was found, findings only, as keys of `CHANGES` with their counts; typed ones by their values.

    The last one is `possible`: of the records that are left, how many may have a partner; a summary has counted them beforehand.
    """
    count = comparison.count
    typed = {key.split("/")[0] for key in count.fields}
    for key in CHANGES:
        if key in FOLDED or key in typed:
            continue
        number = count.fields.get(key, 0) if "/" in key else count.changes.get(key, 0)
        if number:
            yield key, number
    if number := count.changes.get("possible") or possible(comparison):
        yield "possible", number


def possible(comparison: Comparison) -> int:
    """How many of the records have no partner, but may have one."""
    return sum(bool(record.possible) for record in comparison.records)


def folds(comparison: Comparison) -> Iterator[tuple[str, int]]:
    """The same for what is no finding."""
    for key in FOLDED:
        if number := comparison.count.changes.get(key, 0):
            yield key, number
