"""A plan lacks a section that plans usually have.

A plan says what it follows (指导思想), what it wants (目标) and how it gets there (措施). One that leaves out its goals cannot be
checked; one that leaves out its measures cannot be carried out.

Looked through are plans whose title, or compiler's mark, calls them 计划 or 规划, and which have at least two headed sections
side by side; bare lists, calendars, schemes of one event, rules and notices have other parts. A section counts by a word of its
heading, on the first two levels, or of the text above the first section. The option `sections` lists what is wanted: words that stand for the same are parted
by `|`, and the first names the section.

Basis: practice. No clause we know asks for these sections.

Bad:

    某县2024年工作计划
    一、指导思想
    全面贯彻上级会议精神。
    二、主要措施
    加强队伍建设，开展专项检查。

Good:

    某县2024年工作计划
    一、指导思想
    全面贯彻上级会议精神。
    二、工作目标
    全年不发生责任事故。
    三、主要措施
    加强队伍建设，开展专项检查。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.heads import head
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.lazy import lazy
from planparse.syntax.tree import Node

MISSING = "the plan has no section on {missing}"
RULE = Rule(
    severity="information",
    basis=Basis("practice"),
    messages=(MISSING,),
    options={
        "sections": [
            "指导思想|思想|思路|总体要求|总要求|方针|原则|目的|意义|背景|依据|主题|概述|前言|前提|形势|现状|情况分析|理念",
            "目标|目的|指标|任务|要求|愿景|预期",
            "措施|举措|办法|做法|步骤|安排|保障|实施|方法|途径|策略|内容",
        ]
    },
)
_KINDS = lazy("(?:计划|规划|打算|设想|計畫|計劃|規劃)[书書]?(?:篇.{1,3})?(?:[(（〔【][^()（）]{1,20}[)）〕】])?[*》”]*$")
_SECTIONS = frozenset({"han", "han-blank", "formal", "part", "chapter"})
"""Other numbers at the top of a plan are those of a bare list."""
_LEAST = 2
_DEEPEST = 2


def check(view: View) -> Iterator[Problem]:
    """Plans without one of the sections wanted."""
    wanted = [(entry.split("|")[0], [word for word in entry.split("|") if word]) for entry in view.option("PN501", "sections")]
    plan: Node | None = None
    words: list[str] = []
    for node, parent, of, depth, _ in view.visits:
        if of is None:
            break
        if of is not plan:
            yield from _missing(view, plan, words, wanted)
            plan, words = of, []
        if "heading" in node.fields and depth <= _DEEPEST:
            words.append(view.read(*node.fields["heading"]))
        elif parent is plan and node.type == "paragraph" and not words:
            words += [view.own(node)]
    yield from _missing(view, plan, words, wanted)


def _missing(view: View, plan: Node | None, words: list[str], wanted: list[tuple[str, list[str]]]) -> Iterator[Problem]:
    """What the headings of a plan, and the text above them, do not name."""
    if plan is None or not _has_outline(plan) or not any(_KINDS.search(view.read(*cut)) for cut in _names(plan)):
        return
    said = "\n".join(words)
    missing = [name for name, alternatives in wanted if not any(word in said for word in alternatives)]
    if missing:
        start, end = head(view, plan)
        yield Problem(start, end, MISSING, {"missing": "、".join(missing)})


def _names(plan: Node) -> Iterator[tuple[int, int]]:
    """The plan's title and its compiler's mark."""
    return (plan.fields[key] for key in ("title", "mark") if key in plan.fields)


def _has_outline(plan: Node) -> bool:
    """Whether headed sections stand side by side: 一、 with its text, or headings with something under them."""
    headed = 0
    for child in plan.children:
        if "heading" in child.fields:
            number = child.fields.get("number")
            headed += (
                bool(child.children) if number is None else number[0] in _SECTIONS and ("text" in child.fields or bool(child.children))
            )
    return headed >= _LEAST
