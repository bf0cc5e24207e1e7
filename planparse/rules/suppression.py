"""Comments in text and Markdown that silence rules.

`<!-- planparse: ignore PN101 PN404 -->` silences these rules on its line and the next, without codes all rules;
`<!-- planparse: ignore-file PN404 -->` in the whole file; `<!-- planparse: off PN404 -->` from its line on, up to
`<!-- planparse: on PN404 -->`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

COMMENT = re.compile("<!--[ \t]*planparse:[ \t]*(?P<verb>ignore-file|ignore|off|on)(?P<words>(?:[ \t,]+[A-Za-z][\\w-]*)*)[ \t]*-->")
MEANT = re.compile("<!--[^<>\n]{0,40}?planparse[^<>\n]{0,200}?-->", re.IGNORECASE)
"""A comment that speaks to us."""
EVERYTHING = "ALL"


class Suppression(NamedTuple):
    """A comment that silences: `text[start:end]`."""

    start: int
    end: int
    words: tuple[str, ...]
    """Codes, beginnings of codes and names as they are written; `ALL` where none is."""
    first: int
    """The line of the text, counted from 1, from which on it holds."""
    last: int


def suppressions(text: str, line_of: LineOf) -> list[Suppression]:
    """The comments of a text that silence rules, in order."""
    if "planparse:" not in text:
        return []
    out: list[Suppression] = []
    open_ones: dict[str, Suppression] = {}
    lines = line_of(len(text))
    for found in COMMENT.finditer(text):
        words = tuple(re.split("[ \t,]+", found["words"].strip(" \t,"))) if found["words"].strip() else (EVERYTHING,)
        line = line_of(found.start())
        verb = found["verb"]
        if verb == "ignore":
            out.append(Suppression(found.start(), found.end(), words, line, line + 1))
        elif verb == "ignore-file":
            out.append(Suppression(found.start(), found.end(), words, 1, lines))
        elif verb == "off":
            for word in words:
                open_ones.setdefault(word.upper(), Suppression(found.start(), found.end(), (word,), line, lines))
        else:
            ended = list(open_ones) if EVERYTHING in words else [word.upper() for word in words]
            out.extend(open_ones.pop(word)._replace(last=line) for word in ended if word in open_ones)
    return sorted([*out, *open_ones.values()])


def misspelt(text: str) -> Iterator[tuple[int, int]]:
    """Where comments stand that speak to us, but that we do not understand."""
    if "lanparse" in text or "LANPARSE" in text:
        for found in MEANT.finditer(text):
            if COMMENT.fullmatch(text, *found.span()) is None:
                yield found.span()


class LineOf:
    """The line, counted from 1, in which an offset stands."""

    def __init__(self, starts: list[int]) -> None:
        self.starts = starts

    def __call__(self, offset: int) -> int:
        """The line of an offset."""
        return bisect_right(self.starts, offset)
