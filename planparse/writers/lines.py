"""A document as lines that programs comparing lines can work with (git, diff): one entry a line, without its label.

A renumbered entry is the same line, and so is one that moved to another level: only lines that are headings begin at the
margin, all others behind two blanks, however deep they stand. Rows of schedules are their key, then entry by entry; rows
of other tables are one line each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from planparse.model import Document, Item, Node, Note, Paragraph, Plan, Schedule, ScheduleRow, Section, Signature, Table
from planparse.syntax.notation import TIME_ROLES
from planparse.writers.text import title_lines
from planparse.writers.wording import around, flat, is_heading, labelled

INDENT = "  "
LAYOUT = frozenset({"contents", "page_header", "page_navigation"})
"""Debris that is left out: it changes with the page, not with the plan. Other debris somebody has put there, or will take away."""
NOTHING_NOTED = TIME_ROLES | {"work", "owner", "place"}
"""Roles of columns that hold no remarks."""
COUNTS = frozenset({"", "序号", "编号", "序", "项次", "No", "No.", "NO", "NO."})
"""Heads of columns that may number the rows."""
STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
"""What steers a terminal or the direction of its text, and what no encoding can hold."""


def write(document: Document, *, labels: bool = False) -> str:
    """The document line by line; with `labels` as they are written."""
    before, after = around(document)
    lines = [line for node in before for line in _node(node, labels)]
    for plan in document.plans:
        lines += _plan(plan, labels)
    lines += [line for node in after for line in _node(node, labels)]
    lines += [f"{INDENT}[{aside.type}] {one_line(aside.text)}" for aside in document.notes]
    return "".join(f"{line.rstrip()}\n" for line in lines if line.strip())


def one_line(text: str | None) -> str:
    """A text on one line that a terminal can show: whatever steers one becomes a blank."""
    return STEERING.sub(" ", flat(text))


def _plan(plan: Plan, labels: bool) -> Iterator[str]:
    yield one_line(plan.mark)
    for line, _ in title_lines(plan):
        yield one_line(line)
    yield from _nodes(plan.children, labels)


def _nodes(nodes: Iterable[Node], labels: bool) -> Iterator[str]:
    for node in nodes:
        yield from _node(node, labels)


def _node(node: Node, labels: bool) -> Iterator[str]:
    """A node's own line, then those of what is under it."""
    if isinstance(node, Section):
        yield _section(node, labels)
        yield from _nodes(node.children, labels)
    elif isinstance(node, Paragraph):
        yield INDENT + one_line(node.text)
        yield from _nodes(node.children, labels)
    elif isinstance(node, Schedule):
        yield from _schedule(node, labels)
    elif isinstance(node, Table):
        yield from _table(node, labels)
    elif isinstance(node, Signature) or node.reason not in LAYOUT:
        yield INDENT + one_line(node.text)


def _section(section: Section, labels: bool) -> str:
    words = " ".join(part for part in (one_line(section.heading), one_line(section.text)) if part)
    if labels:
        words = labelled(section.number.text if section.number else "", words)
        words = f"{section.bullet} {words}" if section.bullet else words
    return words if is_heading(section) else INDENT + words


def _schedule(schedule: Schedule, labels: bool) -> Iterator[str]:
    rows = [row.cells for row in schedule.children]
    first = 1 if schedule.columns and not labels and counts(schedule.columns[0].name, rows) else 0
    yield "\t".join(one_line(column.name) for column in schedule.columns[first:])
    for row in schedule.children:
        yield _key(schedule, row)
        for entry in row.items:
            yield from _entry(entry, "", labels)
        for note in row.notes:
            yield from _entry(note, _head(schedule, row, note), labels)
        yield from _others(schedule, row, first)


def _key(schedule: Schedule, row: ScheduleRow) -> str:
    """What tells the row from others: its week, its days, its hour."""
    heads = zip(schedule.columns, row.cells, strict=False)
    cells = [
        _cell(f"第{cell}周" if column.role == "week" and cell.isdecimal() else cell) for column, cell in heads if column.role in TIME_ROLES
    ]
    return " ".join(filter(None, cells)) or one_line(
        row.label or (row.when.text if row.when else "") or (f"第{row.week}周" if row.week else "")
    )


def _head(schedule: Schedule, row: ScheduleRow, note: Note) -> str:
    """The head of the column in which a note stands; empty where that does not show."""
    for column, cell in zip(schedule.columns, row.cells, strict=False):
        fits = column.role not in NOTHING_NOTED if note.role == "note" else column.role == note.role
        if fits and (note.text or "") in cell:
            return one_line(column.name)
    return ""


def _others(schedule: Schedule, row: ScheduleRow, first: int) -> Iterator[str]:
    """The cells of columns that are neither entries nor remarks: who it is for, what it costs, until when."""
    for column, cell in list(zip(schedule.columns, row.cells, strict=False))[first:]:
        if column.role in ("due", "other") and cell.strip():
            yield INDENT + _headed(one_line(column.name), _cell(cell))


def _headed(head: str, words: str) -> str:
    return f"{head}：{words}" if head and words else words


def _entry(entry: Item | Note, head: str, labels: bool) -> Iterator[str]:
    words = one_line(entry.text)
    if labels and entry.number:
        words = labelled(entry.number.text, words)
    yield INDENT + _headed(head, words)
    yield from _nodes(entry.children, labels)


def _table(table: Table, labels: bool) -> Iterator[str]:
    head = table.columns[0] if table.columns else ""
    first = 0 if labels or not counts(head, table.rows) else 1
    yield "\t".join(_cell(cell) for cell in table.columns[first:])
    for row in table.rows:
        yield INDENT + "\t".join(_cell(cell) for cell in row[first:])


def counts(head: str, rows: list[list[str]]) -> bool:
    """Whether the first column, of this head, does nothing but number the rows."""
    if "".join(head.split()) not in COUNTS:
        return False
    cells = [row[0].strip() if row else "" for row in rows]
    return len(cells) > 1 and cells == [str(k + 1) for k in range(len(cells))]


def _cell(cell: str) -> str:
    return one_line(" ".join(filter(None, (line.strip() for line in cell.splitlines()))))
