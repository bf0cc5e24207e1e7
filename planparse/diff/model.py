"""What a comparison of two plans prints: records, one for each entry of either side.

These pydantic classes define the format of `planparse diff -f json`; every report is made from them, and the new plan's
tree can be rebuilt from the old one's and the records (`planparse.diff.patch`).
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from planparse.model import Citation, Deadline, Model, Number, Owner, Positioned, Target, When

SCHEMA_ID = "https://planparse.dev/schema/comparison-1.json"

UnitType = Literal[
    "plan", "title", "section", "paragraph", "schedule", "schedule_row", "item", "note", "cell", "table", "table_row", "signature"
]  # fmt: skip

Change = Literal[
    "removed", "added", "changed", "moved", "split", "merged", "target", "deadline", "owner", "citation", "when",
    "renumbered", "year", "shifted", "punctuation",
]  # fmt: skip
"""`year`, `shifted`, `punctuation` and `renumbered` are differences, not findings: reports count them and list them on request.

`changed`: its own words differ. `year`: only years that moved along with the plan's. `shifted`: only days that moved along
with the schedule's. `punctuation`: only marks, their width or blanks.
"""

FieldName = Literal["target", "deadline", "owner", "citation", "when"]
FieldKind = Literal[
    "raised", "lowered",  # targets: the figure, as written; a ceiling that is raised binds less
    "earlier", "later",  # deadlines, once the plan's own step in time is taken out
    "replaced", "added", "dropped",
]  # fmt: skip
Confidence = Literal["confirmed", "high", "medium", "low"]
Verb = Literal["equal", "delete", "insert", "replace"]


class Side(Positioned):
    """An entry as it stands in one of the two plans."""

    key: str
    """Names the entry in a file of confirmed pairs: made from its plan, its words and where among equals it stands."""
    node: str
    """Where it is in its document, a JSON Pointer (RFC 6901): `/plans/0/children/2`; `/plans/0/children/3/rows/4` for a table's row,
    `/plans/0/children/1/children/0/cells/2` for a cell of a schedule's row."""
    plan: int = Field(ge=1)
    """The ordinal of its plan."""
    path: list[str] = []
    """Labels and headings above it, from the top."""
    number: Number | None = None
    """Its label; null without one. A row of a schedule has its week or key here only in `text`."""
    heading: str | None = None
    """Its heading; null where it has running text only. `text` begins with it."""
    text: str
    """Its own words without the label; of a row its key, of a table's row its cells parted by TAB, of a table its heads."""


class FieldChange(Model):
    """A value of an entry that differs: the old one and the new one, null where there is none."""

    field: FieldName
    """What sort of value it is. `when`: the time of an entry that is no deadline."""
    change: FieldKind
    """How it differs."""
    old: Target | When | Deadline | Owner | Citation | None = None
    """Last year's."""
    new: Target | When | Deadline | Owner | Citation | None = None
    """This year's."""
    amount: float | None = None
    """New minus old: of a target in its unit (of figures for two periods, for the longer one), of a deadline in days after the plan's step
    in time; else null."""
    percent: float | None = None
    """The amount by the old figure, in percent; null where there is none or it is 0."""


class Mark(Model):
    """A stretch of the words of both sides; put together they are the two texts."""

    verb: Verb
    """What became of it."""
    old: str = ""
    """Last year's words; empty for an insertion."""
    new: str = ""
    """This year's words; empty for a deletion."""


class Candidate(Model):
    """An entry of the other plan that may belong to one without a partner."""

    key: str
    """The other entry's key."""
    node: str
    """Where it is."""
    text: str
    """Its words."""
    similarity: float
    """How much alike they are, 0 to 1."""
    kind: Literal["similar", "partly"]
    """`similar`: perhaps the same, not sure enough to say so. `partly`: its words are partly carried over, though it has a partner of its own."""


class Record(Model):
    """One entry: last year's, this year's, and what became of it."""

    type: UnitType
    """What it is (this year's side, else last year's)."""
    old: Side | None = None
    """Last year's; null for what was added."""
    new: Side | None = None
    """This year's; null for what was removed."""
    changes: list[Change] = []
    """What differs; empty for a pair that is the same."""
    similarity: float | None = None
    """How much alike the words are, 0 to 1; null without a pair."""
    confidence: Confidence | None = None
    """How sure the pair is; null without a pair."""
    fields: list[FieldChange] = []
    """Values that differ."""
    marks: list[Mark] = []
    """The words side by side, where they differ; empty else, and where too little is alike."""
    group: int | None = None
    """The same number for the parts of one split or merger; null else."""
    possible: list[Candidate] = []
    """To be confirmed: what it may belong to, the likeliest first."""


class Head(Model):
    """One of the two documents."""

    name: str
    """The file's name as given."""
    sha256: str
    """SHA-256 of the file's bytes."""
    title: str | None = None
    """The title of its plan; null without one, and where several plans are compared."""
    year: int | None = None
    """The year of its plan; null while open, and where several plans are compared."""


class Shift(Model):
    """A step in time that both plans' dates are apart; it is taken out before they are compared."""

    unit: Literal["year", "day"]
    """Years of the plan, days of a schedule."""
    amount: int
    """New minus old."""
    count: int
    """How many entries differ in nothing but this."""
    node: str | None = None
    """The schedule of the new document; null for the plan."""
    plan: int = Field(ge=1)
    """The ordinal of the new document's plan."""


class Count(Model):
    """How the entries of both plans add up: old = pairs + removed + regrouped_old, new = pairs + added + regrouped_new."""

    old: int = 0
    """Entries of last year's plans."""
    new: int = 0
    """Entries of this year's plans."""
    pairs: int = 0
    """Entries that live on, one to one."""
    removed: int = 0
    """Last year's entries that are gone."""
    added: int = 0
    """This year's entries that are new."""
    regrouped_old: int = 0
    """Last year's entries that were split or merged."""
    regrouped_new: int = 0
    """This year's entries that came of it."""
    unchanged: int = 0
    """Of these, those without any change but of number, year, days along with the schedule, or punctuation."""
    changes: dict[str, int] = {}
    """Records by kind of change."""
    fields: dict[str, int] = {}
    """Changed values as `target/raised`, `deadline/later`."""
    confidence: dict[str, int] = {}
    """Pairs by how sure they are."""


class Comparison(Model):
    """Two documents compared. Deterministic: the same files and options give the same bytes."""

    schema_: str = Field(default=SCHEMA_ID, alias="schema")
    """The format's name."""
    version: str
    """The version of planparse."""
    old: Head
    """Last year's document."""
    new: Head
    """This year's document."""
    options: dict[str, Any] = {}
    """The options that shape the result."""
    shifts: list[Shift] = []
    """Steps in time between the plans."""
    count: Count = Count()
    """The records counted; made before any is left out by `--only` or `--ignore`."""
    skipped: list[str] = []
    """Debris of the new document, as JSON Pointers: places among the entries that hold none."""
    records: list[Record] = []
    """In this year's order, what was removed where it stood; unchanged pairs only with `--all`."""
