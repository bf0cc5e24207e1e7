"""The body of a Word file: its paragraphs and tables in order, as Word shows them with all changes accepted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planparse.readers.blocks import Block, Cell, Grid, Label, Note, Paragraph
from planparse.readers.word import names, titles
from planparse.readers.word.names import MC, W, child, children, is_on, number, value
from planparse.readers.word.numbering import Numbering
from planparse.readers.word.styles import BODY, RIGHT, Styles
from planparse.readers.word.text import DRAWINGS, TEXT, Words, alternative, collect, reference
from planparse.source import BOX, CELL, PARAGRAPH, Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

AROUND = frozenset({W + "sdt", W + "sdtContent", W + "customXml", W + "smartTag", W + "ins", W + "moveTo"})
"""What stands round paragraphs, tables, rows or cells without changing them."""
MOST_SPAN = 1000
IMPORTED = W + "altChunk"
"""A whole file of another format that stands in for blocks."""
BLOCKS = (names.PARAGRAPH, names.TABLE, IMPORTED)
BEYOND_MIDDLE = 4200
"""In twentieths of a point: half of the text's width on a usual page. What begins there is set to the right, as signatures are."""
STYLE, NUMBERS, LEVEL, SIDE, INDENT = W + "pStyle", W + "numPr", W + "outlineLvl", W + "jc", W + "ind"
SPAN, BESIDE, BELOW, CELL_DELETED, CELL_INSERTED = W + "gridSpan", W + "hMerge", W + "vMerge", W + "cellDel", W + "cellIns"
CONTINUE = "continue"
"""The value of a merge that goes on; a merge without a value does, too."""
MOSTLY = 0.9
CONTENTS = frozenset({"目录", "目錄", "目次", "contents"})
"""What stands above a table of contents."""
SHOWING = frozenset({TEXT, NUMBERS, *DRAWINGS})
MARK, SECTION, FRAME = W + "rPr", W + "sectPr", W + "framePr"


class Story:
    """One run of text with counters of its own: the body, or a text box."""

    def __init__(self, ordinal: int, origin: str) -> None:
        self.ordinal = ordinal
        self.origin = origin
        self.paragraphs = 0

    def next_origin(self) -> Origin:
        """Where the next paragraph stands."""
        self.paragraphs += 1
        return Origin(self.origin, (self.paragraphs if self.origin == PARAGRAPH else self.ordinal,))


class Reader:
    """Reads the parts of one file; keeps what is odd."""

    def __init__(
        self, styles: Styles, numbering: Numbering, notes: dict[tuple[str, str], Note], imported: Callable[[str], list[Block]]
    ) -> None:
        self.styles = styles
        self.numbering = numbering
        self.notes = notes
        self.imported = imported
        """The blocks of the file behind a relation's id."""
        self._lists: dict[str, tuple[str | None, int | None]] = {}
        """The list and the level that each style brings."""
        self._showy: set[Element] = set()
        """The paragraphs that look like the document's title."""
        self._titles: list[Paragraph] = []
        """What has become of them."""
        self.tables = 0
        self.stories = 0
        self.tracked = False
        self.hidden = False

    def body(self, element: Element) -> list[Block]:
        """The blocks of the document's body."""
        self._showy.update(titles.find(_inside(element), element.iter(names.PARAGRAPH), self.styles))
        blocks = list(self.blocks(element, Story(0, PARAGRAPH), None))
        paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
        if not any(paragraph.title for paragraph in paragraphs):
            levels = Counter(paragraph.outline for paragraph in paragraphs if paragraph.outline)
            for paragraph in self._titles:
                paragraph.title = levels[paragraph.outline] < 2  # a level that comes again is that of sections
        _mark_head_of_contents(paragraphs)
        return blocks

    def blocks(self, container: Element, story: Story, cell: Origin | None) -> Iterator[Block]:
        """The blocks of a body, a cell or a text box; `cell` is where the cell stands."""
        open_words = Words()
        for element in _inside(container):
            if element.tag != names.PARAGRAPH:
                yield from self._closed(open_words, story, cell)
                open_words = open_words.after()
                yield from self.table(element, story) if element.tag == names.TABLE else self.imported(reference(element))
                continue
            properties = children(child(element, "pPr"))
            style = value(properties.get(STYLE)) or self.styles.default
            collect(element, self.styles, self.styles.looks(style).hidden, open_words)
            if properties and self._goes_on(properties):
                continue
            words, open_words = open_words, open_words.after()
            paragraph = self._paragraph(words, properties, style, story, cell)
            if paragraph is not None:
                if element in self._showy and not paragraph.debris:
                    self._titles.append(paragraph)
                yield paragraph
                if words.boxes:
                    yield from self._boxes(words.boxes)
        yield from self._closed(open_words, story, cell)

    def _goes_on(self, properties: dict[str, Element]) -> bool:
        """Whether a paragraph goes on in the next one: its mark is deleted, or it is the large letter that the next one begins with."""
        mark = properties.get(MARK)
        if mark is not None and len(mark):
            if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
                self.tracked = True
                return True
            self.tracked |= child(mark, "ins") is not None
        frame = properties.get(FRAME)
        return frame is not None and frame.get(W + "dropCap", "none") != "none"

    def _closed(self, words: Words, story: Story, cell: Origin | None) -> Iterator[Block]:
        """What is left of a paragraph without a mark where no paragraph follows."""
        if "".join(words.text).strip() or words.boxes:
            paragraph = self._paragraph(words, {}, self.styles.default, story, cell)
            if paragraph is not None:
                yield paragraph
                yield from self._boxes(words.boxes)

    def _boxes(self, boxes: list[Element]) -> Iterator[Block]:
        """What text boxes hold."""
        for box in boxes:
            self.stories += 1
            yield from self.blocks(box, Story(self.stories, BOX), None)

    def _paragraph(self, words: Words, properties: dict[str, Element], style: str, story: Story, cell: Origin | None) -> Paragraph | None:
        """The paragraph that some words make; None when it is hidden."""
        self.tracked |= words.tracked
        self.hidden |= words.hidden
        text = "".join(words.text)
        origin = cell or story.next_origin()
        if words.hidden and not text.strip():
            return None
        label = None if SECTION in properties and not text.strip() else self._label(properties.get(NUMBERS), style, story)
        paragraph = Paragraph(text, origin, label)
        if words.notes:
            paragraph.notes = [note for key in words.notes if (note := self.notes.get(key)) is not None]
        looks = self.styles.looks(style)
        if looks.contents or (words.listed and _is_listed(words)):
            paragraph.debris = "contents"
        elif cell is None:
            own = number(properties.get(LEVEL))
            paragraph.outline = looks.outline if own is None else own + 1 if 0 <= own < BODY else 0
            paragraph.title = looks.title
            paragraph.right = value(properties[SIDE]) in RIGHT if SIDE in properties else looks.right
            if INDENT in properties and label is None:
                paragraph.right |= _indent(properties[INDENT]) >= BEYOND_MIDDLE
        return paragraph

    def _label(self, own: Element | None, style: str, story: Story) -> Label | None:
        """Counts the paragraph on in its list, if it is in one; `own` is what it says itself."""
        num_id, level = child(own, "numId"), number(child(own, "ilvl"))
        key = None if num_id is None else value(num_id)
        if key != "0" and (key is None or level is None):  # the two are inherited one by one
            usual, usual_level = self._list_of(style)
            key = usual if key is None else key
            level = usual_level if level is None else level
        if key is None or key == "0":
            return None
        return self.numbering.label(key, level or 0, story.ordinal)

    def _list_of(self, style: str) -> tuple[str | None, int | None]:
        """The list and the level that a style brings."""
        found = self._lists.get(style)
        if found is None:
            chain = list(self.styles.chain(style))
            link = next((link for _, link in chain if link.num_id is not None), None)
            found = None, None
            if link is not None and link.num_id is not None:
                # The level that names the style is surer than what the style says of itself.
                named = (self.numbering.level_of_style(link.num_id, name) for name, _ in chain)
                told = (link.level for _, link in chain)
                found = link.num_id, next((k for k in (*named, *told) if k is not None), None)
            self._lists[style] = found
        return found

    # -- tables ------------------------------------------------------------------------------------------------------

    def table(self, element: Element, story: Story) -> Iterator[Block]:
        """A table; one that only frames what it holds is left out, and what it holds stands for it. Its rows are empty afterwards."""
        rows = [row for row in _inside(element, names.ROW) if not self._is_gone(row)]
        if _is_frame(rows):
            for row in rows:
                for square in _inside(row, names.CELL):
                    yield from self.blocks(square, story, None)
            return
        self.tables += 1
        table, grid = self.tables, Grid([])
        widths = [number(column, "w") or 0 for column in _columns(element)]
        above: dict[int, Cell] = {}
        heads_end = False
        for r, row in enumerate(rows, 1):
            properties = child(row, "trPr")
            if not heads_end and is_on(child(properties, "tblHeader")):
                grid.heads = r
            else:
                heads_end = True
            column = min(number(child(properties, "gridBefore")) or 0, MOST_SPAN)
            line = [Cell() for _ in range(column)]
            below: dict[int, Cell] = {}
            for c, square, span, merge in self._squares(row, widths):
                blocks = self.blocks(square, story, Origin(CELL, (table, r, c)))
                held = above.get(column)
                if merge == CONTINUE and held is not None and held.columns == span:
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
            row.clear()  # a big table need not be in memory twice
        yield grid

    def _squares(self, row: Element, widths: list[int]) -> list[tuple[int, Element, int, str]]:
        """The cells of a row that are shown: ordinal, element, how many columns it covers, vertical merge (restart, CONTINUE or empty).

        `widths` are those of the table's columns.
        """
        squares: list[tuple[int, Element, int, str]] = []
        for c, element in enumerate(_inside(row, names.CELL), 1):
            properties = children(child(element, "tcPr"))
            if CELL_DELETED in properties:
                self.tracked = True
                continue
            self.tracked |= CELL_INSERTED in properties
            span = max(1, min(number(properties.get(SPAN)) or 1, MOST_SPAN))
            beside, merge = properties.get(BESIDE), properties.get(BELOW)
            if squares and beside is not None and (value(beside) or CONTINUE) == CONTINUE:
                first, head, before, kind = squares[-1]
                squares[-1] = first, head, before + span, kind
            else:
                squares.append((c, element, span, "" if merge is None else value(merge) or CONTINUE))
        if len(squares) == 1 and squares[0][2] < len(widths) and _is_whole(squares[0][1], row, widths):
            c, element, _, kind = squares[0]
            squares = [(c, element, len(widths), kind)]
        return squares

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
    """The blocks (or what else is wanted) of a container, also those that something stands round."""
    tags = wanted or BLOCKS
    queue = list(reversed(container))
    while queue:
        element = queue.pop()
        if element.tag in tags:
            yield element
        elif element.tag in AROUND:
            queue.extend(reversed(element))
        elif element.tag == MC + "AlternateContent":
            queue.extend(reversed(alternative(element)))


def _columns(table: Element) -> list[Element]:
    """The columns of a table's grid."""
    grid = child(table, "tblGrid")
    return [] if grid is None else grid.findall(W + "gridCol")[:MOST_SPAN]


def _is_whole(cell: Element, row: Element, widths: list[int]) -> bool:
    """Whether the only cell of a row is as wide as the table, though it does not say how many columns it covers."""
    properties = child(row, "trPr")
    if child(properties, "gridBefore") is not None or child(properties, "gridAfter") is not None:
        return False
    width = child(child(cell, "tcPr"), "tcW")
    if width is None or width.get(W + "type", "dxa") != "dxa":
        return False
    return (number(width, "w") or 0) >= MOSTLY * sum(widths) > 0


def _is_frame(rows: list[Element]) -> bool:
    """Whether a table only sets things in their places: it is a single cell, or holds tables and no row of text in columns."""
    cells = [list(_inside(row, names.CELL)) for row in rows]
    if len(cells) == 1 and len(cells[0]) == 1:
        return True
    if not any(_has_table(cell) for row in cells for cell in row):
        return False
    shown = ([cell for cell in row if _shows(cell)] for row in cells)
    return all(len(row) < 2 or all(map(_has_table, row)) for row in shown)


def _has_table(cell: Element) -> bool:
    return child(cell, "tbl") is not None


def _shows(cell: Element) -> bool:
    """Whether a cell holds any table, text, number or drawing."""
    return _has_table(cell) or any(part.tag in SHOWING and (part.tag != TEXT or bool((part.text or "").strip())) for part in cell.iter())


def _indent(element: Element) -> int:
    """How far from the left margin the first line begins, in twentieths of a point."""
    left = number(element, "left") or number(element, "start") or 0
    return left + (number(element, "firstLine") or 0) - (number(element, "hanging") or 0)


def _mark_head_of_contents(paragraphs: list[Paragraph]) -> None:
    """The words 目录 above a table of contents belong to it."""
    above = None
    for paragraph in paragraphs:
        if paragraph.debris == "contents" and above is not None and "".join(above.text.split()).lower() in CONTENTS:
            above.debris, above.title = "contents", False
        if paragraph.text.strip():
            above = paragraph


def _is_listed(words: Words) -> bool:
    """Whether a paragraph is a line of a table of contents that a field makes: it ends with its page."""
    inside, after = "".join(words.text[: words.listed]).rstrip(), "".join(words.text[words.listed :])
    return not after.strip() and inside[-1:].isdigit()


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
