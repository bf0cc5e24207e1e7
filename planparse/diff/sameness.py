"""Whether two entries say the same in other signs, or in each other's places."""

from __future__ import annotations

import re

from planparse.diff.fold import bare, relative
from planparse.diff.units import Unit, Values

_LABELS = re.compile("(?:责任|牵头|配合|负责|主办|协办|完成|实施)?(?:单位|部门|科室|人员?|时限|时间|期限|要求)(?=\0)")
"""What stands before the name of an owner or a deadline."""
WEEK = re.compile("第?[0-9〇零一二三四五六七八九十]+[周週]")
"""The number of a week in a row's key."""
_HOLE = "\0"
_ORDINAL = re.compile("(?:篇|之)[0-9一二三四五六七八九十]+$|[(（][0-9一二三四五六七八九十]+[)）]$")


def times_of(values: Values) -> list[str]:
    """The times without their years: 八月份 and 8月 are one."""
    return [(when.edtf or "")[4:] or when.text for when in (values.when, *values.deadlines) if when is not None]


def said(unit: Unit, base: int | None) -> list[str]:
    """The values of an entry as they are written, in the order in which they stand in its words."""
    text = bare(relative(unit.text, base))
    return sorted((value for value in _written(unit.values, base) if value in text), key=lambda value: (text.index(value), value))


def _written(values: Values, base: int | None) -> set[str]:
    """An entry's own values as they stand in its words, folded."""
    written = [
        *(target.text for target in values.targets), *(owner.text for owner in values.owners if not owner.inherited),
        *(due.text for due in values.deadlines if not due.inherited), *(citation.title for citation in values.citations),
        *([values.when.text] if values.when is not None else []),
    ]  # fmt: skip
    return {bare(relative(value, base)) for value in written} - {""}


def swapped(old: list[str], new: list[str]) -> bool:
    """Whether the same values stand in another order."""
    return old != new and sorted(old) == sorted(new)


def same_but_ordinal(old: str, new: str) -> bool:
    """Whether two marks of a compiler (…篇1, …篇2) differ in their number alone."""
    first, second = _ORDINAL.sub("", old), _ORDINAL.sub("", new)
    return first == second and (first != old or second != new)


def masked(unit: Unit, base: int | None) -> str:
    """The words of an entry with holes where its values stand."""
    text = bare(relative(unit.text, base))
    for value in sorted(_written(unit.values, base), key=lambda value: (-len(value), value)):
        text = text.replace(value, _HOLE, 1)
    if unit.type == "schedule_row":
        text = WEEK.sub("", text)
    return _LABELS.sub("", text)
