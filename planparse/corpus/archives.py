"""Files in zip and tar archives: what there is, and its bytes."""

from __future__ import annotations

import os
import tarfile
import zipfile
import zlib
from collections.abc import Iterator

from planparse.checking.paths import LOCK, SKIPPED, SUFFIXES
from planparse.corpus.contents import Load
from planparse.corpus.items import IN, Item, shown
from planparse.corpus.storage import open_file
from planparse.errors import InputError

UTF8_NAME = 0x800
"""The flag of a zip member whose name is UTF-8."""
ENCRYPTED = 0x1


def _read(raw: bytes) -> str:
    """A member's name. Windows in China writes GBK, and no archive says so."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def _wanted(name: str) -> bool:
    """Whether a member is a file as those that are taken from folders."""
    *folders, last = name.replace("\\", "/").split("/")
    if last.startswith((".", LOCK)) or any(folder in SKIPPED or (folder.startswith(".") and folder.strip(".")) for folder in folders):
        return False
    return os.path.splitext(last)[1].lower() in SUFFIXES and "__MACOSX" not in folders


class Zip:
    """A zip archive."""

    def __init__(self, path: str) -> None:
        self.file = open_file(path)
        try:
            self.archive = zipfile.ZipFile(self.file)
        except BaseException:
            self.file.close()
            raise
        self.members = self.archive.infolist()

    def items(self, path: str, stamp: str) -> Iterator[Item]:
        """The files in it that can be read. What the directory says of their content tells whether they changed."""
        del stamp
        for k, member in enumerate(self.members):
            raw = member.orig_filename.split("\0")[0]
            name = raw if member.flag_bits & UTF8_NAME else _read(raw.encode("cp437", "replace"))
            if not member.is_dir() and _wanted(name):
                yield Item(path, f"{shown(path)}{IN}{name}", member.file_size, f"{member.CRC:08x}", "zip", (k,))

    def files(self, item: Item) -> Iterator[tuple[str, Load]]:
        """The file that an item is."""
        yield item.name, lambda: self._load(item)

    def _load(self, item: Item) -> bytes:
        (k,) = item.place
        member = self.members[k] if k < len(self.members) else None
        if member is None or f"{member.CRC:08x}" != item.stamp:
            raise InputError("{name}: its archive changed while it was read", name=item.name)
        if member.flag_bits & ENCRYPTED:
            raise InputError("{name}: its archive has a password; unpack it first", name=item.name)
        try:
            return self.archive.read(member)
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, zlib.error) as error:
            raise InputError("{name}: cannot be read ({reason})", name=item.name, reason=str(error)) from None

    def close(self) -> None:
        """Closes it."""
        self.archive.close()
        self.file.close()


class Tar:
    """A tar archive, packed by gzip, bzip2 or xz or not at all."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._open()

    def _open(self) -> None:
        self.file = open_file(self.path)
        self.lost = False
        """Whether reading was interrupted: an unpacker does not know then where it is."""
        try:
            self.archive = tarfile.open(fileobj=self.file, errors="surrogateescape")
        except BaseException:
            self.file.close()
            raise

    def items(self, path: str, stamp: str) -> Iterator[Item]:
        """The files in it that can be read."""
        for member in self.archive:
            name = _read(member.name.encode("utf-8", "surrogateescape")).removeprefix("./")
            if member.isreg() and _wanted(name):
                place = (member.offset_data, member.size)
                yield Item(path, f"{shown(path)}{IN}{name}", member.size, f"{stamp} {member.mtime:.0f}", "tar", place)

    def files(self, item: Item) -> Iterator[tuple[str, Load]]:
        """The file that an item is."""
        yield item.name, lambda: self._load(item)

    def _load(self, item: Item) -> bytes:
        offset, size = item.place
        if self.lost:
            self.close()
            self._open()
        stream = self.archive.fileobj
        assert stream is not None
        self.lost = True
        try:
            stream.seek(offset)
            data = stream.read(size)
            self.lost = False
        except (OSError, EOFError, ValueError, zlib.error) as error:
            raise InputError("{name}: cannot be read ({reason})", name=item.name, reason=str(error)) from None
        if len(data) < size:
            raise InputError("{name}: its archive is cut off", name=item.name)
        return data

    def close(self) -> None:
        """Closes it."""
        self.archive.close()
        self.file.close()
