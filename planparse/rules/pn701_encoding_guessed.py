"""The encoding of the file had to be guessed.

Bytes that are neither UTF-8 nor marked say nothing about how they are to be read. The guess looks at which reading gives
everyday Chinese; short files and rare names can mislead it, and then every word is wrong without a word missing.

`--encoding gb18030` takes the guess away; a copy in UTF-8 takes it away for all who read the file after you.

Basis: quality of the data; no clause asks for an encoding.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View
from planparse.syntax.findings import KINDS

NAMES = ("encoding_guessed",)
RULE = Rule(severity="information", basis=Basis("data"), messages=tuple(KINDS[name].message for name in NAMES), readers=True)


def check(view: View) -> Iterator[Problem]:
    """What the file's reader told."""
    for finding in view.found(*NAMES):
        yield Problem(finding.start, finding.end, KINDS[finding.name].message, finding.values)
