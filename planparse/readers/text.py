"""Plain text: from bytes in any encoding Chinese texts come in to a `Source`."""

from __future__ import annotations

import codecs
from functools import cache

from planparse.errors import InputError, Term
from planparse.source import Source

# The four-byte mark comes first: it begins with the two-byte one.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip

CANDIDATES = ("gb18030", "utf-16-le", "utf-16-be", "cp950", "utf-8")
"""What bytes without a mark that are no valid UTF-8 may be. UTF-8 is among them for texts with a broken byte."""

SAMPLE = 2048
"""How many bytes the encoding is judged by."""

CONTROLS = bytes(c for c in range(0x20) if c not in b"\t\n\v\f\r\x1b")
"""What text does not contain, unless it is UTF-16 or broken. Escape is text: terminals colour with it."""

BINARIES = (
    (b"PK\x03\x04", Term("a Word (.docx), Excel (.xlsx), WPS or zip file")),
    (b"\xd0\xcf\x11\xe0", Term("an old Word, Excel or WPS file (.doc, .xls, .wps)")),
    (b"%PDF", Term("a PDF file")),
    (b"{\\rtf", Term("a rich text file (.rtf)")),
    (b"\x89PNG", Term("a picture")),
    (b"\xff\xd8\xff", Term("a picture")),
    (b"GIF8", Term("a picture")),
    (b"Rar!\x1a", Term("an archive")),
    (b"7z\xbc\xaf", Term("an archive")),
    (b"\x1f\x8b", Term("an archive")),
)


def decode(data: bytes, name: str, encoding: str | None = None) -> Source:
    """Decodes bytes strictly; an empty input is an empty text.

    Args:
        data: The bytes.
        name: What messages and the document call the input.
        encoding: The codec to use; None detects it: a byte order mark, valid UTF-8, else the best guess.

    Raises:
        InputError: The bytes are no text, do not fit the encoding, or no such encoding exists.
    """
    for magic, kind in BINARIES:
        if data.startswith(magic):
            raise _binary(name, kind)
    text, guessed = None, False
    if encoding is None:
        encoding, text = _certain(data)
    if encoding is None:
        encoding = _guess(data, name)
        guessed = encoding != "utf-8"
    if text is None:
        text = _strict(data, name, encoding)
    return Source(name, text.removeprefix("\ufeff"), codecs.lookup(encoding).name, guessed, sha256(data))


def sha256(data: bytes) -> str:
    """The hash of the bytes, hexadecimal."""
    if len(data) < 1 << 20:
        # Loading OpenSSL for hashlib costs more than hashing a plan; the interpreter has the function built in.
        try:
            from _sha2 import sha256 as digest  # type: ignore[import-not-found,unused-ignore]  # 3.12
        except ImportError:
            try:
                from _sha256 import sha256 as digest  # type: ignore[import-not-found,unused-ignore]  # 3.11
            except ImportError:
                from hashlib import sha256 as digest
    else:
        from hashlib import sha256 as digest
    return str(digest(data).hexdigest())


def _certain(data: bytes) -> tuple[str | None, str | None]:
    """The encoding that a mark or the bytes themselves prove, and the text if proving it took decoding it."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding, None
    sample = data[:SAMPLE]
    if len(sample.translate(None, CONTROLS)) < len(sample):
        return None, None  # UTF-16 without a mark is often valid UTF-8, full of NULs and other controls
    try:
        return "utf-8", data.decode("utf-8")
    except UnicodeDecodeError:
        return None, None


def _guess(data: bytes, name: str) -> str:
    """The candidate whose reading of the first bytes looks most like Chinese text."""
    sample = data[:SAMPLE]
    readings = {encoding: sample.decode(encoding, "replace") for encoding in CANDIDATES}
    best = max(CANDIDATES, key=lambda encoding: _score(readings[encoding]))
    controls = sum(c < " " and ord(c) in CONTROLS for c in readings[best])
    if controls > 1 + len(sample) // 50:
        raise _binary(name, Term("a binary file"))
    return best


def _score(text: str) -> float:
    """From 1 for everyday Chinese down to -4 for rubbish: the mean of what each character says."""
    common, total = _common(), 0.0
    for c in text:
        if " " <= c <= "~" or c in "\t\n\r":
            total += 0.6
        elif c in common:
            total += 1
        elif "\u4e00" <= c <= "\u9fff":
            total += 0.3
        else:
            total -= 4 if c == "\ufffd" else 1.5
    return total / len(text)


@cache
def _common() -> frozenset[str]:
    """The everyday characters: level 1 of GB 2312 (simplified) and of Big5 (traditional), and punctuation."""
    simplified = bytes(b for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF) for b in (high, low)).decode("gb2312", "ignore")
    lows = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    traditional = bytes(b for high in range(0xA4, 0xC7) for low in lows for b in (high, low)).decode("big5", "ignore")
    numbers = "".join(map(chr, (*range(0x2460, 0x249C), *range(0x3220, 0x322A), *range(0xFF10, 0xFF1A))))  # ①⑴⒈㈠０
    return frozenset(simplified + traditional + numbers + "\u3000，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·～－＋％／•")


def _strict(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise InputError(
            "{name}: there is no encoding named {encoding}; try --encoding gb18030, utf-8, big5 or utf-16", name=name, encoding=encoding
        ) from None
    except UnicodeError as error:
        offset = error.start if isinstance(error, UnicodeDecodeError) else 0
        raise InputError(
            "{name}: byte {offset} is not {encoding} text; name the encoding with --encoding (gb18030, utf-8, big5, utf-16)",
            name=name, offset=offset, encoding=encoding,
        ) from None  # fmt: skip


def _binary(name: str, kind: Term) -> InputError:
    return InputError(
        "{name}: this is {kind}, not a text file; open it in its own program, then save it as plain text or paste its text",
        name=name, kind=kind,
    )  # fmt: skip
