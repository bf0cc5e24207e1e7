"""The file was converted before it was read.

An old format (.doc, .wps, .rtf, .odt) was turned into a Word file by another program first. Numbers and tables come through
well as a rule, not always; a copy in .docx removes the doubt.

Basis: quality of the data; no clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

NAMES = ("converted",)
RULE = Rule(severity="information", basis=Basis("data"), messages=tuple(KINDS[name].message for name in NAMES), readers=True)


def check(view: View) -> Iterator[Problem]:
    """What the file's reader told."""
    for finding in view.found(*NAMES):
        yield Problem(finding.start, finding.end, KINDS[finding.name].message, finding.values)
