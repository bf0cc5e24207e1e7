"""What one stretch of running text holds: heading, text, points, debris, put into a node."""

from __future__ import annotations

from planparse.syntax import noise
from planparse.syntax.headings import split_heading
from planparse.syntax.lines import Line
from planparse.syntax.numbering import WORDED, Label
from planparse.syntax.points import Point, find_points
from planparse.syntax.repair import trim
from planparse.syntax.tree import Cut, Node


def fill_section(work: str, node: Node, start: int, end: int, outer: frozenset[str], plain: bool = False) -> bool:
    """Gives a section its heading, text and points; True when it stands alone as a heading.

    `plain` says that the line was looked through and holds neither points nor noise.
    """
    if plain and work[node.start] != "*":
        heading, text = split_heading(work, start, end)
        if heading:
            node.fields["heading"] = heading
        if text:
            node.fields["text"] = text
        return text is None
    points = find_points(work, start, end, outer)
    stop = trim(work, start, points[0].start)[1] if points else end
    if stop == end and work.endswith("**", start, stop) and work.startswith("**", node.start):
        stop -= 2  # a line that is bold as a whole
    heading, text = split_heading(work, start, stop)
    if heading:
        node.fields["heading"] = heading
    if text:
        kept = _without_noise(work, node, *text)
        if kept:
            node.fields["text"] = kept
    _add_points(work, node, points, end, outer)
    return text is None


def add_text(work: str, node: Node, text: Cut, outer: frozenset[str]) -> None:
    """Gives `node` its running text: points and noise inside it become children."""
    start, end = text
    points = find_points(work, start, end, outer)
    stop = trim(work, start, points[0].start)[1] if points else end
    kept = _without_noise(work, node, start, stop)
    if kept:
        node.fields["text"] = kept
    _add_points(work, node, points, end, outer)


def _add_points(work: str, node: Node, points: list[Point], end: int, outer: frozenset[str]) -> None:
    if points:
        families = outer | {points[0].label.style.family}
        for point, following in zip(points, [*points[1:], None], strict=True):
            stop = following.start if following else end
            node.add(point_node(work, point.start, point.body, stop, point.label, families))


def point_node(work: str, start: int, body: int, end: int, label: Label, outer: frozenset[str]) -> Node:
    """The section of one point inside running text."""
    end = trim(work, body, end)[1]
    worded = label.style.name in WORDED
    node = Node("section", start, end, {} if worded else {"number": label.field(start)})
    fill_section(work, node, start if worded else body, end, outer)
    return node


def _without_noise(work: str, node: Node, start: int, end: int) -> tuple[Cut, ...]:
    """The stretches of running text that are left when noise inside them becomes child nodes."""
    if noise.INLINE_HINT.search(work, start, end) is None:
        return (Cut(start, end),) if end > start else ()
    kept, at = [], start
    for found in noise.INLINE.finditer(work, start, end):
        if found.start() > at:
            kept.append(Cut(at, found.start()))
        comment = noise.COMMENT.fullmatch(work, found.start(), found.end())
        words = Cut(comment.start(2), comment.end(2)) if comment else Cut(found.start(), found.end())
        node.add(
            Node(
                "noise",
                found.start(),
                found.end(),
                {
                    "text": words,
                    "reason": comment[1] if comment else "advertisement" if work[found.start()] in "(（[【" else "page_navigation",
                },
            )
        )
        at = found.end()
    if at < end:
        kept.append(Cut(at, end))
    return tuple(kept)


def noise_node(work: str, line: Line, reason: str | None = None) -> Node:
    """A line judged debris, kept with its reason."""
    reason = reason or line.noise(work) or "stray"
    comment = noise.COMMENT.fullmatch(work, line.start, line.end)
    words = Cut(comment.start(2), comment.end(2)) if comment else Cut(line.start, line.end)
    return Node("noise", line.start, line.end, {"text": words, "reason": reason})
