"""The READMEs are true: every command prints what they say, in English and in Chinese, and every table is complete."""

import doctest
import os
import re
import shutil
import typing

import pytest
import transcripts
from conftest import ROOT

from planparse.cli import COMMANDS
from planparse.model import Repair
from planparse.syntax.findings import KINDS
from planparse.syntax.noise import FILE_REASONS, LINES
from planparse.syntax.numbering import STYLES, WORDED

PAGES = {"README.md": "C.UTF-8", "docs/README.zh-CN.md": "zh_CN.UTF-8"}
"""The pages and the language of the system on which their commands are run."""

# Making an environment inside the tests that run in one would take minutes and never end: that these two commands
# are there is all that is tested here. .ci/run takes the second one from README.md and runs it.
INSTALL = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/planparse parse samples/one-line-plan.txt"
TEST = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && .venv/bin/python -m pytest"

TABLE = re.compile(r"(?<=^<!-- numbering -->\n).*?(?=^<!-- /numbering -->$)", re.MULTILINE | re.DOTALL)
HEADS = {"README.md": ("Written", "Name"), "docs/README.zh-CN.md": ("写法", "名称")}


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name, kind):
    return re.findall(rf"^```{kind}\n(.*?)^```$", read(name), re.MULTILINE | re.DOTALL)


def compare(name, now, update):
    if update:
        (ROOT / name).write_text(now, encoding="utf-8", newline="\n")
    assert read(name).splitlines() == now.splitlines(), "if the new output is right: pytest --update"


@pytest.fixture
def folder(tmp_path):
    """A folder that looks like the project's to the commands of a page."""
    shutil.copytree(ROOT / "samples", tmp_path / "samples")
    return tmp_path


@pytest.mark.skipif(os.name == "nt", reason="the pages show a POSIX shell")
@pytest.mark.parametrize(("name", "language"), PAGES.items())
def test_commands_print_what_is_shown(name, language, folder, update):
    """Every command of the page, run in the page's language, prints exactly what stands below it."""
    compare(name, transcripts.refreshed(read(name), folder, language), update)


@pytest.mark.parametrize("name", PAGES)
def test_python_prints_what_is_shown(name, folder, monkeypatch):
    """The example of the library works as shown."""
    monkeypatch.chdir(folder)
    (example,) = blocks(name, "pycon")
    test = doctest.DocTestParser().get_doctest(example, {}, name, name, 0)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0


def test_both_pages_show_the_same():
    """Commands, set-up, Python, and excerpts are the same on both pages; headings and tables come in the same number."""
    english, chinese = PAGES
    assert transcripts.commands(read(english)) == transcripts.commands(read(chinese))
    for kind in ("sh", "pycon", "text"):
        assert blocks(english, kind) == blocks(chinese, kind)
    for mark in (r"^#+ ", r"^\|", r"^```"):
        assert len(re.findall(mark, read(english), re.MULTILINE)) == len(re.findall(mark, read(chinese), re.MULTILINE))


@pytest.mark.parametrize("name", PAGES)
def test_the_set_up_is_there(name):
    """The first two shell blocks install the program and run the tests."""
    assert [block.strip() for block in blocks(name, "sh")[:2]] == [INSTALL, TEST]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_shown(name, command):
    """Each command of the command line is run on each page."""
    assert any(f"planparse {command}" in line for line in transcripts.commands(read(name)))


@pytest.mark.parametrize("name", PAGES)
def test_excerpts_are_real(name):
    """The texts shown as input are taken from the samples."""
    samples = [path.read_text(encoding="utf-8", errors="replace") for path in (ROOT / "samples").iterdir() if path.is_file()]
    for excerpt in blocks(name, "text"):
        assert any(excerpt in sample for sample in samples)


@pytest.mark.parametrize("name", PAGES)
def test_links_lead_somewhere(name):
    """Linked files exist, and so do the files and folders that are named in code marks."""
    page = read(name)
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", page):
        assert (ROOT / name).parent.joinpath(target).exists(), target
    for target in re.findall(r"`((?:planparse|samples|tests|\.ci)/[\w./-]*|pyproject\.toml)`", page):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", PAGES)
def test_the_numbering_table_is_fresh(name, update):
    """The page's table of numbering styles is the parser's: a row for each family, with the first three labels of each style."""
    families = {
        style.family: [member for member in STYLES if member.family == style.family] for style in STYLES if style.name not in WORDED
    }
    rows = [HEADS[name], ("---", "---")]
    for styles in families.values():
        labels = [" ".join(style.text(n).strip() for n in (1, 2, 3)) for style in styles]
        rows.append((" · ".join(labels), ", ".join(f"`{style.name}`" for style in styles)))
    table = "".join(f"| {left} | {right} |\n" for left, right in rows).replace("| --- | --- |", "|---|---|")
    compare(name, TABLE.sub(lambda _: table, read(name)), update)


@pytest.mark.parametrize("name", PAGES)
def test_the_other_tables_are_complete(name):
    """Every kind of repair, every reason for debris, and every code of a diagnostic is explained, and no other."""
    page = read(name)
    rows = set(re.findall(r"^\| `([a-z_]+)`", page, re.MULTILINE))
    repairs = typing.get_args(Repair.model_fields["kind"].annotation)
    assert rows == {*repairs, *(debris.reason for debris in LINES), *FILE_REASONS}
    assert set(re.findall(r"`(PN\d+)`", page)) == {kind.code for kind in KINDS.values()}
