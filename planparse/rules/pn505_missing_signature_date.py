"""A plan is not signed or not dated.

At its foot stand the name of the issuing unit and, below it, the date of issue. Without them the reader cannot tell from when on
the plan holds, nor who answers for it; dates without a year have nothing to lean on.

Looked at are plans with sections; calendars and lists of weeks have no foot. A unit or a date in the lines right below the title
counts; a plan below the notice that issues it needs neither. Where one of both is there, it is told beside that one, else at the plan's title.

Basis: GB/T 9704-2012 7.3.5 (clause number from secondary sources): documents bear the issuer's signature and the date of issue.
Plans are issued with such documents; it holds for them by analogy.

Bad:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    2．改造食堂。

Good:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    2．改造食堂。
    某县教育局
    2024年1月10日
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.heads import covered, head
from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.headings import is_date_line, is_signer
from planparse.syntax.tree import Cut, Node

NEITHER = "the plan bears neither the issuer's name nor a date of issue"
NO_ISSUER = "the plan is dated, but bears no issuer's name"
NO_DATE = "the plan bears the issuer's name, but no date of issue"
RULE = Rule(
    severity="information",
    basis=Basis("standard", "GB/T 9704-2012 7.3.5", "C"),
    messages=(NEITHER, NO_ISSUER, NO_DATE),
    raised={"official": "warning"},
)
_MOST_LINES = 2
_AROUND = "()（）[]〔〕【】—- \u3000\u00a0"


def check(view: View) -> Iterator[Problem]:
    """Plans without an issuer, a date of issue, or both."""
    issued_by_notice = view.plans[1] if covered(view) else None
    for plan in view.plans:
        if plan is issued_by_notice or not any(child.type == "section" for child in plan.children):
            continue
        issuer, issued = plan.fields.get("issuer"), plan.fields.get("issued")
        for cut in _below_title(view, plan):
            if is_date_line(view.work, *cut):
                issued = issued or cut
            elif is_signer(view.work, *cut):
                issuer = issuer or cut
        if issuer and issued:
            continue
        message = NO_ISSUER if issued else NO_DATE if issuer else NEITHER
        start, end = issued or issuer or head(view, plan)
        yield Problem(start, end, message)


def _below_title(view: View, plan: Node) -> Iterator[Cut]:
    """The short lines below the title, without the brackets around them."""
    lines = [node for node in plan.fields.get("subtitles", ()) if node.fields.get("kind") == "subtitle"]
    lines += plan.children[:_MOST_LINES] if "title" in plan.fields else []
    for node in lines:
        if "number" in node.fields:
            return
        start = end = node.start
        while end < node.end and view.work[end] not in "\n\r":
            end += 1
        while start < end and view.work[start] in _AROUND:
            start += 1
        while end > start and view.work[end - 1] in _AROUND:
            end -= 1
        if start < end:
            yield Cut(start, end)
