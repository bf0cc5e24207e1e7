"""A range is marked by a hyphen, by half-width waves, or by the end of a line.

From one number to another leads ～ (or —), from one time or place to another leads —. A hyphen joins compounds, serial numbers and the
parts of a date (2024-09-01); between numbers it can be read as minus or as part of a number. A range that is broken over two lines
loses its second half when only one of them is copied.

Telephone and document numbers, standards, addresses of pages, scores and dates in digits keep their hyphens.

Basis: GB/T 15835-2011 5.1.3 (read in the standard) offers ～ and — for ranges of numbers; GB/T 15834-2011 4.13 (text reproduced by
others) gives — to the ends of a time. The marks that the fixes write are options.

Bad:

    某县2024年工作计划
    一、重点工作
    1．3月1日-5日培训，每校选派1-2名教师。

Good:

    某县2024年工作计划
    一、重点工作
    1．3月1日—5日培训，每校选派1～2名教师。
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType

from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.times import is_text_file, times
from planparse.rules.view import View
from planparse.syntax.lazy import lazy

NUMBERS = "{found} between numbers; a range of numbers is marked by {mark}"
TIMES = "{found} between times; from one time to another leads {mark}"
BROKEN = "this range is broken over two lines"
WRITE = "write {mark}"
JOIN = "join the lines"
RULE = Rule(
    severity="information",
    basis=Basis("standard", "GB/T 15835-2011 5.1.3", "A"),
    messages=(NUMBERS, TIMES, BROKEN),
    fix="unsafe",
    may_change=frozenset({"text"}),
    options=MappingProxyType({"numbers": "～", "times": "—"}),
)

_MARK = lazy("[-–~—]+")
_WRONG = frozenset(("-", "--", "–", "––", "~", "~~", "——"))
_BEFORE = frozenset("0123456789%％日号月年度周份初底末中旬天一二三四五六七八九十）)元个名人次分岁米里吨亩时所家项篇场份倍旬级")
_AFTER = frozenset("0123456789第周星礼上中下一二三四五六七八九十本次元")
"""Signs beside a mark that may be one of a range: a look at them saves the patterns."""
REACH = 18
"""So many characters around a mark are looked at."""

_HAN = "[一二三四五六七八九十]"
_WEEKDAY = "(?:周|星期|礼拜)[一二三四五六日天]"
_DAY_BEFORE = lazy(
    f"(?:(?:\\d{{1,2}}|{_HAN}{{1,2}}|元)月(?:份|初|底|末|[上中下]旬)?|(?:\\d{{1,2}}|{_HAN}{{1,3}})日|(?:19|20)\\d\\d年(?:度|初|底|末)?"
    f"|(?<![\\d一二三四五六七八九十]){_WEEKDAY}|第(?:\\d{{1,2}}|{_HAN}{{1,3}})周)(?:[（(](?:{_WEEKDAY}|[一二三四五六日])[）)])?$"
)
_DAY_AFTER = lazy(
    f"(?:(?:本|次|当|翌)?(?:年|月)?(?:\\d{{1,2}}|{_HAN}{{1,3}}|元)(?:月|日)|(?:19|20)\\d\\d年|{_WEEKDAY}|第?(?:\\d{{1,2}}|{_HAN}{{1,3}})周"
    "|[上中下]旬|[一二三四五六日天](?![一二三四五六七八九十年个]))"
)
_BARE = (
    (lazy("(?<![\\dA-Za-z/.-])(?:19|20)\\d\\d$"), lazy("(?:19|20)\\d\\d(?:学?年|届)")),
    (lazy("[（(](?:19|20)\\d\\d$"), lazy("(?:19|20)\\d\\d[）)]")),
    (lazy("月 ?\\d{1,2}$"), lazy("\\d{1,2} ?[日号]")),
    (lazy("(?<![\\dA-Za-z/.-])\\d{1,2}$"), lazy("\\d{1,2}(?:月(?![度均])|日(?!常|报|均|内|以内|之内))")),
    (lazy("第\\d{1,2}$"), lazy("第?\\d{1,2}周")),
    (lazy("(?<![\\d:：])\\d{1,2}[:：]\\d\\d$"), lazy("\\d{1,2}[:：]\\d\\d(?![\\d:：])")),
)
"""What stands before and behind the mark of a range of times that leaves the unit out on its left."""
_READ = (
    (lazy("(?<![\\d/])\\d{1,2} ?/ ?\\d{1,2}$"), lazy("\\d{1,2} ?/ ?\\d{1,2}(?![\\d/])")),
    (lazy("(?<![\\d.])(?:(?:19|20)\\d\\d\\.)?\\d{1,2}\\.\\d{1,2}$"), lazy("(?:(?:19|20)\\d\\d\\.)?\\d{1,2}\\.\\d{1,2}(?![\\d.])")),
    (lazy("(?<![\\d.])(?:19|20)\\d\\d\\.\\d{1,2}$"), lazy("(?:19|20)\\d\\d\\.\\d{1,2}(?![\\d.])")),
    (lazy("(?<![\\d-])(?:19|20)\\d\\d-\\d{1,2}-\\d{1,2}$"), lazy("(?:19|20)\\d\\d-\\d{1,2}-\\d{1,2}(?![\\d-])")),
)
"""The same for forms that only the parser can tell from other numbers: it must have read a time."""
_NUMBERED, _NUMBERED_AFTER = lazy("(?<!\\d)\\d{1,2}号$"), lazy("\\d{1,2}[日号]")
"""9月1号-5号: 号 numbers other things, too."""
_UNIT = (
    "[%％‰]|个百分点|万元|亿元|元|万|亿|个|名|人|次|家|所|项|条|篇|节|场|份|件|种|门|位|天|周(?!岁)|年(?!级|代|度)|年级|岁|小时|分钟|课时|学时|分(?!之|部|公司)"
    "|米|公里|平方米|亩|吨|公斤|千克|倍|期|批|处|户|台|套|本|册|页|章|轮|组|支|课|遍|度(?=[，。、；]|$)|℃"
)
_NUMBER_BEFORE = lazy(
    f"(?<![\\dA-Za-z_./\\\\:：\\-–~×+])(?:(?P<n>\\d{{1,6}}(?:\\.\\d+)?)|(?P<h>(?<![一二三四五六七八九十百千周期]){_HAN}))(?:{_UNIT})?$"
)
_NUMBER_AFTER = lazy(f"(?:(?P<n>\\d{{1,6}}(?:\\.\\d+)?)|(?P<h>{_HAN}))(?:{_UNIT})")
_NOT_COUNTED = lazy("(?:表|图|式|附件|版|型|号)[ 　]?\\d+$")
_BREAK = lazy(
    "(?<=\\S)[ \\t\u3000]*(?:\r\n|\n|\r)[ \\t\u3000]*(?=[-–~—－～〜至到]{1,2}[ ]?\\S)|(?<=[-–~—－～〜至到])[ \\t\u3000]*(?:\r\n|\n|\r)[ \\t\u3000]*(?=\\S)"
)


def check(view: View) -> Iterator[Problem]:
    """Marks between numbers and times, then ranges over two lines."""
    text, end = view.text, len(view.text)
    marks = {kind: view.option("PN209", kind) for kind in RULE.options}
    for found in _MARK.finditer(text):
        start, stop = found.span()
        if found[0] not in _WRONG or not start or stop == end:
            continue
        first, last = _without_blanks(text, start, stop)
        if text[first - 1] not in _BEFORE or last >= end or text[last] not in _AFTER:
            continue
        kind = _kind(view, first, last, found[0])
        if kind is None or view.labels.touch(first - 1, last + 1) or view.debris.touch(start, stop):
            continue
        mark = marks[kind]
        values = {"found": found[0], "mark": mark}
        fix = Fix((Edit(first, last, mark),), "safe", WRITE) if is_text_file(view) else None
        yield Problem(start, stop, NUMBERS if kind == "numbers" else TIMES, values, fix)
    yield from _broken(view)


def _without_blanks(text: str, start: int, stop: int) -> tuple[int, int]:
    """A mark with the blanks around it, two at most on each side."""
    first, last = start, stop
    while first > 1 and start - first < 2 and text[first - 1] in " \u3000":
        first -= 1
    while last < len(text) and last - stop < 2 and text[last] in " \u3000":
        last += 1
    return first, last


def _kind(view: View, first: int, last: int, mark: str) -> str | None:
    """Whether a mark stands between times, between numbers, or between anything else."""
    before, after = view.text[max(first - REACH, 0) : first], view.text[last : last + REACH]
    in_time = view.times.touch(first, last)
    if not before[-1].isdecimal():
        if _DAY_BEFORE.search(before) and _DAY_AFTER.match(after):
            return "times"
        if in_time and before[-1] == "号" and _NUMBERED.search(before) and _NUMBERED_AFTER.match(after):
            return "times"
    elif _fits(_BARE, before, after) or (in_time and _fits(_READ, before, after)):
        return "times"
    if mark[0] == "—" or (mark[0] != "~" and last - first > len(mark)) or _NOT_COUNTED.search(before):
        return None
    a, b = _NUMBER_BEFORE.search(before), _NUMBER_AFTER.match(after)
    if a is None or b is None:
        return None
    if a["n"] and b["n"]:
        return "numbers" if float(a["n"]) < float(b["n"]) else None
    return "numbers" if a["h"] and b["h"] else None


def _fits(forms: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...], before: str, after: str) -> bool:
    return any(right.match(after) and left.search(before) for left, right in forms)


def _broken(view: View) -> Iterator[Problem]:
    """Ranges whose mark stands at the end or at the beginning of a line."""
    if view.source.layout is not None:  # there the ends of lines are those of cells and paragraphs
        return
    for time in times(view):
        if time.when["kind"] == "date" or "/" not in (time.when.get("edtf") or "/"):
            continue
        found = _BREAK.search(view.text, time.start, time.end)
        if found is not None and not view.debris.touch(time.start, time.end):
            yield Problem(time.start, time.end, BROKEN, {}, Fix((Edit(*found.span(), ""),), "unsafe", JOIN))
