"""Finds the figures a text promises: which of its figures bind, how they bind, and what they count."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from planparse.facts.figures import Figure, find_figures
from planparse.facts.subjects import Subject, share_out, subject_of
from planparse.facts.units import BY_NAME
from planparse.syntax.lazy import lazy


class Times(Protocol):
    """What must be known of the time expressions around a figure."""

    def holds(self, start: int, end: int) -> bool:
        """Whether the place lies inside a time expression that is no mere duration."""
        ...

    def ends_at(self, place: int) -> bool:
        """Whether a time expression ends there: in 年底前14家 the 前 belongs to the time."""
        ...


class Target(NamedTuple):
    """A promised figure."""

    start: int
    """Where its words begin, the comparator included."""
    end: int
    figure: Figure
    comparator: str
    change: str | None
    """`increase` or `decrease` where the figure tells how far something rises or falls; None for a level."""
    subject: Subject | None
    said: bool = False
    """Whether the comparator stands before the figure: then it holds for the figures that follow in a row."""


# -- how a figure binds ------------------------------------------------------------------------------------------

_REACH = "(?:达到|达|到|为|在|有|是|于)?[ \u3000]?"
BEFORE = (
    (">=", f"(?:不少于|不低于|不小于|不得少于|不得低于|不能少于|不能低于|不下于|不应少于|不应低于|达到或超过|起码|最低){_REACH}"),
    (">=", "(?:≥|≧|>=|＞＝)[ \u3000]?"),
    ("<=", "(?:≤|≦|<=|＜＝)[ \u3000]?"),
    (">", "[>＞][ \u3000]?"),
    ("<", "[<＜][ \u3000]?"),
    (">=", "(?:至少|最少)[^，,。；;、：:\\d一二两三四五六七八九十百]{0,10}"),
    ("<=", f"(?:不超过|不高于|不多于|不大于|不得超过|不得高于|不得多于|不能超过|不超出|不突破|不超|最高){_REACH}"),
    ("<=", "(?:至多|最多)[^，,。；;、：:\\d一二两三四五六七八九十百]{0,10}"),
    (">=", f"(?:不少于|不低于)[^，,。；;、：:\\d]{{1,12}}的{_REACH}"),
    ("<=", f"(?:不超过|不高于|不突破)[^，,。；;、：:\\d]{{1,12}}的{_REACH}"),
    ("<=", "(?:控制|压缩|压降|限制)(?:在|到|为)(?:了)?"),
    (">", f"(?:首次)?(?:突破|超过|超出|高于|大于|多于|高出|(?<![彩高赶班])超|逾)(?:了|到)?{_REACH}"),
    ("<", f"(?:低于|小于|少于|不足|不到|不满|未满){_REACH}"),
    ("~", "(?:达到|达|为|有)?(?:大约|约为|约有|约需|约|近|将近|接近|大致|预计约|大概)"),
)
"""Comparators that stand before a figure; the first that fits counts."""
_BEFORE = lazy("(?:" + "|".join(f"(?P<c{k}>{words})" for k, (_, words) in enumerate(BEFORE)) + ")(?:约|近)?[ \u3000]?\\Z")
_BEFORE_SIGNS = frozenset("少低小下过高多大最≥≧≤≦<>＜＞控压限突超逾足到满约近致概起")
"""Each comparator has one of these signs: a look at the signs saves a search."""
AFTER = (
    (">=", "[（(]含[^）)]{0,6}[）)]以上|及以上|以上|\\+(?![\\d])|起(?=[，,。；;、）)\\s]|\\Z)"),
    ("<=", "[（(]含[^）)]{0,6}[）)]以[内下]|及以下|以内|以下|之内|内(?![容部外涵务蒙设])"),
    ("~", "左右|上下"),
)
_AFTER = lazy("[ \u3000]?(?:" + "|".join(f"(?P<c{k}>{words})" for k, (_, words) in enumerate(AFTER)) + ")")
_AFTER_SIGNS = frozenset("内及以左上起+（(之 \u3000")
_MARK = lazy("大关|关口")
_CHANGE = lazy(
    "(?:(?P<up>提高|增加|增长|上升|提升|上涨|扩大|递增|回升|上浮|(?P<than>增|多[产收招开建]?|高|超))|(?P<down>下降|降低|减少|压减|压缩|缩短|下调|回落|下浮|递减|缩减|核减|削减|"
    "(?P<under>降|少|低|减)))(?:了|幅|率)?(?:近|约)?[ \u3000]?\\Z"
)
_CHANGE_OVER = lazy(
    "(?:(?P<up>提高|增加|增长|上升|提升|扩大|扩充)|(?P<down>下降|降低|减少|压减|压缩|缩短|缩减|削减))了?[^，,。；;、：:\\d到至达为共第于]{1,12}\\Z"
)
_CHANGE_SIGNS = frozenset("提增上扩递回多高超下降减压缩核削少低")
"""Each word for a rise or a fall has one of these signs."""
_COMPARED = lazy("(?:比|较|同比|环比)[^，,。；;]{0,16}\\Z")

# -- what makes a figure no promise ------------------------------------------------------------------------------

_ORDINAL = lazy("(?:第|初|高|大)[ \u3000]?\\Z")
_POINTING = frozenset("这那某哪另前后上下本该任首何末同每各")
"""这三个, 前五名, 上一次, 每三人: figures that point at something."""
_POINTED = lazy("(?:以下|如下|下列|下面|上述|其中|之|任何|唯|又)\\Z")
_CLOSING = {"“": "”", "‘": "’", "「": "」", "『": "』", '"': '"', "'": "'", "《": "》", "〈": "〉"}
_LONGEST_QUOTED = 14
_AROUND_THE_CLOCK = lazy("(?!内|以内|之内|[，,。；;])")
_FROM = lazy("(?:增加|提高|上升|下降|减少|压缩|扩大|提升|增长|降低|增|升|降|减|缩短|调整|扩)(?:到|至|为)")
_PARTS = lazy("(?:大|主要|具体|不同|个)?(?:方面|阶段|层面|层次|环节|步骤|部分|维度|板块|时段|小组)")
"""Nouns whose number only tells how the text is divided."""
_SLOGAN = lazy(
    "(?:大|主要|具体|不同|个)?(?:方面|阶段|层面|层次|环节|步骤|部分|原则|关系|结合|到位|坚持|统一|不准|严禁|必须|一律|确保|转变|维护|确立|意识|自信|代表|要点|关键|"
    "突出|强化|抓手|全面|服从|毫不动摇|务必|规定|纪律|加强|提升|延伸|层级|维度|体系|不放过|落实|严格|统筹|促进|注重|聚焦|责任|关口|防线|中心|时段|"
    "基本|文明|革命|精准|优先|导向|围绕|立足|着力|着眼|轮子|课堂|台阶|节点|要素|角度|梯次|需要|满意|好|严|明确|问责|面向|服务|为主|认同|牢固|永远|线|腿|会议|全会|全体|党代会|人代会|代表大会|产业|供水|一)"
)
"""Nouns after which a count in Chinese numerals tells how the text goes on, or is part of a slogan."""
_ANNOUNCED = lazy(
    "[^，,。；;：:]{0,8}(?:工作|任务|措施|要求|问题|事项|内容|重点|工程|行动|机制|制度|特点|特征|目标|方针)(?:[：:。]|[，,]?(?:一是|即|分别是|具体)|\\Z)"
)
_ATTACHED = lazy("[A-Za-z0-9０-９._/#№＃@．×xX*\\-–]\\Z")
_NUMBERED = lazy("(?:编号|电话|热线|邮编|账号|号码|群号?|传真|邮箱|门牌|学号|代码|版本)[：:]?[ ]?\\Z")
_CONDITION = lazy("的(?!目标|要求|标准|水平|比例|任务|速度|幅度|[，,。；;])")
_GRADES = frozenset(("分", "元"))
_COUNTED = lazy("[\u4e00-\u9fff]{1,6}?(?:达到|达|有|占|不少于|不低于|突破|超过)?\\d")
"""600分以上考生31人, 超10亿元项目1个: the first figure tells which are counted."""
_LASTS = lazy("(?:达到|达|保持在|稳定在)\\Z")
"""What makes a time a measure: 优良天数达到310天以上."""
_REACHES = lazy("(?:达到|达|到|为|有|完成|实现|保持|稳定|培训|组织|开展|投入|建成|不)[^，,。；;]{0,3}\\Z")
_FIGURE_FOLLOWS = lazy("[ ]?(?:\\d|[一二三四五六七八九十百]{1,3}[名人个所])")
_FREQUENT = lazy(
    "(?:每|半|一|两|逐)(?:个|[一两二三四1-9]{1,2}(?:个)?)?(?:年|月|周|天|日|学期|季度?|学年|旬|人|校|班|科|组|村|镇|乡|户|所|名|位|单位|支部|部门|学校|教师|党员|半年)[^，,。；;：:\\d]{0,10}\\Z"
)
_HELD = lazy(
    "(?:召开|举行|举办|组织|开展|进行|安排|参加|集中|开设|编发|通报|调度|慰问|走访|公布|更新|培训|演练|检查|督查|排查|轮训|报告|研究|学习|总结)(?:了|好)?[ ]?\\Z"
)
_HELD_BEFORE = lazy("(?:演练|检查|督查|排查|培训|会议|例会|通报|活动|调度|大扫除|测试|考核|更新|一学期|半年|一年|学期|每月|每周)[ ]?\\Z")
_BUILT = lazy(
    "(?:新建|建成|建设|创建|改建|扩建|迁建|打造|培育|设立|创办|兴建|建|新增|增设|改造|修建|配备|购置|添置|创成|推出)(?:了|好)?[ ]?\\Z"
)
_BUILT_BEFORE = lazy(
    "(?:新建|建成|建设|创建|改建|扩建|迁建|打造|设立|创办|兴建|新增|增设|改造|修建|配备|购置|添置)[^，,。；;、：:的]{2,16}\\Z"
)
_ENDS = lazy("[，,。；;、！!）)\\s]|\\Z")
_BUILT_NOUN = lazy(
    "[^，,。；;、]{0,14}?(?:点|基地|中心|园|室|站|学校|小学|中学|镇|村|示范区|馆|厂|品牌|平台|医院|敬老院|楼|场|企业|社区|合作社|公园|泵站|厕所|污水处理厂)(?:[，,。；;、）)]|\\Z)"
)
_PARTS_SENTENCE = lazy("[。；;！!？?\n]")
_GOES_ON = lazy(
    "[，,（( ]*(?:(?:分别|其中)?占[^，,]{0,14}|(?:最终|力争|确保|并|分别)*(?:达到|达|增至|升至|降至|增加到|提高到|提升到|下降到|降到|为|约)*)"
)
"""What stands between two figures of one subject: 提高2个百分点，达到12%."""
_FORCED = frozenset((">=", "<=", ">", "<"))

_MISHAPS = (
    "事故|伤亡|死亡|投诉|上访|差错|失误|违纪|违规|违法|犯罪|案件|火灾|火情|辍学|溺水|感染|缺陷|"
    "溺亡|发案|事件|拒收|流失|泄露|泄漏|疫情|浪费|积压|欠薪|逾期|超标|发生|增长|新增"
)
ZERO = lazy(f'[“‘"「]?零[”’"」]?(?:重大|责任)?(?P<what>[\u4e00-\u9fff]{{0,4}}?(?:{_MISHAPS}))[”’"」]?')
ZERO_AFTER = lazy(f"(?P<what>[\u4e00-\u9fff]{{0,6}}(?:{_MISHAPS})(?:率|数|量)?)(?:为|保持|实现)(?P<zero>零)(?=[，,。；;、！!）)]|\\Z)")
BARE = lazy(
    "(?:不低于|不少于|不超过|超过|突破|高于|低于|控制在|达到|达|增至|增加到|提高到|提升到|上升到|降至|降到|降低到|减少到|保持在|稳定在)(?:达到|达)?[ ]?"
    "(?P<n>\\d{1,3}(?:[,，]\\d{3})+|\\d{2,}(?:\\.\\d+)?|\\d\\.\\d+)(?=以上|以下|以内|左右|大关|\\s{0,3}(?:[，,。；;、）)]|\\Z))"
)


def find_targets(text: str, start: int, end: int, times: Times) -> list[Target]:
    """The figures that a stretch of running text promises, in order."""
    out: list[Target] = []
    titles = _titles(text, start, end)
    for figure in find_figures(text, start, end):
        if titles and any(a <= figure.start < b for a, b in titles):
            continue
        target = _judge(text, start, end, figure, times, out[-1] if out else None)
        if target is not None:
            out.append(target)
    more = list(_bare(text, start, end, out, times))
    if text.find("零", start, end) >= 0:
        more.extend(_zeros(text, start, end, titles))
    if more:
        out = sorted([*out, *more], key=lambda target: target.start)
    return _shared_out(text, start, out) if len(out) > 1 else out


def _titles(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where titles in 《》 stand: figures in them are names."""
    out = []
    at = text.find("《", start, end)
    while at >= 0:
        close = text.find("》", at, end)
        if close < 0:
            break
        out.append((at, close))
        at = text.find("《", close, end)
    return out


def _judge(text: str, start: int, end: int, figure: Figure, times: Times, before: Target | None) -> Target | None:
    """The target that a figure is; None where it promises nothing."""
    at = figure.start
    if _named(text, start, end, figure) or times.holds(at, figure.end):
        return None
    comparator, begin = _comparator_before(text, start, at)
    said = begin < at
    stop = figure.end
    after = _AFTER.match(text, stop, end) if text[stop : stop + 1] in _AFTER_SIGNS else None
    if after is not None and after.lastgroup is not None:
        comparator = comparator if comparator in _FORCED else AFTER[int(after.lastgroup[1:])][0]
        stop = after.end()
        if (
            not said
            and figure.unit not in ("%", None)
            and (_is_condition(text, start, at, stop, end) or (figure.unit in _GRADES and _COUNTED.match(text, stop, end) is not None))
        ):
            return None
    if comparator == "=":
        comparator = ">" if figure.more else "~" if figure.vague else "="
    if (
        said
        and comparator in ("<", ">")
        and figure.unit not in ("%", None)
        and (_is_condition(text, start, begin, stop, end) or (figure.unit in _GRADES and _COUNTED.match(text, stop, end) is not None))
    ):
        return None
    mark = _MARK.match(text, stop, end)
    stop = mark.end() if mark else stop
    if _FIGURE_FOLLOWS.match(text, stop, end):
        return None
    change = _change(text, start, begin, figure)
    if before is not None and before.figure.unit == figure.unit and _row(text, before.end, begin):
        if comparator == "=" and before.said:
            comparator = before.comparator
        said = said or before.said
        change = change or before.change
    if not _binds(text, start, end, figure, comparator, change, begin, times):
        return None
    subject = subject_of(text, start, end, begin, figure, stop, before.end if before is not None else start)
    if before is not None and _row(text, before.end, begin) and (subject is None or figure.written_unit == before.figure.written_unit):
        subject = subject if subject is not None and subject[0][0] > stop - 1 else before.subject
    if (
        subject is None
        and before is not None
        and not _PARTS_SENTENCE.search(text, before.end, begin)
        and (change or _GOES_ON.fullmatch(text, before.end, begin))
    ):
        subject = before.subject  # 在校生数达到56852人，比去年多3707人
    return Target(begin, stop, figure, comparator, change, subject, said)


def _named(text: str, start: int, end: int, figure: Figure) -> bool:
    """Whether a figure is part of a name or a number of something: 第3期, 213号, “三个问责”, A4."""
    at = figure.start
    if at == start:
        return False
    lead = text[at - 1]
    if (
        lead in "第数几"
        or (not figure.han and lead in "一二三四五六七八九十")
        or (_ATTACHED.match(lead) and not (figure.unit == "%" and lead in "-–"))
    ):
        return True
    if _ORDINAL.search(text, max(start, at - 2), at) and figure.han:
        return True
    if _quoted(text, start, end, figure):
        return True
    if figure.written_unit == "小时" and figure.value == 24 and _AROUND_THE_CLOCK.match(text, figure.end, end):
        return True
    if lead in "点时" and figure.unit == "分" and text[at - 2 : at - 1].isdecimal():  # 2点30分
        return True
    if lead in "由从" and _FROM.match(text, figure.end, end):  # 由3万册增加到5万册
        return True
    return _NUMBERED.search(text, max(start, at - 6), at) is not None


def _quoted(text: str, start: int, end: int, figure: Figure) -> bool:
    """Whether a figure stands inside a short quotation: “三个问责”, “两个100%”."""
    for k in range(figure.start - 1, max(start, figure.start - 7) - 1, -1):
        sign = text[k]
        if sign in _CLOSING:
            close = text.find(_CLOSING[sign], figure.end, min(end, k + _LONGEST_QUOTED))
            return close >= 0
        if sign in "”’」』》〉，,。；;：:":
            return False
    return False


def _comparator_before(text: str, start: int, at: int) -> tuple[str, int]:
    """The comparator before a figure and where it begins; `=` and the figure's own place without one."""
    low = max(start, at - 16)
    said = None if _BEFORE_SIGNS.isdisjoint(text[low:at]) else _BEFORE.search(text, low, at)
    if said is None or said.lastgroup is None:
        return ("~", at - 1) if at > start and text[at - 1] == "上" and text[at] in "百千万" else ("=", at)
    return BEFORE[int(said.lastgroup[1:])][0], said.start()


def _is_condition(text: str, start: int, at: int, stop: int, end: int) -> bool:
    """50人以上的班级: the figure tells which are meant."""
    return _CONDITION.match(text, stop, end) is not None and _REACHES.search(text, max(start, at - 8), at) is None


def _row(text: str, left: int, right: int) -> bool:
    """Whether two figures stand in a row: 10册、14册."""
    return left < right <= left + 3 and text[left:right].strip(" \u3000") in ("、", "和", "及", "与", "，", ",", "和近")


def _binds(text: str, start: int, end: int, figure: Figure, comparator: str, change: str | None, begin: int, times: Times) -> bool:
    """Whether a figure is more than a word of its sentence."""
    unit = BY_NAME.get(figure.written_unit or "")
    if unit is not None and unit.bound:
        return change is not None or (
            comparator in _FORCED and (begin < figure.start or _LASTS.search(text, max(start, begin - 4), begin) is not None)
        )
    if figure.form == "scale":
        return figure.more or begin < figure.start
    if figure.form:
        return True
    at = figure.start
    lead = text[at - 1] if at > start else ""
    if comparator not in _FORCED and lead and lead in _POINTING and not (times.ends_at(at) or (lead in "每各" and not figure.han)):
        return False
    if _PARTS.match(text, figure.end, end):
        return False
    if not figure.han:
        return True
    if figure.value == 1 and figure.upper is None:
        return _one(text, start, end, figure, comparator)
    if _POINTED.search(text, max(start, at - 2), at):
        return comparator in _FORCED
    if comparator in _FORCED or comparator == "~":
        return True
    if _SLOGAN.match(text, figure.end, end):
        return False
    return _ANNOUNCED.match(text, figure.end, end) is None or figure.value > 10


def _one(text: str, start: int, end: int, figure: Figure, comparator: str) -> bool:
    """Whether a written 一 counts: 每月一次, 至少一次, 新建一所; but not 一个环节, 一支队伍."""
    at, stop = figure.start, figure.end
    if figure.written_unit in ("%", "元", "倍", "分钟", "小时", "课时", "学时", "亩", "公里", "吨"):
        return True
    if text[stop : stop + 1] == "一" or (at > start and text[at - 1] in "同统唯逐"):
        return False
    if comparator in _FORCED:
        return True
    low = max(start, at - 18)
    unit = BY_NAME.get(figure.written_unit or "")
    if _FREQUENT.search(text, low, at) and (
        unit is not None and (unit.one or figure.written_unit in ("份", "篇", "名", "节", "条", "项", "件"))
    ):
        return True
    if unit is None:
        return False
    if unit.one == "event":
        return _HELD.search(text, low, at) is not None or _HELD_BEFORE.search(text, low, at) is not None
    if unit.one != "built":
        return False
    if _BUILT_BEFORE.search(text, max(start, at - 24), at) is not None and _ENDS.match(text, stop, end) is not None:
        return True  # 新建垃圾中转站一座
    return _BUILT.search(text, low, at) is not None and _BUILT_NOUN.match(text, stop, end) is not None


def _change(text: str, start: int, begin: int, figure: Figure) -> str | None:
    """Whether a figure tells a rise or a fall."""
    if figure.form == "multiple":
        return "increase"
    low = max(start, begin - 20)
    if figure.unit != "百分点" and _CHANGE_SIGNS.isdisjoint(text[low:begin]):
        return None
    found = _CHANGE.search(text, low, begin)
    if found is not None:
        if (found["than"] or found["under"]) and not _COMPARED.search(text, low, found.start()) and figure.unit != "百分点":
            return None
        return "increase" if found["up"] else "decrease"
    if figure.unit == "百分点":
        over = _CHANGE_OVER.search(text, low, begin)
        return "decrease" if over is not None and over["down"] else "increase"
    over = _CHANGE_OVER.search(text, low, begin)
    if over is None:
        return None
    return "increase" if over["up"] else "decrease"


def _zeros(text: str, start: int, end: int, titles: list[tuple[int, int]]) -> list[Target]:
    """零事故, “零”投诉."""
    out = []
    for found in ZERO.finditer(text, start, end):
        if found.start() > start and text[found.start() - 1] in "百千十万点之":
            continue
        if any(a <= found.start() < b for a, b in titles):
            continue
        figure = Figure(*found.span(), 0.0, None, None, 0.0, None, None, form="zero", han=True)
        out.append(Target(*found.span(), figure, "=", None, (found.span("what"),)))
    for found in ZERO_AFTER.finditer(text, start, end):
        figure = Figure(*found.span("zero"), 0.0, None, None, 0.0, None, None, form="zero", han=True)
        out.append(Target(*found.span("zero"), figure, "=", None, (found.span("what"),)))
    return out


def _bare(text: str, start: int, end: int, known: list[Target], times: Times) -> list[Target]:
    """Figures without a unit that are said to be reached: 在校生数达到56852."""
    out = []
    for found in BARE.finditer(text, start, end):
        at, stop = found.span("n")
        if any(target.start <= at < target.end for target in known) or times.holds(at, stop):
            continue
        value = float(found["n"].replace(",", "").replace("，", ""))
        comparator, begin = _comparator_before(text, start, at)
        after = _AFTER.match(text, stop, end) if text[stop : stop + 1] in _AFTER_SIGNS else None
        if after is not None and after.lastgroup is not None:
            comparator = comparator if comparator in _FORCED else AFTER[int(after.lastgroup[1:])][0]
            stop = after.end()
        figure = Figure(at, found.end("n"), value, None, None, value, None, None, form="bare")
        out.append(Target(begin, stop, figure, comparator, None, subject_of(text, start, end, begin, figure, stop, start)))
    return out


def _shared_out(text: str, start: int, targets: list[Target]) -> list[Target]:
    """Gives figures in a row the names in a row before them, one each."""
    out = list(targets)
    k = 0
    while k < len(out):
        last = k
        while (
            last + 1 < len(out)
            and out[k].figure.form != "zero"
            and out[last + 1].figure.unit == out[k].figure.unit
            and _row(text, out[last].end, out[last + 1].start)
        ):
            last += 1
        if last > k:
            names = share_out(text, start, out[k].start, last - k + 1)
            subject = out[k].subject
            for j in range(k, last + 1):
                out[j] = out[j]._replace(subject=names[j - k] if names is not None else subject)
        k = last + 1
    return out
