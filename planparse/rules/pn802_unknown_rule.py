"""A comment silences a rule that does not exist.

A misspelt code silences nothing, and what was meant to be silent is reported all the same.

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

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View

RULE = Rule(severity="warning", basis=Basis("practice"), messages=("there is no rule {word}",))


def check(view: View) -> tuple[Problem, ...]:  # noqa: ARG001
    """Nothing: the engine reads the comments."""
    return ()
