"""Word files: text, tables, tracked changes, hidden text, notes, margins and text boxes, as Word shows them."""

import io
import zipfile

import pytest
from ooxml import W, abstract, cell, docx, lvl, num, p, row, run, style, table

from planparse.documents import build, parse_bytes
from planparse.errors import InputError
from planparse.readers import from_bytes
from planparse.syntax.parse import Parsed

LIST = abstract(1, lvl(0, "chineseCounting", "%1、"), lvl(1, "chineseCounting", "（%2）"), lvl(2, text="%3.")) + num(1, 1)


def read(*body, **parts):
    return from_bytes(docx(*body, **parts), "plan.docx")


def lines(*body, **parts):
    return read(*body, **parts).text.splitlines()


def document(*body, **parts):
    return build(Parsed(read(*body, **parts)))


def ins(inner):
    return f'<w:ins w:id="1" w:author="a">{inner}</w:ins>'


def dele(text):
    return f'<w:del w:id="2" w:author="a"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


# -- text ---------------------------------------------------------------------------------------------------------------


def test_runs_join_without_anything_between():
    assert lines(p(runs=run("第") + run("1") + run("周") + run("工作安排"))) == ["第1周工作安排"]


def test_breaks_tabs_and_hyphens():
    runs = (
        run("一、报到")
        + "<w:r><w:br/></w:r>"
        + run("二、")
        + "<w:r><w:tab/></w:r>"
        + run("电话0571")
        + "<w:r><w:noBreakHyphen/></w:r>"
        + run("8888")
    )
    assert lines(p(runs=runs)) == ["一、报到", "二、\t电话0571-8888"]


def test_a_page_break_is_no_line_break():
    assert lines(p(runs=run("备课") + '<w:r><w:br w:type="page"/></w:r>' + run("活动"))) == ["备课活动"]


def test_links_fields_and_content_controls_keep_what_they_show():
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \\@ "yyyy" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("2024年") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    simple = f'<w:fldSimple w:instr="DATE">{run("9月")}</w:fldSimple>'
    link = f"<w:hyperlink>{run('值班表')}</w:hyperlink>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('（附后）')}</w:sdtContent></w:sdt>"
    assert lines(p(runs=field + simple + link + control)) == ["2024年9月值班表（附后）"]


def test_content_controls_round_paragraphs():
    assert lines(f"<w:sdt><w:sdtContent>{p('家长会')}</w:sdtContent></w:sdt>", p("运动会")) == ["家长会", "运动会"]


def test_symbols_and_small_print():
    ruby = f"<w:r><w:ruby><w:rt>{run('bei')}</w:rt><w:rubyBase>{run('备')}</w:rubyBase></w:ruby></w:r>"
    assert lines(p(runs='<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + ruby + run("课"))) == ["✓备课"]


def test_strict_files_read_alike():
    data = docx(p("教研", num=1, level=0), numbering=LIST)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main"))
    assert from_bytes(packed.getvalue(), "plan.docx").text == "一、教研\n"


# -- tracked changes ----------------------------------------------------------------------------------------------------


def test_insertions_stay_and_deletions_go():
    source = read(p(runs=run("听课") + dele("20") + ins(run("30")) + run("节")))
    assert source.text == "听课30节\n"
    assert [notice.name for notice in source.notices] == ["tracked_changes"]


def test_moved_text_stands_once():
    moved = f'<w:moveFrom w:id="3"><w:r><w:t>{"家访"}</w:t></w:r></w:moveFrom>'
    assert lines(p(runs=run("一次") + moved), p(runs=f'<w:moveTo w:id="4">{run("家访")}</w:moveTo>')) == ["一次", "家访"]


def test_a_paragraph_without_its_mark_joins_the_next_and_has_its_label():
    gone = '<w:rPr><w:del w:id="5"/></w:rPr>'
    body = [p("甲", num=1, level=0), p("抓好", num=1, level=0, properties=gone), p("常规", num=1, level=0), p("乙", num=1, level=0)]
    assert lines(*body, numbering=LIST) == ["一、甲", "二、抓好常规", "三、乙"]


def test_a_deleted_item_leaves_nothing_and_is_not_counted():
    gone = p(num=1, level=0, properties='<w:rPr><w:del w:id="5"/></w:rPr>', runs=dele("取消"))
    assert lines(p("甲", num=1, level=0), gone, p("乙", num=1, level=0), numbering=LIST) == ["一、甲", "二、乙"]


def test_a_deleted_row_is_gone_and_an_inserted_one_stays():
    rows = (
        row("周次", "工作"),
        row("1", "报到", properties='<w:del w:id="6"/>'),
        row("2", "开学", properties='<w:ins w:id="7"/>'),
        row("3", "家访"),
    )
    assert lines(table(*rows)) == ["周次\t工作", "2\t开学", "3\t家访"]


def test_text_that_ends_a_cell_without_its_mark_is_kept():
    last = p("散会", properties='<w:rPr><w:del w:id="5"/></w:rPr>')
    assert lines(table(row("时间", "事项"), row("9:00", last))) == ["时间\t事项", "9:00\t散会"]


# -- hidden text, notes, margins, text boxes ------------------------------------------------------------------------------


def test_hidden_text_is_left_out_and_told():
    styles = style("H", "hidden", kind="character", text="<w:vanish/>")
    runs = (
        run("公开")
        + run("内部", "<w:vanish/>")
        + run("暗", '<w:rStyle w:val="H"/>')
        + run("明", '<w:rStyle w:val="H"/><w:vanish w:val="0"/>')
    )
    source = read(p(runs=runs), p(runs=run("全", "<w:vanish/>")), styles=styles)
    assert source.text == "公开明\n"
    assert [notice.name for notice in source.notices] == ["hidden_text"]


def test_notes_and_comments_stand_apart_with_their_place():
    marks = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
    parts = {
        "footnotes": f'<w:footnote w:type="separator" w:id="0">{p("—")}</w:footnote><w:footnote w:id="2">{p("见校发3号文")}</w:footnote>',
        "comments": f'<w:comment w:id="0" w:author="某">{p("是否太晚")}</w:comment>',
    }
    made = document(p("一、总则"), p(runs=run("9月底前完成。") + marks), parts=parts)
    assert [(note.type, note.text, note.anchor.line, note.position.origin) for note in made.notes] == [
        ("footnote", "见校发3号文", 2, "footnote 1"),
        ("comment", "是否太晚", 2, "comment 1"),
    ]
    assert "校发" not in made.plans[0].model_dump_json()


def test_the_margins_of_pages_are_debris():
    made = document(p("一、总则"), p("按时到岗。"), parts={"header": p("苇汀中学") + p(""), "footer": p("— 1 —") + p("内部资料")})
    assert [(node.text, node.reason) for node in made.stray] == [("苇汀中学", "page_header"), ("内部资料", "page_header")]


def test_a_text_box_is_read_once():
    box = f"<w:txbxContent>{p('附：值班电话', num=1, level=0)}</w:txbxContent>"
    drawing = (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = [p("甲", num=1, level=0), p(runs=run("乙") + drawing, num=1, level=0)]
    assert lines(*body, numbering=LIST) == ["一、甲", "二、乙", "一、附：值班电话"]  # a text box counts by itself


def test_a_list_of_contents_is_debris():
    styles = style("T1", "toc 1") + style("H1", "heading 1")
    made = document(p("一、总则\t1", style="T1"), p("一、总则", style="H1"), p("按时到岗。"), styles=styles)
    assert [node.reason for node in made.stray] == ["contents"]
    assert [section.heading for section in made.plans[0].children] == ["总则"]


# -- headings -------------------------------------------------------------------------------------------------------------


def test_outline_levels_come_from_paragraph_style_and_base():
    """A level on the paragraph counts before its style's, a style's before its base's; level 9 is body text."""
    styles = style("1", "heading 1") + style("A", "各部分", base="1") + style("B", "正文标题", '<w:outlineLvl w:val="9"/>', base="1")
    styles += style("N", "Normal")
    body = [
        p("苇汀中学工作计划"), p("教学工作", style="A"), p("抓备课"), p("德育工作", style="N", properties='<w:outlineLvl w:val="0"/>'), p("抓常规"),
        p("后勤说明", style="B"), p("总务工作", style="1"), p("抓节约"),
    ]  # fmt: skip
    layout = read(*body, styles=styles).layout
    assert [layout.headings.get(start, 0) for start in layout.places] == [0, 1, 0, 1, 0, 0, 1, 0]


def test_headings_of_the_file_nest_what_is_below():
    styles = style("T", "Title") + style("1", "heading 1") + style("2", "heading 2")
    body = [
        p("春风行动", style="T"), p("教学", style="1"), p("备课", style="2"), p("1.集体备课每周一次。"), p("听课", style="2"), p("德育", style="1"), p("常抓不懈。"),
    ]  # fmt: skip
    plan = document(*body, styles=styles).plans[0]
    assert plan.title == "春风行动"
    assert [(section.heading, [getattr(child, "heading", None) or child.text for child in section.children]) for section in plan.children] == [
        ("教学", ["备课", "听课"]), ("德育", ["常抓不懈。"]),
    ]  # fmt: skip


def test_typed_and_automatic_numbers_stand_side_by_side():
    plan = document(p("一、总则"), p("目标", num=1, level=1), p("全勤。", num=1, level=2), p("二、措施"), numbering=LIST).plans[0]
    assert [section.number.text for section in plan.children] == ["一、", "二、"]
    assert plan.children[0].children[0].number.text == "（一）"


def test_a_label_of_no_known_notation_still_counts():
    numbering = abstract(1, lvl(0, "ideographZodiac", "%1组")) + num(1, 1)
    sections = document(p("扫地", num=1, level=0), p("擦窗", num=1, level=0), numbering=numbering).plans[0].children
    assert [(s.number.text, s.number.style, s.number.value) for s in sections] == [
        ("子组", "automatic-1", 1), ("丑组", "automatic-1", 2),
    ]  # fmt: skip


# -- tables ---------------------------------------------------------------------------------------------------------------


def test_a_grid_keeps_its_merged_cells_and_lines():
    made = document(
        table(
            row(cell("时间", span=2), cell("工作内容", merge="restart")),
            row("周次", "日期", cell(merge="continue")),
            row(cell("1", merge="restart"), "9月1日", cell("1.报到", "2.领书")),
            row(cell(merge="continue"), "9月2日", "开学典礼"),
        )
    )
    schedule = made.plans[0].children[0]
    assert [(column.name, column.role) for column in schedule.columns] == [
        ("时间/周次", "week"),
        ("时间/日期", "date"),
        ("工作内容", "work"),
    ]
    assert [line.cells for line in schedule.children] == [["1", "9月1日", "1.报到\n2.领书"], ["", "9月2日", "开学典礼"]]
    assert [(s.row, s.column, s.rows, s.columns) for s in schedule.spans] == [(1, 1, 1, 2), (1, 3, 2, 1), (3, 1, 2, 1)]
    assert [item.position.origin for item in schedule.children[0].items] == ["table 1, row 3, cell 3"] * 2


def test_automatic_numbers_in_cells_count_on_through_the_table():
    body = [p("甲", num=1, level=0), table(row("项目", "内容"), row("德育", p("乙", num=1, level=0)), row("教学", p("丙", num=1, level=0)))]
    assert lines(*body, p("丁", num=1, level=0), numbering=LIST) == ["一、甲", "项目\t内容", "德育\t二、乙", "教学\t三、丙", "四、丁"]


def test_a_row_over_the_whole_width_is_text_above_or_below():
    made = lines(table(row(cell("值班安排", span=2)), row("日期", "人员"), row("9月1日", "甲"), row(cell("注：请勿换班", span=2))))
    assert made == ["值班安排", "日期\t人员", "9月1日\t甲", "注：请勿换班"]


def test_a_frame_round_text_is_no_table():
    assert lines(table(row(cell(p("一、总则"), p("二、附则"), table(row("日", "事"), row("1", "甲")))))) == [
        "一、总则",
        "二、附则",
        "日\t事",
        "1\t甲",
    ]


def test_a_table_in_a_cell_becomes_lines_of_the_cell():
    inner = table(row("上午", "备课"), row("下午", "听课"))
    plan = document(table(row("日期", "安排"), row("9月1日", cell(inner, p(""))), row("9月2日", "家访"))).plans[0]
    assert plan.children[0].children[0].cells == ["9月1日", "上午  备课\n下午  听课"]


def test_squares_left_out_before_a_row():
    rows = row("日期", "上午", "下午"), row("备课", "听课", properties='<w:gridBefore w:val="1"/>'), row("9月2日", "家访", "会议")
    assert lines(table(*rows))[1] == "\t备课\t听课"


def test_diagnostics_name_the_paragraph(planparse, tmp_path):
    (tmp_path / "plan.docx").write_bytes(docx(p("方案"), p("一、总则"), p("好。"), p("三、措施")))
    done = planparse("parse", "plan.docx", "--strict", "-o", "plan.json")
    assert done.stderr.decode() == "plan.docx: paragraph 4: PN101 numbering-gap: number 3 follows where 2 was due\n"
    assert (
        planparse("parse", "plan.docx", "--strict", "-o", "plan.json", "--lang", "zh").stderr.decode().startswith("plan.docx: 第4段: PN101")
    )


# -- damage ---------------------------------------------------------------------------------------------------------------


def test_a_file_cut_off():
    with pytest.raises(InputError, match="cut off or damaged"):
        from_bytes(docx(p("总则"))[:-200], "plan.docx")


def test_a_file_without_a_body():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/other.xml", "<a/>")
    with pytest.raises(InputError, match="no Word document"):
        from_bytes(packed.getvalue(), "plan.docx")


def test_the_suffix_may_lie():
    assert from_bytes(docx(p("总则")), "plan.txt").text == "总则\n"


@pytest.mark.parametrize("depth", [5, 60])
def test_tables_within_tables(depth):
    inner = table(row("甲", "乙"))
    for _ in range(depth):
        inner = table(row("外", cell(inner, p(""))))
    assert b"\xe4\xb9\x99" in parse_bytes(docx(inner), "plan.docx")


def test_nesting_without_end_is_refused():
    inner = p("甲")
    for _ in range(600):
        inner = f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
    with pytest.raises(InputError, match="deep"):
        from_bytes(docx(inner), "plan.docx")


def test_what_word_numbers_validates(planparse, tmp_path):
    """Labels past a hundred read as the numerals they are; those of no notation are the file's own."""
    numbering = abstract(1, lvl(0, "chineseCounting", "%1、", start=101), lvl(1, "ideographZodiac", "%2组")) + num(1, 1)
    (tmp_path / "plan.docx").write_bytes(docx(p("备课", num=1, level=0), p("听课", num=1, level=1), numbering=numbering))
    done = planparse("parse", "plan.docx", "-o", "plan.json")
    assert (done.returncode, planparse("validate", "plan.json").stderr) == (0, b"")
    section = read(p("备课", num=1, level=0), numbering=numbering)
    assert build(Parsed(section)).plans[0].children[0].number.model_dump() == {"text": "一○一、", "style": "han", "value": 101}
