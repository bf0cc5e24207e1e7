"""Reads a made archive in one process, in several and on Ray, then once more with nothing to do: `python tests/benchmarks/batch.py [--files N]`.

Prints Markdown tables and draws `batch.svg` beside this file. The files are made by `archive.py`, the same at every run. CPU is that of all
processes that a run starts, daemons of Ray included; memory is read from /proc while it runs. Needs Linux; Ray is left out where it is missing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
sys.path[:0] = [str(ROOT), str(HERE.parent)]

from archive import generate  # noqa: E402

MB = 1_000_000
WATCH = """
import ctypes, json, os, resource, subprocess, sys, threading, time
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # orphans become our children, so that their CPU is counted too
samples, spent, over = [], {}, False
tick = os.sysconf("SC_CLK_TCK")
def family():
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                fields = open(f"/proc/{name}/stat").read().rpartition(")")[2].split()
            except OSError:
                continue
            used = (int(fields[11]) + int(fields[12])) / tick
            parents.setdefault(int(fields[1]), []).append((int(name), int(fields[21]) * 4096, used))
    left, found = [os.getpid()], []
    while left:
        for pid, size, used in parents.get(left.pop(), []):
            found.append(size)
            left.append(pid)
            spent[pid] = used
    return found
def watch():
    while not over:
        sizes = family()
        samples.append((time.monotonic(), sum(sizes), max(sizes, default=0)))
        time.sleep(0.5)
thread = threading.Thread(target=watch)
begun = time.monotonic()
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
thread.start()
code = process.wait()
wall = time.monotonic() - begun
over = True
thread.join()
while True:
    try:
        os.wait()
    except ChildProcessError:
        break
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"code": code, "wall": wall, "cpu": max(usage.ru_utime + usage.ru_stime, sum(spent.values())), "samples": samples}))
"""
"""Runs a command in a process of its own and tells what it and all that it started took. CPU of processes that nobody waits for, as those of
Ray, is that of the last look at them."""

SERIAL = """
import sys, time, gc
gc.set_threshold(100_000, 50, 50)
from planparse.corpus.engines import Here
from planparse.corpus.job import Job
from planparse.corpus.ledger import Ledger
from planparse.corpus.listing import items
from planparse.corpus.output import output
from planparse.corpus.records import Asked, read_document
from planparse.corpus.run import run
from planparse.corpus.storage import Folder
place = output(sys.argv[2])
job = Job(place.parts, Asked(), "0", read_document, time.perf_counter, 60.0, None, place.packed)
ledger = Ledger(Folder(place.parts), job.key)
ledger.folder.make()
found = items([sys.argv[1]], place.path)
assert run(job, ledger, found, Here()).errors.total() == 0
place.make(ledger, found)
"""
"""The same work in one process."""


class Run(NamedTuple):
    """What a run took."""

    wall: float
    cpu: float
    peak: float
    """The most that its processes had together, in MB."""
    early: float
    """What they had together in the second quarter of the run, in MB."""
    late: float
    """The same in its last quarter."""


def measured(*command: str) -> Run:
    """A command's run."""
    variables = os.environ | {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "RAY_USAGE_STATS_ENABLED": "0"}
    done = subprocess.run([sys.executable, "-c", WATCH, *command], capture_output=True, text=True, env=variables, check=True)
    said: dict[str, Any] = json.loads(done.stdout)
    assert said["code"] == 0, command
    samples = [total / MB for _, total, _ in said["samples"]]
    n = len(samples)
    early, late = samples[n // 4 : n // 2] or [0], samples[-(n // 4) - 1 : -1] or [0]
    return Run(said["wall"], said["cpu"], max(samples), statistics.median(early), statistics.median(late))


def planparse(*arguments: str) -> tuple[str, ...]:
    """The command line of a run."""
    return (sys.executable, "-m", "planparse", *arguments)


def chart(rates: dict[str, float], path: Path, title: str) -> None:
    """Bars of files a second."""
    width, bar, left, top = 640, 34, 190, 48
    most = max(rates.values())
    height = top + bar * len(rates) + 16
    rows = []
    for k, (name, rate) in enumerate(rates.items()):
        y = top + k * bar
        length = (width - left - 70) * rate / most
        rows += [
            f'<text x="{left - 10}" y="{y + 18}" text-anchor="end">{name}</text>',
            f'<rect x="{left}" y="{y + 3}" width="{length:.0f}" height="{bar - 12}" rx="2" fill="#3b6ea5"/>',
            f'<text x="{left + length + 8:.0f}" y="{y + 18}">{rate:.0f}</text>',
        ]
    style = "<style>text{font:14px sans-serif;fill:#222}@media(prefers-color-scheme:dark){text{fill:#ddd}}</style>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">'
    lines = [head, f"<title>{title}</title>", style, f'<text x="16" y="26" style="font-weight:bold">{title}</text>', *rows, "</svg>"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Makes the archive, runs, tells."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1, help="serial and parallel runs in turns, the best of each counts")
    parser.add_argument("--chart", type=Path, default=HERE.with_name("batch.svg"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="planparse-batch-") as folder:
        told(Path(folder), given)


def told(folder: Path, given: argparse.Namespace) -> None:
    """The tables."""
    size = generate(folder / "in", given.files)
    generate(folder / "few", 2)
    source, jobs = str(folder / "in"), str(given.jobs)
    number = 0

    def fresh() -> str:
        nonlocal number
        number += 1
        return str(folder / f"out{number}.jsonl")

    kinds = {
        "one process, no pool": lambda place, out: (sys.executable, "-c", SERIAL, place, out),
        "pool of 1": lambda place, out: planparse("batch", place, "-o", out, "-j", "1"),
        f"pool of {jobs}": lambda place, out: planparse("batch", place, "-o", out, "-j", jobs),
    }
    if find_spec("ray"):
        kinds[f"Ray, {jobs} tasks"] = lambda place, out: planparse("batch", place, "-o", out, "-j", jobs, "--engine", "ray")
    runs: dict[str, list[Run]] = {name: [] for name in kinds}
    starts: dict[str, list[float]] = {name: [] for name in kinds}
    for _ in range(given.rounds):
        for name, command in kinds.items():
            starts[name].append(measured(*command(str(folder / "few"), fresh())).wall)
            runs[name].append(measured(*command(source, fresh())))
    print(
        f"CPython {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    )
    print(f"\n{given.files:,} files, {size / MB:.1f} MB; a result has {Path(f'{folder}/out2.jsonl').stat().st_size / MB:.0f} MB.\n")
    print(
        "| run | seconds | start-up | files/s after it | MB/s | × one process | CPU seconds | × one process | peak MB | 2nd quarter → last |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    rates: dict[str, float] = {}
    first = None
    for name, several in runs.items():
        best = min(several, key=lambda run: run.wall)
        start = min(starts[name])
        span = best.wall - start
        rates[name] = given.files / span
        first = first or (span, best.cpu)
        print(
            f"| {name} | {best.wall:.1f} | {start:.1f} | {rates[name]:.0f} | {size / MB / span:.2f} | {first[0] / span:.2f} "
            f"| {best.cpu:.1f} | {best.cpu / first[1]:.2f} | {best.peak:.0f} | {best.early:.0f} → {best.late:.0f} |"
        )
    idle(folder, source)
    chart(rates, given.chart, f"Files a second, {given.files:,} files on {os.cpu_count()} cores")


def idle(folder: Path, source: str) -> None:
    """A run with nothing to do, beside what it cannot do without."""
    out = str(folder / "out3.jsonl")
    listing = "import sys, time; from planparse.corpus.listing import items; items([sys.argv[1]], '')"
    waits: dict[str, list[float]] = {
        "planparse --help": [],
        "listing, in a process of its own": [],
        "python -c pass": [],
        "nothing to do": [],
    }
    commands = [
        planparse("--help"),
        (sys.executable, "-c", listing, source),
        (sys.executable, "-c", "pass"),
        planparse("batch", source, "-o", out, "--resume"),
    ]
    for _ in range(5):
        for wait, command in zip(waits.values(), commands, strict=True):
            begun = time.perf_counter()
            subprocess.run(command, check=True, capture_output=True, env=os.environ | {"PYTHONPATH": str(ROOT)})
            wait.append(time.perf_counter() - begun)
    print("\n| run | ms |\n|---|---:|")
    for name, wait in waits.items():
        print(f"| {name} | {statistics.median(wait) * 1000:.0f} |")
    start, listed, bare, done = (statistics.median(wait) for wait in waits.values())
    print(f"\nNothing to do ÷ (2 × start-up + listing): {done / (2 * start + listed - bare):.2f} (target ≤ 1)")


if __name__ == "__main__":
    main()
