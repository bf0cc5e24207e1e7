"""Running `planparse check` inside the tests' own process: what a run costs is then not its start."""

import io
import sys
from typing import NamedTuple

from planparse.cli import main
from planparse.rules.registry import Entry, rules

GAP = "某县2024年工作计划\n一、重点工作\n（一）新建幼儿园。\n（二）改造食堂。\n（四）维修围墙。\n"
"""PN101 finds something in line 5; its fix is unsafe."""
CLEAN = GAP.replace("（四）", "（三）")
COMMAS = CLEAN.replace("食堂", "食堂,操场")
"""PN404 finds something in line 4, for information; its fix is safe."""


class Ended(NamedTuple):
    """How a run ended."""

    code: int
    out: str
    err: str


def runner(monkeypatch, capfd, folder):
    """A function that runs the command line in a folder."""
    monkeypatch.chdir(folder)
    for name in ("LC_ALL", "NO_COLOR", "FORCE_COLOR", "PLANPARSE_CACHE_DIR", "PLANPARSE_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main([str(argument) for argument in arguments])
        said = capfd.readouterr()
        return Ended(code, said.out, said.err)

    return run


def write(folder, files):
    """Writes files, given by their paths."""
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())


def added_rule(monkeypatch, rule, check, code="PN998", name="made-up-rule"):
    """Puts a rule among the others for the time of a test."""
    entry = Entry(code, name, rule, check, "It is made up.\n\nBasis: none.")
    monkeypatch.setitem(rules(), code, entry)
    return entry
