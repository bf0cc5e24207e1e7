"""A document as a flat list of the entries that are compared, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from planparse.diff.model import UnitType
from planparse.model import Citation, Deadline, Number, Owner, Position, Target, When


class Values(NamedTuple):
    """The typed values of an entry."""

    targets: list[Target]
    owners: list[Owner]
    deadlines: list[Deadline]
    citations: list[Citation]
    when: When | None
    """Its time; None where that is one of the deadlines."""


NOTHING = Values([], [], [], [], None)


@dataclass(slots=True, eq=False)
class Unit:
    """An entry: a section, paragraph, row, item, note, table's row, title or signature."""

    at: int
    """Its place in the list."""
    type: UnitType
    node: str
    """JSON Pointer into the document."""
    plan: int
    """The ordinal of its plan."""
    parent: int | None
    """The place of the entry that holds it."""
    path: tuple[str, ...]
    """Labels and headings above it."""
    number: Number | None
    heading: str | None
    text: str
    """Its own words, heading first, without the label."""
    position: Position | None
    values: Values = NOTHING
    children: list[int] = field(default_factory=list)
    """Places of the entries right under it, in order."""
