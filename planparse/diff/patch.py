"""The new plan's tree out of the old one's and the records: proof that a comparison leaves nothing out.

The records name every entry that differs, the free places between them belong to those that do not:

- An entry of the new plans with a record stands at its pointer, as the record has it.
- An entry of the old plans without any record lives on as it is, below what became of the entry that held it. Such entries keep their order
  and take, from the first, the places that no record and nothing skipped takes up.
- An entry of the old plans whose records have no new side is gone.

All records are needed: those of a comparison with `--only` or `--ignore` are too few.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from planparse.diff.units import flatten
from planparse.errors import PlanparseError
from planparse.model import Document, Noise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planparse.diff.model import Comparison, Record, Side, UnitType

LISTS = ("plans", "subtitles", "children", "items", "notes", "cells", "rows")
"""The lists of the document model that hold entries, in reading order."""

STAYS = "-"
"""In the place of the new pointer of an entry that has no record."""
Place = tuple[str, str]
"""A list: the pointer of the entry that holds it, and its name."""


@dataclass(frozen=True, slots=True)
class Tree:
    """An entry with all under it, as far as plans are compared: without positions, values and debris."""

    type: UnitType | Literal["document"]
    """What it is; `document` at the root."""
    number: str | None = None
    """Its label."""
    heading: str | None = None
    """Its heading."""
    text: str = ""
    """Its own words, heading first."""
    children: list[Tree] = field(default_factory=list)
    """What is under it, in order."""
    node: str = field(default="", compare=False)
    """JSON Pointer into the document; equal trees may stand in different places."""


def tree(document: Document) -> Tree:
    """What is compared of a document, as a tree."""
    root = Tree("document")
    made: list[Tree] = []
    for unit in flatten(document):
        number = unit.number.text if unit.number else None
        made.append(Tree(unit.type, number, unit.heading, unit.text, node=unit.node))
        (root if unit.parent is None else made[unit.parent]).children.append(made[-1])
    return root


def debris(document: Document) -> list[str]:
    """Where debris stands among the entries, as JSON Pointers: places that hold nothing to compare."""
    return [place for at, plan in enumerate(document.plans) for place in _debris(plan, f"/plans/{at}")]


def _debris(holder: BaseModel, place: str) -> Iterator[str]:
    for name in LISTS:
        for index, child in enumerate(getattr(holder, name, ())):
            if isinstance(child, Noise):
                yield f"{place}/{name}/{index}"
            elif isinstance(child, BaseModel):  # the rows of a table are lists of words
                yield from _debris(child, f"{place}/{name}/{index}")


def telling(records: list[Record]) -> list[Record]:
    """The records that `apply` cannot do without: of all, those with a change, and pairs that hang elsewhere or stand in another order.

    Such a pair has no change of its own where its holder is new, or gone, around what stays.
    """
    became = {"": ""} | {record.old.node: record.new.node for record in records if record.old and record.new and record.group is None}
    last: dict[Place, int] = {}
    told: set[int] = set()
    for at, record in sorted(enumerate(records), key=lambda numbered: _index(numbered[1].old)):
        if record.old and record.new and not record.changes:
            (holder, name), _ = _parted(record.old.node)
            place, index = _parted(record.new.node)
            column = name == "cells" and _parted(record.old.node)[1] != index
            if (became.get(holder), name) != place or index < last.get(place, 0) or column:
                told.add(at)
            else:
                last[place] = index
    return [record for at, record in enumerate(records) if record.changes or at in told]


def _index(side: Side | None) -> int:
    return _parted(side.node)[1] if side else -1


def apply(old: Tree | Document, comparison: Comparison) -> Tree:
    """The tree of the new document.

    Args:
        old: The old document or its tree.
        comparison: What makes the new one of it, with or without the pairs that are the same.

    Raises:
        PlanparseError: The records do not fit the document: an entry stays where nothing is left to hold it.
    """
    return _Patch(tree(old) if isinstance(old, Document) else old, comparison).made


class _Patch:
    """The new tree while it is made, from the top down."""

    def __init__(self, old: Tree, comparison: Comparison) -> None:
        self.listed: dict[Place, dict[int, Tree]] = defaultdict(dict)  # entries with a record, by where they stand
        self.skipped: dict[Place, set[int]] = defaultdict(set)
        self.became: dict[str, str] = {}  # old pointers to new ones, by the records
        self.recorded = {record.old.node for record in comparison.records if record.old}
        for record in comparison.records:
            if record.new:
                side = record.new
                place, index = _parted(side.node)
                number = side.number.text if side.number else None
                self.listed[place][index] = Tree(record.type, number, side.heading, side.text, node=side.node)
                if record.old:
                    self.became.setdefault(record.old.node, side.node)
        for node in comparison.skipped:
            place, index = _parted(node)
            self.skipped[place].add(index)
        self.staying: dict[str, list[Tree]] = defaultdict(list)  # entries without a record, by the new pointer of what held them
        self.made = Tree("document")
        self._hand_down(old, "")
        self._fill(self.made)

    def _hand_down(self, old: Tree, new: str | None) -> None:
        """Sorts what is under an old entry by where it goes: what stays is told by the new pointer of what held it.

        Only an entry that stays itself has none yet; what it holds goes with it, see `_fill`.
        """
        for child in old.children:
            if child.node in self.recorded:
                self._hand_down(child, self.became.get(child.node))
                continue
            if new is None:
                raise PlanparseError("{node}: it stays, but what held it is gone: these are not the records of this plan", node=child.node)
            if new != STAYS:
                self.staying[new].append(child)
            self._hand_down(child, STAYS)

    def _fill(self, parent: Tree) -> None:
        """Sets the entries under a new one: those with a record at their places, those that stay between."""
        staying = self.staying.get(parent.node, [])
        for name in LISTS:
            place = (parent.node, name)
            taken = dict(self.listed.get(place, {}))
            own = [child for child in staying if _parted(child.node)[0][1] == name]
            free: Iterable[int] = (index for index in count() if index not in taken and index not in self.skipped.get(place, ()))
            if name == "cells":  # of a row's cells only some are entries: each stays in its column
                free = [_parted(child.node)[1] for child in own]
            for child, index in zip(own, free, strict=False):
                node = f"{parent.node}/{name}/{index}"
                taken[index] = Tree(child.type, child.number, child.heading, child.text, node=node)
                self.staying[node] = [below for below in child.children if below.node not in self.recorded]
            parent.children.extend(taken[index] for index in sorted(taken))
        for child in parent.children:
            self._fill(child)


def _parted(node: str) -> tuple[Place, int]:
    """A pointer as the list that holds the entry and its place there."""
    holder, name, index = node.rsplit("/", 2)
    return (holder, name), int(index)
