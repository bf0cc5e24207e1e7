"""How labels are written: what stands before and after the numeral, and how a numeral of the same kind is written for another value."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from planparse.syntax import numerals
from planparse.syntax.lazy import lazy
from planparse.syntax.numbering import STYLE
from planparse.syntax.repair import FILLER

BLANKS = " \t\u00a0\u3000\u200b"
_DIGITS = frozenset("0123456789")
_WIDE = frozenset(map(chr, range(0xFF10, 0xFF1A)))
_HAN = frozenset("一二三四五六七八九十百零〇○两廿卅")
_FORMAL = frozenset("壹贰貳叁參肆伍陆陸柒捌玖拾")
_KINDS = (("digit", _DIGITS), ("wide", _WIDE), ("han", _HAN), ("formal", _FORMAL), ("stem", frozenset(numerals.STEMS)))
_TO_WIDE = str.maketrans("0123456789", "".join(map(chr, range(0xFF10, 0xFF1A))))
_DATE = lazy("\\d{4}年|\\d{2}[xX×]{2}年|\\d{1,2}月")
_LETTERS = 26
_MOST_HAN = 9999


class Parts(NamedTuple):
    """A label without its blanks: `before` numeral `after`. The numeral of a dotted label is its last number."""

    before: str
    numeral: str
    after: str
    kind: str
    """digit, wide (full-width digits), han, formal, stem, letter, roman or glyph (①, ⑴, ㈠)."""

    @property
    def form(self) -> tuple[str, str, str]:
        """The label without what it counts: labels of one form look alike."""
        before = "".join("0" if c in _DIGITS or c in _WIDE else c for c in self.before)
        kind = "digit" if self.kind == "wide" else self.kind
        return before, kind, self.after


@lru_cache(maxsize=4096)
def parts(text: str, style: str) -> Parts | None:
    """The parts of a label of this style as it stands in the text; None for one in no notation of the table."""
    text = "".join(c for c in text if c not in BLANKS and c != FILLER)
    family = STYLE[style].family if style in STYLE else ""
    if family in ("roman", "upper-letter", "lower-letter", "letter-paren"):
        kind, signs = ("roman" if family == "roman" else "letter"), frozenset(c for c in text if c.isalpha())
        return _split(text, kind, signs) if signs else None
    if family.startswith("automatic"):
        return None
    for k in range(len(text) - 1, -1, -1):
        for kind, signs in _KINDS:
            if text[k] in signs:
                return _split(text, kind, signs)
        if numerals.glyph_value(text[k]) is not None:
            return Parts(text[:k], text[k], text[k + 1 :], "glyph")
    return None


def _split(text: str, kind: str, signs: frozenset[str]) -> Parts:
    """At the last numeral of these signs."""
    end = len(text)
    while text[end - 1] not in signs:
        end -= 1
    start = end
    while start and text[start - 1] in signs:
        start -= 1
    return Parts(text[:start], text[start:end], text[end:], kind)


def numeral(kind: str, value: int, like: str) -> str | None:
    """`value` in the kind of the numeral `like`; None where that kind does not go so far."""
    if kind in ("digit", "wide"):
        digits = str(value).zfill(len(like)) if like[0] in "0０" else str(value)
        return digits.translate(_TO_WIDE) if kind == "wide" else digits
    if kind in ("han", "formal"):
        if not 0 < value <= _MOST_HAN:
            return None
        text = numerals.han_text(value)
        return text.translate(numerals.HAN_TO_FORMAL) if kind == "formal" else text
    if kind == "stem":
        return numerals.STEMS[value - 1] if 0 < value <= len(numerals.STEMS) else None
    if kind == "letter":
        return chr(ord(like[0]) - numerals.letter_value(like) + value) if 0 < value <= _LETTERS else None
    if kind == "glyph" or ord(like[0]) > 127:  # beyond ASCII: Ⅳ
        return _glyph(value, like)
    return numerals.roman_text(value) if value > 0 else None


def _glyph(value: int, like: str) -> str | None:
    """A ready-made number from the same run of Unicode, or from a run that goes on after it (⑳, ㉑)."""
    ringed = numerals.GLYPH_RUNS[:3]
    own = next((run for run in numerals.GLYPH_RUNS if run[0] <= ord(like[0]) <= run[1]), None)
    for first, last, lowest in ringed if own in ringed else (own,) if own else ():
        if lowest <= value <= lowest + last - first:
            return chr(first + value - lowest)
    return None


def dot_holds(text: str, at: int) -> bool:
    """Whether a dot right before `text[at]` is still read as a label's: 1.5月 and 1.2024年 are, 1.35 is one number."""
    return not text[at : at + 1].isdigit() or _DATE.match(text, at) is not None
