"""Records of entries that stand on one side alone, and the parts that all records share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from planparse.diff.fold import bare
from planparse.diff.model import Candidate, Change, FieldChange, Record, Side
from planparse.diff.units import Unit

QUIET: frozenset[Change] = frozenset({"renumbered", "year", "shifted", "punctuation"})
"""Differences that are no findings."""
ORDER: tuple[Change, ...] = (
    "removed", "added", "split", "merged", "moved", "changed", "target", "deadline", "owner", "citation", "when",
    "renumbered", "year", "shifted", "punctuation",
)  # fmt: skip
"""The order in which a record names its changes."""
REUNITED = 8
"""Entries of other plans with so many signs, and the same ones, are the same entry."""


def side_of(unit: Unit, key: str) -> Side:
    """An entry as a record shows it."""
    return Side(
        key=key, node=unit.node, plan=unit.plan, path=list(unit.path), number=unit.number, heading=unit.heading, text=unit.text,
        position=unit.position,
    )  # fmt: skip


def gone(unit: Unit, key: str, possible: list[Candidate] | None = None) -> Record:
    """The record of an entry that is gone, and with it its figures."""
    values = [FieldChange(field="target", change="dropped", old=target) for target in unit.values.targets]
    return Record(type=unit.type, old=side_of(unit, key), changes=["removed"], fields=values, possible=possible or [])


def new_of(unit: Unit, key: str, possible: list[Candidate] | None = None) -> Record:
    """The record of an entry that is new, and its figures with it."""
    values = [FieldChange(field="target", change="added", new=target) for target in unit.values.targets]
    return Record(type=unit.type, new=side_of(unit, key), changes=["added"], fields=values, possible=possible or [])


def reunited(records: list[Record]) -> list[Record]:
    """The records, where entries of plans that do not belong together say the same: they moved from one to the other."""
    lost: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        if record.old is not None and record.new is None and len(bare(record.old.text)) >= REUNITED:
            lost[bare(record.old.text)].append(record)
    partners: dict[str, Record] = {}
    for record in records:
        among = lost.get(bare(record.new.text)) if record.new is not None and record.old is None else None
        if among and record.new is not None:
            partners[record.new.key] = among.pop(0)
    taken = {id(record) for record in partners.values()}
    return [
        _crossed(partners[record.new.key], record)
        if record.new is not None and record.new.key in partners and record.old is None
        else record
        for record in records
        if id(record) not in taken
    ]


def _crossed(old: Record, new: Record) -> Record:
    assert old.old is not None
    assert new.new is not None
    same = old.old.text == new.new.text
    changes: list[Change] = ["moved"] if same else ["moved", "punctuation"]
    return Record(type=new.type, old=old.old, new=new.new, changes=changes, similarity=1.0, confidence="high")


def in_order(changes: Iterable[Change]) -> list[Change]:
    """Each change once, in one order."""
    return sorted(set(changes), key=ORDER.index)
