"""Applies fixes: in passes until nothing is left to mend, each pass proved harmless by parsing what it made.

The contract. A fix may change what its rule says it may (`Rule.may_change`) and nothing else: after each pass the text is
parsed again, and both documents must say the same. Where they do not, fixes are taken back, rule by rule and then half by
half until the harmful ones are found, and reported. A fix that changes signs alone, and those on several lines, is made on
the lines on which it does no harm. Edits of one pass never overlap; of two that would, that of the lower code is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from planparse.dates.resolve import Settings
from planparse.rules.engine import Outcome, Violation, check
from planparse.rules.likeness import likeness
from planparse.rules.registry import rules
from planparse.rules.rule import Edit, Part
from planparse.rules.selection import Selection
from planparse.rules.view import View
from planparse.source import Source
from planparse.syntax.parse import Parsed

MOST_PASSES = 10
MOST_TRIALS = 200
"""So often the text is parsed to find the harmful ones among the fixes of a rule; those still in doubt then are taken back."""
SIGNS: frozenset[Part] = frozenset({"text"})
"""What a rule may change whose fixes can be made line by line."""

Viewer = Callable[[str], View]


class Fixed(NamedTuple):
    """The outcome of fixing one text."""

    text: str
    made: dict[str, int]
    """How many fixes of each rule were made."""
    refused: list[Violation]
    """Fixes that would have changed more than their rule may: they were taken back."""
    left: Outcome
    """What there is to say about the fixed text."""
    stable: bool
    """False where rules still mended each other's mends after `MOST_PASSES` passes."""


def viewer(source: Source, settings: Settings | None, options: Mapping[str, Mapping[str, Any]], *, promises: bool = True) -> Viewer:
    """How a text of this source is looked at, in every pass alike."""

    def view(text: str) -> View:
        again = Source(source.name, text, source.encoding, source.encoding_guessed, source.sha256, source.media_type)
        again.notices = source.notices if text == source.text else []
        return View.of(Parsed(again, settings), options, promises=promises)

    return view


def fix(text: str, view_of: Viewer, selection: Selection, *, unsafe: bool = False) -> Fixed:
    """Mends a text until nothing is left that the selected rules can mend."""
    made: dict[str, int] = {}
    refused: dict[tuple[Any, ...], Violation] = {}
    stale = False  # whether some were refused in a text that is another now: they may do no harm any more
    view = view_of(text)
    outcome = check(view, selection)
    passes = 0
    while passes < MOST_PASSES:
        wanted = [violation for violation in outcome.violations if _allowed(violation, unsafe) and _key(text, violation) not in refused]
        chosen = list(_apart(wanted))
        if not chosen and not stale:
            return Fixed(text, made, list(refused.values()), outcome, stable=True)
        if not chosen:
            refused, stale = {}, False
            continue
        trial = _Trial(text, view, view_of)
        good = trial.run(chosen)
        for violation in chosen:
            if id(violation) in good:
                made[violation.code] = made.get(violation.code, 0) + 1
            else:
                refused[_key(text, violation)] = violation
        if trial.good:
            text, view = apply(text, trial.good), trial.view
            outcome = check(view, selection)
            stale = bool(refused)
            passes += 1
    return Fixed(text, made, list(refused.values()), outcome, stable=False)


def mend_one(text: str, view_of: Viewer, violation: Violation) -> str | None:
    """The text with one fix made, if only on the lines on which it does no harm; None where it would change more than it may."""
    trial = _Trial(text, view_of(text), view_of)
    trial.run([violation])
    return apply(text, trial.good) if trial.good else None


def apply(text: str, violations: Iterable[Violation]) -> str:
    """The text with the fixes of violations, which must not overlap."""
    edits = sorted(edit for violation in violations if violation.mend for edit in violation.mend.edits)
    pieces, at = [], 0
    for start, end, new in edits:
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])


def _allowed(violation: Violation, unsafe: bool) -> bool:
    return violation.mend is not None and (unsafe or violation.mend.grade == "safe")


def _key(text: str, violation: Violation) -> tuple[Any, ...]:
    """What tells a fix again in the next pass, when offsets have moved."""
    assert violation.mend is not None
    return violation.code, tuple((text[e.start - 12 : e.end + 12], e.text) for e in violation.mend.edits)


def _apart(violations: list[Violation]) -> Iterator[Violation]:
    """Those whose edits do not overlap, the lower codes first; text put in at one place by two counts as overlap."""
    ordered = sorted(violations, key=lambda violation: violation.code)
    edits = sorted((edit.start, edit.end, k) for k, violation in enumerate(ordered) if violation.mend for edit in violation.mend.edits)
    meets: dict[int, set[int]] = {}
    near: list[tuple[int, int, int]] = []
    for edit in edits:
        near = [other for other in near if other[1] >= edit[0]]
        for other in near:
            if other[2] != edit[2] and _meet(edit, other):
                meets.setdefault(edit[2], set()).add(other[2])
                meets.setdefault(other[2], set()).add(edit[2])
        near.append(edit)
    taken: set[int] = set()
    for k, violation in enumerate(ordered):
        if taken.isdisjoint(meets.get(k, ())):
            taken.add(k)
            yield violation


def _meet(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
    return (a[0] < b[1] and b[0] < a[1]) or a[0] == b[0] or a[1] == b[1]


class _Trial:
    """One pass: which of the fixes chosen for a text do no harm."""

    def __init__(self, text: str, view: View, view_of: Viewer) -> None:
        self.text = text
        self.work = view.work
        self.view_of = view_of
        self.good: list[Violation] = []
        """What was found harmless, whole fixes and parts of fixes."""
        self.view = view
        """The text after what is good."""
        self.before: list[Any] | None = None
        """Its likeness, by what may change now."""
        self.left = MOST_TRIALS
        self.parts: dict[int, tuple[Violation, int]] = {}
        """Parts of fixes by their `id`, and the `id` of the fix that each belongs to."""

    def run(self, chosen: list[Violation]) -> set[int]:
        """Sorts out the fixes; the `id`s of those that are made, if only in part.

        What rules of one kind may change is checked for them alone, so that none hides behind what another may. Those of
        one kind are tried together; if that fails, rule by rule, and each rule's half by half.
        """
        kinds: dict[frozenset[Part], list[Violation]] = {}
        for violation in sorted(chosen, key=lambda violation: violation.code):
            kinds.setdefault(_may_change(violation), []).append(violation)
        for parts, mine in kinds.items():
            self.before = None
            if not self.accept(mine, parts):
                for code in sorted({violation.code for violation in mine}):
                    self.left = MOST_TRIALS
                    self.grow([violation for violation in mine if violation.code == code], parts)
        return {self.origin(violation) for violation in self.good}

    def grow(self, wanted: list[Violation], parts: frozenset[Part]) -> None:
        """Adds those that do no harm beside what is good already."""
        if self.left <= 0 or self.accept(wanted, parts):
            return
        if len(wanted) == 1:
            wanted = self.by_line(wanted[0], parts)
        if len(wanted) > 1:
            half = len(wanted) // 2
            self.grow(wanted[:half], parts)
            self.grow(wanted[half:], parts)

    def accept(self, wanted: list[Violation], parts: frozenset[Part]) -> bool:
        """Whether the document says the same after these fixes, but for what may change; then they are good."""
        self.left -= 1
        after = self.view_of(apply(self.text, [*self.good, *wanted]))
        if self.before is None:
            self.before = likeness(self.view, parts)
        found = likeness(after, parts)
        if found != self.before:
            return False
        self.good += wanted
        self.view = after
        return True

    def by_line(self, violation: Violation, parts: frozenset[Part]) -> list[Violation]:
        """A fix of signs alone, one for each line of the text as it is read; other fixes are made as a whole."""
        mend = violation.mend
        if mend is None or len(mend.edits) < 2 or parts != SIGNS:
            return [violation]
        lines: list[list[Edit]] = []
        stop = -1
        for edit in sorted(mend.edits):
            if edit.start >= stop:
                lines.append([])
                stop = self.work.find("\n", edit.end)
                stop = len(self.work) + 1 if stop < 0 else stop
            lines[-1].append(edit)
        if len(lines) == 1:
            return [violation]
        pieces = [violation._replace(mend=mend._replace(edits=tuple(line))) for line in lines]
        self.parts.update((id(piece), (piece, self.origin(violation))) for piece in pieces)
        return pieces

    def origin(self, violation: Violation) -> int:
        """The `id` of the fix that this one is, or is a part of."""
        return self.parts[id(violation)][1] if id(violation) in self.parts else id(violation)


def _may_change(violation: Violation) -> frozenset[Part]:
    return rules()[violation.code].rule.may_change
