"""The labels of HTML lists as a browser shows them, and the bullets of symbol fonts."""

from __future__ import annotations

import re
from collections.abc import Callable

from planparse.readers.blocks import Label
from planparse.readers.signs import BULLET, SPELLED, WINGDINGS
from planparse.readers.web.text import EDGES
from planparse.readers.web.tree import Declarations, Node

_DIGITS = "零一二三四五六七八九"
_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


def han(n: int) -> str:
    """A number below 10,000 in Chinese: 12 → 十二, 105 → 一百零五."""
    out, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // unit % 10
        if digit == 0:
            zero = bool(out)
            continue
        out += ("零" if zero else "") + ("" if unit == 10 and digit == 1 and not out else _DIGITS[digit]) + name
        zero = False
    return out or _DIGITS[0]


def letters(n: int) -> str:
    """A number as letters: 1 → a, 27 → aa."""
    out = ""
    while n > 0:
        n, rest = divmod(n - 1, 26)
        out = chr(97 + rest) + out
    return out


def roman(n: int) -> str:
    """A number as a small Roman numeral: 14 → xiv."""
    out = ""
    for worth, sign in _ROMAN:
        count, n = divmod(n, worth)
        out += sign * count
    return out


def _of(signs: str) -> Callable[[int], str]:
    return lambda n: signs[n - 1] if n <= len(signs) else str(n)


FORMATS: dict[str, tuple[Callable[[int], str], str]] = {
    "decimal": (str, "."),
    "decimal-leading-zero": (lambda n: f"{n:02}", "."),
    "lower-alpha": (letters, "."),
    "lower-latin": (letters, "."),
    "upper-alpha": (lambda n: letters(n).upper(), "."),
    "upper-latin": (lambda n: letters(n).upper(), "."),
    "lower-roman": (roman, "."),
    "upper-roman": (lambda n: roman(n).upper(), "."),
    "cjk-ideographic": (han, "、"),
    "simp-chinese-informal": (han, "、"),
    "trad-chinese-informal": (han, "、"),
    "japanese-informal": (han, "、"),
    "simp-chinese-formal": (lambda n: han(n).translate(_FORMAL), "、"),
    "trad-chinese-formal": (lambda n: han(n).translate(_FORMAL), "、"),
    "cjk-decimal": (lambda n: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(n)), "、"),
    "cjk-heavenly-stem": (_of(_STEMS), "、"),
    "cjk-earthly-branch": (_of(_BRANCHES), "、"),
}
"""The list styles of CSS: how the number is written and what follows it."""

TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
"""The `type` attribute of a list or an item."""

BULLETS = frozenset(["disc", "circle", "square", "disclosure-open", "disclosure-closed"])

TYPED = re.compile(
    "[(（〔\\[]?[一二三四五六七八九十百〇零\\d]{1,4}[)）〕\\]][、.．]?|第[一二三四五六七八九十百零〇\\d]{1,5}[章节条部篇编周阶]|[一二三四五六七八九十百]{1,4}[、.．]"
    "|\\d{1,3}(?:[、，]|[.．](?!\\d)|[.．](?=\\d{1,2}[月日]))|[①-⒛㈠-㈩㊀-㊉❶-❿]|[A-Za-z][)）]|[●■◆★▲○□◇※▪•·◎▶➢✓✔]"
)
"""A label that was typed into an item's text."""


class List:
    """An open `ol` or `ul`, counting."""

    __slots__ = ("kind", "next")

    def __init__(self, node: Node) -> None:
        self.kind = _kind(node.style, node.attributes.get("type", ""), "decimal" if node.tag == "ol" else "disc")
        self.next = _integer(node.attributes.get("start", ""), 1)


def item_label(node: Node, lists: list[List]) -> Label | None:
    """The label of an `li` in the innermost of `lists`, which counts on; None where the page shows none."""
    level = max(len(lists) - 1, 0)
    around = lists[-1] if lists else None
    kind = _kind(node.style, node.attributes.get("type", ""), around.kind if around else "disc")
    number = 0
    if around is not None:
        number = _integer(node.attributes.get("value", ""), around.next)
        around.next = number + 1
    if kind == "none":
        return None
    if kind not in FORMATS:
        return Label(BULLET, 0, level, bullet=True)
    numeral, after = FORMATS[kind] if 0 < number < 10_000 else FORMATS["decimal"]
    return Label(numeral(number) + after, max(number, 0), level)


def _kind(style: Declarations, written: str, default: str) -> str:
    """The list style that applies: CSS before the attribute, that before what is inherited."""
    told = style.get("list-style-type") or style.get("list-style") or ""
    for word in told.split():
        if word in FORMATS or word in BULLETS or word == "none":
            return word
    return TYPES.get(written.strip()) or (written.strip().lower() if written.strip().lower() in BULLETS else default)


def _integer(text: str, default: int) -> int:
    found = re.match("[ \\t\\n\\r\\f]*([+-]?[0-9]{1,9})", text)
    return int(found[1]) if found else default


SYMBOLS = {
    "wingdings": WINGDINGS | SPELLED,
    "symbol": str.maketrans({"·": "●", "\uf0b7": "●"}),
}
"""What the letters of symbol fonts look like."""


def symbol_font(node: Node) -> str | None:
    """The symbol font an element sets: wingdings, symbol; None when it sets another font, '' when it sets none."""
    style = node.style
    fonts = style.get("font-family") or style.get("mso-ascii-font-family") or style.get("font") or node.attributes.get("face", "").lower()
    if not fonts:
        return ""
    for name in SYMBOLS:
        if name in fonts:
            return name
    return None


def automatic(text: str, level: int, symbol: bool) -> Label | None:
    """The label Word wrote as text into an item; `symbol` when it stands in a symbol font. Its value is not known."""
    padded, text = text, text.strip(EDGES)
    if not text:
        return None
    bare = len(text) == 1 and text in "lnuüØvqoþ§"  # a bullet that lost its font: a number would have a mark after it
    if symbol or bare or not any(c.isalnum() for c in text):
        return Label(BULLET, 0, level, bullet=True)
    return Label(text, 0, level, "nothing" if padded.endswith(text) else "tab")
