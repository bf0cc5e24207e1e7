"""What the writers write reads well and, where it keeps the labels, parses into the same tree."""

import re
from pathlib import Path

import pytest

from planparse.model import Document
from planparse.source import Source
from planparse.syntax.numbering import standard_label
from planparse.syntax.parse import Parsed
from planparse.writers import markdown, outline, text
from planparse.writers.json import write as to_json

SAMPLES = sorted(path for path in (Path(__file__).parent.parent / "samples").iterdir() if path.suffix in (".txt", ".md"))

HEADINGS = "plain text has one rank for headings without numbers, so those below others move up"
INDENTED = "plain text indents every line alike, so a paragraph told by its deeper indent reads as the rest of the line above"

KNOWN = {"markdown": {}, "text": {"markdown-plan": HEADINGS, "misnumbered-scheme": INDENTED}}


def parse(written):
    return Document.model_validate_json("".join(to_json(Parsed(Source(name="x", text=written)))))


def read(path):
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def tree(document):
    """The plans and what is outside them, without positions."""

    def without_positions(value):
        if isinstance(value, dict):
            return {key: without_positions(entry) for key, entry in value.items() if key != "position"}
        return [without_positions(entry) for entry in value] if isinstance(value, list) else value

    return without_positions(document.model_dump(include={"plans", "stray"}))


def cases(writer):
    known = KNOWN[writer]
    marks = {path: [pytest.mark.xfail(reason=known[path.stem], strict=True)] if path.stem in known else [] for path in SAMPLES}
    return [pytest.param(path, id=path.stem, marks=marks[path]) for path in SAMPLES]


# -- the same tree again -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", cases("markdown"))
def test_markdown_parses_into_the_same_tree(path):
    document = parse(read(path))
    assert tree(parse(markdown.write(document))) == tree(document)


@pytest.mark.parametrize("path", cases("text"))
def test_text_that_keeps_labels_parses_into_the_same_tree(path):
    document = parse(read(path))
    assert tree(parse(text.write(document, "keep"))) == tree(document)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SAMPLES])
@pytest.mark.parametrize("write", [markdown.write, lambda document: text.write(document, "keep")], ids=["markdown", "text"])
def test_no_word_is_lost(path, write):
    """Every letter and digit of every title, heading, text and cell stands in what is written, as often as in the tree."""

    def letters(value, into):
        if isinstance(value, dict):
            named = ("bullet", "heading", "text", "title", "mark")
            if value.get("type") == "schedule_row":
                into.extend("".join(value["cells"]))
            elif value.get("type") == "schedule":
                into.extend("".join(column["name"] for column in value["columns"]))
                letters(value["children"], into)
            elif value.get("type") == "table":
                into.extend("".join(value["columns"] + [cell for row in value["rows"] for cell in row]))
            else:
                if value.get("number"):
                    into.extend(value["number"]["text"])
                if value.get("type") == "plan" and any(title["kind"] == "title" for title in value["subtitles"]):
                    named = ("mark",)
                for key in named:
                    into.extend(value.get(key) or "")
                for key in ("children", "subtitles"):
                    letters(value.get(key, ()), into)
        else:
            for entry in value:
                letters(entry, into)
        return into

    document = parse(read(path))
    found = letters([*tree(document)["plans"], *tree(document)["stray"]], [])
    written = write(document).replace("<br>", "").replace("<!-- plan -->", "")
    for reason in ("advertisement", "compiler_preface", "page_navigation", "publication_line", "related_articles"):
        written = written.replace(f"<!-- {reason}: ", "")
    assert sorted(filter(str.isalnum, found)) == sorted(filter(str.isalnum, written))


# -- Markdown ----------------------------------------------------------------------------------------------------


def test_markdown_reads_well():
    """Headings that hold something are headings, lines that hold their text keep it, labels stay as they are."""
    source = """关于食堂工作的计划
一、工作目标
1、满意率不低于90%。
2、全年无事故。
二、主要措施
（一）管住采购
实行货比三家。
（二）管住卫生
每天消毒。
"""
    assert (
        markdown.write(parse(source))
        == """# 关于食堂工作的计划

## 一、工作目标

1、满意率不低于90%。

2、全年无事故。

## 二、主要措施

### （一）管住采购

实行货比三家。

### （二）管住卫生

每天消毒。
"""
    )


def test_markdown_marks_the_lines_of_a_cell():
    source = "周次\t日期\t内容\n第1周\t9月1日\t开学\n第2周\t9月8日\t1、值日 2、扫除\n第3周\t9月15日\t运动会\n"
    assert "| 第2周 | 9月8日 | 1、值日 2、扫除 |" in markdown.write(parse(source))


@pytest.mark.parametrize(
    ("plain", "escaped"),
    [
        ("使**中学的质量", r"使\*\*中学的质量"),
        ("**让新人上手更快。** 季度末", "**让新人上手更快。** 季度末"),
        ("**中学和**小学", r"\*\*中学和\*\*小学"),
        ("用`反引号`", r"用\`反引号\`"),
        (r"路径C:\目录", r"路径C:\目录"),
    ],
)
def test_markdown_escapes_what_it_would_read_as_its_own(plain, escaped):
    assert markdown.escape(plain) == escaped


def test_markdown_keeps_debris_as_comments():
    document = parse(read(next(path for path in SAMPLES if path.stem == "mid-text-advertisement")))
    assert "\n\n<!-- page_navigation: 【打印正文】 -->\n\n" in markdown.write(document)


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SAMPLES])
def test_markdown_means_the_same_to_others(path):
    """A CommonMark reader finds each title as a heading, each table with all its rows, and no code block."""
    markdown_it = pytest.importorskip("markdown_it")
    document = parse(read(path))
    tokens = markdown_it.MarkdownIt("commonmark").enable("table").parse(markdown.write(document))
    titles = [tokens[k + 1].content for k, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h1"]
    assert titles == [markdown.escape(plan.title) for plan in document.plans if plan.title]
    assert not [token for token in tokens if token.type in ("code_block", "fence")]
    dumped = document.model_dump_json()
    assert sum(token.type == "table_open" for token in tokens) == len(re.findall('"type":"table"|"columns":\\[\\{', dumped))


def test_debris_inside_a_point_of_running_text_is_kept():
    source = "安全计划\n一、措施\n分两步走，一是查隐患；二是（本文由某某范文网整理发布）除隐患。\n二、要求\n守时。\n"
    document = parse(source)
    assert "<!-- advertisement: （本文由某某范文网整理发布） -->" in markdown.write(document)
    assert "（本文由某某范文网整理发布）" in text.write(document, "keep")
    assert "范文网" not in text.write(document)


# -- text --------------------------------------------------------------------------------------------------------


def test_text_numbers_by_the_standard():
    """GB/T 9704-2012 7.3.3: 一、 then （一） then 1. then （1）, and ① below, each from one among its siblings."""
    source = """安全工作计划
第一条　目标
（3）平安
1)无火灾
A.楼内
a)教室
第三条　措施
（1）检查
"""
    written = text.write(parse(source))
    assert [line.strip() for line in written.splitlines()] == [
        "安全工作计划", "一、目标", "（一）平安", "1.无火灾", "（1）楼内", "①教室", "二、措施", "（一）检查",
    ]  # fmt: skip


def test_text_leaves_debris_out_unless_labels_are_kept():
    document = parse(read(next(path for path in SAMPLES if path.stem == "mid-text-advertisement")))
    assert "打印正文" not in text.write(document)
    assert "打印正文" in text.write(document, "keep")


def test_text_mends_numbers_that_repeat_and_skip():
    source = "比赛方案\n一、组织\n1、领导小组。\n2、裁判组。\n4、后勤组。\n二、规则\n1、穿平底鞋。\n1、不得松绳。\n四、奖励\n设奖三名。\n"
    written = text.write(parse(source))
    labels = re.findall("(?m)^\u3000\u3000([一二三四五]、|（[一二三四五]）)", written)
    assert labels == ["一、", "（一）", "（二）", "（三）", "二、", "（一）", "（二）", "三、"]


def test_a_run_in_heading_is_closed_as_its_text_is():
    """The mark after a heading is not kept: a sentence follows a full stop, a phrase follows a colon."""
    written = text.write(parse("安全方案\n一、提高认识。各班要重视。\n二、口令：预备、开始\n三、要求\n1、守时。\n"))
    assert "一、提高认识。各班要重视。" in written
    assert "二、口令：预备、开始" in written


def test_text_knows_two_numberings():
    with pytest.raises(ValueError, match="numbering is 'roman'"):
        text.write(parse("计划"), "roman")


def test_standard_label_below_the_fifth_level_and_above_twenty():
    assert standard_label(9, 3) == "③"
    assert standard_label(4, 21) == "（21）"


def test_text_writes_schedules_as_rows_of_a_table():
    source = "周次\t日期\t内容\n第1周\t9月1日\t开学\n第2周\t9月8日\t值日\n第3周\t9月15日\t运动会\n"
    assert source in text.write(parse("值周安排\n" + source))


# -- outline -----------------------------------------------------------------------------------------------------

WEEKS = """\
 1  私立雲岫科技大學111學年度第2學期行事曆
 2  └─ schedule by week, 20 rows
 2     ├─ 寒  6 entries
 9     ├─ week 1  3 entries
13     ├─ week 2  3 entries
17     ├─ week 3  2 entries
20     ├─ week 4  2 entries
23     ├─ week 5  1 entry
25     ├─ week 6  2 entries
28     ├─ week 7  3 entries
32     ├─ week 8  1 entry
34     ├─ week 9  1 entry
36     ├─ week 10  2 entries
39     ├─ week 11  2 entries
42     ├─ week 12  1 entry
44     ├─ week 13  1 entry
46     ├─ week 14  1 entry
48     ├─ week 15  1 entry
50     ├─ week 16  2 entries
53     ├─ week 17  2 entries
56     ├─ week 18  3 entries
60     └─ 暑  5 entries
"""

ARTICLES = """\
 1  青岑县城东初级中学校园安全值班工作规定
 3  ├─ 第一章 总则
 4  │  ├─ 第一条 为了规范校园安全值班工作，保障师…
 5  │  ├─ 第二条 本规定适用于校本部、北校区和学农…
 6  │  └─ 第三条 值班工作遵循下列原则 (+3)
10  ├─ 第二章 值班安排
11  │  ├─ 第四条 行政值班每天两人，实行二十四小时…
12  │  ├─ 第五条 教师值班按楼层划分，每层不… (+4)
17  │  └─ 第六条 门卫值班分早、中、晚三班，每班不…
18  ├─ 第三章 情况处置
19  │  ├─ 第七条 值班人员发现火情、外来人员… (+1)
21  │  └─ 第八条 带班领导接到报告后，按下列… (+4)
26  ├─ 第四章 考核与奖惩
27  │  ├─ 第九条 值班情况纳入年度考核，无故缺岗一…
28  │  └─ 第十条 有下列情形之一的，给予表扬… (+2)
31  └─ 第五章 附则
32     ├─ 第十一条 本规定由安全办公室负责解释。
33     └─ 第十二条 本规定自2023年10月1日起施行，…
"""


@pytest.mark.parametrize(
    ("name", "options", "expected"),
    [("traditional-weeks", {}, WEEKS), ("articles", {"depth": 2, "width": 50}, ARTICLES)],
    ids=["schedule", "cut and limited"],
)
def test_outline(name, options, expected):
    document = parse(read(next(path for path in SAMPLES if path.stem == name)))
    assert outline.write(document, **options) == expected


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SAMPLES])
def test_outline_keeps_to_the_width(path):
    written = outline.write(parse(read(path)), width=40)
    assert max(map(outline.display_width, written.splitlines())) <= 40


def test_outline_counts_remarks_and_names_columns():
    source = "值周\n| 周次 | 日期 | 内容 | 备注 |\n|---|---|---|---|\n| 1 | 9/2-9/6 | 开学 | 早到 |\n| 2 | 9/9-9/13 | 值日 | |\n"
    written = outline.write(parse(source))
    assert "schedule by week, 2 rows: 周次, 日期, 内容, 备注" in written
    assert "week 1  9/2-9/6  1 entry, 1 note\n" in written


def test_outline_without_positions_has_no_line_numbers():
    json = "".join(to_json(Parsed(Source(name="x", text="安全工作计划\n一、目标\n1、平安。\n")), positions=False))
    assert outline.write(Document.model_validate_json(json)) == "安全工作计划\n└─ 一、 目标\n   └─ 1、 平安。\n"


def test_outline_in_colour_says_the_same():
    document = parse(read(next(path for path in SAMPLES if path.stem == "mid-text-advertisement")))
    colored = outline.write(document, color=True)
    assert "\x1b[2m" in colored
    plain = re.sub("\x1b\\[[0-9;]*m", "", colored)
    assert [line.rstrip() for line in plain.splitlines()] == outline.write(document).splitlines()
