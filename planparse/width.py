"""What a terminal shows: how many columns a text takes, what must not reach it as it is, and words in colours."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

_WIDTHS = {"W": 2, "F": 2}
_NOTHING = ("Mn", "Me")
"""Marks that are put on the character before them."""
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Signs that steer the terminal, turn the order of writing, or cannot be seen."""


class Span(NamedTuple):
    """Words in one style, a key of a table of styles."""

    style: str
    text: str


def display_width(text: str) -> int:
    """The columns a text takes in a terminal."""
    return len(text) if text.isascii() else sum(map(columns, text))


@lru_cache(maxsize=8192)
def columns(character: str) -> int:
    """The columns a character takes: wide ones two, marks on the character before them none."""
    if unicodedata.combining(character) or unicodedata.category(character) in _NOTHING:
        return 0
    return _WIDTHS.get(unicodedata.east_asian_width(character), 1)


@lru_cache(maxsize=8192)
def visible_character(character: str) -> str:
    r"""A character as it may be shown: what would steer the terminal, or is not seen, comes out as `\x1b`, `\u200b`."""
    if unicodedata.category(character) not in _UNSEEN:
        return character
    return ascii(character)[1:-1]


def visible(text: str) -> str:
    """A text with every sign that would steer the terminal written out, line ends and TABs included."""
    return text if text.isascii() and text.isprintable() else "".join(map(visible_character, text))


def colored(lines: Iterable[Sequence[Span]], styles: Mapping[str, str]) -> str:
    """Lines in the colours of a terminal. Loads `rich`, which is slow: only for those who want colours."""
    from rich.color import ColorSystem
    from rich.style import Style

    parsed = {name: Style.parse(style) for name, style in styles.items()}
    system = ColorSystem.STANDARD  # a console would wrap and measure what is measured already
    return "".join("".join(parsed[style].render(text, color_system=system) for style, text in spans) + "\n" for spans in lines)


def plain(lines: Iterable[Sequence[Span]]) -> str:
    """The same lines without colours."""
    return "".join("".join(span.text for span in spans).rstrip() + "\n" for spans in lines)
