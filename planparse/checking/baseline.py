"""The baseline: findings that are known and put up with. It knows them by file, rule and the words of their line, not by its number."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from planparse.errors import PlanparseError
from planparse.rules.engine import Violation

VERSION = 1
Counts = Counter[tuple[str, str]]
"""How often each rule finds something in each line: by code and hash of the line."""


class Sifted(NamedTuple):
    """A file's findings, parted."""

    new: list[Violation]
    known: int
    gone: int
    """How many known ones are not found any more."""


class Baseline:
    """The known findings of a file of JSON; its paths are relative to its folder.

    Args:
        path: The file; it need not exist.

    Raises:
        PlanparseError: It cannot be read, or is no baseline.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.folder = os.path.dirname(os.path.abspath(path))
        self.exists = os.path.isfile(path)
        self.counts: dict[str, Counts] = self._read() if self.exists else {}
        self.found: dict[str, Counts] = {}

    def _read(self) -> dict[str, Counts]:
        try:
            with open(self.path, encoding="utf-8-sig") as file:
                read = json.load(file)
            if read["baseline"] != VERSION:
                raise PlanparseError(
                    "{file}: this baseline is another version's; delete it and make it anew with --update-baseline", file=self.path
                )
            return {
                file: Counter({(code, line): _count(count) for code, lines in codes.items() for line, count in lines.items()})
                for file, codes in read["files"].items()
            }
        except OSError as error:
            raise PlanparseError("{name}: cannot be read ({reason})", name=self.path, reason=error.strerror or str(error)) from None
        except (ValueError, TypeError, KeyError, AttributeError):
            raise PlanparseError("{file}: this is no baseline; --update-baseline makes one under a new name", file=self.path) from None

    def sift(self, path: str, violations: Iterable[Violation], codes: Container[str]) -> Sifted:
        """Parts what is known of a file's findings from what is not; what is known of rules that did not run (`codes` did) stays known."""
        file = self.name_of(path)
        known_here = self.counts.get(file, Counter())
        left = Counter({key: count for key, count in known_here.items() if key[0] in codes})
        found = self.found.setdefault(file, Counter({key: count for key, count in known_here.items() if key[0] not in codes}))
        new: list[Violation] = []
        known = 0
        for violation in violations:
            key = (violation.code, line_hash(violation))
            found[key] += 1
            if left[key] > 0:
                left[key] -= 1
                known += 1
            else:
                new.append(violation)
        return Sifted(new, known, sum(left.values()))

    def name_of(self, path: str) -> str:
        """A path as the baseline calls it."""
        try:
            name = os.path.relpath(path, self.folder)
        except ValueError:  # on another drive
            name = os.path.abspath(path)
        return os.fsencode(name).decode("utf-8", "replace").replace(os.sep, "/")

    def lost(self) -> list[str]:
        """Files it names that do not exist any more."""
        return [file for file in self.counts if file not in self.found and not os.path.exists(os.path.join(self.folder, file))]

    def update(self, *, force: bool) -> dict[str, Counts]:
        """What it should hold now. Unless forced, or made for the first time, it only shrinks; files not checked stay as they are."""
        lost = set(self.lost())
        after = {file: counts for file, counts in self.counts.items() if file not in lost}
        for file, found in self.found.items():
            after[file] = found if force or not self.exists else found & self.counts.get(file, Counter())
        return {file: counts for file, counts in after.items() if counts.total()}


def line_hash(violation: Violation) -> str:
    """Of the words of its line, blanks left out; of nothing where it is about the whole file."""
    return sha256("".join(violation.excerpt.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def render(counts: Mapping[str, Counts]) -> str:
    """The baseline as it is written: sorted, so that versions compare line by line."""
    files: dict[str, dict[str, dict[str, int]]] = {}
    for file in sorted(counts):
        for (code, line), count in sorted(counts[file].items()):
            files.setdefault(file, {}).setdefault(code, {})[line] = count
    return json.dumps({"baseline": VERSION, "files": files}, ensure_ascii=False, indent=2) + "\n"


def _count(value: Any) -> int:
    if not isinstance(value, int) or value < 0:
        raise ValueError(value)
    return value
