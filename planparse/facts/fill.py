"""Gives a plan its facts: reads each node's own words, then hands down what holds for all that is under a node.

The pass after the times: deadlines are times that are resolved already. It changes only the fields `targets`, `owners`,
`deadlines`, `citations` and a table's `facts`, and works on what the text says: filling twice is filling once.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from planparse.dates.entries import Entry
from planparse.facts.citations import Citation, find_citations
from planparse.facts.columns import GENERIC, Head, head_of, numbers_in
from planparse.facts.lists import Owner
from planparse.facts.owners import find_owners, names_in
from planparse.facts.targets import Target, find_targets
from planparse.syntax.lazy import lazy
from planparse.syntax.repair import FILLER, clean
from planparse.syntax.tree import Cut, Node

PERIODS = frozenset({"range", "month", "quarter", "half_year"})
"""Kinds of time within which something is to be done."""
_DUE_SLOT = lazy("(?:时限|期限|时间|日期|进度)[】\\]]?[ \u3000\u200b]*[：:][ \u3000\u200b]*\\Z")
WIDEST_JOINT = 3
"""So many signs stand between a heading and its text at most."""
FEWEST_ENTRIES = 2
"""So many entries make a list that a line can close."""
_UNDATED = frozenset({"", "recurrence", "duration"})
_NEVER = {"kind": ""}
_SENTENCE_ENDS = "。；;！!？?\n"
_OPENS = " \u3000\u200b（(【["
_DONE = lazy(
    "[，,]?[ \u3000]*[^，,。；;：:\n检督抽核查问汇报统计]{0,8}?(?:完成(?![情率时后的度较良])|完工|建成(?![后的])|竣工(?![后的])|投入使用|投用|交付|办结(?![率后的]))"
)
"""三季度末完成: the end of a time is when it is due."""
_THAN = lazy("(?:比|较|高于|低于|多于|少于|超过|对比)\\Z")
_AND = lazy("[与同和跟]\\Z")
_LIKENED = lazy("[^，,。；;]{0,8}(?:相比|比较|对比|持平|相当)")
"""比上半年, 与一季度相比: a time that something is compared with is no time for it."""


class Facts(NamedTuple):
    """What holds for the nodes under one."""

    owners: list[dict[str, Any]]
    deadlines: list[dict[str, Any]]


NOTHING = Facts([], [])


class _Times:
    """The plan's time expressions, asked by place; `places` maps a cleaned text back to the plan's."""

    def __init__(self, entries: list[Entry]) -> None:
        kept = [(e.start, e.end) for e in entries if e.text and (e.written is None or e.written.kind != "duration")]
        self.starts = [start for start, _ in kept]
        self.ends = [end for _, end in kept]
        self.all_ends = set(self.ends)
        self.places: list[int] | None = None

    def holds(self, start: int, end: int) -> bool:
        if self.places is not None:
            start, end = self.places[start], self.places[end - 1] + 1
        k = bisect_left(self.starts, end)
        return any(self.ends[j] > start for j in range(max(0, k - 3), k))

    def ends_at(self, place: int) -> bool:
        if self.places is not None:
            place = self.places[place - 1] + 1
        return place in self.all_ends


class Filler:
    """Fills the plans of one document."""

    def __init__(self, work: str) -> None:
        self.work = work

    def fill(self, plan: Node, entries: list[Entry]) -> None:
        """Fills one plan; `entries` are its time expressions."""
        self.times = _Times(entries)
        for child in plan.children:
            self._own(child)
        for child in plan.children:
            self._hand_down(child, NOTHING)

    # -- a node's own words --------------------------------------------------------------------------------------

    def _own(self, node: Node) -> None:
        kind = node.type
        if kind == "schedule":
            for row in node.children:
                for entry in (*row.fields.get("items", ()), *row.fields.get("notes", ())):
                    self._own(entry)
            return
        if kind == "table":
            self._own_rows(node)
            return
        if kind in ("noise", "signature"):
            return
        own = node.fields
        for key in ("targets", "owners", "deadlines", "citations"):
            own.pop(key, None)
        if own.get("role") == "owner":
            self._add_owners(own, own.get("text"))
        else:
            for cut in _stretches(own.get("heading"), own.get("text")):
                self._read(own, cut)
        deadlines = [
            due for due in _deadlines(own, self.work) if not self._is_compared(due["at"]) and not _is_figure(due, own.get("targets", ()))
        ]
        if deadlines:  # one that stands in the deadline column of its row is not in its own words
            own["deadlines"] = [due if node.start <= due["at"][0] < node.end else due | {"inherited": True} for due in deadlines]
        for child in node.children:
            self._own(child)

    def _is_compared(self, at: tuple[int, int]) -> bool:
        """Whether a time is only compared with: 比上半年多1400台, 与一季度相比."""
        start, end = at
        if _THAN.search(self.work, max(0, start - 2), start):
            return True
        return (
            _AND.search(self.work, max(0, start - 1), start) is not None
            and _LIKENED.match(self.work, end, end + WIDEST_JOINT + 9) is not None
        )

    def _read(self, own: dict[str, Any], cut: Any) -> None:
        """Adds the facts of a stretch, or of the stretches of one text, to a node's fields."""
        text, first, last, places = self._read_as(cut)
        self.times.places = places
        targets = find_targets(text, first, last, self.times)
        owners = find_owners(text, first, last)
        citations = find_citations(text, first, last)
        self.times.places = None
        if targets:
            own.setdefault("targets", []).extend(self._target(target, text, places) for target in targets)
        if owners:
            own.setdefault("owners", []).extend(_owner(owner, text, places) for owner in owners)
        if citations:
            own.setdefault("citations", []).extend(_citation(citation, text, places) for citation in citations)

    def _read_as(self, cut: Any) -> tuple[str, int, int, list[int] | None]:
        """The text to read for a stretch or for the stretches of one text; the places of its signs where it is not the plan's own."""
        work = self.work
        cuts = (cut,) if type(cut) is Cut else cut
        start, end = cuts[0][0], cuts[-1][1]
        if len(cuts) == 1 and work.find(FILLER, start, end) < 0:
            return work, start, end, None
        places = [k for a, b in cuts for k in range(a, b) if work[k] != FILLER]
        return "".join([work[k] for k in places]), 0, len(places), places

    def _add_owners(self, own: dict[str, Any], cut: Any) -> None:
        """The names of a cell of an owner column."""
        if not cut:
            return
        text, first, last, places = self._read_as(cut)
        found = names_in(text, first, last)
        if found:
            own["owners"] = [_owner(owner, text, places) for owner in found]

    def _target(self, target: Target, text: str, places: list[int] | None) -> dict[str, Any]:
        figure = target.figure
        out: dict[str, Any] = {
            "text": clean(text, target.start, target.end),
            "value": figure.value,
            "at": _at(target.start, target.end, places),
        }
        if target.subject is not None:
            out["subject"] = "".join(clean(text, a, b) for a, b in target.subject)
        if figure.upper is not None:
            out["upper"] = figure.upper
        if figure.unit is not None:
            out["unit"] = figure.unit
        if target.comparator != "=":
            out["comparator"] = target.comparator
        if target.change is not None:
            out["change"] = target.change
        if figure.written != figure.value:
            written: dict[str, Any] = {"value": figure.written, "unit": figure.written_unit}
            if figure.written_upper is not None:
                written["upper"] = figure.written_upper
            out["written"] = written
        return out

    # -- tables --------------------------------------------------------------------------------------------------

    def _own_rows(self, table: Node) -> None:
        """The facts of a table that is keyed by no time, row by row, by what its columns hold."""
        own = table.fields
        own.pop("facts", None)
        cuts: list[list[Cut]] = own.get("cuts", [])
        heads = [head_of(name) for name in own.get("columns", ())]
        times = own.get("times", ())
        facts = []
        for number, row in enumerate(cuts, 1):
            found = self._row(row, heads, times)
            if found:
                facts.append({"row": number, "at": (row[0].start, row[-1].end), **found})
        if facts:
            own["facts"] = facts

    def _row(self, row: list[Cut], heads: list[Head], times: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        deadlines: list[dict[str, Any]] = []
        for k, cell in enumerate(row):
            head = heads[k] if k < len(heads) else None
            if cell.start >= cell.end:
                continue
            if head is not None and head.role == "owner":
                inside: dict[str, Any] = {}
                self._add_owners(inside, cell)
                found.setdefault("owners", []).extend(
                    owner | {"duty": head.duty} if owner["duty"] == "responsible" else owner for owner in inside.get("owners", [])
                )
            elif head is not None and head.role in ("due", "date", "time"):
                named = [when for when in times if cell.start <= when["at"][0] < cell.end]
                deadlines.extend(when | {"bound": when.get("bound") or "by"} if head.role == "due" else when for when in named)
            else:
                figures = numbers_in(self.work, cell.start, cell.end, head) if head is not None and head.unit else None
                if figures is not None and head is not None:
                    target = self._target(figures, self.work, None)
                    found.setdefault("targets", []).append(target | {"subject": head.name} if head.name not in GENERIC else target)
                else:
                    self._read(found, cell)
                    deadlines.extend(when for when in times if cell.start <= when["at"][0] < cell.end and _is_deadline(when, self.work))
        if not found.get("owners"):
            found.pop("owners", None)
        deadlines = [due for due in deadlines if not _is_figure(due, found.get("targets", ()))]
        if deadlines:
            found["deadlines"] = deadlines
        for target in found.get("targets", ()):
            if len(deadlines) == 1:
                target["deadline"] = deadlines[0]
        return found

    # -- what holds for what is under a node ---------------------------------------------------------------------

    def _hand_down(self, node: Node, above: Facts) -> None:
        kind, own = node.type, node.fields
        if kind == "schedule":
            for row in node.children:
                self._hand_to_row(row, above)
            return
        if kind in ("noise", "signature"):
            return
        if kind == "table":
            for row in own.get("facts", ()):
                owners = _with_inherited(row.get("owners", []), above.owners)
                if owners:
                    row["owners"] = owners
                if not row.get("deadlines") and above.deadlines:
                    row["deadlines"] = above.deadlines
            return
        below = self._below(node)
        said = Facts(_with_inherited(below.owners, above.owners), below.deadlines or above.deadlines)
        owners = _with_inherited(own.get("owners", []), said.owners)
        if owners:
            own["owners"] = owners
        if not own.get("deadlines") and said.deadlines and (own.get("when") or _NEVER)["kind"] in _UNDATED:
            own["deadlines"] = said.deadlines
        self._date_targets(own)
        for child in node.children:
            self._hand_down(child, said)

    def _below(self, node: Node) -> Facts:
        """What a node says that holds for all under it, marked as inherited: in its heading, apart from its text, at its end."""
        own = node.fields
        if not node.children:
            return NOTHING
        heading, text = own.get("heading"), own.get("text")
        owners = [o for o in own.get("owners", ()) if o.get("apart") or (heading and o["at"][0] < heading[1])]
        deadlines = [d for d in own.get("deadlines", ()) if self._is_apart(d, heading, text)]
        for child in self._closing(node):
            owners = owners or [o for o in child.fields.get("owners", ()) if o.get("apart")]
            deadlines = deadlines or [d for d in child.fields.get("deadlines", ()) if self._is_labelled(d)]
        return Facts([owner | {"inherited": True} for owner in owners if _binding(owner)], [due | {"inherited": True} for due in deadlines])

    def _closing(self, node: Node) -> list[Node]:
        """The children that speak for the node: lines that hold slots alone, and the last of the points inside its text."""
        out = [child for child in node.children if child.type == "paragraph" and self._is_slots(child)]
        last = node.children[-1]
        if last.type == "section" and not last.children and "\n" not in self.work[node.start : last.start]:
            earlier = node.children[:-1]
            at_end = [o for o in last.fields.get("owners", ()) if o.get("apart") and node.end - o["at"][1] <= 3]
            if earlier and at_end and not any(child.fields.get("owners") for child in earlier):
                out.append(last)
        if last.type == "section":
            out.extend(self._closing_a_list(node, last))
        return out

    def _closing_a_list(self, node: Node, last: Node) -> list[Node]:
        """The lines of slots behind the last entry of a list, where no entry has slots of its own: they hold for all entries."""
        lines = [child for child in last.children if child.type == "paragraph" and self._is_slots(child)]
        entries = [child for child in node.children if child.type == "section"]
        if not lines or len(entries) < FEWEST_ENTRIES or self._answers(last, lines):
            return []
        return [] if any(self._answers(entry) for entry in entries[:-1]) else lines

    def _answers(self, node: Node, but: Sequence[Node] = ()) -> bool:
        """Whether an entry or what is under it, `but` some lines, says in slots or brackets who answers or by when."""
        own = node.fields
        if any(owner.get("apart") for owner in own.get("owners", ())) or any(self._is_labelled(due) for due in own.get("deadlines", ())):
            return True
        return any(self._answers(child) for child in node.children if all(child is not line for line in but))

    def _is_slots(self, node: Node) -> bool:
        """Whether a paragraph begins with a slot: 责任单位：…, （完成时限：…）."""
        facts = [*node.fields.get("owners", ()), *node.fields.get("deadlines", ())]
        first = min((fact["at"][0] for fact in facts), default=-1)
        if first < 0 or first - node.start > 16 or node.end - node.start > 200:
            return False
        lead = self.work[node.start : first].strip(_OPENS)
        return lead.rstrip(" \u3000\u200b").endswith(("：", ":")) or not lead

    def _is_apart(self, due: dict[str, Any], heading: Any, text: Any) -> bool:
        at = due["at"][0]
        if heading and at < heading[1]:
            return True
        if text:
            start = text[0] if type(text) is Cut else text[0][0]
            if at - start <= 1:
                return True
        return self._is_labelled(due)

    def _is_labelled(self, due: dict[str, Any]) -> bool:
        at = due["at"][0]
        return _DUE_SLOT.search(self.work, max(0, at - 8), at) is not None

    def _hand_to_row(self, row: Node, above: Facts) -> None:
        """A row's owner column and its time hold for its entries."""
        own = row.fields
        notes = own.get("notes", ())
        answering = [note for note in notes if note.fields.get("role") == "owner" and note.fields.get("owners")]
        numbered = {note.fields["number"][3]: note for note in answering if "number" in note.fields}
        when = own.get("when")
        due = [when | {"inherited": True}] if when is not None and when.get("kind") in PERIODS | {"week"} and when.get("edtf") else []
        for item in own.get("items", ()):
            number = item.fields.get("number")
            mine = [numbered[number[3]]] if number and number[3] in numbered else answering if not numbered else []
            owners = [owner | {"inherited": True} for note in mine for owner in note.fields["owners"]]
            self._hand_down(item, Facts(owners or above.owners, [] if item.fields.get("when") is not None else due))
        for note in notes:
            self._hand_down(note, NOTHING)

    def _date_targets(self, own: dict[str, Any]) -> None:
        """Gives each figure its deadline: the one of its clause, or the only one."""
        deadlines = own.get("deadlines")
        if not deadlines:
            return
        for target in own.get("targets", ()):
            due = self._deadline_of(target["at"], deadlines)
            if due is not None:
                target["deadline"] = due

    def _deadline_of(self, at: tuple[int, int], deadlines: list[dict[str, Any]]) -> dict[str, Any] | None:
        if len(deadlines) == 1:
            return deadlines[0]
        first = max(self.work.rfind(sign, 0, at[0]) for sign in _SENTENCE_ENDS)
        stops = [k for sign in _SENTENCE_ENDS if (k := self.work.find(sign, at[1])) >= 0]
        last = min(stops, default=len(self.work))
        inside = [due for due in deadlines if first < due["at"][0] < last]
        before = [due for due in inside if due["at"][0] < at[0]]
        return before[-1] if before else inside[0] if inside else None


def _stretches(heading: Any, text: Any) -> list[Any]:
    """What to read of a node; a heading and the text behind it are one sentence: 责任单位：教务处."""
    if not heading or not text:
        return [cut for cut in (heading, text) if cut]
    first, *rest = (text,) if type(text) is Cut else text
    if 0 <= first.start - heading.end <= WIDEST_JOINT:
        return [(Cut(heading.start, first.end), *rest)]
    return [heading, text]


def _at(start: int, end: int, places: list[int] | None) -> tuple[int, int]:
    return (start, end) if places is None else (places[start], places[end - 1] + 1)


def _owner(owner: Owner, text: str, places: list[int] | None) -> dict[str, Any]:
    return {
        "text": clean(text, owner.start, owner.end), "kind": owner.kind, "duty": owner.duty,
        "at": _at(owner.start, owner.end, places), "apart": owner.apart,
    }  # fmt: skip


def _citation(citation: Citation, text: str, places: list[int] | None) -> dict[str, Any]:
    out: dict[str, Any] = {"title": clean(text, *citation.title), "at": _at(citation.start, citation.end, places)}
    if citation.number is not None:
        out["number"] = "".join(clean(text, *citation.number).split())
    return out


def _with_inherited(own: list[dict[str, Any]], above: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A node's owners and those from above whose question it leaves open: who answers or leads, who supports."""
    if not own or not above:
        return own or above
    asked = {owner["duty"] == "support" for owner in own}
    names = {owner["text"] for owner in own}
    more = [owner for owner in above if (owner["duty"] == "support") not in asked and owner["text"] not in names]
    return [*own, *more] if more else own


def _binding(owner: dict[str, Any]) -> bool:
    """Whether an owner answers for what is under the node: members of a group do not."""
    return owner["duty"] in ("responsible", "lead", "support")


def _deadlines(own: dict[str, Any], work: str) -> list[dict[str, Any]]:
    """The times of a node by or within which something is due, in order of the text."""
    when = own.get("when")
    times = [*([when] if when is not None and when.get("at") else []), *own.get("times", ())]
    return sorted((time for time in times if _is_deadline(time, work)), key=lambda time: time["at"])


def _is_figure(when: dict[str, Any], targets: Iterable[dict[str, Any]]) -> bool:
    """Whether how long something lasts is what a figure promises, and no time to do it in: 平均住院日控制在8天以内."""
    start, end = when["at"]
    return when["kind"] == "duration" and any(target["at"][0] <= start and end <= target["at"][1] for target in targets)


def _is_deadline(when: dict[str, Any], work: str) -> bool:
    bound = when.get("bound")
    if when["kind"] == "duration" and when["text"].rstrip("之以内前后").endswith(("分钟", "小时", "秒")):
        return False
    if bound in (None, "around") and when["kind"] == "date" and when["text"].endswith(("底", "末")):
        return _DONE.match(work, when["at"][1]) is not None
    return bound == "by" or (bound is None and when["kind"] in PERIODS and not when.get("rrule"))
