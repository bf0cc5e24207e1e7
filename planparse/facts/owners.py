"""Finds who answers for a promise: labelled slots, closing brackets, 由…负责, leading names, members of a group."""

from __future__ import annotations

import re

from planparse.facts.duties import (
    ALONE,
    CLOSING_VERB,
    LABEL,
    LABELS,
    LEADING,
    LONGEST_LABEL,
    MANNER,
    OFFICE,
    OFFICE_BEFORE,
    POST,
    POST_BEFORE,
    POSTS,
    VERB,
    VERBS,
)
from planparse.facts.lists import Owner, read_names, read_only_names
from planparse.facts.names import is_person, is_role, is_unit
from planparse.facts.words import is_name
from planparse.syntax.lazy import lazy

_COLON = lazy("[：:]")
_LONGEST_SLOT = 400
_LONGEST_CLAUSE = 60
_BLANKS = " \u3000"
LONG_LABEL = 3
"""A shorter label (主任, 成员, 责任) must begin where a word begins."""
_SLOT_LEADS = "（(【[，,。；;、：: \u3000\n\t由及和副）)*#|."
_DUTY_BEFORE_NAME = lazy(
    "(?P<duty>[\u4e00-\u9fff]{4,10})[：:][ \u3000]*(?P<who>[\u4e00-\u9fff]{3}(?:[、 \u3000][\u4e00-\u9fff]{3}){0,7})[ \u3000]*[。；;]?[ \u3000\n]*\\Z"
)
"""数据上传：蒋丽萍 is all that a line says: a duty and who has it."""
_NO_DUTY = lazy(
    "地[点址]|位置|场[地馆]|路线|对象|主题|名称|品牌|学校|班级|单位|时间|奖|撰|校对|签发|作者|电话|课题|题目|书目|教材|姓名|联系|公司|景区|目的地|先进|优秀"
)
_PLACE = lazy("[路桥街道楼区市省县镇村乡园馆厅口庄湖山河江海岛寺]\\Z")
_COMPOUND = lazy("(?:小组|专班|指挥部|办公室|工作|主要|第一|直接|具体|常务|学校|活动|项目|本项|安全|年度|[局校县区市各项]|\\d)\\Z")
_OTHER_LABEL = lazy("[ \u3000]*[\u4e00-\u9fff]{2,6}[：:]")
_PIECE = lazy("[ \u3000]*(?P<piece>[^、，,；;。 ）)\n：:]{0,16})")
_BRACKET = lazy("[（(【\\[](?P<in>[^（()）【】\\[\\]\n]{2,120})[）)】\\]](?=[ \u3000]*(?:[。；;\n.]|\\Z))")
_CLAUSE = lazy("[^，,；;。]+")
_PLACES = lazy(
    "(?:(?:生活|家长|座谈|动员|总结|研讨|例|大|晚|运动|茶话|现场|班|晨|队|推进|交流|报告|发布|展示|分析|年|庙|音乐|联欢|教研|博览|表彰|培训|讨论|听证|协调|调度)会|会议|[讲授听补]课|"
    "[0-9一二三四五六七八九十]+中|学校|校区|小学|中学|大学|幼儿园|[文理工学本专]科|[县市区镇乡村]|校|[教学礼食]堂|教室|会议室|实验室|报告厅|大厅|操场|体育馆|图书馆|广场|公司|医院|社区|单位|部门|"
    "系统|年级|学段)\\Z"
)
"""How names of places and meetings end: in a bracket without a verb they say where or for whom, not who answers."""
_BY = lazy("(?<![缘理自事来原根])由|(?<![所可])以(?=[^及上下内外]{2,20}\\Z)")
_CLAUSE_START = lazy("[，,。；;：:“”\n]")
_JOINED = frozenset("由以及和与、并")


def find_owners(text: str, start: int, end: int) -> list[Owner]:
    """Who a stretch of running text names as answering for it, in order."""
    out: list[Owner] = []
    if _COLON.search(text, start, end) is not None:
        _slots(text, start, end, out)
        _leading(text, start, end, out)
    _brackets(text, start, end, out)
    _verbs(text, start, end, out)
    if text.find("设", start, end) >= 0 or text.find("挂", start, end) >= 0:
        _offices(text, start, end, out)
    return sorted(out)


def names_in(text: str, start: int, end: int) -> list[Owner]:
    """The owners of a stretch that holds nothing but names: a cell of an owner column."""
    out: list[Owner] = []
    _slots(text, start, end, out)
    return out or read_names(text, start, end, "responsible", "unit", apart=False)


def begins_with_slot(text: str) -> bool:
    """Whether a text begins with a labelled slot: 责任单位：…, （牵头单位：…."""
    at = next((k for k, sign in enumerate(text[: LONGEST_LABEL + 2]) if sign in "：:"), -1)
    lead = text[: max(at, 0)].lstrip("（(【[ \u3000")
    return at > 0 and LABEL.fullmatch(lead) is not None


def _add(out: list[Owner], owners: list[Owner]) -> None:
    """Adds those whose place no other has."""
    out.extend(owner for owner in owners if not _taken(out, owner.start, owner.end))


def _taken(out: list[Owner], start: int, end: int) -> bool:
    return any(owner.start < end and start < owner.end for owner in out)


# -- 责任单位：… --------------------------------------------------------------------------------------------------


def _slots(text: str, start: int, end: int, out: list[Owner]) -> None:
    """Labelled slots, in brackets, on lines of their own or in running text."""
    at = start
    while (colon := _COLON.search(text, at, end)) is not None:
        label = LABEL.search(text, max(at, colon.start() - LONGEST_LABEL), colon.start())
        at = colon.end()
        if label is None:
            continue
        first = label.start()
        lead = text[first - 1] if first > start else ""
        if (
            lead
            and lead not in _SLOT_LEADS
            and len("".join(label[0].split())) < LONG_LABEL
            and _COMPOUND.search(text, max(start, first - 4), first) is None
        ):
            continue
        row = LABELS[next(k for k in range(len(LABELS)) if label[f"d{k}"])]
        stop = _slot_end(text, at, end)
        _add(
            out, read_names(text, at, stop, row.duty, row.kind, apart="联系人" not in label[0])
        )  # who is asked does not answer for all below
        at = max(at, stop)


def _slot_end(text: str, at: int, end: int) -> int:
    """Where a slot ends: at a mark, or where the next label begins."""
    last = min(end, at + _LONGEST_SLOT)
    depth = opened = 0
    for k in range(at, last):
        sign = text[k]
        if sign in "（(":
            depth += 1
            opened = k
        elif sign in "）)":
            if depth == 0:
                return k
            depth -= 1
        elif sign in "。！!？?】]\n\t|" or (sign in "；;" and not _name_follows(text, k + 1, last)):
            return k
        elif sign in "：:":
            return opened if depth else _label_start(text, at, k)  # 成员：王强、各校校长（责任单位：办公室）
    return last


def _name_follows(text: str, at: int, end: int) -> bool:
    """Whether what comes after ； is another name, and not another slot or a sentence."""
    if _OTHER_LABEL.match(text, at, end) is not None:
        return False
    found = _PIECE.match(text, at, end)
    piece = found["piece"] if found is not None else ""
    return 2 <= len(piece) <= 14 and (is_unit(piece) or is_person(piece) or is_role(piece))


def _label_start(text: str, at: int, colon: int) -> int:
    """Where the label that ends at a colon begins: at the last mark or blank before it."""
    k = colon
    while k > at and text[k - 1] not in "、，,；; \u3000":
        k -= 1
    return k


# -- （教务处、总务处） -------------------------------------------------------------------------------------------


def _brackets(text: str, start: int, end: int, out: list[Owner]) -> None:
    """Brackets that close a sentence and hold nothing but names: （教务处、总务处）, （市教育局牵头，市财政局配合）."""
    for found in _BRACKET.finditer(text, start, end):
        if not _taken(out, *found.span("in")):
            _add(out, _in_bracket(text, *found.span("in")))


def _in_bracket(text: str, start: int, end: int) -> list[Owner]:
    parts: list[Owner] = []
    waiting = 0  # names whose verb comes in a later clause
    for clause in _CLAUSE.finditer(text, start, end):
        verb = CLOSING_VERB.search(text, *clause.span())
        stop = verb.start() if verb is not None else clause.end()
        duty = VERBS.get(verb["verb"], "responsible") if verb is not None else "responsible"
        names = read_only_names(text, clause.start(), stop, duty, apart=True)
        if not names:
            return []
        parts.extend(names)
        if verb is not None:
            parts[waiting:] = [owner._replace(duty=duty) if owner.duty == "responsible" else owner for owner in parts[waiting:]]
            waiting = len(parts)
    if any(owner.kind == "role" or _PLACES.search(text, owner.start, owner.end) for owner in parts[waiting:]):
        return []
    sure = waiting > 0 or any(owner.kind == "unit" for owner in parts)
    return parts if sure or all(_is_sure(text, owner, owner.end) for owner in parts) else []


# -- 由…负责, 张三：负责… ----------------------------------------------------------------------------------------


def _leading(text: str, start: int, end: int, out: list[Owner]) -> None:
    """张三：负责全面工作: the name that a line begins with."""
    found = LEADING.match(text, start, end)
    if found is None:
        _having(text, start, end, out)
        return
    if _taken(out, *found.span("who")):
        return
    names = read_only_names(text, *found.span("who"), VERBS.get(found["verb"], "responsible"), apart=True)
    if all(_is_sure(text, owner, found.end() + 8) for owner in names):
        _add(out, names)


def _having(text: str, start: int, end: int, out: list[Owner]) -> None:
    """数据上传：蒋丽萍: a duty and who has it, and nothing else. Names of three signs alone are sure enough."""
    found = _DUTY_BEFORE_NAME.match(text, start, end)
    if found is None or out or _NO_DUTY.search(found["duty"]) or LABEL.search(found["duty"]):
        return
    names = read_only_names(text, *found.span("who"), "responsible", apart=True)
    said = [text[owner.start : owner.end] for owner in names]
    if names and all(is_person(name) and not is_unit(name) and not _PLACE.search(name) and is_name(name, name) for name in said):
        out.extend(names)


def _verbs(text: str, start: int, end: int, out: list[Owner]) -> None:
    """由教务处负责, 教务处牵头, 由王强同志兼任, 校长任组长."""
    at = start
    for found in VERB.finditer(text, start, end):
        verb = found["verb"]
        if POST.match(text, found.start(), end) is None:
            held = verb in ("兼任", "担任")
            duty = _post_before(text, max(at, start), found.start()) if held else None
            _before_verb(text, max(at, start), found.start(), duty or VERBS[verb], verb in ALONE, held, out)
        at = found.end()
    at = start
    for found in POST.finditer(text, start, end):
        _before_verb(text, at, found.start(), POSTS.get(found["post"].removeprefix("常务"), "head"), alone=True, sure=True, out=out)
        at = found.end()


def _post_before(text: str, start: int, stop: int) -> str | None:
    """The duty of the post that stands before 由: 副组长由总工程师担任."""
    post = POST_BEFORE.search(text, start, stop)
    return None if post is None else POSTS.get(post["post"].removeprefix("常务"), "head")


def _before_verb(text: str, start: int, stop: int, duty: str, alone: bool, sure: bool, out: list[Owner]) -> None:
    """The names before a verb, if names are what stands there. Without 由, all of the clause must be names (`alone`)."""
    low = max(start, stop - _LONGEST_CLAUSE)
    first = low
    for mark in _CLAUSE_START.finditer(text, low, stop):
        first = mark.end()
    led = None
    for by in _BY.finditer(text, first, stop):
        led = by.end()
    if led is None and not alone:
        return
    first = first if led is None else led
    if led is None and first == low > start:
        return
    last = stop
    while (manner := MANNER.search(text, first, last)) is not None:
        sure = sure or "同志" in manner[0]
        last = manner.start()
    while first < last and (text[first] in _JOINED or text[first] in _BLANKS):
        first += 1
    opening = max(text.rfind("（", first, last), text.rfind("(", first, last))
    if opening >= 0 and not any(sign in "）)" for sign in text[opening:last]):
        first = opening + 1
    if last - first < 2 or _taken(out, first, last):
        return
    names = read_only_names(text, first, last, duty, apart=False)
    if sure or all(_is_sure(text, owner, stop + 4) for owner in names):
        _add(out, names)


def _is_sure(text: str, owner: Owner, end: int) -> bool:
    """Whether a name that is made like a person's is one: 周末, 安全 and 高峰 begin with surnames, too."""
    if owner.kind != "person" or owner.end - owner.start > 3:
        return True
    return is_name(text[owner.start : owner.end], re.sub("[\\s]", "", text[owner.start : end]))


def _offices(text: str, start: int, end: int, out: list[Owner]) -> None:
    """办公室设在基础教育股."""
    for found in OFFICE.finditer(text, start, end):
        if OFFICE_BEFORE.search(text, max(start, found.start() - 16), found.start()) is None:
            continue
        names = read_names(text, *found.span("who"), "office", "unit", apart=False)
        _add(out, [owner for owner in names[:1] if is_unit(text[owner.start : owner.end])])
