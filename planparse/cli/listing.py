"""`planparse formats`: what can be read and written on this machine."""

from __future__ import annotations

import sys
from typing import Annotated, Any, Literal

import typer

from planparse.cli.console import Console
from planparse.formats import OFFICE, Row, rows

EXAMPLES = (
    ("What can be read and written here", "planparse formats"),
    ("The same for programs", "planparse formats -f json"),
)
READ, WRITE, READY = "Read", "Write", "ready"
NEEDS_PACKAGE, NEEDS_PROGRAM = "needs: pip install 'planparse[{extra}]'", "needs LibreOffice (https://www.libreoffice.org)"


def formats(
    ctx: typer.Context,
    form: Annotated[
        Literal["text", "json"], typer.Option("-f", "--format", metavar="FORMAT", help="text (default) or json.", show_default=False)
    ] = "text",
) -> None:
    """List what can be read and written here.

    The content of a file decides how it is read, whatever its name says. The
    end of an output's name decides how it is written.
    """
    console: Console = ctx.obj
    found = list(rows())
    if form == "json":
        import json

        records: list[dict[str, Any]] = [
            {"direction": row.direction, "format": row.name, "suffixes": row.suffixes, "ready": row.ready, "needs": row.brought_by}
            for row in found
        ]
        text = json.dumps(records, ensure_ascii=False, indent=2)
    else:
        width = max(len(" ".join(suffixes)) for _, _, suffixes, _ in found)
        lines: list[str] = []
        for way, title in (("read", READ), ("write", WRITE)):
            lines.append(f"{console.translate(title)}:")
            lines += [f"  {row.name:<9} {' '.join(row.suffixes):<{width}}  {_state(row, console)}" for row in found if row.direction == way]
        text = "\n".join(lines)
    sys.stdout.buffer.write(f"{text}\n".encode())


def _state(row: Row, console: Console) -> str:
    if row.ready:
        return console.translate(READY)
    if row.needs == OFFICE:
        return console.translate(NEEDS_PROGRAM)
    return console.translate(NEEDS_PACKAGE).format(extra=row.brought_by)
