"""Which rules run, and how they are graded: profiles, codes and their beginnings, names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from planparse.errors import PlanparseError
from planparse.rules.registry import find, rules
from planparse.rules.rule import Profile, Severity


class Selection(NamedTuple):
    """The rules that run, each with its severity."""

    severities: dict[str, Severity]

    @property
    def promises(self) -> bool:
        """Whether one of them reads what the plan promises."""
        registry = rules()
        return any(registry[code].rule.promises for code in self.severities)

    def without(self, codes: Iterable[str]) -> Selection:
        """The selection without some rules."""
        gone = frozenset(codes)
        return self._replace(severities={code: severity for code, severity in self.severities.items() if code not in gone})


def select(
    profile: Profile = "default", chosen: Iterable[str] = (), extended: Iterable[str] = (), ignored: Iterable[str] = ()
) -> Selection:
    """The rules of a profile, or those `chosen` instead, with those `extended` and without those `ignored`.

    Where a word and a longer beginning of a code speak of the same rule, the longer one counts: `--ignore PN1 --extend-select PN101`.

    Raises:
        PlanparseError: A word is no code, beginning of a code or name.
    """
    chosen, extended, ignored = tuple(chosen), tuple(extended), tuple(ignored)
    wanted: dict[str, int] = {}
    for code, entry in rules().items():
        if not chosen and profile in entry.rule.on:
            wanted[code] = 0
    for word in (*chosen, *extended):
        for code in _meant(word):
            wanted[code] = max(wanted.get(code, 0), _weight(word))
    for word in ignored:
        for code in matching(word):
            if code in wanted and wanted[code] <= _weight(word):
                del wanted[code]
    severities = {code: entry.rule.raised.get(profile, entry.rule.severity) for code, entry in rules().items() if code in wanted}
    return Selection(severities)


def options(profile: Profile = "default", given: Mapping[str, Mapping[str, Any]] = MappingProxyType({})) -> dict[str, dict[str, Any]]:
    """The settings of rules that are not their defaults, for `View.of`: the profile's, and over them those `given`."""
    out: dict[str, dict[str, Any]] = {}
    for code, entry in rules().items():
        merged = {**entry.rule.raised_options.get(profile, {}), **given.get(code, {})}
        if merged:
            out[code] = merged
    return out


def matching(word: str) -> list[str]:
    """The codes that a word speaks of: PN101, PN1, numbering-gap, ALL.

    Raises:
        PlanparseError: There are none.
    """
    if word.upper() == "ALL":
        return list(rules())
    entry = find(word)
    if entry is not None:
        return [entry.code]
    found = [code for code in rules() if code.startswith(word.upper())] if word.upper().startswith("PN") else []
    if not found:
        from difflib import get_close_matches

        names = [name for entry in rules().values() for name in (entry.code, entry.name)]
        near = get_close_matches(word.upper() if word.upper().startswith("PN") else word.lower(), names, 1, 0.5)
        if near:
            raise PlanparseError("there is no rule {word}; did you mean {near}?", word=word, near=near[0])
        raise PlanparseError("there is no rule {word}; `planparse rules` lists them", word=word)
    return found


def _meant(word: str) -> list[str]:
    """The codes that a word chooses: the beginning of a code does not speak of rules that run only by name."""
    codes = matching(word)
    return codes if len(codes) == 1 or word.upper() == "ALL" else [code for code in codes if rules()[code].rule.on]


def _weight(word: str) -> int:
    return 0 if word.upper() == "ALL" else 99 if find(word) is not None else len(word)
