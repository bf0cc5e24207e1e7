"""A comment silences a rule that finds nothing there.

The text below was mended, or the comment stood at the wrong line from the start. A comment that silences nothing hides
the next mistake, so it is better taken out.

Basis: practice of linters.

Bad:

    <!-- planparse: ignore PN101 -->
    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    2．改造食堂。

Good:

    某县2024年工作计划
    一、重点工作
    1．新建幼儿园。
    <!-- planparse: ignore PN101 -->
    3．改造食堂。
"""

from __future__ import annotations

from planparse.rules.rule import Basis, Problem, Rule
from planparse.rules.view import View

RULE = Rule(severity="warning", basis=Basis("practice"), messages=("{word} is silenced here, but nothing is found",))


def check(view: View) -> tuple[Problem, ...]:  # noqa: ARG001
    """Nothing: the engine alone knows what was silenced."""
    return ()
