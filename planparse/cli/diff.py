"""`planparse diff`: two years' plans side by side."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from planparse.cli.console import Console, wants_colour
from planparse.cli.inputs import EncodingOption, spare
from planparse.cli.output import opened
from planparse.dates.resolve import Settings
from planparse.errors import PlanparseError
from planparse.readers import STANDARD_INPUT

if TYPE_CHECKING:
    from planparse.diff.model import Comparison
    from planparse.model import Document
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
        float | None,
        typer.Option("--threshold", metavar="SHARE", min=0, max=1, help="How much alike a pair must be when in doubt.", show_default=False),
    ] = None,
    words: Annotated[bool, typer.Option("--words", help="Mark whole Chinese words, not characters.")] = False,
    pairs: Annotated[
        str | None, typer.Option("--pairs", metavar="FILE", help="Pairs confirmed or rejected, JSON or CSV.", show_default=False)
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
    Exit code: 0 the same; 1 something differs; 2 a file could not be read.
    """
    from planparse.report.changes.choose import Choice, chosen, differs, fails, named
    from planparse.report.changes.formats import render

    console: Console = ctx.obj
    choice = Choice(named(only or ()), named(ignore or ()))
    failing = named(fail_on or ())
    form = _format(form, out)
    given = files or []
    call = called_by_git(given, os.environ)
    if call is None and len(given) == 1 and CALLED_BY_GIT in os.environ:
        console.say("{name}: this file is not merged yet", name=given[0])
        raise typer.Exit(0)
    names = [call.old, call.new] if call is not None else given
    _agree(names, out)
    _spare_screen(form, out)
    screen = _screen(out, everything=everything, summary=summary)
    if len(names) > 2:
        raise typer.Exit(_years(console, names, form, out, encoding, screen))
    shown = (f"a/{call.path}", f"b/{call.renamed}") if call is not None else (None, None)
    said = (Settings(old_year, None, None), Settings(new_year, None, None))
    comparison = _compared(
        console, names, shown, encoding, said, threshold=threshold, words=words, pairs=pairs, plan=plan, everything=everything
    )
    left = chosen(comparison, choice)
    with opened(out) as put:
        put(render(left, form, translate=console.translate, screen=screen))
    bad = fails(left, failing) if failing else differs(left)
    raise typer.Exit(1 if bad and not exit_zero and call is None else 0)


def _format(form: str | None, out: str | None) -> str:
    """The format that is asked for, by its name or by the file's suffix; text without either."""
    from planparse.report.changes.formats import FORMATS, SUFFIXES

    if form is not None:
        if form not in FORMATS:
            raise PlanparseError("there is no format {word}; take one of {formats}", word=form, formats=", ".join(FORMATS))
        return form
    suffix = os.path.splitext(out)[1].lower() if out is not None else ""
    return SUFFIXES.get(suffix, "text")


def _agree(names: Sequence[str], out: str | None) -> None:
    """Refuses files that cannot be compared."""
    if len(names) < 2:
        raise PlanparseError("a comparison needs two plans: last year's, then this year's (see --help)")
    if list(names).count(STANDARD_INPUT) > 1:
        raise PlanparseError("- is standard input and can be read once; name a file for the other plan")
    spare([name for name in names if name != STANDARD_INPUT], out)


def _spare_screen(form: str, out: str | None) -> None:
    from planparse.report.changes.formats import FORMATS

    if FORMATS[form].binary and out in (None, "-") and sys.stdout.isatty():
        raise PlanparseError("a screen cannot show {format}; name a file with -o", format=form)


def _screen(out: str | None, *, everything: bool, summary: bool) -> Screen:
    from planparse.report.changes.formats import Screen

    if out not in (None, "-"):
        return Screen(FALLBACK[0], colour=False, everything=everything, summary=summary)
    return Screen(shutil.get_terminal_size(FALLBACK).columns, wants_colour(sys.stdout), everything, summary)


def _compared(
    console: Console,
    names: Sequence[str],
    shown: tuple[str | None, str | None],
    encoding: str | None,
    said: tuple[Settings, Settings],
    *,
    threshold: float | None,
    words: bool,
    pairs: str | None,
    plan: str | None,
    everything: bool,
) -> Comparison:
    from planparse.cli.pairs import Pairs, read_pairs
    from planparse.cli.sides import need_plan, plan_numbers
    from planparse.diff import compare

    numbers = plan_numbers(plan)
    judged = read_pairs(pairs) if pairs is not None else Pairs()
    old, new = (_read(console, name, encoding, settings, title) for name, settings, title in zip(names, said, shown, strict=True))
    if numbers is not None:
        need_plan(old, numbers[0])
        need_plan(new, numbers[1])
    options = compare.Options(
        threshold=threshold, words=words, confirmed=judged.confirmed, rejected=judged.rejected, plans=numbers, everything=everything
    )
    return compare.compare(old, new, options)


def _read(console: Console, name: str, encoding: str | None, said: Settings, shown: str | None = None) -> Document:
    from planparse.cli.sides import document

    read = document(name, encoding, said, console.translate, shown)
    if not read.plans and name != os.devnull:
        console.say("{name}: there is no plan in it", name=read.source.name)
    return read


def _years(console: Console, names: Sequence[str], form: str, out: str | None, encoding: str | None, screen: Screen) -> int:
    """Writes the table of targets over the years; the exit code."""
    raise NotImplementedError


# -- git ---------------------------------------------------------------------------------------------------------

CALLED_BY_GIT = "GIT_DIFF_PATH_COUNTER"
"""The variable that git sets when it calls a program to show a difference (git-diff(1), GIT_EXTERNAL_DIFF)."""


class Call(NamedTuple):
    """What git asks to be compared."""

    path: str
    """The file's name in the repository."""
    old: str
    """Where its old content is; the null device for a new file."""
    new: str
    """Where its new content is; the null device for a file that was deleted."""
    renamed: str
    """Its new name."""


def called_by_git(arguments: Sequence[str], environ: Mapping[str, str]) -> Call | None:
    """The files of a call by git: `path old-file old-hex old-mode new-file new-hex new-mode`, and two more where a file was renamed.

    None for a call by anybody else.
    """
    if CALLED_BY_GIT not in environ or len(arguments) not in (7, 9):
        return None
    path, old, _, _, new = arguments[:5]
    return Call(path, old, new, arguments[7] if len(arguments) == 9 else path)
