"""Text back to bytes, as they were: the same encoding, mark and line ends."""

from __future__ import annotations

from planparse.errors import PlanparseError
from planparse.readers.text import MARKS

_NARROWER = {"gb18030": ("gb2312", "gbk", "gb18030")}
"""What is read as the wider encoding may be meant for programs that know only a narrower one."""
_PAIRED = {"utf-16": ("utf-16-le", "utf-16-be"), "utf-32": ("utf-32-le", "utf-32-be"), "utf-8-sig": ("utf-8",)}


class Form:
    """How the bytes of a file spell its text.

    Raises:
        PlanparseError: Its text, encoded again, is not what was read: some bytes fit no character, or fit in two ways.
    """

    def __init__(self, data: bytes, text: str, encoding: str, name: str) -> None:
        self.name = name
        for codec in (*_PAIRED.get(encoding, ()), *_NARROWER.get(encoding, (encoding,))):
            for mark in ("\ufeff", "") if _has_mark(data) else ("", "\ufeff"):
                if _encoded(mark + text, codec) == data:
                    self.codec, self.mark = codec, mark
                    return
        raise PlanparseError(
            "{name}: nothing was changed: written back, its bytes would not be what they were; save it as UTF-8 first", name=name
        )

    def encode(self, text: str) -> bytes:
        """The bytes of another text.

        Raises:
            PlanparseError: The encoding lacks one of its characters.
        """
        data = _encoded(self.mark + text, self.codec)
        if data is None:
            lacking = next(c for c in text if _encoded(c, self.codec) is None)
            raise PlanparseError(
                "{name}: nothing was changed: its encoding {encoding} has no {character}; save it as UTF-8 first",
                name=self.name, encoding=self.codec, character=lacking,
            )  # fmt: skip
        return data


def _encoded(text: str, codec: str) -> bytes | None:
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return None


def _has_mark(data: bytes) -> bool:
    return any(data.startswith(mark) for mark, _ in MARKS)
