"""What the page asks for: a request in, an answer out, both values that JSON can hold. Nothing here knows of HTTP."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from planparse import reread
from planparse.diff import compare as comparing
from planparse.documents import build
from planparse.errors import PlanparseError
from planparse.extras import need
from planparse.formats import OUTPUTS, Format, Numbering, render, render_whole, rows
from planparse.messages import LANGUAGES, Translate, translator
from planparse.model import Document
from planparse.report.changes import formats as reports
from planparse.syntax.parse import Parsed
from planparse.web import answers, mending
from planparse.web.answers import Written
from planparse.web.inputs import BadRequest, Input, Request, field, read

DEFAULT_LANGUAGE = "zh"
FIRST = "工作计划\n一、教学工作\n1．9月1日前教导处完成排课，合格率达到95%以上。\n"
"""A plan that needs what most plans need."""
NUMBERINGS = ("standard", "keep")


class File(NamedTuple):
    """A file that the page offers to save."""

    name: str
    media_type: str
    data: bytes


class Compared(NamedTuple):
    """A comparison: its report is a page of its own."""

    report: str
    answer: dict[str, Any]


def language(request: Request) -> Translate:
    """How a request wants to be answered.

    Raises:
        BadRequest: It names a language there is none of.
    """
    name = field(request, "lang", str) or DEFAULT_LANGUAGE
    if name not in LANGUAGES:
        raise BadRequest("lang")
    return translator(name)


def parse(request: Request) -> dict[str, Any]:
    """A plan with all there is to show of it: its text, its document, its findings, its promises, its times."""
    return answers.parsed(read(request, "input"), language(request))


def fix(request: Request) -> dict[str, Any]:
    """A plan's text with one fix made, with those of one rule, or with all safe ones."""
    code, at, unsafe = field(request, "code", str), field(request, "at", int), field(request, "unsafe", bool)
    if code is None and at is not None:
        raise BadRequest("code")
    return mending.fixed(read(request, "input"), language(request), code, at, unsafe=bool(unsafe))


def write(request: Request, moment: Callable[[], datetime]) -> File:
    """A plan as a file in any format that can be written.

    Raises:
        PlanparseError: The format needs a package that is not installed.
    """
    form: Format = field(request, "form", str)
    numbering: Numbering = field(request, "numbering", str) or "standard"
    if form not in OUTPUTS:
        raise BadRequest("form")
    if numbering not in NUMBERINGS:
        raise BadRequest("numbering")
    translate = language(request)
    given = read(request, "input")
    output = OUTPUTS[form]
    if output.needs:
        need(output.needs)
    parsed = Parsed(given.source, given.settings)
    if output.whole:
        data = render_whole([build(parsed, translate=translate)], form, numbering)
    else:
        pieces, _ = render(parsed, form, translate=translate, stamp=moment(), numbering=numbering)
        data = "".join(pieces).encode()
    stem = os.path.splitext(given.source.name)[0]
    return File(stem + output.suffixes[0], output.media_type, data)


def compare(request: Request) -> Compared:
    """What became of the entries of one plan in another, as a page, and how much of each there is."""
    translate = language(request)
    old, new = (_document(read(request, key), translate) for key in ("old", "new"))
    comparison = comparing.compare(old, new)
    report = reports.render(comparison, "html", translate=translate, screen=reports.Screen()).decode()
    return Compared(report, {"count": comparison.count.model_dump(mode="json"), "records": len(comparison.records)})


def formats(request: Request) -> dict[str, Any]:
    """What can be read and written on this machine."""
    language(request)
    out: dict[str, list[dict[str, Any]]] = {"read": [], "write": []}
    for row in rows():
        out[row.direction].append({"format": row.name, "suffixes": list(row.suffixes), "ready": row.ready, "needs": row.brought_by})
    return out


def _document(given: Input, translate: Translate) -> Document:
    """A plan's document; that which was parsed before is taken as it is."""
    if reread.is_document(given.data, given.source.name):
        return reread.document(given.data, given.source.name, translate)
    document = build(Parsed(given.source, given.settings), translate=translate)
    if not document.plans:
        raise PlanparseError("{name}: there is no plan in it", name=given.source.name)
    return document


def dumped(answer: dict[str, Any]) -> bytes:
    """An answer as JSON."""
    parts = (
        f"{json.dumps(key)}:{value if isinstance(value, Written) else json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for key, value in answer.items()
    )
    return f"{{{','.join(parts)}}}".encode("utf-8", "replace")


def loaded(body: bytes) -> Request:
    """A request from its JSON.

    Raises:
        BadRequest: It is no JSON object.
    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest("JSON") from None
    if not isinstance(value, dict):
        raise BadRequest("JSON")
    return value


def prepare() -> None:
    """Loads what the first request would wait for."""
    parse({"input": {"name": "", "text": FIRST}})
