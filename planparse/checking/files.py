"""Checks one file: reads, parses, checks, fixes; knows nothing of others."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import NamedTuple

from planparse.checking.policy import Policy
from planparse.checking.writing import Form
from planparse.errors import PlanparseError
from planparse.readers import from_bytes, read_bytes
from planparse.readers.text import sha256
from planparse.rules.engine import Outcome, Violation, check, dump, load
from planparse.rules.fixing import fix, viewer
from planparse.rules.view import View
from planparse.source import Source
from planparse.syntax.findings import KINDS
from planparse.syntax.parse import Parsed

TEXTS = ("text/plain", "text/markdown")
"""What can be fixed: files that are their text."""


class Findings(NamedTuple):
    """What there is to say about a text: it can be stored."""

    violations: list[Violation]
    silenced: int
    media_type: str

    def written(self) -> str:
        """As JSON, to be stored or handed to another process."""
        dumped = [[dump(violation) for violation in self.violations], self.silenced, self.media_type]
        return json.dumps(dumped, ensure_ascii=False, separators=(",", ":"), default=str)

    @classmethod
    def read(cls, text: str) -> Findings:
        """What `written` gave.

        Raises:
            ValueError: It gave no such text.
        """
        try:
            violations, silenced, media_type = json.loads(text)
            return cls([load(violation) for violation in violations], silenced, media_type)
        except (TypeError, KeyError, IndexError) as error:
            raise ValueError(text[:40]) from error


class Checked(NamedTuple):
    """What came of one file."""

    path: str
    sha256: str = ""
    """Of the bytes that the findings are about: the fixed ones where there are such."""
    findings: Findings | None = None
    """None where the file could not be checked."""
    error: PlanparseError | None = None
    """Why it could not."""
    trace: str = ""
    """Where it went wrong, if that is a fault of ours."""
    before: str = ""
    """The text as it was, if it was fixed."""
    after: str | None = None
    """The fixed text; None where nothing changed."""
    data: bytes | None = None
    """The fixed text as bytes."""
    made: dict[str, int] = {}  # noqa: RUF012 - nobody changes it
    """How many fixes of each rule were made."""
    refused: tuple[Violation, ...] = ()
    """Fixes that would have changed more than they may."""
    unsettled: tuple[str, ...] = ()
    """The rules whose fixes never came to an end: then nothing is changed."""
    notes: tuple[PlanparseError, ...] = ()
    """What else is to be said."""


def shown(path: str) -> str:
    """A path as messages and reports call it: with `/` between folders, and valid UTF-8."""
    import os

    name = os.fsencode(path).decode("utf-8", "replace")
    return name.replace(os.sep, "/") if os.sep != "/" else name


def check_file(path: str, policy: Policy, data: bytes | None = None, name: str | None = None) -> Checked:
    """Checks a file, and fixes its text if the policy says so; nothing is written.

    Args:
        path: Where it is.
        policy: What holds for it.
        data: Its bytes, if they are read already.
        name: What it is called, if not by its path.
    """
    name = shown(path) if name is None else name
    try:
        if data is None:
            data = read_bytes(path, name)
        return _checked(path, name, policy, data)
    except PlanparseError as error:
        return Checked(path, error=error)
    except Exception as error:  # noqa: BLE001 - one file's fault must not stop the others
        import traceback

        reason = f"{type(error).__name__}: {error}".replace("\n", " ")
        fault = PlanparseError("{name}: this is a fault of planparse ({reason}); please report it with this file", name=name, reason=reason)
        return Checked(path, error=fault, trace=traceback.format_exc())


def _checked(path: str, name: str, policy: Policy, data: bytes) -> Checked:
    return check_source(path, policy, data, from_bytes(data, name, policy.encoding))


def check_source(path: str, policy: Policy, data: bytes, source: Source) -> Checked:
    """Checks what was read from a file, and fixes its text if the policy says so; nothing is written.

    Args:
        path: Where it is.
        policy: What holds for it.
        data: Its bytes.
        source: What was read from them.
    """
    name = source.name
    if source.layout is not None or source.media_type not in TEXTS:
        outcome = check(View.of(Parsed(source, policy.settings), policy.options, promises=policy.selection.promises), policy.selection)
        notes: tuple[PlanparseError, ...] = ()
        if policy.fix and _mendable(outcome.violations, policy):
            notes = (PlanparseError("{name}: fixes need a text or Markdown file; nothing was changed", name=name),)
        return Checked(path, source.sha256, _findings(outcome, source), notes=notes)
    view_of = _remembering(viewer(source, policy.settings, policy.options, promises=policy.fix or policy.selection.promises))
    if not policy.fix:
        return Checked(path, source.sha256, _findings(check(view_of(source.text), policy.selection), source))
    return _fixed(path, name, policy, data, source, view_of)


def _fixed(path: str, name: str, policy: Policy, data: bytes, source: Source, view_of: Callable[[str], View]) -> Checked:
    unsafe, notes = policy.unsafe, []
    if unsafe:
        errors = {KINDS[finding.name].code for finding in view_of(source.text).parsed.findings if KINDS[finding.name].severity == "error"}
        if errors:
            unsafe = False
            codes = ", ".join(sorted(errors))
            notes.append(
                PlanparseError(
                    "{name}: only safe fixes were made, as the text has errors ({codes}); mend these first", name=name, codes=codes
                )
            )
    done = fix(source.text, view_of, policy.selection, unsafe=unsafe)
    refused = tuple(done.refused)
    if not done.stable:
        left = {violation.code for violation in _mendable(done.left.violations, policy._replace(unsafe=unsafe))}
        outcome = check(view_of(source.text), policy.selection)
        return Checked(path, source.sha256, _findings(outcome, source), refused=refused, unsettled=tuple(sorted(left)), notes=tuple(notes))
    if done.text == source.text:
        return Checked(path, source.sha256, _findings(done.left, source), refused=refused, notes=tuple(notes))
    try:
        written = Form(data, source.text, source.encoding, name).encode(done.text)
    except PlanparseError as error:
        outcome = check(view_of(source.text), policy.selection)
        return Checked(path, source.sha256, _findings(outcome, source), refused=refused, notes=(*notes, error))
    found = _findings(done.left, source)
    if source.notices:  # what its reader found odd, it finds in the fixed file too, at other places
        again = from_bytes(written, name, policy.encoding)
        found = _findings(
            check(View.of(Parsed(again, policy.settings), policy.options, promises=policy.selection.promises), policy.selection), again
        )
    return Checked(
        path, sha256(written), found, before=source.text, after=done.text, data=written,
        made=done.made, refused=refused, notes=tuple(notes),
    )  # fmt: skip


def _findings(outcome: Outcome, source: Source) -> Findings:
    return Findings(outcome.violations, len(outcome.silenced), source.media_type)


def mendable(violation: Violation, *, unsafe: bool) -> bool:
    """Whether a violation can be fixed, as far as the user wants fixes."""
    return violation.mend is not None and (unsafe or violation.mend.grade == "safe")


def _mendable(violations: list[Violation], policy: Policy) -> list[Violation]:
    return [violation for violation in violations if mendable(violation, unsafe=policy.unsafe)]


def _remembering(view_of: Callable[[str], View]) -> Callable[[str], View]:
    """The views of the first text made once: it is looked at again and again."""
    first: dict[str, View] = {}

    def view(text: str) -> View:
        if text in first:
            return first[text]
        made = view_of(text)
        if not first:
            first[text] = made
        return made

    return view
