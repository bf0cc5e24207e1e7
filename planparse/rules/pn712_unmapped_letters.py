"""Letters are shown whose font does not say what they are.

People can read them on the page, programs cannot: they see the number of a drawing, not a letter. What they stood for is
missing from the text, and it may be a digit. Export the file again with its fonts, or recognise its text (OCR).

Basis: quality of the data; no clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

NAMES = ("unmapped_letters",)
RULE = Rule(severity="warning", basis=Basis("data"), messages=tuple(KINDS[name].message for name in NAMES), readers=True)


def check(view: View) -> Iterator[Problem]:
    """What the file's reader told."""
    for finding in view.found(*NAMES):
        yield Problem(finding.start, finding.end, KINDS[finding.name].message, finding.values)
