"""Plans read and compared as the command line says."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from planparse.cli.console import Console
from planparse.cli.output import opened
from planparse.dates.resolve import Settings

if TYPE_CHECKING:
    from planparse.diff.model import Comparison
    from planparse.diff.pairs import Pairs
    from planparse.model import Document
    from planparse.report.changes.formats import Screen
    from planparse.report.changes.years import Form


class Asked(NamedTuple):
    """What the command line says about the comparison itself."""

    encoding: str | None
    years: tuple[Settings, Settings]
    threshold: float | None
    words: bool
    pairs: str | None
    plan: str | None
    everything: bool


def compared(console: Console, names: Sequence[str], asked: Asked, titles: Sequence[str | None] = (None, None)) -> Comparison:
    """Two files compared; `titles` are what the report calls them, their names without any."""
    from planparse.cli.sides import need_plan, plan_numbers
    from planparse.diff import compare
    from planparse.diff.pairs import Pairs, read_pairs
    from planparse.diff.patch import telling

    numbers = plan_numbers(asked.plan)
    judged = read_pairs(asked.pairs) if asked.pairs is not None else Pairs()
    old, new = (_read(console, *side) for side in zip(names, [asked.encoding] * 2, asked.years, titles, strict=True))
    for document, number in zip((old, new), numbers or (), strict=False):
        need_plan(document, number)
    options = compare.Options(
        threshold=asked.threshold,
        words=asked.words,
        confirmed=tuple(judged.confirmed),
        rejected=tuple(judged.rejected),
        plans=numbers,
        everything=asked.everything or bool(judged.places),  # the keys of all entries are asked for
    )
    made = compare.compare(old, new, options)
    _tell_strangers(console, asked, judged, [made])
    if asked.everything or not judged.places:
        return made
    return made.model_copy(update={"records": telling(made.records), "options": {**made.options, "everything": False}})


def _tell_strangers(console: Console, asked: Asked, judged: Pairs, made: Sequence[Comparison]) -> None:
    """Warns of verdicts that say nothing: their keys are of other plans, or of words that have changed since."""
    from planparse.diff.pairs import strangers

    known = [
        ({record.old.key for record in one.records if record.old}, {record.new.key for record in one.records if record.new}) for one in made
    ]
    found = strangers(judged, known)
    if found is not None:
        console.say(
            "{name}:{where}: no entry compared here has the key {key}; verdicts that say nothing: {count}",
            name=asked.pairs or "", where=found.where, key=found.key, count=found.number,
        )  # fmt: skip


def _read(console: Console, name: str, encoding: str | None, said: Settings, title: str | None = None) -> Document:
    from planparse.cli.sides import document

    read = document(name, encoding, said, console.translate, title)
    if not read.plans and name != os.devnull:
        console.say("{name}: there is no plan in it", name=read.source.name)
    return read


def write_years(console: Console, names: Sequence[str], form: str, out: str | None, asked: Asked, screen: Screen) -> None:
    """Writes the table of targets over the years: each plan is compared with the next."""
    from itertools import pairwise

    from planparse.diff import compare
    from planparse.diff.pairs import Pairs, read_pairs
    from planparse.diff.years import table
    from planparse.report.changes import years

    judged = read_pairs(asked.pairs) if asked.pairs is not None else Pairs()
    options = compare.Options(
        threshold=asked.threshold, confirmed=tuple(judged.confirmed), rejected=tuple(judged.rejected), everything=True
    )
    documents = [_read(console, name, asked.encoding, Settings()) for name in names]
    comparisons = [compare.compare(old, new, options) for old, new in pairwise(documents)]
    _tell_strangers(console, asked, judged, comparisons)
    report = years.write(
        table(documents, comparisons), cast("Form", form), width=screen.width, colour=screen.colour, translate=console.translate
    )
    with opened(out) as put:
        put(report.encode() if isinstance(report, str) else report)
