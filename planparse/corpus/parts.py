"""Parts: the records of one shard in a file of its own, beside an index that tells what they are records of.

A part is written under another name and renamed: it is there whole or not at all. Its index is there before it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from io import BufferedReader
from typing import IO, Any, NamedTuple

from planparse.corpus.storage import Folder, open_file
from planparse.extras import need

PREFIX = "part-"
PLAIN, PACKED = ".jsonl", ".jsonl.zst"
INDEX = ".index"


class Row(NamedTuple):
    """What an index tells of an item."""

    name: str
    size: int
    stamp: str
    sha256: str
    """Of all its bytes; empty where they could not be read."""
    records: int
    """How many records it has: of a stretch of a pack many."""
    errors: dict[str, int]
    """How many of them are errors, by kind."""


class Index(NamedTuple):
    """What is in a part."""

    part: str
    """The part's file name."""
    key: str
    """How its files were read: with which options, by which version."""
    size: int
    """The part's bytes."""
    rows: list[Row]

    @property
    def name(self) -> str:
        """The index's own file name."""
        return self.part.removesuffix(PACKED).removesuffix(PLAIN) + INDEX

    def written(self) -> bytes:
        """As JSON, a line for each row."""
        lines = [json.dumps([self.part, self.key, self.size]), *(json.dumps(row) for row in self.rows)]
        return ("\n".join(lines) + "\n").encode()

    @classmethod
    def read(cls, data: bytes) -> Index | None:
        """What `written` gave; None if it gave no such text."""
        try:
            head, *lines = data.decode().splitlines()
            part, key, size = json.loads(head)
            return cls(part, key, size, [Row(*json.loads(line)) for line in lines])
        except (ValueError, TypeError):
            return None


def can_pack() -> bool:
    """Whether zstd is here to make parts small."""
    return find_spec("zstandard") is not None


def ours(file: str) -> bool:
    """Whether a file name is that of a part or an index."""
    return file.startswith(PREFIX) and file.endswith((PLAIN, PACKED, INDEX))


def write_part(folder: Folder, id: str, key: str, lines: Iterable[bytes], rows: list[Row], *, packed: bool) -> Index:
    """Writes a part and its index.

    Args:
        folder: Where.
        id: What tells it from other parts.
        key: How its files were read.
        lines: Its records.
        rows: What they are records of; complete when the last line has come.
        packed: Whether to make it small by zstd.

    Raises:
        OSError: It cannot be written.
    """
    part = f"{PREFIX}{id}{PACKED if packed else PLAIN}"
    with folder.writing(part) as file:
        put_lines(file, lines, packed=packed)
        index = Index(part, key, file.tell(), rows)
        folder.write(index.name, index.written())
    return index


def put_lines(file: IO[bytes], lines: Iterable[bytes], *, packed: bool) -> None:
    """Writes lines into a file, as they are or by zstd."""
    if not packed:
        file.writelines(lines)
        return
    with need("zstandard").ZstdCompressor().stream_writer(file, closefd=False) as stream:
        for line in lines:
            stream.write(line)


class PartReader:
    """Gives the records of a part's rows, best in their order: it reads forward, and begins again only when it must.

    Args:
        folder: Where the part is.
        index: Its index.
    """

    def __init__(self, folder: Folder, index: Index) -> None:
        self.path = folder.file(index.part)
        self.rows = index.rows
        self.next = 0
        self.file: IO[bytes] | None = None
        self.stream: Any = None

    def records(self, row: int) -> Iterator[bytes]:
        """The records of a row, by its number."""
        if self.stream is None or row < self.next:
            self._open()
        while self.next < row:
            for _ in range(self.rows[self.next].records):
                self.stream.readline()
            self.next += 1
        for _ in range(self.rows[row].records):
            yield self.stream.readline()
        self.next += 1

    def _open(self) -> None:
        self.close()
        self.file = self.stream = open_file(self.path)
        if self.path.endswith(PACKED):
            packed = need("zstandard").ZstdDecompressor().stream_reader(self.file, read_across_frames=True, closefd=False)
            self.stream = BufferedReader(packed)
        self.next = 0

    def close(self) -> None:
        """Closes the part."""
        if self.file is not None:
            self.stream.close()
            self.file.close()
        self.file = self.stream = None
