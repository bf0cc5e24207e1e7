"""Texts made to be slow or deep. Work is counted, not timed: four times the text may cost five times the work.

Two things are counted: calls, those into C included (each search of a pattern is one), and the characters that slices,
`in`, `find` and their like of the working copy go over, for a call alone does not tell that it reads the whole text.
What a pattern reads is not seen; so texts of a megabyte run against a limit as well, wide enough for any machine.
"""

import json
import sys
import time

import pytest

from planparse.source import Source
from planparse.syntax.parse import Parsed
from planparse.syntax.repair import join_lines, mend
from planparse.writers.json import write

SMALL, LARGE = 2_000, 8_000
"""Characters; the large text is four times the small one."""
MEGABYTE = 1_000_000
SLOWEST = 60
"""Seconds of CPU time for a megabyte."""


def repeated(unit):
    return lambda size: unit * (size // len(unit))


def counted(unit, longest):
    """Units with a number in them, up to the given size."""
    return lambda size: "".join(unit(k) for k in range(size // longest))


TEXTS = {
    # one character or mark again and again
    **{f"{unit} in one line": repeated(unit) for unit in (
        "(", "（", "1", "一、", "&", "& ", "&nbs", "|", "<", "<br ", "*", "#", "—", "第", "①", "“", "😀", "\u200b", "\t", "a\t", "a>", "-", "`", "\\", "[", "《", "_", "：", "﻿",
    )},
    **{f"{name} in one line": repeated(unit) for name, unit in {
        "prose": "建设", "sentences": "加强管理。", "words that count": "一是", "points": "一是甲；二是乙；", "dates": "9月1日—", "slashes": "1/", "dots": "1.",
        "versions": "1.1.1.1.1.1.", "times": "1:1:", "brackets": "(来源于", "sources": "来自", "words": "甲 乙 ", "weekdays": "周一至", "years": "2023年", "commas": "甲，",
    }.items()},
    "points in brackets in one line": counted(lambda k: f"({k % 9 + 1})甲", 4),
    "numbers in one line": counted(lambda k: f"{k}、甲乙。", 9),
    "circled numbers in one line": counted(lambda k: chr(0x2460 + k % 20) + "甲乙", 3),
    # one short line again and again
    **{f"lines {unit.strip()!r}": repeated(unit) for unit in (
        "一、\n", "1\n", "&nbs\n", "\u00a0\n;", "a\tb\n", "|a|b|\n", "第一周\n", "周一 会\n", "6.17（周一）\n", "工作计划\n", "总体思路:\n", "2023年计划篇1\n", "1.1 甲\n", "- 甲\n",
        "第一条\n", "甲\r", "（一\n", "甲乙丙丁戊己庚辛，\n", "\r\n", "## 甲\n", "# 甲\n", "**甲**\n", "小编\n", "八月份：\n", "附件1：\n", "首先，甲\n", "教务处\n", "9.1\n", "5 甲\n",
        "<!-- plan -->\n\n", "\n\n---\n\n", "一、甲——1\n", "甲9\n—8\n", "1\n—2\n", "周次 日期 工作\n", "周次\t日期\t工作\n", "第一周\t9.1\t会\n", "\t\t会\n",
    )},
    "headings of tables": repeated("周次\n日期\n"),
    "titles with lists": repeated("工作计划\n一、甲\n二、乙\n"),
    "signatures": repeated("教务处\n2023年9月1日\n"),
    "flattened tables": repeated("周次\n日期\n工作要点\n备注\n1\n3/9\n—9/9\n1、会\n"),
    "one flattened table": lambda size: "周次\n日期\n工作\n" + "".join(f"{k}\n9.1-9.7\n会议\n" for k in range(1, size // 14)),
    "lists of three levels": repeated("1、甲\n(1)乙\n①丙\n"),
    "lists of two levels": repeated("一、甲\n（一）乙\n"),
    "numbers with gaps": counted(lambda k: f"{k * 2 % 1000}、甲\n", 6),
    "numbers backwards": counted(lambda k: f"{999 - k % 999}、甲\n", 6),
    "long lines": repeated("甲，" * 100 + "\n"),
    "lines of one width": repeated("甲" * 40 + "\n"),
    "lists in steps": counted(lambda k: " " * (k % 300) + "- 甲\n", 154),
    "blanks before a word": lambda size: "\u3000" * size + "甲",
    "blanks after a word": lambda size: "甲" + " " * size,
    "a wide table": lambda size: "\t".join(["周次", "日期", *["工作"] * (size // 6)]) + "\n" + "\t".join(["1", "9.1", *["会"] * (size // 6)]) + "\n",
    "a long word": lambda size: "x" * size,
    "an open bracket in each line": repeated("(来源于百度\n"),
    "an open tag in each line": repeated("<p \n"),
}  # fmt: skip

BIG = ("( in one line", "一、 in one line", "1 in one line", "prose in one line", "sentences in one line", "| in one line", "long lines")


def parse(text):
    return "".join(write(Parsed(Source("-", text))))


class Watched(str):
    """A text that knows how many of its characters were gone over."""

    __slots__ = ("read",)

    def __new__(cls, text):
        watched = super().__new__(cls, text)
        watched.read = 0
        return watched

    def __getitem__(self, place):
        if isinstance(place, slice):
            start, stop, _ = place.indices(len(self))
            self.read += max(0, stop - start)
        return str.__getitem__(self, place)

    def __contains__(self, part):
        at = str.find(self, part)
        self.read += at if at >= 0 else len(self)
        return at >= 0

    def _within(self, method, part, start, end):
        found = method(self, part, start, end)
        whole = slice(start, end).indices(len(self))
        stop = found if method in (str.find, str.index) and found >= 0 else whole[1]
        self.read += max(0, stop - whole[0])
        return found

    def find(self, part, start=None, end=None):
        return self._within(str.find, part, start, end)

    def index(self, part, start=None, end=None):
        return self._within(str.index, part, start, end)

    def rfind(self, part, start=None, end=None):
        return self._within(str.rfind, part, start, end)

    def count(self, part, start=None, end=None):
        return self._within(str.count, part, start, end)


@pytest.fixture
def work_of(monkeypatch):
    """How many calls a text costs, and how many characters of its working copy are gone over."""
    watched = []

    def watch(text):
        watched.append(Watched(text))
        return watched[-1]

    def mended(text, **_):
        work, repairs = mend(text)
        return watch(work), repairs

    monkeypatch.setattr("planparse.syntax.parse.mend", mended)
    monkeypatch.setattr("planparse.syntax.parse.join_lines", lambda work, joints: watch(join_lines(work, joints)))

    def work(text):
        calls = 0

        def note(frame, event, argument):
            nonlocal calls
            calls += event in ("call", "c_call")

        watched.clear()
        sys.setprofile(note)
        try:
            parse(text)
        finally:
            sys.setprofile(None)
        return calls, sum(copy.read for copy in watched)

    return work


@pytest.mark.parametrize("name", TEXTS)
def test_work_grows_with_the_text(name, work_of):
    parse(TEXTS[name](400))  # patterns compile on first use
    small, large = work_of(TEXTS[name](SMALL)), work_of(TEXTS[name](LARGE))
    assert large[0] <= 5 * small[0] + 1_000, "calls"
    assert large[1] <= 5 * small[1] + 20_000, "characters"


@pytest.mark.parametrize("name", BIG)
def test_a_megabyte_ends(name):
    text = TEXTS[name](MEGABYTE)
    begin = time.process_time()
    document = json.loads(parse(text))
    assert document["plans"]
    assert time.process_time() - begin < SLOWEST


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("".join(f"{' ' * k}- 甲\n" for k in range(2_000)), id="bullets, each further in"),
        pytest.param("（一）" * 10_000, id="brackets"),
        pytest.param("(" * 10_000 + "甲" + ")" * 10_000, id="brackets in brackets"),
        pytest.param("\n".join("#" * (k % 6 + 1) + " 甲" for k in range(10_000)), id="headings"),
        pytest.param("".join(f"{k}.{k}.1 甲\n" for k in range(1, 100)) * 100, id="decimals"),
        pytest.param("一是甲：" * 10_000, id="points that open"),
        pytest.param("：".join(["（1）甲", "①乙", "一是丙", "(一)丁", "1、戊", "首先，己"] * 2_000), id="points of every kind"),
        pytest.param("<p>" * 10_000 + "甲" + "</p>" * 10_000, id="tags"),
        pytest.param("目录\n" * 10_000, id="contents"),
        pytest.param("&amp;" * 10_000 + "nbsp;", id="entities of entities"),
    ],
)
def test_depth_needs_no_deep_stack(text):
    """Nesting is no recursion without end: a stack a fifth as deep as usual is enough."""
    depth, frame = 0, sys._getframe()
    while frame:
        depth, frame = depth + 1, frame.f_back
    limit = sys.getrecursionlimit()
    parse("一、甲\n")
    sys.setrecursionlimit(depth + 200)
    try:
        written = parse(text)
    finally:
        sys.setrecursionlimit(limit)
    assert json.loads(written)["plans"]
