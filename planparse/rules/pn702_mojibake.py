"""Text was written in one encoding and read in another before it got here.

Someone opened the file with the wrong encoding and saved it: `å·¥ä½œ` for 工作. The words can no longer be trusted, nor the
dates and names among them. Take the text from where it came from again.

Basis: quality of the data; no clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

NAMES = ("mojibake",)
RULE = Rule(severity="warning", basis=Basis("data"), messages=tuple(KINDS[name].message for name in NAMES), readers=True)


def check(view: View) -> Iterator[Problem]:
    """What the file's reader told."""
    for finding in view.found(*NAMES):
        yield Problem(finding.start, finding.end, KINDS[finding.name].message, finding.values)
