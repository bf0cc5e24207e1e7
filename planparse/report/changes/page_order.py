"""Where the records stand on the page: under this year's headings, what was removed in place, and a note where a moved entry stood."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from planparse.diff.model import Record, Side
from planparse.report.changes import wording

Path = tuple[str, ...]

REGROUPED = {"split", "merged"}
DRIFTING = {"moved", *REGROUPED}
"""Changes of entries that need not stand where their old side stood."""


class Line(NamedTuple):
    """One line of the register."""

    number: int
    """The record's, counted from 1."""
    record: Record
    note: bool
    """Whether it only says where a moved entry stood."""


@dataclass
class Part:
    """Lines under one heading."""

    plan: int
    path: Path
    gone: bool
    """Whether it is a heading of last year's."""
    lines: list[Line] = field(default_factory=list)


def parts(records: list[Record]) -> list[Part]:
    """The register."""
    paths = _Paths(records)
    found: list[Part] = []
    for line in _lines(records):
        plan, path, gone = paths.of(line)
        if not found or (found[-1].plan, found[-1].path, found[-1].gone) != (plan, path, gone):
            found.append(Part(plan, path, gone))
        found[-1].lines.append(line)
    return found


def moved(record: Record) -> bool:
    """Whether both of its places are known and differ."""
    return "moved" in record.changes and record.old is not None and record.new is not None


def _lines(records: list[Record]) -> Iterator[Line]:
    """Records in order, each followed by the notes of what stood behind it last year."""
    lasting = sorted(
        (_order(record.old.node), at) for at, record in enumerate(records) if record.old and not DRIFTING.intersection(record.changes)
    )
    notes: dict[int, list[tuple[list[tuple[bool, str, int]], Line]]] = {}
    for at, record in enumerate(records):
        if moved(record) and record.old is not None:
            order = _order(record.old.node)
            before = bisect(lasting, (order, -1))
            notes.setdefault(lasting[before - 1][1] if before else -1, []).append((order, Line(at + 1, record, note=True)))
    for at in range(-1, len(records)):
        if at >= 0:
            yield Line(at + 1, records[at], note=False)
        for _, line in sorted(notes.get(at, ()), key=lambda note: note[0]):
            yield line


def _order(node: str) -> list[tuple[bool, str, int]]:
    """A JSON Pointer as what sorts in reading order: subtitles before all else, a node before what is under it."""
    steps = node.split("/")[1:]
    return [(name != "subtitles", name, int(at)) for name, at in zip(steps[::2], steps[1::2], strict=True)]


class _Paths:
    """This year's headings for last year's, as far as they themselves and the entries that stayed under them tell."""

    def __init__(self, records: list[Record]) -> None:
        self.now = {(record.new.plan, tuple(record.new.path)) for record in records if record.new}
        self.by_words = {_bare(path): path for _, path in sorted(self.now, reverse=True)}
        self.became: dict[Path, Path] = {}
        for record in records:
            if record.old and record.new and not REGROUPED.intersection(record.changes):
                old, new = tuple(record.old.path), tuple(record.new.path)
                if not moved(record):
                    self.became.setdefault(old, new)
                self.became.setdefault((*old, _step(record, record.old)), (*new, _step(record, record.new)))

    def of(self, line: Line) -> tuple[int, Path, bool]:
        """The plan and the heading of a line, and whether it is one of last year's."""
        record = line.record
        if record.new and not line.note:
            return record.new.plan, tuple(record.new.path), False
        assert record.old is not None
        plan, path = record.old.plan, self.renamed(tuple(record.old.path))
        if (plan, path) in self.now:
            return plan, path, False
        return plan, tuple(record.old.path), True

    def renamed(self, path: Path) -> Path:
        for length in range(len(path), 0, -1):
            if (new := self.became.get(path[:length])) is not None:
                return (*new, *path[length:])
        return self.by_words.get(_bare(path), path)


def _bare(path: Path) -> Path:
    """Headings without their labels: one that got another number is the same."""
    return tuple(step[wording.label_length(step) :] for step in path)


def _step(record: Record, side: Side) -> str:
    """What a side adds to the path of those under it."""
    if record.type == "schedule_row":
        return side.text
    return (side.number.text if side.number else "") + (side.heading or "")
