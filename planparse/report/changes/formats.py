"""The formats of a comparison, by the names users give them."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from planparse.diff.model import Comparison
from planparse.messages import Translate
from planparse.report.changes import wording


class Format(NamedTuple):
    """One format."""

    module: str
    """The module of this folder that writes it; it loads on first use."""
    suffixes: tuple[str, ...]
    binary: bool = False
    """It is no text: a screen cannot show it."""


FORMATS = {
    "text": Format("text", (".txt", ".text")),
    "json": Format("json", (".json",)),
    "markdown": Format("markdown", (".md", ".markdown")),
    "html": Format("html", (".html", ".htm")),
    "xlsx": Format("xlsx", (".xlsx",), binary=True),
}
"""To write one more format: a module here with a function `write`, and a row."""

YEARS = ("text", "json", "csv", "markdown", "xlsx")
"""The formats of the table of targets over several years (`planparse.report.changes.years`)."""

SUFFIXES = {suffix: name for name, form in FORMATS.items() for suffix in form.suffixes}


class Screen(NamedTuple):
    """How the format that people read on a screen is to look."""

    width: int = 100
    colour: bool = False
    everything: bool = False
    """List what is no finding too: renumbering, steps in time, punctuation, entries that stayed the same."""
    summary: bool = False
    """Head and counts only."""


def render(comparison: Comparison, name: str, *, translate: Translate, screen: Screen) -> bytes:
    """A comparison in a format of `FORMATS`.

    Raises:
        PlanparseError: The format needs a package that is not installed.
    """
    if name != "json" and not screen.everything:
        # `patch.apply` needs some pairs that are the same; nobody asked to read them.
        told = [record for record in comparison.records if record.changes or record.possible]
        comparison = comparison.model_copy(update={"records": told})
    module = import_module(f"planparse.report.changes.{FORMATS[name].module}")
    report: str | bytes
    if name == "text":
        report = module.write(comparison, translate=translate, screen=screen)
    else:
        report = module.write(_summary(comparison, name) if screen.summary else comparison, translate=translate)
    return report.encode("utf-8", "replace") if isinstance(report, str) else report


def _summary(comparison: Comparison, name: str) -> Comparison:
    """A comparison without its records; people are told how many of them may have a partner, which is counted before they go."""
    count, possible = comparison.count, wording.possible(comparison)
    if possible and name != "json":
        count = count.model_copy(update={"changes": count.changes | {"possible": possible}})
    return comparison.model_copy(update={"records": [], "count": count})
