"""`planparse serve`: the page to paste into."""

from __future__ import annotations

import gc
import os
import time
from threading import Thread, main_thread
from threading import enumerate as enumerate_threads
from typing import Annotated

import typer

from planparse.cli.console import Console
from planparse.errors import MissingPackage, PlanparseError
from planparse.extras import need

EXAMPLES = (
    ("Start it and open the page", "planparse serve --open"),
    ("Always under the same port", "planparse serve --port 8642"),
)
NEEDED = ("starlette", "uvicorn")


def serve(
    ctx: typer.Context,
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="The port; any free one without it.", show_default=False)
    ] = 0,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Show a page to paste plans into, in the browser of this machine.

    Only this machine can reach it, under the address that is printed. Nothing
    leaves it, and nothing is kept but what you save.
    Exit code: 0 ended with Ctrl-C; 2 it could not start.
    """
    console: Console = ctx.obj
    try:
        for package in NEEDED:
            need(package)
    except MissingPackage as missing:
        raise PlanparseError(
            "this command needs the package {package}; install it with: pip install 'planparse[{extra}]'", **missing.values
        ) from None
    from planparse.cli.formats import moment
    from planparse.web.api import prepare
    from planparse.web.app import Surroundings, application
    from planparse.web.guard import Tokens
    from planparse.web.server import ADDRESS, listen
    from planparse.web.server import serve as answer

    gc.set_threshold(100_000, 10, 10)  # plans are trees without cycles, but a server lives long
    listener = listen(port)
    port = listener.getsockname()[1]
    tokens = Tokens()
    home = f"http://{ADDRESS}:{port}"
    url = f"{home}/{tokens.token}/"

    def ready() -> None:
        console.say("the page is at {url}; Ctrl-C ends it", url=url)
        Thread(target=prepare, daemon=True).start()
        if open_page:
            _open(console, f"{home}/{tokens.launch}", url)

    answer(application(tokens, port, Surroundings(moment, time.perf_counter, console.bug)), listener, ready)
    if any(not thread.daemon for thread in enumerate_threads() if thread is not main_thread()):
        os._exit(0)  # plans that are still being read would keep the process: nobody waits for them any more


def _open(console: Console, launch: str, url: str) -> None:
    """Opens the page under an address that works once; in a thread of its own, as some browsers come back only when they are closed."""
    import webbrowser

    def opening() -> None:
        if not webbrowser.open(launch):
            console.say("no browser could be opened; open {url} yourself", url=url)

    Thread(target=opening, daemon=True).start()
