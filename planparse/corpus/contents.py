"""The bytes behind items, one file after the other, opened where they are."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from planparse.corpus.items import Item
from planparse.corpus.storage import open_file, remote
from planparse.errors import InputError, PlanparseError

KINDS = {"zip": "planparse.corpus.archives:Zip", "tar": "planparse.corpus.archives:Tar",
         "jsonl": "planparse.corpus.packs:Lines", "parquet": "planparse.corpus.packs:Rows"}  # fmt: skip
"""What can hold many files, with the class that opens it: made of a path, it gives the files of an item."""

STRETCHES = frozenset(("jsonl", "parquet"))
"""Kinds whose items are many files."""
MOST = 1 << 30
"""A file of more bytes is not read: no plan has so many, and an archive may hold one that would fill all memory."""
FOLDER = "/"
"""Ends the name of a folder that could not be listed."""

Load = Callable[[], bytes]


class File(NamedTuple):
    """One file: a record will be made of it."""

    item: Item
    name: str
    load: Load
    """Gives its bytes, or raises a `PlanparseError`."""


class Opened:
    """The archive that was read last stays open: what comes next is mostly in it too."""

    def __init__(self) -> None:
        self.key: tuple[str, str, int] | None = None
        self.holder: Any = None

    def get(self, kind: str, path: str) -> Any:
        """An archive or pack."""
        key = (kind, path, 0 if remote(path) else os.stat(path).st_mtime_ns)
        if self.key != key:
            self.close()
            module, _, name = KINDS[kind].partition(":")
            self.holder = getattr(import_module(module), name)(path)
            self.key = key
        return self.holder

    def close(self) -> None:
        """Lets go of it."""
        if self.holder is not None:
            self.holder.close()
        self.key = self.holder = None


def files(items: Sequence[Item], opened: Opened) -> Iterator[File]:
    """The files of the items, in order. What cannot be opened is one file whose loading fails."""
    for item in items:
        if item.size > MOST and item.kind not in STRETCHES:
            yield File(item, item.name, lambda item=item: _too_big(item))  # type: ignore[misc]
            continue
        if not item.kind:
            yield File(item, item.name, lambda item=item: loaded(item))  # type: ignore[misc]
            continue
        if not item.place:
            yield File(item, item.name, lambda item=item: _damaged(item, opened))  # type: ignore[misc]
            continue
        try:
            for name, load in opened.get(item.kind, item.path).files(item):
                yield File(item, name, load)
        except Exception as error:  # noqa: BLE001 - a damaged archive must not stop the run
            opened.close()
            yield File(item, item.name, lambda error=error, item=item: _refused(item.name, error))  # type: ignore[misc]


def loaded(item: Item) -> bytes:
    """The bytes of an item that is a file of its own."""
    if item.name.endswith(FOLDER):
        raise InputError("{name}: this folder cannot be listed; what is in it is missing here", name=item.name)
    if not remote(item.path):
        from planparse.readers import read_bytes

        return read_bytes(item.path, item.name)
    try:
        with open_file(item.path) as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise InputError("{name}: cannot be read ({reason})", name=item.name, reason=str(error)) from None


def _too_big(item: Item) -> bytes:
    """Refuses a file."""
    raise InputError("{name}: is too big to be a plan ({size} bytes); split it", name=item.name, size=item.size)


def _damaged(item: Item, opened: Opened) -> bytes:
    """Tells why an archive could not be listed to its end."""
    try:
        for _ in opened.get(item.kind, item.path).items(item.path, item.stamp):
            pass
    except Exception as error:  # noqa: BLE001 - damaged files raise what they like
        return _refused(item.name, error)
    raise InputError("{name}: its archive changed while it was read", name=item.name)


def _refused(name: str, error: Exception) -> bytes:
    """Tells why a file cannot be read."""
    if isinstance(error, PlanparseError):
        raise error
    raise InputError("{name}: cannot be read ({reason})", name=name, reason=str(error) or type(error).__name__) from None
