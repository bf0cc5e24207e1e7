"""Workbooks: .xlsx, .xlsm, .xls, .et, .xlsb and .ods files."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from io import BytesIO
from typing import Any, TypeVar

from planparse.errors import InputError
from planparse.extras import need
from planparse.readers.blocks import Block, Content, Grid, Paragraph
from planparse.readers.container import DAMAGED, PROTECTED, Archive, check, member, open_zip, parse_xml
from planparse.readers.workbook import compound, extents, flat, formats, regions
from planparse.source import SHEET_CELL, Origin

ITEMS_NAME = "planparse_items"
"""The defined name that marks the sheet of entries in a workbook of our own; it says nothing that the others do not."""
MOST_NOTICES = 20

NO_SHEETS = "{name}: there are no sheets in this file; check that it is an Excel, WPS or OpenDocument workbook"

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSB = "application/vnd.ms-excel.sheet.binary.macroEnabled.12"
XLS = "application/vnd.ms-excel"
ODS = "application/vnd.oasis.opendocument.spreadsheet"

_UNNAMED = re.compile(r"\s*(?:sheet|table|feuil|tabelle|工作表|表格?|表单|活頁簿)\s*[0-9]*\s*(?:[(（][0-9]+[)）])?\s*", re.IGNORECASE)
_FORMULA = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*(?:/>|>\s*</(?:\w+:)?v>))?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(
    rb"""<(?:\w+:)?c\s([^<>]*\bt\s*=\s*["']e["'][^<>]*)>(?:\s*<(?:\w+:)?f[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)<"""
)
_PLACE = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7})["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

T = TypeVar("T")


class _Book:
    """What a look into the container tells about a workbook before its sheets are read."""

    def __init__(self, media_type: str) -> None:
        self.media_type = media_type
        self.merges: dict[str, regions.Merges] = {}
        self.errors: dict[str, dict[tuple[int, int], str]] = {}
        """By sheet: the cells that show an error, with its code."""
        self.without_value: list[str] = []
        """The cells whose formula was never calculated."""
        self.skipped: set[str] = set()
        self.shows: dict[str, dict[tuple[int, int], formats.Show]] = {}
        """By sheet: the cells whose format changes what their values are taken for."""
        self.hidden: dict[str, tuple[set[int], set[int]]] = {}
        """By sheet: its hidden rows and columns."""


def read(data: bytes, name: str, encoding: str | None = None) -> Content:  # noqa: ARG001  # readers are called alike
    """The paragraphs and tables of a workbook's visible sheets.

    Args:
        data: The bytes of the file.
        name: What messages call it.
        encoding: Not used: a workbook says itself how its text is encoded.

    Raises:
        InputError: It is damaged, protected by a password, or no workbook, or its cells lie too far apart.
        PlanparseError: The package that reads workbooks is not installed.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return _read_flat(data, name)
    calamine = need("python_calamine")
    book = _look(data, name)
    workbook = _call(name, lambda: calamine.CalamineWorkbook.from_filelike(BytesIO(data)))
    found: list[tuple[str, list[Block]]] = []
    hidden = False
    for k, about in enumerate(workbook.sheets_metadata):
        if about.typ != calamine.SheetTypeEnum.WorkSheet or about.name in book.skipped:
            continue
        sheet = _call(name, partial(workbook.get_sheet_by_index, k))
        if about.visible != calamine.SheetVisibleEnum.Visible:
            hidden = hidden or sheet.start is not None
        else:
            blocks, left_out = _blocks(sheet, about.name, name, book)
            hidden = hidden or left_out
            if blocks:
                found.append((about.name, blocks))
    content = _content(found, book.media_type, hidden=hidden)
    content.notices += [("formula_without_value", {"cell": cell}) for cell in book.without_value[:MOST_NOTICES]]
    return content


def rows(data: bytes, name: str) -> Iterator[tuple[str, int, list[str]]]:
    """Every row of every sheet as texts from column A on, hidden ones too: its sheet, its number counted from 0, its cells.

    Raises:
        InputError: As for `read`.
        PlanparseError: The package that reads workbooks is not installed.
    """
    calamine = need("python_calamine")
    _look(data, name)
    workbook = _call(name, lambda: calamine.CalamineWorkbook.from_filelike(BytesIO(data)))
    for k, about in enumerate(workbook.sheets_metadata):
        sheet = _call(name, partial(workbook.get_sheet_by_index, k)) if about.typ == calamine.SheetTypeEnum.WorkSheet else None
        if sheet is not None and sheet.start is not None:
            for row, values in enumerate(_iterate(_call(name, sheet.iter_rows), name)):
                yield about.name, row, [""] * sheet.start[1] + [shown(value).strip() for value in values]


def _read_flat(data: bytes, name: str) -> Content:
    found: list[tuple[str, list[Block]]] = []
    left_out = False
    for sheet_name, texts, merges, hidden in flat.sheets(data, name):
        if hidden:
            left_out = left_out or bool(texts)
        elif texts:
            found.append((sheet_name, regions.blocks(texts, merges, _origins(sheet_name))))
    return _content(found, XLS, hidden=left_out)


def _content(found: list[tuple[str, list[Block]]], media_type: str, *, hidden: bool) -> Content:
    """The sheets one after the other, each below its name where there are several."""
    content = Content([], media_type)
    for sheet_name, blocks in found:
        if len(found) > 1 and _says_more(sheet_name, blocks[0]):
            content.blocks.append(Paragraph(sheet_name, Origin(SHEET_CELL, (sheet_name, "A1"))))
        content.blocks += blocks
    if hidden:
        content.notices.append(("hidden_text", {}))
    return content


def _origins(sheet_name: str) -> regions.MakeOrigin:
    return lambda row, column: Origin(SHEET_CELL, (sheet_name, place(row, column)))


def shown(value: Any) -> str:
    """A cell's value as text: days as 2026-08-31, times as 14:30, numbers without what binary fractions add."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime):
        value = _whole_seconds(value)
        return value.date().isoformat() if value.time() == time() else f"{value.date().isoformat()} {_clock(value.hour, value)}"
    if isinstance(value, time):
        value = _whole_seconds(datetime.combine(date(2000, 1, 1), value))
        return _clock(value.hour + 24 * (value.day - 1), value)
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = "-" * (seconds < 0), abs(seconds)
        return sign + f"{seconds // 3600}:{seconds // 60 % 60:02}" + f":{seconds % 60:02}" * bool(seconds % 60)
    return str(value)


def _number(value: float) -> str:
    text = f"{value:.15g}"
    if "e" in text and 1e-10 < abs(value) < 1e21:
        text = format(Decimal(text), "f")
    return text


def _whole_seconds(value: datetime) -> datetime:
    """A time of day is a fraction in the file: 14:30 may come as 14:29:59.999999."""
    if value.microsecond >= 500_000 and value.year < 9999:
        value += timedelta(seconds=1)
    return value.replace(microsecond=0)


def _clock(hour: int, value: datetime) -> str:
    return f"{hour:02}:{value.minute:02}" + f":{value.second:02}" * bool(value.second)


def _says_more(sheet_name: str, first: Block) -> bool:
    """Whether a sheet's name tells something that its first line does not."""
    if _UNNAMED.fullmatch(sheet_name):
        return False
    return isinstance(first, Grid) or "".join(sheet_name.split()) not in "".join(first.text.split())


def _call(name: str, work: Callable[[], T]) -> T:
    """Runs something of the package that reads workbooks; whatever goes wrong in it becomes one line."""
    try:
        return work()
    except (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError):
        raise
    except BaseException as error:
        # A panic of its compiled part is no Exception; its class cannot be imported.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            message = PROTECTED if type(error).__name__ == "PasswordError" else DAMAGED
            raise InputError(message, name=name) from None
        raise


def _blocks(sheet: Any, sheet_name: str, name: str, book: _Book) -> tuple[list[Block], bool]:
    """The paragraphs and tables of a sheet, and whether hidden text was left out."""
    texts: regions.Texts = {}
    shows = book.shows.get(sheet_name, {})
    if sheet.start is not None:
        first_row, first_column = sheet.start
        rows = _call(name, sheet.iter_rows)
        for row, values in enumerate(_iterate(rows, name)):
            if row < first_row:
                continue
            cells = {
                first_column + k: text
                for k, value in enumerate(values)
                if value != "" and (text := _text(value, shows.get((row, first_column + k)) if shows else None).strip())
            }
            if cells:
                texts[row] = cells
    for (row, column), code in book.errors.get(sheet_name, {}).items():
        texts.setdefault(row, {})[column] = code
    ranges = sheet.merged_cell_ranges
    merges = book.merges.get(sheet_name, []) if ranges is None else [(*first, *last) for first, last in ranges]
    hidden = book.hidden.get(sheet_name)
    left_out = False
    if hidden:
        texts, merges, left_out = regions.visible(texts, merges, *hidden)
    return regions.blocks(texts, merges, _origins(sheet_name)), left_out


def _text(value: Any, show: formats.Show | None) -> str:
    return (show(value) if show is not None else None) or shown(value)


def _iterate(rows: Any, name: str) -> Iterator[list[Any]]:
    nothing: list[Any] = []
    while (values := _call(name, lambda: next(rows, nothing))) is not nothing:
        yield values


def place(row: int, column: int) -> str:
    """B4: the name of a square, row and column counted from 0."""
    return f"{_letters(column)}{row + 1}"


@lru_cache(maxsize=1024)
def _letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return letters


# -- the container -----------------------------------------------------------------------------------------------


def _look(data: bytes, name: str) -> _Book:
    if data.startswith(compound.MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise InputError(PROTECTED, name=name)
        extents.check_old(data, name)
        return _Book(XLS)
    archive = open_zip(data, name)
    check(archive)
    if content := member(archive, "content.xml"):
        book = _Book(ODS)
        if not (member(archive, "mimetype") or b"").startswith(ODS.encode()):
            raise InputError(NO_SHEETS, name=name)
        if b"encryption-data" in (member(archive, "META-INF/manifest.xml") or b""):
            raise InputError(PROTECTED, name=name)
        book.merges = dict(extents.check_repeats(content, name))
        return book
    if archive.find("xl/workbook.bin"):
        extents.check_binary(archive)
        return _Book(XLSB)
    if not any("sheet" in part.lower() for part in archive.members):
        raise InputError(NO_SHEETS, name=name)
    return _look_into_xml(archive)


def _look_into_xml(archive: Archive) -> _Book:
    """What the parts of an .xlsx file tell."""
    book = _Book(XLSX)
    parts: dict[str, str] = {}
    workbook = member(archive, "xl/workbook.xml")
    relations = member(archive, "xl/_rels/workbook.xml.rels")
    first_day = date(1899, 12, 30)
    if workbook and relations:
        targets = {node.get("Id", ""): node.get("Target", "") for node in parse_xml(relations, archive.name).iter()}
        for node in parse_xml(workbook, archive.name).iter():
            tag = node.tag.rpartition("}")[2]
            if tag == "sheet":
                target = targets.get(node.get(_RELATION, ""), "")
                parts[target.lstrip("/") if target.startswith("/") else "xl/" + target] = node.get("name", "")
            elif tag == "workbookPr" and node.get("date1904") in ("1", "true"):
                first_day = date(1904, 1, 1)
            elif tag == "definedName" and node.get("name") == ITEMS_NAME:
                book.skipped.add((node.text or "").rpartition("!")[0].strip("'").replace("''", "'"))
    styles = member(archive, "xl/styles.xml")
    shows = formats.cell_formats(styles, archive.name, first_day) if styles else {}
    sizes = extents.lengths(member(archive, "xl/sharedStrings.xml") or b"")
    for part in archive.members:
        if part.lower().endswith(".xml") and "sheet" in part.lower():
            sheet = member(archive, part) or b""
            if b"\0" in sheet[:200]:  # the package reads UTF-16 too
                sheet = sheet.decode("utf-16", "replace").encode()
            extents.check_xml(sheet, archive.name)
            extents.check_strings(sheet, sizes, archive.name)
            if (sheet_name := parts.get(part)) is not None and sheet_name not in book.skipped:
                _note_odd_cells(sheet, sheet_name, book)
                if shows:
                    book.shows[sheet_name] = {
                        spot: shows[style] for tag, style in formats.cells_of_styles(sheet, shows) if (spot := _spot(tag))
                    }
                rows, columns = formats.hidden_places(sheet)
                if rows or columns:
                    book.hidden[sheet_name] = rows, columns
    return book


def _spot(tag: bytes) -> tuple[int, int] | None:
    """Row and column of a cell by its tag, counted from 0."""
    found = _PLACE.search(tag)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = 26 * column + letter - 64
    return int(found[2]) - 1, column - 1


def _note_odd_cells(sheet: bytes, sheet_name: str, book: _Book) -> None:
    for cell in _FORMULA.finditer(sheet):
        if found := _PLACE.search(cell[1]):
            book.without_value.append(f"{sheet_name}!{(found[1] + found[2]).decode()}")
    errors = book.errors.setdefault(sheet_name, {})
    for cell in _ERROR.finditer(sheet):
        if spot := _spot(cell[1]):
            errors[spot] = cell[2].decode("utf-8", "replace").strip()
