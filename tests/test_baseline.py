"""The baseline of `planparse check`: known findings are put up with, new ones are not."""

import json

import checks
import pytest
from checks import CLEAN, GAP, write

ONLY = ("--select", "PN101", "--baseline", "known.json")
KNOWN = GAP
MOVED = GAP.replace("一、重点工作\n", "为做好今年的工作，现将重点安排如下。\n一、重点工作\n").replace("（四）维修", "（四） 维修")
WORSE = GAP + "二、其他工作\n（一）总结。\n（三）表彰。\n"


@pytest.fixture
def run(monkeypatch, capfd, tmp_path):
    return checks.runner(monkeypatch, capfd, tmp_path)


@pytest.fixture
def known(run, tmp_path):
    """A folder with one file whose finding is known."""
    write(tmp_path, {"a.txt": KNOWN})
    done = run("check", "a.txt", *ONLY, "--update-baseline")
    assert (done.code, done.err) == (0, "planparse: known.json: knows 1 findings\n")
    return tmp_path


def test_known_findings_do_not_fail(run, known):
    done = run("check", "a.txt", *ONLY)
    assert (done.code, "1 known to the baseline." in done.out, "PN101" in done.out) == (0, True, False)


def test_lines_that_moved_stay_known(run, known):
    write(known, {"a.txt": MOVED})
    assert run("check", "a.txt", *ONLY).code == 0


def test_new_findings_fail_alone(run, known):
    write(known, {"a.txt": WORSE})
    done = run("check", "a.txt", *ONLY)
    assert done.code == 1
    assert done.out.count("PN101") == 1
    assert "a.txt:8:1" in done.out


def test_the_same_line_twice_is_counted(run, known):
    write(known, {"a.txt": GAP + GAP.split("\n", 1)[1].replace("一、", "二、")})
    done = run("check", "a.txt", *ONLY)
    assert done.out.count("PN101") == 1
    assert "a.txt:9:1" in done.out


def test_it_is_sorted_and_readable(run, tmp_path):
    write(tmp_path, {"b/b.txt": WORSE, "a.txt": KNOWN, "c.txt": CLEAN})
    run("check", ".", *ONLY, "--update-baseline")
    text = (tmp_path / "known.json").read_text("utf-8")
    read = json.loads(text)
    assert text == json.dumps(read, ensure_ascii=False, indent=2) + "\n"
    assert read["baseline"] == 1
    assert list(read["files"]) == ["a.txt", "b/b.txt"]
    assert list(read["files"]["a.txt"]) == ["PN101"]
    assert sum(read["files"]["b/b.txt"]["PN101"].values()) == 2


def test_paths_are_those_of_its_folder(run, known, monkeypatch):
    (known / "sub").mkdir()
    monkeypatch.chdir(known / "sub")
    assert run("check", "../a.txt", "--select", "PN101", "--baseline", "../known.json").code == 0


def test_it_only_shrinks(run, known):
    write(known, {"a.txt": WORSE})
    done = run("check", "a.txt", *ONLY, "--update-baseline")
    assert (done.code, "knows 1 findings" in done.err) == (1, True)
    assert run("check", "a.txt", *ONLY).code == 1
    write(known, {"a.txt": CLEAN})
    assert "knows 0 findings" in run("check", "a.txt", *ONLY, "--update-baseline").err
    write(known, {"a.txt": KNOWN})
    assert run("check", "a.txt", *ONLY, "--update-baseline").code == 1


def test_it_grows_by_force(run, known):
    write(known, {"a.txt": WORSE})
    run("check", "a.txt", *ONLY, "--update-baseline", "--force")
    assert run("check", "a.txt", *ONLY).code == 0


def test_what_is_gone_is_told(run, known):
    write(known, {"a.txt": CLEAN})
    done = run("check", "a.txt", *ONLY)
    assert (done.code, done.err) == (0, "planparse: known.json: 1 known findings are there no more; --update-baseline takes them out\n")
    (known / "a.txt").unlink()
    write(known, {"b.txt": CLEAN})
    assert "1 known findings are there no more" in run("check", "b.txt", *ONLY).err
    assert "knows 0 findings" in run("check", "b.txt", *ONLY, "--update-baseline").err


def test_files_that_were_not_checked_stay_known(run, known):
    write(known, {"b.txt": CLEAN})
    assert run("check", "b.txt", *ONLY).err == ""
    assert "knows 1 findings" in run("check", "b.txt", *ONLY, "--update-baseline").err
    assert run("check", "a.txt", *ONLY).code == 0


def test_mended_findings_leave_it(run, known):
    done = run("check", "a.txt", *ONLY, "--fix", "--unsafe-fixes", "--update-baseline")
    assert (done.code, "knows 0 findings" in done.err) == (0, True)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"baseline": 1, "files": {"a": {"PN101": {"x": "1"}}}}', '{"baseline": 1, "files": []}'])
def test_what_is_no_baseline(run, known, text):
    write(known, {"known.json": text})
    for more in ([], ["--update-baseline"]):
        done = run("check", "a.txt", *ONLY, *more)
        assert (done.code, "known.json: this is no baseline" in done.err) == (2, True)
    assert (known / "known.json").read_text("utf-8") == text


def test_another_versions(run, known):
    write(known, {"known.json": '{"baseline": 9, "files": {}}'})
    assert "another version's" in run("check", "a.txt", *ONLY).err


def test_a_file_that_cannot_be_read_keeps_what_is_known_of_it(run, known):
    write(known, {"a.txt": b"\x89PNG\r\n"})
    assert run("check", "a.txt", *ONLY, "--update-baseline").code == 2
    write(known, {"a.txt": KNOWN})
    assert run("check", "a.txt", *ONLY).code == 0


def test_rules_that_did_not_run_stay_known(planparse, tmp_path):
    """A run of some rules says nothing of what the others had found."""
    (tmp_path / "plan.txt").write_text("某局2024年工作计划\n一、任务\n1．甲甲甲,乙乙乙。\n3．丙丙丙。\n", encoding="utf-8")
    base = ("check", "plan.txt", "--isolated", "--baseline", "known.json", "--fail-on", "any")
    assert planparse(*base, "--update-baseline", cwd=tmp_path).returncode == 0
    before = (tmp_path / "known.json").read_text(encoding="utf-8")
    assert planparse(*base, "--select", "PN4", "--update-baseline", cwd=tmp_path).returncode == 0
    assert (tmp_path / "known.json").read_text(encoding="utf-8") == before
