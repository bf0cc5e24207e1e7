"""What is to be read: files, members of archives, stretches of packs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

IN = "!/"
"""Stands between an archive and the name of a file in it."""


class Item(NamedTuple):
    """A file, or a stretch of a pack that holds many."""

    path: str
    """The file to open: the file itself, or the archive or pack it is in; a path or a URL."""
    name: str
    """What records call it; of a stretch, what messages do. No two items of a run have the same."""
    size: int
    """Its bytes."""
    stamp: str
    """Tells one state of it from another without reading it: when it was written, or a checksum that its archive holds."""
    kind: str = ""
    """What the path leads to, a key of `planparse.corpus.contents.KINDS`; empty for the file itself."""
    place: tuple[int, ...] = ()
    """Where in the archive or pack it is; empty for an archive that cannot be listed to its end."""


def shown(path: str) -> str:
    """A path as records call it: valid UTF-8, with `/` between folders."""
    name = os.fsencode(path).decode("utf-8", "replace")
    return name.replace(os.sep, "/") if os.sep != "/" else name


def ordered(items: Iterable[Item]) -> list[Item]:
    """The items in the one order that all runs take them in, each name once: of members with the same name the last."""
    by_name = {item.name: item for item in items}
    return sorted(by_name.values(), key=lambda item: (item.path, item.place, item.name))


def digest(key: str, items: Sequence[Item]) -> str:
    """What tells these items, read in the way that `key` stands for, from any others."""
    state = sha256(key.encode())
    for item in items:
        state.update(f"\n{item.name}\t{item.size}\t{item.stamp}".encode("utf-8", "surrogatepass"))
    return state.hexdigest()[:16]
