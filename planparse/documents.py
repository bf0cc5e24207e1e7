"""The library's front door: text, a file or bytes in, a document out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planparse.dates.resolve import Settings
from planparse.messages import Translate
from planparse.readers import from_bytes
from planparse.readers import read as read_source
from planparse.readers.text import sha256
from planparse.source import Source
from planparse.syntax.parse import Parsed
from planparse.writers.json import write

if TYPE_CHECKING:
    from datetime import date

    from planparse.model import Document


def parse(source: Source | str, *, year: int | None = None, as_of: date | None = None, term_start: date | None = None) -> Document:
    """The plans in a text.

    Args:
        source: The text, or a `Source` that also says where it came from.
        year: The year the plan is for; else it is found out, or stays open.
        as_of: A reference date: of several years that fit, the nearest to it is taken.
        term_start: The first day of week 1, to date 第N周 where no row does.
    """
    return build(Parsed(source_of(source), Settings(year, as_of, term_start)))


def read(path: str | os.PathLike[str], encoding: str | None = None) -> Document:
    """The plans in a file.

    Args:
        path: Where it is; `-` reads standard input.
        encoding: The codec to decode it with; detected when None.

    Raises:
        InputError: The file cannot be read.
    """
    return build(Parsed(read_source(path, encoding)))


def parse_bytes(data: bytes, name: str = "-", encoding: str | None = None) -> bytes:
    """The JSON of the plans in a file's bytes, as UTF-8: what `planparse parse` prints, without building models.

    Raises:
        InputError: The bytes cannot be read.
    """
    return "".join(write(Parsed(from_bytes(data, name, encoding)))).encode()


def build(parsed: Parsed, *, positions: bool = True, translate: Translate = str) -> Document:
    """The document's models. They are read from its JSON: one validation in C beats a constructor call for each node."""
    from planparse.model import Document  # pydantic costs more to load than a plan to parse

    return Document.model_validate_json("".join(write(parsed, positions=positions, translate=translate)))


def source_of(source: Source | str) -> Source:
    """A source as it is, or one made of a text."""
    return source if isinstance(source, Source) else _source(source)


def _source(text: str) -> Source:
    try:
        data = text.encode()
    except UnicodeEncodeError:  # half a surrogate pair is no character and could not be written either
        text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
        data = text.encode()
    return Source("-", text, sha256=sha256(data))
