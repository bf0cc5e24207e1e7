"""Findings in the Reviewdog Diagnostic Format: columns count bytes of UTF-8 from 1, ends are exclusive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from planparse.report.json import UNREADABLE, dumped
from planparse.report.positions import Lines, Point
from planparse.report.run import Run, lined, offered, placed, reason, relative
from planparse.rules.engine import Mend, Violation
from planparse.rules.rule import Severity

SEVERITY: dict[Severity, str] = {"error": "ERROR", "warning": "WARNING", "information": "INFO"}


def write(run: Run) -> str:
    """The report."""
    rows = ",\n".join(map(dumped, _diagnostics(run)))
    return f'{{"source":{{"name":"planparse"}},"diagnostics":[\n{rows}\n]}}\n'


def _diagnostics(run: Run) -> Iterator[dict[str, Any]]:
    for result in run.results:
        path = relative(run, result.name)
        if result.error is not None:
            yield {"message": reason(result), "location": {"path": path}, "severity": "ERROR", "code": {"value": UNREADABLE}}
        lines = Lines(result)
        for violation in result.violations:
            location: dict[str, Any] = {"path": path}
            if lined(violation):
                location["range"] = _range(violation, lines)
            row: dict[str, Any] = {
                "message": placed(violation, run.translate), "location": location, "severity": SEVERITY[violation.severity],
                "code": {"value": violation.code},
            }  # fmt: skip
            mend = offered(run, violation)
            if mend is not None and (suggestion := _suggestion(mend, lines)) is not None:
                row["suggestions"] = [suggestion]
            yield row


def _range(violation: Violation, lines: Lines) -> dict[str, Any]:
    """Both ends; lines alone where the bytes before a column are not known."""
    place = violation.place
    assert place is not None
    start = lines.byte_column(Point(place.line, place.column, place.offset), violation)
    end = lines.byte_column(Point(place.end_line, place.end_column, place.end_offset), violation)
    if start is None or end is None:
        return {"start": {"line": place.line}, "end": {"line": place.end_line}}
    return {"start": {"line": place.line, "column": start}, "end": {"line": place.end_line, "column": end}}


def _suggestion(mend: Mend, lines: Lines) -> dict[str, Any] | None:
    """The fix as one edit, from its first change to its last: several suggestions would be alternatives."""
    edits = sorted(mend.edits)
    start, end = lines.point(edits[0].start), lines.point(max(edit.end for edit in edits))
    if start is None or end is None or lines.source is None:
        return None
    pieces, at = [], start.offset
    for edit in edits:
        pieces += [lines.source.text[at : edit.start], edit.text]
        at = edit.end
    ends = [{"line": point.line, "column": lines.byte_column(point)} for point in (start, end)]
    return {"range": {"start": ends[0], "end": ends[1]}, "text": "".join(pieces)}
