"""How a node's own words become one line that reads back as the same node: label, heading, text, the points inside it.

The model keeps neither the blank after a label nor the mark that closes a heading. Both are chosen here so that the
parser's own line rules (`match_label`, `split_heading`, `add_text`) find the same parts again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from planparse.model import Document, Item, Node, Noise, Note, Paragraph, Section
from planparse.syntax.content import add_text
from planparse.syntax.headings import read_plain, split_heading
from planparse.syntax.numbering import STYLE, TOP_FAMILIES, match_label
from planparse.syntax.points import FREE_FAMILIES, find_points
from planparse.syntax.tree import Node as Tree

Holder = Section | Paragraph | Item | Note

SPACED = frozenset({"part", "chapter", "clause-section", "article", "stage", "decimal-2", "decimal-3", "han-blank"})
"""Styles whose labels end without a mark: a blank sets them apart from what follows."""
POINTS = frozenset({"narrative", "circled", "arabic-paren", "letter-paren"})
"""Families that are taken for points inside running text where positions do not tell."""
CLOSED = "。；;：:！!？?，,、 ”）)…"


def flat(text: str | None) -> str:
    """The text on one line."""
    return "".join((text or "").splitlines())


def around(document: Document) -> tuple[list[Noise | Paragraph], list[Noise | Paragraph]]:
    """What stands outside the plans, before and after them; without positions all of it comes before."""
    first = document.plans[0].position if document.plans else None
    if first is None:
        return list(document.stray), []
    before = [node for node in document.stray if node.position is None or node.position.start.offset < first.start.offset]
    return before, document.stray[len(before) :]


def family(section: Section) -> str:
    """The family of the section's numbering style; empty without a number."""
    if section.number is None:
        return ""
    style = STYLE.get(section.number.style)
    return style.family if style else section.number.style


def rank(section: Section) -> float:
    """The rank of the section's numbering style in the standard order."""
    style = STYLE.get(section.number.style) if section.number else None
    return style.rank if style else 99


def is_heading(section: Section) -> bool:
    """A line that is a heading and nothing else."""
    return bool(section.heading) and not section.text and section.bullet is None


def labelled(label: str, words: str, *, blank: bool = False) -> str:
    """The words after their label, set apart by a blank where one is asked for or needed to read the label again."""
    if not label or not words:
        return label + words
    for gap in (" ", "") if blank else ("", " "):
        line = label + gap + words
        found = match_label(line, 0, len(line))
        if found is not None and "".join(line[: found.end].split()) == label:
            return line
    return f"{label} {words}"


def own_words(section: Section, label: str, *, blank: bool = False) -> str:
    """Label, heading and text of a section, without what is under it."""
    heading, text = flat(section.heading), flat(section.text)
    if section.number is not None and section.number.style in SPACED and label == section.number.text:
        blank = True
    if not heading:
        return labelled(label, text, blank=blank)
    if section.number is None and section.bullet is None and not text:
        return heading + _heading_mark(heading)
    sentence = text.endswith(tuple("。！？!?"))
    closes = ("。" if sentence else "：", "：" if sentence else "。", " ") if text else (_close(section), "", "：")
    for close in closes:
        words = heading + close + text
        if _splits(words, heading, text):
            return labelled(label, words, blank=blank)
    return labelled(label, heading + closes[0] + text, blank=blank)


def _splits(words: str, heading: str, text: str) -> bool:
    head, body = split_heading(words, 0, len(words))
    found = words[slice(*head)] if head else ""
    rest = words[slice(*body)] if body else ""
    return found.strip() == heading and rest.strip() == text


def _close(section: Section) -> str:
    """A colon where the list under a heading would not nest by its own style."""
    first = next((child for child in section.children if isinstance(child, Section)), None)
    if section.number is None or first is None or first.number is None:
        return ""
    return "：" if rank(first) <= rank(section) or family(first) == family(section) else ""


def _heading_mark(heading: str) -> str:
    """The colon that makes a line without a number a heading, where its words alone do not."""
    if read_plain(heading, 0, len(heading)).kind in ("front", "month"):
        return ""
    marked = heading + "："
    return "：" if read_plain(marked, 0, len(marked)).heading is not None else ""


def inline_count(holder: Holder, label: str) -> int:
    """How many of the first children stand inside the holder's running text: points, and debris between them.

    Positions tell; without them the numbering style does. A point that would not be read inside the text stays outside.
    """
    count = 0
    line = holder.position.start.line if holder.position else None
    for child in holder.children:
        if isinstance(child, Noise):
            inside = line is None or child.position is None or child.position.start.line == line
        elif (
            isinstance(child, Section) and child.number is not None and all(isinstance(under, Section | Noise) for under in child.children)
        ):
            if not isinstance(holder, Section):
                inside = True
            elif line is not None and child.position is not None:
                inside = child.position.start.line == line
            else:
                inside = bool(holder.text) and family(child) in POINTS
            inside = inside and family(child) not in TOP_FAMILIES
        else:
            inside = False
        if not inside:
            break
        count += 1
        line = child.position.end.line if child.position and line is not None else line
    points = [child for child in holder.children[:count] if isinstance(child, Section)]
    if not isinstance(holder, Section) or not points:
        return count
    return count if _reads_inside(holder, label, points) else 0


def _reads_inside(section: Section, label: str, points: list[Section]) -> bool:
    line = own_words(section, label) + "".join(run(points, no_noise))
    own = match_label(line, 0, len(line))
    found = find_points(line, 0, len(line), own=own)
    if found and found[0].start == 0:
        return False
    body = own.end if own else 0
    _, text = split_heading(line, body, len(line))
    if text is None:
        return False
    node = Tree("section", 0, len(line), {})
    add_text(line, node, text, frozenset({own.style.family} if own else ()))
    read = [child.fields["number"][3] for child in node.children if child.type == "section"]
    return read == [point.number.value for point in points if point.number]


def run(children: Iterable[Node], noise: Callable[[Noise], str], mark: Callable[[str], str] = str) -> Iterator[str]:
    """What stands inside a running text after its first words: points, the points inside them, and debris.

    `noise` writes debris, `mark` escapes words.
    """
    last = ""
    for child in children:
        if isinstance(child, Noise):
            yield noise(child)
        elif isinstance(child, Section) and child.number is not None:
            words = own_words(child, child.number.text)
            yield mark(" " + words if last and last not in CLOSED and family(child) not in FREE_FAMILIES else words)
            below = list(run(child.children, noise, mark))
            yield from below
            last = "".join([words, *below])[-1:]
        elif isinstance(child, Paragraph):
            yield mark(flat(child.text))
            yield from run(child.children, noise, mark)


def no_noise(noise: Noise) -> str:
    """Debris is left out."""
    del noise
    return ""
