"""A plan in its normal form: numbers in the order of GB/T 9704, one width of punctuation, one way to write dates, broken lines joined.

Nothing is written anew: the form is reached by the fixes of rules, so that each change is one that parsing proves harmless, and all else
stays as it is, to the character. Formatting twice is formatting once.
"""

from __future__ import annotations

from typing import NamedTuple

from planparse.dates.resolve import Settings
from planparse.documents import build
from planparse.rules.fixing import fix, viewer
from planparse.rules.selection import options, select
from planparse.source import Source
from planparse.syntax.parse import Parsed
from planparse.writers import markdown, text

MARKDOWN = "text/markdown"
FORM = ("PN107", "PN108", "PN208", "PN209", "PN401", "PN404", "PN405", "PN408", "PN409")
"""The rules whose fixes, unsafe ones included, make the form."""
DEBRIS = "PN402"
"""The rule that takes advertisements and the like out."""


class Formatted(NamedTuple):
    """What formatting makes of a source."""

    text: str
    left_out: int
    """How many stretches of debris were taken out."""
    notes: int
    """How many footnotes and comments of a Word file are not in the text; Markdown has them."""
    stable: bool
    """False where formatting the result would change it again."""


def formatted(source: Source, settings: Settings | None = None, *, as_markdown: bool = False, debris: bool = True) -> Formatted:
    """The normal form of a source, as text or as Markdown. Without `debris`, advertisements and the like are taken out.

    A text that is to stay what it is, plain or Markdown, is changed in its place; all else is written as a text first.
    """
    media_type = MARKDOWN if as_markdown else "text/plain"
    written, notes = source, 0
    if source.layout is not None or source.media_type != media_type:
        document = build(Parsed(source, settings))
        notes = 0 if as_markdown else len(document.notes)
        written = Source(source.name, markdown.write(document) if as_markdown else text.write(document, "keep"), media_type=media_type)
        written.published = source.published
    selection = select("official", chosen=FORM if debris else (*FORM, DEBRIS))
    done = fix(written.text, viewer(written, settings, options("official")), selection, unsafe=True)
    return Formatted(done.text, done.made.get(DEBRIS, 0), notes, done.stable)
