"""Calendars: what `parse -f ics` writes, read back by two client libraries."""

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
import vobject
from conftest import ROOT
from dateutil.rrule import rrulestr

import planparse
from planparse.writers import ics

STAMP = datetime(2024, 1, 1, tzinfo=UTC)
WEEKS = (
    "2023-2024学年第一学期教导处周工作安排\n周次\t日期\t工作要点\t负责人\t地点\n1\t8/28-9/3\t1、周四下午2:30-4:00 教研 2、周一至三 听课\t教导处\t录播室\n"
    "2\t9/4-9/10\t教师节表彰\t工会\t报告厅\n3\t9/11-9/17\t周三上午第三节 检查\t总务处\t\n"
)
PLAN = (
    "2024年教务处工作计划\n一、常规\n1、每周三下午教研。\n2、教案检查。每月底前检查教案。\n3、11月30日前完成总结。\n4、9月前修订制度。\n"
    "二、活动\n九月份\n1、表彰大会。\n2、（25日）上交材料。\n三、长期\n1、每学期组织两次演练。\n2、下学期召开现场会。\n"
)


def calendar(text, **said):
    made = ics.write(planparse.parse(text, **said), STAMP)
    return icalendar.Calendar.from_ical(made.data), made


def events(text, **said):
    return {str(event["summary"]): event for event in calendar(text, **said)[0].walk("VEVENT")}


def test_entries_of_weeks():
    found = events(WEEKS)
    assert list(found) == ["周四下午2:30-4:00 教研", "周一至三 听课", "教师节表彰", "周三上午第三节 检查"]
    timed = found["周四下午2:30-4:00 教研"]
    assert (timed["dtstart"].dt, timed["dtend"].dt) == (datetime(2023, 8, 31, 14, 30), datetime(2023, 8, 31, 16))
    run = found["周一至三 听课"]
    assert (run["dtstart"].dt, run["dtend"].dt) == (date(2023, 8, 28), date(2023, 8, 31))  # the end is exclusive in iCalendar
    week = found["教师节表彰"]
    assert (week["dtstart"].dt, week["dtend"].dt) == (date(2023, 9, 4), date(2023, 9, 11))
    assert (str(week["contact"]), str(week["location"])) == ("工会", "报告厅")
    assert found["周三上午第三节 检查"]["dtstart"].dt == date(2023, 9, 13)  # no one knows when the third lesson is


def test_deadlines_and_repetitions():
    found = events(PLAN)
    assert found["due: 11月30日前完成总结。"]["dtstart"].dt == date(2024, 11, 30)
    assert found["due: 9月前修订制度。"]["dtstart"].dt == date(2024, 8, 31)
    assert found["表彰大会。"]["dtstart"].dt == date(2024, 9, 1)
    assert found["表彰大会。"]["dtend"].dt == date(2024, 10, 1)
    assert found["（25日）上交材料。"]["dtstart"].dt == date(2024, 9, 25)
    weekly = found["每周三下午教研。"]
    assert weekly["dtstart"].dt == date(2024, 1, 3)
    rule = rrulestr(weekly["rrule"].to_ical().decode(), dtstart=datetime(2024, 1, 3))
    days = list(rule)
    assert (days[0], days[-1], len(days)) == (datetime(2024, 1, 3), datetime(2024, 12, 25), 52)
    assert {day.isoweekday() for day in days} == {3}


def test_what_is_open_is_listed():
    _, made = calendar(PLAN)
    assert [(entry.when, entry.line) for entry in made.left_out] == [("每学期", 12)]
    _, made = calendar("工作计划\n一、检查\n1、11月30日前完成总结。\n")
    assert [(entry.text, entry.reason) for entry in made.left_out] == [("11月30日前完成总结。", ics.YEAR_OPEN)]


def test_identities_stay_when_days_move():
    first = {str(event["summary"]): str(event["uid"]) for event in calendar(WEEKS)[0].walk("VEVENT")}
    moved = {str(event["summary"]): str(event["uid"]) for event in calendar("\n" + WEEKS, year=2024)[0].walk("VEVENT")}
    assert first == moved
    assert len(set(first.values())) == len(first)


def test_twice_the_same_entry_is_two_events():
    text = "2024年工作计划\n一、检查\n1、3月5日检查。\n2、3月5日检查。\n"
    uids = [str(event["uid"]) for event in calendar(text)[0].walk("VEVENT")]
    assert len(uids) == len(set(uids)) == 2


@pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*.*")), ids=lambda path: path.stem)
def test_clients_read_every_sample(sample):
    """icalendar finds no error in it, vobject's validator passes, RFC 5545's line length is kept, every rule expands."""
    made = ics.write(planparse.read(sample, None), STAMP)
    read = icalendar.Calendar.from_ical(made.data)
    assert read.errors == []
    assert all(len(line) <= 75 for line in made.data.split(b"\r\n"))
    if not read.walk("VEVENT"):
        return
    component = vobject.readOne(made.data.decode())
    assert component.validate(raiseException=True)
    uids = set()
    for event in read.walk("VEVENT"):
        assert event.errors == []
        uids.add(str(event["uid"]))
        start, end = event["dtstart"].dt, event.get("dtend") and event["dtend"].dt
        assert end is None or start < end
        if "rrule" in event:
            begin = start if isinstance(start, datetime) else datetime.combine(start, time())
            rule = re.sub("UNTIL=(\\d{8})(?!T)", "UNTIL=\\1T000000", event["rrule"].to_ical().decode())
            days = list(rrulestr(rule, dtstart=begin))
            assert days
            assert days[0] == begin
            assert days[-1] - begin < timedelta(366 * 6)
    assert len(uids) == len(read.walk("VEVENT"))


class TestCommand:
    def test_a_file(self, planparse, tmp_path):
        (tmp_path / "plan.txt").write_text(WEEKS, encoding="utf-8")
        done = planparse("parse", "plan.txt", "-o", "plan.ics", env={"SOURCE_DATE_EPOCH": "1700000000"})
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
        again = planparse("parse", "plan.txt", "-f", "ics", env={"SOURCE_DATE_EPOCH": "1700000000"})
        assert again.stdout == (tmp_path / "plan.ics").read_bytes()
        assert b"DTSTAMP:20231114T221320Z" in again.stdout

    def test_left_out_on_standard_error(self, planparse):
        done = planparse("parse", "-", "-f", "ics", stdin=PLAN.encode())
        assert done.returncode == 0
        assert done.stderr.decode().splitlines() == [
            "planparse: -:12: not in the calendar: 每学期 (when it begins and ends is open): 每学期组织两次演练。"
        ]
        assert json.loads(planparse("parse", "-", "--no-positions", stdin=PLAN.encode()).stdout)["plans"]
