"""Word's automatic numbers: every number format, every rule of the counters, as Word shows them."""

import pytest
from ooxml import abstract, docx, lvl, num, override, p, style

from planparse.readers import from_bytes
from planparse.readers.word.formats import FORMATS

COUNTED = "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一"
SPELLED = "一 二 三 四 五 六 七 八 九 一{0} 一一 一二 一三 一四 一五 一六 一七 一八 一九 二{0} 二一 一{0}{0} 一{0}一"
PLAIN = "11 12 13 14 15 16 17 18 19 20 21 100 101"
VALUES = [*range(1, 22), 100, 101]

# What Word shows for 1 … 21, 100, 101.
SHOWN = {
    "chineseCountingThousand": f"{COUNTED} 一百 一百〇一",
    "chineseCounting": f"{COUNTED} 一○○ 一○一",
    "japaneseCounting": f"{COUNTED} 百 百一",
    "taiwaneseCountingThousand": f"{COUNTED} 一百 一百零一",
    "taiwaneseCounting": f"{COUNTED} 一○○ 一○一",
    "chineseLegalSimplified": "壹 贰 叁 肆 伍 陆 柒 捌 玖 壹拾 壹拾壹 壹拾贰 壹拾叁 壹拾肆 壹拾伍 壹拾陆 壹拾柒 壹拾捌 壹拾玖 贰拾 贰拾壹 壹佰 壹佰零壹",
    "ideographLegalTraditional": "壹 貳 參 肆 伍 陸 柒 捌 玖 壹拾 壹拾壹 壹拾貳 壹拾參 壹拾肆 壹拾伍 壹拾陸 壹拾柒 壹拾捌 壹拾玖 貳拾 貳拾壹 壹佰 壹佰零壹",
    "ideographDigital": SPELLED.format("〇"),
    "taiwaneseDigital": SPELLED.format("○"),
    "japaneseDigitalTenThousand": SPELLED.format("〇"),
    "ideographTraditional": f"甲 乙 丙 丁 戊 己 庚 辛 壬 癸 {PLAIN}",
    "ideographZodiac": "子 丑 寅 卯 辰 巳 午 未 申 酉 戌 亥 13 14 15 16 17 18 19 20 21 100 101",
    "ideographZodiacTraditional": "甲子 乙丑 丙寅 丁卯 戊辰 己巳 庚午 辛未 壬申 癸酉 甲戌 乙亥 丙子 丁丑 戊寅 己卯 庚辰 辛巳 壬午 癸未 甲申 100 101",
    "ideographEnclosedCircle": f"㈠ ㈡ ㈢ ㈣ ㈤ ㈥ ㈦ ㈧ ㈨ ㈩ {PLAIN}",
    "decimalEnclosedCircle": "① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩ ⑪ ⑫ ⑬ ⑭ ⑮ ⑯ ⑰ ⑱ ⑲ ⑳ 21 100 101",
    "decimalEnclosedCircleChinese": f"① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩ {PLAIN}",
    "decimalEnclosedParen": "⑴ ⑵ ⑶ ⑷ ⑸ ⑹ ⑺ ⑻ ⑼ ⑽ ⑾ ⑿ ⒀ ⒁ ⒂ ⒃ ⒄ ⒅ ⒆ ⒇ 21 100 101",
    "decimalEnclosedFullstop": "⒈ ⒉ ⒊ ⒋ ⒌ ⒍ ⒎ ⒏ ⒐ ⒑ ⒒ ⒓ ⒔ ⒕ ⒖ ⒗ ⒘ ⒙ ⒚ ⒛ 21 100 101",
    "decimalFullWidth": "１ ２ ３ ４ ５ ６ ７ ８ ９ １０ １１ １２ １３ １４ １５ １６ １７ １８ １９ ２０ ２１ １００ １０１",
    "decimalFullWidth2": "１ ２ ３ ４ ５ ６ ７ ８ ９ １０ １１ １２ １３ １４ １５ １６ １７ １８ １９ ２０ ２１ １００ １０１",
    "decimal": f"1 2 3 4 5 6 7 8 9 10 {PLAIN}",
    "decimalHalfWidth": f"1 2 3 4 5 6 7 8 9 10 {PLAIN}",
    "decimalZero": f"01 02 03 04 05 06 07 08 09 10 {PLAIN}",
    "upperRoman": "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI C CI",
    "lowerRoman": "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx xxi c ci",
    "upperLetter": "A B C D E F G H I J K L M N O P Q R S T U VVVV WWWW",
    "lowerLetter": "a b c d e f g h i j k l m n o p q r s t u vvvv wwww",
    "numberInDash": "|".join(f"- {n} -" for n in VALUES),
}


def lines(*body, **parts):
    """The lines of a Word file as read, without its margins."""
    return from_bytes(docx(*body, **parts), "plan.docx").text.splitlines()


def labels(*body, **parts):
    """The labels of a file whose paragraphs all say `|`."""
    return [line.partition("|")[0].strip() for line in lines(*body, **parts)]


def items(*levels, number=1):
    return [p("|", num=number, level=level) for level in levels]


@pytest.mark.parametrize("form", SHOWN)
def test_every_number_format(form):
    """A list of one level in each format, from 1 to 21; and lists that start at 100 and 101."""
    body = [p("|", num=1, level=0) for _ in range(21)] + [p("|", num=2, level=0), p("|", num=2, level=0)]
    numbering = abstract(1, lvl(0, form, "%1、")) + abstract(2, lvl(0, form, "%1、", start=100)) + num(1, 1) + num(2, 2)
    shown = SHOWN[form].split("|" if "|" in SHOWN[form] else None)
    assert labels(*body, numbering=numbering) == [text + "、" for text in shown]


def test_every_format_of_the_table_is_tested():
    assert set(FORMATS) == {*SHOWN, "none"}


@pytest.mark.parametrize(
    ("form", "value", "shown"),
    [
        ("chineseCountingThousand", 0, "〇"), ("chineseCounting", 0, "○"), ("chineseLegalSimplified", 0, "零"),
        ("chineseCountingThousand", 110, "一百一十"), ("chineseCountingThousand", 1010, "一千〇一十"), ("chineseCountingThousand", 10_000, "一万"),
        ("chineseLegalSimplified", 10_000, "壹萬"), ("japaneseCounting", 1111, "千百十一"), ("upperLetter", 27, "AA"), ("lowerLetter", 53, "aaa"),
        ("chineseCountingThousand", 1_000_000, ""), ("ideographZodiacTraditional", 60, "癸亥"), ("ideographZodiacTraditional", 61, "61"),
        ("decimalEnclosedCircle", 0, "0"), ("upperRoman", 0, "0"),
    ],
)  # fmt: skip
def test_the_edges_of_formats(form, value, shown):
    assert FORMATS[form](value) == shown


def test_a_custom_format_fills_up_with_zeros():
    """`001, 002, …` stands in alternative content, with decimal for programs that do not know it."""
    form = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
    )
    level = f'<w:lvl w:ilvl="0"><w:start w:val="9"/>{form}<w:lvlText w:val="%1"/></w:lvl>'
    assert labels(*items(0, 0), numbering=abstract(1, level) + num(1, 1)) == ["009", "010"]


def test_an_unknown_format_gives_digits_and_says_so():
    source = from_bytes(docx(*items(0, 0), numbering=abstract(1, lvl(0, "koreanLegal", "%1.")) + num(1, 1)), "plan.docx")
    assert source.text == "1. |\n2. |\n"
    assert [(notice.name, notice.values) for notice in source.notices] == [("number_format", {"format": "koreanLegal"})]


THREE = abstract(1, lvl(0, "chineseCounting", "%1、"), lvl(1, "chineseCounting", "（%2）"), lvl(2, "decimal", "%3."))


def test_levels_below_begin_anew():
    assert labels(*items(0, 1, 2, 2, 1, 2, 0, 1), numbering=THREE + num(1, 1)) == [
        "一、",
        "（一）",
        "1.",
        "2.",
        "（二）",
        "1.",
        "二、",
        "（一）",
    ]


def test_two_lists_of_one_definition_go_on_counting_together():
    numbering = THREE + num(1, 1) + num(2, 1)
    assert labels(*items(0, 0), *items(0, number=2), *items(0), numbering=numbering) == ["一、", "二、", "三、", "四、"]


def test_a_start_override_applies_once():
    """The second list begins at 1 when it is first used, and later goes on with the counter that it shares."""
    numbering = THREE + num(1, 1) + num(2, 1, override(0, 1))
    assert labels(*items(0, 0), *items(0, 0, number=2), *items(0), *items(0, number=2), numbering=numbering) == [
        "一、", "二、", "一、", "二、", "三、", "四、",
    ]  # fmt: skip


def test_a_start_override_of_a_level_below_waits_for_that_level():
    numbering = THREE + num(1, 1, override(1, 5))
    assert labels(*items(0, 1, 1, 0, 1), numbering=numbering) == ["一、", "（五）", "（六）", "二、", "（一）"]


def test_an_override_replaces_a_whole_level():
    numbering = THREE + num(1, 1) + num(2, 1, override(0, inner=lvl(0, "decimalEnclosedCircle", "%1", start=3)))
    assert labels(*items(0), *items(0, number=2), numbering=numbering) == ["一、", "②"]


def test_start_is_the_first_value():
    assert labels(*items(0, 0), numbering=abstract(1, lvl(0, "decimal", "%1)", start=7)) + num(1, 1)) == ["7)", "8)"]


def test_restart_never():
    """第N条 runs through all chapters."""
    levels = lvl(0, "chineseCounting", "第%1章"), lvl(1, "chineseCounting", "第%2条", more='<w:lvlRestart w:val="0"/>')
    assert labels(*items(0, 1, 1, 0, 1), numbering=abstract(1, *levels) + num(1, 1)) == ["第一章", "第一条", "第二条", "第二章", "第三条"]


def test_restart_after_a_level_far_above():
    """lvlRestart 1: only a new chapter lets the third level begin anew, a new section does not."""
    levels = lvl(0, text="%1、"), lvl(1, text="(%2)"), lvl(2, text="%3.", more='<w:lvlRestart w:val="1"/>')
    assert labels(*items(0, 1, 2, 1, 2, 0, 1, 2), numbering=abstract(1, *levels) + num(1, 1)) == [
        "1、", "(1)", "1.", "(2)", "2.", "2、", "(1)", "1.",
    ]  # fmt: skip


def test_a_restart_that_names_no_level_above_is_void():
    levels = lvl(0, text="%1、"), lvl(1, text="(%2)", more='<w:lvlRestart w:val="2"/>')
    assert labels(*items(0, 1, 0, 1), numbering=abstract(1, *levels) + num(1, 1)) == ["1、", "(1)", "2、", "(1)"]


def test_a_label_may_show_all_levels_above():
    levels = lvl(0, "chineseCounting", "第%1章"), lvl(1, text="%1.%2"), lvl(2, text="%1.%2.%3", more="<w:isLgl/>")
    assert labels(*items(0, 1, 2), numbering=abstract(1, *levels) + num(1, 1)) == ["第一章", "一.1", "1.1.1"]


def test_legal_numbers_keep_zeros():
    levels = lvl(0, "decimalZero", "%1"), lvl(1, "upperRoman", "%1.%2", more="<w:isLgl/>")
    assert labels(*items(0, 1), numbering=abstract(1, *levels) + num(1, 1)) == ["01", "01.1"]


def test_a_skipped_level_shows_its_start_counts_and_is_reported():
    levels = lvl(0, text="%1."), lvl(1, text="%1.%2")
    data = docx(*items(1, 0), numbering=abstract(1, *levels) + num(1, 1))
    source = from_bytes(data, "plan.docx")
    assert source.text == "1.1 |\n2. |\n"
    assert [notice.name for notice in source.notices] == ["skipped_level"]


def test_list_zero_switches_numbers_off():
    styles = style("L", "List", '<w:numPr><w:numId w:val="1"/></w:numPr>')
    body = [p("|", style="L"), p("|", style="L", num=0), p("|", style="L")]
    assert labels(*body, numbering=THREE + num(1, 1), styles=styles) == ["一、", "", "二、"]


def test_a_list_that_does_not_exist_has_no_label():
    assert lines(p("|", num=7, level=0), numbering=THREE + num(1, 1) + num(8, 9)) == ["|"]


def test_a_style_brings_its_list_and_level():
    """The level is the one that names the style, whatever else the style says; styles inherit from those they are based on."""
    linked = abstract(1, lvl(0, "chineseCounting", "%1、"), lvl(1, "chineseCounting", "（%2）", more='<w:pStyle w:val="B"/>'))
    styles = style("A", "a", '<w:numPr><w:numId w:val="1"/></w:numPr>') + style("B", "b", base="A") + style("C", "c", base="B")
    body = [p("|", style="A"), p("|", style="B"), p("|", style="C")]
    assert labels(*body, numbering=linked + num(1, 1), styles=styles) == ["一、", "（一）", "（二）"]


def test_list_and_level_are_inherited_one_by_one():
    """A style may tell the level alone, and a paragraph the list alone."""
    styles = style("A", "a", '<w:numPr><w:numId w:val="1"/></w:numPr>') + style(
        "B", "b", '<w:numPr><w:ilvl w:val="1"/></w:numPr>', base="A"
    )
    body = [p("|", style="A"), p("|", style="B"), p("|", style="B", num=2), p("|", style="B", level=2), p("|", style="A", num=2)]
    assert labels(*body, numbering=THREE + num(1, 1) + num(2, 1), styles=styles) == ["一、", "（一）", "（二）", "1.", "二、"]


def test_styles_based_on_each_other_end():
    styles = style("A", "a", base="B") + style("B", "b", base="A")
    assert lines(p("|", style="A"), styles=styles) == ["|"]


def test_a_list_style_is_followed_to_its_definition():
    numbering = (
        abstract(1, more='<w:numStyleLink w:val="N"/>')
        + abstract(2, lvl(0, "ideographZodiac", "%1、"), more='<w:styleLink w:val="N"/>')
        + num(1, 1)
        + num(2, 2)
    )
    styles = style("N", "n", '<w:numPr><w:numId w:val="2"/></w:numPr>', kind="numbering")
    assert labels(*items(0), *items(0, number=2), numbering=numbering, styles=styles) == ["子、", "丑、"]


def test_a_single_level_list_has_one_level():
    numbering = abstract(1, lvl(0, text="%1."), lvl(1, text="%2)"), more='<w:multiLevelType w:val="singleLevel"/>') + num(1, 1)
    assert labels(*items(0, 1), numbering=numbering) == ["1.", "2."]


@pytest.mark.parametrize(("suffix", "line"), [("tab", "第一章 总则"), ("space", "第一章 总则"), ("nothing", "第一章总则")])
def test_the_suffix_parts_label_and_text(suffix, line):
    numbering = abstract(1, lvl(0, "chineseCounting", "第%1章", more=f'<w:suff w:val="{suffix}"/>')) + num(1, 1)
    assert lines(p("总则", num=1, level=0), numbering=numbering) == [line]


def test_bullets_of_symbol_fonts_are_shown():
    numbering = abstract(1, lvl(0, "bullet", "\uf06c"), lvl(1, "bullet", "◆"), lvl(2, "bullet", "")) + num(1, 1)
    assert lines(*items(0, 1, 2), numbering=numbering) == ["● |", "◆ |", "|"]


def test_an_empty_label_is_none():
    numbering = abstract(1, lvl(0, "decimal", ""), lvl(1, "none", "%2")) + num(1, 1)
    assert lines(*items(0, 1), numbering=numbering) == ["|", "|"]


def test_a_section_break_takes_no_number():
    body = [p("|", num=1, level=0), p(num=1, level=0, properties="<w:sectPr/>"), p("|", num=1, level=0)]
    assert [label for label in labels(*body, numbering=THREE + num(1, 1)) if label] == ["一、", "二、"]


def test_the_text_of_a_level_is_cut_to_size():
    assert len(lines(*items(0), numbering=abstract(1, lvl(0, text="%1、" + "的" * 100_000)) + num(1, 1))[0]) < 300


def test_counters_stand_any_value():
    numbering = abstract(1, lvl(0, "chineseCounting", "%1、", start=2_000_000_000), lvl(1, "upperRoman", "%2.", start=-5)) + num(1, 1)
    assert len(lines(*items(0, 0, 1), numbering=numbering)) == 3
