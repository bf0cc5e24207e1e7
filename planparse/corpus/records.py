"""Records: the line that stands for one file, read or not."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from planparse.errors import PlanparseError

UNREADABLE, TIMEOUT, MEMORY, CRASH, FAULT = "unreadable", "timeout", "memory", "crash", "fault"
"""The kinds of errors: the file's, its time, its memory, the end of the process that read it, a fault of planparse."""


class Asked(NamedTuple):
    """What was asked for, as far as documents differ by it."""

    encoding: str | None = None
    year: int | None = None
    as_of: date | None = None
    term_start: date | None = None
    positions: bool = True


class Document(NamedTuple):
    """What came of a file that could be read."""

    text: str
    """Its JSON, in one line."""
    source: dict[str, Any]
    """What the record's `source` says of it beyond name, hash and size."""


Read = Callable[[bytes, str, Asked], Document]


class Failure(NamedTuple):
    """Why there is no document."""

    kind: str
    error: PlanparseError


def read_document(data: bytes, name: str, asked: Asked) -> Document:
    """The document in a file's bytes.

    Raises:
        InputError: They cannot be read.
    """
    from planparse.dates.resolve import Settings
    from planparse.readers import from_bytes
    from planparse.syntax.parse import Parsed
    from planparse.writers.json import write

    source = from_bytes(data, name, asked.encoding)
    parsed = Parsed(source, Settings(asked.year, asked.as_of, asked.term_start))
    text = "".join(write(parsed, positions=asked.positions, one_line=True)).rstrip("\n")
    return Document(text, {"media_type": source.media_type, "encoding": source.encoding})


def line(name: str, sha256: str | None, size: int | None, outcome: Document | Failure, seconds: float, version: str) -> bytes:
    """A record as a line of JSON."""
    source: dict[str, Any] = {"name": name, "sha256": sha256, "bytes": size}
    if isinstance(outcome, Failure):
        document, error = "null", _json({"kind": outcome.kind, "message": str(outcome.error)})
    else:
        source |= outcome.source
        document, error = outcome.text, "null"
    return f'{{"source":{_json(source)},"document":{document},"error":{error},"seconds":{seconds:.6f},"parser":{_json(version)}}}\n'.encode(
        errors="replace"
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
