"""From the nodes of a page to paragraphs and tables, in one pass and without recursion."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import islice
from typing import Literal

from planparse.readers.blocks import Block, Cell, Label, Note, Paragraph
from planparse.readers.web.lists import SYMBOLS, TYPED, List, automatic, item_label, symbol_font
from planparse.readers.web.tables import Table
from planparse.readers.web.text import BLANK, BREAK, EDGES, JOINT, lines
from planparse.readers.web.tree import Node, Page
from planparse.source import PARAGRAPH, Origin

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
    ]
)
KEEPS_BLANKS = frozenset(["pre", "listing", "plaintext", "xmp", "textarea"])
LISTS = frozenset(["ol", "ul", "menu", "dir"])
LONGEST_LABEL = 24
"""What is longer is a paragraph whose label was left open."""

TITLE_STYLES = frozenset(("title", "标题"))
"""What Word calls the style of a document's title, in `mso-style-name`."""

_LEVEL = re.compile("level([1-9])")
_NOTE = re.compile("(ftn|edn|_com_)([0-9]{1,6})")
_REFERENCE = re.compile("#_(ftn|edn|msocom_|ftnref|ednref|msoanchor_)([0-9]{1,6})")
_ROLES: dict[str, Literal["footnote", "endnote", "comment"]] = {"ftn": "footnote", "edn": "endnote", "_com_": "comment"}
_REFERENCES = {"ftn": "ftn", "edn": "edn", "msocom_": "_com_"}
_NONE = Origin(PARAGRAPH, (0,))


class _Walk:
    """The state of the pass. `frames` holds what is to be done where an open element ends."""

    def __init__(self, page: Page, layout: set[int], furniture: dict[int, str]) -> None:
        self.page, self.layout, self.furniture = page, layout, furniture
        self.blocks: list[Block] = []
        self.buffer: list[str] = []
        self.frames: list[tuple[int, Callable[[], None]]] = []
        # what the innermost block says about its paragraphs
        self.outline, self.title, self.debris, self.level = 0, False, "", 0
        self.verbatim, self.font = False, ""
        self.label: Label | None = None
        self.item: Label | None = None
        self.lists: list[List] = []
        # tables
        self.modes: list[str] = []
        self.table: Table | None = None
        self.cell: Cell | None = None
        self.groups = 0
        self.head = False
        self.grids = 0
        # notes
        self.note: list[str] | None = None
        self.notes: dict[tuple[str, str], list[str]] = {}
        self.references: list[tuple[str, str]] = []
        self.anchors: list[tuple[Paragraph, tuple[str, str]]] = []

    def run(self) -> None:
        frames = self.frames
        for index, node in enumerate(self.page.nodes):
            while frames and frames[-1][0] <= index:
                frames.pop()[1]()
            if node.tag:
                self.open(index, node)
            else:
                self.add(node.text)
        while frames:
            frames.pop()[1]()
        self.flush()

    def on_close(self, node: Node, *names: str) -> None:
        """Sets attributes back to what they are now where the node ends."""
        values = [(name, getattr(self, name)) for name in names]

        def restore() -> None:
            for name, value in values:
                setattr(self, name, value)

        self.frames.append((node.end, restore))

    # text

    def add(self, text: str) -> None:
        if self.font:
            text = text.translate(SYMBOLS[self.font])
        if self.verbatim:
            text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", BREAK).replace(" ", BLANK)
        self.buffer.append(text)

    def flush(self) -> None:
        """Ends the paragraph."""
        if self.modes and self.modes[-1] == "nested":
            self.buffer.append(" ")
            return
        self.flush_lines()

    def flush_lines(self) -> None:
        texts = lines("".join(self.buffer)) if self.buffer else []
        self.buffer.clear()
        label, self.label = self.label, None
        if not texts:
            if label is None or label.bullet:
                return
            texts = [""]  # an item that holds nothing but its number
        if label is None and self.item is not None:
            label = None if TYPED.match(texts[0]) or self.debris else self.item
            self.item = None
        if self.note is not None:
            self.note.extend(texts)
            return
        for k, text in enumerate(texts):
            paragraph = Paragraph(text, _NONE, None if k else label, self.outline, self.title, self.debris)
            (self.cell.paragraphs if self.cell is not None else self.blocks).append(paragraph)
            if k == 0:
                self.anchors += [(paragraph, reference) for reference in self.references]
        self.references.clear()

    # elements

    def open(self, index: int, node: Node) -> None:
        tag = node.tag
        if tag == "br":
            self.buffer.append(BREAK)
        elif tag in BLOCKS:
            self.open_block(index, node)
        else:
            if tag == "a" and self.debris:
                self.buffer.append(" ")  # links of a menu have no blanks between them
            self.open_inline(node)
        font = symbol_font(node) if node.style or node.attributes else ""
        if font or (font is None and self.font):
            self.on_close(node, "font")
            self.font = font or ""
        space = node.style.get("white-space", "")
        if tag in KEEPS_BLANKS or (space.startswith("pre") and tag != "body"):
            self.on_close(node, "verbatim")
            self.verbatim = True
        elif space in ("normal", "nowrap") and self.verbatim:
            self.on_close(node, "verbatim")
            self.verbatim = False

    def open_inline(self, node: Node) -> None:
        if node.style.get("mso-list") == "ignore":
            self.frames.append((node.end, self.take_label(len(self.buffer))))
        elif node.tag == "a" and (found := _REFERENCE.fullmatch(node.attributes.get("href", "").strip())):
            mark = len(self.buffer)
            if found[1] in _REFERENCES:
                self.references.append((_REFERENCES[found[1]], found[2]))
            self.frames.append((node.end, lambda: self.buffer.__delitem__(slice(mark, None))))

    def take_label(self, mark: int) -> Callable[[], None]:
        def take() -> None:
            if self.label is not None or any(part.strip(EDGES) for part in islice(self.buffer, mark)):
                return
            text = "".join(self.buffer[mark:])
            label = automatic(text, self.level, bool(self.font) or any(sign in text for sign in "●■◆➢✔❖▪"))
            if label is not None and len(label.text) <= LONGEST_LABEL:
                self.label = label
                del self.buffer[mark:]

        return take

    def open_block(self, index: int, node: Node) -> None:
        tag, style = node.tag, node.style
        self.flush()
        if index in self.furniture and not self.debris and self.table is None:
            self.on_close(node, "debris")
            self.debris = self.furniture[index]
        if tag[0] == "h" and tag[1:].isdigit():
            self.on_close(node, "outline")
            self.outline = int(tag[1:])
        elif "mso-outline-level" in style and style["mso-outline-level"].isdigit():
            self.on_close(node, "outline")
            self.outline = int(style["mso-outline-level"]) % 10
        names = node.attributes.get("class", "").lower()
        if "msotitle" in names or style.get("mso-style-name", "").strip("\"'") in TITLE_STYLES:
            self.on_close(node, "title", "outline")
            self.title, self.outline = True, 0
        if not self.debris and (names.startswith("msotoc") or style.get("mso-element") in ("header", "footer")):
            self.on_close(node, "debris")
            self.debris = "page_navigation" if names.startswith("msotoc") else "page_header"
        if found := _LEVEL.search(style.get("mso-list", "")):
            self.on_close(node, "level")
            self.level = int(found[1]) - 1
        if found := _NOTE.fullmatch(node.attributes.get("id", "")):
            self.on_close(node, "note")
            self.note = self.notes.setdefault((found[1], found[2]), [])
        if tag in LISTS:
            self.on_close(node, "lists")
            self.lists = [*self.lists[-9:], List(node)]
        elif tag == "li":
            self.on_close(node, "item")
            self.item = item_label(node, self.lists)
        elif tag in _TABLE_PARTS:
            _TABLE_PARTS[tag](self, index, node)
        self.frames.append((node.end, self.flush))  # the last frame is the first to be closed

    # tables

    def open_table(self, index: int, node: Node) -> None:
        if self.modes and self.modes[-1] == "nested":
            mode = "nested"
        elif index in self.layout or self.debris or self.note is not None:
            mode = "layout"
        else:
            mode = "data" if self.table is None else "nested"
        self.modes.append(mode)
        if mode == "data":
            self.table = Table()
            self.groups += 1
            self.head = False
        self.frames.append((node.end, self.close_table))

    def close_table(self) -> None:
        mode = self.modes.pop()
        if mode == "nested":
            self.flush()
        elif mode == "data":
            table, self.table = self.table, None
            assert table is not None
            grid = table.finish(self.grids + 1, self.page.office == "excel")
            if grid is not None:
                self.grids += 1
                self.blocks.append(grid)

    def open_group(self, _index: int, node: Node) -> None:
        if self.modes and self.modes[-1] == "data":
            self.groups += 1
            self.on_close(node, "head")
            self.head = node.tag == "thead"
            if node.tag == "tfoot" and self.table is not None:
                self.table.feet.add(self.groups)

    def open_row(self, _index: int, node: Node) -> None:
        mode = self.modes[-1] if self.modes else ""
        if mode == "data" and self.table is not None:
            self.table.add_row(self.groups, self.head)
        elif self.modes[-2:].count("nested") == 1:
            self.frames.append((node.end, self.flush_lines))

    def open_cell(self, _index: int, node: Node) -> None:
        mode = self.modes[-1] if self.modes else ""
        if mode == "nested":
            self.buffer.append(JOINT)
        elif mode == "data" and self.table is not None and self.table.rows:
            self.on_close(node, "cell", "lists", "outline", "title", "level", "item")
            self.cell = self.table.add_cell(node)
            self.lists, self.outline, self.title, self.level, self.item = [], 0, False, 0, None


_TABLE_PARTS: dict[str, Callable[[_Walk, int, Node], None]] = {
    "table": _Walk.open_table, "thead": _Walk.open_group, "tbody": _Walk.open_group, "tfoot": _Walk.open_group,
    "tr": _Walk.open_row, "td": _Walk.open_cell, "th": _Walk.open_cell,
}  # fmt: skip


def read_blocks(page: Page, layout: set[int], furniture: dict[int, str]) -> list[Block]:
    """The paragraphs and tables of a page.

    Args:
        page: The page.
        layout: The tables that only place things, by the index of their nodes.
        furniture: The elements that are no part of the text, by the index of their nodes, with the reason.
    """
    walk = _Walk(page, layout, furniture)
    walk.run()
    number = 0
    for block in walk.blocks:
        if isinstance(block, Paragraph):
            number += 1
            block.origin = Origin(PARAGRAPH, (number,))
    for paragraph, key in walk.anchors:
        number = _attach(walk, paragraph, key, number)
    for texts in walk.notes.values():
        for text in texts:
            number += 1
            walk.blocks.append(Paragraph(text, Origin(PARAGRAPH, (number,))))
    return walk.blocks


def _attach(walk: _Walk, paragraph: Paragraph, key: tuple[str, str], number: int) -> int:
    texts = walk.notes.pop(key, None)
    if not texts:
        return number
    paragraph.notes.append(Note(_ROLES[key[0]], " ".join(texts), Origin(PARAGRAPH, (number + 1,))))
    return number + 1
