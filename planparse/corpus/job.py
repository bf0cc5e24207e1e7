"""What holds for all files of a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from planparse.corpus.records import Asked, Read

SHOWN = 20
"""So many failures are told; the records tell them all."""


class Job(NamedTuple):
    """How files are read and where their records go."""

    folder: str
    asked: Asked
    version: str
    read: Read
    clock: Callable[[], float]
    """Tells seconds."""
    seconds: float | None = None
    """How long a file may take."""
    memory: int | None = None
    """How many bytes of memory it may take."""
    packed: bool = False
    """Whether parts are made small by zstd."""

    @property
    def key(self) -> str:
        """What the documents depend on, beside the files. Limits are not in it: they make errors, and those can be tried again."""
        return repr((self.version, *self.asked))
