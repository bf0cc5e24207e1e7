"""A comparison as JSON: one object, a record a line, by the schema that `planparse schema --comparison` prints."""

from __future__ import annotations

import json

from planparse.diff.model import Comparison
from planparse.messages import Translate


def write(comparison: Comparison, *, translate: Translate = str) -> str:
    """The report; nothing in it is in the reader's language."""
    del translate
    whole = comparison.model_dump(mode="json", by_alias=True)
    records = ",\n".join(map(_dumped, whole.pop("records")))
    head = ",\n".join(f"{_dumped(name)}:{_dumped(value)}" for name, value in whole.items())
    return f'{{{head},\n"records":[' + (f"\n{records}\n" if records else "") + "]}\n"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
