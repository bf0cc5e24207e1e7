"""Items that lost the line breaks between them: one physical line that holds several lines of a plan."""

from __future__ import annotations

from planparse.syntax import noise, notation
from planparse.syntax.lines import UNKNOWN, Line
from planparse.syntax.numbering import TOP_FAMILIES
from planparse.syntax.points import Point, find_points, may_go_on
from planparse.syntax.repair import trim


def split_runs(work: str, lines: list[Line]) -> list[Line]:
    """The lines with every run of top-level or sibling items taken apart; a split line's parts share its line number."""
    out: list[Line] = []
    for line in lines:
        if line.end - line.start < 16 or line.grid is not None or line.debris not in UNKNOWN:
            out.append(line)
            continue
        if noise.MAY_HOLD_MORE.search(work, line.start, line.end) is None and not may_go_on(work, line.label, line.end):
            line.plain = True
            out.append(line)
            continue
        points = find_points(work, line.start, line.end, own=line.label)
        if points and (points[0].start == line.start or points[0].label.style.family in TOP_FAMILIES):
            out.extend(_parts(work, line, points))
        else:
            out.append(line)
    return out


def _parts(work: str, line: Line, points: list[Point]) -> list[Line]:
    parts: list[Line] = []
    if points[0].start > line.start:
        parts.append(_part(work, line.start, points[0].start, None))
    for point, following in zip(points, [*points[1:], None], strict=True):
        end = following.start if following else line.end
        parts.append(_part(work, point.start, end, point))
        if point.label.style.family in TOP_FAMILIES:
            _split_glued_heading(work, parts)
    parts[0].blanks, parts[0].indent = line.blanks, line.indent
    parts[0].level, parts[0].titled = line.level, line.titled
    return parts


def _part(work: str, start: int, end: int, point: Point | None) -> Line:
    body, end = trim(work, point.body if point else start, end)
    return Line(start, end, body, point.label if point else None, 0, 0)


def _split_glued_heading(work: str, parts: list[Line]) -> None:
    """`一、指导思想以……`: a heading everyone uses, glued to the paragraph that followed it."""
    line = parts[-1]
    known = notation.KNOWN_HEADING.match(work, line.body, line.end)
    if known is None or line.end - known.end() < 15 or work[known.end()] in "，、,。:： 的和与及是)）]】(（":
        return
    if work[known.end()] == "为" and not notation.PURPOSE.match(work, known.end(), line.end):
        return
    parts[-1] = Line(line.start, known.end(), line.body, line.label, line.blanks, line.indent)
    parts.append(Line(known.end(), line.end, known.end(), None, 0, 0))
