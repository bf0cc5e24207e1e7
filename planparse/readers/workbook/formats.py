"""What the parts of an .xlsx file tell about how its cells show: number formats, hidden rows and columns.

The package that reads workbooks gives values only. A format is used where it changes what a reader takes the value for:
8月31日 instead of a whole date, 98% instead of 0.98, 第3周 instead of 3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from planparse.readers.container import parse_xml

Show = Callable[[Any], str | None]
"""A cell's value as its format shows it; None where the format does not fit the value."""

BUILT_IN = {
    9: "0%", 10: "0.00%", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 31: "yyyy年m月d日", 36: "yyyy年m月",
    50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
"""Formats that Chinese programs name by a number only."""

WEEKDAYS = "一二三四五六日"
LAST_DAY = 2_958_465
"""31 December 9999, counted in days as workbooks do."""
MOST_COLUMNS = 1 << 14
LONGEST_CODE = 200

_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|[_*].|\[(?:\$[^\[\]]*|[A-Za-z]+[0-9]?)\]|(y+|m+|d+|h+|s+|a{3,4}|0+(?:\.0+)?)|(.)', re.IGNORECASE | re.DOTALL
)
_SPECIAL = re.compile(r"\[(?:DBNum.*|\$-.*DBNum.*|h+|m+|s+)\]", re.IGNORECASE)
"""Chinese numerals, and hours beyond 24."""
_COLUMN = re.compile(rb"<(?:\w+:)?col\s[^<>]{0,500}>")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^<>]{0,500}>")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
_FROM = re.compile(rb"""\smin\s*=\s*["']([0-9]{1,7})["']""")
_TO = re.compile(rb"""\smax\s*=\s*["']([0-9]{1,7})["']""")
_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]{1,7})["']""")


def cell_formats(styles: bytes, name: str, first_day: date) -> dict[int, Show]:
    """By the number of a cell's style: how it shows values, where that is known and differs from the plain way.

    Args:
        styles: The part of the file that holds the styles.
        name: What messages call the file.
        first_day: The day before day 1 of the workbook's calendar.

    Raises:
        InputError: The part is malformed or holds a trap.
    """
    codes, found = dict(BUILT_IN), dict[int, Show]()
    for node in parse_xml(styles, name).iter():
        tag = node.tag.rpartition("}")[2]
        if tag == "numFmt" and (number := _integer(node.get("numFmtId"))) is not None:
            codes[number] = node.get("formatCode", "")
        elif tag == "cellXfs":
            for k, style in enumerate(node):
                show = shower(codes.get(_integer(style.get("numFmtId")) or 0, ""), first_day)
                if show is not None:
                    found[k] = show
    return found


def cells_of_styles(sheet: bytes, styles: Iterable[int]) -> Iterable[tuple[bytes, int]]:
    """The tags of a sheet's cells that have one of these styles, with the style."""
    numbers = b"|".join(b"%d" % style for style in styles)
    for cell in re.finditer(rb"""<(?:\w+:)?c(?=\s)([^<>]*?\ss\s*=\s*["'](""" + numbers + rb""")["'][^<>]*)>""", sheet):
        yield cell[1], int(cell[2])


def hidden_places(sheet: bytes) -> tuple[set[int], set[int]]:
    """The hidden rows and columns of a sheet, counted from 0."""
    head, _, _ = sheet.partition(b"sheetData")
    columns: set[int] = set()
    for column in _COLUMN.findall(head):
        first, last = _FROM.search(column), _TO.search(column)
        if first and last and _HIDDEN.search(column):
            columns.update(range(int(first[1]) - 1, min(int(last[1]), MOST_COLUMNS)))
    if not _HIDDEN.search(sheet):
        return set(), columns
    return {int(number[1]) - 1 for row in _ROW.findall(sheet) if _HIDDEN.search(row) and (number := _NUMBER.search(row))}, columns


@lru_cache(maxsize=256)
def shower(code: str, first_day: date) -> Show | None:
    """How a format code shows values; None for a code that only sets digits, or that is not understood here.

    `first_day` is the day before day 1: dates may come as a count of days.
    """
    tokens = _tokens(code.partition(";")[0][:LONGEST_CODE])
    if tokens is None:
        return None
    literal = "".join(text for kind, text in tokens if kind == "")
    marks = {kind[0] for kind, _ in tokens if kind}
    if marks == {"0"} and sum(bool(kind) for kind, _ in tokens) == 1 and literal.strip():
        return _number_shower(tokens)
    if marks and marks <= set("ymdhsa") and marks & set("ymda") and (set(literal) & set("年月日") or "a" in marks):
        return lambda value: _day(tokens, value, first_day)
    return None


def _tokens(code: str) -> list[tuple[str, str]] | None:
    """The parts of a code: ("", text) or (letters of a field, ""); None when it says more than is understood here."""
    tokens: list[tuple[str, str]] = []
    for found in _TOKEN.finditer(code):
        quoted, escaped, mark, other = found.groups()
        if mark:
            tokens.append((mark.lower(), ""))
        elif (other is not None and other in "#?/eEgGbB,@[") or _SPECIAL.fullmatch(found[0]):
            return None
        else:
            tokens.append(("", quoted or escaped or other or ""))
    return tokens


def _number_shower(tokens: list[tuple[str, str]]) -> Show:
    digits = next(kind for kind, _ in tokens if kind)
    places = len(digits.partition(".")[2])
    percent = any("%" in text for kind, text in tokens if not kind)

    def show(value: Any) -> str | None:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e12:
            return None
        try:
            exact = Decimal(f"{value:.15g}") * (100 if percent else 1)
            rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        except InvalidOperation:
            return None
        if not percent and rounded != exact:
            return None
        written = f"{abs(rounded):0{len(digits)}f}"
        return "-" * (rounded < 0) + "".join(written if kind else text for kind, text in tokens).strip()

    return show


def _day(tokens: list[tuple[str, str]], value: Any, first_day: date) -> str | None:
    """A date as the fields of a format show it."""
    if isinstance(value, float | int) and not isinstance(value, bool) and 1 <= value < LAST_DAY:
        try:
            value = datetime.combine(first_day, time()) + timedelta(days=value)
        except OverflowError:
            return None
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime):
        return None
    if value.microsecond:
        value = (value + timedelta(microseconds=500_000)).replace(microsecond=0) if value.year < 9999 else value
    fields = [kind for kind, _ in tokens if kind]
    parts: list[str] = []
    seen = 0
    for kind, text in tokens:
        if not kind:
            parts.append(text)
            continue
        # What stands beside hours or seconds counts minutes.
        clock = kind[0] == "m" and ((seen and fields[seen - 1][0] == "h") or fields[seen + 1 : seen + 2] in (["s"], ["ss"]))
        seen += 1
        if kind[0] == "a":
            parts.append(("星期" if len(kind) == 4 else "") + WEEKDAYS[value.weekday()])
        elif kind[0] == "y":
            parts.append(f"{value.year:04}" if len(kind) > 2 else f"{value.year % 100:02}")
        elif len(kind) > 2:
            return None
        else:
            number = value.minute if clock else {"m": value.month, "d": value.day, "h": value.hour, "s": value.second}[kind[0]]
            parts.append(f"{number:0{len(kind)}}")
    return "".join(parts).strip()


def _integer(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else None
