"""Names what a figure counts: the noun behind it, or the one before it."""

from __future__ import annotations

from planparse.facts.figures import Figure
from planparse.syntax.lazy import lazy

Span = tuple[int, int]
Subject = tuple[Span, ...]
"""The words of a subject; two stretches where names in a row share their last word."""

LONGEST = 20
"""A subject has no more signs than this."""
LONGEST_COMPOUND = 4
"""A noun that begins with a verb has no more signs than this (检查结果); what is longer is the verb's clause."""
_MEASURES = frozenset(
    (
        "%",
        "‰",
        "‱",
        "百分点",
        "倍",
        "元",
        "美元",
        "欧元",
        "分",
        "℃",
        "公里",
        "米",
        "延长米",
        "平方米",
        "平方公里",
        "亩",
        "公顷",
        "立方米",
        "吨",
        "公斤",
        "微克",
    )
)
"""Units of something that is named before the figure: 合格率达到96%."""
_CLAUSE = lazy('[，,。；;：:！!？?（(）)\\[\\]【】“”"\n\t、]')
_HOURS = frozenset(("小时", "分钟", "秒"))
_LIST_CLAUSE = lazy('[，,。；;：:！!？?（(）)\\[\\]【】“”"\n\t]')
_LEVEL = lazy(
    "(?:(?:总数|总计|合计|共计|累计|分别|分为|平均|人均|总共|至少|最少|最多|至多|应当?|必须|须|需要?|要|力争|确保|争取|原则上|一般|可|将|均|各|都|也|还|再|又|已|"
    "达到|达|为|是|有|共|计|约|到|至|在|增至|降至|增到|升到|降到|减到|保持|稳定|控制|压缩|突破|超过|提高|提升|增加|增长|上升|下降|降低|减少|扩大|压减|缩短|不|未|的|了|就|年均|同比|"
    "每个?月|每年|每周|召开|举行|举办|进行|安排|每学期|每学年|每天|每日|每季度?|每半年|每半个?月|全年|年内|比去年|较去年|较上年|比上年|去年|上年|我们?)[ \u3000]*)+\\Z"
)
_TIMES = (
    "(?:到|至|截至|截止)?(?:\\d{2,4}|[0-9xX]{2,4}|[一二三四五六七八九十○〇]{2,4})年(?:度|底前?|末)?|\\d{1,2}月(?:份|底|末|初)?(?:前|之前)?|\\d{1,2}[日号](?:前|之前)?|"
    "今年|明年|去年|全年|年内|年底(?:前|之?前)?|年度|本年度?|本学期|每学期|每个?月|每年|每周|召开|举行|举办|进行|安排|每天|每日|上半年|下半年|第?[一二三四1-4]季度|目前|现在|计划|预计|其中"
)
_VERBS = (
    "努力|力争|确保|争取|实现|完成|建成|新建|建设|改建|扩建|改造|维修|投入|投资|安排|筹措|筹集|争取|培训|培养|组织|开展|举办|召开|举行|发放|编印|印发|配备|购置|购买|新增|增加|"
    "增设|扩大|推进|推动|落实|进行|选派|选拔|引进|招聘|招录|招收|录用|打造|创建|培育|设立|成立|创办|发展|做好|抓好|拨付|拨出|补助|资助|救助|慰问|走访|检查|排查|整治|整改|查处|办理|"
    "受理|收集|征集|评选|表彰|推荐|申报|制定|制订|出台|修订|编制|编写|开设|提供|种植|栽植|栽种|绿化|铺设|修建|硬化|安装|更换|添置|采购|征收|减免|化解|吸纳|带动|转移|提高|提升|降低|"
    "减少|压缩|要求|使|将|把|对|为|给|向|要|占|保证|保持|做到|达到|落地|实施|启动|覆盖|惠及|服务|集中|轮训|参加|参与|听取|接待|放映|抽查|修缮|联系|新栽|播放|撰写|上交|上报|订阅|订购|征订|拍摄|张贴|悬挂|建(?!筑|设|制|档|国|立)|设(?!施|备|计|置|立|想)|栽(?!培)"
)
_LEADING = lazy(
    f"(?:(?:{_TIMES})[ \u3000]*|(?:我(?:县|市|区|校|局|镇|省|们|院)?|全(?:县|市|区|校|局|镇|省|院|系统)?(?=共|累))|再|共|累计|总计|已|还|并|全面|积极|认真|大力|不断|继续|切实|进一步|以上|前|各类|各种|现有)+"
)
_ANY_VERB = lazy(_VERBS)
_HEADS = lazy(
    "率|比例|比重|占比|面积|总额|总量|金额|经费|资金|成本|里程|人数|次数|数量|数|产值|收入|支出|费用|时间|时长|分数?|度|指数|投资|用量|产量|贷款|水平|规模|长度|总数|价格"
)
_AFTER_STOP = lazy(
    "建立|完成|达到|达|开展|组织|参加|参与|进行|实现|通过|得到|全部|均|都|已|并|要|按|以(?!上|下)|为|由|在(?!校|职|编|岗|建|读|册)|于|被|将|和|与|及|或|的|等|用于|占|到(?!位)|是|有(?!机|线|限|声|关)|接受|纳入|获得|获|取得|投入|建成|铺设|安装|"
    "配备|实行|落实|签订|列入|移交|招生|比(?!赛|武)|较(?!好|大|重|差|强)|其中|左右|以上|以下|以内|且|从|对(?!口|外)|向|给|让|使(?!用)|不(?!良|足|动产|合格|稳定)|未(?!成年)|仍|还|再(?!生)|就(?!业)|予以|给予|提供|实施|负责|牵头|下降|提高|提升|增长|增加|减少|"
    "受到|共(?=计|有|\\d)|各|每|结合|围绕|确保|力争|、|深入|前往|赴|分别|同比|新建|改造|具体|也|能(?!力|源|手)|可|需(?!求)|应(?!急|用|对|届|试|征)|总计|合计|共计|累计|关于|严格|全面(?!建|质)|认真|积极|必须|招收|顺利|基本|"
    "如期|按时|正式|先后|继续|切实"
)
_NOUN = lazy("(?:[“‘][^”’“‘，,。；;]{1,12}[”’])?[\u4e00-\u9fffA-Za-z0-9·%]{0,24}")
_OF = lazy("(?:以上|左右|以内|以下)?的")
_QUALITY = lazy("(?:有|具有|较|以)?[^，,。；;、的]{1,6}(?:性|度|化|型|级|类|好|强|高|大|先)的|有[^，,。；;、的]{1,6}的")
_COMPARED = lazy(
    "(?:分别|均|各)?(?:(?:比(?![例重率])|较)[^，,。；;]{1,10}?(?:多|少|高|低|增加|减少|提高|下降|增长|降低)?|同比(?:增长|下降|增加|减少|提高)?|环比(?:增长|下降|增加|减少)?|占(?:总数|总量|全[\u4e00-\u9fff]{1,8})?)(?:的|了)?\\Z"
)
_FUNDING = lazy(
    "投入|投资|安排|筹措|筹集|拨付|争取|匹配|完成|实现|落实|确保|使得?|要求|提高|降低|提升|下达|支付|发放|兑现|化解|减免|征收|管好|严控|压减|压缩|控制"
)


def subject_of(text: str, start: int, end: int, begin: int, figure: Figure, stop: int, after: int) -> Subject | None:
    """Where the words stand that say what is counted; None where nothing does.

    Args:
        text: The text.
        start: Where the stretch of text begins.
        end: Where it ends.
        begin: Where the figure begins, its comparator included.
        figure: The figure.
        stop: Where it ends, with what is said after it.
        after: Where the figure before it ends.
    """
    start = max(start, after)
    measured = figure.unit is None or figure.unit in _MEASURES or (figure.unit in _HOURS and stop > figure.end)  # 24小时内
    if measured and _OF.match(text, stop, end) is None:
        return _before(text, start, begin) or _after(text, stop, end)
    return _after(text, stop, end) or _before(text, start, begin)


def _after(text: str, stop: int, end: int) -> Subject | None:
    """The noun behind a figure: 35个数字化校园, 20%的学校, 两次有针对性的演练."""
    of = _OF.match(text, stop, end)
    at = of.end() if of is not None else stop
    quality = _QUALITY.match(text, at, end)
    noun = quality.end() if quality is not None else at
    found = _NOUN.match(text, noun, min(end, noun + LONGEST))
    if found is None:
        return None
    cut = _AFTER_STOP.search(text, noun, found.end())
    last = cut.start() if cut is not None else found.end()
    verb = _ANY_VERB.match(text, noun, last)
    if last - noun < 2 or (verb is not None and verb.end() < last and last - noun > LONGEST_COMPOUND):
        return None
    return ((noun, last),)


def _before(text: str, start: int, begin: int) -> Subject | None:
    """The noun before a figure: 持证上岗率达到…, 建成数字化校园…."""
    last = _until(text, start, begin)
    if last > start and text[last - 1] in "”’":  # “优秀班主任”10名
        opening = max(text.rfind(sign, max(start, last - LONGEST), last) for sign in "“‘")
        return ((opening + 1, last - 1),) if 0 <= opening < last - 2 else None
    first = max(start, last - 2 * LONGEST)
    for mark in _CLAUSE.finditer(text, first, last):
        first = mark.end()
    return _trimmed(text, first, last)


def _until(text: str, start: int, begin: int) -> int:
    """Where the noun before a figure ends: before what leads to the figure, and before a bracket behind the noun."""
    low = max(start, begin - 2 * LONGEST)
    level = _LEVEL.search(text, low, begin)
    last = level.start() if level is not None else begin
    if last > low and text[last - 1] in "）)":
        opening = max(text.rfind("（", low, last), text.rfind("(", low, last))
        last = opening if opening > low else last
    return last


def _trimmed(text: str, first: int, last: int) -> Subject | None:
    """The noun of a clause: without times, adverbs and verbs before it, and without what leads to the figure."""
    level = _LEVEL.search(text, first, last)
    last = level.start() if level is not None else last
    compared = _COMPARED.search(text, first, last)
    last = compared.start() if compared is not None else last
    measured = _HEADS.search(text, max(first, last - 3), last)
    at = first
    while at < last:
        lead = _LEADING.match(text, at, last)
        if lead is None or lead.end() == at:
            verb = _ANY_VERB.match(text, at, last)
            if verb is None or 0 < last - verb.end() < 2:
                break
            if measured and last - verb.end() == 2 and _FUNDING.match(text, at, last) is None:
                break  # 培训经费, 参与人数: the verb is part of the noun
            at = verb.end()
            continue
        at = lead.end()
    for verb in (_FUNDING if measured else _ANY_VERB).finditer(text, at, last):
        if len(verb[0]) > 1 and last - verb.end() >= 2:
            at = verb.end()
    while at < last and text[at] in " \u3000的了":
        at += 1
    while at < last and text[last - 1] in " \u3000的由从":
        last -= 1
    if last - at < 2 or last - at > LONGEST:
        return None
    return ((at, last),)


_NAMES_JOINED = lazy("[、和及与]")


def share_out(text: str, start: int, begin: int, count: int) -> list[Subject] | None:
    """The subjects of so many figures in a row, one for each name in the list before them: 小学、初中、高中….

    What follows the last name alone belongs to all of them: 小学、初中、高中生均借书量.
    """
    low = max(start, begin - 60)
    first = low
    for mark in _LIST_CLAUSE.finditer(text, low, begin):
        first = mark.end()
    last = _until(text, first, begin)
    cuts: list[Span] = []
    at = first
    for joint in _NAMES_JOINED.finditer(text, first, last):
        cuts.append((at, joint.start()))
        at = joint.end()
    cuts.append((at, last))
    if len(cuts) != count or any(b - a < 1 or b - a > LONGEST for a, b in cuts):
        return None
    head = _trimmed(text, *cuts[0]) if cuts[0][1] - cuts[0][0] > 2 else None
    cuts[0] = head[0] if head is not None else cuts[0]
    others = text.find("等", *cuts[-1])
    if others > cuts[-1][0] and cuts[-1][1] - others > 2:  # CT、MRI等检查时间
        of_all = (others + 1, cuts[-1][1])
        return [((x, min(y, others)), of_all) for x, y in cuts]
    lengths = {b - a for a, b in cuts[:-1]}
    if len(lengths) == 1:
        length = lengths.pop()
        a, b = cuts[-1]
        if b - a > length:
            rest = (a + length, b)
            return [((x, y), rest) for x, y in cuts[:-1]] + [((a, b),)]
    return [(cut,) for cut in cuts]
