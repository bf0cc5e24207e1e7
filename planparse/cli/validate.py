"""`planparse validate`: does JSON, perhaps edited by hand, still fit the document format?"""

from __future__ import annotations

from typing import Annotated

import typer

from planparse.cli.console import Console
from planparse.cli.inputs import named

EXAMPLES = (
    ("Check a file after editing it", "planparse validate plan.json"),
    ("Check what another program wrote", "cat plan.json | planparse validate -"),
)


def validate(
    ctx: typer.Context,
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE]...", help="JSON files; - is standard input.", show_default=False)
    ] = None,
) -> None:
    """Check JSON against the document format.

    Prints a line for each fault: file, place in the document, reason.
    Exit code: 0 all fit; 1 some do not; 2 a file could not be read.
    """
    from planparse.errors import PlanparseError
    from planparse.messages import fill
    from planparse.readers import read_bytes
    from planparse.validate import check

    console: Console = ctx.obj
    unread = wrong = False
    for name in named(files):
        try:
            failures = check(read_bytes(name, name))
        except PlanparseError as error:
            console.error(error)
            unread = True
            continue
        for failure in failures:
            print(f"{name}: {failure.path}: {fill(console.translate, failure.reason, failure.values)}")
            wrong = True
    raise typer.Exit(2 if unread else 1 if wrong else 0)
