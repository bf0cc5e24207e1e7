"""Targets of several plans as one table."""

import csv
import json
from io import BytesIO, StringIO
from itertools import pairwise

import pytest

import planparse
from planparse.diff.compare import Options, compare
from planparse.diff.model import Comparison, Head, Record, Side
from planparse.diff.units import flatten
from planparse.diff.years import table
from planparse.messages import translator
from planparse.report.changes import years as report

PLANS = {
    2024: """青竹镇2024年工作计划
一、教育
1.新建学校20所，改造校舍5栋。
2.教师培训不少于40人次。
二、农业
1.新修水渠3公里。
2.粮食总产量达到2万吨。
""",
    2025: """青竹镇2025年工作计划
一、农业
1.粮食总产量达到2万吨。
二、教育
1.新建学校35所，改造校舍5栋。
2.教师培训不少于60人次。
""",
    2026: """青竹镇2026年工作计划
一、农业
1.粮食总产量达到2.5万吨。
2.植树300亩。
二、教育
1.新建学校28所。
2.改造校舍8栋。
3.教师培训不少于60人次。
""",
}
TOPICS = ("新建学校", "改造校舍", "教师培训", "水渠", "粮食", "植树")


def side(unit):
    return Side(key=unit.node, node=unit.node, plan=unit.plan, path=list(unit.path), number=unit.number, text=unit.text)


def compared(old, new):
    """Entries about the same topic are pairs; one entry with two topics is split."""
    records, groups = [], {}
    units = [[unit for unit in flatten(document) if unit.values.targets] for document in (old, new)]
    pairs = {(a, b): None for topic in TOPICS for a in units[0] for b in units[1] if topic in a.text and topic in b.text}
    for a, b in pairs:
        several = sum(one is a for one, _ in pairs) > 1
        group = groups.setdefault(a.node, len(groups) + 1) if several else None
        records.append(Record(type="section", old=side(a), new=side(b), changes=["split"] if several else [], similarity=1, group=group))
    return Comparison(version="1", old=head(old), new=head(new), records=records)


def head(document):
    plan = document.plans[0]
    return Head(name=document.source.name, sha256="0" * 64, title=plan.title, year=plan.year.value if plan.year else None)


def strung(*texts):
    documents = [planparse.parse(text) for text in texts]
    return table(documents, [compared(old, new) for old, new in pairwise(documents)])


@pytest.fixture
def whole():
    return strung(*PLANS.values())


def written(years, form, language="en", **more):
    return report.write(years, form, translate=translator(language), **more)


def figures(years):
    return {row.subject: [held.target.text if held else None for held in row.held] for row in years.rows}


def test_each_target_is_a_row_and_each_plan_a_column(whole):
    assert figures(whole) == {
        "粮食总产量": ["2万吨", "2万吨", "2.5万吨"],
        "植树": [None, None, "300亩"],
        "学校": ["20所", "35所", "28所"],
        "校舍": ["5栋", "5栋", "8栋"],
        "教师培训": ["不少于40人次", "不少于60人次", "不少于60人次"],
        "新修水渠": ["3公里", None, None],
    }


def test_rows_follow_the_last_plan_and_what_ended_stands_where_it_stood(whole):
    assert [row.subject for row in whole.rows] == ["粮食总产量", "植树", "学校", "校舍", "教师培训", "新修水渠"]


def test_targets_of_a_split_entry_go_with_their_parts(whole):
    built, mended = (next(row for row in whole.rows if row.subject == topic) for topic in ("学校", "校舍"))
    assert built.held[1].entry.node == mended.held[1].entry.node
    assert built.held[2].entry.node != mended.held[2].entry.node


def test_the_change_is_that_from_the_first_year_to_the_last(whole):
    changes = {row.subject: row.change and (row.change.change, row.change.amount, row.change.percent) for row in whole.rows}
    assert changes["学校"] == ("raised", 8, 40)
    assert changes["粮食总产量"] == ("raised", 5000, 25)
    assert changes["新修水渠"] is None


def test_two_targets_that_stay_the_same_are_two_rows():
    text = "青竹镇{}年工作计划\n一、教育\n1.新建学校3所，改造学校3所。\n"
    years = strung(text.format(2025), text.format(2026))
    assert len(years.rows) == 2
    assert all(None not in row.held for row in years.rows)


def test_comparisons_as_they_are_made_give_the_same_rows():
    documents = [planparse.parse(PLANS[year]) for year in (2024, 2025)]
    rows = figures(table(documents, [compare(*documents, Options(everything=True))]))
    assert rows["粮食总产量"] == ["2万吨", "2万吨"]
    assert rows["学校"] == ["20所", "35所"]
    assert rows["新修水渠"] == ["3公里", None]


def test_columns_are_called_by_their_year_or_by_their_file():
    heads = [Head(name="a.txt", sha256="", year=2024), Head(name="b.txt", sha256=""), Head(name="c.txt", sha256="", year=2025),
             Head(name="d.txt", sha256="", year=2025)]  # fmt: skip
    assert report.labels(heads) == ["2024", "b.txt", "c.txt", "d.txt"]


def test_text_shows_figures_steps_and_what_began_or_ended(whole):
    lines = written(whole, "text", width=120).splitlines()
    (built,) = (line for line in lines if "学校" in line)
    assert built.split() == ["二、1.", "学校", "所", "20", "35", "28", "+8", "+40", "%"]
    assert next(line for line in lines if "植树" in line).endswith("from 2026")
    assert next(line for line in lines if "水渠" in line).endswith("until 2024")


def test_colours_only_on_request(whole):
    assert "\x1b[" not in written(whole, "text")
    assert "\x1b[32m" in written(whole, "text", colour=True)


def test_json_has_all_of_it(whole):
    read = json.loads(written(whole, "json"))
    assert [one["label"] for one in read["documents"]] == ["2024", "2025", "2026"]
    grain = read["targets"][0]
    assert (grain["subject"], grain["unit"], grain["first"], grain["last"], grain["percent"]) == ("粮食总产量", "万吨", "2024", "2026", 25)
    assert [one["figure"] for one in grain["figures"]] == [2, 2, 2.5]
    assert grain["figures"][2]["target"]["unit"] == "吨"
    assert read["targets"][1]["figures"][:2] == [None, None]


def test_csv_has_numbers(whole):
    rows = {row["subject"]: row for row in csv.DictReader(StringIO(written(whole, "csv")[1:]))}
    assert [rows["粮食总产量"][year] for year in ("2024", "2025", "2026")] == ["2", "2", "2.5"]
    assert (rows["粮食总产量"]["unit"], rows["粮食总产量"]["amount"], rows["粮食总产量"]["percent"]) == ("万吨", "0.5", "25.0")
    assert (rows["新修水渠"]["first"], rows["新修水渠"]["last"], rows["新修水渠"]["2026"]) == ("2024", "2024", "")


def test_figures_in_several_units_are_told_in_the_base_unit():
    years = strung(
        *(f"青竹镇{year}年工作计划\n一、农业\n1.粮食总产量达到{amount}。\n" for year, amount in ((2025, "9000吨"), (2026, "1.2万吨")))
    )
    assert report.figures(years.rows[0]) == ("吨", [9000, 12000])
    assert "9000 吨" in written(years, "markdown")
    assert "1.2 万吨" in written(years, "markdown")


def test_spans_stay_words():
    years = strung(*(f"青竹镇{year}年工作计划\n一、教育\n1.教师培训{amount}。\n" for year, amount in ((2025, "3至5次"), (2026, "6次"))))
    unit, values = report.figures(years.rows[0])
    assert unit == "次"
    assert values[1] == 6
    assert "3–5" in values[0]


def test_markdown_is_a_table(whole):
    lines = written(whole, "markdown", "zh").splitlines()
    assert lines[0] == "# 历年指标"
    assert "| 二、1. | 学校 | 所 | 20 | 35 | 28 | +8 | +40 % |  |" in lines


def test_the_workbook_has_numbers_lines_and_bars(whole):
    calamine = pytest.importorskip("python_calamine")
    pytest.importorskip("xlsxwriter")
    data = written(whole, "xlsx", "zh")
    assert data == written(whole, "xlsx", "zh")
    heads, *rows = calamine.CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("指标").to_python()
    built = dict(zip(heads, next(row for row in rows if row[2] == "学校"), strict=True))
    assert (built["2024"], built["2025"], built["2026"], built["变化"], built["幅度"]) == (20, 35, 28, 8, 0.4)


def test_plans_without_targets_are_said_to_have_none():
    text = "青竹镇2025年工作计划\n一、教育\n1.加强管理。\n"
    years = strung(text, text)
    assert years.rows == []
    assert "no plan has a target" in written(years, "text")
    assert json.loads(written(years, "json"))["targets"] == []


def test_a_comparison_is_due_for_each_two_neighbours():
    document = planparse.parse(PLANS[2024])
    with pytest.raises(AssertionError):
        table([document, document], [])
