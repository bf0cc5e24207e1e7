"""Makes `planparse/shape.py`, the table of fields that the fast JSON writer follows, from the pydantic models.

Run `python -m planparse.writers.shape` after changing `planparse/model.py`; a test compares the file with the models.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from planparse import model

HEAD = '''"""Generated from planparse/model.py by `python -m planparse.writers.shape`; do not edit.

For each model: its fields in order with the JSON of their defaults; None where a value must always be given.
"""

'''

NAMES: dict[str, type[model.Model]] = {
    "plan": model.Plan, "section": model.Section, "paragraph": model.Paragraph, "schedule": model.Schedule,
    "schedule_row": model.ScheduleRow, "item": model.Item, "note": model.Note, "table": model.Table,
    "signature": model.Signature, "noise": model.Noise, "title": model.Title, "when": model.When, "basis": model.Basis,
    "target": model.Target, "measure": model.Measure, "deadline": model.Deadline, "owner": model.Owner, "citation": model.Citation, "row_facts": model.RowFacts,
    "year": model.Year, "evidence": model.Evidence,
    "span": model.Span, "aside": model.Aside, "column": model.Column, "number": model.Number, "repair": model.Repair, "diagnostic": model.Diagnostic,
    "source": model.SourceInfo, "document": model.Document,
}  # fmt: skip


def render() -> str:
    """The text of `planparse/shape.py`."""
    lines = [HEAD, f"SCHEMA_ID = {model.SCHEMA_ID!r}\n", "SHAPES: dict[str, tuple[tuple[str, str | None], ...]] = {\n"]
    for name, cls in NAMES.items():
        lines.append(f"    {name!r}: (\n".replace("'", '"'))
        for key, field in cls.model_fields.items():
            if key != "position":
                lines.append(f'        ("{field.alias or key}", {_default(field)}),\n')
        lines.append("    ),\n")
    lines.append("}\n")
    return "".join(lines).replace(f"{model.SCHEMA_ID!r}", f'"{model.SCHEMA_ID}"')


def _default(field: FieldInfo) -> str:
    value: Any = field.get_default(call_default_factory=True, validated_data={})
    if value is PydanticUndefined:
        return "None"
    text = json.dumps(value, ensure_ascii=False)
    return f"'{text}'" if '"' in text else f'"{text}"'


if __name__ == "__main__":
    target = Path(__file__).parent.parent / "shape.py"
    target.write_text(render(), encoding="utf-8", newline="\n")
