"""A store in one DuckDB file, and DuckDB as the engine of the kinds that have none of their own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from planparse.corpus.stores.arrow import arrow
from planparse.corpus.stores.records import Batches, batches
from planparse.corpus.stores.store import AT_ONCE, ORDERED, Answer, EngineError, Store, checked, one_line
from planparse.corpus.tables import TABLES, Table
from planparse.errors import PlanparseError
from planparse.extras import need

TYPES = {"integer": "BIGINT", "number": "DOUBLE", "text": "VARCHAR", "date": "DATE", "boolean": "BOOLEAN"}
"""The types of columns in DuckDB."""


def write(records: Iterable[bytes], path: Path) -> None:
    """Keeps records in a new DuckDB file."""
    keep(batches(records, path.name), path)


def keep(rows: Batches, path: Path) -> None:
    """Keeps rows in a new DuckDB file."""
    duckdb = need("duckdb")
    connection = duckdb.connect(str(path))
    try:
        fill(connection, rows)
        connection.execute("CHECKPOINT")
    except duckdb.Error as error:
        raise EngineError(one_line(error)) from None
    finally:
        connection.close()
        path.with_name(f"{path.name}.wal").unlink(missing_ok=True)  # what could not be put into the file


def opened(path: Path) -> Store:
    """The store in a DuckDB file, open for reading."""
    duckdb = need("duckdb")
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.Error as error:
        raise PlanparseError("{name}: cannot be opened ({reason})", name=str(path), reason=one_line(error)) from None
    return checked(DuckStore(path, connection, [path], []))


def fill(connection: Any, rows: Batches) -> None:
    """Makes the tables and puts rows into them."""
    connection.execute("SET enable_progress_bar = false")  # it would be drawn on standard output
    for table in TABLES:
        connection.execute(_create(table))
    for table, some in rows:
        connection.register("rows_to_add", arrow(table, some))
        connection.execute(f"INSERT INTO {table.name} SELECT * FROM rows_to_add")  # noqa: S608 - names of ours
        connection.unregister("rows_to_add")


def _create(table: Table) -> str:
    return f"CREATE TABLE {table.name} ({', '.join(f'{column.name} {TYPES[column.type]}' for column in table.columns)})"


class DuckStore:
    """A store whose questions DuckDB answers."""

    def __init__(self, path: Path, connection: Any, files: list[Path], reached: list[Path]) -> None:
        """Closes the connection against everything but the files in `reached`."""
        self.path = path
        self._files = files
        self._connection = connection
        spare = Path(tempfile.gettempdir()) / f"planparse-{os.getpid()}.duckdb"
        connection.execute("SET temp_directory = ?", [str(spare)])  # made for what memory cannot hold, and removed
        if reached:
            connection.execute("SET allowed_paths = ?", [[str(file) for file in reached]])
        for setting in ("enable_progress_bar", "python_enable_replacements", "enable_external_access"):
            connection.execute(f"SET {setting} = false")

    def ask(self, sql: str) -> Answer:
        """The answer to one SELECT."""
        duckdb = need("duckdb")
        try:
            statements = duckdb.extract_statements(sql)
            if len(statements) != 1 or statements[0].type not in (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN):
                raise PlanparseError("the SQL must be one SELECT: a store is only read")
            cursor = self._connection.cursor()
            cursor.execute("RESET threads" if ORDERED.search(sql) else "SET threads = 1")  # one thread gives the same order each time
            cursor.execute(statements[0])
            return Answer(tuple(column[0] for column in cursor.description), _rows(cursor))
        except duckdb.Error as error:
            raise PlanparseError("the query failed: {reason}", reason=one_line(error)) from None

    def files(self) -> list[Path]:
        """The files it consists of."""
        return self._files

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()


def _rows(cursor: Any) -> Iterator[tuple[Any, ...]]:
    duckdb = need("duckdb")
    try:
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows
    except duckdb.Error as error:
        raise PlanparseError("the query failed: {reason}", reason=one_line(error)) from None
