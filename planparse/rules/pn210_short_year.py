"""A year has lost its first two digits.

07年, 03年以来, 2023-24学年: in a file that outlives its decade nobody can tell 1998 from 2098, and sorting and searching by year fail.
The four digits cost two more signs.

Told of are years that can be nothing else: those with a 0 in front, those before a month, a term or an examination, and school years.
10年以上, 12年义务教育, 15年工作经验 count years and are left alone; so are years of the Republic (民國98年).

Basis: GB/T 15835-2011 5.1.4 (read in the standard): a year of four digits is not shortened to two; 5.2.2 says so of Chinese numerals.

Bad:

    某县2024年工作计划
    一、重点工作
    1．做好07年高考备考工作。

Good:

    某县2024年工作计划
    一、重点工作
    1．做好2007年高考备考工作。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.lazy import lazy

MESSAGE = "{found}: a year has four digits"
RULE = Rule(severity="warning", basis=Basis("standard", "GB/T 15835-2011 5.1.4", "A"), messages=(MESSAGE,))

_DIGITS = frozenset("0123456789")
_DOTS = frozenset(".．")
_ZERO = frozenset("〇○零")
_NUMERALS = frozenset("一二三四五六七八九十〇○零百千Ｏ")
_NO_YEAR = lazy(
    "(?:第|近|约|满|达|共|逾|超|超过|过去|过|前|后|今后|未来|这|为期|连续|长达|历时|从教|民国|民國|刑期|徒刑|的|来|有|[\\d/-])[ \u3000]?$"
)
_SURELY = lazy(
    " ?(?:(?:1[0-2]|0?[1-9]) ?月(?!\\d*个)|[一二三四五六七八九十]{1,2}月(?!份?以)|[春秋]季|[上下]半年|[上下]学期|第[一二三四1-4]季度"
    "|(?:普通)?(?:高考|中考|学考|会考)(?!改革)|(?:工作)(?:计划|要点|安排)|度(?:工作|计划|考核|总结))"
)
_SCHOOL_YEARS = lazy("(?<![\\d./-])(?:(?:19|20)(\\d\\d)年?|(\\d\\d))[-—–～~/至](\\d\\d)$")
REACH = 12
"""So many characters before 学年 are looked at."""


def check(view: View) -> Iterator[Problem]:
    """Years before 年, school years before 学年."""
    work = view.work
    at = work.find("年")
    while at >= 0:
        start = _year(view, at)
        span = (start, at + 1) if start is not None else _second_year(work, at)
        if span is not None and not view.debris.touch(*span):
            yield Problem(*span, MESSAGE, {"found": view.read(*span)})
        at = work.find("年", at + 1)


def _second_year(work: str, at: int) -> tuple[int, int] | None:
    """The short years of school years before the 年 at `at`: 07-08学年, the 24 of 2023-24学年."""
    if work[at - 1 : at] == "学":
        end = at - 1
    elif work.startswith("度", at + 1):
        end = at
    else:
        return None
    base = max(end - REACH, 0)
    found = _SCHOOL_YEARS.search(work[base:end])
    if found is None or int(found[3]) != (int(found[1] or found[2]) + 1) % 100:
        return None
    return base + (found.start(3) if found[1] else found.start()), end


def _year(view: View, at: int) -> int | None:
    """Where the year of two digits begins that ends before the 年 at `at`; None where there is none."""
    work = view.work
    end = at - 1 if work[at - 1 : at] == " " else at
    start = end - 2
    if start < 0:
        return None
    a, b = work[start], work[start + 1]
    before = work[start - 1] if start else ""
    if a in _ZERO and b in _NUMERALS and b != "十":
        return start if before not in _NUMERALS and before not in _DIGITS else None
    if a not in _DIGITS or b not in _DIGITS or before in _DIGITS or before in _NUMERALS or (before.isascii() and before.isalpha()):
        return None
    if before in _DOTS and not view.labels.touch(start - 1, start):
        return None
    if _NO_YEAR.search(work, max(start - 6, work.rfind("\n", 0, start) + 1), start):
        return None
    if a == "0":
        return start if not work.startswith("级", at + 1) else None
    return start if _SURELY.match(work, at + 1) else None
