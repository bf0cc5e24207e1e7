"""The .xlsx and .csv writers, read back."""

import csv
from io import StringIO
from itertools import chain

import pytest

pytest.importorskip("python_calamine")
pytest.importorskip("xlsxwriter")

import planparse
from planparse.model import Document, Owner, Plan, Schedule, Section, Target
from planparse.readers import sheets as reader
from planparse.readers.blocks import Grid, Paragraph
from planparse.writers import sheets as writer

SOURCE = """青竹镇小学2026年秋季工作安排
一、总体要求
1.合格率达到95%以上。（教导处负责）
2.9月10日前完成排课。
二、周工作安排
周次\t日期\t内容\t负责人
第一周\t8.31-9.4\t开学典礼\t王明
第二周\t9.7-9.11\t常规检查\t李芳
第三周\t9.14-9.18\t家长会\t王明
"""


@pytest.fixture
def document():
    return planparse.parse(SOURCE)


def table_of(document):
    def find(nodes):
        for node in nodes:
            if isinstance(node, Schedule):
                return node
            found = find(getattr(node, "children", []))
            if found:
                return found
        return None

    return find(document.plans[0].children)


def rows_of(block):
    return [["\n".join(paragraph.text for paragraph in cell.paragraphs) for cell in row] for row in block.rows]


def test_the_schedule_is_read_back_without_the_list_of_entries(document):
    content = reader.read(writer.write_xlsx([document]), "-")
    title, table = content.blocks
    schedule = table_of(document)
    assert isinstance(title, Paragraph)
    assert title.text == "青竹镇小学2026年秋季工作安排"
    assert isinstance(table, Grid)
    assert rows_of(table) == [[column.name for column in schedule.columns], *(row.cells for row in schedule.children)]


def test_the_tables_of_all_samples_are_read_back(samples):
    def filled(rows):
        return [cells for row in rows if (cells := ["\n".join(cell.split("\n")).strip() for cell in row if cell.strip()])]

    count = 0
    for path in sorted(samples.glob("*.txt")):
        document = planparse.read(path)
        blocks = reader.read(writer.write_xlsx([document]), "-").blocks
        tables = [filled(rows_of(block)) for block in blocks if isinstance(block, Grid)]
        for sheet in writer._sheets([document]):
            if any(sheet.heads):
                assert filled([sheet.heads, *sheet.rows]) in tables, path.name
                count += 1
    assert count > 3


def test_the_same_document_gives_the_same_bytes(document):
    assert writer.write_xlsx([document]) == writer.write_xlsx([document])


def test_a_document_without_tables_is_a_workbook_of_entries():
    assert reader.read(writer.write_xlsx([planparse.parse("")]), "-").blocks == []


def test_the_csv_file_has_a_row_for_each_entry(document):
    text = writer.write_csv([document])
    assert text.startswith("\ufeffpath,number,text,")
    assert text.count("\r\n") == len(text.splitlines())
    rows = list(csv.DictReader(StringIO(text[1:])))
    by_text = {row["text"]: row for row in rows}
    assert [row["number"] for row in rows[:4]] == ["一、", "1.", "2.", "二、"]
    assert by_text["常规检查"]["owner"] == "李芳"
    assert by_text["常规检查"]["start"] == "2026-09-07"
    assert by_text["常规检查"]["line"] == "8"
    assert by_text["常规检查"]["path"] == "二、周工作安排 / 第2周 9.7-9.11"
    assert rows[1]["path"] == "一、总体要求"


def test_owners_and_targets_of_a_section_are_listed(document):
    owners = [Owner(text="教导处", kind="unit"), Owner(text="政教处", kind="unit")]
    section = Section(level=1, heading="教学", text="抓质量。", owners=owners, targets=[Target(text="12次"), Target(text="95%以上")])
    plan = document.plans[0].model_copy(update={"children": [section]})
    (row,) = csv.DictReader(StringIO(writer.write_csv([document.model_copy(update={"plans": [plan]})])[1:]))
    assert (row["text"], row["owner"], row["targets"], row["line"]) == ("教学 抓质量。", "教导处、政教处", "12次；95%以上", "")


def test_two_plans_are_told_apart_by_their_titles():
    documents = [planparse.parse(f"{name}工作计划\n一、总则\n1.加强学习。\n") for name in ("南校区", "北校区")]
    rows = list(csv.DictReader(StringIO(writer.write_csv(documents)[1:])))
    assert {row["path"].partition(" / ")[0] for row in rows} == {"南校区工作计划", "北校区工作计划"}


@pytest.mark.parametrize("value", ["=1+1", "@SUM(A1)", "+cmd|' /C'!A0", "-A1", "-(1)", "\t=1", " =1", "＝1"])
def test_formulas_are_made_harmless(value):
    assert writer.harmless(value) == "'" + value


@pytest.mark.parametrize("value", ["-5", "+8%", "1=1", "8.31-9.4", "- 报到", "", "第一周"])
def test_other_values_stay(value):
    assert writer.harmless(value) == value


def test_names_of_sheets_are_legal_and_different():
    taken = set()
    names = [writer._sheet_name(title, taken) for title in ("长" * 40, "长" * 40, "a/b:c*d?[e]", "'引号'", "", "History", "😀" * 20)]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name.encode("utf-16-le")) // 2 <= 31 for name in names)
    assert not any(set(name) & set("[]:*?/\\") or name.strip("'") != name for name in names)


def test_odd_texts_do_not_break_the_workbook():
    odd = ["=1+1", "a\x00b\ud800c", "长" * 40_000, "http://x.y", "007", "_x000D_"]
    table = {"type": "table", "columns": ["一", "二"], "rows": [[text, "x"] for text in odd] + [[], ["a", "b", "c"]]}
    source = {"name": "-", "encoding": "utf-8", "sha256": "", "lines": 1, "characters": 1}
    plan = Plan.model_construct(ordinal=1, title="=标题", children=[Schedule(unit="week"), planparse.model.Table.model_construct(**table)])
    document = Document.model_construct(source=source, plans=[plan], stray=[])
    texts = [
        cell
        for block in reader.read(writer.write_xlsx([document]), "-").blocks
        if isinstance(block, Grid)
        for cell in chain.from_iterable(rows_of(block))
    ]
    assert {"=1+1", "abc", "http://x.y", "007", "c"} <= set(texts)
    assert max(map(len, texts)) == 32_767
