"""The table of date notations: what each way of writing a time gives, on Friday, 1 September 2023, where nothing else is known."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.dates import notations
from planparse.dates.complete import Frame, Place, complete, settle
from planparse.dates.fields import fields
from planparse.dates.reading import find_times, read_when
from planparse.dates.reasons import REASONS

TODAY = date(2023, 9, 1)


def read(text, place=None, order=None):
    """The fields of every time in a text."""
    out = []
    for written in find_times(text, 0, len(text)):
        settled = settle(written, order)
        words = text[written.start : written.end]
        out.append(fields(settled, complete(settled, place or Place(today=TODAY)), words))
    return out


# text, kind, EDTF or rule or None, bound
SINGLE = [
    ("8.28-9.3", "range", "2023-08-28/2023-09-03", None),
    ("9月1日—7日", "range", "2023-09-01/2023-09-07", None),
    ("9月1日至10月7日", "range", "2023-09-01/2023-10-07", None),
    ("2023年8月28日-9月3日", "range", "2023-08-28/2023-09-03", None),
    ("9月1日——9月7日", "range", "2023-09-01/2023-09-07", None),
    ("9 月 1 日 至 9 月 7 日", "range", "2023-09-01/2023-09-07", None),
    ("5月23、24日", "range", "2023-05-23/2023-05-24", None),
    ("9月12、19、26日", "range", "{2023-09-12,2023-09-19,2023-09-26}", None),
    ("6月13-16日", "range", "2023-06-13/2023-06-16", None),
    ("6月7日、8日", "range", "2023-06-07/2023-06-08", None),
    ("2月10日、24日", "range", "{2024-02-10,2024-02-24}", None),
    ("9月25日(周一)至9月28日(周四)", "range", "2023-09-25/2023-09-28", None),
    ("9月4日（周一）至6日（周三）", "range", "2023-09-04/2023-09-06", None),
    ("2024年2月9日（除夕）至2月17日", "range", "2024-02-09/2024-02-17", None),
    ("5月11日9:00至5月15日17:00", "range", "2023-05-11/2023-05-15", None),
    ("2023年9月1日起至2026年8月31日止", "range", "2023-09-01/2026-08-31", None),
    ("即日起至5月31日", "date", "2023-05-31", "by"),
    ("01-18 ~ 01-24", "range", "2024-01-18/2024-01-24", None),
    ("2024/11/8-11/9", "range", "2024-11-08/2024-11-09", None),
    ("9.11（一）-9.15（五）", "range", "2023-09-11/2023-09-15", None),
    ("10月中下旬", "range", "2023-10-11/2023-10-31", None),
    ("一一三學年度第一學期", "term", "2024-09~/2025-01~", None),
    ("23-24学年上学期", "term", "2023-09~/2024-01~", None),
    ("3月底前进6家"[:4], "date", "2023-03-31", "by"),
    ("2月2日下班前", "date", "2024-02-02", "by"),
    ("8月31日24时止", "date", "2023-08-31", "by"),
    ("教师节当天", "festival", "2023-09-10", None),
    ("“七一”前夕", "festival", "2023-07-01~", "around"),
    ("农历八月十五", "date", None, None),
    ("2023.9.1", "date", "2023-09-01", None),
    ("2023-09-01", "date", "2023-09-01", None),
    ("2023/9/1", "date", "2023-09-01", None),
    ("13.5.2015", "date", "2015-05-13", None),
    ("2011.2", "month", "2011-02", None),
    ("20xx年9月5日", "date", "20XX-09-05", None),
    ("20××年9月5日", "date", "20XX-09-05", None),
    ("二○二三年九月一日", "date", "2023-09-01", None),
    ("二〇二三年九月二十一日", "date", "2023-09-21", None),
    ("两千零四年八月十五", "date", "2004-08-15", None),
    ("二oxx年元月十日", "date", "20XX-01-10", None),
    ("20xx年xx月xx日", "date", "20XX-XX-XX", None),
    ("5月xx日", "date", "2023-05-XX", None),
    ("07年", "year", "2007", None),
    ("民國115年", "year", "2026", None),
    ("115.07.28", "date", "2026-07-28", None),
    ("八月份", "month", "2023-08", None),
    ("七、八月份", "month", "2023-07/2023-08", None),
    ("3、6、9月", "month", "{2023-03,2023-06,2023-09}", None),
    ("9—12月", "month", "2023-09/2023-12", None),
    ("2010年3月～2015年2月", "month", "2010-03/2015-02", None),
    ("10月至次年3月", "month", "2023-10/2024-03", None),
    ("9月上旬", "range", "2023-09-01/2023-09-10", None),
    ("十月中旬", "range", "2023-10-11/2023-10-20", None),
    ("2月下旬", "range", "2024-02-21/2024-02-29", None),
    ("9月上中旬", "range", "2023-09-01/2023-09-20", None),
    ("9月上旬至10月中旬", "range", "2023-09-01/2023-10-20", None),
    ("月底前", "date", "2023-09-30", "by"),
    ("年底前", "date", "2023-12-31", "by"),
    ("12月底前", "date", "2023-12-31", "by"),
    ("9月底", "date", "2023-09-30~", "around"),
    ("去年年底", "date", "2022-12-31~", "around"),
    ("第一季度", "quarter", "2024-01/2024-03", None),
    ("三季度末", "date", "2023-09-30~", "around"),
    ("二、三季度", "quarter", "2023-04/2023-09", None),
    ("前三季度", "quarter", "2023-01/2023-09", None),
    ("上半年", "half_year", "2023-01/2023-06", None),
    ("2024年下半年", "half_year", "2024-07/2024-12", None),
    ("下学期", "term", None, None),
    ("20xx年下学期", "term", "20XX", None),
    ("2023-2024学年第一学期", "term", "2023-09~/2024-01~", None),
    ("2023—2024学年度第二学期", "term", "2024-02~/2024-07~", None),
    ("114學年度第1學期", "term", "2025-09~/2026-01~", None),
    ("2024年春季学期", "term", "2024-02~/2024-07~", None),
    ("2023学年", "school_year", "2023-09~/2024-08~", None),
    ("十四五期间", "plan_period", "2021/2025", None),
    ("“十三五”时期", "plan_period", "2016/2020", None),
    ("周四至五", "weekday", "2023-08-31/2023-09-01", None),
    ("周六至三", "weekday", "2023-09-02/2023-09-06", None),
    ("周二至周三", "weekday", "2023-08-29/2023-08-30", None),
    ("下周一", "weekday", "2023-09-04", None),
    ("星期一(2016-10-31)", "date", "2016-10-31", None),
    ("10月31日（星期二）", "date", "2023-10-31", None),
    ("每周三", "recurrence", "FREQ=WEEKLY;BYDAY=WE", None),
    ("每周一、三、五", "recurrence", "FREQ=WEEKLY;BYDAY=MO,WE,FR", None),
    ("每周二至周四", "recurrence", "FREQ=WEEKLY;BYDAY=TU,WE,TH", None),
    ("每月", "recurrence", "FREQ=MONTHLY", None),
    ("每月5日", "recurrence", "FREQ=MONTHLY;BYMONTHDAY=5", None),
    ("每月最后一个周五", "recurrence", "FREQ=MONTHLY;BYDAY=-1FR", None),
    ("每月底", "recurrence", "FREQ=MONTHLY;BYMONTHDAY=-1", None),
    ("每月25日前", "recurrence", "FREQ=MONTHLY;BYMONTHDAY=25", "by"),
    ("每月底前", "recurrence", "FREQ=MONTHLY;BYMONTHDAY=-1", "by"),
    ("每周五17时前", "recurrence", "FREQ=WEEKLY;BYDAY=FR", "by"),
    ("每季度末月20日前", "recurrence", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "by"),
    ("每季度", "recurrence", "FREQ=MONTHLY;INTERVAL=3", None),
    ("每两周", "recurrence", "FREQ=WEEKLY;INTERVAL=2", None),
    ("隔周", "recurrence", "FREQ=WEEKLY;INTERVAL=2", None),
    ("隔周星期二", "recurrence", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", None),
    ("每周一、五", "recurrence", "FREQ=WEEKLY;BYDAY=MO,FR", None),
    ("每月5日、15日", "recurrence", "FREQ=MONTHLY;BYMONTHDAY=5,15", None),
    ("每月1-5日", "recurrence", "FREQ=MONTHLY;BYMONTHDAY=1,2,3,4,5", None),
    ("每月第一、第三个星期六", "recurrence", "FREQ=MONTHLY;BYDAY=1SA,3SA", None),
    ("每月第二、四周周三", "recurrence", "FREQ=MONTHLY;BYDAY=2WE,4WE", None),
    ("每季度末", "recurrence", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", None),
    ("双十一", "festival", "2023-11-11", None),
    ("每月第二周周三", "recurrence", "FREQ=MONTHLY;BYDAY=2WE", None),
    ("每月最后一天", "recurrence", "FREQ=MONTHLY;BYMONTHDAY=-1", None),
    ("每年3月、9月", "recurrence", "FREQ=YEARLY;BYMONTH=3,9", None),
    ("每学期", "recurrence", None, None),
    ("每年3月15日", "recurrence", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", None),
    ("第3周", "week", None, None),
    ("第十九周", "week", None, None),
    ("第3-5周", "week", None, None),
    ("春节前后", "festival", "2024-02-10~", "around"),
    ("国庆节期间", "festival", "2023-10-01/2023-10-07", None),
    ("国庆前", "festival", "2023-10-01", "by"),
    ("中秋", "festival", "2023-09-29", None),
    ("重阳", "festival", "2023-10-23", None),
    ("清明", "festival", "2023-04-05", None),
    ("母亲节", "festival", "2023-05-14", None),
    ("今年3月26日", "date", "2023-03-26", None),
    ("明年上学期", "term", "2024", None),
    ("本周", "week", "2023-08-28/2023-09-03", None),
    ("本月", "month", "2023-09", None),
    ("寒假", "term", "2024-01~/2024-02~", None),
    ("暑假", "term", "2023-07~/2023-08~", None),
    ("(25日)", "date", "2023-08-25", None),
    ("12月31日前", "date", "2023-12-31", "by"),
    ("11月30日之前", "date", "2023-11-30", "by"),
    ("2023年9月1日起", "date", "2023-09-01", "from"),
    ("9月15日左右", "date", "2023-09-15~", "around"),
    ("月  日", "date", "XXXX-XX-XX", None),
    ("20  年  月  日", "date", "20XX-XX-XX", None),
    ("年内", "year", "2023", "by"),
    ("课后1日内", "duration", None, "by"),
    ("三个工作日内", "duration", None, "by"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "resolved", "bound"), SINGLE, ids=[row[0] for row in SINGLE])
def test_a_time_is_read(text, kind, resolved, bound):
    (found,) = read(text)
    assert (found["kind"], found.get("edtf") or found.get("rrule"), found.get("bound")) == (kind, resolved, bound)
    assert found["text"] == (text[1:-1] if text[0] == "(" else text)


@pytest.mark.parametrize(
    ("text", "words", "clock"),
    [
        ("周四下午 教研", "周四下午", "下午"),
        ("周一第8、9节课", "周一第8、9节课", "第8、9节课"),
        ("周三上午第三节 听课", "周三上午第三节", "上午第三节"),
        ("9月5日（星期二）下午2:30-4:00", "9月5日（星期二）下午2:30-4:00", "下午2:30-4:00"),
        ("周五下午14:50 大会", "周五下午14:50", "下午14:50"),
        ("9月1日全天", "9月1日全天", "全天"),
        ("9月28日晚会", "9月28日", None),
        ("周三 晚自习", "周三 晚自习", "晚自习"),
    ],
)
def test_the_time_of_day_is_kept(text, words, clock):
    found = read(text)[0]
    assert (found["text"], found.get("time_of_day")) == (words, clock)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("3月至5月开展检查，12月底前完成整改。", ["3月至5月", "12月底前"]),
        ("4月份抓好危化品、5月份抓好建筑施工", ["4月份", "5月份"]),
        ("每周一次例会，每学期不少于2次", ["每周", "每学期"]),
        ("截止到11月30日", ["11月30日"]),
        ("自2023年9月1日起至2024年1月20日止", ["2023年9月1日起至2024年1月20日止"]),
        ("第2周（9.4-9.8）", ["第2周", "9.4-9.8"]),
        ("9/5（二）友善校園週、9/9（六）社團招生", ["9/5（二）", "9/9（六）"]),
        ("3.5志愿服务，3.12植树", ["3.5", "3.12"]),
        ("11月7日（周一）期末考试", ["11月7日（周一）"]),
        ("2月26日—3月3日 周四 教研会", ["2月26日—3月3日", "周四"]),
        ("5月三轮复习，6月7日高考", ["5月", "6月7日"]),
        ("每两周一期，每周一练", ["每两周", "每周"]),
        ("坚持周一例会制度", ["周一"]),
        ("6月28日前提交，6月29日17:00前提出，6月30日前提是到位", ["6月28日前", "6月29日17:00前", "6月30日"]),
        ("报表于5.28前录入，提高3.2后", ["5.28前"]),
        ("25日分析，26日报中院，每日报纸", ["25日", "26日", "每日"]),
        ("每日班前会讲评", ["每日"]),
        ("于10月8日前报教导处，联系电话65826216", ["10月8日前"]),
    ],
)
def test_times_are_found_in_running_text(text, found):
    assert [time["text"] for time in read(text)] == found


@pytest.mark.parametrize(
    "text",
    [
        "三好学生", "第一次月考", "两周一换", "培训3天", "1-2天以内", "考前一个月", "一学年内", "三月龄", "周年庆", "全年级", "一日常规", "一年级", "七年级", "九年一贯制", "八一中学", "省政府213号令", "44中", "3个月龄", "第一名", "第二步", "1.5万元", "增长8.28%",
        "19156.45平方米", "三个一", "十二五”规划课题", "一体化", "周边环境", "周期性", "本校", "上下一心", "课后服务", "月考", "年级组", "日常管理", "期中考试",
        "投入440万元", "20分钟", "3分钟", "1/3", "4/5G", "2.3.1", "百分之二十", "第3条", "初一、初二", "一是", "5号楼", "下午放学", "学期", "前三名", "国旗班",
    ],
)  # fmt: skip
def test_what_is_no_time(text):
    text = "按" + text  # not where a bare number would be taken for a date
    assert [time["text"] for time in read(text)] == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("到2024年底，覆盖率达到90%", "by"),
        ("力争到6月底建成3所", "by"),
        ("培训教师，到12月底前完成", "by"),
        ("提高到6月底水平", "around"),
        ("3月到6月底", None),
        ("每天上课前点名", None),
        ("每月10日后报送", None),
    ],
)
def test_what_before_and_behind_a_time_makes_it_a_deadline(text, bound):
    assert [found.get("bound") for found in read(text)] == [bound]


def test_day_and_month_follow_the_document():
    assert read("3/9", order="day-month")[0]["edtf"] == "2023-09-03"
    assert read("3/9", order="month-day")[0]["edtf"] == "2023-03-09"
    assert "edtf" not in read("3/9")[0]
    assert read("27/8")[0]["edtf"] == "2023-08-27"


def test_without_a_year_it_stays_open():
    nowhere = Place()
    assert read("27/8—2/9", nowhere)[0] | {"why": ()} == {
        "text": "27/8—2/9", "kind": "range", "edtf": "XXXX-08-27/XXXX-09-02", "basis": {"month": "written", "day": "written"}, "why": (),
    }  # fmt: skip
    assert read("春节", nowhere)[0].get("edtf") is None
    assert read("国庆节", nowhere)[0]["edtf"] == "XXXX-10-01"
    assert read("年底前", nowhere)[0]["edtf"] == "XXXX-12-31"


def test_the_frame_gives_the_year():
    school = Place(Frame("2023", 7, "inherited"))
    assert [read(text, school)[0]["edtf"] for text in ("9月1日", "1月20日", "元旦")] == ["2023-09-01", "2024-01-20", "2024-01-01"]
    assert read("明年3月", school)[0]["edtf"] == "2024-03"
    assert read("9月1日", school)[0]["basis"] == {"year": "inherited", "month": "written", "day": "written"}


def test_a_given_year_fills_the_masks_it_fits():
    assert read("20xx年9月5日", Place(Frame("2024", 1, "inherited"), given_year=True))[0]["edtf"] == "2024-09-05"
    assert read("19xx年9月5日", Place(Frame("2024", 1, "inherited"), given_year=True))[0]["edtf"] == "19XX-09-05"
    assert read("20xx年9月5日", Place(Frame("2024", 1, "inferred")))[0]["edtf"] == "20XX-09-05"


@pytest.mark.parametrize("text", ["2月30日", "31/9", "2023年13月5日", "4月31日"])
def test_a_day_that_is_none_has_no_date(text):
    (found,) = read(text)
    assert found.get("edtf") is None
    assert found.get("start") is None


def test_every_row_says_what_its_groups_hold():
    for notation in {row for starter in notations.STARTERS for row in starter.rows}:
        groups = set(notation.pattern.groupindex)
        assert groups - set(notations.GROUPS) <= {"sep"}, notation.name
    assert set(notations.YEAR.groupindex) <= set(notations.GROUPS)


def test_every_reason_has_words():
    texts = [row[0] for row in SINGLE] + ["第3周周二", "本月底", "今天"]
    used = {why for text in texts for time in read(text) for why in time.get("why", ())}
    assert used <= set(REASONS)


def test_folding_moves_no_offset():
    text = "".join(map(chr, range(0x20, 0x3000))) + "一二三（）：．／"
    assert len(text.translate(notations.FOLD)) == len(text)


pieces = st.sampled_from(
    [row[0] for row in SINGLE]
    + ["前", "底", "至", "—", "、", "年", "月", "日", "(", "）", " ", "每", "第", "周", "20", "3", "十", "xx", "前后", "\n", "／", "半"]
)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(pieces, max_size=8).map("".join))
def test_finds_lie_in_order_and_resolve(text):
    """Whatever stands there: finds do not overlap, lie within the text, say something, and completing them does not fail."""
    at = 0
    for written in find_times(text, 0, len(text)):
        assert at <= written.start < written.end <= len(text)
        at = written.end
        assert text[written.start : written.end].strip()
        for place in (Place(), Place(today=TODAY), Place(Frame("2023", 7, "inferred"), term_start=TODAY)):
            settled = settle(written, "day-month")
            values = fields(settled, complete(settled, place), text[written.start : written.end])
            for day in (values.get("start"), values.get("end")):
                assert day is None or re.fullmatch("\\d{4}-\\d\\d-\\d\\d", day)
            if "start" in values:
                assert values["start"] <= values["end"]


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_can_be_read(text):
    for start in range(min(len(text), 5)):
        read_when(text, start, len(text))
