"""The tree of a document for people: line numbers, guides, labels, the first words of each node, schedules row by row.

     3  ├─ 一、 指导思想
     4  │  └─ 围绕公司“降本、提质、保安全”的年度主题…

Each line fits the width asked for; wide characters count two. Colour is `rich`'s and loads only when asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from planparse.messages import Translate
from planparse.model import Document, Node, Noise, Paragraph, Plan, Positioned, Schedule, ScheduleRow, Section, Signature, Table
from planparse.width import Span, colored, columns, display_width, plain
from planparse.writers.wording import flat

STYLES = {
    "line": "dim", "guide": "dim", "title": "bold", "mark": "magenta", "label": "cyan", "heading": "bold", "text": "",
    "table": "magenta", "when": "green", "count": "dim", "more": "dim", "signature": "italic", "noise": "dim",
}  # fmt: skip
BRANCH, LAST, THROUGH, NOTHING = "├─ ", "└─ ", "│  ", "   "
CUT = "…"
# Messages, each a key of its translations.
PLAN, WEEK, TABLE = "plan {number}", "week {number}", "table"
SCHEDULES = {"week": "schedule by week", "day": "schedule by day", "month": "schedule by month", "phase": "schedule by phase"}
ROWS, ENTRIES, NOTES = ("{count} row", "{count} rows"), ("{count} entry", "{count} entries"), ("{count} note", "{count} notes")

Shown = Plan | Node | ScheduleRow


def write(document: Document, depth: int | None = None, color: bool = False, width: int = 100, translate: Translate = str) -> str:
    """The document's tree. `depth` counts the levels below a plan that are shown; what it hides is counted in brackets."""
    margin = len(str(max(document.source.lines, 1))) if _positioned(document) else 0
    lines: list[list[Span]] = []
    for node in sorted([*document.plans, *document.stray], key=_offset):
        lines.extend(_tree(node, "", "", depth, margin, translate))
    cut = [_cut(spans, width) for spans in lines]
    return colored(cut, STYLES) if color else plain(cut)


def _positioned(document: Document) -> bool:
    nodes: list[Positioned] = [*document.plans, *document.stray]
    return any(node.position is not None for node in nodes)


def _offset(node: Positioned) -> int:
    return node.position.start.offset if node.position else 0


def _tree(node: Shown, lead: str, below: str, depth: int | None, margin: int, translate: Translate) -> Iterator[list[Span]]:
    """The node's own line, after `lead`, and those of what is under it, each after `below` and a branch."""
    children = _children(node)
    hidden = sum(map(_size, children)) if depth == 0 else 0
    number = str(node.position.start.line) if node.position else ""
    spans = [Span("line", number.rjust(margin) + "  ")] if margin else []
    spans += [Span("guide", lead), *_words(node, translate)]
    yield spans + [Span("more", f" (+{hidden})")] * bool(hidden)
    if depth == 0:
        return
    for k, child in enumerate(children):
        last = k + 1 == len(children)
        yield from _tree(child, below + (LAST if last else BRANCH), below + (NOTHING if last else THROUGH),
                         None if depth is None else depth - 1, margin, translate)  # fmt: skip


def _children(node: Shown) -> Sequence[Shown]:
    if isinstance(node, Plan | Section | Paragraph | Schedule):
        return node.children
    return ()


def _size(node: Shown) -> int:
    return 1 + sum(map(_size, _children(node)))


def _words(node: Shown, translate: Translate) -> Iterator[Span]:
    """What a node's line tells, after its guide."""
    if isinstance(node, Plan):
        yield from [Span("mark", f"{node.mark}  ")] * bool(node.mark)
        yield Span("title", flat(node.title) or ("" if node.mark else translate(PLAN).format(number=node.ordinal)))
    elif isinstance(node, Section):
        label = node.number.text if node.number else node.bullet
        yield from [Span("label", f"{label} ")] * bool(label)
        yield Span("heading", flat(node.heading)) if node.heading else Span("text", flat(node.text))
    elif isinstance(node, Paragraph):
        yield Span("text", flat(node.text))
    elif isinstance(node, Schedule):
        names = ", ".join(column.name for column in node.columns if column.name)
        yield Span("table", f"{translate(SCHEDULES[node.unit])}, {_count(len(node.children), ROWS, translate)}")
        yield Span("count", f": {names}" if names else "")
    elif isinstance(node, ScheduleRow):
        yield from _row_words(node, translate)
    elif isinstance(node, Table):
        yield Span("table", f"{translate(TABLE)}, {_count(len(node.rows), ROWS, translate)}")
        yield Span("count", f": {', '.join(filter(None, map(flat, node.columns)))}" if any(node.columns) else "")
    elif isinstance(node, Signature):
        yield Span("signature", flat(node.text))
    elif isinstance(node, Noise):
        yield Span("noise", f"# {node.reason}: {flat(node.text)}")


def _row_words(row: ScheduleRow, translate: Translate) -> Iterator[Span]:
    key = translate(WEEK).format(number=row.week) if row.week is not None else flat(row.label)
    when = flat(row.when.text) if row.when and not (row.when.kind == "week" and row.week is not None) else ""
    yield Span("label", key + "  " if key else "")
    yield Span("when", when + "  " if when and when != key else "")
    counts = [_count(len(row.items), ENTRIES, translate)]
    remarks = sum(note.role == "note" for note in row.notes)
    counts += [_count(remarks, NOTES, translate)] * bool(remarks)
    yield Span("count", ", ".join(counts))


def _count(count: int, messages: tuple[str, str], translate: Translate) -> str:
    """`messages` are for one and for many."""
    return translate(messages[count != 1]).format(count=count)


def _cut(spans: list[Span], width: int) -> list[Span]:
    """The spans as far as they fit the width; what is cut ends in `…`, before the count of what is hidden."""
    if sum(display_width(span.text) for span in spans) <= width:
        return spans
    if spans[-1].style == "more":
        return [*_cut(spans[:-1], width - display_width(spans[-1].text)), spans[-1]]
    out: list[Span] = []
    room = width - display_width(CUT)
    for style, text in spans:
        kept = ""
        for character in text:
            room -= columns(character)
            if room < 0:
                return [*out, Span(style, kept + CUT)]
            kept += character
        out.append(Span(style, kept))
    return out
