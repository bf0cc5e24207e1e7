"""`planparse diff`: what it takes, what it chooses, how it ends."""

import json
import os
from hashlib import sha256

import pytest
from checks import runner
from comparisons import (
    BUSES_ADDED,
    CANTEENS_REMOVED,
    DEADLINE_LATER,
    RENUMBERED,
    SAME,
    SCHOOLS_LOWERED,
    TRAINING_MOVED,
    YEAR_ONLY,
    comparison,
    everyday,
)
from jsonschema import Draft202012Validator

from planparse.cli.git import CALLED_BY_GIT, Call, called_by_git
from planparse.diff import compare
from planparse.diff.model import Comparison
from planparse.report.changes.choose import Choice, chosen, differs, fails, named
from planparse.report.changes.formats import FORMATS, SUFFIXES, Screen, render
from planparse.report.changes.json import write as to_json
from planparse.report.changes.wording import kinds

OLD = "某县2024年教育工作计划\n一、重点工作\n1．新建幼儿园5所。\n2．改造食堂20个。\n3．组织教师体检。\n二、保障措施\n1．召开工作例会。\n"
NO_DOCUMENT = "x.json: this is JSON, but no document of planparse; name the plan itself, or what `planparse parse` made of it"
NEW = "某县2025年教育工作计划\n一、重点工作\n1．新建幼儿园5所。\n2．组织教师体检。\n二、保障措施\n1．召开工作例会。\n2．开通校车线路。\n"


@pytest.fixture
def run(monkeypatch, capfd, tmp_path):
    """Runs the command line in a folder with both plans."""
    (tmp_path / "old.txt").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.txt").write_text(NEW, encoding="utf-8")
    for name in (CALLED_BY_GIT, "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    return runner(monkeypatch, capfd, tmp_path)


@pytest.fixture
def handed(monkeypatch):
    """Everything that the comparison was handed; it answers with a comparison made by hand."""
    calls = []

    def answer(old, new, options):
        calls.append((old, new, options))
        return everyday()

    monkeypatch.setattr(compare, "compare", answer)
    return calls


class TestRuns:
    def test_dropped_and_added_entries_are_told(self, run):
        done = run("diff", "old.txt", "new.txt")
        assert (done.code, done.err) == (1, "")
        lines = done.out.splitlines()
        assert lines[0].startswith("--- old.txt  某县2024年教育工作计划  2024  sha256 ")
        assert any(line.strip(" -").startswith("2．改造食堂20个。") for line in lines)
        assert any(line.strip(" +").startswith("2．开通校车线路。") for line in lines)
        assert not any("幼儿园" in line or "例会" in line for line in lines)

    def test_the_same_plan(self, run):
        done = run("diff", "old.txt", "old.txt")
        assert done.code == 0
        assert "no differences" in done.out

    def test_all_shows_what_stayed(self, run):
        assert "新建幼儿园5所" in run("diff", "old.txt", "new.txt", "--all").out

    def test_a_summary(self, run):
        out = run("diff", "old.txt", "new.txt", "--summary").out
        assert "removed" in out
        assert "食堂" not in out

    def test_json_is_told_by_the_suffix_and_fits_its_schema(self, run, tmp_path):
        done = run("diff", "old.txt", "new.txt", "-o", "changes.json")
        assert (done.code, done.out) == (1, "")
        written = json.loads((tmp_path / "changes.json").read_text(encoding="utf-8"))
        schema = json.loads(run("schema", "--comparison").out)
        Draft202012Validator(schema).validate(written)
        assert written == json.loads(run("diff", "old.txt", "new.txt", "-f", "json").out)
        assert {kind for record in written["records"] for kind in record["changes"]} >= {"removed", "added"}

    def test_one_side_may_come_in_by_standard_input(self, run):
        done = run("diff", "-", "new.txt", stdin=OLD.encode())
        assert done.out.startswith("--- -  某县2024年教育工作计划")

    def test_parsed_plans_are_as_good_as_their_text(self, run):
        for name in ("old", "new"):
            run("parse", f"{name}.txt", "-o", f"{name}.json")
        texts, documents = run("diff", "old.txt", "new.txt"), run("diff", "old.json", "new.json")
        assert (texts.code, texts.out.splitlines()[2:]) == (documents.code, documents.out.splitlines()[2:])
        run("parse", "old.txt", "-f", "jsonl", "-o", "old.jsonl")
        assert run("diff", "old.jsonl", "new.txt").out.splitlines()[1:] == texts.out.splitlines()[1:]

    def test_the_head_names_the_file_that_was_given_and_its_own_bytes(self, run, tmp_path):
        run("parse", "old.txt", "-o", "old.json")
        head = json.loads(run("diff", "old.json", "new.txt", "-f", "json").out)["old"]
        assert (head["name"], head["sha256"]) == ("old.json", sha256((tmp_path / "old.json").read_bytes()).hexdigest())

    def test_a_warning_names_the_file_that_was_given(self, run, tmp_path):
        (tmp_path / "empty.txt").write_text("")
        run("parse", "empty.txt", "-o", "none.json")
        assert run("diff", "none.json", "new.txt").err == "planparse: none.json: there is no plan in it\n"
        run("parse", "old.txt", "-o", "old.json")
        assert run("diff", "old.json", "new.txt", "--plan", "2").err == "planparse: old.json: there is no plan 2; it holds 1\n"

    def test_three_plans_give_a_table_of_targets(self, run):
        done = run("diff", "old.txt", "new.txt", "old.txt", "-f", "json")
        assert (done.code, done.err) == (0, "")
        targets = {target["subject"]: target for target in json.loads(done.out)["targets"]}
        assert [figure and figure["figure"] for figure in targets["幼儿园"]["figures"]] == [5, 5, 5]
        assert "幼儿园" in run("diff", "old.txt", "new.txt", "old.txt").out

    def test_in_a_process_of_its_own(self, planparse, tmp_path):
        (tmp_path / "a.txt").write_text(OLD, encoding="utf-8")
        (tmp_path / "b.txt").write_text(NEW, encoding="utf-8")
        done = planparse("diff", "a.txt", "b.txt", "--lang", "zh")
        assert (done.returncode, done.stderr) == (1, b"")
        assert "取消" in done.stdout.decode()
        assert b"\x1b" not in done.stdout


class TestOptions:
    def test_they_reach_the_comparison(self, run, handed, tmp_path):
        (tmp_path / "pairs.json").write_text('{"confirmed": [["1-a", "1-b"]], "rejected": [["1-c", "1-d"]]}')
        code = run(
            "diff", "old.txt", "new.txt", "--threshold", "0.7", "--words", "--all", "--pairs", "pairs.json", "--plan", "1",
            "--old-year", "2022", "--new-year", "2023",
        ).code  # fmt: skip
        assert code == 1
        (old, new, options), *_ = handed
        assert (options.threshold, options.words, options.everything, options.plans) == (0.7, True, True, (1, 1))
        assert (options.confirmed, options.rejected) == ((("1-a", "1-b"),), (("1-c", "1-d"),))
        assert (old.plans[0].year.value, new.plans[0].year.value) == (2022, 2023)

    def test_without_any(self, run, handed):
        run("diff", "old.txt", "new.txt")
        assert handed[0][2] == compare.Options(threshold=None, words=False, confirmed=(), rejected=(), plans=None, everything=False)

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ((), 1),
            (("--exit-zero",), 0),
            (("--only", "targets"), 1),
            (("--only", "merged"), 0),
            (("--fail-on", "target/lowered"), 1),
            (("--fail-on", "target/raised,merged"), 0),
            (("--fail-on", "possible"), 1),
            (("--fail-on", "targets", "--ignore", "targets"), 0),
            (("--fail-on", "targets", "--exit-zero"), 0),
        ],
    )
    def test_exit_codes(self, run, handed, options, code):
        assert run("diff", "old.txt", "new.txt", *options).code == code
        assert len(handed) == 1

    def test_the_screen_is_as_wide_as_it_says(self, run, handed, monkeypatch, tmp_path):
        monkeypatch.setenv("COLUMNS", "130")
        assert " │ " in run("diff", "old.txt", "new.txt").out
        run("diff", "old.txt", "new.txt", "-o", "wide.txt")
        assert " │ " not in (tmp_path / "wide.txt").read_text(encoding="utf-8"), "a file is no screen"


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (("old.txt",), "a comparison needs two plans: last year's, then this year's (see --help)"),
            ((), "a comparison needs two plans: last year's, then this year's (see --help)"),
            (("-", "-"), "- is standard input and can be read once; name a file for the other plan"),
            (("old.txt", "none.txt"), "none.txt: there is no such file; check its name and folder"),
            (("old.txt", "."), ".: this is a folder; name the files in it"),
            (("old.txt", "new.txt", "-o", "new.txt"), "new.txt: this is an input; write the result to another file"),
            (("old.txt", "new.txt", "-f", "pdf"), "there is no format pdf; take one of text, json, markdown, html, xlsx"),
            (
                ("old.txt", "new.txt", "-o", "x.docx"),
                "x.docx: its name tells no format; give --format, one of text, json, markdown, html, xlsx",
            ),
            (("old.txt", "new.txt", "-o", "x.csv"), "there is no format csv; take one of text, json, markdown, html, xlsx"),
            (("old.txt", "new.txt", "old.txt", "-f", "html"), "there is no format html; take one of text, json, csv, markdown, xlsx"),
            (("old.txt", "new.txt", "old.txt", "--only", "moved"), "--only goes with two plans; more give a table of their targets"),
            (("old.txt", "new.txt", "--plan", "0"), "--plan 0: this names no plan; write 2, or 1:3 for the old and the new file"),
            (("old.txt", "new.txt", "--plan", "1:2:3"), "--plan 1:2:3: this names no plan; write 2, or 1:3 for the old and the new file"),
            (("old.txt", "new.txt", "--plan", "1:2"), "new.txt: there is no plan 2; it holds 1"),
            (("old.txt", "new.txt", "--threshold", "nan"), "--threshold nan: give a number from 0 to 1, as 0.6"),
            (("old.txt", "new.txt", "--threshold", "abc"), "--threshold abc: give a number from 0 to 1, as 0.6"),
            (("old.txt", "new.txt", "--threshold", "1.5"), "--threshold 1.5: give a number from 0 to 1, as 0.6"),
            (("old.txt", "new.txt", "--threshold", "-inf"), "--threshold -inf: give a number from 0 to 1, as 0.6"),
            (("old.txt", "new.txt", "--pairs", "none.csv"), "none.csv: there is no such file; check its name and folder"),
        ],
    )
    def test_each_is_one_clear_line(self, run, arguments, said):
        done = run("diff", *arguments)
        assert (done.code, done.out, done.err) == (2, "", f"planparse: {said}\n")

    @pytest.mark.parametrize("option", ["--only", "--ignore", "--fail-on"])
    def test_a_kind_that_there_is_not(self, run, option):
        done = run("diff", "old.txt", "new.txt", option, "target/lowerd")
        assert done.code == 2
        assert done.err.startswith("planparse: there is no kind of change target/lowerd; did you mean target/lowered? There are: targets,")
        assert run("diff", "old.txt", "new.txt", option, "qqq").err.startswith("planparse: there is no kind of change qqq; take some of:")

    @pytest.mark.parametrize("option", ["--only", "--ignore", "--fail-on"])
    @pytest.mark.parametrize("given", ["", ",", " , "])
    def test_an_option_of_kinds_that_names_none(self, run, option, given):
        done = run("diff", "old.txt", "new.txt", option, given)
        said = f"planparse: {option}: this names no kind of change; name some, as targets,removed, or leave it out\n"
        assert (done.code, done.out, done.err) == (2, "", said)

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ('{"a": 1}', NO_DOCUMENT),
            ("{}", NO_DOCUMENT),
            ("[]", NO_DOCUMENT),
            ("null", NO_DOCUMENT),
            ("17", NO_DOCUMENT),
            ('["一、重点工作"]', NO_DOCUMENT),
            ("", NO_DOCUMENT),
            ('{"schema": "https://planparse.dev/schema/document-1.json"}', NO_DOCUMENT),
            ('{"a": 1}\n{"a": 2}\n', "x.json: there are 2 documents in it; write each to a file of its own and name that"),
            ("[" * 100_000, "x.json: this is nested too deeply to be read"),
            ("{", "x.json: this is no JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1))"),
        ],
    )
    def test_json_that_is_no_document(self, run, tmp_path, content, said):
        (tmp_path / "x.json").write_text(content, encoding="utf-8")
        done = run("diff", "old.txt", "x.json")
        assert (done.code, done.out, done.err) == (2, "", f"planparse: {said}\n")

    def test_a_json_object_is_no_plan_whatever_it_is_called(self, run):
        done = run("diff", "old.txt", "-", stdin=b'{"plans": []}')
        assert (done.code, done.err) == (2, f"planparse: {NO_DOCUMENT.replace('x.json', '-')}\n")

    def test_a_document_with_a_fault(self, run, tmp_path):
        run("parse", "old.txt", "-o", "old.json")
        document = json.loads((tmp_path / "old.json").read_text(encoding="utf-8"))
        document["plans"][0]["ordinal"] = 7
        (tmp_path / "old.json").write_text(json.dumps(document))
        done = run("diff", "old.json", "new.txt")
        assert done.code == 2
        assert done.err.startswith("planparse: old.json: $.plans[0].ordinal: the ordinal is 7 where 1 was due; `planparse validate`")

    def test_a_comparison_is_no_plan(self, run):
        run("diff", "old.txt", "new.txt", "-o", "changes.json")
        assert "but no document of planparse" in run("diff", "changes.json", "new.txt").err

    def test_a_plan_that_begins_with_a_bracket_is_a_plan(self, run, tmp_path):
        (tmp_path / "note.txt").write_text(f"[草案]\n{OLD}", encoding="utf-8")
        assert run("diff", "note.txt", "new.txt").code == 1

    def test_a_file_without_a_plan_is_said(self, run, tmp_path):
        (tmp_path / "empty.txt").write_text("")
        done = run("diff", "empty.txt", "new.txt")
        assert (done.code, done.err) == (1, "planparse: empty.txt: there is no plan in it\n")

    def test_a_screen_cannot_show_a_workbook(self, run, monkeypatch):
        monkeypatch.setattr("planparse.cli.diff.sys.stdout.isatty", lambda: True, raising=False)
        assert "a screen cannot show xlsx" in run("diff", "old.txt", "new.txt", "-f", "xlsx").err


class TestJudgedPairs:
    @pytest.fixture
    def keys(self, run):
        """Keys of old and new entries, by their words."""
        records = json.loads(run("diff", "old.txt", "new.txt", "--all", "-f", "json").out)["records"]
        sides = [side for record in records for side in (record["old"], record["new"]) if side is not None]
        return {side["text"]: side["key"] for side in sides}

    def test_known_keys_go_without_a_word(self, run, keys, tmp_path):
        pair = f"{keys['改造食堂20个。']},{keys['开通校车线路。']}"
        (tmp_path / "judged.csv").write_text(f"old,new,verdict\n{pair},same\n")
        done = run("diff", "old.txt", "new.txt", "--pairs", "judged.csv", "-f", "json")
        assert done.err == ""
        confirmed, *_ = (record for record in json.loads(done.out)["records"] if record["confidence"] == "confirmed")
        assert [confirmed[side]["text"] for side in ("old", "new")] == ["改造食堂20个。", "开通校车线路。"]

    def test_keys_of_no_entry_are_told_once_a_file(self, run, keys, tmp_path):
        stays, gone, come = (keys[words] for words in ("新建幼儿园5所。", "改造食堂20个。", "开通校车线路。"))
        rows = [f"{stays},{stays},same", f"{gone},kffffffffff,different", f"{come},{gone},same", "x,y,", "k1,k2,same"]
        (tmp_path / "judged.csv").write_text("\n".join(["old,new,verdict", *rows]))
        plain, done = run("diff", "old.txt", "new.txt"), run("diff", "old.txt", "new.txt", "--pairs", "judged.csv")
        said = "planparse: judged.csv:3: no entry compared here has the key kffffffffff; verdicts that say nothing: 3\n"
        assert (done.code, done.err) == (plain.code, said)

    def test_they_are_looked_for_in_all_of_several_years(self, run, keys, tmp_path):
        stays = keys["新建幼儿园5所。"]
        (tmp_path / "judged.json").write_text(json.dumps({"confirmed": [[stays, stays]], "rejected": [["k0", stays]]}))
        done = run("diff", "old.txt", "new.txt", "old.txt", "--pairs", "judged.json")
        assert done.err == "planparse: judged.json:rejected[0]: no entry compared here has the key k0; verdicts that say nothing: 1\n"

    def test_the_report_lists_no_more_than_without_them(self, run, keys, tmp_path):
        stays = keys["新建幼儿园5所。"]
        (tmp_path / "judged.csv").write_text(f"old,new,verdict\n{stays},{stays},same\n")
        plain, judged = (json.loads(run("diff", "old.txt", "new.txt", "-f", "json", *more).out) for more in ((), ("--pairs", "judged.csv")))
        assert judged["records"] == plain["records"]
        assert judged["options"] == plain["options"] | {"confirmed": [[stays, stays]]}


class TestChoosing:
    def left(self, *, only=(), ignore=()):
        return chosen(everyday(), Choice(named(only), named(ignore))).records

    def test_names(self):
        assert named(["removed, moved", "TARGET"]) == {"removed", "moved", *(f"target{end}" for end in ENDS)}
        assert named(["targets"]) == named(["target"])
        assert named(["dropped"]) == {"removed", "target/dropped"}
        assert named(["structure", "text", "numbering", "years", "dates"]) == {
            "moved", "split", "merged", "changed", "renumbered", "year", "shifted",
        }  # fmt: skip
        assert named([""]) == frozenset()

    def test_only_leaves_out_the_other_changes_of_an_entry_too(self):
        lowered, removed = self.left(only=["targets"])
        assert (lowered.changes, [field.field for field in lowered.fields]) == (["target"], ["target"])
        assert (removed.changes, [field.change for field in removed.fields]) == (["removed"], ["dropped"])
        assert lowered.marks, "the words still show what it is about"

    def test_ignoring_one_sort_of_value_keeps_the_others(self):
        kept = chosen(everyday(), Choice(ignore=named(["target/lowered"]))).records[0]
        assert kinds(kept) == ["changed", "owner/replaced", "renumbered"]

    def test_a_record_of_which_nothing_is_left_goes(self):
        assert RENUMBERED not in self.left(ignore=["numbering"])
        assert [record.changes for record in self.left(ignore=["numbering"])][-2:] == [["year"], ["moved"]]

    def test_what_a_removed_entry_promised_goes_with_it(self):
        assert not any(record.new is None for record in self.left(ignore=["removed"]))
        assert [record.fields for record in self.left(only=["removed"])] == [[]]

    def test_unconfirmed_entries(self):
        assert self.left(only=["possible"]) == [CANTEENS_REMOVED]
        assert not any(record.possible for record in self.left(ignore=["possible"]))

    def test_the_same_entries_stay_unless_something_is_asked_for(self):
        whole = comparison(SAME, BUSES_ADDED)
        assert chosen(whole, Choice(ignore=named(["added"]))).records == [SAME]
        assert chosen(whole, Choice(only=named(["added"]))).records == [BUSES_ADDED]

    def test_counts_stay_those_of_the_whole(self):
        left = chosen(everyday(), Choice(only=named(["moved"])))
        assert left.count == everyday().count
        assert left.options == {"only": ["moved"], "ignore": []}
        assert left.records == [TRAINING_MOVED.model_copy(update={"changes": ["moved"]})]

    def test_what_differs_and_what_fails(self):
        assert not differs(comparison(SAME))
        assert differs(comparison(YEAR_ONLY))
        assert fails(comparison(DEADLINE_LATER), named(["deadline/later"]))
        assert not fails(comparison(DEADLINE_LATER), named(["deadline/earlier"]))
        assert fails(comparison(CANTEENS_REMOVED), named(["dropped"]))
        assert not fails(comparison(SCHOOLS_LOWERED), named(["dropped"]))


CALLED = {CALLED_BY_GIT: "1"}
SEVEN = ("plan.txt", "/t/old", "a" * 40, "100644", "plan.txt", "b" * 40, "100644")
ENDS = ("", "/lowered", "/dropped", "/raised", "/replaced", "/added")


class TestFormats:
    def test_json_reads_back(self):
        for compared in (everyday(), comparison()):
            assert to_json(Comparison.model_validate_json(to_json(compared))) == to_json(compared)

    def test_json_has_a_line_a_record(self):
        lines = to_json(everyday()).splitlines()
        assert sum(line.startswith('{"type":') for line in lines) == len(everyday().records)

    @pytest.mark.parametrize("name", ["text", "json"])
    def test_a_summary_lists_no_record(self, name):
        assert "食堂".encode() not in render(everyday(), name, translate=str, screen=Screen(summary=True))

    def test_each_suffix_names_one_format(self):
        assert len(SUFFIXES) == sum(len(form.suffixes) for form in FORMATS.values())

    def test_half_a_surrogate_pair_ends_no_report(self):
        old = everyday().old.model_copy(update={"name": "\ud800.txt"})
        for name in ("text", "json"):
            assert render(everyday().model_copy(update={"old": old}), name, translate=str, screen=Screen())


class TestGit:
    def test_its_call_is_known_by_its_arguments_and_its_variable(self):
        assert called_by_git(SEVEN, CALLED) == Call("plan.txt", "/t/old", "plan.txt", "plan.txt")
        assert called_by_git(SEVEN, {}) is None
        assert called_by_git(("old.txt", "new.txt"), CALLED) is None

    def test_a_renamed_file_has_two_names(self):
        call = called_by_git((*SEVEN, "neu.txt", "similarity index 90%"), CALLED)
        assert call.titles() == ("a/plan.txt", "b/neu.txt")

    def test_a_new_file_has_no_old_name(self):
        call = called_by_git(("plan.txt", os.devnull, ".", ".", "plan.txt", "b" * 40, "100644"), CALLED)
        assert call.titles() == (None, "b/plan.txt")

    def test_it_ends_well_whatever_differs(self, run, monkeypatch):
        monkeypatch.setenv(CALLED_BY_GIT, "1")
        done = run("diff", "plan.txt", "old.txt", "a" * 40, "100644", "new.txt", "b" * 40, "100644")
        assert done.code == 0
        assert done.out.startswith("--- a/plan.txt")

    def test_a_new_file_is_all_added(self, run, monkeypatch):
        monkeypatch.setenv(CALLED_BY_GIT, "1")
        done = run("diff", "plan.txt", os.devnull, ".", ".", "new.txt", "b" * 40, "100644")
        assert (done.code, done.err) == (0, "")
        assert "开通校车线路" in done.out

    def test_a_fault_does_not_end_the_run_of_git(self, run, monkeypatch, tmp_path):
        (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04nothing")
        monkeypatch.setenv(CALLED_BY_GIT, "1")
        done = run("diff", "plan.docx", "bad.docx", "a" * 40, "100644", "new.txt", "b" * 40, "100644")
        assert (done.code, done.out) == (0, "")
        assert done.err.startswith("planparse: a/plan.docx: ")
        assert run("diff", "plan.docx").err == "planparse: plan.docx: this file is not merged yet\n"
