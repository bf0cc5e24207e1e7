"""A cell of a workbook is a formula that was never calculated.

The program that wrote the file left the sum to others. The cell was read as empty, so a week, a date or an amount is
missing. Opening the file in a spreadsheet program and saving it puts the value in.

Basis: quality of the data; no clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

NAMES = ("formula_without_value",)
RULE = Rule(severity="warning", basis=Basis("data"), messages=tuple(KINDS[name].message for name in NAMES), readers=True)


def check(view: View) -> Iterator[Problem]:
    """What the file's reader told."""
    for finding in view.found(*NAMES):
        yield Problem(finding.start, finding.end, KINDS[finding.name].message, finding.values)
