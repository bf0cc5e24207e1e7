"""Word files: text, tables, tracked changes, hidden text, notes, margins and text boxes, as Word shows them."""

import io
import zipfile

import pytest
from ooxml import W, abstract, cell, docx, fld, lvl, mark, num, p, row, run, style, table

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


@pytest.mark.parametrize("kind", ["page", "column"])
def test_a_page_break_ends_a_line(kind):
    """What follows stands at the top of a page, and is often the first line of an annex."""
    assert lines(p(runs=run("请遵照执行。") + f'<w:r><w:br w:type="{kind}"/></w:r>' + run("附件1：值班表"))) == [
        "请遵照执行。",
        "附件1：值班表",
    ]
    assert lines(p("备课"), p(runs=f'<w:r><w:br w:type="{kind}"/></w:r>' + run("活动"))) == ["备课", "活动"]


def test_line_ends_in_the_xml_are_blanks():
    """A file that a program laid out for the eye."""
    assert lines("<w:p>\n<w:r>\n<w:t>\n  一、工作\n目标\n</w:t>\n</w:r>\n</w:p>") == ["一、工作 目标"]
    assert lines(p(runs="<w:r><w:t> 甲 </w:t></w:r>" + run(" 乙"))) == ["甲 乙"]


def test_only_the_results_of_fields_are_shown():
    nested = fld(fld("PAGE", "7") + "<w:r><w:instrText> + 1</w:instrText></w:r>", "8")
    assert lines(p(runs=run("共") + nested + run("项"))) == ["共8项"]


def test_a_field_without_an_end_loses_no_text_of_the_next_paragraph():
    assert lines(p(runs=run("甲") + mark("begin")), p("乙"), p(runs=mark("end") + run("丙"))) == ["甲", "乙", "丙"]


@pytest.mark.parametrize(("code", "shown"), [(" eq \\o\\ac(○,3)", "③"), ("EQ \\o\\ac(〇,急)", "急"), (" = 1 + 2 ", ""), ("eq \\o(", "")])
def test_characters_in_a_ring(code, shown):
    assert lines(p(runs=fld(code) + run("巡查"))) == [shown + "巡查"]


def test_form_fields_show_their_state():
    def box(state):
        return mark("begin", f"<w:ffData><w:checkBox>{state}</w:checkBox></w:ffData>") + mark("separate") + mark("end")

    choice = '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="德育处"/><w:listEntry w:val="总务处"/></w:ddList></w:ffData>'
    states = box('<w:default w:val="0"/><w:checked/>') + run("已办 ") + box('<w:default w:val="0"/>') + run("未办 ")
    assert lines(p(runs=states + mark("begin", choice) + mark("end"))) == ["☑已办 □未办 总务处"]


def test_symbols_depend_on_their_font():
    def symbol(font, code):
        return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'

    fonts = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'
    runs = symbol("Wingdings 2", "0052") + symbol("Wingdings 2", "F0A3") + symbol("Wingdings", "F081") + symbol("仿宋", "2460")
    runs += run("\u00fe", fonts.format("Wingdings")) + run("\uf0fc", fonts.format("Times New Roman")) + run("þ", fonts.format("Arial"))
    assert lines(p(runs=runs + run("家访"))) == ["☑□①①☑✓þ家访"]


def test_fractions():
    half = "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
    assert lines(p(runs=run("不少于") + half + run("课时"))) == ["不少于1/2课时"]


def test_a_large_first_letter_belongs_to_the_next_paragraph():
    assert lines(p("为", properties='<w:framePr w:dropCap="drop" w:lines="2"/>'), p("了做好防汛工作。")) == ["为了做好防汛工作。"]


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


def test_inserted_and_deleted_cells():
    rows = row("周次", "工作"), row("1", cell("旧", more='<w:cellDel w:id="8"/>'), cell("开学", more='<w:cellIns w:id="9"/>'))
    source = read(table(*rows))
    assert source.text == "周次\t工作\n1\t开学\n"
    assert [notice.name for notice in source.notices] == ["tracked_changes"]


def test_an_inserted_paragraph_mark_is_a_tracked_change():
    assert read(p("一", properties='<w:rPr><w:ins w:id="5"/></w:rPr>')).notices[0].name == "tracked_changes"


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


def test_a_hidden_text_box_is_left_out():
    assert lines(
        p(runs=f"<w:r><w:rPr><w:vanish/></w:rPr><w:pict><w:txbxContent>{p('草稿')}</w:txbxContent></w:pict></w:r>" + run("甲"))
    ) == ["甲"]


def test_ornamental_letters_are_read():
    assert lines(p(runs='<w:r><w:pict><v:shape><v:textpath string="蔚桥小学九月工作安排"/></v:shape></w:pict></w:r>'), p("一、教学"))[1:] == [
        "蔚桥小学九月工作安排", "一、教学",
    ]  # fmt: skip


def test_a_field_makes_a_list_of_contents():
    """Its lines need no style; what stands behind its end is text, and so is what has no page."""
    begin = mark("begin") + '<w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r>' + mark("separate")
    body = [
        p("目  录"), p(runs=begin + run("一、总则\t") + fld(" PAGEREF a ", "1")), p("二、附则\t12"), p("说明"), p(runs=mark("end") + run("一、总则2")), p("按时到岗1"),
    ]  # fmt: skip
    source = read(*body)
    assert [source.text[at : source.text.index("\n", at)] for at in source.layout.debris] == ["目  录", "一、总则\t1", "二、附则\t12"]


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


BIG, RED = '<w:b/><w:sz w:val="36"/>', '<w:color w:val="FF0000"/><w:sz w:val="72"/>'
CENTRE = '<w:jc w:val="center"/>'
DEFAULTS = '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
BODY = [p("一、抓备课。"), p("二、抓听课，每人每周至少两节。")]


def head(text, look, properties=CENTRE, **more):
    return p(runs=run(text, look), properties=properties, **more)


@pytest.mark.parametrize(
    ("top", "titles"),
    [
        ([head("蔚桥小学", BIG), head("春风行动", BIG), head("（讨论稿）", "")], ["蔚桥小学", "春风行动"]),
        ([head("蔚桥镇人民政府文件", RED), p("蔚政〔2024〕5号", properties=CENTRE), head("春风行动", BIG)], ["春风行动"]),
        ([p("附件1"), head("春风行动", BIG)], ["春风行动"]),
        ([head("春风行动", "<w:b/>"), p("各班：")], ["春风行动"]),  # no larger than the body, but bold
        ([head("春风行动", '<w:sz w:val="26"/>')], []),
        ([head("春风行动", BIG, "")], []),
        ([p("各班按下列安排开展活动，有事请及时联系教导处。"), head("春风行动", BIG)], []),
        ([p("旧案", style="T"), head("春风行动", BIG)], ["旧案"]),
        ([head("目标", BIG, style="1"), p("好。"), head("措施", BIG, style="1")], []),  # a level that comes again is that of sections
    ],
)
def test_a_title_without_a_style_is_told_by_its_letters(top, titles):
    source = read(*top, *BODY, styles=DEFAULTS + style("T", "Title") + style("1", "heading 1"))
    assert [source.text[at : source.text.index("\n", at)] for at in sorted(source.layout.titles)] == titles


def test_the_letters_of_a_title_may_come_from_its_style():
    styles = style("A", "大字", CENTRE, text='<w:sz w:val="44"/>') + style("B", "题名", base="A")
    assert document(p("春风行动", style="B"), p("蔚桥小学", properties=CENTRE), *BODY, styles=styles).plans[0].title == "春风行动"


@pytest.mark.parametrize(
    ("properties", "right"),
    [
        ('<w:jc w:val="right"/>', True), ('<w:ind w:left="5880"/>', True), ('<w:ind w:firstLineChars="2000" w:firstLine="4800"/>', True),
        ('<w:ind w:firstLine="480"/>', False), ('<w:ind w:left="4800" w:hanging="4800"/>', False),
    ],
)  # fmt: skip
def test_signatures_stand_to_the_right(properties, right):
    assert bool(read(p("一、总则"), p("蔚桥小学", properties=properties)).layout.right) is right


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


def test_tables_that_only_set_things_in_their_places():
    """A table in a table keeps its rows and columns when the outer one has no columns of text."""
    inner = table(row("日期", "工作"), row("周一", "升旗"))
    expected = ["日期\t工作", "周一\t升旗"]
    assert [line for line in lines(table(row(cell("第三周")), row(cell(inner, p(""))), row(cell("请互相转告。")))) if line] == [
        "第三周", *expected, "请互相转告。",
    ]  # fmt: skip
    assert [line for line in lines(table(row("", cell(inner, p("")), ""))) if line] == expected
    assert [line for line in lines(table(row(cell(inner, p("")), cell(inner, p(""))))) if line] == expected * 2


def test_merges_of_the_old_kind():
    """hMerge: the cells that go on are there, and hold nothing that is shown."""
    start, goes_on = '<w:hMerge w:val="restart"/>', "<w:hMerge/>"
    rows = [row(cell("工作", more=start), cell(more=goes_on)), row("教学", "德育"), row("听课", "家访")]
    schedule = (
        document(table(row("周次", "日期", "备注"), row("1", cell("开学", more=start), cell("旧", more=goes_on)))).plans[0].children[0]
    )
    assert [(s.row, s.column, s.columns) for s in schedule.spans] == [(2, 2, 2)]
    assert lines(table(*rows)) == ["工作", "教学\t德育", "听课\t家访"]


def test_a_cell_as_wide_as_the_table_covers_its_columns():
    def wide(width):
        return row(cell("九月安排", more=f'<w:tcW w:w="{width}" w:type="dxa"/>'))

    rest = row("周次", "工作"), row("1", "开学")
    assert lines(table(wide(3000), *rest, widths=(1000, 2000)))[0] == "九月安排"
    assert lines(table(wide(1000), *rest, widths=(1000, 2000)))[0] == "九月安排\t"


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


@pytest.mark.parametrize("main", ["./word/../word/document.xml", "/word/document.xml", "word/missing.xml"])
def test_the_main_part_is_found(main):
    assert from_bytes(docx(p("教研", num=1, level=0), numbering=LIST, main=main), "plan.docx").text == "一、教研\n"


def test_xml_in_another_encoding():
    data, packed = docx(p("总则")), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(
                name, old.read(name).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').replace("\n", "\r\n").encode("utf-16")
            )
    assert from_bytes(packed.getvalue(), "plan.docx").text == "总则\n"


PAGE = "<html><head><meta charset='utf-8'></head><body><p>一、总则</p><table><tr><td>日</td><td>事</td></tr><tr><td>1</td><td>甲</td></tr></table></body></html>"
MAIL = f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html; charset=utf-8\n\n{PAGE}\n--b--\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.htm", PAGE.encode()), ("a.mht", MAIL.encode()), ("a.docx", docx(p("一、总则"), table(row("日", "事"), row("1", "甲"))))],
)
def test_a_file_within_the_file(name, data):
    """Programs that make Word files out of web pages hand the page itself to Word."""
    assert lines(p("苇汀中学"), '<w:altChunk r:id="chunk"/>', p("完"), chunk=(name, data)) == [
        "苇汀中学",
        "一、总则",
        "日\t事",
        "1\t甲",
        "完",
    ]


def test_text_within_the_file_and_none():
    assert lines('<w:altChunk r:id="chunk"/>', chunk=("a.txt", "一、总则\n二、附则".encode("gb18030"))) == ["一、总则", "二、附则"]
    assert lines(p("甲"), '<w:altChunk r:id="other"/>') == ["甲"]


def test_files_within_files_end():
    data = docx(p("甲"))
    for _ in range(6):
        data = docx(p("乙"), '<w:altChunk r:id="chunk"/>', chunk=("a.docx", data))
    assert from_bytes(data, "plan.docx").text == "乙\n" * 4


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
