"""The text of a paragraph: its runs as they read once every tracked change is accepted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planparse.readers.signs import readable, sign, symbolic
from planparse.readers.word.fields import Fields
from planparse.readers.word.names import MC, RUN, XML, M, R, V, W, child, is_on

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

    from planparse.readers.word.styles import Styles

GONE = frozenset({W + "del", W + "moveFrom", W + "pPr", W + "rPr", W + "sdtPr", W + "sdtEndPr", W + "rt", W + "delText"})
"""What holds no text that stays: deletions, the old place of moved text, properties, the small print above a character."""
TRACKED = frozenset({W + "del", W + "moveFrom", W + "ins", W + "moveTo"})
THROUGH = frozenset({
    W + "ins", W + "moveTo", W + "hyperlink", W + "smartTag", W + "sdt", W + "sdtContent", W + "fldSimple", W + "customXml", W + "dir", W + "bdo",
    W + "ruby", W + "rubyBase", W + "p",
})  # fmt: skip
"""What stands round runs without changing them."""
SIGNS = {
    W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "br": "\n", W + "noBreakHyphen": "-",
}  # fmt: skip
"""A page break ends a line, too: what follows it stands at the top of the next page."""
NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote", W + "commentReference": "comment"}
DRAWINGS = frozenset({W + "drawing", W + "pict", W + "object"})
WITHIN = frozenset({W + "ruby", W + "rubyBase", W + "r"})
"""What stands inside a run round what it shows."""
TEXT, RUN_PROPERTIES, SYMBOL, FIELD, CODE = W + "t", W + "rPr", W + "sym", W + "fldChar", W + "instrText"
ALTERNATIVES = MC + "AlternateContent"
MATH = frozenset({M + "oMath", M + "oMathPara"})
BOX, TEXT_ON_PATH = W + "txbxContent", V + "textpath"
SPACE, ASCII = XML + "space", W + "ascii"
BLANKS = " \t\r\n"


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
    fields: Fields = field(default_factory=Fields)
    """The fields that are open where it ends."""
    listed: int = 0
    """How many pieces of its text stand in a table of contents that a field makes."""

    def after(self) -> Words:
        """An empty paragraph after this one."""
        return Words(fields=self.fields.lasting()) if self.fields.codes else Words()


def collect(paragraph: Element, styles: Styles, hides: bool, words: Words) -> None:
    """Adds the text of a paragraph's runs; `hides` says that its style hides text."""
    queue = list(reversed(paragraph))
    while queue:
        element = queue.pop()
        tag = element.tag
        if tag == RUN:
            _run(element, styles, hides, words)
        elif tag in GONE:
            words.tracked |= tag in TRACKED
        elif tag in THROUGH:
            words.tracked |= tag in TRACKED
            queue.extend(reversed(element))
        elif tag == ALTERNATIVES:
            queue.extend(reversed(alternative(element)))
        elif tag in MATH and not words.fields.silent:
            words.text.extend(_formula(element))
    if words.fields.codes and any(words.fields.contents):
        words.listed = len(words.text)


def alternative(element: Element) -> list[Element]:
    """The contents of the first choice that shows something, else of the fallback: never both."""
    for choice in element:
        if choice.tag in (MC + "Choice", MC + "Fallback") and any(part.tag.startswith((W, M)) for part in choice.iter()):
            return list(choice)
    return []


def _run(run: Element, styles: Styles, hides: bool, words: Words) -> None:
    font = ""
    properties = child(run, "rPr")
    if properties is not None and len(properties):
        vanish, style, fonts = child(properties, "vanish"), child(properties, "rStyle"), child(properties, "rFonts")
        if vanish is not None:
            hides = is_on(vanish)
        elif style is not None:
            hides = hides or styles.looks(style.get(W + "val", "")).hidden
        if fonts is not None:
            font = symbolic(fonts.get(ASCII, ""))
    _add(run, font, hides, words)


def _add(parts: Iterable[Element], font: str, hides: bool, words: Words) -> None:
    """Adds what the parts of a run show."""
    for element in parts:
        tag = element.tag
        if tag == TEXT:
            text = _shown(element, font)
            if hides:
                words.hidden |= bool(text.strip())
            elif not words.fields.silent:
                words.text.append(text)
        elif tag == RUN_PROPERTIES:
            continue
        elif tag == FIELD:
            words.text.append(_field(element, words))
        elif tag == CODE:
            words.fields.add_code(element.text or "")
        elif tag in NOTES:
            words.notes.append((NOTES[tag], element.get(W + "id", "")))
        elif tag == ALTERNATIVES:
            _add(alternative(element), font, hides, words)
        elif tag in WITHIN:
            _add(element, font, hides, words)
        elif hides or words.fields.silent:
            continue
        elif tag in SIGNS:
            words.text.append(SIGNS[tag])
        elif tag == SYMBOL:
            words.text.append(_symbol(element))
        elif tag in DRAWINGS:
            words.boxes.extend(_boxes(element))


def _shown(element: Element, font: str) -> str:
    """The characters of a text element. Line ends in the XML are blanks, and blanks at its ends count only when it says so."""
    text = element.text or ""
    if (text[:1] <= " " or text[-1:] <= " ") and element.get(SPACE) != "preserve":
        text = text.strip(BLANKS)
    if not font and text.isprintable():
        return text
    return readable(text.replace("\n", " "), font)


def _field(element: Element, words: Words) -> str:
    """A mark of a field; what the field shows at this place by itself."""
    kind = element.get(W + "fldCharType", "")
    if kind == "begin":
        return words.fields.begin(element)
    if kind == "separate":
        words.fields.separate()
    elif kind == "end":
        if any(words.fields.contents):
            words.listed = len(words.text)
        return words.fields.end()
    return ""


def _boxes(drawing: Element) -> list[Element]:
    """The text boxes of a drawing, each once; what is inside a box comes with the box. Ornamental letters are a box, too."""
    boxes, queue = [], [drawing]
    while queue:
        element = queue.pop()
        if element.tag == BOX:
            boxes.append(element)
        elif element.tag == TEXT_ON_PATH:
            boxes.append(_box_of(element.get("string", "")))
        elif element.tag == ALTERNATIVES:
            queue.extend(reversed(alternative(element)))
        else:
            queue.extend(reversed(element))
    return boxes


def _box_of(text: str) -> Element:
    from xml.etree.ElementTree import Element, SubElement

    box = Element(BOX)
    SubElement(SubElement(SubElement(box, W + "p"), RUN), TEXT).text = text
    return box


def _formula(element: Element) -> list[str]:
    """The characters of a formula in reading order; a slash parts the two sides of a fraction."""
    if element.tag == M + "t":
        return [element.text or ""]
    pieces: list[str] = []
    for part in element:
        if part.tag == M + "den":
            pieces.append("/")
        pieces.extend(_formula(part))
    return pieces


def _symbol(element: Element) -> str:
    try:
        code = int(element.get(W + "char", ""), 16)
    except ValueError:
        code = 0
    return sign(code, symbolic(element.get(W + "font", "")))


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
