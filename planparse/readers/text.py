"""Plain text: from bytes in any encoding Chinese texts come in to a `Source`."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import Any

from planparse.errors import InputError, Term
from planparse.readers.everyday import FREQUENT, common
from planparse.readers.mojibake import find
from planparse.source import Notice, Source
from planparse.syntax.lazy import lazy

# The four-byte mark comes first: it begins with the two-byte one.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip

CANDIDATES = ("gb18030", "utf-16-le", "utf-16-be", "cp950", "utf-8")
"""What bytes without a mark that are no valid UTF-8 may be. UTF-8 is among them for texts with a broken byte."""

PAIRED = ("utf-16-le", "utf-16-be")

BIG5 = ("cp950", "big5hkscs")
"""Windows' Big5 and Hong Kong's, which has more characters and the circled numbers in another place."""

HALVED = ("gb18030", *BIG5)
"""Where a byte can be the first half of a character or the second one."""
REALIGN = "planparse.realign"
"""The name under which the codecs know how to go on after half a character."""

MOST_REALIGNED = 10_000
"""How many broken characters are worth the time that takes."""

SAMPLE = 2048
"""How many bytes the encoding is judged by."""

WHOLE = 512
"""How many of them stand together in the file; then only what is beyond ASCII counts."""

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

_BEYOND = rb"[\x80-\xff]"
_RUN = rb"[\x80-\xff][\x30-\xff]*"  # no character of several bytes has one below 0x30
_LOW = rb"[\0-\x2f]"
_THREE_BYTES = rb"[\xe0-\xef][\x80-\xbf]{2}"
_PINYIN = "āēīōūǎěǐǒǔǖǘǚǜńňǹ"
_STRANGE = lazy(f"(?<![A-Za-zÀ-ɏ])(?![{_PINYIN}])[Ā-ɏ](?![A-Za-zÀ-ɏ])|(?![Α-ω])[ɐ-\u07ff]")  # what stands in no European word
_RUBBISH = "\ufffd\u0a00\u0d00\u2000"  # what no codec knows; line ends and a blank with their two bytes swapped
_BROKEN = lazy("\ufffd+")
_UNLIKELY = lazy("[\u3041-\u30ff\u0400-\u04ff\ufffd]")  # what Chinese in the wrong kind of Big5 comes out as


def decode(data: bytes, name: str, encoding: str | None = None) -> Source:
    """Decodes bytes; an empty input is an empty text.

    A named encoding is taken at its word: every byte must fit. Without one a few broken bytes are replaced by U+FFFD; the
    source's notices tell of them, of a guessed encoding, and of text that was garbled before it got here.

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
    guessed, broken = False, None
    if encoding is None:
        encoding, text = _certain(data)
        if encoding is None:
            encoding = _guess(data, name)
            guessed = encoding != "utf-8"
        if text is None:
            text, broken = _lenient(data, name, encoding)
    else:
        text = _strict(data, name, encoding)
    source = Source(name, text.removeprefix("\ufeff"), codecs.lookup(encoding).name, guessed, sha256(data))
    if guessed:
        source.notices.append(Notice("encoding_guessed", 0, 0, {"encoding": source.encoding}))
    if broken:
        source.notices.append(broken)
    elif span := find(source.text):
        source.notices.append(Notice("mojibake", *span, {"found": source.text[slice(*span)][:20]}))
    return source


def sha256(data: bytes) -> str:
    """The hash of the bytes, hexadecimal."""
    return str((_small_digest() if len(data) < BIG else _digest())(data).hexdigest())


BIG = 1 << 20
"""From this size on hashing costs more than loading OpenSSL for hashlib; below it the interpreter has the function built in."""


@lru_cache(maxsize=1)
def _small_digest() -> Any:
    try:
        from _sha2 import sha256 as digest  # type: ignore[import-not-found,unused-ignore]  # 3.12
    except ImportError:
        try:
            from _sha256 import sha256 as digest  # type: ignore[import-not-found,unused-ignore]  # 3.11
        except ImportError:
            return _digest()
    return digest


def _digest() -> Any:
    from hashlib import sha256 as digest

    return digest


def _certain(data: bytes) -> tuple[str | None, str | None]:
    """The encoding that a mark or the bytes themselves prove, and the text if proving it took decoding it."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding, None
    sample = data[:SAMPLE]
    if len(sample.translate(None, CONTROLS)) < len(sample):
        return None, None  # UTF-16 without a mark is often valid UTF-8, full of NULs and other controls
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Cut off in its last character; in GB 18030 the bytes up to there would not be UTF-8 by chance.
        cut = error.end == len(data) and error.reason == "unexpected end of data" and re.compile(_THREE_BYTES).search(data, 0, error.start)
        return ("utf-8" if cut else None), None
    return (None, None) if _rather_gb(text, data) else ("utf-8", text)


def _rather_gb(text: str, data: bytes) -> bool:
    """Whether a few bytes that happen to be UTF-8 too (目 is also Ŀ) are common Chinese characters."""
    if len(data) > SAMPLE or text.isascii() or max(text) > "\u07ff":
        return False
    read = [c for c in data.decode("gb18030", "replace") if c > "\x7f"]
    return 0 < len(_STRANGE.findall(text)) <= 4 and all(c in common() for c in read)


def _guess(data: bytes, name: str) -> str:
    """The candidate whose reading of the telling bytes looks most like Chinese text."""
    pairs, runs = _telling(data)
    readings = {encoding: (pairs if encoding in PAIRED else runs).decode(encoding, "replace") for encoding in CANDIDATES}
    best = max(CANDIDATES, key=lambda encoding: _score(readings[encoding]))
    controls = sum(c < " " and ord(c) in CONTROLS for c in readings[best])
    if controls > 1 + len(pairs) // 50:
        raise _binary(name, Term("a binary file"))
    if best in BIG5:
        return min(BIG5, key=lambda encoding: len(_UNLIKELY.findall(data.decode(encoding, "replace"))))
    return best


def _telling(data: bytes) -> tuple[bytes, bytes]:
    """The bytes around the first one beyond ASCII: as they stand, and fewer of them with more that is beyond ASCII."""
    found = re.search(_BEYOND, data)
    start = max(0, found.start() - WHOLE) & ~1 if found else 0  # UTF-16 comes in pairs
    pairs = data[start : start + SAMPLE]
    found = re.compile(_LOW).search(data, start + 2 * WHOLE)
    end = found.start() if found else len(data)
    runs = bytearray(data[start:end][:SAMPLE])
    for run in re.compile(_RUN).finditer(data, end):
        if len(runs) >= SAMPLE:
            break
        runs += run[0][: SAMPLE - len(runs)]
    return pairs, bytes(runs)


def _score(text: str) -> float:
    """From 2 for everyday Chinese down to -4 for rubbish: the mean of what each character says."""
    known, total = common(), 0.0
    for c in text:
        if " " <= c <= "~" or c in "\t\n\r":
            total += 0.6
        elif c in FREQUENT:
            total += 2
        elif c in known:
            total += 1
        elif "\u4e00" <= c <= "\u9fff":
            total += 0.3
        else:
            total -= 4 if c in _RUBBISH or "\ue000" <= c <= "\uf8ff" else 1.5
    return total / len(text)


def _strict(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise InputError(
            "{name}: there is no encoding named {encoding}; try --encoding gb18030, utf-8, big5 or utf-16", name=name, encoding=encoding
        ) from None
    except UnicodeError as error:
        raise _broken(name, encoding, _offset(error, data) if isinstance(error, UnicodeDecodeError) else 0) from None


def _lenient(data: bytes, name: str, encoding: str) -> tuple[str, Notice | None]:
    """The text, and the notice of what is broken in it: one place in a hundred characters, and one more in all but the shortest."""
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        offset = _offset(error, data)
    text = data.decode(encoding, "replace")
    before = data[:offset].decode(encoding, "ignore")
    count = len(_BROKEN.findall(text)) - len(_BROKEN.findall(before))
    lost = text.count("\ufffd")
    if count > len(text) // 100 + (len(text) > 3) or lost > len(text) // 20 + 3:
        raise _broken(name, encoding, offset)
    if encoding in HALVED and lost <= MOST_REALIGNED:
        text = data.decode(encoding, REALIGN)
        count = len(_BROKEN.findall(text)) - len(_BROKEN.findall(before))
    place = len(before.removeprefix("\ufeff"))
    return text, Notice("broken_bytes", place, place + 1, {"count": count, "offset": offset, "encoding": codecs.lookup(encoding).name})


def _realign(error: UnicodeError) -> tuple[str, int]:
    """One U+FFFD for what is broken, and the byte to go on at: a character that lost a half would garble the rest of its line."""
    assert isinstance(error, UnicodeDecodeError)
    data, after = error.object, error.start + 1
    if data[after : after + 1] < b"\x80":
        return "\ufffd", after
    return "\ufffd", max(after, after + 1, key=lambda at: _score(data[at : at + 32].decode(error.encoding, "replace") or "\ufffd"))


codecs.register_error(REALIGN, _realign)


def _offset(error: UnicodeDecodeError, data: bytes) -> int:
    """Where the error is; the codec utf-8-sig counts from behind the mark."""
    return error.start + len(data) - len(error.object)


def _broken(name: str, encoding: str, offset: int) -> InputError:
    return InputError(
        "{name}: byte {offset} is not {encoding} text; name the encoding with --encoding (gb18030, utf-8, big5, utf-16)",
        name=name, offset=offset, encoding=encoding,
    )  # fmt: skip


def _binary(name: str, kind: Term) -> InputError:
    return InputError(
        "{name}: this is {kind}, not a text file; open it in its own program, then save it as plain text or paste its text",
        name=name, kind=kind,
    )  # fmt: skip
