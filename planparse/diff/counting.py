"""The one routine that counts records, for every report."""

from __future__ import annotations

from collections import Counter

from planparse.diff.alignment import Alignment
from planparse.diff.model import Count, Record
from planparse.diff.records import ORDER, QUIET


class Tally:
    """What was counted so far."""

    def __init__(self) -> None:
        self.changes: Counter[str] = Counter()
        self.fields: Counter[str] = Counter()
        self.confidence: Counter[str] = Counter()
        self.pairs = self.unchanged = self.regrouped_old = self.regrouped_new = 0

    def add(self, records: list[Record]) -> None:
        """Counts records."""
        for record in records:
            self.changes.update(record.changes)
            self.fields.update(f"{value.field}/{value.change}" for value in record.fields)
            if record.confidence is not None:
                self.confidence[record.confidence] += 1
            if record.old is not None and record.new is not None and record.group is None:
                self.pairs += 1
                self.unchanged += not set(record.changes) - QUIET

    def regroup(self, alignment: Alignment) -> None:
        """Counts what was split and merged: an old entry that became two, two that became one."""
        self.regrouped_old += len(alignment.splits) + sum(len(group.parts) for group in alignment.mergers)
        self.regrouped_new += len(alignment.mergers) + sum(len(group.parts) for group in alignment.splits)

    def total(self, old: int, new: int) -> Count:
        """The sums, given how many entries there are on both sides."""
        return Count(
            old=old, new=new, pairs=self.pairs, removed=self.changes["removed"], added=self.changes["added"],
            regrouped_old=self.regrouped_old, regrouped_new=self.regrouped_new, unchanged=self.unchanged,
            changes={kind: self.changes[kind] for kind in ORDER if self.changes[kind]},
            fields=dict(sorted(self.fields.items())), confidence=dict(sorted(self.confidence.items())),
        )  # fmt: skip
