"""One plan in every form a clerk may have it in: the same tree comes out of all of them, positions aside."""

import html
import io
import os
import subprocess

import pytest
from ooxml import abstract, cell, docx, lvl, num, p, row, style, table

from planparse.documents import build
from planparse.readers import from_bytes
from planparse.syntax.parse import Parsed

TITLE = "苇汀中学2024学年第一学期教务处工作计划"
# Level (0 for a paragraph without number), number, words.
LINES = [
    (0, "", "为做好本学期教务工作，根据学校总体部署，制定本计划。"),
    (1, "一、", "指导思想"),
    (0, "", "以课堂为中心，以常规为抓手，稳步提高教学质量，办好家门口的学校。"),
    (1, "二、", "工作目标"),
    (2, "（一）", "备课组活动不少于16次，出勤率达到98%以上。"),
    (2, "（二）", "建成校级精品课12节。"),
    (1, "三、", "主要措施"),
    (2, "（一）", "抓实集体备课"),
    (3, "1.", "每周三下午分组备课，主备人提前两天发出教案。"),
    (3, "2.", "教务处每月抽查一次备课记录。"),
    (2, "（二）", "抓好学业监测"),
    (3, "1.", "11月上旬组织期中考试，一周内完成质量分析。"),
    (3, "2.", "期末前召开学困生座谈会。"),
    (1, "四、", "每周安排"),
]
HEADS = ["周次", "日期", "工作内容", "负责人"]
ROWS = [
    ["1", "9月1日—9月7日", "1.开学典礼\n2.发放课表", "尚明"],
    ["2", "9月8日—9月14日", "教师节座谈会", "蓝芬"],
    ["3", "9月15日—9月21日", "1.推门听课\n2.中秋节放假", "尚明"],
    ["4", "9月22日—9月28日", "备课检查", "教务处"],
]
SIGNED = ["苇汀中学教务处", "2024年8月28日"]


def tree(data, name):
    """The plan without what differs from form to form: positions, merged cells, the place of evidence."""
    document = build(Parsed(from_bytes(data, name)), positions=False)
    assert len(document.plans) == 1
    return without_spans(document.plans[0].model_dump(mode="json"))


def without_spans(value):
    if isinstance(value, dict):
        return {key: without_spans(under) for key, under in value.items() if key != "spans"}
    return [without_spans(under) for under in value] if isinstance(value, list) else value


# -- the forms ----------------------------------------------------------------------------------------------------------


def text():
    lines = [TITLE, *("　　" + number + words for _, number, words in LINES), "\t".join(HEADS)]
    for cells in ROWS:
        first, *more = cells[2].split("\n")
        lines.append("\t".join([*cells[:2], first, cells[3]]))
        lines.extend("\t\t" + line for line in more)
    return "\n".join([*lines, "", *("　　" + line for line in SIGNED)]) + "\n"


NUMBERING = abstract(1, lvl(0, "chineseCountingThousand", "%1、"), lvl(1, "japaneseCounting", "（%2）"), lvl(2, "decimal", "%3.")) + num(
    1, 1
)
STYLES = style("T", "Title") + style("1", "heading 1")


def word(automatic):
    body = [p(TITLE, style="T")]
    for level, number, words in LINES:
        if level and automatic:
            body.append(p(words, num=1, level=level - 1, style="1" if level == 1 else None))
        else:
            body.append(p(number + words))
    rows = [row(*HEADS, properties="<w:tblHeader/>"), *(row(*(cell(*text.split("\n")) for text in cells)) for cells in ROWS)]
    return docx(*body, table(*rows), *map(p, SIGNED), numbering=NUMBERING, styles=STYLES)


def cells_of(cells, tag):
    inner = (html.escape(text).replace("\n", "<br>") for text in cells)
    return "<tr>" + "".join(f"<{tag}><p class=MsoNormal>{words}</p></{tag}>" for words in inner) + "</tr>\n"


def html_table():
    return f"<table border=1>\n{cells_of(HEADS, 'td')}{''.join(cells_of(cells, 'td') for cells in ROWS)}</table>\n"


def clipboard():
    """As Word puts it on the clipboard: finished labels in spans of their own, source lines wrapped anywhere."""
    body = f"<p class=MsoTitle align=center>{TITLE[:9]}\r\n{TITLE[9:]}</p>\r\n"
    for level, number, words in LINES:
        label = (
            f"<![if !supportLists]><span lang=EN-US><span style='mso-list:Ignore'>{number}<span style='font:7.0pt \"Times New Roman\"'>"
            "&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>"
        )
        listed = f" style='margin-left:21.0pt;mso-list:l0 level{level} lfo1'" if level else ""
        wrapped = words[:6] + "\r\n" + words[6:]
        body += f"<p class=MsoNormal{listed}>{label if level else ''}{wrapped}<o:p></o:p></p>\r\n"
    body += html_table() + "".join(f"<p class=MsoNormal align=right>{line}<o:p>&nbsp;</o:p></p>\r\n" for line in SIGNED)
    head = "<html xmlns:o='urn:schemas-microsoft-com:office:office'>\r\n<head><style>p {margin:0}</style></head>\r\n<body lang=ZH-CN>\r\n"
    start, end = "<!--StartFragment-->", "<!--EndFragment-->"
    template = "Version:1.0\r\nStartHTML:{:010}\r\nEndHTML:{:010}\r\nStartFragment:{:010}\r\nEndFragment:{:010}\r\n"
    offset = len(template.format(0, 0, 0, 0))
    before, inside = (head + start).encode(), body.encode()
    after = f"{end}\r\n</body>\r\n</html>".encode()
    ends = offset + len(before) + len(inside)
    return template.format(offset, ends + len(after), offset + len(before), ends).encode() + before + inside + after


def page():
    """As a school's site shows it: menus round it, the numbers typed."""
    body = "".join(f"<p>&emsp;&emsp;{number}{words}</p>\n" for _, number, words in LINES)
    return (
        "<!DOCTYPE html><html><head><meta charset=gb2312><title>教务处工作计划-苇汀中学</title><script>var n = 1;</script></head><body>"
        "<nav><ul><li><a href=/>首页</a></li><li><a href=/news>校园动态</a></li><li><a href=/plan>计划总结</a></li></ul></nav>"
        f"<div class=content><h1>{TITLE}</h1>\n{body}{html_table()}<p>{SIGNED[0]}</p><p>{SIGNED[1]}</p></div>"
        "<div class=related><h3>相关文章</h3><ul><li><a href=/1>德育处工作计划</a></li><li><a href=/2>总务处工作计划</a></li></ul></div>"
        "<footer>版权所有 苇汀中学</footer></body></html>"
    ).encode("gb18030")


FORMS = {
    "plan.txt": lambda: text().encode(),
    "windows.txt": lambda: text().replace("\n", "\r\n").encode("utf-8-sig"),
    "gbk.txt": lambda: text().encode("gbk"),
    "utf-16.txt": lambda: text().encode("utf-16"),
    "utf-16-without-mark.txt": lambda: text().encode("utf-16-le"),
    "typed.docx": lambda: word(automatic=False),
    "automatic.docx": lambda: word(automatic=True),
    "clipboard.html": clipboard,
    "page.html": page,
}


@pytest.fixture(scope="module")
def expected():
    return tree(text().encode(), "plan.txt")


def test_the_tree_is_what_one_expects(expected):
    """The other tests compare with it: title, four sections, the table under the last, two lines of signature."""
    assert expected["title"] == TITLE
    sections = [node for node in expected["children"] if node["type"] == "section"]
    assert [section["number"]["text"] + section["heading"] for section in sections] == [
        "一、指导思想", "二、工作目标", "三、主要措施", "四、每周安排",
    ]  # fmt: skip
    schedule = sections[3]["children"][0]
    assert (schedule["type"], schedule["unit"], [row["week"] for row in schedule["children"]]) == ("schedule", "week", [1, 2, 3, 4])
    assert [item["text"] for item in schedule["children"][0]["items"]] == ["开学典礼", "发放课表"]
    assert (expected["issuer"], expected["issued"], expected["year"]["value"]) == (*SIGNED, 2024)


@pytest.mark.parametrize("name", FORMS)
def test_every_form_gives_the_same_tree(name, expected):
    assert tree(FORMS[name](), name) == expected


def test_a_sheet_gives_the_same_schedule(expected):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for r, cells in enumerate([HEADS, *ROWS]):
        for c, words in enumerate(cells):
            sheet.write(r, c, int(words) if words.isdigit() else words)
    book.close()
    document = build(Parsed(from_bytes(out.getvalue(), "table.xlsx")), positions=False)
    schedule = without_spans(document.plans[0].children[0].model_dump(mode="json"))
    assert undated(schedule) == undated(expected["children"][-3]["children"][0])


def undated(value):
    """Without the days: a table alone does not tell its year."""
    if isinstance(value, dict):
        return {key: undated(under) for key, under in value.items() if key not in ("when", "times", "deadline", "deadlines")}
    return [undated(under) for under in value] if isinstance(value, list) else value


# -- through LibreOffice -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def converted(soffice, tmp_path_factory):
    """The automatic Word file as LibreOffice writes it. Not .rtf: there it loses the marks after Chinese numbers."""
    folder = tmp_path_factory.mktemp("converted")
    (folder / "plan.docx").write_bytes(word(automatic=True))
    forms = {"docx": "docx:MS Word 2007 XML", "doc": "doc:MS Word 97", "odt": "odt", "pdf": "pdf:writer_pdf_Export"}
    for suffix, form in forms.items():
        command = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore", "--convert-to", form]
        command += ["--outdir", str(folder / suffix), str(folder / "plan.docx")]
        subprocess.run(command, capture_output=True, check=True, timeout=120, env={**os.environ, "HOME": str(folder)})
    return lambda suffix: (folder / suffix / f"plan.{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", ["docx", "doc", "odt", "pdf"])
def test_libreoffice_changes_nothing(converted, suffix, expected):
    if suffix == "pdf":
        pytest.importorskip("pdfminer")
    assert tree(converted(suffix), f"plan.{suffix}") == expected


def test_wps_files_are_old_word_files(converted, expected):
    assert tree(converted("doc"), "plan.wps") == expected
