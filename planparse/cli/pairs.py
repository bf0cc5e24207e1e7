"""The file of `--pairs`: which entries a reviewer found to be the same, and which not.

JSON:  {"confirmed": [["old key", "new key"], …], "rejected": [["old key", "new key"], …]}
CSV:   old,new,verdict - a pair a line, the verdict `same` or `different`
"""

from __future__ import annotations

import csv
import json
from typing import Any, NamedTuple

from planparse.errors import PlanparseError

Pair = tuple[str, str]
HEAD = ["old", "new", "verdict"]
SAME, DIFFERENT = "same", "different"
VERDICTS = {SAME: True, DIFFERENT: False, "是": True, "否": False}


class Pairs(NamedTuple):
    """Keys of entries, last year's and this year's."""

    confirmed: tuple[Pair, ...] = ()
    rejected: tuple[Pair, ...] = ()


def read_pairs(path: str) -> Pairs:
    """The pairs of a file.

    Raises:
        PlanparseError: The file cannot be read, or something in it is no pair.
    """
    from planparse.readers import read_bytes

    data = read_bytes(path, path)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlanparseError("{name}: byte {offset} is no UTF-8; save the pairs as UTF-8", name=path, offset=error.start) from None
    pairs = _of_json(path, text) if text.lstrip()[:1] in ("{", "[") else _of_csv(path, text)
    if both := set(pairs.confirmed) & set(pairs.rejected):
        old, new = min(both)
        raise PlanparseError("{name}: {old} and {new} are confirmed and rejected; take one of them out", name=path, old=old, new=new)
    return pairs


def _of_json(path: str, text: str) -> Pairs:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise PlanparseError("{name}:{line}: this is no JSON: {problem}", name=path, line=error.lineno, problem=error.msg) from None
    except (ValueError, RecursionError) as error:
        raise PlanparseError("{name}: this is no JSON ({reason})", name=path, reason=str(error)) from None
    if not isinstance(value, dict) or not value.keys() <= {"confirmed", "rejected"}:
        raise PlanparseError('{name}: write an object of "confirmed" and "rejected", each a list of pairs of keys', name=path)
    return Pairs(_list(path, value, "confirmed"), _list(path, value, "rejected"))


def _list(path: str, value: dict[str, Any], field: str) -> tuple[Pair, ...]:
    given = value.get(field, [])
    if not isinstance(given, list):
        raise PlanparseError("{name}: {field} is no list of pairs of keys", name=path, field=field)
    for k, pair in enumerate(given, 1):
        if not isinstance(pair, list) or len(pair) != 2 or not all(isinstance(key, str) and key for key in pair):
            raise PlanparseError("{name}: {field}, pair {number}: a pair is two keys, old and new", name=path, field=field, number=k)
    return tuple((pair[0], pair[1]) for pair in given)


def _of_csv(path: str, text: str) -> Pairs:
    confirmed: list[Pair] = []
    rejected: list[Pair] = []
    rows = csv.reader(text.splitlines(keepends=True), skipinitialspace=True)
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if not any(cells) or (rows.line_num == 1 and [cell.lower() for cell in cells[:3]] == HEAD):
                continue
            old, new, verdict = _row(path, rows.line_num, cells)
            (confirmed if verdict else rejected).append((old, new))
    except csv.Error as error:
        raise PlanparseError("{name}:{line}: this is no CSV: {problem}", name=path, line=rows.line_num, problem=str(error)) from None
    return Pairs(tuple(confirmed), tuple(rejected))


def _row(path: str, line: int, cells: list[str]) -> tuple[str, str, bool]:
    if len(cells) < 3 or not cells[0] or not cells[1]:
        raise PlanparseError("{name}:{line}: a pair is old,new,verdict; something is missing", name=path, line=line)
    if cells[2].lower() not in VERDICTS:
        raise PlanparseError("{name}:{line}: the verdict {word} is neither same nor different", name=path, line=line, word=cells[2])
    return cells[0], cells[1], VERDICTS[cells[2].lower()]
