"""Normalised plain text: one line a node, two wide blanks before each, tables as TAB rows, signature last.

`standard` numbers sections by their depth in the order of GB/T 9704-2012 7.3.3 and GB/T 15834-2011 B.3.8
(一、 → （一） → 1. → （1） → ①), from 1 among siblings, and leaves debris out. `keep` writes labels and debris as they are,
so that the text parses into the same tree. Points inside running text keep their labels in both.

A cell with several lines goes on in rows of its own, whose time cells are empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from planparse.model import Document, Item, Node, Noise, Note, Paragraph, Plan, Schedule, ScheduleRow, Section, Signature, Table
from planparse.syntax.numbering import standard_label
from planparse.writers.wording import around, flat, inline_count, no_noise, own_words, run

INDENT = "\u3000\u3000"

Numbering = Literal["standard", "keep"]


def write(document: Document, numbering: str = "standard") -> str:
    """The document as plain text. `numbering` is `standard` or `keep`; anything else is a ValueError."""
    if numbering not in ("standard", "keep"):
        raise ValueError(f"numbering is {numbering!r}, not 'standard' or 'keep'")
    keep = numbering == "keep"
    plans = ["\n".join(_plan(plan, keep)) for plan in document.plans]
    before, after = ("\n".join(flat(node.text) for node in nodes if keep or not isinstance(node, Noise)) for nodes in around(document))
    text = "\n\n".join(part for part in (before, *plans, after) if part)
    return text + "\n" if text else ""


def title_lines(plan: Plan) -> list[tuple[str, bool]]:
    """The lines of the title block in order, each with whether it is the plan's real title."""
    lines = [(flat(title.text), title.kind == "title") for title in plan.subtitles]
    if plan.title and not any(real for _, real in lines):
        lines.insert(0, (flat(plan.title), True))
    return lines


def _plan(plan: Plan, keep: bool) -> Iterator[str]:
    if plan.mark:
        yield plan.mark
    for line, _ in title_lines(plan):
        yield line
    yield from _nodes(plan.children, 0, keep)


def _nodes(nodes: list[Node], depth: int, keep: bool, bullets: int = 0) -> Iterator[str]:
    """The lines of siblings. `depth` counts the numbered sections around them, `bullets` the bulleted ones."""
    value = 0
    signed = False
    for node in nodes:
        if isinstance(node, Section):
            value += node.number is not None
            yield from _section(node, depth, value, keep, bullets)
        elif isinstance(node, Paragraph):
            yield INDENT + flat(node.text) + _inner(node.children, keep)
        elif isinstance(node, Schedule):
            yield from schedule_lines(node)
        elif isinstance(node, Table):
            yield from ("\t".join(map(flat, row)).rstrip() for row in [node.columns] * bool(node.columns) + node.rows)
        elif isinstance(node, Signature):
            if not signed:
                yield ""
            signed = True
            yield INDENT + flat(node.text)
        elif keep:
            yield flat(node.text)


def _section(section: Section, depth: int, value: int, keep: bool, bullets: int) -> Iterator[str]:
    label = section.number.text if section.number else ""
    count = inline_count(section, label)
    if section.number and not keep:
        label = standard_label(depth, value)
    lead = INDENT + "  " * bullets + (section.bullet + " " if section.bullet else "")
    yield lead + own_words(section, label) + _inner(section.children[:count], keep)
    yield from _nodes(section.children[count:], depth + (section.number is not None), keep, bullets + (section.bullet is not None))


def _inner(children: list[Node], keep: bool) -> str:
    return "".join(run(children, (lambda noise: flat(noise.text)) if keep else no_noise))


def schedule_lines(schedule: Schedule) -> Iterator[str]:
    """A schedule with columns as TAB rows; one without as its rows' keys, each with its entries below."""
    if not schedule.columns:
        for row in schedule.children:
            cells = row_cells(row)
            yield flat(cells[0])
            for cell in cells[1:]:
                yield from (line for line in cell.splitlines() if line)
        return
    if any(column.name for column in schedule.columns):
        yield "\t".join(flat(column.name) for column in schedule.columns)
    for row in schedule.children:
        cells = row_cells(row)
        cells += [""] * (len(schedule.columns) - len(cells))
        split = [cell.splitlines() if column.role not in ("week", "date", "weekday", "time") else [flat(cell)]
                 for cell, column in zip(cells, schedule.columns, strict=False)]  # fmt: skip
        for k in range(max(map(len, split), default=0)):
            yield "\t".join(lines[k] if k < len(lines) else "" for lines in split).rstrip()


def row_cells(row: ScheduleRow) -> list[str]:
    """The row's cells; for a row that was made without them: its key, its entries, its remarks."""
    if row.cells:
        return list(row.cells)
    key = row.label or (row.when.text if row.when else "") or (str(row.week) if row.week else "")
    columns = [key, "\n".join(map(entry_words, row.items))]
    return columns + ["\n".join(map(entry_words, row.notes))] * bool(row.notes)


def entry_words(entry: Item | Note) -> str:
    """An entry of a row on one line, its points and the lines that continue it included."""
    return (entry.number.text if entry.number else "") + flat(entry.text) + "".join(run(entry.children, lambda noise: flat(noise.text)))
