"""The streams inside an OLE compound file: the container of .doc, .xls and of files with a password."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = struct.Struct("<30xHH14xI4xIIII")
_LAST = 0xFFFFFFF0
"""Sector numbers from here on mean the end of a chain."""
_IN_HEADER = 109
_ENTRY = 128


def stream(data: bytes, name: str) -> bytes | None:
    """The bytes of the stream of this name; None when there is none. What is damaged gives what can be read of it."""
    if not data.startswith(MAGIC) or len(data) < 512:
        return None
    shift, small_shift, directory, cutoff, small_fat, _, more = _HEADER.unpack_from(data)
    if not 7 <= shift <= 16 or not 2 <= small_shift < shift:
        return None
    fat = _numbers(data, shift, _fat_sectors(data, shift, more))
    entries = _read(data, shift, fat, directory, len(data))
    root = next(_entries(entries), None)
    for kind, entry_name, start, size in _entries(entries):
        if kind == 2 and entry_name.lower() == name.lower():
            if size >= cutoff or root is None:
                return _read(data, shift, fat, start, size)
            small = _read(data, shift, fat, root[2], root[3])
            chain = array("I", _words(_read(data, shift, fat, small_fat, len(data))))
            return _read(small, small_shift, chain, start, size, header=0)
    return None


def _words(data: bytes) -> array[int]:
    words = array("I")
    if words.itemsize != 4:
        words = array("L")
    words.frombytes(data[: len(data) // 4 * 4])
    return words


def _fat_sectors(data: bytes, shift: int, more: int) -> Iterator[int]:
    """The sectors that hold the table of chains: the first are named in the header, the others in sectors of their own."""
    yield from _words(data[76 : 76 + 4 * _IN_HEADER])
    for _ in range(len(data) >> shift):
        at = (more + 1) << shift
        if more >= _LAST or at + 4 > len(data):
            return
        sector = _words(data[at : at + (1 << shift)])
        yield from sector[:-1]
        more = sector[-1]


def _numbers(data: bytes, shift: int, sectors: Iterator[int]) -> array[int]:
    numbers, size = bytearray(), 1 << shift
    for sector in sectors:
        if sector < _LAST and len(numbers) <= 4 * (len(data) >> shift):
            numbers += data[(sector + 1) << shift : ((sector + 1) << shift) + size].ljust(size, b"\xff")
    return _words(bytes(numbers))


def _read(data: bytes, shift: int, chain: array[int], start: int, size: int, header: int = 1) -> bytes:
    """The sectors of one chain, never more of them than the file has."""
    out = bytearray()
    for _ in range((len(data) >> shift) + 1):
        if start >= _LAST or len(out) >= size:
            break
        out += data[(start + header) << shift : (start + header + 1) << shift]
        start = chain[start] if start < len(chain) else _LAST
    return bytes(out[:size])


def _entries(directory: bytes) -> Iterator[tuple[int, str, int, int]]:
    """Kind (2 is a stream), name, first sector and size of each entry."""
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", directory, at + 64)
        start, size = struct.unpack_from("<II", directory, at + 116)
        yield kind, directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), start, size
