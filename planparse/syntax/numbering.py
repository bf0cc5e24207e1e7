"""The table of numbering styles: how a label at the start of a line or inside running text is written, what it is worth.

To add a style, add one row to `STYLES`. The row's place is its rank in the standard order (GB/T 9704-2012 7.3.3 and
GB/T 15834-2011 B.3.8: 一、 → （一） → 1. → （1） → ①), which the outline uses only where a plan does not say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from planparse.syntax import numerals
from planparse.syntax.lazy import lazy

HAN = "[一二三四五六七八九十百零〇○两廿卅]"
DOT = "[.．]"
OPEN, CLOSE = "[(（〔\\[]", "[)）〕\\]]"
BLANK = "[ \\t\u00a0\u3000\u200b]"
NOUNS = (
    "讲座|专题|任务|活动|项目|目标|案例|主题|措施|步骤|问题|建议|方案|原则|要求|模块|课题|工程|行动|举措|"
    "亮点|重点|环节|策略|板块|系列|程序|流程|关键|課題|專題|任務|活動"
)


class Style(NamedTuple):
    """One way of writing a number: `before` numeral `after`. `family` joins styles that continue each other's lists."""

    name: str
    family: str
    rank: int
    first: str  # the characters a label of this style can start with
    before: str
    numeral: str
    after: str  # the delimiter, which belongs to the label
    value: Callable[[str], int | None]
    text: Callable[[int], str]


def _ordinal_unit(unit: str) -> Callable[[int], str]:
    return lambda n: f"第{numerals.han_text(n)}{unit}"


def _glyph(first: int) -> Callable[[int], str]:
    return lambda n: chr(first + n - 1)


# Any letters stand for a Chinese numeral here: what is none has no value, and a small pattern compiles in half the time.
_DI = f"第{BLANK}?"
_NUMERAL = "[\\w○]{1,5}?"
_MARK = "[、：:，,.．]?"
_LEVELS = "年级|年級|班|月|年|楼|季度|期|级|人|个|位|名|线|、|，"
_DI_FIRST, _HAN_FIRST, _OPEN_FIRST = "第", "一二三四五六七八九十百零〇两廿卅", "(（〔["
_FORMAL = "壹贰貳叁參肆伍陆陸柒捌玖拾"
_NOUN_FIRST = "".join({noun[0] for noun in NOUNS.split("|")})


def _glyphs(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


_DIGITS = "0123456789" + _glyphs(0xFF10, 0xFF19)
_UPPER, _LOWER = _glyphs(65, 90) + _glyphs(0xFF21, 0xFF3A), _glyphs(97, 122) + _glyphs(0xFF41, 0xFF5A)
_CIRCLED = "".join(_glyphs(*run) for run in (
    (0x2460, 0x2473), (0x3251, 0x325F), (0x32B1, 0x32BF), (0x2776, 0x277F), (0x24EB, 0x24F4), (0x2780, 0x2789)))  # fmt: skip

# Rows with the same `before` and `numeral` stand together: they share one branch of the pattern, tried in this order.
STYLES: tuple[Style, ...] = (
    Style("part", "part", 0, _DI_FIRST, _DI, _NUMERAL, f"(?:部分|[编編篇]){_MARK}", numerals.han_value, _ordinal_unit("部分")),
    Style("chapter", "chapter", 1, _DI_FIRST, _DI, _NUMERAL, f"{BLANK}?章{_MARK}", numerals.han_value, _ordinal_unit("章")),
    Style("stage", "stage", 2, _DI_FIRST, _DI, _NUMERAL, f"(?:阶段|階段|步骤?|[讲講]|单元|环节|環節){_MARK}", numerals.han_value, _ordinal_unit("阶段")),
    Style("clause-section", "clause-section", 2, _DI_FIRST, _DI, _NUMERAL, f"[节節](?![课課]){_MARK}", numerals.han_value, _ordinal_unit("节")),
    Style("article", "article", 3, _DI_FIRST, _DI, _NUMERAL, f"{BLANK}?[条條]{_MARK}", numerals.han_value, _ordinal_unit("条")),
    Style("ordinal", "ordinal", 5, _DI_FIRST, _DI, _NUMERAL, "[、，,：:]", numerals.han_value, lambda n: f"第{numerals.han_text(n)}，"),
    Style("section-sign", "section-sign", 1, "§", f"§{BLANK}?", "\\d{1,2}", f"(?!{DOT}?\\d)[.．、]?", numerals.arabic_value, lambda n: f"§{n}."),
    Style("formal", "formal", 1, _FORMAL, "", "[壹贰貳叁參肆伍陆陸柒捌玖拾]{1,3}", "[、．.：:，]", numerals.han_value,
          lambda n: numerals.han_text(n).translate(numerals.HAN_TO_FORMAL) + "、"),
    Style("roman", "roman", 1, _glyphs(0x2160, 0x216B) + "IVX", "", "[Ⅰ-Ⅻ]|[IVX]{1,5}(?=[、．.])", "[、．.：:]?", numerals.roman_value, lambda n: numerals.roman_text(n) + "."),
    Style("han", "han", 4, _HAN_FIRST, "", _NUMERAL, f"{BLANK}?(?:、(?!{HAN}{{1,2}}(?:{_LEVELS}))|[．.]|[，,：:](?!{HAN}{{1,2}}是))",
          numerals.han_value, lambda n: numerals.han_text(n) + "、"),
    Style("han-half-paren", "han-paren", 6, _HAN_FIRST, "", _NUMERAL, "[)）]", numerals.han_value, lambda n: numerals.han_text(n) + "）"),
    Style("narrative", "narrative", 13, _HAN_FIRST, "", _NUMERAL, f"[是要抓靠](?!{HAN}[^一二]{{0,2}}[一二])", numerals.han_value,
          lambda n: numerals.han_text(n) + "是"),
    Style("han-blank", "han", 4, _HAN_FIRST, "", _NUMERAL, "(?=[ \u00a0\u3000]+\\S{2})", numerals.han_value, lambda n: numerals.han_text(n) + " "),
    Style("stem", "stem", 5, numerals.STEMS, "", "[甲乙丙丁戊己庚辛壬癸]", "[、．.：:](?![甲乙丙丁])", numerals.stem_value, lambda n: numerals.STEMS[n - 1] + "、"),
    Style("named", "named", 5, _NOUN_FIRST, f"(?:{NOUNS})", f"{HAN}{{1,3}}|\\d{{1,2}}", "[:：、.．]", numerals.han_value, lambda n: f"任务{numerals.han_text(n)}："),
    Style("sequence", "sequence", 12, "首其再最", "", "首先|其次|再次|再者|最后", "[，,、：:]", numerals.sequence_value, lambda n: numerals.SEQUENCE[n - 1] + "，"),
    Style("han-paren", "han-paren", 6, _OPEN_FIRST, f"{OPEN}{BLANK}?", f"{HAN}{{1,5}}", f"{BLANK}?{CLOSE}[、.．：:]?", numerals.han_value,
          lambda n: f"（{numerals.han_text(n)}）"),
    Style("arabic-paren", "arabic-paren", 10, _OPEN_FIRST, f"{OPEN}{BLANK}?", "\\d{1,3}", f"{BLANK}?{CLOSE}[、.．：:]?", numerals.arabic_value, lambda n: f"（{n}）"),
    Style("letter-paren", "letter-paren", 14, _OPEN_FIRST, f"{OPEN}{BLANK}?", "[a-zA-Z]", f"{BLANK}?{CLOSE}", numerals.letter_value, lambda n: f"({chr(96 + n)})"),
    Style("han-glyph", "han-paren", 6, _glyphs(0x3220, 0x3229) + _glyphs(0x3280, 0x3289), "", "[㈠-㈩㊀-㊉]", "[、.．]?", numerals.glyph_value, _glyph(0x3220)),
    Style("digit-dot-glyph", "arabic", 7, _glyphs(0x2488, 0x249B), "", "[⒈-⒛]", "", numerals.glyph_value, _glyph(0x2488)),
    Style("digit-paren-glyph", "arabic-paren", 10, _glyphs(0x2474, 0x2487), "", "[⑴-⒇]", "[、.．]?", numerals.glyph_value, _glyph(0x2474)),
    Style("circled", "circled", 12, _CIRCLED, "", f"[{_CIRCLED}]", "[、.．]?", numerals.glyph_value, _glyph(0x2460)),
    Style("decimal-3", "decimal-3", 9, _DIGITS, "", f"\\d{{1,2}}(?:{DOT}\\d{{1,2}}){{2,4}}", "(?!\\d|[-—~～至]\\d)[、.．]?",
          numerals.last_value, lambda n: f"1.1.{n}"),
    Style("decimal-2", "decimal-2", 8, _DIGITS, "", f"\\d{{1,2}}{DOT}\\d{{1,2}}",
          f"(?!\\d|[%％‰年月日号號万亿元米度倍时時秒xX×:：]|{BLANK}?[-—–~～至到]|[(（](?:周|星期|週))[、.．]?", numerals.last_value, lambda n: f"1.{n}"),
    Style("arabic-comma", "arabic", 7, _DIGITS, "", "\\d{1,3}", f"{BLANK}?[、，](?!\\d{{1,2}}(?:年级|年級|[班楼级人个位名线两組组队节室、，]|号楼|季度)|\\d{{1,3}}(?:[、，]\\d{{1,3}}){{0,9}}(?:[节室]|号|教室|[ ]?(?:[\\t|\\n]|$)))", numerals.arabic_value, lambda n: f"{n}、"),
    Style("arabic-dot", "arabic", 7, _DIGITS, "", "\\d{1,3}",
          f"{BLANK}?(?:[.．。](?!\\d)|{DOT}(?=\\d{{1,2}}(?:月|[:：]\\d{{2}}|日(?![（( ]|$)|[—–~～至-]\\d{{1,2}}月)|\\d{{4}}年|\\d{{2}}[xX×]{{2}}年))", numerals.arabic_value, lambda n: f"{n}."),
    Style("arabic-half-paren", "arabic-half-paren", 11, _DIGITS, "", "\\d{1,3}", f"{BLANK}?[)）][、.．]?", numerals.arabic_value, lambda n: f"{n}）"),
    Style("arabic-colon", "arabic", 7, _DIGITS, "", "\\d{1,3}", "[:：](?!\\d)", numerals.arabic_value, lambda n: f"{n}："),
    Style("arabic-blank", "arabic", 7, _DIGITS, "", "\\d{1,3}", f"(?={BLANK}+[^\\W\\d_a-zA-Z][^月日号年%％：:])", numerals.arabic_value, lambda n: f"{n} "),
    Style("upper-letter", "upper-letter", 13, _UPPER, "", "[A-ZＡ-Ｚ]", "[、．.)）](?![A-Za-z.])", numerals.letter_value, lambda n: chr(64 + n) + "."),
    Style("lower-letter", "lower-letter", 14, _LOWER, "", "[a-zａ-ｚ]", "[、．.)）](?![A-Za-z.])", numerals.letter_value, lambda n: chr(96 + n) + ")"),
)  # fmt: skip

BULLET = Style("bullet", "bullet", 50, "", "", "", "", lambda _: 0, lambda _: "●")
"""What stands for a style where a bullet (●, -, - [ ]) takes the place of a number."""

WORDED = frozenset({"stage"})
"""Styles whose label is part of the heading's words (第一阶段（9月）：宣传): it orders the lines but is no number apart."""

SOFT = frozenset({"arabic-blank", "decimal-2", "sequence"})
"""Styles that look like dates, quantities or prose: a neighbour in the same list must vouch for them."""

TOP_FAMILIES = frozenset({"han", "chapter", "part", "article", "section-sign"})
"""Families of a plan's own levels: they begin a line of their own and end a list, schedule or point above."""

AUTOMATIC = tuple(
    Style(f"automatic-{level}", f"automatic-{level}", rank, "", "", "", "", lambda _: None, lambda n: f"{n}.")
    for level, rank in enumerate((4, 6, 7, 10, 12, 13, 14, 15, 16), 1)
)
"""Styles of automatic labels in no notation of the table (子、, 001, 丙丁-3), one for each list level of the file."""

STYLE = {style.name: style for style in (*STYLES, *AUTOMATIC)}

# A bullet says "one more" and carries no value.
BULLETS = (
    "[-*+]" + BLANK + "\\[[ xX]\\](?=" + BLANK + ")"  # - [ ] task
    "|[●■◆★▲○□◇※▪•·◎☆△▶►➢➤✓√✔➔→◼◾▷◈❖]"
    "|[-*+](?=" + BLANK + ")"
    "|[—–─]{1,2}(?!" + BLANK + "?\\d)(?=\\S|" + BLANK + ")"
    "|[lnuüØvqþ](?=[ \u00a0\u3000\\t]{2,}[^\x00-\u007f])"  # Word's Wingdings bullets as plain text
)

_BULLET_FIRST = "●■◆★▲○□◇※▪•·◎☆△▶►➢➤✓√✔➔→◼◾▷◈❖*+-—–─lnuüØvqþ"


class _Branch:
    """The styles that can start with one character, as one pattern; where each style's numeral stands in it."""

    __slots__ = ("numeral_group", "pattern")

    def __init__(self, styles: list[Style], bullet: bool) -> None:
        branches: list[str] = []
        self.numeral_group: dict[str, int] = {}
        group = shared = 0
        key: tuple[str, str] | None = None
        for style in styles:
            name = style.name.replace("-", "_")
            if (style.before, style.numeral) == key:
                branches[-1] += "|"
            else:
                key = (style.before, style.numeral)
                group += 1
                shared = group
                branches.append(f"{style.before}({style.numeral})(?:")
            group += 1
            self.numeral_group[name] = shared
            branches[-1] += f"(?P<{name}>{style.after})"
        patterns = [f"{branch})" for branch in branches]
        if bullet:
            patterns.append(f"(?P<bullet>{BULLETS})")
        self.pattern = lazy("|".join(patterns))


def _branches() -> dict[str, _Branch]:
    """For each character that can start a label, the pattern to try; characters with the same styles share one."""
    starting: dict[str, list[Style]] = {}
    for style in STYLES:
        for character in style.first:
            starting.setdefault(character, []).append(style)
    shared: dict[tuple[str, ...], _Branch] = {}
    found: dict[str, _Branch] = {}
    for character in {*starting, *_BULLET_FIRST}:
        styles, bullet = starting.get(character, []), character in _BULLET_FIRST
        key = (*(style.name for style in styles), "bullet" if bullet else "")
        if key not in shared:
            shared[key] = _Branch(styles, bullet)
        found[character] = shared[key]
    return found


_BRANCHES = _branches()
_NAMES = {style.name.replace("-", "_"): style for style in STYLES}


class Label(NamedTuple):
    """A label found in the text: `style` is BULLET and `value` 0 for a bullet; `end` is where the text after it starts."""

    style: Style
    value: int
    end: int
    parent: tuple[int, ...] = ()  # for 1.2.3: (1, 2)

    def field(self, start: int) -> tuple[str, int, int, int]:
        """What a node keeps of a label that begins at `start`: style, start, end, value."""
        return self.style.name, start, self.end, self.value


def match_label(text: str, start: int, end: int) -> Label | None:
    """The label that starts at `start` (which must lie inside the text), or None."""
    branch = _BRANCHES.get(text[start])
    if branch is None:
        return None
    found = branch.pattern.match(text, start, end)
    if found is None:
        return None
    group = found.lastgroup or ""
    if group == "bullet":
        return Label(BULLET, 0, found.end())
    style = _NAMES[group]
    numeral = found[branch.numeral_group[group]]
    value = numerals.arabic_value(numeral) if numeral.isdecimal() else style.value(numeral)
    if value is None:
        return None
    if style.family.startswith("decimal"):
        parts = tuple(int(part) for part in re.split(DOT, numeral))
        return Label(style, value, found.end(), parts[:-1])
    return Label(style, value, found.end())


@lru_cache(maxsize=4096)
def number_text(style: str, value: int) -> str:
    """How `value` is written in the style of that name: ("han-paren", 3) → （三）."""
    return STYLE[style].text(value)


ORDER = ("han", "han-paren", "arabic-dot", "arabic-paren", "circled")
"""The order of GB/T 9704-2012 7.3.3 and GB/T 15834-2011 B.3.8."""
MOST_CIRCLED = 20


def standard_label(depth: int, value: int) -> str:
    """The label of the `value`-th section at a depth counted from 0; below the fifth level ① goes on."""
    style = ORDER[min(depth, len(ORDER) - 1)]
    return number_text("arabic-paren" if style == "circled" and value > MOST_CIRCLED else style, value)
