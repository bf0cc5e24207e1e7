"""The application: the page, what it asks for, and the reports it shows. Work that takes time is done in threads."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from secrets import token_urlsafe
from typing import NamedTuple
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from planparse.errors import PlanparseError
from planparse.messages import Translate, fill, translator
from planparse.web import api
from planparse.web.guard import MOST_BYTES, PATIENCE, Guard, Tokens
from planparse.web.inputs import BadRequest
from planparse.web.inputs import Request as Asked

MOST_REPORTS = 8
"""So many reports are kept, the last ones."""
MEDIA_TYPES = {
    "css": "text/css", "html": "text/html", "ico": "image/x-icon", "js": "text/javascript", "png": "image/png", "svg": "image/svg+xml",
}  # fmt: skip
INDEX = "index.html"
NOTHING = "default-src 'none'"
_REPORT_POLICY = re.compile('<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_NO_NAME = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


class Surroundings(NamedTuple):
    """What the application is told of the world, and whom it tells."""

    moment: Callable[[], datetime]
    """When a calendar is made."""
    seconds: Callable[[], float]
    """A clock that measures how long an answer takes."""
    fault: Callable[[Exception], None]
    """Is told of a fault of ours."""


class Site:
    """The answers of one server; reports are all that it remembers."""

    def __init__(self, token: str, surroundings: Surroundings) -> None:
        self.token = token
        self.surroundings = surroundings
        self.pages = dict(_pages(files("planparse.web").joinpath("page"), ""))
        self.reports: OrderedDict[str, str] = OrderedDict()

    async def page(self, request: Request) -> Response:
        """A file of the page, one of those that are there: a name leads nowhere else."""
        name = request.path_params["name"] or INDEX
        found = self.pages.get(name)
        if found is None:
            raise HTTPException(404)
        return Response(found.read_bytes(), media_type=MEDIA_TYPES[name.rpartition(".")[2]])

    async def report(self, request: Request) -> Response:
        """The report of a comparison, under its own policy; it is another's page, shown in a frame without any rights."""
        page = self.reports.get(request.path_params["id"])
        if page is None:
            raise HTTPException(404)
        told = _REPORT_POLICY.search(page[:2000])
        policy = f"{told[1] if told else NOTHING}; frame-ancestors 'self'; sandbox allow-scripts allow-downloads"
        return Response(page.encode("utf-8", "replace"), media_type="text/html", headers={"Content-Security-Policy": policy})

    async def ask(self, request: Request) -> Response:
        """What the page asks for."""
        work = ACTIONS.get(request.path_params["action"])
        if work is None:
            raise HTTPException(404)
        try:
            body = await request.body()
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it
        return await run_in_threadpool(self._answered, work, body, request.headers)

    def _answered(self, work: Work, body: bytes, headers: Headers) -> Response:
        translate = _language(headers)
        try:
            asked = api.loaded(body)
            translate = api.language(asked)
            return work(self, asked)
        except BadRequest as error:
            return _error(400, translate("this request cannot be understood ({field})").format(field=error.field))
        except PlanparseError as error:
            return _error(422, fill(translate, error.message, error.values))
        except Exception as error:  # noqa: BLE001 - one request's fault must not stop the others
            self.surroundings.fault(error)
            reason = f"{type(error).__name__}: {error}".replace("\n", " ")
            return _error(500, translate("this is a fault of planparse ({reason}); please report it with this plan").format(reason=reason))

    def parse(self, asked: Asked) -> Response:
        """A plan and all there is to show of it."""
        begin = self.surroundings.seconds()
        answer = api.parse(asked)
        answer["milliseconds"] = round((self.surroundings.seconds() - begin) * 1000, 1)
        return _json(answer)

    def fix(self, asked: Asked) -> Response:
        """A mended text."""
        return _json(api.fix(asked))

    def write(self, asked: Asked) -> Response:
        """A file to save."""
        file = api.write(asked, self.surroundings.moment)
        return Response(file.data, media_type=file.media_type, headers={"Content-Disposition": _attachment(file.name)})

    def compare(self, asked: Asked) -> Response:
        """A comparison: where its report is, and what it counts."""
        compared = api.compare(asked)
        name = token_urlsafe(16)
        self.reports[name] = compared.report
        while len(self.reports) > MOST_REPORTS:
            self.reports.popitem(last=False)
        return _json({"report": f"/{self.token}/report/{name}", **compared.answer})

    def formats(self, asked: Asked) -> Response:
        """What can be read and written here."""
        return _json(api.formats(asked))


Work = Callable[[Site, Asked], Response]
ACTIONS: dict[str, Work] = {"parse": Site.parse, "fix": Site.fix, "write": Site.write, "compare": Site.compare, "formats": Site.formats}


def application(
    tokens: Tokens, port: int, surroundings: Surroundings, *, most_bytes: int = MOST_BYTES, patience: float = PATIENCE
) -> ASGIApp:
    """The guarded application of a server on a port of this machine."""
    site = Site(tokens.token, surroundings)
    routes = [
        Route("/api/{action}", site.ask, methods=["POST"]),
        Route("/report/{id}", site.report),
        Route("/{name:path}", site.page),
    ]
    refusal = partial(_refusal, most_bytes)

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return refusal(error.status_code, request.headers)

    app = Starlette(routes=routes, exception_handlers={HTTPException: refused})
    return Guard(app, tokens, port, refusal, most_bytes=most_bytes, patience=patience)


def _pages(folder: Traversable, before: str) -> Iterator[tuple[str, Traversable]]:
    """The files of the page by their paths."""
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _pages(entry, f"{before}{entry.name}/")
        elif entry.name.rpartition(".")[2] in MEDIA_TYPES:
            yield before + entry.name, entry


def _refusal(most_bytes: int, status: int, headers: Headers) -> Response:
    """What is said where a request of the page cannot be taken."""
    translate = _language(headers)
    if status == 413:
        return _error(
            status, translate("this is too big: files of more than {size} MB are not taken here").format(size=most_bytes * 3 // 4 >> 20)
        )
    if status == 415:
        return _error(status, translate("requests must be JSON (Content-Type: application/json)"))
    if status == 408:
        return _error(status, translate("the request took too long to arrive"))
    return Response(status_code=status)


def _language(headers: Headers) -> Translate:
    """The language of a browser, for what is said before the request is read."""
    return translator("en" if headers.get("accept-language", "zh").strip().lower().startswith("en") else "zh")


def _json(answer: dict[str, object], status: int = 200) -> Response:
    return Response(api.dumped(answer), status, media_type="application/json")


def _error(status: int, message: str) -> Response:
    return _json({"error": message}, status)


def _attachment(name: str) -> str:
    """A file's name as RFC 6266 has it: in ASCII for old programs, and as it is."""
    safe = _NO_NAME.sub("_", name)
    plain = "".join(c if c.isascii() else "_" for c in safe).replace("%", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
