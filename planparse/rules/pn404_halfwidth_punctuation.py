"""Marks next to Chinese are half-width.

Commas, semicolons, colons, brackets, question and exclamation marks of a Chinese text fill one character cell each; those of
the keyboard's Latin side do not, and a program that splits sentences at the Chinese marks finds none. Texts from the web
have often lost all of theirs, so a file is told once, at the first mark, with their number.

A mark counts when Chinese stands right beside it, or beyond a quotation mark or bracket. Brackets count in pairs, when Chinese
stands inside or in front of them. Labels, times, numbers such as 1,200, 8:00 and 3:2, addresses, code and Latin sentences
are left alone; so are full stops, which cannot be told from the dots of labels.

The fix writes the full-width marks, and drops the one blank that followed a half-width one.

Basis: GB/T 15834-2011 5.1, one character cell for each mark; the text is reproduced by others.

Bad:

    某校2024年工作计划
    一、重点工作
    加强管理,落实责任(含后勤)。

Good:

    某校2024年工作计划
    一、重点工作
    加强管理，落实责任（含后勤），用时1,200小时。
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from planparse.rules.prose import CLOSERS, HAS_HAN, IS_CHINESE, OPENERS, lines, other
from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.lazy import lazy

MESSAGE = "half-width marks stand next to Chinese, {count} in the file"
WIDEN = "write them full-width"
RULE = Rule(
    severity="information",
    basis=Basis("standard", "GB/T 15834-2011 5.1", "B"),
    messages=(MESSAGE,),
    raised=MappingProxyType({"official": "warning"}),
    fix="safe",
    may_change=frozenset({"text"}),
)
FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_MARK = lazy("[,;:?!]")
_BRACKET = lazy("[()（）]")
_NUMBER = lazy("[0-9０-９一二三四五六七八九十]{1,4}|[A-Za-z]")
_BESIDE_QUOTES = 3
"""So many quotation marks and brackets may stand between a mark and its word."""


def check(view: View) -> Iterator[Problem]:
    """One finding for the whole file."""
    edits = sorted([*_marks(view), *_brackets(view)])
    if edits:
        start = edits[0].start
        yield Problem(start, start + 1, MESSAGE, {"count": len(edits)}, Fix(tuple(edits), "safe", WIDEN))


def _free(view: View, start: int, end: int) -> bool:
    return not view.guarded(start, end) and not other(view).touch(start, end)


def _marks(view: View) -> Iterator[Edit]:
    text = view.text
    for found in _MARK.finditer(text):
        at = found.start()
        if (
            (text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit())
            or not _chinese_beside(text, at)
            or text.startswith(("=", "["), at + 1)
            or not _free(view, at, at + 1)
        ):
            continue
        end = at + 1
        blank = text.startswith(" ", end) and not text[end + 1 : end + 2].isspace() and end + 1 < len(text)
        yield Edit(at, end + 1 if blank and _free(view, end, end + 1) else end, FULL[found[0]])


def _chinese_beside(text: str, at: int) -> bool:
    for step, passed in ((-1, CLOSERS), (1, OPENERS)):
        k = at + step
        for _ in range(_BESIDE_QUOTES):
            if not 0 <= k < len(text) or text[k] not in passed:
                break
            k += step
        if 0 <= k < len(text) and IS_CHINESE.match(text, k):
            return True
    return False


def _brackets(view: View) -> Iterator[Edit]:
    """The half-width ones of pairs that stand on one line."""
    if "(" not in view.text and ")" not in view.text:
        return
    for start, end in lines(view):
        opened: list[int] = []
        for found in _BRACKET.finditer(view.work, start, end):
            if found[0] in "(（":
                opened.append(found.start())
            elif opened:
                yield from _pair(view, opened.pop(), found.start())


def _pair(view: View, first: int, last: int) -> Iterator[Edit]:
    text = view.text
    if (text[first] not in "()" and text[last] not in "()") or last == first + 1:
        return
    inside = text[first + 1 : last]
    chinese = HAS_HAN.search(inside) or (first and IS_CHINESE.match(text, first - 1))
    if not chinese or text[first - 1 : first] == "]" or _NUMBER.fullmatch(inside.strip()):
        return
    if _free(view, first, first + 1) and _free(view, last, last + 1):
        yield from (Edit(k, k + 1, FULL[text[k]]) for k in (first, last) if text[k] in FULL)
