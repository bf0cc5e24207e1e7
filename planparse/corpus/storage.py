"""Files by path or URL. Paths go to the system, URLs (`s3://…`, `memory://…`) to fsspec, which the extra `remote` brings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any

from planparse.errors import InputError
from planparse.extras import need

LOCAL = "file://"
DRAFT = ".draft"
"""So end files that are being written."""


def remote(path: str) -> bool:
    """Whether it is a URL."""
    return "://" in path


def plain(path: str) -> str:
    """A path without a scheme that says what is so anyway: `file:///data` is `/data`."""
    return path.removeprefix(LOCAL) if path.startswith(LOCAL) else path


def system_of(url: str) -> tuple[Any, str]:
    """The file system of a URL, as fsspec has it, and the path in it.

    Raises:
        PlanparseError: fsspec, or what it needs for this scheme, is not installed.
    """
    fsspec = need("fsspec")
    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError("{name}: cannot be opened ({reason})", name=url, reason=str(error)) from None
    return system, path


def open_file(path: str) -> IO[bytes]:
    """A file to read from, by path or URL; it can seek."""
    if not remote(path):
        return open(path, "rb")
    system, inner = system_of(path)
    file: IO[bytes] = system.open(inner, "rb")
    return file


class Folder:
    """A folder of files that are written whole or not at all.

    Args:
        path: Its path or URL.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.system: Any = None
        self.inner = path
        if remote(path):
            self.system, self.inner = system_of(path)

    def make(self) -> None:
        """Makes the folder where it is not there yet."""
        if self.system is None:
            os.makedirs(self.inner, exist_ok=True)
        else:
            self.system.makedirs(self.inner, exist_ok=True)

    def sizes(self) -> dict[str, int]:
        """The files in it with their sizes; none when there is no such folder."""
        if self.system is None:
            with suppress(FileNotFoundError), os.scandir(self.inner) as entries:
                return {entry.name: entry.stat().st_size for entry in entries if entry.is_file()}
            return {}
        self.system.invalidate_cache()
        try:
            found = self.system.ls(self.inner, detail=True)
        except FileNotFoundError:
            return {}
        return {info["name"].rstrip("/").rpartition("/")[2]: info["size"] for info in found if info["type"] == "file"}

    def file(self, name: str) -> str:
        """The path or URL of a file in it."""
        return f"{self.path.rstrip('/')}/{name}" if self.system is not None else os.path.join(self.path, name)

    def read(self, name: str) -> bytes:
        """All bytes of a file."""
        with open_file(self.file(name)) as file:
            return file.read()

    @contextmanager
    def writing(self, name: str) -> Iterator[IO[bytes]]:
        """A file to write to, which appears under its name when all is written."""
        if self.system is not None:  # an object appears when it is closed
            file = self.system.open(f"{self.inner.rstrip('/')}/{name}", "wb")
            try:
                yield file
            except BaseException:
                with suppress(Exception):
                    file.discard()
                raise
            file.close()
            return
        import socket  # only now: looking what there is needs none of it

        target = os.path.join(self.inner, name)
        draft = f"{target}.{socket.gethostname()}-{os.getpid()}{DRAFT}"
        try:
            with open(draft, "wb") as file:
                yield file
            os.replace(draft, target)
        except BaseException:
            with suppress(OSError):
                os.remove(draft)
            raise

    def write(self, name: str, data: bytes) -> None:
        """Writes a file."""
        with self.writing(name) as file:
            file.write(data)

    def remove(self, name: str) -> None:
        """Takes a file away."""
        if self.system is None:
            os.remove(os.path.join(self.inner, name))
        else:
            self.system.rm_file(f"{self.inner.rstrip('/')}/{name}")
