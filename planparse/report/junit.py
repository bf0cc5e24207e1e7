"""Findings as JUnit's XML, which build servers show as failed tests: a suite a file, a case a finding, one passed case for a clean file."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from planparse.report.run import FileResult, Run, mend_of, origin_of, reason, relative, where
from planparse.report.wording import advice, fix_name, severity_name
from planparse.rules.engine import Violation
from planparse.width import visible, visible_character

NAME = "planparse"


def write(run: Run) -> str:
    """The report."""
    failures = sum(len(result.violations) for result in run.results)
    errors = sum(result.error is not None for result in run.results)
    tests = sum(max(len(result.violations) + (result.error is not None), 1) for result in run.results)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f"<testsuites{_attributes(name=NAME, tests=tests, failures=failures, errors=errors)}>",
    ]
    for result in run.results:
        lines += _suite(run, result)
    return "\n".join([*lines, "</testsuites>", ""])


def _suite(run: Run, result: FileResult) -> Iterator[str]:
    path = relative(run, result.name)
    cases = [*_cases(run, result, path)] or [f"    <testcase{_attributes(name=NAME, classname=path)}/>"]
    counts = _attributes(name=path, tests=len(cases), failures=len(result.violations), errors=int(result.error is not None))
    yield from [f"  <testsuite{counts}>", *cases, "  </testsuite>"]


def _cases(run: Run, result: FileResult, path: str) -> Iterator[str]:
    if result.error is not None:
        words = reason(result)
        yield _case("unreadable", path, "error", "unreadable", words, f"{result.name}: {words}")
    for violation in result.violations:
        place = origin_of(violation, run.translate) or (f"{violation.place.line}:{violation.place.column}" if violation.place else "")
        name = f"{violation.code} {violation.name} {place}".rstrip()
        yield _case(name, path, "failure", violation.severity, violation.text(run.translate), _text(run, result, violation))


def _case(name: str, path: str, element: str, kind: str, message: str, text: str) -> str:
    inner = f"<{element}{_attributes(type=kind, message=message)}>{escape(_lines(text))}</{element}>"
    return f"    <testcase{_attributes(name=name, classname=path)}>{inner}</testcase>"


def _text(run: Run, result: FileResult, violation: Violation) -> str:
    """The finding as people read it: place, grade, message, line, fix."""
    translate = run.translate
    grade = severity_name(violation.severity, translate)
    lines = [f"{where(result, violation, translate)}: {grade} {violation.code} {violation.name}: {violation.text(translate)}"]
    if violation.excerpt:
        lines.append(violation.excerpt)
    if (mend := mend_of(violation)) is not None:
        lines.append(f"{fix_name(mend.grade, translate)}: {violation.mend_text(translate)}")
    return "\n".join([*lines, advice(violation.code, translate)])


def _attributes(**values: str | int) -> str:
    return "".join(f" {name}={quoteattr(visible(str(value)))}" for name, value in values.items())


def _lines(text: str) -> str:
    """A text of several lines without the signs that XML cannot hold."""
    return "".join(sign if sign in "\n\t" else visible_character(sign) for sign in text)
