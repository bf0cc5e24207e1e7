"""One side of a comparison: a plan in any format that can be read, or a document that was parsed before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planparse.errors import PlanparseError
from planparse.messages import Translate

if TYPE_CHECKING:
    from planparse.dates.resolve import Settings
    from planparse.model import Document


def document(path: str, encoding: str | None, said: Settings, translate: Translate, name: str | None = None) -> Document:
    """The document of a file; `name` is what the report calls it, the path without one.

    Raises:
        PlanparseError: The file cannot be read, or holds JSON that is no document.
    """
    from planparse import reread
    from planparse.documents import build
    from planparse.readers import from_bytes, read_bytes
    from planparse.syntax.parse import Parsed

    name = (name or path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    data = read_bytes(path, name)
    if reread.is_document(data, name):
        return reread.document(data, name, translate)
    return build(Parsed(from_bytes(data, name, encoding), said), translate=translate)


def plan_numbers(text: str | None) -> tuple[int, int] | None:
    """The plans that `--plan` names: `2` of both files, `1:3` of the old and the new one.

    Raises:
        PlanparseError: It names none.
    """
    if text is None:
        return None
    parts = text.split(":")
    if len(parts) > 2 or not all(part.isdecimal() and int(part) for part in parts):
        raise PlanparseError("--plan {text}: this names no plan; write 2, or 1:3 for the old and the new file", text=text)
    return int(parts[0]), int(parts[-1])


def need_plan(document: Document, number: int) -> None:
    """Refuses a plan that a document does not hold.

    Raises:
        PlanparseError: There is no plan of this number.
    """
    if number > len(document.plans):
        raise PlanparseError(
            "{name}: there is no plan {number}; it holds {count}", name=document.source.name, number=number, count=len(document.plans)
        )
