"""Where a plan begins, for what is told of a plan as a whole."""

from __future__ import annotations

from planparse.rules.view import View
from planparse.syntax.lazy import lazy
from planparse.syntax.tree import Cut, Node

_FIRST_CLAUSE = lazy("[，,。；;：:\n\r\t]")
LONGEST = 40
_NOTICE = lazy("(?:通知|函|批复|意见|决定)(?:[(（〔【][^()（）]{1,20}[)）〕】])?$")
_ISSUED = lazy(
    "(?:计划|规划|方案|要点|安排|预案|办法|制度|规定|细则|意见|纲要|一览表|安排表|计划表|日程|日程表|计划书)(?:[(（〔【][^()（）]{1,20}[)）〕】])?$"
)


def head(view: View, plan: Node) -> tuple[int, int]:
    """The plan's title, its compiler's mark, the label of its first section, or the first words of its first line."""
    for key in ("title", "mark"):
        cut = plan.fields.get(key)
        if type(cut) is Cut:
            return cut.start, cut.end
    first = next((child for child in plan.children if child.type != "noise"), None)
    if first is None:
        return plan.start, min(plan.end, plan.start + LONGEST)
    number = first.fields.get("number")
    if number is not None:
        return number[1], number[2]
    mark = _FIRST_CLAUSE.search(view.work, first.start + 1, first.start + LONGEST)
    return first.start, min(mark.start() if mark else first.start + LONGEST, first.end)


def covered(view: View) -> bool:
    """Whether the file's first document is a notice that issues the second: 关于印发…计划的通知, then the plan itself."""
    if len(view.plans) < 2:
        return False
    titles = [plan.fields.get("title") for plan in view.plans[:2]]
    if titles[0] is None or titles[1] is None or "mark" in view.plans[1].fields:
        return False
    return bool(_NOTICE.search(view.read(*titles[0])) and _ISSUED.search(view.read(*titles[1])))
