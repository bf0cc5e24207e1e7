"""The parser's own diagnostics: code, name, severity and message of each, one row a kind."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Kind(NamedTuple):
    """One kind of finding. `message` is English with `{}` fields; it is also the key of its translations."""

    code: str
    name: str
    severity: Literal["error", "warning", "information"]
    message: str


KINDS: dict[str, Kind] = {
    "number_gap": Kind("PN101", "numbering-gap", "warning", "number {found} follows where {expected} was due"),
    "wrong_resume": Kind("PN101", "numbering-gap", "warning", "number {found} goes back where {expected} was due"),
    "late_start": Kind("PN101", "numbering-gap", "warning", "this list starts at {found}, not at 1"),
    "restarted_numbering": Kind("PN102", "numbering-restart", "warning", "numbering starts again at 1 where {expected} was due"),
    "repeated_number": Kind("PN103", "duplicate-number", "warning", "number {found} stands twice; {expected} was due"),
}
