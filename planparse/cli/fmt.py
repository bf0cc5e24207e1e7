"""`planparse fmt`: a plan in its normal form."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import Console
from planparse.cli.inputs import EncodingOption, FilesArgument, named, spare
from planparse.cli.output import opened
from planparse.cli.times import AsOfOption, TermStartOption, YearOption, settings
from planparse.errors import PlanparseError
from planparse.readers import STANDARD_INPUT

if TYPE_CHECKING:
    from planparse.dates.resolve import Settings
    from planparse.formatting import Formatted
    from planparse.source import Source

EXAMPLES = (
    ("Print a plan in its normal form", "planparse fmt plan.txt"),
    ("Write over the files", "planparse fmt -w plans/*.txt"),
    ("In CI: fail where something would change", "planparse fmt --check plans/*.txt"),
    ("See what would change", "planparse fmt --diff plan.txt"),
    ("A clean Word file from an untidy one", "planparse fmt untidy.docx -o clean.docx"),
)
MARKDOWN = (".md", ".markdown")
TEXT = (".txt", ".text")
WORD = ".docx"


def fmt(
    ctx: typer.Context,
    files: FilesArgument = None,
    out: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write here: .txt, .md or .docx.")] = None,
    in_place: Annotated[bool, typer.Option("-w", "--write", help="Write over the files; text and Markdown only.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit with 1 where a file would change.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change; exit with 1 if anything.")] = False,
    drop_debris: Annotated[bool, typer.Option("--drop-debris", help="Leave out advertisements, pagers and the like.")] = False,
    encoding: EncodingOption = None,
    year: YearOption = None,
    as_of: AsOfOption = None,
    term_start: TermStartOption = None,
) -> None:
    """Write plans in their normal form.

    Numbers in the order of GB/T 9704, one kind of punctuation, dates written
    one way, broken lines joined. Formatting twice changes nothing more.
    Exit code: 0 done; 1 --check or --diff found a change; 2 a file could not
    be read.
    """
    console: Console = ctx.obj
    names = named(files)
    spare(names, out)
    if out is not None and len(names) > 1:
        raise PlanparseError("-o takes one file; to write over several use -w")
    if in_place and (out is not None or STANDARD_INPUT in names):
        raise PlanparseError("-w writes over files; it goes with neither -o nor standard input")
    if out is not None and out != STANDARD_INPUT and os.path.splitext(out)[1].lower() not in (*MARKDOWN, *TEXT, WORD):
        raise PlanparseError("{name}: its name tells no format; end it in .txt, .md or .docx", name=out)
    said = settings(year, as_of, term_start)
    failed = changed = False
    for name in names:
        try:
            changed = _one(console, name, out, encoding, said, in_place=in_place, check=check, diff=diff, debris=not drop_debris) or changed
        except PlanparseError as error:
            console.error(error)
            failed = True
        except OSError:
            raise  # the output's
        except Exception as error:  # noqa: BLE001 - one file's fault must not stop the others
            console.bug(error, name)
            failed = True
    raise typer.Exit(2 if failed else 1 if changed and (check or diff) else 0)


def _one(
    console: Console,
    name: str,
    out: str | None,
    encoding: str | None,
    said: Settings,
    *,
    in_place: bool,
    check: bool,
    diff: bool,
    debris: bool,
) -> bool:
    """Formats one file; whether that changes it."""
    from planparse.checking.difference import difference
    from planparse.formatting import formatted
    from planparse.readers import read

    source = read(name, encoding)
    if not source.text.strip():
        console.say("{name}: there is no text in it, hence no plan", name=source.name)
    plain = source.layout is None
    if (in_place or check or diff) and not plain:
        raise PlanparseError("{name}: this is no text file; -o writes a clean copy of it", name=source.name)
    target = os.path.splitext(out)[1].lower() if out else ""
    as_markdown = target in MARKDOWN or (not target and source.media_type == "text/markdown")
    result = formatted(source, said, as_markdown=as_markdown, debris=debris)
    if not result.stable:
        raise PlanparseError(
            "{name}: formatting it again would change it again; nothing was written, please report it with this file", name=source.name
        )
    if result.left_out:
        console.say("{name}: left out {count} stretches of debris; `planparse check` lists them", name=source.name, count=result.left_out)
    if result.notes:
        console.say(
            "{name}: {count} footnotes and comments stay in the file; Markdown (-o x.md) keeps them", name=source.name, count=result.notes
        )
    changed = result.text != source.text
    if diff:
        sys.stdout.buffer.write("".join(difference(source.name, source.text, result.text)).encode("utf-8", "surrogateescape"))
    elif check:
        if changed:
            console.say("{name}: would be formatted", name=source.name)
    elif in_place:
        if changed:
            _write_over(name, source, result.text)
            console.say("{name}: formatted", name=source.name)
    else:
        with opened(out) as put:
            put(_bytes(result, target, said))
    return changed


def _bytes(result: Formatted, target: str, said: Settings) -> bytes:
    if target != WORD:
        return result.text.encode()
    from planparse.documents import build
    from planparse.source import Source
    from planparse.syntax.parse import Parsed
    from planparse.writers import docx

    return docx.write([build(Parsed(Source("-", result.text), said))], "keep")


def _write_over(path: str, source: Source, text: str) -> None:
    """Replaces the file, in its own encoding."""
    from planparse.checking.writing import Form

    with open(path, "rb") as file:
        form = Form(file.read(), source.text, source.encoding, source.name)
    data = form.encode(text)
    with opened(path) as put:
        put(data)
