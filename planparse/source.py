"""Decoded text, where it came from, and the way from an offset to a line and a column."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field


@dataclass(slots=True)
class Source:
    """One input after decoding. `text` is exactly what was read, line ends included; only a byte order mark is gone."""

    name: str
    """The path as given, or `-` for standard input."""
    text: str
    encoding: str = "utf-8"
    """The codec that decoded the bytes, by Python's name."""
    encoding_guessed: bool = False
    """False when a byte order mark, the user, or valid UTF-8 settled the encoding."""
    sha256: str = ""
    """Of the bytes as read, in hexadecimal."""
    media_type: str = "text/plain"
    line_starts: list[int] = field(default_factory=list)
    """The offset of each line's first character; line ends are LF, CR LF, or CR where no LF occurs."""

    def __post_init__(self) -> None:
        if not self.line_starts:
            self.line_starts = _line_starts(self.text)

    def line_column(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column (in code points) of an offset."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    @property
    def lines(self) -> int:
        """How many lines the text has; a final line end starts no new line."""
        return len(self.line_starts) - (1 if self.line_starts[-1] == len(self.text) and self.text else 0)


def line_end(text: str) -> str:
    """The character that ends a line in this text."""
    return "\r" if "\r" in text and "\n" not in text else "\n"


def _line_starts(text: str) -> list[int]:
    end, starts, at = line_end(text), [0], 0
    find = text.find
    while (at := find(end, at) + 1) > 0:
        starts.append(at)
    return starts
