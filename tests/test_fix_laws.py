"""Laws of findings and fixes, tried on texts made of pieces of dirty plans."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planparse.rules.engine import check
from planparse.rules.fixing import fix, viewer
from planparse.rules.likeness import likeness
from planparse.rules.registry import rules
from planparse.rules.rule import Edit
from planparse.rules.selection import select
from planparse.rules.view import View
from planparse.source import Source
from planparse.syntax.parse import Parsed

LABELS = [
    "一、",
    "二、",
    "三、",
    "四、",
    "（一）",
    "(二)",
    "1．",
    "2.",
    "3、",
    "5、",
    "（1）",
    "(2)",
    "①",
    "②",
    "一是",
    "二是",
    "1)",
    "１．",
    "- ",
    "● ",
    "## ",
]
PROSE = [
    "加强管理,落实责任", "购置图书", "推行“网格化”管理", "落实责任(含后勤)", "迎新活动: 游园会", "怎么办?", "人人有责!", "加强食堂管理，落实食品留样制度，每周检查一次，结果张榜公布",
    "分两批更换锅炉房、配电间、防盗门窗等关系师生安全的", "陈旧设备", "学习《安全生产条例》", "班班通、校校通", "安全标准化安全标准化建设", "校本研修本研修活动", "群众关心的的问题",
    "投入1,200万元", "建成35个", "合格率９８．５％", "开设ＡＢ两班", "比例3:2", "责任人:王小明", "教导处", "某校2024年工作计划", "关于开展活动的通知", "指导思想:", "重点工作", "保障措施",
]  # fmt: skip
MARKS = [
    "。",
    "，",
    ",",
    ";",
    "；",
    "：",
    ":",
    "、",
    "！！！！",
    ",,",
    "，。",
    "。。。",
    "...",
    "……",
    "（",
    "）",
    "(",
    ")",
    "“",
    "”",
    "《",
    "》",
    "!",
    "?",
    " ",
    "  ",
    "\u3000",
]
TIMES = [
    "周一 ",
    "周三下午 ",
    "3月5日",
    "9月1日—7日",
    "8:00",
    "27/8",
    "—2/9",
    "２０２４年３月５日",
    "二oxx年元月十日",
    "2024年3月",
    "31/9",
    "1-2月",
    "20xx年",
    "07年",
    "每周",
    "月底前",
]
TABLES = [
    "周次\n日期\n工作要点\n备注\n",
    "周次\t日期\t工作\n",
    "1\n2/9\n—8/9\n",
    "2\n9/9\n—15/9\n",
    "1\t9.1-9.7\t",
    "2\t9.8-9.14\t",
    "\t",
    "|",
    "| a | b |\n|---|---|\n",
    "第一周",
]
DEBRIS = [
    "&nbs\np;", "&nbsp;", "&amp;", "\u00a0", "\u00a0\n;", "`", "**", "**市", "<br>", "</p>", "\u200b", "(本文来源于www.x.com)", "下面是小编为大家整理的计划，欢迎参阅。\n",
    "\n上一篇：没有了\n", "1234下一页", "\n相关文章：\n", "https://www.example.cn/a,b", "<!-- plan -->", "<!-- advertisement: x -->", "\n\n---\n\n", "```\n", "<!-- planparse: ignore PN4 -->",
    "[文档](a.md)",
]  # fmt: skip
BREAKS = ["\n", "\n", "\n", "\n\n", "\n  "]

pieces = st.one_of(*(st.sampled_from(group) for group in (LABELS, PROSE, PROSE, MARKS, TIMES, TABLES, DEBRIS, BREAKS, BREAKS)))
dirty = st.lists(pieces, max_size=40).map("".join)
anything = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=80)
texts = dirty | anything
laws = settings(max_examples=100, deadline=None, derandomize=True)
EVERY = select("audit", chosen=["ALL"])


def view_of(text):
    return View.of(Parsed(Source("plan.txt", text)))


def fixed(text, unsafe=False):
    return fix(text, viewer(Source("plan.txt", text), None, {}), EVERY, unsafe=unsafe)


def found(text):
    return check(view_of(text), EVERY).violations


# -- findings ----------------------------------------------------------------------------------------------------


@laws
@given(texts)
def test_spans_lie_inside_the_text(text):
    """And so do edits, which do not overlap within a fix; every message can be filled in."""
    for violation in found(text):
        assert violation.text()
        if violation.place is not None:
            assert 0 <= violation.place.offset < violation.place.end_offset <= len(text)
        if violation.mend is None:
            continue
        assert violation.mend_text()
        assert violation.mend.grade == "safe" or rules()[violation.code].rule.fix == "unsafe"
        edits = sorted(violation.mend.edits)
        assert edits
        assert all(0 <= edit.start <= edit.end <= len(text) for edit in edits)
        assert all(text[edit.start : edit.end] != edit.text for edit in edits)
        assert all(a.end <= b.start for a, b in pairwise(edits))


RULE = "\n\n---\n\n"


def told(text):
    """The findings by line and column, without what tells how the text is broken into lines."""
    for violation in found(text):
        place = violation.place
        yield violation.code, violation.text(), place and (place.line, place.column)


@laws
@given(texts)
@example("某校2024年工作计划\n一、重点工作\n下午\u00a0\n; 例会,检查\n")
def test_line_ends_make_no_difference_to_findings(text):
    assert list(told(text.replace("\n", "\r\n"))) == list(told(text))


def test_line_ends_make_no_difference_to_rules_between_sections():
    text = f"某校2024年工作计划\n一、重点工作\n购置图书。{RULE}以上各项由办公室督办。\n"
    assert list(told(text.replace("\n", "\r\n"))) == list(told(text))
    assert len(view_of(text.replace("\n", "\r\n")).repairs) == len(view_of(text).repairs)


# -- fixes -------------------------------------------------------------------------------------------------------


WAITING = (
    "加强管理,落实责任；(\n  \t二oxx年元月十日1．(本文来源于www.x.com)\n\n\n<!-- advertisement: x -->校本研修本研修活动1-2月\n周一 二是关于开展活动的通知！！！！31/9\n"
    "8:00一、２０２４年３月５日加强食堂管理，落实食品留样制度，每周检查一次，结果张榜公布……,,**```\n：关于开展活动的通知\u00a0| a | b |\n|---|---|\n\n  \n陈旧设备的"
)
"""A text in which a fix does harm until others are made."""


@laws
@given(texts, st.booleans())
@example(text=WAITING, unsafe=True)
def test_fixing_twice_is_fixing_once(text, unsafe):
    once = fixed(text, unsafe)
    assert once.stable
    assert fixed(once.text, unsafe).text == once.text


@laws
@given(texts)
def test_safe_fixes_change_no_more_than_they_may(text):
    done = fixed(text)
    parts = frozenset().union(*(rules()[code].rule.may_change for code in done.made))
    assert likeness(view_of(done.text), parts) == likeness(view_of(text), parts)


def counted(view):
    return [number[3] for visit in view.visits if (number := visit.node.fields.get("number")) is not None]


def times(view):
    keys = ("kind", "start", "end", "edtf", "bound", "rrule")
    for visit in view.visits:
        fields = visit.node.fields
        for when in (fields.get("when"), fields.get("period"), *fields.get("times", ())):
            if when:
                yield [when.get(key) for key in keys]


def cells(view):
    return [len(visit.node.fields.get("cells", ())) for visit in view.of_type("schedule_row")]


@laws
@given(texts)
def test_labels_times_and_borders_survive_safe_fixes(text):
    before, after = view_of(text), view_of(fixed(text).text)
    assert counted(after) == counted(before)
    assert list(times(after)) == list(times(before))
    assert cells(after) == cells(before)


@laws
@given(texts, st.booleans())
def test_fixes_keep_line_ends(text, unsafe):
    """No line feed comes without its carriage return, and no lone one is left."""
    done = fixed(text.replace("\n", "\r\n"), unsafe).text
    assert re.search("(?<!\r)\n|\r(?!\n)", done) is None


@laws
@given(texts)
def test_line_ends_make_no_difference_to_fixes(text):
    assert fixed(text.replace("\n", "\r\n")).text == fixed(text).text.replace("\n", "\r\n")


@laws
@given(texts)
def test_text_rules_touch_nothing_guarded_with_safe_fixes(text):
    view = view_of(text)
    for violation in check(view, select("audit", chosen=["PN4"])).violations:
        if violation.mend is not None and violation.mend.grade == "safe":
            assert not [edit for edit in violation.mend.edits if view.guarded(edit.start, edit.end)]


# -- taking back -------------------------------------------------------------------------------------------------

PLAN = "某校2024年工作计划\n一、重点工作\n1．加强管理,落实责任。\n2．购置图书,登记入库。\n3．修缮校舍,添置桌椅。\n"


def with_edits(monkeypatch, code, edits):
    """Lets a rule offer these edits once more for every text in which they fit."""
    from planparse.rules import registry
    from planparse.rules.rule import Fix, Problem

    entry = rules()[code]

    def other(view):
        fitting = tuple(Edit(view.text.index(old), view.text.index(old) + len(old), new) for old, new in edits if old in view.text)
        if fitting:
            yield Problem(fitting[0].start, fitting[0].end, entry.rule.messages[0], {"count": 1}, Fix(fitting, "safe", "mend"))

    everything = {**rules(), code: entry._replace(check=other)}
    monkeypatch.setattr(registry, "rules", lambda: everything)
    for name in ("engine", "fixing", "selection"):
        monkeypatch.setattr(f"planparse.rules.{name}.rules", lambda: everything)


def alone(code, text):
    return fix(text, viewer(Source("plan.txt", text), None, {}), select("default", chosen=[code]))


def test_a_fix_that_does_harm_is_taken_back(monkeypatch):
    with_edits(monkeypatch, "PN409", [("2．购置", "购置")])
    done = alone("PN409", PLAN)
    assert done.text == PLAN
    assert done.stable
    assert len(done.refused) == 1
    assert not done.made


def test_signs_are_mended_on_the_lines_where_they_do_no_harm(monkeypatch):
    with_edits(monkeypatch, "PN404", [("管理,", "管理，"), ("2．购置", "购置"), ("校舍,", "校舍，")])
    done = alone("PN404", PLAN)
    assert done.text == PLAN.replace("管理,", "管理，").replace("校舍,", "校舍，")
    assert done.stable
    assert done.made == {"PN404": 1}
    assert len(done.refused) == 1


@pytest.mark.parametrize("size", [1, 40])
def test_many_edits_of_one_fix_are_made_together(size):
    text = PLAN * size
    done = fixed(text)
    assert "," not in done.text
    assert done.made["PN404"] == 1
