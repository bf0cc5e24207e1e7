"""`planparse diff`: two years' plans side by side."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.comparing import Asked, compared, write_years
from planparse.cli.console import Console, wants_colour
from planparse.cli.git import called_by_git, show
from planparse.cli.inputs import EncodingOption, share, spare
from planparse.cli.output import opened
from planparse.dates.resolve import Settings
from planparse.errors import PlanparseError
from planparse.readers import STANDARD_INPUT

if TYPE_CHECKING:
    from planparse.report.changes.formats import Screen

EXAMPLES = (
    ("What became of last year's plan", "planparse diff 2024.docx 2025.docx"),
    ("Only figures, and what was dropped", "planparse diff 2024.txt 2025.txt --only targets,removed"),
    ("A workbook for the working papers", "planparse diff 2024.docx 2025.docx -o changes.xlsx"),
    ("In CI: fail where a target is lowered or dropped", "planparse diff old.md new.md --fail-on target/lowered,dropped"),
    ("With pairs that a reviewer has judged", "planparse diff 2024.txt 2025.txt --pairs judged.csv"),
    ("Each target over the years", "planparse diff 2023.txt 2024.txt 2025.txt"),
)
FALLBACK = (100, 24)
"""The size of a screen that is none."""
Words = list[str] | None


def diff(
    ctx: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="OLD NEW [MORE]...", help="Plans, or their JSON, the oldest first; - is standard input.", show_default=False
        ),
    ] = None,
    form: Annotated[
        str | None,
        typer.Option("-f", "--format", metavar="FORMAT", help="text (default), json, markdown, html or xlsx.", show_default=False),
    ] = None,
    out: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write here, not to the screen.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="List what stayed the same too.")] = False,
    summary: Annotated[bool, typer.Option("--summary", help="Only what the entries add up to.")] = False,
    only: Annotated[
        Words, typer.Option("--only", metavar="KINDS", help="Only these: targets,removed,target/lowered …", show_default=False)
    ] = None,
    ignore: Annotated[
        Words, typer.Option("--ignore", metavar="KINDS", help="Not these: numbering,punctuation …", show_default=False)
    ] = None,
    threshold: Annotated[
        str | None,
        typer.Option("--threshold", metavar="SHARE", help="How much alike a pair must be when in doubt, 0 to 1.", show_default=False),
    ] = None,
    words: Annotated[bool, typer.Option("--words", help="Mark whole Chinese words, not characters.")] = False,
    pairs: Annotated[
        str | None, typer.Option("--pairs", metavar="FILE", help="Pairs judged by a reviewer: .json, .csv, .xlsx.", show_default=False)
    ] = None,
    plan: Annotated[
        str | None, typer.Option("--plan", metavar="OLD:NEW", help="These plans of files with several.", show_default=False)
    ] = None,
    fail_on: Annotated[Words, typer.Option("--fail-on", metavar="KINDS", help="Exit with 1 only for these.", show_default=False)] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 for differences.")] = False,
    old_year: Annotated[
        int | None, typer.Option("--old-year", metavar="YYYY", min=1900, max=2100, help="The year of the old plan.", show_default=False)
    ] = None,
    new_year: Annotated[
        int | None, typer.Option("--new-year", metavar="YYYY", min=1900, max=2100, help="The year of the new plan.", show_default=False)
    ] = None,
    encoding: EncodingOption = None,
) -> None:
    """Lay two years' plans side by side: dropped, added, moved, changed.

    Entries are paired by what they say, whatever their numbers; figures,
    deadlines and owners are compared as values. What follows from the year
    alone is counted, not listed. Three plans or more give a table of each
    target over the years.

    KINDS: removed, added, text, moved, split, merged, structure, targets,
    deadlines, owners, citations, times, dropped, numbering, years, dates,
    punctuation, possible; or one sort, as target/lowered, deadline/later.

    Exit code: 0 the same; 1 something differs, if only numbers, years or
    punctuation; 2 a file could not be read.
    """
    from planparse.report.changes.choose import Choice, chosen, differs, fails
    from planparse.report.changes.formats import render

    console: Console = ctx.obj
    names = files or []
    choice = Choice(_kinds("--only", only), _kinds("--ignore", ignore))
    failing = _kinds("--fail-on", fail_on)
    call = called_by_git(names, os.environ)
    several = len(names) > 2 and call is None
    form = _format(form, out, several=several)
    screen = _screen(out, everything=everything, summary=summary)
    years = (Settings(old_year), Settings(new_year))
    asked = Asked(encoding, years, share(threshold), words=words, pairs=pairs, plan=plan, everything=everything)
    if call is not None:
        show(console, call, asked, choice, form, screen)
        raise typer.Exit(0)
    _agree(names, out)
    _spare_screen(form, out)
    if several:
        _refuse(only, ignore, fail_on, summary=summary, everything=everything, plan=plan, years=years)
        write_years(console, names, form, out, asked, screen)
        raise typer.Exit(0)
    left = chosen(compared(console, names, asked), choice)
    with opened(out) as put:
        put(render(left, form, translate=console.translate, screen=screen))
    bad = fails(left, failing) if failing else differs(left)
    raise typer.Exit(1 if bad and not exit_zero else 0)


def _kinds(option: str, words: Words) -> frozenset[str]:
    """The kinds of an option; one that is given names some, as none would stand for all."""
    from planparse.report.changes.choose import named

    found = named(words or ())
    if words is not None and not found:
        raise PlanparseError("{option}: this names no kind of change; name some, as targets,removed, or leave it out", option=option)
    return found


def _format(form: str | None, out: str | None, *, several: bool) -> str:
    """The format that is asked for, by its name or by the file's suffix; text without either."""
    from planparse.report.changes.formats import FORMATS, SUFFIXES, YEARS

    names = YEARS if several else tuple(FORMATS)
    if form is None and out is not None:
        suffix = os.path.splitext(out)[1].lower()
        form = {**SUFFIXES, ".csv": "csv"}.get(suffix)
        if form is None and suffix:
            raise PlanparseError("{name}: its name tells no format; give --format, one of {formats}", name=out, formats=", ".join(names))
    if form is not None and form not in names:
        raise PlanparseError("there is no format {word}; take one of {formats}", word=form, formats=", ".join(names))
    return form or "text"


def _agree(names: Sequence[str], out: str | None) -> None:
    """Refuses files that cannot be compared."""
    if len(names) < 2:
        raise PlanparseError("a comparison needs two plans: last year's, then this year's (see --help)")
    if list(names).count(STANDARD_INPUT) > 1:
        raise PlanparseError("- is standard input and can be read once; name a file for the other plan")
    spare([name for name in names if name != STANDARD_INPUT], out)


def _spare_screen(form: str, out: str | None) -> None:
    from planparse.report.changes.formats import FORMATS

    if form in FORMATS and FORMATS[form].binary and out in (None, "-") and sys.stdout.isatty():
        raise PlanparseError("a screen cannot show {format}; name a file with -o", format=form)


def _screen(out: str | None, *, everything: bool, summary: bool) -> Screen:
    from planparse.report.changes.formats import Screen

    if out not in (None, "-"):
        return Screen(FALLBACK[0], colour=False, everything=everything, summary=summary)
    return Screen(shutil.get_terminal_size(FALLBACK).columns, wants_colour(sys.stdout), everything, summary)


def _refuse(
    only: Words, ignore: Words, fail_on: Words, *, summary: bool, everything: bool, plan: str | None, years: tuple[Settings, Settings]
) -> None:
    """Refuses options that say nothing about a table of targets."""
    given = {
        "--only": only, "--ignore": ignore, "--fail-on": fail_on, "--summary": summary, "--all": everything, "--plan": plan,
        "--old-year": years[0].year, "--new-year": years[1].year,
    }  # fmt: skip
    for option, value in given.items():
        if value:
            raise PlanparseError("{option} goes with two plans; more give a table of their targets", option=option)
