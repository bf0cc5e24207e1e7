"""JSON straight from the parser's tree, without building models: the path of the command line.

The fields, their order and their defaults come from `planparse.shape`, which is generated from the models; a test
proves that this text and the models' own JSON say the same. Each node begins a line, so that files differ line by line.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

from planparse.messages import Translate, fill
from planparse.shape import SCHEMA_ID, SHAPES
from planparse.source import Source
from planparse.syntax.findings import KINDS
from planparse.syntax.parse import Parsed
from planparse.syntax.repair import FILLER, clean
from planparse.syntax.tree import Cut, Finding, Node

try:  # the json package costs more start-up time than all that is needed of it
    from _json import encode_basestring as quote
except ImportError:  # pragma: no cover - interpreters without the accelerator
    from json.encoder import encode_basestring as quote


def write(parsed: Parsed, *, positions: bool = True, translate: Translate = str, one_line: bool = False) -> Iterator[str]:
    """The document's JSON, plan by plan, so that a plan can be dropped once it is written.

    `translate` turns a diagnostic's English message into the reader's language.
    """
    encoder = _Encoder(parsed.source, parsed.work, positions, "" if one_line else "\n")
    yield f'{{"schema":{quote(SCHEMA_ID)},"source":{encoder.source()},"plans":['
    first = True
    for plan in parsed.plans():
        out: list[str] = []
        encoder.node(plan, 1, out.append)
        encoder.written.clear()
        yield ("" if first else ",") + "".join(out)
        first = False
    out = ['],"stray":[']
    for k, node in enumerate(parsed.stray):
        out.append("," if k else "")
        encoder.node(node, 1, out.append)
    out.append('],"notes":[')
    if parsed.source.layout is not None:
        out.append(",".join(encoder.aside(*aside) for aside in parsed.source.layout.asides))
    out.append('],"repairs":[')
    out.append(",".join(encoder.repair(*repair) for repair in parsed.repairs))
    out.append('],"diagnostics":[')
    findings = sorted(parsed.findings, key=lambda finding: finding.start)
    out.append(",".join(encoder.finding(finding, translate) for finding in findings))
    out.append("]}\n")
    yield "".join(out)


FACTS = {"targets": "target", "owners": "owner", "deadlines": "deadline", "citations": "citation", "facts": "row_facts"}
"""Fields that hold facts, with the shape of one."""


SHARED = frozenset(("deadline", "owner"))
"""The shapes of facts that are handed down, so that many nodes hold the same one."""


class _Encoder:
    """Writes nodes; holds what every node needs: the text, its lines, and whether positions are wanted."""

    def __init__(self, source: Source, work: str, positions: bool, line: str) -> None:
        self.info = source
        self.work = work
        self.starts = source.line_starts
        self.layout = source.layout
        self.positions = positions
        self.line = line
        self.templates: dict[tuple[Any, ...], list[tuple[str, str]]] = {}
        self.written: dict[tuple[str, int], tuple[dict[str, Any], str]] = {}
        """What a plan's nodes share, and its JSON: an owner of a heading stands again at all that is under it."""

    def position(self, start: int, end: int) -> str:
        """`"position":{…},` or nothing."""
        if not self.positions:
            return ""
        starts = self.starts
        a = bisect_right(starts, start)
        b = bisect_right(starts, end, a - 1)
        origin = "" if self.layout is None else self.origin(start)
        return (
            f'"position":{{"start":{{"line":{a},"column":{start - starts[a - 1] + 1},"offset":{start}}},'
            f'"end":{{"line":{b},"column":{end - starts[b - 1] + 1},"offset":{end}}}{origin}}},'
        )

    def origin(self, offset: int) -> str:
        """`,"origin":…` of a file that has no lines, or nothing."""
        assert self.layout is not None
        origin = self.layout.origin(offset)
        return "" if origin is None else f',"origin":{quote(str(origin))}'

    def node(self, node: Node, level: int, put: Callable[[str], None]) -> None:
        """One node with all that is under it."""
        kind, fields, children = node.type, node.fields, node.children
        template = self.templates.get((kind, bool(children), *fields))
        if template is None:
            template = self.templates[kind, bool(children), *fields] = _template(kind, fields, bool(children))
        below = level + 1 if kind == "section" else level
        put(f"{self.line}{{{self.position(node.start, node.end)}")
        for before, key in template:
            put(before)
            if key == "children":
                self.nodes(children, below, put)
            elif key == "level":
                put(str(level))
            elif key:
                value = fields[key]
                if type(value) is Cut:
                    put(quote(clean(self.work, value[0], value[1])))
                elif type(value) is list and value and type(value[0]) is Node:
                    put("[")
                    self.nodes(value, below, put)
                    put("]")
                else:
                    put(self.value(key, value))

    def nodes(self, nodes: list[Node], level: int, put: Callable[[str], None]) -> None:
        """A list of nodes, without its brackets."""
        self.node(nodes[0], level, put)
        for node in nodes[1:]:
            put(",")
            self.node(node, level, put)

    def value(self, key: str, value: Any) -> str:
        """A field that is neither a stretch nor a list of nodes."""
        if type(value) is tuple:
            if key == "number":
                style, start, end, count = value
                text = clean(self.work, start, end)
                return f'{{"text":{quote("".join(text.split()))},"style":"{style}","value":{count}}}'
            return quote(
                "".join(
                    clean(self.work, *cut) if len(value) == 1 else self.work[cut[0] : cut[1]].replace(FILLER, "") for cut in value
                ).strip()
            )
        if type(value) is str:
            return quote(value)
        if type(value) is dict:
            if key == "deadline":
                return self.placed("deadline", value)
            if key == "written":
                return self.plain("measure", value)
            if "kind" in value:
                return self.placed("evidence" if "years" in value else "when", value)
            return self.plain(_shape(value), value)
        if type(value) is list:
            if key in FACTS:
                return "[" + ",".join([self.placed(FACTS[key], entry) for entry in value]) + "]"
            return "[" + ",".join(self.value(key, entry) for entry in value) + "]"
        return str(value) if value is not True and value is not False else str(value).lower()

    def placed(self, shape: str, values: dict[str, Any]) -> str:
        """A `When` or a piece of evidence, whose place in the text is under `at`."""
        if shape in SHARED:
            known = self.written.get((shape, id(values)))
            if known is not None and known[0] is values:
                return known[1]
        at = values.get("at")
        text = "{" + (self.position(*at) if at else "") + self.plain(shape, values)[1:]
        if shape in SHARED:
            self.written[shape, id(values)] = (values, text)
        return text

    def plain(self, shape: str, values: dict[str, Any]) -> str:
        """A small object by its shape."""
        template = self.templates.get((shape, *values))
        if template is None:
            template = self.templates[shape, *values] = _template(shape, values, has_children=False)
        parts = ["{"]
        for before, key in template:
            parts.append(before)
            if key:
                value = values[key]
                parts.append(quote(value) if type(value) is str else self.value(key, value))
        return "".join(parts)

    def source(self) -> str:
        """The `source` object."""
        info = self.info
        values: dict[str, str | int | bool] = {
            "name": info.name, "media_type": info.media_type, "encoding": info.encoding, "encoding_guessed": info.encoding_guessed,
            "sha256": info.sha256, "lines": info.lines, "characters": len(info.text),
        }  # fmt: skip
        parts = (f'"{key}":{_scalar(values[key])}' for key, _ in SHAPES["source"])
        return "{" + ",".join(parts) + "}"

    def repair(self, kind: str, start: int, end: int, replacement: str) -> str:
        """One repair."""
        values = {"kind": kind, "text": self.info.text[start:end], "replacement": replacement}
        return f"{self.line}{{{self.position(start, end)}" + self.plain("repair", values)[1:]

    def aside(self, start: int, end: int, role: str, anchor: int) -> str:
        """One footnote or comment."""
        line, column = self.info.line_column(anchor)
        where = f',"anchor":{{"line":{line},"column":{column},"offset":{anchor}}}' if self.positions else ""
        words = quote(clean(self.work, start, end))
        return f'{self.line}{{{self.position(start, end)}"type":"{role}","text":{words}{where}}}'

    def finding(self, finding: Finding, translate: Translate) -> str:
        """One diagnostic; one about the file as a whole has no position."""
        kind = KINDS[finding.name]
        message = fill(translate, kind.message, finding.values)
        values = {"code": kind.code, "name": kind.name, "severity": kind.severity, "message": message}
        position = self.position(finding.start, finding.end) if finding.start < finding.end else ""
        return f"{self.line}{{{position}" + self.plain("diagnostic", values)[1:]


def _shape(values: dict[str, Any]) -> str:
    """The shape of a small object, by a field that only it has."""
    return "column" if "role" in values else "year" if "candidates" in values else "span" if "rows" in values else "basis"


def _template(kind: str, fields: dict[str, Any], has_children: bool) -> list[tuple[str, str]]:
    """The fixed text of a node with these fields: pairs of text and the field that follows it, the last one empty."""
    pairs: list[tuple[str, str]] = []
    text = ""
    for key, default in SHAPES[kind]:
        text += f'{"," if text or pairs else ""}"{key}":'
        if key == "children" and has_children:
            pairs.append((text + "[", key))
            text = "]"
        elif key == "level" or fields.get(key) is not None:
            pairs.append((text, key))
            text = ""
        elif key == "type":
            text += f'"{kind}"'
        else:
            text += default or "null"
    return [*pairs, (text + "}", "")]


def _scalar(value: str | int | bool) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return quote(value) if isinstance(value, str) else str(value)
