"""The formats of reports, by the names users give them."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from planparse.report.run import Run


class Format(NamedTuple):
    """One format."""

    module: str
    """The module of this folder that writes it; it loads on first use."""
    machine: bool
    """Whether programs read it: no colour, and no other line may stand beside it."""


FORMATS = {
    "full": Format("full", machine=False),
    "concise": Format("concise", machine=False),
    "json": Format("json", machine=True),
    "jsonl": Format("jsonl", machine=True),
    "sarif": Format("sarif", machine=True),
    "github": Format("github", machine=True),
    "gitlab": Format("gitlab", machine=True),
    "junit": Format("junit", machine=True),
    "rdjson": Format("rdjson", machine=True),
    "html": Format("html", machine=True),
}


def render(run: Run, name: str, *, width: int = 100, colour: bool = False) -> str:
    """A run in a format of `FORMATS`; width and colour are for the one that people read on a screen."""
    module = import_module(f"planparse.report.{FORMATS[name].module}")
    report: str = module.write(run, width=width, colour=colour) if name == "full" else module.write(run)
    return report
