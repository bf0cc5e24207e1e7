"""What rules look at: the text, the tree of its plans, and what the parser itself found odd."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

from planparse.source import Source
from planparse.syntax.parse import Parsed
from planparse.syntax.repair import clean
from planparse.syntax.tree import Cut, Finding, Node


class Visit(NamedTuple):
    """A node where the tree has it."""

    node: Node
    parent: Node | None
    """The node it is a child, an entry or a note of; None for a plan and for what stands outside any."""
    plan: Node | None
    depth: int
    """0 for a plan, 1 for its children."""
    row: Node | None
    """The row of a schedule that it stands in."""


class Label(NamedTuple):
    """A node's number as it stands in the text: `text[start:end]`."""

    style: str
    start: int
    end: int
    value: int


class Spans:
    """Stretches of the text, asked by place."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        for start, end in sorted(spans):
            if self.ends and start <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            elif start < end:
                self.starts.append(start)
                self.ends.append(end)

    def touch(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` shares a character with one of them."""
        k = bisect_right(self.ends, start)
        return k < len(self.starts) and self.starts[k] < end


class View:
    """One parsed file, for rules. Offsets are those of `text`; `work` is as long, with what was mended under fillers."""

    def __init__(self, source: Source, plans: list[Node], parsed: Parsed, options: Mapping[str, Mapping[str, Any]] | None = None) -> None:
        self.source = source
        self.text = source.text
        self.work = parsed.work
        self.plans = plans
        self.parsed = parsed
        self.stray = parsed.stray
        self.repairs = parsed.repairs
        self.options = options or {}

    @classmethod
    def of(cls, parsed: Parsed, options: Mapping[str, Mapping[str, Any]] | None = None, *, promises: bool = True) -> View:
        """The view of a source that is parsed; its tree is built here, without `promises` with no targets, owners, deadlines, documents."""
        plans = list(parsed.plans(facts=promises))
        return cls(parsed.source, plans, parsed, options)

    # -- the tree ------------------------------------------------------------------------------------------------

    @cached_property
    def visits(self) -> list[Visit]:
        """Every node in reading order, those outside any plan last: plans, sections, rows of schedules, their entries and notes."""
        out: list[Visit] = []
        for plan in self.plans:
            _visit(plan, None, plan, 0, None, out)
        for node in self.stray:
            _visit(node, None, None, 0, None, out)
        return out

    def of_type(self, *types: str) -> Iterator[Visit]:
        """The nodes of these types."""
        return (visit for visit in self.visits if visit.node.type in types)

    def lists(self) -> Iterator[list[Node]]:
        """The numbered siblings of each parent, in order: lists as they stand, several styles together."""
        groups: dict[int, list[Node]] = {}
        for node, parent, _, _, _ in self.visits:
            if "number" in node.fields:
                groups.setdefault(id(parent), []).append(node)
        return iter(groups.values())

    def found(self, *names: str) -> Iterator[Finding]:
        """What the parser, the times or a reader found odd, by the names of `planparse.syntax.findings.KINDS`."""
        return (finding for finding in self.parsed.findings if finding.name in names)

    # -- the words -----------------------------------------------------------------------------------------------

    def words(self, node: Node) -> list[Cut]:
        """Where a node's own words stand: its heading, its text, without its number and what is under it."""
        fields = node.fields
        cuts: list[Cut] = []
        for key in ("title", "heading", "text"):
            value = fields.get(key)
            if type(value) is Cut:
                cuts.append(value)
            elif value:
                cuts.extend(Cut(*cut) for cut in value)
        return cuts

    def read(self, start: int, end: int) -> str:
        """A stretch as it is read: mended, without blanks at its ends."""
        return clean(self.work, start, end)

    def own(self, node: Node) -> str:
        """A node's own words, read."""
        return "".join(self.read(*cut) for cut in self.words(node))

    def label(self, node: Node) -> Label | None:
        """A node's number."""
        number = node.fields.get("number")
        return Label(*number) if number is not None else None

    def option(self, code: str, name: str) -> Any:
        """A rule's setting, as the user's or the rule's default."""
        from planparse.rules.registry import rules

        return self.options.get(code, {}).get(name, rules()[code].rule.options[name])

    # -- what no rule about text may touch -----------------------------------------------------------------------

    @cached_property
    def labels(self) -> Spans:
        """Where numbers and bullets of nodes stand."""
        spans = []
        for visit in self.visits:
            node = visit.node
            if (number := node.fields.get("number")) is not None:
                spans.append((number[1], number[2]))
            if node.fields.get("bullet"):
                spans.append((node.start, node.start + 2))
        return Spans(spans)

    @cached_property
    def times(self) -> Spans:
        """Where times stand that were read, those of titles and rows included."""
        spans = []
        for visit in self.visits:
            fields = visit.node.fields
            whens = [fields.get("when"), fields.get("period"), *fields.get("times", ())]
            spans += [when["at"] for when in whens if when and when.get("at")]
            for row in fields.get("facts", ()):
                spans += [due["at"] for due in row.get("deadlines", ()) if due.get("at")]
        return Spans(spans)

    @cached_property
    def borders(self) -> Spans:
        """Where cells of tables and schedules meet: TABs, bars, ends of lines."""
        spans = []
        for visit in self.of_type("schedule", "table"):
            node = visit.node
            spans += [(k, k + 1) for k in range(node.start, node.end) if self.text[k] in "\t|\n\r\x0b"]
        return Spans(spans)

    @cached_property
    def debris(self) -> Spans:
        """Where noise stands."""
        return Spans((visit.node.start, visit.node.end) for visit in self.of_type("noise"))

    def guarded(self, start: int, end: int) -> bool:
        """Whether a rule about text must leave `text[start:end]` alone: labels, times, borders of cells, debris."""
        return self.guards.touch(start, end)

    @cached_property
    def guards(self) -> Spans:
        """All that is guarded, as one."""
        parts = (self.labels, self.times, self.borders, self.debris)
        return Spans(span for spans in parts for span in zip(spans.starts, spans.ends, strict=True))


def _visit(node: Node, parent: Node | None, plan: Node | None, depth: int, row: Node | None, out: list[Visit]) -> None:
    out.append(Visit(node, parent, plan, depth, row))
    inner = node if node.type == "schedule_row" else row
    for key in ("subtitles", "items", "notes"):
        for entry in node.fields.get(key, ()):
            _visit(entry, node, plan, depth + 1, inner, out)
    for child in node.children:
        _visit(child, node, plan, depth + 1, inner, out)
