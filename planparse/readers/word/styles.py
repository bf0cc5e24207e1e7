"""Paragraph and character styles of a Word file: what a paragraph takes from its style and the styles that one is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from planparse.readers.word.names import W, child, is_on, number, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

BODY = 9
"""The outline level that means: body text."""
_HEADING = re.compile("(?:heading|标题|標題)\\s*([1-9])$", re.IGNORECASE)
_CONTENTS = re.compile("(?:toc|目录|目錄)(?:\\s*[1-9]|\\s*heading)?$", re.IGNORECASE)
_TITLES = frozenset({"title", "标题", "標題"})
_MOST_BASES = 20
RIGHT = ("right", "end")
CENTRE = "center"
USUAL_SIZE = 20
"""In half points: what Word takes when nothing is said."""


@dataclass(slots=True)
class Style:
    """One style, with only what itself says."""

    name: str
    base: str
    outline: int | None = None
    """Counted from 0; 9 is body text."""
    num_id: str | None = None
    level: int | None = None
    hidden: bool | None = None
    side: str = ""
    """Where paragraphs are set: left, center, right, both."""
    size: int | None = None
    """The height of letters in half points."""
    bold: bool | None = None


class Looks(NamedTuple):
    """What a paragraph takes from its style."""

    outline: int
    """The outline level, counted from 1; 0 for body text."""
    title: bool
    """The style is that of a document's title."""
    contents: bool
    """The style is that of a line in a table of contents."""
    hidden: bool
    """Text in the style is not shown."""
    right: bool
    """Paragraphs are set against the right margin."""
    centred: bool
    size: int
    """The height of letters in half points."""
    bold: bool


class Styles:
    """The styles of a file, by id."""

    def __init__(self, root: Element | None) -> None:
        self.styles: dict[str, Style] = {}
        self.default = ""
        self.size = USUAL_SIZE
        self._looks: dict[str, Looks] = {}
        self.num_of_style: dict[str, str] = {}
        """The w:num that each numbering style names."""
        defaults = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
        self.size = number(child(defaults, "sz")) or USUAL_SIZE
        for element in () if root is None else root.findall(W + "style"):
            key, kind = element.get(W + "styleId", ""), element.get(W + "type", "paragraph")
            style = _style(element)
            if kind == "numbering":
                self.num_of_style[key] = style.num_id or ""
                continue
            self.styles[key] = style
            if kind == "paragraph" and element.get(W + "default", "") in ("1", "true", "on"):
                self.default = key

    def chain(self, key: str) -> Iterator[tuple[str, Style]]:
        """The style and those it is based on, the nearest first."""
        for _ in range(_MOST_BASES):
            style = self.styles.get(key)
            if style is None:
                return
            yield key, style
            key = style.base

    def looks(self, key: str) -> Looks:
        """What paragraphs in a style look like."""
        found = self._looks.get(key)
        if found is None:
            found = self._looks[key] = _looks([style for _, style in self.chain(key)], self.size)
        return found


def _looks(chain: list[Style], usual_size: int) -> Looks:
    names = [style.name for style in chain]
    side = next((style.side for style in chain if style.side), "")
    return Looks(
        _outline(chain),
        any(name.lower() in _TITLES for name in names),
        any(_CONTENTS.match(name) for name in names),
        next((style.hidden for style in chain if style.hidden is not None), False),
        side in RIGHT,
        side == CENTRE,
        next((style.size for style in chain if style.size), usual_size),
        next((style.bold for style in chain if style.bold is not None), False),
    )


def _outline(chain: list[Style]) -> int:
    for style in chain:
        if style.outline is not None:
            return style.outline + 1 if style.outline < BODY else 0
        found = _HEADING.match(style.name)
        if found:
            return int(found[1])
    return 0


def _style(element: Element) -> Style:
    own, text = child(element, "pPr"), child(element, "rPr")
    numbering = child(own, "numPr")
    num_id, vanish, bold = child(numbering, "numId"), child(text, "vanish"), child(text, "b")
    return Style(
        value(child(element, "name")),
        value(child(element, "basedOn")),
        number(child(own, "outlineLvl")),
        None if num_id is None else value(num_id),
        number(child(numbering, "ilvl")),
        None if vanish is None else is_on(vanish),
        value(child(own, "jc")),
        number(child(text, "sz")),
        None if bold is None else is_on(bold),
    )
