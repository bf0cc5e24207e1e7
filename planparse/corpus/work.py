"""One task: reads the files of a shard and writes their records as a part. Runs in a process of its own, here or elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator
from contextlib import closing
from hashlib import sha256
from typing import NamedTuple

from planparse.corpus.apart import Apart, Ended
from planparse.corpus.contents import File, Opened, files
from planparse.corpus.job import SHOWN, Job
from planparse.corpus.limits import Limits, TooLong
from planparse.corpus.parts import Index, Row, write_part
from planparse.corpus.records import CRASH, FAULT, MEMORY, TIMEOUT, UNREADABLE, Document, Failure, line
from planparse.corpus.shards import Shard
from planparse.corpus.storage import Folder
from planparse.errors import PlanparseError

_opened = Opened()
"""The archive that this process read last."""


class Done(NamedTuple):
    """What came of a shard."""

    part: Index
    files: int
    bytes: int
    errors: Counter[str]
    failures: list[Failure]
    """The first of them."""


def run_shard(job: Job, shard: Shard) -> Done:
    """Reads a shard and writes its part. What is wrong with a file is in its record.

    Raises:
        OSError: The part cannot be written.
    """
    task = _Task(job, shard)
    with closing(task.lines()) as lines:
        index = write_part(Folder(job.folder), shard.id, job.key, lines, task.rows, packed=job.packed)
    return Done(index, task.count, task.size, task.errors, task.failures)


class _Task:
    """A shard on its way to records."""

    def __init__(self, job: Job, shard: Shard) -> None:
        self.job = job
        self.shard = shard
        self.rows: list[Row] = []
        self.count = self.size = 0
        self.errors = Counter[str]()
        self.failures: list[Failure] = []

    def lines(self) -> Generator[bytes]:
        """The records, one after the other."""
        job = self.job
        apart = Apart(job.read, job.asked, job.seconds, job.memory, job.clock) if self.shard.careful else None
        try:
            with Limits(job.seconds, job.memory, job.clock, watched=apart is not None) as limits:
                for item in self.shard.items:
                    state, readable, count, errors = sha256(), True, 0, Counter[str]()
                    for file in files([item], _opened):
                        record, data, failure = self.record(file, limits, apart)
                        yield record
                        count += 1
                        if data is None:
                            readable = False
                        else:
                            state.update(data)
                            self.size += len(data)
                        if failure is not None:
                            errors[failure.kind] += 1
                            if len(self.failures) < SHOWN:
                                self.failures.append(failure)
                    self.rows.append(Row(item.name, item.size, item.stamp, state.hexdigest() if readable else "", count, dict(errors)))
                    self.count += count
                    self.errors += errors
        finally:
            if apart is not None:
                apart.close()

    def record(self, file: File, limits: Limits, apart: Apart | None) -> tuple[bytes, bytes | None, Failure | None]:
        """A file's record, its bytes if they could be read, and why there is no document if there is none."""
        job, name, clock = self.job, file.name, self.job.clock
        data: bytes | None = None
        begun = clock()

        def made(outcome: Document | Failure) -> bytes:
            hashed, size = (None, None) if data is None else (sha256(data).hexdigest(), len(data))
            return line(name, hashed, size, outcome, clock() - begun, job.version)

        try:
            data = read = limits.free(file.load) if file.item.kind == "tar" else limits.run(file.load)
            document = apart.read(read, name) if apart is not None else limits.run(lambda: job.read(read, name, job.asked))
            return made(document), data, None
        except TooLong:
            failure = Failure(
                TIMEOUT, PlanparseError("{name}: took longer than {seconds} seconds", name=name, seconds=f"{job.seconds or 0:g}")
            )
        except MemoryError:
            failure = Failure(MEMORY, PlanparseError("{name}: takes more memory than it may", name=name))
        except Ended:
            failure = Failure(CRASH, PlanparseError("{name}: ended the process that read it; please report it with this file", name=name))
        except PlanparseError as error:
            failure = Failure(UNREADABLE, error)
        except Exception as error:  # noqa: BLE001 - one file's fault must not stop the others
            reason = f"{type(error).__name__}: {error}".replace("\n", " ")
            failure = Failure(
                FAULT,
                PlanparseError(
                    "{name}: this is a fault of planparse ({reason}); please report it with this file", name=name, reason=reason
                ),
            )
        return made(failure), data, failure
