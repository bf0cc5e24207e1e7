"""The text of a paragraph: its runs as they read once every tracked change is accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planparse.readers.word.names import MC, M, R, W, child, is_on

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from planparse.readers.word.styles import Styles

GONE = frozenset({W + "del", W + "moveFrom", W + "pPr", W + "rPr", W + "sdtPr", W + "sdtEndPr", W + "rt", W + "instrText", W + "delText"})
"""What holds no text that stays: deletions, the old place of moved text, properties, the small print above a character."""
THROUGH = frozenset({
    W + "ins", W + "moveTo", W + "hyperlink", W + "smartTag", W + "sdt", W + "sdtContent", W + "fldSimple", W + "customXml", W + "dir", W + "bdo",
    W + "ruby", W + "rubyBase", W + "p",
})  # fmt: skip
"""What stands round runs without changing them."""
SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-",
}  # fmt: skip
NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote", W + "commentReference": "comment"}
SYMBOLS = {
    0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "□", 0x6F: "□", 0x52: "☑", 0x6C: "●", 0x6E: "■", 0x75: "◆", 0xD8: "➢", 0xE0: "→", 0xDF: "←",
    0xE8: "→", 0xB7: "·",
}  # fmt: skip
"""Characters of symbol fonts that plans use as marks; what is not here shows as □."""


@dataclass(slots=True)
class Words:
    """What a paragraph says, and what hangs on it."""

    text: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    """The role and the id of each note whose mark stands in it."""
    boxes: list[Element] = field(default_factory=list)
    """The contents of text boxes anchored in it."""
    tracked: bool = False
    hidden: bool = False


def collect(paragraph: Element, styles: Styles, hides: bool, words: Words) -> None:
    """Adds the text of a paragraph's runs; `hides` says that its style hides text."""
    queue = list(reversed(paragraph))
    while queue:
        element = queue.pop()
        tag = element.tag
        if tag == W + "r":
            _run(element, styles, hides, words)
        elif tag in GONE:
            words.tracked |= tag in (W + "del", W + "moveFrom")
        elif tag in THROUGH:
            words.tracked |= tag in (W + "ins", W + "moveTo")
            queue.extend(reversed(element))
        elif tag == MC + "AlternateContent":
            queue.extend(reversed(alternative(element)))
        elif tag in (M + "oMath", M + "oMathPara"):
            words.text.extend(part.text or "" for part in element.iter(M + "t"))


def alternative(element: Element) -> list[Element]:
    """The contents of the first choice that shows something, else of the fallback: never both."""
    for choice in element:
        if choice.tag in (MC + "Choice", MC + "Fallback") and any(part.tag.startswith((W, M)) for part in choice.iter()):
            return list(choice)
    return []


def _run(run: Element, styles: Styles, hides: bool, words: Words) -> None:
    properties = child(run, "rPr")
    if properties is not None:
        vanish = child(properties, "vanish")
        style = child(properties, "rStyle")
        if vanish is not None:
            hides = is_on(vanish)
        elif style is not None:
            hides = hides or styles.looks(style.get(W + "val", "")).hidden
    queue = list(reversed(run))
    while queue:
        element = queue.pop()
        tag = element.tag
        if tag == W + "t":
            if hides:
                words.hidden |= bool((element.text or "").strip())
            else:
                words.text.append(element.text or "")
        elif tag in SIGNS:
            if not hides:
                words.text.append(SIGNS[tag])
        elif tag == W + "br":
            if element.get(W + "type", "textWrapping") == "textWrapping" and not hides:
                words.text.append("\n")
        elif tag == W + "sym":
            if not hides:
                words.text.append(_symbol(element))
        elif tag in NOTES:
            words.notes.append((NOTES[tag], element.get(W + "id", "")))
        elif tag == MC + "AlternateContent":
            queue.extend(reversed(alternative(element)))
        elif tag in (W + "drawing", W + "pict", W + "object"):
            words.boxes.extend(_boxes(element))
        elif tag in (W + "ruby", W + "rubyBase", W + "r"):
            queue.extend(reversed(element))


def _boxes(drawing: Element) -> list[Element]:
    """The text boxes of a drawing, each once; what is inside a box comes with the box."""
    boxes, queue = [], [drawing]
    while queue:
        element = queue.pop()
        if element.tag == W + "txbxContent":
            boxes.append(element)
        elif element.tag == MC + "AlternateContent":
            queue.extend(reversed(alternative(element)))
        else:
            queue.extend(reversed(element))
    return boxes


def _symbol(element: Element) -> str:
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        return "□"
    if 0xF000 <= code <= 0xF0FF:
        return SYMBOLS.get(code - 0xF000, "□")
    return chr(code) if 0x20 <= code < 0xD800 else "□"


def relations(root: Element | None) -> dict[str, tuple[str, str]]:
    """The parts that a part points to: id → (kind, target)."""
    return {
        part.get("Id", ""): (part.get("Type", "").rpartition("/")[2], part.get("Target", ""))
        for part in (() if root is None else root)
        if part.get("TargetMode") != "External"
    }


def reference(element: Element) -> str:
    """The id of the relation that an element names."""
    return element.get(R + "id", "")
