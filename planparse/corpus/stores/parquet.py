"""A store as a folder of Parquet files, one a table; or as a folder of such folders, one a share of the archive."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

from planparse.corpus.stores.arrow import arrow, schema
from planparse.corpus.stores.duck import DuckStore
from planparse.corpus.stores.records import Batches, batches
from planparse.corpus.stores.store import Store, checked, one_line
from planparse.corpus.tables import TABLES, Table
from planparse.errors import PlanparseError
from planparse.extras import need

CODEC, LEVEL = "zstd", 3


def write(records: Iterable[bytes], folder: Path) -> None:
    """Keeps records in a new folder."""
    keep(batches(records, folder.name), folder)


def keep(rows: Batches, folder: Path) -> None:
    """Keeps rows in a new folder."""
    pq = need("pyarrow.parquet")
    folder.mkdir()
    with ExitStack() as stack:
        writers = {
            table.name: stack.enter_context(
                pq.ParquetWriter(_file(folder, table), schema(table), compression=CODEC, compression_level=LEVEL)
            )
            for table in TABLES
        }
        for table, some in rows:
            writers[table.name].write_table(arrow(table, some))


def opened(folder: Path) -> Store:
    """The store in a folder, open for reading."""
    duckdb = need("duckdb")
    parts = [folder] if _file(folder, TABLES[0]).exists() else sorted(path.parent for path in folder.glob(f"*/{TABLES[0].name}.parquet"))
    if not parts:
        raise PlanparseError("{name}: this is a folder without a store", name=str(folder))
    files = [_file(part, table) for part in parts for table in TABLES]
    connection = duckdb.connect(config={"python_enable_replacements": "false"})
    try:
        offsets = _offsets(parts)
        for table in TABLES:
            connection.execute(_view(table, parts, offsets))
    except (duckdb.Error, OSError, ValueError) as error:
        connection.close()
        raise PlanparseError("{name}: cannot be opened ({reason})", name=str(folder), reason=one_line(error)) from None
    return checked(DuckStore(folder, connection, files, files))


def _file(folder: Path, table: Table) -> Path:
    return folder / f"{table.name}.parquet"


def _offsets(parts: list[Path]) -> list[int]:
    """What is added to the keys of each part, so that they differ: how many documents are before it."""
    offsets, count = [], 0
    for part in parts:
        offsets.append(count)
        if len(parts) > 1:
            count += need("pyarrow.parquet").read_metadata(_file(part, TABLES[0])).num_rows
    return offsets


def _view(table: Table, parts: list[Path], offsets: list[int]) -> str:
    selects = []
    for part, offset in zip(parts, offsets, strict=True):
        columns = "*" if not offset else f"* REPLACE (document + {offset} AS document)"
        name = str(_file(part, table)).replace("'", "''")
        selects.append(f"SELECT {columns} FROM read_parquet('{name}')")  # noqa: S608 - the name is quoted
    return f"CREATE VIEW {table.name} AS {' UNION ALL '.join(selects)}"
