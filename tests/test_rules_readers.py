"""What the readers of files find odd comes out through the rules: each file below shows one of them."""

import pytest
from ooxml import abstract, docx, lvl, num, p, run

from planparse.errors import Term
from planparse.readers import from_bytes
from planparse.readers.text import decode
from planparse.rules.engine import check
from planparse.rules.registry import rules
from planparse.rules.selection import select
from planparse.rules.view import View
from planparse.source import Notice, Source
from planparse.syntax.findings import KINDS
from planparse.syntax.parse import Parsed

READERS = {code for code, entry in rules().items() if entry.rule.readers}
TEXT = "某校2024年工作计划\n一、重点工作\n1．各年级开展读书活动，学期末评选读书之星。\n2．改造食堂，国庆前完工。\n"


def found(source):
    """The violations of the rules about files, in the profile that runs by default."""
    outcome = check(View.of(Parsed(source)), select())
    return [violation for violation in outcome.violations if violation.code in READERS]


def shown(source):
    return [(violation.code, violation.text(), violation.place is not None) for violation in found(source)]


def test_every_diagnostic_of_the_readers_has_a_rule():
    """A rule a code, with the name, the severity and all messages that `planparse parse` gives it."""
    kinds = [kind for kind in KINDS.values() if kind.code.startswith("PN7")]
    assert {kind.code for kind in kinds} == READERS
    for kind in kinds:
        entry = rules()[kind.code]
        assert (entry.name, entry.rule.severity) == (kind.name, kind.severity)
        assert kind.message in entry.rule.messages


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.code in READERS])
def test_a_notice_comes_out_once_under_its_code(name):
    """Whichever reader tells it, with a place and without."""
    values = {"encoding": "big5", "found": "Ã¥", "count": 2, "offset": 9, "format": "x", "cell": "A1", "program": Term("y"), "page": 3}
    for start, end in ((0, 0), (2, 4)):
        source = Source("plan.txt", TEXT)
        source.notices.append(Notice(name, start, end, values))
        (violation,) = found(source)
        assert (violation.code, violation.name) == (KINDS[name].code, KINDS[name].name)
        assert violation.text() == KINDS[name].message.format(**values)
        assert (violation.place is not None) == (end > start)


def test_a_guessed_encoding():
    assert shown(decode(TEXT.encode("gb18030"), "plan.txt")) == [
        ("PN701", "the text was read as gb18030, which is a guess; --encoding names another", False)
    ]
    assert shown(decode(TEXT.encode(), "plan.txt")) == []


def test_garbled_text_has_a_place():
    garbled = "工作要点".encode().decode("latin-1")
    source = decode(f"{TEXT}{garbled}\n".encode(), "plan.txt")
    (violation,) = found(source)
    assert (violation.code, violation.place.line) == ("PN702", 5)
    assert source.text[violation.place.offset : violation.place.end_offset] == garbled


def test_broken_bytes_have_a_place():
    source = decode((TEXT * 4).encode() + b"\xff\n" + TEXT.encode(), "plan.txt")
    (violation,) = found(source)
    assert (violation.code, violation.place.line, source.text[violation.place.offset]) == ("PN703", 17, "\ufffd")


def test_a_word_file_with_changes_and_hidden_text():
    put_in = f'<w:ins w:id="1" w:author="a">{run("两处")}</w:ins>'
    hidden = p(runs=run("一、重点工作") + run("内部掌握", "<w:vanish/>"))
    source = from_bytes(docx(p("某校工作计划"), hidden, p(runs=run("1．改造食堂") + put_in)), "plan.docx")
    assert [code for code, _, _ in shown(source)] == ["PN704", "PN705"]


def test_a_word_file_with_odd_numbers():
    form = abstract(1, lvl(0, "koreanLegal", "%1."), lvl(1, text="%1.%2"))
    body = [p("改造食堂", num=1, level=1), p("维修围墙", num=1, level=0)]
    source = from_bytes(docx(*body, numbering=form + num(1, 1)), "plan.docx")
    assert {code for code, _, _ in shown(source)} == {"PN706", "PN707"}


def test_a_workbook_with_a_formula_that_was_never_calculated():
    pytest.importorskip("python_calamine")
    pytest.importorskip("xlsxwriter")
    from test_sheets import repacked, workbook

    data = workbook(("周历", [["周次", "内容"], ["1", "报到"], ["=A2+1", "检查"]]))
    data = repacked(data, {"xl/worksheets/sheet1.xml": lambda xml: xml.replace(b"<v>0</v>", b"<v></v>")})
    assert ("PN708", "周历!A3 is a formula that was never calculated; save the file in a spreadsheet program", False) in shown(
        from_bytes(data, "plan.xlsx")
    )


def test_pages_that_are_not_read_as_they_stand():
    pytest.importorskip("pdfminer")
    from test_pdf import FULL, PICTURE, SHOWN, build, show

    page = show(40, 250, FULL) + show(40, 236, "and the minutes are sent to all staff.") + show(40, 222, "Parents are told.")
    assert [code for code, _, _ in shown(from_bytes(build(page, SHOWN, extra=[PICTURE]), "plan.pdf"))] == ["PN709", "PN711"]


def test_a_rule_about_files_is_ignored_like_any_other():
    source = decode(f"<!-- planparse: ignore-file encoding-guessed -->\n{TEXT}".encode("gb18030"), "plan.txt")
    assert shown(source) == []
