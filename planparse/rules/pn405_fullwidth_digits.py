"""Digits or Latin letters are full-width.

Digits take half a character cell: ３５个 is written 35个. Full-width digits and letters look like others but are other
characters; searches for 35 do not find them. A dot between two full-width digits and a per cent sign right behind one go
with them; a full-width ％ behind ordinary digits is left alone, as it is usual in print.

Labels are left to the rules about labels. In times the digits are reported but not mended.

Basis: GB/T 15835-2011 5.1.7.1, read in the standard; it speaks of digits, for letters it is practice.

Bad:

    某校2024年工作计划
    一、重点工作
    建成实验室３５个，开设ＡＢ两班。

Good:

    某校2024年工作计划
    一、重点工作
    建成实验室35个，开设AB两班，合格率达到98％。
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from planparse.rules.prose import other
from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.lazy import lazy

MESSAGE = "{found} is full-width; {expected} is usual"
NARROW = "write {expected}"
RULE = Rule(
    severity="information",
    basis=Basis("standard", "GB/T 15835-2011 5.1.7.1", "A"),
    messages=(MESSAGE,),
    fix="safe",
    may_change=frozenset({"text"}),
)
_WIDE = lazy("(?:[０-９](?:．(?=[０-９]))?|[Ａ-Ｚａ-ｚ])+(?:(?<=[０-９])％)?")


def check(view: View) -> Iterator[Problem]:
    """Every run of full-width digits and letters, but for labels."""
    for found in _WIDE.finditer(view.text):
        start, end = found.span()
        if view.labels.touch(start, end) or view.debris.touch(start, end) or other(view).touch(start, end):
            continue
        narrow = unicodedata.normalize("NFKC", found[0])
        fix = None if view.guarded(start, end) else Fix((Edit(start, end, narrow),), "safe", NARROW)
        yield Problem(start, end, MESSAGE, {"found": found[0], "expected": narrow}, fix)
