"""A schedule names a column that no row fills.

The head promises remarks, an owner or a place, and every row leaves them out. Either the column is not needed, or it was
lost on the way: tables that are copied from a page lose their empty cells first and filled ones next.

Columns that are filled in by hand later (完成情况, 签名, 得分) are expected to be empty, and so is a form whose rows hold
nothing but their weeks. In a table that fell apart into one cell a line only the remarks are judged, since nothing says
which of the other columns a missing cell belonged to.

Basis: quality of the data; GB/T 9704-2012 says nothing about what stands in cells.

Bad:

    某校2024年工作安排
    | 周次 | 日期 | 工作要点 | 备注 |
    | 1 | 9月2日—9月8日 | 开学典礼 | |
    | 2 | 9月9日—9月15日 | 常规检查 | |
    | 3 | 9月16日—9月22日 | 家长会 | |

Good:

    某校2024年工作安排
    | 周次 | 日期 | 工作要点 | 备注 |
    | 1 | 9月2日—9月8日 | 开学典礼 | |
    | 2 | 9月9日—9月15日 | 常规检查 | 各班交自查表 |
    | 3 | 9月16日—9月22日 | 家长会 | |
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax import notation
from planparse.syntax.lazy import lazy
from planparse.syntax.tree import Node

RULE = Rule(severity="information", basis=Basis("data"), messages=("no row fills the column {name}",))
LEAST_ROWS = 2
_BY_HAND = lazy("签|情况|得分|评分|打分|扣分|分数|评价|考核|结果|反馈|进展|√|是否|完成(?!时|日|期)|落实(?!单|部|人|措|时)|检查人|验收|审核")
"""Heads of columns that are filled in when the work is done."""


def check(view: View) -> Iterator[Problem]:
    """The heads of columns that are empty in all rows."""
    for visit in view.of_type("schedule"):
        node = visit.node
        rows = node.children
        if len(rows) >= LEAST_ROWS:
            yield from _empty(view, node, rows)


def _empty(view: View, node: Node, rows: list[Node]) -> Iterator[Problem]:
    columns = node.fields.get("columns", ())
    filled = [any(_cell(row, k) for row in rows) for k in range(len(columns))]
    if not any(full and column["role"] not in notation.TIME_ROLES for full, column in zip(filled, columns, strict=True)):
        return  # a form
    head = rows[0].start
    apart = _is_apart(view.work, node.start, head)
    at = node.start
    for k, column in enumerate(columns):
        name, role = column["name"], column["role"]
        place = _place(view.work, name, at, head) or _place(view.work, name, node.start, head)
        if place is None:
            continue
        at = place[1]
        if filled[k] or _covered(node, k) or _BY_HAND.search(name) or (apart and role != "note"):
            continue
        yield Problem(*place, RULE.messages[0], {"name": view.read(*place)})


def _cell(row: Node, k: int) -> str:
    cells = row.fields.get("cells", ())
    return cells[k] if k < len(cells) else ""


def _covered(node: Node, k: int) -> bool:
    """Whether a merged cell of the column to the left stands for this one's too."""
    return any(span["column"] <= k < span["column"] + span["columns"] - 1 for span in node.fields.get("spans", ()))


def _is_apart(work: str, start: int, end: int) -> bool:
    """Whether the heads stand one below the other."""
    return not any(mark in work[start:end] for mark in ("\t", "|", "  ", "\u3000"))


def _place(work: str, name: str, start: int, end: int) -> tuple[int, int] | None:
    """Where a head stands; one in two rows (工作内容/教学) by its lower part, one that was broken (时 / 间) letter by letter."""
    word = name.rpartition("/")[2]
    if not word:
        return None
    at = work.find(word, start, end)
    if at >= 0:
        return at, at + len(word)
    k = first = 0
    letters = [c for c in word if not c.isspace()]
    for at in range(start, end):
        if k and work[at] in " \u3000\n\r\x0b":
            continue
        if work[at] != letters[k]:
            k = 0
        if work[at] == letters[k]:
            first = at if k == 0 else first
            k += 1
            if k == len(letters):
                return first, at + 1
    return None
