"""Workbooks and CSV files: which texts of a sheet are lines, which are tables, and what is left out."""

import datetime as dt
import random
import struct
import zipfile
from collections import Counter
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

pytest.importorskip("python_calamine")
xlsxwriter = pytest.importorskip("xlsxwriter")

from planparse.errors import InputError  # noqa: E402
from planparse.readers import container, delimited, sheets  # noqa: E402
from planparse.readers.blocks import Grid, Paragraph  # noqa: E402
from planparse.readers.workbook import compound, formats, regions  # noqa: E402
from planparse.source import Origin  # noqa: E402

WEEKS = [["周次", "日期", "内容", "负责人"], ["第一周", "8.31-9.4", "开学典礼", "王明"], ["第二周", "9.7-9.11", "常规检查", "李芳"]]


def workbook(*tables, merges=(), **options):
    """An .xlsx file: a sheet for each (name, rows)."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    for name, rows in tables:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if value != "":
                    sheet.write(row, column, value)
        for place in merges:
            sheet.merge_range(*place[:4], place[4])
    book.close()
    return out.getvalue()


def plain(content):
    """Paragraphs as text, tables as rows of texts; a cell over several squares as (text, rows, columns)."""
    return [
        block.text if isinstance(block, Paragraph) else [[squares(cell) for cell in row] for row in block.rows] for block in content.blocks
    ]


def squares(cell):
    text = "\n".join(paragraph.text for paragraph in cell.paragraphs)
    return text if cell.rows == cell.columns == 1 else (text, cell.rows, cell.columns)


def read(*tables, **options):
    return sheets.read(workbook(*tables, **options), "plan.xlsx")


def repacked(data, change):
    """The zip file with members changed: `change` maps a name to a function from bytes to bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change.get(info.filename, bytes)(old.read(info)))
    return out.getvalue()


# -- layout -------------------------------------------------------------------------------------------------------


def test_a_title_above_and_notes_below_are_lines():
    rows = [["", "", "", ""], ["单位：教导处", "", "", "2026年8月"], *WEEKS, ["说明：以通知为准"], ["审核：李芳", "", "制表：王明"]]
    content = read(("Sheet1", rows), merges=[(0, 0, 0, 3, "明湖小学周工作安排")])
    assert plain(content) == ["明湖小学周工作安排", "单位：教导处", "2026年8月", WEEKS, "说明：以通知为准", "审核：李芳", "制表：王明"]
    assert [str(block.origin) for block in content.blocks if isinstance(block, Paragraph)][:2] == ["Sheet1!A1", "Sheet1!A2"]
    assert content.blocks[3].loose
    assert str(content.blocks[3].rows[1][2].paragraphs[0].origin) == "Sheet1!C4"


def test_a_last_week_without_entries_stays_a_row():
    assert plain(read(("Sheet1", [*WEEKS, ["第十九周"], ["第20周"]]))) == [[*WEEKS, ["第十九周"], ["第20周"]]]


def test_empty_rows_and_columns_are_dropped():
    rows = [[], ["", *WEEKS[0]], ["", *WEEKS[1]], [], ["", *WEEKS[2]]]
    assert plain(read(("Sheet1", rows))) == [WEEKS]


def test_a_row_of_heads_begins_a_second_table():
    months = [["月份", "工作内容"], ["九月", "报到"], ["十月", "月考"]]
    assert plain(read(("Sheet1", [*WEEKS, [], ["德育处安排"], *months]))) == [WEEKS, "德育处安排", months]


def test_two_rows_of_heads_stay_together():
    rows = [["时间", "", "工作安排", "备注"], ["周次", "日期", "内容", "地点"], ["1", "9.1", "报到", "礼堂"], ["2", "9.8", "检查", ""]]
    assert len(read(("Sheet1", rows)).blocks) == 1


def test_merged_cells_span_squares():
    rows = [["月份", "周次", "内容"], ["", "1", "报到"], ["", "2", "检查"], ["十月", "", ""], ["十一月", "9", "月考"]]
    content = read(("Sheet1", rows), merges=[(1, 0, 2, 0, "九月"), (3, 1, 3, 2, "机动")])
    assert plain(content) == [
        [["月份", "周次", "内容"], [("九月", 2, 1), "1", "报到"], ["2", "检查"], ["十月", ("机动", 1, 2)], ["十一月", "9", "月考"]]
    ]


def test_a_single_column_is_paragraphs():
    assert plain(read(("Sheet1", [["一、总则"], ["加强学习。\n\n做好工作。"], [], ["二、要点"]]))) == [
        "一、总则",
        "加强学习。\n做好工作。",
        "二、要点",
    ]


def test_line_breaks_in_a_cell_part_paragraphs():
    cell = read(("Sheet1", [["周次", "内容"], ["1", "1.报到\n2.发书"]])).blocks[0].rows[1][1]
    assert [paragraph.text for paragraph in cell.paragraphs] == ["1.报到", "2.发书"]


def test_names_of_sheets_that_say_something_stand_above_them():
    content = read(("教务处", WEEKS), ("Sheet2", [["一、总则"]]), ("空", []), ("总结", [["总结"]]))
    assert plain(content) == ["教务处", WEEKS, "一、总则", "总结"]
    assert plain(read(("教务处", WEEKS), ("Sheet2", []))) == [WEEKS]


def test_hidden_sheets_are_left_out():
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("计划").write(0, 0, "一、总则")
    for name in ("草稿", "底稿"):
        sheet = book.add_worksheet(name)
        sheet.write(0, 0, "不要")
        sheet.hide()
    book.close()
    content = sheets.read(out.getvalue(), "plan.xlsx")
    assert (plain(content), content.notices) == (["一、总则"], [("hidden_text", {})])


WORDS = st.sampled_from(["", "", "周次", "内容", "第1周", "第2周", "报到\n发书", "注：略", "9.1", "负责人"])


@settings(deadline=None, derandomize=True)
@given(
    st.lists(st.lists(WORDS, max_size=5), max_size=12),
    st.lists(st.tuples(*[st.integers(0, 12)] * 4).filter(lambda m: m[0] <= m[2] and m[1] <= m[3])),
)
@example([["周次", "内容", "周次", "内容"], ["1", "报到", "2", "开学"]], [])
def test_every_text_is_given_once_and_in_order_within_its_table(rows, merges):
    """Tables that stand side by side come one after the other; within a table, and between lines of text, the order stays."""
    texts = {r: cells for r, row in enumerate(rows) if (cells := {c: text for c, text in enumerate(row) if text})}
    blocks = regions.blocks(texts, merges, lambda row, column: Origin("{} {}", (row, column)))
    wanted = [((r, c), line) for r, row in texts.items() for c, text in row.items() for line in text.split("\n")]
    given = []
    for block in blocks:
        held = []
        for paragraphs in [[block]] if isinstance(block, Paragraph) else [cell.paragraphs for row in block.rows for cell in row]:
            held += [(paragraph.origin.values, line) for paragraph in paragraphs for line in paragraph.text.split("\n")]
        left = iter(wanted)
        assert all(line in left for line in held)
        given += held
    assert not Counter(given) - Counter(wanted)
    if not merges:
        assert Counter(given) == Counter(wanted)


# -- values -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (dt.datetime(2026, 8, 31), "2026-08-31"), (dt.date(2026, 8, 31), "2026-08-31"), (dt.datetime(2026, 8, 31, 14, 30), "2026-08-31 14:30"),
        (dt.datetime(2026, 8, 31, 14, 29, 59, 999_999), "2026-08-31 14:30"), (dt.time(14, 30), "14:30"), (dt.time(8, 0, 5), "08:00:05"),
        (dt.timedelta(hours=30), "30:00"), (1.0, "1"), (0.1 + 0.2, "0.3"), (13_800_138_000.0, "13800138000"), (1e-5, "0.00001"),
        (float("inf"), "inf"), (True, "TRUE"), (False, "FALSE"), (7, "7"), ("第1周", "第1周"),
    ],
)  # fmt: skip
def test_values_as_text(value, text):
    assert sheets.shown(value) == text


def test_dates_and_numbers_of_a_file():
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": 'm"月"d"日"'})
    sheet.write_row(0, 0, ["周次", "日期"])
    sheet.write_number(1, 0, 1)
    sheet.write_datetime(1, 1, dt.datetime(2026, 8, 31), day)
    book.close()
    assert plain(sheets.read(out.getvalue(), "-")) == [[["周次", "日期"], ["1", "8月31日"]]]


def test_a_formula_that_was_never_calculated_is_noticed():
    data = workbook(("周历", [["周次", "内容"], ["1", "报到"], ["=A2+1", "检查"]]))
    data = repacked(data, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"<v>0</v>", b"<v></v>")})
    assert ("formula_without_value", {"cell": "周历!A3"}) in sheets.read(data, "-").notices


def test_an_error_is_shown_as_its_code():
    data = workbook(("周历", [["周次", "内容"], ["1", 5]]))
    change = {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b'r="B2"', b'r="B2" t="e"').replace(b"<v>5</v>", b"<v>#N/A</v>")}
    assert plain(sheets.read(repacked(data, change), "-"))[0][1] == ["1", "#N/A"]


# -- files that are hostile or broken -----------------------------------------------------------------------------


def test_one_cell_in_the_last_square_is_a_paragraph():
    out = BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write(1_048_575, 16_383, "远处")
    book.close()
    content = sheets.read(out.getvalue(), "-")
    assert plain(content) == ["远处"]
    assert str(content.blocks[0].origin) == "Sheet1!XFD1048576"


@pytest.mark.parametrize("place", [b'r="XFD1048576"', b"r = 'XFD1048576'", b'r="&#88;FD1048576"'])
def test_cells_at_opposite_corners_are_refused(place):
    data = workbook(("周历", [["周次"] * 20] * 2000))
    change = {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b'r="T2000"', place)}
    with pytest.raises(InputError, match="too far apart"):
        sheets.read(repacked(data, change), "-")


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", compound.MAGIC, compound.MAGIC + bytes(2000)])
def test_a_broken_workbook_is_one_line(data):
    with pytest.raises(InputError) as caught:
        sheets.read(data, "plan.xlsx")
    assert str(caught.value).startswith("plan.xlsx: this file is cut off or damaged")


def test_any_damage_is_an_input_error():
    data, chance, refused = workbook(("周历", WEEKS)), random.Random(3), 0
    for _ in range(300):
        broken = bytearray(data)
        for _ in range(3):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            sheets.read(bytes(broken), "-")
        except InputError:
            refused += 1
    assert refused


def test_a_password_is_told():
    with pytest.raises(InputError, match="protected by a password"):
        sheets.read(compound.MAGIC + "EncryptedPackage".encode("utf-16-le"), "-")


def test_a_zip_file_without_sheets_is_told():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(InputError, match="no sheets"):
        sheets.read(out.getvalue(), "-")


# -- zip files and XML --------------------------------------------------------------------------------------------


def packed(members, method=zipfile.ZIP_DEFLATED):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_members_are_found_by_any_spelling_of_their_name():
    archive = container.open_zip(packed({"word/document.xml": b"<a/>", "empty": b""}), "-")
    assert [container.member(archive, name) for name in ("/Word\\Document.xml", "empty", "other")] == [b"<a/>", b"", None]


def test_a_member_that_lies_about_its_size_is_read_whole():
    data = bytearray(packed({"a": b"x" * 1000}))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 1)
    assert container.member(container.open_zip(bytes(data), "-"), "a") == b"x" * 1000


REFUSED = {
    "more than 200 times its size": lambda: packed({"a": bytes(30_000_000)}),
    "more than 10000 files": lambda: packed({str(k): b"" for k in range(10_001)}),
    "packed in a way": lambda: packed({"a": b"1"}, zipfile.ZIP_BZIP2),
    "cut off or damaged": lambda: packed({"a": b"x" * 5000})[:-40],
    "or damaged; copy": lambda: packed({"a": b"12345"}, zipfile.ZIP_STORED).replace(b"12345", b"12346"),
}


@pytest.mark.parametrize("told", REFUSED)
def test_zip_files_that_are_refused(told):
    with pytest.raises(InputError, match=told):
        container.check(container.open_zip(REFUSED[told](), "-"))


def test_the_size_of_all_members_together_is_limited(monkeypatch):
    monkeypatch.setattr(container, "LARGEST_ARCHIVE", 2500)
    archive = container.open_zip(packed({name: name.encode() * 1000 for name in "abc"}), "-")
    assert container.member(archive, "a") == container.member(archive, "a") == b"a" * 1000
    with pytest.raises(InputError, match="zip bomb"):
        container.check(archive)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<a>", "damaged XML"), (b"", "damaged XML"), (b"<a/>x", "column 5"), (b"<?xml version='1.0' encoding='none'?><a/>", "damaged XML"),
        (b"<!DOCTYPE a><a/>", "DTD"), ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"), "DTD"),
        (b"<a>" * 501 + b"</a>" * 501, "500 deep"),
    ],
)  # fmt: skip
def test_xml_that_is_refused(data, told):
    with pytest.raises(InputError, match=told):
        container.parse_xml(data, "-")


def test_xml_with_more_tags_than_memory_is_refused(monkeypatch):
    monkeypatch.setattr(container, "MOST_MARKS", 10)
    with pytest.raises(InputError, match="10 XML tags"):
        container.parse_xml(b"<a>" + b"<b/>" * 10 + b"</a>", "-")


# -- CSV ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("mark", [",", "\t", ";", "，"])
def test_marks_and_encodings_are_found(encoding, mark):
    text = "明湖小学周工作安排\r\n" + "".join(mark.join(row) + "\r\n" for row in WEEKS)
    content = delimited.read(text.encode(encoding), "plan.csv")
    assert plain(content) == ["明湖小学周工作安排", WEEKS]
    assert str(content.blocks[1].rows[1][2].paragraphs[0].origin) == "row 3, cell 3"


def test_quoted_cells_hold_marks_and_line_breaks():
    assert plain(delimited.read('周次,内容\n1,"报到,发书\n""开学""典礼"\n'.encode(), "-")) == [
        [["周次", "内容"], ["1", '报到,发书\n"开学"典礼']]
    ]


def test_a_quote_that_is_never_closed_is_text():
    assert plain(delimited.read('周次,内容\n1,"报到\n2,发书\n'.encode(), "-")) == [[["周次", "内容"], ["1", '"报到'], ["2", "发书"]]]


def test_the_mark_may_be_announced():
    assert plain(delimited.read("sep=;\r\n周次;内容\r\n1;报到\r\n".encode(), "-")) == [[["周次", "内容"], ["1", "报到"]]]


def test_a_huge_cell_and_nuls_do_not_matter():
    content = delimited.read(("周次,内容\n1," + "长" * 200_000 + "\n2,发\0书\n").encode(), "-", "utf-8")
    table = content.blocks[0]
    assert isinstance(table, Grid)
    assert len(squares(table.rows[1][1])) == 200_000
    assert squares(table.rows[2][1]) == "发书"


def test_running_text_with_commas_stays_lines():
    text = "一、指导思想\n加强学习，做好工作。\n二、要点\n三、措施\n"
    assert all(isinstance(block, Paragraph) for block in delimited.read(text.encode(), "-").blocks)


# -- formats ------------------------------------------------------------------------------------------------------


def formatted(*cells, **options):
    """The texts of a sheet whose cells have these (value, format)."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, **options})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["周次", "内容"])
    for row, (value, code) in enumerate(cells):
        sheet.write(row + 1, 0, "一周")
        style = book.add_format({"num_format": code})
        if isinstance(value, dt.date):
            sheet.write_datetime(row + 1, 1, value, style)
        else:
            sheet.write(row + 1, 1, value, style)
    book.close()
    (grid,) = plain(sheets.read(out.getvalue(), "plan.xlsx"))
    return [row[1] for row in grid[1:]]


DAY = dt.datetime(2026, 8, 31)


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (DAY, 'm"月"d"日"', "8月31日"),
        (DAY, 'm"月"d"日";@', "8月31日"),
        (DAY, 'mm"月"dd"日"', "08月31日"),
        (DAY, '[$-804]yyyy"年"m"月"d"日"', "2026年8月31日"),
        (DAY, 'yyyy"年"m"月"', "2026年8月"),
        (DAY, "yy年m月d日", "26年8月31日"),
        (dt.datetime(2026, 8, 31, 14, 5), 'm"月"d"日" h:mm', "8月31日 14:05"),
        (DAY, "aaaa", "星期一"),
        (DAY, 58, "8月31日"),
        (DAY, 31, "2026年8月31日"),
        (DAY, "yyyy-mm-dd", "2026-08-31"),
        (DAY, "m/d/yyyy", "2026-08-31"),
        (DAY, '[DBNum1]m"月"d"日"', "2026-08-31"),
        (DAY, 'mmm"月"', "2026-08-31"),
        (0.98, "0%", "98%"),
        (0.985, "0.0%", "98.5%"),
        (0.985, "0%", "99%"),
        (-0.05, "0%", "-5%"),
        ("达标", "0%", "达标"),
        (3, '"第"0"周"', "第3周"),
        (2.5, '"第"0"周"', "2.5"),
        (12, "0", "12"),
        (3.25, "0.0_ ", "3.25"),
        (1234.5, "#,##0.00", "1234.5"),
    ],
)
def test_formats_that_change_what_a_value_is_taken_for(value, code, text):
    assert formatted((value, code)) == [text]


def test_formats_in_the_calendar_of_1904():
    assert formatted((DAY, 'm"月"d"日"'), (46265 - 1462, 58), date_1904=True) == ["8月31日", "8月31日"]


@given(
    st.text(st.sampled_from('ymdhsa0.%"年月日第周\\_*[]$-;@# ')), st.floats() | st.integers() | st.booleans() | st.datetimes() | st.text()
)
def test_any_format_shows_any_value_or_leaves_it(code, value):
    show = formats.shower(code, dt.date(1899, 12, 30))
    assert show is None or isinstance(show(value), str | None)


def with_hidden(rows=(), columns=(), merges=()):
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for row, cells in enumerate([["月份", "周次", "内容", "备注"], *([f"{k}月", k, f"活动{k}", f"内部{k}"] for k in range(1, 4))]):
        sheet.write_row(row, 0, cells)
    for row in rows:
        sheet.set_row(row, None, None, {"hidden": True})
    for column in columns:
        sheet.set_column(column, column, None, None, {"hidden": True})
    for merge in merges:
        sheet.merge_range(*merge)
    book.close()
    return sheets.read(out.getvalue(), "plan.xlsx")


def test_hidden_rows_and_columns_are_left_out():
    content = with_hidden(rows=[2], columns=[3])
    assert plain(content) == [[["月份", "周次", "内容"], ["1月", "1", "活动1"], ["3月", "3", "活动3"]]]
    assert content.notices == [("hidden_text", {})]


def test_what_a_merged_cell_says_shows_while_one_of_its_squares_does():
    content = with_hidden(rows=[1], columns=[3], merges=[(1, 0, 3, 0, "九月")])
    assert plain(content) == [[["月份", "周次", "内容"], [("九月", 2, 1), "2", "活动2"], ["3", "活动3"]]]


def test_hidden_rows_without_text_are_no_news():
    assert with_hidden(rows=[9], columns=[8]).notices == []


# -- several tables -----------------------------------------------------------------------------------------------


def test_tables_side_by_side_with_the_same_heads_come_apart():
    rows = [["周次", "值周教师", "", "周次", "值周教师"], ["第一周", "王明", "", "第三周", "张伟"], ["第二周", "李芳"]]
    assert plain(read(("Sheet1", rows))) == [
        [["周次", "值周教师"], ["第一周", "王明"], ["第二周", "李芳"]],
        [["周次", "值周教师"], ["第三周", "张伟"]],
    ]


def test_other_heads_beside_each_other_are_one_table():
    rows = [["时间", "内容", "时间", "地点"], ["9月1日", "开学", "8时", "礼堂"], ["9月2日", "班会", "9时", "教室"]]
    assert plain(read(("Sheet1", rows))) == [rows]


def test_a_caption_over_the_width_begins_a_table_with_heads_of_its_own():
    rows = [*WEEKS, ["二、值班安排"], ["日期", "带班领导", "值班教师"], ["9月5日", "王明", "李芳"]]
    assert plain(read(("Sheet1", rows), merges=[(3, 0, 3, 3, "二、值班安排")])) == [
        WEEKS,
        "二、值班安排",
        [["日期", "带班领导", "值班教师"], ["9月5日", "王明", "李芳"]],
    ]


def test_a_form_line_with_a_day_ends_a_table():
    rows = [*WEEKS, ["注：以通知为准。"], ["制表：教导处", "", "", "2026年8月"]]
    assert plain(read(("Sheet1", rows))) == [WEEKS, "注：以通知为准。", "制表：教导处", "2026年8月"]


def test_a_last_row_beside_a_merged_cell_is_a_row():
    rows = [["月份", "内容"], ["九月", "开学"], ["", "班会"]]
    assert plain(read(("Sheet1", rows), merges=[(1, 0, 2, 0, "九月")])) == [[rows[0], [("九月", 2, 1), "开学"], ["班会"]]]


def test_one_quote_left_open_spoils_no_other_line():
    text = '周次,内容\n第一周,"会议,报告"\n第二周,"未完\n第三周,他说""好""\n'
    assert plain(delimited.read(text.encode(), "plan.csv")) == [
        [["周次", "内容"], ["第一周", "会议,报告"], ["第二周", '"未完'], ["第三周", '他说""好""']]
    ]


# -- XML Spreadsheet 2003 -----------------------------------------------------------------------------------------

FLAT = """<?xml version="1.0" encoding="%s"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"><Worksheet ss:Name="安排"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">柳溪小学安排</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">周次</Data></Cell><Cell><Data ss:Type="String">日期</Data></Cell><Cell><Data ss:Type="String">内容</Data></Cell></Row>
<Row ss:Index="4"><Cell ss:MergeDown="1"><Data ss:Type="Number">1</Data></Cell><Cell><Data ss:Type="DateTime">2026-08-31T00:00:00.000</Data></Cell>
<Cell><ss:Data ss:Type="String"><B xmlns="http://www.w3.org/TR/REC-html40">开学</B>典礼</ss:Data></Cell></Row>
<Row><Cell ss:Index="3"><Data ss:Type="String">班会</Data></Cell></Row></Table></Worksheet>
<Worksheet ss:Name="草稿"><Table><Row><Cell><Data ss:Type="String">不公开</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>"""


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312"])
def test_a_workbook_as_one_xml_text(encoding):
    content = sheets.read((FLAT % encoding).encode(encoding), "plan.xls")
    assert plain(content) == ["柳溪小学安排", [["周次", "日期", "内容"], [("1", 2, 1), "2026-08-31", "开学典礼"], ["", "班会"]]]
    assert content.notices == [("hidden_text", {})]


@pytest.mark.parametrize("data", [b"<?xml version='1.0'?><Workbook><Worksheet>", b"<", b"<!DOCTYPE a [<!ENTITY b 'c'>]><Workbook/>"])
def test_a_broken_xml_text_is_refused(data):
    with pytest.raises(InputError):
        sheets.read(data, "plan.xls")
