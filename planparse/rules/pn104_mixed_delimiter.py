"""The labels of one list are written differently.

1、 and 2. and 3． in one list, or （1） and (2): one entry was pasted from elsewhere. A reader, and more so a program, may take
the odd one for another level. The labels that differ from most of the list are told; where there is a tie, the form that the plan
uses more often counts, then the first.

A list is what stands under one heading, or in one cell of a schedule, in one kind of numbers. Narrative ordinals (一是, 首先,
第一，) and the words of chapters are no labels here. The fix writes the label as the others are; the number stays.

Basis: GB/T 15835-2011 4.3 (read in the standard) asks that numbers of one kind in one place have one form; GB/T 15834-2011 B.3
(its text reproduced by others) names the mark of each kind of label.

Bad:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    2、改造食堂。
    3．维修围墙。

Good:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    2．改造食堂。
    3．维修围墙。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planparse.rules.labels import BLANKS, Parts, dot_holds, numeral, parts
from planparse.rules.lists import Entry, lists
from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.rules.view import View

MIXED = "label {found} stands among labels like {usual}"
WRITE = "write {wanted}"
RULE = Rule(
    severity="warning",
    basis=Basis("standard", "GB/T 15835-2011 4.3", "A"),
    messages=(MIXED,),
    fix="safe",
    may_change=frozenset({"label"}),
)
Form = tuple[str, str, str]
FAMILIES = frozenset({
    "han", "han-paren", "arabic", "arabic-paren", "arabic-half-paren", "circled",
    "formal", "roman", "upper-letter", "lower-letter", "letter-paren",
})  # fmt: skip
"""Those whose labels are signs alone; words (第一条, 一是, 任务1：) may differ."""


def check(view: View) -> Iterator[Problem]:
    """Labels that differ from most of their list."""
    groups = [group for group in lists(view) if group[0].family in FAMILIES]
    texts = [[(entry, found) for entry in group if (found := _parts(view, entry)) is not None] for group in groups]
    usage: Counter[Form] | None = None
    for group in texts:
        forms = Counter(found.form for _, found in group)
        if len(forms) < 2:
            continue
        if usage is None:
            usage = Counter(found.form for entries in texts for _, found in entries)
        usual = max(forms, key=lambda form: (not _is_wrong(form), forms[form], usage[form]))
        like = next(found for _, found in group if found.form == usual)
        for entry, found in group:
            if found.form != usual:
                yield _problem(view, entry, found, like)


def _is_wrong(form: Form) -> bool:
    """一. and (一) and （一）、: forms that no list should be brought to, however many of its labels have them."""
    before, kind, after = form
    if kind in ("han", "formal", "stem") and not before:
        return after in (".", "．", ",", "，")
    return before in ("(", "（") and (before, after) != ("（", "）")


def _parts(view: View, entry: Entry) -> Parts | None:
    return parts(view.text[entry.label.start : entry.label.end], entry.label.style)


def _problem(view: View, entry: Entry, found: Parts, like: Parts) -> Problem:
    label = entry.label
    values = {"found": f"{found.before}{found.numeral}{found.after}", "usual": f"{like.before}{like.numeral}{like.after}"}
    new = found.numeral if found.kind != "glyph" and like.kind != "glyph" else numeral(like.kind, label.value, like.numeral)
    if new is None or not (like.before or like.after or like.kind == "glyph"):
        return Problem(label.start, label.end, MIXED, values)
    values["wanted"] = f"{like.before}{new}{like.after}"
    end = label.end
    if not found.before and not found.after and found.kind != "glyph":  # a blank took the place of the mark
        while end < len(view.text) and view.text[end] in BLANKS:
            end += 1
    if (like.after.endswith((".", "．")) and not dot_holds(view.text, end)) or (
        like.after in ("：", ":") and view.text[end : end + 1].isdigit()
    ):
        return Problem(label.start, label.end, MIXED, values)  # 2.35 would read as one number
    return Problem(label.start, label.end, MIXED, values, Fix((Edit(label.start, end, values["wanted"]),), "safe", WRITE))
