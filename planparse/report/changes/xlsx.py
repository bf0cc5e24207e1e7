"""A comparison as a workbook for working papers: a summary, the register of all records, the targets, the schedules.

In the register a row is a record. Deleted words are red and struck, added ones green and underlined. Its last columns take
verdicts on pairs; the workbook with verdicts filled in goes back in with `--pairs` (`planparse.diff.pairs`).
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from planparse.diff import pairs
from planparse.diff.model import Comparison, FieldChange, Head, Record, Side
from planparse.messages import Translate
from planparse.model import Target
from planparse.report.changes import markdown, wording
from planparse.report.changes.papers import A3, Cell, Column, Link, Papers, Run, Styled

SCHEDULES = frozenset({"schedule", "schedule_row", "item", "note"})
"""Types of entries that stand in schedules."""


def write(comparison: Comparison, *, translate: Translate) -> bytes:
    """The workbook; the same comparison gives the same bytes.

    Raises:
        PlanparseError: The package that writes workbooks is not installed.
    """
    out = BytesIO()
    papers = Papers(out, footer=f"{comparison.old.name}{wording.ARROW}{comparison.new.name}")
    _summary(papers, comparison, translate)
    _register(papers, comparison.records, translate)
    _targets(papers, comparison.records, translate)
    _schedules(papers, [record for record in comparison.records if record.type in SCHEDULES], translate)
    papers.close()
    return out.getvalue()


# -- summary -----------------------------------------------------------------------------------------------------

SUMMARY = (Column("", 26), Column("", 56), Column("", 56))


def _summary(papers: Papers, comparison: Comparison, translate: Translate) -> None:
    """Files, options, counts, and what to look at first with links to the register."""
    sheet = papers.sheet(translate("Summary"))
    for k, column in enumerate(SUMMARY):
        sheet.set_column(k, k, column.width)
    sheet.merge_range(0, 0, 0, len(SUMMARY) - 1, "", papers.styles["title"])
    papers.put(sheet, 0, 0, translate("Comparison of two plans"), "title")
    sheet.set_row(0, 30)
    row = 2
    for heading, heads, rows in (
        (translate("Files"), ["", translate("last year"), translate("this year")], [*_files(comparison, translate)]),
        (translate("Counts"), [translate("kind"), translate("count"), ""], [*_counts(comparison, translate)]),
        (
            translate("To look at first"),
            [translate("entry"), translate("text"), translate("values")],
            [*_exceptions(comparison.records, translate)],
        ),
    ):
        if not rows:
            continue
        papers.put(sheet, row, 0, heading, "heading")
        for k, head in enumerate(heads):
            papers.put(sheet, row + 1, k, head, "head")
        for k, cells in enumerate(rows, row + 2):
            papers.row(sheet, k, cells, SUMMARY)
        row += len(rows) + 3


def _files(comparison: Comparison, translate: Translate) -> Iterator[list[Cell]]:
    sides = (comparison.old, comparison.new)
    yield [translate("file"), *(head.name for head in sides)]
    yield [translate("title"), *(head.title for head in sides)]
    yield [translate("year"), *map(_year, sides)]
    yield ["SHA-256", *(head.sha256 for head in sides)]
    yield [translate("version"), f"planparse {comparison.version}", ""]
    yield [translate("options"), "\n".join(wording.options(comparison, translate)), ""]


def _year(head: Head) -> str:
    return str(head.year) if head.year is not None else ""


def _counts(comparison: Comparison, translate: Translate) -> Iterator[list[Cell]]:
    count = comparison.count
    yield [wording.named("unchanged", translate), count.unchanged, ""]
    for kind, number in wording.counted(comparison):
        yield [wording.named(kind, translate), number, ""]
    for name, number in count.confidence.items():
        yield [translate("confidence: {name}").format(name=translate(wording.CONFIDENCE.get(name, name))), number, ""]
    for line in (*wording.sums(comparison, translate), *markdown.folds(comparison, translate)):
        yield ["", line, ""]


def _exceptions(records: list[Record], translate: Translate) -> Iterator[list[Cell]]:
    register = translate("Register")
    for row, record in enumerate(records, 2):
        if wording.exceptional(record):
            side = record.new or record.old
            told = [wording.told(field, translate) for field in record.fields if wording.is_exception(field)]
            place = wording.place(side) or wording.status(record, translate)
            yield [Link(place, register, row), side.text if side else "", "\n".join(told)]


# -- register ----------------------------------------------------------------------------------------------------


def _register(papers: Papers, records: list[Record], translate: Translate) -> None:
    columns = (
        Column(translate("status"), 14), Column(translate("type"), 8),
        Column(translate("plan"), 5), Column(translate("number last year"), 6), Column(translate("text last year"), 38),
        Column(translate("number this year"), 6), Column(translate("text this year"), 38),
        Column(translate("section last year"), 16), Column(translate("section this year"), 16),
        Column(translate("target last year"), 12), Column(translate("target this year"), 12),
        Column(translate("difference"), 8, "amount"), Column(translate("percent"), 8, "percent"),
        Column(translate("owner last year"), 11), Column(translate("owner this year"), 11),
        Column(translate("deadline last year"), 11), Column(translate("deadline this year"), 11), Column(translate("days"), 6, "amount"),
        Column(translate("similarity"), 7, "likeness"), Column(translate("confidence"), 7), Column(translate("group"), 5),
        Column(translate("possible partner"), 22), Column(translate("place last year"), 9), Column(translate("place this year"), 9),
        Column(translate(pairs.VERDICT), 8, "answer"),
        Column(translate(pairs.OLD), 14, "pale"), Column(translate(pairs.NEW), 14, "pale"),
    )  # fmt: skip
    name = translate("Register")
    sheet = papers.listing(name, columns, (_record(record, translate) for record in records), paper=A3)
    judged = [row for row, record in enumerate(records, 1) if all(_keys(record))]
    papers.choices(sheet, judged, len(columns) - 3, [translate(pairs.SAME), translate(pairs.DIFFERENT)])
    sheet.print_area(0, 0, len(records), len(columns) - 3)


def _record(record: Record, translate: Translate) -> list[Cell]:
    old, new = words(record)
    targets, deadlines = _of(record, "target"), _of(record, "deadline")
    status = wording.status(record, translate)
    # The verdict is about the first one; for another one its key replaces that of the row.
    likely = wording.candidates(record)
    keys = [f" [{candidate.key}]" if len(likely) > 1 else "" for candidate in likely]
    candidates = [f"{one.text} ({one.similarity:.2f}){key}" for one, key in zip(likely, keys, strict=True)]
    return [
        Styled("alert", status) if wording.exceptional(record) else status, translate(wording.TYPES[record.type]), _plan(record),
        wording.label(record.old), old, wording.label(record.new), new, wording.trail(record.old), wording.trail(record.new),
        *_values(targets), _amount(targets, translate), _percent(targets),
        *_values(_of(record, "owner")), *_values(deadlines), _amount(deadlines, translate),
        record.similarity, translate(wording.CONFIDENCE[record.confidence]) if record.confidence else "", record.group,
        "\n".join(candidates), wording.line(record.old, translate), wording.line(record.new, translate),
        translate(pairs.SAME) if record.confidence == "confirmed" else "", *_keys(record),
    ]  # fmt: skip


def _plan(record: Record) -> str:
    """The ordinal of its plan, both where they differ."""
    return wording.ARROW.join(dict.fromkeys(str(side.plan) for side in (record.old, record.new) if side is not None))


def words(record: Record) -> tuple[list[Run], list[Run]]:
    """The words of both sides, what only one of them has in its style."""
    old, new = record.old, record.new
    if record.marks:
        equal = [mark.verb == "equal" for mark in record.marks]
        return (
            [Run("plain" if same else "deleted", mark.old) for mark, same in zip(record.marks, equal, strict=True)],
            [Run("plain" if same else "added", mark.new) for mark, same in zip(record.marks, equal, strict=True)],
        )
    same = old is not None and new is not None and old.text == new.text
    return ([Run("plain" if same else "deleted", _text(old))], [Run("plain" if same else "added", _text(new))])


def _text(side: Side | None) -> str:
    return side.text if side is not None else ""


def _keys(record: Record) -> tuple[str, str]:
    """The keys of the pair that a verdict is about; for an entry without a partner that of its likeliest one."""
    likely = record.possible[0].key if record.possible else ""
    return (record.old.key if record.old else likely, record.new.key if record.new else likely)


def _of(record: Record, *names: str) -> list[FieldChange]:
    return [field for field in record.fields if field.field in names]


def _values(fields: list[FieldChange]) -> tuple[str, str]:
    """The values of both sides, one a line."""
    many = len(fields) > 1
    return _side(fields, "old", many=many), _side(fields, "new", many=many)


def _side(fields: list[FieldChange], name: str, *, many: bool) -> str:
    lines = []
    for field in fields:
        value = wording.value(getattr(field, name))
        counted = wording.subject(field)
        lines.append(f"{counted} {value}" if many and counted else value)
    return "\n".join(lines)


def _amount(fields: list[FieldChange], translate: Translate) -> Cell:
    """How far a value went: a number for one value, words for several."""
    if len(fields) == 1:
        step = wording.step(fields[0])
        return step.amount if step is not None else None
    return "\n".join(wording.distance(field, translate) or wording.NONE for field in fields)


def _percent(fields: list[FieldChange]) -> Cell:
    if len(fields) != 1:
        return None  # the words of the column before tell
    step = wording.step(fields[0])
    return step.percent / 100 if step is not None and step.percent is not None else None


# -- targets and schedules ---------------------------------------------------------------------------------------


def _targets(papers: Papers, records: list[Record], translate: Translate) -> None:
    columns = (
        Column(translate("entry"), 16), Column(translate("target"), 20), Column(translate("status"), 12),
        Column(translate("text last year"), 24), Column(translate("text this year"), 24),
        Column(translate("last year"), 12), Column(translate("this year"), 12), Column(translate("unit"), 10),
        Column(translate("difference"), 12, "amount"), Column(translate("percent"), 14, "percent"),
        Column(translate("section this year"), 30),
    )  # fmt: skip
    rows = [_target(record, field, translate) for record in records for field in _of(record, "target")]
    sheet = papers.listing(translate("Targets"), columns, rows)
    if rows:
        bars = {"type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": "#8FBC8F", "bar_negative_color": "#E07B7B"}
        sheet.conditional_format(1, 9, len(rows), 9, bars)


def _target(record: Record, field: FieldChange, translate: Translate) -> list[Cell]:
    side = record.new or record.old
    old, new = _figure(field.old), _figure(field.new)
    units = [unit for _, unit in (old, new) if unit]
    step = wording.step(field)
    status = wording.named(f"target/{field.change}", translate)
    alert = wording.is_exception(field)
    return [
        wording.place(side), wording.subject(field), Styled("alert", status) if alert else status,
        field.old.text if field.old is not None and isinstance(field.old, Target) else "",
        field.new.text if field.new is not None and isinstance(field.new, Target) else "",
        old[0], new[0], wording.ARROW.join(dict.fromkeys(units)), step.amount if step is not None else None, _percent([field]),
        wording.trail(side),
    ]  # fmt: skip


def _figure(value: Any) -> tuple[Cell, str]:
    """A target's figure as it is written, a span as words, and its unit."""
    if not isinstance(value, Target):
        return None, ""
    measure = value.written or value
    if measure.upper is not None or measure.value is None:
        return wording.value(value), measure.unit or ""
    return measure.value, measure.unit or ""


def _schedules(papers: Papers, records: list[Record], translate: Translate) -> None:
    columns = (
        Column(translate("status"), 16), Column(translate("type"), 12),
        Column(translate("row last year"), 20), Column(translate("text last year"), 44),
        Column(translate("row this year"), 20), Column(translate("text this year"), 44),
        Column(translate("time last year"), 16), Column(translate("time this year"), 16), Column(translate("days"), 8, "amount"),
        Column(translate("owner last year"), 14), Column(translate("owner this year"), 14),
        Column(translate("similarity"), 8, "likeness"), Column(translate("confidence"), 8),
    )  # fmt: skip
    papers.listing(translate("Schedules"), columns, (_scheduled(record, translate) for record in records))


def _scheduled(record: Record, translate: Translate) -> list[Cell]:
    old, new = words(record)
    times = _of(record, "when", "deadline")
    return [
        wording.status(record, translate), translate(wording.TYPES[record.type]), _row(record.old), old, _row(record.new), new,
        *_values(times), _amount(times, translate), *_values(_of(record, "owner")),
        record.similarity, translate(wording.CONFIDENCE[record.confidence]) if record.confidence else "",
    ]  # fmt: skip


def _row(side: Side | None) -> str:
    """What stands right above an entry: of an item its row, of a row its schedule's section."""
    return side.path[-1] if side is not None and side.path else ""
