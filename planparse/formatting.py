"""A plan in its normal form: numbers in the order of GB/T 9704, one width of punctuation, one way to write dates.

Formatting twice is formatting once: the steps are repeated until nothing changes.
"""

from __future__ import annotations

from typing import NamedTuple

from planparse.dates.resolve import Settings
from planparse.documents import build
from planparse.model import Document, Node, Noise, Number, Paragraph, Section
from planparse.rules.fixing import fix, viewer
from planparse.rules.registry import rules
from planparse.rules.selection import Selection, select
from planparse.source import Source
from planparse.syntax.numbering import match_label
from planparse.syntax.parse import Parsed
from planparse.writers import markdown, text
from planparse.writers.wording import inline_count

MARKDOWN = "text/markdown"
MOST_ROUNDS = 6
SIGNS = ("PN208", "PN209", "PN401", "PN404", "PN405", "PN409")
"""The rules whose fixes, unsafe ones included, make signs, widths and dates uniform once the text is written anew."""
FORMAL = frozenset({"part", "chapter", "clause-section", "article", "stage", "section-sign"})
"""Styles that stay: chapters and articles are cited by their numbers, and the order of GB/T 9704 goes on below them."""


class Formatted(NamedTuple):
    """What formatting makes of a source."""

    text: str
    document: Document
    """The plans of that text."""
    left_out: int
    """How many stretches of debris were left out."""
    notes: int
    """How many footnotes and comments of a Word file are not in the text; Markdown has them."""
    stable: bool
    """False where formatting the result would change it again."""


def formatted(source: Source, settings: Settings | None = None, *, as_markdown: bool = False, debris: bool = True) -> Formatted:
    """The normal form of a source, as text or as Markdown. Without `debris`, advertisements and the like are left out."""
    media_type = MARKDOWN if as_markdown else "text/plain"
    now, left_out = source, 0
    notes = 0 if as_markdown or source.layout is None else len(source.layout.asides)
    for _ in range(MOST_ROUNDS):
        document = standardised(build(Parsed(now, settings)))
        if not debris:
            document, gone = _clean(document)
            left_out += gone
        written = markdown.write(document) if as_markdown else text.write(document, "keep")
        again = Source(source.name, written, media_type=media_type)
        again.published = source.published
        done = fix(written, viewer(again, settings, {}), _selection(), unsafe=True).text
        if done == now.text:
            return Formatted(done, document, left_out, notes, stable=True)
        now = Source(source.name, done, media_type=media_type)
        now.published = source.published
    return Formatted(now.text, build(Parsed(now, settings)), left_out, notes, stable=False)


def _selection() -> Selection:
    return select("official", chosen=[code for code in SIGNS if code in rules()])


def standardised(document: Document) -> Document:
    """The document with its sections numbered from 1 by their depth; points inside running text keep their labels."""
    plans = [plan.model_copy(update={"children": _numbered(plan.children, 0)}) for plan in document.plans]
    return document.model_copy(update={"plans": plans})


def _numbered(nodes: list[Node], depth: int) -> list[Node]:
    value = 0
    out: list[Node] = []
    for node in nodes:
        if not isinstance(node, Section):
            out.append(node)
            continue
        number, below = node.number, depth
        inside = inline_count(node, number.text if number else "")
        if number is not None and number.style not in FORMAL:
            value += 1
            below += 1
            number = _standard(depth, value)
        children = [*node.children[:inside], *_numbered(node.children[inside:], below)]
        out.append(node.model_copy(update={"number": number, "children": children}))
    return out


def _standard(depth: int, value: int) -> Number:
    label = text.standard_label(depth, value)
    line = label + "文字"
    found = match_label(line, 0, len(line))
    assert found is not None
    return Number(text=label, style=found.style.name, value=value)


def _clean(document: Document) -> tuple[Document, int]:
    """The document without its debris, and how much there was."""
    stray = [node for node in document.stray if not isinstance(node, Noise)]
    gone = len(document.stray) - len(stray)
    plans = []
    for plan in document.plans:
        children, count = _clean_nodes(plan.children)
        gone += count
        plans.append(plan.model_copy(update={"children": children}))
    return document.model_copy(update={"plans": plans, "stray": stray}), gone


def _clean_nodes(nodes: list[Node]) -> tuple[list[Node], int]:
    out: list[Node] = []
    gone = 0
    for node in nodes:
        if isinstance(node, Noise):
            gone += 1
        elif isinstance(node, Section | Paragraph):
            children, count = _clean_nodes(node.children)
            gone += count
            out.append(node.model_copy(update={"children": children}))
        else:
            out.append(node)
    return out, gone
