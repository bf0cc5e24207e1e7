"""What a light bulb offers: a fix for each finding under the cursor, and all safe fixes of the file at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from lsprotocol import types

from planparse.lsp.analysis import Analysis
from planparse.lsp.diagnostics import diagnostic, span
from planparse.lsp.positions import Positions
from planparse.messages import Translate
from planparse.rules.rule import Edit

FIX_ALL = "source.fixAll.planparse"
KINDS: tuple[types.CodeActionKind | str, ...] = (types.CodeActionKind.QuickFix, FIX_ALL)


def wanted(kind: str, only: Iterable[str] | None) -> bool:
    """Whether a client that asks only for some kinds of actions asks for this one; `source` stands for `source.fixAll` too."""
    return only is None or any(asked in ("", kind) or kind.startswith(f"{asked}.") for asked in only)


def quick_fixes(
    analysis: Analysis, start: int, end: int, translate: Translate, *, tags: bool
) -> Iterator[tuple[types.CodeAction, list[types.TextEdit]]]:
    """A fix for each finding that touches `text[start:end]`; the safe ones are those that editors may make unasked."""
    for violation in analysis.violations:
        first, last = span(violation)
        mend = violation.mend
        if mend is None or first > end or last < start:
            continue
        title = violation.mend_text(translate) or violation.code
        safe = mend.grade == "safe"
        action = types.CodeAction(
            title=title if safe else translate("{fix} (unsafe: check what it changes)").format(fix=title),
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[diagnostic(analysis, violation, translate, tags=tags)],
            is_preferred=safe,
        )
        yield action, text_edits(analysis.positions, mend.edits)


def fix_all(analysis: Analysis, translate: Translate) -> types.CodeAction | None:
    """The action that makes all safe fixes, without its edits; None where no finding has one."""
    if not any(violation.mend is not None and violation.mend.grade == "safe" for violation in analysis.violations):
        return None
    return types.CodeAction(title=translate("Make all safe fixes in this file"), kind=FIX_ALL)


def text_edits(positions: Positions, edits: Iterable[Edit]) -> list[types.TextEdit]:
    """Edits as the client makes them."""
    return [types.TextEdit(positions.range(start, end), text) for start, end, text in edits]


def differences(old: str, new: str) -> Iterator[Edit]:
    """The edits that make one text of another, line by line, each as small as it can be: cursors stay where they are."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    for tag, i, j, k, m in SequenceMatcher(None, before, after).get_opcodes():
        if tag == "equal":
            continue
        if j - i == m - k:
            for offset in range(j - i):
                yield from _trimmed(starts[i + offset], before[i + offset], after[k + offset])
        else:
            yield Edit(starts[i], starts[j], "".join(after[k:m]))


def _trimmed(start: int, old: str, new: str) -> Iterator[Edit]:
    """The edit from one line to another without what they share at their ends; none where they are equal."""
    if old == new:
        return
    most = min(len(old), len(new))
    head = next((k for k in range(most) if old[k] != new[k]), most)
    tail = next((k for k in range(most - head) if old[-1 - k] != new[-1 - k]), most - head)
    if head and old[head - 1] == "\r":  # a line's end is one sign for editors: both of its characters or none
        head -= 1
    if tail and old[len(old) - tail] == "\n" and old[len(old) - tail - 1 : len(old) - tail] == "\r":
        tail -= 1
    yield Edit(start + head, start + len(old) - tail, new[head : len(new) - tail])
