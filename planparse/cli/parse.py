"""`planparse parse`: the main job, files in, JSON out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import Console, place
from planparse.cli.formats import from_suffix, joint, rendered, spare_screen
from planparse.cli.inputs import EncodingOption, FilesArgument, named, spare
from planparse.cli.output import opened
from planparse.cli.times import AsOfOption, TermStartOption, YearOption, settings
from planparse.errors import PlanparseError
from planparse.formats import OUTPUTS, Format, Numbering, render_whole
from planparse.messages import fill
from planparse.readers import read
from planparse.syntax.findings import KINDS
from planparse.syntax.parse import Parsed

if TYPE_CHECKING:
    from planparse.model import Document

EXAMPLES = (
    ("One plan as JSON", "planparse parse plan.txt"),
    ("Into a file; its name tells the format", "planparse parse plan.txt -o plan.json"),
    ("Many files, one document a line", "planparse parse plans/*.txt -f jsonl -o plans.jsonl"),
    ("A calendar of a plan for 2024", "planparse parse plan.txt --year 2024 -o plan.ics"),
    ("A Word file as Markdown", "planparse parse plan.docx -o plan.md"),
    ("A Word file laid out by the standard", "planparse parse plan.txt -o clean.docx"),
    ("Text from another program", "curl -s https://example.org/plan.html | planparse parse -f markdown"),
    ("Fail when the numbering is wrong", "planparse parse --strict plan.txt > plan.json"),
)


def parse(
    ctx: typer.Context,
    files: FilesArgument = None,
    form: Annotated[
        Format | None,
        typer.Option(
            "-f", "--format", metavar="FORMAT", help="json (default), jsonl, markdown, text, ics, csv, xlsx or docx.", show_default=False
        ),
    ] = None,
    out: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write here, not to the screen.")] = None,
    no_positions: Annotated[bool, typer.Option("--no-positions", help="Leave out lines, columns and offsets.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Show diagnostics; exit with 1 if one is a warning or worse.")] = False,
    encoding: EncodingOption = None,
    year: YearOption = None,
    as_of: AsOfOption = None,
    term_start: TermStartOption = None,
    numbering: Annotated[
        Numbering, typer.Option(metavar="HOW", help="For text and docx: standard (default) or keep.", show_default=False)
    ] = "standard",
) -> None:
    """Turn plans into JSON, Markdown, tables, Word files or a calendar.

    Odd content is no error: what was understood is printed, what is odd is
    listed under "diagnostics". Exit code: 0 done; 1 --strict found something;
    2 a file could not be read.
    """
    console: Console = ctx.obj
    names = named(files)
    spare(names, out)
    form = form or from_suffix(out)
    spare_screen(form, out)
    said = settings(year, as_of, term_start)
    several = len(names) > 1
    written, failed, odd = 0, False, False
    documents: list[Document] = []
    with opened(out) as put:
        for name in names:
            try:
                source = read(name, encoding)
                if not source.text.strip():
                    console.say("{name}: there is no text in it, hence no plan", name=source.name)
                parsed = Parsed(source, said)
                if OUTPUTS[form].whole:
                    from planparse.documents import build

                    documents.append(build(parsed, translate=console.translate))
                    written += 1
                    odd = (strict and report(console, parsed)) or odd
                    continue
                pieces = rendered(parsed, form, positions=not no_positions, numbering=numbering, console=console)
                if several:
                    pieces = iter(["".join(pieces)])  # whole or not at all: a fault must not spoil its neighbours
                put(joint(form, several, written))
                for piece in pieces:
                    put(piece.encode())
                written += 1
            except PlanparseError as error:
                console.error(error)
                failed = True
            except OSError:
                raise  # the output's, not this file's
            except Exception as error:  # noqa: BLE001 - one file's fault must not stop the others
                console.bug(error, name)
                failed = True
            else:
                odd = (strict and report(console, parsed)) or odd
        if not written:
            raise typer.Exit(2)  # while the output is open, so that no file is made
        if documents:
            put(render_whole(documents, form, numbering))
        put(joint(form, several, None))
    raise typer.Exit(2 if failed else 1 if odd else 0)


def report(console: Console, parsed: Parsed) -> bool:
    """Prints a parsed source's diagnostics; whether any is worse than information."""
    odd = False
    for finding in sorted(parsed.findings, key=lambda finding: finding.start):
        kind = KINDS[finding.name]
        message = fill(console.translate, kind.message, finding.values)
        console.line(f"{place(parsed.source, finding.start, finding.end, console.translate)}: {kind.code} {kind.name}: {message}")
        odd = odd or kind.severity != "information"
    return odd
