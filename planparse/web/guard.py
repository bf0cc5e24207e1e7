"""Who may ask: only the page that this server gave out, on this machine. All else is turned away before anything is read.

Any web site can make a browser send requests to this machine. It cannot know the token in the path, cannot send JSON without
being asked for leave first, and its requests tell whence they come; under a name of its own that leads here
(DNS rebinding) the Host is wrong. Each of these is enough; all are asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from secrets import compare_digest, token_urlsafe

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST_BYTES = 32 << 20
"""So long is a request's body at most."""
LENGTH = 24
"""So many random bytes make a token."""
PATIENCE = 60.0
"""So many seconds a request's body may take."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self' blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
"""What every answer says; an answer that has a policy of its own keeps it."""
HTTP_PORT = 80
Refusal = Callable[[int, Headers], Response]


class Tokens:
    """What the first part of a path must be."""

    def __init__(self) -> None:
        self.token = token_urlsafe(LENGTH)
        self.launch: str | None = token_urlsafe(LENGTH)
        """Leads to the page once: what a browser is started with is seen by all users of a machine."""

    def opens(self, word: str) -> bool:
        """Whether a word is the token; how long the answer takes tells nothing."""
        return _same(word, self.token)

    def launches(self, word: str) -> bool:
        """Whether a word is the one that leads to the page, and did not before."""
        if self.launch is None or not _same(word, self.launch):
            return False
        self.launch = None
        return True


def _same(word: str, secret: str) -> bool:
    return compare_digest(word.encode("utf-8", "replace"), secret.encode())


class Guard:
    """Stands before an application and passes on what it may be asked, without the token in the path."""

    def __init__(
        self,
        app: ASGIApp,
        tokens: Tokens,
        port: int,
        refusal: Refusal,
        *,
        most_bytes: int = MOST_BYTES,
        patience: float = PATIENCE,
    ) -> None:
        self.app = app
        self.tokens = tokens
        self.refusal = refusal
        """What is answered to a page's own request that cannot be taken, by its status."""
        self.most_bytes = most_bytes
        self.patience = patience
        names = ("127.0.0.1", "localhost", "[::1]")
        self.hosts = {f"{name}:{port}" for name in names} | (set(names) if port == HTTP_PORT else set())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            return
        headers = Headers(scope=scope)
        _, first, rest = _parts(scope["path"])
        answer: ASGIApp | None = None
        if not self._is_host(headers):
            answer = Response(status_code=421)
        elif self.tokens.launches(first):
            answer = RedirectResponse(f"/{self.tokens.token}/", status_code=303)
        elif not self.tokens.opens(first):
            answer = Response(status_code=404)
        elif not _is_own(scope["method"], headers):
            answer = Response(status_code=403)
        elif rest is None:
            answer = RedirectResponse(f"/{first}/")
        elif scope["method"] == "POST":
            answer = self._body_refused(headers)
        if answer is None:
            answer = self.app
            scope = {**scope, "path": rest, "raw_path": (rest or "").encode("utf-8", "replace")}
            receive = self._metered(receive)
        await answer(scope, receive, _with_headers(send))

    def _is_host(self, headers: Headers) -> bool:
        hosts = headers.getlist("host")
        return len(hosts) == 1 and hosts[0].lower() in self.hosts

    def _body_refused(self, headers: Headers) -> Response | None:
        """The answer to a body of the wrong type or length, as its headers tell."""
        if headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return self.refusal(415, headers)
        length = headers.get("content-length")
        if length is not None and (not length.isdecimal() or int(length[:20]) > self.most_bytes):
            return self.refusal(413, headers)
        return None

    def _metered(self, receive: Receive) -> Receive:
        """A body piece by piece, no longer and no slower than it may be."""
        got, ended = 0, False
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.patience

        async def metered() -> Message:
            nonlocal got, ended
            if ended:  # what comes now tells that the client has left
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise HTTPException(408) from None
            got += len(message.get("body", b""))
            ended = not message.get("more_body", False)
            if got > self.most_bytes:
                raise HTTPException(413)
            return message

        return metered


def _parts(path: str) -> tuple[str, str, str | None]:
    """What stands before the first slash, the first part of the path, and the rest with its slash; None where there is none."""
    before, _, rest = path.partition("/")
    first, slash, rest = rest.partition("/")
    return before, first, f"/{rest}" if slash else None


def _is_own(method: str, headers: Headers) -> bool:
    """Whether a request comes from a page of this server, or is one that a person makes: an address typed or clicked."""
    origins, site = headers.getlist("origin"), headers.get("sec-fetch-site")
    own = f"http://{headers['host'].lower()}"
    if any(origin.lower() != own for origin in origins):
        return False
    if method in ("GET", "HEAD"):
        return site in (None, "same-origin", "none") or headers.get("sec-fetch-mode") == "navigate"
    return site in (None, "same-origin") and (bool(origins) or site == "same-origin")


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
