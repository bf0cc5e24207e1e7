"""How far the filled squares of a workbook's sheets reach, found without building the sheets.

The package that reads workbooks makes a full rectangle of squares from the first filled one to the last: two filled
squares at opposite corners of a sheet would take 500 GB. So their places are looked up first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from planparse.errors import InputError
from planparse.readers.container import Archive, member

MOST_SQUARES = 12_000_000
"""The largest rectangle that is read: a table of 11 columns with one more square filled in the last row there is."""

SPREAD = "{name}: its filled cells lie too far apart; delete what stands far outside the plan and save it again"

_REFERENCE = re.compile(rb"""<(?:\w+:)?c\b[^<>]{0,300}?\sr\s*=\s*["']\s*([A-Za-z]{0,4})([0-9]{0,8})\s*["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_LAST_ROW, _LAST_COLUMN = 1 << 20, 1 << 14

_OLD_CELLS = frozenset({0x06, 0xBD, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E, 0x01, 0x02, 0x03, 0x04, 0x05})
"""The records of an .xls file that hold cells: row and column come first."""
_OLD_SHEET = frozenset({0x09, 0x209, 0x409, 0x809})
_MANY_NUMBERS = 0xBD
_BINARY_ROW, _BINARY_CELLS = 0, range(1, 12)
"""The records of an .xlsb file."""

MOST_CHARACTERS = 50_000_000
"""The text of all cells together: a string stands once in the file, however many cells show it."""
CROWDED = "{name}: its cells hold more than {limit} million characters; save the plan as a file of its own"
_SHARED = re.compile(rb"""<(?:\w+:)?c\b[^<>]{0,300}\st\s*=\s*["']s["'][^<>]*>\s*<(?:\w+:)?v>\s*([0-9]{1,9})""")
_STRING_END = re.compile(rb"</(?:\w+:)?si\s*>")

Places = Iterable[tuple[int, int]]


def check_xml(sheet: bytes, name: str) -> None:
    """Refuses an .xlsx sheet whose cells lie too far apart.

    Raises:
        InputError: They do.
    """
    cells = len(_CELL.findall(sheet))
    references = _REFERENCE.findall(sheet)
    # Only the outermost count: many cells name few columns.
    rows, columns = {int(row or 0) for _, row in references}, {_column(letters) for letters in {letters for letters, _ in references}}
    places: Places = [(min(rows), min(columns)), (max(rows), max(columns))] if references else []
    if len(references) < cells:  # cells without a place, or with one in odd notation: they may be anywhere below each other
        last_row = min(len(_ROW.findall(sheet)), _LAST_ROW)
        places = chain(places, [(1, 1), (last_row, min(cells, _LAST_COLUMN))])
    _check(places, name)


def lengths(strings: bytes) -> list[int]:
    """The lengths of the shared strings of an .xlsx file, in bytes and with their marks: more than their characters."""
    return [len(string) for string in _STRING_END.split(strings)]


def check_strings(sheet: bytes, sizes: list[int], name: str) -> None:
    """Refuses a sheet whose cells show more text than any plan has; `sizes` are those of the shared strings.

    Raises:
        InputError: They do.
    """
    if len(_CELL.findall(sheet)) * max(sizes, default=0) <= MOST_CHARACTERS:
        return
    if sum(sizes[k] for found in _SHARED.findall(sheet) if (k := int(found)) < len(sizes)) > MOST_CHARACTERS:
        raise InputError(CROWDED, name=name, limit=MOST_CHARACTERS // 1_000_000)


def check_binary(archive: Archive) -> None:
    """Refuses an .xlsb workbook with a sheet whose cells lie too far apart.

    Raises:
        InputError: They do, or a member is damaged.
    """
    for part in archive.members:
        if part.lower().endswith(".bin") and "sheet" in part.lower():
            _check(_binary_places(member(archive, part) or b""), archive.name)


def check_old(data: bytes, name: str) -> None:
    """Refuses an .xls workbook with a sheet whose cells lie too far apart.

    Raises:
        InputError: They do.
    """
    from planparse.readers.workbook.compound import stream

    book = stream(data, "Workbook") or stream(data, "Book") or b""
    for places in _old_sheets(book):
        _check(places, name)


def check_repeats(content: bytes, name: str) -> list[tuple[str, list[tuple[int, int, int, int]]]]:
    """Refuses an .ods content part whose cells lie too far apart; the name and the merged ranges of each sheet.

    Raises:
        InputError: They do, or the XML is malformed, or holds a trap.
    """
    from planparse.readers.container import parse_xml

    sheets: list[tuple[str, list[tuple[int, int, int, int]]]] = []
    for table in parse_xml(content, name).iter():
        if _local(table.tag) != "table" or not _local(table.tag, namespace=True).startswith("table:"):
            continue
        places: list[tuple[int, int]] = []
        merges: list[tuple[int, int, int, int]] = []
        row = 0
        for line in table.iter():
            if _local(line.tag) != "table-row":
                continue
            repeats, column = _count(line.attrib, "number-rows-repeated"), 0
            for cell in line:
                if _local(cell.tag) not in ("table-cell", "covered-table-cell"):
                    continue
                width = _count(cell.attrib, "number-columns-repeated")
                if len(cell) or any(key.endswith("}value-type") for key in cell.attrib):
                    places += (row, column), (row + repeats - 1, column + width - 1)
                rows, columns = _count(cell.attrib, "number-rows-spanned"), _count(cell.attrib, "number-columns-spanned")
                if rows > 1 or columns > 1:
                    merges.append((row, column, row + rows - 1, column + columns - 1))
                column += width
            row += repeats
        _check(places, name)
        sheets.append((next((value for key, value in table.attrib.items() if key.endswith("}name")), ""), merges))
    return sheets


def _check(places: Places, name: str) -> None:
    first_row = first_column = 1 << 32
    last_row = last_column = -1
    for row, column in places:
        if row < first_row:
            first_row = row
        if row > last_row:
            last_row = row
        if column < first_column:
            first_column = column
        if column > last_column:
            last_column = column
    if (last_row - first_row + 1) * (last_column - first_column + 1) > MOST_SQUARES and last_row >= 0:
        raise InputError(SPREAD, name=name)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _old_sheets(book: bytes) -> Iterator[list[tuple[int, int]]]:
    """The places of the cells of each sheet in a BIFF stream."""
    at, places = 0, list[tuple[int, int]]()
    view = memoryview(book)
    while at + 4 <= len(view):
        kind, length = int.from_bytes(view[at : at + 2], "little"), int.from_bytes(view[at + 2 : at + 4], "little")
        body = view[at + 4 : at + 4 + length]
        if kind in _OLD_SHEET:
            yield places
            places = []
        elif kind in _OLD_CELLS and len(body) >= 4:
            row, column = int.from_bytes(body[:2], "little"), int.from_bytes(body[2:4], "little")
            places.append((row, column))
            if kind == _MANY_NUMBERS:
                places.append((row, max(column, int.from_bytes(body[-2:], "little"))))
        at += 4 + length
    yield places


def _binary_places(sheet: bytes) -> Iterator[tuple[int, int]]:
    at = row = 0
    while at < len(sheet):
        kind, at = _varying(sheet, at, 2)
        length, at = _varying(sheet, at, 4)
        number = int.from_bytes(sheet[at : at + 4], "little")
        if kind == _BINARY_ROW:
            row = number
        elif kind in _BINARY_CELLS:
            yield row, number
        at += length


def _varying(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number in groups of seven bits, and where the next one begins."""
    number = 0
    for k in range(most):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        number |= (byte & 0x7F) << 7 * k
        if byte < 0x80:
            break
    return number, at


def _local(tag: str, *, namespace: bool = False) -> str:
    """A tag without its namespace, or with the last part of it."""
    where, _, local = tag.rpartition("}")
    return f"{where.rpartition(':')[0].rpartition(':')[2]}:{local}" if namespace else local


def _count(attributes: dict[str, str], name: str) -> int:
    text = next((value for key, value in attributes.items() if key.endswith("}" + name)), "1")
    return min(int(text), _LAST_ROW) if text.isdecimal() and len(text) < 10 and int(text) else 1
