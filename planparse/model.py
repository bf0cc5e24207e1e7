"""The document model: what `planparse parse` prints and what the library hands out.

These pydantic classes are the only definition of the format. The JSON Schema (`planparse schema`) and the table that
the fast JSON writer follows (`planparse/shape.py`) are both generated from them.

Positions follow unist: lines and columns count from 1, offsets from 0, in code points of the decoded text; ends are
exclusive. Dates follow ISO 8601-1, masked ones ISO 8601-2 (EDTF), repetition RFC 5545.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from planparse.dates.years import EvidenceKind

SCHEMA_ID = "https://planparse.dev/schema/document-1.json"


def _absent(value: object) -> bool:
    return value is None


class Model(BaseModel):
    """What all models share: unknown fields are errors, instances do not change, docstrings describe the schema."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, validate_by_name=True, serialize_by_alias=True)


class Point(Model):
    """A place in the source text."""

    line: int = Field(ge=1)
    """Line, counted from 1."""
    column: int = Field(ge=1)
    """Column in code points, counted from 1."""
    offset: int = Field(ge=0)
    """Offset in code points, counted from 0."""


class Position(Model):
    """A stretch of the source text; `end` is exclusive."""

    start: Point
    """First character."""
    end: Point
    """The place after the last character."""
    origin: str | None = Field(default=None, exclude_if=_absent)
    """Where its first character stands in a file that has no lines: `paragraph 12`, `table 2, row 3, cell 2`, `Sheet1!B4`,
    `page 3`; absent for plain text."""


class Positioned(Model):
    """Anything with a place in the source."""

    position: Position | None = Field(default=None, exclude_if=_absent)
    """Where it stands; absent with `--no-positions`."""


class Basis(Model):
    """Where each part of a date comes from."""

    year: Literal["written", "inherited", "inferred", "masked"] | None = None
    """Null when the year is not known."""
    month: Literal["written", "inherited", "inferred", "masked"] | None = None
    """Null when there is no month."""
    day: Literal["written", "inherited", "inferred", "masked"] | None = None
    """Null when there is no day."""


WhenKind = Literal[
    "date", "range", "weekday", "week", "month", "quarter", "half_year", "term", "school_year", "plan_period",
    "festival", "recurrence", "year", "duration",
]  # fmt: skip


class When(Positioned):
    """A time as written and what follows from it."""

    text: str
    """As written, repaired."""
    kind: WhenKind
    """What sort of time it is."""
    start: str | None = None
    """First day of the time named, ISO 8601; null while the year is open and where no calendar fixes the days (a term)."""
    end: str | None = None
    """Last day of it (inclusive), ISO 8601; null when `start` is."""
    edtf: str | None = None
    """ISO 8601-2 (EDTF) with unknown digits as X: `XXXX-08-27/XXXX-09-02`; `~` marks what is approximate, `{…}` a list of days.

    Null when no part is known.
    """
    bound: Literal["by", "from", "around"] | None = None
    """Deadline, start or neighbourhood of the time; null for the time itself."""
    rrule: str | None = None
    """RFC 5545 recurrence rule; null when it does not repeat."""
    time_of_day: str | None = None
    """The hour or half-day as written; null without one."""
    basis: Basis | None = None
    """Where year, month and day come from; null for times without a date."""


class Number(Model):
    """A label: 一、, （二）, 3., ①, 一是."""

    text: str
    """As written, without blanks."""
    style: str
    """The numbering style's name, one of the rows of `planparse.syntax.numbering.STYLES`."""
    value: int = Field(ge=0)
    """What it counts."""


class Deadline(When):
    """A time by or within which something is due."""

    inherited: bool = False
    """Whether it is given elsewhere and holds here: on a heading, on the row of a schedule, at the end of the section."""


class Measure(Model):
    """A figure in the unit it is written in."""

    value: float
    """The figure, or its lower end."""
    upper: float | None = None
    """The upper end of a span; null for one figure."""
    unit: str
    """The unit: 万元, ㎡, 成, 番."""


class Target(Positioned):
    """A promised figure."""

    text: str
    """As written, with what says how it binds: 不少于2次, 96%以上."""
    subject: str | None = None
    """What is counted."""
    value: float | None = None
    """The figure, or its lower end, in `unit`: 440万元 is 4400000 元, 46万人次 is 460000 人次, 三分之二 is 0.6667."""
    upper: float | None = None
    """The upper end of a span; null for one figure."""
    unit: str | None = None
    """The measure word or base unit; null for shares and bare figures."""
    comparator: Literal["=", ">=", "<=", ">", "<", "~"] = "="
    """How the figure binds."""
    change: Literal["increase", "decrease"] | None = None
    """Set where the figure tells how far something rises or falls (提高5个百分点); null for a level (达到95%)."""
    written: Measure | None = None
    """The figure in the unit as it is written (440万元, 翻一番); null where `value` and `unit` are those."""
    deadline: Deadline | None = None
    """Until when: the deadline of its clause, or the only one of its node; null without one."""


class Owner(Positioned):
    """Who answers for it."""

    text: str
    """As written."""
    kind: Literal["unit", "person", "role"]
    """An office, a person, or a post."""
    duty: Literal["responsible", "lead", "support", "head", "deputy", "member", "office"] = "responsible"
    """Answers for it (责任单位), leads (牵头) or supports (配合); head, deputy or member of a leading group; houses its office."""
    inherited: bool = False
    """Whether the name is given elsewhere and holds here: on a heading, in a column, at the end of the section."""


class Citation(Positioned):
    """A document that is referred to."""

    title: str
    """Its title, without 《》, or its number."""
    number: str | None = None
    """Its number where one stands with it: 国发〔2023〕5号 (GB/T 9704, 7.2.5)."""


class Promise(Positioned):
    """What a stretch of the plan binds itself to."""

    targets: list[Target] = []
    """Figures promised in its own words."""
    owners: list[Owner] = []
    """Who answers for it: in its own words, else inherited."""
    deadlines: list[Deadline] = []
    """Until when, or within which time: in its own words, else inherited; some of `when` and `times`."""
    citations: list[Citation] = []
    """Documents it refers to."""


class Noise(Positioned):
    """Debris that is no part of the plan, kept as it was."""

    type: Literal["noise"] = "noise"
    """Tells the node types apart."""
    text: str
    """As written, repaired."""
    reason: str
    """Why it was set aside: advertisement, page_navigation, compiler_preface, publication_line, related_articles,
    stray_markup, contents, page_header."""


class Words(Positioned):
    """What sections and paragraphs have in common."""

    text: str | None = None
    """Running text on the node's own lines, without number and heading; null when there is none."""
    when: When | None = None
    """The time the node is about: its heading's, the one it begins with, its one deadline, or the only one; else null."""
    times: list[When] = []
    """The other times its own words name, in order."""


class Section(Promise, Words):
    """A numbered or headed line and what is under it. Also a bullet, and a point inside running text."""

    type: Literal["section"] = "section"
    """Tells the node types apart."""
    number: Number | None = None
    """Its label; null for an unnumbered heading and for a bullet."""
    bullet: str | None = None
    """The bullet's mark (●, -, - [ ]); null for numbered and headed lines."""
    level: int = Field(ge=1)
    """Depth among sections, counted from 1."""
    heading: str | None = None
    """The stand-alone or run-in heading without its number and closing mark; null when the line is running text."""
    children: list[Node] = []
    """What is under it, in order."""


class Paragraph(Promise, Words):
    """Running text without a number. Its children are the points inside it."""

    type: Literal["paragraph"] = "paragraph"
    """Tells the node types apart."""
    children: list[Node] = []
    """Points and debris inside its text, in order."""


class CellWords(Positioned):
    """What the entries of a row's cells have in common."""

    number: Number | None = None
    """Its label; null without one."""
    text: str | None = None
    """Its words, without number."""
    when: When | None = None
    """Its own time, narrowed by its row; for an item without one that of the row's deadline column; else null."""
    times: list[When] = []
    """The other times its words name, in order."""


class Item(Promise, CellWords):
    """One entry of a schedule's row."""

    type: Literal["item"] = "item"
    """Tells the node types apart."""
    owner: str | None = None
    """Who does it, from the row's owner column; null when the table has none."""
    place: str | None = None
    """Where, from the row's place column; null when the table has none."""
    children: list[Node] = []
    """Points inside it and lines that continue it."""


class Note(Promise, CellWords):
    """One entry of a row's other columns: the remarks, and who and where as they are written."""

    type: Literal["note"] = "note"
    """Tells the node types apart."""
    role: Literal["note", "owner", "place"] = "note"
    """The role of the column it stands in."""
    children: list[Node] = []
    """Points inside it and lines that continue it."""


ColumnRole = Literal["week", "date", "weekday", "time", "work", "owner", "place", "due", "note", "other"]


class Column(Model):
    """A column of a schedule."""

    name: str
    """Its head as written; empty when the table has none."""
    role: ColumnRole
    """What it holds."""


class Span(Model):
    """A merged cell of a table: it covers several squares of the grid, and its text stands in the first of them."""

    row: int = Field(ge=1)
    """The row of its first square, counted from 1; the rows of heads count."""
    column: int = Field(ge=1)
    """The column of its first square, counted from 1."""
    rows: int = Field(ge=1)
    """How many rows it covers."""
    columns: int = Field(ge=1)
    """How many columns it covers."""


class ScheduleRow(Positioned):
    """One row: a week, a day, a month or a phase."""

    type: Literal["schedule_row"] = "schedule_row"
    """Tells the node types apart."""
    label: str | None = None
    """The row's key as written."""
    week: int | None = None
    """The week's number; null when the row is no numbered week."""
    when: When | None = None
    """The row's time; null when it cannot be read."""
    items: list[Item] = []
    """The entries."""
    notes: list[Note] = []
    """The remarks."""
    cells: list[str] = []
    """The text of each column, lines of a cell parted by a line feed."""


class Schedule(Positioned):
    """A table keyed by time, however it arrived."""

    type: Literal["schedule"] = "schedule"
    """Tells the node types apart."""
    unit: Literal["week", "day", "month", "phase"]
    """What a row stands for."""
    columns: list[Column] = []
    """The columns; empty when the schedule has no head."""
    spans: list[Span] = []
    """The merged cells, where the file tells."""
    children: list[ScheduleRow] = []
    """The rows, in order."""


class RowFacts(Promise):
    """What a row of a table promises, by its columns."""

    row: int = Field(ge=1)
    """The row, counted from 1 in `rows`."""


class Table(Positioned):
    """Any other table."""

    type: Literal["table"] = "table"
    """Tells the node types apart."""
    columns: list[str] = []
    """The heads; empty when there are none."""
    rows: list[list[str]] = []
    """The cells, row by row, without the head."""
    spans: list[Span] = []
    """The merged cells, where the file tells."""
    times: list[When] = []
    """The times its cells name, in order."""
    facts: list[RowFacts] = []
    """What its rows promise; rows without figures, owners, deadlines and documents are left out."""


class Signature(Positioned):
    """A line at the foot: who issued the plan, or when."""

    type: Literal["signature"] = "signature"
    """Tells the node types apart."""
    text: str
    """The line as written."""
    issuer: str | None = None
    """The unit or person; null when the line gives a date only."""
    issued: str | None = None
    """The date as written; null when the line gives a name only."""
    when: When | None = None
    """The date, read; null when the line gives a name only."""
    times: list[When] = []
    """Other times on the line."""


class Title(Positioned):
    """A line of the title block below the plan's first line."""

    type: Literal["title"] = "title"
    """Tells the node types apart."""
    kind: Literal["title", "subtitle"]
    """`title` where the plan's real title is not its first line, `subtitle` for the others."""
    text: str
    """As written, repaired."""


Node = Annotated[Section | Paragraph | Schedule | Table | Signature | Noise, Field(discriminator="type")]


class Evidence(Positioned):
    """Something that tells the plan's year."""

    kind: EvidenceKind
    """What it is: a year that is written, a date with its weekday, a lunar festival in its row, 第27个教师节, 07年高考 …"""
    text: str
    """As written."""
    years: list[int] = []
    """The years it allows, of those from 1990 to 2040."""
    agrees: bool | None = None
    """Whether the year that was chosen is among them; null when none was."""


class Year(Model):
    """The year a plan is for: the one in which it begins."""

    value: int | None = None
    """The year; null when more than one fits or none is known."""
    candidates: list[int] = []
    """The years that fit."""
    evidence: list[Evidence] = []
    """What the year follows from, item by item."""


class Plan(Positioned):
    """One plan document of the file."""

    type: Literal["plan"] = "plan"
    """Tells the node types apart."""
    ordinal: int = Field(ge=1)
    """Its place in the file, counted from 1."""
    mark: str | None = None
    """A compiler's mark such as …篇1, kept apart from the title; null without one."""
    title: str | None = None
    """The real title; null for an untitled plan."""
    subtitles: list[Title] = []
    """The other lines of the title block, in order."""
    period: When | None = None
    """The time the plan covers, from its title block; null when it names none."""
    year: Year | None = None
    """The plan's year and what speaks for it; null when nothing tells it."""
    issuer: str | None = None
    """Who signed it; null without a signature."""
    issued: str | None = None
    """The date in the signature, as written; null without one."""
    children: list[Node] = []
    """The body, in order."""


class Repair(Positioned):
    """A mend of what pasting broke; the source text itself is unchanged."""

    kind: Literal["broken_line", "cut_entity", "entity", "half_entity", "stray_markup", "zero_width"]
    """What was broken."""
    text: str
    """As it stands in the source."""
    replacement: str
    """As it was read."""


class Diagnostic(Positioned):
    """Something odd about the document; without a position where it is about the file as a whole."""

    code: str
    """The rule's code."""
    name: str
    """The rule's name."""
    severity: Literal["error", "warning", "information"]
    """How bad it is."""
    message: str
    """For people, in the language asked for."""
    fix: Any = None
    """A mend that could be made; null when there is none."""


class SourceInfo(Model):
    """Where the document came from."""

    name: str
    """The path as given; `-` for standard input."""
    media_type: str = "text/plain"
    """The format it was read as."""
    encoding: str
    """The codec that decoded it."""
    encoding_guessed: bool = False
    """Whether the encoding was guessed from the bytes."""
    sha256: str
    """Hash of the bytes as read, hexadecimal."""
    lines: int = Field(ge=0)
    """How many lines."""
    characters: int = Field(ge=0)
    """How many code points."""


class Aside(Positioned):
    """A footnote, endnote or comment of a Word file, apart from the text it belongs to."""

    type: Literal["footnote", "endnote", "comment"]
    """What it is."""
    text: str
    """Its words."""
    anchor: Point | None = Field(default=None, exclude_if=_absent)
    """Where the paragraph or cell begins that it belongs to; absent with `--no-positions`."""


Stray = Annotated[Noise | Paragraph, Field(discriminator="type")]


class Document(Model):
    """One parsed file."""

    schema_id: str = Field(default=SCHEMA_ID, alias="schema")
    """The version of this format."""
    source: SourceInfo
    """Where it came from."""
    plans: list[Plan] = []
    """The plans, in order."""
    stray: list[Stray] = []
    """What stands outside any plan."""
    notes: list[Aside] = []
    """Footnotes, endnotes and comments of a Word file."""
    repairs: list[Repair] = []
    """What pasting broke and how it was read."""
    diagnostics: list[Diagnostic] = []
    """What is odd, in order of position."""


for _model in (Section, Paragraph, Item, Note, ScheduleRow, Schedule, Plan, Document):
    _model.model_rebuild()
