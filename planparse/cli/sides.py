"""One side of a comparison: a plan in any format that can be read, or a document that was parsed before."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planparse.errors import PlanparseError
from planparse.messages import Translate, fill

if TYPE_CHECKING:
    from planparse.dates.resolve import Settings
    from planparse.model import Document

SCHEMA = "planparse.dev/schema/"
LOOKED_AT = 400
"""So many bytes at the head of a file tell whether it is one of planparse's own."""
SUFFIXES = (".json", ".jsonl", ".ndjson")


def document(path: str, encoding: str | None, said: Settings, translate: Translate, name: str | None = None) -> Document:
    """The document of a file; `name` is what the report calls it, the path without one.

    Raises:
        PlanparseError: The file cannot be read, or holds JSON that is no document.
    """
    from planparse.documents import build
    from planparse.readers import from_bytes, read_bytes
    from planparse.syntax.parse import Parsed

    name = (name or path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    data = read_bytes(path, name)
    if _parsed(data, name):
        return _document(data, name, translate)
    return build(Parsed(from_bytes(data, name, encoding), said), translate=translate)


def _parsed(data: bytes, name: str) -> bool:
    """Whether a file is what a parser wrote and not a plan."""
    head = data[:LOOKED_AT].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head[:1] not in (b"{", b"["):
        return False
    return SCHEMA.encode() in head or name.lower().endswith(SUFFIXES)


def _document(data: bytes, name: str, translate: Translate) -> Document:
    from planparse.model import Document
    from planparse.validate import check

    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    value = _value(data, name)
    if isinstance(value, list):
        if len(value) != 1:
            raise PlanparseError(
                "{name}: there are {count} documents in it; write each to a file of its own and name that", name=name, count=len(value)
            )
        value = value[0]
        data = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    schema = value.get("schema") if isinstance(value, dict) else None
    if not isinstance(schema, str) or f"{SCHEMA}document" not in schema:
        raise PlanparseError(
            "{name}: this is JSON, but no document of planparse; name the plan itself, or what `planparse parse` made of it", name=name
        )
    failures = check(data)
    if failures:
        first = failures[0]
        reason = fill(translate, first.reason, first.values)
        raise PlanparseError("{name}: {path}: {reason}; `planparse validate` tells the rest", name=name, path=first.path, reason=reason)
    return Document.model_validate_json(data)


def _value(data: bytes, name: str) -> Any:
    """The JSON of a file; a list of the values of its lines where it has one a line."""
    try:
        return json.loads(data)
    except ValueError as error:
        whole = error
    except RecursionError:
        raise PlanparseError("{name}: this is nested too deeply to be read", name=name) from None
    try:
        return [json.loads(line) for line in data.splitlines() if line.strip()]
    except ValueError:
        raise PlanparseError("{name}: this is no JSON ({reason})", name=name, reason=str(whole)) from None


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
