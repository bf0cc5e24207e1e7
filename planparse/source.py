"""Decoded text, where it came from, and the way from an offset to a line and a column."""

from __future__ import annotations

from bisect import bisect_right


class Source:
    """One input after decoding. `text` is exactly what was read, line ends included; only a byte order mark is gone.

    A plain class: importing `dataclasses` would cost a tenth of the start-up time.
    """

    __slots__ = ("encoding", "encoding_guessed", "line_starts", "media_type", "name", "sha256", "text")

    def __init__(
        self,
        name: str,
        text: str,
        encoding: str = "utf-8",
        encoding_guessed: bool = False,
        sha256: str = "",
        media_type: str = "text/plain",
    ) -> None:
        self.name = name
        """The path as given, or `-` for standard input."""
        self.text = text
        self.encoding = encoding
        """The codec that decoded the bytes, by Python's name."""
        self.encoding_guessed = encoding_guessed
        """False when a byte order mark, the user, or valid UTF-8 settled the encoding."""
        self.sha256 = sha256
        """Of the bytes as read, in hexadecimal."""
        self.media_type = media_type
        self.line_starts = _line_starts(text)
        """The offset of each line's first character; line ends are LF, CR LF, or CR where no LF occurs."""

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
