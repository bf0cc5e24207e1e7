"""An entry of a schedule runs into its number or into the entry before it.

`2含教研综述` has lost the mark of its number, so no program and few readers count it as number 2; in `…的问题2、高二教研`
two entries stand on one line, and the second is passed over. Both come from line ends and marks lost in copying.

A second entry on one line is told only where nothing parts it from the first and where most entries of the schedule have a
line of their own. Numbers that belong to their word (44中, 3个班, 2月, 课题2、课题3) are left alone.

Basis: quality of the data; GB/T 15834-2011 B.3.3 (its text reproduced by others) asks for a mark behind the number.

Bad:

    某教研室工作安排
    周次
    日期
    工作要点
    备注
    1
    2/9
    —8/9
    1、周一 教研员返岗会2、周三 制定计划
    3、周五 学科会议
    2
    9/9
    —15/9
    1、周一 教师节座谈会
    2、周四 高三摸底阅卷

Good:

    某教研室工作安排
    周次
    日期
    工作要点
    备注
    1
    2/9
    —8/9
    1、周一 教研员返岗会
    2、周三 制定计划
    3、周五 学科会议
    2
    9/9
    —15/9
    1、周一 教师节座谈会
    2、周四 高三摸底阅卷
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from planparse.facts.units import BY_NAME
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax import notation
from planparse.syntax.lazy import lazy
from planparse.syntax.tree import Node

RULE = Rule(
    severity="warning",
    basis=Basis("data", "GB/T 15834-2011 B.3.3", "B"),
    messages=("no mark stands between the number {found} and its words", "entry {found} begins on the line of the entry before it"),
)
STYLES = frozenset({"arabic-comma", "arabic-dot"})
_LOOSE = lazy("(\\d)(?=[\u4e00-\u9fff])")
_WEEKDAY = lazy(f"{notation.WEEKDAY}(?![次回])")
_BELONGS = frozenset(
    "年月日号点时周星季届级班组楼中小幼大校院园厂区市县乡镇局科室组线期课节单章讲阶步型类式成万亿千百十一二三四五六七八九零两半多余来加乘比岁代维"
    "之至到和与及以第孩胎甲乙度寸声色联方会项者育史爱防盔创优进严"
).union(name[0] for name in BY_NAME)
"""What follows a number that belongs to its word: units, posts, grades, numerals."""
_COUNTED = frozenset("第高初小大附件表图条款项例题号楼级组区线路")
"""What stands before a number that belongs to its word."""
_OWN_LINE = "\n\r\x0b\t|"
_CLOSED = "”’》）)】"


class _Merge(NamedTuple):
    """The label of an entry that begins where another goes on."""

    start: int
    end: int
    number: int


def check(view: View) -> Iterator[Problem]:
    """Loose numbers, and entries in the middle of a line, row by row."""
    yield from _loose(view)
    merges: dict[int, list[_Merge]] = {}
    own: dict[int, int] = {}
    schedule = -1
    for visit in view.visits:
        node = visit.node
        if node.type == "schedule":
            schedule = node.start
        if visit.row is None or (label := view.label(node)) is None or label.style not in STYLES:
            continue
        if _begins_line(view.work, label.start):
            own[schedule] = own.get(schedule, 0) + (label.value > 1)
        elif label.value > 1 and _is_glued(view.work, label.start, label.end):
            merges.setdefault(schedule, []).append(_Merge(label.start, label.end, label.value))
        merges.setdefault(schedule, []).extend(_inside(view, node, label.value))
    for key, found in merges.items():
        if len(found) <= own.get(key, 0):
            for start, end, number in found:
                yield Problem(start, end, RULE.messages[1], {"found": number})


def _loose(view: View) -> Iterator[Problem]:
    """Entries without a label that begin with a number, in rows that count."""
    work = view.work
    for visit in view.of_type("schedule_row"):
        fields = visit.node.fields
        entries = [*fields.get("items", ()), *fields.get("notes", ())]
        highest = max((entry.fields["number"][3] for entry in entries if "number" in entry.fields), default=0)
        for entry in entries:
            if not highest or "number" in entry.fields or (found := _LOOSE.match(work, entry.start, entry.end)) is None:
                continue
            at = found.end()
            alone = work[at] not in _BELONGS or _WEEKDAY.match(work, at, entry.end)
            if alone and 0 < int(found[1]) <= highest + 1 and _begins_line(work, entry.start):
                yield Problem(found.start(), at, RULE.messages[0], {"found": found[1]})


def _inside(view: View, node: Node, value: int) -> Iterator[_Merge]:
    """The next number in the middle of an entry's own words, where the parser left it."""
    work = view.work
    for start, end in view.words(node):
        for mark in "、.．":
            word = f"{value + 1}{mark}"
            at = work.find(word, start, end)
            stop = at + len(word)
            if (
                at > start
                and stop < end
                and "\u4e00" <= work[stop] <= "\u9fff"
                and work[at - 1] not in _COUNTED
                and _is_glued(work, at, stop)
            ):
                yield _Merge(at, stop, value + 1)
                return


def _begins_line(work: str, start: int) -> bool:
    k = start - 1
    while k >= 0 and work[k] in " \u3000\u00a0\u200b":
        k -= 1
    return k < 0 or work[k] in _OWN_LINE


def _is_glued(work: str, start: int, end: int) -> bool:
    """Whether a label follows a word directly, and is not the middle of 课题2、课题3."""
    before = work[start - 1]
    if not ("\u4e00" <= before <= "\u9fff" or before in _CLOSED):
        return False
    return not any(work[start - size : start] == work[end : end + size] for size in (1, 2, 3))
