"""The file holds changes that nobody has accepted or rejected.

It was read as if all were accepted: what is struck out is gone, what is put in stands. A plan that is issued should hold
no changes at all, since whoever opens it sees how the numbers came about, and another program may show the old ones.

Basis: practice of offices; no clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

NAMES = ("tracked_changes",)
RULE = Rule(severity="information", basis=Basis("practice"), messages=tuple(KINDS[name].message for name in NAMES), readers=True)


def check(view: View) -> Iterator[Problem]:
    """What the file's reader told."""
    for finding in view.found(*NAMES):
        yield Problem(finding.start, finding.end, KINDS[finding.name].message, finding.values)
