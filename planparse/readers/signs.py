"""Signs of symbol fonts: what they look like, in characters that any font has."""

from __future__ import annotations

BULLET = "●"
"""A bullet that no other font shows, or that the file draws by itself."""
CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩"
FILLED = "⓿❶❷❸❹❺❻❼❽❾❿"
WINGDINGS = {
    0x52: "☑", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0xA7: "▪", 0xA8: "□", 0xB7: "·", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "→",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    **{0x80 + k: sign for k, sign in enumerate(CIRCLED)}, **{0x8B + k: sign for k, sign in enumerate(FILLED)},
}  # fmt: skip
"""Also stands for the symbol fonts that have no table: their tick boxes and bullets lie at the same places."""
WINGDINGS_2 = {
    0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA2: "■", 0xA3: "□",
    **{0x6A + k: sign for k, sign in enumerate(CIRCLED[1:])},
}  # fmt: skip
FONTS = {"wingdings": WINGDINGS, "wingdings 2": WINGDINGS_2}
SYMBOL_FONTS = frozenset({*FONTS, "wingdings 3", "webdings", "symbol"})
PRIVATE = range(0xF020, 0xF100)
"""Where programs keep the signs of symbol fonts."""
SPELLED = {0xF000 + code: sign for code, sign in WINGDINGS.items()}
"""For `str.translate`: the signs of text that does not tell its font."""
UNKNOWN = "□"


def symbolic(font: str) -> str:
    """The name of a symbol font in small letters; empty for any other font."""
    named = font.lower()
    return named if named in SYMBOL_FONTS else ""


def sign(code: int, font: str) -> str:
    """The sign at a place of a symbol font (`symbolic`), or the character of that code in any other font."""
    if code in PRIVATE or (code < 0x100 and font):
        return FONTS.get(font, WINGDINGS).get(code & 0xFF, UNKNOWN)
    return chr(code) if 0x20 <= code < 0xD800 else UNKNOWN


def readable(text: str, font: str) -> str:
    """Text of a run with the signs of its symbol font (`symbolic`) written out; what the tables lack stays."""
    table, plain = FONTS.get(font, WINGDINGS), font in FONTS
    return "".join(table.get(ord(c) & 0xFF, c) if ord(c) in PRIVATE or (plain and ord(c) < 0x100) else c for c in text)
