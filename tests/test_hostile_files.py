"""Files made to harm, through the command line: each ends in one line that says what is wrong, or in a result.

Seconds and memory are those of the whole command, measured from outside; the bounds are wide enough for any machine.
"""

import io
import json
import random
import re
import struct
import subprocess
import sys
import zipfile
import zlib
from typing import NamedTuple

import pytest
from conftest import environment
from ooxml import HEAD, SPACES, abstract, cell, docx, lvl, num, override, p, row, run, table
from test_office import container

from planparse.documents import parse_bytes
from planparse.errors import InputError
from planparse.model import Document
from planparse.readers import from_bytes
from planparse.readers.detect import FORMATS, NAMED, detect

MIB = 1 << 20
SLOWEST = 60
"""Seconds of CPU time that one command may take."""
MOST_MEMORY = 1_500
"""MiB that one command may take."""

MEASURE = """
import resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_CPU, (90, 90))
resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
done = subprocess.run(sys.argv[1:], capture_output=True)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
peak = used.ru_maxrss // (1 << 20 if sys.platform == "darwin" else 1 << 10)
sys.stdout.buffer.write(b"%d %d %d %d\\n" % (done.returncode, used.ru_utime + used.ru_stime, peak, len(done.stderr)) + done.stderr + done.stdout)
"""
"""Runs a command in a process of its own, so that nothing else counts; prints exit code, seconds, MiB, then what came out.

What runs wild is stopped before it takes the machine with it.
"""


class Outcome(NamedTuple):
    """How a command ended."""

    code: int
    seconds: int
    memory: int
    said: str
    printed: bytes


def ran(path, *options):
    """The outcome of `planparse parse`; fails when it broke its promise or took too much."""
    command = [sys.executable, "-c", MEASURE, sys.executable, "-m", "planparse", "parse", str(path), *options]
    out = subprocess.run(command, capture_output=True, check=True, env=environment(), timeout=10 * SLOWEST).stdout
    head, _, rest = out.partition(b"\n")
    code, seconds, memory, length = map(int, head.split())
    outcome = Outcome(code, seconds, memory, rest[:length].decode(), rest[length:])
    assert "Traceback" not in outcome.said, outcome.said
    assert code in (0, 2), outcome.said
    assert seconds <= SLOWEST
    assert memory <= MOST_MEMORY
    if code == 2:
        assert outcome.printed == b""
        assert outcome.said.count("\n") == 1, outcome.said
        assert path.name in outcome.said
    return outcome


@pytest.fixture
def parse(tmp_path):
    """Parses bytes under a name."""

    def parse(data, name):
        path = tmp_path / name
        path.write_bytes(data)
        return ran(path)

    return parse


def plan():
    return docx(p("青石镇中心小学工作计划"), p("一、加强备课"), p("二、按时听课"))


# -- zip files ----------------------------------------------------------------------------------------------------


class Member(NamedTuple):
    """A member of a zip file as its headers call it, true or not."""

    name: str
    packed: bytes
    crc: int = 0
    size: int = 0
    flags: int = 0
    at: int | None = None
    """Where the directory says that it begins; where it does begin when None."""


def zipped(*members):
    """A zip file in which the headers say what one wants."""
    out, directory = b"", b""
    for member in members:
        name, at = member.name.encode(), len(out) if member.at is None else member.at
        fields = struct.pack("<HHHHHIIIHH", 20, member.flags, 8, 0, 33, member.crc, len(member.packed), member.size, len(name), 0)
        if member.at is None:
            out += b"PK\x03\x04" + fields + name + member.packed
        directory += b"PK\x01\x02\x14\x00" + fields + struct.pack("<HHHII", 0, 0, 0, 0, at) + name
    return out + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, len(members), len(members), len(directory), len(out), 0)


def deflated(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


def blanks(megabytes):
    """So many MiB of blanks, packed: the same block again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    block = packer.compress(b" " * MIB) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + packer.flush()


def members(data=None):
    """The members of a Word file, by name."""
    with zipfile.ZipFile(io.BytesIO(data or plan())) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_members(**changed):
    """A Word file with other members; the keys are the names without folder and suffix."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members().items():
            stem = name.rpartition("/")[2].partition(".")[0].strip("[]")
            archive.writestr(name, changed.get(stem, data))
    return out.getvalue()


def as_members(changed):
    """A Word file of hand-made members where `changed` has one of the name."""
    honest = {name: Member(name, deflated(data), zlib.crc32(data), len(data)) for name, data in members().items()}
    return zipped(*(honest | {member.name: member for member in changed}).values())


def overlapping(count):
    """A workbook in which `count` sheets are the same bytes, 8 MiB each when unpacked."""
    packed = blanks(8)
    first = Member("xl/workbook.xml", packed, zlib.crc32(b" " * 8 * MIB), 8 * MIB)
    return zipped(first, *(first._replace(name=f"xl/worksheets/sheet{k}.xml", at=0) for k in range(count)))


BODY = "word/document.xml"
BOMBS = {
    "600 MiB of blanks.docx": lambda: as_members([Member(BODY, blanks(600), 0, 600 * MIB)]),
    "600 MiB that claim to be ten bytes.docx": lambda: as_members([Member(BODY, blanks(600), 0, 10)]),
    "600 MiB in the styles.docx": lambda: as_members([Member("word/styles.xml", blanks(600), 0, 600 * MIB)]),
    "600 MiB of a sheet.xlsx": lambda: zipped(
        Member("xl/workbook.xml", deflated(b"<a/>")), Member("xl/worksheets/sheet1.xml", blanks(600))
    ),
    "a hundred sheets in the same bytes.xlsx": lambda: overlapping(100),
    "ten thousand and one members.docx": lambda: zipped(*(Member(f"word/{k}", b"\x03\x00") for k in range(10_001))),
    "members that begin behind the end.docx": lambda: as_members([Member(BODY, b"", at=1 << 31)]),
    "a member that is the directory.docx": lambda: as_members([Member(BODY, b"\x03\x00", at=40)]),
    "a password of zip.docx": lambda: as_members([Member(BODY, b"\x03\x00", flags=1)]),
    "a checksum that is wrong.docx": lambda: as_members([Member(BODY, deflated(b"<a/>"), 1, 4)]),
    "no deflate stream.docx": lambda: as_members([Member(BODY, b"\xff" * 100, 1, 4)]),
    "a stream without end.docx": lambda: as_members([Member(BODY, deflated(b"<a/>" * 999)[:-4], 1, 4)]),
}


@pytest.mark.parametrize("name", BOMBS)
def test_zip_files_that_lie_are_refused(parse, name):
    assert parse(BOMBS[name](), name).code == 2


def test_a_size_that_is_wrong_harms_nothing(parse):
    """What a header claims is not believed: neither too little nor too much."""
    body = members()[BODY]
    for claimed in (1, 0xFFFFFFF0):
        outcome = parse(as_members([Member(BODY, deflated(body), zlib.crc32(body), claimed)]), "plan.docx")
        assert json.loads(outcome.printed)["plans"][0]["title"] == "青石镇中心小学工作计划"


def test_a_word_file_cut_off_anywhere_is_refused():
    data = plan()
    for k in range(4, len(data)):
        with pytest.raises(InputError):
            from_bytes(data[:k], "plan.docx")


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9, 0.99])
def test_a_word_file_cut_off_says_so(parse, share):
    data = plan()
    assert parse(data[: int(len(data) * share)], "plan.docx").code == 2


def test_a_word_file_with_broken_bytes_is_read_or_refused():
    data, chance, refused = plan(), random.Random(7), 0
    for _ in range(500):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            from_bytes(bytes(broken), "plan.docx")
        except InputError:
            refused += 1
    assert 0 < refused < 500


@pytest.mark.parametrize("name", ["plan.docx", "plan.xlsx", "plan.doc", "plan.txt"])
def test_a_file_with_a_password_is_told(parse, name):
    outcome = parse(container("Root Entry", "EncryptionInfo", "EncryptedPackage"), name)
    assert outcome.code == 2
    assert "password" in outcome.said


# -- XML ----------------------------------------------------------------------------------------------------------

LAUGHS = '<!DOCTYPE a [<!ENTITY l0 "哈哈哈哈哈哈哈哈哈哈">' + "".join(f'<!ENTITY l{k} "{f"&l{k - 1};" * 10}">' for k in range(1, 12)) + "]>"
BLOWUP = f'<!DOCTYPE a [<!ENTITY l11 "{"哈" * 100_000}">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY l11 SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % far SYSTEM "http://127.0.0.1:9/x.dtd"> %far;]>'
ENTITIES = {"a billion laughs": LAUGHS, "a long entity": BLOWUP, "a file outside": OUTSIDE, "a net address": PARAMETER}


def part(name, dtd, inner):
    return f"{HEAD}{dtd}<w:{name} {SPACES}>{inner}</w:{name}>"


@pytest.mark.parametrize("kind", ENTITIES)
@pytest.mark.parametrize("place", ["document", "styles"])
def test_entities_are_refused(parse, place, kind):
    inner = {"document": "<w:body><w:p><w:r><w:t>&l11;</w:t></w:r></w:p></w:body>", "styles": '<w:style w:styleId="&l11;"/>'}[place]
    outcome = parse(with_members(**{place: part(place, ENTITIES[kind], inner)}), "plan.docx")
    assert outcome.code == 2
    assert "DTD" in outcome.said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_where_nobody_looks_harm_nothing(parse, encoding):
    """What a Word file's members are made of is in a part that is not read."""
    types = f"<?xml version='1.0' encoding='{encoding}'?>{LAUGHS}<Types>&l11;</Types>".encode(encoding)
    assert parse(with_members(Content_Types=types), "plan.docx").code == 0


def test_entities_of_a_page_are_text(parse):
    outcome = parse(f"{LAUGHS}<html><body><h1>安全工作计划</h1><p>&l11;</p></body></html>".encode(), "plan.html")
    assert outcome.code == 0
    assert len(outcome.printed) < 100_000


# -- size and depth -----------------------------------------------------------------------------------------------


def utf8(text):
    return text.encode()


def nested_docx(depth):
    inner = p("甲")
    for _ in range(depth):
        inner = table(row(cell(inner, p("乙")), cell("丙")))
    return docx(p("工作计划"), inner)


def nested_content_controls(depth):
    return docx("<w:sdt><w:sdtContent>" * depth + p("工作计划") + "</w:sdtContent></w:sdt>" * depth)


DEEP = {
    "200 tables.docx": lambda: nested_docx(200),
    "80 tables.docx": lambda: nested_docx(80),
    "240 content controls.docx": lambda: nested_content_controls(240),
    "100,000 content controls.docx": lambda: nested_content_controls(100_000),
    "5,000 tables.html": lambda: utf8("<table border=1><tr><td>甲<td>" * 5000 + "乙"),
    "5,000 lists.html": lambda: utf8("<ol><li>甲" * 5000),
    "5,000 lists of points.html": lambda: utf8("<ul><li>甲<p>乙" * 5000 + "</ul>" * 5000),
    "100,000 tags left open.html": lambda: utf8("<div>甲" * 100_000),
    "100,000 different tags left open.html": lambda: utf8("".join(f"<x{k}>甲" for k in range(100_000))),
    "100,000 attributes.html": lambda: utf8("<p " + " ".join(f"a{k}=1" for k in range(100_000)) + ">甲"),
    "100,000 open angle brackets.html": lambda: b"<html>" + b"<" * 100_000,
    "100,000 comments left open.html": lambda: b"<html>" + b"<!--" * 100_000,
    "5,000 messages.mht": lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n" + b"--a\n" * 5000,
    "nested messages.mht": lambda: b"".join(
        b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b%d\n\n--b%d\n" % (k, k) for k in range(2000)
    ),
    "lists of nine levels.docx": lambda: docx(
        *(p("备课", num=1, level=k % 12) for k in range(5000)), numbering=abstract(1, *(lvl(k) for k in range(9))) + num(1, 1)
    ),
    "quotes left open.csv": lambda: utf8('"周次,工作\n' * 20_000),
    "brackets.rtf": lambda: b"{\\rtf1" + b"{" * 20_000,
    "objects.pdf": lambda: b"%PDF-1.4\n" + b"1 0 obj <<" * 20_000,
    "arrays.pdf": lambda: b"%PDF-1.4\n1 0 obj " + b"[" * 20_000 + b" endobj trailer <</Root 1 0 R>>",
}


@pytest.mark.parametrize("name", DEEP)
def test_nesting_harms_nothing(parse, name):
    parse(DEEP[name](), name)


TALL, WIDE = 2_000, 25


def squares(rows, columns):
    for r in range(rows):
        yield [f"第{r + 1}周" if c == 0 else f"工作{r % 97}" for c in range(columns)]


def large_xlsx(rows, columns):
    xlsxwriter = pytest.importorskip("xlsxwriter")
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    for r, texts in enumerate(squares(rows, columns)):
        sheet.write_row(r, 0, texts)
    book.close()
    return out.getvalue()


LARGE = {
    "large.docx": lambda *size: docx(table(*(row(*texts) for texts in squares(*size)))),
    "large.html": lambda *size: (
        "<table border=1>" + "".join(f"<tr>{''.join(f'<td>{text}' for text in texts)}" for texts in squares(*size))
    ).encode(),
    "large.xlsx": large_xlsx,
    "large.csv": lambda *size: "\n".join(map(",".join, squares(*size))).encode(),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_large_table_is_read_whole(parse, name):
    outcome = parse(LARGE[name](TALL, WIDE), name)
    (found,) = (node for node in walk(json.loads(outcome.printed)["plans"]) if node.get("type") in ("schedule", "table"))
    rows = found.get("rows") or found["children"]
    assert len(rows) + bool(found["columns"]) == TALL
    assert len(outcome.printed) < 40 * MIB


def walk(value):
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(inner)


# -- numbers ------------------------------------------------------------------------------------------------------

DIGITS = "9" * 1_000_000


def listed(*levels, level=0, key=1, count=200):
    return docx(p("工作计划"), *(p("备课", num=key, level=level) for _ in range(count)), numbering=abstract(1, *levels) + num(key, 1))


ABSURD = {
    "a span of 10^9.docx": lambda: docx(table(row(cell("周次", span=10**9), "工作"), row("1", "备课"))),
    "spans of 10^9 in all rows.docx": lambda: docx(table(*(row(cell("周次", span=10**9), "工作") for _ in range(500)))),
    "a span below zero.docx": lambda: docx(table(row(cell("周次", span=-5), "工作"), row("1", "备课"))),
    "a span of a million digits.docx": lambda: docx(table(row(cell("周次", span=DIGITS), "工作"), row("1", "备课"))),
    "a billion squares left out.docx": lambda: docx(
        table(row("周次", "工作", properties='<w:gridBefore w:val="999999999"/>'), row("1", "备课"))
    ),
    "level 99.docx": lambda: listed(lvl(0, text="%1、"), level=99),
    "level -1.docx": lambda: listed(lvl(0, text="%1、"), level=-1),
    "a list with a name of a million digits.docx": lambda: listed(lvl(0), key=DIGITS, count=10),
    "a start below zero.docx": lambda: listed(lvl(0, "chineseCountingThousand", "%1、", start=-1)),
    "a start below zero digit by digit.docx": lambda: listed(lvl(0, "ideographDigital", "%1、", start=-1)),
    "a start below zero of one use.docx": lambda: docx(
        p("工作计划"), p("备课", num=1, level=0), numbering=abstract(1, lvl(0, "chineseCounting", "%1、")) + num(1, 1, override(0, start=-7))
    ),
    "a bullet that nobody sees.docx": lambda: listed(lvl(0, "bullet", "\u200b")),
    "a label that nobody sees.docx": lambda: listed(lvl(0, text="\u200b")),
    "a start far below zero.docx": lambda: listed(lvl(0, "decimal", "%1.", start=-999_999_999)),
    "letters that start at 10^9.docx": lambda: listed(lvl(0, "lowerLetter", "%1.", start=999_999_999)),
    "Roman numbers that start at 10^9.docx": lambda: listed(lvl(0, "upperRoman", "%1.", start=999_999_999)),
    "a start of a million digits.docx": lambda: listed(lvl(0, start=DIGITS)),
    "an own format of a million digits.docx": lambda: listed(
        lvl(0, "custom", "%1、").replace('w:val="custom"', f'w:val="custom" w:format="{"0" * 1_000_000}1, 2, 3, ..."')
    ),
    "a label of a hundred thousand numbers.docx": lambda: listed(lvl(0, text="%1、" * 100_000 + "的" * 700_000)),
    "a label of nine numbers of a hundred letters.docx": lambda: listed(*(lvl(k, "lowerLetter", "%1%2%3%4%5%6%7%8%9", 10**9) for k in range(9)), level=8),
    "bullets of a million characters.docx": lambda: listed(lvl(0, "bullet", "●" * 1_000_000)),
    "an outline level of 10^9.docx": lambda: docx(p("工作计划"), p("备课", properties='<w:outlineLvl w:val="999999999"/>')),
    "a sign beyond all signs.docx": lambda: docx(p(runs='<w:r><w:sym w:font="x" w:char="FFFFFFFFFF"/></w:r>' + run("备课"))),
    "rows of 10^9.html": lambda: b"<table border=1><tr><td rowspan=1000000000 colspan=1000000000>1<td>2<tr><td>3",
    "rows of 10^9 in many rows.html": lambda: b"<table border=1>" + b"<tr><td rowspan=1000000000 colspan=1000>1<td>2" * 3000,
    "spans of a million digits.html": lambda: utf8(f"<table border=1><tr><td rowspan={DIGITS}>1<td colspan={DIGITS}>2"),
    "a list that starts at 10^30.html": lambda: utf8(f"<ol start={10**30}><li>甲<li value=-{10**30}>乙<li>丙</ol>"),
    "a list of a million digits.html": lambda: utf8(f"<ol start={DIGITS} type=i><li>甲<li>乙</ol>"),
    "Roman numbers of 10^9.html": lambda: utf8("<ol start=999999999 type=i>" + "<li>甲" * 200),
    "headings of level 99.html": lambda: utf8("<p style='mso-outline-level:99999999999'>甲<p style='mso-list:l0 level999999999 lfo1'>乙"),
    "a cell far away.csv": lambda: b"a" + b"," * 500_000 + b"b\n" + b"c,d\n" * 20,
    "rows of commas.csv": lambda: (b"," * 3000 + b"\n") * 300 + b"a,b\nc,d\n",
}  # fmt: skip


@pytest.mark.parametrize("name", ABSURD)
def test_absurd_numbers_are_cut_to_size(parse, name):
    data = ABSURD[name]()
    outcome = parse(data, name)
    assert len(outcome.printed) < 20 * MIB
    if len(data) < MIB and outcome.code == 0:
        Document.model_validate_json(parse_bytes(data, name))  # numbers below zero fit no model


# -- a little, used very often ------------------------------------------------------------------------------------


def links(*targets):
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    inner = "".join(f'<Relationship Id="r{k}" Type="{kind}/{name}" Target="{name}.xml"/>' for k, name in enumerate(targets))
    return f'{HEAD}<Relationships xmlns="{space}">{inner}</Relationships>'.encode()


def replaced(data, **changed):
    """A zip file with other members; the keys are their names without folder and suffix, `_` for a point."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            stem = name.rpartition("/")[2].rpartition(".")[0].replace(".", "_").strip("[]")
            new.writestr(name, changed.get(stem, old.read(name)))
    return out.getvalue()


def one_note_often(times, length):
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    return docx(
        p("工作计划"), *(p(runs=run("备课") + reference) for _ in range(times)),
        parts={"footnotes": f'<w:footnote w:id="1">{p("注" * length)}</w:footnote>'},
    )  # fmt: skip


def one_header_often(times, length):
    data = docx(p("工作计划"), parts={"header": "".join(p("青石镇") for _ in range(length))})
    return replaced(data, document_xml=links("styles", "numbering", *["header"] * times))


def many_levels(count):
    """A list with more levels than there are, and paragraphs that have to look for theirs."""
    styles = '<w:style w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    return docx(*(p("备课", style="L") for _ in range(count)), numbering=abstract(1, *map(lvl, range(count))) + num(1, 1), styles=styles)


def one_string_often(times, length):
    data = large_xlsx(times // 20, 20)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        strings = archive.read("xl/sharedStrings.xml")
    long = strings.replace("<t>第1周</t>".encode(), f"<t>{'周' * length}</t>".encode())
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    return replaced(data, sharedStrings=long, sheet1=re.sub(rb"<v>\d+</v>", b"<v>0</v>", sheet))


def one_merge_over_all():
    sheet = zipfile.ZipFile(io.BytesIO(large_xlsx(20, 20))).read("xl/worksheets/sheet1.xml")
    merge = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return replaced(large_xlsx(20, 20), sheet1=sheet.replace(b"</sheetData>", merge))


def one_rule_often(declarations, times):
    rule = ";".join(f"border-{k}:1" for k in range(declarations))
    return f"<style>.a{{{rule}}}</style>" + "<p class=a>备课" * times


def files_within_files(times, depth):
    data = plan()
    for _ in range(depth):
        chunks = "".join(f'<w:altChunk r:id="c{k}"/>' for k in range(times))
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
        inner = "".join(f'<Relationship Id="c{k}" Type="{kind}" Target="inner.docx"/>' for k in range(times))
        outer = replaced(docx(p("工作计划"), chunks), document_xml=f'{HEAD}<Relationships xmlns="{space}">{inner}</Relationships>'.encode())
        out = io.BytesIO(outer)
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/inner.docx", data)
        data = out.getvalue()
    return data


OFTEN = {
    "a hundred files within a hundred files within a hundred files.docx": lambda: files_within_files(100, 3),
    "a note of 300,000 characters a thousand times.docx": lambda: one_note_often(1_000, 300_000),
    "a header of 5,000 lines a thousand times.docx": lambda: one_header_often(1_000, 5_000),
    "5,000 levels and paragraphs.docx": lambda: many_levels(5_000),
    "a text of 300,000 characters in 2,000 cells.xlsx": lambda: one_string_often(2_000, 300_000),
    "a merged cell over the whole sheet.xlsx": one_merge_over_all,
    "a rule of 5,000 declarations for 5,000 paragraphs.html": lambda: utf8(one_rule_often(5_000, 5_000)),
    "a class named 100,000 times.html": lambda: utf8(f"<style>.a{{color:red}}</style><p class='{'a ' * 100_000}'>备课"),
}


@pytest.mark.parametrize("name", OFTEN)
def test_a_little_used_very_often_stays_little(parse, name):
    """Each of these is a small file that would grow a thousandfold if all were copied."""
    outcome = parse(OFTEN[name](), name)
    assert outcome.seconds <= SLOWEST / 3
    assert len(outcome.printed) < 20 * MIB


# -- names --------------------------------------------------------------------------------------------------------

SUFFIXES = sorted({suffix for form in FORMATS for suffix in form.suffixes})


@pytest.fixture(scope="module")
def honest():
    """A plan in each format that can be made here."""
    words = "青石镇中心小学工作计划\n一、加强备课\n二、按时听课\n"
    return {
        "docx": plan(),
        "html": f"<html><body>{''.join(f'<p>{line}</p>' for line in words.split())}</body></html>".encode(),
        "text": words.encode(),
    }


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_inside_counts_and_not_the_suffix(suffix, honest):
    for form, data in honest.items():
        source = from_bytes(data, "plan" + suffix)
        assert "一、加强备课" in source.text, form
        if form != "text":
            assert detect(data, "plan" + suffix) == form


def test_a_wrong_suffix_on_the_command_line(parse, honest):
    for form, name in (("docx", "plan.txt"), ("html", "plan.docx"), ("text", "plan.pdf"), ("docx", "plan.csv"), ("text", "plan.xlsx")):
        assert json.loads(parse(honest[form], name).printed)["plans"][0]["title"] == "青石镇中心小学工作计划"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_of_that_name(planparse, tmp_path, suffix):
    (tmp_path / f"plan{suffix}").mkdir()
    done = planparse("parse", f"plan{suffix}")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == f"planparse: plan{suffix}: this is a folder; name the files in it\n"


HEADS = {
    "zip": b"PK\x03\x04", "Word": b"PK\x03\x04word/document.xml", "workbook": b"PK\x03\x04xl/workbook.xml", "container": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "PDF": b"%PDF-1.7\n", "UTF-16": b"\xff\xfe", "page": b"<!DOCTYPE html><html>", "nothing": b"",
}  # fmt: skip


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("head", HEADS)
def test_any_bytes_under_any_suffix_are_read_or_refused(suffix, head):
    """In this process: a thousand starts of the program would take minutes."""
    chance = random.Random(f"{suffix} {head}")
    for length in (0, 1, 50, 600, 5_000):
        data = HEADS[head] + chance.randbytes(length)
        if NAMED[detect(data, "plan" + suffix)].needs == "soffice" and length != 600:
            continue  # one start of LibreOffice is enough
        try:
            source = from_bytes(data, "plan" + suffix)
        except InputError as error:
            assert "\n" not in str(error)  # noqa: PT017  # both ends are right
        else:
            assert source.layout is None or source.layout.body_end <= len(source.text)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_any_bytes_on_the_command_line(parse, suffix):
    parse(random.Random(suffix).randbytes(3_000), f"plan{suffix}")
