"""A plan's year: what is written, what weekdays and festivals allow, what the user says; open when more than one fits."""

import json
from datetime import date, timedelta

import pytest

import planparse
from planparse.dates.resolve import Settings
from planparse.source import Source
from planparse.syntax.parse import Parsed
from planparse.writers.json import write

HAN = "一二三四五六日"


def parse(text, **said):
    return json.loads("".join(write(Parsed(Source("-", text), Settings(**said)))))


def year(text, **said):
    (plan,) = parse(text, **said)["plans"]
    return plan["year"] and plan["year"]["value"]


def daily(first, days=5, title="每日工作安排", wrong=()):
    """A schedule by day, without a year; the weekdays of `wrong` rows are mistyped."""
    lines = [title]
    for k in range(days):
        day = first + timedelta(k)
        weekday = HAN[(day.isoweekday() - 1 + (k in wrong) * 3) % 7]
        lines += [f"{day.month}.{day.day}（周{weekday}）", "教研活动", "检查卫生"]
    return "\n".join(lines)


def weekly(first, weeks, entries=None, title="周工作安排", notes=""):
    """A week table whose cells fell into lines; `entries` by week number."""
    lines = [title, "周次", "日期", "工作要点"]
    for k in range(weeks):
        start = first + timedelta(7 * k)
        end = start + timedelta(6)
        lines += [
            str(k + 1),
            f"{start.day}/{start.month}",
            f"—{end.day}/{end.month}",
            *(entries or {}).get(k + 1, ["1、周一 例会", "2、周三 听课"]),
        ]
    return "\n".join([*lines, notes])


def schedule(document):
    found = []

    def walk(node):
        if node["type"] == "schedule":
            found.append(node)
        for child in node.get("children", []):
            walk(child)

    for plan in document["plans"]:
        walk(plan)
    return found[0]


class TestWritten:
    @pytest.mark.parametrize(
        ("title", "expected"),
        [
            ("2024年教务处工作计划", 2024),
            ("二〇二四年教务处工作计划", 2024),
            ("2023-2024学年第一学期教务处工作计划", 2023),
            ("2023—2024学年度第二学期教务处工作计划", 2024),
            ("2023学年第二学期教务处工作计划", 2024),
            ("111學年度第2學期行事曆", 2023),
            ("2024年春季学期工作计划", 2024),
            ("20xx年教务处工作计划", None),
        ],
    )
    def test_in_the_title(self, title, expected):
        assert year(f"{title}\n一、备课\n9月5日前交教案。\n") == expected

    def test_in_the_signature(self):
        """Signed in December for the year to come, in August for the term that begins."""
        assert year("工作计划\n一、检查\n1、3月15日检查。\n2、6月底前总结。\n教务处\n2023年12月28日\n") == 2024
        assert year("工作计划\n一、备课\n9月5日前交教案。\n教务处\n2023年8月25日\n") == 2023

    def test_in_the_text(self):
        assert year("活动方案\n一、时间\n2024年10月19日\n二、报名\n10月18日前报名。\n") == 2024

    def test_in_the_first_row_only(self):
        text = "周工作安排\n周次\t日期\t工作\n1\t2023年8月28日-9月3日\t开学\n2\t9月4日-9月10日\t听课\n3\t9月11日-9月17日\t检查\n"
        assert [row["when"]["start"] for row in schedule(parse(text))["children"]] == ["2023-08-28", "2023-09-04", "2023-09-11"]

    def test_a_compilers_mark_is_no_evidence_by_itself(self):
        (plan,) = parse("2023年教育局工作计划篇1\n一、备课\n1、年底前完成。\n")["plans"]
        assert (plan["year"]["value"], plan["year"]["candidates"]) == (None, [2023])
        assert plan["year"]["evidence"][0]["kind"] == "mark"


class TestEvidence:
    def test_weekdays_leave_several_years(self):
        (plan,) = parse(daily(date(2024, 6, 17)))["plans"]
        assert plan["year"]["value"] is None
        assert plan["year"]["candidates"] == [1991, 1996, 2002, 2013, 2019, 2024, 2030]
        assert {clue["kind"] for clue in plan["year"]["evidence"]} == {"weekday"}

    def test_a_reference_date_takes_the_nearest(self):
        assert year(daily(date(2024, 6, 17)), today=date(2023, 3, 1)) == 2024
        assert year(daily(date(2024, 6, 17)), today=date(2018, 3, 1)) == 2019
        row = schedule(parse(daily(date(2024, 6, 17)), today=date(2024, 6, 1)))["children"][0]
        assert (row["when"]["start"], row["when"]["basis"]["year"]) == ("2024-06-17", "inferred")

    def test_one_mistyped_row_is_forgiven(self):
        document = parse(daily(date(2024, 6, 17), days=7, wrong=[2]), today=date(2024, 6, 1))
        assert document["plans"][0]["year"]["value"] == 2024
        assert [d["code"] for d in document["diagnostics"]] == ["PN203"]

    def test_two_mistyped_rows_are_not(self):
        assert year(daily(date(2024, 6, 17), days=7, wrong=[2, 4])) is None

    def test_festivals_weekdays_and_an_examination_leave_one(self):
        """Weeks from Sunday, 中秋 and 重阳 within a week of their rows leave three years, the examination of 2007 one."""
        entries = {k: ["1、周日 辅导班", "2、周一 例会"] for k in range(1, 16)}
        entries[7] = ["1、周六至三 中秋活动", "2、周四 听课"]
        entries[10] = ["1、周日 辅导班", "2、周四 重阳登山"]
        text = weekly(date(2006, 8, 27), 15, entries)
        (plan,) = parse(text)["plans"]
        assert (plan["year"]["value"], plan["year"]["candidates"]) == (None, [2006, 2017, 2028])
        entries[9] = ["1、周日 07年高考备考研讨", "2、周一 例会"]
        (plan,) = parse(weekly(date(2006, 8, 27), 15, entries))["plans"]
        assert plan["year"]["value"] == 2006
        assert {clue["kind"] for clue in plan["year"]["evidence"]} == {"week_rows", "festival", "examination"}
        assert all(clue["agrees"] for clue in plan["year"]["evidence"])

    def test_a_title_that_does_not_fit_is_told(self):
        entries = {k: ["1、周日 辅导班", "2、周一 例会"] for k in range(1, 16)}
        entries[9] = ["1、周日 07年高考备考研讨"]
        text = weekly(date(2006, 8, 27), 15, entries, title="2023年教育局工作计划篇1")
        document = parse(text)
        assert document["plans"][0]["year"]["value"] == 2006
        (told,) = [d for d in document["diagnostics"] if d["code"] == "PN211"]
        assert told["position"]["start"]["line"] == 1
        assert "2023" in told["message"]
        assert "2006" in told["message"]

    def test_anniversaries(self):
        assert year("工作计划\n一、活动\n1、庆祝第39个教师节。\n2、9月10日表彰。\n") == 2023
        assert year("工作计划\n一、安全\n今年3月26日是第十二个“全国中小学生安全教育日”。\n") == 2007
        assert year("工作计划\n一、活动\n庆祝建党100周年，7月1日前完成。\n") == 2021
        assert year("工作计划\n一、活动\n庆祝“三八”国际妇女节114周年，3月8日表彰。\n") == 2024

    def test_a_leap_day(self):
        (plan,) = parse("安排表\n日期\t工作\n2月28日\t检查\n2月29日\t总结\n3月1日\t上报\n")["plans"]
        assert set(plan["year"]["candidates"]) == set(range(1992, 2041, 4))

    def test_nothing_is_guessed(self):
        document = parse(weekly(date(2023, 8, 28), 3))
        row = schedule(document)["children"][0]
        assert (row["when"]["start"], row["when"]["edtf"]) == (None, "XXXX-08-28/XXXX-09-03")

    def test_festivals_of_single_days(self):
        text = "安排\n日期\t工作\n5.31（周六）\t端午节\n10.6（周一）\t中秋节\n10.29（周三）\t重阳节\n"
        (plan,) = parse(text)["plans"]
        assert plan["year"]["candidates"] == [2025, 2036]

    def test_a_past_examination_says_nothing(self):
        assert year("2016年春季工作计划\n一、回顾\n2015年高考上线213人。\n3月5日开会。\n") == 2016

    def test_days_under_a_month_with_their_weekdays(self):
        (plan,) = parse("九年级行事历\n九月份\n1、1日（周日）开学\n2、10日（周二）表彰\n十月份\n1、11日（周五）运动会\n")["plans"]
        assert plan["year"]["candidates"] == [1991, 1996, 2002, 2013, 2019, 2024, 2030]


class TestGiven:
    def test_the_user_knows_best(self):
        document = parse(weekly(date(2006, 8, 27), 3, title="2023年工作安排"), year=2006)
        assert document["plans"][0]["year"]["value"] == 2006
        assert document["plans"][0]["year"]["evidence"][0]["kind"] == "given"
        assert schedule(document)["children"][0]["when"]["start"] == "2006-08-27"

    def test_it_fills_masks(self):
        (plan,) = parse("20xx年工作计划\n一、检查\n20xx年9月5日检查。\n", year=2024)["plans"]
        assert plan["children"][0]["children"][0]["when"]["start"] == "2024-09-05"


def test_a_school_year_goes_over_new_year():
    text = weekly(date(2023, 12, 18), 4, title="2023-2024学年第一学期周工作安排")
    assert [row["when"]["start"] for row in schedule(parse(text))["children"]] == ["2023-12-18", "2023-12-25", "2024-01-01", "2024-01-08"]


def test_a_calendar_years_months_stay_in_it():
    (plan,) = parse("2017年工作要点\n一、四月下旬活动。\n二、11月总结，1月表彰。\n三、1月底前上报。\n")["plans"]
    assert {time[:4] for node in plan["children"] for time in [node["when"] and node["when"]["start"]] if time} == {"2017"}


def test_deadlines_after_a_signature_in_december():
    (plan,) = parse("2023年度考核方案\n一、12月20日前自评。\n二、1月10日前汇总。\n人事科\n2023年12月5日\n")["plans"]
    assert [node["when"]["start"] for node in plan["children"][:2]] == ["2023-12-20", "2024-01-10"]


def test_rows_over_new_year_without_a_term():
    text = weekly(date(2023, 12, 4), 7, title="2023年冬季工作安排")
    starts = [row["when"]["start"] for row in schedule(parse(text))["children"]]
    assert starts[0] == "2023-12-04"
    assert starts[-1] == "2024-01-15"


def test_more_weekdays_that_fit_than_slips():
    """Two slips of the pen do not outvote three days that are right; each is told by itself."""
    text = "某村2025年工作计划\n一、任务\n1．3月8日（周五）开会。\n2．3月12日（周三）植树。\n3．6月4日（周三）检查。\n4．2月29日前摸底。\n5．9月10日（周三）慰问。\n"
    document = planparse.parse(text)
    assert document.plans[0].year.value == 2025
    assert [diagnostic.code for diagnostic in document.diagnostics] == ["PN203", "PN201"]
