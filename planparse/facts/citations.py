"""Finds the documents a text refers to: titles in 《》, and numbers of documents."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from planparse.syntax.lazy import lazy


class Citation(NamedTuple):
    """A document that is referred to."""

    start: int
    end: int
    title: tuple[int, int]
    """Where its title stands, without 《》; its number's place where it has none."""
    number: tuple[int, int] | None
    """Where its number stands."""


_YEAR = "(?:[12][0-9xX×*＊Oo○]{3}|[〇零○一二三四五六七八九oO]{4}|[0-9]{2})"
_GAP = "[ \u3000]{0,2}"
_ISSUER = "[\u4e00-\u9fffA-Za-z]{1,14}?"
NUMBER = lazy(
    f"(?P<org>[\u4e00-\u9fff]{{2,12}}){_GAP}[〔\\[［（(【﹝]{_GAP}{_YEAR}{_GAP}年?{_GAP}[〕\\]］）)】﹞]{_GAP}第?{_GAP}(?:\\d{{1,5}}|[xX×*]{{1,4}}){_GAP}号"
    f"|(?:[\u4e00-\u9fff]{{1,10}})令{_GAP}第?{_GAP}\\d{{1,4}}{_GAP}号"
    f"|[\u4e00-\u9fff]{{0,10}}?(?:第{_GAP})?\\d{{1,4}}{_GAP}号(?:主席令|令|文件?(?!化)|公告|通告)"
)
"""国发〔2023〕5号 (GB/T 9704, clause 7.2.5), 教育部令第12号, 省政府213号令."""
STANDARD = lazy(
    "(?<![A-Za-z0-9])(?:[A-Z]{2,5}\\d{0,2}|T/[A-Z]{2,8})(?:/[TZJ])?[ \u3000]?\\d{1,6}(?:\\.\\d{1,3})?(?:[ ]?[-—–－─]{1,2}[ ]?(?:19|20)?\\d{2})?(?![0-9A-Za-z])"
)
"""GB/T 9704—2012, JGJ/T 104—2011, DB34/T 1234: the number of a standard, which counts beside its title."""
_LEAD_WORDS = lazy(
    ".*(?:遵守|学习|宣传|实施|依据|根据|按照|依照|遵照|贯彻|落实|执行|印发|转发|关于|以及|严格|参照|和|及|与|见|按|照|以|从|了|的|对|据|遵)"
)
LONGEST_STANDARD = 28
LONGEST_TITLE = 120
"""A title has no more signs than this: else a bracket was left open."""


def find_citations(text: str, start: int, end: int) -> list[Citation]:
    """The documents that a stretch of running text refers to, in order."""
    titles = list(_titles(text, start, end)) if text.find("《", start, end) >= 0 else []
    numbers = list(_numbers(text, start, end, titles)) if text.find("号", start, end) >= 0 else []
    standards = {found.span() for a, b in titles for found in _standards(text, start, end, a, b)}
    numbers = sorted({*numbers, *standards}) if standards else numbers
    out: list[Citation] = []
    used: set[int] = set()
    for a, b in titles:
        number = None
        near = bisect_left(numbers, (a, a))
        for k, (x, y) in enumerate(numbers[max(0, near - 2) : near + 3], max(0, near - 2)):
            beside = (
                text[b:x].strip(" \u3000") in ("（", "(", "", "〔", "[")
                if x >= b
                else text[y:a].strip(" \u3000") in ("", "文件", "印发的", "）")
            )
            if beside and k not in used and ((x >= b and x - b <= 3) or (x < a and a - y <= 4)):
                number = (x, y)
                used.add(k)
                break
        stop = max(b, number[1]) if number is not None else b
        begin = min(a, number[0]) if number is not None else a
        out.append(Citation(begin, stop, (a + 1, b - 1), number))
    out.extend(Citation(x, y, (x, y), (x, y)) for k, (x, y) in enumerate(numbers) if k not in used and (x, y) not in standards)
    return sorted(out)


def _standards(text: str, start: int, end: int, a: int, b: int) -> Iterator[re.Match[str]]:
    """The number of a standard before or behind a title."""
    behind = STANDARD.search(text, b, min(end, b + LONGEST_STANDARD))
    if behind is not None and text[b : behind.start()].strip(" \u3000") in ("", "（", "("):
        yield behind
        return
    for found in STANDARD.finditer(text, max(start, a - LONGEST_STANDARD), a):
        if not text[found.end() : a].strip(" \u3000"):
            yield found


def _titles(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The outermost pairs of 《》."""
    out: list[tuple[int, int]] = []
    depth, opened = 0, -1
    at = text.find("《", start, end)
    if at < 0:
        return out
    for k in range(at, end):
        sign = text[k]
        if sign == "《":
            if depth == 0 or k - opened > LONGEST_TITLE:
                opened, depth = k, 0
            depth += 1
        elif sign == "》" and depth:
            depth -= 1
            if depth == 0 or not _closes_later(text, k + 1, end):
                if k - opened - 1 >= 1 and k - opened <= LONGEST_TITLE:
                    out.append((opened, k + 1))
                depth = 0
    return out


def _closes_later(text: str, at: int, end: int) -> bool:
    """Whether another 》 comes before the next 《: else the outer pair is closed already."""
    close = text.find("》", at, min(end, at + LONGEST_TITLE))
    opening = text.find("《", at, end)
    return close >= 0 and (opening < 0 or close < opening)


def _numbers(text: str, start: int, end: int, titles: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where numbers of documents stand, without the words that lead to them."""
    out = []
    for found in NUMBER.finditer(text, start, end):
        a, b = found.span()
        if any(x <= a < y for x, y in titles):
            continue
        lead = _LEAD_WORDS.match(text, a, _words_end(text, a, b))
        a = lead.end() if lead is not None else a
        if text[a] in "第0123456789" or _words_end(text, a, b) - a < 2:
            continue
        out.append((a, b))
    return out


def _words_end(text: str, start: int, end: int) -> int:
    """Where the first sign after `start` stands that is no Chinese word: a bracket, a digit, a blank."""
    k = start
    while k < end and "\u4e00" <= text[k] <= "\u9fff":
        k += 1
    return k
