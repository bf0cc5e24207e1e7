"""From a file to a `Source`, one format a module."""

from __future__ import annotations

import os
import sys

from planparse.errors import InputError
from planparse.readers.text import decode
from planparse.source import Source

STANDARD_INPUT = "-"


def read(path: str | os.PathLike[str], encoding: str | None = None) -> Source:
    """The text of a file.

    Args:
        path: Where it is; `-` reads standard input.
        encoding: The codec to decode it with; detected when None.

    Raises:
        InputError: There is no such file, it is a directory, it may not be read, or it holds no text.
    """
    path = os.fspath(path)
    # A name that is no valid UTF-8 must not break the JSON it is written into.
    name = os.fsencode(path).decode("utf-8", "replace")
    source = decode(read_bytes(path, name), name, encoding)
    if name.lower().endswith((".md", ".markdown")):
        source.media_type = "text/markdown"
    return source


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
