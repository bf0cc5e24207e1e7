"""What is done: the parts in a folder, by the items they hold records of."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from typing import Any

from planparse.corpus.contents import Opened, files
from planparse.corpus.items import Item
from planparse.corpus.parts import INDEX, Index, PartReader, Row, ours, write_part
from planparse.corpus.storage import DRAFT, Folder
from planparse.errors import PlanparseError

FINISHED = "finished.json"
"""Tells what a run was about that came to its end."""


class Ledger:
    """The records there are.

    Args:
        folder: Where the parts are.
        key: How files are read now; parts of files that were read otherwise do not count.
    """

    def __init__(self, folder: Folder, key: str) -> None:
        self.folder = folder
        self.key = key
        self.indexes: dict[str, Index] = {}
        self.by_name: dict[str, tuple[Index, int]] = {}
        """Where the records of an item are: the index, and the row in it."""

    def load(self) -> None:
        """Looks what parts there are."""
        sizes = self.folder.sizes()
        for name in sorted(sizes):
            if name.endswith(INDEX) and ours(name):
                index = Index.read(self.folder.read(name))
                if index is not None and index.key == self.key and sizes.get(index.part) == index.size and index.part not in self.indexes:
                    self.add(index)

    def add(self, index: Index) -> None:
        """A part's index. Where an item has records already, those without errors stay."""
        self.indexes[index.part] = index
        for k, row in enumerate(index.rows):
            held = self.by_name.get(row.name)
            if held is None or held[0].rows[held[1]].errors or not row.errors:
                self.by_name[row.name] = (index, k)

    def row(self, item: Item) -> Row | None:
        """What there is of an item, in its present state or an earlier one."""
        held = self.by_name.get(item.name)
        return None if held is None else held[0].rows[held[1]]

    def todo(self, items: Iterable[Item], *, retry: bool = False) -> list[Item]:
        """The items without records, and those whose content is another now. `retry` takes those with errors too."""
        out: list[Item] = []
        changed: dict[str, Index] = {}
        opened = Opened()
        for item in items:
            row = self.row(item)
            if row is None or (retry and row.errors):
                self.by_name.pop(item.name, None)
                out.append(item)
            elif (row.size, row.stamp) != (item.size, item.stamp):
                if row.sha256 and row.size == item.size and _hash(item, opened) == row.sha256:  # written again, as it was
                    index, k = self.by_name[item.name]
                    index.rows[k] = row._replace(stamp=item.stamp)
                    changed[index.part] = index
                else:
                    del self.by_name[item.name]
                    out.append(item)
        opened.close()
        for index in changed.values():
            self.folder.write(index.name, index.written())
        return out

    def errors(self, items: Iterable[Item]) -> tuple[int, Counter[str]]:
        """How many records the items have, and how many of them are errors, by kind."""
        count, kinds = 0, Counter[str]()
        for item in items:
            row = self.row(item)
            if row is not None:
                count += row.records
                kinds.update(row.errors)
        return count, kinds

    def records(self, items: Iterable[Item]) -> Iterator[bytes]:
        """The records of the items, in their order."""
        held = [self.by_name[item.name] for item in items if item.name in self.by_name]
        left = Counter(index.part for index, _ in held)
        readers: dict[str, PartReader] = {}
        try:
            for index, row in held:
                reader = readers.get(index.part)
                if reader is None:
                    reader = readers[index.part] = PartReader(self.folder, index)
                yield from reader.records(row)
                left[index.part] -= 1
                if not left[index.part]:
                    readers.pop(index.part).close()
        finally:
            for reader in readers.values():
                reader.close()

    def tidy(self, items: Iterable[Item], *, packed: bool) -> None:
        """Leaves the records of these items and no others."""
        self.load()  # what a run that was killed may still have written
        wanted: dict[str, list[int]] = {}
        for item in items:
            held = self.by_name.get(item.name)
            if held is not None:
                wanted.setdefault(held[0].part, []).append(held[1])
        out = []
        for part, rows in wanted.items():
            index = self.indexes[part]
            out.append(part if len(rows) == len(index.rows) else self._rewritten(index, rows, packed=packed))
        kept = {*out, *(self.indexes[part].name for part in out)}
        for name in self.folder.sizes():
            if (ours(name) and name not in kept) or name.endswith(DRAFT):
                with suppress(FileNotFoundError):
                    self.folder.remove(name)
        self.indexes = {part: self.indexes[part] for part in out}

    def _rewritten(self, index: Index, rows: list[int], *, packed: bool) -> str:
        """A part without the rows that are not wanted any more, under a new name."""
        kept = [index.rows[k] for k in rows]
        new = sha256("\n".join([index.part, *(row.name for row in kept)]).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        reader = PartReader(self.folder, index)
        made = write_part(self.folder, new, self.key, (line for k in rows for line in reader.records(k)), kept, packed=packed)
        reader.close()
        self.add(made)
        for k, row in enumerate(kept):
            self.by_name[row.name] = (made, k)
        return made.part

    def clear(self) -> None:
        """Takes all parts away."""
        for name in self.folder.sizes():
            if ours(name) or name.endswith(DRAFT) or name == FINISHED:
                self.folder.remove(name)

    def finished(self) -> dict[str, Any]:
        """What the last run that came to its end wrote down; empty when there is none."""
        try:
            said = json.loads(self.folder.read(FINISHED))
        except (OSError, ValueError):
            return {}
        return said if isinstance(said, dict) else {}

    def finish(self, said: dict[str, Any]) -> None:
        """Writes down that a run came to its end."""
        self.folder.write(FINISHED, json.dumps(said).encode())

    def unfinish(self) -> None:
        """Forgets that a run came to its end: from now on there is something to do."""
        with suppress(FileNotFoundError):
            self.folder.remove(FINISHED)


def _hash(item: Item, opened: Opened) -> str:
    """The hash of all bytes of an item; empty where they cannot be read."""
    state = sha256()
    try:
        for file in files([item], opened):
            state.update(file.load())
    except PlanparseError:
        return ""
    return state.hexdigest()
