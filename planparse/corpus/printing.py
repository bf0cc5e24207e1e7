"""Answers in the forms in which they are printed: a table for people, Markdown, CSV, JSON."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from io import StringIO
from itertools import islice
from typing import Any, Literal

from planparse.corpus.stores.store import Answer
from planparse.messages import Translate
from planparse.writers.formulas import harmless

Form = Literal["text", "csv", "json", "jsonl", "markdown"]
SUFFIXES: dict[str, Form] = {".csv": "csv", ".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".md": "markdown", ".txt": "text"}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOST_SHOWN = 1000
"""So many rows are shown to people."""
LONGEST_SHOWN = 60
"""So many signs of a cell are shown to people."""


def render(answer: Answer, form: Form) -> Iterator[str]:
    """The answer for programs, or as Markdown, piece by piece."""
    if form == "csv":
        yield "\ufeff" + _line(answer.columns)
        for row in answer.rows:
            yield _line([harmless(value) if isinstance(value, str) else plain(value) for value in row])
    elif form == "markdown":
        yield _bar(answer.columns) + f"|{'---|' * len(answer.columns)}\n"
        for row in answer.rows:
            yield _bar(shown(value) for value in row)
    else:
        names = _unique(answer.columns)
        records = (json.dumps(dict(zip(names, map(plain, row), strict=True)), ensure_ascii=False) for row in answer.rows)
        if form == "jsonl":
            yield from (f"{record}\n" for record in records)
            return
        before = "["
        for record in records:
            yield f"{before}\n{record}"
            before = ","
        yield "[]\n" if before == "[" else "\n]\n"


def table(
    answer: Answer, *, width: int, colour: bool, translate: Translate, keep: tuple[str, ...] = (), longest: int | None = LONGEST_SHOWN
) -> tuple[str, bool]:
    """The answer for people, and whether it has more rows than are shown.

    Args:
        answer: What was found.
        width: How wide the screen is.
        colour: Whether it shows colours.
        translate: Gives the heads in the reader's language; others than ours stay.
        keep: The columns to show; all when empty.
        longest: So many signs of a cell are shown; None for all.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    at = [k for k, column in enumerate(answer.columns) if not keep or column in keep]
    rows = list(islice(answer.rows, MOST_SHOWN + 1))
    figures = {k for k in at if all(isinstance(row[k], int | float | Decimal | None) for row in rows)}
    days = {k for k in at if all(row[k] is None or DAY.fullmatch(str(row[k])) for row in rows)}
    out = StringIO()
    system: Any = "standard" if colour else None
    console = Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, color_system=system, highlight=False, emoji=False
    )  # fmt: skip
    grid = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for k in at:
        name = answer.columns[k]
        grid.add_column(
            translate(name) if keep else name, justify="right" if k in figures else "left", overflow="fold", no_wrap=k in figures | days
        )
    for row in rows[:MOST_SHOWN]:
        grid.add_row(*(Text(_short(shown(row[k]), longest)) for k in at))
    console.print(grid)
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines()), len(rows) > MOST_SHOWN


def plain(value: Any) -> Any:
    """A value as JSON knows it: days are ISO 8601, what JSON does not know is text."""
    if value is None or isinstance(value, str | int | bool):
        return value
    if isinstance(value, float | Decimal):
        value = float(value)
        return int(value) if value.is_integer() and abs(value) < 1e15 else value if value - value == 0 else None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value.hex() if isinstance(value, bytes) else str(value)


def shown(value: Any) -> str:
    """A value on one line, for people."""
    value = plain(value)
    if value is None:
        return ""
    return " ".join(value.split()) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _short(text: str, longest: int | None) -> str:
    return text if longest is None or len(text) <= longest else text[: longest - 1] + "…"


def _line(values: Iterable[Any]) -> str:
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(
        [json.dumps(v, ensure_ascii=False) if isinstance(v, dict | list | bool) else v for v in values]
    )
    return out.getvalue()


def _bar(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |\n"


def _unique(names: tuple[str, ...]) -> list[str]:
    """The names, numbered where one comes again: a JSON object has each once."""
    made: list[str] = []
    for name in names:
        k, free = 1, name
        while free in made:
            k += 1
            free = f"{name}_{k}"
        made.append(free)
    return made
