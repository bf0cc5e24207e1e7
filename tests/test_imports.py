"""What each command loads. Start-up is lost import by import, so the slow ones are forbidden by name."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SLOW = {"jieba", "pydantic", "pydantic_core", "rich", "dateutil", "importlib.metadata", "hashlib", "tempfile", "asyncio", "babel"}


def loaded(*arguments):
    """The modules that a run of the command line imports."""
    command = [sys.executable, "-X", "importtime", "-c", "import sys; from planparse.cli import main; sys.exit(main())", *arguments]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False, timeout=60, env={**os.environ, "LC_ALL": "C.UTF-8"})
    assert done.returncode == 0, done.stderr.decode()
    return set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr.decode(), re.MULTILINE))


@pytest.fixture(scope="module")
def interpreter():
    """What Python loads by itself."""
    done = subprocess.run([sys.executable, "-X", "importtime", "-c", "pass"], capture_output=True, cwd=ROOT, check=True)
    return set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr.decode(), re.MULTILINE))


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_version_loads_nothing(interpreter, option):
    assert loaded(option) - interpreter == {"planparse", "planparse.cli"}


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_parse_loads_nothing_slow(form):
    modules = loaded("parse", "samples/month-sections.txt", "-f", form)
    assert modules & SLOW == set()
    assert "planparse.syntax.parse" in modules
    assert modules & {"planparse.model", "planparse.validate", "planparse.writers.markdown", "planparse.cli.outline"} == set()


def test_help_loads_no_command():
    modules = loaded("--help")
    assert modules & SLOW == set()
    assert modules & {"planparse.cli.parse", "planparse.syntax.parse", "planparse.model"} == set()


def test_the_plain_outline_draws_without_rich():
    assert loaded("outline", "samples/month-sections.txt") & {"rich", "jieba", "dateutil"} == set()


def test_schema_loads_no_parser():
    assert "planparse.syntax.parse" not in loaded("schema")


@pytest.mark.parametrize("command", ["parse", "outline", "dates", "table", "check", "fmt", "diff"])
def test_no_command_but_serve_loads_a_server(command):
    files = ["samples/month-sections.txt"] * (2 if command == "diff" else 1)
    modules = loaded(command, *files, *(["--exit-zero"] if command in ("check", "diff") else []))
    assert "planparse.syntax.parse" in modules
    assert not [name for name in modules if name.partition(".")[0] in ("starlette", "uvicorn", "anyio", "h11") or name == "planparse.web"]


def test_help_on_serve_loads_no_server():
    assert {name.partition(".")[0] for name in loaded("serve", "--help")} & {"starlette", "uvicorn", "anyio", "pydantic"} == set()


def test_english_opens_no_catalogue(monkeypatch):
    from planparse.messages import translator

    monkeypatch.setattr("gettext.translation", None)
    assert translator("en")("no plan") == "no plan"


def test_the_library_loads_parts_on_first_use(interpreter):
    code = "import sys; import planparse; before = set(sys.modules); planparse.parse_bytes(b''); print(*before, '|', *sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True).stdout
    before, after = (set(part.split()) for part in out.split("|"))
    assert {name for name in before if name.startswith("planparse")} == {"planparse"}
    assert after & (SLOW | {"typer"}) == set()
