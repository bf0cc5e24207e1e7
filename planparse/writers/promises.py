"""All promises of a document as one table: what, how much, who, until when, and where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from planparse.facts.owners import begins_with_slot
from planparse.messages import Translate
from planparse.model import Document, Item, Owner, Paragraph, RowFacts, Section, Target, When
from planparse.writers.entries import Entry, entries
from planparse.writers.sheets import Columns, list_csv, list_workbook, names

COLUMNS: Columns = (
    ("path", "路径", 28), ("number", "编号", 8), ("text", "内容", 48), ("subject", "对象", 16), ("comparator", "关系", 6), ("value", "数值", 12),
    ("upper", "上限", 8), ("unit", "单位", 8), ("change", "增减", 8), ("target", "指标原文", 14), ("owner", "责任", 18), ("support", "配合", 18),
    ("due", "期限", 12), ("deadline", "期限原文", 14), ("documents", "文件", 24), ("line", "行", 6),
)  # fmt: skip
"""The columns of the list for programs: head in .csv, head in .xlsx, width in characters."""
SHEET = "承诺事项"
SENTENCE_ENDS = "。；;！!？?\n"
CLAUSE_ENDS = SENTENCE_ENDS + "，,：:"
SHORTEST = 8
"""A clause with fewer signs takes the one before it along."""
ANSWERING = frozenset({"responsible", "lead", "support"})
DUTIES = ANSWERING | {"head", "deputy", "member", "office"}
HEADS = ("line", "where", "promise", "target", "owner", "deadline")
"""The heads for people, each a key of its translations."""
SIGNS = {"=": "", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "≈ "}
CHANGES = {None: "", "increase": "+", "decrease": "−"}
LONGEST_STEP = 12
LONGEST_SHOWN = 60
"""So many signs of a promise are shown to people."""


class Promise(NamedTuple):
    """A row of the table: one target, or one entry without a target."""

    file: str
    entry: Entry
    text: str
    """The clause of the target; the entry's words without one."""
    target: Target | None
    owners: list[Owner]
    deadline: When | None
    """The target's deadline or the entry's; the time of an entry that has no deadline."""

    @property
    def due(self) -> str:
        """The last day, ISO 8601; empty while it is open."""
        return self.deadline.end or "" if self.deadline is not None else ""


def promises(document: Document) -> Iterator[Promise]:
    """The promises of a document in order.

    Every target is one. Without a target, a numbered entry with nothing numbered under it is one, and so is everything
    that somebody answers for or that has a deadline.
    """
    name = document.source.name
    for entry in entries([document], tables=True):
        node = entry.node
        at = 0
        for target in node.targets:
            at = max(entry.text.find(target.text, at), at)
            yield Promise(name, entry, _clause(entry.text, at, len(target.text)), target, node.owners, target.deadline or _due(entry))
            at += len(target.text)
        if not node.targets and _promises(entry):
            yield Promise(name, entry, entry.text, None, node.owners, _due(entry))


def _promises(entry: Entry) -> bool:
    node = entry.node
    if isinstance(node, RowFacts):
        return True
    if isinstance(node, Item):
        return bool(entry.text)
    below = [child for child in node.children if isinstance(child, Section) or child.type in ("schedule", "table")]
    if below or any(isinstance(child, Paragraph) and (child.targets or _says(child, DUTIES)) for child in node.children):
        return False
    if isinstance(node, Section):
        return bool(entry.text)
    return _says(node) and not begins_with_slot(entry.text)


def _says(node: Section | Paragraph, duties: frozenset[str] = ANSWERING) -> bool:
    """Whether a node's own words name who has one of these duties, or until when."""
    return any(owner.duty in duties and not owner.inherited for owner in node.owners) or any(not due.inherited for due in node.deadlines)


def _due(entry: Entry) -> When | None:
    deadlines = entry.node.deadlines
    if deadlines:
        return next((due for due in deadlines if due.bound == "by"), deadlines[0])
    return entry.when if entry.when is not None and entry.when.kind not in ("recurrence", "duration") else None


def _clause(text: str, at: int, length: int) -> str:
    """The clause in which a target stands; a short one takes the clause before it along."""
    first, last = at, at + length
    while first > 0 and text[first - 1] not in SENTENCE_ENDS and (text[first - 1] not in CLAUSE_ENDS or last - first < SHORTEST):
        first -= 1
    while last < len(text) and text[last] not in CLAUSE_ENDS + "（(":
        last += 1
    return text[first:last].strip(CLAUSE_ENDS + " \u3000")


# -- choosing ----------------------------------------------------------------------------------------------------


class Choice(NamedTuple):
    """Which promises are wanted."""

    owner: str | None = None
    """Those for which an owner answers whose name holds this."""
    due_before: date | None = None
    """Those due before this day."""
    with_target: bool = False
    without_owner: bool = False

    def takes(self, promise: Promise) -> bool:
        """Whether a promise is wanted."""
        if self.owner is not None and not any(self.owner in owner.text for owner in promise.owners):
            return False
        if self.with_target and promise.target is None:
            return False
        if self.without_owner and promise.owners:
            return False
        return self.due_before is None or ("" < promise.due < self.due_before.isoformat())

    def misses(self, promise: Promise) -> bool:
        """Whether a promise is left out only because its deadline has no year."""
        undated = promise.deadline is not None and not promise.due and promise.deadline.edtf is not None
        return self.due_before is not None and undated and self._replace(due_before=None).takes(promise)


# -- for programs ------------------------------------------------------------------------------------------------


def write_json(rows: list[Promise], *, one_line: bool) -> Iterator[str]:
    """The promises as JSON: one a line, or a list."""
    records = (json.dumps(_record(row), ensure_ascii=False) for row in rows)
    if one_line:
        yield from (f"{record}\n" for record in records)
    else:
        yield "[\n" + ",\n".join(records) + "\n]\n" if rows else "[]\n"


def _record(row: Promise) -> dict[str, Any]:
    entry = row.entry
    target = row.target.model_dump(exclude={"position", "deadline"}) if row.target is not None else None
    deadline = row.deadline.model_dump(exclude={"position"}) if row.deadline is not None else None
    return {
        "file": row.file, "plan": entry.plan, "path": list(entry.path), "number": entry.number or None, "text": row.text, "target": target,
        "owners": [owner.model_dump(exclude={"position"}) for owner in row.owners], "deadline": deadline,
        "documents": [citation.title for citation in entry.node.citations], "line": entry.line, "origin": entry.origin,
    }  # fmt: skip


def write_csv(rows: list[Promise]) -> str:
    """The promises as a list for spreadsheet programs."""
    return list_csv(COLUMNS, map(_cells, rows))


def write_xlsx(rows: list[Promise]) -> bytes:
    """The promises as a workbook of one sheet.

    Raises:
        PlanparseError: The package that writes workbooks is not installed.
    """
    return list_workbook(SHEET, COLUMNS, [_cells(row) for row in rows])


def _cells(row: Promise) -> list[str | float | None]:
    entry, target = row.entry, row.target
    figure: list[str | float | None] = [None] * 7
    if target is not None:
        figure = [target.subject, target.comparator, target.value, target.upper, target.unit, target.change, target.text]
    supporting = [owner for owner in row.owners if owner.duty == "support"]
    answering = [owner for owner in row.owners if owner.duty != "support"]
    written = row.deadline.text if row.deadline is not None else None
    documents = "；".join(citation.title for citation in entry.node.citations)
    return [
        " / ".join(entry.path), entry.number, row.text, *figure, names(answering), names(supporting), row.due, written, documents, entry.line,
    ]  # fmt: skip


# -- for people --------------------------------------------------------------------------------------------------


def write_text(rows: list[Promise], *, width: int, colour: bool, translate: Translate, several: bool) -> str:
    """The promises as a table as wide as the screen."""
    from io import StringIO

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    out = StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        emoji=False,
    )
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    heads = (*(("file",) if several else ()), *HEADS)
    for head in heads:
        table.add_column(
            translate(head),
            justify="right" if head == "line" else "left",
            overflow="fold",
            no_wrap=head == "deadline",
            max_width=WIDEST.get(head),
        )
    for row in rows:
        cells = [*([row.file] if several else []), *_shown(row)]
        table.add_row(*(Text(cell) for cell in cells))
    console.print(table)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


WIDEST = {"where": 24, "target": 16, "owner": 22}
"""So wide are columns at most."""


def _shown(row: Promise) -> list[str]:
    place = row.entry.origin or str(row.entry.line or "")
    where = " / ".join((*(_label(part) for part in row.entry.path), *([row.entry.number] if row.entry.number else [])))
    owners = "、".join(owner.text for owner in row.owners)
    return [place, where, _short(row.text), figure(row.target) if row.target is not None else "", owners, _days(row)]


def _label(part: str) -> str:
    """A step of the path, shortened for the screen."""
    cut = min((k for k in map(part.find, "（(") if k > 3), default=len(part))
    return part[:cut] if cut <= LONGEST_STEP else part[: LONGEST_STEP - 1] + "…"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"


def _days(row: Promise) -> str:
    """The deadline: its last day, or how far it is known."""
    if row.deadline is None:
        return ""
    if row.due:
        return row.due
    return row.deadline.text


def figure(target: Target) -> str:
    """A target for people: ≥ 96 %, +5 百分点, 1–2 次, 440 万元."""
    if target.unit is None:  # 三分之二, 零事故
        return target.text
    shown = target.written or target
    value = "" if shown.value is None else number(shown.value)
    if shown.upper is not None:
        value += f"–{number(shown.upper)}"
    return f"{SIGNS[target.comparator]}{CHANGES[target.change]}{value} {shown.unit}"


def number(value: float) -> str:
    """A number without a needless fraction."""
    return f"{value:.0f}" if value == int(value) else f"{value:g}" if abs(value) < 1e6 else f"{value}"


def messages() -> tuple[str, ...]:
    """Every message of the table for people."""
    return ("file", *HEADS)
