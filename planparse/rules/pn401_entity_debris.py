"""Rests of HTML entities and no-break spaces stand in the text.

What was copied from a web page carries `&nbsp;`, `&amp;` and the like where the page showed a blank or a sign, at times
cut in two by a line break; and no-break spaces, which look like blanks but are none: searches, splits and comparisons
miss what stands beside them. No-break spaces that only indent a line are left alone, and those of a web page, which are
how pages set blanks. In Markdown whole entities have a meaning and are no debris.

The fix writes what the entity stands for. It is unsafe, because it joins lines where an entity was cut.

Basis: quality of the data; no clause speaks of it.

Bad:

    某校2024年工作计划
    一、重点工作
    周一上午&nbsp;召开例会，周二&nb
    sp;检查卫生。

Good:

    某校2024年工作计划
    一、重点工作
    周一上午 召开例会，周二 检查卫生。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.prose import is_markdown
from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.lazy import lazy

CUT = "this is the rest of an HTML entity that a line break cut in two"
WHOLE = "this HTML entity was left undecoded: {found}"
NO_BREAK = "a no-break space stands between words"
DECODE = "write what it stands for"
RULE = Rule(
    severity="warning",
    basis=Basis("data"),
    messages=(CUT, WHOLE, NO_BREAK),
    fix="unsafe",
    may_change=frozenset({"text"}),
)
_NO_BREAK = lazy("\u00a0[ \u3000\u00a0]*")
ENTITIES = ("cut_entity", "entity", "half_entity")
"""The repairs of the parser that are told."""
EDGES = "\r\n\t\x0b\x0c|"
_BLANKS = " \u00a0\u3000"


def check(view: View) -> Iterator[Problem]:
    """Entities that the parser mended, those side by side together, and no-break spaces inside lines."""
    found: list[tuple[int, int, str]] = []
    for kind, start, stop, character in view.repairs:
        if kind not in ENTITIES or (kind == "entity" and is_markdown(view)) or view.debris.touch(start, stop):
            continue
        half = kind == "half_entity"  # a no-break space that lost its semicolon to the next line
        first = _before(view.text, start, "\u00a0") if half else start
        last = _before(view.text, stop, " \t\r\n")
        if found and first <= found[-1][1]:
            first, _, before = found.pop()
            character = before + character  # noqa: PLW2901
        found.append((first, last, " " if half else character))
    for first, last, character in found:
        shown = view.text[first:last]
        cut = "\n" in shown
        yield Problem(first, last, CUT if cut else WHOLE, {} if cut else {"found": shown}, _fix(view, first, last, character))
    if "\u00a0" in view.text and view.source.media_type != "text/html":
        yield from _no_breaks(view)


def _before(text: str, at: int, signs: str) -> int:
    """Where the run of such signs in front of `text[at]` begins."""
    while at and text[at - 1] in signs:
        at -= 1
    return at


def _no_breaks(view: View) -> Iterator[Problem]:
    """Those between words of a line; at its edges and beside the TABs of cells they do no harm."""
    text = view.text
    halves = {repair.start for repair in view.repairs if repair.kind == "half_entity"}
    for found in _NO_BREAK.finditer(text):
        start, end = found.start(), _before(text, found.end(), " \u3000")
        first = _before(text, start, " \u3000")
        inside = first and text[first - 1] not in EDGES and found.end() < len(text) and text[found.end()] not in EDGES
        if inside and found.end() not in halves and not view.debris.touch(start, end):
            yield Problem(start, end, NO_BREAK, {}, _fix(view, start, end, " "))


def _fix(view: View, start: int, end: int, character: str) -> Fix | None:
    """The edit; one blank stands for what is read as a blank, with the blanks round it."""
    text = view.text
    if view.labels.touch(start, end) or view.times.touch(start, end):
        return None
    if character.strip() == "":
        low, high = _before(text, start, _BLANKS), end
        while high < len(text) and text[high] in _BLANKS:
            high += 1
        if low and text[low - 1] not in EDGES and high < len(text) and text[high] not in EDGES:
            start, end, character = low, high, " "
    return Fix((Edit(start, end, character),), "unsafe", DECODE)
