"""Plans read and compared as the command line says."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from planparse.cli.console import Console
from planparse.cli.output import opened
from planparse.dates.resolve import Settings
from planparse.errors import PlanparseError

if TYPE_CHECKING:
    from planparse.diff.model import Comparison
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


def share(text: str | None) -> float | None:
    """The number that `--threshold` names.

    Raises:
        PlanparseError: It is no number from 0 to 1.
    """
    if text is None:
        return None
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 1:  # nan is neither
        raise PlanparseError("--threshold {text}: give a number from 0 to 1, as 0.6", text=text)
    return number


def compared(console: Console, names: Sequence[str], asked: Asked, titles: Sequence[str | None] = (None, None)) -> Comparison:
    """Two files compared; `titles` are what the report calls them, their names without any."""
    from planparse.cli.sides import need_plan, plan_numbers
    from planparse.diff import compare
    from planparse.diff.pairs import Pairs, read_pairs

    numbers = plan_numbers(asked.plan)
    judged = read_pairs(asked.pairs) if asked.pairs is not None else Pairs([], [])
    old, new = (_read(console, *side) for side in zip(names, [asked.encoding] * 2, asked.years, titles, strict=True))
    if numbers is not None:
        need_plan(old, numbers[0])
        need_plan(new, numbers[1])
    options = compare.Options(
        threshold=asked.threshold,
        words=asked.words,
        confirmed=tuple(judged.confirmed),
        rejected=tuple(judged.rejected),
        plans=numbers,
        everything=asked.everything,
    )
    return compare.compare(old, new, options)


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

    judged = read_pairs(asked.pairs) if asked.pairs is not None else Pairs([], [])
    options = compare.Options(
        threshold=asked.threshold, confirmed=tuple(judged.confirmed), rejected=tuple(judged.rejected), everything=True
    )
    documents = [_read(console, name, asked.encoding, Settings()) for name in names]
    comparisons = [compare.compare(old, new, options) for old, new in pairwise(documents)]
    report = years.write(
        table(documents, comparisons), cast("Form", form), width=screen.width, colour=screen.colour, translate=console.translate
    )
    with opened(out) as put:
        put(report.encode() if isinstance(report, str) else report)
