"""Word's automatic numbers: which list a paragraph is in, and what its label is (ISO/IEC 29500-1 §17.9).

Counters belong to the list definition (abstractNum) and to the story (body, text box), not to the w:num: two w:num of one
definition go on counting together. A startOverride is applied once, when its w:num first comes to that level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planparse.readers.blocks import Label
from planparse.readers.signs import BULLET
from planparse.readers.word.formats import FORMATS, Format, custom
from planparse.readers.word.names import W, child, is_on, number, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LEVELS = 9
LARGEST = 1 << 31
LONGEST = 255
"""So long may a label be, and what it is made from: the longest that Word keeps."""
_FIELD = re.compile("%([1-9])")
_DIGITS = FORMATS["decimal"]
_KEPT_IN_LEGAL = ("none", "decimalZero")
"""The formats that isLgl does not turn into digits."""


@dataclass(slots=True)
class Level:
    """One level of a list definition."""

    start: int = 0
    form: str = "decimal"
    """The name of the number format."""
    write: Format = _DIGITS
    text: str = ""
    """%1 … %9 stand for the numbers of the levels."""
    restart: int | None = None
    """lvlRestart: 0 never; n when level n (counted from 1) or one above it is used."""
    legal: bool = False
    suffix: str = "tab"
    style: str = ""
    """The paragraph style that this level belongs to."""
    hidden: bool = False


@dataclass(slots=True)
class Definition:
    """An abstractNum."""

    levels: dict[int, Level]
    single: bool = False
    style_link: str = ""
    """The numbering style that it is the definition of."""
    to_style: str = ""
    """The numbering style whose definition stands for this one."""


@dataclass(slots=True)
class Num:
    """A w:num: a use of a definition, with its own starts and levels."""

    definition: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """The lists of a file and the state of their counters."""

    def __init__(self, root: Element | None) -> None:
        self.definitions: dict[str, Definition] = {}
        self.nums: dict[str, Num] = {}
        self.unknown: set[str] = set()
        """Formats that a label needed and the table does not have."""
        self.skipped: list[str] = []
        """Labels that skipped a level above."""
        self._counters: dict[tuple[int, str], list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in () if root is None else root:
            if element.tag == W + "abstractNum":
                self.definitions[element.get(W + "abstractNumId", "")] = _definition(element)
            elif element.tag == W + "num":
                self.nums[element.get(W + "numId", "")] = _num(element)

    def follow_links(self, num_of_style: dict[str, str]) -> None:
        """Lets w:num whose definition names a numbering style use that style's definition."""
        owners = {definition.style_link: key for key, definition in self.definitions.items() if definition.style_link}
        for num in self.nums.values():
            for _ in range(LEVELS):  # links may go in a circle
                definition = self.definitions.get(num.definition)
                if definition is None or not definition.to_style:
                    break
                through = self.nums.get(num_of_style.get(definition.to_style, ""))
                num.definition = through.definition if through else owners.get(definition.to_style, num.definition)

    def level_of_style(self, num_id: str, style: str) -> int | None:
        """The level that belongs to a paragraph style, or None."""
        num = self.nums.get(num_id)
        definition = self.definitions.get(num.definition) if num else None
        for levels in (num.levels if num else {}, definition.levels if definition else {}):
            for k, level in levels.items():
                if level.style == style:
                    return k
        return None

    def label(self, num_id: str, level: int, story: int) -> Label | None:
        """Counts one paragraph of a list on and gives its label; None where the list shows none."""
        num = self.nums.get(num_id)
        definition = self.definitions.get(num.definition) if num else None
        if num is None or definition is None:
            return None
        if definition.single:
            level = 0
        level = max(0, min(level, LEVELS - 1))
        values = self._counters.setdefault((story, num.definition), [None] * LEVELS)
        own = self._level(num, definition, level)
        self._count(num, num_id, definition, values, level)
        if own is None:
            return None
        if own.form == "bullet":
            return Label(_bullet(own.text), 0, level, own.suffix, bullet=True) if own.text.strip() and not own.hidden else None  # type: ignore[arg-type] # as the schema has it
        text = _FIELD.sub(lambda found: self._written(num, definition, values, int(found[1]) - 1, own), own.text)[:LONGEST]
        if own.hidden or not text.strip():
            return None
        counted = "%" in own.text and own.form != "none"
        return Label(text, (values[level] or 0) if counted else 0, level, own.suffix)  # type: ignore[arg-type]

    def _level(self, num: Num, definition: Definition, k: int) -> Level | None:
        return num.levels.get(k) or definition.levels.get(k)

    def _start(self, num: Num, definition: Definition, k: int) -> int:
        level = self._level(num, definition, k)
        return level.start if level else 0

    def _count(self, num: Num, num_id: str, definition: Definition, values: list[int | None], k: int) -> None:
        """The next value at level `k`; the levels below it begin anew."""
        count = values[k]
        if k in num.starts and (num_id, k) not in self._begun:
            values[k] = num.starts[k]
        else:
            values[k] = self._start(num, definition, k) if count is None else min(count + 1, LARGEST)
        self._begun.add((num_id, k))
        for upper in range(k):
            if values[upper] is None:  # a skipped level shows its start and counts as used
                values[upper] = self._start(num, definition, upper)
                level = self._level(num, definition, k)
                if level is not None and f"%{upper + 1}" in level.text:
                    self.skipped.append(level.text)
        for lower in range(k + 1, LEVELS):
            level = self._level(num, definition, lower)
            restart = level.restart if level else None
            if restart is None or restart > lower or (restart > 0 and k < restart):
                values[lower] = None

    def _written(self, num: Num, definition: Definition, values: list[int | None], k: int, own: Level) -> str:
        """The number of level `k` inside the label of `own`."""
        level = self._level(num, definition, k)
        count = values[k]
        if level is None or count is None:
            return ""
        if own.legal and level.form not in _KEPT_IN_LEGAL:
            return str(count)
        if level.form not in FORMATS and level.form not in ("custom", "bullet"):
            self.unknown.add(level.form)
        return level.write(count)


def _bullet(text: str) -> str:
    """The bullet's sign; those of symbol fonts, which no other font shows, become ●."""
    sign = text.strip()
    return BULLET if any("\ue000" <= c <= "\uf8ff" for c in sign) or (sign.isascii() and sign.isalnum()) else sign


def _definition(element: Element) -> Definition:
    return Definition(
        {k: _level(level) for level in element.findall(W + "lvl") if 0 <= (k := number(level, "ilvl") or 0) < LEVELS},
        value(child(element, "multiLevelType")) == "singleLevel",
        value(child(element, "styleLink")),
        value(child(element, "numStyleLink")),
    )


def _num(element: Element) -> Num:
    num = Num(value(child(element, "abstractNumId")))
    for override in element.findall(W + "lvlOverride"):
        k = number(override, "ilvl") or 0
        start = child(override, "startOverride")
        if start is not None:
            num.starts[k] = max(0, number(start) or 0)
        level = child(override, "lvl")
        if level is not None:
            num.levels[k] = _level(level)
    return num


def _level(element: Element) -> Level:
    level = Level()
    for part in element.iter():  # numFmt may stand in alternative content
        tag = part.tag
        if tag == W + "start":
            level.start = max(0, number(part) or 0)
        elif tag == W + "numFmt" and level.form == "decimal":
            level.form = value(part)
            pattern = custom(part.get(W + "format", "")) if level.form == "custom" else None
            level.write = pattern or FORMATS.get(level.form, _DIGITS)
        elif tag == W + "lvlText":
            level.text = value(part)[:LONGEST]
        elif tag == W + "lvlRestart":
            level.restart = number(part)
        elif tag == W + "isLgl":
            level.legal = is_on(part)
        elif tag == W + "suff":
            level.suffix = value(part)
        elif tag == W + "pStyle":
            level.style = value(part)
        elif tag == W + "vanish":
            level.hidden = is_on(part)
    return level
