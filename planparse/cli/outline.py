"""`planparse outline`: a plan's headings for people."""

from __future__ import annotations

import shutil
import sys
from typing import Annotated

import typer

from planparse.cli.console import Console, wants_colour
from planparse.cli.inputs import named

EXAMPLES = (
    ("All headings, with line numbers", "planparse outline plan.txt"),
    ("Only the two upper levels", "planparse outline plan.txt --depth 2"),
    ("Page by page", "planparse outline plan.txt | less"),
)


def outline(
    ctx: typer.Context,
    file: Annotated[str | None, typer.Argument(metavar="[FILE]", help="A text file; - is standard input.", show_default=False)] = None,
    depth: Annotated[int | None, typer.Option(metavar="N", min=1, help="Show this many levels; else all.", show_default=False)] = None,
    encoding: Annotated[str | None, typer.Option(metavar="NAME", help="Encoding of the file; else detected.")] = None,
) -> None:
    """Show the headings of a plan as a tree, with line numbers."""
    from planparse.documents import build
    from planparse.readers import read
    from planparse.syntax.parse import Parsed
    from planparse.writers import outline as writer

    console: Console = ctx.obj
    source = read(named([file] if file else None)[0], encoding)
    if not source.text.strip():
        console.say("{name}: there is no text in it, hence no plan", name=source.name)
    try:
        document = build(Parsed(source), translate=console.translate)
        tree = writer.write(
            document, depth=depth, color=wants_colour(sys.stdout), width=shutil.get_terminal_size().columns, translate=console.translate
        )
    except Exception as error:  # noqa: BLE001 - the fault is ours, the file is the user's
        console.bug(error, source.name)
        raise typer.Exit(2) from None
    sys.stdout.buffer.write(tree.encode())
