"""Packs: Parquet and JSON Lines files that hold a document in each row. Small files cost a request each; rows cost nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from io import BufferedReader
from typing import Any

from planparse.corpus.contents import Load
from planparse.corpus.items import IN, Item, shown
from planparse.corpus.storage import open_file
from planparse.errors import InputError
from planparse.extras import need

NAMES = ("name", "path", "file", "filename", "file_name", "url", "id")
"""The columns that may hold a document's name; the first that is there does."""
CONTENTS = ("content", "bytes", "data", "text", "raw_content", "html")
"""The columns that may hold its bytes or its text."""
STRETCH = 4_000_000
"""So many bytes of JSON Lines are read as one."""
ROWS = 1_000
"""So many rows of a Parquet file are."""


def _named(path: str, said: object, other: str) -> str:
    name = str(said) if isinstance(said, str | int) and said != "" else other
    return f"{shown(path)}{IN}{name.encode('utf-8', 'replace').decode()}"


def _bytes(value: object, name: str) -> bytes:
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    if isinstance(value, bytes):
        return value
    raise InputError("{name}: this row holds no text; packs need one of the columns {columns}", name=name, columns=", ".join(CONTENTS))


def _first(columns: tuple[str, ...], names: Any) -> str | None:
    return next((column for column in columns if column in names), None)


class Lines:
    """A JSON Lines file, as it is or packed by gzip or zstd; a packed one is one stretch."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.packed = path.lower().endswith((".gz", ".zst"))
        self.raw: Any = open_file(path)

    def items(self, path: str, stamp: str) -> Iterator[Item]:
        """Its stretches: a line belongs to the one in which it begins."""
        size = self.raw.seek(0, os.SEEK_END)
        step = max(size, 1) if self.packed else STRETCH
        for start in range(0, size, step):
            stop = min(start + step, size)
            yield Item(path, f"{shown(path)}[{start}:{stop}]", stop - start, stamp, "jsonl", (start, stop))

    def files(self, item: Item) -> Iterator[tuple[str, Load]]:
        """The documents of a stretch."""
        start, stop = item.place
        if self.packed:
            stream, at, stop = BufferedReader(self._unpacked()), 0, 1 << 62
        else:
            stream, at = self.raw, max(start - 1, 0)
            stream.seek(at)
            if start:
                at += len(stream.readline())  # the rest of a line of the stretch before, or the line end just before this one
        while at < stop and (line := stream.readline()):
            if line.strip():
                yield self._file(line, at)
            at += len(line)

    def _unpacked(self) -> Any:
        """All its bytes, from the first on."""
        self.raw.seek(0)
        if self.path.lower().endswith(".gz"):
            import gzip

            return gzip.open(self.raw)
        return need("zstandard").ZstdDecompressor().stream_reader(self.raw, read_across_frames=True, closefd=False)

    def _file(self, line: bytes, at: int) -> tuple[str, Load]:
        other = f"@{at}"
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise TypeError("no object")
        except (ValueError, TypeError, RecursionError) as error:
            name, reason = _named(self.path, None, other), str(error)

            def refused() -> bytes:
                raise InputError("{name}: this line is no JSON object ({reason})", name=name, reason=reason)

            return name, refused
        named, content = _first(NAMES, row), _first(CONTENTS, row)
        name = _named(self.path, row[named] if named else None, other)
        return name, lambda: _bytes(row[content] if content else None, name)

    def close(self) -> None:
        """Closes it."""
        self.raw.close()


class Rows:
    """A Parquet file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.raw = open_file(path)
        try:
            self.file = need("pyarrow.parquet").ParquetFile(self.raw)
        except BaseException:
            self.raw.close()
            raise
        self.group = -1
        self.table: Any = None

    def items(self, path: str, stamp: str) -> Iterator[Item]:
        """Its stretches: some rows of one row group."""
        for g in range(self.file.metadata.num_row_groups):
            group = self.file.metadata.row_group(g)
            for first in range(0, group.num_rows, ROWS):
                last = min(first + ROWS, group.num_rows)
                size = group.total_byte_size * (last - first) // group.num_rows
                yield Item(path, f"{shown(path)}[{g}:{first}:{last}]", size, stamp, "parquet", (g, first, last))

    def files(self, item: Item) -> Iterator[tuple[str, Load]]:
        """The documents of a stretch."""
        g, first, last = item.place
        columns = self.file.schema_arrow.names
        named, content = _first(NAMES, columns), _first(CONTENTS, columns)
        if self.group != g:
            self.table = self.file.read_row_group(g, columns=[column for column in (named, content) if column])
            self.group = g
        rows = self.table.slice(first, last - first)
        names = rows.column(named).to_pylist() if named else [None] * (last - first)
        for k in range(last - first):
            name = _named(self.path, names[k], f"{g}:{first + k}")
            yield name, lambda k=k, name=name: _bytes(rows.column(content)[k].as_py() if content else None, name)  # type: ignore[misc]

    def close(self) -> None:
        """Closes it."""
        self.table = None
        self.raw.close()
