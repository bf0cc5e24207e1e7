"""Automatic labels of a Word file: which list a line belongs to, and the part that defines the lists.

A definition (w:abstractNum) has nine levels, each with a form of its own; a list (w:num) starts one of them at a value.
Word goes on counting through all lists of a definition, other programs count for each list: a list is used again only
where both ways of counting come to the value that is due. Else a new one starts there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from xml.sax.saxutils import escape

from planparse.syntax.numbering import number_text
from planparse.syntax.numerals import han_text, roman_text

LEVELS = 9
"""As many as Word has."""
MOST_LISTS = 2_000
"""Word gives up on files with many thousands of lists; labels of further lists are plain text."""
LONGEST = 200
"""Characters of a label that is no plain text."""
STANDARD = ("han", "han-paren", "arabic-dot", "arabic-paren", "circled", "circled", "circled", "circled", "circled")
"""The numbering styles of the levels by GB/T 9704-2012 7.3.3 and GB/T 15834-2011 B.3.8; below the fifth ① goes on."""
NUMERALS: tuple[tuple[str, int, int, Callable[[int], str]], ...] = (
    ("chineseCountingThousand", 1, 99, han_text),  # above 99 programs differ: 一百〇一, 一百零一
    ("decimal", 0, 32_767, str),
    ("decimalEnclosedCircle", 1, 20, lambda n: number_text("circled", n)),
    ("chineseLegalSimplified", 1, 9, lambda n: number_text("formal", n)[:-1]),
    ("ideographTraditional", 1, 10, lambda n: number_text("stem", n)[:-1]),
    ("upperRoman", 1, 3_999, roman_text),
    ("upperLetter", 1, 26, lambda n: chr(64 + n)),
    ("lowerLetter", 1, 26, lambda n: chr(96 + n)),
)
"""Number formats of Word with the values that all programs write alike: name, least, greatest, numeral."""
_UNCERTAIN = -(1 << 20)  # what a level counts that was skipped: programs differ


class Form(NamedTuple):
    """How a level writes its labels: `before` numeral `after`. In `before`, %1 stands for the number of the first level."""

    numeral: str
    """The format of the number by Word's name; `bullet` for a mark, which is `before`."""
    before: str
    after: str
    gap: bool
    """Whether a blank follows the label."""


class List(NamedTuple):
    """A list: the index of its definition, and the level it starts, with its first value; None where it starts nothing."""

    definition: int
    level: int
    start: int | None


def find_form(label: str, value: int, gap: bool) -> Form | None:
    """The form in which `value` reads exactly as the label; None when there is none."""
    if "%" in label or not label.isprintable() or len(label) > LONGEST:
        return None
    for name, least, greatest, numeral in NUMERALS:
        if least <= value <= greatest:
            before, found, after = label.rpartition(numeral(value))
            if found and not before[-1:].isnumeric() and not after[:1].isnumeric():
                return Form(name, before, after, gap)
    return None


def standard_forms() -> dict[int, Form]:
    """The form of each level by the standard."""
    found = {level: find_form(number_text(style, 1), 1, gap=False) for level, style in enumerate(STANDARD)}
    return {level: form for level, form in found.items() if form}


class Lists:
    """The lists of a file, in the order of their first lines. A list's id counts from 1."""

    def __init__(self, *, standard: bool) -> None:
        self.definitions: list[dict[int, Form]] = []
        """The forms of the levels in use."""
        self.lists: list[List] = []
        self._shared: list[dict[int, int]] = []  # what each definition has counted on each level
        self._own: list[dict[int, int]] = []  # what each list has
        self._homes: dict[tuple[int, Form], int] = {}  # the definition that has the form on the level
        self._bullets: dict[str, int] = {}
        self.first: int | None = None
        """The list that the styles of headings are linked with."""
        if standard:
            self._define(standard_forms())
            self.first = self._add(List(0, 0, None))

    def number(self, label: str, value: int, level: int, near: int | None, *, gap: bool) -> int | None:
        """The list in which the next line shows the label, counted there; None when the label must be plain text.

        Args:
            label: As it is to read.
            value: What it counts.
            level: Counted from 0; below the ninth all are the ninth.
            near: The list of the line before on this level, else of the line around it.
            gap: Whether a blank parts the label from the words.
        """
        form = find_form(label, value, gap)
        if form is None:
            return None
        level = min(level, LEVELS - 1)
        form = self._nested(form, level, near)
        if near is None or not self._goes_on(near, level, form, value):
            if len(self.lists) >= MOST_LISTS:
                return None
            near = self._add(List(self._definition(level, form, near), level, value))
        definition = self.lists[near - 1].definition
        self.definitions[definition].setdefault(level, form)
        self._homes.setdefault((level, form), definition)
        for counts in (self._shared[definition], self._own[near - 1]):
            _count(counts, level, value)
        return near

    def bullet(self, mark: str) -> int | None:
        """The list of bullets with the mark; None when the mark must be plain text: Word offers single characters."""
        if mark not in self._bullets:
            if len(mark) != 1 or mark == "%" or not mark.isprintable() or len(self.lists) >= MOST_LISTS:
                return None
            self._bullets[mark] = self._add(List(self._define(dict.fromkeys(range(LEVELS), Form("bullet", mark, "", gap=True))), 0, None))
        return self._bullets[mark]

    def _goes_on(self, near: int, level: int, form: Form, value: int) -> bool:
        definition = self.lists[near - 1].definition
        if self.definitions[definition].get(level, form) != form:
            return False
        return all(counts.get(level, 0) + 1 == value for counts in (self._shared[definition], self._own[near - 1]))

    def _nested(self, form: Form, level: int, near: int | None) -> Form:
        """For 2.3 below 2: the form that takes the 2 from the level above; else the form as it is."""
        parts = form.before.split(".")[:-1]
        if near is None or form.numeral != "decimal" or not 0 < len(parts) <= level or ".".join([*parts, ""]) != form.before:
            return form
        definition = self.lists[near - 1].definition
        forms, counts = self.definitions[definition], self._shared[definition]
        above = range(level - len(parts), level)
        same = all(
            k in forms and forms[k].numeral == "decimal" and str(counts.get(k)) == part for k, part in zip(above, parts, strict=True)
        )
        nested = form._replace(before="".join(f"%{k + 1}." for k in above))
        return nested if same and forms.get(level, nested) == nested else form

    def _definition(self, level: int, form: Form, near: int | None) -> int:
        if near is not None:
            definition = self.lists[near - 1].definition
            if self.definitions[definition].get(level, form) == form:
                return definition
        home = self._homes.get((level, form))
        return self._define({level: form}) if home is None else home

    def _define(self, forms: dict[int, Form]) -> int:
        self.definitions.append(forms)
        self._shared.append({})
        for level, form in forms.items():
            self._homes.setdefault((level, form), len(self.definitions) - 1)
        return len(self.definitions) - 1

    def _add(self, item: List) -> int:
        self.lists.append(item)
        self._own.append({})
        return len(self.lists)


def _count(counts: dict[int, int], level: int, value: int) -> None:
    for below in range(level + 1, LEVELS):
        counts.pop(below, None)
    for above in range(level):
        counts.setdefault(above, _UNCERTAIN)
    counts[level] = value


def numbering_part(lists: Lists, namespace: str, styles: dict[int, str]) -> str:
    """The part that defines the lists. `styles` are the heading styles that the levels of the first definition number."""
    definitions = "".join(
        f'<w:abstractNum w:abstractNumId="{k}"><w:nsid w:val="{k + 1:08X}"/><w:multiLevelType w:val="multilevel"/>'
        + "".join(_level(level, forms.get(level), styles.get(level, "") if k == 0 else "") for level in range(LEVELS))
        + "</w:abstractNum>"
        for k, forms in enumerate(lists.definitions)
    )
    return f"<w:numbering {namespace}>{definitions}{''.join(_list(k, item) for k, item in enumerate(lists.lists, 1))}</w:numbering>"


def _level(level: int, form: Form | None, style: str) -> str:
    numeral, text, gap, indent = "none", "", False, 0
    if form is not None and form.numeral == "bullet":
        numeral, text, gap, indent = "bullet", form.before, True, 320 * level
    elif form is not None:
        numeral, text, gap = form.numeral, f"{form.before}%{level + 1}{form.after}", form.gap
    text = escape(text, {'"': "&quot;"})
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{numeral}"/>'
        + (f'<w:pStyle w:val="{style}"/>' if style else "")
        + f'<w:suff w:val="{"space" if gap else "nothing"}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:firstLine="640"/></w:pPr><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:lvl>'
    )


def _list(number: int, item: List) -> str:
    start = "" if item.start is None else (
        f'<w:lvlOverride w:ilvl="{item.level}"><w:startOverride w:val="{item.start}"/></w:lvlOverride>'
    )  # fmt: skip
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{item.definition}"/>{start}</w:num>'
