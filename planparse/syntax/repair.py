"""Mends what pasting broke without moving a single offset.

`mend` returns a working copy of the text that is as long as the original: what a repair removes becomes `FILLER`, so
every offset in the copy is an offset in the source. `clean` takes the fillers out of a slice. Each repair is recorded.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from planparse.source import line_end
from planparse.syntax.lazy import lazy

FILLER = "\u200b"  # itself a zero-width character that carries no meaning: it is always dropped
BLANKS = " \t\u00a0\u3000\u2002\u2003\u2009\r\x0b\x0c\u2028\u2029" + FILLER


class Repair(NamedTuple):
    """`text[start:end]` of the source reads as `replacement`. `kind` is one of the keys of the repair table."""

    kind: str
    start: int
    end: int
    replacement: str


# Entities that survive in pasted text and may be cut in two; the value is what the reader should see.
CUT_ENTITIES = {
    "nbsp": " ", "ensp": " ", "emsp": " ", "amp": "&", "lt": "<", "gt": ">", "quot": '"', "ldquo": "“", "rdquo": "”",
    "lsquo": "‘", "rsquo": "’", "mdash": "—", "ndash": "–", "hellip": "…", "middot": "·", "times": "×", "deg": "°",
}  # fmt: skip
_GAP = "[ \\t\\r]{0,4}\\n?[ \\t\\r]{0,4}"  # bounded, so that hostile blanks cost no time
_CUT = lazy("&" + _GAP + "(?:" + "|".join("(?:" + _GAP.join(name) + ")" for name in CUT_ENTITIES) + ")" + _GAP + ";")
_WHOLE = lazy("&(?:amp;){0,3}(#[0-9]{1,6}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}[0-9]?);")
_HALF = lazy("(?<=\u00a0)[ \\t\\r]{0,8}\\n[ \\t]{0,8};[ \\t]{0,8}")
_ZERO_WIDTH_MARKS = "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e"
_ZERO_WIDTH = lazy(f"[{_ZERO_WIDTH_MARKS}]+")
_ROW_BREAK = lazy("<br ?/?>", re.IGNORECASE)
_PIPE_ROW = lazy("^[ \\t]*\\|[^\\n]*<br[^\\n]*$", re.IGNORECASE | re.MULTILINE)
_PLAN_COMMENT = lazy("^<!-- plan -->[ \\t]*$", re.MULTILINE)
_ESCAPE = lazy("\\\\([\\\\*`|])")
_RULE = lazy("(?:(?<=\\n\\n)|(?<=\\n\\r\\n))-{3,}[ \\t]*(?=\\r?\\n\\r?\\n|\\r?\\n?$)")
PLAN_START = "\x0c" + FILLER  # what `<!-- plan -->` becomes: a blank that tells where a plan begins
SECTIONS_END = "\x0c\x0b" + FILLER  # what a thematic break becomes: a blank that closes the sections above it
_TAG = lazy("</?(?:br|wbr|p|span|div|font|strong|b|em|u|o:p|a|td|tr|table|tbody|img|h[1-6])(?:[ \\t][^<>\\n]{0,200})?/?>", re.IGNORECASE)


def mend(text: str, celled: bool = False) -> tuple[str, list[Repair]]:
    """The working copy of `text` and the repairs of characters (entities, zero-width marks, stray tags).

    `celled` says that VT parts the lines of a table's cell, as in the texts of structured files.
    """
    repairs: list[Repair] = []
    end = line_end(text)
    work = text.replace("\r", "\n") if end == "\r" else text
    if any(c in work for c in _ZERO_WIDTH_MARKS):
        work = _ZERO_WIDTH.sub(lambda m: _note(repairs, "zero_width", m, ""), work)
    for c in "\u2028\u2029\x85" if celled else "\x0b\u2028\u2029\x85":
        work = work.replace(c, "\n")
    if "&" in work:
        work = _WHOLE.sub(lambda m: _whole_entity(repairs, m), work)
        work = _CUT.sub(lambda m: _note(repairs, "cut_entity", m, _entity_character(m[0])), work)
    if "\u00a0" in work:
        work = _HALF.sub(lambda m: _note(repairs, "half_entity", m, ""), work)
    if "\\" in work:
        work = _ESCAPE.sub(lambda m: FILLER + m[1], work)
    if "<" in work:
        work = _PLAN_COMMENT.sub(lambda m: _note(repairs, "stray_markup", m, "\x0c"), work)
        work = _PIPE_ROW.sub(lambda row: _ROW_BREAK.sub(lambda m: "\x0b" + FILLER * (len(m[0]) - 1), row[0]), work)
        work = _TAG.sub(lambda m: _note(repairs, "stray_markup", m, ""), work)
    if "\n---" in work:
        work = _RULE.sub(lambda m: _note(repairs, "stray_markup", m, "\x0c\x0b"), work)
    repairs.sort(key=lambda repair: repair.start)
    return work, repairs


def clean(work: str, start: int, end: int) -> str:
    """The text of a slice of the working copy as it should be read: no fillers, no blanks at its ends."""
    piece = work[start:end]
    if FILLER in piece:
        piece = piece.replace(FILLER, "")
    return piece.strip()


def trim(work: str, start: int, end: int) -> tuple[int, int]:
    """The slice without the blanks (and fillers) at its ends."""
    while start < end and work[start] in BLANKS:
        start += 1
    while end > start and work[end - 1] in BLANKS:
        end -= 1
    return start, end


def join_lines(work: str, joints: list[tuple[int, int]]) -> str:
    """Puts fillers over line breaks (and the blanks round them) that `lines.mend_breaks` found to be accidental."""
    pieces, at = [], 0
    for start, end in joints:
        pieces.append(work[at:start])
        pieces.append(FILLER * (end - start))
        at = end
    pieces.append(work[at:])
    return "".join(pieces)


def _entity_character(written: str) -> str:
    return CUT_ENTITIES["".join(c for c in written if c.isalpha())]


def _whole_entity(repairs: list[Repair], found: re.Match[str]) -> str:
    import html

    character = html.unescape("&" + found[1] + ";")
    if len(character) > 2 or character == "\n":
        return found[0]  # no entity anyone knows: left as written
    return _note(repairs, "entity", found, character.replace("\u00a0", " "))


def _note(repairs: list[Repair], kind: str, found: re.Match[str], replacement: str) -> str:
    repairs.append(Repair(kind, found.start(), found.end(), replacement))
    return replacement + FILLER * (found.end() - found.start() - len(replacement))
