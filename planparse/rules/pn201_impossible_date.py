"""A date that no calendar has.

31 September, 32 March, 29 February of a common year: nobody can keep such a date, and programs that read the plan leave it out
or move it. It is a slip of the pen, mostly in the day; which day was meant, only its author knows.

Days in ranges, in lists and in the rows of week tables count too; a day without its month is looked at in the month around it.

Basis: data quality. The calendar has no such day; no clause is needed.

Bad:

    某县2023年工作计划
    一、重点工作
    1．9月31日前完成设备清点。

Good:

    某县2023年工作计划
    一、重点工作
    1．9月30日前完成设备清点。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.times import told
from planparse.rules.view import Spans, View
from planparse.syntax.findings import KINDS
from planparse.syntax.lazy import lazy

MESSAGE = KINDS["impossible_date"].message
RULE = Rule(severity="error", basis=Basis("data"), messages=(MESSAGE,))

_DAY = lazy("月 ?(?:3[2-9]|[4-9]\\d|00?)日")
"""Numbers that are no day of any month: the parser takes them for no date at all."""
_WHOLE = lazy(
    "(?<![\\d-])(?:19|20)\\d\\d-(?:(?:0[1-9]|1[0-2])-(?:3[2-9]|[4-9]\\d|00)|(?:00|1[3-9]|[2-9]\\d)-(?:0[1-9]|[12]\\d|3[01]))(?![\\d-])"
)


_SECTION = lazy("(?:1[3-9]|[2-9]\\d)[.．]\\d{1,2}")
"""13.1 is a section of a textbook: its first number is no month, and nobody writes the day first with a dot."""


def check(view: View) -> Iterator[Problem]:
    """What the parser read as dates, then what is written like a date and could never be one."""
    problems = [problem for problem in told(view, "impossible_date") if not _SECTION.fullmatch(view.work, problem.start, problem.end)]
    yield from problems
    known = Spans((problem.start, problem.end) for problem in problems)
    for start, end in _never(view.work):
        if not known.touch(start, end):
            yield Problem(start, end, MESSAGE, {"found": view.read(start, end)})


def _never(text: str) -> Iterator[tuple[int, int]]:
    """9月32日, 2024-09-32."""
    for found in _DAY.finditer(text):
        start = found.start()
        while start and text[start - 1].isdecimal():
            start -= 1
        if 1 <= found.start() - start <= 2:
            yield start, found.end()
    yield from (found.span() for found in _WHOLE.finditer(text))
