"""What one file may take: time and memory. Everything here acts on the process it runs in."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Self, TypeVar

T = TypeVar("T")

AGAIN = 1.0
"""Where a first alarm was swallowed by the code that it interrupted, the next comes after so many seconds."""
GRACE = 1.0
"""So many seconds more has a file that alarms do not reach before its process is ended."""


class TooLong(BaseException):
    """A file took longer than it may. No `Exception`, as the code that it interrupts must not take it for one of its own."""


class Limits:
    """The limits of a process that reads one file after the other.

    Args:
        seconds: How long a file may take; None is without end.
        memory: How many bytes it may take; None is all there are.
        clock: Tells seconds.
        watched: Whether another process sees to it that this one ends when nothing else helps.
    """

    def __init__(self, seconds: float | None, memory: int | None, clock: Callable[[], float], *, watched: bool = False) -> None:
        self.seconds = seconds
        self.watched = watched
        self.memory = memory
        self.clock = clock
        self.alarms = seconds is not None and hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
        self.armed = -1.0
        """When the process was last told to end itself; below 0 it is not to."""
        self.nowhere: Any = None
        self.before: Any = None

    def __enter__(self) -> Self:
        if self.seconds is not None:
            self.nowhere = open(os.devnull, "w")
        if self.alarms:
            self.before = signal.signal(signal.SIGALRM, _ring)
        if self.memory is not None:
            _limit(self.memory)
        return self

    def __exit__(self, *_: object) -> None:
        import faulthandler

        if self.seconds is not None:
            faulthandler.cancel_dump_traceback_later()
            self.nowhere.close()
        if self.alarms:
            signal.signal(signal.SIGALRM, self.before)
        if self.memory is not None:
            _limit(None)

    def run(self, work: Callable[[], T]) -> T:
        """Does some work.

        Raises:
            TooLong: It took too long.
            MemoryError: It took too much memory.
        """
        if self.seconds is None:
            return work()
        if not self.watched:
            self._watch(self.seconds + GRACE)
        if not self.alarms:
            return work()
        try:
            try:
                signal.setitimer(signal.ITIMER_REAL, self.seconds, AGAIN)
                return work()
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
        except TooLong:
            signal.setitimer(signal.ITIMER_REAL, 0)  # once more, as it may have rung just before it was turned off
            raise

    def free(self, work: Callable[[], T]) -> T:
        """Does some work that may take its time: the way to a file in a packed archive leads through all that is before it."""
        import faulthandler

        if self.armed >= 0:
            faulthandler.cancel_dump_traceback_later()
            self.armed = -1.0
        return work()

    def _watch(self, span: float) -> None:
        """Has the process end itself where nothing else helps, one to two spans from now: arming is not cheap enough for each file."""
        now = self.clock()
        if self.armed < 0 or now - self.armed > span:
            import faulthandler

            faulthandler.dump_traceback_later(2 * span, exit=True, file=self.nowhere)
            self.armed = now


def _ring(number: int, frame: Any) -> None:
    del number, frame
    raise TooLong


def _limit(memory: int | None) -> None:
    """Lets this process take so much memory more than it has now; None lifts the limit. Where the system knows no limits, nothing."""
    if sys.platform == "win32":
        return
    import resource

    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, most = resource.getrlimit(kind)
    wanted = most if memory is None else _taken() + memory
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))


def _taken() -> int:
    """How much memory this process has now, in bytes."""
    with suppress(OSError), open("/proc/self/status", encoding="ascii", errors="replace") as status:
        for line in status:
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0


def prepare() -> None:
    """What a process does that reads files for another: Ctrl-C is the other's to handle, it ends with it, garbage is rare."""
    import multiprocessing
    import multiprocessing.connection

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    rarely_collect()
    parent = multiprocessing.parent_process()
    if parent is not None:

        def follow() -> None:
            multiprocessing.connection.wait([parent.sentinel])
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()


def rarely_collect() -> None:
    """Has garbage looked for rarely: parsing makes few cycles, and looking for them costs a tenth of its time."""
    import gc

    gc.set_threshold(100_000, 50, 50)
