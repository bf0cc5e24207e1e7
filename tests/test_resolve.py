"""Times take what they do not say from their place: row, section, plan. What is wrong with them is a diagnostic."""

import json
from datetime import date

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from test_times import SINGLE
from test_years import daily, parse, schedule, weekly

from planparse.dates.order import settle_order
from planparse.dates.resolve import Resolver, Settings
from planparse.source import Source
from planparse.syntax.parse import Parsed
from planparse.writers.json import _Encoder, write

TABLE = "2023-2024学年第一学期周工作安排\n周次\t日期\t工作要点\n"


def items(text, **said):
    return [item for row in schedule(parse(text, **said))["children"] for item in row["items"]]


def codes(text, **said):
    return [(d["code"], d["position"]["start"]["line"]) for d in parse(text, **said)["diagnostics"]]


def days(node):
    when = node["when"]
    return when and (when["start"], when["end"])


def test_a_week_narrows_weekdays():
    (one, two, three) = items(TABLE + "1\t8/28-9/3\t1、周四下午 教研 2、周一至三 听课 3、周日 值班\n2\t9/4-9/10\t例会\n")[:3]
    assert (days(one), one["when"]["time_of_day"]) == (("2023-08-31", "2023-08-31"), "下午")
    assert one["when"]["basis"] == {"year": "inherited", "month": "inherited", "day": "inherited"}
    assert days(two) == ("2023-08-28", "2023-08-30")
    assert days(three) == ("2023-09-03", "2023-09-03")


def test_runs_may_leave_the_week():
    """The run of days nearest the row, and a word about it."""
    text = weekly(date(2006, 8, 27), 7, {2: ["1、周四至日 阅卷"], 7: ["1、周六至三 考察"]})
    document = parse(text, year=2006)
    rows = schedule(document)["children"]
    assert days(rows[1]["items"][0]) == ("2006-09-07", "2006-09-10")
    assert days(rows[6]["items"][0]) == ("2006-10-07", "2006-10-11")
    assert [d["code"] for d in document["diagnostics"]] == ["PN204", "PN204"]


def test_a_day_takes_the_month_of_its_row():
    (item,) = items(TABLE + "5\t9/24-9/30\t周一 选举日(25日)\n6\t10/1-10/7\t\n")[:1]
    assert item["when"]["text"] == "周一"
    assert [(time["text"], time["start"]) for time in item["times"]] == [("25日", "2023-09-25")]
    text = TABLE + "5\t9/25-10/1\t测试（30日）\n6\t10/2-10/8\t总结（3日）\n"
    assert [item["when"]["start"] for item in items(text)] == ["2023-09-30", "2023-10-03"]


def test_a_day_takes_the_month_of_another_column():
    text = """2025年培训计划
月份\t时间\t内容
10月\t14日15:00\t护理
\t20日\t输血
11月\t月底前\t总结
\t3日\t演练
"""
    rows = schedule(parse(text))["children"]
    assert [days(row) for row in rows] == [("2025-10-14",) * 2, ("2025-10-20",) * 2, ("2025-11-30",) * 2, (None, None)]
    assert (rows[0]["when"]["time_of_day"], rows[2]["when"]["bound"]) == ("15:00", "by")


def test_a_label_glued_to_a_month_is_a_label():
    """一、九月 above 二、十月 names one month; 一、二月 alone names two."""
    (plan,) = parse("2024年工作计划\n一、九月\n1.开学\n二、十月\n1.运动会\n")["plans"]
    assert [(s["number"]["value"], s["when"]["edtf"]) for s in plan["children"]] == [(1, "2024-09"), (2, "2024-10")]
    (plan,) = parse("2024年工作计划\n一、二月份检查安全。\n三月份总结。\n")["plans"]
    assert plan["children"][0]["when"]["edtf"] == "2024-01/2024-02"


def test_a_month_section_gives_its_month():
    (plan,) = parse("2024年下半年工作安排\n九月份\n1、9日表彰。\n2、月底前总结。\n十月份\n1、（25日）交表。\n")["plans"]
    september, october = plan["children"]
    assert days(september) == ("2024-09-01", "2024-09-30")
    assert [days(child) for child in september["children"]] == [("2024-09-09", "2024-09-09"), ("2024-09-30", "2024-09-30")]
    assert october["children"][0]["when"]["start"] == "2024-10-25"


def test_a_masked_year_stays_masked():
    (plan,) = parse("20xx年下学期工作安排\n八月份\n1、培训\n九月份\n1、开学\n")["plans"]
    assert [node["when"]["edtf"] for node in plan["children"]] == ["20XX-08", "20XX-09"]
    assert plan["period"]["edtf"] == "20XX-09~/20XX-01~"


def test_an_hour_takes_the_day_above():
    rows = items(TABLE + "4\t9/18-9/24\t1、周二上午 会议 2、周五 检查\n5\t9/25-10/1\t例会\n")
    assert days(rows[0]) == ("2023-09-19", "2023-09-19")
    text = weekly(
        date(2023, 9, 18), 2, {1: ["1、周二上午 备考会", "下午 教学视导", "2、周五 检查"]}, title="2023-2024学年第一学期周工作安排"
    )
    found = [(item["when"]["text"], item["when"]["start"]) for item in items(text)][:3]
    assert found == [("周二上午", "2023-09-19"), ("下午", "2023-09-19"), ("周五", "2023-09-22")]


def test_weeks_are_counted_from_the_rows():
    text = TABLE + "1\t8/28-9/3\t开学\n2\t9/4-9/10\t听课\n3\t9/11-9/17\t检查\n\n\n二、说明\n期中考试在第10周举行。\n"
    document = parse(text)
    times = [time for plan in document["plans"] for node in plan["children"] for time in walk_times(node) if time["kind"] == "week"]
    assert [(time["text"], time["start"], time["end"]) for time in times] == [("第10周", "2023-10-30", "2023-11-05")]


def test_weeks_are_counted_from_the_start_of_term():
    (plan,) = parse("工作计划\n一、考试\n第3周周二检查。\n", term_start=date(2024, 2, 26))["plans"]
    assert plan["children"][0]["children"][0]["when"]["start"] == "2024-03-12"


def test_a_deadline_column_dates_the_entries():
    text = "2024年重点任务安排\n时间\t任务\t完成时限\n三月\t修订制度\t3月25日\n四月\t开展自查\t4月底\n五月\t验收\t5月31日前\n"
    found = [(item["when"]["bound"], item["when"]["end"]) for item in items(text)]
    assert found == [("by", "2024-03-25"), ("by", "2024-04-30"), ("by", "2024-05-31")]


def test_the_node_is_about_one_time():
    """Heading first, then what it begins with, then its one deadline; several times of one rank are none of them it."""
    (plan,) = parse(
        "2024年工作计划\n一、检查\n1、4月份抓好消防，5月份抓好防汛。\n2、开展排查，11月底前完成整改，12月总结。\n3、3月5日起开展活动，6月结束。\n"
    )["plans"]
    several, due, leading = plan["children"][0]["children"]
    assert (several["when"]["text"], [time["text"] for time in several["times"]]) == ("4月份", ["5月份"])
    assert (due["when"]["text"], due["when"]["bound"]) == ("11月底前", "by")
    assert (leading["when"]["text"], leading["when"]["bound"]) == ("3月5日起", "from")


def test_a_date_hands_on_what_the_next_leaves_out():
    (plan,) = parse(
        "2024年工作计划\n一、安排\n1、6月6日报名，7日考试，中旬公布。\n2、9月：28日开会，月底总结。\n3、10月19日—20日（周六、周日）活动。\n"
    )["plans"]
    found = [[time["start"] for time in walk_times(node)] for node in plan["children"][0]["children"]]
    assert found == [
        ["2024-06-06", "2024-06-07", "2024-06-11"],
        ["2024-09-01", "2024-09-28", "2024-09-30"],
        ["2024-10-19", "2024-10-19"],
    ]


def test_a_heading_gives_its_year():
    text = "2023年工作总结和2024年工作计划\n一、2023年工作总结\n1、3月份开展招聘。\n二、2024年工作计划\n1、3月份开展招聘。\n"
    (plan,) = parse(text)["plans"]
    assert plan["year"]["value"] == 2024
    assert [section["children"][0]["when"]["start"] for section in plan["children"]] == ["2023-03-01", "2024-03-01"]


def test_the_titles_week_gives_the_days():
    (plan,) = parse("希望小学第三周工作安排（2024.9.16-9.22）\n一、安排\n1、周一升旗。\n2、周五前交表。\n")["plans"]
    assert [node["when"]["start"] for node in plan["children"][0]["children"]] == ["2024-09-16", "2024-09-20"]


def test_times_of_tables():
    text = "2024年任务分工\n序号\t任务\t牵头单位\t完成时限\n1\t修订制度\t办公室\t3月25日\n2\t开展自查\t各股室\t9月底前\n3\t验收\t督查室\t12月\n"
    (plan,) = parse(text)["plans"]
    times = [time for node in plan["children"] for time in walk_times(node)]
    assert [(time["text"], time["end"]) for time in times] == [("3月25日", "2024-03-25"), ("9月底前", "2024-09-30"), ("12月", "2024-12-31")]


def test_a_row_with_several_time_cells():
    text = "2023-2024学年第一学期安排\n周次\t日期\t时间\t工作\n第一周\t9月4日\t8:30\t开学\n\t9月5日\t上午\t听课\n第二周\t9月11日\t14:00\t检查\n"
    rows = schedule(parse(text))["children"]
    assert [(row["when"]["start"], row["when"]["time_of_day"]) for row in rows] == [
        ("2023-09-04", "8:30"), ("2023-09-05", "上午"), ("2023-09-11", "14:00"),
    ]  # fmt: skip


def test_the_annex_of_a_notice_has_its_year():
    text = "关于印发实施方案的通知\n各单位：\n现将方案印发给你们，请认真执行。\n县政府办公室\n2023年4月12日\n\n\n垃圾分类实施方案\n一、目标\n1、6月底前完成部署。\n"
    plans = parse(text)["plans"]
    assert [plan["year"]["value"] for plan in plans] == [2023, 2023]


def test_cited_titles_are_not_times():
    (plan,) = parse("2024年工作计划\n一、学习\n认真学习《2023年工作要点》，做好07年高考总结。\n")["plans"]
    node = plan["children"][0]["children"][0]
    assert node["when"] is None
    assert [time["text"] for time in node["times"]] == ["2023年", "07年"]


def walk_times(node):
    for time in (node.get("when"), *node.get("times", ())):
        if time:
            yield time
    for key in ("children", "items", "notes"):
        for child in node.get(key) or ():
            yield from walk_times(child)


class TestDiagnostics:
    def test_impossible_dates(self):
        assert codes(weekly(date(2023, 8, 28), 3).replace("28/8", "31/9"))[0] == ("PN201", 6)
        assert codes("2024年安排\n2.29（周四）\n检查\n30.2（周五）\n检查\n3.1（周五）\n总结\n") == [("PN201", 4)]
        assert ("PN201", 3) in codes("2023年工作计划\n一、检查\n2月29日前完成。\n")

    def test_reversed_ranges(self):
        assert codes("2024年工作计划\n一、检查\n9月10日—3日开展检查。\n") == [("PN202", 3)]
        assert codes("2024年工作计划\n一、检查\n2024年9月10日至2023年9月3日开展检查。\n") == [("PN202", 3)]

    def test_weekdays_that_are_wrong(self):
        assert codes("2024年工作计划\n一、检查\n9月2日（周三）检查。\n") == [("PN203", 3)]
        assert codes("2024年工作计划\n一、检查\n9月2日（周一）检查。\n") == []
        assert ("PN203", 3) in codes(TABLE + "5\t9/24-9/30\t周一 选举日(26日)\n6\t10/1-10/7\t例会\n7\t10/8-10/14\t例会\n")

    def test_weeks_with_gaps(self):
        text = TABLE + "1\t8/28-9/3\t开学\n2\t9/4-9/10\t听课\n3\t9/18-9/24\t检查\n4\t9/25-10/1\t总结\n6\t10/2-10/8\t放假\n"
        assert codes(text) == [("PN205", 5), ("PN206", 7)]

    def test_weeks_that_overlap(self):
        assert codes(TABLE + "1\t8/28-9/3\t开学\n2\t9/4-9/10\t听课\n3\t9/10-9/17\t检查\n4\t9/18-9/24\t总结\n") == [("PN205", 5)]

    def test_order_of_day_and_month(self):
        open_ = "安排\n日期\t工作\n3/4\t开学\n5/6\t听课\n7/8\t检查\n"
        assert [code for code, _ in codes(open_)] == ["PN208"] * 3
        settled = "2023年安排\n日期\t工作\n3/9-9/9\t开学\n10/9-16/9\t听课\n"
        assert days(schedule(parse(settled))["children"][0]) == ("2023-09-03", "2023-09-09")
        by_sequence = "2023年安排\n周次\t日期\t工作\n1\t2/1-8/1\t开学\n2\t9/1-12/1\t听课\n"
        assert days(schedule(parse(by_sequence))["children"][0]) == ("2023-01-02", "2023-01-08")

    def test_messages_in_chinese(self, planparse):
        out = planparse(
            "parse", "-", "--strict", "--lang", "zh", "-o", "x.json", stdin="2024年工作计划\n一、检查\n9月2日（周三）检查。\n".encode()
        )
        assert out.returncode == 1
        assert "PN203 weekday-mismatch: 9月2日（周三）：2024-09-02 是星期一" in out.stderr.decode()


TEXTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "samples").glob("*.txt")) if path.stem != "gbk-notice"]
LINES = ["九月份", "1、周一 例会", "2、周四至五 听课", "周次\t日期\t工作", "1\t8/28-9/3\t周三 检查", "2\t4/9-10/9\t(25日) 交表", "3\t9.11-9.17\t下午 开会", "教务处", "2023年8月25日"]  # fmt: skip
plans = st.sampled_from([*TEXTS, daily(date(2024, 6, 17)), weekly(date(2006, 8, 27), 8)]) | st.lists(
    st.sampled_from(LINES) | st.sampled_from([row[0] for row in SINGLE]).map(lambda time: f"一、{time}完成检查，{time}总结。"), max_size=12
).map("\n".join)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(plans, st.sampled_from([Settings(), Settings(year=2024), Settings(today=date(2023, 9, 1)), Settings(term_start=date(2023, 9, 4))]))
def test_resolving_twice_is_resolving_once(text, said):
    parsed = Parsed(Source("-", text), said)

    def printed(plan):
        out = []
        _Encoder(parsed.source, parsed.work, True, "\n").node(plan, 1, out.append)
        return "".join(out)

    order = settle_order(parsed._row_times(), parsed._schedules())
    for plan in parsed.plans():
        once = printed(plan)
        Resolver(parsed.work, lambda offset: parsed.source.line_column(offset)[0], order, said, []).resolve(plan)
        assert json.loads(printed(plan)) == json.loads(once)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(plans)
def test_what_is_printed_holds_together(text):
    """Dates exist and are in order; where they are known, EDTF says the same."""
    document = json.loads("".join(write(Parsed(Source("-", text)))))
    for plan in document["plans"]:
        for node in plan["children"]:
            for time in walk_times(node):
                assert (time["start"] is None) == (time["end"] is None)
                if time["start"]:
                    assert time["start"] <= time["end"]
                    assert date.fromisoformat(time["start"])
                    assert time["start"].startswith(time["edtf"].lstrip("{")[:4])
                if time["basis"] and time["basis"]["year"] == "masked":
                    assert time["start"] is None


@pytest.mark.parametrize("text", ["", "9月\n", "（）\n", "第周\n", "每\n", "2023年\n"])
def test_odd_texts(text):
    parse(text)
