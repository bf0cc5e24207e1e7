"""Workflow commands, which GitHub shows beside the lines of a pull request.

Of each kind GitHub shows only the first ten of a step: the worst come first. A line that is no command sums up.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.report.run import FileResult, Run, lined, placed, reason, relative
from planparse.report.wording import summary
from planparse.rules.engine import SEVERITIES, Violation
from planparse.rules.rule import Severity

COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "information": "notice"}
MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
PROPERTY = {**MESSAGE, ":": "%3A", ",": "%2C"}


def write(run: Run) -> str:
    """The report."""
    unread = [_command("error", {"title": "planparse", "file": relative(run, result.name)}, reason(result)) for result in run.results if result.error is not None]  # fmt: skip
    found = [(result, violation) for result in run.results for violation in result.violations]
    found.sort(key=lambda pair: SEVERITIES.index(pair[1].severity))
    lines = [*unread, *(_finding(run, *pair) for pair in found), summary(run)]
    return "".join(f"{line}\n" for line in lines)


def _finding(run: Run, result: FileResult, violation: Violation) -> str:
    properties: dict[str, object] = {"title": f"{violation.code} {violation.name}", "file": relative(run, result.name)}
    if lined(violation):
        properties |= dict(_lines(violation))
    return _command(COMMANDS[violation.severity], properties, placed(violation, run.translate))


def _lines(violation: Violation) -> Iterator[tuple[str, int]]:
    place = violation.place
    assert place is not None
    one = place.line == place.end_line  # columns of two lines are not understood
    yield "line", place.line
    if one:
        yield "col", place.column
    yield "endLine", place.end_line
    if one:
        yield "endColumn", place.end_column


def _command(name: str, properties: dict[str, object], message: str) -> str:
    written = ",".join(f"{key}={_escaped(str(value), PROPERTY)}" for key, value in properties.items())
    return f"::{name} {written}::{_escaped(message, MESSAGE)}"


def _escaped(text: str, signs: dict[str, str]) -> str:
    return text.translate({ord(sign): escape for sign, escape in signs.items()})
