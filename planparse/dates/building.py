"""Turns the groups of a matched notation into moments: numerals to numbers, words to shifts, years to four characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from planparse.dates.notations import FOLD, Notation
from planparse.dates.written import Bound, Moment, Written
from planparse.syntax.numerals import han_value

_RELATIVE_YEARS = {"大": -3, "今": 0, "本": 0, "当": 0, "明": 1, "次": 1, "翌": 1, "来": 1, "后": 2, "去": -1, "前": -2, "上": -1, "下": 1}
_RELATIVE_DAYS = {"今": 0, "即": 0, "明": 1, "后": 2, "昨": -1, "前": -2, "大后": 3, "大前": -3}
_REPEATED = {
    "周": "week",
    "星": "week",
    "礼": "week",
    "月": "month",
    "季": "quarter",
    "年": "year",
    "日": "day",
    "天": "day",
    "工": "workday",
    "晚": "day",
}
_EDGES = {"最后": "end", "初": "begin", "中": "middle", "底": "end", "末": "end"}
_HAN_DIGITS = str.maketrans("ÀÁÂÃÄÅÆÇÈÉÊËÌ", "零一二三四五六七八九十廿卅")


_built: dict[tuple[str, str, str], Written | None] = {}
MOST_BUILT = 4096
"""So many texts are remembered with what they say: a plan writes 周一 and 9月 again and again."""


def build(notation: Notation, found: re.Match[str], year: re.Match[str] | None = None) -> Written | None:
    """What the groups of a row's match say; None when they make no time (month 14)."""
    key = (notation.name, found[0], year[0] if year else "")
    if key in _built:
        written = _built[key]
    else:
        if len(_built) >= MOST_BUILT:
            _built.clear()
        written = _built[key] = _read_groups(notation, found, year)
    return written and written.at(found.start(), found.end())


def _read_groups(notation: Notation, found: re.Match[str], year: re.Match[str] | None) -> Written | None:
    group = {key: value for part in (year, found) if part for key, value in part.groupdict().items() if value is not None}
    kind = notation.kind
    if "a" in group:
        return _slashes(kind, found, group)
    values: dict[str, Any] = {}
    last: dict[str, Any] = {}
    listed: tuple[int, ...] = ()
    if not _year(group, values, last):
        return None
    for key, name, target in (("m", "month", values), ("d", "day", values), ("m2", "month", last), ("d2", "day", last)):
        if key in group:
            number = _number(group[key])
            if not number or number > 31:
                return None
            target[name] = number
    month, day = values.get("month", 0), values.get("day", 0)
    if month > 12 and not (day and kind in ("date", "range") and "月" not in found[0]) and ("月" not in found[0] or not day):
        return None
    if notation.loose and month > 12 and notation.name != "month.day":
        return None
    if last.get("month", 0) > 12:
        return None
    if "edge" in group:
        values["edge"] = _EDGES[group["edge"]]
    _spans(group, values, last)
    if "w" in group:
        values["weekday"] = weekday_of(group["w"])
    if "w2" in group:
        last["weekday"] = weekday_of(group["w2"])
    if "ws" in group and "r" not in group:
        listed = _weekday_list(group["ws"], values, last)
    for key in ("ds", "ms"):
        if key in group and "r" not in group:
            listed = _numbers(group[key])
            if not all(0 < number <= (12 if key == "ms" else 31) for number in listed):
                return None
            part = "day" if key == "ds" else "month"
            values[part] = listed[0]
            last[part] = listed[-1]
            if listed == tuple(range(listed[0], listed[0] + len(listed))):
                listed = ()
    if "f" in group:
        values["span"], values["name"] = "festival", group["f"].translate(_HAN_DIGITS).replace("·", "").replace(".", "")
    if "v" in group:
        values["span"], values["name"] = "holidays", group["v"].replace("暑期", "暑假")
    if "lunar" in group:
        values["span"] = "lunar"
    if "masked" in group:
        values["span"] = "blank"
    if notation.name == "year left open":
        values["year"] = group["y"] + "XX"
    if "blank" in group:
        if group["blank"] == "" and "年" not in found[0] and "edge" not in group:
            return Written("date", found.start(), found.end(), Moment(span="blank"))
        if "edge" not in group and "内" not in found[0]:
            return Written("date", found.start(), found.end(), Moment(year=values.get("year", ""), span="blank"))
        values.setdefault("shift", ("year" if group["blank"] == "年" else "month", 0))
    if "r" in group:
        return _repeated(found, group, values)
    if kind == "school_year":
        if "s" in group or "t" in group:
            kind, values["name"] = "term", "school"
            last.clear()
            values["nth"] = 1 if (group.get("t") or group["s"]) in "Á上1秋" else 2
            values["span"] = "term"
        elif "tw" not in group:
            values["span"] = "school_year"
            last.clear()
    if notation.name == "first quarters":
        values["name"] = "quarter"
    if notation.name == "all year" and found[0].startswith("全年"):
        values["shift"] = ("year", 0)
    if notation.name in ("start of school", "term, edge"):
        values["span"] = "opening"
    if "edge" in group and kind in ("quarter", "half_year"):
        kind = "date"
    if "end" in group:
        values["edge"] = "end"
    if notation.kind == "duration":
        values["span"] = "duration"
        return Written(kind, found.start(), found.end(), Moment(**values), bound="by")
    bound: Bound | None = "by" if found[0].endswith("内") else None
    return Written(kind, found.start(), found.end(), Moment(**values), Moment(**last) if last else None, listed, bound=bound)


def _slashes(kind: str, found: re.Match[str], group: dict[str, str]) -> Written | None:
    numbers = tuple(int(group[key]) for key in "abce" if key in group)
    pairs = [numbers[k : k + 2] for k in range(0, len(numbers), 2)]
    month_first = all(1 <= a <= 12 and 1 <= b <= 31 for a, b in pairs)
    day_first = all(1 <= b <= 12 and 1 <= a <= 31 for a, b in pairs)
    if not month_first and not day_first:
        return None
    return Written(kind, found.start(), found.end(), Moment(), Moment() if len(pairs) > 1 else None, slash=numbers)


def _year(group: dict[str, str], values: dict[str, Any], last: dict[str, Any]) -> bool:
    """Puts the years of a match into the moments; False when they are none."""
    if "y" in group:
        values["year"] = year_text(group["y"])
        if not values["year"]:
            return False
    if "roc" in group:
        number = _number(group["roc"]) or (1 if group["roc"] == "元" else 0)
        if not number:
            return False
        values["year"] = f"{1911 + number:04d}"
    if "y2" in group:
        text = group["y2"]
        if len(text) == 2 and text.isdecimal() and values.get("year", "")[:2].isdigit():
            text = values["year"][:2] + text
        last["year"] = year_text(text)
    if "yw" in group:
        values["shift"] = ("year", _RELATIVE_YEARS[group["yw"][0]])
    if "mw" in group:
        word = group["mw"]
        away = word.count("下") - word.count("上") + (word[0] == "次")
        values["shift"] = ("month", 12 * values["shift"][1] + away if "shift" in values else away)
    if "ww" in group:
        values["shift"] = ("week", group["ww"].count("下") - group["ww"].count("上"))
    if "dw" in group:
        values["shift"] = ("day", _RELATIVE_DAYS[group["dw"][:-1]])
    if "qw" in group:
        values["shift"] = ("quarter", {"上": -1, "下": 1}.get(group["qw"][0], 0))
        values["span"] = "quarter"
    if "tw" in group and "t" not in group:
        values["span"] = "term"
        values.setdefault("shift", ("term", {"上": -1, "下": 1}.get(group["tw"][0], 0)))
    return True


def _spans(group: dict[str, str], values: dict[str, Any], last: dict[str, Any]) -> None:
    for key, span in (("q", "quarter"), ("x", "third"), ("h", "half"), ("t", "term"), ("p", "plan_period"), ("n", "week")):
        if key in group:
            text = group[key]
            values["span"], values["nth"] = span, {"上": 1, "下": 2 if span != "third" else 3, "中": 2}.get(text) or _number(text)
    if "x2" in group:
        last.update(span="third", nth={"中": 2, "下": 3}[group["x2"]])
    for key, span in (("q2", "quarter"), ("n2", "week")):
        if key in group:
            last.update(span=span, nth=_number(group[key]))
    if "s" in group:
        values["span"], values["nth"] = "season", 1 if group["s"] == "秋" else 2
    if "ns" in group and "nw" in group:
        count = 2 if group["ns"] == "两" else _number(group["ns"])
        values["span"] = "first" if group["nw"] == "前" else "last"
        values["nth"] = count
    elif "nw" in group:
        word = re.split("[、和及,]", group["nw"])[0]
        values["span"], values["nth"] = "nth", -1 if word[0] == "最" else _number(word)


def _weekday_list(text: str, values: dict[str, Any], last: dict[str, Any]) -> tuple[int, ...]:
    if text == "末":
        values["weekday"], last["weekday"] = 6, 7
        return ()
    days = _weekdays(text)
    values["weekday"] = days[0]
    if len(days) > 1:
        last["weekday"] = days[-1]
    return days if len(days) > 1 and days != tuple(range(days[0], days[0] + len(days))) else ()


def _repeated(found: re.Match[str], group: dict[str, str], values: dict[str, Any]) -> Written | None:
    unit = _REPEATED.get(group["r"][0])
    if group["r"][0] == "学":
        unit = "school_year" if group["r"][1] == "年" else "term"
    every = 1
    if "k" in group:
        word = group["k"]
        if word == "半":
            if unit not in ("year", "month"):
                return None
            unit, every = ("half", 1) if unit == "year" else ("day", 15)
        elif word in ("隔", "单", "双"):
            every = 2
        else:
            every = {"两": 2, "两个": 2}.get(word.strip("隔个")) or _number(word.strip("隔")) or 1
            every += word[0] == "隔"
    listed: tuple[int, ...] = ()
    if "ws" in group:
        span = re.search("-|至|到", group["ws"])
        days = _weekdays(group["ws"])
        listed = tuple(_run(days[0], days[-1])) if span and len(days) == 2 else days
    elif "ds" in group or "ms" in group:
        listed = _numbers(group.get("ds") or group["ms"])
    elif "d2" in group:
        listed = tuple(range(_number(group["d"]), _number(group["d2"]) + 1))
        values.pop("day", None)
    if "nw" in group:
        numbers = _numbers(group["nw"])
        if len(numbers) > 1:
            values["nths"] = numbers
    if unit is None or any(not 0 < number <= 31 for number in listed):
        return None
    return Written("recurrence", found.start(), found.end(), Moment(**values), listed=listed, repeat=unit, every=every)


def _run(first: int, last: int) -> Iterator[int]:
    """The weekdays from one to another, over the week's end where need be."""
    day = first
    yield day
    while day != last:
        day = day % 7 + 1
        yield day


def weekday_of(sign: str) -> int:
    """The ISO number of a weekday sign of folded text."""
    return 7 if sign in "日天" else ord(sign) - 0xC0


def _weekdays(text: str) -> tuple[int, ...]:
    """The weekdays of a list."""
    return tuple(weekday_of(c) for c in text if c in "ÁÂÃÄÅÆ日天")


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers of a list: 5日、12日, 第一、第三."""
    return tuple(_number(piece.strip("第日号月 ")) for piece in re.split("[、和及,]", text))


_NAMED_MONTHS = {"元": 1, "正": 1, "冬": 11, "腊": 12}


def _number(text: str) -> int:
    """A numeral of days, months, weeks; 0 when it is none."""
    text = text.strip()
    if text.isdecimal():
        return int(text)
    return _NAMED_MONTHS.get(text) or han_value(text.removeprefix("初").translate(_HAN_DIGITS)) or 0


def year_text(text: str) -> str:
    """A year as four characters, X for masked digits: 07 → 2007, 二oxx → 20XX, 114 → 2025; "" when it is none."""
    text = text.strip().translate(FOLD)
    if text[:2] in ("两千", "Â千"):
        return f"{2000 + _number(text[2:].lstrip('À')):04d}"
    if "百" in text or (len(text) == 3 and text.isdecimal()):
        return f"{1911 + _number(text):04d}"
    digits = ""
    for c in text:
        if c.isdecimal():
            digits += c
        elif c in "oO":
            digits += "0" if "X" not in digits and "x" not in digits and len(digits) < 2 else "X" if "x" in text else "0"
        elif c == "x":
            digits += "X"
        elif "À" <= c <= "É":
            digits += str(ord(c) - 0xC0)
        else:
            return ""
    if len(digits) == 3 and digits.isdecimal():
        return f"{1911 + int(digits):04d}"
    if len(digits) == 2:
        return "XXXX" if digits == "XX" else ("20" if int(digits) < 70 else "19") + digits
    return digits if len(digits) == 4 else "XXXX" if set(digits) == {"X"} else ""
