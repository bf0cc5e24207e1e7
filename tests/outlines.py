"""Hand-made outlines of the samples (`samples/outlines/*.outline`), and how much of one the parser found.

One node a line, two blanks of indentation for each level:

    1 plan | 春季学期工作计划
      2 section 一、 | 工作目标
        3 item 1. | 合格率不低于 95%
        3.1 inline (1) | a second node that starts on line 3

First the line where the node starts, then its role (`item/para`: either will do), its number exactly as written, and
after the bar its first characters. `join` lines go on with the line above and are no nodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

TYPES = {
    "plan": {"plan"},
    "title": {"title"},
    "section": {"section"},  # a heading that stands alone
    "item": {"section", "item"},  # a numbered statement, or an entry of a schedule's row
    "inline": {"section"},  # a numbered point inside running text
    "para": {"paragraph"},
    "table": {"schedule"},  # a table keyed by time
    "row": {"schedule_row"},
    "note": {"note"},
    "grid": {"table"},  # any other table
    "signer": {"signature"},
    "date": {"signature"},
    "noise": {"noise"},
}
"""Which types of the document model fit a role."""

Place = tuple[int, str]
"""The line where a node starts and its number without blanks."""


class Expected(NamedTuple):
    """A node of a hand-made outline."""

    place: Place
    types: set[str]
    parent: Place | None
    line: str  # of the outline, for messages


class Found(NamedTuple):
    """A node of a parsed document."""

    place: Place
    type: str
    parent: Place | None


def read(path: Path) -> list[Expected]:
    """The nodes of an outline."""
    nodes: list[Expected] = []
    above: list[Place] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        head = line.partition(" |")[0]
        depth = (len(head) - len(head.lstrip())) // 2
        start, role, *number = head.split(maxsplit=2)
        roles = role.split("/")
        # A plan, a row and a table are known by their line: what stands for their number is a title, a week, a head.
        own = "" if {"plan", "row", "table", "grid"} & set(roles) else "".join(number).replace(" ", "")
        place = (int(start.partition(".")[0]), own)
        del above[depth:]
        if "join" not in roles:
            types = set().union(*(TYPES[role] for role in roles))
            nodes.append(Expected(place, types, above[-1] if above else None, line.strip()))
        above.append(place)
    return nodes


def walk(value: Any, parent: Place | None = None) -> Iterator[Found]:
    """The nodes of a document's JSON: the objects with a type and a position; each one's parent is the next such object around it."""
    if isinstance(value, list):
        for entry in value:
            yield from walk(entry, parent)
    elif isinstance(value, dict):
        if "type" in value and "position" in value:
            place = (value["position"]["start"]["line"], (value.get("number") or {}).get("text", ""))
            yield Found(place, value["type"], parent)
            parent = place
        for entry in value.values():
            yield from walk(entry, parent)


def missed(expected: list[Expected], document: dict[str, Any]) -> list[Expected]:
    """The expected nodes for which the document has none with that place and parent and a fitting type. A node serves once."""
    left = list(walk(document))
    misses = []
    for node in expected:
        match = next(
            (k for k, found in enumerate(left) if (found.place, found.parent) == (node.place, node.parent) and found.type in node.types),
            None,
        )
        if match is None:
            misses.append(node)
        else:
            del left[match]
    return misses


def share(expected: list[Expected], misses: list[Expected]) -> float:
    """How much was found, from 0 to 1."""
    return (len(expected) - len(misses)) / len(expected)
