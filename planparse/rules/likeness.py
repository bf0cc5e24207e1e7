"""What a document says, without what a fix may change: two documents whose likenesses are equal say the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from planparse.rules.rule import Part
from planparse.rules.view import View
from planparse.syntax.tree import Cut, Node

_TIMES = ("kind", "start", "end", "edtf", "bound", "rrule")
_FIGURES = ("value", "upper", "unit", "comparator", "change")


def likeness(view: View, may_change: frozenset[Part]) -> list[Any]:
    """A list for comparison: node by node its type, place in the tree, number, words, times, figures."""
    return list(_nodes(view, may_change))


def _nodes(view: View, may_change: frozenset[Part]) -> Iterator[Any]:
    structure = "structure" in may_change
    for node, _, _, depth, _ in view.visits:
        if node.type == "noise" and "noise" in may_change:
            continue
        number = node.fields.get("number")
        what: list[Any] = []
        if number is not None:
            what.append(("value", None if "value" in may_change else number[3]))
            what.append(("label", None if "label" in may_change else (number[0], view.read(number[1], number[2]))))
        if not structure:
            what = [node.type, depth, *what, _row(node)]
        what += _facts(node)
        words = _words(view, node)
        if "words" not in may_change and not (structure and not words):
            what.append(_letters(words) if may_change & {"text", "structure", "label"} else words)
        if structure:
            yield from (part for part in what if not isinstance(part, str))
        else:
            yield what
    if structure and "words" not in may_change:
        yield _letters("".join(_words(view, visit.node) for visit in view.visits))


def _row(node: Node) -> Any:
    return (node.fields.get("week"), node.fields.get("unit")) if node.type in ("schedule", "schedule_row") else None


def _facts(node: Node) -> Iterator[Any]:
    fields = node.fields
    for when in (fields.get("when"), fields.get("period"), *fields.get("times", ())):
        if when:
            yield ("time", *(when.get(key) for key in _TIMES))
    for target in fields.get("targets", ()):
        yield ("target", *(target.get(key) for key in _FIGURES))
    year = fields.get("year")
    if year:
        yield ("year", year.get("value"))


def _words(view: View, node: Node) -> str:
    if node.type == "table":
        return "\n".join(view.read(*cut) for row in node.fields.get("cuts", ()) for cut in row)
    if node.type == "schedule":
        return "\t".join(column["name"] for column in node.fields.get("columns", ()))
    mark = node.fields.get("mark")
    return (view.read(*mark) if type(mark) is Cut else "") + "".join(view.read(*cut) for cut in view.words(node))


def _letters(words: str) -> str:
    """Letters and digits alone, full and half width alike."""
    return "".join(c for c in unicodedata.normalize("NFKC", words) if c.isalnum())
