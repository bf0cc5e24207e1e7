"""Rows as Arrow tables, in which Parquet and DuckDB take them."""

from __future__ import annotations

from typing import Any

from planparse.corpus.rows import Row
from planparse.corpus.tables import Table
from planparse.extras import need

TYPES = {"integer": "int64", "number": "float64", "text": "string", "date": "date32", "boolean": "bool_"}
"""The types of columns in Arrow."""


def schema(table: Table) -> Any:
    """The table's schema; what a column means goes along as its comment."""
    pa = need("pyarrow")
    return pa.schema(
        [pa.field(column.name, getattr(pa, TYPES[column.type])(), metadata={"comment": column.meaning}) for column in table.columns]
    )


def arrow(table: Table, rows: list[Row]) -> Any:
    """The rows as an Arrow table."""
    pa = need("pyarrow")
    fields = schema(table)
    columns = zip(*rows, strict=True) if rows else [()] * len(table.columns)
    arrays = [
        pa.array(values, pa.string()).cast(field.type) if column.type == "date" else pa.array(values, field.type)
        for column, field, values in zip(table.columns, fields, columns, strict=True)
    ]
    return pa.Table.from_arrays(arrays, schema=fields)
