"""Every time expression of a document: where it stands, what it resolved to, and why. For people, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from planparse.dates.entries import Entry
from planparse.dates.reasons import EVIDENCE, REASONS
from planparse.messages import Translate
from planparse.source import Source
from planparse.syntax.parse import Parsed
from planparse.syntax.repair import clean
from planparse.syntax.tree import Node
from planparse.width import display_width

# Messages, each a key of its translations.
YEAR, CANDIDATES, OPEN = "the year is {year}", "the year is open; it could be {years}", "the year is open"
FOR, AGAINST, TOLD = "for it", "against it", "it says"
MORE, LINE, UNKNOWN = "and {count} more like it", "line {line}", "open"
ABOUT = "about {time}"
BOUNDS = {"by": "by {time}", "from": "from {time} on", "around": "around {time}"}
PLAN = "plan {number}"
MOST_YEARS = 12


def rows(parsed: Parsed) -> Iterator[tuple[Node, list[dict[str, Any]]]]:
    """Plan by plan: its node and a record for each time, in order of the text."""
    for plan in parsed.plans():
        yield plan, [_record(parsed.source, plan, entry) for entry in parsed.entries if entry.text]


def _record(source: Source, plan: Node, entry: Entry) -> dict[str, Any]:
    line, column = source.line_column(entry.start)
    values = entry.values
    keys = ("text", "kind", "start", "end", "edtf", "bound", "rrule", "time_of_day", "basis")
    return {
        "file": source.name, "plan": plan.fields["ordinal"], "line": line, "column": column,
        **{key: values.get(key) for key in keys},
        "why": list(dict.fromkeys(values.get("why", ()))),
    }  # fmt: skip


def write_json(parsed: Parsed, *, one_line: bool) -> Iterator[str]:
    """The records as JSON: one a line, or a list."""
    separator = "[\n"
    for _, records in rows(parsed):
        for record in records:
            text = json.dumps(record, ensure_ascii=False)
            yield f"{text}\n" if one_line else separator + text
            separator = ",\n"
    if not one_line:
        yield "[]\n" if separator == "[\n" else "\n]\n"


def write_text(parsed: Parsed, translate: Translate) -> Iterator[str]:
    """For people: each plan's year with what speaks for it, then its times, one a line."""
    first = True
    for plan, records in rows(parsed):
        if not records:
            continue
        if not first:
            yield "\n"
        first = False
        yield from head_of(parsed, plan, translate)
        shown = [
            (str(record["line"]), " ".join(str(record["text"]).split()), days_of(record, translate), why_of(record, translate))
            for record in records
        ]
        widths = [max(display_width(row[k]) for row in shown) for k in range(3)]
        for line, text, days, why in shown:
            cells = (line.rjust(widths[0]), _pad(text, min(widths[1], 32)), _pad(days, min(widths[2], 32)), why)
            yield "  ".join(cells).rstrip() + "\n"


def _pad(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def days_of(record: dict[str, Any], translate: Translate) -> str:
    """What a time resolved to: days, a deadline, a rule of repetition."""
    if record["rrule"]:
        return str(record["rrule"])
    start, end = record["start"], record["end"]
    if start:
        text = start if start == end else f"{start} – {end}"
    else:
        edtf = record["edtf"] or translate(UNKNOWN)
        text = edtf.replace("~", "").replace("/", " – ")
        if text != edtf and "~" in edtf and not record["bound"]:
            text = translate(ABOUT).format(time=text)
    bound = BOUNDS.get(record["bound"] or "")
    if bound and record["edtf"]:
        text = translate(bound).format(time=text)
    return str(text)


def why_of(record: dict[str, Any], translate: Translate) -> str:
    """Where the parts of a time that are not written come from."""
    return "; ".join(translate(REASONS[key]) for key in record["why"])


def head_of(parsed: Parsed, plan: Node, translate: Translate) -> Iterator[str]:
    """The lines that tell a plan's year and what speaks for it."""
    fields = plan.fields
    name = fields.get("title") or fields.get("mark")
    title = clean(parsed.work, *name) if name else ""
    number = translate(PLAN).format(number=fields["ordinal"])
    year = fields.get("year")
    if year is None:
        told = translate(OPEN)
    elif year.get("value") is not None:
        told = translate(YEAR).format(year=year["value"])
    elif year["candidates"]:
        shown = [str(y) for y in year["candidates"]]
        told = translate(CANDIDATES).format(years=", ".join(shown[:MOST_YEARS]) + (" …" if len(shown) > MOST_YEARS else ""))
    else:
        told = translate(OPEN)
    yield f"{number}  {title}{'  ' if title else ''}{told}\n"
    if year is not None:
        yield from _evidence(parsed.source, year["evidence"], translate)


def _evidence(source: Source, evidence: list[dict[str, Any]], translate: Translate) -> Iterator[str]:
    groups: dict[tuple[str, Any, tuple[int, ...]], list[dict[str, Any]]] = {}
    for clue in evidence:
        groups.setdefault((clue["kind"], clue.get("agrees"), tuple(clue["years"])), []).append(clue)
    for (kind, agrees, _), clues in groups.items():
        side = translate(TOLD if agrees is None else FOR if agrees else AGAINST)
        first = clues[0]
        place = f" ({_where(source, first['at'][0], translate)})" if "at" in first else ""
        more = f", {translate(MORE).format(count=len(clues) - 1)}" if len(clues) > 1 else ""
        yield f"  {side}: {translate(EVIDENCE[kind])}: {' '.join(first['text'].split())}{place}{more}\n"


def _where(source: Source, offset: int, translate: Translate) -> str:
    """The line, or where the character stands in a file that has none."""
    origin = source.layout.origin(offset) if source.layout is not None else None
    if origin is not None:
        return translate(origin.form).format(*origin.values)
    return translate(LINE).format(line=source.line_column(offset)[0])


def messages() -> Iterable[str]:
    """Every message of the text form."""
    return (
        *REASONS.values(),
        *EVIDENCE.values(),
        YEAR,
        CANDIDATES,
        OPEN,
        FOR,
        AGAINST,
        TOLD,
        MORE,
        LINE,
        UNKNOWN,
        ABOUT,
        *BOUNDS.values(),
        PLAN,
    )
