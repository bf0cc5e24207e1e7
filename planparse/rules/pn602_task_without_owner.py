"""A task does not say who answers for it.

What everybody is to do, nobody is asked about. An owner counts wherever it stands: in the task, in brackets behind it
(责任单位：教务处), as the one who acts (各校要…, 由教研室组织), in the owner column of its row, in the heading above it.

Tasks are numbered entries without entries of their own that begin with what is to be done. In plans of one person
(个人工作计划, 班主任工作计划) all tasks are the writer's, and nothing is told. The rule is for audits: the profile `audit`
runs it, or `--extend-select PN602`.

Basis: practice; no clause asks for owners.

Bad:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园三所，九月底前投入使用。
    2．组织教师培训（责任单位：人事股）。

Good:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园三所，九月底前投入使用（责任单位：基建股）。
    2．组织教师培训（责任单位：人事股）。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.tasks import Task, tasks
from planparse.rules.view import View
from planparse.syntax.lazy import lazy

RULE = Rule(severity="information", basis=Basis("practice"), messages=("this task has no owner",), on=("audit",), promises=True)
_ONE_PERSON = lazy("个人|班主任|我的|实习|学习计划")
"""Titles of plans that one person writes."""
_BODY = (
    "(?:局|科|处|室|股|部|办|委|组|校|院|厅|会|所|站|队|馆|中心|部门|单位|年级|学校|学院|公司|集团|企业|车间|班级|街道|社区|乡镇|村|县|区|市|政府"
    "|教师|老师|班主任|辅导员|校长|园长|主任|组长|经理|书记|干部|人员|同志|党员|员工)"
)
_ACTS = lazy(
    f"(?:^|[。；;，,：:\\s])(?:由|请)?(?:各[\u4e00-\u9fff、]{{1,10}}?|全体[\u4e00-\u9fff]{{2,6}}?|[\u4e00-\u9fff、]{{1,12}}?{_BODY})"
    "(?:同志|共同|分别|统一|具体|全面|每[周月年学天次])?(?:要|应|须|将|需|必须|负责|负总责|牵头|组织|落实|承担|配合|协助|实施|安排|做好|抓好|完成|制定|上报|提交|[上交报](?=[一本班校学])|开展|参加|自查)"
    f"|由(?![此于浅点表内外来衷])[\u4e00-\u9fff、]{{1,14}}?{_BODY}"
)
"""Who acts: 各校要…, 教研室组织…, 由总务处和美术组…."""


def check(view: View) -> Iterator[Problem]:
    """Tasks for which nobody is named or inherited."""
    alone: dict[int, bool] = {}
    for task in tasks(view):
        if task.facts("owners") or task.facts("owner"):
            continue
        key = id(task.plan)
        if key not in alone:
            title = task.plan.fields.get("title")
            alone[key] = title is not None and _ONE_PERSON.search(view.read(*title)) is not None
        if not alone[key] and not _names_who(view, task):
            yield Problem(task.start, task.end, RULE.messages[0])


def _names_who(view: View, task: Task) -> bool:
    return any(_ACTS.search(view.read(*cut)) for part in task.parts for cut in view.words(part))
