"""The index of an archive's plans: of each 128 bytes that tell how much its shingles overlap with another's.

The bytes are the low ones of 128 MinHash values: two sets agree in a byte as often as they overlap, and by chance in one of
256 (b-bit minwise hashing, Li and König 2010). An index of a million plans is read through in a second or two, so that
nothing needs to be sorted into bands, and no degree of likeness is missed.

The index is a Parquet file beside the store. It is made when it is first needed, and again when the store
has changed or the package that hashes has come to give other values.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from planparse.corpus.stores.store import Store
from planparse.extras import need

VALUES = 128
SEED = 1
CHANCE = 1 / 256
AT_ONCE = 256
"""So many plans are hashed at once."""
GROUP = 65_536
"""So many signatures stand in a group of the file, and in memory."""
NAME = ".near.parquet"
"""So the name of an index ends."""


def signatures(sets: list[set[str]]) -> list[bytes]:
    """The signature of each set; that of an empty one is empty."""
    matrix = need("rensa").RMinHash.digest_matrix_from_token_sets(sets, VALUES, SEED)
    return [bytes([value & 255 for value in row]) if held else b"" for held, row in zip(sets, matrix.to_rows(), strict=True)]


class Index:
    """The signatures of an archive's plans, in a file."""

    def __init__(self, path: Path, stamp: dict[bytes, bytes]) -> None:
        self.path = path
        self._stamp = stamp
        self.kept = True
        """Whether it stands where the next run finds it."""

    @classmethod
    def of(cls, store: Store, sample: bytes) -> Index:
        """The index of a store. `sample` is a signature by which it is seen that the hash is still the same."""
        place = store.path.resolve()
        path = place.with_name(f"{place.name}{NAME}")
        states = [(os.path.relpath(file, store.path), file.stat().st_size, file.stat().st_mtime_ns) for file in store.files()]
        return cls(path, {b"store": repr(states).encode("utf-8", "surrogateescape"), b"sample": sample.hex().encode()})

    def is_fresh(self) -> bool:
        """Whether it is there and that of the store as it is now."""
        pa, pq = need("pyarrow"), need("pyarrow.parquet")
        try:
            kept = pq.read_schema(self.path).metadata or {}
        except (OSError, pa.ArrowException):
            return False
        return {key: kept.get(key) for key in self._stamp} == self._stamp

    def make(self, plans: Iterable[tuple[int, set[str]]]) -> None:
        """Makes it from keys and shingles; among temporary files where nothing may be written beside the store."""
        folder = self.path.parent
        if not os.access(folder, os.W_OK):
            folder, self.kept = Path(tempfile.mkdtemp(prefix="planparse-")), False
        draft = folder / f"{self.path.name}.{os.getpid()}.part"
        try:
            self._write(draft, plans)
            self.path = folder / self.path.name
            draft.replace(self.path)
        finally:
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def _write(self, path: Path, plans: Iterable[tuple[int, set[str]]]) -> None:
        pa, pq = need("pyarrow"), need("pyarrow.parquet")
        schema = pa.schema([("document", pa.int64()), ("signature", pa.binary(VALUES))], metadata=self._stamp)
        with pq.ParquetWriter(path, schema, compression="none", use_dictionary=False) as writer:
            documents: list[int] = []
            made: list[bytes] = []
            for document, signature in _signed(plans):
                documents.append(document)
                made.append(signature)
                if len(documents) == GROUP:
                    writer.write_table(_group(schema, documents, made))
                    documents, made = [], []
            writer.write_table(_group(schema, documents, made))

    def estimates(self, signature: bytes, least: float) -> Iterator[tuple[float, int]]:
        """The estimate of its likeness, and the key, of each plan that is at least so much alike."""
        lowest = max(1, int((least * (1 - CHANCE) + CHANCE) * VALUES))
        with need("pyarrow.parquet").ParquetFile(self.path) as file:
            for group in range(file.num_row_groups):
                table = file.read_row_group(group).combine_chunks()
                if not table.num_rows:
                    continue
                apart = _apart(_bytes(table.column("signature").chunk(0)), signature)
                counts = (apart.count(0, start, start + VALUES) for start in range(0, len(apart), VALUES))
                for row, count in enumerate(counts):
                    if count >= lowest:
                        yield max(0.0, (count / VALUES - CHANCE) / (1 - CHANCE)), table.column("document")[row].as_py()

    def drop(self) -> None:
        """Removes it if it was not kept."""
        if not self.kept:
            self.path.unlink(missing_ok=True)
            self.path.parent.rmdir()


def _signed(plans: Iterable[tuple[int, set[str]]]) -> Iterator[tuple[int, bytes]]:
    """Keys and signatures; plans without words have none."""
    rest = iter(plans)
    while some := list(islice(rest, AT_ONCE)):
        made = signatures([shingles for _, shingles in some])
        yield from ((document, signature) for (document, _), signature in zip(some, made, strict=True) if signature)


def _group(schema: Any, documents: list[int], made: list[bytes]) -> Any:
    pa = need("pyarrow")
    return pa.Table.from_arrays([pa.array(documents, pa.int64()), pa.array(made, pa.binary(VALUES))], schema=schema)


def _bytes(array: Any) -> bytes:
    """The signatures of a column, one after the other."""
    start = array.offset * VALUES
    whole: bytes = array.buffers()[1].to_pybytes()
    return whole[start : start + len(array) * VALUES]


def _apart(joined: bytes, signature: bytes) -> bytes:
    """The signatures where they differ from one: a byte that agrees is 0. Numbers this long are compared in one step."""
    asked = int.from_bytes(signature * (len(joined) // VALUES), "big")
    return (int.from_bytes(joined, "big") ^ asked).to_bytes(len(joined), "big")
