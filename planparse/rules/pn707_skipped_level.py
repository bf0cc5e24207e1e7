"""An automatic number leaves out a level of its list.

The first entry of a list stands at the second level, with none at the first above it. Programs show different numbers
then, and count on differently from there: 1.1 in one, 0.1 in another.

Basis: GB/T 9704-2012 7.3.3 (clause number from secondary sources) asks for levels in order; that programs differ is practice.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

NAMES = ("skipped_level",)
RULE = Rule(
    severity="warning",
    basis=Basis("standard", "GB/T 9704-2012 7.3.3", "C"),
    messages=tuple(KINDS[name].message for name in NAMES),
    readers=True,
)


def check(view: View) -> Iterator[Problem]:
    """What the file's reader told."""
    for finding in view.found(*NAMES):
        yield Problem(finding.start, finding.end, KINDS[finding.name].message, finding.values)
