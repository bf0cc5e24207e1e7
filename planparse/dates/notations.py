"""The table of date notations: how plans write times. To teach planparse a new one, add a row.

A row is a pattern and the kind of time it gives. The names of its groups say what they hold (`GROUPS` lists them); the
reader in `planparse.dates.reading` turns them into a `Written` and joins what rows give to ranges. Rows are tried in
order, those first whose texts are longer; a row is looked at only where its first character stands.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from planparse.syntax.lazy import lazy

GROUPS = {
    "y": "year", "y2": "year of the range's end", "yw": "word for a year", "roc": "year of the Republic (民國)",
    "m": "month", "mw": "word for a month", "d": "day", "dw": "word for a day", "m2": "last month", "d2": "last day",
    "a": "first number of a/b", "b": "second", "c": "first number of the range's end", "e": "second",
    "w": "weekday", "w2": "last weekday", "ww": "word for a week", "n": "number of a week", "n2": "number of the last week",
    "q": "quarter", "q2": "last quarter", "qw": "word for a quarter", "h": "half of a year", "x": "third of a month", "x2": "last third",
    "t": "term", "tw": "word for a term", "s": "season of a term", "p": "five-year plan", "f": "festival", "v": "holidays",
    "edge": "begin, middle or end", "end": "the end of a plan period", "ns": "count", "nw": "ordinal from the front or the back", "ms": "list of months", "ds": "list of days",
    "ws": "list of weekdays", "r": "what repeats", "k": "every so many", "blank": "left open", "lunar": "day of the lunar calendar", "open": "opening bracket", "masked": "written as xx",
}  # fmt: skip
"""What each group of a row holds."""

FOLD = str.maketrans(
    "一二三四五六七八九十廿卅零〇○" "週號學國節個後這禮慶師點開課級間" "０１２３４５６７８９" "—–－─〜～~" "×＊ＸX*" "（）：．／　，" "Ｏ",
    "ÁÂÃÄÅÆÇÈÉÊËÌÀÀÀ" "周号学国节个后这礼庆师点开课级间" "0123456789" "-------" "xxxxx" "():./ ," "O",
)  # fmt: skip
"""Rows are written in folded signs, character for character: 一 to 十 stand as Á to Ê, 廿 as Ë, 卅 as Ì, zero as À; dashes as -,
masks as x; half-width for full-width, simplified for traditional. Python takes long to compile sets of Han characters."""

_S = " {0,2}"
TO = "(?:[ \u200b\n]{0,3}(?:--?|至|到)[ \u200b\n]{0,3})"
_H = "Á-Ê"
_N = f"(?:\\d{{1,2}}|[{_H}]{{1,3}})"
_M = "(?P<m>\\d{1,2}|Ê[ÁÂ]?|[Á-É]|元)"
_M2 = _M.replace("<m>", "<m2>")
_MW = "(?P<mw>本月|当月|这个?月|上上?个?月|下下?个?月|次月(?!考|票))"
_D = "(?P<d>\\d{1,2}|初[Á-Ê]|[Á-Ì]{1,3})"
_D2 = "(?P<d2>\\d{1,2}|[Á-Ì]{1,3})"
_DAY_MARK = "(?:日|号)"
_WK = "(?:周|星期|礼拜)"
_WD = "[Á-Æ日天]"
_W = f"{_WK}(?P<w>{_WD})"
_WEEK = "(?:周|星期)"
_WW = f"(?P<ww>(?:本|这个?|上上?个?|下下?个?){_WEEK})"
_EDGE = "(?P<edge>初(?![Á-Ê])|中(?!旬|学|心|考|下|、|和)|底|末)"
_LISTED = "(?:、|和|及|,)"
_AFTER_NUMBER = "(?!\\d|[ \u3000]?(?:[.%％‰万亿元米吨个人平公亩次倍分㎡]|km|kg|[KM]m|m[²2³3]))"
_NOT_ONCE = "(?!(?<=Á)(?:[次歌测练查评题讲星篇句诗训换考报期]|会(?!议)))"
_MASKED = "(?:(?:19|20)\\d\\d|\\d\\d[xoO]{2}|[ÁÂ][ÀoO0x\u00c1-\u00c9]{3}|x{4})"

YEAR = lazy(
    f"(?P<y>{_MASKED}|1[0-2]\\d(?={_S}年度)|[两Â]千(?:À?[Á-Ê]{{1,3}})?|x{{2,3}}|\\d\\d|À[Á-É]|[Á-É]{{2}}){_S}年度?{_S}"
    f"|民国{_S}(?P<roc>\\d{{1,3}}|[Á-Ê元百]{{1,4}}){_S}年度?{_S}"
    "|(?P<yw>大前年|今年|明年|去年|前年|后年|本年度?|当年|次年|翌年|来年|上一?年度?|下一?年度?)度?的? {0,2}"
)
"""The year in front of a month, a term and so on, or by itself."""
SURELY_YEAR = lazy("高考|中考|学考|会考|届|级|毕业|工作|计划|要点")
"""What makes a year of two digits (07年) one, where no month follows."""
YEAR_ALONE = lazy(f"(?:{_EDGE}|(?!级|以上|间|龄|制|多|之?久|期|规划|功|年))")

_FESTIVALS = (
    "春节|元宵节?|清明节?(?!上河)|端午节?|七夕节?|Ç夕节?|中秋节?|重阳节?|腊八节?|腊È节?|除夕|大年ÃÊ|大年初Á|元旦节?|国庆节?|中元节|"
    "ÅÁ(?:国际)?劳动节|ÅÁ(?=[节放假期长前后小])节?|国际劳动节|劳动节|ÅÄ青年节|青年节|ÆÁ(?:国际)?儿童节|ÆÁ(?=[节放假期前后])节?|儿童节|"
    "ÃÈ(?:国际)?(?:劳动)?妇女节|ÃÈ节|妇女节|植树节|建党节|ÇÁ(?=[节前后期])|建军节|ÈÁ(?=[节前后期]|建军)(?:建军节)?|教师节|消防日|消防宣传日|"
    "母亲节|父亲节|感恩节|圣诞节|平安夜|万圣节|情人节|愚人节|护士节|记者节|世界读书日|世界环境日|国际禁毒日|世界地球日|国家宪法日|宪法日|"
    "国家公祭日|公祭日|烈士纪念日|国家安全教育日|全民国家安全教育日|防灾减灾日|全国防灾减灾日|世界艾滋病日|世界无烟日|爱眼日|全国爱眼日|"
    "(?:全国)?中小学生安全教育日|学雷锋纪念日|学雷锋日|消费者权益日|世界水日|医师节|双ÊÁ"
)


class Notation(NamedTuple):
    """One way of writing a time. `loose` rows look like numbers too: they count only where a time is expected."""

    name: str
    kind: str
    pattern: re.Pattern[str]
    loose: bool
    year: bool
    """Whether a year may stand in front."""


def _row(name: str, kind: str, pattern: str, *, loose: bool = False, year: bool = False) -> Notation:
    return Notation(name, kind, lazy(pattern), loose, year)


_NUMERIC = (
    _row("day/month range", "range", f"(?P<a>\\d{{1,2}}) ?/ ?(?P<b>\\d{{1,2}}){_DAY_MARK}?{TO}(?P<c>\\d{{1,2}}) ?/ ?(?P<e>\\d{{1,2}}){_DAY_MARK}?(?![\\d/])"),
    _row("year-month-day", "date", "(?P<y>[12]\\d{3}|\\d\\dxx)(?P<sep>[./-])(?P<m>\\d{1,2})(?P=sep)(?P<d>\\d{1,2})(?!\\d)"),
    _row("day-month-year", "date", "(?P<d>\\d{1,2})(?P<sep>[./-])(?P<m>\\d{1,2})(?P=sep)(?P<y>(?:19|20)\\d\\d)(?!\\d)"),
    _row("republic year.month.day", "date", "(?P<roc>1[0-2]\\d|[89]\\d)\\.(?P<m>\\d{1,2})\\.(?P<d>\\d{1,2})(?![\\d.])"),
    _row("short year-month-day", "date", "(?P<y>\\d\\d)-(?P<m>\\d{1,2})-(?P<d>\\d{1,2})(?![\\d-])"),
    _row("day-month-short year", "date", "(?P<d>\\d{1,2})(?P<sep>[/-])(?P<m>\\d{1,2})(?P=sep)(?P<y>\\d\\d)(?![\\d/-])"),
    _row("year.month", "month", f"(?P<y>(?:19|20)\\d\\d)\\.(?P<m>0?[1-9]|1[0-2])(?={TO}(?:19|20)\\d\\d\\.|[月,。；)\\]】\\s]|$)"),
    _row("year/month", "month", "(?P<y>(?:19|20)\\d\\d)[-/](?P<m>0[1-9]|1[0-2])(?![\\d/-])", loose=True),
    _row("month.day range", "range", f"(?P<m>\\d{{1,2}})\\.(?P<d>\\d{{1,2}}){TO}(?P<m2>\\d{{1,2}})\\.(?P<d2>\\d{{1,2}}){_AFTER_NUMBER}"),
    _row("month.day-day", "range", f"(?P<m>\\d{{1,2}})\\.(?P<d>\\d{{1,2}}){TO}(?P<d2>\\d{{1,2}}){_AFTER_NUMBER}", loose=True),
    _row("month.day weekday", "date", f"(?P<m>\\d{{1,2}})\\.(?P<d>\\d{{1,2}})(?:{_DAY_MARK}|(?={_S}(?:\\(?{_WK}{_WD}|\\({_WD}\\))))"),
    _row("month.day, due", "date", f"(?P<m>\\d{{1,2}})\\.(?P<d>\\d{{1,2}})(?={_S}(?:之前|以前|前(?!后)))"),
    _row("month.day", "date", f"(?P<m>\\d{{1,2}})\\.(?P<d>\\d{{1,2}}){_AFTER_NUMBER}", loose=True),
    _row("day/month", "date", f"(?P<a>\\d{{1,2}}) ?/ ?(?P<b>\\d{{1,2}})(?:{_DAY_MARK}|(?={_S}(?:\\(?{_WK}{_WD}|\\({_WD}\\))))"),
    _row("day/month, due", "date", f"(?P<a>\\d{{1,2}}) ?/ ?(?P<b>\\d{{1,2}})(?={_S}(?:之前|以前|前(?!后)))"),
    _row("day/month alone", "date", "(?P<a>\\d{1,2}) ?/ ?(?P<b>\\d{1,2})(?![\\d/A-Za-z])", loose=True),
    _row("month-day range", "range", "(?P<m>\\d{1,2})-(?P<d>\\d{1,2}) ?--? ?(?P<m2>\\d{1,2})-(?P<d2>\\d{1,2})(?![\\d-])"),
    _row("month-day", "date", f"(?P<m>\\d{{1,2}})-(?P<d>\\d{{1,2}})(?={_S}(?:\\(?{_WK}{_WD}|\\({_WD}\\)))"),
    _row("years", "year", f"(?P<y>(?:19|20)\\d\\d)年?{TO}(?P<y2>(?:19|20)\\d\\d)(?!\\d|[-./年]?\\d|{_S}学)年?度?"),
)  # fmt: skip
_SPACED = (_row("year month day", "date", "(?P<y>(?:19|20)\\d\\d) (?P<m>\\d\\d) (?P<d>\\d\\d)(?!\\d)", loose=True),)

_TERM = f"(?:(?P<open>\\()?第?(?P<t>Á|Â|上|下|1|2){_S}学期(?(open)\\))|(?P<s>秋|春)季?(?:学期)?)"
_SCHOOL_YEARS = (
    _row("school years", "school_year", f"(?P<y>{_MASKED}){_S}年?(?:{TO}|/)(?P<y2>(?:19|20)?\\d\\d|{_MASKED}){_S}学年度?(?:{_S}{_TERM})?"),
    _row("school years, short", "school_year", f"(?P<y>\\d\\d)-(?P<y2>\\d\\d){_S}学年度?(?:{_S}{_TERM})?"),
    _row("school year", "school_year", f"(?P<y>{_MASKED}|1[0-2]\\d|ÁÁ[À-É]|[Á-Ê]*百[Á-Ê]+){_S}学年度?(?:{_S}{_TERM})?"),
    _row("years, and", "year", "(?P<y>(?:19|20)\\d\\d)年[与和](?P<y2>(?:19|20)\\d\\d)年之?间"),
    _row("years, one 年 each", "year", f"(?P<y>(?:19|20)\\d\\d){_S}年{TO}(?P<y2>(?:19|20)\\d\\d){_S}年度?(?!\\d|{_S}\\d{{1,2}}月)"),
)  # fmt: skip
_TERMS = (
    _row("term", "term", f"第?(?P<t>Á|Â|上|下){_S}学期{_EDGE}?", year=True),
    _row("term by season", "term", "(?P<s>秋|春)(?:季学期|学期|季(?=开学|招生|学|教))", year=True),
    _row("half-year", "half_year", f"(?P<h>上|下)半年度?{_EDGE}?", year=True),
    _row("holidays", "term", "(?P<v>寒假|暑假|寒暑假|暑期)", year=True),
)
_QUARTERS = (
    _row("quarters", "quarter", f"第?(?P<q>[Á-Ä1-4])(?:{TO}|{_LISTED}第?)(?P<q2>[Á-Ä1-4])季度?{_EDGE}?", year=True),
    _row("quarter by letter", "quarter", "[Qq](?P<q>[1-4])(?![0-9A-Za-z])", year=True),
    _row("quarter", "quarter", f"第?(?P<q>[Á-Ä1-4]){_S}个?季度{_EDGE}?", year=True),
    _row("first quarters", "quarter", "(?P<nw>前|最?后)(?P<ns>[Á-Ä1-4]|两)个?季度", year=True),
    _row("first months", "month", f"(?P<nw>前|最?后)(?P<ns>{_N}|两)个月", year=True),
)
_MONTHS = (
    _row("days in a list", "range", f"(?:{_M}{_S}月{_S}|{_MW}{_S})(?P<ds>\\d{{1,2}}{_DAY_MARK}?(?:{_LISTED}\\d{{1,2}}{_DAY_MARK}?){{0,8}}{_LISTED}\\d{{1,2}}){_S}{_DAY_MARK}", year=True),
    _row("month, day", "date", f"(?:{_M}{_S}月份?|{_MW}){_S}{_D}{_S}{_DAY_MARK}", year=True),
    _row("month, edge", "date", f"(?:{_M}{_S}月份?|{_MW}){_EDGE}", year=True),
    _row("month, third", "range", f"(?:{_M}{_S}月份?|{_MW})的?(?P<x>上|中|下)旬", year=True),
    _row("month, thirds", "range", f"(?:{_M}{_S}月份?|{_MW})的?(?P<x>上|中)(?:、|和)?(?P<x2>中|下)旬", year=True),
    _row("month, nth week", "week", f"(?:{_M}{_S}月份?|{_MW})的?第?(?P<nw>[Á-Å]|\\d|最后Á?)个?{_WEEK}(?!{_WD})", year=True),
    _row("month, nth weekday", "date", f"(?:{_M}{_S}月份?|{_MW})的?第?(?P<nw>[Á-Å]|\\d|最后Á?)个?{_W}", year=True),
    _row("month day to day", "range", f"(?:{_M}{_S}月{_S}|{_MW}{_S}){_D}{TO}{_D2}{_S}{_DAY_MARK}", year=True),
    _row("months in a list", "month", f"(?P<ms>(?:\\d{{1,2}}|Ê[ÁÂ]?|[Á-É])月?(?:、(?:\\d{{1,2}}|Ê[ÁÂ]?|[Á-É])月?){{0,10}}[、和](?:\\d{{1,2}}|Ê[ÁÂ]?|[Á-É])){_S}月份?(?!\\d|{_S}\\d|[Á-Ê]{{1,3}}日)", year=True),
    _row("month to month", "month", f"{_M}{_S}月?份?{TO}(?:(?P<y2>{_MASKED}|\\d\\d){_S}年{_S})?{_M2}{_S}月份?(?!{_S}\\d|[Á-Ê]{{1,3}}[日号]|[上中下]旬|初|中旬|底|末)", year=True),
    _row("month, day bare", "date", f"{_M}{_S}月{_S}(?P<d>初[Á-Ê]|[Á-Ì]{{1,3}}|\\d{{1,2}})(?=$|[,。;)、 ]|之|前|至[^\\d])(?!、[Á-Ì\\d]{{1,2}}(?:月|$))", year=True),
    _row("month", "month", f"{_M}{_S}月(?:份|(?![饼票球亮经刊租台嫂季光均报考龄]|{_S}\\d|x{{1,2}}日))", year=True),
    _row("month by word", "month", f"{_MW}(?:份|(?!{_S}\\d))", year=True),
)  # fmt: skip
_MASKED_DAYS = (
    _row("month and day masked", "date", f"(?P<masked>x{{1,2}}){_S}月{_S}(?:x{{1,2}}|\\d{{1,2}}){_S}日", year=True),
    _row("month masked", "month", f"(?P<masked>x{{1,2}}){_S}月(?!x)", year=True),
    _row("day masked", "date", f"{_M}{_S}月{_S}(?P<masked>x{{1,2}}){_S}日", year=True),
)
_YEAR_ENDS = (_row("year, its end", "date", "年(?P<edge>初(?![Á-Ê])|中(?!旬|学|心|考|下|、|和)|底|末)", year=True),)
_BLANKS = (
    _row("year left open", "date", "(?P<y>20|19)[ _]{0,8}年[ _]{1,8}月[ _]{1,8}日(?P<blank>)"),
    _row("left open", "date", "(?P<blank>年)[ _]{1,8}月[ _]{1,8}日"),
    _row("month left open", "date", "(?P<blank>月)[ _]{1,8}日"),
)

_DAYS = (
    _row("days in a list, no month", "range", f"(?P<ds>\\d{{1,2}}日?(?:{_LISTED}\\d{{1,2}}日?){{0,8}}{_LISTED}\\d{{1,2}}){_S}日(?!常|报(?=[表纸社])|记|程|内)"),
    _row("day to day", "range", f"(?P<d>\\d{{1,2}}){_DAY_MARK}?{TO}(?P<d2>\\d{{1,2}})日(?!常|报(?=[表纸社])|记|程|内|游)"),
    _row("day", "date", "(?P<d>\\d{1,2}|[ÊËÌ][Á-É]?|[ÂÃ]Ê[Á-É]?)日(?!常|报(?=[表纸社])|记|程|内|游|以内|之内|三餐)"),
    _row("day by number", "date", "(?P<d>\\d{1,2})号(?![楼令文线机馆车门院室厅教公仓井窑炉召角码])", loose=True),
)  # fmt: skip

_PLAN_PERIODS = (
    _row("five-year plan", "plan_period", '[“"「]?(?P<p>Ê?[Á-É])Å[”"」]?(?:规划)?(?:(?:期间|时期|期)(?P<edge>初|末)?|(?P<end>末))'),
)

_WEEKS = (
    _row("nth week, weekday", "weekday", f"第{_S}(?P<n>{_N}){_S}周的?{_S}\\(?{_WK}(?P<w>{_WD}){_NOT_ONCE}\\)?"),
    _row("nth weeks", "week", f"第{_S}(?P<n>{_N}){_S}周?(?:{TO}|、)第?{_S}(?P<n2>{_N}){_S}(?:教学)?周"),
    _row("nth week", "week", f"第{_S}(?P<n>{_N}){_S}(?:教学|个)?(?:周(?!{_WD}|岁|年)|星期(?!{_WD}))"),
    _row("week code", "week", "[Ww](?:eek)? ?(?P<n>\\d{1,2})(?!\\w)", loose=True),
    *_QUARTERS[:3],
    _TERMS[0],
)  # fmt: skip

_WEEKDAYS = (
    _row("weekdays in a list", "weekday", f"(?:{_WK})(?P<ws>{_WD}(?:(?:、|和|及)(?:{_WK})?{_WD}|{_WK}{_WD}){{1,5}}|Æ日){_NOT_ONCE}"),
    _row("weekday to weekday", "weekday", f"{_W}{TO}(?:{_WK})?(?P<w2>{_WD}){_NOT_ONCE}(?![Á-Ê百千、])"),
    _row("weekday", "weekday", f"{_W}{_NOT_ONCE}(?!鸣)"),
    _row("weekend", "weekday", f"{_WEEK}(?P<ws>末)"),
)  # fmt: skip

_THIS = "(?P<ww>本|这个?|上上?个?|下下?个?)"
_RELATIVE = (
    _row("weekdays of a week in a list", "weekday", f"{_THIS}{_WK}(?P<ws>{_WD}(?:(?:、|和|及)(?:{_WK})?{_WD}|{_WK}{_WD}){{1,5}}|Æ日){_NOT_ONCE}"),
    _row("weekday of a week", "weekday", f"{_THIS}{_W}(?:{TO}(?:{_WK})?(?P<w2>{_WD}))?{_NOT_ONCE}"),
    _row("weekend of a week", "weekday", f"{_THIS}{_WEEK}(?P<ws>末)"),
    _row("week by word", "week", f"{_WW}(?!{_WD}|期)"),
    _row("days", "date", "(?P<dw>今[日天]|明[日天]|大?后天|昨[日天]|大?前天|即日)"),
    _row("quarter by word", "quarter", f"(?P<qw>本|这个?|上个?|下个?)季度{_EDGE}?"),
    _row("term by word", "term", f"(?P<tw>本|新|这个?|上|下)个?学期{_EDGE}?", year=True),
    _row("school year by word", "school_year", f"(?P<tw>本|新|上|下)Á?学年度?{_EDGE}?"),
    _row("term, edge", "term", f"(?:学期|学年|期(?=[初中末]前)){_EDGE}"),
    _row("third by itself", "range", "(?P<x>上|中|下)旬"),
    _row("thirds by themselves", "range", "(?P<x>上|中)(?:、|和)?(?P<x2>中|下)旬"),
    _row("edge by itself", "date", "(?P<blank>年|月)(?P<edge>初(?![Á-Ê])|中(?!旬|学|心|考|下|、|和)|底|末)"),
    _row("within the year", "year", "(?P<blank>年)内"),
)  # fmt: skip

_FESTIVE = (_row("festival", "festival", f"(?:农历)?(?P<f>{_FESTIVALS})", year=True),)

_EVERY_WEEKDAY = f"(?P<ws>{_WD}(?:(?:{TO}|、|和|及)(?:{_WK})?{_WD}|{_WK}{_WD}){{0,5}})"
_REPEATS = (
    _row("every weekday", "recurrence", f"每逢?(?P<k>隔?[两Â-Ä])?个?(?P<r>{_WK})的?{_EVERY_WEEKDAY}{_NOT_ONCE}"),
    _row("every", "recurrence", f"每(?P<k>隔?[两Â-Ê\\d]{{1,2}}|隔|半)?个?(?P<r>周|星期|月|季度|季(?!度)|年度|年(?!度)|学期|学年|工作日|日|天)(?!(?:人|名|位|所|班(?!前|后)|级|种|类|项|初|底|末|上旬|中旬|下旬|的|第|最后)|{_S}[Á-Ì\\d]{{1,3}}{_S}(?:月|日|号)|\\d{{1,2}}{TO}\\d{{1,2}}(?:日|号))"),
    _row("every month's weekday", "recurrence", f"每个?(?P<r>月)的?第?(?P<nw>(?:[Á-Å]|\\d)(?:{_LISTED}第?(?:[Á-Å]|\\d))*|最后Á?)个?{_WK}(?P<ws>{_WD})"),
    _row("every month's day", "recurrence", f"每个?(?P<r>月)的?(?P<ds>\\d{{1,2}}{_DAY_MARK}?(?:{_LISTED}\\d{{1,2}}{_DAY_MARK}?){{0,5}}|[Á-Ì]{{1,3}}){_DAY_MARK}"),
    _row("every quarter's last month's day", "recurrence", f"每个?(?P<r>季)度?的?(?:末|最后)Á?个?月的?(?P<ds>\\d{{1,2}}){_DAY_MARK}"),
    _row("every month's days", "recurrence", f"每个?(?P<r>月)的?(?P<d>\\d{{1,2}}){_DAY_MARK}?{TO}(?P<d2>\\d{{1,2}}){_DAY_MARK}"),
    _row("every month's last day", "recurrence", "每个?(?P<r>月)的?(?P<edge>最后)Á天"),
    _row("every month's week", "recurrence", f"每个?(?P<r>月)的?第?(?P<nw>(?:[Á-Å]|\\d)(?:{_LISTED}第?(?:[Á-Å]|\\d))*)周的?{_WK}(?P<ws>{_WD})"),
    _row("every evening", "recurrence", "每(?P<r>晚)"),
    _row("every odd week", "recurrence", f"每?(?P<k>单|双)(?P<r>周)(?:的?{_WK}(?P<ws>{_WD}))?(?!期|边|年|末|刊)"),
    _row("every month's edge", "recurrence", f"每(?P<r>月|季度?|年|学期){_EDGE}"),
    _row("every month's third", "recurrence", "每(?P<r>月)(?P<x>上|中|下)旬"),
    _row("every year's day", "recurrence", f"每(?P<r>年)的?(?:{_M}月(?:份|{_D}{_DAY_MARK})?(?!、\\d)|(?P<ms>\\d{{1,2}}月?(?:{_LISTED}\\d{{1,2}}月?)+))"),
    _row("every other week's day", "recurrence", f"(?P<k>隔)(?P<r>{_WK})的?(?:{_WK})(?P<ws>{_WD})"),
    _row("every other", "recurrence", "(?P<k>隔)(?P<r>周|月|年|日|天)"),
)  # fmt: skip
_ONCE_IN = (_row("once in", "recurrence", "(?P<k>[Á-Æ两半])个?(?P<r>周|月|季度|年|学期|日|天)(?=(?:[Á-Ê两\\d]){1,2}次)"),)

_LUNAR = (
    _row("lunar date", "date", "(?:农历|阴历)(?P<lunar>[Á-Ê正冬腊Â]{1,2}月(?:初[Á-Ê]|[Á-Ì]{1,3})?)"),
    _row("lunar month", "date", "(?P<lunar>(?:正|冬|腊)月(?:初[Á-Ê]|[Á-Ì]{1,3})?)"),
)
_QUOTED = (
    _row(
        "quoted festival",
        "festival",
        '[“"「](?P<f>Å[·.]?Á|Æ[·.]?Á|Ç[·.]?Á|È[·.]?Á|Ã[·.]?È|Å[·.]?Ä|ÊÁ)[”"」](?:国际)?(?:劳动|儿童|妇女|青年|建党|建军|国庆)?节?',
    ),
)

_PHASES = (
    _row("all year", "plan_period", "全年度?(?!级)|全学年|全学期"),
    _row("always", "plan_period", "常年|长期|平时", loose=True),
    _row("week after the start of school", "week", f"开学后?的?第(?P<n>{_N})周"),
    _row("start of school", "term", "开学(?:初|前|后|第Á[周天])?(?!典|考|式|第|季)", loose=True),
)

_UNIT = "(?:工作日|小时|星期|日|天|周|月|年)"
_DURATIONS = (
    _row("within", "duration", f"(?P<ns>\\d{{1,3}}|[Á-Ê两半]{{1,3}}) ?个?(?:{_UNIT}|分钟)(?:之|以)?内(?!部|容|涵|外)"),
)  # fmt: skip


class Starter(NamedTuple):
    """The rows to try where one of `first` stands and one of `second` follows (after the numeral, where it is one)."""

    first: str
    second: str
    rows: tuple[Notation, ...]
    third: str = ""
    """What must come next; anything may where it is empty."""


_DIGITS = "0123456789０１２３４５６７８９"
_NUMBERS = "一二三四五六七八九十廿卅"
NUMERALS = _DIGITS + _NUMBERS + "元两〇零○初百千"
MASKS = "xX×＊*oOＸＯ"

STARTERS = (
    Starter(NUMERALS + MASKS, "年", (*_DURATIONS, *_SCHOOL_YEARS, _NUMERIC[-1], _BLANKS[0], *_ONCE_IN)),
    Starter(NUMERALS, "月", (*_ONCE_IN, *_MONTHS, *_MASKED_DAYS[2:])),
    Starter("xX×＊*", "月", _MASKED_DAYS),
    Starter(NUMERALS, "日号號", (*_DURATIONS, *_DAYS, *_ONCE_IN)),
    Starter(NUMERALS, "/.．-", (*_NUMERIC, *_SCHOOL_YEARS[:2], *_MONTHS, *_DAYS[:2])),
    Starter(NUMERALS + MASKS, "—–─－~～〜至到", (*_NUMERIC, *_SCHOOL_YEARS[:2], *_MONTHS, *_DAYS, *_QUARTERS)),
    Starter(NUMERALS, "、和及", (*_MONTHS, *_DAYS[:1], *_QUARTERS)),
    Starter(NUMERALS, "季个個", (*_DURATIONS, *_QUARTERS, *_ONCE_IN)),
    Starter(NUMERALS + MASKS, "学學", (*_SCHOOL_YEARS, *_ONCE_IN, _TERMS[0])),
    Starter(NUMERALS, "工天周週星小分", (*_DURATIONS, *_ONCE_IN)),
    Starter("12", " ", _SPACED),
    Starter(_NUMBERS, '期规时末”"」', _PLAN_PERIODS),
    Starter('“"「', _NUMBERS, (*_PLAN_PERIODS, *_QUOTED)),
    Starter("农阴", "历", _LUNAR),
    Starter("正冬腊", "月", _LUNAR),
    Starter("半", "个個年月天日小", (*_DURATIONS, *_ONCE_IN)),
    Starter("民", "国國", ()),
    Starter("今明去前后後次翌来当本上下", "年一", ()),
    Starter("今明昨后後前即", "天日", _RELATIVE),
    Starter("大", "后後前", (*_RELATIVE, *_TERMS)),
    Starter("前后後最", NUMERALS + "后後", _QUARTERS),
    Starter("上下", "周週星礼禮", _RELATIVE),
    Starter("上下", "半学學季", (*_TERMS, *_RELATIVE)),
    Starter("上下", "月个個上下", (*_RELATIVE, *_MONTHS)),
    Starter("上中下", "旬中下、", _RELATIVE),
    Starter("本这這", "周週星礼禮学學季", _RELATIVE),
    Starter("本这這当", "月个個", (*_RELATIVE, *_MONTHS)),
    Starter("次", "月", _MONTHS),
    Starter("新", "学學", _RELATIVE),
    Starter("学學", "期年", _RELATIVE),
    Starter("期", "初中末", _RELATIVE),
    Starter("年月", "底初中末内", (*_RELATIVE, *_YEAR_ENDS)),
    Starter("年月", " \u3000_", _BLANKS[1:]),
    Starter("寒暑", "假暑期", _TERMS),
    Starter("秋春", "季学學", _TERMS),
    Starter("第", NUMERALS + " \u3000", _WEEKS),
    Starter("Ww", _DIGITS + "e", _WEEKS),
    Starter("Qq", "1234", _QUARTERS),
    Starter("周星礼週禮", _NUMBERS + "日天末期拜", _WEEKDAYS),
    Starter("每", NUMERALS + "周週星礼月季年学學天日隔两半个個工逢晚单双", _REPEATS),
    Starter("单双", "周週", _REPEATS),
    Starter("隔", "周週月年天日", _REPEATS),
    Starter("全常长平", "年期时学學", _PHASES),
    Starter("开開", "学學", _PHASES),
    *(
        Starter(first, second, _FESTIVE, third)
        for first, second, third in (
            ("春", "节節", ""),
            ("元", "宵旦", ""),
            ("清", "明", ""),
            ("端", "午", ""),
            ("七", "夕一", ""),
            ("中", "秋元", ""),
            ("重", "阳", ""),
            ("腊", "八", ""),
            ("除", "夕", ""),
            ("国國", "庆慶", ""),
            ("国", "家", "宪公安"),
            ("国", "际", "劳儿妇禁"),
            ("五", "一四", ""),
            ("六", "一", ""),
            ("三", "八", ""),
            ("八", "一", ""),
            ("儿", "童", "节"),
            ("妇", "女", "节"),
            ("植", "树", "节"),
            ("建", "党军", "节"),
            ("劳", "动", "节"),
            ("青", "年", "节"),
            ("教", "师師", "节節"),
            ("消", "防", "日宣"),
            ("消", "费", "者"),
            ("母父", "亲", "节"),
            ("感", "恩", "节"),
            ("圣", "诞", ""),
            ("平", "安", "夜"),
            ("万", "圣", ""),
            ("情愚", "人", "节"),
            ("护", "士", "节"),
            ("烈", "士", "纪"),
            ("记", "者", "节"),
            ("世", "界", "读环地艾无水"),
            ("公", "祭", ""),
            ("全", "国", "中防爱"),
            ("全", "民", "国"),
            ("防", "灾", "减"),
            ("爱", "眼", ""),
            ("双", "十", ""),
            ("医", "师", "节"),
            ("宪", "法", "日"),
            ("农", "历", ""),
            ("学", "雷", "锋"),
            ("大", "年", "三初"),
        )
    ),
)
"""What a time can begin with. A character may stand in several rows: all of them count."""

# What may follow a time; the text of the `When` includes it.
WEEKDAY_AFTER = lazy(f" ?\\((?:{_WK})?(?P<w>{_WD})\\)|[ ,]{{0,2}}{_WK}(?P<w2>{_WD})|(?= ?\\({_WK}(?P<w3>{_WD})[, ])")
CLOCK_AFTER = lazy(
    "[ \u200b,]{0,2}(?P<clock>(?:上午|下午|中午|早上|早晨|早|清晨|晚上|傍晚|凌晨|全天|上下午|晚(?!自习|会))? ?"
    "(?:\\d{1,2}:\\d{2}(?: ?(?:--?|至|到) ?(?:上午|下午|晚上)?\\d{1,2}:\\d{2})?|\\d{1,2}(?:点|时)(?:半|[0-5]?\\d分?)?(?: ?(?:-|至|到) ?(?:上午|下午)?\\d{1,2}(?:点|时)(?:半|[0-5]?\\d分?)?)?(?!间|段)"
    "|第[Á-Ê\\d]{1,2}(?:(?:、|,|至|-)第?[Á-Ê\\d]{1,2}){0,3}节课?)"
    "|上午|下午|中午|早上|早晨|晚上|傍晚|全天|上下午|晚(?!自习|会)|晚自习|早自习|大课间|课间操|午休时?间?)"
)
CLOCK_SECOND = lazy(" ?第[Á-Ê\\d]{1,2}(?:(?:、|,|至|-)第?[Á-Ê\\d]{1,2}){0,3}节课?")
BOUND_AFTER = lazy(
    "(?P<around> ?(?:前后|左右|前夕))"
    "|(?P<day> ?(?:当[日天]|这Á?天))"
    "|(?P<span> ?(?:期间|之间))"
    "|(?P<until> ?止)"
    "|(?P<off> ?(?:假期|长假|放假(?:期间)?|小长假))"
    "|(?P<by>[ ,]?(?:(?:上午|下午)?(?:下班|放学|上班|开学|会议|午休)前)| ?(?:之前|以前|截止|(?<=[底末])前|(?:之|以)?内(?!部|容|涵|外)|前(?!提(?![交出供报请醒])|置(?!办)|[后期往来台沿列言面线锋程瞻景进辈半夕Á-Ê两\\d])))"
    "|(?P<from> ?(?:起(?![草点步来跑落飞伏码诉重])|开始(?!日|上|报|时|登|收)|以后|以来|之后|后(?![勤续期备半台面天方盾进来援代果再第])))"
)
AFTER_EVENT = lazy("(?:课|课程|会议?|活动|培训|考试|比赛|事故|放学|开学|节|检查|验收|发现|接到[^，。；]{1,6})[后後]$")
"""What a duration (1日内) may be counted from; it stands in front."""
DUE_BEFORE = lazy(
    "(?:截止到?|截至|不迟于|最迟于?|不晚于|最晚于?|赶在|(?:时限|期限|(?:截止|完成|办结|整改|交付|上报|报送)(?:时间|日期))[：:][ \u3000]?)$"
)
UNTIL_BEFORE = lazy("(?:^|[，,。；;：:（(、.．\\s])(?:力争|确保|争取|计划|预计|且)?到[ ]?$")
"""到6月底，…: at the beginning of a clause it says by when."""
JOIN = lazy(f"(?: ?起)?{TO}|\\([^()\\d\n]{{1,8}}\\){TO}")
