"""Findings as JSON, an object a line: those of the `json` report."""

from __future__ import annotations

from planparse.report.json import dumped, objects
from planparse.report.run import Run


def write(run: Run) -> str:
    """The report."""
    return "".join(f"{dumped(row)}\n" for row in objects(run))
