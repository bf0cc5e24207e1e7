"""PDF files that hold text: lines joined to paragraphs by their places, ruled tables, running headers apart.

A PDF file knows glyphs and strokes only. What is one paragraph or one table is judged by where they stand.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import takewhile

from planparse.errors import InputError
from planparse.extras import need
from planparse.readers.blocks import Block, Content, Paragraph
from planparse.readers.print.lines import Line, Sheet, read_lines, split_columns
from planparse.readers.print.margins import find_running
from planparse.readers.print.paragraphs import Setting, find_edges, find_flush, goes_on, join_texts, usual_pitch
from planparse.readers.print.rules import find_frames
from planparse.readers.print.tables import Table, append, is_continued, take_tables, to_grid
from planparse.source import PAGE, Origin

MEDIA_TYPE = "application/pdf"
LARGER = 1.15
"""A title is larger than body text by this factor at least, and stands among the first lines."""
FIRST_LINES = 5
PICTURED = 0.5
"""A page without text that pictures cover by this share shows its text in them."""
DRAWN = 100
"""So does one with this many curves."""


@dataclass(slots=True)
class _Page:
    number: int
    width: float
    height: float
    columns: int
    lines: list[Line] = field(default_factory=list)
    """Outside tables, in reading order."""
    tables: list[Table] = field(default_factory=list)
    watermark: str = ""
    order: list[tuple[int, Line | Table]] = field(default_factory=list)
    """Lines and tables in reading order, with the column they stand in."""


def read(data: bytes, name: str, encoding: str | None = None) -> Content:
    """The text of a PDF file.

    Args:
        data: The file.
        name: What messages call it.
        encoding: Means nothing here.

    Raises:
        InputError: The file is damaged, needs a password, or holds no text that can be read.
        PlanparseError: The package that opens PDF files is not installed.
    """
    del encoding
    need("pdfminer")
    from planparse.readers.print.pages import read_sheets

    content = Content([], MEDIA_TYPE)
    pages: list[_Page] = []
    pictured = glyphs = unmapped = 0
    with _quiet():
        for sheet in read_sheets(data, name, content.notices):
            glyphs += len(sheet.glyphs) + len(sheet.slanted)
            unmapped += sheet.unmapped
            if not sheet.glyphs and (sheet.pictured >= PICTURED or sheet.drawn >= DRAWN):
                pictured += 1
                content.notices.append(("picture_page", {"page": sheet.number}))
            pages.append(_page(sheet))
    if not any(page.order or page.watermark for page in pages) and pictured:
        raise InputError("{name}: this PDF file holds pictures only, no text; recognise its text (OCR) first", name=name)
    if unmapped > glyphs / 2:
        raise InputError("{name}: this PDF file does not say which letters it shows; recognise its text (OCR) first", name=name)
    if unmapped:
        content.notices.append(("unmapped_letters", {"count": unmapped}))
    joined = _assemble(pages, content.blocks)
    if joined:
        content.notices.append(("joined_lines", {"count": joined}))
    return content


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps the packages that open the file from logging what they find odd."""
    loggers = [logging.getLogger("pdfminer")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _page(sheet: Sheet) -> _Page:
    """Lines and tables of a page in reading order; the glyphs are forgotten."""
    tables, outside = take_tables(find_frames(sheet.strokes), sheet.glyphs)
    columns = [outside] if tables else split_columns(outside, sheet.width)
    page = _Page(sheet.number, sheet.width, sheet.height, len(columns), tables=tables)
    for k, column in enumerate(columns):
        blocks: list[tuple[int, Line | Table]] = [(k, block) for block in (*read_lines(column), *(tables if not k else ()))]
        page.order.extend(sorted(blocks, key=lambda block: block[1].top))
    page.lines = [block for _, block in page.order if isinstance(block, Line)]
    page.watermark = "".join(glyph.text for glyph in sheet.slanted).strip()
    return page


def _assemble(pages: Sequence[_Page], blocks: list[Block]) -> int:
    """Fills in the blocks of all pages; returns how many lines were joined."""
    size = _body_size(pages)
    running = find_running([(page.height, page.lines) for page in pages], size)
    aside = running.numbers | running.headers
    margins: list[tuple[int, Line, str]] = []
    for k, page in enumerate(pages):
        at = {id(line): (k, j) for j, line in enumerate(page.lines)}
        margins.extend(
            (page.number, line, "page_navigation" if at[id(line)] in running.numbers else "page_header")
            for line in page.lines
            if at[id(line)] in aside
        )
        page.order = [entry for entry in page.order if isinstance(entry[1], Table) or at[id(entry[1])] not in aside]
    title = _title(pages[0], size) if pages else []
    joined = _Writer(pages, title).write(blocks)
    seen: set[tuple[str, str]] = set()
    words = [(number, line.text, reason) for number, line, reason in margins]
    words += [(page.number, page.watermark, "page_header") for page in pages if page.watermark]
    for number, text, reason in sorted(words, key=lambda entry: entry[2]):
        if (text, reason) not in seen:
            seen.add((text, reason))
            blocks.append(Paragraph(text, Origin(PAGE, (number,)), debris=reason))
    return joined


def _body_size(pages: Sequence[_Page]) -> float:
    """The size most letters have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in (*page.lines, *(line for table in page.tables for slot in table.slots for line in slot.lines)):
            sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 1.0


def _title(page: _Page, size: float) -> list[Line]:
    """The largest lines of the first page, if they stand at the top, one below the other, and are larger than body text."""
    largest = max((block.size for _, block in page.order if isinstance(block, Line)), default=0.0)
    large = [isinstance(block, Line) and block.size >= 0.97 * largest for _, block in page.order]
    if largest < LARGER * size or True not in large[:FIRST_LINES]:
        return []
    after = page.order[large.index(True) : FIRST_LINES]
    return [
        block
        for _, block in takewhile(lambda entry: isinstance(entry[1], Line) and entry[1].size >= 0.97 * largest, after)
        if isinstance(block, Line)
    ]


class _Writer:
    """Joins lines to paragraphs and pieces to tables, page after page."""

    def __init__(self, pages: Sequence[_Page], title: Sequence[Line]) -> None:
        self.pages = pages
        self.title = title
        self.settings = _settings(pages)

    def write(self, blocks: list[Block]) -> int:
        """Adds all blocks; returns how many lines were joined."""
        joined = tables = 0
        held: list[Line] = []
        began = 0
        open_table: Table | None = None
        place = (0, -1)

        def close() -> None:
            nonlocal joined, tables, open_table
            if held:
                joined += len(held) - 1
                blocks.append(Paragraph(join_texts(held), Origin(PAGE, (began,)), title=any(held[0] is line for line in self.title)))
                held.clear()
            if open_table is not None:
                tables += 1
                grid, count = to_grid(open_table, tables)
                joined += count
                blocks.append(grid)
                open_table = None

        for page in self.pages:
            for column, block in page.order:
                new = place != (page.number, column)
                next_page = place[0] + 1 == page.number
                place = (page.number, column)
                if isinstance(block, Table):
                    if open_table is not None and new and next_page and is_continued(open_table, block):
                        append(open_table, block)
                        continue
                    close()
                    open_table = block
                    continue
                setting = self.settings[page.width, page.columns, column]
                if held and open_table is None and (goes_on(held, block, setting, new_page=new) or self._wraps(held[-1], block, setting)):
                    held.append(block)
                    continue
                close()
                held.append(block)
                began = page.number
        close()
        return joined

    def _wraps(self, above: Line, below: Line, setting: Setting) -> bool:
        """Whether a line of the title goes on in the next because it fills the width."""
        if not all(any(line is other for other in self.title) for line in (above, below)):
            return False
        room = setting.edges.right - setting.edges.left
        return above.x1 - above.x0 + below.head > room and below.top - above.top < 2 * above.size


def _settings(pages: Sequence[_Page]) -> dict[tuple[float, int, int], Setting]:
    """How text is set on pages of each width, in each column."""
    runs: dict[tuple[float, int, int], list[list[Line]]] = {}
    for page in pages:
        for column in range(page.columns):
            lines = [block for k, block in page.order if k == column and isinstance(block, Line)]
            if lines:
                runs.setdefault((page.width, page.columns, column), []).append(lines)
    pitch = usual_pitch(lines for held in runs.values() for lines in held)
    found = {}
    for key, held in runs.items():
        lines = [line for run in held for line in run]
        # A column has margins of its own: that the page's are like each other says nothing of it.
        width = key[0] if key[1] == 1 else max(line.x1 for line in lines) + min(line.x0 for line in lines)
        edges = find_edges(lines, width)
        found[key] = Setting(edges, pitch, find_flush(held, edges))
    return found
