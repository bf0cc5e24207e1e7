"""Laws that hold for every file a reader may hand in: any paragraphs, labels, tables and notes, however odd."""

import json
import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from test_laws import DATES, DEBRIS, INVISIBLE, MARKS, TABLES, WORDS, everything, hold_own_words, span, texts, visible, walk

from planparse.model import Document
from planparse.readers.blocks import Cell, Content, Grid, Label, Note, Paragraph
from planparse.readers.render import LINE_OF_CELL, build
from planparse.readers.squares import Table, unwrap
from planparse.readers.word.formats import FORMATS
from planparse.source import CELL, NOTE, PARAGRAPH, Origin
from planparse.syntax.parse import Parsed
from planparse.writers.json import write

laws = settings(max_examples=100, deadline=None, derandomize=True)

FRAMES = ["{}、", "（{}）", "({})", "{}.", "{}", "第{}章", "第{}条", "{})", "任务{}：", "§{}", "{}.{}", "{} {}", "{}\n", "\t{}", "%1"]
BULLETS = ["●", "◆", "-", "■", "□", "→", "*", "●●", "\u200b"]


@st.composite
def labels(draw):
    """A label as some program may show it; its value need not be the one that is written."""
    level = draw(st.integers(0, 12))
    suffix = draw(st.sampled_from(["tab", "space", "nothing"]))
    if draw(st.integers(0, 3)) == 0:
        return Label(draw(st.sampled_from(BULLETS)), 0, level, suffix, bullet=True)
    value = draw(st.integers(1, 5) | st.integers(0, 3000))
    form = FORMATS[draw(st.sampled_from(sorted(FORMATS)))]
    text = draw(st.sampled_from(FRAMES)).format(form(value), draw(st.integers(1, 9)))
    return Label(text, value if draw(st.integers(0, 9)) else draw(st.integers(0, 9)), level, suffix)


words = st.lists(st.sampled_from([*WORDS, *DATES, *DEBRIS, *TABLES, *MARKS, "\n", "\t", "\v", "\x01", "\ud800"]), max_size=5).map("".join)
words |= st.sampled_from(WORDS) | texts
entries = words | st.sampled_from([*TABLES, *DATES, "", ""])
debris = st.sampled_from(["", "", "", "", "", "", "page_header", "contents", "page_navigation"])


@st.composite
def paragraphs(draw, texts=words, *, plain=False):
    """A paragraph; `plain`: as it stands in a cell, where only text, label and notes count. Origins are given out later."""
    paragraph = Paragraph(draw(texts), Origin("", ()), draw(st.none() | st.none() | labels()))
    if draw(st.integers(0, 9)) == 0:
        roles = st.sampled_from(["footnote", "endnote", "comment"])
        paragraph.notes = draw(st.lists(st.builds(Note, roles, words, st.just(Origin("", ()))), max_size=2))
    if not plain:
        paragraph.outline = draw(st.sampled_from([0, 0, 0, 1, 2, 3, 9]))
        paragraph.title, paragraph.right = draw(st.integers(0, 9)) == 0, draw(st.integers(0, 9)) == 0
        paragraph.debris = draw(debris)
    return paragraph


spans = st.sampled_from([1, 1, 1, 1, 1, 2, 3, 7, 10**9])
cells = st.builds(Cell, st.lists(paragraphs(entries, plain=True), max_size=2), spans, spans.map(lambda span: min(span, 1000)))
grids = st.builds(Grid, st.lists(st.lists(cells, max_size=4), max_size=5), st.integers(0, 3), st.booleans())


@st.composite
def contents(draw):
    """All that a file may hold. Every paragraph and note has an origin of its own."""
    content = Content(draw(st.lists(paragraphs() | grids, max_size=8)), "text/x-any")
    count = 0
    for block in content.blocks:
        held = (
            [block] if isinstance(block, Paragraph) else [paragraph for row in block.rows for cell in row for paragraph in cell.paragraphs]
        )
        for paragraph in held:
            count += 1
            paragraph.origin = Origin(PARAGRAPH, (count,)) if isinstance(block, Paragraph) else Origin(CELL, (count, 1, 1))
            for note in paragraph.notes:
                count += 1
                note.origin = Origin(NOTE[note.role], (count,))
    return content


def parsed(content):
    parsing = Parsed(build(content, "-", b""))
    return parsing, json.loads("".join(write(parsing)))


def held(content):
    """The paragraphs that a reader handed in, in order."""
    for block in content.blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from (paragraph for row in block.rows for cell in row for paragraph in cell.paragraphs)


# -- the text -------------------------------------------------------------------------------------------------------


@laws
@given(contents())
def test_the_text_is_all_paragraphs_in_order(content):
    """Labels and words, and nothing else but blanks; notes come last."""
    source = build(content, "-", b"")
    end = source.layout.body_end
    shown = [(paragraph.label.text if paragraph.label else "") + paragraph.text for paragraph in held(content) if says(paragraph)]
    notes = [note.text for paragraph in held(content) if says(paragraph) for note in paragraph.notes]
    assert stripped(source.text[:end]) == stripped("".join(shown))
    assert stripped(source.text[end:]) == stripped("".join(notes))


def says(paragraph):
    """A bullet without words is not shown in a table."""
    return (
        bool(paragraph.text.strip()) or (paragraph.label is not None and not paragraph.label.bullet) or paragraph.origin.form == PARAGRAPH
    )


def stripped(text):
    return re.sub("[\\s\\x00-\\x1f\\x7f]+", "", text).replace("\ud800", "\ufffd")


@laws
@given(contents())
def test_rendering_and_parsing_twice_gives_the_same(content):
    first, second = build(content, "-", b""), build(content, "-", b"")
    assert first.text == second.text
    for name in first.layout.__slots__:
        assert getattr(first.layout, name) == getattr(second.layout, name)
    assert parsed(content)[1] == parsed(content)[1]


@laws
@given(contents())
def test_offsets_are_those_of_lines_and_squares(content):
    source = build(content, "-", b"")
    layout = source.layout
    assert layout.places == sorted(layout.places)
    assert len(layout.places) == len(layout.origins)
    begins = set(source.line_starts)
    for keys in (layout.marks, layout.headings, layout.titles, layout.right, layout.debris):
        assert set(keys) <= begins
    for start, mark in layout.marks.items():
        assert start < mark.end
        assert "\n" not in source.text[start : mark.end]
    for aside in layout.asides:
        assert layout.body_end <= aside.start <= aside.end <= len(source.text)
        assert aside.anchor < layout.body_end


@laws
@given(contents())
def test_a_grid_has_all_its_squares(content):
    """Rows are equally long, spans stay inside, what a cell covers is empty and is covered by no other."""
    source = build(content, "-", b"")
    for grid in source.layout.grids:
        lines = source.text[grid.start : grid.end].split("\n")
        assert len(lines) == len(grid.rows) + 1
        assert len({len(row) for row in grid.rows}) == 1
        assert grid.heads >= 0
        covered = Counter()
        for r, (row, line) in enumerate(zip(grid.rows, lines, strict=False)):
            assert [source.text[square.start : square.end] for square in row] == line.split("\t")
            for c, square in enumerate(row):
                assert square.rows <= len(grid.rows) - r
                assert square.columns <= len(row) - c
                covered.update((r + i, c + k) for i in range(square.rows) for k in range(square.columns))
                assert square.start == square.end or (square.rows, square.columns) >= (1, 1)
        assert set(covered.values()) <= {1}
        assert set(covered) == {(r, c) for r, row in enumerate(grid.rows) for c in range(len(row))}


@laws
@given(grids)
def test_unwrapping_loses_no_text(grid):
    wanted = [paragraph.text for row in grid.rows for cell in row for paragraph in cell.paragraphs if paragraph.text.strip()]
    found = []
    for part in unwrap(grid):
        held = [part] if isinstance(part, Paragraph) else [p for row in part.rows for cell in row if cell for p in cell.paragraphs]
        found += [paragraph.text for paragraph in held if paragraph.text.strip()]
        if isinstance(part, Table):
            assert len(part.rows) >= 1
    assert found == wanted


# -- the document -----------------------------------------------------------------------------------------------------


@laws
@given(contents())
def test_json_and_models_say_the_same(content):
    _, document = parsed(content)
    assert Document.model_validate(document).model_dump(mode="json") == document


@laws
@given(contents())
def test_every_visible_character_lies_in_one_node(content):
    """In a plan, a stray node or a note; or it is a recorded repair, or a mark of Markdown."""
    parsing, document = parsed(content)
    text = re.sub(r"\\(?=[\\*`|])|(?i:<br ?/?>)", lambda mark: " " * len(mark[0]), parsing.source.text)
    rest = list(text)
    for start, end in sorted(map(span, (*document["plans"], *document["stray"], *document["notes"]))):
        assert all(rest[start:end]), "two nodes at the top overlap"
        rest[start:end] = [""] * (end - start)
    for start, end in map(span, document["repairs"]):
        rest[start:end] = [""] * (end - start)
    assert visible("".join(rest)) == ""


@laws
@given(contents())
def test_children_lie_inside_and_side_by_side(content):
    _, document = parsed(content)
    for node in everything(document):
        start, end = span(node)
        for child in sorted(nodes_below(node), key=span):
            assert start <= span(child)[0] <= span(child)[1] <= end, (node, child)
            start = span(child)[1]


def nodes_below(node):
    lists = [value for key, value in node.items() if isinstance(value, list) and key in ("subtitles", "children", "items", "notes")]
    return [child for nodes in lists for child in nodes]


@laws
@given(contents())
def test_own_words_are_number_heading_and_text(content):
    """A node's own stretch, mended, holds its number, heading and text in this order, and besides only marks."""
    hold_own_words(*parsed(content), ("section", "paragraph", "title", "signature"))


@laws
@given(contents())
def test_every_origin_is_one_of_the_file(content):
    _, document = parsed(content)
    known = {str(paragraph.origin) for paragraph in held(content)}
    known |= {str(note.origin) for paragraph in held(content) for note in paragraph.notes}
    for node in (*everything(document), *document["notes"]):
        origin = node["position"].get("origin")
        assert origin in known, node


@laws
@given(contents())
def test_what_the_file_calls_debris_is_in_no_plan(content):
    _, document = parsed(content)
    outside = {str(paragraph.origin) for paragraph in held(content) if paragraph.debris}
    for plan in document["plans"]:
        for node in walk(plan):
            if node["type"] in ("section", "paragraph", "schedule", "table", "signature"):
                assert node["position"]["origin"] not in outside, node


@laws
@given(contents())
def test_tables_keep_the_cells_of_the_file(content):
    """A table's cells are the squares of a grid of the file, wherever it was made from one."""
    parsing, document = parsed(content)
    squares = {
        INVISIBLE.sub("", text[square.start : square.end].replace(LINE_OF_CELL, ""))
        for text, layout in [(parsing.work, parsing.source.layout)]
        for grid in layout.grids
        for row in grid.rows
        for square in row
    }
    for node in everything(document):
        start, _ = span(node)
        if node["type"] == "table" and any(grid.start <= start < grid.end for grid in parsing.source.layout.grids):
            for row in node["rows"]:
                assert {visible(cell) for cell in row} <= squares | {""}
