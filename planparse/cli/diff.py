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
    from planparse.report.changes.choose import Choice
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

    Exit code: 0 the same; 1 something differs; 2 a file could not be read.
    """
    from planparse.report.changes.choose import Choice, chosen, differs, fails, named
    from planparse.report.changes.formats import render

    console: Console = ctx.obj
    choice = Choice(named(only or ()), named(ignore or ()))
    failing = named(fail_on or ())
    form = _format(form, out)
    screen = _screen(out, everything=everything, summary=summary)
    years = (Settings(old_year), Settings(new_year))
    asked = Asked(encoding, years, threshold, words=words, pairs=pairs, plan=plan, everything=everything)
    call = called_by_git(files or [], os.environ)
    if call is not None:
        raise typer.Exit(_for_git(console, call, asked, choice, form, screen))
    names = files or []
    _agree(names, out)
    _spare_screen(form, out)
    if len(names) > 2:
        _years(console, names, form, out, asked, screen)
        raise typer.Exit(0)
    left = chosen(_compared(console, names, asked), choice)
    with opened(out) as put:
        put(render(left, form, translate=console.translate, screen=screen))
    bad = fails(left, failing) if failing else differs(left)
    raise typer.Exit(1 if bad and not exit_zero else 0)


class Asked(NamedTuple):
    """What the command line says about the comparison itself."""

    encoding: str | None
    years: tuple[Settings, Settings]
    threshold: float | None
    words: bool
    pairs: str | None
    plan: str | None
    everything: bool


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


def _compared(console: Console, names: Sequence[str], asked: Asked, titles: Sequence[str | None] = (None, None)) -> Comparison:
    """Two files compared; `titles` are what the report calls them, their names without any."""
    from planparse.cli.sides import need_plan, plan_numbers
    from planparse.diff import compare
    from planparse.diff.pairs import Pairs, read_pairs

    numbers = plan_numbers(asked.plan)
    judged = read_pairs(asked.pairs) if asked.pairs is not None else Pairs([], [])
    old, new = (_read(console, *side) for side in zip(names, [asked.encoding] * 2, asked.years, titles, strict=True))
    if numbers is not None:
        need_plan(old, numbers[0])
        need_plan(new, numbers[1])
    options = compare.Options(
        threshold=asked.threshold,
        words=asked.words,
        confirmed=tuple(judged.confirmed),
        rejected=tuple(judged.rejected),
        plans=numbers,
        everything=asked.everything,
    )
    return compare.compare(old, new, options)


def _read(console: Console, name: str, encoding: str | None, said: Settings, title: str | None = None) -> Document:
    from planparse.cli.sides import document

    read = document(name, encoding, said, console.translate, title)
    if not read.plans and name != os.devnull:
        console.say("{name}: there is no plan in it", name=read.source.name)
    return read


def _years(console: Console, names: Sequence[str], form: str, out: str | None, asked: Asked, screen: Screen) -> None:
    """Writes the table of targets over the years."""
    raise NotImplementedError


# -- git ---------------------------------------------------------------------------------------------------------

CALLED_BY_GIT = "GIT_DIFF_PATH_COUNTER"
"""The variable that git sets when it calls a program to show a difference (git-diff(1), GIT_EXTERNAL_DIFF)."""


class Call(NamedTuple):
    """What git asks to be compared."""

    path: str
    """The file's name in the repository."""
    old: str
    """Where its old content is; the null device for a new file, empty for one that is not merged."""
    new: str
    """Where its new content is; the null device for a file that was deleted."""
    renamed: str
    """Its new name."""

    def titles(self) -> tuple[str | None, str | None]:
        """What the two are called in a report, as git itself does."""
        return (
            None if self.old == os.devnull else f"a/{self.path}",
            None if self.new == os.devnull else f"b/{self.renamed}",
        )


def called_by_git(arguments: Sequence[str], environ: Mapping[str, str]) -> Call | None:
    """The files of a call by git: `path old-file old-hex old-mode new-file new-hex new-mode`.

    Two more follow where a file was renamed; of a file that is not merged there is the path only. None for a call by anybody else.
    """
    if CALLED_BY_GIT not in environ or len(arguments) not in (1, 7, 9):
        return None
    if len(arguments) == 1:
        return Call(arguments[0], "", "", arguments[0])
    path, old, _, _, new = arguments[:5]
    return Call(path, old, new, arguments[7] if len(arguments) == 9 else path)


def _for_git(console: Console, call: Call, asked: Asked, choice: Choice, form: str, screen: Screen) -> int:
    """Shows git a difference. A code other than 0 would end git's run over all other files, so a fault is only said."""
    from planparse.report.changes.choose import chosen
    from planparse.report.changes.formats import render

    if not call.old:
        console.say("{name}: this file is not merged yet", name=call.path)
        return 0
    try:
        left = chosen(_compared(console, (call.old, call.new), asked, call.titles()), choice)
    except PlanparseError as error:
        console.error(error)
        return 0
    with opened(None) as put:
        put(render(left, form, translate=console.translate, screen=screen))
    return 0
