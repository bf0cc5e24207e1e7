"""Fixes from the page: those that `planparse check --fix` makes, proved harmless in the same way."""

from __future__ import annotations

from typing import Any

from planparse.checking.files import check_source
from planparse.checking.policy import Policy
from planparse.documents import build
from planparse.errors import PlanparseError
from planparse.messages import Translate, fill
from planparse.rules.engine import Violation, check
from planparse.rules.fixing import mend_one, viewer
from planparse.rules.selection import Selection, options, select
from planparse.rules.view import View
from planparse.source import Source
from planparse.syntax.parse import Parsed
from planparse.web.answers import is_text
from planparse.web.inputs import Input
from planparse.writers import text as text_writer


def fixed(given: Input, translate: Translate, code: str | None, at: int | None, *, unsafe: bool) -> dict[str, Any]:
    """The mended text, and which fixes were made. What is no text is written as one first.

    Args:
        given: The plan.
        translate: The reader's language.
        code: The rule whose fixes are made; all rules without one.
        at: Where the one finding begins whose fix is made, however safe it is; all of the rule without one.
        unsafe: Whether the unsafe fixes are made, too.

    Raises:
        PlanparseError: There is no such rule or finding, or the fixes never come to an end.
    """
    source = _as_text(given)
    if at is not None:
        assert code is not None
        return _one(given, source, translate, code, at)
    policy = Policy(select(chosen=(code,) if code else ()), options(), True, unsafe, None, given.settings)
    before: dict[str, Violation] = {}
    for violation in _mendable(_view(source, given), policy.selection):
        before.setdefault(violation.code, violation)
    done = check_source(source.name, policy, source.text.encode(), source)
    if done.unsettled:
        raise PlanparseError(
            "{name}: the fixes of {rules} undo each other, so nothing was changed; leave one out with --ignore",
            name=source.name, rules=", ".join(done.unsettled),
        )  # fmt: skip
    return {
        "text": source.text if done.after is None else done.after,
        "applied": [
            {"code": made, "message": before[made].mend_text(translate) if made in before else None, "count": count}
            for made, count in sorted(done.made.items())
        ],
        "refused": [_told(violation, translate) for violation in done.refused],
        "notes": [fill(translate, note.message, note.values) for note in done.notes],
    }


def _as_text(given: Input) -> Source:
    """The text that is mended: the plan's own, or the one that the text writer makes of it. The page goes on in Unicode."""
    if is_text(given.source):
        return Source(given.source.name, given.source.text, media_type=given.source.media_type)
    return Source(given.source.name, text_writer.write(build(Parsed(given.source, given.settings)), "keep"))


def _one(given: Input, source: Source, translate: Translate, code: str, at: int) -> dict[str, Any]:
    selection = select(chosen=(code,))
    found = _mendable(_view(given.source, given), selection)
    wanted = next((violation for violation in found if _start(violation) == at), None)
    if wanted is not None and not is_text(given.source):
        wanted = _again(wanted, given.source, found, source, _mendable(_view(source, given), selection))
    if wanted is None:
        raise PlanparseError("{name}: there is nothing to mend here any more", name=source.name)
    text = mend_one(source.text, viewer(source, given.settings, options()), wanted)
    told = _told(wanted, translate)
    if text is None:
        return {"text": source.text, "applied": [], "refused": [told], "notes": []}
    applied = {"code": wanted.code, "message": wanted.mend_text(translate), "count": 1}
    return {"text": text, "applied": [applied], "refused": [], "notes": []}


def _again(wanted: Violation, source: Source, found: list[Violation], written: Source, there: list[Violation]) -> Violation | None:
    """A finding of a file that is no text, in the text that was made of it: the same words, found as often before it."""
    words = _words(source, wanted)
    same = [violation for violation in found if _words(source, violation) == words]
    others = [violation for violation in there if _words(written, violation) == words]
    place = next(k for k, violation in enumerate(same) if violation is wanted)
    return others[place] if len(others) == len(same) else None


def _words(source: Source, violation: Violation) -> str:
    place = violation.place
    return source.text[place.offset : place.end_offset].strip() if place is not None else ""


def _view(source: Source, given: Input) -> View:
    return View.of(Parsed(source, given.settings), options())


def _mendable(view: View, selection: Selection) -> list[Violation]:
    return [violation for violation in check(view, selection).violations if violation.mend is not None]


def _start(violation: Violation) -> int:
    return violation.place.offset if violation.place is not None else 0


def _told(violation: Violation, translate: Translate) -> dict[str, Any]:
    place = violation.place
    return {
        "code": violation.code, "message": violation.text(translate),
        "line": place.line if place is not None else None, "column": place.column if place is not None else None,
    }  # fmt: skip
