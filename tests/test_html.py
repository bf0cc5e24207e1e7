"""Web pages: what Word, WPS and Excel save or copy, what content systems publish, and what is left of them when cut."""

import quopri

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.errors import InputError
from planparse.readers.blocks import Grid, Paragraph
from planparse.readers.html import read, read_mhtml
from planparse.readers.web.sniff import is_html

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=ProgId content=Word.Document><title>新建文档</title>
<style><!-- @font-face {font-family:宋体;} p.a3, li.a3 {mso-style-name:标题; mso-outline-level:1;} p.a5 {mso-outline-level:2;}
@list l0:level1 {mso-level-number-format:chinese-counting;} --></style></head><body><div class=Section1>%s</div></body></html>"""
PADDING = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp;\n</span>"
TEXT = "一、工作目标：抓好常规管理，提高教学质量，认真落实各项工作。"


def blocks(page):
    return read(page.encode() if isinstance(page, str) else page, "page.html").blocks


def paragraphs(page):
    return [block for block in blocks(page) if isinstance(block, Paragraph)]


def texts(page):
    return [paragraph.text for paragraph in paragraphs(page)]


def labels(page):
    return [(paragraph.label.text, paragraph.label.level) if paragraph.label else None for paragraph in paragraphs(page)]


def cells(grid):
    return [["/".join(paragraph.text for paragraph in cell.paragraphs) for cell in row] for row in grid.rows]


def only_grid(page):
    (grid,) = [block for block in blocks(page) if isinstance(block, Grid)]
    return grid


def word(body):
    return (WORD % body).encode("gb18030")


# Text


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>教学\n楼</p>", "教学楼"),
        ("<p>他说：\n  “好。”\n（完）</p>", "他说：“好。”（完）"),
        ("<p>Week\n1 plan</p>", "Week 1 plan"),
        ("<p>第\n3\n周</p>", "第 3 周"),
        ("<p>教\t  学<span> \n</span> 楼</p>", "教 学楼"),
        ("<p>&nbsp;　甲&nbsp;&nbsp;乙　</p>", "甲\u00a0\u00a0乙"),
        ("<P>甲&nbsp乙&#12290;</P>", "甲\u00a0乙。"),
        ("<p>甲<b>乙<i>丙</b>丁</i></p>", "甲乙丙丁"),
        ("<p>甲<script>x()</script><style>p{}</style><!-- 注 -->乙</p>", "甲乙"),
    ],
)
def test_blanks_and_line_ends_of_the_source(page, expected):
    assert texts(page) == [expected]


def test_line_breaks_part_paragraphs():
    assert texts("<p>一、教学<br>　　1、备课<br/><br>&nbsp;2、听课</p>尾") == ["一、教学", "1、备课", "2、听课", "尾"]


def test_preformatted_text_keeps_its_lines_and_blanks():
    assert texts("<pre>一、教学\n  1  备课</pre>") == ["一、教学", "1  备课"]


def test_unclosed_tags_and_upper_case():
    assert texts("<P>甲<P>乙<DIV>丙<UL><LI>丁<LI>戊") == ["甲", "乙", "丙", "丁", "戊"]


def test_paragraphs_are_counted_without_tables():
    found = paragraphs("<p>甲</p><p>&nbsp;</p><table border=1><tr><td>a<td>b</table><p>乙<br>丙</p>")
    assert [str(paragraph.origin) for paragraph in found] == ["paragraph 1", "paragraph 2", "paragraph 3"]


def test_headings_have_their_level():
    assert [paragraph.outline for paragraph in paragraphs("<h1>甲</h1><p>乙</p><h3>丙<br>丁</h3>")] == [1, 0, 3, 3]


# Word and WPS


@pytest.mark.parametrize("marks", [("<!--[if !supportLists]-->", "<!--[endif]-->"), ("<![if !supportLists]>", "<![endif]>")])
def test_a_label_of_word_is_taken_from_the_text(marks):
    ignored = f"{marks[0]}<span lang=EN-US><span style='mso-list:Ignore'>（一）{PADDING}</span></span>{marks[1]}"
    (paragraph,) = paragraphs(word(f"<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'>{ignored}抓常\n规</p>"))
    assert paragraph.text == "抓常规"
    assert (paragraph.label.text, paragraph.label.level, paragraph.label.bullet) == ("（一）", 1, False)


@pytest.mark.parametrize(
    ("font", "sign"), [("Wingdings", "l"), ("Wingdings", "Ø"), ("Wingdings", "\uf06e"), ("Symbol", "·"), ("", "n"), ("", "●"), ("", "—")]
)
def test_bullets_of_symbol_fonts(font, sign):
    page = word(
        f"<p style='mso-list:l1 level1 lfo2'><span style='font-family:{font}'><span style='mso-list:Ignore'>{sign}{PADDING}</span></span>备课</p>"
    )
    (paragraph,) = paragraphs(page)
    assert (paragraph.text, paragraph.label.text, paragraph.label.value, paragraph.label.bullet) == ("备课", "●", 0, True)


def test_a_numbered_letter_is_no_bullet():
    (paragraph,) = paragraphs(word(f"<p style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>l){PADDING}</span>备课</p>"))
    assert (paragraph.label.text, paragraph.label.bullet) == ("l)", False)


def test_an_item_without_text_keeps_its_number():
    found = paragraphs(word(f"<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>3.{PADDING}</span></p><p>甲</p>"))
    assert [(paragraph.text, paragraph.label and paragraph.label.text) for paragraph in found] == [("", "3."), ("甲", None)]


def test_a_label_left_open_does_not_swallow_the_text():
    assert texts(word(f"<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>{TEXT}</p>")) == [TEXT]


def test_titles_and_outline_levels_of_styles():
    found = paragraphs(
        word("<p class=a3>青河镇小学计划</p><p class=a5>目标</p><p class=MsoTitle>附：计划</p><p style='mso-outline-level:3'>小节</p>")
    )
    assert [(paragraph.title, paragraph.outline) for paragraph in found] == [(True, 0), (False, 2), (True, 0), (False, 3)]


def test_empty_paragraphs_of_word_are_gone():
    assert texts(word("<p><span lang=EN-US><o:p>&nbsp;</o:p></span></p><p>甲<o:p></o:p></p>")) == ["甲"]


def test_tracked_changes_are_accepted_and_told():
    content = read(
        word("<p>甲<ins cite='mailto:x' datetime='2026-02-01'>乙</ins><del cite='mailto:x'>丙</del></p><p><del>丁</del></p>"), "-"
    )
    assert [block.text for block in content.blocks] == ["甲乙"]
    assert ("tracked_changes", {}) in content.notices


def test_hidden_text_is_left_out_and_told():
    content = read(word("<p>甲<span style='display:none;mso-hide:all'>乙</span></p>"), "-")
    assert [block.text for block in content.blocks] == ["甲"]
    assert content.notices == [("hidden_text", {})]


def test_footnotes_stand_apart_from_the_text():
    page = word(
        "<p>抓常规<a style='mso-footnote-id:ftn1' href='#_ftn1' name='_ftnref1'><span>[1]</span></a>。</p>"
        "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1>"
        "<p class=MsoFootnoteText><a href='#_ftnref1'>[1]</a> 见附件。</p></div></div>"
    )
    (paragraph,) = paragraphs(page)
    assert paragraph.text == "抓常规。"
    assert [(note.role, note.text) for note in paragraph.notes] == [("footnote", "见附件。")]


def test_a_note_that_nothing_refers_to_stays_as_text():
    assert texts(word("<p>甲</p><div id=ftn4><p>乙</p></div>")) == ["甲", "乙"]


def test_a_table_of_contents_is_navigation():
    assert [paragraph.debris for paragraph in paragraphs(word("<p class=MsoToc1>一、目标....1</p><p>一、目标</p>"))] == [
        "page_navigation",
        "",
    ]


# Lists


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("<ol>", ["1.", "2."]),
        ("<ol start=9>", ["9.", "10."]),
        ("<ol type=a>", ["a.", "b."]),
        ("<ol type=I>", ["I.", "II."]),
        ("<ol style='list-style-type:cjk-ideographic' start=10>", ["十、", "十一、"]),
        ("<ol style='list-style: simp-chinese-informal outside' start=105>", ["一百零五、", "一百零六、"]),
        ("<ol style='list-style-type:simp-chinese-formal'>", ["壹、", "贰、"]),
        ("<ul>", ["●", "●"]),
        ("<ol style='list-style-type:disc'>", ["●", "●"]),
        ("<style>ol.k{list-style-type:upper-alpha}</style><ol class=k>", ["A.", "B."]),
    ],
)
def test_labels_of_lists(start, expected):
    assert [label[0] for label in labels(f"{start}<li>甲<li>乙</ol>")] == expected


def test_lists_without_marks_have_no_labels():
    assert labels("<ul style='list-style:none'><li>甲<li>乙</ul>") == [None, None]


def test_nested_lists_and_values():
    page = "<ol><li>甲<ol type=a><li>乙<li value=4>丙</ol><li><p>丁</p><p>戊</p></ol>"
    assert labels(page) == [("1.", 0), ("a.", 1), ("d.", 1), ("2.", 0), None]
    assert [paragraph.label.value for paragraph in paragraphs(page) if paragraph.label] == [1, 1, 4, 2]


def test_a_typed_label_is_not_numbered_twice():
    assert labels("<ol><li>一、甲<li>（二）乙<li>3. 丙<li>丁</ol>") == [None, None, None, ("4.", 0)]


# Tables


def test_spans_heads_and_lines_of_cells():
    grid = only_grid(
        "<table border=1><thead><tr><th>周次<th colspan=2>内容</thead><tr><td rowspan=2>第一周<td><p>报到</p><p>领书</p><td>教务<tr><td>备课<br>听课<td>教研</table>"
    )
    assert grid.heads == 1
    assert cells(grid) == [["周次", "内容"], ["第一周", "报到/领书", "教务"], ["备课/听课", "教研"]]
    assert [(cell.rows, cell.columns) for row in grid.rows for cell in row][:3] == [(1, 1), (1, 2), (2, 1)]
    assert str(grid.rows[2][1].paragraphs[0].origin) == "table 1, row 3, cell 2"


def test_rows_of_head_cells_are_heads():
    assert only_grid("<table><tr><th>周一<th>周二<tr><th>内容<th>内容<tr><td>甲<td>乙</table>").heads == 2


def test_spans_end_with_the_table():
    (row,) = only_grid("<table border=1><tr><td rowspan=99>甲<td rowspan=0 colspan=0>乙<td colspan=x>丙</table>").rows
    assert [(cell.rows, cell.columns) for cell in row] == [(1, 1), (1, 1), (1, 1)]


def test_hidden_rows_and_cells_are_no_rows_and_cells():
    grid = only_grid("<table><tr><th>甲<th>乙<tr style='display:none'><td>丙<td>丁<tr><td>戊<td style='display:none'>己<td>庚</table>")
    assert cells(grid) == [["甲", "乙"], ["戊", "庚"]]


def test_a_table_in_a_cell_becomes_lines():
    grid = only_grid("<table border=1><tr><td>过程<td>如下<table><tr><td>甲<td>乙<p>丙</p><tr><td>丁<td>戊</table>完</table>")
    assert cells(grid) == [["过程", "如下/甲  乙 丙/丁  戊/完"]]


def test_a_caption_comes_before_the_table():
    first, second = blocks("<table border=1><caption>课程表</caption><tr><td>甲<td>乙</table>")
    assert (first.text, isinstance(second, Grid)) == ("课程表", True)


@pytest.mark.parametrize(
    "page",
    [
        "<table border=1><tr><td><p>甲</p><p>乙</p></td></tr></table>",
        "<table><tr><td>甲</td></tr><tr><td>乙</td></tr></table>",
        "<table role=presentation><tr><td>甲<td>乙</table>",
    ],
)
def test_tables_that_only_place_text(page):
    assert texts(page) == ["甲", "乙"]


def test_the_page_in_a_cell_beside_a_menu_is_unwrapped():
    lines = "<p>教研组开展集体备课活动。</p>" * 6
    page = f"<table><tr><td><a href=/a>首页</a><br><a href=/b>新闻</a><td>{lines}<table border=1><tr><td>时间<td>内容</table></table>"
    assert cells(only_grid(page)) == [["时间", "内容"]]
    assert texts(page)[-1] == "教研组开展集体备课活动。"


def test_a_form_with_one_long_cell_stays_a_table():
    page = f"<table><tr><td>活动名称<td>读书节<tr><td>活动过程<td>{'<p>导入新课，讲授知识。</p>' * 9}</table>"
    assert len(only_grid(page).rows) == 2


def test_a_sheet_saved_by_excel():
    page = (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset=gb2312><meta name=ProgId content=Excel.Sheet></head><body>'
        "<table border=0><col width=72><tr><td colspan=2>红桥小学行事历<tr><td>第一周<td x:str>报到注册<br>\r\n  领取新书"
        "<![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=72></td></tr><![endif]></table></body></html>"
    )
    grid = only_grid(page.encode("gb18030"))
    assert grid.loose
    assert cells(grid) == [["红桥小学行事历"], ["第一周", "报到注册/领取新书"]]


# Pages of web sites

SITE = """<html><head><title>柳溪县健身方案_柳溪县人民政府</title></head><body>
<div class="header"><ul class="topNav"><li><a href="/">首页</a><li><a href="/zw">政务公开</a><li><a href="/fw">办事服务</a></ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/zw">规划计划</a></div>
<h1>柳溪县健身方案</h1>
<div class="info"><span>发布时间：2024-02-26</span> <span>来源：县体育局</span> <span>浏览次数：128</span></div>
<div class="content"><p>各乡镇人民政府，县直各部门：</p><p>一、以增强人民体质为目标，广泛开展全民健身活动，推动体育事业发展。</p>
<table><tr><td>时间</td><td>活动</td></tr><tr><td>3月</td><td>健步走</td></tr></table>
<p>二、加强领导。各单位要高度重视，落实责任，按时完成各项任务。</p><p>附件：<a href="1.doc">活动报名表</a></p></div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<p>上一篇：<a href="1.html">柳溪县召开会议</a></p>
<div class="box"><h3>其他</h3><ul><li><a href="a">柳溪县举办第三届读书节活动</a> 2024-01-02<li><a href="b">我县启动春季植树造林工作</a><li><a href="c">关于做好防汛工作的通知</a></ul></div>
<div class="footer"><p><a href="/about">关于我们</a> | <a href="/map">网站地图</a></p><p>版权所有 柳溪县人民政府</p></div></body></html>"""


def test_what_stands_around_the_text_is_kept_as_debris():
    reasons = {paragraph.text: paragraph.debris for paragraph in paragraphs(SITE)}
    assert reasons == {
        "首页": "page_navigation",
        "政务公开": "page_navigation",
        "办事服务": "page_navigation",
        "当前位置： 首页 > 规划计划": "page_navigation",
        "柳溪县健身方案": "",
        "发布时间：2024-02-26 来源：县体育局 浏览次数：128": "publication_line",
        "各乡镇人民政府，县直各部门：": "",
        "一、以增强人民体质为目标，广泛开展全民健身活动，推动体育事业发展。": "",
        "二、加强领导。各单位要高度重视，落实责任，按时完成各项任务。": "",
        "附件：活动报名表": "",
        "分享到： 微信 微博": "page_navigation",
        "上一篇：柳溪县召开会议": "page_navigation",
        "其他": "related_articles",
        "柳溪县举办第三届读书节活动 2024-01-02": "related_articles",
        "我县启动春季植树造林工作": "related_articles",
        "关于做好防汛工作的通知": "related_articles",
        "关于我们 | 网站地图": "page_navigation",
        "版权所有 柳溪县人民政府": "page_navigation",
    }
    assert cells(only_grid(SITE)) == [["时间", "活动"], ["3月", "健步走"]]


@pytest.mark.parametrize(
    "page",
    [
        f"<nav><p>{TEXT}</p></nav>",
        f"<div class=footer><p>{TEXT}</p></div>",
        f"<article><header><h1>读书节方案</h1></header><p>{TEXT}</p><aside>请同学们自带书籍参加活动。</aside><footer>校办公室</footer></article>",
        "<div class=menu><h3>一周食谱</h3><p>周一 早餐：牛奶、面包</p></div><div class=top>食堂工作计划，请认真执行。</div>",
        f"<p>{TEXT}</p><p>时间：2026年3月5日 地点：礼堂</p><p>作者：李老师</p>",
        f"<p>{TEXT * 4}</p><ul><li><a href=#a>第一章</a><li><a href=#b>第二章</a><li><a href=#c>第三章</a></ul><p>{TEXT}</p>",
        "".join(f"<p><a href='{k}.html'>第{k}周工作安排</a></p>" for k in range(1, 6)),
        f"<body style='display:none'><p>{TEXT}</p></body>",
    ],
)
def test_the_text_of_a_page_is_never_debris(page):
    found = paragraphs(page)
    assert found
    assert {paragraph.debris for paragraph in found} == {""}


@pytest.mark.parametrize(
    ("page", "published"),
    [
        ("<meta name=PubDate content='2024-02-26 10:30'><p>甲</p>", "2024-02-26"),
        ("<meta property='article:published_time' content='2023-09-01T08:00:00+08:00'><p>甲</p>", "2023-09-01"),
        ("<p>甲<time datetime=2022-03-04>三月四日</time></p>", "2022-03-04"),
        ("<p>来源：教务处 发布时间：2021年9月3日 点击：5</p>", "2021-09-03"),
        ("<meta name=PubDate content='2024-02-31'><p>时间：2024年3月1日 地点：礼堂</p>", None),
    ],
)
def test_the_day_of_publication(page, published):
    assert read(page.encode(), "-").published == published


def test_the_title_of_the_window_stands_in_for_a_title():
    page = f"<title>青石小学第5周工作安排 - 青石小学 - 博客</title><p>{TEXT}</p><p>二、德育工作</p>"
    first = paragraphs(page)[0]
    assert (first.text, first.title) == ("青石小学第5周工作安排", True)
    assert texts("<title>青石小学第5周工作安排</title><h1>工作安排</h1><p>甲</p>") == ["工作安排", "甲"]


# Encodings and containers


@pytest.mark.parametrize(
    ("charset", "codec", "encoding"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("GBK", "gbk", "gb18030"),
        ("big5", "cp950", "cp950"),
        ("utf-8", "utf-8", "utf-8"),
        ("gb2312", "utf-8", "utf-8"),
    ],
)
def test_the_charset_a_page_names(charset, codec, encoding):
    text = "一、教務處工作計畫" if codec == "cp950" else f"{TEXT}①—·"
    content = read(f"<meta charset='{charset}'><p>{text}</p>".encode(codec), "-")
    assert (content.blocks[0].text, content.encoding, content.encoding_guessed) == (text, encoding, False)


@pytest.mark.parametrize("head", ["", "<meta charset=utf-8>", "<meta charset=x-unknown>", "<meta charset=hex>", "<meta charset=utf-16>"])
def test_a_charset_that_does_not_fit_is_guessed(head):
    content = read(f"{head}<p>{TEXT}</p>".encode("gb18030"), "-")
    assert (content.blocks[0].text, content.encoding, content.encoding_guessed) == (TEXT, "gb18030", True)


def test_the_user_names_the_encoding():
    content = read(b"<meta charset=gb2312><p>" + "教務處計畫".encode("big5"), "-", "big5")
    assert (content.blocks[0].text, content.encoding_guessed) == ("教務處計畫", False)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_page_cut_inside_a_character_is_read(codec):
    charset = "gbk" if codec == "gb18030" else codec
    data = f"<meta charset={charset}><p>{TEXT}</p><p>二、目".encode(codec)[:-1]
    content = read(data, "-")
    assert [block.text for block in content.blocks] == [TEXT, "二、"]
    assert not content.encoding_guessed


def test_a_file_that_is_no_page():
    with pytest.raises(InputError, match="PDF file"):
        read(b"%PDF-1.7\n", "page.html")


@pytest.mark.parametrize("offsets", ["real", "wrong"])
def test_the_clipboard(offsets):
    head = "Version:0.9\r\nStartHTML:{:08}\r\nEndHTML:{:08}\r\nStartFragment:{:08}\r\nEndFragment:{:08}\r\n"
    before = "<html><head><style>.t{mso-style-name:标题}</style></head><body>页眉<table>"
    inner, after = "<tr><td class=t>一</td><td>二</td></tr>", "</table>尾</body></html>"
    if offsets == "real":
        size = len(head.format(0, 0, 0, 0))
        start = size + len(before.encode())
        end = start + len(inner.encode())
        page = head.format(size, end + len(after.encode()), start, end) + before + inner + after
    else:
        page = head.format(7, 99_999, 40, 41) + before + "<!--StartFragment-->" + inner + "<!--EndFragment-->" + after
    grid = only_grid(page)
    assert [block for block in blocks(page) if block is not grid and isinstance(block, Paragraph)] == []
    assert cells(grid) == [["一", "二"]]


def test_rows_without_their_table():
    assert cells(only_grid("<!--StartFragment--><tr><td>甲</td><td>乙</td></tr><!--EndFragment-->")) == [["甲", "乙"]]


def test_a_single_file_page():
    page = quopri.encodestring(f"<html><body><p>{TEXT}</p></body></html>".encode("gbk"))
    data = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--x"\r\n\r\n----x\r\n'
        b'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n' + page + b"\r\n----x\r\n"
        b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n----x--\r\n"
    )
    content = read_mhtml(data, "-")
    assert [block.text for block in content.blocks] == [TEXT]
    assert (content.encoding, content.encoding_guessed) == ("gb18030", False)


@pytest.mark.parametrize("data", [b"", b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx"])
def test_a_single_file_page_without_a_page(data):
    with pytest.raises(InputError, match=r"no web page in this file.*save it as"):
        read_mhtml(data, "plan.mht")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<!DOCTYPE html>", True),
        ("\ufeff  <HTML>", True),
        ('<?xml version="1.0"?>\n<html>', True),
        ("<!-- 正文 -->\n<div class=c><p>一</p><p>二</p>", True),
        ("Version:0.9\r\nStartHTML:0000000105\r\n", True),
        ("<!-- plan -->\n# 工作计划\n\n| 甲<br>乙 |", False),
        ("一、目标<br>二、措施", False),
        ("<周次> 安排", False),
        ("Version: 1.2 计划", False),
        ("", False),
    ],
)
def test_telling_html_by_its_beginning(head, expected):
    assert is_html(head) is expected


# Hostile pages


def test_deep_nesting_keeps_all_text():
    assert texts("<div>甲" * 5000 + "</div>乙" * 5000) == ["甲"] * 5000 + ["乙"] * 5000


def test_a_table_of_many_rows():
    assert len(only_grid("<table>" + "<tr><td>第一周<td>备课" * 10_000).rows) == 10_000


@pytest.mark.parametrize(
    "page",
    [
        "<p>" + "".join(f"<font size={k}>" for k in range(2000)) + "<p>甲" * 2000,
        "<p>" + "<span style='mso-list:Ignore'>乙</span>" * 3000 + "甲",
        "<p " + " ".join(f"a{k}" for k in range(20_000)) + ">甲",
        "<select>" + "<option>甲" * 20_000,
        "<style>" + "{" * 20_000 + "</style>甲",
        "<meta charset=" * 20_000 + ">甲",
    ],
)
def test_pages_made_to_take_long(page):
    assert "甲" in "".join(texts(page))


PIECES = [
    "<table>",
    "<tr>",
    "<td>",
    "<td rowspan=3>",
    "</td>",
    "</table>",
    "<p>",
    "</p>",
    "<ul>",
    "<ol>",
    "<li>",
    "</li>",
    "</ol>",
    "<br>",
    "<a href=x>",
    "</a>",
]
PIECES += [
    "<div class=nav>",
    "</div>",
    "<span style='mso-list:Ignore'>",
    "</span>",
    "<pre>",
    "<thead>",
    "<caption>",
    "<h1>",
    "<del>",
    "<div id=ftn1>",
    "<a href='#_ftn1'>",
    "<",
    "&",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.sampled_from(["甲", "一、", " ", "\n", "周一"])), max_size=60))
def test_no_page_is_too_broken(pieces):
    for block in blocks("".join(pieces)):
        if isinstance(block, Paragraph):
            assert block.text.strip() == block.text
            assert block.text or block.label
        else:
            for r, row in enumerate(block.rows):
                assert all(1 <= cell.rows <= len(block.rows) - r and cell.columns >= 1 for cell in row)


# Sites


BODY = "".join(f"<p>{k}、加强常规管理，落实各项工作，提高教学质量，按时完成任务。</p>" for k in "一二三四")


def debris(page):
    return [paragraph.text for paragraph in paragraphs(page) if paragraph.debris]


def test_a_list_of_links_in_a_table_beside_the_text_is_navigation():
    news = "".join(f"<tr><td><a href={k}>关于开展第{k}期教师培训的通知</a></td><td>08-1{k}</td></tr>" for k in range(4))
    page = f"<table><tr><td><table>{news}</table></td><td><table><tr><td>校历</td></tr><tr><td>{BODY}</td></tr></table></td></tr></table>"
    assert len(debris(page)) == 8
    assert not [block for block in blocks(page) if isinstance(block, Grid)]


def test_a_table_of_plans_with_links_stays_a_table():
    rows = "".join(f"<tr><td>第{k}周</td><td>教研活动</td><td><a href={k}.doc>安排</a></td></tr>" for k in range(1, 6))
    assert len(only_grid(f"<h1>安排</h1><table>{rows}</table>{BODY}").rows) == 5


def test_the_name_of_a_site_is_no_title():
    head = "<div id=header><h1><a href=/>柳溪教师博客</a></h1></div>"
    title = "<title>九月工作计划 - 柳溪教师博客</title>"
    assert debris(f"{title}{head}<h2>九月工作计划</h2>{BODY}") == ["柳溪教师博客"]
    own = "<div class=post-header><h1><a href=x>九月工作计划</a></h1></div>"
    assert debris(f"{title}{own}{BODY}") == []


def test_the_head_of_a_page_that_is_all_links_is_navigation():
    assert debris(f"<header><a href=/>柳溪博客</a></header><h1>九月工作计划</h1>{BODY}") == ["柳溪博客"]
    assert debris(f"<header>柳溪小学九月工作计划</header>{BODY}") == []


def test_a_list_of_jumps_to_headings_is_a_table_of_contents():
    jumps = "".join(f"<li><a href='#s{k}'>{name}</a></li>" for k, name in enumerate(("目标", "措施", "保障")))
    sections = "".join(f"<h2 id=s{k}>{name}</h2><p>认真落实各项工作，提高质量。</p>" for k, name in enumerate(("目标", "措施", "保障")))
    assert debris(f"<h1>计划</h1><ul>{jumps}</ul>{sections}") == ["目标", "措施", "保障"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[返回顶部]", "page_navigation"),
        ("返回", "page_navigation"),
        ("扫一扫在手机打开当前页", "page_navigation"),
        ("微信扫一扫", "page_navigation"),
        ("长按识别二维码", "page_navigation"),
        ("阅读原文 阅读 100", "page_navigation"),
        ("关注该公众号", "page_navigation"),
        ("作者：王明 | 分类：计划 | 2026-08-29 | 评论(3) | 阅读(120)", "publication_line"),
        ("楼主发表于 2026-8-29 10:20:31 | 只看该作者", "publication_line"),
        ("返回学校后及时消毒", ""),
        ("阅读课外书20本", ""),
        ("课外阅读 20", ""),
        ("9月3日 14:30 全体会", ""),
    ],
)
def test_lines_that_sites_put_round_a_text(line, reason):
    assert [paragraph.debris for paragraph in paragraphs(f"<p>{TEXT}</p><p>{line}</p>")] == ["", reason]


def test_a_stamp_below_the_title_tells_the_day_of_publication():
    page = f"<h1>九月工作计划</h1><p>教导处 柳溪小学 2026年8月29日 10:20</p>{BODY}<p>返校 2026年9月1日 8:00</p>"
    content = read(page.encode(), "page.html")
    assert debris(page) == ["教导处 柳溪小学 2026年8月29日 10:20"]
    assert content.published == "2026-08-29"


@pytest.mark.parametrize("line", ["<a href=1>[1]</a> <a href=2>[2]</a> <a href=2>下一页</a>", "首页 上一页 1 2 … 9 下一页 尾页 共9页"])
def test_pagers_are_navigation(line):
    assert len(debris(f"{BODY}<p>{line}</p>")) == 1


@pytest.mark.parametrize("style", ["visibility: hidden", "font-size:0px", "position:absolute;left:-9999px", "display:none"])
def test_what_a_style_keeps_from_sight_is_left_out(style):
    assert texts(f"<p>{TEXT}</p><p style='{style}'>本文来自范文网</p>") == [TEXT]


def test_small_letters_round_letters_of_full_size_are_shown():
    assert texts(f"<p>{TEXT * 3}</p><div style='font-size:0'><span style='font-size:14px'>附表</span></div>")[-1] == "附表"


def test_the_foot_of_a_table_is_shown_last():
    page = "<table border=1><tfoot><tr><td>合计</td><td>2</td></tr></tfoot><tbody><tr><td>语文</td><td>1</td></tr><tr><td>数学</td><td>1</td></tr></table>"
    assert cells(only_grid(page)) == [["语文", "1"], ["数学", "1"], ["合计", "2"]]


def test_readings_above_letters_are_no_text():
    assert texts("<p><ruby>柳<rt>liu</rt>溪</ruby>小学</p>") == ["柳溪小学"]


def test_a_typed_label_before_a_date_is_a_label():
    assert labels("<ol><li>2.9月10日前召开座谈会。</li><li>9.10 教师节</li></ol>") == [None, ("2.", 0)]
