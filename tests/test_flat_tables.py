"""Week tables that fell apart into one cell a line: numbers that are wrong, and debris of web pages among the rows."""

import pytest
import test_laws as laws
from hypothesis import given
from hypothesis import strategies as st

from planparse import check, parse

HEADS = "某校2024年第一学期周工作安排\n周次\n日期\n工作要点\n"
DAYS = ["9月2日—9月8日", "9月9日—9月15日", "9月16日—9月22日", "9月23日—9月29日", "9月30日—10月6日"]
DEBRIS = [
    "（更多教研计划，请关注公众号好文笔）",
    "（更多教研计划，请访问好文笔范文网）",
    "更多工作计划请关注公众号好文笔",
    "（文章来源：好文笔网）",
    "本文来源：好文笔网",
    "上一页 1 2 下一页",
    "[1] [2] 下一页",
    "本文由好文笔网用户整理上传，转载请注明出处。",
]


def table(numbers, entries="1、周一 备课\n2、周三 检查"):
    """A week table, a cell a line."""
    return HEADS + "".join(f"{number}\n{days}\n{entries}\n" for number, days in zip(numbers, DAYS, strict=False))


def schedules(text):
    """The schedules of the text, those below a heading too."""
    plans = parse(text).plans
    tops = [node for plan in plans for node in plan.children]
    return [node for top in tops for node in (top, *getattr(top, "children", ())) if node.type == "schedule"]


def noise(node):
    """The debris of the rows: week, text, and the text of the entry that holds it."""
    for row in node.children:
        for entry in (*row.items, *row.notes):
            yield from ((row.week, child.text, entry.text) for child in entry.children if child.type == "noise")


@pytest.mark.parametrize(
    ("numbers", "lines"),
    [
        ("12345", []),
        ("12245", [13]),
        (["1", "2", "12", "4", "5"], [13]),
        (["1", "2", "1", "4", "5"], [13]),
        (["10", "11", "11", "13"], [13]),
        (["第1周", "第2周", "第2周", "第4周"], [13]),
        (["一", "二", "二", "四"], [13]),
    ],
)
def test_a_wrong_number_begins_a_row(numbers, lines):
    """A number that repeats or jumps begins a row where a range of dates follows, as in the rows above; PN206 tells it."""
    text = table(numbers)
    (node,) = schedules(text)
    assert [row.when.text for row in node.children] == DAYS[: len(numbers)]
    assert [len(row.items) for row in node.children] == [2] * len(numbers)
    assert [found.place.line for found in check(text) if found.code == "PN206"] == lines


def test_a_number_in_a_cell_begins_no_row():
    """Only a range of dates of the table's own kind makes a row of it."""
    text = table("123", "上交反思\n2\n周五 备课")
    assert [row.week for row in schedules(text)[0].children] == [1, 2, 3]


def test_heads_among_the_rows_make_another_table():
    """Weeks that begin anew below heads of their own do not go on with the table above."""
    text = table("123") + table("12").replace("某校", "某某校")
    assert [[row.week for row in node.children] for node in schedules(text)] == [[1, 2, 3], [1, 2]]


@pytest.mark.parametrize("debris", DEBRIS)
@pytest.mark.parametrize(
    ("line", "week", "holder"),
    [
        (6, 1, None),
        (7, 1, "周一 备课"),
        (8, 1, "周一 备课"),
        (9, 1, "周三 检查"),
        (14, 3, None),
        (15, 3, "周一 备课"),
        (23, 5, "周一 备课"),
        (24, 5, "周一 备课"),
    ],
)
def test_debris_among_rows(debris, line, week, holder):
    """It is kept in its row, below the entry above it, or in front of the one below, or by itself; and the table goes on."""
    lines = table("12345").splitlines()
    clean = schedules("\n".join(lines))[0]
    lines.insert(line - 1, debris)
    (node,) = schedules("\n".join(lines))
    words = [[(entry.number.value, entry.text) for entry in row.items] for row in node.children]
    assert words == [[(entry.number.value, entry.text) for entry in row.items] for row in clean.children]
    assert [row.when.start for row in node.children] == [row.when.start for row in clean.children]
    assert list(noise(node)) == [(week, debris, holder)]
    assert {found.code for found in check("\n".join(lines)) if found.code < "PN300" or found.code == "PN402"} == {"PN107", "PN402"}


def test_debris_of_a_row_without_entries():
    """It makes a remark without words."""
    (node,) = schedules(table("123", DEBRIS[0]))
    assert list(noise(node)) == [(1, DEBRIS[0], None), (2, DEBRIS[0], None)]  # the last one stands below the table
    assert [row.cells[2] for row in node.children][:2] == [DEBRIS[0]] * 2


@pytest.mark.parametrize(
    "below",
    [
        "（更多工作计划，请关注公众号好文笔）\n2024年9月1日\n",
        "（更多工作计划，请关注公众号好文笔）\n相关文章：\n某校2024年春季德育工作计划\n4\n9月23日\n",
        "（更多工作计划，请关注公众号好文笔）\n一、其他工作\n4\n9月23日—9月29日\n",
    ],
)
def test_debris_below_a_table_ends_it(below):
    (node,) = schedules(table("123") + below)
    assert [row.week for row in node.children] == [1, 2, 3]
    assert not list(noise(node))
    assert node.position.end.line == 16


@pytest.mark.parametrize(
    "line",
    [
        "[1] [2] 下一页",
        "[1] [2] [3] 下一页 尾页",
        "1 2 3 下一页",
        "上一页 1 2 3 4 5 6 7 8 9 下一页",
        "本文由第一范文网用户整理上传",
        "本文由第一范文网用户整理上传，转载请注明出处。",
        "转载请注明出处。",
        "如需转载，请注明来源",
        "本文来源：范文大全网",
        "（更多工作计划，请访问好文笔范文网）",
        "更多范文尽在好文笔网",
    ],
)
def test_debris_in_running_text(line):
    (plan,) = parse(f"某校2024年工作计划\n一、重点工作\n1.新建食堂。\n{line}\n2.改造操场。\n").plans
    section = plan.children[0]
    found = [node for node in (*section.children, *section.children[0].children) if node.type == "noise"]
    assert [node.text for node in found] == [line]
    assert [node.number.value for node in section.children if node.type == "section"] == [1, 2]


@pytest.mark.parametrize(
    "line", ["1.本文件由办公室负责解释。", "2.把上一页的内容补齐", "1.教材：更多范文", "资金来源：区财政", "查看更多资料请登录学校网站"]
)
def test_no_debris(line):
    """Words of a plan that are like those of debris."""
    assert not [node for node in parse(f"某校2024年工作计划\n一、重点工作\n1.新建食堂。\n{line}\n")
                .plans[0].children[0].children if node.type == "noise"]  # fmt: skip


cells = st.sampled_from([
    *DEBRIS, "1、周一 备课", "2、周三 检查", "3、①听课", "②评课", "国庆放假", "教务处", "组织全体教师认真学习新课程标准，", "教研活动3篇", "2", "9月16日—9月22日",
])  # fmt: skip
heads = st.sampled_from(
    ["周次\n日期\n工作要点\n", "周次\n日期\n工作要点\n备注\n", "周次\n时间\n内容\n负责人\n地点\n", "日期\n工作\n", "项目\n时间\n内容\n"]
)


@laws.laws
@given(heads, st.lists(st.lists(cells, max_size=6), min_size=2, max_size=5))
def test_laws_of_tables_with_debris(head, rows):
    """The laws of all texts, on tables with debris anywhere."""
    weeks = "".join(
        f"{week}\n{days}\n" + "".join(cell + "\n" for cell in row) for week, (days, row) in enumerate(zip(DAYS, rows, strict=False), 1)
    )
    text = f"某校2024年第一学期安排\n{head}{weeks}"
    for law in (
        laws.test_children_lie_inside_and_side_by_side,
        laws.test_nothing_visible_stands_outside,
        laws.test_lines_and_columns_agree_with_offsets,
        laws.test_own_words_are_number_heading_and_text,
        laws.test_a_field_is_null_rather_than_empty,
        laws.test_json_and_models_say_the_same,
        laws.test_cells_hold_all_words_of_a_row,
        laws.test_a_plans_own_words_are_mark_and_title,
        laws.test_noise_is_kept_as_it_was,
    ):
        law.hypothesis.inner_test(text)
