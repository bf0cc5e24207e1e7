"""Runs again whenever a file changes, until Ctrl-C."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable

PAUSE = 0.5
"""So many seconds pass between two looks."""

Stamp = tuple[int, int] | None


def watch(run: Callable[[], Iterable[str]], again: Callable[[], Iterable[str]], sleep: Callable[[float], None] | None = None) -> None:
    """Runs, then runs again at every change.

    Args:
        run: One run; gives the files on which it depends.
        again: The files on which it would depend now: some may be new.
        sleep: Waits so many seconds.
    """
    sleep = sleep or time.sleep
    while True:
        watched = set(run())
        before = stamps(watched)
        while stamps(watched | set(again())) == before:
            sleep(PAUSE)


def stamps(paths: Iterable[str]) -> dict[str, Stamp]:
    """When each file was changed, and how long it is; None for one that is gone."""
    return {path: _stamp(path) for path in paths}


def _stamp(path: str) -> Stamp:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
