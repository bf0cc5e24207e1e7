"""A store in one SQLite file. SQLite answers its questions itself: it finds single documents in no time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from planparse.corpus.stores.records import Batches, batches
from planparse.corpus.stores.store import AT_ONCE, Answer, EngineError, Store, checked, one_line
from planparse.corpus.tables import TABLES, Table
from planparse.errors import PlanparseError

TYPES = {"integer": "INTEGER", "number": "REAL", "text": "TEXT", "date": "TEXT", "boolean": "INTEGER"}
"""The types of columns in SQLite; days are text that sorts like days."""
ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE})


def write(records: Iterable[bytes], path: Path) -> None:
    """Keeps records in a new SQLite file."""
    keep(batches(records, path.name), path)


def keep(rows: Batches, path: Path) -> None:
    """Keeps rows in a new SQLite file."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = OFF")  # the file is a draft: what fails is thrown away
        connection.execute("PRAGMA synchronous = OFF")
        for table in TABLES:
            connection.execute(_create(table))
        for table, some in rows:
            connection.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})", some)  # noqa: S608 - a name of ours
        for table in TABLES:
            for columns in table.indexes:
                connection.execute(f"CREATE INDEX {table.name}_{columns[0]} ON {table.name} ({', '.join(columns)})")
        connection.commit()
    except sqlite3.Error as error:
        raise EngineError(one_line(error)) from None
    finally:
        connection.close()


def opened(path: Path) -> Store:
    """The store in a SQLite file, open for reading."""
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
    except sqlite3.Error as error:
        raise PlanparseError("{name}: cannot be opened ({reason})", name=str(path), reason=one_line(error)) from None
    connection.set_authorizer(lambda action, *_: sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY)
    return checked(LiteStore(path, connection))


def _create(table: Table) -> str:
    return f"CREATE TABLE {table.name} ({', '.join(f'{column.name} {TYPES[column.type]}' for column in table.columns)})"


class LiteStore:
    """A store whose questions SQLite answers."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    def ask(self, sql: str) -> Answer:
        """The answer to one SELECT."""
        try:
            cursor = self._connection.execute(sql)
        except (sqlite3.Error, sqlite3.Warning) as error:
            if "not authorized" in str(error) or "one statement" in str(error):
                raise PlanparseError("the SQL must be one SELECT: a store is only read") from None
            raise PlanparseError("the query failed: {reason}", reason=one_line(error)) from None
        if cursor.description is None:
            raise PlanparseError("the SQL must be one SELECT: a store is only read")
        return Answer(tuple(column[0] for column in cursor.description), _rows(cursor))

    def files(self) -> list[Path]:
        """The file it consists of."""
        return [self.path]

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()


def _rows(cursor: sqlite3.Cursor) -> Iterator[tuple[Any, ...]]:
    try:
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
    except sqlite3.Error as error:
        raise PlanparseError("the query failed: {reason}", reason=one_line(error)) from None
