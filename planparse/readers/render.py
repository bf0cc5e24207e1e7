"""From the blocks of a structured file to a `Source`.

A paragraph becomes a line, its automatic label written before it. A row of a table becomes a line, TABs part its
squares, VT parts the lines of a square. Footnotes and comments stand at the end, after the body. Everything a file tells
beyond its characters goes into the source's layout, by offset.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.readers.blocks import Content, Label, Note, Paragraph
from planparse.readers.squares import Table, says, unwrap
from planparse.readers.text import sha256
from planparse.source import Aside, Grid, Layout, Mark, Notice, Source, Square

LINE_OF_CELL = "\x0b"


def build(content: Content, name: str, data: bytes) -> Source:
    """The source of a structured file: its text, line by line, with what the file tells about the lines."""
    layout, writer = Layout(), _Writer()
    notes: list[tuple[Note, int]] = []
    for block in content.blocks:
        for part in [block] if isinstance(block, Paragraph) else unwrap(block):
            if isinstance(part, Paragraph):
                _add_paragraph(writer, layout, part, notes)
            else:
                _add_table(writer, layout, part, notes)
    layout.body_end = writer.at
    seen: set[int] = set()
    for note, anchor in notes:
        if id(note) in seen:  # each stands once, however often it is referred to
            continue
        seen.add(id(note))
        layout.places.append(writer.at)
        layout.origins.append(note.origin)
        start = writer.at
        writer.put(_plain(note.text, " "))
        layout.asides.append(Aside(start, writer.at, note.role, anchor))
        writer.put("\n")
    source = Source(name, writer.text(), content.encoding, content.encoding_guessed, sha256(data), content.media_type, layout)
    source.notices = [Notice(kind, 0, 0, dict(values)) for kind, values in content.notices]
    if content.encoding_guessed and not any(notice.name == "encoding_guessed" for notice in source.notices):
        source.notices.append(Notice("encoding_guessed", 0, 0, {"encoding": content.encoding}))
    source.published = content.published
    return source


class _Writer:
    """Text that grows, and how long it is."""

    __slots__ = ("at", "pieces")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.at = 0

    def put(self, text: str) -> None:
        self.pieces.append(text)
        self.at += len(text)

    def text(self) -> str:
        return "".join(self.pieces)


_CONTROLS = dict.fromkeys((*range(9), *range(14, 32), 127)) | dict.fromkeys((0xB, 0xC, 0xD, 0x85, 0x2028, 0x2029), " ")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


def _plain(text: str, line_end: str) -> str:
    """The text without the characters that part lines and squares; its own line breaks become `line_end`.

    A TAB stays where none parts squares: columns are at times set with it.
    """
    if text.isprintable():  # nearly every text: no control, no line end, no wide blank
        return text
    text = text.translate(_CONTROLS)
    if not text.isascii() and any("\ud800" <= c <= "\udfff" for c in text):
        text = text.translate(_SURROGATES)
    return text if line_end == "\n" else text.replace("\t", " ").replace("\n", line_end)


def _shown(label: Label, words: str) -> str:
    """The label as it stands before `words`: with a blank where nothing else would part the two."""
    text = " ".join(label.text.split())
    apart = label.suffix != "nothing" and bool(words) and (label.bullet or text[-1:].isalnum() or text[-1:] == ".")
    return text + " " if apart else text


def _add_paragraph(writer: _Writer, layout: Layout, paragraph: Paragraph, notes: list[tuple[Note, int]]) -> None:
    """Writes a paragraph; a line break inside it begins a line of the same origin."""
    start = writer.at
    words = _plain(paragraph.text, "\n").rstrip()
    if paragraph.label is None:
        words = words.strip("\n")
    else:
        words = words.lstrip()
    layout.places.append(start)
    layout.origins.append(paragraph.origin)
    if paragraph.label is not None and paragraph.label.text.strip():
        shown = _shown(paragraph.label, words)
        layout.marks[start] = Mark(
            start + len(shown.rstrip()), paragraph.label.value, min(paragraph.label.level, 8), paragraph.label.bullet
        )
        words = shown + words
    if paragraph.debris:
        for line in _line_starts(words, start):
            layout.debris[line] = paragraph.debris
    else:
        if paragraph.outline:
            layout.headings[start] = paragraph.outline
        if paragraph.right:
            layout.right.update(_line_starts(words, start))
        if paragraph.title:
            layout.titles.update(_line_starts(words, start))
    writer.put(words + "\n")
    notes.extend((note, start) for note in paragraph.notes)


def _line_starts(words: str, start: int) -> Iterator[int]:
    at = start
    for line in words.split("\n"):
        yield at
        at += len(line) + 1


def _add_table(writer: _Writer, layout: Layout, table: Table, notes: list[tuple[Note, int]]) -> None:
    """Writes a table whose cells are placed, row by row."""
    start = writer.at
    rows: list[list[Square]] = []
    for row in table.rows:
        squares: list[Square] = []
        for column, cell in enumerate(row):
            if column:
                writer.put("\t")
            at = writer.at
            if cell is None:
                squares.append(Square(at, at, 0, 0))
                continue
            for paragraph in cell.paragraphs:
                if says(paragraph):
                    if writer.at > at:
                        writer.put(LINE_OF_CELL)
                    layout.places.append(writer.at)
                    layout.origins.append(paragraph.origin)
                    notes.extend((note, writer.at) for note in paragraph.notes)
                    words = _plain(paragraph.text.strip(), LINE_OF_CELL)
                    writer.put(_shown(paragraph.label, words) + words if paragraph.label else words)
            squares.append(Square(at, writer.at, cell.rows, cell.columns))
        writer.put("\n")
        rows.append(squares)
    layout.grids.append(Grid(start, writer.at, rows, table.heads))
