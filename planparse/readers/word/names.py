"""Names and values in WordprocessingML."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
XML = "{http://www.w3.org/XML/1998/namespace}"
PARAGRAPH, RUN, TABLE, ROW, CELL = W + "p", W + "r", W + "tbl", W + "tr", W + "tc"

STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
)
"""The names that ISO's strict form gives to the same namespaces."""


def transitional(data: bytes) -> bytes:
    """The XML with the strict form's namespaces under their usual names."""
    if STRICT[0][0] in data or b"purl.oclc.org" in data[:4096]:
        for strict, usual in STRICT:
            data = data.replace(strict, usual)
    return data


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name, or None."""
    return None if element is None else element.find(W + name)


def children(element: Element | None) -> dict[str, Element]:
    """All children by tag: for elements of which much is asked."""
    return {} if element is None else {part.tag: part for part in element}


def value(element: Element | None) -> str:
    """The `w:val` of an element; empty without one."""
    return "" if element is None else element.get(W + "val", "")


def number(element: Element | None, name: str = "val") -> int | None:
    """An attribute as an integer, or None."""
    if element is None:
        return None
    text = element.get(W + name, "")
    try:
        return int(text) if 0 < len(text) < 12 else None
    except ValueError:
        return None


def is_on(element: Element | None) -> bool:
    """Whether a switch (w:b, w:vanish) is there and not turned off."""
    return element is not None and element.get(W + "val", "true") not in ("0", "false", "off")
