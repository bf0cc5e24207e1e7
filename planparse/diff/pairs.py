"""Pairs of entries that a person confirmed or rejected, fed back with `--pairs`.

Three forms: JSON (`{"confirmed": [["old key", "new key"]], "rejected": []}`), CSV with the heads `old,new,verdict`, and the
working papers that `planparse diff -f xlsx` writes, whose column of verdicts was filled in. In the last two a row without
a verdict says nothing.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from io import StringIO
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from planparse.errors import PlanparseError, Term
from planparse.messages import LANGUAGES, translator
from planparse.readers import read_bytes, sheets
from planparse.readers.text import decode

OLD, NEW, VERDICT = Term("old key"), Term("new key"), Term("verdict")
"""The heads of the columns in working papers; they stand there in the reader's language."""
SAME, DIFFERENT = Term("same"), Term("different")
"""The verdicts."""
SHORT = {"old": OLD, "new": NEW}
"""The heads in CSV."""
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files of spreadsheet programs begin."""

Pair = tuple[str, str]


@dataclass(frozen=True)
class Pairs:
    """Keys of entries, the old one and the new one."""

    confirmed: list[Pair] = field(default_factory=list)
    """What belongs together, however little it is alike."""
    rejected: list[Pair] = field(default_factory=list)
    """What does not, however much it is alike."""
    places: dict[Pair, str] = field(default_factory=dict, compare=False)
    """Where each pair stands in its file: a line, a cell, an entry of a list."""


class Strangers(NamedTuple):
    """Verdicts that say nothing, as one of their keys is none of an entry."""

    key: str
    """The first such key."""
    where: str
    """Where it stands in the file of pairs."""
    number: int
    """So many verdicts say nothing."""


class Said(NamedTuple):
    """A verdict on a pair, and where it was given: a line, a cell, an entry of a list."""

    pair: Pair
    same: bool
    where: str


def read_pairs(name: str) -> Pairs:
    """The pairs of a file; `-` is standard input.

    Raises:
        PlanparseError: The file cannot be read, holds no pairs, or contradicts itself; the message says where.
    """
    return pairs_of(read_bytes(name, name), name)


def pairs_of(data: bytes, name: str = "-") -> Pairs:
    """The pairs of a file's bytes; `name` is what messages call it.

    Raises:
        PlanparseError: As for `read_pairs`.
    """
    if data.startswith(WORKBOOKS):
        said = _from_workbook(data, name)
    else:
        text = decode(data, name).text
        said = _from_json(text, name) if text.lstrip()[:1] in ("{", "[") else _from_csv(text, name)
    return _sorted(said, name)


def strangers(judged: Pairs, known: Sequence[tuple[set[str], set[str]]]) -> Strangers | None:
    """The verdicts without entries; None where there are none.

    Args:
        judged: Pairs of a file.
        known: The keys of the old and of the new entries, for each comparison that the pairs are meant for.
    """
    found: list[tuple[str, str]] = []
    for pair, where in judged.places.items():
        missing = [[key for key, keys in zip(pair, sides, strict=True) if key not in keys] for sides in known]
        if all(missing):
            found.append((missing[0][0], where))
    return Strangers(*found[0], len(found)) if found else None


def _sorted(said: Iterable[Said], name: str) -> Pairs:
    """The verdicts by what they say, each pair once."""
    verdicts: dict[Pair, bool] = {}
    places: dict[Pair, str] = {}
    for pair, same, where in said:
        places.setdefault(pair, where)
        if verdicts.setdefault(pair, same) != same:
            raise PlanparseError("{name}:{where}: this pair is both confirmed and rejected; keep one of the two", name=name, where=where)
    confirmed, rejected = ([pair for pair, same in verdicts.items() if same is wanted] for wanted in (True, False))
    return Pairs(confirmed, rejected, places)


def _from_json(text: str, name: str) -> Iterator[Said]:
    try:
        read = json.loads(text)
    except json.JSONDecodeError as error:
        raise PlanparseError("{name}:{line}: this is no JSON: {problem}", name=name, line=error.lineno, problem=error.msg) from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a thousand brackets
        raise PlanparseError("{name}:{line}: this is no JSON: {problem}", name=name, line=1, problem=str(error)) from None
    fields = {"confirmed": True, "rejected": False}
    if not isinstance(read, dict) or not read.keys() <= fields.keys():
        raise PlanparseError("{name}: a file of pairs is an object with the lists `confirmed` and `rejected`, nothing else", name=name)
    for verdicts, same in fields.items():
        pairs = read.get(verdicts, [])
        if not isinstance(pairs, list):
            raise PlanparseError("{name}: a file of pairs is an object with the lists `confirmed` and `rejected`, nothing else", name=name)
        for k, pair in enumerate(pairs):
            where = f"{verdicts}[{k}]"
            if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(key, str) and key for key in pair):
                raise PlanparseError("{name}:{where}: a pair is a list of two keys, the old one and the new one", name=name, where=where)
            yield Said((pair[0], pair[1]), same, where)


def _from_csv(text: str, name: str) -> Iterator[Said]:
    reader = csv.reader(StringIO(text, newline=""))
    table = _Table(name)
    try:
        for cells in reader:
            yield from table.said(cells, lambda _: str(reader.line_num))
    except csv.Error as error:
        raise PlanparseError("{name}:{line}: this is no CSV: {problem}", name=name, line=reader.line_num, problem=str(error)) from None
    if not table.found:
        raise _no_heads(name)


def _from_workbook(data: bytes, name: str) -> Iterator[Said]:
    found = False
    for title, rows in groupby(sheets.rows(data, name), key=itemgetter(0)):
        table = _Table(name)
        for _, row, cells in rows:
            yield from table.said(cells, lambda column, title=title, row=row: f"{title}!{sheets.place(row, column)}")  # type: ignore[misc]
        found = found or table.found
    if not found:
        raise _no_heads(name)


class _Table:
    """The verdicts of a table, row by row. Whatever stands above its heads is passed over."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.columns: tuple[int, int, int] | None = None

    @property
    def found(self) -> bool:
        """Whether the heads have come."""
        return self.columns is not None

    def said(self, cells: list[str], place: Callable[[int], str]) -> Iterator[Said]:
        """What a row says, if anything; `place` names its cell in a column."""
        if self.columns is None:
            self.columns = _columns(cells)
            return
        old, new, verdict = (cells[column].strip() if column < len(cells) else "" for column in self.columns)
        if not verdict:
            return
        name, where = self.name, place(self.columns[2])
        same = _verdicts().get(verdict.casefold())
        if same is None:
            raise PlanparseError(
                "{name}:{where}: {found} is no verdict; write {same} or {different}",
                name=name, where=where, found=verdict, same=SAME, different=DIFFERENT,
            )  # fmt: skip
        if not old or not new:
            raise PlanparseError("{name}:{where}: a verdict needs two keys, and one of them is missing", name=name, where=where)
        yield Said((old, new), same, where)


def _columns(heads: list[str]) -> tuple[int, int, int] | None:
    known = _heads()
    found = {known[head]: k for k, cell in enumerate(heads) if (head := cell.strip().casefold()) in known}
    return (found[OLD], found[NEW], found[VERDICT]) if len(found) == 3 else None


@lru_cache(maxsize=1)
def _heads() -> dict[str, Term]:
    """The heads in every language and the short ones."""
    return SHORT | {word: head for head in (OLD, NEW, VERDICT) for word in _words(head)}


@lru_cache(maxsize=1)
def _verdicts() -> dict[str, bool]:
    return {word: verdict is SAME for verdict in (SAME, DIFFERENT) for word in _words(verdict)}


def _words(term: Term) -> list[str]:
    return [translator(language)(term).casefold() for language in LANGUAGES]


def _no_heads(name: str) -> PlanparseError:
    return PlanparseError(
        "{name}: there are no columns `old`, `new` and `verdict` in it; `planparse diff -f xlsx` writes a sheet that has them", name=name
    )
