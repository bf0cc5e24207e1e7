"""Reads files in a process of its own, which a file may end without ending anything else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from planparse.corpus.engines import context, stop
from planparse.corpus.limits import GRACE, Limits, TooLong, prepare
from planparse.corpus.records import Asked, Document, Read

TRIES = 2
"""A file is blamed for the end of its process when that happens so many times: others end processes too."""


class Ended(Exception):  # noqa: N818 - it is named for what it says
    """A file ended the process that read it."""


class Apart:
    """A process that reads one file after the other, and is replaced when it ends or hangs."""

    def __init__(self, read: Read, asked: Asked, seconds: float | None, memory: int | None, clock: Callable[[], float]) -> None:
        self.read_it = read
        self.asked = asked
        self.seconds = seconds
        self.memory = memory
        self.clock = clock
        self.pool: ProcessPoolExecutor | None = None

    def read(self, data: bytes, name: str) -> Document:
        """A file's document.

        Raises:
            TooLong: It took too long.
            Ended: It ended its process.
        """
        for _ in range(TRIES):
            try:
                if self.pool is None:
                    self.pool = ProcessPoolExecutor(1, mp_context=context(), initializer=prepare)
                    self.pool.submit(int).result()  # its start is not the file's time
                future = self.pool.submit(_read, self.read_it, self.asked, self.seconds, self.memory, self.clock, data, name)
                return future.result(None if self.seconds is None else self.seconds + GRACE)
            except TimeoutError:
                self.close()
                raise TooLong from None
            except (BrokenProcessPool, EOFError, ConnectionError):
                self.close()
        raise Ended

    def close(self) -> None:
        """Ends the process."""
        if self.pool is not None:
            stop(self.pool)
        self.pool = None


def _read(
    read: Read, asked: Asked, seconds: float | None, memory: int | None, clock: Callable[[], float], data: bytes, name: str
) -> Document:
    """Reads a file, within its limits. What alarms cannot reach the other process ends."""
    with Limits(seconds, memory, clock, watched=True) as limits:
        try:
            return limits.run(lambda: read(data, name, asked))
        except TooLong:
            raise TimeoutError from None
