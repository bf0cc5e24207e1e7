"""The rules: every module of this folder whose name begins with a code is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from typing import NamedTuple

from planparse.rules.rule import Problem, Rule
from planparse.rules.view import View

_MODULE = re.compile("(pn\\d{3})_(\\w+)")


class Entry(NamedTuple):
    """A rule with what its module gives."""

    code: str
    name: str
    rule: Rule
    check: Callable[[View], Iterable[Problem]]
    documentation: str
    """The module's docstring: what it finds, why, what it rests on, a bad and a good example."""

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.documentation.split("\n", 1)[0]

    @property
    def blocks(self) -> list[tuple[bool, str]]:
        """The documentation block by block: whether it is an example, and its text, a paragraph on one line."""
        out: list[tuple[bool, str]] = []
        for block in re.split("\n{2,}", self.documentation):
            lines = block.split("\n")
            example = all(line.startswith("    ") for line in lines)
            text = "\n".join(line[4:] for line in lines) if example else " ".join(lines)
            if example and out and out[-1][0]:
                out[-1] = (True, f"{out[-1][1]}\n\n{text}")
            else:
                out.append((example, text))
        return out


@lru_cache(maxsize=1)
def rules() -> dict[str, Entry]:
    """All rules by their codes, in order."""
    from planparse import rules as folder

    names = sorted(name for _, name, _ in iter_modules(folder.__path__) if _MODULE.fullmatch(name))
    return {entry.code: entry for entry in map(_entry, names)}


def _entry(module_name: str) -> Entry:
    module = import_module(f"planparse.rules.{module_name}")
    found = _MODULE.fullmatch(module_name)
    assert found is not None
    return Entry(found[1].upper(), found[2].replace("_", "-"), module.RULE, module.check, (module.__doc__ or "").strip())


def find(word: str) -> Entry | None:
    """The rule of a code or of a name, in any case: PN101, pn101, numbering-gap."""
    entry = rules().get(word.upper())
    return entry or next((entry for entry in rules().values() if entry.name == word.lower()), None)
