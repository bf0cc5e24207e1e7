"""Text that somebody decoded with the wrong codec and saved like that: it reads as rubbish, and parsing it is no use."""

from __future__ import annotations

import re
from collections.abc import Callable

from planparse.readers.everyday import common
from planparse.syntax.lazy import lazy

AROUND = 60
"""How many characters before a suspicious one are looked at."""
STRETCH = 240
"""How many are looked at after it."""

# What UTF-8 becomes in GBK: the bytes of ， 。 、 ； ： “ and of the first characters of plans, in pairs.
_AS_GBK = "锛銆鈥锟紝紱€鐨涓宸浣鍒瀛骞鏈鏃璁绗鍛浜瑕鏁鎬闃鍏鍥鍙瀹绋鐢閮寮寰澶鎴鏄绛缁鑰琛鍚鏍愭鎸鍔"
# What UTF-8 becomes in Latin-1 or its Windows kin: the first byte of three, then two bytes that are no letters of ASCII.
_LEADS, _TRAILS = "âãäåæçèéï", "\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
_MARKERS = frozenset("\ufffdÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ" + _AS_GBK + _LEADS)
"""No mojibake is without one of these, and most Chinese text is: so only what has one is looked at closely."""
_MARKER = lazy(f"[{''.join(sorted(_MARKERS))}]")
_AS_GBK_MARKER = lazy(f"[{_AS_GBK}]")
_UTF8 = rb"(?:[\xe2-\xe9\xef][\x80-\xbf]{2}){4,}"

SHORT = 4000
"""Up to so many characters looking at each costs less than compiling a pattern."""


def find(text: str) -> tuple[int, int] | None:
    """Where the first stretch stands that is certainly mojibake: its start and end; None when there is none.

    Certain is what gives everyday Chinese when the wrong step is taken back, and marks of characters already lost (U+FFFD
    in a row, 锟斤拷). A stretch that is too short to be sure of is passed over.
    """
    if len(text) <= SHORT and _MARKERS.isdisjoint(text):
        return None
    first = _MARKER.search(text)
    if not first:
        return None
    start = max(0, first.start() - AROUND)
    spans = [span for span in (search(text, start) for search in SEARCHES) if span]
    return min(spans, default=None)


def _pattern(pattern: str, certain: Callable[[str], bool] = bool) -> Callable[[str, int], tuple[int, int] | None]:
    """The search for the first match of a pattern that is certain, too."""
    compiled = lazy(pattern)

    def search(text: str, start: int) -> tuple[int, int] | None:
        return next((match.span() for match in compiled.finditer(text, start) if certain(match[0])), None)

    return search


def _gbk_as_latin(stretch: str) -> bool:
    """Whether the letters are the bytes of at least two characters, nearly all of them everyday ones."""
    read = stretch.encode("latin-1").decode("gb18030", "replace")
    known = sum(c in common() for c in read)
    han = sum("\u4e00" <= c <= "\u9fff" and c in common() for c in read)
    return len(set(stretch)) > 2 and han >= 2 and known * 4 >= len(read) * 3  # ×××× is one letter four times


def _utf8_as_gbk(text: str, start: int) -> tuple[int, int] | None:
    """The first stretch whose bytes in GB 18030 are UTF-8 for everyday Chinese."""
    done = start
    for marker in _AS_GBK_MARKER.finditer(text, start):
        if marker.start() < done:
            continue
        begin = max(done, marker.start() - AROUND)
        done = marker.start() + STRETCH
        pieces = [_gb_bytes(c) for c in text[begin:done]]
        for found in re.finditer(_UTF8, b"".join(pieces)):
            read = found[0].decode("utf-8", "replace")
            if sum(c in common() for c in read) * 4 >= len(read) * 3:
                return _span(pieces, begin, *found.span())
    return None


def _gb_bytes(character: str) -> bytes:
    """Its bytes in Windows' GBK, where € is the byte 0x80."""
    return b"\x80" if character == "€" else character.encode("gb18030", "replace")


def _span(pieces: list[bytes], begin: int, start: int, end: int) -> tuple[int, int]:
    """The characters that the bytes from `start` to `end` belong to; `begin` is the offset of the first piece."""
    at, span = 0, []
    for k, piece in enumerate(pieces, begin):
        if start < at + len(piece) and at < end:
            span.append(k)
        at += len(piece)
    return span[0], span[-1] + 1


SEARCHES: tuple[Callable[[str, int], tuple[int, int] | None], ...] = (
    _pattern("\ufffd{2,}(?:[^\0-\x7f\u4e00-\u9fff]?\ufffd+)*|(?:锟斤拷)+"),
    _pattern(f"(?:[{_LEADS}][{_TRAILS}]{{2}}){{2,}}"),
    _pattern("(?:[¡-÷][¡-þ]){2,}", _gbk_as_latin),
    _utf8_as_gbk,
)
"""GBK read as UTF-8, UTF-8 read as Latin-1, GBK read as Latin-1, UTF-8 read as GBK."""
