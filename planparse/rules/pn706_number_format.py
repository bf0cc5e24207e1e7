"""Automatic numbers are in a format that is not known.

The word processor counts in a way this program cannot write, so the numbers are given in digits. References to them
(见第三项) may not fit what readers of the file see.

Basis: practice; GB/T 9704-2012 7.3.3 names the four kinds of numbers of official documents (clause number from secondary
sources).
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

NAMES = ("number_format",)
RULE = Rule(severity="warning", basis=Basis("practice"), messages=tuple(KINDS[name].message for name in NAMES), readers=True)


def check(view: View) -> Iterator[Problem]:
    """What the file's reader told."""
    for finding in view.found(*NAMES):
        yield Problem(finding.start, finding.end, KINDS[finding.name].message, finding.values)
