"""What tells a finding again in the next run, when lines above it came or went.

It is made of the path, the rule, the words of the line, and a running number among findings that are alike in these:
no line number and no column goes in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from planparse.report.run import FileResult, Run, relative
from planparse.rules.engine import Violation


def fingerprints(run: Run, result: FileResult) -> Iterator[tuple[Violation, str]]:
    """The findings of a file, each with its fingerprint, which no other of the run has."""
    from hashlib import sha256  # only now: few formats need it

    path = relative(run, result.name)
    seen: Counter[tuple[str, str]] = Counter()
    for violation in result.violations:
        words = "".join(violation.excerpt.split())
        key = violation.code, words
        seen[key] += 1
        parts = (path, violation.code, words, str(seen[key]))
        yield violation, sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()


def of_file(run: Run, result: FileResult) -> str:
    """The fingerprint of a file that could not be read."""
    from hashlib import sha256

    return sha256(f"{relative(run, result.name)}\0unreadable".encode("utf-8", "replace")).hexdigest()
