"""Every sample gives the JSON in samples/expected, and that JSON agrees with an outline made by hand."""

import json

import outlines
import pytest
from conftest import ROOT

SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.is_file())
EXPECTED = ROOT / "samples" / "expected"

# How much of each hand-made outline is found at least: line, number, fitting type and parent all right.
# A better parser raises a floor; nothing may lower one.
FLOORS = {
    "annual-plan-2024": 1.00,
    "annual-plan-2025": 1.00,
    "annual-targets": 1.00,
    "articles": 1.00,
    "automatic-numbers": 1.00,
    "blank-aligned-week-table": 1.00,
    "clipboard-list": 1.00,
    "compilation-eight-plans": 0.99,
    "continued-numbering": 1.00,
    "copied-week-table": 1.00,
    "cover-and-contents": 1.00,
    "daily-schedule": 0.97,
    "decimal-numbering": 0.97,
    "flattened-week-table": 1.00,
    "gbk-notice": 0.95,
    "markdown-plan": 0.97,
    "masked-years": 1.00,
    "mid-text-advertisement": 0.84,
    "misnumbered-scheme": 0.92,
    "month-sections": 1.00,
    "month-table-one-cell-a-line": 0.98,
    "one-line-plan": 1.00,
    "school-site": 1.00,
    "tab-table-rowspan": 0.96,
    "traditional-weeks": 1.00,
    "week-table": 1.00,
}


def stem(path):
    return path.stem


@pytest.mark.parametrize("sample", SAMPLES, ids=stem)
def test_the_json_is_as_expected(planparse, sample, update):
    """`planparse parse` prints what samples/expected holds, to the byte. After a change: `pytest --update`, then read the difference."""
    expected = EXPECTED / f"{sample.stem}.json"
    done = planparse("parse", sample.name, "--lang", "en", cwd=sample.parent)
    assert (done.returncode, done.stderr) == (0, b"")
    if update:
        EXPECTED.mkdir(exist_ok=True)
        expected.write_bytes(done.stdout)
    assert done.stdout.decode().splitlines() == expected.read_text(encoding="utf-8").splitlines()  # readable when it fails
    assert done.stdout == expected.read_bytes()


@pytest.mark.parametrize("sample", SAMPLES, ids=stem)
def test_the_outline_made_by_hand_is_found(sample):
    """The share of a hand-made outline that the expected JSON holds does not fall below its floor."""
    document = json.loads((EXPECTED / f"{sample.stem}.json").read_bytes())
    expected = outlines.read(ROOT / "samples" / "outlines" / f"{sample.stem}.outline")
    misses = outlines.missed(expected, document)
    found = outlines.share(expected, misses)
    report = f"{len(misses)} of {len(expected)} not found:\n" + "\n".join(f"  {node.line}" for node in misses)
    assert found >= FLOORS[sample.stem], report


def test_every_sample_has_all_its_files():
    """Samples, hand-made outlines, expected JSON and floors come in sets; none is left over from a sample that is gone."""
    stems = [path.stem for path in SAMPLES]
    assert stems == sorted(FLOORS)
    assert stems == sorted(path.stem for path in (ROOT / "samples" / "outlines").iterdir())
    assert stems == sorted(path.stem for path in EXPECTED.iterdir())


def test_an_outline_is_read():
    """Indentation makes parents, alternatives make several types, and `join` lines are no nodes."""
    nodes = outlines.read(ROOT / "samples" / "outlines" / "one-line-plan.outline")
    assert [node.place for node in nodes[:3]] == [(1, ""), (1, ""), (1, "一、")]
    assert nodes[2].types == {"section", "item"}
    assert nodes[-1].parent == (1, "四、")
    assert not any("para/join" in node.line for node in nodes)


def test_what_is_wrong_is_missed():
    """A node of another type, on another line, with another number or under another parent is not found."""
    expected = outlines.read(ROOT / "samples" / "outlines" / "gbk-notice.outline")
    document = json.loads((EXPECTED / "gbk-notice.json").read_bytes())
    before = len(outlines.missed(expected, document))
    first, second = document["plans"][1]["children"][:2]
    first["children"][0]["type"] = "paragraph"
    first["children"][1]["number"]["text"] = "3、"
    second["children"].append(first)
    document["plans"][1]["children"].remove(first)
    assert len(outlines.missed(expected, document)) == before + 3
