"""What fixes would change, as a unified diff."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import unified_diff
from itertools import pairwise

from planparse.syntax.lazy import lazy

_LINE = lazy(r"[^\n]*\n|[^\n]+\Z")
CONTEXT = 3
MOST_SEARCHED = 2000
"""Of longer texts lines are paired by their numbers if they can be: a search for what corresponds might take minutes."""


def difference(name: str, before: str, after: str) -> Iterator[str]:
    """The lines of a diff that `patch` understands, each with its line end."""
    old, new = _LINE.findall(before), _LINE.findall(after)
    paired = len(old) == len(new) > MOST_SEARCHED
    lines = _paired(name, old, new) if paired else unified_diff(old, new, name, name, n=CONTEXT)
    for line in lines:
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _paired(name: str, old: list[str], new: list[str]) -> Iterator[str]:
    """Texts of as many lines, which stand opposite each other: comparing them takes no search."""
    changed = [k for k, (a, b) in enumerate(zip(old, new, strict=True)) if a != b]
    if not changed:
        return
    yield f"--- {name}\n"
    yield f"+++ {name}\n"
    starts = [0, *(k for k, (a, b) in enumerate(pairwise(changed), 1) if b - a > 2 * CONTEXT), len(changed)]
    for first, last in pairwise(starts):
        low = max(0, changed[first] - CONTEXT)
        high = min(len(old), changed[last - 1] + CONTEXT + 1)
        span = f"{low + 1},{high - low}"
        yield f"@@ -{span} +{span} @@\n"
        k = low
        while k < high:
            end = k
            while end < high and old[end] != new[end]:
                end += 1
            if end == k:
                yield f" {old[k]}"
                k += 1
            else:
                yield from (f"-{line}" for line in old[k:end])
                yield from (f"+{line}" for line in new[k:end])
                k = end
