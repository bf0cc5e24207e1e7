"""An open store: SQL in, rows out. It is never written to, and SQL reaches nothing but its tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from planparse.corpus.tables import TABLES
from planparse.errors import PlanparseError

ORDERED = re.compile(r"\border\s+by\b", re.IGNORECASE)
AT_ONCE = 4096
"""So many rows are fetched at once."""


class EngineError(Exception):
    """An engine could not write; its message says why, on one line."""


class Answer(NamedTuple):
    """What a query found."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


class Store(Protocol):
    """A store that is open."""

    path: Path

    def ask(self, sql: str) -> Answer:
        """The answer to one SELECT.

        Raises:
            PlanparseError: It is no query, or it fails; the message says why.
        """

    def files(self) -> list[Path]:
        """The files it consists of: when one of them changes, the store has changed."""

    def close(self) -> None:
        """Ends it."""


def one_line(error: BaseException) -> str:
    """What an engine says, without the excerpt of the query that it prints below."""
    return " ".join(str(error).partition("\n\n")[0].split())


def checked(store: Store) -> Store:
    """The store, if its tables are those of this version.

    Raises:
        PlanparseError: They are not.
    """
    for table in TABLES:
        try:
            found = store.ask(f"SELECT * FROM {table.name} LIMIT 0").columns  # noqa: S608 - a name of ours
        except PlanparseError:
            found = ()
        if found != tuple(column.name for column in table.columns):
            store.close()
            raise PlanparseError("{name}: this is no store of this version of planparse; write it again", name=str(store.path))
    return store
