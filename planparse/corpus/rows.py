"""A record's rows in the tables of a store, from its plain JSON: no models are built, an archive has too many.

The columns and their order are those of `planparse.corpus.tables`; a test holds the two together.
"""

from __future__ import annotations

from typing import Any

from planparse.corpus.sense import sense_hash, series
from planparse.syntax.notation import column_role

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
"""Rows by the name of their table."""
NAMES = ("documents", "items", "targets", "owners", "deadlines", "citations")
LEADING = frozenset({"responsible", "lead"})
_TOLD = frozenset({"owner", "due", "date", "time"})
"""Roles of columns whose cells other columns of `items` tell."""


class Flat:
    """Rows of records that were added, until they are taken away."""

    def __init__(self) -> None:
        self.documents = 0
        self.rows: Rows = {name: [] for name in NAMES}

    def add(self, record: dict[str, Any]) -> None:
        """The rows of one record more: one for each plan, or one in all."""
        source, document, error = record["source"], record.get("document"), record.get("error")
        inner = document["source"] if document else {}
        head = (source["name"], source.get("sha256") or inner.get("sha256"), source.get("bytes"), inner.get("media_type"))
        foot = (error["kind"] if error else None, error["message"] if error else None, record.get("seconds"), record.get("parser"))
        plans = document["plans"] if document else []
        for plan in plans:
            self.documents += 1
            title = _flat(plan["title"] or plan["mark"]) or None
            period, year = plan["period"] or {}, plan["year"] or {}
            items = _Plan(self.rows, self.documents).add(plan["children"])
            self.rows["documents"].append((
                self.documents, *head, plan["ordinal"], title, year.get("value"), period.get("start"), period.get("end"),
                plan["issuer"], plan["issued"], _issued_on(plan), items, series(plan["issuer"], title), *foot,
            ))  # fmt: skip
        if not plans:
            self.documents += 1
            self.rows["documents"].append((self.documents, *head, *[None] * 8, 0, None, *foot))

    def take(self, table: str) -> list[Row]:
        """The rows of a table so far; they are gone afterwards."""
        rows, self.rows[table] = self.rows[table], []
        return rows


class _Plan:
    """The rows of one plan's body."""

    def __init__(self, rows: Rows, document: int) -> None:
        self.document = document
        self.items, self.targets, self.owners, self.deadlines, self.citations = (rows[name] for name in NAMES[1:])
        self.count = 0

    def add(self, nodes: list[dict[str, Any]]) -> int:
        """How many entries the nodes made."""
        self._nodes(nodes, None, 0, "")
        return self.count

    def _nodes(self, nodes: list[dict[str, Any]], parent: int | None, depth: int, path: str) -> int:
        """Adds nodes and what is under them; returns how many entries stand right under `parent`."""
        made = 0
        for node in nodes:
            kind = node["type"]
            if kind == "section":
                number, heading = node["number"]["text"] if node["number"] else None, _flat(node["heading"])
                text = _flat(node["text"])
                below = _join(path, (number or "") + heading)
                self._entry(
                    node,
                    kind,
                    number,
                    f"{heading} {text}" if heading and text else heading or text,
                    node["when"],
                    parent,
                    depth,
                    path,
                    below,
                )
                made += 1
            elif kind == "paragraph":
                self._entry(node, kind, None, _flat(node["text"]), node["when"], parent, depth, path, path)
                made += 1
            elif kind == "schedule":
                made += sum(self._week(row, parent, depth, path) for row in node["children"])
            elif kind == "table":
                made += self._table(node, parent, depth, path)
        return made

    def _week(self, row: dict[str, Any], parent: int | None, depth: int, path: str) -> int:
        """The entries of a schedule's row."""
        key = _flat(row["label"] or (row["when"]["text"] if row["when"] else ""))
        if row["week"] is not None and "周" not in key and "週" not in key:
            key = f"第{row['week']}周 {key}".rstrip()
        here = _join(path, key)
        for item in row["items"]:
            number = item["number"]["text"] if item["number"] else None
            place = item if item.get("position") else row
            self._entry(
                item,
                "item",
                number,
                _flat(item["text"]),
                item["when"] or row["when"],
                parent,
                depth,
                here,
                _join(here, number or ""),
                place,
            )
        return len(row["items"])

    def _table(self, table: dict[str, Any], parent: int | None, depth: int, path: str) -> int:
        """The rows of a table that no time keys; their facts stand apart, by the row's number."""
        facts = {row["row"]: row for row in table["facts"]}
        kept = [column_role(head) not in _TOLD for head in table["columns"]]
        made = 0
        for number, row in enumerate(table["rows"], 1):
            cells = [_flat(cell) for cell in row]
            said = facts.get(number)
            words = [cell for k, cell in enumerate(cells) if cell and (k >= len(kept) or kept[k]) and not cell.strip().isdecimal()]
            text = "  ".join(words) or "  ".join(filter(None, cells))
            if text or said:
                self._entry(said or {}, "table_row", None, text, None, parent, depth, path, path, said or table)
                made += 1
        return made

    def _entry(
        self, node: dict[str, Any], kind: str, number: str | None, text: str, when: dict[str, Any] | None,
        parent: int | None, depth: int, path: str, below: str, place: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """Adds an entry, its facts, and what is under it."""
        self.count += 1
        item, document, at = self.count, self.document, len(self.items)
        self.items.append(())  # its place: what is under it comes after it
        due = self._facts(node, document, item)
        children = self._nodes(node["children"], item, depth + 1, below) if node.get("children") else 0
        position = (place or node).get("position") or {}
        owners = [_flat(owner["text"]) for owner in node["owners"] if owner["duty"] in LEADING] if node.get("owners") else ()
        self.items[at] = (
            document, item, parent, depth, children, kind, path or None, number, text,
            *((when["start"], when["end"], _flat(when["text"])) if when else (None, None, None)),
            "、".join(owners) or None, due, position["start"]["line"] if position else None, position.get("origin"), sense_hash(text),
        )  # fmt: skip

    def _facts(self, node: dict[str, Any], document: int, item: int) -> str | None:
        """Adds targets, owners, deadlines and citations; returns the day by which the entry is due."""
        for k, target in enumerate(node.get("targets", ()), 1):
            deadline = target["deadline"] or {}
            self.targets.append((
                document, item, k, target["text"], target["subject"], target["comparator"], target["value"], target["upper"],
                target["unit"], target["change"], deadline.get("end"), deadline.get("text"),
            ))  # fmt: skip
        for owner in node.get("owners", ()):
            self.owners.append((document, item, _flat(owner["text"]), owner["kind"], owner["duty"], owner["inherited"]))
        deadlines = node.get("deadlines", ())
        for time in deadlines:
            self.deadlines.append((
                document, item, time["text"], time["kind"], time["bound"], time["start"], time["end"], time["edtf"],
                time["rrule"], time["inherited"],
            ))  # fmt: skip
        for citation in node.get("citations", ()):
            self.citations.append((document, item, citation["title"], citation["number"]))
        if not deadlines:
            return None
        due: str | None = next((time["end"] for time in deadlines if time["bound"] == "by"), deadlines[0]["end"])
        return due


def _issued_on(plan: dict[str, Any]) -> str | None:
    """The day of the signature whose date the plan bears."""
    if plan["issued"] is None:
        return None
    for node in reversed(plan["children"]):
        if node["type"] == "signature" and node["issued"] == plan["issued"] and node["when"]:
            day: str | None = node["when"]["end"]
            return day
    return None


def _flat(text: str | None) -> str:
    """The text on one line."""
    return "".join(text.splitlines()) if text else ""


def _join(path: str, step: str) -> str:
    return f"{path} / {step}" if path and step else path or step
