"""`planparse formats`: what can be read and written on this machine."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Annotated, Any, Literal

import typer

from planparse.cli.console import Console
from planparse.cli.formats import OUTPUTS
from planparse.extras import PACKAGES
from planparse.readers.detect import FORMATS
from planparse.readers.office import find_program

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
    rows = [("read", row.name, row.suffixes, row.needs) for row in FORMATS]
    rows += [("write", name, row.suffixes, row.needs) for name, row in OUTPUTS.items()]
    if form == "json":
        import json

        records: list[dict[str, Any]] = [
            {"direction": way, "format": name, "suffixes": suffixes, "ready": _is_ready(needs), "needs": PACKAGES.get(needs, needs) or None}
            for way, name, suffixes, needs in rows
        ]
        text = json.dumps(records, ensure_ascii=False, indent=2)
    else:
        width = max(len(" ".join(suffixes)) for _, _, suffixes, _ in rows)
        lines: list[str] = []
        for way, title in (("read", READ), ("write", WRITE)):
            lines.append(f"{console.translate(title)}:")
            for row_way, name, suffixes, needs in rows:
                if row_way == way:
                    lines.append(f"  {name:<9} {' '.join(suffixes):<{width}}  {_state(needs, console)}")
        text = "\n".join(lines)
    sys.stdout.buffer.write(f"{text}\n".encode())


def _is_ready(needs: str) -> bool:
    if needs == "soffice":
        return find_program() is not None
    return not needs or find_spec(needs.partition(".")[0]) is not None


def _state(needs: str, console: Console) -> str:
    if _is_ready(needs):
        return console.translate(READY)
    if needs == "soffice":
        return console.translate(NEEDS_PROGRAM)
    return console.translate(NEEDS_PACKAGE).format(extra=PACKAGES[needs])
