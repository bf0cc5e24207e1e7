"""`planparse schema`: the formats for machines."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

EXAMPLES = (
    ("Save the schema", "planparse schema > document.schema.json"),
    ("The schema of what `planparse diff -f json` prints", "planparse schema --comparison"),
    ("Check JSON with another tool", "planparse schema > s.json && check-jsonschema --schemafile s.json plan.json"),
)


def schema(
    ctx: typer.Context,
    comparison: Annotated[bool, typer.Option("--comparison", help="The format of `planparse diff -f json`.")] = False,
) -> None:
    """Print the JSON Schema of the document format.

    Every field says what it holds and when it is null.
    """
    import json

    from planparse.diff.model import Comparison
    from planparse.model import Document

    del ctx
    text = json.dumps((Comparison if comparison else Document).model_json_schema(by_alias=True), ensure_ascii=False, indent=2)
    sys.stdout.buffer.write(f"{text}\n".encode())
