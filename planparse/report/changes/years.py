"""The table of targets over the years, for people and machines: a row a target, a column a plan."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO, StringIO
from typing import Any, Literal, NamedTuple

from planparse.diff.model import Head, Side
from planparse.diff.units import Unit
from planparse.diff.years import Row, Years
from planparse.messages import Translate
from planparse.model import Target
from planparse.report.changes import markdown, wording
from planparse.report.changes.papers import Cell, Column, Papers
from planparse.width import visible
from planparse.writers.formulas import harmless
from planparse.writers.sheets import list_csv

Form = Literal["text", "json", "csv", "markdown", "xlsx"]
LONGEST = 40
"""So many signs of an entry are shown to people."""
STRONGER, WEAKER = "green", "red"
"""Colours of changes on a screen."""


class Figures(NamedTuple):
    """A target's figures in one unit, ready to be set side by side."""

    unit: str
    """Empty where the years have no unit in common, or none at all."""
    values: list[float | str | None]
    """Numbers where there is one number, else words."""


def write(years: Years, form: Form, *, width: int = 100, colour: bool = False, translate: Translate) -> str | bytes:
    """The table in a form; `width` and `colour` are for `text`, the screen's.

    Raises:
        PlanparseError: The package that writes workbooks is not installed.
    """
    if form == "json":
        return _json(years)
    if form == "csv":
        return _csv(years)
    if form == "markdown":
        return _markdown(years, translate)
    if form == "xlsx":
        return _xlsx(years, translate)
    return _text(years, width, translate, colour=colour)


def labels(documents: Sequence[Head]) -> list[str]:
    """The heads of the columns: the plan's year; the file's name where no year is known or two plans have the same."""
    years = Counter(head.year for head in documents)
    return [str(head.year) if head.year is not None and years[head.year] == 1 else head.name for head in documents]


def figures(row: Row) -> Figures:
    """A target's figures: in the unit they are written in where that is the same in all years, else in the base unit."""
    targets = [held.target if held is not None else None for held in row.held]
    given = [target for target in targets if target is not None]
    written = {_unit(target) for target in given}
    base = {target.unit or "" for target in given}
    if len(written) == 1:
        return Figures(next(iter(written)), [_number(target, target.written or target) if target else None for target in targets])
    if len(base) == 1:
        return Figures(next(iter(base)), [_number(target, target) if target else None for target in targets])
    return Figures("", [wording.value(target) if target else None for target in targets])


def _unit(target: Target) -> str:
    return (target.written.unit if target.written is not None else target.unit) or ""


def _number(target: Target, measure: Any) -> float | str | None:
    if measure.upper is not None or measure.value is None:
        return wording.value(target)
    return int(measure.value) if measure.value == int(measure.value) else float(measure.value)


def _side(unit: Unit) -> Side:
    return Side(key="", node=unit.node, plan=unit.plan, path=list(unit.path), number=unit.number, text=unit.text)


def _number_of(unit: Unit) -> str:
    return unit.number.text if unit.number is not None else ""


# -- for people --------------------------------------------------------------------------------------------------


def _shown(years: Years, translate: Translate) -> Iterator[list[str]]:
    """The cells of each row for people: where, what, unit, a figure a plan, how far it went, since and until when."""
    heads = labels(years.documents)
    for row in years.rows:
        held = row.latest
        units = {_unit(one.target) for one in row.held if one is not None}
        unit = next(iter(units)) if len(units) == 1 else ""
        values = [wording.NONE if one is None else wording.value(one.target).removesuffix(unit).rstrip() for one in row.held]
        text = row.subject or _short(held.entry.text)
        yield [wording.place(_side(held.entry)), text, unit, *values, *_went(row), _span(row, heads, translate)]


def _heads(years: Years, translate: Translate) -> list[str]:
    return [
        translate("entry"), translate("target"), translate("unit"), *labels(years.documents), translate("change"), translate("percent"),
        translate("years"),
    ]  # fmt: skip


def _went(row: Row) -> tuple[str, str]:
    """From its first year to its last, in the unit it is written in and in percent."""
    step = wording.step(row.change) if row.change is not None else None
    if step is None:
        return "", ""
    shown = f"{wording.signed(step.amount)} {step.unit}" if step.unit == "百分点" else wording.signed(step.amount)
    return shown, wording.percent(step.percent) if step.percent is not None else ""


def _span(row: Row, heads: list[str], translate: Translate) -> str:
    """When a target began or ended, if that was in these years."""
    begun, ended = row.first > 0, row.last < len(row.held) - 1
    if begun and ended and row.first == row.last:
        return translate("{year} only").format(year=heads[row.first])
    words = [translate("from {year}").format(year=heads[row.first])] if begun else []
    words += [translate("until {year}").format(year=heads[row.last])] if ended else []
    return translate(", ").join(words)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _text(years: Years, width: int, translate: Translate, *, colour: bool) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    out = StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, no_color=not colour, color_system="standard" if colour else None,
        highlight=False, emoji=False,
    )  # fmt: skip
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    heads = _heads(years, translate)
    count = len(years.documents)
    for k, head in enumerate(heads):
        table.add_column(Text(visible(head)), justify="right" if 3 <= k < count + 5 else "left", overflow="fold")
    for row, cells in zip(years.rows, _shown(years, translate), strict=True):
        style = "" if row.change is None or row.change.change == "replaced" else WEAKER if wording.is_exception(row.change) else STRONGER
        styles = {count + 3: style, count + 4: style}
        table.add_row(*(Text(visible(cell), style=styles.get(k, "")) for k, cell in enumerate(cells)))
    console.print(table)
    if not years.rows:
        console.print(Text(translate("no plan has a target")))
    return "".join(line.rstrip() + "\n" for line in out.getvalue().splitlines())


def _markdown(years: Years, translate: Translate) -> str:
    names = labels(years.documents)
    files = [[name, head.name, head.title or wording.NONE, head.sha256] for name, head in zip(names, years.documents, strict=True)]
    right = {*range(3, len(names) + 5)}
    blocks = [
        "# " + translate("Targets over the years"),
        markdown.table([translate("plan"), translate("file"), translate("title"), "SHA-256"], files),
        markdown.table(_heads(years, translate), [*_shown(years, translate)], right) if years.rows else translate("no plan has a target"),
    ]
    return "\n\n".join(blocks) + "\n"


# -- for programs ------------------------------------------------------------------------------------------------


def _json(years: Years) -> str:
    heads = labels(years.documents)
    documents = [{"label": label, **head.model_dump()} for label, head in zip(heads, years.documents, strict=True)]
    rows = ",\n".join(_dumped(_record(row, heads)) for row in years.rows)
    return f'{{"documents":{_dumped(documents)},\n"targets":[' + (f"\n{rows}\n" if rows else "") + "]}\n"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _record(row: Row, heads: list[str]) -> dict[str, Any]:
    unit, numbers = figures(row)
    entry = row.latest.entry
    change = row.change
    return {
        "subject": row.subject or None, "path": list(entry.path), "number": _number_of(entry) or None, "text": entry.text,
        "unit": unit or None, "first": heads[row.first], "last": heads[row.last],
        "change": change.change if change is not None else None, "amount": change.amount if change is not None else None,
        "percent": change.percent if change is not None else None,
        "figures": [
            None if held is None else {
                "label": head, "figure": number, "node": held.entry.node, "text": held.entry.text,
                "target": held.target.model_dump(exclude={"position", "deadline"}),
            }
            for head, number, held in zip(heads, numbers, row.held, strict=True)
        ],
    }  # fmt: skip


def _csv(years: Years) -> str:
    heads = labels(years.documents)
    names = ["path", "number", "text", "subject", "unit", *map(harmless, heads), "amount", "percent", "first", "last"]
    return list_csv(tuple((name, name, 0) for name in names), (_cells(row, heads) for row in years.rows))


def _cells(row: Row, heads: list[str]) -> list[str | float | None]:
    unit, numbers = figures(row)
    entry = row.latest.entry
    step = wording.step(row.change) if row.change is not None else None
    return [
        " / ".join(entry.path), _number_of(entry), entry.text, row.subject, unit, *numbers,
        step.amount if step is not None else None, step.percent if step is not None else None, heads[row.first], heads[row.last],
    ]  # fmt: skip


def _xlsx(years: Years, translate: Translate) -> bytes:
    out = BytesIO()
    names = labels(years.documents)
    papers = Papers(out, footer=wording.ARROW.join(head.name for head in years.documents))
    columns = [
        Column(translate("entry"), 14), Column(translate("text"), 40), Column(translate("target"), 18), Column(translate("unit"), 9),
        *(Column(name, 12) for name in names), Column(translate("trend"), 16), Column(translate("change"), 11, "amount"),
        Column(translate("percent"), 12, "percent"), Column(translate("years"), 16),
    ]  # fmt: skip
    title = translate("Targets")
    sheet = papers.listing(title, columns, (_sheet_row(row, names, translate) for row in years.rows))
    first, trend = 4, 4 + len(names)
    for row in range(1, len(years.rows) + 1):
        sheet.add_sparkline(row, trend, {"range": _range(title, row, first, trend - 1), "markers": True, "show_hidden": True})
    if years.rows:
        bars = {"type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": "#8FBC8F", "bar_negative_color": "#E07B7B"}
        sheet.conditional_format(1, trend + 2, len(years.rows), trend + 2, bars)
    papers.close()
    return out.getvalue()


def _sheet_row(row: Row, heads: list[str], translate: Translate) -> list[Cell]:
    unit, numbers = figures(row)
    entry = row.latest.entry
    step = wording.step(row.change) if row.change is not None else None
    percent = step.percent / 100 if step is not None and step.percent is not None else None
    return [
        wording.place(_side(entry)), entry.text, row.subject, unit, *numbers, "",
        step.amount if step is not None else None, percent, _span(row, heads, translate),
    ]  # fmt: skip


def _range(sheet: str, row: int, first: int, last: int) -> str:
    from planparse.readers.sheets import place

    return f"'{sheet}'!{place(row, first)}:{place(row, last)}"
