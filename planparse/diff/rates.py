"""How often a figure is due: 每季度不少于1次 is four times a year, 每年2次 is two."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from planparse.diff.pairing import LONGEST, places
from planparse.facts.figures import number
from planparse.model import Target


class Rate(NamedTuple):
    """The period that a figure is counted by."""

    months: float
    """How long it is."""
    reckoning: str
    """Months, weeks, days and terms: how many of the one are in the other is known about only."""


_MONTHS = {
    "年": (12, "month"), "学年": (12, "month"), "季": (3, "month"), "月": (1, "month"), "旬": (1 / 3, "month"),
    "学期": (6, "term"), "周": (12 / 52, "week"), "日": (12 / 365, "day"),
}  # fmt: skip
_SAME = {"年度": "年", "季度": "季", "月度": "月", "星期": "周", "礼拜": "周", "天": "日"}
YEAR = 12
_UNIT = "学年|学期|年度|年(?!级)|季度|季|月度|月|旬|周|星期|礼拜|天|日"
_EVERY = re.compile(
    f"(?:每(?:一(?=个?[学年季月旬周星礼天日]))?(?P<count>半|[两二三四五六]|\\d{{1,2}})?个?(?P<unit>{_UNIT})|全(?P<whole>学年|学期|年(?!级))|(?P<mean>年|月|周|日)均)"
)
_BEHIND = re.compile(f"[/／每](?P<unit>{_UNIT})")
"""2次/年."""
_STOPS = re.compile("[。；;！!？?\n]")
_COMMA = re.compile("[，,]")


def rates(text: str, targets: Sequence[Target]) -> list[Rate | None]:
    """The period of each figure of a text; None where none is named in its clause.

    Args:
        text: An entry's words.
        targets: Its figures, in the text's order.
    """
    if not any(sign in text for sign in "每全均/／"):
        return [None] * len(targets)
    return [None if place is None else _rate(text, *place) for place in places(text, [one.text for one in targets])]


def without_periods(words: str) -> str:
    """What a figure counts, without how often."""
    return _EVERY.sub("", words)


class Common(NamedTuple):
    """By what two figures are multiplied to be told for one period, the longer of theirs."""

    old: float
    new: float
    sure: bool = True
    """Whether the one period holds a whole number of the other; else (weeks in a month, days in a week) only a plain step counts."""


SAME = Common(1, 1)


def common(old: Rate | None, new: Rate | None) -> Common | None:
    """The common period of two figures; None where one is counted by a period and the other by none.

    A figure without a period is one of the plan's own: a year or a term, and so is one for a whole year or a term.
    """
    if old is None or new is None:
        named = old or new
        return SAME if named is None or named.months >= YEAR or named.reckoning == "term" else None
    if old.months == new.months:
        return SAME
    longer = max(old.months, new.months)
    sure = "week" != old.reckoning != "day" and "week" != new.reckoning != "day"
    halves = all(one.months % (YEAR / 2) == 0 for one in (old, new))
    return Common(longer / old.months, longer / new.months, sure and (halves or old.reckoning == new.reckoning))


def _rate(text: str, start: int, end: int) -> Rate | None:
    behind = _BEHIND.match(text, end)
    if behind is not None:
        return _read(behind["unit"], None)
    reach = max(0, start - LONGEST)
    low = max((mark.end() for mark in _STOPS.finditer(text, reach, start)), default=reach)
    first = max((mark.end() for mark in _COMMA.finditer(text, low, start)), default=low)
    found = [*_EVERY.finditer(text, first, end)]
    if not found and first > low:  # 每季度，召开一次
        found = [one for one in _EVERY.finditer(text, low, first) if one.end() == first - 1]
    if not found:
        return None
    last = found[-1]
    return _read(last["unit"] or last["whole"] or last["mean"], last["count"])


def _read(unit: str, count: str | None) -> Rate | None:
    months, reckoning = _MONTHS[_SAME.get(unit, unit)]
    times = 0.5 if count == "半" else 2 if count == "两" else number(count) if count else 1
    return Rate(months * times, reckoning) if times else None
