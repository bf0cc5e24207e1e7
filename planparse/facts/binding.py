"""Which figures promise something: not those in names and slogans, not conditions, not every written 一."""

from __future__ import annotations

from typing import Protocol

from planparse.facts.comparators import FORCED, comparator_before
from planparse.facts.figures import Figure
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
_SECOND = lazy(
    "次(?:结构|构件|砌体|装修|装饰|供水|加压|污染|扬尘|创业|分配|报价|搬运|转运|灌浆|利用|开发|回路|元件|设备|设计|深化|清洁|创新|伤害|事故|灾害|入户|转诊|感染|电池|能源|元素|曲线)"
)
"""二次供水, 二次装修: a second one of its kind, and no count."""
_PART_OF_TIME = lazy("\\d[ ]?(?:小时|分钟?)[ ]?\\Z")
"""2分30秒: the seconds by themselves are no figure."""
_TIMED = frozenset(("分", "分钟", "秒"))
IF = lazy(
    "(?:如果|倘若|假如|一旦|(?<![例诸假比譬有])如(?![期实下何此意同上今约数])|(?<![宛假般])若(?!干))[^，,。；;：:！!？?\\n]{0,50}?"
    "(?:达到|达不到|未达|超过|超出|低于|高于|不足|不到|少于|多于|大于|小于|降至|升至|连续)[^，,。；;：:！!？?\\n]{0,24}"
    "|(?<![适相应担恰充正每])当(?![前地年月日天场季下代事选好作成中])[^。；;：:！!？?\\n]{0,50}?"
    "(?:达到|超过|超出|低于|高于|不足|不到|少于|多于|大于|小于|降至|升至|连续)[^。；;：:！!？?\\n]{0,50}?(?<!小)时(?![间长段限期候刻速])"
)
"""What a sentence makes a condition: 当水位达到35米时, 若低于80%的."""
_IF_SIGNS = ("如", "若", "当", "一旦", "倘")
_WHEN = lazy("(?:及?以[上下])?时(?![间长段限期候刻速])")
"""低于5℃时: what stands before it is a condition."""
_PER_STEP = lazy(
    "每(?:增加|减少|提高|降低|下降|上升|提升|增长|超过|超出|低于|高于|逾期|延迟|推迟|延误|迟到|超|低|高|多|少|增|减|降|升|迟|晚|缺|差)(?:于|过|出|了)?[ ]?\\Z"
)
"""每超1个百分点, 每低1分: how reward and penalty are reckoned."""
_IN_A_ROW = lazy("连续[ ]?\\Z")
_WHICH = lazy("[^，,。；;]{0,14}?的")
_AROUND = lazy("(?:周边|周围|附近|方圆|半径|两侧|沿线|外围)[^，,。；;、：:]{0,4}\\Z")
_INSIDE = lazy("(?:的?范围)?(?:以内|之内|内|范围)")
_LENGTHS = frozenset(("公里", "米", "里", "延长米"))
_CHOSEN = lazy("(?:评选|评出|评比|选树|推选|推荐|选拔|遴选|选聘|选派|选育|表彰|招募|招聘|引进)[^，,。；;：:]{0,24}\\Z")
"""Behind it a scale alone counts: 评选阅读之星百名."""
_ATTACHED = lazy("[A-Za-z0-9０-９._/#№＃@．×xX*\\-–]\\Z")
_NUMBERED = lazy("(?:编号|电话|热线|邮编|账号|号码|群号?|传真|邮箱|门牌|学号|代码|版本)[：:]?[ ]?\\Z")
_CONDITION = lazy("的(?!目标|要求|标准|水平|比例|任务|速度|幅度|[，,。；;])")
_GRADES = frozenset(("分", "元"))
_COUNTED = lazy("[\u4e00-\u9fff]{1,6}?(?:达到|达|有|占|不少于|不低于|突破|超过)?\\d")
"""600分以上考生31人, 超10亿元项目1个: the first figure tells which are counted."""
_LASTS = lazy("(?:达到|达|保持在|稳定在|(?:降|降低|下降|缩短|压缩|缩减|压减|减少)(?:至|到|为))\\Z")
"""What makes a time a measure: 优良天数达到310天以上, 平均住院日降至8天以内."""
_REACHES = lazy("(?:达到|达|到|为|有|完成|实现|保持|稳定|培训|组织|开展|投入|建成|不)[^，,。；;]{0,3}\\Z")
_FREQUENT = lazy(
    "(?:每|半|一|两|逐)(?:个|[一两二三四1-9]{1,2}(?:个)?)?(?:年|月|周|天|日|学期|季度?|学年|旬|人|校|班|科|组|村|镇|乡|户|所|名|位|单位|支部|部门|学校|教师|党员|半年)[^，,。；;：:\\d]{0,10}\\Z"
)
_HELD = lazy(
    "(?:召开|举行|举办|组织|开展|进行|安排|参加|集中|开设|编发|通报|调度|慰问|走访|公布|更新|培训|演练|检查|督查|排查|轮训|报告|研究|学习|总结)(?:了|好)?[ ]?\\Z"
)
_HELD_BEFORE = lazy(
    "(?:(?<![社学协工机])会|演练|检查|督查|排查|培训|会议|例会|通报|活动|调度|大扫除|测试|考核|更新|一学期|半年|一年|学期|每月|每周)[ ]?\\Z"
)
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


def is_named(text: str, start: int, end: int, figure: Figure) -> bool:
    """Whether a figure is part of a name or a number of something: 第3期, 213号, “三个问责”, A4."""
    at = figure.start
    if figure.written_unit == "次" and text.startswith("二次", at) and _SECOND.match(text, at + 1, end):
        return True
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
        return comparator_before(text, start, at)[0] not in FORCED
    if figure.written_unit in _TIMED and _PART_OF_TIME.search(text, max(start, at - 5), at):
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


def is_condition(text: str, start: int, at: int, stop: int, end: int, figure: Figure) -> bool:
    """50人以上的班级, 600分以上考生31人: the figure tells which are meant."""
    if figure.unit in ("%", None):
        return False
    if _CONDITION.match(text, stop, end) is not None and _REACHES.search(text, max(start, at - 8), at) is None:
        return True
    return figure.unit in _GRADES and _COUNTED.match(text, stop, end) is not None


def conditions(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where a text says under which condition something holds: figures in there are no promises."""
    if not any(text.find(sign, start, end) >= 0 for sign in _IF_SIGNS):
        return []
    return [found.span() for found in IF.finditer(text, start, end)]


def is_case(text: str, start: int, at: int, stop: int, end: int, figure: Figure) -> bool:
    """Whether a figure says in which case, how often in a row, or how near: 低于5℃时, 连续两次不合格的, 每超1分, 周边5公里内."""
    follows = text[stop : stop + 1]
    if follows in ("时", "及", "以") and follows and _WHEN.match(text, stop, end):
        return True
    low = max(start, figure.start - 8)
    if text.find("每", low, figure.start) >= 0 and _PER_STEP.search(text, low, figure.start):
        return True
    if (
        text.startswith("连续", max(start, figure.start - 2))
        and _IN_A_ROW.search(text, low, figure.start)
        and _WHICH.match(text, stop, end)
    ):
        return True
    if figure.unit not in _LENGTHS:
        return False
    return _INSIDE.match(text, figure.end, end) is not None and _AROUND.search(text, low, at) is not None


def binds(text: str, start: int, end: int, figure: Figure, comparator: str, change: str | None, begin: int, times: Times) -> bool:
    """Whether a figure is more than a word of its sentence."""
    unit = BY_NAME.get(figure.written_unit or "")
    if unit is not None and unit.bound:
        return change is not None or (
            comparator in FORCED and (begin < figure.start or _LASTS.search(text, max(start, begin - 4), begin) is not None)
        )
    if figure.form == "scale":
        return figure.more or begin < figure.start or _CHOSEN.search(text, max(start, figure.start - 40), figure.start) is not None
    if figure.form:
        return True
    at = figure.start
    lead = text[at - 1] if at > start else ""
    if comparator not in FORCED and lead and lead in _POINTING and not (times.ends_at(at) or (lead in "每各" and not figure.han)):
        return False
    if _PARTS.match(text, figure.end, end):
        return False
    if not figure.han:
        return True
    if figure.value == 1 and figure.upper is None:
        return _one(text, start, end, figure, comparator)
    if _POINTED.search(text, max(start, at - 2), at):
        return comparator in FORCED
    if comparator in FORCED or comparator == "~":
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
    if comparator in FORCED:
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
