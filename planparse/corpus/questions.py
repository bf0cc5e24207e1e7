"""The questions an archive is asked most: what was promised, what is due, who answers, what was dropped.

Each is SQL that every kind of store understands; `dropped` then compares words. Their rows come in one fixed order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from planparse.corpus.stores.store import Answer, Store
from planparse.corpus.tables import TABLES
from planparse.errors import PlanparseError


class Asked(NamedTuple):
    """What the options of a question say."""

    since: int | None = None
    until: int | None = None
    on: date | None = None
    between: tuple[int, int] | None = None
    issuer: str | None = None


class Question(NamedTuple):
    """A ready question."""

    meaning: str
    """What it asks, for people; a key of its translations."""
    answer: Callable[[Store, Asked], Answer]
    options: tuple[str, ...]
    """The options that it knows."""
    needs: tuple[str, ...] = ()
    """Of these, those that must be given."""
    shown: tuple[str, ...] = ()
    """The columns that a table for people shows; all when empty."""


def ask(store: Store, name: str, asked: Asked) -> Answer:
    """The answer to a ready question.

    Raises:
        PlanparseError: An option is missing, or belongs to another question.
    """
    question = QUESTIONS[name]
    for word, value in asked._asdict().items():
        option = f"--{word}"
        if value is not None and word not in question.options:
            raise PlanparseError("{option} does not go with the question {question}", option=option, question=name)
        if value is None and word in question.needs:
            raise PlanparseError("the question {question} needs {option}", option=option, question=name)
    return question.answer(store, asked)


# -- in SQL ------------------------------------------------------------------------------------------------------


def _targets(store: Store, asked: Asked) -> Answer:
    return store.ask(f"""
        SELECT d.year, d.issuer, d.title, t.subject, t.comparator, t.value, t.upper, t.unit, t.change, t.text AS target, t.due, i.owner,
            i.text, d.file, i.line
        FROM targets t JOIN documents d ON d.document = t.document JOIN items i ON i.document = t.document AND i.item = t.item
        WHERE {_chosen(asked)}
        ORDER BY d.year, t.document, t.item, t.target""")  # noqa: S608 - values are quoted


def _overdue(store: Store, asked: Asked) -> Answer:
    """What was due before a day: what says so itself, and of what is told from elsewhere the entries with nothing under them."""
    assert asked.on is not None
    return store.ask(f"""
        SELECT t.last_day AS due, i.owner, i.text, t.text AS deadline, d.issuer, d.title, d.year, d.file, i.line
        FROM deadlines t JOIN documents d ON d.document = t.document JOIN items i ON i.document = t.document AND i.item = t.item
        WHERE t.last_day < '{asked.on.isoformat()}' AND (NOT t.inherited OR i.children = 0)
            AND (t.bound IS NULL OR t.bound <> 'from') AND {_chosen(asked)}
        ORDER BY t.last_day, t.document, t.item, t.text""")  # noqa: S608 - values are quoted


def _owners(store: Store, asked: Asked) -> Answer:
    return store.ask(f"""
        SELECT o.name AS owner, o.kind, COUNT(*) AS entries, COUNT(DISTINCT o.document) AS plans, MIN(d.year) AS first_year,
            MAX(d.year) AS last_year, SUM(CASE WHEN o.duty = 'support' THEN 1 ELSE 0 END) AS supporting
        FROM owners o JOIN documents d ON d.document = o.document
        WHERE {_chosen(asked)}
        GROUP BY o.name, o.kind
        ORDER BY entries DESC, o.name, o.kind""")  # noqa: S608 - values are quoted


def _chosen(asked: Asked) -> str:
    """The condition under which a plan, `d`, is taken."""
    parts = ["1 = 1"]
    if asked.since is not None:
        parts.append(f"d.year >= {int(asked.since)}")
    if asked.until is not None:
        parts.append(f"d.year <= {int(asked.until)}")
    if asked.issuer is not None:
        signs = asked.issuer.replace("\0", "")
        parts.append(f"d.issuer LIKE '%{_like(signs)}%' ESCAPE '\\'")
    return " AND ".join(parts)


def _like(text: str) -> str:
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return text.replace("'", "''")


# -- with words compared -----------------------------------------------------------------------------------------


def _dropped(store: Store, asked: Asked) -> Answer:
    from planparse.corpus.dropped import COLUMNS, dropped

    assert asked.between is not None
    return Answer(COLUMNS, dropped(store, *asked.between, _chosen(asked._replace(between=None))))


# -- about the store ---------------------------------------------------------------------------------------------


def _tables(store: Store, _: Asked) -> Answer:  # noqa: ARG001 - all stores have the same tables
    return Answer(("table", "column", "type", "meaning"), _columns())


def _columns() -> Iterator[tuple[Any, ...]]:
    for table in TABLES:
        yield (table.name, "", "", table.meaning)
        for column in table.columns:
            yield (table.name, column.name, column.type, column.meaning)


QUESTIONS = {
    "targets": Question(
        "Every promised figure, by year.", _targets, ("since", "until", "issuer"),
        shown=("year", "issuer", "subject", "target", "due", "owner", "file", "line"),
    ),
    "overdue": Question(
        "What was due before a day.", _overdue, ("on", "since", "until", "issuer"), ("on",),
        shown=("due", "owner", "text", "file", "line"),
    ),
    "owners": Question("Who answers for how much.", _owners, ("since", "until", "issuer")),
    "dropped": Question(
        "What a plan of one year says and the next one no more.", _dropped, ("between", "issuer"), ("between",),
        shown=("title", "number", "text", "closest", "likeness", "file", "line"),
    ),
    "tables": Question("The tables and columns that SQL can ask.", _tables, ()),
}  # fmt: skip
"""The ready questions by name."""

HEADS = {
    "year", "issuer", "title", "subject", "target", "due", "owner", "text", "file", "line", "deadline", "kind", "entries", "plans",
    "first_year", "last_year", "supporting", "number", "closest", "likeness", "table", "column", "type", "meaning",
}  # fmt: skip
"""The heads of their columns, each a key of its translations."""


def messages() -> set[str]:
    """What the questions say to people, for the catalogue."""
    return {question.meaning for question in QUESTIONS.values()} | HEADS
