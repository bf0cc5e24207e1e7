"""Which numbers are entries: in cells whose count is wrong, in front of dates and counts, below headings, with dots."""

import time

import pytest
import rulecases

from planparse import parse
from planparse.syntax.numbering import match_label
from planparse.syntax.points import find_entries

PN1 = ("PN101", "PN102", "PN103")


def told(text: str) -> list[str]:
    return [code for code in PN1 if rulecases.found(code, text)]


def entries(cell: str) -> list[str]:
    points = find_entries(cell, 0, len(cell), match_label(cell, 0, len(cell)))
    if not points:
        return [cell]
    return [cell[point.start : following] for point, following in zip(points, [*(p.start for p in points[1:]), len(cell)], strict=True)]


@pytest.mark.parametrize(
    "parts",
    [
        ["1．走访；", "2．检查；", "4．开会"],
        ["1．走访；", "2．检查；", "2．开会"],
        ["1．走访；", "2．检查；", "1．开会；", "2．总结"],
        ["1．甲 ", "2．乙 ", "4．丙"],
        ["1．甲（张三）", "2．乙（李四）", "4．丙（王五）"],
        ["（1）甲；", "（2）乙；", "（4）丙"],
        ["①甲；", "②乙；", "④丙"],
        ["一、甲；", "二、乙；", "四、丙"],
        ["1、组织灯会；", "2、4月5日备耕；", "3、修渠"],
        ["1．走访；", "2．6月5日植树。", "3．开会"],
        ["1、走访；", "2、3月份检查；", "3、修渠"],
        ["1、9:00开会；", "2、10:00检查；", "3、2024年底总结"],
        ["1、甲；", "2、乙；", "2、5月6日丙"],
        ["1．会议（1．总结；2．部署）；", "2．检查"],
        ["1)甲；", "2)乙（丙；", "3）丁；", "5)戊"],
    ],
)
def test_entries_of_a_cell(parts):
    """A number behind the end of an entry begins one, whatever its value."""
    assert entries("".join(parts)) == parts


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        ("1、走访；2、3月份检查", 1),
        ("1、走访；2、3年级春游；3、修渠", 2),
        ("1、走访；2、检查；5、6月份总结", 2),
        ("1、走访；2、检查；5、六年级春游", 2),
        ("1.走访；2.检查；6.15日活动", 2),
        ("1.走访；2.检查，拨款4.5万元", 2),
        ("1．走访；2．检查，见附件4．", 2),
        ("走访；2．检查；4．开会", 1),
    ],
)
def test_no_entries_of_a_cell(cell, count):
    """Halves of dates and counts, and numbers inside a sentence, begin none."""
    assert len(entries(cell)) == count


TABLE = "某村2024年工作安排\n月份\t工作内容\t责任人\n1月\t1．走访；2．检查；4．开会\t张三\n2月\t1．甲乙；2．丙丁；2．戊己\t李四\n3月\t1．植树；2．防火；1．修路\t王五\n"
PIPES = "\n".join(["# 某村2024年工作安排", "", *("| " + line.replace("\t", " | ") + " |" for line in TABLE.splitlines()[1:])]) + "\n"
PIPES = PIPES.replace("责任人 |\n", "责任人 |\n| --- | --- | --- |\n")


@pytest.mark.parametrize("text", [TABLE, PIPES], ids=["tabs", "pipes"])
def test_numbers_in_cells_are_told(text):
    """Gap, repeat and restart in cells of one line."""
    assert told(text) == ["PN101", "PN102", "PN103"]


def test_numbers_in_cells_are_mended():
    """The fix counts on."""
    assert "1．走访；2．检查；3．开会" in rulecases.fixed("PN101", TABLE, unsafe=True).text
    assert "1．甲乙；2．丙丁；3．戊己" in rulecases.fixed("PN103", TABLE, unsafe=True).text


def test_running_text_stays_whole():
    """Outside cells a wrong number parts nothing."""
    plan = parse("某县2024年工作计划\n一、重点工作\n1．走访各村；2．检查各村消防；4．召开各村会议。\n").plans[0]
    assert [child.number.value for child in plan.children[0].children] == [1, 2]


@pytest.mark.parametrize("first", ["第一，压实责任。\n第二，排查隐患。", "任务一：压实责任。\n任务二：排查隐患。"])
@pytest.mark.parametrize("after", ["", "二、保障\n加强领导。\n"])
def test_worded_numbers_below_the_last_heading(first, after):
    """第一，… belongs to the heading right above it."""
    text = f"某县2024年工作计划\n一、重点工作\n（一）建设工程\n1．新建幼儿园。\n2．修路。\n（二）安全工作\n{first}\n{after}"
    plan = parse(text).plans[0]
    assert len(plan.children[0].children) == 2
    assert len(plan.children[0].children[1].children) == 2
    assert not rulecases.found("PN502", text)


def test_stages_below_the_last_heading():
    """第一阶段 belongs to the heading right above it."""
    plan = parse("某县2024年工作方案\n一、目标\n提高质量。\n二、实施步骤\n第一阶段：宣传发动。\n第二阶段：组织实施。\n").plans[0]
    assert [len(child.children) for child in plan.children] == [1, 2]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("一、质量\n1.1 取样。\n1.2 拼缝。\n1.4 养护。\n1.5 归档。\n", ["PN101"]),
        ("1 质量\n1.1 取样。\n1.2 拼缝。\n2 安全\n2.1 戴帽。\n2.2 系带。\n2.2 设栏。\n", ["PN103"]),
        ("一、质量\n1.1 取样。\n1.2 拼缝。\n1.1 养护。\n", ["PN102"]),
        ("1 质量\n1.1 取样。\n1.1.1 钢筋。\n1.1.2 水泥。\n1.2 拼缝。\n1.2.1 模板。\n2 安全\n2.1 戴帽。\n", []),
        ("一、活动\n3.1 返校。\n3.2 开学。\n3.5 典礼。\n3.8 妇女节。\n", []),
    ],
)
def test_dotted_numbers(text, codes):
    """Gaps, repeats and restarts under the heading they count under; days of a month are no list."""
    assert told(f"某县2024年施工计划\n{text}") == codes


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        (["1．新建幼儿园。", "2．4/12召开会议。", "3．维修围墙。"], [1, 2, 3]),
        (["1．新建幼儿园。", "2．30所学校建网站。"], [1, 2]),
        (["1.新建幼儿园。", "2.30所学校建网站。"], [1, 2]),
        (["1．新建幼儿园。", "2．30公里道路硬化。", "3．维修围墙。"], [1, 2, 3]),
        (["1．5个村修路。", "2．维修围墙。"], [1, 2]),
        (["1．新建幼儿园。", "2．5万元用于购书。", "3．维修围墙。"], [1, 3]),
        (["1.新建幼儿园。", "2.5万元用于购书。"], [1]),
        (["1.新建幼儿园。", "2.14情人节不放假。", "2.维修围墙。"], [1, 2]),
        (["1.新建幼儿园。", "2.维修围墙。", "2.30所学校建网站。"], [1, 2]),
        (["1.新建幼儿园。", "2.重要节日：", "3.15消费者日", "4.22地球日", "5.4青年节"], [1, 2]),
    ],
)
def test_numbers_in_front_of_counts(lines, numbers):
    """5．30所 is entry 5 where the list asks for it."""
    plan = parse("\n".join(["某县2024年工作计划", "一、重点工作", *lines, ""])).plans[0]
    assert [child.number.value for child in plan.children[0].children if child.type == "section"] == numbers


@pytest.mark.parametrize(
    "piece",
    ["1、甲；2、3月；", "（1．甲；2．乙；", "1．甲；1．乙；3．丙）；", "2、3月；", "9．甲（", "1）甲（2）乙；"],
)
def test_cells_are_read_in_linear_time(piece):
    """Ten times the cell takes about ten times as long."""

    def seconds(times: int) -> float:
        cell = "1、甲乙；" + piece * times
        begun = time.perf_counter()
        find_entries(cell, 0, len(cell), match_label(cell, 0, len(cell)))
        return time.perf_counter() - begun

    seconds(10)
    small = min(seconds(2000) for _ in range(3))
    assert min(seconds(20000) for _ in range(2)) < 40 * small + 0.05
