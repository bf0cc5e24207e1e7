"""Fonts of a PDF file, whose tables may claim more than memory holds: a range of two numbers stands for all between them.

Loaded only after `extras.need("pdfminer")`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from pdfminer.pdffont import PDFFont
from pdfminer.pdfinterp import PDFResourceManager
from pdfminer.pdftypes import PDFStream, resolve1

MOST_CODES = 5_000_000
"""How many codes the ranges of all fonts may span."""
WIDEST_RANGE = 0x10FFFF
"""No range of codes is wider."""

_SECTION = re.compile(rb"begin(?:bf|cid|notdef)range(.*?)(?:end|$)", re.DOTALL)
_RANGE = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<[^<>]*>|\[[^\[\]]*\]|\d+)")
_COMMENT = re.compile(rb"%[^\r\n]*")


class Fonts(PDFResourceManager):
    """Makes the fonts of a file; a table that spans too much is left out of its font."""

    def __init__(self) -> None:
        super().__init__()
        self.room = MOST_CODES
        self.kept: dict[object, dict[str, object]] = {}

    def get_font(self, objid: object, spec: Mapping[str, object]) -> PDFFont:
        """The font, made once for each object."""
        if objid not in self.kept:
            fits = {key: value for key, value in spec.items() if key not in SPANS or self._fits(SPANS[key](resolve1(value)))}
            if not objid:
                return super().get_font(objid, fits)
            self.kept[objid] = fits
        return super().get_font(objid, self.kept[objid])

    def _fits(self, span: int) -> bool:
        if span > min(self.room, WIDEST_RANGE):
            return False
        self.room -= span
        return True


def _named(table: Any) -> int:
    """How many codes the ranges of a table of letters span; too many when it cannot be told."""
    if not isinstance(table, PDFStream):
        return 0
    span = 0
    for section in _SECTION.finditer(_COMMENT.sub(b" ", table.get_data())):
        for match in _RANGE.finditer(section[1]):
            first, last = (int(b"".join(number.split()) or b"0", 16) for number in match.groups())
            span += max(0, last - first) + 1
        if re.search(rb"[<(]", _RANGE.sub(b"", section[1])):
            return WIDEST_RANGE + 1
    return span


def _listed(widths: Any, size: int) -> int:
    """How many codes the ranges of a list of widths span; a range is `size` numbers, a list stands for single codes."""
    span, numbers = 0, list[float]()
    for item in widths if isinstance(widths, list) else ():
        value = resolve1(item)
        if isinstance(value, list):
            numbers = []
        elif isinstance(value, int | float):
            numbers.append(value)
            if len(numbers) == size:
                span += max(0, int(numbers[1] - numbers[0])) + 1
                numbers = []
    return span


SPANS: dict[str, Callable[[Any], int]] = {"ToUnicode": _named, "W": partial(_listed, size=3), "W2": partial(_listed, size=5)}
"""The tables of a font that hold ranges."""
