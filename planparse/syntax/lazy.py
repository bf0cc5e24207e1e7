"""Patterns that are compiled when first used.

A plan uses few of the many notations, and CPython takes a quarter of a millisecond for each set with Chinese characters,
so compiling all of them at import would cost more than parsing a small file.
"""

from __future__ import annotations

import re
from typing import Any, cast


class _Lazy:
    """Stands for a compiled pattern; from the first use on its methods are the compiled pattern's own."""

    def __init__(self, text: str, flags: int) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(self._text, self._flags)
        for method in ("match", "search", "fullmatch", "finditer", "findall", "sub", "split"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def lazy(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of `text`, compiled on first use."""
    return cast("re.Pattern[str]", _Lazy(text, flags))
