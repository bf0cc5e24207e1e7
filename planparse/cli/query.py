"""`planparse query`: questions to the store of an archive."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from planparse.cli.console import Console, wants_colour
from planparse.cli.output import opened
from planparse.corpus.printing import SUFFIXES, Form
from planparse.errors import PlanparseError

if TYPE_CHECKING:
    from datetime import date

    from planparse.corpus.stores.store import Answer, Store

EXAMPLES = (
    ("Every promised figure since 2020", "planparse query plans.parquet targets --since 2020"),
    ("What was due before the year's end", "planparse query plans.duckdb overdue --on 2024-12-31"),
    ("Who answers for how much, for a spreadsheet", "planparse query plans.parquet owners -o owners.csv"),
    ("What the plans of 2025 say no more", "planparse query plans.parquet dropped --between 2024 2025"),
    ("The tables and their columns", "planparse query plans.parquet tables"),
    ("Any question, in SQL", "planparse query plans.parquet 'SELECT file, message FROM documents WHERE error IS NOT NULL'"),
)
FALLBACK = (100, 24)
"""The size of a screen that is none."""


def query(
    ctx: typer.Context,
    store: Annotated[str | None, typer.Argument(metavar="STORE", help="What `planparse batch` wrote.", show_default=False)] = None,
    question: Annotated[
        str, typer.Argument(metavar="[QUESTION]", help="A ready question, or SQL: one SELECT.", show_default=False)
    ] = "tables",
    since: Annotated[int | None, typer.Option("--since", metavar="YEAR", help="Plans for this year or later.", show_default=False)] = None,
    until: Annotated[
        int | None, typer.Option("--until", metavar="YEAR", help="Plans for this year or earlier.", show_default=False)
    ] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day: what was due before it.", show_default=False)] = None,
    between: Annotated[
        tuple[int, int] | None, typer.Option("--between", metavar="YEAR YEAR", help="The two years.", show_default=False)
    ] = None,
    issuer: Annotated[
        str | None, typer.Option("--issuer", metavar="NAME", help="Plans whose issuer's name holds this.", show_default=False)
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option("-f", "--format", metavar="FORMAT", help="text (default), csv, json, jsonl or markdown.", show_default=False),
    ] = None,
    out: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write here, not to the screen.")] = None,
) -> None:
    """Ask the store of an archive.

    Ready questions: targets, overdue, owners, dropped. `tables` lists what SQL
    can ask. A store is only read, and SQL reaches nothing but its tables.
    DuckDB answers; a .sqlite store is asked in SQLite's own SQL.
    Exit code: 0 done; 2 the store or the question could not be read.
    """
    from planparse.corpus import stores
    from planparse.corpus.questions import QUESTIONS, Asked

    console: Console = ctx.obj
    if store is None:
        raise PlanparseError("name a store (see --help)")
    asked = Asked(since, until, _day(on), between, issuer)
    if question not in QUESTIONS:
        _no_options(asked._asdict(), question)
    opened_store = stores.opened(store)
    try:
        answer = _answer(opened_store, question, asked)
        keep = (QUESTIONS[question].shown or answer.columns) if question in QUESTIONS else ()
        _print(console, answer, form or _from_suffix(out), out, keep, whole=question == "tables")
    finally:
        opened_store.close()


def _day(text: str | None) -> date | None:
    """The day that --on names."""
    if text is None:
        return None
    from planparse.cli.times import day  # with all that reads dates, which other questions do not need

    return day("--on", text)


def _no_options(given: dict[str, object], question: str) -> None:
    """Refuses options of ready questions beside SQL, and a single word that is neither."""
    from planparse.corpus.questions import QUESTIONS

    if question.strip().isidentifier():
        raise PlanparseError("there is no question {word}; take one of {questions}, or SQL", word=question, questions=", ".join(QUESTIONS))
    for word, value in given.items():
        if value is not None:
            option = f"--{word}"
            raise PlanparseError("{option} goes with ready questions; in SQL say it with WHERE", option=option)


def _answer(store: Store, question: str, asked: object) -> Answer:
    from planparse.corpus.questions import QUESTIONS, Asked, ask

    assert isinstance(asked, Asked)
    return ask(store, question, asked) if question in QUESTIONS else store.ask(question)


def _print(console: Console, answer: Answer, form: Form, out: str | None, keep: tuple[str, ...], *, whole: bool) -> None:
    from planparse.corpus import printing

    with opened(out) as put:
        if form != "text":
            for piece in printing.render(answer, form):
                put(piece.encode("utf-8", "replace"))
            return
        text, more = printing.table(
            answer,
            width=shutil.get_terminal_size(FALLBACK).columns,
            colour=out is None and wants_colour(sys.stdout),
            translate=console.translate,
            keep=keep,
            longest=None if whole else printing.LONGEST_SHOWN,
        )
        put(text.encode("utf-8", "replace"))
    if more:
        console.say("only the first {count} rows are shown; -f csv gives all", count=printing.MOST_SHOWN)


def _from_suffix(out: str | None) -> Form:
    """The format that a file's name asks for; text without one."""
    return next((form for suffix, form in SUFFIXES.items() if out is not None and out.lower().endswith(suffix)), "text")
