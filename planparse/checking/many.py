"""Checks many files: what is remembered is not read again, and several processes share the rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from planparse.checking.cores import cores
from planparse.checking.files import Checked, Findings, check_file, mendable, shown
from planparse.checking.policy import Policies, Policy
from planparse.errors import PlanparseError
from planparse.readers import read_bytes

if TYPE_CHECKING:
    from planparse.checking.cache import Cache

MANY = 64
"""From so many files on that are to be read, several processes are worth their start."""
CHUNK = 16
"""So many files a process gets at a time."""

Task = tuple[str, Policy]
Packed = tuple[Checked, str | None, str | None]


def check_files(
    paths: Sequence[str],
    policies: Policies,
    cache: Cache | None = None,
    jobs: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Checked]:
    """What comes of each file, in the order of the paths.

    Args:
        paths: The files.
        policies: What holds for them.
        cache: What earlier runs found; this run's findings are added.
        jobs: How many processes; None takes all cores when there is enough to do.
        progress: Told after each file how many are done, and of how many.

    Raises:
        PlanparseError: A configuration cannot be read. What is wrong with a file is said by its result.
    """
    tasks = [(path, policies.of(path)) for path in paths]
    known: dict[int, Checked] = {}
    if cache is not None and not cache.empty:
        for k, (path, policy) in enumerate(tasks):
            found = _remembered(cache, path, policy)
            if found is not None:
                known[k] = found
    rest = [task for k, task in enumerate(tasks) if k not in known]
    if jobs is None:
        jobs = cores() if len(rest) >= MANY else 1
    fresh = _shared(rest, min(jobs, -(-len(rest) // CHUNK))) if jobs > 1 and len(rest) > CHUNK else _alone(rest)
    for k, (path, policy) in enumerate(tasks):
        checked = known.pop(k, None)
        if checked is None:
            checked = next(fresh)
            if cache is not None and checked.findings is not None:
                cache.put(checked.sha256, path, policy, checked.findings)
        if progress is not None:
            progress(k + 1, len(tasks))
        yield checked


def _remembered(cache: Cache, path: str, policy: Policy) -> Checked | None:
    """What is known of a file that nothing is left to do for."""
    from hashlib import sha256  # worth loading for many files only

    try:
        digest = sha256(read_bytes(path, shown(path))).hexdigest()
    except PlanparseError:
        return None  # it will be said when it is its turn
    findings = cache.get(digest, path, policy)
    if findings is None or (policy.fix and any(mendable(violation, unsafe=policy.unsafe) for violation in findings.violations)):
        return None
    return Checked(path, digest, findings)


def _alone(tasks: Sequence[Task]) -> Iterator[Checked]:
    return (check_file(*task) for task in tasks)


def _shared(tasks: Sequence[Task], jobs: int) -> Iterator[Checked]:
    from concurrent.futures import ProcessPoolExecutor

    chunks = [tasks[k : k + CHUNK] for k in range(0, len(tasks), CHUNK)]
    pool = ProcessPoolExecutor(jobs, initializer=_start)
    try:
        futures = deque(pool.submit(_chunk, chunk) for chunk in chunks)
        while futures:
            yield from map(_unpacked, futures.popleft().result())
    except BaseException:  # Ctrl-C above all: waiting for what nobody wants any more may take forever
        for process in list((pool._processes or {}).values()):  # noqa: SLF001 - the pool has no way of its own to end them
            process.kill()
        pool.shutdown(wait=False)
        raise
    pool.shutdown()


def _start() -> None:
    """What each process does first: Ctrl-C is the first process's to handle, and garbage is rare here."""
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(100_000, 50, 50)


def _chunk(tasks: Sequence[Task]) -> list[Packed]:
    return [_packed(check_file(*task)) for task in tasks]


def _packed(checked: Checked) -> Packed:
    """A result as it goes from one process to another: violations as JSON, as not all that they hold can be sent as it is."""
    findings = None if checked.findings is None else checked.findings.written()
    refused = Findings(list(checked.refused), 0, "").written() if checked.refused else None
    return checked._replace(findings=None, refused=()), findings, refused


def _unpacked(packed: Packed) -> Checked:
    checked, findings, refused = packed
    return checked._replace(
        findings=None if findings is None else Findings.read(findings),
        refused=() if refused is None else tuple(Findings.read(refused).violations),
    )
