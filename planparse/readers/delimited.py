"""CSV and TSV files: tables as text."""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import islice

from planparse.readers.blocks import Content
from planparse.readers.text import decode
from planparse.readers.workbook import regions
from planparse.source import Origin

ROW_CELL = "row {}, cell {}"
"""The form of an `Origin` in a file without sheets, counted from 1."""
MARKS = ("\t", ",", ";", "，")
"""What may part the cells. Of two that fit equally well, the first."""
SAMPLE = 50
"""How many lines tell which mark parts the cells."""

_ANNOUNCED = re.compile(r'"?sep=(.)"?\r?\n', re.IGNORECASE)
"""The first line that Excel writes and reads to name the mark."""
_END = "\x1e"


def read(data: bytes, name: str, encoding: str | None = None) -> Content:
    """The tables and lines of a CSV or TSV file.

    Args:
        data: The bytes of the file.
        name: What messages call it.
        encoding: The codec to decode it with; detected when None.

    Raises:
        InputError: The bytes are no text or do not fit the encoding.
    """
    source = decode(data, name, encoding)
    text, mark = source.text.replace("\0", ""), None
    if announced := _ANNOUNCED.match(text):
        mark, text = announced[1], text[announced.end() :]
    # Records count from the file's first line, the announcement included.
    skipped = 1 if announced else 0
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    mark = mark or _sniff(lines)
    texts: regions.Texts = {}
    for row, record in enumerate(_records(lines, mark)):
        if cells := {column: cell.strip() for column, cell in enumerate(record) if cell.strip()}:
            texts[row + skipped] = cells
    return Content(
        regions.blocks(texts, [], lambda row, column: Origin(ROW_CELL, (row + 1, column + 1))),
        "text/tab-separated-values" if mark == "\t" else "text/csv",
        source.encoding,
        source.encoding_guessed,
    )


def _sniff(lines: list[str]) -> str:
    """The mark that parts the most lines of the sample into equally many cells."""
    sample = [line[:10_000] for line in islice((line for line in lines if line.strip()), SAMPLE)]
    best, most = ",", len(sample) // 3 if len(sample) > 2 else 0
    for mark in MARKS:
        widths = Counter(len(record) for record in _records(sample, mark) if len(record) > 1)
        alike = max(widths.values(), default=0)
        if alike > most:
            best, most = mark, alike
    return best


def _records(lines: list[str], mark: str) -> list[list[str]]:
    """The cells of each record. Where a quote is never closed, no record is longer than its line."""
    limit = csv.field_size_limit(1 << 30)
    try:
        if mark != '"':
            # The last line is read as a record of its own only if no quote is open before it.
            records = list(csv.reader([*(line + "\n" for line in lines), _END], delimiter=mark))
            if records[-1] == [_END]:
                return records[:-1]
        return [next(csv.reader([line], delimiter=mark)) if _is_closed(line, mark) else line.split(mark) for line in lines]
    finally:
        csv.field_size_limit(limit)


def _is_closed(line: str, mark: str) -> bool:
    """Whether a line has quotes that are all closed in it."""
    return mark != '"' and '"' in line and line.count('"') % 2 == 0
