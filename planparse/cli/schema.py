"""`planparse schema`: the document format for machines."""

from __future__ import annotations

import sys

import typer

EXAMPLES = (
    ("Save the schema", "planparse schema > document.schema.json"),
    ("Check JSON with another tool", "planparse schema > s.json && check-jsonschema --schemafile s.json plan.json"),
)


def schema(ctx: typer.Context) -> None:
    """Print the JSON Schema of the document format.

    Every field says what it holds and when it is null.
    """
    import json

    from planparse.model import Document

    del ctx
    text = json.dumps(Document.model_json_schema(by_alias=True), ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(f"{text}\n".encode())
