"""Findings as GitLab's code quality report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planparse.report.fingerprint import fingerprints, of_file
from planparse.report.json import UNREADABLE, array
from planparse.report.run import Run, lined, placed, reason, relative
from planparse.rules.rule import Severity

SEVERITY: dict[Severity, str] = {"error": "major", "warning": "minor", "information": "info"}
UNREAD = "critical"


def write(run: Run) -> str:
    """The report."""
    return array(_entries(run))


def _entries(run: Run) -> Iterator[dict[str, Any]]:
    for result in run.results:
        path = relative(run, result.name)
        if result.error is not None:
            yield _entry(UNREADABLE, reason(result), of_file(run, result), UNREAD, path, 1)
        for violation, fingerprint in fingerprints(run, result):
            line = violation.place.line if violation.place is not None and lined(violation) else 1  # a line is asked for
            message = f"{violation.code} {violation.name}: {placed(violation, run.translate)}"
            yield _entry(violation.code, message, fingerprint, SEVERITY[violation.severity], path, line)


def _entry(code: str, message: str, fingerprint: str, severity: str, path: str, line: int) -> dict[str, Any]:
    return {
        "description": message, "check_name": code, "fingerprint": fingerprint, "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }  # fmt: skip
