"""A range ends before it begins.

9月30日—9月1日, 第8—5周, 2025—2023年: the two ends are swapped, or one of them is mistyped. Nothing can be planned into such a
time, and programs that read the plan leave its days out. Ranges of months that run over New Year (11月—2月) are in order.

Basis: data quality. GB/T 7408-2005 5.5.1 (read in the standard) gives an interval by its start and its end, in this order.

Bad:

    某县2023年工作计划
    一、重点工作
    1．5月20日—5月8日开展检查。

Good:

    某县2023年工作计划
    一、重点工作
    1．5月8日—5月20日开展检查。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.times import told
from planparse.rules.view import Spans, View
from planparse.syntax.findings import KINDS
from planparse.syntax.lazy import lazy

MESSAGE = KINDS["reversed_range"].message
RULE = Rule(severity="error", basis=Basis("data"), messages=(MESSAGE,))

_TO = " {0,2}(?:--?|[—–－～〜~至到]) {0,2}"
_YEARS = lazy(f"(?<![\\dA-Za-z/.-])((?:19|20)\\d\\d)年?{_TO}((?:19|20)\\d\\d)(?=学?年)学?年度?")
_WEEKS = lazy(f"第 ?(\\d{{1,2}})周?{_TO}第?(\\d{{1,2}})周")


def check(view: View) -> Iterator[Problem]:
    """Ranges of days and months, which the parser completed, and those of years and of numbered weeks."""
    problems = list(told(view, "reversed_range"))
    yield from problems
    known = Spans((problem.start, problem.end) for problem in problems)
    for pattern in (_YEARS, _WEEKS):
        for found in pattern.finditer(view.work):
            if int(found[1]) > int(found[2]) and not (known.touch(*found.span()) or view.debris.touch(*found.span())):
                yield Problem(*found.span(), MESSAGE, {"found": found[0]})
