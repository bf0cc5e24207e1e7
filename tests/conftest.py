"""What tests share: running the command line as users do, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
QUIET = ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "NO_COLOR", "PLANPARSE_DEBUG", "PYTHONWARNINGS")


@pytest.fixture
def planparse(tmp_path):
    """Runs `planparse …` in an empty folder; `env` adds to an environment that speaks English."""

    def run(*arguments, stdin=b"", env=None):
        environment = {key: value for key, value in os.environ.items() if key not in QUIET}
        environment |= {"LC_ALL": "C.UTF-8", "PYTHONPATH": str(ROOT), "COLUMNS": "80", **(env or {})}
        command = [sys.executable, "-m", "planparse", *map(str, arguments)]
        done = subprocess.run(command, input=stdin, capture_output=True, cwd=tmp_path, env=environment, check=False, timeout=60)
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return done

    return run


@pytest.fixture
def samples():
    """The folder of made-up plans."""
    return ROOT / "samples"
