"""What the Word writer writes: labels that count right however a program counts, tables with their grid, sound XML."""

import io
import re
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.documents import parse
from planparse.model import Document, Number, Paragraph, Plan, Section, Signature, SourceInfo, Table
from planparse.syntax.numbering import number_text
from planparse.writers import docx, text
from planparse.writers.word.body import measure
from planparse.writers.word.numbering import MOST_LISTS

SAMPLES = sorted(path for path in (Path(__file__).parent.parent / "samples").iterdir() if path.suffix in (".txt", ".md"))
MODES = ("standard", "keep")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HAN = "〇一二三四五六七八九"

samples = pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SAMPLES])
modes = pytest.mark.parametrize("numbering", MODES)


def read(path):
    data = path.read_bytes()
    try:
        return parse(data.decode("utf-8"))
    except UnicodeDecodeError:
        return parse(data.decode("gb18030"))


def document(*children, title=None):
    source = SourceInfo(name="-", encoding="utf-8", sha256="", lines=0, characters=0)
    return Document(source=source, plans=[Plan(ordinal=1, title=title, children=list(children))])


def section(style=None, value=0, heading=None, children=(), label=None, level=1, **fields):
    number = Number(text=label or number_text(style, value), style=style, value=value) if style else None
    return Section(number=number, level=level, heading=heading, children=list(children), **fields)


# -- a reader of Word files, just good enough to tell what a program shows ----------------------------------------


def part(data, name):
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return ET.fromstring(file.read(name))


def value(element, path):
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + "val")


def han(n):
    tens, ones = divmod(n, 10)
    return (HAN[tens] if tens > 1 else "") + ("十" if tens else "") + (HAN[ones] if ones or not tens else "")


def roman(n):
    signs = {1000: "M", 900: "CM", 500: "D", 400: "CD", 100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
    out = ""
    for worth, sign in signs.items():
        out += sign * (n // worth)
        n %= worth
    return out


NUMERALS = {
    "chineseCountingThousand": han,
    "decimal": str,
    "decimalEnclosedCircle": lambda n: "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"[n],
    "chineseLegalSimplified": lambda n: "零壹贰叁肆伍陆柒捌玖"[n],
    "ideographTraditional": lambda n: " 甲乙丙丁戊己庚辛壬癸"[n],
    "upperRoman": roman,
    "upperLetter": lambda n: " ABCDEFGHIJKLMNOPQRSTUVWXYZ"[n],
    "lowerLetter": lambda n: " abcdefghijklmnopqrstuvwxyz"[n],
}


class Counter:
    """Counts as Word does, by definition; or as other programs do, list by list."""

    def __init__(self, numbering, by_list):
        self.definitions = {d.get(W + "abstractNumId"): d.findall(W + "lvl") for d in numbering.findall(W + "abstractNum")}
        self.lists = {item.get(W + "numId"): item for item in numbering.findall(W + "num")}
        self.by_list = by_list
        self.counts = {}
        self.begun = set()

    def label(self, number, level):
        """The label with the blank that follows it."""
        item = self.lists[number]
        definition = value(item, "abstractNumId")
        levels = self.definitions[definition]
        if value(levels[level], "numFmt") == "bullet":
            return value(levels[level], "lvlText") + " "
        counts = self.counts.setdefault(number if self.by_list else definition, {})
        starts = {int(o.get(W + "ilvl")): int(value(o, "startOverride")) for o in item.findall(W + "lvlOverride")}
        if level in starts and (number, level) not in self.begun:
            counts[level] = starts[level]
        else:
            counts[level] = counts.get(level, 0) + 1
        self.begun.add((number, level))
        for below in range(level + 1, 9):
            counts.pop(below, None)

        def numeral(match):
            k = int(match[1]) - 1
            return NUMERALS[value(levels[k], "numFmt")](counts.get(k, 1))

        label = re.sub(r"%(\d)", numeral, value(levels[level], "lvlText"))
        return label + (" " if value(levels[level], "suff") == "space" else "")


def blocks(data, by_list=False):
    """The paragraphs, each as (style, text with its label); a table is ("table", its rows of cells of lines)."""
    counter = Counter(part(data, "word/numbering.xml"), by_list)

    def words(paragraph):
        number, level = value(paragraph, "pPr/numPr/numId"), value(paragraph, "pPr/numPr/ilvl")
        out = counter.label(number, int(level)) if number not in (None, "0") else ""
        for node in paragraph.iter():
            out += (node.text or "") if node.tag == W + "t" else "\t" if node.tag == W + "tab" else ""
        return out

    found = []
    for block in part(data, "word/document.xml").find(W + "body"):
        if block.tag == W + "p":
            found.append((value(block, "pPr/pStyle"), words(block)))
        elif block.tag == W + "tbl":
            rows = [[[words(p) for p in cell.findall(W + "p")] for cell in row.findall(W + "tc")] for row in block.findall(W + "tr")]
            found.append(("table", rows))
    return found


def lines(data, by_list=False):
    return [words for style, words in blocks(data, by_list) if style != "table" and words]


def without_tables(document):
    def kept(value):
        if isinstance(value, dict):
            return {key: kept(entry) for key, entry in value.items()}
        if isinstance(value, list):
            return [kept(entry) for entry in value if not (isinstance(entry, dict) and entry.get("type") in ("schedule", "table"))]
        return value

    return Document.model_validate(kept(document.model_dump()))


def told(lines):
    """Lines to compare: no blanks, and no colon at the end: that of a heading without a number is its style in Word."""
    found = ("".join(line.split()).rstrip("：") for line in lines)
    return [line for line in found if line]


# -- labels ------------------------------------------------------------------------------------------------------


@samples
@modes
@pytest.mark.parametrize("by_list", [False, True], ids=["as Word counts", "list by list"])
def test_samples_read_as_the_text_writer_writes_them(path, numbering, by_list):
    plans = without_tables(read(path))
    assert told(lines(docx.write([plans], numbering), by_list)) == told(text.write(plans, numbering).splitlines())


STYLES = ("han", "han-paren", "arabic-dot", "arabic-comma", "arabic-paren", "circled", "chapter", "article", "formal", "stem", "roman",
          "upper-letter", "lower-letter", "sequence", "digit-dot-glyph", "named", "section-sign")  # fmt: skip

numbers = st.builds(
    lambda style, value: (style, min(value, 4) if style == "sequence" else value), st.sampled_from(STYLES), st.integers(1, 10)
)
trees = st.recursive(
    st.builds(lambda number: (number, []), st.one_of(numbers, st.none(), st.just("●"))),
    lambda below: st.tuples(st.one_of(numbers, st.none(), st.just("●")), st.lists(below, max_size=4)),
    max_leaves=30,
)


def planted(tree):
    number, below = tree
    below = [planted(node) for node in below]
    if number == "●":
        return section(heading="检查", bullet="●", children=below)
    return section(*number, heading="检查", children=below) if number else section(heading="检查", children=below)


@given(st.lists(st.lists(trees, max_size=5), min_size=1, max_size=3), st.sampled_from(MODES), st.booleans())
@settings(deadline=None, max_examples=150)
def test_any_nesting_of_any_numbers_shows_its_labels(plans, numbering, by_list):
    made = [document(*map(planted, trees), title="计划") for trees in plans]
    expected = "".join(text.write(one, numbering) for one in made)
    assert told(lines(docx.write(made, numbering), by_list)) == told(expected.splitlines())


def test_standard_labels_are_one_list_that_counts_by_itself():
    """Only a new plan starts a list: all else follows from the levels, as when an author works in Word."""
    plan = parse(
        "食堂计划\n一、目标\n1、满意。\n2、无事故。\n二、措施\n1、采购\n（1）比价。\n（2）验收。\n2、卫生\n（1）消毒。\n三、要求\n守时。\n"
    )
    numbering = part(docx.write([plan, plan]), "word/numbering.xml")
    assert len(numbering.findall(W + "abstractNum")) == 1
    starts = [[o.get(W + "ilvl") for o in item.findall(W + "lvlOverride")] for item in numbering.findall(W + "num")]
    assert starts == [[], ["0"]]
    levels = numbering.findall(W + "abstractNum/" + W + "lvl")
    assert [(value(level, "numFmt"), value(level, "lvlText")) for level in levels[:5]] == [
        ("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."), ("decimal", "（%4）"),
        ("decimalEnclosedCircle", "%5"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("style", "value", "label", "shown"),
    [
        ("han", 1, "一、", ("chineseCountingThousand", "%1、")),
        ("han-paren", 12, "(十二)", ("chineseCountingThousand", "(%1)")),
        ("chapter", 3, "第三章", ("chineseCountingThousand", "第%1章")),
        ("named", 2, "任务二：", ("chineseCountingThousand", "任务%1：")),
        ("arabic-dot", 7, "7．", ("decimal", "%1．")),
        ("circled", 20, "⑳", ("decimalEnclosedCircle", "%1")),
        ("formal", 3, "叁、", ("chineseLegalSimplified", "%1、")),
        ("stem", 2, "乙、", ("ideographTraditional", "%1、")),
        ("roman", 4, "IV.", ("upperRoman", "%1.")),
        ("lower-letter", 2, "b)", ("lowerLetter", "%1)")),
        ("decimal-2", 3, "2.3", ("decimal", "2.%1")),
    ],
)
def test_a_label_is_kept_by_a_list_of_its_form(style, value, label, shown):
    data = docx.write([document(section(style, value, "检查", label=label))], "keep")
    level = part(data, "word/numbering.xml").find(f"{W}abstractNum/{W}lvl")
    assert (level.find(W + "numFmt").get(W + "val"), level.find(W + "lvlText").get(W + "val")) == shown
    assert lines(data)[0].replace(" ", "") == label + "检查"


@pytest.mark.parametrize(
    ("style", "value", "label"),
    [
        ("sequence", 1, "首先，"), ("circled", 21, "㉑"), ("digit-dot-glyph", 3, "⒊"), ("han", 20, "廿、"), ("han", 101, "一百零一、"),
        ("arabic-dot", 5, "05."), ("arabic-dot", 40_000, "40000."), ("arabic-dot", 3, "%1."), ("formal", 10, "拾、"),
    ],
)  # fmt: skip
def test_a_label_that_programs_would_show_otherwise_is_text(style, value, label):
    data = docx.write([document(section(style, value, "检查", label=label))], "keep")
    assert part(data, "word/document.xml").find(f".//{W}numPr") is None
    assert lines(data)[0].replace(" ", "") == label + "检查"


def test_decimal_labels_take_the_numbers_above_from_their_levels():
    inner = [section("decimal-2", k, "检查", label=f"2.{k}") for k in (1, 2)]
    data = docx.write([document(section("arabic-dot", 1, "甲"), section("arabic-dot", 2, "乙", inner))], "keep")
    numbering = part(data, "word/numbering.xml")
    assert [value(level, "lvlText") for level in numbering.findall(f"{W}abstractNum/{W}lvl")[:2]] == ["%1.", "%1.%2"]
    assert len(numbering.findall(W + "num")) == 1
    assert told(lines(data)) == ["1.甲", "2.乙", "2.1检查", "2.2检查"]


def test_decimal_labels_where_the_level_has_another_form_keep_what_stands_above():
    """The level below 1. writes （一）; 1.1 goes to a list of its own, which has no number above."""
    inner = [section("han-paren", 1, "检查"), section("decimal-2", 1, "检查", label="1.1"), section("decimal-2", 2, "检查", label="1.2")]
    data = docx.write([document(section("arabic-dot", 1, "甲", inner))], "keep")
    assert told(lines(data)) == told(lines(data, by_list=True)) == ["1.甲", "（一）检查", "1.1检查", "1.2检查"]


def test_numbers_that_skip_and_repeat_are_kept_and_mended():
    plan = parse(
        "比赛方案\n一、组织\n1、领导小组。\n2、裁判组。\n4、后勤组。\n二、规则\n1、穿平底鞋。\n1、不得松绳。\n四、奖励\n设奖三名。\n"
    )
    assert lines(docx.write([plan], "keep"))[1:] == [
        "一、组织", "1、领导小组。", "2、裁判组。", "4、后勤组。", "二、规则", "1、穿平底鞋。", "1、不得松绳。", "四、奖励", "设奖三名。",
    ]  # fmt: skip
    assert [line[:2] for line in lines(docx.write([plan]))[1:]] == ["一、", "（一", "（二", "（三", "二、", "（一", "（二", "三、", "设奖"]


def test_the_twenty_first_circled_number_goes_on_in_brackets():
    nodes = [section("circled", k % 20 + 1, "检查") for k in range(22)]
    for _ in range(4):
        nodes = [section("han", 1, "检查", nodes)]
    assert lines(docx.write([document(*nodes)]))[-3:] == ["⑳检查", "（21）检查", "（22）检查"]


def test_points_inside_running_text_stay_in_it():
    plan = parse("后勤计划\n一、供暖\n分三步走：(1)摸底；(2)招标；(3)施工。\n")
    assert lines(docx.write([plan]))[-1] == "分三步走：(1)摸底；(2)招标；(3)施工。"


def test_so_many_lists_that_word_gives_up_end_in_plain_labels():
    plans = [document(section("han", 1, "检查"), section("han", 3, "总结")) for _ in range(MOST_LISTS)]
    data = docx.write(plans, "keep")
    assert len(part(data, "word/numbering.xml").findall(W + "num")) == MOST_LISTS
    assert lines(data) == ["一、检查", "三、总结"] * MOST_LISTS


def test_bullets_are_lists_with_their_marks():
    data = docx.write([parse("安全计划\n一、检查\n● 门窗\n● 水电\n")])
    assert lines(data)[-2:] == ["● 门窗", "● 水电"]
    assert "bullet" in {form.get(W + "val") for form in part(data, "word/numbering.xml").iter(W + "numFmt")}


def test_a_mark_of_several_characters_is_text():
    """Word offers single characters as marks of lists."""
    data = docx.write([document(section(heading="门窗", bullet="- [ ]"))])
    assert part(data, "word/document.xml").find(f".//{W}numPr") is None
    assert lines(data) == ["- [ ] 门窗"]


# -- styles ------------------------------------------------------------------------------------------------------


def test_headings_that_hold_something_are_headings_of_word():
    plan = parse("食堂计划\n一、工作目标\n1、满意率不低于90%。\n二、主要措施\n（一）管住采购\n实行货比三家。\n（二）管住卫生\n每天消毒。\n")
    assert blocks(docx.write([plan])) == [
        ("Title", "食堂计划"),
        ("Heading1", "一、工作目标"),
        ("BodyText", "（一）满意率不低于90%。"),
        ("Heading1", "二、主要措施"),
        ("Heading2", "（一）管住采购"),
        ("BodyText", "实行货比三家。"),
        ("Heading2", "（二）管住卫生"),
        ("BodyText", "每天消毒。"),
    ]


def test_a_heading_without_a_number_switches_that_of_its_style_off():
    data = docx.write(
        [document(section(heading="总体思路", children=[section("han", 1, "目标", [Paragraph(text="平安。")], level=2)]), title="计划")]
    )
    paragraphs = part(data, "word/document.xml").findall(f"{W}body/{W}p")
    assert [value(p, "pPr/numPr/numId") for p in paragraphs] == [None, "0", "1", None]
    assert [value(p, "pPr/outlineLvl") for p in paragraphs] == [None, None, "1", None]
    assert lines(data) == ["计划", "总体思路", "一、目标", "平安。"]


def test_a_heading_without_a_number_is_none_of_word_where_it_would_take_what_is_not_its_own():
    """Nothing in Word ends a heading but the next one; there a colon tells it instead."""
    heading = section(heading="总体思路", children=[Paragraph(text="平安。")])
    closing = Paragraph(text="以上安排，请遵照执行。")
    assert blocks(docx.write([document(heading, title="计划")]))[1] == ("Heading1", "总体思路")
    assert blocks(docx.write([document(heading, closing, title="计划")]))[1][0] == "BodyText"
    assert (
        blocks(docx.write([document(section("han", 1, "目标", [heading]), section("han", 2, text="措施。"), title="计划")]))[2][0]
        == "BodyText"
    )
    assert blocks(docx.write([document(heading)]))[0][0] == "BodyText"  # without a title it would pass for one


def test_a_heading_inside_a_line_has_the_characters_of_its_level():
    data = docx.write([document(section("han", 1, "管住采购", text="实行货比三家。"))])
    runs = part(data, "word/document.xml").findall(f"{W}body/{W}p/{W}r")
    assert [(value(run, "rPr/rStyle"), run.findtext(W + "t")) for run in runs] == [("Heading1Char", "管住采购。"), (None, "实行货比三家。")]


def test_every_style_in_use_is_defined():
    data = docx.write([read(path) for path in SAMPLES], "keep")
    defined = {style.get(W + "styleId") for style in part(data, "word/styles.xml").findall(W + "style")}
    used = {node.get(W + "val") for tag in ("pStyle", "rStyle", "tblStyle") for node in part(data, "word/document.xml").iter(W + tag)}
    assert used <= defined
    assert {"Title", "Heading1", "Heading2", "BodyText", "Signature", "TableGrid", "TableHead"} <= used


def test_page_and_text_area_are_those_of_the_standard():
    """GB/T 9704-2012: A4, 37 mm above and 28 mm to the left of 156 mm by 225 mm, 22 lines."""
    properties = part(docx.write([]), "word/document.xml").find(f"{W}body/{W}sectPr")
    page = {key.removeprefix(W): int(size) for key, size in properties.find(W + "pgSz").items()}
    margin = {key.removeprefix(W): int(size) for key, size in properties.find(W + "pgMar").items()}
    millimetre = 1440 / 25.4
    assert [round(length / millimetre) for length in (page["w"], page["h"])] == [210, 297]
    assert [round(margin[side] / millimetre) for side in ("top", "left")] == [37, 28]
    assert round((page["w"] - margin["left"] - margin["right"]) / millimetre) == 156
    assert round((page["h"] - margin["top"] - margin["bottom"]) / millimetre) == 225
    line = int(properties.find(W + "docGrid").get(W + "linePitch"))
    assert (page["h"] - margin["top"] - margin["bottom"]) // line == 22


def test_odd_and_even_pages_bear_their_number_outside():
    data = docx.write([])
    for name, side in (("word/footer1.xml", "right"), ("word/footer2.xml", "left")):
        footer = part(data, name)
        assert value(footer, "p/pPr/jc") == side
        assert "".join(footer.itertext()) == "— 1 —"
        assert footer.find(f".//{W}fldSimple").get(W + "instr").strip() == "PAGE"
    assert part(data, "word/settings.xml").find(W + "evenAndOddHeaders") is not None


@pytest.mark.parametrize(
    ("issuer", "issued"),
    [("岚桥市后勤服务中心", "2023年9月1日"), ("教务处", "2023年9月1日")],
    ids=["a date shorter than the issuer", "a date longer than the issuer"],
)
def test_a_date_begins_two_characters_right_of_its_issuer(issuer, issued):
    """GB/T 9704-2012 7.3.5.2; the longer of the two ends two characters before the edge."""
    signatures = [Signature(text=issuer, issuer=issuer), Signature(text=issued, issued=issued)]
    paragraphs = part(docx.write([document(*signatures)]), "word/document.xml").findall(f"{W}body/{W}p")
    right = [int(p.find(f"{W}pPr/{W}ind").get(W + "right")) for p in paragraphs]
    wide = [measure(words) * 80 for words in (issuer, issued)]
    assert (right[0] + wide[0]) - (right[1] + wide[1]) == 640
    assert min(right) == 640


# -- pages and tables --------------------------------------------------------------------------------------------


def test_every_plan_but_the_first_begins_a_page():
    table = document(Table(columns=["姓名"], rows=[["史宏远"]]))
    data = docx.write([document(Paragraph(text="甲")), table, document(Paragraph(text="丙"), title="计划")])
    body = part(data, "word/document.xml").find(W + "body")
    first = [k for k, block in enumerate(body) if block.find(f"{W}pPr/{W}pageBreakBefore") is not None]
    assert [block.tag.removeprefix(W) for block in body] == ["p", "p", "tbl", "p", "p", "sectPr"]
    assert first == [1, 3]


@samples
@modes
def test_tables_keep_their_grid(path, numbering):
    plans = read(path)

    def grids(nodes):
        for node in nodes:
            if node.type == "schedule" and node.columns:
                head = [column.name for column in node.columns]
                yield [head] * any(head) + [text.row_cells(row) for row in node.children]
            elif node.type == "table":
                yield [node.columns] * bool(node.columns) + node.rows
            elif node.type in ("section", "paragraph"):
                yield from grids(node.children)

    expected = [grid for plan in plans.plans for grid in grids(plan.children)]
    found = [rows for style, rows in blocks(docx.write([plans], numbering)) if style == "table"]
    assert len(found) == len(expected)
    for rows, grid in zip(found, expected, strict=True):
        width = max(map(len, grid))
        assert [["\n".join(cell) for cell in row] for row in rows] == [row + [""] * (width - len(row)) for row in grid]


def test_the_heads_of_a_table_come_again_on_each_page():
    table = part(docx.write([parse("周次\t日期\t内容\n第1周\t9月1日\t开学\n第2周\t9月8日\t运动会\n")]), "word/document.xml").find(
        f".//{W}tbl"
    )
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.findall(W + "tr")] == [True, False, False]


def test_columns_fill_the_text_area_and_short_ones_stay_on_one_line():
    plan = parse("周次\t日期\t内容\n第1周\t9月1日—9月7日\t" + "开学典礼，" * 40 + "\n第2周\t9月8日—9月14日\t运动会\n")
    table = part(docx.write([plan]), "word/document.xml").find(f".//{W}tbl")
    widths = [int(column.get(W + "w")) for column in table.find(W + "tblGrid")]
    assert sum(widths) == 8844
    assert widths[1] >= measure("9月8日—9月14日") * 60


def test_two_tables_stay_apart_and_a_paragraph_ends_the_file():
    table = Table(rows=[["甲", "乙"]])
    data = docx.write([document(table, table)])
    assert [style for style, _ in blocks(data)] == ["table", "Normal", "table", "Normal"]


def test_a_table_wider_than_word_allows_becomes_lines():
    data = docx.write([document(Table(columns=[], rows=[["甲"] * 64, ["乙", "丙"]]))])
    assert blocks(data) == [("Normal", "\t".join(["甲"] * 64)), ("Normal", "乙\t丙")]


def test_a_ragged_table_is_filled_up_but_not_without_bound():
    wide, short = ["甲"] * 60, ["乙"]
    assert [len(row) for row in blocks(docx.write([document(Table(rows=[wide, short]))]))[0][1]] == [60, 60]
    many = blocks(docx.write([document(Table(rows=[wide] + [short] * 9_000))]))
    assert [words for _, words in many[1:3]] == ["乙", "乙"]


# -- the file ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["<w:p>&amp; \"'", "]]>", "甲\x00\x01\x0b\x1f乙", "\ufffe甲\uffff", "甲\t乙", "  甲  ", "😀", "\u2028甲"])
def test_any_text_is_sound_xml_and_stays(words):
    plan = document(
        Paragraph(text=words),
        section(heading=words, bullet=words),
        Table(columns=[words], rows=[[words]]),
        Signature(text=words),
        title=words,
    )
    allowed = re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff\u2028]", "", words)
    for numbering in MODES:
        found = blocks(docx.write([plan], numbering))
        assert [found[0], found[1]] == [("Title", allowed), ("BodyText", allowed)]


def test_the_same_documents_give_the_same_bytes():
    plans = [read(path) for path in SAMPLES]
    assert docx.write(plans) == docx.write(plans)


def test_the_file_is_a_package_whose_parts_are_all_declared():
    with zipfile.ZipFile(io.BytesIO(docx.write([read(SAMPLES[0])]))) as file:
        names = file.namelist()
        roots = {name: ET.fromstring(file.read(name)) for name in names}
    assert names[0] == "[Content_Types].xml"
    declared = {override.get("PartName", "").lstrip("/") for override in roots[names[0]]} - {""}
    assert declared == {name for name in names if name != names[0] and not name.endswith(".rels")}
    linked = {f"word/{relation.get('Target')}" for relation in roots["word/_rels/document.xml.rels"]}
    assert linked == {name for name in declared if name.startswith("word/")} - {"word/document.xml"}


def test_nothing_to_write_is_an_empty_page():
    assert blocks(docx.write([])) == blocks(docx.write([document()])) == [("Normal", "")]


def test_an_unknown_numbering_is_refused():
    with pytest.raises(ValueError, match="'standard' or 'keep'"):
        docx.write([], "other")


def test_debris_is_left_out_unless_labels_are_kept():
    plan = read(next(path for path in SAMPLES if path.stem == "mid-text-advertisement"))
    assert not any("打印正文" in line for line in lines(docx.write([plan])))
    assert any("打印正文" in line for line in lines(docx.write([plan], "keep")))


def test_python_docx_opens_it():
    package = pytest.importorskip("docx")
    opened = package.Document(io.BytesIO(docx.write([read(path) for path in SAMPLES])))
    assert len(opened.tables) == sum(style == "table" for style, _ in blocks(docx.write([read(path) for path in SAMPLES])))


def test_the_pdf_shows_the_right_numbers(soffice, tmp_path):
    """LibreOffice prints what we wrote: every number stands before its words, on the pages as in the text."""
    pdfminer = pytest.importorskip("pdfminer.high_level")
    names = ("articles", "misnumbered-scheme", "masked-years")
    expected = {}
    for path in SAMPLES:
        if path.stem in names:
            plans = without_tables(read(path))
            (tmp_path / f"{path.stem}.docx").write_bytes(docx.write([plans], "standard"))
            expected[path.stem] = ["".join(line.split()) for line in text.write(plans).splitlines() if line.strip()]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *sorted(map(str, tmp_path.glob("*.docx")))]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    for name, lines in expected.items():
        shown = "".join(pdfminer.extract_text(tmp_path / f"{name}.pdf").split())
        at = 0
        for line in lines:
            at = shown.find(line[:10], at)
            assert at >= 0, (name, line)
            at += len(line[:10])


def test_libreoffice_shows_the_same_lines(soffice, tmp_path):
    """All samples in both numberings, through one start of the program: what it shows is what the text writer writes.

    Marks of bullets are left out: in its plain text all of them are • or ◦.
    """

    def unmarked(lines):
        return [re.sub(r"^[^\w（(]+", "", line) for line in told(lines)]

    expected = {}
    for path in SAMPLES:
        plans = without_tables(read(path))
        for numbering in MODES:
            name = f"{path.stem}-{numbering}"
            (tmp_path / f"{name}.docx").write_bytes(docx.write([plans], numbering))
            expected[name] = unmarked(text.write(plans, numbering).splitlines())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = sorted(map(str, tmp_path.glob("*.docx")))
    command = [soffice, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    shown = {name: unmarked((tmp_path / f"{name}.txt").read_text(encoding="utf-8-sig").splitlines()) for name in expected}
    assert shown == expected
