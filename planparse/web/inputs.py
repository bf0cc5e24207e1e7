"""What a request hands over: a plan as text, as the clipboard's HTML, or as a file's bytes, and what the user says about time."""

from __future__ import annotations

import re
import unicodedata
from base64 import b64decode
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from planparse.dates.resolve import Settings
from planparse.errors import PlanparseError
from planparse.readers import from_bytes
from planparse.source import Source

UNNAMED = "paste.txt"
LONGEST_NAME = 120
FIRST_YEAR, LAST_YEAR = 1900, 2100
MARKDOWN = (".md", ".markdown")
_DRIVE = re.compile("^[A-Za-z]:")
_HALVES = re.compile("[\ud800-\udfff]")

Request = Mapping[str, Any]


class BadRequest(Exception):  # noqa: N818  # it is named for what it is
    """A request that no page of this program makes: a field is missing, or is not what it must be."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class Input(NamedTuple):
    """A plan that was handed over."""

    data: bytes
    """What stands for the file: its bytes, or the text in UTF-8."""
    source: Source
    settings: Settings


def read(request: Request, key: str) -> Input:
    """The plan under a key of a request.

    Raises:
        BadRequest: There is none.
        PlanparseError: It cannot be read.
    """
    given = request.get(key)
    if not isinstance(given, Mapping):
        raise BadRequest(key)
    name = label(field(given, "name", str) or "")
    kinds = [kind for kind in ("text", "html", "data") if given.get(kind) is not None]
    if len(kinds) != 1:
        raise BadRequest("text, html, data")
    kind = kinds[0]
    value = field(given, kind, str)
    assert value is not None
    if kind == "data":
        data = _decoded(value)
        source = from_bytes(data, name)
    else:
        data = whole(value).encode()
        form = "html" if kind == "html" else "markdown" if name.lower().endswith(MARKDOWN) else "text"
        source = from_bytes(data, name, "utf-8", form)
    return Input(data, source, _settings(given))


def field(request: Request, key: str, kind: type[Any]) -> Any:
    """A field of a request, None where it is absent or null.

    Raises:
        BadRequest: It is of another kind.
    """
    value = request.get(key)
    if value is None or (isinstance(value, kind) and not (kind is int and isinstance(value, bool))):
        return value
    raise BadRequest(key)


def whole(text: str) -> str:
    """The text with U+FFFD for each half of a character, which could not be written."""
    return _HALVES.sub("\ufffd", text)


def label(name: str) -> str:
    """What a file from outside is called: the last part of its path, without signs that steer a screen; names open no file here."""
    last = _DRIVE.sub("", re.split(r"[/\\]", whole(name))[-1])
    shown = "".join(c for c in last if unicodedata.category(c)[0] != "C" and unicodedata.category(c) not in ("Zl", "Zp")).strip()
    if not shown.strip("."):
        return UNNAMED
    if len(shown) <= LONGEST_NAME:
        return shown
    stem, dot, suffix = shown.rpartition(".")
    return f"{stem[: LONGEST_NAME - 11]}…{dot}{suffix}" if dot and len(suffix) < 10 else f"{shown[: LONGEST_NAME - 1]}…"


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        raise BadRequest("data") from None


def _settings(given: Request) -> Settings:
    """The year and the first day of week 1 that the user names."""
    year, first = field(given, "year", int), field(given, "term_start", str)
    if year is not None and not FIRST_YEAR <= year <= LAST_YEAR:
        raise PlanparseError(
            "{year}: no plan is for this year; give one from {first} to {last}", year=year, first=FIRST_YEAR, last=LAST_YEAR
        )
    try:
        start = date.fromisoformat(first) if first else None
    except ValueError:
        raise PlanparseError("{text}: this is no date; write it as 2024-09-01", text=whole(str(first))) from None
    return Settings(year, None, start)
