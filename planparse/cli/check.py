"""`planparse check`: what is wrong with plans, and mending it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from planparse.cli.console import Console
from planparse.cli.inputs import EncodingOption, named, spare
from planparse.cli.output import opened
from planparse.cli.run import Options, Work
from planparse.cli.times import AsOfOption, TermStartOption, YearOption, settings
from planparse.errors import PlanparseError
from planparse.readers import STANDARD_INPUT
from planparse.report.formats import FORMATS

if TYPE_CHECKING:
    from planparse.checking.config import Configurations
    from planparse.checking.policy import Asked

EXAMPLES = (
    ("What is wrong with a plan", "planparse check plan.txt"),
    ("All plans of a folder, by the rules for official documents", "planparse check plans --profile official"),
    ("See what fixes would change", "planparse check plan.txt --diff"),
    ("Make the safe ones", "planparse check plan.txt --fix"),
    ("Only numbering and dates, but not mixed labels", "planparse check plans --select PN1,PN2 --ignore PN104"),
    ("Old findings are known from now on, new ones fail", "planparse check plans --baseline known.json --update-baseline"),
    ("Findings that GitHub shows beside the lines", "planparse check plans --output-format github"),
    ("From an editor", "planparse check - --stdin-filename plan.md < plan.md"),
)
Words = list[str] | None


def check(
    ctx: typer.Context,
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATH]...", help="Files, folders, patterns; - is standard input.", show_default=False),
    ] = None,
    select: Annotated[
        Words, typer.Option("--select", metavar="RULES", help="Run these instead: PN1,PN203,ALL.", show_default=False)
    ] = None,
    ignore: Annotated[Words, typer.Option("--ignore", metavar="RULES", help="Do not run these.", show_default=False)] = None,
    extend_select: Annotated[Words, typer.Option("--extend-select", metavar="RULES", help="Run these too.", show_default=False)] = None,
    profile: Annotated[
        Literal["default", "official", "crawl", "audit"] | None,
        typer.Option("--profile", metavar="NAME", help="default, official, crawl or audit.", show_default=False),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended safely.")] = False,
    unsafe_fixes: Annotated[bool, typer.Option("--unsafe-fixes", help="Unsafe fixes too.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change.")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="Count findings by rule.")] = False,
    output_format: Annotated[
        str | None,
        typer.Option("--output-format", metavar="FORMAT", help="full (default), concise, json, sarif …", show_default=False),
    ] = None,
    out: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write here, not to the screen.")] = None,
    fail_on: Annotated[
        Literal["error", "warning", "any", "never"] | None,
        typer.Option("--fail-on", metavar="LEVEL", help="error, warning (default), any, never.", show_default=False),
    ] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit with 0 for findings.")] = False,
    baseline: Annotated[str | None, typer.Option("--baseline", metavar="FILE", help="Findings that are known.", show_default=False)] = None,
    update_baseline: Annotated[bool, typer.Option("--update-baseline", help="Make the baseline, or take out what is gone.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Let the baseline grow.")] = False,
    config: Annotated[str | None, typer.Option("--config", metavar="FILE", help="This configuration.", show_default=False)] = None,
    isolated: Annotated[bool, typer.Option("--isolated", help="No configuration.")] = False,
    exclude: Annotated[Words, typer.Option("--exclude", metavar="PATTERN", help="Leave out of folders.", show_default=False)] = None,
    force_exclude: Annotated[bool, typer.Option("--force-exclude", help="Leave out named files too.")] = False,
    show_files: Annotated[bool, typer.Option("--show-files", help="List the files, check none.")] = False,
    stdin_filename: Annotated[
        str | None, typer.Option("--stdin-filename", metavar="NAME", help="What - is called.", show_default=False)
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again at every change.")] = False,
    jobs: Annotated[int | None, typer.Option("-j", "--jobs", metavar="N", min=1, help="So many processes.", show_default=False)] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Check unchanged files again.")] = False,
    cache_dir: Annotated[str | None, typer.Option("--cache-dir", metavar="FOLDER", help="Where the cache is.", show_default=False)] = None,
    color: Annotated[
        Literal["auto", "always", "never"],
        typer.Option("--color", metavar="WHEN", help="auto (default), always, never.", show_default=False),
    ] = "auto",
    encoding: EncodingOption = None,
    year: YearOption = None,
    as_of: AsOfOption = None,
    term_start: TermStartOption = None,
) -> None:
    """Find what is wrong with plans, and mend it.

    `planparse rules` lists the rules, `planparse explain` tells about one.
    In a text, <!-- planparse: ignore PN101 --> silences a rule on its line and
    the next. A planparse.toml, or [tool.planparse] in pyproject.toml, holds
    for the files of its folder and below.
    Exit code: 0 clean or all mended; 1 findings are left, errors or warnings
    (see --fail-on), or --diff shows something; 2 something could not be done.
    """
    from planparse.checking.config import Configurations
    from planparse.checking.policy import Asked

    console: Console = ctx.obj
    names = named(paths)
    asked = Asked(
        _words(select), _words(ignore), _words(extend_select), profile,
        fix or diff, unsafe_fixes, encoding, settings(year, as_of, term_start),
    )  # fmt: skip
    options = Options(
        fix and not diff, diff, unsafe_fixes, statistics, exit_zero, fail_on, baseline, update_baseline, force, output_format, out,
        not no_cache, cache_dir, jobs, force_exclude, stdin_filename, color,
    )  # fmt: skip
    _agree(options, names, watching=watch, config=config, isolated=isolated)

    def configured() -> Configurations:
        return Configurations(config, isolated=isolated, formats=FORMATS)

    if watch:
        _watch(console, names, asked, options, _words(exclude), configured)
    configurations = configured()
    found = _files(names, options, _words(exclude), configurations)
    if show_files:
        with opened(out) as put:
            put("".join(f"{path}\n" for path in found).encode("utf-8", "surrogateescape"))
        raise typer.Exit(0)
    raise typer.Exit(Work(console, names, asked, options, configurations).run(found))


def _words(given: Words) -> tuple[str, ...]:
    """The words of an option that may be given again and again, each time with several."""
    return tuple(word.strip() for words in given or () for word in words.split(",") if word.strip())


def _agree(options: Options, names: list[str], *, watching: bool, config: str | None, isolated: bool) -> None:
    """Refuses options that contradict each other."""
    if STANDARD_INPUT in names and len(names) > 1:
        raise PlanparseError("- is standard input and stands alone; name files without it")
    if watching and STANDARD_INPUT in names:
        raise PlanparseError("--watch needs files; standard input does not change")
    if isolated and config is not None:
        raise PlanparseError("--isolated and --config contradict each other; take one of them")
    if options.diff and (options.form is not None or options.statistics):
        raise PlanparseError("--diff prints a diff and no findings; leave out --output-format and --statistics")
    if options.statistics and options.form not in (None, "full", "concise", "json"):
        raise PlanparseError("--statistics has no format {format}; leave it out, or take json", format=options.form or "")
    if options.form is not None and options.form not in FORMATS:
        raise PlanparseError("there is no format {word}; take one of {formats}", word=options.form, formats=", ".join(FORMATS))
    if options.fix and STANDARD_INPUT in names and options.out is not None:
        raise PlanparseError("--fix prints the mended text of standard input, and the findings beside it; leave out -o")
    spare([name for name in names if name != STANDARD_INPUT], options.out)


def _files(names: list[str], options: Options, excluded: tuple[str, ...], configurations: Configurations) -> list[str]:
    """The files that are to be checked."""
    from planparse.checking.paths import files
    from planparse.checking.patterns import patterns

    given = patterns(excluded, os.getcwd())

    def out(path: str) -> bool:
        absolute = os.path.abspath(path)
        if any(pattern.fits(absolute) for pattern in given):
            return True
        return any(pattern.fits(absolute) for pattern in configurations.of_file(path).exclude)

    return list(files(names, out, force=options.force_exclude))


def _watch(
    console: Console, names: list[str], asked: Asked, options: Options, excluded: tuple[str, ...], configured: Callable[[], Configurations]
) -> None:
    """Checks, and again at every change, until Ctrl-C."""
    from planparse.checking.cache import Cache
    from planparse.cli.watch import watch

    memory = Cache(None)

    def now() -> list[str]:
        try:
            return _files(names, options, excluded, configured())
        except PlanparseError:
            return []  # it is said when the run comes to it

    def run() -> list[str]:
        if sys.stdout.isatty():
            sys.stdout.write("\x1b[2J\x1b[3J\x1b[H")
        found: list[str] = []
        read: list[str] = []
        try:
            configurations = configured()
            found = _files(names, options, excluded, configurations)
            Work(console, names, asked, options, configurations, memory).run(found)
            read = configurations.files()
        except PlanparseError as error:
            console.error(error)
        console.say("{count} files are watched; Ctrl-C ends it", count=len(found))
        return [*found, *read]

    watch(run, now)
