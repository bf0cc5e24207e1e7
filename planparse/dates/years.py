"""Which year a plan is for: what is written, what the weekdays and festivals in it allow, what the user says.

Weekdays are hard evidence, one mistyped row apart; lunar festivals are soft (schools list them up to a week late). Where
more than one year fits, none is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal, NamedTuple

from planparse.dates import festivals
from planparse.dates.days import month_length
from planparse.syntax.lazy import lazy
from planparse.syntax.numerals import han_value

EvidenceKind = Literal[
    "given", "title", "mark", "signature", "text", "weekday", "week_rows", "festival", "anniversary", "examination", "leap_day",
    "reference_date", "published",
]  # fmt: skip
YEARS = range(festivals.FIRST_YEAR, festivals.LAST_YEAR + 1)
"""The years that are thought of."""
WRITTEN: tuple[EvidenceKind, ...] = ("title", "signature", "text", "mark")
"""Clues that name the year, the strongest first."""


class Clue(NamedTuple):
    """Something in a plan that tells its year."""

    kind: EvidenceKind
    start: int
    end: int
    years: frozenset[int]
    """The years it allows; the year is the one in which the plan begins."""


class Decision(NamedTuple):
    """The plan's year and what speaks for it."""

    value: int | None
    candidates: tuple[int, ...]
    written: int | None
    """The year that is written, where the evidence speaks against it."""
    against: tuple[Clue, ...] = ()
    """What speaks against it."""
    basis: str | None = None
    nearest: bool = False
    """Whether it is only the nearest to the reference day of those that fit."""


HARD = frozenset({"weekday", "week_rows", "anniversary", "examination", "leap_day"})


def weekday_clue(start: int, end: int, month: int, day: int, weekday: int, later: int) -> Clue:
    """A date with its weekday. `later` is 1 for months after New Year in a plan that begins in autumn."""
    return Clue("weekday", start, end, frozenset(y for y in YEARS if _weekday(y + later, month, day) == weekday))


def _weekday(year: int, month: int, day: int) -> int:
    return date(year, month, day).isoweekday() if day <= month_length(year, month) else 0


def festival_clue(start: int, end: int, name: str, first: tuple[int, int], last: tuple[int, int], later: int) -> Clue:
    """A lunar festival named in a row: it lies in the row's days or within a week of them."""
    fits = set()
    for year in YEARS:
        begin = _ordinal(year + later, *first)
        close = _ordinal(year + later + (last < first), *last)
        days = (*festivals.dates_of(name, year + later), *festivals.dates_of(name, year + later + 1))
        if any(begin - 7 <= day.toordinal() <= close + 7 for day in days):
            fits.add(year)
    return Clue("festival", start, end, frozenset(fits))


def _ordinal(year: int, month: int, day: int) -> int:
    return date(year, month, min(day, month_length(year, month))).toordinal()


# Events counted by years: the year before the first. 第27个教师节 is that of 1984 + 27.
ANNIVERSARIES: tuple[tuple[str, int], ...] = (
    ("教师节", 1984), ("中小学生安全教育日", 1995), ("中小学安全教育日", 1995), ("国家安全教育日", 2015), ("防灾减灾日", 2008), ("消防日", 1991),
    ("消防宣传日", 1991), ("宪法日", 2013), ("世界读书日", 1995), ("爱眼日", 1995), ("推广普通话", 1997), ("推普", 1997), ("安全生产月", 2001),
    ("国家公祭日", 2013), ("烈士纪念日", 2013), ("世界环境日", 1973), ("国际禁毒日", 1987), ("记者节", 1999), ("世界艾滋病日", 1987), ("爱耳日", 1999),
    ("科技活动周", 2000), ("全民健身日", 2008), ("医师节", 2017), ("农民丰收节", 2017), ("爱国卫生月", 1988), ("学生营养日", 1989),
    ("护士节", 1911), ("世界地球日", 1969), ("世界水日", 1992), ("无烟日", 1987), ("植树节", 1978), ("助残日", 1990), ("残疾人日", 1991), ("航天日", 2015),
    ("土地日", 1990), ("税收宣传月", 1991),
)  # fmt: skip
FOUNDINGS: tuple[tuple[str, int], ...] = (
    ("建党", 1921), ("中国共产党成立", 1921), ("建国", 1949), ("新中国成立", 1949), ("中华人民共和国成立", 1949), ("建军", 1927), ("改革开放", 1978),
    ("五四运动", 1919), ("抗战胜利", 1945), ("抗日战争胜利", 1945), ("长征胜利", 1936), ("香港回归", 1997), ("澳门回归", 1999), ("建团", 1922), ("共青团成立", 1922),
    ("少先队建队", 1949), ("辛亥革命", 1911), ("妇女节", 1910), ("国庆", 1949),
)  # fmt: skip
_COUNTED = lazy('第(\\d{1,3}|[一二三四五六七八九十百零]{1,5})(?:个|届|次)[“"「《]?([^，。；、\n]{2,16})')
_AFTER_FOUNDING = lazy("([^，。；、\n]{2,14}?)(\\d{2,3}|[一二三四五六七八九十百零]{2,5})周年")
_EXAMINATION = lazy(
    "(?<!\\d)((?:19|20)\\d\\d|\\d\\d)(?:年?(?:普通)?(?:高考|中考|学考|会考)[^，。；\n]{0,4}?(?:备考|复习|研讨|冲刺|模拟|动员|誓师|报名|计划|方案|考纲|大纲|考生)|届(?:高三|初三|九年级|毕业))"
    "|(?:迎接|备战|面向|参加)((?:19|20)\\d\\d|\\d\\d)年?(?:高考|中考|学考|会考)"
)
"""Examinations to come; 2015年高考上线213人 is one that was."""


def written_out(text: str, start: int, end: int, autumn: bool | None) -> Iterable[Clue]:
    """Anniversaries and examination years in running text. `autumn` says in which half of the school year the plan begins."""
    if text.find("第", start, end) >= 0:
        for found in _COUNTED.finditer(text, start, end):
            base = next((year for name, year in ANNIVERSARIES if name in found[2]), None)
            count = _count(found[1])
            if base is not None and count and base + count in YEARS:
                year = base + count
                month = next((festivals.usual_month(name) for name, _ in ANNIVERSARIES if name in found[2]), 0)
                years = {year - 1} if autumn and 0 < month < 7 else {year} if month or autumn is False else {year, year - 1}
                yield Clue("anniversary", found.start(), found.start(2) + _name_end(found[2]), frozenset(years))
    if text.find("周年", start, end) >= 0:
        for found in _AFTER_FOUNDING.finditer(text, start, end):
            base = next((year for name, year in FOUNDINGS if name in found[1]), None)
            count = _count(found[2])
            if base is not None and count and base + count in YEARS:
                yield Clue("anniversary", found.start(), found.end(), frozenset({base + count} | ({base + count - 1} if autumn else set())))
    if autumn is not None and any(text.find(word, start, end) >= 0 for word in ("高考", "中考", "届", "学考", "会考")):
        for found in _EXAMINATION.finditer(text, start, end):
            written = found[1] or found[2]
            year = int(written) if len(written) == 4 else 2000 + int(written)
            if year in YEARS:
                yield Clue("examination", found.start(), found.end(), frozenset({year - 1 if autumn else year}))


def _name_end(text: str) -> int:
    return next((text.index(name) + len(name) for name, _ in ANNIVERSARIES if name in text), len(text))


def _count(text: str) -> int:
    return int(text) if text.isdecimal() else han_value(text) or 0


def decide(clues: list[Clue], given: int | None, today: date | None, near: Callable[[int], date] | None) -> Decision:
    """The year that the clues leave.

    Args:
        clues: What the plan says.
        given: The year the user gives; it needs no evidence.
        today: The user's reference day: of several years that fit, the nearest is taken.
        near: The plan's first day in a given year, to tell what is nearest; None when no day is written.
    """
    named = _named(clues)
    fitting = _fitting([clue for clue in clues if clue.kind not in WRITTEN])
    if given is not None:
        against = tuple(clue for clue in clues if given not in clue.years and clue.kind in HARD | {"title"})
        return Decision(given, (given,), None, against, "inherited")
    if named is not None:
        kind, year = named
        contrary = [clue for clue in clues if clue.kind not in WRITTEN and year not in clue.years]
        agreeing = [clue for clue in clues if clue.kind not in WRITTEN and year in clue.years]
        hard = [clue for clue in contrary if clue.kind in HARD]
        # One weekday that disagrees is a slip of that row; so is one among several that agree.
        slips = len(hard) == 1 and hard[0].kind in ("weekday", "leap_day") and (kind != "mark" or bool(agreeing)) and (len(contrary) == 1)
        # Nor do several, where more speak for the year: by chance one weekday in seven does.
        weekdays = [clue for clue in agreeing if clue.kind == "weekday"]
        slips = slips or (
            hard == contrary and all(clue.kind in ("weekday", "leap_day") for clue in hard) and len(weekdays) > max(1, len(hard))
        )
        doubtful = kind in ("mark", "text", "signature")
        if not contrary or slips or (not hard and not doubtful):
            if kind == "mark" and not agreeing:
                return Decision(None, (year,), None)
            return Decision(year, (year,), None, (), "inherited" if kind == "title" else "inferred")
        if fitting is not None and year in fitting:
            return Decision(year, (year,), None, (), "inferred")
        value = next(iter(fitting)) if fitting and len(fitting) == 1 else None
        return Decision(value, tuple(sorted(fitting or ())), year, tuple(contrary), "inferred" if value is not None else None)
    if fitting is not None and len(fitting) == 1:
        return Decision(next(iter(fitting)), tuple(fitting), None, (), "inferred")
    if today is not None and near is not None:
        years = fitting or frozenset(y for y in (today.year - 1, today.year, today.year + 1) if y in YEARS)
        if years:
            value = min(sorted(years), key=lambda year: abs((near(year) - today).days))
            return Decision(value, tuple(sorted(fitting)) if fitting else (value,), None, (), "inferred", nearest=True)
    return Decision(None, tuple(sorted(fitting)) if fitting else _text_years(clues), None)


def _named(clues: list[Clue]) -> tuple[EvidenceKind, int] | None:
    for kind in WRITTEN:
        years = {next(iter(clue.years)) for clue in clues if clue.kind == kind}
        if len(years) == 1:
            return kind, years.pop()
        if years and kind == "title":
            return kind, min(years)
        if kind == "text" and len(years) == 2 and max(years) - min(years) == 1:
            first = min((clue for clue in clues if clue.kind == kind), key=lambda clue: clue.start)
            if min(years) in first.years:
                return kind, min(years)  # a plan that begins in one year and ends in the next
    return None


def _text_years(clues: list[Clue]) -> tuple[int, ...]:
    return tuple(sorted({next(iter(clue.years)) for clue in clues if clue.kind in WRITTEN}))


def _fitting(clues: list[Clue]) -> frozenset[int] | None:
    """The years all clues allow, one mistyped weekday forgiven, festivals as far as they agree; None without clues."""
    if not clues:
        return None
    hard = [clue for clue in clues if clue.kind in HARD]
    soft = [clue for clue in clues if clue.kind not in HARD]
    misses = {year: sum(year not in clue.years for clue in hard) for year in YEARS}
    weekdays = [clue for clue in hard if clue.kind == "weekday"]
    least = min(misses.values())
    if least > (1 if len(weekdays) >= 2 and len(hard) >= 3 else 0):
        return frozenset()
    found = frozenset(year for year in YEARS if misses[year] == least)
    for allowed in sorted({clue.years for clue in soft}, key=len):
        if found & allowed:
            found &= allowed
    return None if not hard and len(found) == len(YEARS) else found


def digits(text: str) -> int | None:
    """A year's number; None when it is masked or open."""
    return int(text) if re.fullmatch("\\d{4}", text) else None
