"""A date still holds its placeholder.

20xx年, 二oxx年, ××月××日 come from a template or from a web site that masks dates. The plan cannot be put into a calendar, filed
by its year, or told from the plan of another year. Dates of issue that are left open (2024年　月　日) are told of too.

Masked names of places and people (xx市, **中学) are no dates; nor is XX年级.

Basis: GB/T 9704-2012 7.3.5.4 asks for year, month and day of issue in full (clause number from secondary sources, four of which
agree); elsewhere in the text it is data quality.

Bad:

    某县20xx年工作计划
    一、重点工作
    1．xx月xx日前完成设备清点。

Good:

    某县2024年工作计划
    一、重点工作
    1．5月20日前完成设备清点。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import Spans, View
from planparse.syntax.lazy import lazy

YEAR = "{found}: the year is a placeholder"
DAY = "{found}: month or day is a placeholder"
OPEN = "{found}: the date is left open"
RULE = Rule(severity="warning", basis=Basis("standard", "GB/T 9704-2012 7.3.5.4", "C"), messages=(YEAR, DAY, OPEN))

_M = "[xX×ｘＸ]"
_HAN = "一二三四五六七八九十元"
_MASKED_YEAR = f"(?:(?:19|20)(?:\\d{_M}|{_M}{{2}}|[*＊○□]{{2}}|_{{2,4}})|[二2][〇○零0oOＯ]{_M}{{2}}|{_M}{{2,4}}(?=学?年(?!级|纪)|[-—–～~至]{_M}{{2,4}}学?年))"
_MONTH = f" ?(?:{_M}{{1,2}}|\\d{{1,2}}|[{_HAN}]{{1,2}}) ?月"
_DAY = f" ?(?:{_M}{{1,2}}|\\d{{1,2}}|[{_HAN}]{{1,3}}) ?[日号]"
_NUMERIC = f"(?:[-./](?:{_M}{{1,2}}|\\d{{1,2}})){{1,2}}"
_SIGNS = lazy("[xX×ｘＸ*＊○□_]+")
REACH = 24
"""So many characters around a mask are looked at."""
_RANGE = f" ?年? ?[-—–～~/至] ?(?:{_MASKED_YEAR}|\\d\\d(?=学?年))"
_TAIL = f"(?: ?学?年度?(?!级|纪)(?:{_MONTH}(?:{_DAY})?)?)?"
_YEAR = lazy(f"(?<![A-Za-z0-9_*]){_MASKED_YEAR}(?:{_RANGE}{_TAIL}|{_NUMERIC}(?!\\d)|{_TAIL})(?![A-Za-z0-9*])")
_MONTH_OR_DAY = lazy(
    f"(?<![A-Za-z0-9×*])(?:(?:{_M}{{2}}|{_M}(?= ?月(?:份|[初底末上中下]| ?{_M}| ?\\d|[，。、；：,;)）至到—～~ -]|$))) ?月(?:份|{_DAY})?(?![数均])"
    f"|\\d{{1,2}} ?月 ?{_M}{{1,2}} ?[日号])"
)
_ISSUED = lazy(
    "(?:[12]\\d{3}|[12]\\d|[一二〇○零Ｏ三四五六七八九]{2,4})?[ \u3000_]*年[ \u3000_]*(\\d{0,2})[ \u3000_]*月[ \u3000_]*(\\d{0,2})[ \u3000_]*日"
)


def check(view: View) -> Iterator[Problem]:
    """Masked dates anywhere in the text, those of titles included, and open dates of issue."""
    work = view.work
    years: list[tuple[int, int]] = []
    days: list[tuple[int, int]] = []
    for start, end in _stretches(work):
        years += [found.span() for found in _YEAR.finditer(work, start, end)]
        days += [found.span() for found in _MONTH_OR_DAY.finditer(work, start, end)]
    whole = Spans(years)
    for message, spans in ((YEAR, years), (DAY, [span for span in days if not whole.touch(*span)])):
        for span in spans:
            if not view.debris.touch(*span):
                yield Problem(*span, message, {"found": view.read(*span)})
    for visit in view.of_type("signature"):
        for found in _ISSUED.finditer(work, visit.node.start, visit.node.end):
            if not (found[1] and found[2]):
                yield Problem(*found.span(), OPEN, {"found": " ".join(view.read(*found.span()).split())})


def _stretches(work: str) -> Iterator[tuple[int, int]]:
    """Where masks stand, with their surroundings; those that meet are one."""
    first = last = -1
    for found in _SIGNS.finditer(work):
        start, end = max(found.start() - REACH, 0), found.end() + REACH
        if start > last >= 0:
            yield first, last
            first = start
        first, last = start if first < 0 else first, end
    if last >= 0:
        yield first, last
