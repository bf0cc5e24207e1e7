"""The text of a paragraph as a browser shows it, from the characters of the source."""

from __future__ import annotations

import re

BREAK, BLANK, JOINT = "\0", "\x01", "\x02"
"""In collected text: a line break, a blank that does not collapse, the start of a nested table's square. No text has them."""

_WIDE = "\u00b7\u2014\u2018\u2019\u201c\u201d\u2026\u2460-\u24ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff\u00a0"
_BLANKS = re.compile("[ \t\n\r\f]+")
_WRAP = re.compile(f"(?<=[{_WIDE}])\n(?=[{_WIDE}])")
_JOINT = re.compile(f" ?{JOINT} ?")
EDGES = " \t\n\r\f\v\u00a0\u3000\u2002\u2003\u200b\ufeff"


def lines(text: str) -> list[str]:
    """The lines of collected text as a browser sets them, with blanks as Chinese text has them: no line is blank."""
    text = _BLANKS.sub(lambda run: "\n" if "\n" in run[0] or "\r" in run[0] else " ", text)
    text = _WRAP.sub("", text).replace("\n", " ").replace(BLANK, " ")
    if JOINT in text:
        text = _JOINT.sub("  ", text)
    return [stripped for line in text.split(BREAK) if (stripped := line.strip(EDGES))]
