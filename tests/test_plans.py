"""Where a plan begins that no mark announces."""

import pytest

from planparse import parse

TABLE = "周次\t日期\t工作\n1\t9/2-9/8\t1、备课\n2\t9/9-9/15\t检查\n"
OUTLINE = "一、加强领导\n成立领导小组。\n二、抓好落实\n按月检查。\n"


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            f"某校2024年秋季周工作安排\n{TABLE}\n某县水务局2024年工作要点\n{OUTLINE}",
            ["某校2024年秋季周工作安排", "某县水务局2024年工作要点"],
        ),
        (
            f"某校2024年秋季工作计划\n{TABLE}备注：以上安排如有变动另行通知。\n教学工作计划\n{OUTLINE}",
            ["某校2024年秋季工作计划", "教学工作计划"],
        ),
        (f"某校2024年秋季工作计划\n{TABLE}有关要求\n{OUTLINE}", ["某校2024年秋季工作计划"]),
        (f"某校2024年秋季工作计划\n{TABLE}{OUTLINE}", ["某校2024年秋季工作计划"]),
    ],
)
def test_a_title_below_a_table(text, titles):
    """Another plan begins at a title of its own, not at a heading or at numbers alone."""
    assert [plan.title for plan in parse(text).plans] == titles


def test_the_title_of_an_annex_stands_below_its_mark():
    text = f"某局关于印发计划的通知\n各单位：\n现将计划印发给你们。\n某局\n2025年3月1日\n附件\n某局2025年工作计划\n{OUTLINE}"
    first, second = parse(text).plans
    assert (first.title, second.title) == ("某局关于印发计划的通知", "某局2025年工作计划")
    assert [title.text for title in second.subtitles] == ["附件", "某局2025年工作计划"]
    assert [title.kind for title in second.subtitles] == ["subtitle", "title"]
