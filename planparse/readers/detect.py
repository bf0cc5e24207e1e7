"""What format some bytes are: the content decides, the name's suffix only where the content leaves it open."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, NamedTuple

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


def reader(form: Format) -> Callable[[bytes, str, str | None], Any]:
    """The function that reads a format; its module loads now."""
    function: Callable[[bytes, str, str | None], Any] = getattr(import_module(f"planparse.readers.{form.module}"), form.function)
    return function


NAMED = {form.name: form for form in FORMATS}
_BY_SUFFIX = {suffix: form.name for form in FORMATS for suffix in form.suffixes}

ZIPPED = (("word/", "docx"), ("xl/workbook", "sheet"))
"""What a zip file of an Office program holds: how the names of its members begin."""
OPEN_DOCUMENTS = (
    (b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "sheet"),
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
)
"""What an OpenDocument file holds: its first member says it."""
MOST_MEMBERS = 10_000
"""So many members of a zip file are looked at."""
STREAMS = {"doc": "doc", "xls": "sheet", "encrypted": "docx"}
"""The format for each kind of an old Office container; the readers of the new ones say what protected files need."""

_PDF = re.compile(rb"%PDF-[0-9]\.[0-9]")
_TAG = re.compile(rb"<(?:[!?/]|[A-Za-z][A-Za-z0-9]{0,14}[\s/>])")
_MAIL = re.compile(
    "^mime-version[ \t]*:.*^content-type[ \t]*:[ \t]*multipart/related|^content-type[ \t]*:[ \t]*multipart/related.*^mime-version[ \t]*:",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
_FLAT = (
    (re.compile(rb"\s*<\?xml[^>]{0,200}>\s*(?:<\?mso-application\s+progid=.Word\.Document.\?>|<w:wordDocument\s)"), "doc"),
    (re.compile(rb"\s*<\?xml[^>]{0,200}>\s*(?:<\?mso-application\s+progid=.Excel\.Sheet.\?>\s*|<(?:ss:)?Workbook\s)"), "sheet"),
)
"""How the XML texts begin that Word and Excel 2003 wrote."""


def detect(data: bytes, name: str) -> str:
    """The name of the format, one of `FORMATS`; `text` for all that nothing else claims."""
    suffix = _BY_SUFFIX.get(os.path.splitext(name)[1].lower(), "text")
    if data[:4] in (b"PK\1\2", b"PK\3\4", b"PK\5\6", b"PK\7\x08"):
        return _zipped(data)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        from planparse.readers import office

        kind = office.kind_of(data)
        return STREAMS.get(kind or "", "doc" if suffix == "doc" and len(data) >= office.SMALLEST else "text")
    if data.startswith(b"%PDF-") or (_PDF.search(data[:1024]) and b" obj" in data):
        return "pdf"
    if data[:5] == b"{\\rtf":
        return "rtf"
    if b"<" in data[:HEAD] or b"MIME" in data[:HEAD] or b"StartHTML" in data[:HEAD]:
        form = _marked_up(data[:HEAD])
        if form:
            return form
    if suffix in ("html", "mhtml") and _TAG.search(data.replace(b"\0", b"")):
        return "html"
    # Programs export text with tabs under the name of a workbook.
    return {"csv": "csv", "markdown": "markdown", "sheet": "csv"}.get(suffix, "text")


def _zipped(data: bytes) -> str:
    """What a zip file holds; text for one that is of no Office program."""
    for mark, form in OPEN_DOCUMENTS:
        if mark in data[:HEAD]:
            return form
    names = list(_members(data))
    if not names:  # a damaged file still shows what it was
        return next((form for mark, form in ZIPPED if mark.encode() in data), "text")
    return next((form for mark, form in ZIPPED if any(name.startswith(mark) for name in names)), "text")


def _members(data: bytes) -> Iterator[str]:
    """The names in a zip file's directory, in lower case; none when the directory cannot be found."""
    end = data.rfind(b"PK\5\6")
    if end < 0:
        return
    size, at = int.from_bytes(data[end + 12 : end + 16], "little"), int.from_bytes(data[end + 16 : end + 20], "little")
    if data[at : at + 4] != b"PK\1\2":
        at = max(end - size, 0)
    for _ in range(MOST_MEMBERS):
        if data[at : at + 4] != b"PK\1\2":
            return
        name, extra, comment = (int.from_bytes(data[at + k : at + k + 2], "little") for k in (28, 30, 32))
        yield data[at + 46 : at + 46 + name].decode("utf-8", "replace").lower().replace("\\", "/").lstrip("/")
        at += 46 + name + extra + comment


def _marked_up(head: bytes) -> str:
    """Whether the first bytes are those of a web page, in any encoding; empty when they are not."""
    from planparse.readers.web.sniff import is_html

    head = head.removeprefix(b"\xef\xbb\xbf")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head.decode("utf-16", "replace")
    elif b"<\0" in head or b"\0<" in head:
        text = head.decode("utf-16-le" if head.find(b"\0") % 2 else "utf-16-be", "replace")
    else:
        text = head.decode("latin-1")
    for pattern, form in _FLAT:
        if pattern.match(head):
            return form
    if _MAIL.search(text):
        return "mhtml"
    return "html" if is_html(text) else ""
