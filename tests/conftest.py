"""What tests share: running the command line as users do, in a process of its own, and `pytest --update`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

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


@pytest.fixture(scope="session")
def soffice():
    """The path of LibreOffice. Without it the test is skipped; in CI, which installs it, the test fails."""
    program = shutil.which("soffice")
    if program is None:
        missing = pytest.fail if os.environ.get("CI", "false") not in ("", "0", "false") else pytest.skip
        missing("LibreOffice (soffice) is not installed")
    return program
