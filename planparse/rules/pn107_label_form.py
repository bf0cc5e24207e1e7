"""A label is not written in the standard form.

A bare Chinese numeral takes the mark 、, a bare digit or letter the low dot, a numeral in brackets no mark at all, and the brackets
are full-width: 一、 （一） 1. （1）. Told are other marks (一. 1： （一）、), blanks between a label and its text, and two forms that are
so widespread that each is told once a file, with a count: 1、 for 1. and half-width brackets.

With the option `each`, as in the profile `official`, every label of those two forms is told too, and all come with a fix. Without
it only blanks are mended. Chapters and articles (第一章), narrative ordinals (一是, which are
prose), and `1. ` in Markdown, where the blank makes the list, are left alone; so is a blank that keeps a dot from a digit (1. 2024年).

Basis: GB/T 15834-2011 B.3.2 to B.3.5 and 5.1 (their text reproduced by others).

Bad:

    某县2024年工作计划
    一. 重点工作
    （一）、新建幼儿园。
    （二）、改造食堂。

Good:

    某县2024年工作计划
    一、重点工作
    （一）新建幼儿园。
    （二）改造食堂。
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.labels import BLANKS, Parts, dot_holds, parts
from planparse.rules.prose import is_markdown
from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.view import Label, View
from planparse.syntax.numbering import STYLE

ONE = "label {found} is {wanted} in the standard form"
MANY = "{count} labels are written like {found}, the first here; the standard form is {wanted}"
BLANK = "a blank stands between label {found} and its text"
INSIDE = "a blank stands inside label {wanted}"
WRITE, DELETE = "write {wanted}", "delete the blank"
RULE = Rule(
    severity="information",
    basis=Basis("standard", "GB/T 15834-2011 B.3.2 to B.3.5", "B"),
    messages=(ONE, MANY, BLANK, INSIDE),
    raised={"official": "warning"},
    raised_options={"official": {"each": True}},
    fix="safe",
    may_change=frozenset({"label"}),
    options={"each": False},
)
_COMMA = frozenset({"han", "formal", "stem"})
_DOT = frozenset({"arabic", "roman", "upper-letter", "lower-letter"})
_BRACKETS = frozenset({"han-paren", "arabic-paren", "arabic-half-paren", "letter-paren", "circled"})
_MARKS = "、.．。：:，,"
_WIDE = str.maketrans("()", "（）")
_MOST_BLANKS = 2
"""More blanks than these set columns apart."""


def check(view: View) -> Iterator[Problem]:
    """Labels in other forms, and blanks in and after labels."""
    each = view.option("PN107", "each")
    markdown = is_markdown(view)
    widespread: dict[bool, list[tuple[Label, str, str]]] = {}
    for node, _, _, _, _ in view.visits:
        label = view.label(node)
        if label is None or label.style not in STYLE:
            continue
        raw = view.text[label.start : label.end]
        found = parts(raw, label.style)
        if found is None:
            continue
        family = STYLE[label.style].family
        if view.source.layout is None:  # where there is one, a program may have set the blank
            yield from _blank(view, label, family, found, markdown)
        text = f"{found.before}{found.numeral}{found.after}"
        near = _near(family, found)
        full = _full(family, near, markdown)
        if each:
            if full != text:
                yield Problem(label.start, label.end, ONE, {"found": text, "wanted": full}, _rewrite(view, label, full))
            continue
        if near != text:
            yield Problem(label.start, label.end, ONE, {"found": text, "wanted": near})
        if full != near:
            widespread.setdefault(family in _BRACKETS, []).append((label, text, full))
    for places in widespread.values():
        label, text, full = places[0]
        if len(places) > 1:
            yield Problem(label.start, label.end, MANY, {"found": text, "wanted": full, "count": len(places)})
        else:
            yield Problem(label.start, label.end, ONE, {"found": text, "wanted": full})


def _near(family: str, found: Parts) -> str:
    """A label in its standard form but for what is widespread: 1、 and half-width brackets stay."""
    after = found.after
    if family in _COMMA:
        after = "、" if after and after in _MARKS else after
    elif family in _DOT:
        after = "." if after and after in "。：:，," else after
    elif family in _BRACKETS or family.startswith("decimal"):
        after = after.rstrip(_MARKS)
    return f"{found.before}{found.numeral}{after}"


def _full(family: str, near: str, markdown: bool) -> str:
    """A label in its standard form."""
    if family in _DOT:
        return f"{near[:-1]}." if near.endswith("、") else near
    if family in _BRACKETS and not (markdown and family == "arabic-half-paren"):
        return near.translate(_WIDE)
    return near


def _rewrite(view: View, label: Label, full: str) -> Fix | None:
    """None where the dot and what follows it would read as one number."""
    if full.endswith(".") and not dot_holds(view.text, label.end):
        return None
    return Fix((Edit(label.start, label.end, full),), "safe", WRITE)


def _blank(view: View, label: Label, family: str, found: Parts, markdown: bool) -> Iterator[Problem]:
    """Blanks inside a label, and between it and its text."""
    if family not in _COMMA | _DOT | _BRACKETS or not (found.after or found.kind == "glyph"):
        return
    text = f"{found.before}{found.numeral}{found.after}"
    raw = view.work[label.start : label.end]
    if len(raw) != len(text) and any(sign in raw for sign in BLANKS):
        yield Problem(label.start, label.end, INSIDE, {"wanted": text}, Fix((Edit(label.start, label.end, text),), "safe", WRITE))
    end = label.end
    while end < len(view.text) and view.text[end] in " \u00a0\u3000":
        end += 1
    if not label.end < end <= label.end + _MOST_BLANKS or view.text[end : end + 1] in ("", "\n", "\r", "\t", "\x0b", "|"):
        return
    if family in _DOT and (view.text[end].isascii() or (markdown and found.after in (".", ")"))):
        return
    if markdown and family == "arabic-half-paren":
        return
    yield Problem(label.end, end, BLANK, {"found": text}, Fix((Edit(label.end, end, ""),), "safe", DELETE))
