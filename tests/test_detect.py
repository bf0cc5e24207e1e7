"""Which format some bytes are: the content decides, under every name."""

import random
import zipfile
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.errors import InputError
from planparse.readers import from_bytes
from planparse.readers.detect import FORMATS, NAMED, detect

SUFFIXES = [suffix for form in FORMATS for suffix in form.suffixes] + [".xyz", ""]
PLAN = "柳溪小学九月工作计划\n一、工作目标\n1.落实常规，提高质量。\n二、保障措施\n加强领导。\n"
PAGE = f"<html><head><meta charset=utf-8></head><body><h1>工作计划</h1><p>{PLAN}</p></body></html>"
TABLE = "<table border=1><tr><td>周次</td><td>内容</td></tr><tr><td>1</td><td>开学</td></tr></table>"
TABBED = "周次\t内容\t负责人\n1\t开学典礼\t王明\n2\t班会\t李芳\n"
MAIL = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>计划</p>\r\n--x--\r\n"
ODF = "mimetypeapplication/vnd.oasis.opendocument."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(*members):
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


DOCX = zipped(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<x/>"))
XLSX = zipped(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<x/>"))


def old_office(*streams):
    """An old Office container with these streams, all empty."""
    entries = [("Root Entry", 5), *((name, 2) for name in streams)]
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little") + bytes([kind]) + bytes(61)
        for name, kind in entries
    )
    header = bytearray(OLE.ljust(512, b"\xff"))
    header[24:34] = b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0"
    header[44:76] = (1).to_bytes(4, "little") + (1).to_bytes(4, "little") + bytes(8) + b"\xfe\xff\xff\xff" + bytes(12)
    header[76:80] = bytes(4)
    table = (b"\xfd\xff\xff\xff\xfe\xff\xff\xff").ljust(512, b"\xff")
    return bytes(header) + table + directory.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (DOCX, "docx"),
        (XLSX, "sheet"),
        (zipped(("word\\document.xml", "")), "docx"),
        (zipped(("[Content_Types].xml", ""), ("xl/workbook.xml", ""), ("xl/embeddings/plan.docx", DOCX)), "sheet"),
        (zipped(("[Content_Types].xml", ""), ("word/document.xml", ""), ("word/embeddings/a.xlsx", XLSX)), "docx"),
        (DOCX[:-30], "docx"),
        (zipped(("mimetype", ODF[8:] + "text"), ("content.xml", "")), "odt"),
        (zipped(("mimetype", ODF[8:] + "spreadsheet"), ("content.xml", "")), "sheet"),
        (b"%PDF-1.7\n1 0 obj\n", "pdf"),
        (b"\r\n\r\n%PDF-1.4\n1 0 obj\n", "pdf"),
        (b"{\\rtf1\\ansi \\u35745}", "rtf"),
        (PAGE.encode(), "html"),
        (PAGE.encode("utf-8-sig"), "html"),
        (PAGE.encode("gb18030"), "html"),
        (PAGE.encode("utf-16"), "html"),
        (PAGE.encode("utf-16-le"), "html"),
        (PAGE.encode("utf-16-be"), "html"),
        (TABLE.encode("gb18030"), "html"),
        (b"Version:0.9\r\nStartHTML:00000097\r\nEndHTML:1\r\n<html><body>", "html"),
        (MAIL.encode(), "mhtml"),
        (b'Content-Type: multipart/related; boundary="a"\nMIME-Version: 1.0\n\n', "mhtml"),
        (old_office("WordDocument", "1Table"), "doc"),
        (old_office("Workbook"), "sheet"),
        (old_office("Book"), "sheet"),
        (old_office("EncryptedPackage"), "docx"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w:wordDocument>', "doc"),
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook>', "sheet"),
        (b'<?xml version="1.0" encoding="gb2312"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "sheet"),
    ],
)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_content_decides_whatever_the_name_says(data, form, suffix):
    assert detect(data, "计划" + suffix) == form
    assert detect(data, "计划" + suffix.upper()) == form


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "<",
        "P",
        "PK",
        PLAN,
        "PK赛工作计划\n一、目标\n落实常规。\n",
        "<<柳溪小学工作计划>>\n一、目标\n",
        "<一>工作目标\n<二>保障措施\n",
        "关于%PDF-格式的说明\n一、要求\n",
        "MIME-Version 和 multipart/related 的说明\n一、要求\n",
        "a<b，b>c；3<5\n一、目标\n",
    ],
)
@pytest.mark.parametrize(
    ("suffix", "form"),
    [
        (".txt", "text"),
        ("", "text"),
        (".xyz", "text"),
        (".docx", "text"),
        (".doc", "text"),
        (".pdf", "text"),
        (".csv", "csv"),
        (".md", "markdown"),
        (".xls", "csv"),
        (".xlsx", "csv"),
        (".html", "text"),
        (".mht", "text"),
    ],
)
def test_text_is_text(text, suffix, form):
    for encoding in ("utf-8", "gb18030", "utf-8-sig"):
        assert detect(text.encode(encoding), "plan" + suffix) == form


def test_markdown_with_a_few_tags_is_no_page():
    text = "# 计划\n\n- 一<br>二\n\n<div align=center>标题</div>\n\n正文\n".encode()
    assert [detect(text, f"plan{suffix}") for suffix in (".md", ".txt", ".html")] == ["markdown", "text", "html"]


def test_a_page_is_read_as_a_page_under_the_name_of_a_text_file():
    source = from_bytes(PAGE.encode(), "plan.txt")
    assert source.media_type == "text/html"
    assert source.text.splitlines()[0] == "工作计划"


@pytest.mark.parametrize("suffix", [".xls", ".xlsx", ".csv", ".et"])
def test_what_programs_export_under_the_name_of_a_workbook(suffix):
    pytest.importorskip("selectolax")
    for data in (TABLE.encode("gb18030"), TABBED.encode("gb18030"), TABBED.encode("utf-16")):
        source = from_bytes(data, "计划" + suffix)
        assert source.layout is not None
        (grid,) = source.layout.grids
        assert source.text[grid.start : grid.end].startswith("周次\t内容")


@pytest.mark.parametrize(
    "data",
    [
        zipped(("计划1.docx", DOCX), ("计划2.txt", PLAN)),
        zipped(("plan.txt", PLAN)),
        zipped(("[Content_Types].xml", ""), ("ppt/presentation.xml", "")),
        zipped(("mimetype", ODF[8:] + "presentation"), ("content.xml", "")),
        old_office("PowerPoint Document"),
        old_office("Etwas"),
        OLE[:6],
        OLE,
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".xlsx", ".docx", ".zip"])
def test_other_containers_are_refused_in_one_line(data, suffix):
    assert detect(data, "plan" + suffix) == "text"
    with pytest.raises(InputError) as caught:
        from_bytes(data, "plan" + suffix)
    assert "\n" not in str(caught.value)


def test_an_old_container_of_unknown_content_is_an_old_word_file_by_name_only():
    assert detect(old_office("Etwas"), "plan.wps") == "doc"
    assert detect(OLE, "plan.wps") == "text"


@given(
    st.sampled_from([b"", b"PK", b"PK\3\4", b"PK\5\6", OLE, b"{\\rtf", b"%PDF-1.", b"\xff\xfe", b"\xef\xbb\xbf<"]), st.binary(max_size=300)
)
def test_any_bytes_are_of_some_format(head, data):
    for suffix in (".txt", ".docx", ".xls", ".html"):
        assert detect(head + data, "plan" + suffix) in NAMED


def test_random_bytes_are_refused_in_one_line():
    data = random.Random(5).randbytes(3000)
    for suffix in SUFFIXES:
        with pytest.raises(InputError):
            from_bytes(data, "plan" + suffix)
