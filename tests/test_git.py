"""Plans in git: `planparse textconv` line by line, and real git set up with the very lines of docs/git.md."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter

import pytest
from conftest import ROOT, environment
from hypothesis import given
from hypothesis import strategies as st

from planparse import documents
from planparse.documents import parse
from planparse.readers import from_bytes
from planparse.syntax.parse import Parsed
from planparse.writers import docx, lines, text

PAGES = ("docs/git.md", "docs/git.zh-CN.md")

OLD = """卫生院工作计划
一、门诊工作
（一）全年门诊不少于3000人次。
（二）每月组织一次病历检查。
二、护理工作
（一）护士每季度考核一次。
（二）新进护士由护士长带教。
（三）护理文书合格率达到95%。
"""
PAST = OLD.replace("3000人次", "3200人次").replace("95%", "98%")
MOVED = """卫生院工作计划
一、护理工作
1.护士每季度考核一次。
2.新进护士由护士长带教。
3.护理文书合格率达到95%。
二、门诊工作
1.全年门诊不少于3000人次。
2.每月组织一次病历检查。
"""


def word_file(written):
    return docx.write([parse(written)], "keep")


def shown(written, **options):
    return lines.write(parse(written), **options).splitlines()


class TestLines:
    def test_one_entry_a_line_without_its_label(self):
        assert shown(OLD) == [
            "卫生院工作计划",
            "门诊工作",
            "  全年门诊不少于3000人次。",
            "  每月组织一次病历检查。",
            "护理工作",
            "  护士每季度考核一次。",
            "  新进护士由护士长带教。",
            "  护理文书合格率达到95%。",
        ]

    def test_labels_on_request(self):
        assert shown(OLD, labels=True)[1:3] == ["一、门诊工作", "  （一）全年门诊不少于3000人次。"]

    def test_other_labels_are_the_same_lines(self):
        renumbered = OLD.replace("一、", "第一部分 ").replace("二、", "第二部分 ").replace("（一）", "1.").replace("（二）", "2.")
        assert shown(renumbered) == shown(OLD)

    def test_points_inside_a_text_have_lines_of_their_own(self):
        assert shown("计划\n一、要求：一是按时到岗；二是做好记录。\n")[1:] == ["要求", "  按时到岗；", "  做好记录。"]

    def test_schedules_are_keys_then_entries(self):
        plan = "教学工作安排表\n周次\t日期\t工作内容\t负责人\n1\t9月1日—9月5日\t1、开学典礼\t政教处\n2\t9月8日—9月12日\t1、教研组长会\t教务处\n"
        assert shown(plan)[1:] == [
            "周次\t日期\t工作内容\t负责人",
            "第1周 9月1日—9月5日",
            "  开学典礼",
            "  负责人：政教处",
            "第2周 9月8日—9月12日",
            "  教研组长会",
            "  负责人：教务处",
        ]

    def test_the_other_columns_of_a_schedule(self):
        plan = "少先队工作安排表\n序号\t月份\t主题活动\t年级\t完成时限\n1\t三月\t学雷锋\t五年级\t3月底前\n2\t四月\t祭英烈\t\t4月5日前\n"
        assert shown(plan)[1:] == [
            "月份\t主题活动\t年级\t完成时限",
            "三月",
            "  学雷锋",
            "  年级：五年级",
            "  完成时限：3月底前",
            "四月",
            "  祭英烈",
            "  完成时限：4月5日前",
        ]

    def test_tables_are_rows_without_their_count(self):
        plan = "预算方案\n序号\t项目\t数量\t金额\n1\t租车\t2辆\t1800\n2\t餐费\t63人\t3780\n"
        assert shown(plan)[1:] == ["项目\t数量\t金额", "  租车\t2辆\t1800", "  餐费\t63人\t3780"]
        assert shown(plan, labels=True)[2] == "  1\t租车\t2辆\t1800"

    def test_a_first_column_that_counts_nothing_stays(self):
        assert shown("预算方案\n序号\t项目\t金额\n3\t租车\t1800\n7\t餐费\t3780\n")[2] == "  3\t租车\t1800"

    def test_pages_are_left_out_and_advertisements_are_not(self):
        plan = "工作计划\n一、备课\n1、周一开会，各组长参加。\n第 3 页 共 9 页\n本文由范文小站整理，转载请注明出处\n2、周二检查教案。\n"
        out = "\n".join(shown(plan))
        assert "第 3 页" not in out
        assert "范文小站" in out

    def test_nothing_steers_the_terminal(self):
        assert not re.search("[\x1b\x07\u202e]", "".join(shown("计划\n一、\x1b[31m备课\x07\n1、\u202e周一开会\n")))

    @pytest.mark.parametrize("sample", sorted(path for path in (ROOT / "samples").iterdir() if path.is_file()), ids=lambda path: path.name)
    def test_no_word_is_lost(self, sample):
        """Every sign of the text that keeps all is there, but for the debris of pages."""
        document = documents.read(sample)
        kept = signs(lines.write(document, labels=True)) + signs("".join(_debris(document)))
        assert signs(text.write(document, "keep")) - kept == Counter()

    @pytest.mark.parametrize("sample", sorted((ROOT / "samples").glob("*.txt")), ids=lambda path: path.name)
    def test_standard_labels_are_the_same_lines(self, sample):
        """A plan whose labels are all put in the order of the standard has the same lines; debris apart, which is not kept then."""
        document = documents.read(sample)
        kept, standard = (documents.build(Parsed(from_bytes(docx.write([document], way), "plan.docx"))) for way in ("keep", "standard"))
        debris = _debris(document, every=True)
        assert [line for line in lines.write(kept).splitlines() if line.strip() not in debris] == lines.write(standard).splitlines()


def signs(written):
    """How often each letter, digit and character of words stands in a text."""
    return Counter(filter(str.isalnum, written))


def _debris(document, *, every=False):
    """The lines of debris that are left out, or of all debris."""
    found = []

    def look(node):
        if getattr(node, "type", "") == "noise" and (every or node.reason in lines.LAYOUT):
            found.append(lines.one_line(node.text).strip())
        for name in ("plans", "stray", "children", "items", "notes"):
            for child in getattr(node, name, ()):
                look(child)

    look(document)
    return found


@given(st.text(alphabet="一二、1.（）()①周日月\t \n\x0b\x1b\u2028|负责人备课第", max_size=120), st.booleans())
def test_any_text_becomes_lines(written, labels):
    """Whatever the text, the lines end in line feeds only and none is empty."""
    out = lines.write(parse(written), labels=labels)
    assert out == "" or out.endswith("\n")
    assert out.splitlines() == out.split("\n")[:-1]
    assert all(line.strip() for line in out.splitlines())


class TestCommand:
    def test_utf_8_with_line_feeds(self, planparse, tmp_path):
        (tmp_path / "plan.txt").write_bytes(OLD.replace("\n", "\r\n").encode("gb18030"))
        done = planparse("textconv", "plan.txt", env={"PYTHONIOENCODING": "ascii"})
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.decode() == "".join(f"{line}\n" for line in shown(OLD))

    def test_standard_input_and_labels(self, planparse):
        assert planparse("textconv", "--labels", stdin=OLD.encode()).stdout.decode().splitlines() == shown(OLD, labels=True)

    def test_an_encoding_can_be_named(self, planparse, tmp_path):
        (tmp_path / "plan.txt").write_bytes(OLD.encode("utf-16-le"))
        assert planparse("textconv", "--encoding", "utf-16-le", "plan.txt").stdout.decode().splitlines() == shown(OLD)

    def test_nothing_in_nothing_out(self, planparse):
        done = planparse("textconv", stdin=b"")
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")

    def test_damaged_files_become_lines_that_differ(self, planparse, tmp_path):
        """Git would stop at an error, and take two files with one message for the same."""
        whole = word_file(OLD)
        outs = []
        for size in (len(whole) // 2, len(whole) // 3):
            (tmp_path / "plan.docx").write_bytes(whole[:size])
            done = planparse("textconv", "plan.docx")
            assert done.returncode == 0
            outs.append(done.stdout.decode())
        assert all(out.startswith("plan.docx: ") for out in outs)
        assert outs[0] != outs[1]

    def test_a_missing_file_is_an_error(self, planparse):
        done = planparse("textconv", "absent.docx")
        assert (done.returncode, done.stdout) == (2, b"")

    def test_a_missing_package_is_an_error(self, planparse, tmp_path):
        """Git must not remember such a failure as the content of the file."""
        (tmp_path / "plan.pdf").write_bytes(b"%PDF-1.4\n")
        (tmp_path / "pdfminer.py").write_text("raise ModuleNotFoundError", encoding="utf-8")
        done = planparse("textconv", "plan.pdf", env={"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"})
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"pip install" in done.stderr


# -- with git ----------------------------------------------------------------------------------------------------


def block(page, kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", (ROOT / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


ATTRIBUTES = block(PAGES[0], "gitattributes")[0]
SETTINGS, DRIVER, TOOL = block(PAGES[0], "sh")
"""What docs/git.md tells people to type."""


def test_both_pages_say_the_same():
    english, chinese = ([block(page, kind) for kind in ("gitattributes", "sh")] for page in PAGES)
    assert english == chinese


class Repository:
    """A repository of its own, with no settings but those of docs/git.md, and `planparse` on the path."""

    def __init__(self, folder):
        self.folder = folder / "plans"
        self.folder.mkdir()
        programs = folder / "programs"
        programs.mkdir()
        program = programs / "planparse"
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m planparse "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        home = folder / "home"
        home.mkdir()
        self.variables = {key: value for key, value in environment().items() if not key.startswith("GIT_")} | {
            "HOME": str(home), "XDG_CONFIG_HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "GIT_PAGER": "cat", "TERM": "dumb",
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "文书"), ("EMAIL", "a@example.org"))},
        }  # fmt: skip
        self.git("init", "-q")
        self.shell(SETTINGS)
        (self.folder / ".gitattributes").write_text(ATTRIBUTES, encoding="utf-8")

    def git(self, *arguments, **variables):
        return self._run(["git", *arguments], variables)

    def shell(self, commands):
        return self._run(["sh", "-ec", commands], {})

    def _run(self, command, variables):
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.variables | variables,
            capture_output=True,
            check=False,
            timeout=120,
            stdin=subprocess.DEVNULL,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    def write(self, name, data):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def commit(self, message="版本"):
        self.git("add", "-A")
        self.git("commit", "-qm", message)


@pytest.fixture
def repository(tmp_path):
    """A repository that holds one plan as a Word file, committed."""
    if shutil.which("git") is None or os.name == "nt":
        pytest.skip("git is not installed, or its settings are written for another shell")
    made = Repository(tmp_path)
    made.write("计划.docx", word_file(OLD))
    made.commit()
    return made


def changed(diff):
    """The lines of a diff that came or went."""
    return [line for line in diff.splitlines() if line.startswith(("+", "-")) and not line.startswith(("+++", "---"))]


class TestGit:
    def test_diff_shows_entries(self, repository):
        repository.write("计划.docx", word_file(PAST))
        diff = repository.git("diff")
        assert changed(diff) == [
            "-  全年门诊不少于3000人次。", "+  全年门诊不少于3200人次。", "-  护理文书合格率达到95%。", "+  护理文书合格率达到98%。",
        ]  # fmt: skip

    def test_the_heading_stands_above_a_change(self, repository):
        repository.write("计划.docx", word_file(OLD.replace("95%", "98%")))
        assert re.findall("^@@ .* @@ (.*)$", repository.git("diff", "-U0"), re.MULTILINE) == ["护理工作"]

    def test_renumbering_shows_nothing(self, repository):
        repository.write(
            "计划.docx", docx.write([parse(OLD.replace("（一）", "1.").replace("（二）", "2.").replace("（三）", "3."))], "keep")
        )
        assert repository.git("status", "--short") != ""
        assert changed(repository.git("diff")) == []

    def test_an_entry_at_the_top_changes_no_other(self, repository):
        longer = OLD.replace("（二）每月", "（三）每月").replace("（一）全年", "（一）添置心电图机。\n（二）全年", 1)
        repository.write("计划.docx", word_file(longer))
        assert changed(repository.git("diff")) == ["+  添置心电图机。"]

    @pytest.mark.parametrize("language", ["C", "C.UTF-8"])
    def test_words_and_numbers_are_whole(self, repository, language):
        repository.write("计划.docx", word_file(PAST.replace("病历检查", "病案检查")))
        diff = repository.git("diff", "--word-diff=plain", LC_ALL=language)
        assert "全年门诊不少于[-3000-]{+3200+}人次。" in diff
        assert "每月组织一次病[-历-]{+案+}检查。" in diff
        assert "达到[-95%-]{+98%+}。" in diff

    def test_moved_entries_have_their_colour(self, repository):
        repository.git("config", "color.diff.oldMoved", "magenta")
        repository.git("config", "color.diff.newMoved", "cyan")
        repository.write("计划.docx", word_file(MOVED.replace("95%", "98%")))
        diff = repository.git("diff", "--color=always", "--color-moved=plain")
        assert re.findall("\x1b\\[36m\\+\x1b\\[m\x1b\\[36m  (.*?)\x1b", diff) == ["全年门诊不少于3000人次。", "每月组织一次病历检查。"]
        assert re.findall("\x1b\\[32m\\+\x1b\\[m\x1b\\[32m  (.*?)\x1b", diff) == ["护理文书合格率达到98%。"]

    def test_log_shows_every_version(self, repository):
        repository.write("计划.docx", word_file(PAST))
        repository.commit("第二版")
        log = repository.git("log", "-p", "--format=%s")
        assert log.startswith("第二版")
        assert "+  护理文书合格率达到98%。" in log
        assert "+  护理文书合格率达到95%。" in log

    def test_blame_tells_who_wrote_an_entry(self, repository):
        repository.write("计划.docx", word_file(PAST))
        repository.git("-c", "user.name=院办", "commit", "-qam", "第二版", GIT_AUTHOR_NAME="院办")
        last = [line for line in repository.git("blame", "计划.docx").splitlines() if "98%" in line]
        assert "院办" in last[0]

    def test_the_lines_are_kept(self, repository):
        repository.write("计划.docx", word_file(PAST))
        repository.commit()
        first = repository.git("show", "--format=")
        assert "refs/notes/textconv/plan" in repository.git("for-each-ref")
        assert repository.git("show", "--format=") == first

    def test_new_and_deleted_files(self, repository):
        repository.write("新.docx", word_file(OLD))
        repository.git("add", "-A")
        assert changed(repository.git("diff", "--cached"))[0] == "+卫生院工作计划"
        repository.git("rm", "-q", "计划.docx")
        assert changed(repository.git("diff", "--cached", "--no-renames", "--", "计划.docx"))[0] == "-卫生院工作计划"

    def test_a_damaged_file_does_not_end_the_log(self, repository):
        repository.write("计划.docx", word_file(OLD)[:700])
        repository.commit("坏的")
        repository.write("计划.docx", word_file(PAST))
        repository.commit("好的")
        log = repository.git("log", "-p", "--format=%s")
        assert [line for line in log.splitlines() if line in ("坏的", "好的", "版本")] == ["好的", "坏的", "版本"]

    def test_workbooks_are_compared_as_well(self, repository):
        shutil.copy(ROOT / "samples" / "week-table.xlsx", repository.folder / "周.xlsx")
        repository.git("add", "-A")
        assert "+  升旗仪式：清明祭英烈" in changed(repository.git("diff", "--cached", "--", "周.xlsx"))


class TestDriver:
    """`git diff` calls `planparse diff`."""

    @pytest.fixture
    def repository(self, repository):
        repository.shell(DRIVER)
        return repository

    def test_diff_tells_targets(self, repository):
        repository.write("计划.docx", word_file(PAST))
        out = repository.git("diff")
        assert all(word in out for word in ("3000", "3200", "95%", "98%"))

    def test_a_pager_shows_colours(self, repository):
        repository.write("计划.docx", word_file(PAST))
        paged = {"GIT_PAGER_IN_USE": "true", "TERM": "xterm"}
        assert "\x1b[" in repository.git("diff", **paged)
        assert "\x1b[" not in repository.git("diff", **paged, NO_COLOR="1")
        assert "\x1b[" not in repository.git("diff", TERM="xterm")

    def test_files_have_their_names_in_the_repository(self, repository):
        repository.write("科室/计划.docx", word_file(OLD))
        repository.commit()
        repository.write("科室/计划.docx", word_file(PAST))
        out = repository.git("diff")
        assert "a/科室/计划.docx" in out
        assert "b/科室/计划.docx" in out
        assert "git-blob" not in out

    def test_every_file_is_shown(self, repository):
        for name in ("甲.docx", "乙.docx"):
            repository.write(name, word_file(OLD))
        repository.commit()
        for name in ("甲.docx", "乙.docx"):
            repository.write(name, word_file(PAST))
        out = repository.git("diff")
        assert "b/甲.docx" in out
        assert "b/乙.docx" in out

    def test_new_files_are_added_whole(self, repository):
        repository.write("新.docx", word_file("院感科工作计划\n一、每周巡查病区一次。\n"))
        repository.git("add", "-A")
        out = repository.git("diff", "--cached")
        assert "每周巡查病区一次" in out
        assert "b/新.docx" in out

    def test_deleted_files_are_removed_whole(self, repository):
        repository.git("rm", "-q", "计划.docx")
        assert "每月组织一次病历检查" in repository.git("diff", "--cached")

    def test_renamed_files_are_compared(self, repository):
        repository.git("mv", "计划.docx", "年度计划.docx")
        repository.write("年度计划.docx", word_file(OLD.replace("95%", "98%")))
        repository.git("add", "-A")
        out = repository.git("diff", "--cached", "--find-renames=1%")
        assert "a/计划.docx" in out
        assert "b/年度计划.docx" in out
        assert "98%" in out
        assert "病历检查" not in out

    def test_a_damaged_file_does_not_stop_the_others(self, repository):
        repository.write("乙.docx", word_file(OLD))
        repository.commit()
        repository.write("乙.docx", word_file(OLD)[:700])
        repository.write("计划.docx", word_file(PAST))
        assert "98%" in repository.git("diff")

    def test_a_file_that_is_not_merged_does_not_stop_the_others(self, repository):
        branch = repository.git("branch", "--show-current").strip()
        repository.git("switch", "-qc", "草稿")
        repository.write("计划.docx", word_file(PAST))
        repository.commit()
        repository.git("switch", "-q", branch)
        repository.write("计划.docx", word_file(MOVED))
        repository.write("记.docx", word_file(OLD))
        repository.commit()
        repository.shell("! git merge -q 草稿 2>/dev/null")
        repository.write("记.docx", word_file(PAST))
        out = repository.git("diff")
        assert "b/记.docx" in out

    def test_the_log_shows_lines_until_it_is_told_otherwise(self, repository):
        repository.write("计划.docx", word_file(PAST))
        repository.commit()
        assert "+  护理文书合格率达到98%。" in changed(repository.git("log", "-p", "-1"))
        assert "+  护理文书合格率达到98%。" in changed(repository.git("diff", "HEAD~", "--no-ext-diff"))
        assert changed(repository.git("show", "--ext-diff", "--format=")) == []

    def test_options_may_follow(self, repository):
        repository.git("config", "diff.plan.command", "planparse diff --only removed")
        repository.write("计划.docx", word_file(PAST.replace("（二）每月组织一次病历检查。\n", "")))
        out = repository.git("diff")
        assert "每月组织一次病历检查" in out
        assert "3200" not in out


def test_difftool_shows_a_comparison(repository):
    """git difftool takes an exit code of 1 for no failure."""
    repository.shell(TOOL)
    repository.write("计划.docx", word_file(PAST))
    out = repository.git("difftool", "--no-prompt", "--tool=planparse")
    assert "98%" in out
