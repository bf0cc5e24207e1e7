"""What editors tell about the word under the mouse: what a date resolved to and why, what is wrong and why that matters."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from lsprotocol import types

from planparse.lsp.analysis import Analysis, Time
from planparse.lsp.diagnostics import span
from planparse.messages import Translate
from planparse.rules.engine import Violation
from planparse.rules.registry import rules
from planparse.syntax.lazy import lazy
from planparse.writers.dates import days_of, head_of, why_of

BASIS = "Basis: "
"""So the paragraph of a rule's documentation begins that tells what it rests on."""
_MARKS = lazy(r"[\\`*_{}\[\]()<>#|~&!]")

Bold = Callable[[str], str]


def hover(analysis: Analysis, offset: int, translate: Translate, *, markdown: bool) -> types.Hover | None:
    """What there is to say about the character at an offset: its findings, then the time it belongs to."""
    findings = [violation for violation in analysis.violations if _holds(*span(violation), offset)]
    times = [time for time in analysis.times if _holds(time.start, time.end, offset)]
    if not findings and not times:
        return None
    parts = [list(_finding(violation, translate)) for violation in findings]
    place = span(findings[0]) if findings else None
    if times:
        time = min(times, key=lambda time: time.end - time.start)
        parts.append(list(_time(analysis, time, translate)))
        place = time.start, time.end
    assert place is not None
    text = "\n\n---\n\n".join(map(_markdown, parts)) if markdown else "\n\n".join(map("\n".join, parts))
    kind = types.MarkupKind.Markdown if markdown else types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, text), analysis.positions.range(*place))


def _holds(start: int, end: int, offset: int) -> bool:
    return start <= offset < end


def _finding(violation: Violation, translate: Translate) -> Iterator[str]:
    """A finding, paragraph by paragraph: what it is, what its rule is about, what that rests on, what its fix does."""
    entry = rules()[violation.code]
    yield f"{violation.code} {violation.name}: {violation.text(translate)}"
    yield translate(entry.summary)
    for example, text in entry.blocks:
        if not example and text.startswith(BASIS):
            yield translate(text)
    if violation.mend is not None:
        yield translate("Fix: {fix}").format(fix=violation.mend_text(translate))


def _time(analysis: Analysis, time: Time, translate: Translate) -> Iterator[str]:
    """A time, paragraph by paragraph: what it resolved to, why, and what speaks for the year where that is not written."""
    record = time.record
    yield f"{' '.join(str(record['text']).split())}: {days_of(record, translate)}"
    if record["why"]:
        yield why_of(record, translate)
    if "plan_year" in record["why"] or not (record["start"] or record["rrule"]):
        yield from (" ".join(line.split()) for line in head_of(analysis.view.parsed, time.plan, translate))


def _markdown(paragraphs: list[str]) -> str:
    """The paragraphs, the first in bold, without any other mark-up: plans hold asterisks and the like."""
    first, *others = (_MARKS.sub(r"\\\g<0>", paragraph) for paragraph in paragraphs)
    return "\n\n".join((f"**{first}**", *others))
