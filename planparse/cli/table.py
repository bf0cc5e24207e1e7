"""`planparse table`: every promise of a plan as one row: figure, owner, deadline, line."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from planparse.cli.console import Console, wants_colour
from planparse.cli.formats import spare_screen
from planparse.cli.inputs import EncodingOption, FilesArgument, named, spare
from planparse.cli.output import opened
from planparse.cli.times import AsOfOption, TermStartOption, YearOption, day, settings
from planparse.errors import PlanparseError

if TYPE_CHECKING:
    from planparse.dates.resolve import Settings
    from planparse.writers.promises import Choice, Promise

EXAMPLES = (
    ("Every promise: figure, owner, deadline, line", "planparse table plan.txt"),
    ("What the maintenance office answers for", "planparse table plan.txt --owner 总务处"),
    ("What is due before July, for a spreadsheet", "planparse table plan.docx --due-before 2024-07-01 -o due.xlsx"),
    ("Figures for which nobody answers", "planparse table plan.txt --with-target --without-owner"),
)
Form = Literal["text", "json", "jsonl", "csv", "xlsx"]
SUFFIXES: dict[str, Form] = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".xlsx": "xlsx"}
FALLBACK = (100, 24)
"""The size of a screen that is none."""


def table(
    ctx: typer.Context,
    files: FilesArgument = None,
    form: Annotated[
        Form | None,
        typer.Option("-f", "--format", metavar="FORMAT", help="text (default), json, jsonl, csv or xlsx.", show_default=False),
    ] = None,
    out: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write here, not to the screen.")] = None,
    owner: Annotated[
        str | None, typer.Option("--owner", metavar="NAME", help="Only what somebody of this name answers for.", show_default=False)
    ] = None,
    due_before: Annotated[
        str | None, typer.Option("--due-before", metavar="DATE", help="Only what is due before this day.", show_default=False)
    ] = None,
    with_target: Annotated[bool, typer.Option("--with-target", help="Only what has a figure.")] = False,
    without_owner: Annotated[bool, typer.Option("--without-owner", help="Only what nobody answers for.")] = False,
    year: YearOption = None,
    as_of: AsOfOption = None,
    term_start: TermStartOption = None,
    encoding: EncodingOption = None,
) -> None:
    """List every promise of a plan: figure, owner, deadline, line.

    A promise is a figure, or a numbered entry with nothing numbered below it.
    Owners and deadlines of headings and columns hold for what is below them.
    Exit code: 0 done; 2 a file could not be read.
    """
    from planparse.writers.promises import Choice

    console: Console = ctx.obj
    choice = Choice(owner, day("--due-before", due_before), with_target, without_owner)
    said = settings(year, as_of, term_start)
    names = named(files)
    spare(names, out)
    form = form or _from_suffix(out)
    if form == "xlsx":
        spare_screen("xlsx", out)
    rows: list[Promise] = []
    read = 0
    for name in names:
        try:
            rows.extend(_rows(console, name, encoding, said, choice))
            read += 1
        except PlanparseError as error:
            console.error(error)
        except Exception as error:  # noqa: BLE001 - one file's fault must not stop the others
            console.bug(error, name)
    if not read:
        raise typer.Exit(2)
    with opened(out) as put:
        put(_render(console, rows, form, several=len(names) > 1, screen=out is None))
    raise typer.Exit(2 if read < len(names) else 0)


def _rows(console: Console, name: str, encoding: str | None, said: Settings, choice: Choice) -> list[Promise]:
    """The promises of a file that are wanted."""
    from planparse.documents import build
    from planparse.readers import read
    from planparse.syntax.parse import Parsed
    from planparse.writers.promises import promises

    source = read(name, encoding)
    if not source.text.strip():
        console.say("{name}: there is no text in it, hence no plan", name=source.name)
    found = list(promises(build(Parsed(source, said), translate=console.translate)))
    undated = sum(choice.misses(promise) for promise in found)
    if undated:
        console.say("{name}: left out {count} whose deadline has no year; --year gives it", name=source.name, count=undated)
    return [promise for promise in found if choice.takes(promise)]


def _render(console: Console, rows: list[Promise], form: Form, *, several: bool, screen: bool) -> bytes:
    from planparse.writers import promises as writer

    if form == "xlsx":
        return writer.write_xlsx(rows)
    if form == "csv":
        return writer.write_csv(rows).encode()
    if form == "text":
        width = shutil.get_terminal_size(FALLBACK).columns
        colour = screen and wants_colour(sys.stdout)
        return writer.write_text(rows, width=width, colour=colour, translate=console.translate, several=several).encode()
    return "".join(writer.write_json(rows, one_line=form == "jsonl")).encode()


def _from_suffix(out: str | None) -> Form:
    """The format that a file's name asks for; text without one."""
    return next((form for suffix, form in SUFFIXES.items() if out is not None and out.lower().endswith(suffix)), "text")
