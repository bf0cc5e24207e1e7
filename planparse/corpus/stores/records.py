"""Records of an archive, line by line, and the rows they make, in batches: memory stays flat however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from planparse.corpus.rows import Flat, Row
from planparse.corpus.tables import TABLES, Table
from planparse.errors import PlanparseError

Batches = Iterable[tuple[Table, list[Row]]]
"""Rows, some of one table at a time; tables come again and again."""
BATCH = 65_536
"""So many rows of a table are written at once."""
LOOK = 256
"""After so many records it is seen whether there are enough rows."""


def batches(records: Iterable[bytes], name: str) -> Iterator[tuple[Table, list[Row]]]:
    """The rows of the records, some of one table at a time, in the order of the records.

    Raises:
        PlanparseError: A line is no record; `name` says of what.
    """
    flat = Flat()
    for number, line in enumerate(records, 1):
        if line.strip():
            flat.add(record(line, name, number))
        if number % LOOK == 0:
            for table in TABLES:
                if len(flat.rows[table.name]) >= BATCH:
                    yield table, flat.take(table.name)
    for table in TABLES:
        yield table, flat.take(table.name)


def record(line: bytes, name: str, number: int) -> dict[str, Any]:
    """A line read; a document as `planparse parse -f jsonl` prints it counts as a record too.

    Raises:
        PlanparseError: It is neither.
    """
    try:
        value = json.loads(line)
        if b"\\ud" in line or b"\\uD" in line:  # halves of characters, which no store takes
            value = json.loads(json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
        if "plans" in value:
            value = {"source": {"name": value["source"]["name"]}, "document": value}
        value["source"]["name"], value["document"]
    except (ValueError, KeyError, TypeError):
        raise PlanparseError("{name}: line {line} is no record; write the store again", name=name, line=number) from None
    return dict(value)
