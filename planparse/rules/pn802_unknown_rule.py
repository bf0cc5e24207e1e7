"""A comment that silences names no rule, or is not understood.

A misspelt code silences nothing, and what was meant to be silent is reported all the same. Neither does a comment in another form than
`planparse: ignore PN101`: codes are parted by blanks or commas, and nothing else may stand there.

Basis: practice of linters.

Bad:

    <!-- planparse: ignore PN999 -->
    某县2024年工作计划
    一、重点工作

Good:

    <!-- planparse: ignore-file PN101 PN801 -->
    某县2024年工作计划
    一、重点工作
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.suppression import misspelt
from planparse.rules.view import View

RULE = Rule(
    severity="warning",
    basis=Basis("practice"),
    messages=("there is no rule {word}", "this comment is not understood, so it silences nothing"),
)


def check(view: View) -> Iterator[Problem]:
    """Comments that are misspelt; names of rules are the engine's affair, which reads the others."""
    for start, end in misspelt(view.text):
        yield Problem(start, end, RULE.messages[1])
