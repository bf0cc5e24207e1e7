"""A store as lines of JSON, plain or packed by Zstandard: the form in which records are passed on.

It has no tables: they are made in memory when it is opened. For many questions to a large archive take another kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from planparse.corpus.stores.duck import DuckStore, fill
from planparse.corpus.stores.records import batches
from planparse.corpus.stores.store import Store, one_line
from planparse.errors import PlanparseError
from planparse.extras import need

PIECE = 1 << 20
"""So many bytes are read and written at once."""


def write(records: Iterable[bytes], path: Path) -> None:
    """Keeps records as lines, each ended by a line feed."""
    with _writing(path) as file:
        for line in records:
            file.write(line if line.endswith(b"\n") else line + b"\n")


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a store.

    Raises:
        PlanparseError: The file cannot be unpacked.
    """
    if not _is_packed(path):
        with path.open("rb", buffering=PIECE) as file:
            yield from file
        return
    rest = b""
    try:
        with need("pyarrow").input_stream(str(path), compression="zstd") as stream:
            while piece := stream.read(PIECE):
                *whole, rest = (rest + piece).split(b"\n")
                yield from whole
    except OSError as error:
        raise PlanparseError("{name}: cannot be opened ({reason})", name=str(path), reason=one_line(error)) from None
    if rest:
        yield rest


def opened(path: Path) -> Store:
    """The store's tables in memory, open for reading."""
    connection = need("duckdb").connect()
    try:
        fill(connection, batches(lines(path), str(path)))
    except BaseException:
        connection.close()
        raise
    return DuckStore(path, connection, [path], [])


def _is_packed(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"\x28\xb5\x2f\xfd"  # the mark of a Zstandard frame (RFC 8878, 3.1.1)


@contextmanager
def _writing(path: Path) -> Iterator[Any]:
    if not path.name.lower().endswith(".zst"):
        with path.open("wb", buffering=PIECE) as file:
            yield file
        return
    with need("pyarrow").output_stream(str(path), compression="zstd", buffer_size=PIECE) as stream:
        yield stream
