"""Marks stand in a row of which one would do.

Two commas, a comma in front of a full stop and the like are left over when text is changed. One mark fills one character
cell, and no two marks of pause or stop follow each other.

Question and exclamation marks may stand three in a row, not more. `...` and …… are left alone, and so are rows of seven
and more, which lead the eye to a page number. Three full stops in a row stand for an ellipsis.

The fix keeps the strongest mark of the row.

Basis: GB/T 15834-2011 5.1, and for question and exclamation marks 4.2.3.3 and 4.3.3.3; the text is reproduced by others.

Bad:

    某校2024年工作计划
    一、重点工作
    落实会议精神，，加强管理，。

Good:

    某校2024年工作计划
    一、重点工作
    落实会议精神，加强管理！！！
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planparse.rules.prose import CLOSERS, IS_CHINESE, other
from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.lazy import lazy

MESSAGE = "{found} stands where {expected} would do"
KEEP = "write {expected}"
RULE = Rule(
    severity="warning",
    basis=Basis("standard", "GB/T 15834-2011 5.1, 4.2.3.3, 4.3.3.3", "B"),
    messages=(MESSAGE,),
    fix="safe",
    may_change=frozenset({"text"}),
)
STRENGTH = "、,，:：;；。"
"""From the weakest to the strongest."""
ENDS = "!?！？"
MOST_ENDS = 3
LEADERS = 7
_ROW = lazy(f"[{STRENGTH}{ENDS}]{{2,}}")


def check(view: View) -> Iterator[Problem]:
    """Rows of marks in Chinese text."""
    for found in _ROW.finditer(view.text):
        start, end = found.span()
        expected = _expected(found[0])
        if expected is None or not _is_chinese(view.text, found):
            continue
        if not view.guarded(start, end) and not other(view).touch(start, end):
            values = {"found": found[0], "expected": expected}
            yield Problem(start, end, MESSAGE, values, Fix((Edit(start, end, expected),), "safe", KEEP))


def _expected(row: str) -> str | None:
    """What the row should be; None where it is well as it is."""
    if len(row) >= LEADERS and len(set(row)) == 1 and row[0] not in ENDS:
        return None
    ends = "".join(sign for sign in row if sign in ENDS)
    if ends:
        if ends != row and not set(row) <= {*ENDS, "。"}:
            return None  # 谁？、何时？ names the questions
        return ends[:MOST_ENDS] if ends != row or len(row) > MOST_ENDS else None
    if set(row) == {"。"} and len(row) >= MOST_ENDS:
        return "……"
    return max(row, key=STRENGTH.index)


def _is_chinese(text: str, row: re.Match[str]) -> bool:
    """Whether Chinese stands beside the row."""
    at = row.start() - 1
    while at >= 0 and row.start() - at <= 3 and text[at] in CLOSERS:
        at -= 1
    return any(0 <= k < len(text) and IS_CHINESE.match(text, k) is not None for k in (at, row.end()))
