"""Signs of markup or masks stand in the words: a lone backtick, stars, a tag.

Sites that collect texts put signs into them to tell copies: a backtick in the middle of a sentence, stars in place of
a name (`**市`). Programs take them for markup and swallow or embolden half a page; readers do not know what is meant.

A lone backtick and a leftover HTML tag can be deleted, which is an unsafe fix. What a mask hides cannot be known, so masks
are only reported. Code between backticks, emphasis between stars, stars inside numbers (`138****0000`), a single star, and
in Markdown tags too, are left alone.

Basis: quality of the data; no clause speaks of it.

Bad:

    某校2024年工作计划
    一、重点工作
    加强学校的`安全管理，学习**中学的做法。

Good:

    某校2024年工作计划
    一、重点工作
    加强学校的安全管理，学习东山中学的做法。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planparse.rules.prose import HAN, HAS_HAN, is_markdown, other
from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.lazy import lazy

BACKTICK = "a lone backtick stands among the words"
MASK = "{found} masks a name"
TAG = "this HTML tag was left in the text: {found}"
DELETE = "delete it"
RULE = Rule(
    severity="warning",
    basis=Basis("data"),
    messages=(BACKTICK, MASK, TAG),
    fix="unsafe",
    may_change=frozenset({"text"}),
)
_BACKTICK = lazy("`+")
_STARS = lazy("(?<![*＊\\\\])(?:\\*{2,6}|＊{2,6})(?![*＊])")
_LEGEND = lazy("注|说明|表示|为")
"""What tells the meaning of stars begins with them: **注：…"""
_NEAR_HAN = lazy(f"[{HAN}。，；：！？、“”《》（）]")
_CLAUSE = lazy("[。，；！？,;]")
LONGEST_EMPHASIS = 40


def check(view: View) -> Iterator[Problem]:
    """Backticks and stars line by line, tags from the parser's repairs."""
    text = view.text
    if "`" in text:
        yield from _backticks(view)
    if "**" in text or "＊＊" in text:
        yield from _masks(view)
    if not is_markdown(view):
        for kind, start, end, _ in view.repairs:
            if kind == "stray_markup" and text[start] == "<" and text[start + 1] != "!" and not _kept(view, start, end):
                yield Problem(start, end, TAG, {"found": text[start:end]}, Fix((Edit(start, end, ""),), "unsafe", DELETE))


def _kept(view: View, start: int, end: int) -> bool:
    return view.debris.touch(start, end) or view.borders.touch(start, end) or view.labels.touch(start, end)


def _backticks(view: View) -> Iterator[Problem]:
    for found in _BACKTICK.finditer(view.text):
        start, end = found.span()
        if end - start > 2 or other(view).touch(start, end) or view.guarded(start, end):
            continue
        if _NEAR_HAN.search(view.text, max(0, start - 1), end + 1):
            yield Problem(start, end, BACKTICK, {}, Fix((Edit(start, end, ""),), "unsafe", DELETE))


def _masks(view: View) -> Iterator[Problem]:
    """Stars that are no emphasis: those of a line are emphasis when they pair, each pair round a few words."""
    line: list[re.Match[str]] = []
    number = 0
    for stars in _STARS.finditer(view.text):
        if view.source.line_column(stars.start())[0] != number:
            yield from _told(view, line)
            line, number = [], view.source.line_column(stars.start())[0]
        line.append(stars)
    yield from _told(view, line)


def _told(view: View, line: list[re.Match[str]]) -> Iterator[Problem]:
    text = view.text
    paired = len(line) % 2 == 0
    if paired and (is_markdown(view) or all(_is_emphasis(text, a, b) for a, b in zip(line[::2], line[1::2], strict=True))):
        return
    for stars in line:
        start, end = stars.span()
        if (
            HAS_HAN.match(text, end)
            and not text[start - 1 : start].isdigit()
            and not other(view).touch(start, end)
            and not view.guarded(start, end)
        ):
            yield Problem(start, end, MASK, {"found": stars[0]})


def _is_emphasis(text: str, a: re.Match[str], b: re.Match[str]) -> bool:
    """Whether two marks embolden what stands between: a few words, or a sentence that both set apart."""
    inside = text[a.end() : b.start()]
    if a[0] != b[0] or not inside:
        return False
    if len(inside) <= LONGEST_EMPHASIS and not _CLAUSE.search(inside.rstrip("。，；！？,;")):
        return True
    outside = HAS_HAN.match(text, b.end()) is None or _CLAUSE.match(inside[-1]) is not None
    return outside and (a.start() == 0 or HAS_HAN.match(text, a.start() - 1) is None)
