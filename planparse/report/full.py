"""Findings for people, each with the line it is about.

    plan.txt:4:1: warning PN101 numbering-gap: number 4 follows where 3 was due
      |
    4 | 4．维修围墙。
      | ^^
      = unsafe fix: number it 3

Marks stand right under wide characters; of long lines the stretch around the finding is shown. Colour is `rich`'s and
loads only when asked for.
"""

from __future__ import annotations

from collections.abc import Iterator

from planparse.report.run import FileResult, Run, mend_of, reason, where
from planparse.report.wording import fix_name, severity_name, summary
from planparse.rules.engine import LONGEST_EXCERPT, Violation
from planparse.width import Span, colored, columns, display_width, plain, visible, visible_character

STYLES = {
    "": "", "place": "bold", "error": "bold red", "warning": "bold yellow", "information": "bold cyan", "code": "bold", "name": "dim",
    "gutter": "blue", "fix": "green", "summary": "bold",
}  # fmt: skip
LEAST = 24
"""So many columns of a line are shown, however narrow the screen."""
CUT = "…"
TAB = "    "

Line = list[Span]


def write(run: Run, width: int = 100, colour: bool = False) -> str:
    """The report; lines of the text fit the width."""
    lines: list[Line] = []
    for result in run.results:
        if result.error is not None:
            lines += [_unread(run, result), []]
        for violation in result.violations:
            lines += [*_finding(run, result, violation, width), []]
    lines.append([Span("summary", summary(run))])
    return colored(lines, STYLES) if colour else plain(lines)


def _unread(run: Run, result: FileResult) -> Line:
    return [
        Span("place", f"{visible(result.name)}: "), Span("error", severity_name("error", run.translate)),
        Span("", f": {visible(reason(result))}"),
    ]  # fmt: skip


def _finding(run: Run, result: FileResult, violation: Violation, width: int) -> Iterator[Line]:
    yield [
        Span("place", f"{visible(where(result, violation, run.translate))}: "),
        Span(violation.severity, severity_name(violation.severity, run.translate)),
        Span("code", f" {violation.code} "),
        Span("name", violation.name),
        Span("", f": {visible(violation.text(run.translate))}"),
    ]
    place = violation.place
    number = str(place.line) if place is not None and place.origin is None else ""
    margin = " " * len(number)
    if place is not None and violation.excerpt:
        text, marks = shown(violation, max(width - len(number) - 3, LEAST))
        yield [Span("gutter", f"{margin} |")]
        yield [Span("gutter", f"{number} | "), Span("", text)]
        yield [Span("gutter", f"{margin} | "), Span(violation.severity, marks)]
    if (mend := mend_of(violation)) is not None:
        name = fix_name(mend.grade, run.translate)
        yield [Span("gutter", f"{margin} = "), Span("fix", name), Span("", f": {visible(violation.mend_text(run.translate) or '')}")]


def shown(violation: Violation, room: int) -> tuple[str, str]:
    """The line that a finding begins in, as far as it fits, and the marks to set under it."""
    place = violation.place
    assert place is not None
    excerpt, first = violation.excerpt, violation.excerpt_column
    last = first + place.end_column - place.column if place.end_line == place.line else len(excerpt)
    last = max(min(last, len(excerpt)), first + 1)
    pieces = [TAB if character == "\t" else visible_character(character) for character in excerpt]
    cells = _cells(pieces)
    total = cells[-1][1] if cells else 0
    start = cells[first][0] if first < len(cells) else total
    end = max((cell[1] for cell in cells[first:last]), default=start + 1)
    before, after = violation.excerpt_column < place.column - 1, len(excerpt) >= LONGEST_EXCERPT
    low, high = 0, total
    if total + before + after > room:
        inner = room - 2 * len(CUT)
        spare = max(inner - (end - start), 0)
        low = max(min(start - spare // 2, total - inner), 0)
        high = low + inner
    kept = [piece for piece, cell in zip(pieces, cells, strict=True) if low <= cell[0] and cell[1] <= high]
    edge = min((cell[0] for cell in cells if cell[0] >= low), default=low)
    head = CUT if before or low > 0 else ""
    tail = CUT if after or high < total else ""
    begin = len(head) + start - edge
    return head + "".join(kept) + tail, " " * begin + "^" * max(min(end, high) - start, 1)


def _cells(pieces: list[str]) -> list[tuple[int, int]]:
    """The columns that each character stands in; a mark stands in those of the character it is put on."""
    out: list[tuple[int, int]] = []
    at = before = 0
    for piece in pieces:
        taken = columns(piece) if len(piece) == 1 else display_width(piece)
        if taken:
            before, at = at, at + taken
        out.append((before, at))
    return out
