"""`planparse textconv`: a plan as lines that git can compare."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from planparse.cli.console import Console
from planparse.cli.inputs import EncodingOption, named
from planparse.errors import InputError, NotInstalled
from planparse.messages import fill

EXAMPLES = (
    ("What git compares", "planparse textconv plan.docx"),
    ("Let git use it for Word files", "git config diff.plan.textconv 'planparse textconv'"),
    ("With the labels as they are written", "planparse textconv --labels plan.docx"),
    ("Two plans, without git", "diff <(planparse textconv old.docx) <(planparse textconv new.docx)"),
)


def textconv(
    ctx: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="A file; - is standard input.", show_default=False)] = None,
    labels: Annotated[bool, typer.Option("--labels", help="Keep the labels of entries.")] = False,
    encoding: EncodingOption = None,
) -> None:
    """Print a plan one entry a line, without labels, for git to compare.

    Renumbering changes nothing, and moved entries are the same lines. Page
    numbers, page headers and tables of contents are left out.
    A file that cannot be understood becomes one line that says why.
    Exit code: 0 done; 2 there is no such file, or a program is missing.
    """
    from planparse.readers import read_bytes

    console: Console = ctx.obj
    name = named([file] if file else None)[0]
    data = read_bytes(name, os.path.basename(name))
    sys.stdout.buffer.write(_lines(console, data, os.path.basename(name), encoding, labels=labels).encode())


def _lines(console: Console, data: bytes, name: str, encoding: str | None, *, labels: bool) -> str:
    """The lines. A damaged file must not end a run of git over hundreds of others: its fault is one of them."""
    from planparse.documents import build
    from planparse.readers import from_bytes
    from planparse.syntax.parse import Parsed
    from planparse.writers import lines

    try:
        source = from_bytes(data, name, encoding)
    except NotInstalled:
        raise
    except InputError as error:
        return fill(console.translate, error.message, error.values) + "\n" + _hash(data)
    except Exception as error:  # noqa: BLE001 - the fault is ours, and the other files are not to blame
        console.bug(error, name)
        return _hash(data)
    try:
        return lines.write(build(Parsed(source)), labels=labels)
    except Exception as error:  # noqa: BLE001 - the fault is ours; the words are there all the same
        console.bug(error, name)
        return "".join(f"{lines.one_line(line)}\n" for line in source.text.splitlines())


def _hash(data: bytes) -> str:
    """A line that tells a file from others: two that cannot be read must not look the same."""
    from planparse.readers.text import sha256

    return f"sha256 {sha256(data)}\n"
