"""The words and marks by which plans are recognised, one table a question. To teach the parser a wording, add a row."""

from __future__ import annotations

import re
from functools import lru_cache

from planparse.syntax.lazy import lazy

D = "\\d"
HAN = "[一二三四五六七八九十]"
WEEKDAY = "(?:周|星期|礼拜|週)[一二三四五六日天]"
DATE_MARK = f"{D}{{1,2}}(?:月{D}{{1,2}}[日号]?|[./]{D}{{1,2}})"

SECOND_NUMERALS, SECOND_DELIMITERS = "2２二其", "是要次、.．)）"
"""How the mark of a second point begins and ends (2., 二是, 其次): without one a line holds no list."""
CLAUSE_MARK = lazy("[，,；;。、：:]")
FULL_STOP = lazy("[。！？；;]")
RUN_IN_LABEL = lazy("[^，。；,;：:]{1,12}[:：](?!\\d)")

# A line that starts so is an entry of its own in a schedule, never the rest of the line above.
STARTS_ENTRY = lazy(
    f"[(（]?(?:{WEEKDAY}|本周|本月|[上中下]旬|月[初中底末]|[上下]午|晚上|全天|{D}{{1,2}}[日号]|{D}{{1,2}}[:：]{D}{{2}}|{DATE_MARK})"
    "|[^，。；,;：:]{1,12}[:：]"
)
STARTS_WITH_TIME = lazy(
    f"[(（]?(?:{WEEKDAY}|本周|本月|[上中下]旬|月[初中底末]|(?:[上下]午|晚上|全天)(?![:：])|{D}{{1,2}}[日号]|{D}{{1,2}}[:：]{D}{{2}}|{DATE_MARK})"
)
HOLIDAY = lazy("放假|假期|休假|国庆|春节|元旦|补假|停课")

# A compiler's mark in front of each plan: 篇1, 【篇一】, 第一篇：, 范文三.
_MARK_NUMBER = f"(?:{HAN}{{1,3}}|{D}{{1,3}})"
PLAN_MARK = lazy(
    f"[【\\[（(*# ]*(?:.{{0,40}}?[ ：:（(【]?(?:篇|范文){_MARK_NUMBER}|.{{0,20}}?第{_MARK_NUMBER}篇(?![章节])|(?:范文|模板|样本)第?{_MARK_NUMBER}[篇份]?)"
    f"(?:[】\\]）)*]*$|[】\\]）)*]*[:：】\\] \u3000].{{0,40}}$)"
)
MARK_VALUE = lazy(f"(?:篇|范文|模板|样本)第?({_MARK_NUMBER})|第({_MARK_NUMBER})篇")

_MARK_HINT = lazy("篇|范文|模板|样本")


def is_plan_mark(work: str, start: int, end: int) -> bool:
    """Whether a line can be a compiler's mark in front of a plan."""
    return (
        end - start <= 60
        and _MARK_HINT.search(work, start, end) is not None
        and PLAN_MARK.match(work, start, end) is not None
        and MARK_VALUE.search(work, start, end) is not None
    )


# What a plan's title ends with; a bracket such as （试行） may follow.
TITLE_KINDS = (
    "计划|规划|方案|要点|安排|安排表|日程|日程表|行事历|校历|计划表|配档表|预案|意见|通知|办法|制度|规定|规程|细则|规则|总结|思路|机制|"
    "制度汇编|守则|公约|纲要|打算|设想|策划书|计划书|策划案|责任书|报告|公告|通报|内容|章程|流程|职责|一览表|工作表|历|大纲|大綱|計畫|計劃|方案表|工作重点"
)
TITLE_END = lazy(f"(?:{TITLE_KINDS})(?:[(（〔【][^()（）]{{1,20}}[)）〕】])?[*》”]*$")
DOCUMENT_KIND_START = lazy("关于|印发")

# A sentence that opens a plan.
OPENING = lazy(
    "(?:制定|制订|拟定|特制|安排|计划|部署|提出|通知|规定|方案|确定|作出)[^。；]{0,14}(?:如下|以下)[^。；]{0,12}[:：。]$"
    "|(?:特|现|特此)?(?:制定|制订)[^。；，]{0,4}(?:本|此|该|如下|以下)?[^。；，]{0,6}(?:计划|方案|制度|预案|办法|规定|细则|意见|要点|规划|安排)[。:：]$"
)
_OPENING_WORDS = ("如下", "以下", "制定", "制订", "特制")


def opens_plan(work: str, start: int, end: int) -> bool:
    """Whether a sentence (…制定如下计划：) opens a plan."""
    return any(work.find(word, start, end) >= 0 for word in _OPENING_WORDS) and OPENING.search(work, start, end) is not None


# A sentence that closes one, at the end of a plan, after the numbered part.
CLOSING = lazy(
    "(?:总之|综上|以上|特此|希望|让我们|请各|望各|同志们|老师们|同学们|最后|新的(?:一年|学年|学期)|在新的|展望|我们相信|相信|本(?:计划|方案|办法|制度|规定|预案|细则|意见)|"
    "备?注[:：]|附注[:：]|说明[:：]|各[^，。：:]{1,16}(?:要|应|须|需|必须|务必|可)(?!求)|各[^，。：:、]{1,12}、各[^，。：:]{1,16}[，,]|未尽事宜|此(?:计划|方案|制度))"
)

CLOSING_SURELY = lazy(
    "总之|综上|以上|特此|未尽事宜|备?注[:：]|附注[:：]|说明[:：]|本(?:计划|方案|办法|制度|规定|预案|细则)(?:自|由|从|解释)"
)
ANNEX = lazy("附(?:件|表|录)?[ ]?[0-9一二三四五六七八九十]{0,2}[:：]|附(?:件|表|录)[ ]?[0-9一二三四五六七八九十]{1,2}$")
BACK_REFERENCE = lazy("前款|前项|本条|上述")

# Headings that stand in every other plan, for plans whose headings run straight into their text.
KNOWN_HEADING = lazy(
    "(?:总体)?(?:指导思想|工作目标|总体目标|总体要求|基本要求|基本原则|工作原则|组织领导|组织机构|组织保障|组织实施|领导小组|工作重点|重点工作|主要工作|主要任务|工作任务|工作内容|活动内容|"
    "主要内容|活动目的|活动主题|活动时间|活动地点|活动对象|活动步骤|活动要求|实施步骤|方法步骤|工作步骤|时间安排|工作安排|具体安排|具体措施|主要措施|工作措施|保障措施|应急措施|工作要求|"
    "有关要求|注意事项|现状分析|情况分析|基本情况|目的意义|奖项设置|评分标准|适用范围|编制依据|编制目的)"
    "(?:及目标|和目标|与目标|及措施|和措施|与措施|及要求|和要求|及内容|和内容|及原则|和原则|与原则)?"
)

PURPOSE = lazy("为(?:了|切实|进一步|加强|做好|确保|认真|深入|全面|保证|贯彻|落实|使|更好)")

# A date alone on a line, as signatures have it.
_YEAR = f"(?:{D}{{4}}|{D}{{2}}[xX×*＊○O]{{2}}|[二一][〇○oO0零0-9一二三四五六七八九xX×]{{3}}|{D}{{2,3}}|民[国國]{D}{{2,3}})"
_MONTH = f"(?:{D}{{1,2}}|[元正一二三四五六七八九十]{{1,2}}|[xX×*]{{1,2}}| +|[\u3000]+)"
_DAY = f"(?:{D}{{1,2}}|[一二三四五六七八九十廿]{{1,3}}|[xX×*]{{1,2}}| +|[\u3000]+)"
DATE_LINE = lazy(
    f"(?:(?:{_YEAR})[ ]?年[ ]?{_MONTH}月(?:[ ]?{_DAY}[日号]?)?|{D}{{4}}[-./]{D}{{1,2}}(?:[-./]{D}{{1,2}})?|{D}{{2}}[xX×]{{2}}[-./]{D}{{1,2}}(?:[-./]{D}{{1,2}})?"
    f"|(?:{_YEAR})[ ]?年{D}{{1,2}}月|{D}{{1,2}}月{D}{{1,2}}日|(?:[xX×]{{2,4}}|{D}{{2}}[*＊]{{2}})[年.][xX×*0-9]{{1,2}}(?:[月.][xX×*0-9]{{1,2}}日?)?)"
    f"(?:[初上中下]旬|印发|发布|[ ]?[(（]?{WEEKDAY}[)）]?)?[。]?$"
)
UNIT_END = lazy(
    "(?:局|科|处|處|室|部|办|委|组|校|院|厅|会|所|站|队|中心|大队|学校|学院|大学|中学|小学|幼儿园|公司|集团|厂|街道|社区|乡|镇|村|县|区|市|政府|支部|党支部|党委|总支|团委|工会|办公室|年级组|"
    "教研组|馆|主席团|社|办公厅|教务处|德育处|政教处|总务处|教研室|项目部|委员会|人民政府|医院|银行|协会|小组|班)$"
)
SIGNER_LABEL = lazy(
    "(?:落款|署名|签发人?|制定人|制表人?|计划人|撰写人|撰稿人?|执笔人?|拟稿人?|审核人?|汇报人|班主任|策划人?|承办人|承辦人|校长|联系人|报送单位|填报人|填表人)[:：][^，。；]{1,30}$"
)
SIGNED_WITH_DATE = lazy(
    f"(?P<issuer>[^，。；：:、,;0-9]{{2,24}}?)[ \u3000]*(?P<date>(?:{_YEAR})[年./-][ ]?{_MONTH}(?:[月./-][ ]?(?:{_DAY}[日号]?)?)?)$"
)

# Column heads of schedules by role, tried in this order.
COLUMN_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (role, lazy(pattern))
    for role, pattern in (
        ("note", "(?:.{0,2}备 ?注|说明|附注|備註|備 ?註|附 ?记|备考)$"),
        ("week", "(?:教学|行政|学)?(?:周 ?次|周 ?数|周 ?别|週 ?次|周 ?序|週別|第几周|教学周|周)$"),
        ("weekday", "(?:星 ?期|周几|星期几)$"),
        ("due", ".{0,4}(?:完成时限|完成时间|截止时间|完成日期|截止日期|时限|截止|办结时间|完成节点|时间节点|时间要求)$"),
        ("date", "(?:.{0,6}(?:日 ?期|时 ?间|时 ?段|日 ?程|起止|起讫|起迄|進度)|月 ?份|月 ?度|月|时期|阶 ?段|年 ?月|起止年月|时间安排|时间段|日子|日程安排)$"),
        ("owner", (".{0,4}(?:负责人|责任人|负责部门|责任部门|责任处室|责任科室|负责处室|负责科室|责任单位|负责单位|主办|承办|主持|牵头|协办|负责|责任|部 ?门|处 ?室|科 ?室|单 ?位|"
         "组织者|执行人|实施部门|实施人|承办单位|参加人员|人员|主讲人|主讲|值周|带班|值班人|值班|主备人|执教|负责教师|實施單位|單位|負責人|承辦單位)(?:/.{1,6})?$")),
        ("place", ".{0,4}(?:地 ?点|场 ?所|场 ?地|位置|教室|会场|地點|地址)$"),
        ("time", "(?:时刻|节次|课时|节数|钟点)$"),
        ("work", (".{0,10}(?:工作|内 ?容|大事|要 ?点|安 ?排|活 ?动|任 ?务|措施|主 ?题|重 ?点|项 ?目|事 ?项|目 ?标|进度|计划|课题|议题|工作项目|教学内容|课程|训练|行事|題目|內容|事項|項目|主題|行事曆|要求|步骤|"
         "方式|形式|交付|产出|成果|教程|专题|科目|单元|章节|作业)(?:[(（].{1,12}[)）]?)?$")),
        ("other", "(?:序 ?号|编 ?号|类 ?别|对 ?象|形 ?式|方 ?式|级 ?别|年 ?级|班 ?级|学 ?科|名 ?称|人 ?数|数 ?量|金 ?额|预 ?算|费 ?用|分 ?值|标 ?准)$"),
    )
)  # fmt: skip
TIME_ROLES = frozenset({"week", "date", "weekday", "time"})


@lru_cache(maxsize=4096)
def column_role(head: str) -> str | None:
    """The role of a column by its head (week, date, weekday, time, work, owner, place, due, note, other), or None."""
    head = "".join(head.split()).strip("*|:：()（）")
    if not head or len(head) > 14:
        return None
    for role, pattern in COLUMN_ROLES:
        if pattern.match(head):
            return role
    return None
