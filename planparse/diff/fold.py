"""What words come down to when they are compared: width, blanks and marks do not count, years are told from the plan's own.

The full-width marks of one file alone would make every line different; a year that moves along with the plan is no change.
"""

from __future__ import annotations

import re

from planparse.syntax.numerals import HAN_DIGITS, han_value

WIDE = str.maketrans(
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys(map(ord, "“”「」『』"), '"')
    | dict.fromkeys(map(ord, "‘’"), "'")
    | dict.fromkeys(map(ord, "—–－―～〜~"), "-")
    | dict.fromkeys(map(ord, "。．·•"), ".")
    | {ord("、"): ","}
)
"""Full-width signs and their half-width fellows; marks that are typed for one another."""
MARKS = re.compile(r"[\s\x00-\x2f:;<=>?@\[\]^_`{|}~《》〈〉【】〔〕…]+")
"""Marks and blanks. Signs between figures (2.5, 3%, +) stay: see `bare`."""
KEPT = re.compile(r"(?<=\d)[.%/:+-](?=\d)|(?<=\d)%|[+<>=-](?=\d)")
YEAR = re.compile(
    "(?<!\\d)((?:19|20)\\d\\d)(?=年|学年|[-/.]\\d|[-~—–－～至](?:19|20)?\\d\\d(?!\\d)|[届级秋春度]|工作|上半年|下半年|第[一二12]学期|\\s*(?:学年|年度))"
    "|([一二]\\s*[〇○零九][〇○零一二三四五六七八九]{2})(?=年)"
)
FIRST_YEAR = 0xE000
"""Years stand as single signs of the private use area, the plan's own in the middle."""
SPAN = 200
COUNTED = re.compile("第([0-9]+|[〇零一二三四五六七八九十百]+)(?=届|个[^,，。.；;、]{0,8}[节日])")
"""What comes once a year is counted by years: 第五届, 第41个教师节."""
FIRST_COUNT, COUNTS = 0xE800, 1000


def bare(text: str) -> str:
    """The text without its marks; what makes figures different (2.5, 3%, 8/27) stays."""
    text = text.translate(WIDE).lower()
    kept = [(found.start(), found.group()) for found in KEPT.finditer(text)]
    if not kept:
        return MARKS.sub("", text)
    pieces: list[str] = []
    last = 0
    for at, sign in kept:
        pieces += (MARKS.sub("", text[last:at]), sign)
        last = at + 1
    return "".join((*pieces, MARKS.sub("", text[last:])))


def years_in(text: str) -> list[int]:
    """The years a text names."""
    return [_year(found) for found in YEAR.finditer(text)]


def relative(text: str, base: int | None) -> str:
    """The text with its years, and what is counted by years, told from `base`; as it is without one."""
    if base is None:
        return text
    if "第" in text:
        text = COUNTED.sub(lambda found: _counted(found, base), text)
    return YEAR.sub(lambda found: chr(FIRST_YEAR + max(0, min(SPAN, _year(found) - base + SPAN // 2))), text)


def _counted(found: re.Match[str], base: int) -> str:
    count = int(found[1]) if found[1].isdecimal() else han_value(found[1])
    return found[0] if count is None else "第" + chr(FIRST_COUNT + (count - base) % COUNTS)


def _year(found: re.Match[str]) -> int:
    if found[1]:
        return int(found[1])
    return int("".join(str(HAN_DIGITS[c]) for c in found[2] if not c.isspace()))
