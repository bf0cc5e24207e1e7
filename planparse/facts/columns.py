"""What the columns of a table hold: who answers, until when, figures in a unit that only the head names."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from planparse.facts.figures import Figure, number
from planparse.facts.targets import Target
from planparse.facts.units import BY_NAME
from planparse.syntax import notation
from planparse.syntax.lazy import lazy


class Head(NamedTuple):
    """A column's head, read."""

    name: str
    """Without the unit in brackets."""
    role: str | None
    """A role of `planparse.model.ColumnRole`, as far as the head tells."""
    duty: str
    """The duty of those an owner column names."""
    unit: str
    """The unit in its brackets: 投资（万元）; empty without one."""


_UNIT = lazy("[（(](?:单位[：:])?(?P<scale>[百千]?[万亿])?(?P<unit>[^（()）]{1,5})[)）]\\Z")
_CELL = lazy("\\s*(?P<n>\\d{1,3}(?:[,，]\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)(?:\\s*[-—~至]\\s*(?P<m>\\d+(?:\\.\\d+)?))?\\s*\\Z")
GENERIC = frozenset(
    ("目标", "目标值", "数量", "指标", "任务数", "计划数", "目标数", "任务量", "数值", "计划", "数", "目标任务", "年度目标")
)
"""Heads that do not name what is counted."""
_LEAD = lazy("牵头|主办")
_SUPPORT = lazy("配合|协办|协助|参与")


@lru_cache(maxsize=1024)
def head_of(name: str) -> Head:
    """What a column with this head holds."""
    text = name.replace("\n", "").strip()
    found = _UNIT.search(text)
    unit = ""
    if found is not None and found["unit"] in BY_NAME:
        unit = (found["scale"] or "") + found["unit"]
        text = text[: found.start()].strip()
    duty = "lead" if _LEAD.search(text) else "support" if _SUPPORT.search(text) else "responsible"
    return Head(text, notation.column_role(text), duty, unit)


def numbers_in(work: str, start: int, end: int, head: Head) -> Target | None:
    """The figure of a cell that holds a number alone, in the unit of its head."""
    found = _CELL.match(work, start, end)
    if found is None:
        return None
    scale = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
    factor = 1.0
    name = head.unit
    while name not in BY_NAME:
        factor *= scale[name[0]]
        name = name[1:]
    unit = BY_NAME[name]
    factor *= unit.factor
    value = number(found["n"])
    upper = number(found["m"]) if found["m"] else None
    if value is None:
        return None
    first, last = found.start("n"), found.end("m") if found["m"] else found.end("n")
    figure = Figure(first, last, value * factor, None if upper is None else upper * factor, unit.base or name, value, upper, head.unit)
    return Target(first, last, figure, "=", None, None)
