"""What a text says without its marks, blanks and years: the ground on which plans of different years are compared."""

from __future__ import annotations

import re
from hashlib import blake2b
from unicodedata import normalize

YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2}")
"""A year as written; 2025—2026学年 holds two."""
_MARKS = re.compile(r"[\W_]+")


def sense(text: str) -> str:
    """Letters and digits alone, full and half width alike, a year as `Y`."""
    return _MARKS.sub("", YEAR.sub("Y", normalize("NFKC", text))).casefold()


def sense_hash(text: str) -> int | None:
    """A signed number of 64 bits that is equal for texts of one sense; None for a text of marks alone."""
    words = sense(text)
    return int.from_bytes(blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True) if words else None


def series(issuer: str | None, title: str | None) -> str | None:
    """Issuer and title without years and marks; None without a title."""
    if not title:
        return None
    name = _MARKS.sub("", YEAR.sub("", normalize("NFKC", title)))
    return f"{_MARKS.sub('', normalize('NFKC', issuer or ''))} {name}".casefold() if name else None
