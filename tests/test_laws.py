"""Laws that hold for every text, tried on texts made of what plans are made of and on any text at all."""

import json
import re
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from planparse.model import Document
from planparse.source import Source
from planparse.syntax.numbering import BULLET, STYLES, match_label
from planparse.syntax.parse import Parsed
from planparse.syntax.tokens import tokenize
from planparse.writers import markdown
from planparse.writers.json import write

LABELS = [style.text(value) for style in STYLES for value in (1, 2, 3)]
WORDS = [
    "总体思路:", "八月份:", "指导思想", "工作计划", "关于开展活动的通知", "认真落实责任", "加强管理", "各单位要高度重视", "周一 会议", "周四下午",
    "10%", "44中", "教务处", "国庆放假。", "建设校园文化", "附件1：", "注：", "目  录", "前  言", "首先，", "相关文章：", "上一篇：没有了",
    "(本文来源于www.x.com)", "小编", "（来自百度文库）", "根据上级要求，结合我校实际，制定本计划如下。",
]  # fmt: skip
TABLES = [
    "周次",
    "日期",
    "工作要点",
    "备注",
    "时间",
    "地点",
    "负责人",
    "9月",
    "一",
    "月",
    "1",
    "2",
    "3",
    "第一周",
    "第2周（9.1-9.7）",
    "\t",
    "|",
    "| a | b |",
    "|---|---|",
]
DATES = ["27/8", "—2/9", "3/9\n—9/9", "2023年9月1日", "二oxx年元月十日", "6.17（周一）", "2023年工作计划篇1", "篇2", "9月1日—7日"]
DEBRIS = [
    "&nbs\np;",
    "&nbsp;",
    "&amp;",
    "&#49;",
    "&",
    "\u00a0\n;",
    "\u200b",
    "<br>",
    "</p>",
    "\\*",
    "<!-- plan -->",
    "<!-- advertisement: x -->",
    "\n\n---\n\n",
]
MARKS = [
    "。",
    "，",
    "；",
    "：",
    "、",
    " ",
    "  ",
    "\u3000\u3000",
    "●",
    "- ",
    "* ",
    "l  ",
    "—",
    "──",
    "# ",
    "## ",
    "**",
    "```",
    "😀",
    "x",
    "\r",
    "\x0b",
    "\u2028",
]
BREAKS = ["\n", "\n", "\n", "\n\n", "\r\n"]

pieces = (
    st.sampled_from(LABELS)
    | st.sampled_from(WORDS)
    | st.sampled_from(TABLES)
    | st.sampled_from(DATES)
    | st.sampled_from(DEBRIS)
    | st.sampled_from(MARKS)
)
pasted = st.lists(pieces | st.sampled_from(BREAKS), max_size=60).map("".join)
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
texts = pasted | anything
laws = settings(max_examples=200, deadline=None, derandomize=True)

INVISIBLE = re.compile("[\\s\u200b-\u200f\u2060\u2061\ufeff\u00ad\u202a-\u202e\x1c-\x1f]+")


def parsed(text):
    parsing = Parsed(Source("-", text))
    return parsing, json.loads("".join(write(parsing)))


def visible(text):
    return INVISIBLE.sub("", text)


def span(node):
    return node["position"]["start"]["offset"], node["position"]["end"]["offset"]


def below(node):
    """The nodes right below a node, in order of the text."""
    lists = [value for key, value in node.items() if isinstance(value, list) and key in ("subtitles", "children", "items", "notes")]
    return sorted((child for nodes in lists for child in nodes), key=span)


def walk(node):
    yield node
    for child in below(node):
        yield from walk(child)


def everything(document):
    for top in (*document["plans"], *document["stray"]):
        yield from walk(top)


def own(node, text):
    """What of the text belongs to the node itself and to none of those below it."""
    start, end = span(node)
    out = ""
    for child in below(node):
        out += text[start : span(child)[0]]
        start = span(child)[1]
    return out + text[start:end]


def bullet(line):
    label = match_label(line + "  备课", 0, len(line) + 4) if line else None
    return line[: label.end] if label is not None and label.style is BULLET else ""


# -- tokens ------------------------------------------------------------------------------------------------------


@laws
@given(texts)
@example("1、甲\r2、乙\r")
@example("\u200b&middot;\u200b甲")
def test_tokens_joined_are_the_text(text):
    tokens = tokenize(text)
    assert "".join(token.text for token in tokens) == text
    assert [token.start for token in tokens] == [sum(len(before.text) for before in tokens[:k]) for k in range(len(tokens))]
    assert all(token.text for token in tokens)


# -- positions ---------------------------------------------------------------------------------------------------


@laws
@given(texts)
def test_children_lie_inside_and_side_by_side(text):
    _, document = parsed(text)
    for node in everything(document):
        start, end = span(node)
        assert start < end or not text
        for child in below(node):
            assert start <= span(child)[0], (node, child)
            start = span(child)[1]
        assert start <= end


@laws
@given(texts)
def test_nothing_visible_stands_outside(text):
    """What lies outside of plans and stray nodes is blank or a recorded repair; or one of Markdown's own marks: the
    backslash of an escape, `<br>` in a cell.
    """
    _, document = parsed(text)
    tops = sorted(map(span, (*document["plans"], *document["stray"])))
    rest = list(re.sub(r"\\(?=[\\*`|])|(?i:<br ?/?>)", lambda mark: " " * len(mark[0]), text))
    for start, end in tops:
        assert all(rest[start:end]), "two nodes at the top overlap"
        rest[start:end] = [""] * (end - start)
    for start, end in map(span, document["repairs"]):
        rest[start:end] = [""] * (end - start)
    assert visible("".join(rest)) == ""


@laws
@given(texts)
def test_lines_and_columns_agree_with_offsets(text):
    parsing, document = parsed(text)
    for node in everything(document):
        for end in node["position"].values():
            assert parsing.source.line_column(end["offset"]) == (end["line"], end["column"])


# -- words -------------------------------------------------------------------------------------------------------


@laws
@given(texts)
def test_own_words_are_number_heading_and_text(text):
    """A node's own stretch, mended, holds its number, heading and text in this order, and besides only marks."""
    hold_own_words(*parsed(text), ("section", "paragraph", "item", "note", "title", "signature"))


def hold_own_words(parsing, document, kinds):
    """The law itself, for nodes of these kinds."""
    for node in everything(document):
        if node["type"] not in kinds:
            continue
        rest = visible(own(node, parsing.work))
        number = node.get("number") or {}
        if node["type"] in ("item", "note"):  # entries of a table keep no bullets
            rest = rest.removeprefix(bullet(rest))
        for words in (number.get("text"), node.get("bullet"), node.get("heading"), node.get("text")):
            wanted = visible(words or "")
            at = rest.find(wanted)
            assert at >= 0, (node["type"], wanted, rest)
            assert set(rest[:at]) <= set("#*_：:。！？"), (node["type"], wanted, rest)
            rest = rest[at + len(wanted) :]
        assert set(rest) <= set("#*_：:。！？"), (node["type"], rest)


@laws
@given(texts)
def test_a_field_is_null_rather_than_empty(text):
    _, document = parsed(text)
    for node in everything(document):
        assert all(node.get(key) != "" for key in ("text", "mark", "label")), node


# -- models ------------------------------------------------------------------------------------------------------


@laws
@given(texts)
def test_json_and_models_say_the_same(text):
    _, document = parsed(text)
    assert Document.model_validate(document).model_dump(mode="json") == document


@laws
@given(texts)
def test_parsing_twice_gives_the_same(text):
    assert parsed(text)[1] == parsed(text)[1]


# -- tables ------------------------------------------------------------------------------------------------------


@laws
@given(texts)
def test_cells_hold_all_words_of_a_row(text):
    """The letters of a row's stretch are those of its cells; only marks between cells and after keys are left out."""
    parsing, document = parsed(text)
    for node in everything(document):
        if node["type"] == "schedule_row":
            start, end = span(node)
            stretch, cells = (Counter(visible(words)) for words in (parsing.work[start:end], "".join(node["cells"])))
            assert set(stretch - cells) <= set("|：:"), (parsing.work[start:end], node["cells"])
            assert not cells - stretch, (parsing.work[start:end], node["cells"])
        elif node["type"] == "table":
            start, end = span(node)
            words = "".join(node["columns"]) + "".join("".join(row) for row in node["rows"])
            assert set(Counter(visible(parsing.work[start:end])) - Counter(visible(words))) <= set("|-:—–─+="), words


@laws
@given(texts)
def test_a_plans_own_words_are_mark_and_title(text):
    parsing, document = parsed(text)
    for plan in document["plans"]:
        titled = any(title["kind"] == "title" for title in plan["subtitles"])
        wanted = visible((plan["mark"] or "") + ("" if titled else plan["title"] or ""))
        assert re.sub("[#*_]", "", visible(own(plan, parsing.work))) == re.sub("[#*_]", "", wanted)


@laws
@given(texts)
def test_noise_is_kept_as_it_was(text):
    parsing, document = parsed(text)
    for node in everything(document):
        if node["type"] == "noise":
            stretch = visible(own(node, parsing.work))
            assert stretch in (visible(node["text"]), visible(f"<!-- {node['reason']}: {node['text']} -->"))


# -- steadiness --------------------------------------------------------------------------------------------------

sentences = st.sampled_from([
    "认真备课。", "各班按时上交材料，由教导处汇总。", "加强管理，落实责任。", "每月检查一次，结果张榜公布；", "组织教师听课评课不少于12节。",
    "3月15日前完成校园安全排查，发现问题当天整改。", "把宿舍、食堂、操场的卫生责任分到每个班，每天早晚各查一次，查出的问题当天通报，连续三次不合格的取消评优资格。",
])  # fmt: skip
headings = st.sampled_from(["指导思想", "主要工作", "加强学习", "抓好常规管理", "食堂与后勤", "具体措施", "校园安全", "教研活动安排"])
run_ins = st.builds("{}{}{}".format, headings, st.sampled_from("。："), sentences)
LEVELS = ("han", "han-paren", "arabic-dot", "arabic-paren", "circled")
"""The standard order of styles, from the outside in."""
WRITTEN = {style.name: style.text for style in STYLES}


@st.composite
def lists(draw, level=0):
    """Numbered lines of one style in order, some with a list of the next style below: (label, words, lines below)."""
    lines = []
    for value in range(1, draw(st.integers(1, 4)) + 1):
        words = draw(headings | sentences | run_ins)
        under = draw(lists(level + 1)) if level < 3 and draw(st.integers(0, 2)) == 0 else []
        lines.append((WRITTEN[LEVELS[level]](value), words, under))
    return lines


def laid_out(lines):
    for label, words, under in lines:
        yield label + words
        yield from laid_out(under)


@laws
@given(lists(), st.data())
def test_a_new_sub_point_leaves_its_line_alone(outline, data):
    """What a numbered line is does not depend on what stands below it."""
    lines = ["向阳小学工作计划", *laid_out(outline)]
    k = data.draw(st.integers(1, len(lines) - 1))
    depth = next(level for level, name in enumerate(LEVELS) for value in range(1, 5) if lines[k].startswith(WRITTEN[name](value)))
    new = WRITTEN[LEVELS[depth + 1]](1) + data.draw(headings | sentences | run_ins)
    offset = len("\n".join(lines[:k])) + 1

    def line(written):
        _, document = parsed("\n".join(written))
        found = [node for node in everything(document) if node["type"] != "plan" and span(node)[0] == offset]
        return {key: found[0].get(key) for key in ("type", "number", "level", "heading", "text")}

    assert line([*lines[: k + 1], new, *lines[k + 1 :]]) == line(lines)


# -- Markdown ----------------------------------------------------------------------------------------------------


def tree(document):
    def without_positions(value):
        if isinstance(value, dict):
            return {key: without_positions(entry) for key, entry in value.items() if key != "position"}
        return [without_positions(entry) for entry in value] if isinstance(value, list) else value

    return without_positions({"plans": document["plans"], "stray": document["stray"]})


titles = st.sampled_from(["向阳小学工作计划", "2024年后勤工作计划", "关于开展校园安全检查的通知", "河东街道防汛应急预案"])
openings = st.just("") | st.sampled_from(["为做好本学期工作，结合我校实际，制定本计划。", "新的学期，我们将继续努力，把各项工作做细做实。"])
closings = st.just("") | st.sampled_from(["以上各项由办公室督办。", "总之，我们要齐心协力，把工作做好。"])
signatures = st.just("") | st.sampled_from(["向阳小学\n2024年3月6日", "2024年3月6日"])


points = st.sampled_from([
    "具体做法：一是早读抓纪律；二是晚读抓质量；三是周末抓安全。", "分三步走：①摸底；②招标；③施工。", "要做到两点：（1）不出校门；（2）不占课时。",
])  # fmt: skip
unnumbered = st.sampled_from(["总体思路：", "八月份：", "领导小组", "附件1：安全检查表"])
bullets = st.lists(sentences, min_size=1, max_size=3).map(lambda entries: "\n".join(f"●{entry}" for entry in entries))
schedules = st.lists(st.sampled_from(["开学典礼", "1、备课组会议 2、卫生检查", "教学常规检查", "期中考试"]), min_size=2, max_size=5).map(
    lambda works: "\n".join(["周次\t日期\t工作安排", *(f"{week}\t9.{week}-9.{week + 6}\t{work}" for week, work in enumerate(works, 1))])
)


@st.composite
def plans(draw):
    """A plan as it should be written: title, opening, numbered lists in the standard order, closing, signature."""
    lines = list(laid_out(draw(lists())))
    for _ in range(draw(st.integers(0, 3))):
        lines.insert(draw(st.integers(1, len(lines))), draw(sentences | points | bullets | unnumbered))
    parts = [draw(titles), draw(openings), *lines, draw(st.just("") | schedules), draw(closings), draw(signatures)]
    return "\n".join(part for part in parts if part) + "\n"


@laws
@given(plans())
def test_markdown_reads_back_as_the_same_tree(text):
    _, document = parsed(text)
    written = markdown.write(Document.model_validate(document))
    assert tree(parsed(written)[1]) == tree(document), written


# -- what does not hold yet ---------------------------------------------------------------------------------------


def no_empty_headings(text):
    _, document = parsed(text)
    assert all(node.get(key) != "" for node in everything(document) for key in ("heading", "title"))


def a_date_in_a_cell_is_no_number(text):
    _, document = parsed(text)
    assert not [node for node in everything(document) if node["type"] == "item" and node["number"]]


def lines_that_are_whole_stay_apart(text):
    _, document = parsed(text)
    assert not [repair for repair in document["repairs"] if repair["kind"] == "broken_line"]


def closing_marks_are_no_words(text):
    _, document = parsed(text)
    sections = [node for node in everything(document) if node["type"] == "section"]
    assert sections
    assert not [node for node in sections if "#" in node["heading"]]
    assert [node["number"]["text"] for node in sections if node["number"]] == ["一、"]


HELD = [
    (test_own_words_are_number_heading_and_text, "# 工作计划\n## 一、第一阶段：准备"),
    (test_nothing_visible_stands_outside, "化|：\n<!-- plan -->\na||"),
    (no_empty_headings, "第一部分。开展活动。"),
    (no_empty_headings, "："),
    (a_date_in_a_cell_is_no_number, "周次\t日期\t工作\n第一周\t9.1-9.7\t3.15消费者权益日活动\n第二周\t9.8-9.14\t5 月活动"),
    (closing_marks_are_no_words, "# 工作计划\n##\t一、目标 ##\n提高质量。\n## 二、 ##\n加强管理。\n"),
    (no_empty_headings, "# 工作计划\n## 一、 ##\n提高质量。\n"),
    (lines_that_are_whole_stay_apart, "工作计划\n一、备课\n合格率达到98\n2024年工作打算\n"),
]
"""Texts that once broke a law."""


@pytest.mark.parametrize(("law", "text"), HELD, ids=[law.__name__ + str(k) for k, (law, _) in enumerate(HELD)])
def test_held(law, text):
    """The laws hold on texts that are easily got wrong."""
    (law.hypothesis.inner_test if hasattr(law, "hypothesis") else law)(text)


BREACHES = [
    (no_empty_headings, "# # ", "marks of headings alone make an empty heading"),
    (
        test_markdown_reads_back_as_the_same_tree,
        "向阳小学工作计划\n一、指导思想\n总体思路：\n领导小组\n（一）指导思想\n1.指导思想\n（1）指导思想\n",
        "a bare line is text below a colon, but a heading below the Markdown heading that has lost its colon",
    ),
]


@pytest.mark.parametrize(
    ("law", "text"),
    [
        pytest.param(law, text, id=reason, marks=pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason))
        for law, text, reason in BREACHES
    ],
)
def test_breaches(law, text):
    """Texts for which a law is known to be broken; a row that holds fails here and goes to the examples of its law."""
    (law.hypothesis.inner_test if hasattr(law, "hypothesis") else law)(text)
