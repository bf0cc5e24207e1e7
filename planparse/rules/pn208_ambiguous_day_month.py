"""A date with a slash, which may be read as day/month or as month/day.

3/9 is the 9th of March to one reader and the 3rd of September to the next. In running text a slash parts the two ends of an interval,
not month and day. Where the rest of the plan settles the order (27/8 in the row above), the unsafe fix writes 9月3日.

Told of one by one are the dates whose order is open, and those of plans where the day comes first, if their numbers could be read the
other way round: who reads month and day, as one speaks, gets them wrong. The other dates with a slash are told of together, once a plan. Dates that begin with the year (2024/9/3) are left alone, fractions too.

Basis: GB/T 15835-2011 5.1.4 (read in the standard) has year, month, day in the order in which they are spoken; GB/T 7408-2005 4.5
(read in the standard) keeps the solidus for the ends of an interval.

Bad:

    某校2023年第一学期周工作安排
    周次	日期	工作要点
    1	27/8—2/9	开学
    2	3/9—9/9	常规检查
    3	10/9—16/9	教研活动

Good:

    某校2023年第一学期周工作安排
    周次	日期	工作要点
    1	8月27日—9月2日	开学
    2	9月3日—9月9日	常规检查
    3	9月10日—9月16日	教研活动
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.times import Time, is_text_file, times
from planparse.rules.view import View
from planparse.syntax.findings import KINDS
from planparse.syntax.lazy import lazy

OPEN = KINDS["ambiguous_day_month"].message
DAY_FIRST = "{found}: here the day comes first, but it can be read as month and day"
SLASH = "{found}: a slash does not part month and day"
SLASHES = "{found} and {count} more dates: a slash does not part month and day"
FIX = "write month and day with 月 and 日"
RULE = Rule(
    severity="warning",
    basis=Basis("standard", "GB/T 15835-2011 5.1.4", "A"),
    messages=(OPEN, DAY_FIRST, SLASH, SLASHES),
    fix="unsafe",
    may_change=frozenset({"words"}),
)

_PAIR = lazy("(?<![\\d/])(\\d{1,2}) ?/ ?(\\d{1,2})(?: ?/ ?((?:19|20)\\d\\d))?(?![\\d/])(?: ?[日号])?")
_EDTF = lazy("(\\d{4}|[\\dX]{4})-(\\d\\d)-(\\d\\d)")

_PARTS = ("以上", "以下", "以内", "的", "强", "弱", "左右", "多数", "学时", "课时")
_ABOUT = ("占", "达", "约", "超", "过", "近", "于", "足", "第")


class Slashed(NamedTuple):
    """A time that is written with slashes."""

    time: Time
    pairs: list[re.Match[str]]
    days: list[tuple[int, int]]
    """Months and days as they were read; empty where the order is open."""

    @property
    def numbers(self) -> list[tuple[int, int]]:
        """The numbers on both sides of each slash."""
        return [(int(pair[1]), int(pair[2])) for pair in self.pairs]

    @property
    def doubtful(self) -> tuple[int, int] | None:
        """Where the ends stand that can be read both ways, as another day each; 9/9 only beside one of these."""
        both = [k for k, (a, b) in enumerate(self.numbers) if a <= 12 and b <= 12]
        if all(self.numbers[k][0] == self.numbers[k][1] for k in both):
            return None
        if len(both) == len(self.pairs):
            return self.time[:2]
        return self.pairs[both[0]].start(), self.pairs[both[-1]].end()

    @property
    def sure(self) -> bool:
        """Whether it can be nothing but a date: 1/2 in brackets may be a half."""
        pair = self.pairs[0]
        number = max(int(pair[1]), int(pair[2]))
        due = self.time.when.get("bound") == "by"  # 4/12前
        return len(self.pairs) > 1 or self.time.node.type == "schedule_row" or number > 12 or bool(pair[3]) or due or pair[0][-1] in "日号"


def check(view: View) -> Iterator[Problem]:
    """Times with a slash: doubtful ones each by itself, the others of a plan together."""
    if "/" not in view.text:
        return
    plans: dict[int, list[Slashed]] = {}
    for time in times(view):
        slashed = _slashed(view, time) if view.text.find("/", time.start, time.end) >= 0 else None
        if slashed is not None and (slashed.sure or not _is_share(view, time)):
            plans.setdefault(id(time.plan), []).append(slashed)
    for found in plans.values():
        if any(slashed.sure for slashed in found):
            yield from _problems(view, found)


def _slashed(view: View, time: Time) -> Slashed | None:
    pairs = list(_PAIR.finditer(view.text, time.start, time.end))
    if not pairs:
        return None
    read = [(int(found[2]), int(found[3])) for found in _EDTF.finditer(time.when.get("edtf") or "")]
    slashed = Slashed(time, pairs, read)
    return slashed if [set(day) for day in read] == [set(pair) for pair in slashed.numbers] else slashed._replace(days=[])


def _is_share(view: View, time: Time) -> bool:
    """2/3以上, 约1/2: a part of a whole."""
    return view.text.startswith(_PARTS, time.end) or view.text[max(time.start - 2, 0) : time.start].endswith(_ABOUT)


def _problems(view: View, found: list[Slashed]) -> Iterator[Problem]:
    rest: list[Slashed] = []
    for slashed in found:
        place = slashed.doubtful
        if place is None:
            rest.append(slashed)
        elif not slashed.days or slashed.pairs[0][3]:
            yield Problem(*place, OPEN, {"found": view.read(*place)})
        elif slashed.days != slashed.numbers:
            yield Problem(*place, DAY_FIRST, {"found": view.read(*place)}, _fix(view, [slashed]))
        else:
            rest.append(slashed)
    if rest:
        first = rest[0].time
        values = {"found": first.when["text"], "count": len(rest) - 1}
        yield Problem(first.start, first.end, SLASHES if len(rest) > 1 else SLASH, values, _fix(view, rest))


def _fix(view: View, slashed: list[Slashed]) -> Fix | None:
    edits = [edit for one in slashed if one.days for edit in _edits(one)] if is_text_file(view) else []
    return Fix(tuple(edits), "unsafe", FIX) if edits else None


def _edits(slashed: Slashed) -> Iterator[Edit]:
    for pair, (month, day) in zip(slashed.pairs, slashed.days, strict=True):
        year = f"{pair[3]}年" if pair[3] else ""
        yield Edit(*pair.span(), f"{year}{month}月{day}日")
