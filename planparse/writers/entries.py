"""A document entry by entry: numbered lines, points, paragraphs, what stands in the rows of schedules and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planparse.model import Document, Item, Node, Paragraph, RowFacts, Schedule, ScheduleRow, Section, Table, When
from planparse.syntax.notation import column_role
from planparse.writers.wording import flat

_SAID = ("owner", "due", "date", "time")
"""Roles of columns that the table tells in columns of its own."""


class Entry(NamedTuple):
    """One entry and where it stands."""

    node: Section | Paragraph | Item | RowFacts
    plan: int
    """The ordinal of its plan."""
    path: tuple[str, ...]
    """The labels, headings and row keys above it."""
    number: str
    """Its label as written; empty without one."""
    text: str
    """Its own words on one line, without its number."""
    when: When | None
    """Its time; an entry of a schedule without one has the row's."""
    line: int | None
    origin: str | None
    """Where it stands in a file that has no lines."""


def entries(documents: list[Document], *, tables: bool = False) -> Iterator[Entry]:
    """The entries in order; those of tables that no time keys only when asked for."""
    for document in documents:
        for plan in document.plans:
            title = flat(plan.title or plan.mark)
            path = (title,) if title and (len(document.plans) > 1 or len(documents) > 1) else ()
            for child in plan.children:
                yield from _below(child, plan.ordinal, path, tables)


def _below(node: Node, plan: int, path: tuple[str, ...], tables: bool) -> Iterator[Entry]:
    if isinstance(node, Section):
        number = node.number.text if node.number else ""
        words = " ".join(part for part in (flat(node.heading), flat(node.text)) if part)
        yield Entry(node, plan, path, number, words, node.when, *_place(node))
        below = (*path, number + flat(node.heading)) if number or node.heading else path
        for child in node.children:
            yield from _below(child, plan, below, tables)
    elif isinstance(node, Paragraph):
        yield Entry(node, plan, path, "", flat(node.text), node.when, *_place(node))
        for child in node.children:
            yield from _below(child, plan, path, tables)
    elif isinstance(node, Schedule):
        for row in node.children:
            yield from _of_row(row, plan, path, tables)
    elif isinstance(node, Table) and tables:
        for facts in node.facts:
            yield Entry(facts, plan, path, "", _work(node, facts.row), None, *_place(facts))


def _work(table: Table, row: int) -> str:
    """What a row of a table is about: its cells without numbers, names and deadlines."""
    cells = [flat(cell) for cell in table.rows[row - 1]]
    heads = [*table.columns, *[""] * (len(cells) - len(table.columns))]
    kept = [cell for head, cell in zip(heads, cells, strict=False) if column_role(head) not in _SAID and not cell.strip().isdecimal()]
    return "  ".join(filter(None, kept)) or "  ".join(filter(None, cells))


def _of_row(row: ScheduleRow, plan: int, path: tuple[str, ...], tables: bool) -> Iterator[Entry]:
    key = flat(row.label or (row.when.text if row.when else ""))
    if row.week is not None and "周" not in key and "週" not in key:
        key = f"第{row.week}周 {key}".rstrip()
    here = (*path, key) if key else path
    for item in row.items:
        number = item.number.text if item.number else ""
        place = _place(item) if item.position else _place(row)
        yield Entry(item, plan, here, number, flat(item.text), item.when or row.when, *place)
        for child in item.children:
            yield from _below(child, plan, (*here, number) if number else here, tables)


def _place(node: Section | Paragraph | Item | RowFacts | ScheduleRow) -> tuple[int | None, str | None]:
    return (node.position.start.line, node.position.origin) if node.position else (None, None)
