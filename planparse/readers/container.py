"""Zip files and the XML inside them, read with limits: a small file must not fill the memory.

What a member unpacks to is counted while it unpacks; the sizes that its header claims are not believed.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from planparse.errors import InputError

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MIB = 1 << 20
MOST_MEMBERS = 10_000
LARGEST_MEMBER = 256 * MIB
LARGEST_ARCHIVE = 512 * MIB
UNSUSPECTED = 20 * MIB
"""Up to this size anything may be packed as tightly as it can be."""
HIGHEST_RATIO = 200
DEEPEST = 500
"""How many elements may stand inside one another."""
MOST_MARKS = 8_000_000
"""How many tags and attributes one XML text may have: with more of them the tree would take gigabytes."""

DAMAGED = "{name}: this file is cut off or damaged; copy or download it again"
PROTECTED = "{name}: this file is protected by a password; open it in its own program and save it without one"
CROWDED = "{name}: this file holds more than {limit} files; if it is a packed folder, unpack it and name the plan's own file"
FOREIGN = "{name}: this file is packed in a way that Office programs do not read; open it in its own program and save it again"
TOO_LARGE = "{name}: this file unpacks to more than {limit} MiB; it may be a zip bomb; if you trust it, save the plan as a file of its own"
TOO_TIGHT = "{name}: this file unpacks to more than {limit} times its size; it may be a zip bomb; if you trust it, save it anew"
BAD_XML = "{name}: this file holds damaged XML (line {line}, column {column}); open it in its own program and save it again"
DECLARED = "{name}: this file holds XML with a DTD, which may hide a trap; open it in its own program and save it again"
NESTED = "{name}: this file nests its parts more than {limit} deep; open it in its own program and save it again"
TOO_MANY = "{name}: this file has more than {limit} XML tags and attributes; save the plan as a file of its own"
MESSAGES = (DAMAGED, PROTECTED, CROWDED, FOREIGN, TOO_LARGE, TOO_TIGHT, BAD_XML, DECLARED, NESTED, TOO_MANY)

_FEED = 64 << 10
_CHUNK = MIB
_LOCAL_HEADER = struct.Struct("<26xHH")


class Archive:
    """A zip file in memory. `members` holds what is packed in it, by name."""

    __slots__ = ("_by_plain_name", "_sizes", "_total", "data", "members", "name")

    def __init__(self, data: bytes, name: str, members: dict[str, ZipInfo]) -> None:
        self.data = data
        self.name = name
        """What messages call the file."""
        self.members = members
        self._by_plain_name = {_plain(member): member for member in members}
        self._sizes: dict[str, int] = {}
        self._total = 0

    def find(self, name_in_zip: str) -> ZipInfo | None:
        """The member of this name; letter case, the kind of slash and a slash at the start make no difference."""
        found = self.members.get(name_in_zip)
        return found or self.members.get(self._by_plain_name.get(_plain(name_in_zip), ""))

    def unpack(self, info: ZipInfo) -> Iterator[bytes]:
        """The member piece by piece, each at most 1 MiB.

        Raises:
            InputError: It is damaged, or it or the archive unpacks to too much.
        """
        size = crc = 0
        self._total -= self._sizes.pop(info.filename, 0)
        for piece in _pieces(self, info):
            size += len(piece)
            crc = zlib.crc32(piece, crc)
            self._check(size, info.compress_size)
            yield piece
        self._sizes[info.filename] = size
        self._total += size
        if crc != info.CRC:
            raise InputError(DAMAGED, name=self.name)

    def _check(self, size: int, packed: int) -> None:
        total = self._total + size
        if size > LARGEST_MEMBER:
            raise InputError(TOO_LARGE, name=self.name, limit=LARGEST_MEMBER // MIB)
        if total > LARGEST_ARCHIVE:
            raise InputError(TOO_LARGE, name=self.name, limit=LARGEST_ARCHIVE // MIB)
        if (size > UNSUSPECTED and size > HIGHEST_RATIO * packed) or (total > UNSUSPECTED and total > HIGHEST_RATIO * len(self.data)):
            raise InputError(TOO_TIGHT, name=self.name, limit=HIGHEST_RATIO)


def open_zip(data: bytes, name: str) -> Archive:
    """The zip file in these bytes.

    Raises:
        InputError: It is damaged, has a password, or holds too many members.
    """
    # Counted before the directory is read: for each of its entries ZipFile makes an object, a thousand times its size.
    if data.count(b"PK\x01\x02") > MOST_MEMBERS:
        raise InputError(CROWDED, name=name, limit=MOST_MEMBERS)
    try:
        members = {info.filename: info for info in ZipFile(BytesIO(data)).infolist()}
    except (BadZipFile, NotImplementedError, EOFError, OSError, ValueError, OverflowError, struct.error):
        raise InputError(DAMAGED, name=name) from None
    if any(info.flag_bits & 1 for info in members.values()):
        raise InputError(PROTECTED, name=name)
    if any(info.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for info in members.values()):
        raise InputError(FOREIGN, name=name)
    return Archive(data, name, members)


def member(archive: Archive, name_in_zip: str) -> bytes | None:
    """The bytes of one member; None when there is none of this name.

    Raises:
        InputError: It is damaged, or it or the archive unpacks to too much.
    """
    info = archive.find(name_in_zip)
    return None if info is None else b"".join(archive.unpack(info))


def check(archive: Archive) -> None:
    """Unpacks every member and keeps none: for a file that a package without limits is going to unpack.

    Raises:
        InputError: A member is damaged, or it or the archive unpacks to too much.
    """
    for info in archive.members.values():
        for _ in archive.unpack(info):
            pass


def parse_xml(data: bytes, name: str) -> Element:
    """The root element of an XML text.

    Raises:
        InputError: It is malformed, declares a DTD, or is nested too deeply or too large.
    """
    from xml.etree.ElementTree import ParseError, fromstring

    if data.count(b"<") + data.count(b"=") > MOST_MARKS:
        raise InputError(TOO_MANY, name=name, limit=MOST_MARKS)
    _refuse_dtd(data, name)
    try:
        root = fromstring(data)  # noqa: S314  # without a DTD there is nothing to expand
    except ParseError as error:
        raise InputError(BAD_XML, name=name, line=error.position[0], column=error.position[1] + 1) from None
    except (ValueError, LookupError):  # an encoding that the parser does not know
        raise InputError(BAD_XML, name=name, line=1, column=1) from None
    level, depth = [root], 0
    while level:
        depth += 1
        if depth >= DEEPEST:  # what holds nothing is not gone through, so the innermost level is not counted
            raise InputError(NESTED, name=name, limit=DEEPEST)
        level = [child for element in level for child in element if len(child)]
    return root


class _Root(Exception):  # noqa: N818  # it is no error: the prolog is over
    """The first element has begun."""


def _refuse_dtd(data: bytes, name: str) -> None:
    """Looks at what stands before the first element: a DTD can stand nowhere else."""
    from xml.parsers.expat import ExpatError, ParserCreate

    def refuse(*_: Any) -> None:
        raise InputError(DECLARED, name=name)

    def stop(*_: Any) -> None:
        raise _Root

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    start, size = 0, _FEED
    try:
        while start < len(data):
            parser.Parse(data[start : start + size], False)
            start, size = start + size, 2 * size  # expat reads an unfinished comment from its start again with each piece
    except _Root:
        pass
    except (ExpatError, ValueError, LookupError):
        pass  # the tree builder meets the same fault and reports it


def _pieces(archive: Archive, info: ZipInfo) -> Iterator[bytes]:
    """The member unpacked, without any trust in its header; `ZipFile.read` would stop at the size claimed."""
    view = memoryview(archive.data)
    start = info.header_offset
    if start < 0 or start + 30 > len(view) or bytes(view[start : start + 4]) != b"PK\x03\x04":
        raise InputError(DAMAGED, name=archive.name)
    name_length, extra_length = _LOCAL_HEADER.unpack_from(view, start)
    start += 30 + name_length + extra_length
    end = start + info.compress_size
    if end > len(view):
        raise InputError(DAMAGED, name=archive.name)
    if info.compress_type == ZIP_STORED:
        for k in range(start, end, _CHUNK):
            yield bytes(view[k : min(k + _CHUNK, end)])
        return
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        # Fed in small pieces: what is left of a piece is copied for each chunk that comes out.
        for k in range(start, end, _FEED):
            rest: Any = view[k : min(k + _FEED, end)]
            while rest and not inflate.eof:
                if chunk := inflate.decompress(rest, _CHUNK):
                    yield chunk
                rest = inflate.unconsumed_tail
        while not inflate.eof:
            if not (chunk := inflate.decompress(b"", _CHUNK)):
                raise InputError(DAMAGED, name=archive.name)
            yield chunk
    except zlib.error:
        raise InputError(DAMAGED, name=archive.name) from None


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
