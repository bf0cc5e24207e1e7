"""Word files (.docx) in the layout of GB/T 9704-2012, with labels as automatic numbers.

`standard` numbers sections as `planparse.writers.text` does, in one list of several levels; `keep` gives every label as
it is, by the list that shows it or, where none does, as text. Points inside running text stay in the text. Tables keep
their grid, the lines of a cell are paragraphs; every plan begins a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeGuard

from planparse.model import Document, Node, Noise, Paragraph, Plan, Schedule, Section, Signature, Table
from planparse.syntax.noise import FILE_REASONS
from planparse.syntax.numbering import standard_label
from planparse.writers.text import row_cells, title_lines
from planparse.writers.word.body import Body, escaped, measure
from planparse.writers.word.numbering import LEVELS, Lists, numbering_part
from planparse.writers.word.parts import CHARACTER, LINE, NAMESPACE, TEXT_WIDTH, heading_id, pack
from planparse.writers.wording import around, flat, inline_count, is_heading, no_noise, own_words, run

Numbering = Literal["standard", "keep"]


def write(documents: list[Document], numbering: Numbering = "standard") -> bytes:
    """The documents as one Word file. `numbering` is `standard` or `keep`; anything else is a ValueError."""
    if numbering not in ("standard", "keep"):
        raise ValueError(f"numbering is {numbering!r}, not 'standard' or 'keep'")
    writer = _Writer(keep=numbering == "keep")
    for document in documents:
        writer.document(document)
    title = next((line for document in documents for plan in document.plans for line, real in title_lines(plan) if real), "")
    lists = writer.lists
    headings = {level: heading_id(level) for level in range(LEVELS)} if lists.first else {}
    return pack(writer.body.xml(), numbering_part(lists, NAMESPACE, headings), escaped(title), lists.first)


@dataclass(slots=True)
class _Siblings:
    """Nodes of one parent on their way into the body."""

    nodes: Sequence[Node]
    depth: int
    """How many numbered sections stand around them."""
    bullets: int
    """How many bulleted ones do."""
    near: int | None
    """The list of the last number among them, before the first that of the section around them."""
    at: int = 0
    value: int = 0
    signed: bool = False
    headed: bool = False
    """Whether a line among them that is nothing but a heading holds something: then all such numbered lines are headings."""
    alone: int = 0
    """From which node on headings without number are such in Word: before, they would take what follows for theirs."""


def _siblings(nodes: Sequence[Node], depth: int, bullets: int, near: int | None, *, inside: bool) -> _Siblings:
    """`inside`: headings without number may stand here, for all that follows the nodes' parent is a heading as well."""
    headed = any(isinstance(node, Section) and is_heading(node) and node.children for node in nodes)
    alone = len(nodes)
    while inside and alone and _ends(nodes[alone - 1]):
        alone -= 1
    return _Siblings(nodes, depth, bullets, near, headed=headed, alone=alone)


def _ends(node: Node) -> bool:
    """Whether it belongs to no heading before it."""
    return is_heading(node) if isinstance(node, Section) else isinstance(node, Signature | Noise)


class _Writer:
    """Writes documents one after the other into one body."""

    def __init__(self, *, keep: bool) -> None:
        self.keep = keep
        self.body = Body()
        self.lists = Lists(standard=not keep)

    def document(self, document: Document) -> None:
        """Adds a document: what stands before its plans, its plans, what stands after."""
        before, after = around(document)
        self._begin_page()
        self._stray(before)
        for plan in document.plans:
            self._begin_page()
            self._plan(plan)
        self.body.page = False
        self._stray(after)

    def _begin_page(self) -> None:
        self.body.page = bool(self.body.blocks)

    def _stray(self, nodes: Iterable[Noise | Paragraph]) -> None:
        for node in nodes:
            if isinstance(node, Paragraph):
                self.body.paragraph("BodyText", [(flat(node.text) + self._inner(node.children), "")])
            elif self.keep and node.reason not in FILE_REASONS:  # what stood in the margins is no line of the body
                self.body.paragraph("Normal", [(flat(node.text), "")])

    def _plan(self, plan: Plan) -> None:
        if plan.mark:
            self.body.paragraph("Normal", [(flat(plan.mark), "")])
        lines = title_lines(plan)
        for k, (line, real) in enumerate(lines, 1):
            self.body.paragraph("Title" if real else "Subtitle", [(line, "")], after=LINE if k == len(lines) else 0)
        # In a plan without a title, a heading would be taken for one.
        stack = [_siblings(plan.children, 0, 0, self.lists.first, inside=plan.title is not None)]
        while stack:
            siblings = stack[-1]
            if siblings.at == len(siblings.nodes):
                stack.pop()
                continue
            node = siblings.nodes[siblings.at]
            siblings.at += 1
            if isinstance(node, Section):
                stack.append(self._section(node, siblings))
            else:
                self._leaf(node, siblings)

    def _leaf(self, node: Node, siblings: _Siblings) -> None:
        if isinstance(node, Paragraph):
            self.body.paragraph("BodyText", [(flat(node.text) + self._inner(node.children), "")])
        elif isinstance(node, Schedule):
            self._schedule(node)
        elif isinstance(node, Table):
            self.body.table(node.columns, node.rows, [])
        elif isinstance(node, Signature):
            right = _room(siblings.nodes, siblings.at - 1)
            self.body.paragraph("Signature", [(flat(node.text), "")], before=0 if siblings.signed else LINE, right=right)
            siblings.signed = True
        elif isinstance(node, Noise) and self.keep:
            self.body.paragraph("Normal", [(flat(node.text), "")])

    def _section(self, section: Section, siblings: _Siblings) -> _Siblings:
        """Adds a section's own line; what is under it is handed back."""
        level = min(siblings.depth, LEVELS - 1)
        label = section.number.text if section.number else ""
        count = inline_count(section, label)
        listed: int | None = None
        near: int | None = None
        if section.number:
            siblings.value += 1
            value = section.number.value if self.keep else siblings.value
            if not self.keep:
                label = standard_label(siblings.depth, siblings.value)
        words = own_words(section, label)
        rest = words.removeprefix(label)
        gap = rest.startswith(" ")
        if section.bullet is not None:
            level = min(siblings.bullets, LEVELS - 1)
            listed = self.lists.bullet(section.bullet)
            if listed is None:
                words = f"{section.bullet} {words}"
        elif section.number:
            near = listed = self.lists.number(label, value, level, siblings.near, gap=gap and self.keep)
            siblings.near = near or siblings.near
            if listed:
                words = rest.lstrip(" ") if self.keep else rest
        self._line(section, words, self._inner(section.children[:count]), siblings, (listed, level) if listed else None)
        numbered, bulleted = section.number is not None, section.bullet is not None
        inside = siblings.at > siblings.alone and is_heading(section)
        return _siblings(
            section.children[count:], siblings.depth + numbered, siblings.bullets + bulleted, near or siblings.near, inside=inside
        )

    def _line(self, section: Section, words: str, inner: str, siblings: _Siblings, number: tuple[int, int] | None) -> None:
        level = min(siblings.depth, LEVELS - 1)
        styled = siblings.headed if section.number else siblings.at > siblings.alone
        if styled and is_heading(section) and not inner:
            outline = min(section.level, LEVELS) - 1
            if section.number is None:
                words = flat(section.heading)
            if number is None and self.lists.first:
                number = (0, level)  # the style has a number of its own; without it some programs drop the indent as well
            self.body.paragraph(heading_id(level), [(words, "")], number=number, outline=outline if outline != level else None)
            return
        heading = flat(section.heading)
        at = words.find(heading) + len(heading) if heading and section.bullet is None else 0
        if at and section.text and words[at : at + 1] in tuple("：。"):
            at += 1
        style = heading_id(level, characters=True) if at else ""
        self.body.paragraph("BodyText", [(words[:at], style), (words[at:] + inner, "")], number=number, label_style=style)

    def _inner(self, children: list[Node]) -> str:
        return "".join(run(children, (lambda noise: flat(noise.text)) if self.keep else no_noise))

    def _schedule(self, schedule: Schedule) -> None:
        rows = [row_cells(row) for row in schedule.children]
        if schedule.columns:
            head = [column.name for column in schedule.columns]
            self.body.table(head if any(head) else [], rows, [column.role for column in schedule.columns])
            return
        for key, *cells in rows:
            self.body.paragraph("Normal", [(flat(key), "")])
            for line in (line for cell in cells for line in cell.splitlines() if line):
                self.body.paragraph("BodyText", [(line, "")])


def _room(nodes: Sequence[Node], k: int) -> int:
    """The space to the right of a signature: two characters, or so much that a date begins two after its issuer (7.3.5.2)."""
    own = nodes[k]
    before, after = nodes[k - 1] if k else None, nodes[k + 1] if k + 1 < len(nodes) else None
    quarters = 8
    if _names(own) and _dates(after):
        quarters = max(quarters, measure(after.text) + 16 - measure(own.text))
    elif _dates(own) and _names(before):
        quarters = max(quarters, measure(before.text) - measure(own.text))
    return min(quarters * CHARACTER // 4, TEXT_WIDTH // 2)


def _names(node: Node | None) -> TypeGuard[Signature]:
    return isinstance(node, Signature) and node.issuer is not None and node.issued is None


def _dates(node: Node | None) -> TypeGuard[Signature]:
    return isinstance(node, Signature) and node.issued is not None and node.issuer is None
