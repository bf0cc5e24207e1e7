"""What the rules about schedules share: the entries of one cell, and the days they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planparse.rules.view import View
from planparse.syntax.tree import Node

DAYS = frozenset({"weekday", "date", "range"})
"""Kinds of time that name a day, or days in a row."""


def rows_of_weeks(view: View) -> Iterator[tuple[Node, Node]]:
    """Every schedule of weeks whose entries stand in one column, with each of its rows that stands for a whole week."""
    for visit in view.of_type("schedule"):
        node = visit.node
        if node.fields["unit"] == "week" and sum(column["role"] == "work" for column in node.fields.get("columns", ())) <= 1:
            for row in node.children:
                if "weekday" not in row.fields:
                    yield node, row


def times(entry: Node) -> list[dict[str, Any]]:
    """The times in an entry's own words, and in those under it."""
    when = entry.fields.get("when")
    own = [when] if when is not None and when.get("at") and entry.start <= when["at"][0] < entry.end else []
    return [*own, *entry.fields.get("times", ()), *(time for child in entry.children for time in times(child))]
