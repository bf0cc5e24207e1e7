"""The words of two entries side by side: what stayed, went and came, without cutting figures, dates, names and Latin words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from difflib import SequenceMatcher
from typing import NamedTuple, cast

from planparse.diff.model import Mark, Verb
from planparse.facts.units import BY_NAME

Cut = Callable[[str], list[str]]
"""A word cutter: the words of a text in order, nothing left out."""

SHORT, LONG = 90_000, 25_000_000
"""So many pairs of tokens are looked at with care; so many at all: the careful search takes the cube of what repeats itself."""
LEAST = 0.35
"""Where less than this share of the signs is alike, both texts are printed in full: marks would be confetti."""
_HAN = "[〇零○一二两三四五六七八九十百千万亿]"
_COUNT = "[0-9一二两三四五六七八九十几]"
_PART = "(?:初|底|末|中旬|上旬|下旬|上半月|下半月)?"
_DAY = f"\\d{{1,2}}[日号]|{_HAN}{{1,3}}[日号]"
_MONTH = f"(?:\\d{{1,2}}|{_HAN}{{1,3}})月份?(?:{_DAY}|{_PART})"
WHOLE = (
    f"(?<!{_COUNT})(?:周|星期|礼拜)[一二三四五六日天](?![次节])"  # 周四; but 每周四次, 一周五天
    "|\\d{1,2}[:：][0-5]\\d(?!\\d)"  # 8:30
    f"|(?:(?:\\d{{4}}|\\d{{2}}|[〇零○一二三四五六七八九]{{4}})年(?:{_MONTH}|{_PART})|{_MONTH}|{_DAY})"  # 2025年3月底, 八月二十七日
    "|\\d{4}[-./]\\d{1,2}(?:[-./]\\d{1,2})?(?![\\d.])|\\d{1,2}/\\d{1,2}(?!\\d)"  # 2025-08-27, 27/8
    "|(?:\\d{1,3}(?:[,，]\\d{3})+(?!\\d)|\\d+)(?:[.．]\\d+)*[%％‰]?"  # 35, 1,200, 98.5%
    f"|{_HAN}+分之{_HAN}+(?:点{_HAN}+)?|第?{_HAN}{{2,}}(?:点{_HAN}+)?"  # 百分之九十, 三分之一, 三十五
    "|[A-Za-zÀ-ɏ][A-Za-z0-9À-ɏ]*(?:[-'’.&][A-Za-z0-9]+)*"  # WiFi-6
    "|[ \u3000\t]+"
)
"""What is never cut, whatever cuts the words."""
_FIRST = "\\dA-Za-zÀ-ɏ \u3000\t〇零○一二两三四五六七八九十百千万亿第周星礼"
"""Signs that something whole begins with."""
_COUNTS = frozenset(name for name in BY_NAME if len(name) == 1) | frozenset("年月日号周时成番万亿千百十第几两半")
"""A measure word between two changes stays as it is: 3年 and 4年 share a word, not an accident."""


_TOKEN = re.compile(f"[^{_FIRST}]|{WHOLE}|.", re.DOTALL)
_STRETCH = re.compile(f"({WHOLE})")
"""Parts what is whole from what is between: every second stretch is whole."""


def cutter() -> Cut:
    """The best word cutter there is: rjieba's where it is installed, else jieba's. The dictionary loads on first use."""
    try:
        import rjieba  # type: ignore[import-not-found,import-untyped,unused-ignore]
    except ImportError:
        from planparse.facts.words import words_of

        return words_of
    cut: Callable[[str, bool], list[str]] = rjieba.cut
    return lambda text: cut(text, False)


def marks(old: str, new: str, *, cut: Cut | None = None, whole: tuple[str, ...] = (), fold: bool = False) -> list[Mark]:
    """The stretches of two texts; put together, their old and new parts are the texts.

    Empty where the texts are the same, also but for width with `fold`, and where too little is alike.

    A single Han sign between two changes is one of them, unless it is a measure word: it is alike by accident. The marks
    of the new against the old text are the mirror of these.

    Args:
        old: Last year's text.
        new: This year's text.
        cut: What cuts the words; signs are compared without it.
        whole: Names and times of either text, never cut.
        fold: Whether marks that differ in width alone count as equal; such a stretch has both spellings.
    """
    if old == new:
        return []
    swapped = (len(new), new) < (len(old), old)  # the matcher's choice among equals depends on the order of its arguments
    first, second = (new, old) if swapped else (old, new)
    found = _matched(_cut(first, cut, whole), _cut(second, cut, whole), fold)
    return [_mark(stretch, swapped) for stretch in found]


def _cut(text: str, cut: Cut | None, whole: tuple[str, ...]) -> list[str]:
    out: list[str] = []
    last = 0
    for start, end in _found(text, whole):
        out += _between(text[last:start], cut)
        out.append(text[start:end])
        last = end
    return out + _between(text[last:], cut)


def _found(text: str, names: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the names stand in a text; the longer one where two overlap."""
    taken: list[tuple[int, int]] = []
    for name in sorted({name for name in names if len(name) > 1}, key=lambda name: (-len(name), name)):
        at = text.find(name)
        while at >= 0:
            if all(at + len(name) <= start or end <= at for start, end in taken):
                taken.append((at, at + len(name)))
            at = text.find(name, at + len(name))
    return sorted(taken)


def _between(text: str, cut: Cut | None) -> list[str]:
    if cut is None:
        return _TOKEN.findall(text)
    out: list[str] = []
    for k, stretch in enumerate(_STRETCH.split(text)):
        out.extend([stretch] if k % 2 else cut(stretch) if stretch else ())
    return out


class _Stretch(NamedTuple):
    """A run of tokens on both sides."""

    verb: Verb
    old: tuple[int, int]
    new: tuple[int, int]


def _matched(old: list[str], new: list[str], fold: bool) -> list[tuple[Verb, str, str]]:
    """The stretches with their words; none where all is equal or too little is alike."""
    keys = ([_narrow(token) for token in old], [_narrow(token) for token in new]) if fold else (old, new)
    stretches = _stretched(*keys)
    equal = sum(len("".join(old[slice(*one.old)])) + len("".join(new[slice(*one.new)])) for one in stretches if one.verb == "equal")
    total = sum(map(len, old)) + sum(map(len, new))
    if equal == total or equal < LEAST * total:
        return []
    return [(verb, "".join(old[i:k]), "".join(new[j:m])) for verb, (i, k), (j, m) in _joined(stretches, old)]


def _narrow(token: str) -> str:
    return token if token.isascii() else unicodedata.normalize("NFKC", token)


def _stretched(old: list[str], new: list[str]) -> list[_Stretch]:
    """What is equal at both ends needs no search: between them the longest equal runs are looked for."""
    first, last = 0, min(len(old), len(new))
    while first < last and old[first] == new[first]:
        first += 1
    tail = 0
    while tail < last - first and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    end, stop = len(old) - tail, len(new) - tail
    out = [_Stretch("equal", (0, first), (0, first))] if first else []
    if first in (end, stop):
        verb: Verb = "insert" if first == end else "delete"
        out += [_Stretch(verb, (first, end), (first, stop))] if end != stop else []
    else:
        found = _searched(old[first:end], new[first:stop])
        out += [_Stretch(verb, (first + i, first + k), (first + j, first + m)) for verb, i, k, j, m in found]
    if tail:
        out.append(_Stretch("equal", (end, len(old)), (stop, len(new))))
    return out


def _searched(old: list[str], new: list[str]) -> list[tuple[Verb, int, int, int, int]]:
    """The stretches of two lists of tokens: well placed for what is short, soon found for what is long, none for what is longer still."""
    if len(old) * len(new) <= SHORT:
        return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())
    if len(old) * len(new) > LONG:
        return [("replace", 0, len(old), 0, len(new))]
    from rapidfuzz.distance import LCSseq

    return [(cast("Verb", code.tag), code.src_start, code.src_end, code.dest_start, code.dest_end) for code in LCSseq.opcodes(old, new)]


def _joined(stretches: list[_Stretch], old: list[str]) -> list[_Stretch]:
    """The stretches, single Han signs between two changes taken into them."""
    out: list[_Stretch] = []
    for k, stretch in enumerate(stretches):
        island = stretch.verb == "equal" and 0 < k < len(stretches) - 1 and _is_accident(old[slice(*stretch.old)])
        open_change = out and out[-1].verb != "equal"
        if open_change and (island or stretch.verb != "equal"):
            out[-1] = _Stretch("replace", (out[-1].old[0], stretch.old[1]), (out[-1].new[0], stretch.new[1]))
        else:
            out.append(stretch)
    return out


def _is_accident(tokens: list[str]) -> bool:
    return len(tokens) == 1 and len(tokens[0]) == 1 and "\u4e00" <= tokens[0] <= "\u9fff" and tokens[0] not in _COUNTS


_MIRRORED: dict[Verb, Verb] = {"insert": "delete", "delete": "insert"}


def _mark(stretch: tuple[Verb, str, str], mirrored: bool) -> Mark:
    verb, old, new = stretch
    return Mark(verb=_MIRRORED.get(verb, verb), old=new, new=old) if mirrored else Mark(verb=verb, old=old, new=new)
