"""`planparse check`: what it reads, what it says, what it mends, how it ends; and `rules` and `explain`."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import unicodedata

import checks
import pytest
from checks import CLEAN, COMMAS, GAP, write
from test_imports import ROOT, SLOW, loaded

from planparse.checking import files as checking_files
from planparse.checking import many
from planparse.checking.cache import FILE, FOLDER, Cache
from planparse.checking.config import Configurations
from planparse.checking.difference import MOST_SEARCHED, difference
from planparse.checking.files import Findings, check_file
from planparse.checking.paths import files
from planparse.checking.policy import Asked, Policies
from planparse.checking.writing import Form
from planparse.cli.explain import wrapped
from planparse.cli.watch import watch
from planparse.errors import InputError, PlanparseError
from planparse.messages import translator
from planparse.report.formats import FORMATS
from planparse.rules.registry import rules
from planparse.rules.rule import Basis, Edit, Fix, Problem, Rule
from planparse.width import display_width

ONLY = ("--select", "PN101,PN404")


@pytest.fixture
def run(monkeypatch, capfd, tmp_path):
    return checks.runner(monkeypatch, capfd, tmp_path)


class TestExitCodes:
    def test_clean(self, run, tmp_path):
        write(tmp_path, {"a.txt": CLEAN})
        assert run("check", "a.txt", *ONLY).code == 0

    def test_findings(self, run, tmp_path):
        write(tmp_path, {"a.txt": GAP})
        done = run("check", "a.txt", *ONLY)
        assert done.code == 1
        assert "a.txt:5:1: warning PN101 numbering-gap: number 4 follows where 3 was due" in done.out

    @pytest.mark.parametrize(
        ("text", "level", "code"),
        [
            (COMMAS, None, 0), (COMMAS, "warning", 0), (COMMAS, "any", 1), (COMMAS, "never", 0),
            (GAP, None, 1), (GAP, "error", 0), (GAP, "any", 1), (GAP, "never", 0),
        ],
    )  # fmt: skip
    def test_what_is_only_information_does_not_fail_unless_asked(self, run, tmp_path, text, level, code):
        write(tmp_path, {"a.txt": text})
        assert run("check", "a.txt", *ONLY, *(("--fail-on", level) if level else ())).code == code

    @pytest.mark.parametrize("form", FORMATS)
    def test_never_depend_on_the_format(self, run, tmp_path, form):
        write(tmp_path, {"a.txt": GAP, "b.txt": CLEAN, "c.txt": b"\x89PNG\r\n"})
        assert run("check", "a.txt", *ONLY, "--output-format", form).code == 1
        assert run("check", "b.txt", *ONLY, "--output-format", form).code == 0
        assert run("check", "b.txt", "c.txt", *ONLY, "--output-format", form).code == 2

    def test_exit_zero_is_about_findings_only(self, run, tmp_path):
        write(tmp_path, {"a.txt": GAP})
        assert run("check", "a.txt", *ONLY, "--exit-zero").code == 0
        assert run("check", "a.txt", "gone.txt", *ONLY, "--exit-zero").code == 2

    def test_what_cannot_be_read_does_not_stop_the_others(self, run, tmp_path):
        write(tmp_path, {"a.txt": GAP, "b.txt": b"\x89PNG\r\n"})
        done = run("check", "gone.txt", "b.txt", "a.txt", *ONLY)
        assert done.code == 2
        assert "gone.txt: there is no such file" in done.err
        assert "b.txt: this is a picture" in done.err
        assert "a.txt:5:1" in done.out

    def test_a_fault_of_a_rule_is_that_of_its_file(self, run, tmp_path, monkeypatch):
        def broken(view):
            if "围墙" in view.text:
                raise RuntimeError("no wall")
            return []

        checks.added_rule(monkeypatch, Rule("warning", Basis("practice"), ("x",)), broken)
        write(tmp_path, {"a.txt": GAP, "b.txt": GAP.replace("围墙", "操场")})
        done = run("check", "a.txt", "b.txt", "--select", "PN998,PN101", "--no-cache")
        assert done.code == 2
        assert "a.txt: this is a fault of planparse (RuntimeError: no wall)" in done.err
        assert "b.txt:5:1" in done.out

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            (["--select", "PN999"], "there is no rule PN999"),
            (["--ignore", "numbering-gab"], "did you mean numbering-gap?"),
            (["--output-format", "xml"], "there is no format xml"),
            (["--isolated", "--config", "x.toml"], "contradict each other"),
            (["--config", "x.toml"], "x.toml: there is no such file"),
            (["--diff", "--output-format", "json"], "--diff prints a diff"),
            (["--statistics", "--output-format", "sarif"], "--statistics has no format sarif"),
            (["-", "a.txt"], "stands alone"),
            (["-", "--watch"], "--watch needs files"),
            (["--baseline", "gone.json"], "there is no such baseline"),
            (["--update-baseline"], "needs a file"),
            (["--year", "20x4"], "--year"),
            (["--fail-on", "fatal"], "--fail-on"),
            (["-o", "a.txt"], "this is an input"),
            (["no*.txt"], "no file fits this pattern"),
        ],
    )
    def test_wrong_options(self, run, tmp_path, arguments, said):
        write(tmp_path, {"a.txt": CLEAN})
        done = run("check", *(arguments if arguments[0] == "-" else ["a.txt", *arguments]))
        assert done.code == 2
        assert said in done.err


TREE = {
    "plans/b.txt": CLEAN, "plans/a.md": CLEAN, "plans/note.log": "x", "plans/~$c.docx": "x", "plans/.hidden/d.txt": CLEAN,
    "plans/node_modules/e.txt": CLEAN, "plans/sub/A.TXT": CLEAN, "plans/drafts/f.txt": CLEAN, "other.txt": CLEAN,
}  # fmt: skip


class TestPaths:
    @pytest.fixture
    def listed(self, run, tmp_path):
        write(tmp_path, TREE)

        def listed(*arguments):
            done = run("check", "--show-files", *arguments)
            assert done.code == 0
            return done.out.split()

        return listed

    def test_a_folder_gives_its_readable_files_in_order(self, listed):
        assert listed("plans") == ["plans/a.md", "plans/b.txt", "plans/drafts/f.txt", "plans/sub/A.TXT"]
        assert listed(".") == ["other.txt", "plans/a.md", "plans/b.txt", "plans/drafts/f.txt", "plans/sub/A.TXT"]

    def test_named_files_come_as_named_and_once(self, listed):
        assert listed("plans/b.txt", "plans/note.log", "plans/./b.txt", "plans/sub")[:2] == ["plans/b.txt", "plans/note.log"]
        assert len(listed("plans/b.txt", "plans")) == 4

    def test_patterns_that_the_shell_left(self, listed):
        assert listed("plans/*.txt") == ["plans/b.txt"]
        assert listed("**/*.txt") == ["other.txt", "plans/b.txt", "plans/drafts/f.txt", "plans/node_modules/e.txt"]
        assert listed("plans/s*") == ["plans/sub/A.TXT"]

    def test_exclude(self, listed):
        assert listed("plans", "--exclude", "drafts,*.md") == ["plans/b.txt", "plans/sub/A.TXT"]
        assert listed("plans", "--exclude", "plans/s*") == ["plans/a.md", "plans/b.txt", "plans/drafts/f.txt"]
        assert listed("plans", "--exclude", "plans/**/[A-F].TXT") == ["plans/a.md", "plans/b.txt", "plans/drafts/f.txt"]

    def test_named_files_are_left_out_only_by_force(self, listed):
        assert listed("plans/b.txt", "other.txt", "--exclude", "plans") == ["plans/b.txt", "other.txt"]
        assert listed("plans/b.txt", "other.txt", "--exclude", "plans", "--force-exclude") == ["other.txt"]

    def test_a_name_with_signs_of_patterns_is_a_name(self, tmp_path, monkeypatch):
        write(tmp_path, {"[1].txt": CLEAN})
        monkeypatch.chdir(tmp_path)
        assert list(files(["[1].txt"], lambda _: False)) == ["[1].txt"]
        with pytest.raises(InputError):
            list(files(["[2].txt"], lambda _: False))

    def test_no_file_is_said(self, run, tmp_path):
        (tmp_path / "empty").mkdir()
        done = run("check", "empty")
        assert (done.code, "there is no file to check" in done.err) == (0, True)


class TestSelection:
    def codes(self, done):
        return {row["code"] for row in json.loads(done.out)}

    @pytest.mark.parametrize(
        ("arguments", "codes"),
        [
            (["--select", "PN101", "--select", "pn404"], {"PN101", "PN404"}),
            (["--select", "PN1,PN404", "--ignore", "PN1"], {"PN404"}),
            (["--select", "PN1", "--ignore", "PN1", "--extend-select", "numbering-gap"], {"PN101"}),
            (["--select", "PN404", "--extend-select", "PN101"], {"PN101", "PN404"}),
        ],
    )
    def test_words(self, run, tmp_path, arguments, codes):
        write(tmp_path, {"a.txt": GAP.replace("食堂", "食堂,操场")})
        assert self.codes(run("check", "a.txt", "--statistics", "--output-format", "json", *arguments)) == codes

    def test_profiles_raise(self, run, tmp_path, monkeypatch):
        rule = Rule("information", Basis("practice"), ("x",), on=("official",), raised={"official": "error"})
        checks.added_rule(monkeypatch, rule, lambda view: [Problem(0, 1, "x")])
        write(tmp_path, {"a.txt": CLEAN})
        assert "PN998" not in run("check", "a.txt", "--output-format", "concise").out
        assert "a.txt:1:1: error PN998" in run("check", "a.txt", "--profile", "official").out


class TestFixes:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize(
        ("mark", "codec"),
        [
            (b"", "utf-8"), (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
            (b"", "utf-16-le"), (b"", "gbk"), (b"", "gb18030"),
        ],
    )  # fmt: skip
    def test_encoding_mark_and_line_ends_stay(self, run, tmp_path, mark, codec, end):
        before = COMMAS.replace("\n", end)
        write(tmp_path, {"a.txt": mark + before.encode(codec)})
        done = run("check", "a.txt", *ONLY, "--fix")
        assert (done.code, done.err) == (0, "")
        assert (tmp_path / "a.txt").read_bytes() == mark + before.replace(",", "，").encode(codec)

    def test_mixed_line_ends_stay(self, run, tmp_path):
        before = COMMAS.replace("\n", "\r\n", 2).removesuffix("\n")
        write(tmp_path, {"a.txt": before})
        run("check", "a.txt", *ONLY, "--fix")
        assert (tmp_path / "a.txt").read_bytes().decode() == before.replace(",", "，")

    def test_unsafe_ones_only_when_asked(self, run, tmp_path):
        write(tmp_path, {"a.txt": GAP})
        assert run("check", "a.txt", *ONLY, "--fix").code == 1
        assert (tmp_path / "a.txt").read_text("utf-8") == GAP
        done = run("check", "a.txt", *ONLY, "--fix", "--unsafe-fixes")
        assert (done.code, "1 fixed." in done.out) == (0, True)
        assert (tmp_path / "a.txt").read_text("utf-8") == CLEAN

    def test_an_untouched_file_is_not_written(self, run, tmp_path):
        write(tmp_path, {"a.txt": CLEAN})
        before = (tmp_path / "a.txt").stat()
        run("check", "a.txt", *ONLY, "--fix")
        assert (tmp_path / "a.txt").stat().st_mtime_ns == before.st_mtime_ns

    @pytest.mark.skipif(os.name == "nt", reason="POSIX permissions")
    def test_permissions_and_links_stay(self, run, tmp_path):
        write(tmp_path, {"real/a.txt": COMMAS})
        (tmp_path / "real/a.txt").chmod(0o640)
        (tmp_path / "link.txt").symlink_to("real/a.txt")
        run("check", "link.txt", *ONLY, "--fix")
        assert (tmp_path / "link.txt").is_symlink()
        assert "，" in (tmp_path / "real/a.txt").read_text("utf-8")
        assert stat.S_IMODE((tmp_path / "real/a.txt").stat().st_mode) == 0o640
        assert sorted(path.name for path in (tmp_path / "real").iterdir()) == ["a.txt"]

    def test_broken_bytes_are_not_lost(self, run, tmp_path):
        data = COMMAS.encode() * 9 + "围墙".encode()[:-1] + b"\n" + COMMAS.encode()
        write(tmp_path, {"a.txt": data})
        done = run("check", "a.txt", *ONLY, "--fix")
        assert "written back, its bytes would not be what they were" in done.err
        assert (tmp_path / "a.txt").read_bytes() == data

    def test_what_the_encoding_lacks(self, run, tmp_path, monkeypatch):
        def euro(view):
            at = view.text.find("食堂")
            if at >= 0:
                yield Problem(at, at + 2, "x", {}, Fix((Edit(at, at + 2, "𠀀"),), "safe", "x"))

        checks.added_rule(monkeypatch, Rule("error", Basis("practice"), ("x",), fix="safe", may_change=frozenset(("words",))), euro)
        data = CLEAN.encode("gbk")
        write(tmp_path, {"a.txt": data})
        done = run("check", "a.txt", "--select", "PN998", "--fix")
        assert "its encoding gb2312 has no 𠀀" in done.err
        assert done.code == 1
        assert (tmp_path / "a.txt").read_bytes() == data

    def test_bytes_of_every_encoding_come_back(self):
        for codec in ("utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "gbk", "gb18030", "big5", "cp950", "ascii"):
            text = "plan" if codec == "ascii" else "計畫書" if codec in ("big5", "cp950") else "计划"
            data = text.encode(codec)
            assert Form(data, text, codec, "x").encode(text + "!") == (text + "!").encode(codec)
        with pytest.raises(PlanparseError):
            Form(b"\xff", "\ufffd", "gb18030", "x")

    def test_no_unsafe_fix_where_the_text_has_errors(self, run, tmp_path):
        text = GAP.replace("食堂", "食堂,2月30日前完成")
        write(tmp_path, {"a.txt": text})
        done = run("check", "a.txt", "--select", "PN101,PN404,PN201", "--fix", "--unsafe-fixes")
        assert "only safe fixes were made, as the text has errors (PN201)" in done.err
        assert (tmp_path / "a.txt").read_text("utf-8") == text.replace(",", "，")

    def test_word_files_are_left_alone(self, run, tmp_path, samples, monkeypatch):
        def title(view):
            yield Problem(0, 1, "x", {}, Fix((Edit(0, 1, "甲"),), "safe", "x"))

        checks.added_rule(monkeypatch, Rule("warning", Basis("practice"), ("x",), fix="safe", may_change=frozenset(("words",))), title)
        shutil.copy(samples / "automatic-numbers.docx", tmp_path / "a.docx")
        before = (tmp_path / "a.docx").read_bytes()
        done = run("check", "a.docx", "--select", "PN998", "--fix")
        assert done.code == 1
        assert "a.docx: paragraph 1: warning PN998" in done.out
        assert "fixes need a text or Markdown file" in done.err
        assert (tmp_path / "a.docx").read_bytes() == before

    def test_refused_fixes_are_told(self, run, tmp_path, monkeypatch):
        def harm(view):
            at = view.text.index("食堂")
            yield Problem(at, at + 2, "x", {}, Fix((Edit(at, at + 2, "礼堂"),), "safe", "x"))

        checks.added_rule(monkeypatch, Rule("warning", Basis("practice"), ("x",), fix="safe", may_change=frozenset(("text",))), harm)
        write(tmp_path, {"a.txt": CLEAN})
        done = run("check", "a.txt", "--select", "PN998", "--fix")
        assert done.code == 1
        assert "a.txt:4:6: PN998 made-up-rule: its fix would change more than it may" in done.err
        assert (tmp_path / "a.txt").read_text("utf-8") == CLEAN

    def test_fixes_that_never_settle(self, run, tmp_path, monkeypatch):
        def grow(view):
            yield Problem(0, 1, "x", {}, Fix((Edit(0, 0, "啊"),), "safe", "x"))

        checks.added_rule(monkeypatch, Rule("information", Basis("practice"), ("x",), fix="safe", may_change=frozenset(("words",))), grow)
        write(tmp_path, {"a.txt": CLEAN})
        done = run("check", "a.txt", "--select", "PN998", "--fix")
        assert done.code == 2
        assert "a.txt: the fixes of PN998 undo each other" in done.err
        assert (tmp_path / "a.txt").read_text("utf-8") == CLEAN

    def test_a_file_that_cannot_be_written(self, run, tmp_path, monkeypatch):
        def refuse(*_):
            raise PlanparseError("{name}: cannot be written ({reason})", name="a.txt", reason="full")

        monkeypatch.setattr("planparse.cli.run.opened", lambda path: refuse() if path == "a.txt" else __import__(
            "planparse.cli.output", fromlist=["opened"]).opened(path))  # fmt: skip
        write(tmp_path, {"a.txt": COMMAS})
        done = run("check", "a.txt", *ONLY, "--fix")
        assert (done.code, "a.txt: cannot be written (full)" in done.err, "PN404" in done.out) == (2, True, True)

    def test_what_the_reader_found_odd_is_told_of_the_fixed_file_too(self, run, tmp_path):
        write(tmp_path, {"a.txt": COMMAS.encode("gbk")})
        done = run("check", "a.txt", "--select", "PN404,PN701", "--fix", "--output-format", "concise")
        assert done.out.startswith("a.txt: PN701 encoding-guessed")
        assert "PN404" not in done.out


class TestDiff:
    def test_shows_and_writes_nothing(self, run, tmp_path):
        write(tmp_path, {"a.txt": COMMAS, "b.txt": CLEAN})
        done = run("check", "a.txt", "b.txt", *ONLY, "--diff", "--fix")
        assert done.code == 1
        assert done.out.splitlines()[:3] == ["--- a.txt", "+++ a.txt", "@@ -1,5 +1,5 @@"]
        assert "fixes that would be made: 1" in done.err
        assert (tmp_path / "a.txt").read_text("utf-8") == COMMAS
        assert run("check", "b.txt", *ONLY, "--diff") == (0, "", "planparse: fixes that would be made: 0\n")
        assert run("check", "a.txt", *ONLY, "--diff", "--exit-zero").code == 0

    @pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
    @pytest.mark.parametrize(
        "after",
        [
            pytest.param(lambda text: text.replace("食堂", "礼堂"), id="words"),
            pytest.param(lambda text: text + "附件", id="more"),
            pytest.param(lambda text: text.removesuffix("\n"), id="no-end"),
            pytest.param(lambda text: text.replace("（一）新建幼儿园。\n", ""), id="lines-gone"),
            pytest.param(lambda text: "\n".join(f"{x}。" if k % 9 == 0 else x for k, x in enumerate(text.split("\n"))), id="scattered"),
        ],
    )
    @pytest.mark.parametrize("times", [1, MOST_SEARCHED // 4])
    def test_patch_understands_it(self, tmp_path, after, times):
        before = CLEAN * times
        write(tmp_path, {"a.txt": before})
        diff = "".join(difference("a.txt", before, after(before)))
        subprocess.run(["patch", "-s", "a.txt"], input=diff.encode(), cwd=tmp_path, check=True)
        assert (tmp_path / "a.txt").read_text("utf-8") == after(before)


class TestStandardInput:
    def test_is_called_as_told(self, run):
        done = run("check", "-", "--stdin-filename", "x/plan.txt", *ONLY, "--output-format", "concise", stdin=GAP.encode())
        assert (done.code, done.out.startswith("x/plan.txt:5:1: PN101")) == (1, True)
        assert run("check", *ONLY, "--output-format", "concise", stdin=GAP.encode()).out.startswith("-:5:1: PN101")

    def test_the_mended_text_comes_out_and_findings_stand_beside(self, run):
        done = run("check", "-", *ONLY, "--fix", stdin=(COMMAS + "（五）完善制度。\n").encode())
        assert done.out == (COMMAS + "（五）完善制度。\n").replace(",", "，")
        assert (done.code, "PN101" in done.err) == (1, True)

    def test_what_cannot_be_mended_comes_out_as_it_is(self, run):
        done = run("check", "-", *ONLY, "--fix", stdin=b"%PDF-1.4\n")
        assert (done.code, done.out) == (2, "%PDF-1.4\n")

    def test_the_diff(self, run):
        done = run("check", "-", "--stdin-filename", "plan.md", *ONLY, "--diff", stdin=COMMAS.encode())
        assert (done.code, done.out.splitlines()[0]) == (1, "--- plan.md")


class TestReports:
    def test_into_a_file(self, run, tmp_path):
        write(tmp_path, {"a.txt": GAP})
        done = run("check", "a.txt", *ONLY, "--output-format", "json", "-o", "out.json")
        assert (done.code, done.out, done.err) == (1, "", "")
        assert "PN101" in (tmp_path / "out.json").read_text("utf-8")

    def test_statistics(self, run, tmp_path):
        write(tmp_path, {"a.txt": GAP, "b.txt": GAP})
        assert run("check", "a.txt", "b.txt", *ONLY, "--statistics").out.split()[:1] == ["2"]
        rows = json.loads(run("check", "a.txt", "b.txt", *ONLY, "--statistics", "--output-format", "json").out)
        assert [(row["code"], row["count"]) for row in rows] == [("PN101", 2)]

    def test_colours(self, run, tmp_path, monkeypatch):
        write(tmp_path, {"a.txt": GAP})
        assert "\x1b[" not in run("check", "a.txt", *ONLY).out
        assert "\x1b[" in run("check", "a.txt", *ONLY, "--color", "always").out
        monkeypatch.setenv("FORCE_COLOR", "1")
        assert "\x1b[" in run("check", "a.txt", *ONLY).out
        assert "\x1b[" not in run("check", "a.txt", *ONLY, "--color", "never").out
        assert "\x1b[" not in run("check", "a.txt", *ONLY, "--output-format", "json").out
        monkeypatch.setenv("NO_COLOR", "1")
        assert "\x1b[" not in run("check", "a.txt", *ONLY).out

    def test_comments_silence(self, run, tmp_path):
        write(tmp_path, {"a.txt": GAP.replace("（四）", "<!-- planparse: ignore PN101 -->\n（四）")})
        done = run("check", "a.txt", *ONLY)
        assert (done.code, "1 silenced by comments." in done.out) == (0, True)

    def test_in_chinese(self, run, tmp_path):
        write(tmp_path, {"a.txt": GAP})
        assert run("check", "a.txt", *ONLY, "--lang", "zh").code == 1

    def test_times_are_taken_into_account(self, run, tmp_path):
        write(tmp_path, {"a.txt": "某县工作计划\n一、9月2日（周五）开学。\n二、总结。\n"})
        assert run("check", "a.txt", "--select", "PN203", "--year", "2024").code == 1
        assert run("check", "a.txt", "--select", "PN203", "--year", "2022").code == 0


def statement(path, words):
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(words)
    connection.close()


class TestCache:
    @pytest.fixture
    def plans(self, tmp_path):
        write(tmp_path, {"a.txt": GAP, "b.txt": CLEAN, "c.txt": COMMAS})
        return tmp_path

    @pytest.fixture
    def read(self, monkeypatch):
        """The files that were parsed."""
        seen = []

        def check_file_seen(path, *rest):
            seen.append(path)
            return check_file(path, *rest)

        monkeypatch.setattr(many, "check_file", check_file_seen)

        def read():
            out = list(seen)
            seen.clear()
            return out

        return read

    def test_unchanged_files_are_not_read_again(self, run, plans, read):
        first = run("check", ".", *ONLY)
        assert read() == ["a.txt", "b.txt", "c.txt"]
        assert (plans / FOLDER / ".gitignore").read_text("utf-8") == "*\n"
        assert run("check", ".", *ONLY) == first
        assert read() == []
        write(plans, {"b.txt": GAP})
        run("check", ".", *ONLY)
        assert read() == []  # this content is known from a.txt
        write(plans, {"b.txt": GAP + "（五）总结。\n"})
        run("check", ".", *ONLY)
        assert read() == ["b.txt"]

    @pytest.mark.parametrize(
        "changed", [["--select", "PN1"], ["--year", "2024"], ["--as-of", "2024-09-01"], ["--encoding", "utf-8"], ["--profile", "official"]]
    )
    def test_what_findings_depend_on_is_part_of_the_key(self, run, plans, read, changed):
        run("check", "a.txt", "b.txt")
        read()
        run("check", "a.txt", "b.txt", *changed)
        assert read() == ["a.txt", "b.txt"]

    def test_another_state_of_the_program(self, run, plans, read, monkeypatch):
        run("check", ".", *ONLY)
        read()
        monkeypatch.setattr("planparse.checking.cache.code_stamp", lambda: "another")
        run("check", ".", *ONLY)
        assert len(read()) == 3

    def test_fixes_are_made_although_findings_are_known(self, run, plans, read):
        run("check", ".", *ONLY)
        read()
        run("check", ".", *ONLY, "--fix")
        assert read() == ["c.txt"]
        run("check", ".", *ONLY)
        assert read() == []

    def test_where_it_is(self, run, plans, monkeypatch):
        run("check", ".", *ONLY, "--cache-dir", "one")
        monkeypatch.setenv("PLANPARSE_CACHE_DIR", str(plans / "two"))
        run("check", ".", *ONLY)
        monkeypatch.delenv("PLANPARSE_CACHE_DIR")
        assert (plans / "one" / FILE).exists()
        assert (plans / "two" / FILE).exists()
        run("check", ".", *ONLY, "--no-cache")
        run("check", "a.txt", *ONLY)
        assert not (plans / FOLDER).exists()

    @pytest.mark.parametrize(
        "spoil",
        [
            pytest.param(lambda path: path.write_bytes(b"this is no database"), id="text"),
            pytest.param(lambda path: path.write_bytes(path.read_bytes()[:5000] + b"\xa5" * 5000), id="half"),
            pytest.param(lambda path: statement(path, "UPDATE findings SET value = '[[[1]],0]'"), id="rows"),
            pytest.param(lambda path: statement(path, "DROP TABLE findings"), id="table"),
        ],
    )
    def test_a_spoilt_one_is_made_anew(self, run, plans, read, spoil):
        first = run("check", ".", *ONLY)
        spoil(plans / FOLDER / FILE)
        read()
        assert run("check", ".", *ONLY) == first
        assert len(read()) == 3
        assert run("check", ".", *ONLY) == first
        assert read() == []

    def test_a_folder_in_its_place(self, run, plans):
        (plans / FOLDER / FILE).mkdir(parents=True)
        assert run("check", ".", *ONLY).code == 1

    def test_a_file_in_its_folders_place(self, run, plans):
        write(plans, {FOLDER: "x"})
        assert run("check", ".", *ONLY).code == 1

    def test_another_runs_writing_is_no_failure(self, run, plans, monkeypatch):
        monkeypatch.setattr("planparse.checking.cache.PATIENCE", 0.01)
        first = run("check", ".", *ONLY)
        other = sqlite3.connect(plans / FOLDER / FILE, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        write(plans, {"b.txt": GAP + "（五）总结。\n"})
        assert run("check", "a.txt", "c.txt", *ONLY).code == first.code
        other.execute("COMMIT")
        other.close()

    def test_what_is_stored_is_what_was_found(self, samples, tmp_path):
        """Every finding of every sample reads the same when it comes from the cache, in both languages."""
        policies = Policies(Asked(select=("ALL",)), Configurations(isolated=True))
        compared = 0
        for path in sorted(path for path in samples.iterdir() if path.is_file() and path.suffix in (".txt", ".md", ".docx")):
            checked = check_file(str(path), policies.of(str(path)))
            assert checked.findings is not None, checked.error
            again = Findings.read(checked.findings.written())
            for translate in map(translator, ("en", "zh")):
                before = [(v.text(translate), v.mend_text(translate), v.place, v.excerpt) for v in checked.findings.violations]
                assert [(v.text(translate), v.mend_text(translate), v.place, v.excerpt) for v in again.violations] == before
            compared += len(again.violations)
        assert compared > 50

    def test_the_oldest_go(self, tmp_path, monkeypatch):
        monkeypatch.setattr("planparse.checking.cache.MOST", 3)
        policy = Policies(Asked(), Configurations(isolated=True)).of("x")
        cache = Cache(str(tmp_path))
        for k in range(5):
            cache.put(f"{k}", "a.txt", policy, Findings([], k, ""))
            cache._write()
        assert [cache.get(f"{k}", "a.txt", policy) is not None for k in range(5)] == [False, False, True, True, True]
        cache.close()


class TestMany:
    def test_processes_change_nothing(self, run, tmp_path):
        write(tmp_path, {f"{k:03}.txt": GAP.replace("2024", str(1990 + k)) if k % 3 else COMMAS for k in range(40)})
        write(tmp_path, {"020.txt": b"\x89PNG\r\n"})
        one = run("check", ".", *ONLY, "--no-cache", "-j", "1", "--output-format", "json")
        assert run("check", ".", *ONLY, "--no-cache", "-j", "2", "--output-format", "json") == one
        assert one.code == 2
        assert run("check", ".", *ONLY, "-j", "2", "--output-format", "json") == one
        assert run("check", ".", *ONLY, "-j", "2", "--output-format", "json") == one

    def test_processes_fix(self, run, tmp_path):
        write(tmp_path, {f"{k:03}.txt": COMMAS for k in range(40)})
        done = run("check", ".", *ONLY, "--fix", "-j", "2")
        assert (done.code, "40 fixed." in done.out) == (0, True)
        assert all("，" in path.read_text("utf-8") for path in tmp_path.glob("*.txt"))

    def test_progress_is_for_terminals(self, run, tmp_path, monkeypatch):
        write(tmp_path, {"a.txt": CLEAN, "b.txt": CLEAN})
        monkeypatch.setattr("planparse.cli.run.SLOW", -1.0)
        assert "of 2 files" not in run("check", ".", *ONLY).err
        monkeypatch.setattr("sys.stderr.isatty", lambda: True)
        done = run("check", ".", *ONLY)
        assert "1 of 2 files" in done.err
        assert done.err.endswith("\r\x1b[K")


class TestWatch:
    def test_runs_at_every_change(self, tmp_path):
        path, new, times = tmp_path / "a.txt", tmp_path / "b.txt", []
        steps = iter([lambda: None, lambda: path.write_text("2"), lambda: None, lambda: new.write_text("new"), path.unlink])

        def run():
            times.append(path.read_text() if path.exists() else None)
            return [str(found) for found in tmp_path.iterdir()] + [str(path)]

        def sleep(_):
            step = next(steps, None)
            if step is None:
                raise KeyboardInterrupt
            step()

        path.write_text("1")
        with pytest.raises(KeyboardInterrupt):
            watch(run, lambda: [str(found) for found in tmp_path.iterdir()], sleep)
        assert times == ["1", "2", "2", None]

    def test_ends_with_130(self, run, tmp_path, monkeypatch):
        write(tmp_path, {"a.txt": GAP})
        steps = iter([lambda: write(tmp_path, {"a.txt": CLEAN}), lambda: write(tmp_path, {"planparse.toml": "nonsense = 1\n"})])

        def sleep(_):
            step = next(steps, None)
            if step is None:
                raise KeyboardInterrupt
            step()

        monkeypatch.setattr("planparse.cli.watch.time.sleep", sleep)
        done = run("check", ".", *ONLY, "--watch", "--output-format", "concise")
        assert done.code == 130
        assert done.out.count("PN101") == 1
        assert done.err.count("files are watched; Ctrl-C ends it") >= 2


class TestStart:
    def test_loads_nothing_slow(self, samples, tmp_path):
        shutil.copy(samples / "month-sections.txt", tmp_path)  # away from this project's own configuration
        modules = loaded("check", str(tmp_path / "month-sections.txt"), "--exit-zero")
        assert modules & (SLOW | {"sqlite3", "tomllib", "concurrent.futures", "planparse.model", "planparse.checking.shape"}) == set()


class TestRules:
    def test_are_listed(self, run):
        done = run("rules")
        assert done.code == 0
        assert [code for code in rules() if code not in done.out] == []
        assert all(len(line) <= 80 for line in done.out.splitlines())

    def test_of_a_profile(self, run, monkeypatch):
        rule = Rule("information", Basis("standard", "GB/T 9704-2012 7.3.3", "C"), ("x",), on=("audit",), raised={"audit": "error"})
        checks.added_rule(monkeypatch, rule, lambda view: [])
        assert "PN998  made-up-rule: information, national standard, only in profile audit" in run("rules").out
        assert "PN998  made-up-rule: error" in run("rules", "--profile", "audit").out
        assert "PN998" not in run("rules", "--profile", "official").out

    def test_for_programs(self, run):
        rows = json.loads(run("rules", "--output-format", "json").out)
        assert [row["code"] for row in rows] == list(rules())
        assert set(rows[0]) == {"code", "name", "severity", "raised", "fix", "profiles", "basis", "options", "since", "summary"}

    def test_as_a_table(self, run):
        assert len(run("rules", "--output-format", "markdown").out.splitlines()) == len(rules()) + 2

    @pytest.mark.parametrize("command", ["rules", "explain"])
    def test_explained(self, run, command):
        page = run(command, "numbering-gap").out
        assert page == run(command, "pn101").out
        assert page.startswith("PN101 numbering-gap\n\nA number is missing in a list.\n\n  Severity  warning\n  Fix       unsafe\n")
        assert "\nBasis: practice." in page
        assert "\nBad:\n\n    某县" in page

    def test_settings(self, run, monkeypatch):
        rule = Rule("warning", Basis("practice"), ("x",), options={"most": 3, "names": ("甲",)}, raised_options={"audit": {"most": 1}})
        checks.added_rule(monkeypatch, rule, lambda view: [])
        page = run("explain", "PN998").out
        assert 'Settings          most = 3; names = ["甲"]\n' in page
        assert "Settings (audit)  most = 1\n" in page
        assert json.loads(run("explain", "PN998", "--output-format", "json").out)[0]["options"] == {"most": 3, "names": ["甲"]}

    @pytest.mark.parametrize("language", ["en", "zh"])
    def test_pages_of_all_rules_fit(self, run, language):
        page = run("explain", "--all", "--lang", language).out
        assert [code for code in rules() if f"{code} {rules()[code].name}\n" not in page] == []
        for line in page.splitlines():
            assert line.startswith("    ") or display_width(line) <= 80, line

    def test_as_markdown(self, run):
        page = run("explain", "PN101", "PN104", "--output-format", "markdown").out
        assert page.count("\n```text\n") == 4
        assert page.startswith("## PN101 numbering-gap\n")

    def test_wrong_words(self, run):
        assert run("explain").code == 2
        done = run("explain", "PN10x")
        assert (done.code, "there is no rule PN10x" in done.err) == (2, True)
        assert "PN101" in run("rules", "PN1").out

    def test_chinese_lines_break_between_characters(self):
        lines = list(wrapped("编号要连续，不要跳号。见GB/T 9704-2012（第7章）的规定。" * 3, 20))
        assert "".join(line.rstrip("\n") for line in lines).replace(" ", "") == (
            "编号要连续，不要跳号。见GB/T9704-2012（第7章）的规定。" * 3
        )
        assert all(display_width(line.rstrip()) <= 22 for line in lines)
        assert not any(unicodedata.category(line[0]) in ("Po", "Pe") for line in lines)


def test_the_files_of_the_checker_are_where_the_stamp_looks():
    """The stamp that tells states of the program apart sees every module that findings depend on."""
    from planparse.checking.policy import _sizes

    seen = {name for name, _ in _sizes(str(ROOT / "planparse"))}
    assert {"pn101_numbering_gap.py", "engine.py", "parse.py", "docx.py", "resolve.py", "findings.py", "files.py"} <= seen
    assert checking_files.__name__ == "planparse.checking.files"


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is read-only to the superuser")
def test_a_read_only_file_is_left_alone(planparse, tmp_path):
    path = tmp_path / "plan.txt"
    path.write_text("某局2024年工作计划\n一、任务\n1．甲甲甲,乙乙乙。\n", encoding="utf-8")
    path.chmod(0o444)
    before = path.read_bytes()
    done = planparse("check", "plan.txt", "--fix", "--isolated", cwd=tmp_path)
    assert done.returncode == 2
    assert path.read_bytes() == before
