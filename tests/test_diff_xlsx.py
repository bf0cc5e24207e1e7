"""Working papers of a comparison, read back."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

pytest.importorskip("python_calamine")
pytest.importorskip("xlsxwriter")

import python_calamine as calamine

from planparse.diff.model import Candidate, Comparison, Count, FieldChange, Head, Mark, Record, Shift, Side
from planparse.diff.pairs import Pairs, pairs_of
from planparse.errors import MissingPackage
from planparse.messages import translator
from planparse.model import Deadline, Number, Owner, Point, Position, Target, When
from planparse.report.changes import xlsx
from planparse.report.changes.papers import LONGEST_CELL


def side(key, text, number="1.", path=("一、教学工作",), line=3):
    position = Position(start=Point(line=line, column=1, offset=0), end=Point(line=line, column=9, offset=9))
    label = Number(text=number, style="arabic-dot", value=1) if number else None
    return Side(key=key, node="/plans/0/children/0", plan=1, path=list(path), number=label, text=text, position=position)


def target(value, unit="所", subject="新建学校", **more):
    return Target(text=f"{value}{unit}", subject=subject, value=value, unit=unit, **more)


def due(day):
    return Deadline(text=day, kind="date", start=day, end=day, bound="by")


def mark(verb, old="", new=""):
    return Mark(verb=verb, old=old, new=new or (old if verb == "equal" else ""))


def changed(field, change, old=None, new=None, **more):
    return FieldChange(field=field, change=change, old=old, new=new, **more)


LOWERED = Record(
    type="section", old=side("a1", "新建学校50所，改造旧校舍。", "3."), new=side("b1", "新建学校35所，改造校舍。", "4.", ["二、后勤工作"], 8),
    changes=["target", "deadline", "owner", "moved", "changed"], similarity=0.8, confidence="medium",
    fields=[
        changed("target", "lowered", target(50), target(35), amount=-15, percent=-30),
        changed("deadline", "later", due("2025-06-30"), due("2026-07-31"), amount=31),
        changed("owner", "replaced", Owner(text="总务处", kind="unit"), Owner(text="后勤处", kind="unit")),
    ],
    marks=[mark("equal", "新建学校"), mark("replace", "50", "35"), mark("equal", "所，改造"), mark("delete", "旧"), mark("equal", "校舍。")],
)  # fmt: skip
REMOVED = Record(
    type="section", old=side("a2", "=1+1 组织社会实践"), changes=["removed"],
    possible=[Candidate(key="b9", node="/plans/0/children/9", text="组织校外实践", similarity=0.4, kind="similar")],
)  # fmt: skip
ADDED = Record(type="section", new=side("b3", "@建立联系制度", "5."), changes=["added"])
CONFIRMED = Record(
    type="section", old=side("a4", "开学典礼"), new=side("b4", "典礼"), changes=["changed"], similarity=0.3, confidence="confirmed"
)
ITEM = Record(
    type="item", old=side("a5", "家长会", path=["二、安排", "第2周 9.8-9.12"]), new=side("b5", "家长会", path=["二、安排", "第3周 9.14-9.18"]),
    changes=["moved"], similarity=1, confidence="high",
    fields=[changed("when", "later", When(text="9月9日", kind="date", start="2025-09-09", end="2025-09-09"),
                    When(text="9月16日", kind="date", start="2026-09-16", end="2026-09-16"), amount=7)],
)  # fmt: skip


def comparison(*records):
    count = Count(
        old=6, new=6, pairs=5, unchanged=3, changes={"target": 1, "moved": 1, "removed": 1, "added": 1, "renumbered": 2},
        fields={"target/lowered": 1}, confidence={"high": 4, "medium": 1},
    )  # fmt: skip
    old = Head(name="2025&甲.docx", sha256="a" * 64, title="青竹镇小学2025年工作计划", year=2025)
    new = Head(name="2026.docx", sha256="b" * 64, title="青竹镇小学2026年工作计划", year=2026)
    shifts = [Shift(unit="year", amount=1, count=4, plan=1)]
    return Comparison(version="1", old=old, new=new, options={"threshold": 0.5}, shifts=shifts, count=count, records=list(records))


ALL = comparison(LOWERED, REMOVED, ADDED, CONFIRMED, ITEM)


def book(compared=ALL, language="en"):
    return xlsx.write(compared, translate=translator(language))


def rows(data, name):
    return calamine.CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name(name).to_python()


def register(compared=ALL):
    heads, *records = rows(book(compared), "Register")
    return [dict(zip(heads, record, strict=True)) for record in records]


def xml(data, name):
    """A sheet's part, and the table of its texts."""
    with ZipFile(BytesIO(data)) as archive:
        parts = {part: archive.read(part).decode() for part in archive.namelist() if part.endswith(".xml")}
    names = re.findall(r'<sheet name="([^"]+)"', parts["xl/workbook.xml"])
    return parts[f"xl/worksheets/sheet{names.index(name) + 1}.xml"], parts["xl/sharedStrings.xml"]


def test_the_sheets_are_named_in_the_readers_language():
    assert calamine.CalamineWorkbook.from_filelike(BytesIO(book())).sheet_names == ["Summary", "Register", "Targets", "Schedules"]
    assert calamine.CalamineWorkbook.from_filelike(BytesIO(book(language="zh"))).sheet_names == ["汇总", "明细", "指标", "周安排"]


def test_the_register_has_a_row_for_each_record():
    first, removed, added, *_ = register()
    assert (first["number last year"], first["number this year"]) == ("3.", "4.")
    assert (first["text last year"], first["text this year"]) == ("新建学校50所，改造旧校舍。", "新建学校35所，改造校舍。")
    assert (first["section last year"], first["section this year"]) == ("一、教学工作", "二、后勤工作")
    assert (first["target last year"], first["target this year"]) == ("50 所", "35 所")
    assert (first["difference"], first["percent"]) == (-15, -0.3)
    assert (first["owner last year"], first["owner this year"]) == ("总务处", "后勤处")
    assert (first["deadline last year"], first["deadline this year"], first["days"]) == ("2025-06-30", "2026-07-31", 31)
    assert (first["similarity"], first["confidence"]) == (0.8, "medium")
    assert (first["place last year"], first["place this year"]) == ("line 3", "line 8")
    assert removed["possible partner"] == "组织校外实践 (0.40)"
    assert (added["text last year"], added["difference"], added["similarity"]) == ("", "", "")


def test_several_targets_of_an_entry_stand_below_each_other_in_words():
    fields = [LOWERED.fields[0], changed("target", "raised", target(3, "次", "检查"), target(4, "次", "检查"), amount=1, percent=33.3)]
    (row,) = register(comparison(LOWERED.model_copy(update={"fields": fields})))
    assert row["target last year"] == "新建学校 50 所\n检查 3 次"
    assert row["difference"].splitlines() == ["−15, −30 %", "+1, +33.3 %"]


def test_deleted_and_added_words_have_their_own_colours():
    _, strings = xml(book(), "Register")
    rich = [
        re.findall(r"<r>(?:<rPr>(.*?)</rPr>)?<t[^>]*>(.*?)</t></r>", "<r>" + text) for text in re.findall(r"<si><r>(.*?)</si>", strings)
    ]
    old, new = rich
    assert [text for style, text in old if "<strike/>" in style and "C00000" in style] == ["50", "旧"]
    assert [text for style, text in new if "<u/>" in style and "00703C" in style] == ["35"]
    assert "".join(text for _, text in old) == LOWERED.old.text
    assert "".join(text for _, text in new) == LOWERED.new.text


def test_texts_are_never_formulas():
    data = book()
    assert [row["text last year"] for row in register()][1] == "=1+1 组织社会实践"
    assert all("<f>" not in xml(data, name)[0] for name in ("Summary", "Register", "Targets", "Schedules"))


@pytest.mark.parametrize("marks", [
    [], [mark("replace", "旧", "新")], [mark("insert", "", "新")], [mark("equal", "同")], [mark("equal", ""), mark("delete", "旧"), mark("delete", "弃")],
    [mark("equal", "长" * 20_000), mark("replace", "旧" * 20_000, "新" * 20_000)], [mark("equal", "a\x00b"), mark("insert", "", "\x01")],
    [mark("equal", " http://x.y "), mark("replace", " <b>&amp; ", " {=1} ")], [mark("equal", "甲\n"), mark("insert", "", "\n乙")],
])  # fmt: skip
def test_any_marks_can_be_written(marks):
    old, new = ("".join(getattr(one, year) for one in marks) for year in ("old", "new"))
    record = Record(type="section", old=side("a", old), new=side("b", new), changes=["changed"], marks=marks)
    (row,) = register(comparison(record))
    assert row["text last year"] == old.replace("\x00", "")[:LONGEST_CELL]
    assert row["text this year"] == new.replace("\x00", "").replace("\x01", "")[:LONGEST_CELL]


def test_the_head_stays_filters_and_stands_on_every_page():
    data = book()
    for name in ("Register", "Targets", "Schedules"):
        sheet, _ = xml(data, name)
        assert 'ySplit="1"' in sheet
        assert "<autoFilter " in sheet
        assert 'orientation="landscape"' in sheet
        assert "<fitToPage" in sheet or 'fitToPage="1"' in sheet
        assert "2025&amp;&amp;甲.docx" in sheet
    with ZipFile(BytesIO(data)) as archive:
        assert "Print_Titles" in archive.read("xl/workbook.xml").decode()


def test_verdicts_are_chosen_from_a_list_where_there_is_a_pair():
    sheet, _ = xml(book(), "Register")
    (validation,) = re.findall(r"<dataValidation .*?</dataValidation>", sheet)[:1]
    assert "same,different" in validation
    places = " ".join(re.findall(r'<dataValidation [^>]*sqref="([^"]+)"', sheet))
    assert places == "Y2:Y3 Y5:Y6"  # not the entry that was added


def test_verdicts_are_read_back():
    assert pairs_of(book()) == Pairs([("a4", "b4")], [])
    assert pairs_of(book(language="zh")) == Pairs([("a4", "b4")], [])


def test_a_verdict_on_an_entry_without_partner_is_about_its_likeliest_one():
    (row,) = register(comparison(REMOVED))
    assert (row["old key"], row["new key"]) == ("a2", "b9")


def test_the_other_possible_partners_come_with_their_keys():
    more = [*REMOVED.possible, Candidate(key="b8", node="/plans/0/children/8", text="社会实践周", similarity=0.3, kind="similar")]
    (row,) = register(comparison(REMOVED.model_copy(update={"possible": more})))
    assert row["possible partner"].splitlines() == ["组织校外实践 (0.40) [b9]", "社会实践周 (0.30) [b8]"]


def test_targets_have_numbers_and_bars():
    data = book()
    heads, row = rows(data, "Targets")
    named = dict(zip(heads, row, strict=True))
    assert (named["target"], named["status"]) == ("新建学校", "target lowered")
    assert (named["last year"], named["this year"], named["unit"], named["difference"], named["percent"]) == (50, 35, "所", -15, -0.3)
    assert "dataBar" in xml(data, "Targets")[0]
    assert len(rows(book(comparison(ADDED)), "Targets")) == 1


def test_schedules_have_a_sheet_of_their_own():
    heads, row = rows(book(), "Schedules")
    named = dict(zip(heads, row, strict=True))
    assert (named["row last year"], named["row this year"]) == ("第2周 9.8-9.12", "第3周 9.14-9.18")
    assert (named["time last year"], named["time this year"], named["days"]) == ("2025-09-09", "2026-09-16", 7)


def test_the_summary_leads_to_what_is_to_be_looked_at_first():
    data = book()
    sheet, _ = xml(data, "Summary")
    assert re.findall(r'location="([^"]+)"', sheet) == ["'Register'!A2"]
    cells = [cell for row in rows(data, "Summary") for cell in row]
    assert {"2025&甲.docx", "b" * 64, "--threshold 0.5", "青竹镇小学2026年工作计划"} <= set(cells)


def test_the_same_comparison_gives_the_same_bytes():
    assert book() == book()


def test_a_comparison_without_records_is_a_workbook_of_heads():
    data = book(comparison())
    assert [len(rows(data, name)) for name in ("Register", "Targets", "Schedules")] == [1, 1, 1]


def test_a_missing_package_is_said(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(MissingPackage, match="planparse\\[sheets\\]"):
        book()
