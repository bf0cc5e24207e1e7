"""The outline that editors show: plans, their sections, schedules and their rows."""

from __future__ import annotations

from collections.abc import Iterator

from lsprotocol import types

from planparse.lsp.analysis import Analysis
from planparse.messages import Translate
from planparse.rules.view import View
from planparse.syntax.tree import Cut, Node
from planparse.writers.outline import CUT, PLAN, ROWS, SCHEDULES, TABLE, WEEK

LONGEST = 60
"""Longer names are cut."""
KINDS = {
    "plan": types.SymbolKind.Module,
    "section": types.SymbolKind.String,
    "schedule": types.SymbolKind.Array,
    "schedule_row": types.SymbolKind.Object,
    "table": types.SymbolKind.Array,
}
"""The nodes that are shown. What stands under another, as under a paragraph, moves up."""


def symbols(analysis: Analysis, translate: Translate) -> list[types.DocumentSymbol]:
    """The outline as a tree."""
    out: list[types.DocumentSymbol] = []
    for plan in analysis.view.plans:
        out.extend(symbol for symbol, _, _ in _symbols(analysis, plan, translate))
    return out


def flat(uri: str, outline: list[types.DocumentSymbol], container: str | None = None) -> Iterator[types.SymbolInformation]:
    """The outline as a list, for clients that show no trees."""
    for symbol in outline:
        yield types.SymbolInformation(types.Location(uri, symbol.range), symbol.name, symbol.kind, container_name=container)
        yield from flat(uri, list(symbol.children or ()), symbol.name)


def _symbols(analysis: Analysis, node: Node, translate: Translate) -> Iterator[tuple[types.DocumentSymbol, int, int]]:
    """The symbol of a node, or those of what is under it where the node is not shown, each with its stretch of the text."""
    below = [found for child in node.children for found in _symbols(analysis, child, translate)]
    kind = KINDS.get(node.type)
    if kind is None:
        yield from below
        return
    # Editors refuse a tree whose parts leave their wholes.
    start = min([node.start, *(first for _, first, _ in below)])
    end = max([node.end, *(last for _, _, last in below)])
    view = analysis.view
    first, last = _named(view, node)
    first = min(max(first, start), end)
    symbol = types.DocumentSymbol(
        name=_cut(_name(view, node, translate)) or CUT,
        detail=_detail(node, translate),
        kind=kind,
        range=analysis.positions.range(start, end),
        selection_range=analysis.positions.range(first, min(max(last, first), end)),
        children=[found for found, _, _ in below],
    )
    yield symbol, start, end


def _name(view: View, node: Node, translate: Translate) -> str:
    fields = node.fields
    if node.type == "plan":
        parts = [view.read(*fields[key]) for key in ("mark", "title") if type(fields.get(key)) is Cut]
        return "  ".join(filter(None, parts)) or translate(PLAN).format(number=fields["ordinal"])
    if node.type == "section":
        label = view.label(node)
        number = view.read(label.start, label.end) if label is not None else str(fields.get("bullet") or "")
        return f"{number} {view.read(*_named(view, node, words=True))}"
    if node.type == "schedule":
        return translate(SCHEDULES[fields["unit"]])
    if node.type == "schedule_row":
        if fields.get("week") is not None:
            return translate(WEEK).format(number=fields["week"])
        return str((fields.get("when") or {}).get("text") or view.read(*_named(view, node)))
    return translate(TABLE)


def _detail(node: Node, translate: Translate) -> str | None:
    fields = node.fields
    if node.type in ("schedule", "table"):
        count = len(node.children) if node.type == "schedule" else len(fields.get("rows", ()))
        return translate(ROWS[count != 1]).format(count=count)
    when = fields.get("when") or {}
    if not when.get("start"):
        return None
    return when["start"] if when["start"] == when["end"] else f"{when['start']} – {when['end']}"


def _named(view: View, node: Node, *, words: bool = False) -> tuple[int, int]:
    """The stretch that names a node: its heading, or where its text or it itself begins; with its number unless only `words` count."""
    fields = node.fields
    label = fields.get("number")
    cut = fields.get("title") or fields.get("heading") or fields.get("text")
    if cut and type(cut) is not Cut and type(cut) is not str:
        cut = cut[0]
    if type(cut) is Cut:
        return (cut.start if label is None or words else label[1]), cut.end
    if node.type == "plan" and type(fields.get("mark")) is Cut:
        return Cut(*fields["mark"])
    if label is not None:
        return label[1], label[2]
    end = view.text.find("\n", node.start, node.end)
    return node.start, node.end if end < 0 else end


def _cut(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + CUT
