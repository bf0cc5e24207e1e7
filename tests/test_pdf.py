"""PDF files: paragraphs, ruled tables, margins, and files that hold no text. Half of them are drawn by hand, half by LibreOffice."""

import functools
import json
import re
import subprocess
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.errors import InputError
from planparse.readers import pdf
from planparse.readers.blocks import Grid, Paragraph
from planparse.source import CELL, PAGE, Origin

pytest.importorskip("pdfminer", reason="reading PDF files needs the extra planparse[pdf]")


# --- PDF files drawn by hand: Latin letters and lines ---------------------------------------------------------------------------


def build(*pages, media="0 0 400 300", extra=(), trailer=""):
    """A PDF file with one content stream a page; object 3 is Helvetica as /F1. `extra` are more objects, from 4 on."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", *extra]
    kids = []
    names = " ".join(f"/X{4 + k} {4 + k} 0 R" for k in range(len(extra)))
    for page in pages:
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{media}] /Contents {len(objects) + 2} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> /XObject << {names} >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
        objects.append(f"<< /Filter [   ] /Length {len(page)} >>\nstream\n{page}\nendstream")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out, places = b"%PDF-1.4\n", []
    for k, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{k} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\n"
    return out + f"{end}startxref\n{len(out)}\n%%EOF\n".encode()


def show(x, y, text, size=10):
    return f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n"


def lines(*segments):
    return "".join(f"{a} {b} m {c} {d} l S\n" for a, b, c, d in segments)


def ruled(xs, ys):
    """All lines of a grid; ys count upwards."""
    return lines(*((x, ys[0], x, ys[-1]) for x in xs), *((xs[0], y, xs[-1], y) for y in ys))


def texts(content):
    return [block.text for block in content.blocks if isinstance(block, Paragraph) and not block.debris]


def grids(content):
    return [block for block in content.blocks if isinstance(block, Grid)]


def cells(grid):
    """Rows of cells: the text, its lines parted by a slash, with the spans of a merged cell."""
    return [[_cell(cell) for cell in row] for row in grid.rows]


def _cell(cell):
    text = "/".join(paragraph.text for paragraph in cell.paragraphs)
    return (text, cell.rows, cell.columns) if cell.rows * cell.columns > 1 else text


def debris(content):
    return [(block.debris, block.text) for block in content.blocks if isinstance(block, Paragraph) and block.debris]


def names(content):
    return [name for name, _ in content.notices]


def test_lines_in_reading_order_whatever_the_order_drawn():
    content = pdf.read(build(show(40, 100, "Third") + show(40, 250, "First") + show(40, 200, "Second")), "a.pdf")
    assert texts(content) == ["First", "Second", "Third"]
    assert content.media_type == "application/pdf"
    assert content.blocks[0].origin == Origin(PAGE, (1,))


def test_a_gap_parts_words_and_a_wide_gap_parts_items():
    page = "BT /F1 10 Tf 40 200 Td [(Staff) -400 (meeting)] TJ ET\n" + show(200, 200, "Hall")
    assert texts(pdf.read(build(page), "a.pdf")) == ["Staff meeting  Hall"]


def test_kerning_parts_no_word():
    assert texts(pdf.read(build("BT /F1 10 Tf 40 200 Td [(W) -80 (eek)] TJ ET\n"), "a.pdf")) == ["Week"]


def test_letters_drawn_twice_to_look_bold_stand_once():
    page = show(40, 200, "Week 11") + show(40.3, 200, "Week 11")
    assert texts(pdf.read(build(page), "a.pdf")) == ["Week 11"]


FULL = "the committee meets in the large hall on every first Monday at nine sharp"


def test_a_full_line_goes_on_in_the_next():
    page = show(40, 250, FULL) + show(40, 236, "and the minutes are sent to all staff.") + show(40, 222, "Parents are told.")
    content = pdf.read(build(page), "a.pdf")
    assert texts(content) == [FULL + " and the minutes are sent to all staff.", "Parents are told."]
    assert ("joined_lines", {"count": 1}) in content.notices


@pytest.mark.parametrize(
    ("x", "y", "size", "why"),
    [(62, 236, 10, "an indentation"), (40, 220, 10, "a distance"), (40, 236, 8, "another size")],
)
def test_what_begins_a_paragraph_after_a_full_line(x, y, size, why):
    page = show(40, 250, FULL) + show(x, y, "minutes follow", size) + show(40, 150, "a") + show(40, 136, "b") + show(40, 122, "c")
    assert texts(pdf.read(build(page), "a.pdf"))[:2] == [FULL, "minutes follow"], why


def test_a_label_begins_a_paragraph_after_a_full_line():
    page = show(40, 250, FULL) + show(40, 236, "2. Minutes are sent to all staff.")
    assert texts(pdf.read(build(page), "a.pdf")) == [FULL, "2. Minutes are sent to all staff."]


def test_short_lines_of_one_length_stay_apart():
    page = "".join(show(40, 250 - 14 * k, f"{k}9 Sept. sports day") for k in range(9))
    assert len(texts(pdf.read(build(page), "a.pdf"))) == 9


def test_a_label_hangs_over_the_lines_that_follow():
    first = "1. the board meets in the large hall on every first Monday at nine sharp"
    page = (
        show(40, 250, first)
        + show(51, 236, "and the minutes are sent to all the staff and to the parents on Friday")
        + show(51, 222, "in May.")
    )
    assert len(texts(pdf.read(build(page), "a.pdf"))) == 1


def test_a_paragraph_goes_on_over_a_page_break_unless_it_ended():
    first, second = show(40, 20, FULL), show(40, 270, "and minutes follow.")
    content = pdf.read(build(first, second), "a.pdf")
    assert texts(content) == [FULL + " and minutes follow."]
    assert content.blocks[0].origin == Origin(PAGE, (1,))
    assert texts(pdf.read(build(show(40, 20, FULL[:-1] + "."), second), "a.pdf")) == [FULL[:-1] + ".", "and minutes follow."]


def test_the_lines_of_a_title_are_paragraphs_of_their_own():
    page = show(120, 270, "Green Valley School", 18) + show(120, 246, "Plan of Work", 18) + show(40, 200, FULL)
    assert [block.text for block in pdf.read(build(page), "a.pdf").blocks if block.title] == ["Green Valley School", "Plan of Work"]


def test_the_largest_line_at_the_top_is_the_title():
    page = show(120, 260, "Plan of Work", 18) + show(120, 235, "Autumn Term", 14) + show(40, 200, "Meetings") + show(40, 180, "Sports day")
    content = pdf.read(build(page), "a.pdf")
    assert [block.text for block in content.blocks if block.title] == ["Plan of Work"]


def test_no_title_where_all_is_of_one_size_or_the_large_line_stands_below():
    low = "".join(show(40, 270 - 14 * k, f"Item {k}") for k in range(8)) + show(40, 100, "LARGE", 20)
    for page in (show(40, 260, "Plan") + show(40, 240, "Work"), low):
        assert not [block for block in pdf.read(build(page), "a.pdf").blocks if block.title]


def test_a_ruled_table():
    page = show(40, 260, "Before") + ruled([40, 140, 340], [100, 120, 140]) + show(44, 126, "Week") + show(144, 126, "Work")
    page += show(44, 106, "1") + show(144, 106, "Meeting") + show(40, 60, "After")
    content = pdf.read(build(page), "a.pdf")
    assert [type(block) for block in content.blocks] == [Paragraph, Grid, Paragraph]
    assert cells(grids(content)[0]) == [["Week", "Work"], ["1", "Meeting"]]
    assert grids(content)[0].rows[1][1].paragraphs[0].origin == Origin(CELL, (1, 2, 2))


def test_merged_cells_span_what_no_line_parts():
    page = lines((40, 100, 340, 100), (40, 160, 340, 160), (140, 120, 340, 120), (40, 140, 340, 140))
    page += lines((40, 100, 40, 160), (140, 100, 140, 140), (240, 100, 240, 140), (340, 100, 340, 160))
    page += (
        show(44, 146, "Title")
        + show(44, 116, "Week 1")
        + show(144, 126, "a")
        + show(244, 126, "b")
        + show(144, 106, "c")
        + show(244, 106, "d")
    )
    assert cells(grids(pdf.read(build(page), "a.pdf"))[0]) == [[("Title", 1, 3)], [("Week 1", 2, 1), "a", "b"], ["c", "d"]]


def test_lines_drawn_as_thin_boxes_and_double_lines_are_lines():
    page = "".join(f"{x} 100 1 40 re f\n" for x in (40, 140, 340)) + "".join(
        f"40 {y} 301 1 re f\n40 {y + 2} 301 1 re f\n" for y in (100, 120, 140)
    )
    page += show(44, 126, "a") + show(144, 126, "b") + show(44, 106, "c") + show(144, 106, "d")
    assert cells(grids(pdf.read(build(page), "a.pdf"))[0]) == [["a", "b"], ["c", "d"]]


def test_a_table_without_lines_at_its_sides():
    page = lines((40, 100, 340, 100), (40, 120, 340, 120), (40, 140, 340, 140), (140, 100, 140, 140))
    page += show(44, 126, "a") + show(144, 126, "b") + show(44, 106, "c") + show(144, 106, "d")
    assert cells(grids(pdf.read(build(page), "a.pdf"))[0]) == [["a", "b"], ["c", "d"]]


def test_frames_underlines_and_drawings_are_no_tables():
    frame = "20 20 360 260 re S\n" + show(40, 200, "In a frame") + lines((40, 196, 90, 196), (40, 100, 340, 100))
    assert [type(block) for block in pdf.read(build(frame), "a.pdf").blocks] == [Paragraph]
    squares = show(40, 200, "Draw here") + ruled([40, 80, 120], [40, 80, 120])
    assert [type(block) for block in pdf.read(build(squares), "a.pdf").blocks] == [Paragraph]


def test_lines_of_a_cell_join_where_the_cell_was_too_narrow():
    page = ruled([40, 110, 340], [60, 140]) + show(44, 128, "Opening of the") + show(44, 116, "new library") + show(144, 128, "Choir")
    page += show(144, 116, "Football")
    content = pdf.read(build(page), "a.pdf")
    assert cells(grids(content)[0]) == [["Opening of the new library", "Choir/Football"]]
    assert ("joined_lines", {"count": 1}) in content.notices


def test_a_label_in_a_full_cell_begins_a_line():
    page = ruled([40, 110, 340], [60, 140]) + show(44, 128, "1. Opening the") + show(44, 116, "2. Choir") + show(144, 128, "x")
    assert cells(grids(pdf.read(build(page), "a.pdf"))[0]) == [["1. Opening the/2. Choir", "x"]]


def table_page(rows, top=260, xs=(40, 120, 340)):
    ys = [top - 20 * k for k in range(len(rows) + 1)]
    words = "".join(show(x + 4, y - 14, text) for y, row in zip(ys, rows, strict=False) for x, text in zip(xs, row, strict=False) if text)
    return ruled(xs, ys[::-1]) + words


HEAD = ("Week", "Work")


def test_a_table_goes_on_on_the_next_page_and_its_repeated_head_goes():
    content = pdf.read(build(table_page([HEAD, ("1", "Choir.")]), table_page([HEAD, ("2", "Football.")])), "a.pdf")
    assert [cells(grid) for grid in grids(content)] == [[["Week", "Work"], ["1", "Choir."], ["2", "Football."]]]
    assert grids(content)[0].heads == 1
    assert grids(content)[0].rows[2][0].paragraphs[0].origin == Origin(CELL, (1, 3, 1))


def test_tables_apart_are_tables_of_their_own():
    between = table_page([HEAD, ("1", "Choir.")]), show(40, 280, "Second term") + table_page([HEAD, ("2", "Football.")])
    assert len(grids(pdf.read(build(*between), "a.pdf"))) == 2
    other = table_page([HEAD, ("1", "Choir.")]), table_page([HEAD, ("2", "Football.")], xs=(40, 200, 340))
    assert len(grids(pdf.read(build(*other), "a.pdf"))) == 2
    empty_page = table_page([HEAD, ("1", "Choir.")]), "", table_page([HEAD, ("2", "Football.")])
    assert len(grids(pdf.read(build(*empty_page), "a.pdf"))) == 2


def test_a_row_cut_by_the_page_break_is_made_whole():
    first = table_page([HEAD, ("1", "Opening of the new library by the mayor and the")])
    second = table_page([("", "head teacher"), ("2", "Football.")])
    assert cells(grids(pdf.read(build(first, second), "a.pdf"))[0]) == [
        ["Week", "Work"], ["1", "Opening of the new library by the mayor and the head teacher"], ["2", "Football."],
    ]  # fmt: skip


def test_a_merged_cell_goes_on_after_the_page_break():
    walls = lines(
        (40, 200, 40, 260), (120, 200, 120, 260), (340, 200, 340, 260), (40, 260, 340, 260), (120, 240, 340, 240), (40, 200, 340, 200)
    )
    walls += lines((120, 220, 340, 220)) + show(44, 246, "May") + show(124, 246, "a.") + show(124, 226, "b.") + show(124, 206, "c.")
    rest = walls.replace("(May) Tj", "() Tj").replace("(a.)", "(d.)").replace("(b.)", "(e.)").replace("(c.)", "(f.)")
    assert cells(grids(pdf.read(build(walls, rest), "a.pdf"))[0]) == [[("May", 6, 1), "a."], ["b."], ["c."], ["d."], ["e."], ["f."]]


@pytest.mark.parametrize("form", ["- {} -", "Page {} of 3", "{}/3", "{}"])
def test_page_numbers_stand_apart_at_the_end(form):
    pages = [show(40, 250, f"Work of part {chr(96 + k)}.") + show(190, 15, form.format(k)) for k in (1, 2, 3)]
    content = pdf.read(build(*pages), "a.pdf")
    assert texts(content) == ["Work of part a.", "Work of part b.", "Work of part c."]
    assert debris(content) == [("page_navigation", form.format(k)) for k in (1, 2, 3)]
    assert content.blocks[-1].origin == Origin(PAGE, (3,))


def test_numbers_that_do_not_count_with_the_pages_are_text():
    pages = [show(40, 250, "Pupils:") + show(190, 15, str(count)) for count in (31, 28, 30)]
    assert texts(pdf.read(build(*pages), "a.pdf")) == ["Pupils:", "31", "Pupils:", "28", "Pupils:", "30"]


def test_a_running_header_stands_once_at_the_end():
    pages = [show(40, 280, "Green Valley School") + show(40, 200, f"Work of part {k}.") for k in "abc"]
    content = pdf.read(build(*pages), "a.pdf")
    assert texts(content) == ["Work of part a.", "Work of part b.", "Work of part c."]
    assert debris(content) == [("page_header", "Green Valley School")]


def test_a_title_on_every_page_is_no_header():
    pages = [show(40, 275, "Week Plan", 18) + "".join(show(40, 200 - 14 * k, f"Work of part {k}.") for k in range(9)) for _ in "ab"]
    assert texts(pdf.read(build(*pages), "a.pdf")).count("Week Plan") == 2


def test_turned_text_is_a_watermark():
    page = show(40, 200, "Meeting") + "BT /F1 40 Tf 0.7 0.7 -0.7 0.7 100 50 Tm (DRAFT) Tj ET\n"
    content = pdf.read(build(page), "a.pdf")
    assert texts(content) == ["Meeting"]
    assert debris(content) == [("page_header", "DRAFT")]


PICTURE = (
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\n0\nendstream"
)
SHOWN = "q 400 0 0 300 0 0 cm /X4 Do Q\n"


def test_a_scanned_file_is_refused_with_what_to_do():
    with pytest.raises(InputError, match=r"^a\.pdf: this PDF file holds pictures only, no text; recognise its text \(OCR\) first$"):
        pdf.read(build(SHOWN, SHOWN, extra=[PICTURE]), "a.pdf")


def test_a_scanned_page_among_others_is_told():
    content = pdf.read(build(show(40, 200, "Meeting"), SHOWN, extra=[PICTURE]), "a.pdf")
    assert texts(content) == ["Meeting"]
    assert content.notices == [("picture_page", {"page": 2})]


def test_an_empty_page_is_an_empty_text():
    assert pdf.read(build(""), "a.pdf").blocks == []


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4\n", b"%PDF-1.7\n" + b"\0" * 500, build(show(40, 200, "a"))[:300], b"%PDF-1.4\ntrailer << /Root 9 0 R >>"]
)
def test_a_damaged_file_is_refused(data):
    with pytest.raises(InputError, match=r"^a\.pdf: this PDF file is damaged"):
        pdf.read(data, "a.pdf")


def test_a_damaged_table_of_objects_is_rebuilt():
    data = build(show(40, 200, "Meeting"))
    assert texts(pdf.read(data.replace(b"\nxref", b"\nxxxx"), "a.pdf")) == ["Meeting"]


def test_a_page_that_cannot_be_read_is_told_and_the_others_are_read():
    data = build(show(40, 200, "One"), show(40, 200, "Two")).replace(b"/Filter [   ]", b"/Filter /None", 1)
    content = pdf.read(data, "a.pdf")
    assert texts(content) == ["Two"]
    assert content.notices == [("page_unreadable", {"page": 1})]


def test_broken_commands_and_boundless_numbers_stop_nothing():
    page = "1e30 0 0 1 0 0 cm 5 5 m 9 9 l S [ ( << /A " + "(" * 500 + "\nBT /F1 1e40 Tf 1e39 1e39 Td (far) Tj ET"
    content = pdf.read(build(page, show(40, 200, "Two")), "a.pdf")
    assert "Two" in "".join(texts(content))


def test_forms_that_double_without_end_are_cut(monkeypatch):
    from planparse.readers.print import pages

    monkeypatch.setattr(pages, "MOST_DRAWN", 1 << 20)
    forms = [
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /F1 3 0 R >> /XObject << /X {k + 5} 0 R >> >> "
        f"/Length 60 >>\nstream\n{'/X Do ' * 10}\nendstream"
        for k in range(12)
    ]  # fmt: skip
    forms.append("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 3 >>\nstream\nq Q\nendstream")
    content = pdf.read(build(show(40, 200, "Meeting") + "/X4 Do\n", extra=forms), "a.pdf")
    assert texts(content) == ["Meeting"]
    assert content.notices == [("page_cut", {"page": 1})]


def test_more_letters_than_a_page_can_have_are_cut(monkeypatch):
    from planparse.readers.print import pages

    monkeypatch.setattr(pages, "MOST_ON_A_PAGE", 9)
    content = pdf.read(build(show(40, 200, "Sports day and more")), "a.pdf")
    assert texts(content) == ["Sports da"]
    assert content.notices == [("page_cut", {"page": 1})]


@pytest.mark.parametrize(("limit", "value"), [("MOST_PAGES", 2), ("MOST_CHARACTERS", 5)])
def test_more_pages_than_a_file_can_have_are_left_out(monkeypatch, limit, value):
    from planparse.readers.print import pages

    monkeypatch.setattr(pages, limit, value)
    content = pdf.read(build(*(show(40, 200, f"One {k}") for k in "abc")), "a.pdf")
    assert texts(content) == ["One a", "One b"]
    assert content.notices == [("pages_left_out", {"page": 3})]


def test_a_file_that_unpacks_to_too_much_is_refused(monkeypatch):
    from planparse.readers.print import pages

    monkeypatch.setattr(pages, "MOST_UNPACKED", 1 << 20)
    packed = zlib.compress(b"q Q " * (1 << 19)).decode("latin-1")
    with pytest.raises(InputError, match=r"^a\.pdf: this PDF file unpacks to more than 1 MB"):
        pdf.read(
            build(show(40, 200, "a"), extra=[f"<< /Filter /FlateDecode /Length {len(packed)} >>\nstream\n{packed}\nendstream"]), "a.pdf"
        )


def test_a_page_with_too_many_lines_is_a_drawing_not_a_table(monkeypatch):
    from planparse.readers.print import rules

    page = table_page([HEAD, ("1", "Choir.")])
    assert len(grids(pdf.read(build(page), "a.pdf"))) == 1
    monkeypatch.setattr(rules, "MOST_STROKES", 5)
    assert texts(pdf.read(build(page), "a.pdf")) == ["Week  Work", "1  Choir."]


def test_nothing_is_logged(caplog):
    pdf.read(build(show(40, 200, "One") + "/Nothing Do /F9 3 Tf (x) Tj"), "a.pdf")
    assert not caplog.records


def font(mapping, code="41"):
    """Objects 4 and 5: a font whose letter A shows `mapping`."""
    table = f"1 begincodespacerange <00> <ff> endcodespacerange\n1 beginbfchar <{code}> <{mapping}> endbfchar"
    return [
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>",
        f"<< /Length {len(table)} >>\nstream\n{table}\nendstream",
    ]


@pytest.mark.parametrize(("code", "letter"), [("2F49", "月"), ("2EC5", "见"), ("F06C", "●"), ("6708", "月"), ("00A0", "")])
def test_radicals_and_pictograms_become_the_letters_they_show(code, letter):
    data = build(show(40, 200, "A"), extra=font(code)).replace(b"/F1 3 0 R", b"/F1 4 0 R")
    assert texts(pdf.read(data, "a.pdf")) == ([letter] if letter else [])


WIDE = "1 begincodespacerange <00> <ff> endcodespacerange\n1 beginbfrange <00000000> %s <0041> endbfrange"


@pytest.mark.parametrize("last", ["<7FFFFFFF>", "% a note\n<7FFFFFFF>", "(\\177\\377\\377\\377)"])
def test_a_font_that_claims_billions_of_letters_loses_their_table(last):
    table = WIDE % last
    extra = [font("0041")[0], f"<< /Length {len(table)} >>\nstream\n{table}\nendstream"]
    data = build(show(40, 200, "A"), extra=extra).replace(b"/F1 3 0 R", b"/F1 4 0 R")
    assert texts(pdf.read(data, "a.pdf")) == ["A"]


def test_a_font_that_claims_billions_of_widths_loses_them():
    extra = [
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [5 0 R] /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /FontDescriptor << /FontName /X >> /W [0 1999999999 500] >>",
        font("0041", "4141")[1],
    ]
    data = build(show(40, 200, "AA"), extra=extra).replace(b"/F1 3 0 R", b"/F1 4 0 R")
    assert texts(pdf.read(data, "a.pdf")) == ["A"]


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_file_broken_anywhere_is_read_or_refused(draw):
    data = bytearray(build(table_page([HEAD, ("1", "Choir.")]), show(40, 250, FULL) + show(40, 236, "and so on"), extra=font("6708")))
    for _ in range(draw.draw(st.integers(1, 8))):
        at = draw.draw(st.integers(0, len(data) - 1))
        data[at : at + draw.draw(st.integers(0, 9))] = draw.draw(
            st.one_of(st.binary(max_size=9), st.sampled_from([b"-", b"<<", b"9999999999", b"[", b"1 0 R"]))
        )
    try:
        content = pdf.read(bytes(data), "a.pdf")
    except InputError as error:
        assert str(error).startswith("a.pdf: this PDF file ")  # noqa: PT017  # either outcome is right
    else:
        assert content.media_type == "application/pdf"


# --- PDF files by LibreOffice: Chinese text -------------------------------------------------------------------------------------

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {"office": "office", "style": "style", "text": "text", "table": "table", "fo": "xsl-fo-compatible"}.items()
)

STYLES = """
<style:default-style style:family="paragraph"><style:text-properties fo:font-size="12pt" style:font-size-asian="12pt"
 style:font-name="F" style:font-name-asian="F" fo:language="en" fo:country="US" style:language-asian="zh" style:country-asian="CN"/></style:default-style>
<style:style style:name="P" style:family="paragraph"/>
<style:style style:name="I" style:family="paragraph"><style:paragraph-properties fo:text-indent="24pt" fo:text-align="justify"/></style:style>
<style:style style:name="H" style:family="paragraph"><style:paragraph-properties fo:margin-left="24pt" fo:text-indent="-24pt"/></style:style>
<style:style style:name="T" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/>
 <style:text-properties fo:font-size="20pt" style:font-size-asian="20pt"/></style:style>
<style:style style:name="C" style:family="paragraph"><style:paragraph-properties fo:text-align="center"/></style:style>
<style:style style:name="R" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>
"""

CELLS = '<style:style style:name="c" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="3pt"/></style:style>'


SECTION = (
    '<style:style style:name="S" style:family="section"><style:section-properties>'
    '<style:columns fo:column-count="2" fo:column-gap="24pt"/></style:section-properties></style:style>'
)


def fodt(body, widths=(), header="", footer=""):
    columns = "".join(
        f'<style:style style:name="w{k}" style:family="table-column"><style:table-column-properties style:column-width="{width}pt"/></style:style>'
        for k, width in enumerate(widths)
    )
    table = f'<style:style style:name="t" style:family="table"><style:table-properties style:width="{sum(widths)}pt" table:align="left"/></style:style>'
    edge = "".join(
        f'<style:{kind}-style><style:header-footer-properties fo:min-height="20pt"/></style:{kind}-style>' for kind in ("header", "footer")
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.2" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        '<office:font-face-decls><style:font-face style:name="F" svg:font-family="WenQuanYi Zen Hei" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"/></office:font-face-decls>'
        f"<office:styles>{STYLES}</office:styles><office:automatic-styles>{columns}{table}{CELLS}{SECTION}"
        '<style:page-layout style:name="pm"><style:page-layout-properties fo:page-width="595pt" fo:page-height="842pt" fo:margin="50pt"/>'
        f"{edge}</style:page-layout></office:automatic-styles>"
        '<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="pm">'
        f"<style:header>{header}</style:header><style:footer>{footer}</style:footer></style:master-page></office:master-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def para(text, style="P"):
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def tabled(rows, widths, heads=0):
    """A table; a cell is its text (lines parted by a slash), or (text, rows, columns); None is covered."""
    out = "".join(f'<table:table-column table:style-name="w{k}"/>' for k in range(len(widths)))
    for k, row in enumerate(rows):
        line = "".join(_table_cell(cell) for cell in row)
        line = f"<table:table-row>{line}</table:table-row>"
        out += f"<table:table-header-rows>{line}</table:table-header-rows>" if k < heads else line
    return f'<table:table table:style-name="t">{out}</table:table>'


def _table_cell(cell):
    if cell is None:
        return "<table:covered-table-cell/>"
    text, rows, columns = cell if isinstance(cell, tuple) else (cell, 1, 1)
    inner = "".join(para(line) for line in text.split("/"))
    return f'<table:table-cell table:style-name="c" table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}">{inner}</table:table-cell>'


LONG = (
    "全体教师要认真学习新的课程标准，坚持每周三下午集体备课，每人每学期上好2节公开课，写好1篇教学反思，做到有计划、有过程、有记录、有总结"
)
DUTIES = "教务处负责安排各年级的听课与评课活动，德育处负责组织升旗仪式和主题班会，总务处检查校舍安全，及时添置教学用具，做好防汛防火工作"
DOCUMENTS = {
    "text": fodt(
        para("清河镇第二小学", "T") + para("2026—2027学年度第一学期工作计划", "T") + para("（2026年8月30日）", "C")
        + "".join(para(text, "I") for k in range(1, 9) for text in (f"{'一二三四五六七八'[k - 1]}、第{k}项工作", f"（一）{LONG}。", DUTIES + "。" + LONG + "。", f"1.{DUTIES}。", "2.及时总结。"))
        + para("教务处", "R") + para("2026年8月30日", "R"),
        header=para("清河镇第二小学文件", "C"), footer=para('第 <text:page-number/> 页 共 <text:page-count/> 页', "C"),
    ),
    "flush": fodt(
        para("工作要点", "C") + para("一、教学工作") + para(f"1. {LONG}；") + para(f"2. {DUTIES}；") + para("3. Every Friday the English corner meets in the hall on the second floor of the new library building, bring a book.") + para("二、安全工作")
        + para("9月1日 开学") + para("9月7日 家长会") + para(f"①{LONG}", "H") + para("②检查用电", "H"),
        footer=para("<text:page-number/>", "C"),
    ),
    "columns": fodt(
        para("工作计划", "T") + '<text:section text:style-name="S" text:name="s">'
        + "".join(para(f"{'一二三四五六七八九十'[k]}、{LONG if k % 2 else DUTIES}。", "I") for k in range(10)) + "</text:section>" + para("教务处", "R"),
    ),
    "runs": fodt("".join(para(f"各部门要抓好以下{k}项：" + "，".join(f"（{j}）{'检查' * (j % 4 + 1)}" for j in range(1, 30)) + "。", "I") for k in range(1, 8))),
    "week": fodt(
        para("周工作安排", "T") + tabled(
            [[("时间", 1, 2), None, "工作内容", "负责部门"],
             [("第一周", 2, 1), "9月1日—9月5日", "开学典礼；/发放课本", "教务处、德育处、少先队大队部"],
             [None, "9月6日", LONG + "。", "教务处"],
             [("全学期", 1, 2), None, "1.卫生检查/2.安全检查", "总务处"]],
            (60, 80, 230, 90)) + para("注：如有变动另行通知。"),
        (60, 80, 230, 90),
    ),
    "long": fodt(
        para("行事历", "T") + tabled(
            [["周次", "日期", "内容", "备注"], *([f"第{k}周", f"9月{k}日", f"第{k}项：" + (LONG if k % 3 == 0 else "备课检查"), ""] for k in range(1, 41))], (60, 70, 240, 90), heads=1),
        (60, 70, 240, 90),
        footer=para("- <text:page-number/> -", "C"),
    ),
    "cut": fodt(
        tabled([["周次", "内容"], *([f"第{k}周", "、".join([DUTIES] * 4) + "。"] for k in range(1, 16))], (60, 300)),
        (60, 300),
    ),
}  # fmt: skip


LOCK = {"EncryptFile": {"type": "boolean", "value": "true"}, "DocumentOpenPassword": {"type": "string", "value": "secret"}}


@pytest.fixture(scope="module")
def printed(soffice, tmp_path_factory):
    """All documents, printed by LibreOffice: a function from a name to the content read."""
    folder = tmp_path_factory.mktemp("printed")
    for name, text in DOCUMENTS.items():
        (folder / f"{name}.fodt").write_text(text, encoding="utf-8")
    command = [
        soffice,
        "--headless",
        "--norestore",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        "pdf:writer_pdf_Export",
    ]
    run = functools.partial(subprocess.run, check=True, capture_output=True, timeout=120)
    run([*command, "--outdir", folder, *sorted(folder.glob("*.fodt"))])
    command[-1] += f":{json.dumps(LOCK)}"
    (folder / "locked.fodt").write_text(fodt(para("工作计划")), encoding="utf-8")
    run([*command, "--outdir", folder, folder / "locked.fodt"])
    return lambda name: pdf.read((folder / f"{name}.pdf").read_bytes(), f"{name}.pdf")


def test_printed_paragraphs_are_whole_again(printed):
    content = printed("text")
    body = [
        text
        for k in range(1, 9)
        for text in (f"{'一二三四五六七八'[k - 1]}、第{k}项工作", f"（一）{LONG}。", f"{DUTIES}。{LONG}。", f"1.{DUTIES}。", "2.及时总结。")
    ]
    title = ["清河镇第二小学", "2026—2027学年度第一学期工作计划", "（2026年8月30日）"]
    assert texts(content) == [*title, *body, "教务处", "2026年8月30日"]
    assert [block.text for block in content.blocks if block.title] == title[:2]


def test_printed_margins_stand_once_at_the_end(printed):
    assert debris(printed("text")) == [
        ("page_header", "清河镇第二小学文件"),
        *(("page_navigation", f"第 {k} 页 共 3 页") for k in (1, 2, 3)),
    ]


def test_printed_paragraphs_without_indentation_and_with_hanging_labels(printed):
    content = printed("flush")
    assert texts(content) == re.findall(r"<text:p[^>]*>([^<]+)</text:p>", DOCUMENTS["flush"])
    assert debris(content) == [("page_navigation", "1")]


def test_printed_columns_are_read_one_after_the_other(printed):
    body = [f"{'一二三四五六七八九十'[k]}、{LONG if k % 2 else DUTIES}。" for k in range(10)]
    assert texts(printed("columns")) == ["工作计划", *body, "教务处"]


def test_points_amid_a_printed_paragraph_stay_in_it_where_no_label_stands_at_the_edge(printed):
    assert texts(printed("runs")) == re.findall(r"<text:p[^>]*>([^<]+)</text:p>", DOCUMENTS["runs"])


def test_a_printed_table_with_merged_cells_and_wrapped_lines(printed):
    content = printed("week")
    assert cells(grids(content)[0]) == [
        [("时间", 1, 2), "工作内容", "负责部门"],
        [("第一周", 2, 1), "9月1日—9月5日", "开学典礼；/发放课本", "教务处、德育处、少先队大队部"],
        ["9月6日", LONG + "。", "教务处"],
        [("全学期", 1, 2), "1.卫生检查/2.安全检查", "总务处"],
    ]
    assert texts(content) == ["周工作安排", "注：如有变动另行通知。"]


def test_a_printed_table_on_three_pages_is_one(printed):
    content = printed("long")
    (grid,) = grids(content)
    assert grid.heads == 1
    assert cells(grid) == [
        ["周次", "日期", "内容", "备注"],
        *([f"第{k}周", f"9月{k}日", f"第{k}项：" + (LONG if k % 3 == 0 else "备课检查"), ""] for k in range(1, 41)),
    ]
    assert [text for _, text in debris(content)] == ["- 1 -", "- 2 -", "- 3 -"]


def test_rows_cut_by_the_page_break_of_a_printed_table_are_whole(printed):
    (grid,) = grids(printed("cut"))
    assert cells(grid) == [["周次", "内容"], *([f"第{k}周", "、".join([DUTIES] * 4) + "。"] for k in range(1, 16))]


def test_a_printed_file_with_a_password_is_refused(printed):
    with pytest.raises(InputError, match=r"^locked\.pdf: this PDF file opens with a password only; save a copy without one$"):
        printed("locked")


# --- Texts that run into each other ---------------------------------------------------------------------------------------------


def test_texts_that_overlap_stay_whole():
    page = show(20, 250, "abcdefghijkl") + show(60, 250, "9876") + show(20, 200, "next")
    assert texts(pdf.read(build(page), "plan.pdf")) == ["abcdefghijkl  9876", "next"]


def test_a_title_that_fills_the_width_goes_on_below():
    title = show(22, 250, "Mmmmmmmm Mmmmmmm Mmmmm", 24) + show(180, 220, "Mmm", 24)
    body = "".join(show(20, 180 - 14 * k, "Some plain words of a plan, line after line, " * 2, 9) for k in range(6))
    content = pdf.read(build(title + body), "plan.pdf")
    first = content.blocks[0]
    assert isinstance(first, Paragraph)
    assert (first.text, first.title) == ("Mmmmmmmm Mmmmmmm Mmmmm Mmm", True)


def test_a_title_of_two_lines_keeps_them():
    title = show(120, 250, "Willow School", 24) + show(150, 220, "Plan", 24)
    body = "".join(show(20, 180 - 14 * k, "Some plain words of a plan, line after line, " * 2, 9) for k in range(6))
    assert texts(pdf.read(build(title + body), "plan.pdf"))[:2] == ["Willow School", "Plan"]
