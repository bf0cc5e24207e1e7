"""What tests of `planparse batch` share: small archives, and their records."""

import json
import time
from pathlib import Path

from planparse.corpus.engines import Here, Local
from planparse.corpus.job import Job
from planparse.corpus.ledger import Ledger
from planparse.corpus.listing import items
from planparse.corpus.records import Asked, read_document
from planparse.corpus.run import run
from planparse.corpus.storage import Folder


def plan(k):
    """A small plan; no two are alike."""
    return f"第{k}小学2024年工作计划\n一、培训教师{k + 2}人次\n二、3月{k % 28 + 1}日召开家长会\n"


def fill(folder, count):
    """Writes so many plans, each a file."""
    folder.mkdir(parents=True, exist_ok=True)
    for k in range(count):
        (folder / f"{k:04d}.txt").write_text(plan(k), "utf-8")
    return folder


def records(path):
    """The records of a file of JSON Lines, or of a folder of parts."""
    path = Path(path)
    files = sorted(path.glob("part-*.jsonl*")) if path.is_dir() else [path]
    return [json.loads(line) for file in files for line in unpacked(file).splitlines()]


def unpacked(path):
    data = Path(path).read_bytes()
    if path.suffix != ".zst":
        return data
    import zstandard

    return zstandard.ZstdDecompressor().stream_reader(data, read_across_frames=True).read()


def same(records):
    """Records without what differs from run to run."""
    return [{key: value for key, value in record.items() if key != "seconds"} for record in records]


def batch(folder, out, *, engine=None, read=read_document, seconds=None, memory=None, jobs=2):
    """A run by the library, into a folder; its outcome and its records by the names of the files."""
    found = items([str(folder)], str(out))
    job = Job(str(out), Asked(), "0", read, time.perf_counter, seconds, memory)
    ledger = Ledger(Folder(str(out)), job.key)
    ledger.folder.make()
    ledger.load()
    outcome = run(job, ledger, ledger.todo(found), engine or Local(jobs))
    return outcome, {Path(record["source"]["name"]).name: record for record in records(out)}


__all__ = ["Here", "batch", "fill", "plan", "records", "same"]
