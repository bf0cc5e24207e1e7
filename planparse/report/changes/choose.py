"""Which differences stand in a report: what `--only`, `--ignore` and `--fail-on` name, and the comparison without the rest."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from planparse.diff.model import Comparison, FieldChange, Record
from planparse.errors import PlanparseError
from planparse.report.changes.wording import CHANGES, kinds

POSSIBLE = "possible"
"""Names entries without a partner that may have one."""


def _values(field: str) -> tuple[str, ...]:
    return tuple(key for key in CHANGES if key == field or key.startswith(f"{field}/"))


GROUPS: dict[str, tuple[str, ...]] = {
    "targets": _values("target"),
    "deadlines": _values("deadline"),
    "owners": _values("owner"),
    "citations": _values("citation"),
    "times": _values("when"),
    "dropped": ("removed", "target/dropped"),
    "text": ("changed",),
    "structure": ("moved", "split", "merged"),
    "numbering": ("renumbered",),
    "years": ("year",),
    "dates": ("shifted",),
}
"""Names for several kinds, or more telling ones. A field's bare name (`target`) is one too."""

FIELDS = ("target", "deadline", "owner", "citation", "when")
NAMES = (*GROUPS, *CHANGES, POSSIBLE)


def named(words: Iterable[str]) -> frozenset[str]:
    """The kinds that the words of an option name, commas between them; keys of `CHANGES`, and `possible`.

    Raises:
        PlanparseError: There is no such kind.
    """
    found: set[str] = set()
    for word in (part.strip().lower() for given in words for part in given.split(",")):
        if word in GROUPS:
            found.update(GROUPS[word])
        elif word in FIELDS:
            found.update(_values(word))
        elif word in NAMES:
            found.add(word)
        elif word:
            raise _unknown(word)
    return frozenset(found)


def _unknown(word: str) -> PlanparseError:
    from difflib import get_close_matches

    names = ", ".join((*GROUPS, *(key for key in CHANGES if key.split("/")[0] not in FIELDS), POSSIBLE, "target/lowered …"))
    near = get_close_matches(word, NAMES, 1, 0.6)
    if near:
        return PlanparseError(
            "there is no kind of change {word}; did you mean {near}? There are: {names}", word=word, near=near[0], names=names
        )
    return PlanparseError("there is no kind of change {word}; take some of: {names}", word=word, names=names)


class Choice(NamedTuple):
    """The kinds that are wanted."""

    only: frozenset[str] = frozenset()
    """These and no others; empty: all."""
    ignore: frozenset[str] = frozenset()
    """These not."""

    def takes(self, kind: str) -> bool:
        """Whether a kind is wanted, a key of `CHANGES`."""
        return (not self.only or kind in self.only) and kind not in self.ignore


def chosen(comparison: Comparison, choice: Choice) -> Comparison:
    """A comparison with what is wanted of it. Its counts stay those of the whole; the options tell what was chosen."""
    if not choice.only and not choice.ignore:
        return comparison
    options = {**comparison.options, "only": sorted(choice.only), "ignore": sorted(choice.ignore)}
    records = [left for record in comparison.records if (left := _left(record, choice)) is not None]
    return comparison.model_copy(update={"records": records, "options": options})


def _left(record: Record, choice: Choice) -> Record | None:
    """A record with the changes that are wanted; None where none of them is."""
    possible = [] if POSSIBLE in choice.ignore else record.possible
    if not kinds(record):
        return None if choice.only else record  # the same in both years: it stands only where all do
    if possible and POSSIBLE in choice.only:
        return record
    wanted = {kind for kind in kinds(record) if choice.takes(kind)}
    if not wanted:
        return None
    fields = [field for field in record.fields if _key(field) in wanted]
    typed = {field.field for field in record.fields}
    changes = [
        change
        for change in record.changes
        if (any(field.field == change for field in fields) if change in typed else choice.takes(change))
    ]  # fmt: skip
    return record.model_copy(update={"changes": changes, "fields": fields, "possible": possible})


def _key(field: FieldChange) -> str:
    return f"{field.field}/{field.change}"


def differs(comparison: Comparison) -> bool:
    """Whether anything differs in what is left of a comparison."""
    return any(kinds(record) for record in comparison.records)


def fails(comparison: Comparison, kinds_: frozenset[str]) -> bool:
    """Whether there is a change of these kinds in what is left of a comparison."""
    return any(not kinds_.isdisjoint(kinds(record)) or (POSSIBLE in kinds_ and bool(record.possible)) for record in comparison.records)
