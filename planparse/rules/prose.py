"""What the rules about text share: what is Chinese, what is no prose at all, where lines run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from planparse.rules.view import Spans, View
from planparse.syntax.lazy import lazy

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Chinese characters, to be put into a set."""
CHINESE = HAN + "\u3001-\u3006\u3008-\u3029\uff01-\uff5e"
"""Chinese characters and marks that only Chinese has."""
OPENERS, CLOSERS = "“‘《〈「『（【〔([\"'", "”’》〉」』）】〕)]\"'"
"""What may stand between a word and its mark."""

HAS_HAN = lazy(f"[{HAN}]")
IS_CHINESE = lazy(f"[{CHINESE}]")
_ADDRESS = lazy(
    "(?:[A-Za-z][A-Za-z0-9+.-]{1,15}://|www\\.)[\x21-\x27\x2a-\x7e]{1,2000}|[\\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,4}",
    re.ASCII,
)
_COMMENT = lazy("<!--[^\n]{0,2000}?-->")
_FENCE = lazy("^[ ]{0,3}(```+|~~~+)[^\n`]*$", re.MULTILINE)
_CODE = lazy("(?<!`)(`{1,2})(?!`)([^`\n]{1,200})\\1(?!`)")
_LISTED = lazy("\\d{1,9}[.)][ \\t]")
_TARGET = lazy("\\]\\([^()\\s]{0,2000}\\)")
_SENTENCE = frozenset("。，；！？,;")
_PARTS: WeakKeyDictionary[View, Spans] = WeakKeyDictionary()


def other(view: View) -> Spans:
    """What is no prose: addresses, code, comments, targets of links, and what the parser mended within a line."""
    found = _PARTS.get(view)
    if found is None:
        found = _PARTS[view] = Spans(_others(view))
    return found


def _others(view: View) -> Iterator[tuple[int, int]]:
    text = view.text
    if "://" in text or "www." in text or "@" in text:
        yield from (address.span() for address in _ADDRESS.finditer(text))
    if "<!--" in text:
        yield from (comment.span() for comment in _COMMENT.finditer(text))
    if "](" in text:
        yield from (target.span() for target in _TARGET.finditer(text))
    if "`" in text:
        yield from _code(text, is_markdown(view))
    elif "~~~" in text:
        yield from _fenced(text)
    yield from ((repair.start, repair.end) for repair in view.repairs if repair.kind != "broken_line")


def _code(text: str, markdown: bool) -> Iterator[tuple[int, int]]:
    yield from _fenced(text)
    for code in _CODE.finditer(text):
        if markdown or not _SENTENCE & set(code[2]):  # two backticks with a sentence between them are two stray backticks
            yield code.span()


def _fenced(text: str) -> Iterator[tuple[int, int]]:
    """Blocks of code; a fence that is never closed opens none."""
    start, mark = -1, ""
    for fence in _FENCE.finditer(text):
        if start < 0:
            start, mark = fence.start(), fence[1]
        elif fence[1].startswith(mark):
            yield start, fence.end()
            start = -1


def lines(view: View) -> Iterator[tuple[int, int]]:
    """The lines of the text as the parser reads them: those that a break had cut in two are one."""
    work, at = view.work, 0
    while (stop := work.find("\n", at)) >= 0:
        if stop > at:
            yield at, stop
        at = stop + 1
    if at < len(work):
        yield at, len(work)


def is_markdown(view: View) -> bool:
    """Whether the source says that it is Markdown, in which tags, entities and stars have a meaning."""
    return view.source.media_type == "text/markdown"


def is_listed(view: View, start: int) -> bool:
    """Whether the label there is that of an ordered list of Markdown, which numbers itself."""
    return is_markdown(view) and _LISTED.match(view.text, start) is not None
