"""From offsets to an editor's positions and back.

Editors count lines and characters from 0, and characters in units of an encoding that both sides agree on: UTF-16 unless
the client offers another, so that 𠮷 counts two. A line ends with LF, CR LF or a CR alone, whatever else is in the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from lsprotocol import types

from planparse.syntax.lazy import lazy

CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
"""The codec of each kind of position, and the bytes of its unit."""
STEP = 1024
"""So many characters apart the units are counted beforehand: a text may be one long line."""
_END = lazy("\r\n|\n|\r")


class Positions:
    """The positions in one text."""

    def __init__(self, text: str, encoding: str = "utf-16") -> None:
        self.text = text
        self.codec, self.width = CODECS[encoding]
        self.starts, self.ends = [0], []
        for found in _END.finditer(text):
            self.ends.append(found.start())
            self.starts.append(found.end())
        self.ends.append(len(text))
        self.marks = [0]
        for at in range(0, len(text), STEP):
            self.marks.append(self.marks[-1] + self._units(text[at : at + STEP]))

    def position(self, offset: int) -> types.Position:
        """The position of an offset; one inside a line's end is that of the end's first character."""
        line = bisect_right(self.starts, offset) - 1
        return types.Position(line, self._before(min(offset, self.ends[line])) - self._before(self.starts[line]))

    def range(self, start: int, end: int) -> types.Range:
        """The range of `text[start:end]`."""
        return types.Range(self.position(start), self.position(end))

    def offset(self, position: types.Position) -> int:
        """The offset of a position; beyond the end of its line it is that end, beyond the last line the text's."""
        if position.line >= len(self.starts):
            return len(self.text)
        start, end = self.starts[position.line], self.ends[position.line]
        wanted = self._before(start) + position.character
        mark = max(bisect_left(self.marks, wanted) - 1, 0)
        chunk = self.text[mark * STEP : (mark + 1) * STEP].encode(self.codec)
        inside = chunk[: (wanted - self.marks[mark]) * self.width].decode(self.codec, "ignore")
        return min(max(mark * STEP + len(inside), start), end)

    def _before(self, offset: int) -> int:
        """The units before an offset."""
        mark = offset // STEP
        return self.marks[mark] + self._units(self.text[mark * STEP : offset])

    def _units(self, text: str) -> int:
        return len(text.encode(self.codec)) // self.width
