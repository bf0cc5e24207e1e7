"""Fields of a Word file: a code that is not shown and a result that is, field within field."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planparse.readers.word.names import W, child, is_on, number, value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TICKED, EMPTY = "☑", "□"
_OVERLAID = re.compile("\\s*eq\\s+\\\\o\\s*(?:\\\\a[clrd]\\s*)?[(（]([^,，;；]{1,4})[,，;；]([^)）]{1,4})[)）]", re.IGNORECASE)
_CONTENTS = re.compile("\\s*toc\\b", re.IGNORECASE)
_RINGS = frozenset("○〇◯O")
_CIRCLED = {str(k): chr(0x2460 + k - 1) for k in range(1, 21)}


@dataclass(slots=True)
class Fields:
    """The fields that are open at some place of the text, the outermost first."""

    codes: list[list[str] | None] = field(default_factory=list)
    """The code of each so far; None once its result has begun."""
    contents: list[bool] = field(default_factory=list)
    """Whether each makes a table of contents."""
    silent: int = 0
    """How many are still in their code."""

    def begin(self, element: Element) -> str:
        """A field begins; what a form field shows by itself."""
        self.codes.append([])
        self.contents.append(False)
        self.silent += 1
        form = child(element, "ffData")
        return "" if form is None or self.silent > 1 else _form(form)

    def add_code(self, text: str) -> None:
        """More of the innermost field's code."""
        if self.codes and (code := self.codes[-1]) is not None:
            code.append(text)

    def separate(self) -> None:
        """The result of the innermost field begins."""
        if self.codes and (code := self.codes[-1]) is not None:
            self.contents[-1] = _CONTENTS.match("".join(code)) is not None
            self.codes[-1] = None
            self.silent -= 1

    def end(self) -> str:
        """The innermost field ends; what it shows if it has no result."""
        if not self.codes:
            return ""
        code = self.codes.pop()
        self.contents.pop()
        if code is None:
            return ""
        self.silent -= 1
        return "" if self.silent else _drawn("".join(code))

    def lasting(self) -> Fields:
        """What is open in the next paragraph: a code that does not end in its paragraph ends with it, so that no text is lost."""
        kept = [k for k, code in enumerate(self.codes) if code is None]
        return Fields([None] * len(kept), [self.contents[k] for k in kept])


def _form(form: Element) -> str:
    """The tick box or the choice of a form field."""
    box, choice = child(form, "checkBox"), child(form, "ddList")
    if box is not None:
        ticked = child(box, "checked") if child(box, "checked") is not None else child(box, "default")
        return TICKED if is_on(ticked) else EMPTY
    if choice is not None:
        entries = [value(entry) for entry in choice.findall(W + "listEntry")]
        chosen = child(choice, "result") if child(choice, "result") is not None else child(choice, "default")
        k = number(chosen) or 0
        return entries[k] if 0 <= k < len(entries) else ""
    return ""


def _drawn(code: str) -> str:
    """A character in a ring, which is a formula to Word."""
    found = _OVERLAID.match(code)
    if not found:
        return ""
    ring, inner = found[1].strip(), found[2].strip()
    return _CIRCLED.get(inner, inner) if ring in _RINGS else inner
