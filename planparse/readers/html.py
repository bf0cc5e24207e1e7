"""HTML: saved web pages, what Word, WPS and Excel save as a web page or put on the clipboard, single-file pages (.mht)."""

from __future__ import annotations

import codecs
import re

from planparse.errors import InputError
from planparse.readers.blocks import Block, Content
from planparse.readers.text import BINARIES, MARKS, decode
from planparse.readers.web import facts, furniture
from planparse.readers.web.blocks import read_blocks
from planparse.readers.web.sniff import CLIPBOARD
from planparse.readers.web.tables import Sizes, layout, own_rows
from planparse.readers.web.tree import Page, parse

MEDIA_TYPE = "text/html"
CODECS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "big5": "cp950",
    "x-big5": "cp950",
}
"""The codec that reads what pages with such a charset hold in truth."""

HEAD = 4096
"""In so many bytes a page tells its charset."""

_SETTLED = tuple(magic for magic, _ in (*MARKS, *BINARIES))
_CHARSET = re.compile(b"<meta[^<>]{0,200}?charset[ \t]{0,9}=[ \t]{0,9}[\"']?[ \t]{0,9}([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_OFFSET = re.compile("(StartHTML|EndHTML|StartFragment|EndFragment):\\s{0,9}(-?[0-9]{1,12})", re.IGNORECASE)
_FRAGMENT = re.compile("<!--\\s{0,9}(Start|End)\\s?Fragment\\s{0,9}-->", re.IGNORECASE)
_ORPHAN = re.compile("\\s*(?:<!--(?:(?!-->)[^\ufffe]){0,2000}-->\\s*){0,20}<(?:tr|td|th|tbody|thead|colgroup|col)[\\s>]", re.IGNORECASE)


def read(data: bytes, name: str, encoding: str | None = None) -> Content:
    """The paragraphs and tables of a web page.

    Args:
        data: The bytes of the page, or of a clipboard's HTML with its header.
        name: What messages call the input.
        encoding: The codec to use; None takes a byte order mark, valid UTF-8, what the page says, else the best guess.

    Raises:
        InputError: The bytes are no text, do not fit the encoding, or no such encoding exists.
        PlanparseError: The package that parses HTML is not installed.
    """
    text, codec, guessed, broken = decode_page(data, name, encoding)
    page = parse(fragment(text))
    content = Content(blocks(page), MEDIA_TYPE, codec, guessed)
    if broken:
        content.notices.append(("mojibake", {"found": "\ufffd"}))
    if page.tracked:
        content.notices.append(("tracked_changes", {}))
    if page.hidden:
        content.notices.append(("hidden_text", {}))
    content.published = facts.published(page, content.blocks)
    return content


def read_mhtml(data: bytes, name: str, encoding: str | None = None) -> Content:
    """The page in a single-file web page (.mht, .mhtml).

    Raises:
        InputError: There is no page in it, or its bytes do not fit the encoding.
        PlanparseError: The package that parses HTML is not installed.
    """
    from email import message_from_bytes
    from email.policy import compat32

    try:
        parts = list(message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n"), policy=compat32).walk())
    except RecursionError:
        parts = []
    for part in parts:
        if part.get_content_type() == MEDIA_TYPE:
            payload = part.get_payload(decode=True)
            charset = part.get_content_charset() or ""
            if isinstance(payload, bytes):
                return read(payload, name, encoding or _fitting(payload, charset))
    raise InputError("{name}: there is no web page in this file; open it in Word or a browser and save it as .docx or .html", name=name)


def blocks(page: Page) -> list[Block]:
    """What a parsed page holds, furniture marked."""
    sizes, rows = Sizes(page.nodes), own_rows(page.nodes)
    placing = layout(page.nodes, sizes, rows, page.office == "excel")
    debris = {} if page.office else furniture.find(page.nodes, sizes, rows.keys() - placing, page.title)
    found = read_blocks(page, placing, debris)
    if not page.office:
        furniture.mark_lines(found)
        facts.add_title(page, found)
    return found


# Encoding


def decode_page(data: bytes, name: str, encoding: str | None) -> tuple[str, str, bool, bool]:
    """The text, the codec, whether the codec is a guess, and whether some bytes could not be read.

    Raises:
        InputError: The bytes are no text or do not fit the encoding that the user names.
    """
    if encoding is None and not data.startswith(_SETTLED):
        for codec in ("utf-8", declared(data)):
            if codec and (text := _decoded(data, codec)) is not None:
                return text, codecs.lookup(codec).name, False, False
    try:
        source = decode(data, name, encoding)
    except InputError:
        if encoding is not None or b"<" not in data[:HEAD] or b"\0" in data[:HEAD]:
            raise
        # A page that was cut or patched together may hold bytes of no encoding at all: the rest of it is still readable.
        codec = min((declared(data) or "utf-8", "utf-8", "gb18030"), key=lambda codec: data.decode(codec, "replace").count("\ufffd"))
        return data.decode(codec, "replace"), codecs.lookup(codec).name, True, True
    return source.text, source.encoding, source.encoding_guessed, False


def declared(data: bytes) -> str | None:
    """The codec for the charset that a page's meta element names; None when it names none that exists."""
    found = _CHARSET.search(data[:HEAD])
    return _codec(found[1].decode("ascii")) if found else None


def _codec(charset: str) -> str | None:
    codec = CODECS.get(charset.lower(), charset)
    try:
        b"<>".decode(codec)  # fails for codecs that are no character sets
    except (LookupError, ValueError):
        return None
    # A page whose meta element can be read byte by byte is neither UTF-16 nor UTF-32, whatever it says.
    return None if codecs.lookup(codec).name.startswith(("utf-16", "utf-32")) else codec


def _decoded(data: bytes, codec: str) -> str | None:
    """The text, if every byte fits; a character that the end cuts off is dropped."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(data)
    except (UnicodeError, LookupError):
        return None
    return None if "\0" in text[:HEAD] else text


def _fitting(data: bytes, charset: str) -> str | None:
    """The codec for the charset that a header names, if the bytes fit it."""
    codec = _codec(charset) if charset else None
    return codec if codec and _decoded(data, codec) is not None else None


# Clipboard


def fragment(text: str) -> str:
    """What a clipboard's HTML marks as copied, with the head and the elements it stands in; any other page as it is."""
    if not CLIPBOARD.match(text):
        return f"<table>{text}" if _ORPHAN.match(text[:HEAD]) else text
    start, end, page = _bounds(text)
    before = text[page:start]
    # The body's tags before the fragment are its surroundings: it may begin in the middle of a table.
    head, body, around = before.partition("<body")
    tags = "".join(re.findall("<[^<>]*>", body + around)) if body else ""
    inner = text[start:end]
    if "<table" not in around and _ORPHAN.match(inner[:HEAD]):
        inner = f"<table>{inner}"
    return head + tags + inner


def _bounds(text: str) -> tuple[int, int, int]:
    """Where the fragment starts and ends, and where the page starts, in characters: by the marks, else by the offsets."""
    page = max(text.find("<"), 0)
    marks = {mark[1].lower(): mark for mark in _FRAGMENT.finditer(text)}
    if "start" in marks:
        end = marks["end"].start() if "end" in marks and marks["end"].start() >= marks["start"].end() else len(text)
        return marks["start"].end(), end, page
    offsets = {key.lower(): int(value) for key, value in _OFFSET.findall(text[:page])}
    data = text.encode("utf-8", "surrogatepass")
    start, end = offsets.get("startfragment", -1), offsets.get("endfragment", -1)
    body = len(text[:page].encode("utf-8", "surrogatepass"))
    # Offsets that were counted in another encoding do not fall on tags.
    if body <= start < end <= len(data) and data[start : start + 1] == b"<" and data[end - 1 : end].strip() in (b">", b""):
        return len(data[:start].decode("utf-8", "ignore")), len(data[:end].decode("utf-8", "ignore")), page
    return page, len(text), page
