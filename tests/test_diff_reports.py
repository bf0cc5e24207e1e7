"""What all reports of a comparison have in common: the same counts, and nothing that nobody asked for."""

import html
import re
from io import BytesIO
from pathlib import Path

import pytest

pytest.importorskip("python_calamine")
pytest.importorskip("xlsxwriter")

import python_calamine as calamine
from comparisons import CANTEENS_REMOVED, comparison, everyday

import planparse
from planparse.diff.compare import Options, compare
from planparse.messages import translator
from planparse.report.changes import wording
from planparse.report.changes.choose import Choice, chosen, differs, fails, named
from planparse.report.changes.formats import FORMATS, Screen, render

SAMPLES = Path(__file__).parent.parent / "samples"
READ = [name for name in FORMATS if name != "json"]
"""What people read."""


def compared(old, new, **options):
    return compare(planparse.parse(old), planparse.parse(new), Options(**options))


@pytest.fixture(scope="module")
def years():
    """The two sample plans compared."""
    return compared(*((SAMPLES / f"annual-plan-{year}.txt").read_text(encoding="utf-8") for year in (2024, 2025)))


def cells(data, sheet=0):
    return calamine.CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(sheet).to_python()


def report(told, name, language="en", **screen):
    """A report as text; of a workbook the cells of all sheets."""
    data = render(told, name, translate=translator(language), screen=Screen(width=200, **screen))
    return str([cells(data, sheet) for sheet in range(4)]) if name == "xlsx" else data.decode()


# -- counts ------------------------------------------------------------------------------------------------------


def counts_of_text(data, unchanged):
    del unchanged
    return {name: int(number) for name, number in re.findall(r"^  (\S.*?) +(\d+)$", data.decode().split("\n\n")[1], re.MULTILINE)}


def counts_of_markdown(data, unchanged):
    del unchanged
    table = data.decode().split("---: |\n", 1)[1].split("\n\n", 1)[0]
    return {name: int(number) for name, number in re.findall(r"^\| (.+?) \| (\d+) \|$", table, re.MULTILINE)}


def counts_of_html(data, unchanged):
    text = data.decode()
    (found,) = re.findall(r'<div class="kinds-found">(.+?)</div>', text, re.DOTALL)
    amounts, kept = found.split("</p>")[1], re.search(r"\d+", found)
    return {unchanged: int(kept[0])} | {
        html.unescape(name): int(number) for name, number in re.findall(r'class="amount">(.+?) <b>(\d+)</b>', amounts)
    }


def counts_of_xlsx(data, unchanged):
    rows = [row[:2] for row in cells(data)]
    start = next(at for at, row in enumerate(rows) if row[0] == unchanged)
    stop = next(at for at, row in enumerate(rows) if at > start and not isinstance(row[1], float))
    return {name: int(number) for name, number in rows[start:stop] if not re.match("confidence: |把握：", name)}


COUNTS = {"text": counts_of_text, "markdown": counts_of_markdown, "html": counts_of_html, "xlsx": counts_of_xlsx}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_report_tells_the_same_counts(years, language):
    for both in (years, everyday()):
        for summary in (False, True):
            same_counts(both, language, summary)


def same_counts(compared, language, summary):
    """Reads the counts out of each report."""
    translate = translator(language)
    unchanged = wording.named("unchanged", translate)
    told = {
        name: read(render(compared, name, translate=translate, screen=Screen(width=200, summary=summary)), unchanged)
        for name, read in COUNTS.items()
    }
    expected = {unchanged: compared.count.unchanged} | {
        wording.named(kind, translate): number for kind, number in wording.counted(compared)
    }
    assert len(expected) > 8
    for name in READ:
        assert told[name] == expected, name


def test_every_report_tells_the_same_sums(years):
    count = years.count
    assert (count.old, count.new) == (
        count.pairs + count.removed + count.regrouped_old, count.pairs + count.added + count.regrouped_new,
    )  # fmt: skip
    for name in ("text", "markdown", "xlsx"):
        for sentence in wording.sums(years, str):
            assert sentence in report(years, name), name
    (table,) = re.findall(r'<table class="sums">(.+?)</table>', report(years, "html"), re.DOTALL)
    rows = [list(map(int, re.findall(r'class="count">(\d+)', row))) for row in table.split("</tr>")]
    assert [row for row in rows if row] == [
        [count.pairs, count.pairs], [count.regrouped_old, count.regrouped_new], [count.removed], [count.added], [count.old, count.new],
    ]  # fmt: skip


def test_every_report_tells_the_same_steps(years):
    steps = [wording.shifted(shift, years, str) for shift in years.shifts]
    assert len(steps) > 1
    for name in READ:
        shown = html.unescape(report(years, name))
        assert all(step in shown for step in steps), name


# -- pairs that are the same -------------------------------------------------------------------------------------

FLAT = "某县2024年教育工作计划\n一、重点工作\n1．新建幼儿园5所，改善办学条件。\n2．组织教师体检，关心教师健康。\n3．召开工作例会。\n"
DEEP = FLAT.replace("一、重点工作\n", "一、重点工作\n（一）办学条件建设\n")


def test_pairs_below_a_new_heading_are_told_to_programs_only():
    wrapped = compared(FLAT, DEEP)
    same = [record for record in wrapped.records if not record.changes]
    assert len(same) == 3, "the new tree cannot be rebuilt without them"
    assert "幼儿园" in report(wrapped, "json")
    for name in READ:
        shown = report(wrapped, name)
        assert "办学条件建设" in shown
        assert "幼儿园" not in shown, name


@pytest.mark.parametrize("name", READ)
def test_all_lists_them(name):
    assert "幼儿园" in report(compared(FLAT, DEEP, everything=True), name, everything=True)


def test_they_are_no_difference_by_themselves():
    left = chosen(compared(FLAT, DEEP), Choice(ignore=named(["added"])))
    assert left.records, "the pairs stay"
    assert not differs(left)
    assert not fails(left, named(["added", "possible", "structure", "numbering"]))
    assert "no differences" in report(left, "text")


# -- candidates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", READ)
def test_candidates_that_read_the_same_are_listed_once(name):
    (likely,) = CANTEENS_REMOVED.possible
    twice = [likely, likely.model_copy(update={"key": "1-more", "similarity": 0.35, "text": f" {likely.text}"})]
    shown = report(comparison(CANTEENS_REMOVED.model_copy(update={"possible": twice})), name)
    assert shown.count(likely.text) == 1
    assert not re.search(r"35 %|0\.35", shown)


# -- options -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", READ)
def test_only_options_that_were_set_are_told(years, name):
    plain = report(years, name)
    assert not re.search("confirmed =|threshold|--words|judged pairs", plain.split("register", 1)[0] if name == "html" else plain)
    options = {
        "threshold": 0.5,
        "words": True,
        "confirmed": [["key of one", "key of another"]],
        "rejected": [],
        "plans": [1, 2],
        "only": ["moved"],
    }
    shown = report(years.model_copy(update={"options": options}), name).replace("\\", "")
    for words in ("--threshold 0.5", "--words", "--plan 1:2", "judged pairs: 1 confirmed, 0 rejected", "only: moved"):
        assert words in shown
    assert "key of" not in shown
