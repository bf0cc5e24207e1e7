"""Who does the work: `map_unordered(fn, items)` gives `(item, result, error)` as each is done, in any order."""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import BaseContext
from time import sleep
from typing import Any, Protocol, TypeAlias, TypeVar

from planparse.corpus.limits import prepare
from planparse.errors import PlanparseError

WINDOW = 4
"""So many tasks for each worker are under way at once."""
PRELOADED = ["planparse.corpus.work", "planparse.readers.render", "planparse.syntax.parse", "planparse.writers.json"]
"""Loaded once, for all processes."""

STARTS = 8
"""So often in a row may the start of processes fail."""
PAUSE = 0.1
"""So many seconds more are waited after each: the system takes its time to clear away what was ended."""

PATIENCE = 5.0
"""So many seconds a pool whose processes are gone has to take note of it."""

T = TypeVar("T")
R = TypeVar("R")
Results: TypeAlias = Generator[tuple[T, R | None, BaseException | None]]
"""Each item with what came of it, and the error if nothing did."""


class Lost(Exception):  # noqa: N818 - it is named for what it says
    """The process that was at an item ended."""


class Engine(Protocol):
    """An engine, ready to work."""

    def __call__(self, fn: Callable[[T], R], items: Iterable[T]) -> Results[T, R]:
        """Each item with what `fn` gave for it, or with the error that came of it: that of `fn`, or that its process ended."""


class Here:
    """No other process: what ends one ends the run."""

    def __call__(self, fn: Callable[[T], R], items: Iterable[T]) -> Results[T, R]:
        """One item after the other."""
        for item in items:
            try:
                result = fn(item)
            except Exception as error:  # noqa: BLE001 - it is handed on
                yield item, None, error
            else:
                yield item, result, None


class Local:
    """Processes on this machine.

    Args:
        jobs: How many.
    """

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def __call__(self, fn: Callable[[T], R], items: Iterable[T]) -> Results[T, R]:
        """The items as they are done.

        When a process ends, the pool is lost with it: the items that it may have been at get the error, the others go to a new pool.
        """
        source = iter(items)
        again: deque[T] = deque()
        waiting: dict[Future[R], T] = {}
        pool = self._pool()
        starts = 0
        try:
            while True:
                broken: BaseException | None = None
                while len(waiting) < WINDOW * self.jobs and broken is None:
                    try:
                        item = again.popleft() if again else next(source)
                    except StopIteration:
                        break
                    try:
                        waiting[pool.submit(fn, item)] = item
                    except (BrokenProcessPool, EOFError, OSError) as error:  # also when what starts processes is ended
                        again.appendleft(item)
                        broken = error
                        starts += 1
                if not waiting and broken is None:
                    pool.shutdown()
                    return
                for future in [] if broken else wait(waiting, return_when=FIRST_COMPLETED).done:
                    failure = future.exception()
                    if isinstance(failure, BrokenProcessPool):
                        broken = failure
                    else:
                        starts = 0
                        yield waiting.pop(future), None if failure else future.result(), failure
                if broken is not None:
                    if starts > STARTS:
                        raise PlanparseError("no process can be started ({reason})", reason=str(broken) or type(broken).__name__)
                    sleep(PAUSE * starts)
                    stop(pool)
                    lost: list[T] = []
                    for future, item in waiting.items():
                        failure = future.exception() if future.done() else broken
                        if failure is broken or isinstance(failure, BrokenProcessPool):
                            lost.append(item)
                        else:
                            yield item, None if failure else future.result(), failure
                    waiting.clear()
                    # Tasks begin in the order in which they were given; one more than there are workers is handed out.
                    again.extendleft(reversed(lost[self.jobs + 1 :]))
                    pool = self._pool()
                    for item in lost[: self.jobs + 1]:
                        yield item, None, Lost(str(broken))
        except BaseException:  # Ctrl-C above all: waiting for what nobody wants any more may take forever
            stop(pool)
            raise

    def _pool(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.jobs, mp_context=context(), initializer=prepare)


def context() -> BaseContext:
    """How processes are started: clean, as a copy of one with threads may hang."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(PRELOADED)
    return made


def stop(pool: ProcessPoolExecutor) -> None:
    """Ends a pool and all its processes at once, whatever they do."""
    # The pool has no way of its own to end them.
    processes: list[Any] = list((pool._processes or {}).values())  # noqa: SLF001
    thread: Any = pool._executor_manager_thread  # noqa: SLF001
    for process in processes:
        process.kill()
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        process.join()
    if thread is not None:
        thread.join(PATIENCE)
