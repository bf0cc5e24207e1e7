"""What can be read and written here, and a document in each format that is written; for all who hand documents out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from planparse.extras import PACKAGES
from planparse.messages import Translate
from planparse.readers.detect import FORMATS
from planparse.syntax.parse import Parsed
from planparse.writers import json

if TYPE_CHECKING:
    from datetime import datetime

    from planparse.model import Document
    from planparse.writers.ics import LeftOut

Format = Literal["json", "jsonl", "markdown", "text", "ics", "csv", "xlsx", "docx"]
Numbering = Literal["standard", "keep"]
OFFICE = "soffice"
"""What a format needs that is no package: LibreOffice's program."""


class Output(NamedTuple):
    """A format that can be written."""

    suffixes: tuple[str, ...]
    media_type: str
    needs: str = ""
    """The module that an extra brings, a key of `planparse.extras.PACKAGES`."""
    whole: bool = False
    """All documents are written as one, at the end."""
    binary: bool = False
    """It is no text: a screen cannot show it."""


_OFFICE_XML = "application/vnd.openxmlformats-officedocument"
OUTPUTS: dict[Format, Output] = {
    "json": Output((".json",), "application/json"),
    "jsonl": Output((".jsonl",), "application/jsonl"),
    "markdown": Output((".md", ".markdown"), "text/markdown"),
    "text": Output((".txt",), "text/plain"),
    "ics": Output((".ics",), "text/calendar"),
    "csv": Output((".csv",), "text/csv", whole=True),
    "xlsx": Output((".xlsx",), f"{_OFFICE_XML}.spreadsheetml.sheet", needs="xlsxwriter", whole=True, binary=True),
    "docx": Output((".docx",), f"{_OFFICE_XML}.wordprocessingml.document", whole=True, binary=True),
}
"""To write one more format: a module in `planparse/writers`, a row here, and a branch below."""


class Row(NamedTuple):
    """A format in the list of all."""

    direction: Literal["read", "write"]
    name: str
    suffixes: tuple[str, ...]
    needs: str
    """A module, a key of `planparse.extras.PACKAGES`; or LibreOffice's program."""

    @property
    def ready(self) -> bool:
        """Whether what it needs is installed."""
        return is_ready(self.needs)

    @property
    def brought_by(self) -> str | None:
        """The extra, or the program, that it needs; None where it needs none."""
        return PACKAGES.get(self.needs, self.needs) or None


def rows() -> Iterator[Row]:
    """All formats, those that are read first."""
    for form in FORMATS:
        yield Row("read", form.name, form.suffixes, form.needs)
    for name, output in OUTPUTS.items():
        yield Row("write", name, output.suffixes, output.needs)


def is_ready(needs: str) -> bool:
    """Whether a module or program is installed; nothing is loaded."""
    from importlib.util import find_spec

    if needs == OFFICE:
        from planparse.readers.office import find_program

        return find_program() is not None
    return not needs or find_spec(needs.partition(".")[0]) is not None


def render(
    parsed: Parsed,
    form: Format,
    *,
    translate: Translate,
    stamp: datetime | None = None,
    positions: bool = True,
    numbering: Numbering = "standard",
) -> tuple[Iterator[str], list[LeftOut]]:
    """A document in a format that is text, piece by piece, and what a calendar leaves out.

    JSON comes straight from the parser's tree, the others from the models. `stamp` is when a calendar was made.
    """
    if form in ("json", "jsonl"):
        return json.write(parsed, positions=positions, translate=translate, one_line=form == "jsonl"), []
    from planparse.documents import build  # only now: building models loads pydantic

    document = build(parsed, translate=translate)
    if form == "ics":
        from planparse.writers import ics

        assert stamp is not None
        made = ics.write(document, stamp, translate)
        return iter([made.data.decode()]), made.left_out
    if form == "markdown":
        from planparse.writers import markdown

        return iter([markdown.write(document)]), []
    from planparse.writers import text

    return iter([text.write(document, numbering=numbering)]), []


def render_whole(documents: list[Document], form: Format, numbering: Numbering) -> bytes:
    """All documents as one file.

    Raises:
        PlanparseError: The format needs a package that is not installed.
    """
    if form == "docx":
        from planparse.writers import docx

        return docx.write(documents, numbering)
    from planparse.writers import sheets

    return sheets.write_xlsx(documents) if form == "xlsx" else sheets.write_csv(documents).encode()
