"""What format some bytes are: the content decides, the name's suffix only where the content leaves it open."""

from __future__ import annotations

import os
from typing import NamedTuple

HEAD = 4096
"""So many bytes are looked at for the marks of text formats."""


class Format(NamedTuple):
    """A format that can be read. `module.function(data, name, encoding)` gives its content."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    function: str = "read"
    needs: str = ""
    """The module that an extra brings, a key of `planparse.extras.PACKAGES`; or `soffice`."""


FORMATS: tuple[Format, ...] = (
    Format("text", (".txt",), "text", "decode"),
    Format("markdown", (".md", ".markdown"), "text", "decode"),
    Format("docx", (".docx", ".docm", ".dotx", ".dotm"), "docx"),
    Format("html", (".html", ".htm", ".xhtml"), "html", needs="selectolax.lexbor"),
    Format("mhtml", (".mht", ".mhtml"), "html", "read_mhtml", needs="selectolax.lexbor"),
    Format("sheet", (".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods"), "sheets", needs="python_calamine"),
    Format("csv", (".csv", ".tsv", ".tab"), "delimited"),
    Format("pdf", (".pdf",), "pdf", needs="pdfminer"),
    Format("doc", (".doc", ".wps", ".dot"), "converted", "read_doc", needs="soffice"),
    Format("rtf", (".rtf",), "converted", "read_rtf", needs="soffice"),
    Format("odt", (".odt",), "converted", "read_odt", needs="soffice"),
)
"""To read one more format: a module beside this one, a row here, and its mark below."""

NAMED = {form.name: form for form in FORMATS}
_BY_SUFFIX = {suffix: form.name for form in FORMATS for suffix in form.suffixes}

ZIPPED = (
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "sheet"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"word/", "docx"),
    (b"xl/workbook", "sheet"),
)
"""What a zip file of an Office program holds, in its names or its first member."""
STREAMS = {"doc": "doc", "xls": "sheet", "encrypted": "docx"}
"""The format for each kind of an old Office container; the readers of the new ones say what protected files need."""


def detect(data: bytes, name: str) -> str:
    """The name of the format, one of `FORMATS`; `text` for all that nothing else claims."""
    suffix = _BY_SUFFIX.get(os.path.splitext(name)[1].lower(), "text")
    if data[:2] == b"PK":
        return next((form for mark, form in ZIPPED if mark in data), "text")
    if data[:4] == b"\xd0\xcf\x11\xe0":
        from planparse.readers import office

        kind = office.kind_of(data)
        return STREAMS.get(kind or "", "doc" if suffix == "doc" else "text")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:5] == b"{\\rtf":
        return "rtf"
    if suffix in ("html", "mhtml") or b"<" in data[:HEAD] or b"MIME" in data[:HEAD] or b"StartHTML" in data[:HEAD]:
        form = _marked_up(data[:HEAD])
        if form:
            return form
        if suffix in ("html", "mhtml"):
            return "html"
    return suffix if suffix in ("csv", "markdown") else "text"


def _marked_up(head: bytes) -> str:
    """Whether the first bytes are those of a web page, in any encoding; empty when they are not."""
    from planparse.readers.web.sniff import is_html

    text = head.decode("utf-16", "replace") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head.decode("latin-1")
    if "multipart/related" in text.lower() and "mime-version" in text.lower():
        return "mhtml"
    return "html" if is_html(text) else ""
