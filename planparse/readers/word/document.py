"""The body of a Word file: its paragraphs and tables in order, as Word shows them with all changes accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planparse.readers.blocks import Block, Cell, Grid, Label, Note, Paragraph
from planparse.readers.word.names import MC, W, child, is_on, number, value
from planparse.readers.word.numbering import Numbering
from planparse.readers.word.styles import BODY, RIGHT, Styles
from planparse.readers.word.text import Words, alternative, collect
from planparse.source import BOX, CELL, PARAGRAPH, Origin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

AROUND = frozenset({W + "sdt", W + "sdtContent", W + "customXml", W + "smartTag", W + "ins", W + "moveTo"})
"""What stands round paragraphs, tables, rows or cells without changing them."""
MOST_SPAN = 1000


class Story:
    """One run of text with counters of its own: the body, or a text box."""

    def __init__(self, reader: Reader, ordinal: int, origin: str) -> None:
        self.reader = reader
        self.ordinal = ordinal
        self.origin = origin
        self.paragraphs = 0

    def next_origin(self) -> Origin:
        """Where the next paragraph stands."""
        self.paragraphs += 1
        return Origin(self.origin, (self.paragraphs if self.origin == PARAGRAPH else self.ordinal,))


class Reader:
    """Reads the parts of one file; keeps what is odd."""

    def __init__(self, styles: Styles, numbering: Numbering, notes: dict[tuple[str, str], Note]) -> None:
        self.styles = styles
        self.numbering = numbering
        self.notes = notes
        self.tables = 0
        self.stories = 0
        self.tracked = False
        self.hidden = False

    def body(self, element: Element) -> list[Block]:
        """The blocks of the document's body."""
        return list(self.blocks(element, Story(self, 0, PARAGRAPH), None))

    def blocks(self, container: Element, story: Story, cell: Origin | None) -> Iterator[Block]:
        """The blocks of a body, a cell or a text box; `cell` is where the cell stands."""
        open_words = Words()
        for element in _inside(container):
            if element.tag == W + "tbl":
                yield from self._closed(open_words, story, cell)
                open_words = Words()
                yield from self.table(element, story)
                continue
            properties = child(element, "pPr")
            mark = child(properties, "rPr")
            style = value(child(properties, "pStyle")) or self.styles.default
            collect(element, self.styles, self.styles.looks(style).hidden, open_words)
            if mark is not None and (child(mark, "del") is not None or child(mark, "moveFrom") is not None):
                self.tracked = True
                continue  # without its mark the paragraph goes on in the next one
            words, open_words = open_words, Words()
            yield from self._paragraph(words, properties, style, story, cell)
        yield from self._closed(open_words, story, cell)

    def _closed(self, words: Words, story: Story, cell: Origin | None) -> Iterator[Block]:
        """What is left of a paragraph without a mark where no paragraph follows."""
        if "".join(words.text).strip() or words.boxes:
            yield from self._paragraph(words, None, self.styles.default, story, cell)

    def _paragraph(self, words: Words, properties: Element | None, style: str, story: Story, cell: Origin | None) -> Iterator[Block]:
        self.tracked |= words.tracked
        self.hidden |= words.hidden
        text = "".join(words.text)
        origin = cell or story.next_origin()
        if words.hidden and not text.strip():
            return
        section_break = child(properties, "sectPr") is not None
        label = None if section_break and not text.strip() else self._label(properties, style, story)
        paragraph = Paragraph(text, origin, label)
        paragraph.notes = [note for key in words.notes if (note := self.notes.get(key)) is not None]
        looks = self.styles.looks(style)
        if looks.contents:
            paragraph.debris = "contents"
        elif cell is None:
            own = number(child(properties, "outlineLvl"))
            paragraph.outline = looks.outline if own is None else own + 1 if 0 <= own < BODY else 0
            paragraph.title = looks.title
            paragraph.right = value(child(properties, "jc")) in RIGHT if child(properties, "jc") is not None else looks.right
        yield paragraph
        for box in words.boxes:
            self.stories += 1
            yield from self.blocks(box, Story(self, self.stories, BOX), None)

    def _label(self, properties: Element | None, style: str, story: Story) -> Label | None:
        """Counts the paragraph on in its list, if it is in one."""
        own = child(properties, "numPr")
        num_id, level = child(own, "numId"), number(child(own, "ilvl"))
        key = None if num_id is None else value(num_id)
        if key is None:
            chain = list(self.styles.chain(style))
            link = next((link for _, link in chain if link.num_id is not None), None)
            if link is not None and link.num_id is not None:
                key = link.num_id
                if level is None:  # the level that names the style is surer than what the style says of itself
                    named = (self.numbering.level_of_style(key, name) for name, _ in chain)
                    level = next((k for k in named if k is not None), link.level)
        if key is None or key == "0":
            return None
        return self.numbering.label(key, level or 0, story.ordinal)

    # -- tables ------------------------------------------------------------------------------------------------------

    def table(self, element: Element, story: Story) -> Iterator[Block]:
        """A table; one with a single cell is a frame, and what it holds stands for it."""
        rows = [row for row in _inside(element, W + "tr") if not self._is_gone(row)]
        cells = [list(_inside(row, W + "tc")) for row in rows]
        if len(cells) == 1 and len(cells[0]) == 1:
            yield from self.blocks(cells[0][0], story, None)
            return
        self.tables += 1
        table, grid = self.tables, Grid([])
        above: dict[int, Cell] = {}
        heads_end = False
        for r, (row, columns) in enumerate(zip(rows, cells, strict=True), 1):
            properties = child(row, "trPr")
            if not heads_end and is_on(child(properties, "tblHeader")):
                grid.heads = r
            else:
                heads_end = True
            line: list[Cell] = []
            column = min(number(child(properties, "gridBefore")) or 0, MOST_SPAN)
            line.extend(Cell() for _ in range(column))
            below: dict[int, Cell] = {}
            for c, element_ in enumerate(columns, 1):
                span, merge = _spans(element_)
                blocks = self.blocks(element_, story, Origin(CELL, (table, r, c)))
                held = above.get(column)
                if merge == "continue" and held is not None and held.columns == span:
                    held.rows += 1
                    for _ in blocks:  # what a covered cell holds is not shown, but its lists count on
                        pass
                    below[column] = held
                else:
                    cell = Cell(_lines(blocks), 1, span)
                    line.append(cell)
                    if merge:
                        below[column] = cell
                column += span
            above = below
            grid.rows.append(line)
        yield grid

    def _is_gone(self, row: Element) -> bool:
        """Whether a row is deleted or hidden."""
        properties = child(row, "trPr")
        if child(properties, "del") is not None:
            self.tracked = True
            return True
        self.tracked |= child(properties, "ins") is not None
        if is_on(child(properties, "hidden")):
            self.hidden = True
            return True
        return False


def _inside(container: Element, *wanted: str) -> Iterator[Element]:
    """The paragraphs and tables (or what else is wanted) of a container, also those that something stands round."""
    tags = wanted or (W + "p", W + "tbl")
    queue = list(reversed(container))
    while queue:
        element = queue.pop()
        if element.tag in tags:
            yield element
        elif element.tag in AROUND:
            queue.extend(reversed(element))
        elif element.tag == MC + "AlternateContent":
            queue.extend(reversed(alternative(element)))


def _spans(cell: Element) -> tuple[int, str]:
    """How many columns a cell covers, and whether it begins (restart) or continues a vertical merge; else empty."""
    properties = child(cell, "tcPr")
    span = max(1, min(number(child(properties, "gridSpan")) or 1, MOST_SPAN))
    merge = child(properties, "vMerge")
    return span, "" if merge is None else value(merge) or "continue"


def _lines(blocks: Iterator[Block]) -> list[Paragraph]:
    """What a cell holds as paragraphs; a table inside it as one for each row."""
    lines: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            lines.append(block)
            continue
        for row in block.rows:
            paragraphs = [paragraph for cell in row for paragraph in cell.paragraphs if paragraph.text.strip() or paragraph.label]
            if paragraphs:
                words = ((paragraph.label.text if paragraph.label else "") + paragraph.text.strip() for paragraph in paragraphs)
                lines.append(Paragraph("  ".join(words), paragraphs[0].origin))
    return lines
