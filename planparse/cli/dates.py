"""`planparse dates`: every time a plan names, and what it resolves to."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from planparse.cli.console import Console
from planparse.cli.inputs import EncodingOption, FilesArgument, named
from planparse.cli.output import opened
from planparse.cli.times import AsOfOption, TermStartOption, YearOption, settings
from planparse.errors import PlanparseError

EXAMPLES = (
    ("Every time, with the year and what speaks for it", "planparse dates plan.txt"),
    ("The plan is for 2024", "planparse dates plan.txt --year 2024"),
    ("One record a line, for other programs", "planparse dates plan.txt -f jsonl"),
)


def dates(
    ctx: typer.Context,
    files: FilesArgument = None,
    form: Annotated[
        Literal["text", "json", "jsonl"],
        typer.Option("-f", "--format", metavar="FORMAT", help="text (default), json or jsonl.", show_default=False),
    ] = "text",
    year: YearOption = None,
    as_of: AsOfOption = None,
    term_start: TermStartOption = None,
    encoding: EncodingOption = None,
) -> None:
    """List every time a plan names, what it resolves to, and why.

    What does not follow from the plan stays open; --year or --as-of close it.
    Exit code: 0 done; 2 a file could not be read.
    """
    from planparse.readers import read
    from planparse.syntax.parse import Parsed
    from planparse.writers import dates as writer

    console: Console = ctx.obj
    said = settings(year, as_of, term_start)
    names = named(files)
    failed = False
    with opened(None) as put:
        for k, name in enumerate(names):
            try:
                parsed = Parsed(read(name, encoding), said)
                pieces = (
                    writer.write_text(parsed, console.translate) if form == "text" else writer.write_json(parsed, one_line=form == "jsonl")
                )
                text = "".join(pieces)
            except PlanparseError as error:
                console.error(error)
                failed = True
                continue
            except Exception as error:  # noqa: BLE001 - one file's fault must not stop the others
                console.bug(error, name)
                failed = True
                continue
            if form == "text" and len(names) > 1:
                text = ("\n" if k else "") + f"{name}\n{text}"
            put(text.encode())
    raise typer.Exit(2 if failed else 0)
