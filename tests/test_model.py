"""The models are the format: what the fast writer prints is what they would print, and the schema made from them fits it."""

import json

import jsonschema
import pytest
from conftest import ROOT

from planparse.documents import build, parse_bytes
from planparse.model import Document
from planparse.readers import from_bytes
from planparse.syntax.parse import Parsed
from planparse.writers.json import write

SAMPLES = {path.name: path.read_bytes() for path in sorted((ROOT / "samples").iterdir()) if path.is_file()}
DIRTY = {
    "nothing": b"",
    "blanks": " \n\t\u3000\r\n".encode(),
    "a byte order mark and old line ends": "\ufeff工作计划\r一、备课\r".encode(),
    "quotes, slashes and controls": '工作“计划"\\\n一、"备课"\x01\x7f\n'.encode(),
    "characters beyond the basic plane": "𠮷林工作计划\n一、𠀀备课😀\n".encode(),
    "entities cut in two": "工作计划\n一、备&nbs\np;课\n".encode(),
    "numbers out of order": "一、备课\n3、听课\n1、评课\n".encode(),
}
TEXTS = [pytest.param(data, id=name) for name, data in (SAMPLES | DIRTY).items()]


def pairs(text):
    """JSON as nested lists of keys and values: equal only when the keys stand in the same order."""
    return json.loads(text, object_pairs_hook=list)


@pytest.mark.parametrize("data", TEXTS)
def test_the_fast_json_is_the_models_own(data):
    """Read by the models and written by them again, the JSON has the same keys in the same order with the same values."""
    fast = parse_bytes(data)
    assert pairs(Document.model_validate_json(fast).model_dump_json()) == pairs(fast)


@pytest.mark.parametrize("data", TEXTS)
def test_without_positions_too(data):
    """Without positions, no position is printed, not even as null; nothing else changes."""
    parsed = Parsed(from_bytes(data))
    fast = "".join(write(parsed, positions=False))
    assert '"position"' not in fast
    assert pairs(build(Parsed(parsed.source), positions=False).model_dump_json()) == pairs(fast)
    assert without_positions(json.loads(parse_bytes(data))) == json.loads(fast)


def without_positions(value):
    if isinstance(value, dict):
        return {key: without_positions(entry) for key, entry in value.items() if key not in ("position", "anchor")}
    return [without_positions(entry) for entry in value] if isinstance(value, list) else value


@pytest.mark.parametrize("data", TEXTS)
def test_models_survive_their_json(data):
    """A model written as JSON and read again is the same model."""
    document = Document.model_validate_json(parse_bytes(data))
    assert Document.model_validate_json(document.model_dump_json()) == document


@pytest.mark.parametrize("data", TEXTS)
def test_one_line_says_the_same(data):
    """JSON Lines differ from JSON in their line feeds only."""
    source = from_bytes(data)
    line = "".join(write(Parsed(source), one_line=True))
    assert line.count("\n") == 1
    assert line.endswith("}\n")
    assert pairs(line) == pairs("".join(write(Parsed(source))))


@pytest.fixture(scope="module")
def schema():
    schema = Document.model_json_schema(by_alias=True)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.mark.parametrize("data", TEXTS)
@pytest.mark.parametrize("positions", [True, False])
def test_the_schema_fits(schema, data, positions):
    """What is printed fits the JSON Schema, with positions and without."""
    schema.validate(json.loads("".join(write(Parsed(from_bytes(data)), positions=positions))))


def test_the_schema_is_strict(schema):
    """The schema turns down unknown fields, unknown node types and lines that count from 0."""
    document = json.loads(parse_bytes(SAMPLES["gbk-notice.txt"]))
    node = document["plans"][0]["children"][0]
    for key, value in (("colour", "red"), ("type", "chapter"), ("position", {"start": {"line": 0}})):
        before = node.get(key)
        node[key] = value
        assert not schema.is_valid(document)
        del node[key]
        if before is not None:
            node[key] = before
    assert schema.is_valid(document)


def test_the_command_prints_this_schema(planparse, schema):
    """`planparse schema` is the models' schema."""
    assert json.loads(planparse("schema").stdout) == schema.schema


def test_every_field_is_described():
    """Each field of each model says what it holds."""
    schema = Document.model_json_schema(by_alias=True)
    for name, model in {"Document": schema, **schema["$defs"]}.items():
        for field, description in model["properties"].items():
            assert "description" in description or "$ref" in description or field == "schema", f"{name}.{field}"
