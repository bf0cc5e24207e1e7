"""The server: on this machine's own address alone, until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

from planparse.errors import PlanparseError

ADDRESS = "127.0.0.1"
LAST_PORT = 65535
MOST_AT_ONCE = 64
"""So many requests are open at a time; more are turned away."""
FAREWELL = 2
"""So many seconds open requests have to end when the server stops."""


def listen(port: int) -> socket.socket:
    """A socket that takes connections from this machine; port 0 takes any that is free.

    Raises:
        PlanparseError: The port is in use, or may not be used.
    """
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):  # on Windows another program could listen on the same port otherwise
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((ADDRESS, port))
        listener.listen(MOST_AT_ONCE)
    except OSError as error:
        listener.close()
        raise PlanparseError(
            "port {port} cannot be used ({reason}); give another one with --port, or none", port=port, reason=error.strerror or str(error)
        ) from None
    return listener


class _Server(uvicorn.Server):
    """A server that says when it is there."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self.ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begins to answer."""
        await super().startup(sockets)
        self.ready()


def serve(app: ASGIApp, listener: socket.socket, ready: Callable[[], None]) -> None:
    """Answers until Ctrl-C; `ready` is called once it does."""
    config = uvicorn.Config(
        app, loop="asyncio", http="h11", ws="none", lifespan="off", interface="asgi3", log_config=None, log_level="critical",
        access_log=False, proxy_headers=False, server_header=False, date_header=False, timeout_keep_alive=5,
        timeout_graceful_shutdown=FAREWELL, limit_concurrency=MOST_AT_ONCE,
    )  # fmt: skip
    try:
        _Server(config, ready).run(sockets=[listener])
    except KeyboardInterrupt:
        pass  # that is how it ends
    finally:
        listener.close()
