"""The file holds text that is not shown.

Hidden paragraphs, rows, columns and sheets were left out. They may be notes that should not leave the house, or weeks of
a schedule that someone folded away and forgot.

Basis: practice of offices; no clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

NAMES = ("hidden_text",)
RULE = Rule(severity="information", basis=Basis("practice"), messages=tuple(KINDS[name].message for name in NAMES), readers=True)


def check(view: View) -> Iterator[Problem]:
    """What the file's reader told."""
    for finding in view.found(*NAMES):
        yield Problem(finding.start, finding.end, KINDS[finding.name].message, finding.values)
