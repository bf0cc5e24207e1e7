"""Reads figures: numerals of every kind with their unit, spans of two, rates, fractions, multiples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planparse.facts.units import BY_NAME, Unit
from planparse.syntax.lazy import lazy
from planparse.syntax.numerals import HAN_DIGITS, han_value


class Figure(NamedTuple):
    """A figure as it stands in the text."""

    start: int
    end: int
    value: float
    """In the base unit."""
    upper: float | None
    """The upper end of a span."""
    unit: str | None
    """The base unit."""
    written: float
    """The value in the unit as it is written."""
    written_upper: float | None
    written_unit: str | None
    more: bool = False
    """多 or 余 follows: it is more than the value."""
    vague: bool = False
    """十几: somewhere in the span."""
    form: str = ""
    """Which form it is written in; empty for a numeral with its unit."""
    han: bool = False
    """Whether the numeral is Chinese."""


def _choice(names: list[str]) -> str:
    """A pattern of names, the longer ones first, those that begin alike together."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(name[0], []).append(name[1:])
    single = "".join(re.escape(first) for first, rests in groups.items() if rests == [""])
    parts = [f"[{single}]"] if single else []
    for first, rests in groups.items():
        if rests != [""]:
            ordered = "|".join(re.escape(rest) for rest in sorted(rests, key=len, reverse=True))
            parts.append(f"{re.escape(first)}(?:{ordered})")
    return "(?:" + "|".join(parts) + ")"


_UNIT = _choice(list(BY_NAME))
_GAP = "[ \u3000]{0,3}"
_ARABIC = "(?:\\d{1,3}(?:[,，]\\d{3})+(?!\\d)(?:[.．]\\d+)?|\\d+(?:[.．]\\d+)?)"
_DIGITS = "[一二两三四五六七八九十百千零〇]"
_HAN = f"(?:[一二两三四五六七八九十百千]{_DIGITS}*[万亿][一二两三四五六七八九零]{_DIGITS}*|[一二两三四五六七八九十百千][一二两三四五六七八九十百千零〇]*(?:点[一二三四五六七八九零〇]{{1,4}})?)"
_NUMERAL = f"(?:{_ARABIC}|{_HAN})"
_SCALE = f"(?:{_GAP}(?:[十百千]?[万亿]|百|千))?"
_MORE = "[多余来]?"
_TO = "(?:-{1,2}|[—–~～－─]{1,2}|至|到|或)"
PLAIN = lazy(
    f"(?P<a>{_NUMERAL})(?P<m>{_MORE})(?P<s>{_SCALE})(?P<m2>{_MORE}|几)"
    f"(?:{_GAP}(?P<u1>{_UNIT})?{_GAP}{_TO}{_GAP}(?P<b>{_NUMERAL})(?P<s2>{_SCALE})(?P<m3>{_MORE}))?{_GAP}(?P<u>{_UNIT})"
)
BARE_SCALE = lazy(f"(?P<s>[百千万亿]|[十百千]万)(?P<m>[多余]?){_GAP}(?P<u>{_UNIT})")
"""Without a numeral: 百余场, 近万人."""
SHARE = lazy(
    f"(?P<p>[百千万])分之(?P<v>{_NUMERAL}|零)(?:{_GAP}{_TO}{_GAP}(?:[百千万]分之)?(?P<w>{_NUMERAL}))?"
    f"|(?P<d>[二三四五六七八九十]{{1,2}})分之(?P<n>[一二两三四五六七八九]{{1,2}})"
    f"|(?P<t>[一二两三四五六七八九]|[1-9](?:\\.\\d)?)成(?P<h>[半一二三四五六七八九]?)(?=[以左多的上，,。；;、]|\\Z)"
    "|(?P<f>[一]半|半数)(?=以上|以下|左右|的)"
)
MULTIPLE = lazy(f"翻(?P<n>{_NUMERAL})?番")
_START = "0-9０-９一二两三四五六七八九十百千万亿半翻"
CANDIDATE = lazy(f"[{_START}]")
_PER = {"百": "%", "千": "‰", "万": "‱"}


def find_figures(text: str, start: int, end: int) -> Iterator[Figure]:
    """The figures of a stretch of text in order; whether they are promises is for others to say."""
    at, search = start, CANDIDATE.search
    while (found := search(text, at, end)) is not None:
        here = found.start()
        figure = _read(text, here, end)
        if figure is None:
            at = _after_numeral(text, here, end)
        else:
            yield figure
            at = figure.end


_RUN = lazy("(?:[0-9０-９.．,，]+|[一二两三四五六七八九十百千万亿零〇]+)")


def _after_numeral(text: str, at: int, end: int) -> int:
    """Where a numeral ends that is no figure: nothing inside it is one."""
    run = _RUN.match(text, at, end)
    return run.end() if run is not None and run.end() > at else at + 1


def _read(text: str, at: int, end: int) -> Figure | None:
    sign = text[at]
    if sign == "翻":
        return _multiple(text, at, end)
    if sign in "一二两三四五六七八九十百千万半" or sign.isdecimal():
        found = SHARE.match(text, at, end)
        if found is not None:
            return _share(found)
    found = PLAIN.match(text, at, end)
    if found is not None and found["a"] not in ("百", "千"):
        return _plain(text, found)
    if sign in "百千万亿十":
        found = BARE_SCALE.match(text, at, end)
        if found is not None:
            return _scaled(found)
    return None


def number(numeral: str) -> float | None:
    """The value of an Arabic or Chinese numeral: 1,200, １２, 3.5, 三十五, 一点五; None where it is malformed (十四五)."""
    if numeral[0].isdecimal():
        return float(numeral.replace(",", "").replace("，", "").replace("．", "."))
    whole, _, fraction = numeral.partition("点")
    value = _han(whole)
    if value is None:
        return None
    return float(f"{value:.0f}.{''.join(str(HAN_DIGITS[c]) for c in fraction)}") if fraction else value


def _han(numeral: str) -> float | None:
    for sign in "亿万":
        above, found, below = numeral.partition(sign)
        if found:
            high, low = _han(above), _han(below.lstrip("零"))
            short = len(below) == 1  # 两万五 is short for 25,000, or two numbers side by side
            return None if high is None or low is None or short else high * _scale(sign) + low
    if len(numeral) > 1 and not _WELL_FORMED.fullmatch(numeral):
        return None
    value = han_value(numeral)
    return None if value is None else float(value)


_DIGIT = "[一二两三四五六七八九]"
_WELL_FORMED = lazy(f"(?:{_DIGIT}千)?零?(?:{_DIGIT}百)?零?(?:{_DIGIT}?十)?零?{_DIGIT}?")
_PAIR = lazy(f"(?P<head>(?:{_DIGIT}[百千])*(?:{_DIGIT}?十)?)(?P<x>{_DIGIT})(?P<y>{_DIGIT})(?P<tail>[十百千]?)")
"""Two digits side by side: 两三次, 三五天, 二三十人, 十五六个."""


def _pair(numeral: str) -> tuple[float, float] | None:
    found = _PAIR.fullmatch(numeral)
    if found is None:
        return None
    head = han_value(found["head"]) or 0 if found["head"] else 0
    scale = {"": 1, "十": 10, "百": 100, "千": 1000}[found["tail"]]
    low, high = HAN_DIGITS[found["x"]], HAN_DIGITS[found["y"]]
    if not (high == low + 1 or (low, high) == (3, 5)):
        return None
    return float(head + low * scale), float(head + high * scale)


def _scale(sign: str) -> float:
    value = 1.0
    for c in sign:
        value *= {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}.get(c, 1)
    return value


def _plain(text: str, found: re.Match[str]) -> Figure | None:
    name = found["u"]
    unit = BY_NAME[name]
    numeral = found["a"]
    han = not numeral[0].isdecimal()
    value, upper, vague = number(numeral), None, False
    if value is None:
        pair = _pair(numeral)
        if pair is None:
            return None
        value, upper = pair
    scale_sign = found["s"].strip(" \u3000")
    scale = _scale(scale_sign)
    if found["m2"] == "几":
        if not numeral.endswith("十"):
            return None
        value, upper, vague = value + 1, value + 9, True
    if found["b"] is not None:
        upper = number(found["b"])
        if upper is None or (found["u1"] and BY_NAME[found["u1"]].base != unit.base and found["u1"] != name):
            return None
        second = _scale(found["s2"].strip(" \u3000"))
        if second != scale and scale == 1 and not found["u1"]:
            scale, scale_sign = second, found["s2"].strip(" \u3000")  # 3-5万元: both are in 万
        if upper * second <= value * scale:
            return None
        upper = upper * second / scale
    lax = not han or _AT_LEAST.search(text, max(0, found.start() - 6), found.start()) is not None
    lax = lax or (unit.han == "held" and numeral != "二" and _HOLDING.search(text, max(0, found.start() - 14), found.start()) is not None)
    if _refused(text, found.end(), unit, numeral, not lax):
        return None
    factor = scale * unit.factor
    written_unit = (scale_sign if scale_sign[-1:] in ("万", "亿") else "") + name
    in_scale = 1.0 if scale_sign[-1:] in ("万", "亿") else scale
    return Figure(
        found.start(), found.end(), _tidy(value * factor), None if upper is None else _tidy(upper * factor), unit.base or name,
        _tidy(value * in_scale), None if upper is None else _tidy(upper * in_scale), written_unit,
        bool(found["m"] or found["m2"] in ("多", "余", "来")), vague, "", han,
    )  # fmt: skip


def _tidy(value: float) -> float:
    return round(value, 6)


_AT_LEAST = lazy("(?:至少|最少|不少于|不低于|不超过|至多|最多)(?:[开举召上讲听]?)\\Z")
"""Before it a measure word counts that else is part of a phrase: 至少一节, but not 一节."""


_HOLDING = lazy(
    "(?:培训|轮训|研修|讲座|论坛|讲堂|沙龙|专栏|简报|快报|专刊|学习班|训练营|夏令营|举办|举行|开办|开设|编发|编印|刊发|出版|播出|推出)[^，,。；;、：:第\\d]{0,6}\\Z"
)
"""What is held or issued by numbers: 培训两期, 编发简报十二期."""


def _refused(text: str, at: int, unit: Unit, numeral: str, han: bool) -> bool:
    """Whether what looks like a unit is part of another word."""
    if text[at : at + 1] and text[at] in unit.without and not text.startswith("大关", at):
        return True
    if not han:
        return False
    return unit.han in ("none", "held") or (unit.han == "many" and (len(numeral) < 2 or numeral == "十分"))


def _scaled(found: re.Match[str]) -> Figure | None:
    name = found["u"]
    unit = BY_NAME[name]
    text, at = found.string, found.end()
    if text[at : at + 1] and text[at] in unit.without:
        return None
    value = _scale(found["s"])
    return Figure(
        found.start(), at, value * unit.factor, None, unit.base or name, value, None, name, bool(found["m"]), False, "scale", True
    )


def _share(found: re.Match[str]) -> Figure | None:
    start, end = found.span()
    if found["p"]:
        value = 0.0 if found["v"] == "零" else number(found["v"])
        if value is None:
            return None
        upper = number(found["w"]) if found["w"] else None
        unit = _PER[found["p"]]
        return Figure(start, end, value, upper, unit, value, upper, unit, form="share", han=True)
    if found["d"]:
        below, above = han_value(found["d"]), han_value(found["n"])
        if not below or not above or above >= below:
            return None
        value = round(above / below, 4)
        return Figure(start, end, value, None, None, value, None, None, form="share", han=True)
    if found["t"]:
        value = number(found["t"])
        if value is None:
            return None
        value += 0.5 if found["h"] == "半" else HAN_DIGITS[found["h"]] / 10 if found["h"] else 0
        return Figure(start, end, _tidy(value * 10), None, "%", _tidy(value), None, "成", form="share", han=True)
    return Figure(start, end, 0.5, None, None, 0.5, None, None, form="share", han=True)


def _multiple(text: str, at: int, end: int) -> Figure | None:
    """翻一番 is one more time as much, 翻两番 three times more."""
    found = MULTIPLE.match(text, at, end)
    times = (number(found["n"]) if found["n"] else 1.0) if found else None
    if found is None or times is None or times > 10:
        return None
    return Figure(at, found.end(), 2**times - 1, None, "倍", times, None, "番", form="multiple", han=True)
