"""`planparse batch`: a whole archive, one record for each file."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from planparse.cli.console import Console
from planparse.cli.inputs import EncodingOption
from planparse.cli.times import AsOfOption, TermStartOption, YearOption, day
from planparse.errors import PlanparseError

if TYPE_CHECKING:
    from planparse.corpus.engines import Engine
    from planparse.corpus.items import Item
    from planparse.corpus.job import Job
    from planparse.corpus.ledger import Ledger
    from planparse.corpus.output import Output
    from planparse.corpus.run import Outcome, Progress

EXAMPLES = (
    ("A folder, one record a line", "planparse batch plans -o plans.jsonl"),
    ("Go on where a run was interrupted, or with what is new", "planparse batch plans -o plans.jsonl --resume"),
    ("Archives and patterns, into tables to ask questions", "planparse batch a.zip 'b/**/*.docx' -o plans.parquet"),
    ("Files that may do harm", "planparse batch crawl -o crawl.jsonl --timeout 20 --max-memory 2G"),
    ("The third of eight machines", "planparse batch /data/plans -o /data/out/ --shard 3/8"),
    ("A Ray cluster", "planparse batch s3://in/plans -o s3://out/plans/ --engine ray --address auto"),
)
SECONDS = 60.0
"""So long a file may take if nothing else is said."""
SIZES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
TOLD = 10
"""So many failures are told; the records have all."""


def batch(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Files, folders, patterns, archives, packs, @lists.", show_default=False),
    ] = None,
    out: Annotated[
        str, typer.Option("-o", "--output", metavar="OUT", help=".jsonl, .jsonl.zst, .parquet, .duckdb, .sqlite, a folder.")
    ] = "",
    files_from: Annotated[
        list[str] | None, typer.Option("--files-from", metavar="LIST", help="A file of paths, one a line.", show_default=False)
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Skip what is done and did not change.")] = False,
    retry: Annotated[bool, typer.Option("--retry", help="Like --resume, and files with errors again.")] = False,
    jobs: Annotated[int | None, typer.Option("-j", "--jobs", metavar="N", min=1, help="So many processes.", show_default=False)] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0.0, help="For a file: 60; 0 is without end.", show_default=False)
    ] = SECONDS,
    max_memory: Annotated[
        str | None, typer.Option("--max-memory", metavar="SIZE", help="For a file: 500M, 2G.", show_default=False)
    ] = None,
    shard: Annotated[str | None, typer.Option("--shard", metavar="I/N", help="Only the I-th of N shares.", show_default=False)] = None,
    engine: Annotated[
        Literal["local", "ray"], typer.Option("--engine", metavar="NAME", help="local (default) or ray.", show_default=False)
    ] = "local",
    address: Annotated[
        str | None, typer.Option("--address", metavar="ADDRESS", help="Of the Ray cluster: auto, ray://…", show_default=False)
    ] = None,
    no_positions: Annotated[bool, typer.Option("--no-positions", help="Leave out lines, columns and offsets.")] = False,
    encoding: EncodingOption = None,
    year: YearOption = None,
    as_of: AsOfOption = None,
    term_start: TermStartOption = None,
) -> None:
    """Read a whole archive: one record for each file.

    A record has the file's "source" with its hash, and its "document" or an
    "error"; no file stops the run. Work in progress is in OUT.parts, beside
    OUT, and stays there for --resume; a folder holds its parts itself.
    Exit code: 0 all read; 1 some records are errors; 2 the run could not be
    done, or not all could be written.
    """
    from planparse.corpus.ledger import Ledger
    from planparse.corpus.listing import LIST, items
    from planparse.corpus.output import output

    console: Console = ctx.obj
    names = [*(paths or ()), *(LIST + name for name in files_from or ())]
    if not names:
        raise PlanparseError("no file was named; name files, folders, patterns, archives or lists (see --help)")
    if not out:
        raise PlanparseError("-o is missing: name the file or folder that the records go to")
    if address is not None and engine != "ray":
        raise PlanparseError("--address needs --engine ray")
    resume = resume or retry
    part = _share(shard)
    memory = _memory(max_memory)
    place = output(out)
    job = _job(place, timeout, memory, encoding, year, as_of, term_start, positions=not no_positions)
    begun = time.monotonic()
    found = items(names, place.path)
    if not found:
        raise PlanparseError("there is no file to read: a folder's are those that end as `planparse formats` says")
    if part is not None:
        from planparse.corpus.shards import share

        found = share(found, *part)
    from planparse.corpus.storage import Folder

    ledger = Ledger(Folder(place.parts), job.key)
    work = _Run(console, job, place, ledger, found, whole=part is None)
    if resume and not retry and part is None and work.nothing_to_do():
        raise typer.Exit(work.end())
    ledger.folder.make()
    _begin(ledger, place, resume=resume, shared=part is not None)
    todo = ledger.todo(found, retry=retry) if resume else found
    work.do(todo, lambda: _engine(engine, jobs, address), begun)
    raise typer.Exit(work.end())


def _job(
    place: Output, timeout: float, memory: int | None, encoding: str | None, year: int | None, as_of: str | None, term_start: str | None,
    *, positions: bool,
) -> Job:  # fmt: skip
    from planparse import __version__
    from planparse.corpus.job import Job
    from planparse.corpus.records import Asked, read_document

    asked = Asked(encoding, year, day("--as-of", as_of), day("--term-start", term_start), positions)
    return Job(place.parts, asked, __version__, read_document, time.perf_counter, timeout or None, memory, place.packed)


def _begin(ledger: Ledger, place: Output, *, resume: bool, shared: bool) -> None:
    """Makes way for a run: what an earlier one left is taken up, or taken away if it came to its end."""
    if resume:
        ledger.load()
    elif not shared:
        from planparse.corpus.parts import ours

        if any(map(ours, ledger.folder.sizes())) and not ledger.finished():
            raise PlanparseError(
                "{name}: an earlier run did not come to its end; go on with --resume, or remove this folder first", name=place.parts
            )
        ledger.clear()


class _Run:
    """What there is to do, and what is to be said of it."""

    def __init__(self, console: Console, job: Job, place: Output, ledger: Ledger, found: list[Item], *, whole: bool) -> None:
        from planparse.corpus.items import digest

        self.console = console
        self.job = job
        self.place = place
        self.ledger = ledger
        self.found = found
        self.whole = whole
        """Whether this run is about all files, not about a share of them."""
        self.digest = digest(job.key, found)
        self.records = 0
        self.errors: dict[str, int] = {}
        self.failed = False
        """Whether something could not be done."""

    def nothing_to_do(self) -> bool:
        """Whether the last run was about the same files, in the same state, and its result is still there."""
        said = self.ledger.finished()
        if said.get("digest") != self.digest or said.get("state") != self.place.state():
            return False
        self.records, self.errors = said["records"], said["errors"]
        self.console.say("nothing to do: {count} records are up to date", count=self.records)
        return True

    def do(self, todo: list[Item], engine: Callable[[], Engine], begun: float) -> None:
        """Reads what is to do and puts the result together."""
        from planparse.corpus.run import run

        self.ledger.unfinish()
        outcome = None
        if todo:
            try:
                with _progress(self.console) as tell:
                    outcome = run(self.job, self.ledger, todo, engine(), tell)
            except KeyboardInterrupt:
                self.console.say("stopped; go on with --resume")
                raise
            for failure in outcome.failures[:TOLD]:
                self.console.error(failure.error)
            if len(outcome.failures) > TOLD:
                self.console.say("… and {count} more; the records have them all", count=outcome.errors.total() - TOLD)
            if outcome.unwritten:
                self.failed = True
                reason = getattr(outcome.reason, "strerror", None) or str(outcome.reason)
                self.console.say(
                    "{name}: {count} files have no record ({reason}); go on with --resume",
                    name=self.place.parts, count=outcome.unwritten, reason=reason,
                )  # fmt: skip
        count, kinds = self.ledger.errors(self.found)
        self.records, self.errors = count, dict(kinds)
        if not self.failed and self.whole:
            self._finish()
        self._summary(outcome, time.monotonic() - begun)

    def _finish(self) -> None:
        try:
            self.place.make(self.ledger, self.found)
            self.ledger.finish({"digest": self.digest, "state": self.place.state(), "records": self.records, "errors": self.errors})
        except OSError as error:
            self.failed = True
            self.console.say(
                "{name}: cannot be written ({reason}); go on with --resume", name=self.place.path, reason=error.strerror or str(error)
            )

    def _summary(self, outcome: Outcome | None, seconds: float) -> None:
        failed = sum(self.errors.values())
        kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.errors.items()))
        if failed:
            self.console.say("{count} records, {failed} of them errors: {kinds}", count=self.records, failed=failed, kinds=kinds)
        else:
            self.console.say("{count} records, no errors", count=self.records)
        if outcome is not None:
            self.console.say(
                "{count} files read in {seconds} s: {rate} files/s, {speed} MB/s",
                count=outcome.files, seconds=f"{seconds:.1f}", rate=f"{outcome.files / seconds:.0f}",
                speed=f"{outcome.bytes / seconds / 1e6:.2f}",
            )  # fmt: skip
        if not self.whole and not self.failed:
            self.console.say(
                "this share is done; when all are, the same command with --resume and without --shard puts {name} together",
                name=self.place.path,
            )

    def end(self) -> int:
        """The exit code."""
        return 2 if self.failed else 1 if any(self.errors.values()) else 0


def _engine(name: str, jobs: int | None, address: str | None) -> Engine:
    if name == "ray":
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # what a bureau reads is nobody's statistics
        from planparse.corpus.cluster import Cluster

        return Cluster(address, jobs)
    from planparse.checking.cores import cores
    from planparse.corpus.engines import Local

    return Local(jobs or cores())


def _share(given: str | None) -> tuple[int, int] | None:
    if given is None:
        return None
    match = re.fullmatch(r"(\d+)/(\d+)", given)
    if match is None or not 1 <= int(match[1]) <= int(match[2]):
        raise PlanparseError("--shard {text}: write it as 3/8, the third of eight", text=given)
    return int(match[1]), int(match[2])


def _memory(given: str | None) -> int | None:
    if given is None:
        return None
    match = re.fullmatch(r"(\d+)([KMGT]?)i?B?", given, re.IGNORECASE)
    if match is None or not int(match[1]):
        raise PlanparseError("--max-memory {text}: write it as 500M or 2G", text=given)
    return int(match[1]) * SIZES[match[2].upper()]


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[Progress], None] | None]:
    """A bar on a terminal, with rate, failures and time left; nothing elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console as Screen
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    with Bar(
        BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TextColumn("{task.description}"), TimeRemainingColumn(),
        console=Screen(file=sys.stderr), transient=True,
    ) as bar:  # fmt: skip
        task: Any = bar.add_task("", total=None)
        begun = time.monotonic()

        def tell(progress: Progress) -> None:
            rate = progress.files / max(time.monotonic() - begun, 1e-9)
            text = console.translate("{done} files, {rate} a second, {failed} failed").format(
                done=progress.files, rate=f"{rate:.0f}", failed=progress.errors
            )
            bar.update(task, total=max(progress.total, 1), completed=progress.done, description=text)

        yield tell
