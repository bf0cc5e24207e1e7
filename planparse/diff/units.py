"""A document as a flat list of the entries that are compared, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from planparse.diff.model import UnitType
from planparse.model import (
    Citation,
    Column,
    Deadline,
    Document,
    Item,
    Node,
    Note,
    Number,
    Owner,
    Paragraph,
    Plan,
    Position,
    Schedule,
    ScheduleRow,
    Section,
    Signature,
    Table,
    Target,
    When,
)
from planparse.writers.lines import counts


class Values(NamedTuple):
    """The typed values of an entry."""

    targets: list[Target]
    owners: list[Owner]
    deadlines: list[Deadline]
    citations: list[Citation]
    when: When | None
    """Its time; None where that is one of the deadlines."""


NOTHING = Values([], [], [], [], None)
CELLS = frozenset({"due", "time", "other"})
"""Columns of schedules whose cells are compared as they are: no entry and no remark holds them."""
SERIAL = "arabic-blank"
"""The style of the numbers in a table's 序号 column."""


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
    role: str = ""
    """What the column holds in which a cell or a note stands; empty for others."""
    children: list[int] = field(default_factory=list)
    """Places of the entries right under it, in order."""


def flatten(document: Document) -> list[Unit]:
    """The entries of all plans in reading order. Debris, and what stands outside the plans, is left out."""
    units: list[Unit] = []
    for plan in by_plan(document):
        first = len(units)
        for unit in plan:
            unit.at += first
            unit.parent = None if unit.parent is None else unit.parent + first
            unit.children = [child + first for child in unit.children]
        units += plan
    return units


def by_plan(document: Document) -> list[list[Unit]]:
    """The entries plan by plan, each list beginning with the plan itself; places count within the plan."""
    return [_of_plan(plan, f"/plans/{at}") for at, plan in enumerate(document.plans)]


def _of_plan(plan: Plan, node: str) -> list[Unit]:
    flat = _Flat(plan.ordinal)
    root = flat.add("plan", node, None, text=_line(plan.title or plan.mark), position=plan.position)
    for index, title in enumerate(plan.subtitles):
        flat.add("title", f"{node}/subtitles/{index}", root, text=_line(title.text), position=title.position)
    for index, child in enumerate(plan.children):
        flat.node(child, f"{node}/children/{index}", root)
    return flat.units


class _Flat:
    """The list of a plan while it is made."""

    def __init__(self, plan: int) -> None:
        self.plan = plan
        self.units: list[Unit] = []

    def add(
        self,
        type: UnitType,
        node: str,
        parent: Unit | None,
        *,
        text: str,
        number: Number | None = None,
        heading: str | None = None,
        position: Position | None = None,
        values: Values = NOTHING,
        role: str = "",
    ) -> Unit:
        path = () if parent is None else (*parent.path, *_step(parent))
        at = len(self.units)
        unit = Unit(at, type, node, self.plan, parent.at if parent else None, path, number, heading, text, position, values, role)
        if parent is not None:
            parent.children.append(at)
        self.units.append(unit)
        return unit

    def node(self, node: Node, place: str, parent: Unit) -> None:
        if isinstance(node, Section):
            heading = _line(node.heading) or None
            text = _joined(heading or "", _line(node.text))
            unit = self.add(
                "section", place, parent, text=text, number=node.number, heading=heading, position=node.position, values=_values(node)
            )
            self.below(node.children, place, unit)
        elif isinstance(node, Paragraph):
            unit = self.add("paragraph", place, parent, text=_line(node.text), position=node.position, values=_values(node))
            self.below(node.children, place, unit)
        elif isinstance(node, Schedule):
            unit = self.add("schedule", place, parent, text="\t".join(c.name for c in node.columns), position=node.position)
            for index, row in enumerate(node.children):
                self.row(row, node.columns, f"{place}/children/{index}", unit)
        elif isinstance(node, Table):
            unit = self.add("table", place, parent, text="\t".join(map(_line, node.columns)), position=node.position)
            facts = {fact.row: fact for fact in node.facts}
            counted = counts(node.columns[0] if node.columns else "", node.rows)
            for index, cells in enumerate(node.rows):
                fact = facts.get(index + 1)
                position = fact.position if fact and fact.position else node.position
                values = Values(fact.targets, fact.owners, fact.deadlines, fact.citations, None) if fact else NOTHING
                number = Number(text=cells[0].strip(), style=SERIAL, value=index + 1) if counted else None
                text = "\t".join(map(_line, cells[1:] if counted else cells))
                self.add("table_row", f"{place}/rows/{index}", unit, text=text, number=number, position=position, values=values)
        elif isinstance(node, Signature):
            values = NOTHING._replace(when=node.when)
            self.add("signature", place, parent, text=_line(node.text), position=node.position, values=values)

    def below(self, children: list[Node], place: str, parent: Unit) -> None:
        for index, child in enumerate(children):
            self.node(child, f"{place}/children/{index}", parent)

    def row(self, row: ScheduleRow, columns: list[Column], place: str, parent: Unit) -> None:
        key = _line(row.label or (row.when.text if row.when else ""))
        if row.week is not None and "周" not in key and "週" not in key:
            key = f"第{row.week}周 {key}".rstrip()
        unit = self.add("schedule_row", place, parent, text=key, position=row.position, values=NOTHING._replace(when=row.when))
        for index, item in enumerate(row.items):
            self.entry(item, f"{place}/items/{index}", unit, row)
        for index, note in enumerate(row.notes):
            self.entry(note, f"{place}/notes/{index}", unit, row)
        for index, (column, cell) in enumerate(zip(columns, row.cells, strict=False)):
            text = _line(cell).strip()
            if text and column.role in CELLS and not (column.role == "time" and text in key):
                self.add(
                    "cell",
                    f"{place}/cells/{index}",
                    unit,
                    text=text,
                    position=row.position,
                    values=_due(row, text),
                    role=_line(column.name),
                )

    def entry(self, entry: Item | Note, place: str, parent: Unit, row: ScheduleRow) -> None:
        position = entry.position or row.position
        role = entry.role if isinstance(entry, Note) else ""
        unit = self.add(
            entry.type, place, parent, text=_line(entry.text), number=entry.number, position=position, values=_values(entry), role=role
        )
        self.below(entry.children, place, unit)


def _due(row: ScheduleRow, cell: str) -> Values:
    """The deadlines that a row's cell gives: in the document they stand with the entries, as inherited."""
    found = {due.text: due.model_copy(update={"inherited": False}) for item in row.items for due in item.deadlines if due.text in cell}
    return NOTHING._replace(deadlines=list(found.values()))


def _line(text: str | None) -> str:
    """The text on one line."""
    return "".join((text or "").splitlines())


def _joined(heading: str, text: str) -> str:
    """Heading and text in one: the model keeps no mark between them."""
    if not heading or not text or text[0] in "（(" or heading[-1] in "。！？!?：:；;":
        return heading + text
    return heading + ("。" if text[-1] in "。！？!?）)" else "：") + text


def _step(unit: Unit) -> tuple[str, ...]:
    """What an entry adds to the path of those under it."""
    if unit.type in ("plan", "schedule", "table"):
        return ()
    if unit.type == "schedule_row":
        return (unit.text,)
    number = unit.number.text if unit.number else ""
    step = number + (unit.heading or "")
    return (step,) if step else ()


def _values(node: Section | Paragraph | Item | Note) -> Values:
    """A node's values; its time only where it is none of its deadlines."""
    when = node.when
    if when is not None and any(due.text == when.text for due in node.deadlines):
        when = None
    return Values(node.targets, node.owners, node.deadlines, node.citations, when)
