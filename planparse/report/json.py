"""Findings as one JSON array, an object a finding. All objects have the same keys; what there is none of is null.

Lines and columns count from 1, offsets from 0, all in code points; ends are exclusive.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from planparse.report.positions import Lines
from planparse.report.run import FileResult, Run, origin_of, reason
from planparse.rules.engine import Place, Violation
from planparse.rules.rule import Edit

UNREADABLE = "unreadable"
"""The name of what is said of a file that could not be read; no rule has it."""


def write(run: Run) -> str:
    """The report."""
    return array(objects(run))


def array(values: Iterable[Any]) -> str:
    """Values as a JSON array, each on a line of its own."""
    rows = ",\n".join(map(dumped, values))
    return f"[\n{rows}\n]\n" if rows else "[]\n"


def dumped(value: Any) -> str:
    """A value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace").decode()


def objects(run: Run) -> Iterator[dict[str, Any]]:
    """The findings, file by file."""
    for result in run.results:
        lines = Lines(result)
        if result.error is not None:
            yield _object(result, None, UNREADABLE, "error", reason(result))
        for violation in result.violations:
            row = _object(result, violation.code, violation.name, violation.severity, violation.text(run.translate))
            row["position"] = None if violation.place is None else _position(violation.place)
            row["origin"] = origin_of(violation) or None
            row["fix"] = _fix(run, violation, lines)
            row["help"] = help_command(violation.code)
            yield row


def help_command(code: str) -> str:
    """The command that explains a rule."""
    return f"planparse explain {code}"


def _object(result: FileResult, code: str | None, name: str, severity: str, message: str) -> dict[str, Any]:
    return {
        "code": code, "name": name, "severity": severity, "message": message, "file": result.name,
        "position": None, "origin": None, "fix": None, "help": None,
    }  # fmt: skip


def _position(place: Place) -> dict[str, Any]:
    return {
        "start": {"line": place.line, "column": place.column, "offset": place.offset},
        "end": {"line": place.end_line, "column": place.end_column, "offset": place.end_offset},
    }


def _fix(run: Run, violation: Violation, lines: Lines) -> dict[str, Any] | None:
    if violation.mend is None:
        return None
    edits = [_edit(edit, lines) for edit in violation.mend.edits]
    return {"grade": violation.mend.grade, "message": violation.mend_text(run.translate), "edits": edits}


def _edit(edit: Edit, lines: Lines) -> dict[str, Any]:
    return {"start": _point(edit.start, lines), "end": _point(edit.end, lines), "text": edit.text}


def _point(offset: int, lines: Lines) -> dict[str, Any]:
    point = lines.point(offset)
    return {"line": None, "column": None, "offset": offset} if point is None else point._asdict()
