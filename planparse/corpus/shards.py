"""Shards: what one task reads and writes. The same inputs make the same shards, whoever plans them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

from planparse.corpus.contents import STRETCHES
from planparse.corpus.items import Item, digest

FILES = 200
"""A shard has so many items at most: a second's work or two."""
BYTES = 4_000_000
"""It ends with the item that makes it this big."""
BLOCK = 200
"""So many neighbours in an archive go to one machine together: each of them opens the archive."""


class Shard(NamedTuple):
    """Some items."""

    id: str
    items: tuple[Item, ...]
    careful: bool = False
    """Each file is read in a process of its own: one of them ended the process that read it."""


def plan_shards(items: Iterable[Item], key: str) -> Iterator[Shard]:
    """The items in shards, in order. `key` stands for how they are read."""
    shard: list[Item] = []
    size = 0
    for item in items:
        shard.append(item)
        size += item.size
        if len(shard) == FILES or size >= BYTES:
            yield Shard(digest(key, shard), tuple(shard))
            shard, size = [], 0
    if shard:
        yield Shard(digest(key, shard), tuple(shard))


def share(items: Iterable[Item], k: int, n: int) -> list[Item]:
    """The k-th of n shares, k from 1. A file is in the same one however many others come or go; neighbours in an archive go together."""
    seen: dict[str, int] = {}
    out = []
    for item in items:
        home = item.name
        if item.kind:
            ordinal = seen[item.path] = seen.get(item.path, -1) + 1
            home = f"{item.path} {ordinal if item.kind in STRETCHES else ordinal // BLOCK}"
        if crc32(home.encode("utf-8", "surrogatepass")) % n == k - 1:
            out.append(item)
    return out
