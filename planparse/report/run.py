"""What reports are made from: what a run of the rules found in each file."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from planparse.messages import Translate
from planparse.rules.engine import SEVERITIES, Mend, Violation
from planparse.rules.rule import Severity


class FileResult(NamedTuple):
    """One file."""

    name: str
    """The path as given, with `/` between folders; `-` for standard input."""
    violations: list[Violation]
    """What is to be shown, in order of the text."""
    silenced: int = 0
    """How many findings comments in the text silence."""
    known: int = 0
    """How many findings the baseline knows."""
    media_type: str = "text/plain"
    text: Callable[[], str] | None = None
    """Reads the whole text again, for formats that show it; None where there is none."""
    error: str | None = None
    """Why it could not be read, in the reader's language; None when it was."""
    fixed: int = 0
    """How many fixes were made."""


class Run(NamedTuple):
    """One run over all files, in the order in which they are reported."""

    results: list[FileResult]
    translate: Translate
    unsafe: bool = False
    """Whether unsafe fixes count as fixes on offer."""
    root: str = ""
    """The folder, absolute, that paths for other programs are relative to; empty where paths stay as given."""
    language: str = "en"
    """The reader's language, one of `planparse.messages.LANGUAGES`."""

    def counts(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        found = Counter(violation.severity for result in self.results for violation in result.violations)
        return {severity: found[severity] for severity in SEVERITIES}

    def fixable(self) -> tuple[int, int]:
        """How many findings safe fixes mend, and how many more unsafe ones do."""
        mends = (mend_of(violation) for result in self.results for violation in result.violations)
        grades = Counter(mend.grade for mend in mends if mend is not None)
        return grades["safe"], grades["unsafe"]


def where(result: FileResult, violation: Violation, translate: Translate) -> str:
    """Where a finding stands, for people: `plan.txt:12:1`, `plan.docx: paragraph 12`, or the file's name alone."""
    place = violation.place
    if place is None:
        return result.name
    origin = origin_of(violation, translate)
    return f"{result.name}: {origin}" if origin else f"{result.name}:{place.line}:{place.column}"


def origin_of(violation: Violation, translate: Translate = str) -> str:
    """Where a finding stands in a file that has no lines, `paragraph 12`; empty in a file that has."""
    if violation.place is None or violation.place.origin is None:
        return ""
    form, values = violation.place.origin
    return translate(form).format(*values)


def placed(violation: Violation, translate: Translate) -> str:
    """The message for formats that know only lines: it begins with the place where the file has none."""
    origin = origin_of(violation, translate)
    text = violation.text(translate)
    return f"{origin}: {text}" if origin else text


def lined(violation: Violation) -> bool:
    """Whether its lines and columns are those of the file itself, as editors count them."""
    return violation.place is not None and violation.place.origin is None


def mend_of(violation: Violation) -> Mend | None:
    """Its fix, where one can be made in its file: in files without lines none can."""
    return None if violation.place is not None and violation.place.origin is not None else violation.mend


def offered(run: Run, violation: Violation) -> Mend | None:
    """Its fix, where it is one that other programs are offered."""
    mend = mend_of(violation)
    return mend if mend is not None and (run.unsafe or mend.grade == "safe") else None


def reason(result: FileResult) -> str:
    """Why a file could not be read, without its name before it."""
    return (result.error or "").removeprefix(result.name).lstrip(":： ")


def relative(run: Run, name: str) -> str:
    """A path as other programs know it: from the run's root if it lies there, with `/`, without `./`."""
    path = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")  # names may be of any bytes
    if run.root and os.path.isabs(path):
        try:
            inside = os.path.relpath(path, run.root)
        except ValueError:  # on another drive
            return path.replace(os.sep, "/")
        path = path if inside.startswith("..") else inside
    path = path.replace(os.sep, "/")
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    return path
