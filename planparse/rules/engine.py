"""Runs rules over a parsed file: selects, silences, sorts; what comes out is ready to be shown, stored or fixed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from planparse.errors import Term
from planparse.messages import Translate, fill
from planparse.rules.registry import rules
from planparse.rules.rule import Edit, Grade, Problem, Severity
from planparse.rules.selection import Selection, matching
from planparse.rules.suppression import EVERYTHING, LineOf, Suppression, suppressions
from planparse.rules.view import View

UNUSED, UNKNOWN = "PN801", "PN802"
"""The rules about comments that silence: they are told by the engine, which alone knows what was silenced."""
LONGEST_EXCERPT = 400
"""So many characters of a line are kept to be shown."""
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "information")


class Place(NamedTuple):
    """Where a violation stands. Lines and columns count from 1, offsets from 0, all in code points; ends are exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int
    offset: int
    end_offset: int
    origin: tuple[str, tuple[str | int, ...]] | None
    """The form and the values of a `planparse.source.Origin`, in files that have no lines."""


class Mend(NamedTuple):
    """The fix of a violation."""

    edits: tuple[Edit, ...]
    grade: Grade
    message: str


class Violation(NamedTuple):
    """Something that a rule found, without its source: it can be stored and shown later."""

    code: str
    name: str
    severity: Severity
    message: str
    values: Mapping[str, Any]
    place: Place | None
    """None where it is about the file as a whole."""
    excerpt: str
    """The line of the text in which it begins, shortened around it; empty without a place."""
    excerpt_column: int
    """Where in the excerpt it begins, counted from 0."""
    mend: Mend | None = None

    def text(self, translate: Translate = str) -> str:
        """The message in the reader's language."""
        return fill(translate, self.message, self.values)

    def mend_text(self, translate: Translate = str) -> str | None:
        """What the fix does, in the reader's language."""
        return None if self.mend is None else fill(translate, self.mend.message, self.values)


class Silenced(NamedTuple):
    """A violation that a comment in the text silences."""

    violation: Violation
    comment: Suppression


class Outcome(NamedTuple):
    """What a run found in one file."""

    violations: list[Violation]
    silenced: list[Silenced]


def check(view: View, selection: Selection) -> Outcome:
    """Everything that the selected rules find, in order of the text; what is about the whole file comes first."""
    found: list[tuple[str, Problem]] = []
    registry = rules()
    for code in selection.severities:
        found.extend((code, problem) for problem in registry[code].check(view))
    line_of = LineOf(view.source.line_starts)
    comments = suppressions(view.text, line_of)
    kept: list[tuple[str, Problem]] = []
    silenced: list[tuple[str, Problem, Suppression]] = []
    used: set[tuple[Suppression, str]] = set()
    silences = [(comment, {word: _codes(word) for word in comment.words}) for comment in comments]
    for code, problem in found:
        hit = _silencer(silences, code, problem, line_of)
        if hit is None:
            kept.append((code, problem))
        else:
            comment, word = hit
            used.add((comment, word))
            silenced.append((code, problem, comment))
    kept.extend(_about_comments(silences, used, selection))
    kept.sort(key=lambda pair: (pair[1].start if pair[1].start < pair[1].end else -1, pair[1].end, pair[0]))
    return Outcome(
        [_violation(view, code, problem, selection.severities[code]) for code, problem in kept],
        [Silenced(_violation(view, code, problem, selection.severities[code]), comment) for code, problem, comment in silenced],
    )


def _codes(word: str) -> frozenset[str]:
    from planparse.errors import PlanparseError

    if word.upper() == EVERYTHING:
        return frozenset(rules())
    try:
        return frozenset(matching(word))
    except PlanparseError:
        return frozenset()


Silences = Sequence[tuple[Suppression, dict[str, frozenset[str]]]]


def _silencer(silences: Silences, code: str, problem: Problem, line_of: LineOf) -> tuple[Suppression, str] | None:
    """The comment, and the word in it, that silences a problem."""
    if not silences:
        return None
    line = line_of(problem.start) if problem.start < problem.end else None
    for comment, words in silences:
        whole = comment.first == 1
        if (line is None and whole) or (line is not None and comment.first <= line <= comment.last):
            for word, codes in words.items():
                if code in codes:
                    return comment, word
    return None


def _about_comments(silences: Silences, used: set[tuple[Suppression, str]], selection: Selection) -> Iterator[tuple[str, Problem]]:
    """Comments that name no rule, and those that silence nothing although their rules ran."""
    for comment, words in silences:
        for word, codes in words.items():
            if not codes and UNKNOWN in selection.severities:
                yield UNKNOWN, Problem(comment.start, comment.end, rules()[UNKNOWN].rule.messages[0], {"word": word})
            elif codes and (comment, word) not in used and UNUSED in selection.severities and codes <= selection.severities.keys():
                yield UNUSED, Problem(comment.start, comment.end, rules()[UNUSED].rule.messages[0], {"word": word})


def _violation(view: View, code: str, problem: Problem, severity: Severity) -> Violation:
    place, excerpt, column = None, "", 0
    if problem.start < problem.end:
        place = place_of(view, problem.start, problem.end)
        excerpt, column = _excerpt(view, problem.start, place)
    mend = None if problem.fix is None else Mend(problem.fix.edits, problem.fix.grade, problem.fix.message)
    return Violation(code, rules()[code].name, severity, problem.message, problem.values, place, excerpt, column, mend)


def place_of(view: View, start: int, end: int) -> Place:
    """The place of a stretch of the text."""
    source = view.source
    line, column = source.line_column(start)
    end_line, end_column = source.line_column(end)
    if end_column == 1 and end_line > line:  # it ends with a line's end: say so on that line
        end_line, end_column = end_line - 1, source.line_starts[end_line - 1] - source.line_starts[end_line - 2] + 1
    origin = source.layout.origin(start) if source.layout is not None else None
    return Place(line, column, end_line, end_column, start, end, None if origin is None else (origin.form, origin.values))


def _excerpt(view: View, start: int, place: Place) -> tuple[str, int]:
    first = view.source.line_starts[place.line - 1]
    last = view.source.line_starts[place.line] if place.line < len(view.source.line_starts) else len(view.text)
    low = max(first, start - LONGEST_EXCERPT // 2)
    return view.text[low : min(last, low + LONGEST_EXCERPT)].rstrip("\r\n"), start - low


def dump(violation: Violation) -> list[Any]:
    """A violation as values that JSON can hold; terms are marked, so that they are translated when they are read again."""
    values = {key: {"term": str(value)} if isinstance(value, Term) else value for key, value in violation.values.items()}
    return [*violation[:4], values, *violation[5:]]


def load(dumped: list[Any]) -> Violation:
    """What `dump` gave."""
    code, name, severity, message, values, place, excerpt, excerpt_column, mend = dumped
    read = {key: Term(value["term"]) if isinstance(value, dict) and "term" in value else value for key, value in values.items()}
    at = None
    if place is not None:
        origin = place[6]
        line, column, end_line, end_column, offset, end_offset = place[:6]
        at = Place(line, column, end_line, end_column, offset, end_offset, None if origin is None else (origin[0], tuple(origin[1])))
    fix = None if mend is None else Mend(tuple(Edit(*edit) for edit in mend[0]), mend[1], mend[2])
    return Violation(code, name, severity, message, read, at, excerpt, excerpt_column, fix)
