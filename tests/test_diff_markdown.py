"""Comparisons as Markdown, read back with two renderers."""

from html.parser import HTMLParser

import mistune
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from planparse.diff.model import Candidate, Comparison, Count, FieldChange, Head, Mark, Record, Shift, Side
from planparse.messages import translator
from planparse.model import Number, Point, Position, Target
from planparse.report.changes import markdown

RENDERERS = {
    "markdown-it": MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render,
    "mistune": mistune.create_markdown(escape=False, plugins=["strikethrough", "table"]),
}
STRUCK, BOLD = {"s", "del"}, {"strong", "b"}


class Page(HTMLParser):
    """The text of a page, and which signs of it stand in which tags."""

    def __init__(self, html):
        super().__init__()
        self.open: list[str] = []
        self.signs: list[tuple[str, frozenset[str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self.handle_data("\n")
        else:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "br":
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.signs += [(sign, frozenset(self.open)) for sign in data]

    def text(self, *, within=(), without=()):
        return "".join(sign for sign, tags in self.signs if (not within or tags & set(within)) and not tags & set(without))


def side(text, number="1.", path=("一、教学工作",), line=3):
    position = Position(start=Point(line=line, column=1, offset=0), end=Point(line=line, column=9, offset=9))
    label = Number(text=number, style="arabic-dot", value=1) if number else None
    return Side(key=f"k{line}", node="/plans/0/children/0", plan=1, path=list(path), number=label, text=text, position=position)


def target(value):
    return Target(text=f"{value}所", subject="新建学校", value=value, unit="所")


def mark(verb, old="", new=""):
    return Mark(verb=verb, old=old, new=new or (old if verb == "equal" else ""))


LOWERED = Record(
    type="section", old=side("新建学校50所，改造旧校舍。", "3.", line=5), new=side("新建学校35所，改造校舍。", "4.", ["二、后勤工作"], line=8),
    changes=["target", "moved", "changed"], similarity=0.8, confidence="medium",
    fields=[FieldChange(field="target", change="lowered", old=target(50), new=target(35), amount=-15, percent=-30)],
    marks=[mark("equal", "新建学校"), mark("replace", "50", "35"), mark("equal", "所，改造"), mark("delete", "旧"), mark("equal", "校舍。")],
)  # fmt: skip
REMOVED = Record(
    type="section", old=side("组织*社会*实践", "2."), changes=["removed"],
    possible=[Candidate(key="x", node="/plans/0/children/9", text="组织校外实践", similarity=0.4, kind="similar")],
)  # fmt: skip
ADDED = Record(type="section", new=side("- 建立_家校_联系|制度 #1 `x` <b>&amp;", "5.", ["二、后勤工作"], line=9), changes=["added"])
RENUMBERED = Record(
    type="section", old=side("校园安全检查", "6."), new=side("校园安全检查", "7.", line=10), changes=["renumbered"],
    similarity=1, confidence="high",
)  # fmt: skip
SAME = Record(type="section", old=side("开学典礼"), new=side("开学典礼"), similarity=1, confidence="high")


def comparison(*records, **more):
    count = Count(
        old=6, new=6, pairs=5, unchanged=3, changes={"target": 1, "moved": 1, "changed": 1, "removed": 1, "added": 1, "renumbered": 2},
        fields={"target/lowered": 1}, confidence={"high": 4, "medium": 1},
    )  # fmt: skip
    old = Head(name="2025.docx", sha256="a" * 64, title="青竹镇小学2025年工作计划", year=2025)
    new = Head(name="2026.docx", sha256="b" * 64, title="青竹镇小学2026年工作计划", year=2026)
    shifts = [Shift(unit="year", amount=1, count=4, plan=1)]
    return Comparison(version="1", old=old, new=new, options={"threshold": 0.5}, shifts=shifts, count=count, records=list(records), **more)


@pytest.fixture(params=RENDERERS)
def render(request):
    return RENDERERS[request.param]


def written(*records, language="en"):
    return markdown.write(comparison(*records), translate=translator(language))


def test_the_head_names_files_and_options():
    text = written(LOWERED)
    assert "2025.docx" in text
    assert "b" * 64 in text
    assert "--threshold 0.5" in text.replace("\\", "")


def test_exceptions_come_before_all_changes():
    text = written(REMOVED, LOWERED)
    first, changes = text.index("## To look at first"), text.index("## Changes")
    assert first < text.index("新建学校35所") < changes
    assert "组织" not in text[:changes]
    assert "## To look at first" not in written(REMOVED)


def test_changes_stand_under_this_years_headings_in_its_order():
    lines = written(REMOVED, LOWERED, ADDED, language="zh").splitlines()
    assert [line for line in lines if line.startswith("###")] == ["### 上年：一、教学工作", "### 二、后勤工作"]


def test_a_move_among_the_same_headings_is_told_by_its_lines():
    assert "moved:" not in written(Record(type="section", old=side("组织演练"), new=side("组织演练"), changes=["moved"]))


def test_what_was_removed_stays_in_its_section_though_that_has_another_number_now():
    gone = Record(type="section", old=side("组织演练", "9.", ["三、后勤工作"]), changes=["removed"])
    lines = written(LOWERED, gone, ADDED).splitlines()
    assert [line for line in lines if line.startswith("###")] == ["### 二、后勤工作"]


def test_plans_of_one_file_are_told_apart():
    second = ADDED.model_copy(update={"new": ADDED.new.model_copy(update={"plan": 2})})
    lines = written(LOWERED, second).splitlines()
    assert [line for line in lines if line.startswith("###")] == ["### plan 1 / 二、后勤工作", "### plan 2 / 二、后勤工作"]


def test_an_entry_shows_its_words_values_moves_and_doubts():
    text = written(LOWERED)
    assert "3. → 4. 新建学校~~50~~ **35**所，改造~~旧~~校舍。" in text
    assert "新建学校 50 → 35 所 (−15, −30 %)" in text
    assert "moved: 一、教学工作 / 3. → 二、后勤工作 / 4." in text
    assert "similarity 0.80" in text
    assert "perhaps “组织校外实践” (similarity 0.40)" in written(REMOVED)


def test_what_is_no_finding_is_counted_and_not_listed():
    text = written(LOWERED, RENUMBERED)
    assert "校园安全检查" not in text
    assert "- renumbered: 2" in text
    assert "years 2025 → 2026" in text


def test_with_unchanged_pairs_all_is_listed():
    text = written(RENUMBERED, SAME)
    assert "6. → 7. 校园安全检查" in text
    assert "开学典礼" in text


def test_targets_have_a_table(render):
    rows = Page(render(written(LOWERED))).text(within={"td"})
    assert "50 所35 所−15, −30 %" in rows
    assert "## Targets" not in written(ADDED)


def test_texts_survive_whatever_signs_they_hold(render):
    page = Page(render(written(ADDED, REMOVED)))
    assert "- 建立_家校_联系|制度 #1 `x` <b>&amp;" in page.text(within=BOLD)
    assert "组织*社会*实践" in page.text(within=STRUCK)


def test_the_same_comparison_gives_the_same_text():
    assert written(LOWERED, REMOVED) == written(LOWERED, REMOVED)


def test_a_comparison_of_equal_plans_has_no_changes():
    text = written()
    assert "## Changes" not in text
    assert text.endswith("\n")


def test_chinese_has_no_english_words():
    text = written(LOWERED, REMOVED, language="zh")
    assert "last year" not in text
    assert "Changes" not in text


SIGNS = st.text(st.sampled_from([*"*_~`<>[]()!#|\\&$-+.=1ab教学，。“”（）：、 "]), max_size=6)
MARKS = st.lists(
    st.one_of(
        SIGNS.map(lambda text: mark("equal", text)), SIGNS.map(lambda text: mark("delete", text)),
        SIGNS.map(lambda text: mark("insert", "", text)), st.tuples(SIGNS, SIGNS).map(lambda texts: mark("replace", *texts)),
    ),
    max_size=6,
)  # fmt: skip


def squeezed(text):
    return "".join(text.split())


@pytest.mark.parametrize("name", RENDERERS)
@given(marks=MARKS)
def test_marked_words_are_those_of_both_years(name, marks):
    page = Page(RENDERERS[name](f"- x {markdown.marked(marks)} x"))
    old, new = ("x" + "".join(getattr(one, year) for one in marks) + "x" for year in ("old", "new"))
    assert squeezed(page.text(without=BOLD)) == squeezed(old)
    assert squeezed(page.text(without=STRUCK)) == squeezed(new)
    equal = "".join(one.old for one in marks if one.verb == "equal")
    assert squeezed(page.text(without=STRUCK | BOLD)) == squeezed(f"x{equal}x")


@pytest.mark.parametrize("name", RENDERERS)
@given(cells=st.lists(SIGNS, min_size=1, max_size=4))
def test_cells_of_tables_survive(name, cells):
    page = Page(RENDERERS[name](markdown.table(["head", *["h"] * (len(cells) - 1)], [cells])))
    assert squeezed(page.text(within={"td"})) == squeezed("".join(cells))
