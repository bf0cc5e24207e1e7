"""`planparse dates`, the options about time, and the script that scores planparse on the suites of others."""

import json
import subprocess
import sys

import pytest
from conftest import ROOT, environment

WEEKS = "2023学年第一学期周工作安排\n周次\t日期\t工作\n1\t8/28-9/3\t周四下午 教研\n2\t9/4-9/10\t听课(6日)\n3\t9/11-9/17\t检查\n"
DAILY = "每日安排\n6.17（周一）\n检查\n6.18（周二）\n听课\n6.19（周三）\n总结\n"


class TestText:
    def test_times_with_reasons(self, planparse):
        done = planparse("dates", "-", stdin=WEEKS.encode())
        assert (done.returncode, done.stderr) == (0, b"")
        lines = done.stdout.decode().splitlines()
        assert lines[0] == "plan 1  2023学年第一学期周工作安排  the year is 2023"
        assert lines[1] == "  for it: the title: 2023学年第一学期 (line 1)"
        rows = [line.split(maxsplit=2) for line in lines[2:]]
        assert rows[1][:2] == ["3", "8/28-9/3"]
        assert rows[1][2].startswith("2023-08-28 – 2023-09-03  the plan's year")
        assert rows[2] == ["3", "周四下午", "2023-08-31               from the row or heading it stands under; that weekday in it"]
        assert rows[4][:2] == ["4", "6日"]
        assert rows[4][2].startswith("2023-09-06 ")

    def test_an_open_year_says_which_fit(self, planparse):
        out = planparse("dates", "-", stdin=DAILY.encode()).stdout.decode()
        assert "the year is open; it could be 1991, 1996, 2002, 2013, 2019, 2024, 2030" in out
        assert "it says: a date with its weekday: 6.17（周一） (line 2), and 2 more like it" in out
        out = planparse("dates", "-", "--as-of", "2024-06-01", stdin=DAILY.encode()).stdout.decode()
        assert "the year is 2024" in out
        assert "2024-06-17" in out

    def test_in_chinese(self, planparse):
        out = planparse("dates", "-", "--lang", "zh", stdin=WEEKS.encode()).stdout.decode()
        assert "年份是 2023" in out
        assert "由所在的行或标题推出" in out

    def test_several_files(self, planparse, tmp_path):
        for name in ("a.txt", "b.txt"):
            (tmp_path / name).write_text(WEEKS, encoding="utf-8")
        out = planparse("dates", "a.txt", "b.txt", "missing.txt")
        assert out.returncode == 2
        assert out.stdout.decode().count("plan 1") == 2
        assert out.stdout.decode().startswith("a.txt\nplan 1")

    def test_nothing_to_tell(self, planparse):
        assert planparse("dates", "-", stdin="备课\n".encode()).stdout == b""


class TestJson:
    def test_records(self, planparse):
        records = json.loads(planparse("dates", "-", "-f", "json", stdin=WEEKS.encode()).stdout)
        lines = [json.loads(line) for line in planparse("dates", "-", "-f", "jsonl", stdin=WEEKS.encode()).stdout.splitlines()]
        assert records == lines
        assert records[2] == {
            "file": "-", "plan": 1, "line": 3, "column": 12, "text": "周四下午", "kind": "weekday", "start": "2023-08-31", "end": "2023-08-31",
            "edtf": "2023-08-31", "bound": None, "rrule": None, "time_of_day": "下午",
            "basis": {"year": "inherited", "month": "inherited", "day": "inherited"}, "why": ["around", "weekday"],
        }  # fmt: skip

    def test_none(self, planparse):
        assert json.loads(planparse("dates", "-", "-f", "json", stdin=b"x\n").stdout) == []


class TestOptions:
    def test_the_year(self, planparse):
        document = json.loads(planparse("parse", "-", "--year", "2030", stdin=DAILY.encode()).stdout)
        assert document["plans"][0]["year"]["value"] == 2030

    def test_the_start_of_term(self, planparse):
        text = "工作计划\n一、考试\n第3周检查。\n"
        out = planparse("dates", "-", "--term-start", "2024-02-26", stdin=text.encode()).stdout.decode()
        assert "2024-03-11 – 2024-03-17  counted from week 1" in out

    @pytest.mark.parametrize("option", ["--as-of", "--term-start"])
    @pytest.mark.parametrize("text", ["2024年3月1日", "2024-02-30", "3/1", ""])
    def test_no_date(self, planparse, option, text):
        done = planparse("dates", "-", option, text, stdin=DAILY.encode())
        assert done.returncode == 2
        assert done.stderr.decode() == f"planparse: {option} {text}: this is no date; write it as 2024-09-01\n"

    def test_no_year(self, planparse):
        assert planparse("parse", "-", "--year", "24", stdin=DAILY.encode()).returncode == 2


SPEC = [
    {"Input": "会议在下周", "Context": {"ReferenceDateTime": "2017-03-22T00:00:00"}, "Results": [
        {"Text": "下周", "Type": "daterange", "Start": 3, "Length": 2, "Value": {"Timex": "2017-W13",
         "FutureResolution": {"startDate": "2017-03-27", "endDate": "2017-04-03"}, "PastResolution": {"startDate": "2017-03-27", "endDate": "2017-04-03"}}}]},
    {"Input": "1月19日", "Context": {"ReferenceDateTime": "2017-03-22T00:00:00"}, "Results": [
        {"Text": "1月19日", "Type": "date", "Start": 0, "Length": 5, "Value": {"Timex": "XXXX-01-19",
         "FutureResolution": {"date": "2018-01-19"}, "PastResolution": {"date": "2017-01-19"}}}]},
    {"Input": "近三年", "Context": {"ReferenceDateTime": "2017-03-22T00:00:00"}, "Results": []},
    {"Input": "每周一", "Results": [{"Text": "每周一", "Type": "set", "Start": 0, "Length": 3, "Value": {"Timex": "XXXX-WXX-1", "FutureResolution": {}}}]},
    {"Input": "共有10册", "Context": {"ReferenceDateTime": "2017-03-22T00:00:00"}, "Results": []},
    {"Input": "2018年以前", "Context": {"ReferenceDateTime": "2018-09-12T00:00:00"}, "Results": [
        {"Text": "2018年以前", "Start": 0, "End": 6, "TypeName": "datetimeV2.daterange",
         "Resolution": {"values": [{"timex": "2018", "Mod": "before", "type": "daterange", "end": "2018-01-01"}]}}]},
    {"Input": "明年", "Context": {"ReferenceDateTime": "2017-03-22T00:00:00"}, "Results": [
        {"Text": "明年", "Type": "daterange", "Start": 0, "Length": 2, "Value": {"Timex": "2018",
         "FutureResolution": {"startDate": "2019-01-01", "endDate": "2020-01-01"}, "PastResolution": {"startDate": "2019-01-01", "endDate": "2020-01-01"}}}]},
]  # fmt: skip

LISTS = """
import time
base = {"year": 2021, "month": 6, "day": 14}
class Tests:
    def test_times(self):
        cases = [
            ["明年三月", 1623604000, {"type": "time_span", "definition": "accurate", "time": ["2022-03-01 00:00:00", "2022-03-31 23:59:59"]}],
            ["上半年", base, {"type": "time_span", "definition": "accurate", "time": ["2021-01-01 00:00:00", "2021-06-30 23:59:59"]}],
            ["9月底", {"year": 2021}, {"type": "time_span", "definition": "blur", "time": ["2021-09-25 00:00:00", "2021-09-30 23:59:59"]}],
            ["每周三", base, {"type": "time_period", "definition": "accurate",
                              "time": {"delta": {"day": 7}, "point": {"time": ["2021-06-16 00:00:00", "2021-06-16 23:59:59"], "string": "周三"}}}],
            ["下午三点", base, {"type": "time_point", "definition": "accurate", "time": ["2021-06-14 15:00:00", "2021-06-14 15:59:59"]}],
            ["三年", base, {"type": "time_delta", "definition": "accurate", "time": {"year": 3}}],
        ]
"""


def test_the_script_reads_both_kinds_of_suites(tmp_path):
    """Shapes of Recognizers-Text's specs and of JioNLP's lists; conventions mapped, what is off topic left out, faults listed."""
    (tmp_path / "DatePeriodParser.json").write_text(json.dumps(SPEC), encoding="utf-8-sig")
    (tmp_path / "test_time_parser.py").write_text(LISTS, encoding="utf-8")
    command = [sys.executable, str(ROOT / "tests" / "benchmarks" / "dates.py"), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, env=environment() | {"PYTHONUTF8": "1", "TZ": "UTC"}, check=False)
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr.decode()
    assert "34 of 34 right" in out
    assert "| planparse | 5 of 6 |" in out
    assert "left out: 1 rolling spans" in out
    assert "- 明年 (2017-03-22): DatePeriodParser 2019-01-01..2019-12-31; planparse 2018-01-01..2018-12-31; right: theirs" in out
    assert "| planparse | 4 of 4 |" in out
