"""A document read again from the JSON that was written of it."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from planparse.errors import PlanparseError
from planparse.messages import Translate, fill

if TYPE_CHECKING:
    from planparse.model import Document

SCHEMA = "planparse.dev/schema/"
LOOKED_AT = 400
"""So many bytes at the head of a file tell whether it is one of planparse's own."""
MARK = b"\xef\xbb\xbf"
"""Some programs set it before UTF-8."""
SUFFIXES = (".json", ".jsonl", ".ndjson")


def is_document(data: bytes, name: str) -> bool:
    """Whether a file is what a program wrote and not a plan: by its name, or because it is a JSON object; `name` is the file's."""
    if name.lower().endswith(SUFFIXES):
        return True
    head = data[:LOOKED_AT].removeprefix(MARK).lstrip()
    if head[:1] not in (b"{", b"["):
        return False
    return SCHEMA.encode() in head or (head[:1] == b"{" and _is_object(data.removeprefix(MARK)))


def _is_object(data: bytes) -> bool:
    try:
        return isinstance(json.loads(data), dict)
    except (ValueError, RecursionError):
        return False


def document(data: bytes, name: str, translate: Translate) -> Document:
    """The document that a file's JSON holds, as one of this file; `name` is what messages and reports call it.

    Raises:
        PlanparseError: It holds none, or more than one.
    """
    from planparse.model import Document
    from planparse.validate import check

    digest = sha256(data).hexdigest()
    data = data.removeprefix(MARK)
    value = _value(data, name)
    if isinstance(value, list) and value:
        if len(value) != 1:
            raise PlanparseError(
                "{name}: there are {count} documents in it; write each to a file of its own and name that", name=name, count=len(value)
            )
        value = value[0]
        data = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    schema = value.get("schema") if isinstance(value, dict) else None
    if not isinstance(schema, str) or f"{SCHEMA}document" not in schema or "plans" not in value:
        raise PlanparseError(
            "{name}: this is JSON, but no document of planparse; name the plan itself, or what `planparse parse` made of it", name=name
        )
    failures = check(data)
    if failures:
        first = failures[0]
        reason = fill(translate, first.reason, first.values)
        raise PlanparseError("{name}: {path}: {reason}; `planparse validate` tells the rest", name=name, path=first.path, reason=reason)
    read = Document.model_validate_json(data)
    # The file that it was made of may be another by now.
    return read.model_copy(update={"source": read.source.model_copy(update={"name": name, "sha256": digest})})


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
