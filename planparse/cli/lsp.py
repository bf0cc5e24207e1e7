"""`planparse lsp`: the language server that editors start."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import redirect_stdout
from typing import Annotated

import typer

from planparse.cli.console import Console
from planparse.errors import MissingPackage, PlanparseError
from planparse.extras import PACKAGES, need

EXAMPLES = (
    ("What an editor starts", "planparse lsp"),
    ("Findings in Chinese where the editor names no language", "planparse lsp --lang zh"),
)
PACKAGE = "pygls"


def lsp(
    ctx: typer.Context,
    stdio: Annotated[bool, typer.Option("--stdio", help="Speak over standard input and output; it always does.")] = False,
) -> None:
    """Serve editors: findings, fixes, outline and dates while you write.

    An editor starts it and speaks the Language Server Protocol with it.
    Plain text and Markdown are looked at.
    Exit code: 0 the editor ended it; 1 it left without a word.
    """
    del stdio  # editors give it to every server
    console: Console = ctx.obj
    try:
        need(PACKAGE)
        from planparse.lsp.server import serve
    except (MissingPackage, ModuleNotFoundError):
        raise PlanparseError(
            "this command needs the package {package}; install it with: pip install 'planparse[{extra}]'",
            package=PACKAGE, extra=PACKAGES[PACKAGE],
        ) from None  # fmt: skip
    gc.set_threshold(700, 10, 10)  # Python's own: a server lives long
    # pygls closes what it writes to; nothing else may write there.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out, redirect_stdout(sys.stderr):
        ended = serve(console.translate, sys.stdin.buffer, out)
    raise typer.Exit(0 if ended else 1)
