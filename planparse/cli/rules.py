"""`planparse rules`: the rules of `planparse check`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from planparse.cli.console import Console
from planparse.cli.explain import FormOption, OutOption, basis, named_rules, record, render, width, wrapped
from planparse.report.wording import fix_name, listed, severity_name

if TYPE_CHECKING:
    from planparse.messages import Translate
    from planparse.rules.registry import Entry
    from planparse.rules.rule import Profile, Rule

EXAMPLES = (
    ("All rules", "planparse rules"),
    ("Those for official documents, for programs", "planparse rules --profile official --output-format json"),
    ("What a rule finds, and why", "planparse rules PN101"),
)
INDENT = "       "


def list_rules(
    ctx: typer.Context,
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[RULE]...", help="Codes or names: tell about these.", show_default=False)
    ] = None,
    profile: Annotated[
        Literal["default", "official", "crawl", "audit"] | None,
        typer.Option("--profile", metavar="NAME", help="Only those it runs, graded as it does.", show_default=False),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="Tell about all rules.")] = False,
    form: FormOption = "text",
    out: OutOption = None,
) -> None:
    """List the rules of check.

    With how grave their findings are, whether they can be mended, and what
    they rest on. `planparse explain CODE` tells more about one.
    """
    from planparse.cli.output import opened
    from planparse.rules.registry import rules

    console: Console = ctx.obj
    translate = console.translate
    entries = named_rules(words) if words else list(rules().values())
    if profile is not None:
        entries = [entry._replace(rule=_graded(entry, profile)) for entry in entries if profile in entry.rule.on]
    if words or every:
        text = render(entries, form, translate, width(out))
    elif form == "json":
        records = [{key: value for key, value in record(entry, translate).items() if key != "documentation"} for entry in entries]
        text = json.dumps(records, ensure_ascii=False, indent=2) + "\n"
    elif form == "markdown":
        text = "".join(_table(entries, translate))
    else:
        text = "".join(_lines(entries, translate, width(out)))
    with opened(out) as put:
        put(text.encode())


def _graded(entry: Entry, profile: Profile) -> Rule:
    rule = entry.rule
    return rule._replace(severity=rule.raised.get(profile, rule.severity))


def _lines(entries: list[Entry], translate: Translate, columns: int) -> Iterator[str]:
    """Two lines a rule: what it is, what it finds."""
    for entry in entries:
        yield f"{entry.code}  {entry.name}: {listed(_marks(entry, translate), translate)}\n"
        yield from (f"{INDENT}{line}" for line in wrapped(translate(entry.summary), columns - len(INDENT)))


def _marks(entry: Entry, translate: Translate) -> list[str]:
    rule = entry.rule
    marks = [severity_name(rule.severity, translate)]
    if rule.fix is not None:
        marks.append(fix_name(rule.fix, translate))
    marks.append(basis(rule.basis.level, translate))
    if not rule.on:
        marks.append(translate("only by name"))
    elif "default" not in rule.on:
        marks.append(translate("only in profile {profiles}").format(profiles=listed(list(rule.on), translate)))
    return marks


def _table(entries: list[Entry], translate: Translate) -> Iterator[str]:
    heads = (
        translate("Rule"), translate("Name"), translate("Severity"), translate("Fix"), translate("Profiles"),
        translate("Rests on"), translate("What it finds"),
    )  # fmt: skip
    yield f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}\n"
    for entry in entries:
        rule = entry.rule
        resting = listed([part for part in (basis(rule.basis.level, translate), rule.basis.clause) if part], translate)
        cells = (
            entry.code, entry.name, severity_name(rule.severity, translate), "" if rule.fix is None else fix_name(rule.fix, translate),
            listed(list(rule.on), translate), resting, translate(entry.summary),
        )  # fmt: skip
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |\n"
