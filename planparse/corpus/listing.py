"""Which files a run is about: those of folders, patterns, lists, archives and packs, with all that can be known without reading them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from planparse.checking.paths import LOCK, SKIPPED, SUFFIXES
from planparse.corpus.contents import FOLDER, Opened
from planparse.corpus.items import Item, ordered, shown
from planparse.corpus.storage import plain, remote, system_of
from planparse.errors import InputError

ARCHIVES = {
    ".zip": "zip",
    ".tar": "tar",
    ".tar.gz": "tar",
    ".tgz": "tar",
    ".tar.bz2": "tar",
    ".tbz2": "tar",
    ".tar.xz": "tar",
    ".txz": "tar",
}
"""How archives end; they are opened wherever they are found."""
PACKS = {".jsonl": "jsonl", ".jsonl.gz": "jsonl", ".jsonl.zst": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
"""How packs end; they are opened where they are named or a pattern fits them: in a folder they may be results."""
LIST = "@"
"""Begins the name of a list of files."""
WILD = frozenset("*?[")
STAMPS = ("ETag", "etag", "md5", "mtime", "LastModified", "last_modified", "updated", "created")
"""What file systems call that which changes with a file."""


def items(names: Iterable[str], out: str) -> list[Item]:
    """All that is meant, in the order of all runs.

    Args:
        names: Files, folders, patterns, lists (`@list.txt`), archives, packs, by path or URL.
        out: What the run writes: where a pattern fits it, it is left out.

    Raises:
        InputError: A name stands for nothing or for the output, or a list may not be read.
    """
    return ordered(_Listing(_whole(out)).of(names))


class _Listing:
    """What is found on the way through the names."""

    def __init__(self, own: str) -> None:
        self.own = own

    def of(self, names: Iterable[str], *, listed: bool = False) -> Iterator[Item]:
        """All that the names stand for. What a list names and is not there gets a record: nobody types a list."""
        for given in names:
            name = plain(given)
            if _whole(name) == self.own and not os.path.isdir(name):
                raise InputError("{name}: this is an input; write the result to another file", name=given)
            if name.startswith(LIST) and not os.path.lexists(name):
                yield from self.of(names_in(name[1:]), listed=True)
            elif remote(name):
                yield from self.remote(name)
            elif os.path.isdir(name):
                yield from self.walk(name)
            elif WILD & set(name) and not os.path.lexists(name):
                yield from self.fitting(name)
            elif listed or os.path.lexists(name):
                yield from self.named(os.path.normpath(name))
            else:
                raise InputError("{name}: there is no such file; check its name and folder", name=given)

    def named(self, path: str) -> Iterator[Item]:
        """A file that was named, whatever it is called; if it cannot be read, its record says so."""
        try:
            status = os.stat(path)
        except OSError:
            yield Item(path, shown(path), 0, "")
            return
        yield from self.opened(path, status.st_size, str(status.st_mtime_ns), packs=True)

    def opened(self, path: str, size: int, stamp: str, *, packs: bool) -> Iterator[Item]:
        """A file, or what is in it."""
        kind = kind_of(path, packs=packs)
        if not kind:
            yield Item(path, shown(path), size, stamp)
            return
        if _whole(path) == self.own:
            return
        opened = Opened()
        try:
            yield from opened.get(kind, path).items(path, stamp)
        except Exception:  # noqa: BLE001 - damaged files raise what they like
            yield Item(path, shown(path), size, stamp, kind)  # its record will say what is wrong
        finally:
            opened.close()

    def walk(self, folder: str) -> Iterator[Item]:
        """The readable files of a folder and of those below it; one that cannot be listed gets a record, which says so."""
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError:
            yield Item(folder, shown(folder).rstrip("/") + FOLDER, 0, "")
            return
        for entry in entries:
            if entry.name.startswith((".", LOCK)):
                continue
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in SKIPPED:
                    yield from self.walk(entry.path)
            elif wanted(entry.name) and entry.is_file():
                path = os.path.normpath(entry.path)
                try:
                    status = entry.stat()
                except OSError:  # it was there a moment ago
                    yield Item(path, shown(path), 0, "")
                    continue
                yield from self.opened(path, status.st_size, str(status.st_mtime_ns), packs=False)

    def fitting(self, pattern: str) -> Iterator[Item]:
        """What a pattern fits that the shell left as it is."""
        from glob import iglob

        some = False
        for path in iglob(pattern, recursive=True):
            some = True
            if os.path.isfile(path):
                yield from self.named(os.path.normpath(path))
            elif not pattern.endswith("**"):  # which has the files of its folders already
                yield from self.walk(path)
        if not some:
            raise InputError("{name}: no file fits this pattern", name=pattern)

    def remote(self, url: str) -> Iterator[Item]:
        """What a URL stands for: a file, all under a folder, or what fits a pattern."""
        system, inner = system_of(url)
        scheme = url.partition("://")[0]
        try:
            if WILD & set(inner):
                found = system.glob(inner, detail=True)
            elif system.isdir(inner):
                found = {path: info for path, info in system.find(inner, detail=True).items() if wanted(path.rpartition("/")[2])}
            else:
                found = {inner: system.info(inner)}
        except FileNotFoundError:
            found = {}
        except Exception as error:  # noqa: BLE001 - each system has errors of its own
            raise InputError("{name}: cannot be read ({reason})", name=url, reason=str(error)) from None
        if not found:
            raise InputError("{name}: there is no such file; check its name and folder", name=url)
        for path, info in found.items():
            if info["type"] == "file":
                stamp = next((str(info[key]) for key in STAMPS if info.get(key)), "")
                yield from self.opened(
                    f"{scheme}://{path.lstrip('/')}", info["size"], stamp, packs=path == inner or bool(WILD & set(inner))
                )


def kind_of(path: str, *, packs: bool) -> str:
    """What a file's name says it holds, a key of `KINDS`; empty where it is a file of its own."""
    lower = path.lower()
    table = ARCHIVES | PACKS if packs else ARCHIVES
    return next((kind for suffix, kind in table.items() if lower.endswith(suffix)), "")


def wanted(name: str) -> bool:
    """Whether a file of a folder is taken."""
    lower = name.lower()
    return os.path.splitext(lower)[1] in SUFFIXES or lower.endswith(tuple(ARCHIVES))


def names_in(path: str) -> list[str]:
    """The names in a list of files: one a line, or parted by NUL; `-` is standard input.

    Raises:
        InputError: It cannot be read.
    """
    from planparse.readers import read_bytes

    data = read_bytes(path, shown(path)).removeprefix(b"\xef\xbb\xbf")
    parts = data.split(b"\0") if b"\0" in data else data.splitlines()
    return [os.fsdecode(part) for part in parts if part.strip()]


def _whole(path: str) -> str:
    """A path that is the same for all ways of writing it."""
    return path if remote(path) else os.path.normcase(os.path.abspath(path))
