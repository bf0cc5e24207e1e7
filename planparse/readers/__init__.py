"""From a file to a `Source`, one format a module; `detect` tells which."""

from __future__ import annotations

import os
import sys

from planparse.errors import InputError, MissingPackage, NotInstalled
from planparse.readers.detect import NAMED, detect, reader
from planparse.readers.text import decode
from planparse.source import Source, resting_collector

STANDARD_INPUT = "-"
PACKED = 10
"""Structured files unpack to about so many times their size."""


def read(path: str | os.PathLike[str], encoding: str | None = None) -> Source:
    """The text of a file in any format that can be read here.

    Args:
        path: Where it is; `-` reads standard input.
        encoding: The codec to decode text with; detected when None.

    Raises:
        InputError: There is no such file, it is a directory, it may not be read, it holds no text, or its format needs a
            package that is not installed.
    """
    path = os.fspath(path)
    # A name that is no valid UTF-8 must not break the JSON it is written into.
    name = os.fsencode(path).decode("utf-8", "replace")
    return from_bytes(read_bytes(path, name), name, encoding)


def from_bytes(data: bytes, name: str = STANDARD_INPUT, encoding: str | None = None, form_name: str | None = None) -> Source:
    """The text of a file's bytes.

    Args:
        data: The bytes.
        name: What messages and the document call them.
        encoding: The codec to decode text with; detected when None.
        form_name: The format, one of `planparse.readers.detect.FORMATS`, where it is known; else the content tells it.

    Raises:
        InputError: The bytes cannot be read, or their format needs a package that is not installed.
    """
    form = NAMED[form_name or detect(data, name)]
    if form.module == "text":
        source = decode(data, name, encoding)
        if form.name == "markdown":
            source.media_type = "text/markdown"
        return source
    from planparse.readers.render import build  # only now: plain text needs none of it

    try:
        with resting_collector(len(data) * PACKED):
            return build(reader(form)(data, name, encoding), name, data)
    except MissingPackage as missing:
        raise NotInstalled(
            "{name}: this format needs the package {package}; install it with: pip install 'planparse[{extra}]'",
            name=name,
            **missing.values,
        ) from None


def read_bytes(path: str, name: str) -> bytes:
    """The bytes of a file or of standard input, with errors that say what to do; `name` is how messages call it.

    Raises:
        InputError: There is no such file, it is a directory, or it may not be read.
    """
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise InputError("{name}: there is no such file; check its name and folder", name=name) from None
    except OSError as error:
        # Windows reports a directory as a lack of permission, so ask the disk, not the error.
        if os.path.isdir(path):
            raise InputError("{name}: this is a folder; name the files in it", name=name) from None
        if isinstance(error, PermissionError):
            raise InputError("{name}: you may not read this file; copy it to a folder of your own or ask its owner", name=name) from None
        raise InputError("{name}: cannot be read ({reason})", name=name, reason=error.strerror or str(error)) from None
