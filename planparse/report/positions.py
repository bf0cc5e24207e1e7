"""From offsets to lines, columns and bytes, for formats that tell more than a finding itself knows."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate
from typing import NamedTuple

from planparse.errors import PlanparseError
from planparse.report.run import FileResult
from planparse.rules.engine import Violation
from planparse.source import Source

BLOCK = 1024


class Point(NamedTuple):
    """A place in a text; lines and columns count from 1, the offset from 0, all in code points."""

    line: int
    column: int
    offset: int


class Lines:
    """The lines of a file, which is read again only when they are asked for."""

    def __init__(self, result: FileResult) -> None:
        self.result = result

    @cached_property
    def source(self) -> Source | None:
        """The file's text; None where there is none, or no longer."""
        if self.result.text is None:
            return None
        try:
            return Source(self.result.name, self.result.text())
        except (OSError, PlanparseError):
            return None

    def point(self, offset: int) -> Point | None:
        """Where an offset is; None where the text is not to be had."""
        if self.source is None or offset > len(self.source.text):
            return None
        return Point(*self.source.line_column(offset), offset)

    def byte_column(self, point: Point, near: Violation | None = None) -> int | None:
        """A column counted in bytes of UTF-8; `near` is a finding that may show the line where the text is not to be had."""
        if self.source is not None:
            return self._bytes(point.offset) - self._bytes(point.offset - point.column + 1) + 1
        place = near.place if near is not None else None
        if near is None or place is None or place.line != point.line or near.excerpt_column != place.column - 1:
            return None
        return _size(near.excerpt[: point.column - 1]) + 1 if point.column - 1 <= len(near.excerpt) else None

    def _bytes(self, offset: int) -> int:
        """How many bytes the text before an offset has."""
        assert self.source is not None
        block = min(offset // BLOCK, len(self._before) - 1)
        return self._before[block] + _size(self.source.text[block * BLOCK : offset])

    @cached_property
    def _before(self) -> list[int]:
        """How many bytes there are before each block of the text, so that no long line is counted again and again."""
        assert self.source is not None
        text = self.source.text
        return list(accumulate((_size(text[at : at + BLOCK]) for at in range(0, len(text), BLOCK)), initial=0))


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
