"""The numbers of a table's weeks jump or repeat.

From week 5 the table goes to week 7, or it has two weeks 6. Whoever is told "in week 6" looks in vain or has the choice. A single
wrong number between right ones is mended by the unsafe fix; where a week may have been left out, nothing is changed.

Basis: data quality. No clause asks for it.

Bad:

    某校2023年第一学期周工作安排
    周次	日期	工作要点
    1	9月4日—9月10日	开学
    2	9月11日—9月17日	常规检查
    4	9月18日—9月24日	教研活动
    4	9月25日—10月1日	阶段小结

Good:

    某校2023年第一学期周工作安排
    周次	日期	工作要点
    1	9月4日—9月10日	开学
    2	9月11日—9月17日	常规检查
    3	9月18日—9月24日	教研活动
    4	9月25日—10月1日	阶段小结
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.times import is_text_file
from planparse.rules.view import View
from planparse.syntax.findings import KINDS
from planparse.syntax.lazy import lazy
from planparse.syntax.tree import Node

MESSAGE = KINDS["week_number_gap"].message
FIX = "write {expected}"
RULE = Rule(severity="warning", basis=Basis("data"), messages=(MESSAGE,), fix="unsafe", may_change=frozenset({"structure", "words"}))

_NUMBER = lazy("[|\\s]*(第? ?(\\d{1,2}|[一二三四五六七八九十]{1,3}) ?[周週]?)(?! ?[-—–~～至、] ?第?[\\d一二三四五六七八九十])")


def check(view: View) -> Iterator[Problem]:
    """Numbers that the parser found out of order; the row after a single wrong number is no fault of its own."""
    after = _following(view)
    in_order: Node | None = None
    for finding in view.found("week_number_gap"):
        row, following = after.get(finding.start, (None, None))
        if row is None or row is in_order:
            continue
        number = _NUMBER.match(view.work, row.start, row.end)
        start, end = number.span(1) if number else (finding.start, finding.end)
        fix = None
        if following is not None and following.fields.get("week") == finding.values["expected"] + 1:
            in_order = following
            if number and number[2].isascii() and is_text_file(view):
                fix = Fix((Edit(*number.span(2), str(finding.values["expected"])),), "unsafe", FIX)
        yield Problem(start, end, MESSAGE, finding.values, fix)


def _following(view: View) -> dict[int, tuple[Node, Node | None]]:
    """The rows of week tables by where they begin, each with the row below it."""
    out: dict[int, tuple[Node, Node | None]] = {}
    for visit in view.of_type("schedule"):
        rows = visit.node.children
        out.update((row.start, (row, below)) for row, below in zip(rows, [*rows[1:], None], strict=True))
    return out
