"""Workbooks as one XML text (XML Spreadsheet 2003): what many programs export under the name .xls."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

from planparse.readers.container import parse_xml
from planparse.readers.workbook import regions

MOST = 1 << 20
"""No row or column is farther down or to the right."""
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9_.-]{2,30})["']""")


def sheets(data: bytes, name: str) -> list[tuple[str, regions.Texts, regions.Merges, bool]]:
    """The name of each sheet, its texts, its merged ranges, and whether it is hidden.

    Raises:
        InputError: The XML is malformed or holds a trap.
    """
    found = []
    for sheet in _children(parse_xml(_plain(data), name), "Worksheet"):
        texts: regions.Texts = {}
        merges: regions.Merges = []
        for table in _children(sheet, "Table"):
            _read(table, texts, merges)
        hidden = any(
            option.tag.endswith("}Visible") and (option.text or "") != "SheetVisible"
            for options in _children(sheet, "WorksheetOptions")
            for option in options
        )
        found.append((_attribute(sheet, "Name"), texts, merges, hidden))
    return found


def _plain(data: bytes) -> bytes:
    """The XML in an encoding that every parser knows: expat reads no GB text."""
    declared = _ENCODING.match(data)
    if declared is None or declared[1].lower() not in (b"gb2312", b"gbk", b"gb18030", b"big5"):
        return data
    codec = "cp950" if declared[1].lower() == b"big5" else "gb18030"
    return b'<?xml version="1.0"?>' + data.partition(b"?>")[2].decode(codec, "replace").encode()


def _read(table: Element, texts: regions.Texts, merges: regions.Merges) -> None:
    row = -1
    for line in _children(table, "Row"):
        row = _count(line, "Index", row + 2) - 1
        column = 0
        for cell in _children(line, "Cell"):
            column = _count(cell, "Index", column + 1) - 1
            across, down = _count(cell, "MergeAcross", 0), _count(cell, "MergeDown", 0)
            text = "".join(_shown(data) for data in _children(cell, "Data")).strip()
            if text:
                texts.setdefault(row, {})[column] = text
            if across or down:
                merges.append((row, column, row + down, column + across))
            column += across + 1


def _shown(data: Element) -> str:
    text = "".join(data.itertext())
    if _attribute(data, "Type") == "DateTime":
        try:
            value: Any = datetime.fromisoformat(text.strip())
        except ValueError:
            return text
        day = value.date().isoformat()
        return day if not (value.hour or value.minute) else f"{day} {value:%H:%M}"
    return text


def _children(node: Element, tag: str) -> list[Element]:
    return [child for child in node if child.tag.rpartition("}")[2] == tag]


def _attribute(node: Element, name: str) -> str:
    return next((value for key, value in node.attrib.items() if key.rpartition("}")[2] == name), "")


def _count(node: Element, name: str, default: int) -> int:
    text = _attribute(node, name)
    return min(int(text), MOST) if text.isascii() and text.isdigit() and len(text) < 10 else default
