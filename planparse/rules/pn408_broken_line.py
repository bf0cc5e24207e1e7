"""A line break cuts a sentence in two.

Text that was copied from a narrow window, a table or a PDF file carries the breaks of its lines along. Each piece then
passes for a paragraph of its own, searches for a word across the break fail, and the second piece may be taken for a heading.

The breaks are those that the parser mended: the sentence goes on, without a mark, in the next line. Date ranges that a table
of weeks sets on two lines are none of them.

The fix joins the lines; it is unsafe, because a break may be meant.

Basis: quality of the data; no clause speaks of it.

Bad:

    某校2024年工作计划
    一、重点工作
    多方筹措资金，分两批更换锅炉房、配电间、防盗门窗等关系师生安全的
    陈旧设备。

Good:

    某校2024年工作计划
    一、重点工作
    多方筹措资金，分两批更换锅炉房、配电间、防盗门窗等关系师生安全的陈旧设备。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.view import Spans, View

MESSAGE = "this line break cuts a sentence"
JOIN = "join the lines"
RULE = Rule(severity="warning", basis=Basis("data"), messages=(MESSAGE,), fix="unsafe", may_change=frozenset({"text"}))


def check(view: View) -> Iterator[Problem]:
    """Breaks that the parser closed, but for those in the dates of rows."""
    joints = [repair for repair in view.repairs if repair.kind == "broken_line"]
    if not joints:
        return
    text, dates = view.text, _dates(view)
    for _, start, end, _ in joints:
        if start and end < len(text) and not dates.touch(start, end) and not view.debris.touch(start - 1, end + 1):
            yield Problem(start, end, MESSAGE, {}, Fix((Edit(start, end, _joint(text[start - 1], text[end])),), "unsafe", JOIN))


def _dates(view: View) -> Spans:
    """Where the dates of the rows of schedules stand."""
    whens = (visit.node.fields.get("when") for visit in view.of_type("schedule_row"))
    return Spans(when["at"] for when in whens if when and when.get("at"))


def _joint(before: str, after: str) -> str:
    """A blank between Latin words, nothing else."""
    latin = before.isascii() and after.isascii() and before.isalpha() and after.isalpha()
    return " " if latin else ""
