"""What the rules about commitments share: which entries of a plan are tasks, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from planparse.rules.view import View, Visit
from planparse.syntax.lazy import lazy
from planparse.syntax.tree import Cut, Node

SHORTEST = 6
"""A task has no fewer characters than this: 加强领导 is a heading."""
_PROSE = frozenset({"narrative", "sequence", "ordinal"})
"""Styles of numbers that count in running text (GB/T 15834-2011 B.3.7): what they count belongs to the entry above."""
_PARTS = frozenset({"paragraph", "noise"})
_LINE_ENDS = "\n\r\x0b\t|"
_BLANKS = " \u3000\u00a0\u200b"
_NO_PLAN = lazy("(?:制度|办法|规定|规程|细则|规则|章程|守则|公约|职责|总结|报告|流程|预案|通报|须知)(?:汇编)?(?:[（(【].{0,20})?$")
"""Titles of documents that tell what holds or what was, not what is to be done."""
_NO_TASKS = lazy(
    "指导思想|原则|现状|情况|回顾|成绩|成效|问题|形势|机遇|挑战|背景|依据|目的|意义|范围|释义|定义|术语|附则|总则|机构|成员|名单|小组|电话|联系|概况|简介|职责"
    "|总结|附件|评分|奖项|奖励|对象|须知|理念|主题"
)
"""Headings under which no tasks stand: what moves the plan, what is the case, who is who."""
_HOW = "(?:继续|进一步|切实|认真|积极|大力|努力|深入|全面|精心|严格|扎实|不断|加快|着力|全力|稳步|有序|有效|及时|按时|定期|充分|广泛|坚决|重点|科学|统筹|合理|主动|逐步|尽快|坚持|抓紧|力争|争取|多元化|[要应须将需]|必须|应当|务必)"
_VERBS = (
    "(?:加强|加大|强化|完善|健全|建[立设成好]|[新扩改]建|改造|维修|修缮|翻修|更[新换]|增[加设]|配[备置齐]|购置|安装|铺设|举[办行]|召开|承办|推[进动行广]|落实"
    "|[抓做搞办管用]好|抓[实细]|制[定订]|拟定|修订|编[制写印]|印发|出台|发布|公布|起草|完成|实现|提[高升]|促进|培[养育]|选[派拔]|深化|拓[展宽]|扩大|优化|规范|整合|清理|排查"
    "|督促|引导|鼓励|支持|探索|创[建新]|争创|打造|开[展设辟放通]|启动|设立|成立|组建|筹[备措建]|收集|整理|汇总|上报|办理|协调|协助|配合|走访|慰问|打击|查处|化解|处理|解决"
    "|消除|防范|压减|降低|减少|摸清|布置|核查|审核|征集|发放|签订|确保|保证|引进|招[聘录]|补充|充实|理顺|巩固|构建)(?![了过得的者率]|阶段)"
    "|(?:实施|组织|检查|考核|评估|宣传|培训|统计|调研|调查|表彰|验收|评选|推荐|申报|开发|采购|督导|督查|指导|控制|试点|整治|保障)"
    "(?![了过得的者率月周日]|阶段|思想|保障|架构|结构|时间|地点|内容|方[式法案]|办法|标准|步骤|[小工]?[组作]|情况|目标|要求|机构|领导|成员|人员|对象|流程|程序|依据|重点|结果|范围|指标|项目|制度|体系|机制|管理[。:：]?$)"
)
_TASK = lazy(f"(?:{_HOW}){{0,4}}(?:{_VERBS})")
_NAMES = lazy("[与和及的、][^，,。；;]{0,6}(?:办法|措施|目标|步骤|方法|保障|安排|要求|内容|重点|项目|方式|思路)$")
"""Headings that name what follows: 优化资源的措施, 组织保障与考核办法."""
_WHO_IS_TO = lazy(f"[^，,。；;：:、\\s]{{2,12}}?(?:必须|应当|务必|[要应须])(?:{_HOW}){{0,4}}(?:{_VERBS})")
"""办公室要继续做好…: who, and what is to be done."""


class Task(NamedTuple):
    """An entry that tells what is to be done."""

    node: Node
    parts: tuple[Node, ...]
    """The entry itself, the points inside its text, the paragraphs under it."""
    start: int
    end: int
    """Where its label stands, or its first words where it has none."""
    timed: bool
    """Whether a heading above it, or its row, names a time."""
    plan: Node

    def facts(self, name: str) -> bool:
        """Whether it or one of its parts has such facts, its own or inherited ones."""
        return any(part.fields.get(name) for part in self.parts)

    def times(self) -> Iterator[dict[str, Any]]:
        """The times that it or its parts name."""
        for part in self.parts:
            when = part.fields.get("when")
            if when is not None:
                yield when
            yield from part.fields.get("times", ())


class _Above(NamedTuple):
    """What holds for what is under a node."""

    barred: bool
    timed: bool


def tasks(view: View) -> Iterator[Task]:
    """The tasks of all plans, in order: numbered entries without entries of their own that say what is to be done."""
    path: list[_Above] = []
    for visit in view.visits:
        node, plan, depth = visit.node, visit.plan, visit.depth
        if plan is None:
            return
        above = path[depth - 1] if depth else _Above(barred=False, timed=False)
        del path[depth:]
        path.append(_below(view, node, above))
        if above.barred or path[-1].barred or not _counts(view, visit):
            continue
        parts = tuple(_parts(view, node))
        if parts and _is_task(view, node):
            start, end = _place(view, node)
            yield Task(node, parts, start, end, above.timed, plan)


def _below(view: View, node: Node, above: _Above) -> _Above:
    if node.type == "plan":
        title = node.fields.get("title")
        return _Above(barred=title is not None and _NO_PLAN.search(view.read(*title)) is not None, timed=False)
    heading = node.fields.get("heading")
    number = node.fields.get("number")
    barred = above.barred or (number is not None and number[0] == "article")
    if heading is not None and not barred:
        words = view.read(*heading)
        barred = _NO_TASKS.search(words) is not None and _TASK.match(words) is None
    return _Above(barred=barred, timed=above.timed or node.fields.get("when") is not None)


def _counts(view: View, visit: Visit) -> bool:
    """Whether a node is an entry of its own: a numbered line, a bullet, an entry of a row."""
    node = visit.node
    if node.type == "item":
        return True
    if node.type != "section" or visit.row is not None or not ("number" in node.fields or node.fields.get("bullet")):
        return False
    return not _is_point(view, node)


def _is_point(view: View, node: Node) -> bool:
    """Whether a section is a part of running text: in the middle of a line, or counted as prose counts."""
    number = node.fields.get("number")
    if number is not None and number[0] in _PROSE:
        return True
    k = node.start - 1
    while k >= 0 and view.work[k] in _BLANKS:
        k -= 1
    return k >= 0 and view.work[k] not in _LINE_ENDS


def _parts(view: View, node: Node) -> Iterator[Node]:
    """A node and all that is part of its words; nothing when other entries stand under it."""
    found = [node]
    k = 0
    while k < len(found):
        for child in found[k].children:
            if child.type not in _PARTS and not (child.type == "section" and _is_point(view, child)):
                return
            found.append(child)
        k += 1
    yield from found


def _is_task(view: View, node: Node) -> bool:
    cuts = view.words(node)
    if not cuts or sum(cut.end - cut.start for cut in cuts) < SHORTEST:
        return False
    if "heading" not in node.fields:
        return _begins_task(view, node, cuts[0])
    named = _NAMES.search(view.read(*cuts[0])) is None and _begins_task(view, node, cuts[0])
    return named or (len(cuts) > 1 and _begins_task(view, node, cuts[1]))


def _begins_task(view: View, node: Node, cut: Cut) -> bool:
    """Whether a stretch of words begins by saying what is to be done, after its time if it has one."""
    start, end = cut
    for when in (node.fields.get("when"), *node.fields.get("times", ())):
        at = when.get("at") if when else None
        if at and start <= at[0] <= start + 1:
            start = at[1]
            break
    work = view.work
    while start < end and work[start] in "，,、：:*_ \u3000\u00a0\u200b）)":
        start += 1
    if work.find("已", start, min(end, start + 30)) >= 0:  # it tells what was done
        return False
    return _TASK.match(work, start, end) is not None or _WHO_IS_TO.match(work, start, end) is not None


def _place(view: View, node: Node) -> tuple[int, int]:
    label = view.label(node)
    if label is not None:
        return label.start, label.end
    cut = view.words(node)[0]
    return cut.start, cut.end
