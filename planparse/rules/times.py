"""Times for rules: those the parser read, in order, and what it told about them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from planparse.rules.rule import Problem
from planparse.rules.view import View
from planparse.syntax.findings import KINDS
from planparse.syntax.tree import Node


class Time(NamedTuple):
    """A time that stands in the text: `text[start:end]`."""

    start: int
    end: int
    when: dict[str, Any]
    node: Node
    plan: Node | None


def told(view: View, *names: str) -> Iterator[Problem]:
    """What the parser itself told about the text under these names, as problems."""
    for finding in view.found(*names):
        yield Problem(finding.start, finding.end, KINDS[finding.name].message, finding.values)


def times(view: View) -> list[Time]:
    """The times that the parser read, each once, in order of the text."""
    found: dict[tuple[int, int], Time] = {}
    for visit in view.visits:
        fields = visit.node.fields
        for when in (fields.get("period"), fields.get("when"), *fields.get("times", ())):
            if when and when.get("at") and when["at"][0] < when["at"][1]:
                start, end = when["at"]
                found.setdefault((start, end), Time(start, end, when, visit.node, visit.plan))
    return sorted(found.values(), key=lambda time: time[:2])


def is_text_file(view: View) -> bool:
    """Whether the file itself is text that edits can be made in."""
    return view.source.layout is None
