"""One run of `planparse check`: files in, findings out, fixes written, exit code told."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NamedTuple, TextIO

from planparse.cli.console import Console, wants_colour
from planparse.cli.output import opened
from planparse.errors import PlanparseError
from planparse.readers import STANDARD_INPUT
from planparse.report.formats import FORMATS

if TYPE_CHECKING:
    from planparse.checking.baseline import Baseline
    from planparse.checking.cache import Cache
    from planparse.checking.config import Configuration, Configurations, FailOn
    from planparse.checking.files import Checked
    from planparse.checking.policy import Asked, Policies
    from planparse.report.run import FileResult, Run

CACHE_FOLDER = "PLANPARSE_CACHE_DIR"
"""The variable that names the folder of the cache."""
SLOW = 1.0
"""After so many seconds a terminal is told how far the run is."""
OFTEN = 0.1
FALLBACK = (100, 24)
"""The size of a screen that is none."""
DEFAULT_FORMAT = "full"


class Options(NamedTuple):
    """What the command line says about the run as a whole."""

    fix: bool
    diff: bool
    unsafe: bool
    statistics: bool
    exit_zero: bool
    fail_on: FailOn | None
    baseline: str | None
    update_baseline: bool
    force: bool
    form: str | None
    out: str | None
    cache: bool
    cache_dir: str | None
    jobs: int | None
    force_exclude: bool
    stdin_filename: str | None
    color: Literal["auto", "always", "never"]


class Work:
    """One run over all files."""

    def __init__(
        self,
        console: Console,
        names: list[str],
        asked: Asked,
        options: Options,
        configurations: Configurations,
        memory: Cache | None = None,
    ) -> None:
        from planparse.checking.policy import Policies

        self.console = console
        self.options = options
        self.names = names
        self.configurations = configurations
        self.policies: Policies = Policies(asked, configurations)
        self.memory = memory
        self.first = self._first()
        self.form = options.form or self.first.output_format or DEFAULT_FORMAT
        screen = options.out is None and sys.stdout.isatty() and not (options.diff or options.statistics)
        self.shows_errors = screen and not FORMATS[self.form].machine and names != [STANDARD_INPUT]
        """Whether the report tells the person at the terminal what could not be read, so that it need not be told twice."""
        self.failed = False
        """Whether something could not be done."""
        self.diffs: list[str] = []
        self.gone = 0
        """How many findings of the baseline are there no more."""
        self.would = 0
        """How many fixes `--diff` shows."""
        self.baseline = self._baseline()

    def _first(self) -> Configuration:
        """The configuration of the first path: it speaks for the run as a whole."""
        name = self.names[0]
        if name == STANDARD_INPUT:
            name = self.options.stdin_filename or name
        path = os.path.abspath(name)
        return self.configurations.of_folder(path) if os.path.isdir(path) else self.configurations.of_file(path)

    def _baseline(self) -> Baseline | None:
        path = self.options.baseline or self.first.baseline
        if path is None:
            if self.options.update_baseline:
                raise PlanparseError("--update-baseline needs a file; name it with --baseline")
            return None
        from planparse.checking.baseline import Baseline

        baseline = Baseline(path)
        if not baseline.exists and not self.options.update_baseline:
            raise PlanparseError("{file}: there is no such baseline; --update-baseline makes it", file=path)
        return baseline

    def run(self, found: list[str]) -> int:
        """Checks the files and reports; the exit code."""
        from planparse.report.run import Run

        if not found:
            self.console.say("there is no file to check: a folder's are those that end as `planparse formats` says")
        results = [self._result(checked) for checked in self._checked(found)]
        run = Run(results, self.console.translate, self.options.unsafe, os.getcwd(), "en" if self.console.translate is str else "zh")
        failing = self._failing(results)
        if self.options.diff:
            with opened(self.options.out) as put:
                put("".join(self.diffs).encode("utf-8", "surrogateescape"))
            failing = bool(self.diffs)
            self.console.say("fixes that would be made: {count}", count=self.would)
        else:
            self._report(run)
        self._keep_baseline()
        return 2 if self.failed else 1 if failing and not self.options.exit_zero else 0

    # -- checking ------------------------------------------------------------------------------------------------

    def _checked(self, found: list[str]) -> Iterator[Checked]:
        if found == [STANDARD_INPUT]:
            yield self._standard_input()
            return
        from planparse.checking.many import check_files

        cache = self._cache(found)
        try:
            with _progress(self.console) as progress:
                for checked in check_files(found, self.policies, cache, self.options.jobs, progress):
                    yield self._written(checked) if self.options.fix and checked.data is not None else checked
        finally:
            if cache is not None and cache is not self.memory:
                cache.close()

    def _standard_input(self) -> Checked:
        from planparse.checking.files import check_file
        from planparse.readers import read_bytes

        name = self.options.stdin_filename or STANDARD_INPUT
        data = read_bytes(STANDARD_INPUT, name)
        checked = check_file(name, self.policies.of(name), data)
        if self.options.fix:
            with opened(None) as put:
                put(checked.data if checked.data is not None else data)
        return checked

    def _cache(self, found: list[str]) -> Cache | None:
        """What earlier runs found; of a single file it is found again as fast."""
        if self.memory is not None:
            return self.memory
        if not self.options.cache or len(found) < 2:
            return None
        from planparse.checking.cache import FOLDER, Cache

        home = self.first.folder if self.first.file is not None else os.getcwd()
        return Cache(self.options.cache_dir or os.environ.get(CACHE_FOLDER) or os.path.join(home, FOLDER))

    def _written(self, checked: Checked) -> Checked:
        """Writes a mended file; where that fails, what is wrong with it is still to be told."""
        from planparse.checking.files import check_file

        assert checked.data is not None
        try:
            with opened(checked.path) as put:
                put(checked.data)
        except PlanparseError as error:
            self.console.error(error)
        except OSError as error:
            self.console.say("{name}: cannot be written ({reason})", name=checked.path, reason=error.strerror or str(error))
        else:
            return checked
        self.failed = True
        return check_file(checked.path, self.policies.of(checked.path)._replace(fix=False))

    def _result(self, checked: Checked) -> FileResult:
        """A file's row of the report; what belongs in none is said now."""
        from planparse.checking.files import shown
        from planparse.messages import fill
        from planparse.report.run import FileResult, where

        translate = self.console.translate
        name = shown(checked.path)
        for note in checked.notes:
            self.console.error(note)
        if checked.findings is None:
            assert checked.error is not None
            self.failed = True
            if not self.shows_errors:
                self.console.error(checked.error)
            if checked.trace and os.environ.get("PLANPARSE_DEBUG"):
                self.console.line(checked.trace.rstrip())
            return FileResult(name, [], error=fill(translate, checked.error.message, checked.error.values))
        violations, known = checked.findings.violations, 0
        if self.baseline is not None:
            sifted = self.baseline.sift(checked.path, violations, self.policies.of(checked.path).selection.severities)
            violations, known = sifted.new, sifted.known
            if self.options.update_baseline and (self.options.force or not self.baseline.exists):
                violations, known = [], known + len(violations)  # from now on
            self.gone += sifted.gone
        result = FileResult(
            name,
            violations,
            checked.findings.silenced,
            known,
            checked.findings.media_type,
            _reader(checked),
            None,
            sum(checked.made.values()),
        )
        for violation in checked.refused:
            self.console.say(
                "{place}: {code} {name}: its fix would change more than it may and was not made; mend it by hand",
                place=where(result, violation, translate), code=violation.code, name=violation.name,
            )  # fmt: skip
        if checked.unsettled:
            self.failed = True
            self.console.say(
                "{name}: the fixes of {rules} undo each other, so nothing was changed; leave one out with --ignore",
                name=name, rules=", ".join(checked.unsettled),
            )  # fmt: skip
        if self.options.diff and checked.after is not None:
            from planparse.checking.difference import difference

            self.diffs += difference(name, checked.before, checked.after)
            self.would += result.fixed
        return result

    # -- reporting -----------------------------------------------------------------------------------------------

    def _failing(self, results: list[FileResult]) -> bool:
        """Whether a finding is as grave as its file's configuration, or the command line, says."""
        from planparse.checking.config import FAIL_ON

        for result in results:
            if result.violations:
                level = self.options.fail_on or self.configurations.of_file(result.name).fail_on or FAIL_ON
                graver = {"any": ("error", "warning", "information"), "warning": ("error", "warning"), "error": ("error",), "never": ()}[
                    level
                ]
                if any(violation.severity in graver for violation in result.violations):
                    return True
        return False

    def _report(self, run: Run) -> None:
        """Findings on standard output or in a file; beside a mended text they go to standard error, as do words about them."""
        from planparse.report import statistics
        from planparse.report.formats import render
        from planparse.report.wording import summary

        beside = self.options.fix and self.names == [STANDARD_INPUT]
        colour = self._colour(sys.stderr if beside else sys.stdout)
        if self.options.statistics:
            text = statistics.write_json(run) if self.form == "json" else statistics.write(run)
        else:
            text = render(run, self.form, width=shutil.get_terminal_size(FALLBACK).columns, colour=colour)
        if beside:
            sys.stderr.write(text)
        else:
            with opened(self.options.out) as put:
                put(text.encode("utf-8", "surrogateescape"))
        told = self.form == "full" and not self.options.statistics and self.options.out is None
        if not told and not FORMATS[self.form].machine:
            self.console.line(summary(run))

    def _colour(self, stream: TextIO) -> bool:
        """Whether to colour: `--color`, else NO_COLOR and FORCE_COLOR, else whether it is a terminal."""
        if self.options.color != "auto":
            return self.options.color == "always"
        if os.environ.get("NO_COLOR"):
            return False
        return bool(os.environ.get("FORCE_COLOR")) or (self.options.out is None and wants_colour(stream))

    def _keep_baseline(self) -> None:
        """Writes the baseline if it is to be updated; says what is in it for nothing if not."""
        baseline, options = self.baseline, self.options
        if baseline is None:
            return
        if not options.update_baseline:
            gone = self.gone + sum(baseline.counts[file].total() for file in baseline.lost())
            if gone:
                self.console.say(
                    "{file}: {count} known findings are there no more; --update-baseline takes them out", file=baseline.path, count=gone
                )
            return
        from planparse.checking.baseline import render

        counts = baseline.update(force=options.force)
        with opened(baseline.path) as put:
            put(render(counts).encode())
        self.console.say("{file}: knows {count} findings", file=baseline.path, count=sum(counted.total() for counted in counts.values()))


def _reader(checked: Checked) -> Callable[[], str]:
    """Reads a file's text again, for reports that show it; a mended one is at hand."""
    if checked.after is not None:
        text = checked.after
        return lambda: text

    def read_again() -> str:
        from planparse.readers import read

        return read(checked.path).text

    return read_again


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[int, int], None] | None]:
    """Tells a terminal how far a long run is, in a line that goes away."""
    if not sys.stderr.isatty():
        yield None
        return
    last, told = time.monotonic() + SLOW - OFTEN, False

    def progress(done: int, count: int) -> None:
        nonlocal last, told
        now = time.monotonic()
        if now - last >= OFTEN:
            last, told = now, True
            text = console.translate("{done} of {count} files").format(done=done, count=count)
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()

    try:
        yield progress
    finally:
        if told:
            sys.stderr.write("\r\x1b[K")
