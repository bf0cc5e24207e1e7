"""Whether a JSON file is a document of this format: by its schema, and by what the fields mean together.

`check` takes the bytes of a file and returns every failure with its JSON path (`$.plans[0].children[2].number.value`).
Meaning is checked once the schema holds.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from planparse.errors import Term
from planparse.model import (
    SCHEMA_ID,
    Deadline,
    Document,
    Model,
    Number,
    Owner,
    Point,
    Position,
    Positioned,
    Schedule,
    ScheduleRow,
    Section,
    Target,
    When,
    Year,
)
from planparse.syntax.numbering import AUTOMATIC, STYLE, match_label

MESSAGES = {
    "not_json": "this is no JSON: {problem} at line {line}, column {column}",
    "not_utf8": "this is no JSON: byte {offset} is no UTF-8",
    "too_deep": "this is nested too deeply to be read",
    "missing": "the field {field} is missing",
    "unknown_field": "there is no field {field}",
    "wrong_type": "{found} stands where {expected} was due",
    "wrong_choice": "{found} is none of {expected}",
    "schema": "{problem}",
    "unknown_schema": "the schema is {found}, not {expected}",
    "reversed_span": "the end (offset {end}) stands before the start (offset {start})",
    "outside_source": "offset {offset} lies outside the source, which has {characters} characters",
    "line_outside": "line {line} lies outside the source, which has {lines} lines",
    "line_column": "line {line}, column {column} does not agree with offset {offset}",
    "outside_parent": "the span {start}-{end} reaches outside its parent's, {outer_start}-{outer_end}",
    "overlap": "the span begins at {start}, before {other} ends at {end}",
    "unknown_style": "there is no numbering style {style}",
    "number_text": "{text} is not how number {value} is written in the style {style}",
    "level": "the level is {found}; among the sections around it, it stands on level {expected}",
    "ordinal": "the ordinal is {found} where {expected} was due",
    "no_day": "{text} is no day of the calendar",
    "no_edtf": "{text} is no date of ISO 8601-2",
    "reversed_dates": "the end {end} comes before the start {start}",
    "edtf_differs": "{text} does not agree with {date}",
    "rrule": "{text} is no recurrence rule of RFC 5545",
    "falling_week": "week {found} comes after week {previous}",
    "falling_date": "the row begins on {found}, before the row above it ({previous})",
    "upper": "the upper end {upper} is less than {value}",
    "year": "{found} is not among the candidates",
}
"""Every reason by its name; the English text is also the key of its translations."""


class Failure(NamedTuple):
    """One thing that is wrong: where (a JSON path) and why. `reason` holds fields that `values` fill."""

    path: str
    reason: str
    values: dict[str, object]

    @property
    def message(self) -> str:
        """The reason in English with its values."""
        return self.reason.format_map(self.values)


def check(data: bytes) -> list[Failure]:
    """Everything that is wrong with a document's JSON, in the order of the file; an empty list means it is valid."""
    try:
        raw = json.loads(data.decode("utf-8"), parse_constant=_no_constant)
        return _schema(data, raw) or [*_Meaning(Document.model_validate_json(data)).failures()]
    except RecursionError:
        return [_failure("$", "too_deep")]
    except UnicodeDecodeError as error:
        return [_failure("$", "not_utf8", offset=error.start)]
    except json.JSONDecodeError as error:
        return [_failure("$", "not_json", problem=error.msg, line=error.lineno, column=error.colno)]
    except ValueError as error:  # NaN, Infinity, an integer too long
        return [_failure("$", "not_json", problem=str(error), line=1, column=1)]


def _no_constant(name: str) -> None:
    """Python's `json` reads NaN and Infinity; JSON has no such numbers."""
    raise ValueError(f"{name} is no JSON number")


def _failure(path: str, name: str, **values: object) -> Failure:
    return Failure(path, MESSAGES[name], values)


# -- schema ------------------------------------------------------------------------------------------------------


def _schema(data: bytes, raw: Any) -> list[Failure]:
    try:
        document = Document.model_validate_json(data, strict=True)
    except ValidationError as error:
        return [_schema_failure(dict(one), raw) for one in error.errors(include_url=False)]
    if document.schema_id != SCHEMA_ID:
        return [_failure("$.schema", "unknown_schema", found=document.schema_id, expected=SCHEMA_ID)]
    return []


_KINDS = {"string": Term("a text"), "int": Term("a whole number"), "float": Term("a number"), "bool": Term("true or false"), "list": Term("a list"),
          "model": Term("an object"), "dict": Term("an object"), "model_attributes": Term("an object")}  # fmt: skip


def _schema_failure(error: dict[str, Any], raw: Any) -> Failure:
    path = json_path(error["loc"], raw)
    kind, context = error["type"], error.get("ctx", {})
    shown = json.dumps(error.get("input"), ensure_ascii=False, default=str)
    shown = shown if len(shown) <= 40 else shown[:39] + "…"
    if kind == "missing":
        return _failure(path, "missing", field=error["loc"][-1])
    if kind == "extra_forbidden":
        return _failure(path, "unknown_field", field=error["loc"][-1])
    if kind == "json_invalid":
        return _failure("$", "too_deep") if "recursion" in str(error) else _failure("$", "schema", problem=error["msg"])
    if kind in ("literal_error", "union_tag_invalid"):
        return _failure(
            path, "wrong_choice", found=context.get("tag", shown), expected=context.get("expected", context.get("expected_tags", ""))
        )
    if kind == "union_tag_not_found":
        return _failure(path, "missing", field="type")
    name = kind.removesuffix("_type")
    if name in _KINDS:
        return _failure(path, "wrong_type", found=shown, expected=_KINDS[name])
    return _failure(path, "schema", problem=error["msg"])


def json_path(loc: Sequence[int | str], raw: Any) -> str:
    """The JSON path of pydantic's `loc`, without the node types that it names on the way."""
    path, at = "$", raw
    for step in loc:
        if isinstance(step, int):
            path += f"[{step}]"
            at = at[step] if isinstance(at, list) and step < len(at) else None
        elif isinstance(at, dict) and step not in at and step == at.get("type"):
            continue
        else:
            path += f".{step}" if re.fullmatch(r"[^\W\d]\w*", step) else f"[{json.dumps(step, ensure_ascii=False)}]"
            at = at.get(step) if isinstance(at, dict) else None
    return path


# -- meaning -----------------------------------------------------------------------------------------------------


_LISTS = ("plans", "stray", "subtitles", "children", "items", "notes", "repairs")
"""Lists of nodes whose spans must stand in order. Facts (targets, owners, citations) may lie inside one another."""
_PROBES = ("", "文字", " 文字", "、文字")
"""What may follow a label: some styles are told by what comes after."""
_COMPONENT = re.compile(r"([0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?[?~%]?$")


class _Meaning:
    """Walks one document; `failures` gives what it finds."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.points: list[tuple[Point, str]] = []

    def failures(self) -> Iterator[Failure]:
        for k, plan in enumerate(self.document.plans, 1):
            if plan.ordinal != k:
                yield _failure(f"$.plans[{k - 1}].ordinal", "ordinal", found=plan.ordinal, expected=k)
        yield from self._model(self.document, "$", None, 1)
        yield from self._lines_and_columns()

    def _model(self, model: Model, path: str, outer: Position | None, level: int) -> Iterator[Failure]:
        """One object and all that is in it. `outer` is the span around it, `level` the level of a section in it."""
        if isinstance(model, Deadline | Owner) and (model.inherited or path.endswith(".deadline")):
            outer = None  # it stands where it is written, not where it holds
        if isinstance(model, Positioned) and model.position is not None:
            yield from self._span(model.position, path + ".position", outer)
            outer = model.position
        yield from self._values(model, path, level)
        below = level + isinstance(model, Section)
        for name in type(model).model_fields:
            value = getattr(model, name)
            if isinstance(value, Model) and name not in ("position", "source"):
                yield from self._model(value, f"{path}.{name}", outer, below)
            elif isinstance(value, list):
                for k, entry in enumerate(value):
                    if isinstance(entry, Model):
                        yield from self._model(entry, f"{path}.{name}[{k}]", outer, below)
                if name in _LISTS:
                    yield from _in_order(value, f"{path}.{name}")

    def _span(self, span: Position, path: str, outer: Position | None) -> Iterator[Failure]:
        start, end = span.start.offset, span.end.offset
        if end < start:
            yield _failure(path, "reversed_span", start=start, end=end)
        elif outer is not None and not outer.start.offset <= start <= end <= outer.end.offset:
            yield _failure(path, "outside_parent", start=start, end=end, outer_start=outer.start.offset, outer_end=outer.end.offset)
        self.points += [(span.start, path + ".start"), (span.end, path + ".end")]

    def _values(self, model: Model, path: str, level: int) -> Iterator[Failure]:
        """What only concerns the object itself."""
        if isinstance(model, Section) and model.level != level:
            yield _failure(path + ".level", "level", found=model.level, expected=level)
        elif isinstance(model, Number):
            yield from _number(model, path)
        elif isinstance(model, When):
            yield from _when(model, path)
        elif isinstance(model, Schedule):
            yield from _rows(model.children, path + ".children")
        elif isinstance(model, Target) and model.upper is not None and model.value is not None and model.upper < model.value:
            yield _failure(path + ".upper", "upper", upper=model.upper, value=model.value)
        elif isinstance(model, Year) and model.value is not None and model.candidates and model.value not in model.candidates:
            yield _failure(path + ".value", "year", found=model.value)

    def _lines_and_columns(self) -> Iterator[Failure]:
        """All points must fit one text: its length, its lines, and the line start that most points of a line agree on."""
        source = self.document.source
        begins: dict[int, Counter[int]] = {}
        for point, _ in self.points:
            begins.setdefault(point.line, Counter())[point.offset - point.column + 1] += 1
        starts = {line: counts.most_common(1)[0][0] for line, counts in begins.items() if line <= max(source.lines, 1)}
        inside: list[tuple[Point, str]] = []
        for point, path in self.points:
            if point.offset > source.characters:
                yield _failure(path, "outside_source", offset=point.offset, characters=source.characters)
            elif point.line not in starts:
                yield _failure(path, "line_outside", line=point.line, lines=source.lines)
            elif starts[point.line] == point.offset - point.column + 1:
                inside.append((point, path))
            else:
                yield _failure(path, "line_column", line=point.line, column=point.column, offset=point.offset)
        lines = sorted(starts)
        for point, path in inside:
            k = bisect_right(lines, point.line) - 1
            start = starts[point.line]
            early = start < point.line - 1 or (k > 0 and start - starts[lines[k - 1]] < point.line - lines[k - 1])
            if early or (k + 1 < len(lines) and point.offset >= starts[lines[k + 1]]):
                yield _failure(path, "line_column", line=point.line, column=point.column, offset=point.offset)


def _in_order(nodes: Iterable[object], path: str) -> Iterator[Failure]:
    end, other = 0, ""
    for k, node in enumerate(nodes):
        if isinstance(node, Positioned) and node.position is not None:
            start = node.position.start.offset
            if start < end:
                yield _failure(f"{path}[{k}].position", "overlap", start=start, end=end, other=other)
            if node.position.end.offset >= end:
                end, other = node.position.end.offset, f"{path}[{k}]"


def _number(number: Number, path: str) -> Iterator[Failure]:
    if number.style not in STYLE:
        yield _failure(path + ".style", "unknown_style", style=number.style)
        return
    if STYLE[number.style] in AUTOMATIC:  # the file wrote it, in a notation of its own
        return
    size = len(number.text)
    for probe in _PROBES:
        text = number.text + probe
        label = match_label(text, 0, len(text))
        if label is not None and (label.style.name, label.value, label.end) == (number.style, number.value, size):
            return
    yield _failure(path + ".text", "number_text", text=number.text, value=number.value, style=number.style)


def _rows(rows: list[ScheduleRow], path: str) -> Iterator[Failure]:
    week, day = None, None
    for k, row in enumerate(rows):
        if row.week is not None:
            if week is not None and row.week < week:
                yield _failure(f"{path}[{k}].week", "falling_week", found=row.week, previous=week)
            week = row.week
        start = row.when.start if row.when else None
        if start is not None:
            if day is not None and start < day:
                yield _failure(f"{path}[{k}].when.start", "falling_date", found=start, previous=day)
            day = start


def _when(when: When, path: str) -> Iterator[Failure]:
    days = {"start": when.start, "end": when.end}
    wrong = [name for name, day in days.items() if day is not None and not (len(day) == 10 and "X" not in day and _is_date(day))]
    for name in wrong:
        yield _failure(f"{path}.{name}", "no_day", text=days[name])
    if not wrong and when.start is not None and when.end is not None and when.end < when.start:
        yield _failure(f"{path}.end", "reversed_dates", start=when.start, end=when.end)
    if when.rrule is not None and not re.fullmatch(
        r"(?:RRULE:)?FREQ=(?:YEAR|MONTH|WEEK|DAI|HOUR|MINUTE|SECOND)LY(?:;[A-Z]+=[^;=]+)*", when.rrule
    ):
        yield _failure(f"{path}.rrule", "rrule", text=when.rrule)
    if when.edtf is None:
        return
    if when.edtf.startswith("{") and when.edtf.endswith("}"):
        ends = when.edtf[1:-1].split(",")
        right = all(map(_is_date, ends))
    else:
        ends = when.edtf.split("/")
        right = len(ends) <= 2 and all(end in ("", "..") or _is_date(end) for end in ends)
    if not right:
        yield _failure(f"{path}.edtf", "no_edtf", text=when.edtf)
        return
    for name, written in (("start", ends[0]), ("end", ends[-1])):
        day = days[name]
        if day is not None and name not in wrong and not _agrees(written, day):
            yield _failure(f"{path}.edtf", "edtf_differs", text=when.edtf, date=day)


def _is_date(text: str) -> bool:
    """A date of ISO 8601-2 with a day the calendar can have; masked digits may stand for any."""
    found = _COMPONENT.match(text)
    if found is None:
        return False
    year, month, day = found.groups()
    if month is None or "X" in month:
        return month is None or (day is None or "X" in day or 1 <= int(day) <= 31)
    if 21 <= int(month) <= 41:  # seasons, quarters, halves
        return day is None
    if not 1 <= int(month) <= 12:
        return False
    longest = 29 if "X" in year and month == "02" else monthrange(2000 if "X" in year else int(year) or 2000, int(month))[1]
    return day is None or "X" in day or 1 <= int(day) <= longest


def _agrees(written: str, day: str) -> bool:
    """Whether a day fits a date with masked or missing digits. A season's days are not written, so any fit."""
    written = written.rstrip("?~%")
    if written in ("", "..") or (len(written) == 7 and written[5:].isdigit() and int(written[5:]) > 12):
        written = written[:4] if written not in ("", "..") else ""
    return all(a in ("X", b) for a, b in zip(written, day, strict=False))
