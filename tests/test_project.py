"""The public surface, generated files, and what the package ships."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import planparse
from planparse.cli.app import application
from planparse.documents import build
from planparse.errors import InputError, PlanparseError
from planparse.model import Document
from planparse.syntax.parse import Parsed
from planparse.writers import shape

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_all_is_sorted_and_everything_in_it_exists():
    assert planparse.__all__ == sorted(planparse.__all__)
    for name in planparse.__all__:
        assert getattr(planparse, name) is not None
        assert name in dir(planparse)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        planparse.nothing  # noqa: B018


def test_what_loads_late_is_what_type_checkers_see():
    code = (ROOT / "planparse" / "__init__.py").read_text(encoding="utf-8")
    seen = {name.strip() for names in re.findall(r"^    from planparse\S* import (.*)$", code, re.MULTILINE) for name in names.split(",")}
    assert seen == set(planparse.__all__) - {"__version__"}


def test_the_front_door():
    text = "工作计划\n一、备课\n"
    document = planparse.parse(text)
    assert isinstance(document, Document)
    assert document.plans[0].title == "工作计划"
    assert document == Document.model_validate_json(planparse.parse_bytes(text.encode()))
    assert document == build(Parsed(planparse.Source("-", text, sha256=document.source.sha256)))


def test_text_with_half_a_character():
    assert planparse.parse("计划\ud800\n一、备课\n").source.characters == 9


def test_reading_a_file(tmp_path):
    path = tmp_path / "plan.txt"
    path.write_bytes("工作计划\n一、备课\n".encode("gbk"))
    assert planparse.read(path).source.encoding == "gb18030"
    with pytest.raises(InputError):
        planparse.read(tmp_path / "missing.txt")


def test_errors_are_one_family_with_english_text():
    error = InputError("{name}: gone", name="a{b}.txt")
    assert isinstance(error, PlanparseError)
    assert str(error) == "a{b}.txt: gone"
    assert (error.message, error.values) == ("{name}: gone", {"name": "a{b}.txt"})


def test_the_table_of_fields_is_fresh():
    written = (ROOT / "planparse" / "shape.py").read_text(encoding="utf-8")
    assert written == shape.render(), "run: python -m planparse.writers.shape"


def test_typer_stays_where_commands_start_fast():
    assert "typer>=0.26,<0.29" in PROJECT["project"]["dependencies"]


def test_the_package_ships_types_and_catalogues():
    for name in ("py.typed", "locale/zh_CN/LC_MESSAGES/planparse.mo"):
        assert (ROOT / "planparse" / name).exists()
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert not [line for line in ignored if "mo" in line or "typed" in line or "locale" in line]  # hatchling leaves out what git ignores


def test_modules_build_on_lower_layers_only():
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_checking_and_mending_a_text():
    text = "某局2024年工作计划\n一、任务\n1．培训教师,落实责任。\n3．维修校舍。\n"
    assert [finding.code for finding in planparse.check(text, rules=["PN101", "PN4"])] == ["PN404", "PN101"]
    assert planparse.check(text, rules=["PN1", "PN4"], ignore=["PN4", "PN105", "numbering-gap"]) == []
    assert planparse.fix(text) == text.replace(",", "，")
    assert planparse.fix(text, unsafe=True, rules=["PN101"]) == text.replace("3．", "2．")
    with pytest.raises(PlanparseError, match="no rule"):
        planparse.check(text, rules=["PN999"])


def test_the_hooks_for_pre_commit_are_commands_that_exist():
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in hooks] == ["planparse-check", "planparse-fix", "planparse-fmt"]
    group = application()
    for hook in hooks:
        assert hook["language"] == "python"
        program, name, *options = hook["entry"].split()
        command = group.get_command(None, name)
        assert program == "planparse"
        assert set(options) <= {option for parameter in command.params for option in parameter.opts}
        assert re.search(hook["files"], "plans/2024.txt")
