"""Findings in the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from planparse import __version__
from planparse.messages import Translate
from planparse.report.fingerprint import fingerprints
from planparse.report.json import dumped, help_command
from planparse.report.positions import Lines
from planparse.report.run import FileResult, Run, lined, offered, origin_of, placed, reason, relative
from planparse.rules.engine import Place, Violation
from planparse.rules.registry import Entry, rules
from planparse.rules.rule import Edit, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVEL: dict[Severity, str] = {"error": "error", "warning": "warning", "information": "note"}
FINGERPRINT = "planparse/v1"
ROOT = "%SRCROOT%"


def write(run: Run) -> str:
    """The report."""
    found = {violation.code: violation for result in run.results for violation in result.violations}
    codes = sorted(found)
    index = {code: k for k, code in enumerate(codes)}
    notices = [_notice(run, result) for result in run.results if result.error is not None]
    invocation: dict[str, Any] = {"executionSuccessful": not notices}
    if notices:
        invocation["toolExecutionNotifications"] = notices
    driver = {
        "name": "planparse", "version": __version__, "semanticVersion": __version__, "language": _language(run),
        "rules": [_rule(found[code], rules().get(code), run.translate) for code in codes],
    }  # fmt: skip
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "invocations": [invocation],
                "originalUriBaseIds": {ROOT: {"description": {"text": run.translate("The folder that paths are relative to.")}}},
                "artifacts": [_artifact(run, result) for result in run.results],
                "columnKind": "unicodeCodePoints",
                "results": list(_results(run, index)),
            }
        ],
    }
    return dumped(log) + "\n"


def _language(run: Run) -> str:
    return {"zh": "zh-CN"}.get(run.language, run.language)


def _rule(violation: Violation, entry: Entry | None, translate: Translate) -> dict[str, Any]:
    """What is told of a rule; a finding that is no rule's has only its name."""
    if entry is None:
        return {"id": violation.code, "name": violation.name}
    rule = entry.rule
    basis = rule.basis
    blocks = [(example, text if example else translate(text)) for example, text in entry.blocks]
    return {
        "id": entry.code,
        "name": entry.name,
        "shortDescription": {"text": translate(entry.summary)},
        "fullDescription": {"text": " ".join(text for text in _description(blocks))},
        "defaultConfiguration": {"level": LEVEL[rule.severity], "enabled": "default" in rule.on},
        "help": {
            "text": "\n\n".join([*(_indented(text) if example else text for example, text in blocks), help_command(entry.code)]),
            "markdown": "\n\n".join([*(_fenced(text) if example else text for example, text in blocks), f"`{help_command(entry.code)}`"]),
        },
        "properties": {
            "tags": [basis.level, *sorted(rule.on)],
            "basis": basis.level,
            "clause": basis.clause,
            "confidence": basis.sure,
            "profiles": list(rule.on),
            "fix": rule.fix,
            "since": rule.since,
            "problem.severity": {"information": "recommendation"}.get(rule.severity, rule.severity),
        },
    }


def _description(blocks: list[tuple[bool, str]]) -> Iterator[str]:
    """The paragraphs before the first example's heading."""
    for (example, text), (following, _) in zip(blocks, [*blocks[1:], (False, "")], strict=True):
        if example or following:
            return
        yield text


def _indented(text: str) -> str:
    return "\n".join("    " + line if line else "" for line in text.split("\n"))


def _fenced(text: str) -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}text\n{text}\n{fence}"


def _results(run: Run, index: dict[str, int]) -> Iterator[dict[str, Any]]:
    for k, result in enumerate(run.results):
        lines = Lines(result)
        for violation, fingerprint in fingerprints(run, result):
            row: dict[str, Any] = {
                "ruleId": violation.code,
                "ruleIndex": index[violation.code],
                "level": LEVEL[violation.severity],
                "message": {"text": placed(violation, run.translate)},
                "locations": [_location(run, result, k, violation)],
                "partialFingerprints": {FINGERPRINT: fingerprint},
            }
            if (mend := offered(run, violation)) is not None:
                row["fixes"] = [
                    {
                        "description": {"text": violation.mend_text(run.translate)},
                        "artifactChanges": [
                            {
                                "artifactLocation": _artifact_location(run, result, k),
                                "replacements": [_replacement(edit, lines) for edit in mend.edits],
                            }
                        ],
                        "properties": {"grade": mend.grade},
                    }
                ]
            yield row


def _location(run: Run, result: FileResult, index: int, violation: Violation) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact_location(run, result, index)}
    location: dict[str, Any] = {"physicalLocation": physical}
    if violation.place is not None and lined(violation):
        physical["region"] = _region(violation.place, violation)
    elif origin := origin_of(violation, run.translate):
        location["logicalLocations"] = [{"fullyQualifiedName": origin}]
    return location


def _region(place: Place, violation: Violation) -> dict[str, Any]:
    region: dict[str, Any] = {
        "startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column,
        "charOffset": place.offset, "charLength": place.end_offset - place.offset,
    }  # fmt: skip
    first = violation.excerpt_column
    last = first + place.end_offset - place.offset
    if place.line == place.end_line and last <= len(violation.excerpt):
        region["snippet"] = {"text": violation.excerpt[first:last]}
    return region


def _replacement(edit: Edit, lines: Lines) -> dict[str, Any]:
    start, end = lines.point(edit.start), lines.point(edit.end)
    region: dict[str, Any] = {}
    if start is not None and end is not None:
        region = {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}
    region |= {"charOffset": edit.start, "charLength": edit.end - edit.start}
    return {"deletedRegion": region, "insertedContent": {"text": edit.text}}


def _artifact(run: Run, result: FileResult) -> dict[str, Any]:
    return {"location": _uri(run, result), "mimeType": result.media_type}


def _artifact_location(run: Run, result: FileResult, index: int) -> dict[str, Any]:
    return {**_uri(run, result), "index": index}


def _uri(run: Run, result: FileResult) -> dict[str, Any]:
    path = relative(run, result.name)
    if os.path.isabs(path):
        return {"uri": "file://" + quote(path if path.startswith("/") else f"/{path}", safe="/:")}
    return {"uri": quote(path, safe="/"), "uriBaseId": ROOT}


def _notice(run: Run, result: FileResult) -> dict[str, Any]:
    location = {"physicalLocation": {"artifactLocation": _uri(run, result)}}
    return {"level": "error", "message": {"text": reason(result)}, "locations": [location]}
