"""Files of confirmed and rejected pairs: JSON, CSV and working papers."""

import json
from io import BytesIO

import pytest

pytest.importorskip("python_calamine")
pytest.importorskip("xlsxwriter")

import xlsxwriter

from planparse.diff.pairs import Pairs, pairs_of, read_pairs
from planparse.errors import InputError, PlanparseError
from planparse.messages import translator


def workbook(*tables, hidden=()):
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for k, rows in enumerate(tables):
            sheet = book.add_worksheet(f"S{k}")
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
                if at in hidden:
                    sheet.set_row(at, None, None, {"hidden": True})
    return out.getvalue()


def message(data):
    with pytest.raises(PlanparseError) as caught:
        pairs_of(data if isinstance(data, bytes) else data.encode(), "pairs")
    return str(caught.value)


def test_json_lists_pairs():
    data = json.dumps({"confirmed": [["a1", "b1"], ["a2", "b2"]], "rejected": [["a1", "b2"]]}).encode()
    assert pairs_of(data) == Pairs([("a1", "b1"), ("a2", "b2")], [("a1", "b2")])


def test_a_list_that_is_missing_is_empty():
    assert pairs_of(b"{}") == Pairs([], [])
    assert pairs_of(b'{"rejected": [["a", "b"]]}') == Pairs([], [("a", "b")])


def test_csv_has_a_verdict_in_each_row_and_rows_without_one_say_nothing():
    assert pairs_of(b"old,new,verdict\na,b,same\nc,d,different\ne,f,\n\n") == Pairs([("a", "b")], [("c", "d")])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_csv_is_read_as_spreadsheet_programs_save_it(encoding):
    text = "说明,verdict,new,old\r\n安全工作计划的条目,相同,b,a\r\n教学工作的条目,不同,d,c\r\n"
    assert pairs_of(text.encode(encoding)) == Pairs([("a", "b")], [("c", "d")])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_workbook_is_read_by_the_heads_of_either_language(language):
    translate = translator(language)
    heads = [translate(head) for head in ("verdict", "old key", "new key")]
    rows = [["working papers"], heads, [translate("same"), "a", "b"], ["", "c", "d"], [translate("different"), "e", "f"]]
    assert pairs_of(workbook([["counts", 3]], rows)) == Pairs([("a", "b")], [("e", "f")])


def test_rows_hidden_by_a_filter_count():
    rows = [["old key", "new key", "verdict"], ["a", "b", "same"], ["c", "d", "same"]]
    assert pairs_of(workbook(rows, hidden={1})).confirmed == [("a", "b"), ("c", "d")]


def test_a_pair_said_twice_is_one_pair():
    assert pairs_of(b"old,new,verdict\na,b,same\na,b,SAME\n") == Pairs([("a", "b")], [])


def test_errors_say_where():
    assert message("old,new,verdict\na,b,maybe\n") == "pairs:2: maybe is no verdict; write same or different"
    assert message('old,new,verdict\n"a\nb",c,same\n,c,same\n') == "pairs:4: a verdict needs two keys, and one of them is missing"
    book = workbook([["x", "verdict", "old key", "new key"], ["", "", "a", "b"], ["", "yes", "a", "b"]])
    assert message(book) == "pairs:S0!B3: yes is no verdict; write same or different"
    assert message('{"confirmed": [["a", "b"], ["a"]]}') == "pairs:confirmed[1]: a pair is a list of two keys, the old one and the new one"
    assert message('{"confirmed": [["a", 1]]}').startswith("pairs:confirmed[0]:")
    assert message('{"confirmed": [\n["a" "b"]]}').startswith("pairs:2: this is no JSON")


def test_a_pair_cannot_be_confirmed_and_rejected():
    said = "this pair is both confirmed and rejected; keep one of the two"
    assert message('{"confirmed": [["a", "b"]], "rejected": [["c", "d"], ["a", "b"]]}') == f"pairs:rejected[1]: {said}"
    assert message("old,new,verdict\na,b,same\na,b,different\n") == f"pairs:3: {said}"


@pytest.mark.parametrize("data", ["[]", '{"confirmed": {}}', '{"confirm": []}'])
def test_json_of_another_kind_is_refused(data):
    assert "`confirmed` and `rejected`" in message(data)


def test_deep_json_is_refused_in_one_line():
    assert message("[" * 100_000).startswith("pairs:1: this is no JSON")


@pytest.mark.parametrize("data", ["", "old,new\na,b\n", "一、总则\n1.加强学习。\n", workbook([["a", "b"]]), workbook([])])
def test_files_without_the_heads_are_refused(data):
    assert "there are no columns" in message(data)


def test_a_damaged_workbook_is_refused_in_one_line():
    data = workbook([["old key", "new key", "verdict"]])
    assert "\n" not in message(data[: len(data) // 2])


def test_a_file_is_read_by_its_name(tmp_path):
    path = tmp_path / "pairs.json"
    path.write_text('{"confirmed": [["a", "b"]]}')
    assert read_pairs(str(path)).confirmed == [("a", "b")]
    with pytest.raises(InputError, match="no such file"):
        read_pairs(str(tmp_path / "none.json"))
