"""How Word writes the numbers of its lists: one row for each number format (ISO/IEC 29500-1 §17.18.59, `w:numFmt`).

The Chinese formats follow what Word shows, not the examples of the standard, where the two differ: 101 is 一百〇一 in
chineseCountingThousand, and ideographEnclosedCircle draws brackets. Formats with a limited stock of signs go on in digits.
"""

from __future__ import annotations

from collections.abc import Callable

from planparse.syntax.numerals import STEMS, roman_text

Format = Callable[[int], str]

LARGEST_COUNTED = 999_999
"""From a million on Word shows nothing in the counting formats."""
LONGEST_LETTERS = 100
"""aaa…: Word repeats the letter; a hostile value must not fill the memory."""

SIMPLE = "〇一二三四五六七八九"
LEGAL = "零壹贰叁肆伍陆柒捌玖"
LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
SIXTY = 60


def _counting(digits: str, units: str, zero: str, one_ten: str) -> Format:
    """Numerals by units: `units` are those of ten, hundred, thousand and ten thousand, `one_ten` how 10 to 19 begin."""

    def below(value: int) -> str:
        out, gap = "", False
        for worth, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
            digit = value // worth % 10
            if digit:
                out += (zero if gap and out else "") + digits[digit] + unit
            gap = not digit
        return out

    def write(value: int) -> str:
        if value > LARGEST_COUNTED:
            return ""
        if value <= 0:
            return zero or digits[0]
        if value < 20 and value >= 10:
            return one_ten + (digits[value - 10] if value > 10 else "")
        high, low = divmod(value, 10_000)
        text = write(high) + units[3] if high else ""
        return text + (zero if high and 0 < low < 1000 else "") + (below(low) if low else "")

    return write


def _japanese(value: int) -> str:
    """一 … 十, 百, 百一, 千: no 一 before a unit, no zero."""
    if value > LARGEST_COUNTED:
        return ""
    if value <= 0:
        return "〇"
    high, low = divmod(value, 10_000)
    text = _japanese(high) + "万" if high else ""
    for worth, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = low // worth % 10
        if digit:
            text += (SIMPLE[digit] if digit > 1 or not unit else "") + unit
    return text


def _digits(zero: str) -> Format:
    """Digit by digit: 一〇一."""
    signs = zero + SIMPLE[1:]
    return lambda value: "".join(signs[int(digit)] for digit in str(value))


def _short(counted: Format, zero: str, first: int) -> Format:
    """Counted below `first`, digit by digit from there on."""
    spelled = _digits(zero)
    return lambda value: zero if value == 0 else counted(value) if value < first else spelled(value)


def _stock(signs: str) -> Format:
    """Ready-made signs from 1 on; digits beyond them."""
    return lambda value: signs[value - 1] if 1 <= value <= len(signs) else str(value)


def _run(first: int, count: int) -> str:
    return "".join(chr(first + k) for k in range(count))


def _letters(first: str) -> Format:
    """The alphabet, then aa, bb: the letter repeats."""

    def write(value: int) -> str:
        if value < 1:
            return str(value)
        times, letter = divmod(value - 1, 26)
        return chr(ord(first) + letter) * min(times + 1, LONGEST_LETTERS)

    return write


def _roman(value: int) -> str:
    return roman_text(value) if 0 < value < 40_000 else str(value)


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_THOUSAND = _counting(SIMPLE, "十百千万", "〇", "十")
_TAIWANESE = _counting("零" + SIMPLE[1:], "十百千萬", "零", "十")

FORMATS: dict[str, Format] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda value: f"{value:02}",
    "decimalFullWidth": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda value: str(value).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _stock(_run(0x2460, 20)),
    "decimalEnclosedCircleChinese": _stock(_run(0x2460, 10)),
    "decimalEnclosedParen": _stock(_run(0x2474, 20)),
    "decimalEnclosedFullstop": _stock(_run(0x2488, 20)),
    "numberInDash": lambda value: f"- {value} -",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters("A"),
    "lowerLetter": _letters("a"),
    "chineseCounting": _short(_THOUSAND, "○", 100),
    "chineseCountingThousand": _THOUSAND,
    "chineseLegalSimplified": _counting(LEGAL, "拾佰仟萬", "零", "壹拾"),
    "taiwaneseCounting": _short(_TAIWANESE, "○", 100),
    "taiwaneseCountingThousand": _TAIWANESE,
    "taiwaneseDigital": _digits("○"),
    "japaneseCounting": _japanese,
    "japaneseDigitalTenThousand": _digits("〇"),
    "ideographDigital": _digits("〇"),
    "ideographLegalTraditional": _counting(LEGAL_TRADITIONAL, "拾佰仟萬", "零", "壹拾"),
    "ideographEnclosedCircle": _stock(_run(0x3220, 10)),
    "ideographTraditional": _stock(STEMS),
    "ideographZodiac": _stock(BRANCHES),
    "ideographZodiacTraditional": lambda value: STEMS[(value - 1) % 10] + BRANCHES[(value - 1) % 12] if 1 <= value <= SIXTY else str(value),
    "none": lambda _: "",
}


def custom(pattern: str) -> Format | None:
    """The format of a pattern such as `001, 002, 003, ...` (w14): digits filled up with zeros; None for any other."""
    first = pattern.partition(",")[0].strip()
    if not first.isdecimal() or not first.isascii() or len(first) > 9:
        return None
    return lambda value: str(value).zfill(len(first))
