"""The table of numbering styles: how a label at the start of a line or inside running text is written, what it is worth.

To add a style, add one row to `STYLES`. The row's place is its rank in the standard order (GB/T 9704-2012 7.3.3 and
GB/T 15834-2011 B.3.8: 一、 → （一） → 1. → （1） → ①), which the outline uses only where a plan does not say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from planparse.syntax import numerals

HAN = "[一二三四五六七八九十百零〇两廿卅]"
DIGIT = "[0-9０-９]"
DOT = "[.．]"
OPEN, CLOSE = "[(（〔\\[]", "[)）〕\\]]"
BLANK = "[ \\t\u00a0\u3000]"
NOUNS = (
    "讲座|专题|任务|活动|项目|目标|附件|附表|附录|案例|主题|措施|步骤|问题|建议|方案|原则|要求|模块|课题|工程|行动|举措|"
    "亮点|重点|环节|策略|板块|系列|程序|流程|关键|課題|專題|任務|活動"
)


class Style(NamedTuple):
    """One way of writing a number. `family` joins styles that continue each other's lists (2、 then 3.)."""

    name: str
    family: str
    rank: int
    pattern: str  # the label, its delimiter included; one group: the numeral
    value: Callable[[str], int | None]
    text: Callable[[int], str]


def _ordinal_unit(unit: str) -> Callable[[int], str]:
    return lambda n: f"第{numerals.han_text(n)}{unit}"


def _glyph(first: int) -> Callable[[int], str]:
    return lambda n: chr(first + n - 1)


_SAME_LEVEL_WORDS = "年级|年級|班|月|年|楼|季度|期|级|人|个|位|名|线|、|，"

STYLES: tuple[Style, ...] = (
    Style("part", "part", 0, f"第({HAN}{{1,4}}|{DIGIT}{{1,3}})(?:部分|编|編|篇)[、：:，,.．]?", numerals.han_value,
          _ordinal_unit("部分")),
    Style("chapter", "chapter", 1, f"第{BLANK}?({HAN}{{1,4}}|{DIGIT}{{1,3}}){BLANK}?章[、：:，,.．]?", numerals.han_value,
          _ordinal_unit("章")),
    Style("section-sign", "section-sign", 1, f"§{BLANK}?({DIGIT}{{1,2}})(?!{DOT}?{DIGIT})[.．、]?", numerals.arabic_value,
          lambda n: f"§{n}."),
    Style("formal", "formal", 1, "([壹贰貳叁參肆伍陆陸柒捌玖拾]{1,3})[、．.：:，]", numerals.han_value,
          lambda n: numerals.han_text(n).translate(numerals.HAN_TO_FORMAL) + "、"),
    Style("roman", "roman", 1, "([Ⅰ-Ⅻ]|[IVX]{1,5}(?=[、．.]))[、．.：:]?", numerals.roman_value,
          lambda n: numerals.roman_text(n) + "."),
    Style("stage", "stage", 2, f"第({HAN}{{1,3}}|{DIGIT}{{1,2}})(?:阶段|階段|步骤|步|讲|講|单元|環節|环节)[、：:，,.．]?",
          numerals.han_value, _ordinal_unit("阶段")),
    Style("clause-section", "clause-section", 2, f"第({HAN}{{1,3}}|{DIGIT}{{1,2}})[节節](?![课課])[、：:，,.．]?",
          numerals.han_value, _ordinal_unit("节")),
    Style("article", "article", 3, f"第{BLANK}?({HAN}{{1,5}}|{DIGIT}{{1,3}}){BLANK}?[条條][、：:，,.．]?", numerals.han_value,
          _ordinal_unit("条")),
    Style("han", "han", 4,
          f"({HAN}{{1,4}}){BLANK}?(?:、(?!{HAN}{{1,2}}(?:{_SAME_LEVEL_WORDS}))|[．.]|[，,：:](?!{HAN}{{1,2}}是))",
          numerals.han_value, lambda n: numerals.han_text(n) + "、"),
    Style("han-blank", "han", 4, f"([一二三四五六七八九十]{{1,3}})(?=[ \u00a0\u3000]+\\S{{2}})", numerals.han_value,
          lambda n: numerals.han_text(n) + " "),
    Style("stem", "stem", 5, "([甲乙丙丁戊己庚辛壬癸])[、．.：:](?![甲乙丙丁戊己庚辛壬癸])", numerals.stem_value,
          lambda n: numerals.STEMS[n - 1] + "、"),
    Style("named", "named", 5, f"(?:{NOUNS})({HAN}{{1,3}}|{DIGIT}{{1,2}})[:：、.．]", numerals.han_value,
          lambda n: f"任务{numerals.han_text(n)}："),
    Style("ordinal", "ordinal", 5, f"第({HAN}{{1,2}})[、，,：:]", numerals.han_value,
          lambda n: f"第{numerals.han_text(n)}，"),
    Style("sequence", "sequence", 12, "(首先|其次|再次|再者|最后)[，,、：:]", numerals.sequence_value,
          lambda n: numerals.SEQUENCE[n - 1] + "，"),
    Style("han-paren", "han-paren", 6, f"{OPEN}{BLANK}?({HAN}{{1,4}}){BLANK}?{CLOSE}[、.．：:]?", numerals.han_value,
          lambda n: f"（{numerals.han_text(n)}）"),
    Style("han-half-paren", "han-paren", 6, f"([一二三四五六七八九十]{{1,3}})[)）]", numerals.han_value, lambda n: numerals.han_text(n) + "）"),
    Style("han-glyph", "han-paren", 6, "([㈠-㈩㊀-㊉])[、.．]?", numerals.glyph_value, _glyph(0x3220)),
    Style("decimal-3", "decimal-3", 9, f"({DIGIT}{{1,2}}(?:{DOT}{DIGIT}{{1,2}}){{2,4}})(?!{DIGIT}|[-—~～至]{DIGIT})[、.．]?",
          lambda s: numerals.arabic_value(re.split(DOT, s)[-1]), lambda n: f"1.1.{n}"),
    Style("decimal-2", "decimal-2", 8,
          f"({DIGIT}{{1,2}}{DOT}{DIGIT}{{1,2}})(?!{DIGIT}|[%％‰年月日号號万亿元米度倍时時秒]|{BLANK}?[-—–~～至到]|[(（](?:周|星期|週))[、.．]?",
          lambda s: numerals.arabic_value(re.split(DOT, s)[-1]), lambda n: f"1.{n}"),
    Style("arabic-comma", "arabic", 7, f"({DIGIT}{{1,3}}){BLANK}?[、，](?!{DIGIT}{{1,2}}(?:{_SAME_LEVEL_WORDS}|两|組|组|队|号楼))",
          numerals.arabic_value, lambda n: f"{n}、"),
    Style("arabic-dot", "arabic", 7,
          f"({DIGIT}{{1,3}}){BLANK}?(?:[.．。](?!{DIGIT})|{DOT}(?={DIGIT}{{1,2}}月|{DIGIT}{{4}}年|{DIGIT}{{2}}[xX×]{{2}}年))",
          numerals.arabic_value, lambda n: f"{n}."),
    Style("arabic-blank", "arabic", 7, f"({DIGIT}{{1,2}})(?={BLANK}+[^\\W\\d_a-zA-Z][^月日号年%％：:]{{1,}})", numerals.arabic_value, lambda n: f"{n} "),
    Style("arabic-colon", "arabic", 7, f"({DIGIT}{{1,2}})[:：](?!{DIGIT})", numerals.arabic_value, lambda n: f"{n}："),
    Style("digit-dot-glyph", "arabic", 7, "([⒈-⒛])", numerals.glyph_value, _glyph(0x2488)),
    Style("arabic-paren", "arabic-paren", 10, f"{OPEN}{BLANK}?({DIGIT}{{1,3}}){BLANK}?{CLOSE}[、.．：:]?",
          numerals.arabic_value, lambda n: f"（{n}）"),
    Style("digit-paren-glyph", "arabic-paren", 10, "([⑴-⒇])[、.．]?", numerals.glyph_value, _glyph(0x2474)),
    Style("arabic-half-paren", "arabic-half-paren", 11, f"({DIGIT}{{1,2}}){BLANK}?[)）][、.．]?", numerals.arabic_value,
          lambda n: f"{n}）"),
    Style("circled", "circled", 12, "([①-⑳㉑-㉟㊱-㊿❶-❿⓫-⓴➀-➉])[、.．]?", numerals.glyph_value, _glyph(0x2460)),
    Style("narrative", "narrative", 13, "([一二三四五六七八九十]{1,2})(?:是|要|抓|靠)(?![一二三四五六七八九十][^一二三四五六七八九十]{0,2}[一二])",
          numerals.han_value, lambda n: numerals.han_text(n) + "是"),
    Style("upper-letter", "upper-letter", 13, "([A-ZＡ-Ｚ])[、．.)）](?![A-Za-z.])", numerals.letter_value,
          lambda n: chr(64 + n) + "."),
    Style("letter-paren", "letter-paren", 14, "[(（]([a-zA-Z])[)）]", numerals.letter_value, lambda n: f"({chr(96 + n)})"),
    Style("lower-letter", "lower-letter", 14, "([a-zａ-ｚ])[、．.)）](?![A-Za-z.])", numerals.letter_value,
          lambda n: chr(96 + n) + ")"),
)  # fmt: skip

SOFT = frozenset({"arabic-blank", "decimal-2", "sequence"})
"""Styles that look like dates, quantities or prose: a neighbour in the same list must vouch for them."""

STYLE = {style.name: style for style in STYLES}

# A bullet says "one more" and carries no value.
BULLETS = (
    "[-*+]" + BLANK + "\\[[ xX]\\](?=" + BLANK + ")"  # - [ ] task
    "|[●■◆★▲○□◇※▪•·◎☆△▶►➢➤✓√✔➔→◼◾▷◈❖]"
    "|[-*+](?=" + BLANK + ")"
    "|[—–─]{1,2}(?!" + BLANK + "?" + DIGIT + ")(?=\\S|" + BLANK + ")"
    "|[lnuüØvqþ](?=[ \u00a0\u3000\\t]{2,}[\u4e00-\u9fff“（《])"  # Word's Wingdings bullets as plain text
)

_FIRST = "首其再最一二三四五六七八九十百〇两廿卅0-9０-９(（〔\\[第§壹贰貳叁參肆伍陆陸柒捌玖拾Ⅰ-ⅫIVXA-Za-zＡ-Ｚａ-ｚ甲乙丙丁戊己庚辛壬癸" \
         "①-⒛㈠-㈩㊀-㊉㉑-㊿❶-❿⓫-⓴➀-➉●■◆★▲○□◇※▪•·◎☆△▶►➢➤✓√✔➔→◼◾▷◈❖*+\\-—–─üØþ"  # fmt: skip
_NOUN_FIRST = "".join(sorted({noun[0] for noun in NOUNS.split("|")}))
_LABEL = re.compile(
    f"(?=[{_FIRST}{_NOUN_FIRST}])(?:"
    + "|".join(f"(?P<{style.name.replace('-', '_')}>{style.pattern})" for style in STYLES)
    + f"|(?P<bullet>{BULLETS}))"
)
_NAMES = {style.name.replace("-", "_"): style for style in STYLES}
_DATE_WORDS = re.compile(f"{DIGIT}{{1,2}}{DOT}{DIGIT}{{1,2}}")


class Label(NamedTuple):
    """A label found in the text: `style` is None for a bullet, `value` then 0; `end` is where the text after it starts."""

    style: Style | None
    value: int
    end: int
    parent: tuple[int, ...] = ()  # for 1.2.3: (1, 2)


def match_label(text: str, start: int, end: int) -> Label | None:
    """The label that starts at `start`, or None."""
    found = _LABEL.match(text, start, end)
    if found is None:
        return None
    group = found.lastgroup or ""
    if group == "bullet":
        return Label(None, 0, found.end())
    style = _NAMES[group]
    numeral = found[found.re.groupindex[group] + 1]
    value = numerals.arabic_value(numeral) if numeral.isdecimal() else style.value(numeral)
    if value is None:
        return None
    if style.family.startswith("decimal"):
        parts = tuple(int(part) for part in re.split(DOT, numeral))
        return Label(style, value, found.end(), parts[:-1])
    return Label(style, value, found.end())


def number_text(style: str, value: int) -> str:
    """How `value` is written in the style of that name: ("han-paren", 3) → （三）."""
    return STYLE[style].text(value)
