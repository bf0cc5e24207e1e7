"""Something stands in the text that is no part of the plan: an advertisement, a web page's links, a compiler's words.

Plans that were copied from web sites bring along what the site put round them or into them: "the editor has collected
for you", advertisements in brackets, pagers, lists of other articles, lines with the author and the number of clicks.
Whoever files or analyses the plan takes it for the plan's words.

What the parser keeps as debris is reported, except an address that comes without a word of advertising (a link's target,
the address for registration) and the links round the article of a saved web page, which are there by nature.

Basis: quality of the data; no clause speaks of it.

Bad:

    某校2024年工作计划
    一、重点工作
    新建幼儿园一所。
    更多计划请关注公众号计划大全
    相关文章：

Good:

    某校2024年工作计划
    一、重点工作
    新建幼儿园一所。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.lazy import lazy
from planparse.syntax.noise import noise_reason
from planparse.syntax.repair import BLANKS
from planparse.syntax.tree import Node

MESSAGES = {
    "advertisement": "this is an advertisement, not a part of the plan",
    "page_navigation": "this is a web page's navigation, not a part of the plan",
    "related_articles": "this leads to other articles and is no part of the plan",
    "compiler_preface": "these are the words of a compiler, not a part of the plan",
    "publication_line": "this tells where the text was published and is no part of the plan",
}
DELETE = "delete it"
RULE = Rule(
    severity="warning",
    basis=Basis("data"),
    messages=tuple(MESSAGES.values()),
    fix="unsafe",
    may_change=frozenset({"noise", "text"}),  # the full stop in front of it closes a sentence, where it ended a heading
)
FURNITURE = ("page_navigation", "related_articles", "publication_line")
"""What every saved web page has round its article."""
GUESSED = ("compiler_preface", "related_articles")
"""What the parser also calls lines in front of the first plan or behind the last, whatever they say."""
_ADDRESS = lazy("https?:|www\\.", re.IGNORECASE)
_CLAIM = lazy("来源|来自|本文|原文|转载|范文|下载|百度|搜索|尽在|更多|小编|秘书|版权|公众号|点击|关注|复制")
_END_OF_LINE = lazy("\r\n|[\r\n]")


def check(view: View) -> Iterator[Problem]:
    """Debris that is no part of a plan; lines of one kind that follow each other are one finding, if the wording of one shows it."""
    found: list[tuple[int, int, str, bool]] = []
    for node in sorted((visit.node for visit in view.of_type("noise")), key=lambda node: node.start):
        reason = node.fields["reason"]
        if not _is_boilerplate(view, node, reason):
            continue
        sure = reason not in GUESSED or noise_reason(view.work, node.start, node.end) is not None
        if found and found[-1][2] == reason and not view.text[found[-1][1] : node.start].strip():
            found[-1] = (found[-1][0], node.end, reason, sure or found[-1][3])
        else:
            found.append((node.start, node.end, reason, sure))
    for start, end, reason, sure in found:
        if sure:
            yield Problem(start, end, MESSAGES[reason], {}, Fix((_deletion(view.text, start, end),), "unsafe", DELETE))


def _is_boilerplate(view: View, node: Node, reason: str) -> bool:
    if reason not in MESSAGES or node.start >= node.end or (reason in FURNITURE and view.source.layout is not None):
        return False
    piece = view.text[node.start : node.end]
    if piece.startswith("<!--"):
        return False  # kept on purpose
    if reason == "advertisement" and _ADDRESS.search(piece):
        return _CLAIM.search(piece) is not None and view.text[max(0, node.start - 1) : node.start] != "]"
    return True


def _deletion(text: str, start: int, end: int) -> Edit:
    """Takes the whole lines with their end where nothing else stands on them, else the stretch with the blanks in front."""
    low, high = start, end
    while low and text[low - 1] in BLANKS and text[low - 1] not in "\r\x0b\x0c\u2028\u2029":
        low -= 1
    while high < len(text) and text[high] in BLANKS and text[high] not in "\r\x0b\x0c\u2028\u2029":
        high += 1
    ended = _END_OF_LINE.match(text, high)
    if low and text[low - 1] not in "\r\n":
        return Edit(low if ended or high == len(text) else start, end, "")
    if ended:
        return Edit(low, ended.end(), "")
    return Edit(low, high, "") if high == len(text) else Edit(start, high, "")
