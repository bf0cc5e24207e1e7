"""The title of a document that has no title style: told by its place and its letters."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from planparse.readers.word.names import PARAGRAPH, RUN, W, child, is_on, number, value
from planparse.readers.word.styles import CENTRE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

    from planparse.readers.word.styles import Styles

MOST_LINES = 8
"""So many paragraphs with text are looked at for a title."""
SAMPLE = 60
"""So many paragraphs with text tell how the body looks."""
LONGEST_ABOVE = 20
"""Characters of a line above the title: 附件1, the number of the paper."""
CLEARLY = 1.14
"""A title's letters are so many times as high as the body's; 三号 is 1.14 times 四号."""


class Face(NamedTuple):
    """How most of a paragraph's characters look."""

    length: int
    """How many characters it has."""
    centred: bool
    size: int
    """In half points."""
    bold: bool
    red: bool
    """As the letterhead of an authority is."""


def find(body: Iterable[Element], all_paragraphs: Iterable[Element], styles: Styles) -> list[Element]:
    """The paragraphs at the start that are the title: centred, and in clearly larger letters than the body, or at least bold.

    Args:
        body: The blocks of the body, in order.
        all_paragraphs: The paragraphs of the body and of its tables, in order.
        styles: Those of the file.
    """
    head: list[tuple[Element, Face]] = []
    lines = 0
    for element in body:
        look = face(element, styles) if element.tag == PARAGRAPH else None
        if look is None:
            continue
        lines += 1
        if look.centred:
            head.append((element, look))
        if lines == MOST_LINES or not (look.centred or (not head and look.length <= LONGEST_ABOVE)):
            break
    head = [(element, look) for element, look in head if not look.red]
    if not head:
        return []
    heads = {id(element) for element, _ in head}
    sizes: Counter[tuple[int, bool]] = Counter()
    lines = 0
    for element in all_paragraphs:
        look = None if id(element) in heads else face(element, styles)
        if look is not None and not look.red:
            lines += 1
            sizes[look.size, look.bold] += look.length
            if lines == SAMPLE:
                break
    if not sizes:
        return []
    (size, bold), _ = sizes.most_common(1)[0]
    largest = max(look.size for _, look in head)
    if largest >= size * CLEARLY:
        return [element for element, look in head if look.size == largest]
    return [element for element, look in head if look.bold and not bold][:1]


def face(paragraph: Element, styles: Styles) -> Face | None:
    """How a paragraph looks; None when it shows no text."""
    properties = child(paragraph, "pPr")
    looks = styles.looks(value(child(properties, "pStyle")) or styles.default)
    letters: Counter[tuple[int, bool, bool]] = Counter()
    for run in paragraph.iter(RUN):
        length = sum(len((text.text or "").strip()) for text in run.findall(W + "t"))
        if length:
            letters[_letters(child(run, "rPr"), looks.size, looks.bold)] += length
    if not letters:
        return None
    side = child(properties, "jc")
    (size, bold, red), _ = letters.most_common(1)[0]
    return Face(letters.total(), looks.centred if side is None else value(side) == CENTRE, size, bold, red)


def _letters(properties: Element | None, size: int, bold: bool) -> tuple[int, bool, bool]:
    """The height of a run's letters, whether they are bold, and whether red."""
    heavy = child(properties, "b")
    return (
        number(child(properties, "sz")) or size,
        bold if heavy is None else is_on(heavy),
        _is_red(value(child(properties, "color"))),
    )


def _is_red(colour: str) -> bool:
    try:
        red, green, blue = bytes.fromhex(colour) if len(colour) == 6 else (0, 0, 0)
    except ValueError:
        return False
    return red > 0xB0 and max(green, blue) < 0x50
