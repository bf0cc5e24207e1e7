"""Checking and mending a text that is at hand, for programs: no files, no configuration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from planparse.documents import source_of
from planparse.rules import engine, fixing
from planparse.rules.engine import Violation
from planparse.rules.rule import Profile
from planparse.rules.selection import Selection, options, select
from planparse.rules.view import View
from planparse.source import Source
from planparse.syntax.parse import Parsed

Settings = Mapping[str, Mapping[str, Any]]


def check(
    source: Source | str,
    *,
    profile: Profile = "default",
    rules: Iterable[str] = (),
    ignore: Iterable[str] = (),
    settings: Settings | None = None,
) -> list[Violation]:
    """What the rules find in a text, in its order.

    Args:
        source: The text, or a `Source` that also says where it came from.
        profile: Whose rules run and how they are graded.
        rules: Codes, beginnings of codes or names; these run instead of the profile's.
        ignore: Those that do not run.
        settings: Settings of rules by their codes, as in a configuration file.

    Raises:
        PlanparseError: A word names no rule.
    """
    selection = select(profile, rules, (), ignore)
    view = View.of(Parsed(source_of(source)), options(profile, settings or {}), promises=selection.promises)
    return engine.check(view, selection).violations


def fix(
    text: str,
    *,
    unsafe: bool = False,
    profile: Profile = "default",
    rules: Iterable[str] = (),
    ignore: Iterable[str] = (),
    settings: Settings | None = None,
) -> str:
    """The text with all fixes made that change no more than they may; as it is where these never come to an end.

    Args:
        text: The text.
        unsafe: Whether the unsafe fixes are made, too.
        profile: Whose rules run.
        rules: These run instead.
        ignore: Those that do not run.
        settings: Settings of rules by their codes.

    Raises:
        PlanparseError: A word names no rule.
    """
    selection: Selection = select(profile, rules, (), ignore)
    done = fixing.fix(text, fixing.viewer(source_of(text), None, options(profile, settings or {})), selection, unsafe=unsafe)
    return done.text if done.stable else text
