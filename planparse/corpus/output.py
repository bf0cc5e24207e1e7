"""What a run leaves: a folder of parts, or one file that is put together from them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib.util import find_spec
from typing import NamedTuple

from planparse.corpus.items import Item
from planparse.corpus.ledger import Ledger
from planparse.corpus.parts import can_pack, ours, put_lines
from planparse.corpus.storage import Folder, plain, remote, system_of
from planparse.errors import PlanparseError
from planparse.extras import need

LINES, PACKED_LINES = ".jsonl", ".jsonl.zst"
STORES = (".parquet", ".duckdb", ".sqlite")
NEEDS = {PACKED_LINES: "zstandard", ".parquet": "pyarrow", ".duckdb": "duckdb"}
"""The module that an extra brings, a key of `planparse.extras.PACKAGES`."""
PARTS = ".parts"
"""Ends the folder beside a file where its parts are."""


class Output(NamedTuple):
    """Where the records go."""

    path: str
    form: str
    """The suffix that tells the format; empty for a folder."""

    @property
    def parts(self) -> str:
        """The folder of the parts."""
        return self.path + PARTS if self.form else self.path.rstrip("/" if remote(self.path) else "/" + os.sep) or "/"

    @property
    def packed(self) -> bool:
        """Whether the parts are to be small."""
        return can_pack()

    def state(self) -> list[int]:
        """Tells one state of the result from another; empty where there is none."""
        if not self.form:
            sizes = [size for name, size in Folder(self.path).sizes().items() if ours(name)]
            return [len(sizes), sum(sizes)]
        if remote(self.path):
            system, inner = system_of(self.path)
            return [system.size(inner)] if system.exists(inner) else []
        try:
            status = os.stat(self.path)
        except OSError:
            return []
        return [status.st_size, status.st_mtime_ns]

    def make(self, ledger: Ledger, items: Sequence[Item]) -> None:
        """Puts the records of the items together, in their order.

        Raises:
            PlanparseError: The format needs a package that is not installed.
            OSError: The file cannot be written.
        """
        ledger.tidy(items, packed=self.packed)
        if self.form in STORES:
            from planparse.corpus.stores import write

            write(ledger.records(items), self.path)
        elif self.form:
            folder, name = self.path.rsplit("/", 1) if remote(self.path) else os.path.split(os.path.realpath(self.path))
            with Folder(folder).writing(name) as file:
                put_lines(file, ledger.records(items), packed=self.form == PACKED_LINES)


def output(given: str) -> Output:
    """Where the records go, by the name that was given.

    Raises:
        PlanparseError: Its end tells no format, the format needs a package that is not installed, or nothing can be written there.
    """
    path = plain(given)
    lower = path.lower()
    form = next((suffix for suffix in (PACKED_LINES, LINES, *STORES) if lower.endswith(suffix)), "")
    name = path.rstrip("/").rpartition("/")[2]
    if form in NEEDS and find_spec(NEEDS[form]) is None:  # better told now than when all is read
        need(NEEDS[form])
    if form and remote(path) and form in STORES:
        raise PlanparseError("{name}: stores are written to this machine; name a path, or a file that ends in .jsonl", name=given)
    if not form and not path.endswith("/") and not os.path.isdir(path) and os.path.splitext(name)[1]:
        raise PlanparseError(
            "{name}: its name tells no format; end it in .jsonl, .jsonl.zst, .parquet, .duckdb or .sqlite, or in / for a folder", name=given
        )
    if not remote(path):
        above = os.path.dirname(os.path.abspath(path))
        if not os.path.isdir(above):
            raise PlanparseError("{name}: cannot be written, its folder does not exist", name=given)
        if not form and os.path.isfile(path.rstrip("/")):
            raise PlanparseError("{name}: this is a file; end its name in .jsonl, or name a folder", name=given)
        if form in (LINES, PACKED_LINES) and os.path.isdir(path):
            raise PlanparseError("{name}: this is a folder; name a file to write", name=given)
    return Output(path, form)
