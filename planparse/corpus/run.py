"""One run: what is left to do goes to an engine in shards, what failed is done again with care, then the result is put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from functools import partial
from typing import NamedTuple

from planparse.corpus.engines import Engine
from planparse.corpus.items import Item
from planparse.corpus.job import SHOWN, Job
from planparse.corpus.ledger import Ledger
from planparse.corpus.records import Failure
from planparse.corpus.shards import Shard, plan_shards
from planparse.corpus.work import Done, run_shard
from planparse.errors import PlanparseError

MOST_UNWRITTEN = 3
"""After so many shards in a row that could not be written, no more are tried."""


class Progress(NamedTuple):
    """How far a run is."""

    files: int
    bytes: int
    errors: int
    done: int
    """The bytes of items done, whether read or not."""
    total: int
    """The bytes of all items there were to do."""
    items: int
    """How many items there were to do."""


class Outcome(NamedTuple):
    """What came of the files that were left to do."""

    files: int
    bytes: int
    errors: Counter[str]
    failures: list[Failure]
    """The first of them."""
    unwritten: int
    """How many items have no records, as these could not be written."""
    reason: BaseException | None
    """Why not."""


def run(job: Job, ledger: Ledger, todo: list[Item], engine: Engine, tell: Callable[[Progress], object] | None = None) -> Outcome:
    """Reads what is to do; the ledger knows of all that was written.

    Args:
        job: How, and where to.
        ledger: What is done.
        todo: The items.
        engine: Who does the work.
        tell: Told after each shard how far the run is.

    Raises:
        PlanparseError: The engine cannot work.
    """
    this = _Run(job, ledger, todo, tell)
    shards = this.read(plan_shards(todo, job.key), engine)
    if shards and this.unwritten < MOST_UNWRITTEN:
        this.read((shard._replace(careful=True) for shard in shards), engine)
    missing = sum(ledger.row(item) is None for item in todo)
    return Outcome(this.files, this.bytes, this.errors, this.failures, missing, this.reason if missing else None)


class _Run:
    """A run's work so far."""

    def __init__(self, job: Job, ledger: Ledger, todo: list[Item], tell: Callable[[Progress], object] | None) -> None:
        self.job = job
        self.ledger = ledger
        self.items = len(todo)
        self.total = sum(item.size for item in todo)
        self.tell = tell
        self.files = self.bytes = self.done = 0
        self.errors = Counter[str]()
        self.failures: list[Failure] = []
        self.unwritten = 0
        """How many shards in a row could not be written."""
        self.reason: BaseException | None = None

    def read(self, shards: Iterable[Shard], engine: Engine) -> list[Shard]:
        """Has shards read; those that have no part."""
        failed: list[Shard] = []
        with closing(engine(partial(run_shard, self.job), shards)) as results:
            for shard, result, error in results:
                if result is not None:
                    self.add(shard, result)
                    continue
                if isinstance(error, PlanparseError):
                    raise error
                failed.append(shard)
                self.reason = error
                if isinstance(error, OSError):
                    self.unwritten += 1
                    if self.unwritten == MOST_UNWRITTEN:
                        break
        return failed

    def add(self, shard: Shard, result: Done) -> None:
        """A shard whose part is written."""
        self.unwritten = 0
        self.ledger.add(result.part)
        self.files += result.files
        self.bytes += result.bytes
        self.errors += result.errors
        self.failures += result.failures[: SHOWN - len(self.failures)]
        self.done += sum(item.size for item in shard.items)
        if self.tell is not None:
            self.tell(Progress(self.files, self.bytes, self.errors.total(), self.done, self.total, self.items))
