"""What tests share: running the command line as users do, in a process of its own, and `pytest --update`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import browser
import pytest

ROOT = Path(__file__).parent.parent
QUIET = ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "NO_COLOR", "PLANPARSE_DEBUG", "PYTHONWARNINGS")


def pytest_addoption(parser):
    """`pytest --update` writes what it would otherwise compare; look at the difference before you commit it."""
    parser.addoption("--update", action="store_true", help="rewrite samples/expected and the outputs in the READMEs")


def environment(language="C.UTF-8"):
    """The variables to run planparse with: this copy of it, in a known language, on a screen of 80 columns."""
    inherited = {key: value for key, value in os.environ.items() if key not in QUIET}
    return inherited | {"LC_ALL": language, "PYTHONPATH": str(ROOT), "COLUMNS": "80"}


@pytest.fixture
def update(request):
    """Whether expectations are to be rewritten."""
    return request.config.getoption("--update")


@pytest.fixture
def planparse(tmp_path):
    """Runs `planparse …` in an empty folder, or in `cwd`; `env` adds to an environment that speaks English."""

    def run(*arguments, stdin=b"", env=None, cwd=tmp_path):
        command = [sys.executable, "-m", "planparse", *map(str, arguments)]
        variables = environment() | (env or {})
        done = subprocess.run(command, input=stdin, capture_output=True, cwd=cwd, env=variables, check=False, timeout=60)
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return done

    return run


@pytest.fixture
def samples():
    """The folder of made-up plans."""
    return ROOT / "samples"


def missing(name):
    """Skips the test for want of a program; in CI, which installs it, the test fails."""
    (pytest.fail if os.environ.get("CI", "false") not in ("", "0", "false") else pytest.skip)(f"{name} is not installed")


@pytest.fixture(scope="session")
def soffice():
    """The path of LibreOffice."""
    return shutil.which("soffice") or missing("LibreOffice (soffice)")


@pytest.fixture(scope="module")
def chromium():
    """A running browser. One for each file of tests: while it runs, no test of its process can have an event loop."""
    path = browser.program()
    if path is None:
        missing("Chromium")
    with browser.started(path) as running:
        yield running
