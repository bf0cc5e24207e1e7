"""The tree the parser builds: cheap nodes that hold offsets, turned into JSON (and from there into models) later."""

from __future__ import annotations

from typing import Any, NamedTuple


class Cut(NamedTuple):
    """A stretch of the working copy; it becomes its cleaned text when the tree is written."""

    start: int
    end: int


class Node:
    """A node of the document model. `fields` holds, by the model's names, only what differs from the model's defaults."""

    __slots__ = ("children", "end", "fields", "start", "type")

    def __init__(self, type: str, start: int, end: int, fields: dict[str, Any]) -> None:
        self.type = type
        self.start = start
        self.end = end
        self.fields = fields
        self.children: list[Node] = []

    def add(self, child: Node) -> Node:
        """Appends a child; the span grows to hold it."""
        self.children.append(child)
        if child.end > self.end:
            self.end = child.end
        return child


class Finding(NamedTuple):
    """What the parser found odd: the diagnostic's name, where, and the values its message tells."""

    name: str
    start: int
    end: int
    values: dict[str, Any]
