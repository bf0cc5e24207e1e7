"""A few bytes of the file fit no character.

They were damaged on the way, or text in two encodings was put into one file. Each place reads as �; what stood there is
lost, and a number or a name may have been part of it. Many such places make the file unreadable, and then it is refused.

Basis: quality of the data; no clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

NAMES = ("broken_bytes",)
RULE = Rule(severity="warning", basis=Basis("data"), messages=tuple(KINDS[name].message for name in NAMES), readers=True)


def check(view: View) -> Iterator[Problem]:
    """What the file's reader told."""
    for finding in view.found(*NAMES):
        yield Problem(finding.start, finding.end, KINDS[finding.name].message, finding.values)
