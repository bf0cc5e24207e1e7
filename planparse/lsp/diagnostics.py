"""Findings as editors show them."""

from __future__ import annotations

from lsprotocol import types

from planparse.lsp.analysis import Analysis
from planparse.messages import Translate
from planparse.rules.engine import Violation
from planparse.rules.registry import rules
from planparse.rules.rule import Severity

SOURCE = "planparse"
SEVERITIES: dict[Severity, types.DiagnosticSeverity] = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "information": types.DiagnosticSeverity.Information,
}


def diagnostics(analysis: Analysis, translate: Translate, *, tags: bool) -> list[types.Diagnostic]:
    """All findings; `tags`: the client can show debris as what may go."""
    return [diagnostic(analysis, violation, translate, tags=tags) for violation in analysis.violations]


def diagnostic(analysis: Analysis, violation: Violation, translate: Translate, *, tags: bool) -> types.Diagnostic:
    """One finding; what is about the file as a whole stands at its beginning."""
    return types.Diagnostic(
        range=analysis.positions.range(*span(violation)),
        message=violation.text(translate),
        severity=SEVERITIES[violation.severity],
        code=violation.code,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if tags and "noise" in rules()[violation.code].rule.may_change else None,
    )


def span(violation: Violation) -> tuple[int, int]:
    """Where a finding stands in the text."""
    return (violation.place.offset, violation.place.end_offset) if violation.place is not None else (0, 0)
