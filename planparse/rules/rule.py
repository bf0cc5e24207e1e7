"""What a rule is made of: its metadata, the problems it finds, and the edits that mend them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

Severity = Literal["error", "warning", "information"]
Grade = Literal["safe", "unsafe"]
Profile = Literal["default", "official", "crawl", "audit"]
Level = Literal["standard", "regulation", "practice", "data"]
"""What a rule rests on: a national standard, a regulation, what offices usually do, or the quality of the data."""
Part = Literal["text", "words", "label", "value", "noise", "structure"]
"""What a fix may change: signs that are no words, words, how a label is written, what it counts, debris, where nodes begin and end."""

PROFILES: tuple[Profile, ...] = ("default", "official", "crawl", "audit")


class Basis(NamedTuple):
    """What a rule rests on."""

    level: Level
    clause: str = ""
    """The clause, e.g. `GB/T 9704-2012 7.3.3`; empty where none was found."""
    sure: Literal["A", "B", "C", "D"] = "D"
    """How the clause is known: A read in the standard, B its text reproduced by others, C its number alone, D practice, no clause."""


class Rule(NamedTuple):
    """A rule's metadata. Its code and name are those of its module: pn101_numbering_gap is PN101, numbering-gap."""

    severity: Severity
    basis: Basis
    messages: tuple[str, ...]
    """Every message its problems may have: English with `{}` fields, the keys of their translations."""
    on: tuple[Profile, ...] = PROFILES
    """The profiles that run it."""
    raised: Mapping[Profile, Severity] = MappingProxyType({})
    """Profiles in which it is graded otherwise."""
    fix: Grade | None = None
    """The grade of its fixes, the riskier one where it has both; None where it has none."""
    may_change: frozenset[Part] = frozenset()
    """What its fixes may change in the parsed document; all else must come out the same, or they are taken back."""
    options: Mapping[str, Any] = MappingProxyType({})
    """Its settings with their defaults."""
    raised_options: Mapping[Profile, Mapping[str, Any]] = MappingProxyType({})
    """Profiles in which some of its settings are others; what the user sets beats them."""
    readers: bool = False
    """It is about files, not about text: no text shows it."""
    promises: bool = False
    """It reads targets, owners, deadlines or documents: they are looked for only where a rule does."""
    since: str = "0.1.0"


class Edit(NamedTuple):
    """`text[start:end]` of the source becomes `text`."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """A mend of one problem; its edits are made together or not at all."""

    edits: tuple[Edit, ...]
    grade: Grade
    message: str
    """What it does, English with `{}` fields, the key of its translations; the problem's values fill it."""


class Problem(NamedTuple):
    """Something that a rule finds at `text[start:end]` of the source; an empty span is about the file as a whole."""

    start: int
    end: int
    message: str
    values: Mapping[str, Any] = MappingProxyType({})
    fix: Fix | None = None
