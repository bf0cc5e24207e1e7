"""The tables of a store: one list of columns, from which every store's schema and its description are made.

All tables hold plain values: text, whole numbers, numbers, days (ISO 8601), yes or no. `document` and `item` join them.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Type = Literal["integer", "number", "text", "date", "boolean"]


class Column(NamedTuple):
    """A column of a table."""

    name: str
    type: Type
    meaning: str
    """What it holds, for people; a key of its translations."""


class Table(NamedTuple):
    """A table of a store."""

    name: str
    meaning: str
    """What a row stands for; a key of its translations."""
    columns: tuple[Column, ...]
    indexes: tuple[tuple[str, ...], ...] = ()
    """The columns by which SQLite finds rows without reading the table."""


_DOCUMENT = Column("document", "integer", "The row of `documents` it belongs to.")
_ITEM = Column("item", "integer", "The entry of `items` it belongs to; with `document` its key.")

DOCUMENTS = Table(
    "documents",
    "One row a plan; a file without a plan, or that could not be read, has one row too.",
    (
        Column("document", "integer", "Its key: rows are counted from 1."),
        Column("file", "text", "The file's name as given."),
        Column("sha256", "text", "Hash of the file's bytes."),
        Column("bytes", "integer", "The file's length."),
        Column("media_type", "text", "The format the file was read as."),
        Column("plan", "integer", "The plan's place in its file, counted from 1; null where there is no plan."),
        Column("title", "text", "The plan's title; a compiler's mark where it has none."),
        Column("year", "integer", "The year the plan is for; null while it is open."),
        Column("first_day", "date", "The first day of the time it covers; null where it names none."),
        Column("last_day", "date", "The last day of it."),
        Column("issuer", "text", "Who signed it."),
        Column("issued", "text", "The date of the signature as written."),
        Column("issued_on", "date", "The same as a day."),
        Column("items", "integer", "How many entries it has."),
        Column("series", "text", "Issuer and title without years and marks: equal for the plans of one series; null without a title."),
        Column("error", "text", "Why the file could not be read, in one word; null when it was."),
        Column("message", "text", "The same in a sentence."),
        Column("seconds", "number", "How long reading took."),
        Column("parser", "text", "What read it."),
    ),
    (("document",), ("year",), ("series",)),
)
ITEMS = Table(
    "items",
    "One row an entry: a numbered line, a point, a paragraph, an entry of a schedule, a row of a table.",
    (
        _DOCUMENT,
        Column("item", "integer", "Its place in the plan, counted from 1."),
        Column("parent", "integer", "The entry it stands under; null at the top."),
        Column("depth", "integer", "How many entries stand above it."),
        Column("children", "integer", "How many entries stand right under it."),
        Column("type", "text", "section, paragraph, item or table_row."),
        Column("path", "text", "Labels, headings and row keys above it, parted by ` / `."),
        Column("number", "text", "Its label as written."),
        Column("text", "text", "Its own words on one line, heading first, without the label."),
        Column("first_day", "date", "The first day of its time, or of its row's."),
        Column("last_day", "date", "The last day of it."),
        Column("time", "text", "That time as written."),
        Column("owner", "text", "Who answers for it or leads it, joined by 、."),
        Column("due", "date", "The day by which it is due."),
        Column("line", "integer", "The line where it begins; null in files without lines."),
        Column("origin", "text", "Where it stands in a file without lines."),
        Column("sense", "integer", "A hash of its words without years, marks and blanks: equal where the words are."),
    ),
    (("document", "item"), ("sense",)),
)
TARGETS = Table(
    "targets",
    "One row a promised figure.",
    (
        _DOCUMENT,
        _ITEM,
        Column("target", "integer", "Its place in the entry, counted from 1."),
        Column("text", "text", "As written, with what says how it binds."),
        Column("subject", "text", "What is counted."),
        Column("comparator", "text", "How the figure binds: =, >=, <=, >, < or ~."),
        Column("value", "number", "The figure, or its lower end, in `unit`."),
        Column("upper", "number", "The upper end of a span."),
        Column("unit", "text", "The measure word or base unit."),
        Column("change", "text", "increase or decrease where it tells how far something moves."),
        Column("due", "date", "The day by which it is due."),
        Column("deadline", "text", "Its deadline as written."),
    ),
    (("document", "item"), ("subject",)),
)
OWNERS = Table(
    "owners",
    "One row for each who answers for an entry.",
    (
        _DOCUMENT,
        _ITEM,
        Column("name", "text", "As written."),
        Column("kind", "text", "unit, person or role."),
        Column("duty", "text", "responsible, lead, support, head, deputy, member or office."),
        Column("inherited", "boolean", "Whether it is given elsewhere and holds here."),
    ),
    (("document", "item"), ("name",)),
)
DEADLINES = Table(
    "deadlines",
    "One row a time by which an entry is due.",
    (
        _DOCUMENT,
        _ITEM,
        Column("text", "text", "As written."),
        Column("kind", "text", "What sort of time it is."),
        Column("bound", "text", "by, from or around; null for the time itself."),
        Column("first_day", "date", "The first day of it; null while the year is open."),
        Column("last_day", "date", "The last day of it: the day by which it is due."),
        Column("edtf", "text", "ISO 8601-2 with unknown digits as X."),
        Column("rrule", "text", "How it repeats (RFC 5545)."),
        Column("inherited", "boolean", "Whether it is given elsewhere and holds here."),
    ),
    (("document", "item"), ("last_day",)),
)
CITATIONS = Table(
    "citations",
    "One row a document that an entry refers to.",
    (
        _DOCUMENT,
        _ITEM,
        Column("title", "text", "Its title, without 《》, or its number."),
        Column("number", "text", "Its number where one stands with it."),
    ),
    (("document", "item"),),
)
TABLES = (DOCUMENTS, ITEMS, TARGETS, OWNERS, DEADLINES, CITATIONS)
"""The tables of every store, in the order in which they are listed."""


def messages() -> set[str]:
    """What the tables say to people, for the catalogue."""
    return {table.meaning for table in TABLES} | {column.meaning for table in TABLES for column in table.columns}
