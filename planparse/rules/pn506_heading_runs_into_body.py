"""A heading runs into its text, or ends in a colon.

A heading that only a blank sets apart from a paragraph on its line is lost when blanks are, and a contents list cannot tell where
it ends. A heading alone on its line takes no colon. Both are told of numbered headings of the upper levels, which stand alone:
chapters, 一、 and （一）. A first-level heading whose text follows a colon or a full stop is told where the other headings of
its list stand alone.

Run-in headings of lower levels (1．提高质量。…), labels with a value (一、时间：5月1日) and unnumbered lines that lead in (八月份：) are in
order. The fix takes the colon away; parting heading and text is unsafe, as it makes a new paragraph.

Basis: GB/T 15834-2011 B.4 (its text reproduced by others): titles take no final mark but ? ! ……. That headings stand alone is
practice.

Bad:

    某县2024年工作计划
    一、指导思想：
    全面贯彻上级会议精神。
    二、主要措施：
    加强队伍建设，开展专项检查。

Good:

    某县2024年工作计划
    一、指导思想
    全面贯彻上级会议精神。
    二、主要措施
    加强队伍建设，开展专项检查。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.ladder import begins_line
from planparse.rules.lists import lists
from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.view import View
from planparse.source import line_end
from planparse.syntax.tree import Cut, Node

COLON = "heading {heading} ends in a colon"
BLANK = "only a blank parts heading {heading} from its text"
RUNS_ON = "heading {heading} runs into its text; the other headings of its list stand alone"
DROP, SPLIT = "drop the colon", "put the text on a line of its own"
RULE = Rule(
    severity="information",
    basis=Basis("standard", "GB/T 15834-2011 B.4", "B"),
    messages=(COLON, BLANK, RUNS_ON),
    fix="unsafe",
    may_change=frozenset({"structure"}),
)
_UPPER = frozenset({"part", "chapter", "clause-section", "han", "han-paren"})
_LONG = 30
"""A text of fewer characters on the heading's line is a value: 一、时间：5月1日。"""


def check(view: View) -> Iterator[Problem]:
    """Numbered headings of the upper levels with a colon at their end, or with text on their line."""
    for group in lists(view):
        if group[0].family not in _UPPER:
            continue
        nodes = [entry.node for entry in group if entry.node.type == "section"]
        alone = sum(_alone(node) for node in nodes)
        for node in nodes:
            if "heading" in node.fields and begins_line(view.text, node.start):
                yield from _of(view, node, group[0].family == "han" and alone * 2 > len(nodes))


def _alone(node: Node) -> bool:
    return "heading" in node.fields and "text" not in node.fields and bool(node.children)


def _of(view: View, node: Node, others_alone: bool) -> Iterator[Problem]:
    fields, text = node.fields, view.text
    heading: Cut = fields["heading"]
    number = fields["number"]
    values = {"heading": view.read(*heading)}
    if "text" not in fields:
        at = heading.end
        if text[at : at + 1] in ("：", ":") and _alone(node) and text[at + 1 : at + 2] in ("\n", "\r", ""):
            yield Problem(at, at + 1, COLON, values, Fix((Edit(at, at + 1, ""),), "safe", DROP))
        return
    words: Cut = fields["text"] if type(fields["text"]) is Cut else Cut(*fields["text"][0])
    gap = view.read(heading.end, words.start)
    if not gap and (text[heading.end - 1].isascii() or text[words.start].isascii()):
        return  # 升级Power BI: a blank inside a sentence
    if not gap:
        fix = Fix((Edit(heading.end, words.start, line_end(text)),), "unsafe", SPLIT)
        yield Problem(number[1], heading.end, BLANK, values, fix)
    elif others_alone and words.end - words.start >= _LONG:
        fix = Fix((Edit(heading.end, words.start, line_end(text)),), "unsafe", SPLIT)
        yield Problem(number[1], heading.end, RUNS_ON, values, fix)
