"""Reads time expressions: finds where one stands, matches the table of notations, joins ranges, takes what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from planparse.dates.building import build, weekday_of
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
    UNTIL_BEFORE,
    WEEKDAY_AFTER,
    YEAR,
    YEAR_ALONE,
    Notation,
    Starter,
)
from planparse.dates.written import Moment, Written
from planparse.syntax.lazy import lazy

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
    if text[start : start + 1].translate(FOLD) not in _CLOCK_SIGNS:
        return None
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
    elif (
        (written.bound is None or (written.bound == "around" and written.first.edge))
        and written.last is None
        and written.kind != "weekday"
        and (
            DUE_BEFORE.search(text, max(start - 6, 0), start)
            or (written.first.edge == "end" and not written.repeat and UNTIL_BEFORE.search(text, max(start - 6, 0), start))
        )
    ):
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
            written = build(notation, found)
            if written is not None:
                return _datedweekday_of(text, base, folded, written, in_range)
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
            written = build(notation, found, year) if found else None
            if written is not None:
                return _datedweekday_of(text, base, folded, written._replace(start=at))
    alone = YEAR_ALONE.match(folded, year.end())
    digits = year["y"] or ""
    sure = len(digits) != 2 or digits[0] in "0Àx" or year.end() == len(folded) or SURELY_YEAR.match(folded, year.end())
    if alone is None or not (sure or alone["edge"]):
        return None
    return build(_YEAR_ROW if not alone["edge"] else _YEAR_EDGE_ROW, alone, year)


_YEAR_ROW = Notation("year", "year", YEAR, loose=False, year=True)
_YEAR_EDGE_ROW = Notation("year, edge", "date", YEAR, loose=False, year=True)
_OPENING = lazy(" ?\\( ?")
_CLOSING = lazy(" ?\\)")


def _datedweekday_of(text: str, base: int, folded: str, written: Written, in_range: bool = False) -> Written:
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
                weekday = weekday_of(after["w"] or after["w2"] or after["w3"])
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


def _is_limit(written: Written, found: re.Match[str], clock: tuple[int, int] | None) -> bool:
    """每月25日前, 每周五17时前: a repetition that names its day or hour can be a limit; 每天课前 is none."""
    first = written.first
    return (
        found.lastgroup == "by"
        and found[0].strip(" ,") in ("前", "之前", "以前", "截止", "下班前")
        and bool(written.listed or first.day or first.month or first.edge or first.span or clock)
    )


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
    if found is not None and (not written.repeat or found.lastgroup in ("span", "day") or _is_limit(written, found, clock)):
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
