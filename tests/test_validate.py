"""`check` names every failure by its JSON path; what the parser prints has none."""

import copy
import json
from pathlib import Path

import pytest

from planparse.model import SCHEMA_ID
from planparse.source import Source
from planparse.syntax.parse import Parsed
from planparse.validate import MESSAGES, Failure, check
from planparse.writers.json import write as to_json

SAMPLES = sorted(path for path in (Path(__file__).parent.parent / "samples").iterdir() if path.suffix in (".txt", ".md"))

PLAN = """安全工作计划
一、目标
1、零事故。
2、零火灾。
二、安排
周次\t日期\t内容
第1周\t2024年9月2日—9月6日\t开学
第2周\t2024年9月9日—9月13日\t值日
第3周\t2024年9月16日—9月20日\t演练
"""
SECTION = ("plans", 0, "children", 0)
NUMBER = (*SECTION, "number")
ROWS = ("plans", 0, "children", 1, "children", 0, "children")
WHEN = (*ROWS, 0, "when")


def parsed(text, positions=True):
    return json.loads("".join(to_json(Parsed(Source(name="x", text=text)), positions=positions)))


@pytest.fixture(scope="module")
def valid():
    document = parsed(PLAN)
    assert check(json.dumps(document).encode()) == []
    return document


def with_change(document, path, value):
    """A copy in which `value` stands at `path`; a callable changes what stands there."""
    changed = copy.deepcopy(document)
    at = changed
    for step in path[:-1]:
        at = at[step]
    if callable(value):
        value(at[path[-1]])
    else:
        at[path[-1]] = value
    return changed


def found(document):
    return [(failure.path, failure.reason) for failure in check(json.dumps(document, ensure_ascii=False).encode())]


# -- what is printed is valid ------------------------------------------------------------------------------------


@pytest.mark.parametrize("positions", [True, False], ids=["positions", "without"])
@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in SAMPLES])
def test_what_the_parser_prints_is_valid(path, positions):
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    assert found(parsed(text, positions)) == []


@pytest.mark.parametrize("text", ["", "\n", "一", "计划\r\n一、目标\r\n1、平安。\r\n", "\ufeff计划\n"])
def test_short_texts_are_valid(text):
    assert found(parsed(text)) == []


# -- what is no JSON ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "values"),
    [
        (b"", "not_json", {"problem": "Expecting value", "line": 1, "column": 1}),
        (b'{"a":\n 1,}', "not_json", {"line": 2}),
        ("{计划}".encode("gb18030"), "not_utf8", {"offset": 1}),
        (b'{"a": NaN}', "not_json", {"problem": "NaN is no JSON number"}),
        (b"[" * 100_000, "too_deep", {}),
        (b'{"plans":' * 300 + b"1" + b"}" * 300, "too_deep", {}),
        (b'{"a": 1' + b"0" * 5000 + b"}", "not_json", {}),
    ],
    ids=["empty", "comma", "GB 18030", "NaN", "open brackets", "nested", "long integer"],
)
def test_no_json(data, name, values):
    (failure,) = check(data)
    assert (failure.path, failure.reason) == ("$", MESSAGES[name])
    assert values.items() <= failure.values.items()


# -- schema ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value", "expected", "message"),
    [
        (("schema",), "other", "$.schema", f"the schema is other, not {SCHEMA_ID}"),
        (("source",), lambda source: source.pop("sha256"), "$.source.sha256", "the field sha256 is missing"),
        ((*NUMBER, "value"), "一", "$.plans[0].children[0].number.value", '"一" stands where a whole number was due'),
        ((*NUMBER, "value"), -1, "$.plans[0].children[0].number.value", "Input should be greater than or equal to 0"),
        ((*SECTION, "type"), "chapter", "$.plans[0].children[0]", "chapter is none of"),
        (SECTION, lambda section: section.pop("type"), "$.plans[0].children[0]", "the field type is missing"),
        ((*SECTION, "a b"), 1, '$.plans[0].children[0]["a b"]', "there is no field a b"),
        ((*SECTION, "children"), "text", "$.plans[0].children[0].children", '"text" stands where a list was due'),
        ((*ROWS[:-1], "unit"), "year", "$.plans[0].children[1].children[0].unit", '"year" is none of'),
        (("plans", 0), None, "$.plans[0]", "null stands where an object was due"),
    ],
)
def test_schema(valid, path, value, expected, message):
    failures = check(json.dumps(with_change(valid, path, value)).encode())
    assert expected in [failure.path for failure in failures]
    assert any(failure.message.startswith(message) for failure in failures)


# -- meaning: each case is the valid plan with one change --------------------------------------------------------


def moved(offset=0, line=0, column=0):
    """Moves a point."""

    def move(point):
        point["offset"] += offset
        point["line"] += line
        point["column"] += column

    return move


def swap(rows):
    rows[0], rows[1] = rows[1], rows[0]


def swap_positions(nodes):
    nodes[0]["position"], nodes[1]["position"] = nodes[1]["position"], nodes[0]["position"]


@pytest.mark.parametrize(
    ("path", "value", "expected", "name"),
    [
        (("plans", 0, "ordinal"), 2, "$.plans[0].ordinal", "ordinal"),
        ((*SECTION, "level"), 2, "$.plans[0].children[0].level", "level"),
        ((*SECTION, "children", 0, "level"), 1, "$.plans[0].children[0].children[0].level", "level"),
        ((*NUMBER, "value"), 2, "$.plans[0].children[0].number.text", "number_text"),
        ((*NUMBER, "text"), "1、", "$.plans[0].children[0].number.text", "number_text"),
        ((*NUMBER, "style"), "arabic-dot", "$.plans[0].children[0].number.text", "number_text"),
        ((*NUMBER, "style"), "runes", "$.plans[0].children[0].number.style", "unknown_style"),
        ((*SECTION, "position", "end", "offset"), 3, "$.plans[0].children[0].position", "reversed_span"),
        ((*SECTION, "position", "end"), moved(offset=500), "$.plans[0].children[0].position", "outside_parent"),
        ((*SECTION, "position", "end"), moved(offset=500), "$.plans[0].children[0].position.end", "outside_source"),
        ((*SECTION, "position", "end"), moved(line=40), "$.plans[0].children[0].position.end", "line_outside"),
        ((*SECTION, "position", "end"), moved(column=1), "$.plans[0].children[0].position.end", "line_column"),
        ((*SECTION, "position", "end"), moved(line=1), "$.plans[0].children[0].position.end", "line_column"),
        ((*SECTION, "children"), swap_positions, "$.plans[0].children[0].children[1].position", "overlap"),
        ((*SECTION, "children", 1, "position", "start"), moved(offset=-3, line=-1, column=4),
         "$.plans[0].children[0].children[1].position", "overlap"),
        (("source", "characters"), 20, "$.plans[0].position.end", "outside_source"),
        (("source", "lines"), 3, "$.plans[0].position.end", "line_outside"),
        (ROWS, swap, "$.plans[0].children[1].children[0].children[1].week", "falling_week"),
        (ROWS, swap, "$.plans[0].children[1].children[0].children[1].when.start", "falling_date"),
        ((*WHEN, "start"), "2024-02-30", "$.plans[0].children[1].children[0].children[0].when.start", "no_day"),
        ((*WHEN, "start"), "20240902", "$.plans[0].children[1].children[0].children[0].when.start", "no_day"),
        ((*WHEN, "end"), "2024-08-01", "$.plans[0].children[1].children[0].children[0].when.end", "reversed_dates"),
        ((*WHEN, "edtf"), "September", "$.plans[0].children[1].children[0].children[0].when.edtf", "no_edtf"),
        ((*WHEN, "edtf"), "XXXX-02-30", "$.plans[0].children[1].children[0].children[0].when.edtf", "no_edtf"),
        ((*WHEN, "edtf"), "2024-09-02/2024-09-07", "$.plans[0].children[1].children[0].children[0].when.edtf", "edtf_differs"),
        ((*WHEN, "edtf"), "19XX-09-02/19XX-09-06", "$.plans[0].children[1].children[0].children[0].when.edtf", "edtf_differs"),
        ((*WHEN, "rrule"), "weekly", "$.plans[0].children[1].children[0].children[0].when.rrule", "rrule"),
        ((*SECTION, "targets"), [{"text": "3至2次", "value": 3, "upper": 2}], "$.plans[0].children[0].targets[0].upper", "upper"),
        (("plans", 0, "year"), {"value": 2024, "candidates": [2022, 2023]}, "$.plans[0].year.value", "year"),
    ],
)  # fmt: skip
def test_meaning(valid, path, value, expected, name):
    assert (expected, MESSAGES[name]) in found(with_change(valid, path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((*NUMBER, "text"), "一."),
        ((*SECTION, "children", 0, "number"), {"text": "1.2.1", "style": "decimal-3", "value": 1}),
        ((*SECTION, "children", 0, "number"), {"text": "①", "style": "circled", "value": 1}),
        ((*SECTION, "children", 0, "number"), {"text": "一", "style": "han-blank", "value": 1}),
        ((*SECTION, "children", 0, "number"), {"text": "三是", "style": "narrative", "value": 3}),
        ((*WHEN, "edtf"), "20XX-09-02/20XX-09-06"),
        ((*WHEN, "edtf"), "XXXX-XX-02/XXXX-XX-06"),
        ((*WHEN, "edtf"), "2024-09"),
        ((*WHEN, "edtf"), "2024-09~"),
        ((*WHEN, "edtf"), "{2024-09-02,2024-09-04,2024-09-06}"),
        ((*WHEN, "edtf"), "2024-33"),
        ((*WHEN, "edtf"), "2024-09-02/.."),
        ((*WHEN, "edtf"), None),
        ((*WHEN, "rrule"), "FREQ=WEEKLY;BYDAY=MO"),
        ((*ROWS, 1, "week"), None),
        ((*ROWS, 1, "when"), None),
        (("plans", 0, "year"), {"value": 2024, "candidates": [2023, 2024]}),
        (("plans", 0, "year"), {"value": 2024}),
    ],
)
def test_meaning_holds(valid, path, value):
    assert found(with_change(valid, path, value)) == []


def test_plans_are_counted(valid):
    """The second of two plans has ordinal 2, whatever it says."""
    both = with_change(valid, ("plans",), lambda plans: plans.append({"type": "plan", "ordinal": 1}))
    assert found(both) == [("$.plans[1].ordinal", MESSAGES["ordinal"])]


def test_a_failure_speaks_for_itself():
    failure = Failure("$.plans[0].ordinal", MESSAGES["ordinal"], {"found": 3, "expected": 1})
    assert failure.message == "the ordinal is 3 where 1 was due"


def test_every_failure_has_the_values_its_message_asks_for(valid):
    for path, value in (((*NUMBER, "value"), 2), (("source", "lines"), 1), (("source", "characters"), 1), ((*WHEN, "edtf"), "x")):
        for failure in check(json.dumps(with_change(valid, path, value)).encode()):
            assert "{" not in failure.message
