"""Reads time expressions: finds where one stands, matches the table of notations, joins ranges, takes what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from planparse.dates.festivals import HOLIDAYS
from planparse.dates.notations import (
    AFTER_EVENT,
    BOUND_AFTER,
    CLOCK_AFTER,
    CLOCK_SECOND,
    DUE_BEFORE,
    FOLD,
    JOIN,
    MASKS,
    NUMERALS,
    STARTERS,
    SURELY_YEAR,
    WEEKDAY_AFTER,
    YEAR,
    YEAR_ALONE,
    Notation,
    Starter,
)
from planparse.dates.written import Bound, Moment, Written
from planparse.syntax.lazy import lazy
from planparse.syntax.numerals import han_value

WEEKDAYS = "一二三四五六日"
LONGEST = 64
"""A time expression is no longer than this."""
_BY_FIRST: dict[str, list[Starter]] = {}
for _starter in STARTERS:
    for _sign in _starter.first:
        _BY_FIRST.setdefault(_sign, []).append(_starter)
_ANY_NUMERAL = frozenset(NUMERALS + MASKS)
_SEPARATORS = "/.．-—–─－~～〜至到、和及"
"""What counts after a numeral only where another one follows."""


def _signs(texts: Iterable[str], without: str = "") -> str:
    """A set of characters for a pattern."""
    return f"[{re.escape(''.join(dict.fromkeys(c for text in texts for c in text if c not in without)))}]"


_NUMERAL = _signs([NUMERALS, MASKS])
_NUMERIC = [starter for starter in STARTERS if starter.first[0] in _ANY_NUMERAL]
_OTHERS = [starter for starter in STARTERS if starter.first[0] not in _ANY_NUMERAL]
_CANDIDATE = lazy(
    f"{_signs(starter.first for starter in STARTERS)}(?:"
    f"(?<={_NUMERAL}){_NUMERAL}{{0,6}}[ \u3000]{{0,2}}(?:{_signs((starter.second for starter in _NUMERIC), _SEPARATORS)}|[{re.escape(_SEPARATORS)}](?=[ \u3000第本次明]?{_NUMERAL}))"
    f"|(?<!{_NUMERAL}){_signs(starter.second for starter in _OTHERS)})"
)
_NUMERAL_RUN = lazy(f"{_NUMERAL}{{1,7}}")
_BLANKS = " \u3000"
_YEAR_STARTS = frozenset("0123456789０１２３４５６７８９一二三四五六七八九十零〇○两xX×＊*民今明去前后後次翌来当本上下大oO")


@cache
def _known(first: str, second: str) -> tuple[tuple[Notation, ...], str] | None:
    """The rows of two signs that follow each other, and what must come third; None where nothing begins so."""
    starters = [starter for starter in _BY_FIRST.get(first, ()) if second in starter.second]
    if not starters:
        return None
    third = "" if any(not starter.third for starter in starters) else "".join(starter.third for starter in starters)
    return tuple(dict.fromkeys(row for starter in starters for row in starter.rows)), third


def find_times(text: str, start: int, end: int) -> list[Written]:
    """Every time expression in running text, in order."""
    out: list[Written] = []
    at = start
    search = _CANDIDATE.search
    while (found := search(text, at, end)) is not None:
        here = found.start()
        first, before = text[here], text[here - 1] if here > start else ""
        if first in _ANY_NUMERAL:
            at = found.end() - 1  # what follows the numeral may begin a time itself
            if at <= here or (before and _inside_number(first, before)):
                at = max(at, here + 1)
                if before and _inside_number(first, before):
                    continue
        else:
            at = here + 1
            known = _known(first, text[at])
            if known is None or (known[1] and (at + 1 >= end or text[at + 1] not in known[1])):
                continue
            if before and _part_of_a_word(first, before):
                continue
        expected = here == start
        if not expected and before in _EXPECTING:
            expected = _closes(text, here, end) if before in "(（" else bool(out) and _is_numeric(text, out[-1])
        written = read_when(text, here, end, expected=expected)
        if written is not None:
            out.append(written)
            at = written.end
    return out


_EXPECTING = frozenset("(（、，,；;补補及和")
"""Signs after which mere numbers may be a date."""


def _inside_number(first: str, before: str) -> bool:
    if first.isdigit():
        return before.isdigit() or before in ".．/-–" or (before.isascii() and before.isalpha())
    return before in _ANY_NUMERAL or before == "第"


def _part_of_a_word(first: str, before: str) -> bool:
    """两周一换, 第一次月考, 三年内, 一学年内, 考前一个月: no 周一, no 次月, no 年内, no 前一个月."""
    if first in "周次年月":
        return (
            before in _ANY_NUMERAL or (first in "年月" and before in "学个個半") or (first == "周" and before in "一两二三四五六七八九十")
        )
    return first in "前后後" and before not in " \u3000，,。；;：:、（(年的"


def _is_numeric(text: str, written: Written) -> bool:
    """Whether a time is written in numbers alone: what follows after 、 may be so, too."""
    return any(sign in "/.．" for sign in text[written.start : written.end])


def _closes(text: str, at: int, end: int) -> bool:
    """Whether a bracket closes soon after."""
    stop = min(end, at + 40)
    return text.find("）", at, stop) >= 0 or text.find(")", at, stop) >= 0


def read_clock(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the time of day stands that begins at `start` (上午, 8:30-9:30, 第三节), or None."""
    found = CLOCK_AFTER.match(text[start : min(end, start + LONGEST)].translate(FOLD))
    return (start + found.start("clock"), start + found.end()) if found is not None else None


def read_when(text: str, start: int, end: int, *, expected: bool = True) -> Written | None:
    """The time expression that begins at `start`, or None. `expected` lets mere numbers (8.28, 3/9) count as dates."""
    if start >= end:
        return None
    rows = _rows(text, start)
    if not rows and text[start] not in _YEAR_STARTS:
        return None
    folded = text[start : min(end, start + LONGEST)].translate(FOLD)
    written = _read_moment(text, start, folded, 0, rows, expected=expected)
    if written is None:
        return None
    written = _take_what_follows(_join(text, start, folded, written, expected), folded)
    if written.kind == "duration":
        event = AFTER_EVENT.search(text, max(start - 10, 0), start)
        if event is not None:
            return written._replace(start=event.start(), end=start + written.end)
    elif written.bound is None and written.kind != "weekday" and DUE_BEFORE.search(text, max(start - 6, 0), start):
        written = written._replace(bound="by")
    return written.at(start, start + written.end)


def _rows(text: str, at: int) -> tuple[Notation, ...]:
    """The rows of the table that may begin at `at`."""
    length = len(text)
    if at + 1 >= length:
        return ()
    first = text[at]
    following = at + 1
    if first in _ANY_NUMERAL:
        run = _NUMERAL_RUN.match(text, at)
        following = run.end() if run else following
        while following < length and text[following] in _BLANKS and following < at + 10:
            following += 1
    known = _known(first, text[following]) if following < length else None
    rows = known[0] if known else ()
    if following > at + 1:
        if text[following - 1] == " ":
            known = _known(first, " ")
            rows += known[0] if known else ()
        known = _known(first, text[at + 1])
        if known:
            rows += tuple(row for row in known[0] if row not in rows)
    return rows


def _read_moment(
    text: str, base: int, folded: str, at: int, rows: tuple[Notation, ...], *, expected: bool, in_range: bool = False
) -> Written | None:
    """One time, without what may follow. Offsets are those of the folded slice, which begins at `base` of the text."""
    for notation in rows:
        if notation.loose and not expected:
            continue
        found = notation.pattern.match(folded, at)
        if found is not None:
            written = _build(notation, found)
            if written is not None:
                return _dated_weekday(text, base, folded, written, in_range)
    if base + at < len(text) and text[base + at] in _YEAR_STARTS:
        return _read_year(text, base, folded, at)
    return None


def _read_year(text: str, base: int, folded: str, at: int) -> Written | None:
    """A year and the part of it that is named after it: 2023年9月1日, 明年上学期, 07年."""
    year = YEAR.match(folded, at)
    if year is None:
        return None
    for after in (year.end(), year.end() + 1) if folded[year.end() : year.end() + 1] == "的" else (year.end(),):
        for notation in _rows(text, base + after):
            found = notation.pattern.match(folded, after) if notation.year else None
            written = _build(notation, found, year) if found else None
            if written is not None:
                return _dated_weekday(text, base, folded, written._replace(start=at))
    alone = YEAR_ALONE.match(folded, year.end())
    digits = year["y"] or ""
    sure = len(digits) != 2 or digits[0] in "0Àx" or year.end() == len(folded) or SURELY_YEAR.match(folded, year.end())
    if alone is None or not (sure or alone["edge"]):
        return None
    return _build(_YEAR_ROW if not alone["edge"] else _YEAR_EDGE_ROW, alone, year)


_YEAR_ROW = Notation("year", "year", YEAR, loose=False, year=True)
_YEAR_EDGE_ROW = Notation("year, edge", "date", YEAR, loose=False, year=True)
_OPENING = lazy(" ?\\( ?")
_CLOSING = lazy(" ?\\)")


def _dated_weekday(text: str, base: int, folded: str, written: Written, in_range: bool = False) -> Written:
    """星期一(2016-10-31), 10月12日（周四）: the weekday and the date are one time. After a range 周四 is the entry's, not the day's."""
    first = written.first
    if first.weekday and not first.month and not first.shift and written.last is None and not written.repeat and not first.nth:
        opening = _OPENING.match(folded, written.end)
        if opening and folded[opening.end() : opening.end() + 1].isdigit():
            inner = _read_moment(text, base, folded, opening.end(), _rows(text, base + opening.end()), expected=True)
            closing = _CLOSING.match(folded, inner.end) if inner else None
            if inner and closing and (inner.first.day or inner.slash):
                return inner._replace(start=written.start, end=closing.end(), first=inner.first._replace(weekday=first.weekday))
        return written
    if (first.day or written.slash) and not first.weekday and not written.repeat and written.last is None:
        after = WEEKDAY_AFTER.match(folded, written.end) if folded[written.end : written.end + 1] in _WEEKDAY_SIGNS else None
        if after is not None:
            following = folded[after.end() : after.end() + 1]
            if after["w2"] is None or (not in_range and (not following or following not in "至到、-")):
                weekday = _weekday(after["w"] or after["w2"] or after["w3"])
                return written._replace(end=after.end(), first=first._replace(weekday=weekday))
    return written


def _join(text: str, base: int, folded: str, written: Written, expected: bool) -> Written:
    """The range that begins with `written`, when a connector and another time follow."""
    if written.last is not None or written.listed or written.repeat or written.kind == "duration":
        return written
    sign = folded[written.end : written.end + 1]
    connector = JOIN.match(folded, written.end) if sign in _JOINS else None
    clock = None
    if connector is None and written.first.day and sign in _CLOCK_SIGNS:  # 5月11日9:00至5月15日17:00
        hours = CLOCK_AFTER.match(folded, written.end)
        connector = JOIN.match(folded, hours.end()) if hours else None
        clock = hours.span("clock") if hours else None
    if connector is None:
        return written
    rows = _rows(text, base + connector.end())
    second = _read_moment(text, base, folded, connector.end(), rows, expected=expected or bool(written.first.day), in_range=True)
    if second is None or second.last is not None or second.repeat:
        return written
    if second.slash and written.first.day and not written.slash:  # 2024/11/8-11/9
        second = second._replace(first=Moment(month=second.slash[0], day=second.slash[1]), slash=())
    if written.slash or second.slash:  # 1/16(四)-1/17(五)
        if not (written.slash and second.slash):
            return written
        return written._replace(kind="range", end=second.end, last=second.first, slash=written.slash + second.slash)
    if not _comparable(written.first, second.first) or (clock and not second.first.day):
        return written
    if written.first.shift == ("day", 0) and folded.startswith("即", written.start):  # 即日起至5月31日: by then
        return second._replace(start=written.start, bound="by")
    kind = "range" if "date" in (written.kind, second.kind) or written.kind != second.kind else written.kind
    return written._replace(kind=kind, end=second.end, last=second.first, clock=clock)


_JOINS = frozenset("-至到起( \u200b\n")
_WEEKDAY_SIGNS = frozenset(" (,周星礼")
_CLOCK_SIGNS = frozenset(" ,\u200b上下中早清晚傍凌全第大课午0123456789")
_BOUND_SIGNS = frozenset(" ,前左期之当这假长放小以截内起开后上下班学会午止")
"""With which signs a connector, a weekday, a time of day and a bound begin: a look at the sign saves a match."""


def _comparable(first: Moment, last: Moment) -> bool:
    if first.weekday and not first.month and not first.shift:
        return bool(last.weekday) and not last.month
    dated = bool(first.year or first.month or first.day or first.shift or first.name)
    if last.day and not last.month and not first.day:
        return False
    return dated and bool(last.year or last.month or last.day or last.shift or last.name or last.edge)


def _take_what_follows(written: Written, folded: str) -> Written:
    """The time of day, and what makes the time a deadline, a beginning or a neighbourhood."""
    stop, clock, bound = written.end, written.clock, written.bound
    if written.kind in ("date", "weekday", "recurrence", "festival") or (written.kind == "range" and written.first.day):
        found = CLOCK_AFTER.match(folded, stop) if folded[stop : stop + 1] in _CLOCK_SIGNS else None
        if found is not None:
            first, stop = found.start("clock"), found.end()
            more = CLOCK_SECOND.match(folded, stop) if folded[stop - 1] not in "课0123456789" else None
            stop = more.end() if more is not None else stop
            clock = clock or (first, stop)
    found = BOUND_AFTER.match(folded, stop) if folded[stop : stop + 1] in _BOUND_SIGNS else None
    if found is not None and found.lastgroup == "off" and written.first.span != "festival":
        found = None
    if found is not None and not (written.repeat and found.lastgroup not in ("span", "day")):
        if found.lastgroup == "until":
            bound = bound if written.last is not None else "by"
        elif found.lastgroup not in ("span", "off", "day"):
            bound = found.lastgroup  # type: ignore[assignment]
        elif written.first.span == "festival" and found.lastgroup != "day":
            if found.lastgroup == "off" and not any(name in written.first.name for name in HOLIDAYS):
                pass  # 清明节放假: the day itself
            elif any(name in written.first.name for name in HOLIDAYS):
                written = written._replace(first=written.first._replace(edge="middle"))  # its days off, which are fixed
            else:
                bound = "around"
        stop = found.end()
    elif bound is None and written.first.edge and written.first.span != "festival" and written.last is None and not written.repeat:
        bound = "around"
    if stop == written.end and bound == written.bound:
        return written
    return written._replace(end=stop, clock=clock, bound=bound)


# -- from groups to moments --------------------------------------------------------------------------------------

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


def _build(notation: Notation, found: re.Match[str], year: re.Match[str] | None = None) -> Written | None:
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
        values["weekday"] = _weekday(group["w"])
    if "w2" in group:
        last["weekday"] = _weekday(group["w2"])
    if "ws" in group and "r" not in group:
        listed = _weekday_list(group["ws"], values, last)
    for key in ("ds", "ms"):
        if key in group and "r" not in group:
            listed = tuple(_number(piece.strip("日号月 ")) for piece in re.split("[、和]", group[key]))
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
        values["shift"] = ("year+month", values["shift"][1] * 1000 + away) if "shift" in values else ("month", away)
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
    days = tuple(_weekday(c) for c in text if c in "ÁÂÃÄÅÆ日天")
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
        days = tuple(_weekday(c) for c in group["ws"] if c in "ÁÂÃÄÅÆ日天")
        listed = tuple(_run(days[0], days[-1])) if span and len(days) == 2 else days
    elif "ds" in group or "ms" in group:
        listed = tuple(_number(piece.strip("日号月 ")) for piece in re.split("[、和及,]", group.get("ds") or group["ms"]))
    elif "d2" in group:
        listed = tuple(range(_number(group["d"]), _number(group["d2"]) + 1))
        values.pop("day", None)
    if "nw" in group:
        numbers = re.split("[、和及,]", group["nw"])
        if len(numbers) > 1:
            values["nths"] = tuple(_number(piece.strip("第")) for piece in numbers)
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


def _weekday(sign: str) -> int:
    return 7 if sign in "日天" else ord(sign) - 0xC0


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
