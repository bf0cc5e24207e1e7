"""Values that a spreadsheet program would run as a formula."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"[\t\r ]*(?:[=@＝＠](?!$)|[+\-＋－][^\W\d_]|[+\-＋－][(（])|[\t\r]")


def harmless(value: str) -> str:
    """The value with a single quote before it if a spreadsheet program would run it as a formula."""
    return "'" + value if _FORMULA.match(value) else value
