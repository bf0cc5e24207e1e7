"""A plan has no title.

Its first words are a number, or a sentence that leads in (…制定如下计划：): the title was lost when it was copied. Nobody can say whose
plan it is, nor for what time.

Told is where the plan begins. The mark of a web compilation (…篇1) counts as a name, and so does any heading without a number that
stands first.

Basis: 党政机关公文处理工作条例 article 9(7) (article number from secondary sources): the title names the issuer, the subject and the
kind of document. Plans are issued with such documents; it holds for them by analogy.

Bad:

    为做好安全工作，制定如下计划：
    一、指导思想
    全面贯彻上级会议精神。
    二、主要措施
    加强队伍建设，开展专项检查。

Good:

    某县2024年安全工作计划
    为做好安全工作，制定如下计划：
    一、指导思想
    全面贯彻上级会议精神。
    二、主要措施
    加强队伍建设，开展专项检查。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.heads import head
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.tree import Node

UNTITLED = "a plan without a title begins here"
RULE = Rule(severity="warning", basis=Basis("regulation", "党政机关公文处理工作条例 9(7)", "C"), messages=(UNTITLED,))


def check(view: View) -> Iterator[Problem]:
    """Plans that begin with their text."""
    for plan in view.plans:
        if "title" not in plan.fields and "mark" not in plan.fields and not _begins_with_heading(plan):
            start, end = head(view, plan)
            if start < end:
                yield Problem(start, end, UNTITLED)


def _begins_with_heading(plan: Node) -> bool:
    first = next((child for child in plan.children if child.type != "noise"), None)
    return first is None or (first.type == "section" and "number" not in first.fields and "bullet" not in first.fields)
