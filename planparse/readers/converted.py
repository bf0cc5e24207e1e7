"""Formats that LibreOffice turns into Word files first: .doc, .wps, .rtf, .odt."""

from __future__ import annotations

from planparse.readers import docx
from planparse.readers.blocks import Content
from planparse.readers.office import convert


def read_doc(data: bytes, name: str, encoding: str | None = None) -> Content:
    """An old Word file, or one of WPS (see `_read`)."""
    del encoding
    return _read(data, name, ".doc", "application/msword")


def read_rtf(data: bytes, name: str, encoding: str | None = None) -> Content:
    """A rich text file (see `_read`)."""
    del encoding
    return _read(data, name, ".rtf", "application/rtf")


def read_odt(data: bytes, name: str, encoding: str | None = None) -> Content:
    """An OpenDocument text (see `_read`)."""
    del encoding
    return _read(data, name, ".odt", "application/vnd.oasis.opendocument.text")


def _read(data: bytes, name: str, suffix: str, media_type: str) -> Content:
    """The content of a file as LibreOffice understands it.

    Raises:
        InputError: LibreOffice is not installed, cannot read the file, or takes too long.
    """
    content = docx.read(convert(data, suffix, name), name)
    content.media_type = media_type
    content.notices.append(("converted", {"program": "LibreOffice"}))
    return content
