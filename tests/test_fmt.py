"""The normal form: what it looks like, that it is one, and that nothing is lost on the way to it."""

from collections import Counter

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

import planparse
from planparse import Source
from planparse.formatting import formatted
from planparse.readers import from_bytes, read
from planparse.syntax.parse import Parsed

SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.is_file())
samples = pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in SAMPLES])
both = pytest.mark.parametrize("as_markdown", [False, True], ids=["text", "markdown"])

UNTIDY = """某局2024年工作计划
一、总体要求
（1）强化责任,落实到人。
（3）加强检查。
二.重点工作
1、开展演练1-2次。
2.修缮校舍12处,资金到位。
  3、 公布结果。
"""
TIDY = """某局2024年工作计划
一、总体要求
（一）强化责任，落实到人。
（二）加强检查。
二、重点工作
（一）开展演练1～2次。
（二）修缮校舍12处，资金到位。
  （三）公布结果。
"""
LEFT_ALONE = {
    "a comment that silences": "某县2024年工作计划\n一、重点工作\n（一）新建幼儿园。<!-- planparse: ignore PN104 -->\n（二）改造食堂。\n",
    "a table below a line": "某校2024年值班表\n\n总值班电话：0571-88776655\n\n日期\t带班\n1月20日\t何志刚\n1月21日\t李文波\n",
    "blanks inside a sentence": "某局2024年工作计划\n一、任务\n（一）用3 m直尺检测，间隙不超过5毫米。\n（二）升级Power BI报表系统，每周更新一次。\n",
    "items of an article": "某局办法\n第一条 有下列情形之一的，不予立项：\n（一）重复的；\n（二）条件不具备的。\n第二条 立项须经审批。\n",
    "the list of an annex": "某局通知\n现将计划印发给你们，请遵照执行。\n\n附件：1．演练计划\n　　　2．评估表\n\n某局\n2025年2月20日\n",
    "a key and its value": "某校运动会方案\n一、比赛时间：2025年5月6日。\n二、比赛地点：操场。\n三、主持人：张三，记录人：李四。\n",
    "blank lines and indents": "某局2024年工作计划\n\n　　一、任务\n\n　　做好全年工作。\n\n\n　　二、要求\n　　抓好落实。\n",
}
MARKDOWN = "# 某校2024年计划\n\n## 一、准备\n\n运行 `pip install x,y` 安装，见[手册](https://x.example.com/a,b)。\n\n```\n{a: 1,b}\n```\n\n1. *看*视频\n2. 写总结\n\n| 日期 | 内容 |\n|---|---|\n| 周一 | 甲 |\n"


def again(result, as_markdown):
    return formatted(Source("plan.txt", result.text, media_type="text/markdown" if as_markdown else "text/plain"), as_markdown=as_markdown)


def test_an_untidy_plan():
    assert formatted(Source("plan.txt", UNTIDY)).text == TIDY


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_is_left_alone(name):
    assert formatted(Source("plan.txt", LEFT_ALONE[name])).text == LEFT_ALONE[name]


def test_markdown_stays_markdown():
    assert formatted(Source("plan.md", MARKDOWN, media_type="text/markdown"), as_markdown=True).text == MARKDOWN


def test_line_ends_stay():
    assert formatted(Source("plan.txt", UNTIDY.replace("\n", "\r\n"))).text == TIDY.replace("\n", "\r\n")


@samples
@both
def test_formatting_twice_is_formatting_once(path, as_markdown):
    once = formatted(read(path), as_markdown=as_markdown)
    assert once.stable
    assert again(once, as_markdown).text == once.text


@samples
def test_no_letter_is_lost(path):
    """But for labels, which are written anew, and digits of dates, every letter of the source stands in the result."""
    source = read(path)
    parsed = Parsed(source)
    labels = {
        c for node in walk(parsed) if "number" in node.fields for c in source.text[node.fields["number"][1] : node.fields["number"][2]]
    }
    result = formatted(source)
    body = parsed.work[: source.layout.body_end or None] if source.layout else parsed.work
    assert result.notes == (len(source.layout.asides) if source.layout else 0)

    def letters(text):
        return [c for c in text if "\u4e00" <= c <= "\u9fff" and c not in labels and c not in "一二三四五六七八九十年月日"]

    assert Counter(letters(body)) - Counter(letters(result.text)) == Counter()


def walk(parsed):
    def below(node):
        yield node
        for child in (*node.children, *node.fields.get("items", ()), *node.fields.get("notes", ())):
            yield from below(child)

    for plan in parsed.plans():
        yield from below(plan)


@samples
def test_numbers_follow_the_standard(path):
    """No list is left that could be numbered by the standard."""
    left = planparse.check(formatted(read(path)).text, rules=["PN108"])
    assert [finding.text() for finding in left] == UNSAID.get(path.name, [])


UNSAID = {"misnumbered-scheme.txt": ["label 1. is （一） in the order of the standard"]}
"""Lists that would be read otherwise if they were numbered anew: their numbers tell what is below what."""


PIECES = [
    "一、", "（一）", "(1)", "1、", "2.", "３．", "①", "第一条 ", "加强管理", "培训教师30人", "，", ",", "。", ";", "：", ":", "\n", "\n\n", "  ", "　　", "9月1日", "3/9", "1-2个",
    "周一", "一是", "二是", "《意见》", "(试行)", "工作计划", "&nbsp;", "点击下载", "\t", "|", "- ", "责任单位：教务处", "20xx年",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.booleans())
def test_any_text_has_a_normal_form(text, as_markdown):
    once = formatted(Source("plan.txt", text), as_markdown=as_markdown)
    assert once.stable
    assert again(once, as_markdown).text == once.text


class TestCommand:
    def test_to_the_screen(self, planparse, tmp_path):
        (tmp_path / "plan.txt").write_text(UNTIDY, encoding="utf-8")
        done = planparse("fmt", "plan.txt", cwd=tmp_path)
        assert (done.returncode, done.stdout.decode(), done.stderr) == (0, TIDY, b"")

    def test_standard_input(self, planparse):
        done = planparse("fmt", "-", stdin=UNTIDY.encode())
        assert done.stdout.decode() == TIDY

    def test_check_and_diff(self, planparse, tmp_path):
        path = tmp_path / "plan.txt"
        path.write_text(UNTIDY, encoding="utf-8")
        done = planparse("fmt", "--check", "plan.txt", "--lang", "en", cwd=tmp_path)
        assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"planparse: plan.txt: would be formatted\n")
        done = planparse("fmt", "--diff", "plan.txt", cwd=tmp_path)
        assert done.returncode == 1
        assert "-二.重点工作\n" in done.stdout.decode()
        assert "+二、重点工作\n" in done.stdout.decode()
        assert path.read_text(encoding="utf-8") == UNTIDY
        path.write_text(TIDY, encoding="utf-8")
        for option in ("--check", "--diff"):
            done = planparse("fmt", option, "plan.txt", cwd=tmp_path)
            assert (done.returncode, done.stdout) == (0, b"")

    @pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
    def test_in_place_keeps_encoding_and_line_ends(self, planparse, tmp_path, encoding):
        path = tmp_path / "plan.txt"
        path.write_bytes(UNTIDY.replace("\n", "\r\n").encode(encoding))
        done = planparse("fmt", "-w", "plan.txt", cwd=tmp_path)
        assert done.returncode == 0
        assert path.read_bytes() == TIDY.replace("\n", "\r\n").encode(encoding)

    def test_broken_bytes_are_not_written_over(self, planparse, tmp_path):
        path = tmp_path / "plan.txt"
        data = (UNTIDY * 20).encode()[:-40] + b"\xff\xfe" + UNTIDY.encode()
        path.write_bytes(data)
        done = planparse("fmt", "-w", "plan.txt", "--lang", "en", cwd=tmp_path)
        assert done.returncode == 2
        assert b"nothing was changed" in done.stderr
        assert path.read_bytes() == data

    def test_a_clean_word_file(self, planparse, tmp_path):
        (tmp_path / "plan.txt").write_text(UNTIDY, encoding="utf-8")
        assert planparse("fmt", "plan.txt", "-o", "clean.docx", cwd=tmp_path).returncode == 0
        text = from_bytes((tmp_path / "clean.docx").read_bytes(), "clean.docx").text
        assert "（一）强化责任，落实到人。" in text
        done = planparse("fmt", "-w", "clean.docx", "--lang", "en", cwd=tmp_path)
        assert done.returncode == 2
        assert b"-o writes a clean copy" in done.stderr

    def test_debris_can_be_left_out(self, planparse, tmp_path):
        (tmp_path / "plan.txt").write_text(TIDY + "点击下载文档\n", encoding="utf-8")
        kept = planparse("fmt", "plan.txt", cwd=tmp_path)
        assert "点击下载文档" in kept.stdout.decode()
        done = planparse("fmt", "--drop-debris", "plan.txt", "--lang", "en", cwd=tmp_path)
        assert done.stdout.decode() == TIDY
        assert b"left out 1 stretches of debris" in done.stderr

    @pytest.mark.parametrize(
        "arguments", [("-o", "x.pdf", "plan.txt"), ("-w", "-"), ("-o", "x.txt", "plan.txt", "plan.txt"), ("-o", "plan.txt", "plan.txt")]
    )
    def test_what_does_not_go_together(self, planparse, tmp_path, arguments):
        (tmp_path / "plan.txt").write_text(UNTIDY, encoding="utf-8")
        done = planparse("fmt", *arguments, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b"")
        assert (tmp_path / "plan.txt").read_text(encoding="utf-8") == UNTIDY
