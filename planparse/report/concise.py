"""One line a finding, for people and for programs that read lines: `plan.txt:12:1: PN101 numbering-gap: number 4 follows where 3 was due`."""

from __future__ import annotations

from collections.abc import Iterator

from planparse.report.run import Run, reason, where
from planparse.width import visible


def write(run: Run) -> str:
    """The report."""
    return "".join(f"{visible(line)}\n" for line in _lines(run))


def _lines(run: Run) -> Iterator[str]:
    for result in run.results:
        if result.error is not None:
            yield f"{result.name}: {reason(result)}"
        for violation in result.violations:
            yield f"{where(result, violation, run.translate)}: {violation.code} {violation.name}: {violation.text(run.translate)}"
