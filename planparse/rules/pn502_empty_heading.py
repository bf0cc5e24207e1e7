"""A heading has nothing under it.

Its text was lost, or was never written; a reader waits for it in vain. A line is taken for such a heading when it has the marks of a
Markdown heading, when it ends in a colon and others of its list have something under them, when its words are those of a usual
section (指导思想：), or when the other entries of its list have text or entries of their own under their headings.

Entries that are short because they are the whole of what is to be done (5、论文征集), contents lists, names of annexes and fields of
forms (签名：) are no headings. There is no fix.

Basis: practice. No clause we know speaks of it.

Bad:

    某县2024年工作计划
    一、指导思想
    全面贯彻上级会议精神。
    二、工作目标
    三、主要措施
    加强队伍建设，开展专项检查。

Good:

    某县2024年工作计划
    一、指导思想
    全面贯彻上级会议精神。
    二、工作目标
    全年不发生责任事故。
    三、主要措施
    加强队伍建设，开展专项检查。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from planparse.rules.lists import Entry, lists
from planparse.rules.prose import is_listed
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.notation import KNOWN_HEADING
from planparse.syntax.tree import Node

EMPTY = "nothing stands under heading {heading}"
RULE = Rule(severity="warning", basis=Basis("practice"), messages=(EMPTY,))
_LEAST = 2
"""So many headings of a list must have something under them; one is enough where that is entries or paragraphs."""
_MOST = 3
"""No more than one in so many may be empty: else the list is one of short entries."""


def check(view: View) -> Iterator[Problem]:
    """Headings without text, entries or tables."""
    followed = _followed(view)
    for group in lists(view):
        yield from _in_list(view, group, followed)
    for node in _marked(view):
        yield _problem(view, node)


def _in_list(view: View, group: list[Entry], followed: set[int]) -> Iterator[Problem]:
    """Empty headings among headings that are filled, and those that promise something by their colon."""
    nodes = [entry.node for entry in group]
    if nodes[0].type != "section" or is_listed(view, group[0].label.start):
        return
    empty = [node for node in nodes if _is_empty(node) and id(node) not in followed]
    if not empty or len(empty) == len(nodes):
        return
    filled = sum("heading" in node.fields and not _is_empty(node) for node in nodes)
    below = any("heading" in node.fields and _has_children(node) and "text" not in node.fields for node in nodes)
    expected = (filled >= _LEAST or (filled and below)) and len(empty) * _MOST <= len(nodes) + 1
    for node in empty:
        colon = view.text.startswith(("：", ":"), node.fields["heading"].end)
        if (expected and (below or _same_look(nodes))) or (colon and filled) or view.work[node.start] == "#":
            yield _problem(view, node)


def _is_empty(node: Node) -> bool:
    return "heading" in node.fields and "text" not in node.fields and not _has_children(node)


def _followed(view: View) -> set[int]:
    """The sections behind which words or a table of the plan itself come: closing words that may be the last heading's."""
    out: set[int] = set()
    for visit in view.visits:
        for node, following in pairwise(visit.node.children):
            if following.type in ("paragraph", "schedule", "table"):
                last: Node | None = node
                while last is not None and last.type == "section":
                    out.add(id(last))
                    last = last.children[-1] if last.children else None
    return out


def _has_children(node: Node) -> bool:
    return any(child.type != "noise" for child in node.children)


def _same_look(nodes: list[Node]) -> bool:
    """Whether all have headings: a heading without text among running texts is an entry without a final mark."""
    return all("heading" in node.fields for node in nodes)


def _marked(view: View) -> Iterator[Node]:
    """Unnumbered headings that are surely ones and have nothing under them."""
    for node, _, _, _, row in view.visits:
        if node.type == "section" and row is None and "number" not in node.fields and "bullet" not in node.fields and _is_empty(node):
            heading = node.fields["heading"]
            first, after = view.work[node.start], view.work[heading.end : heading.end + 1]
            if first == "#" or (after in ("：", ":") and KNOWN_HEADING.fullmatch(view.work, *heading)):
                yield node


def _problem(view: View, node: Node) -> Problem:
    start, end = node.fields["heading"]
    number = node.fields.get("number")
    return Problem(number[1] if number else start, end, EMPTY, {"heading": view.read(start, end)})
