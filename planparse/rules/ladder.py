"""The ladder of label kinds: 一、 above （一） above 1． above （1） above ① (GB/T 9704-2012 7.3.3, GB/T 15834-2011 B.3.8)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planparse.rules.labels import BLANKS
from planparse.rules.lists import Entry, entry_of
from planparse.rules.view import View
from planparse.syntax.tree import Node

STEPS = {
    "han": 0, "han-paren": 1, "arabic": 2, "arabic-paren": 3, "arabic-half-paren": 3, "circled": 4,
    "lower-letter": 4, "upper-letter": 4, "letter-paren": 4,
}  # fmt: skip
"""The families of the ladder; others (chapters, 1.1, 一是) stand outside it."""
_BEFORE = BLANKS + "*#>"


class Rung(NamedTuple):
    """A numbered section of the outline."""

    entry: Entry
    step: int
    above: Entry | None
    """The numbered section it is a child of."""
    above_step: int
    first: bool
    """The first of its family under that section."""
    plan: Node


def rungs(view: View) -> Iterator[Rung]:
    """The numbered sections that begin a line, outside schedules, where their kind of label is on the ladder."""
    entries: dict[int, Entry] = {}
    seen: set[tuple[int, str]] = set()
    for node, parent, plan, _, row in view.visits:
        if plan is None or row is not None or node.type != "section" or not begins_line(view.text, node.start):
            continue
        entry = entry_of(view, node)
        if entry is None or entry.family not in STEPS:
            continue
        entries[id(node)] = entry
        above = entries.get(id(parent))
        key = (id(parent), entry.family)
        yield Rung(entry, STEPS[entry.family], above, STEPS[above.family] if above else -1, key not in seen, plan)
        seen.add(key)


def begins_line(text: str, start: int) -> bool:
    """Whether only blanks and marks of Markdown stand before this place in its line."""
    k = start - 1
    while k >= 0 and text[k] in _BEFORE:
        k -= 1
    return k < 0 or text[k] in "\n\r\x0b"
