"""A list leaves out a level of labels.

Under 一、 the usual next level is （一）, under that 1．, then （1）. A list of 1． right under 一、 leaves one out. Many offices write
two levels so, and no clause forbids it; but where the same plan uses the level in between elsewhere, its entries stand at two
depths under one kind of label, and the outline cannot be read from the labels.

Every such list is told where the plan uses the level left out elsewhere. Where it does without that level throughout, this is told
once a plan, with the number of lists. A plan may begin at any level; chapters, dotted numbers, points inside a paragraph and cells
of schedules are left alone. There is no fix: labels of all levels below would change.

Basis: GB/T 9704-2012 7.3.3 (clause number from secondary sources) gives the order 一、 （一） 1. （1）; GB/T 15834-2011 B.3.8
(its text reproduced by others) lets a text begin at any of them.

Bad:

    某县2024年工作计划
    一、重点工作
    （一）建设工程
    1．新建幼儿园。
    2．改造食堂。
    二、安全工作
    1．加强值班。
    2．开展检查。

Good:

    某县2024年工作计划
    一、重点工作
    （一）建设工程
    1．新建幼儿园。
    2．改造食堂。
    二、安全工作
    （一）加强值班。
    （二）开展检查。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.ladder import Rung, rungs
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View

SKIPS = "{found} stands right under {above}: this plan has a level between them elsewhere"
ALONE = "{found} stands right under {above}: a level between them is left out"
TOGETHER = "{count} lists like {found} stand right under labels like {above}: a level between them is left out"
RULE = Rule(severity="information", basis=Basis("standard", "GB/T 9704-2012 7.3.3", "C"), messages=(SKIPS, ALONE, TOGETHER))


def check(view: View) -> Iterator[Problem]:
    """First entries of lists that leave out a level."""
    skips: dict[int, list[Rung]] = {}
    used: dict[int, set[int]] = {}
    for rung in rungs(view):
        used.setdefault(id(rung.plan), set()).add(rung.step)
        if rung.first and rung.above is not None and rung.step - rung.above_step > 1:
            skips.setdefault(id(rung.plan), []).append(rung)
    for plan, found in skips.items():
        together: dict[tuple[str, str], list[Rung]] = {}
        for rung in found:
            if any(step in used[plan] for step in range(rung.above_step + 1, rung.step)):
                yield _problem(view, SKIPS, rung)
            elif rung.above is not None:
                together.setdefault((rung.above.family, rung.entry.family), []).append(rung)
        for same in together.values():
            yield _problem(view, TOGETHER if len(same) > 1 else ALONE, same[0], len(same))


def _problem(view: View, message: str, rung: Rung, count: int = 1) -> Problem:
    label, above = rung.entry.label, rung.above
    assert above is not None
    values: dict[str, object] = {"found": view.read(label.start, label.end), "above": view.read(above.label.start, above.label.end)}
    if message == TOGETHER:
        values["count"] = count
    return Problem(label.start, label.end, message, values)
