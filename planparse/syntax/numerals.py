"""Numerals as plans write them: Arabic, Chinese, formal, circled, Roman, letters, heavenly stems.

Each notation is a pair of functions, `value` (text to integer) and `text` (integer to text), that undo each other.
"""

from __future__ import annotations

from functools import lru_cache

HAN_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "两": 2, "兩": 2, "元": 1}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
FORMAL_TO_HAN = str.maketrans("壹贰貳弍叁參叄肆伍陆陸柒捌玖拾佰仟", "一二二二三三三四五六六七八九十百千")
HAN_TO_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
STEMS = "甲乙丙丁戊己庚辛壬癸"
ROMAN_SIGNS = (
    ("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90),
    ("L", 50), ("XL", 40), ("X", 10), ("IX", 9), ("V", 5), ("IV", 4), ("I", 1),
)  # fmt: skip

# (first code point, last code point, value of the first): the runs of Unicode's ready-made list numbers
GLYPH_RUNS = (
    (0x2460, 0x2473, 1),  # ① – ⑳
    (0x3251, 0x325F, 21),  # ㉑ – ㉟
    (0x32B1, 0x32BF, 36),  # ㊱ – ㊿
    (0x2776, 0x277F, 1),  # ❶ – ❿
    (0x24EB, 0x24F4, 11),  # ⓫ – ⓴
    (0x2780, 0x2789, 1),  # ➀ – ➉
    (0x2474, 0x2487, 1),  # ⑴ – ⒇
    (0x2488, 0x249B, 1),  # ⒈ – ⒛
    (0x3220, 0x3229, 1),  # ㈠ – ㈩
    (0x3280, 0x3289, 1),  # ㊀ – ㊉
    (0x2160, 0x216B, 1),  # Ⅰ – Ⅻ
    (0x2170, 0x217B, 1),  # ⅰ – ⅻ
)


@lru_cache(maxsize=4096)
def han_value(text: str) -> int | None:
    """The value of a Chinese numeral such as 二十一, 廿三, 一百零五 or 二〇; None when it is none."""
    text = text.translate(FORMAL_TO_HAN).replace("廿", "二十").replace("卅", "三十")
    if not text:
        return None
    if not any(c in HAN_UNITS for c in text):
        digits = [HAN_DIGITS.get(c) for c in text]
        return None if None in digits else int("".join(map(str, digits)))
    total, digit = 0, None
    for c in text:
        if c in HAN_UNITS:
            total += (1 if digit is None else digit or 1) * HAN_UNITS[c]
            digit = None
        elif c in HAN_DIGITS:
            digit = HAN_DIGITS[c]
        else:
            return None
    return total + (digit or 0)


def han_text(value: int) -> str:
    """The Chinese numeral of an integer from 1 to 9999: 12 → 十二, 105 → 一百零五."""
    digits = "零一二三四五六七八九"
    out, zero = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit:
            out += ("零" if zero and out else "") + digits[digit] + sign
            zero = False
        else:
            zero = bool(out)
    return out[1:] if out.startswith("一十") else out


def glyph_value(text: str) -> int | None:
    """The value of a ready-made list number (①, ⑴, ㈠, Ⅳ); None when the character is none."""
    code = ord(text[0])
    for first, last, value in GLYPH_RUNS:
        if first <= code <= last:
            return value + code - first
    return None


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral in ASCII letters or in one of Unicode's Roman glyphs."""
    if ord(text[0]) > 127:
        return glyph_value(text)
    rest, total = text.upper(), 0
    for sign, worth in ROMAN_SIGNS:
        while rest.startswith(sign):
            total, rest = total + worth, rest[len(sign) :]
    return total if not rest and roman_text(total) == text.upper() else None


def roman_text(value: int) -> str:
    """The Roman numeral of a positive integer, in ASCII letters."""
    out = ""
    for sign, worth in ROMAN_SIGNS:
        out += sign * (value // worth)
        value %= worth
    return out


def letter_value(text: str) -> int:
    """A → 1, b → 2, full-width letters alike."""
    code = ord(text[0])
    return ((code - 0xFEE0 if code > 0xFF00 else code) | 32) - 96


def stem_value(text: str) -> int:
    """甲 → 1 … 癸 → 10."""
    return STEMS.index(text[0]) + 1


def last_value(text: str) -> int:
    """The last number of a dotted label: 3.1.2 → 2."""
    return int(text.replace("．", ".").rsplit(".", 1)[1])


SEQUENCE = ("首先", "其次", "再次", "最后")


def sequence_value(text: str) -> int:
    """首先 → 1, 其次 → 2, 再次 or 再者 → 3, 最后 → 4."""
    return SEQUENCE.index(text) + 1 if text in SEQUENCE else 3


def arabic_value(text: str) -> int:
    """Half- or full-width digits to an integer."""
    return int(text)
