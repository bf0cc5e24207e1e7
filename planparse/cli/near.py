"""`planparse near`: plans of an archive that are most like one."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple

import typer

from planparse.cli.console import Console, wants_colour
from planparse.cli.inputs import EncodingOption, share, spare
from planparse.cli.output import opened
from planparse.errors import PlanparseError

if TYPE_CHECKING:
    from planparse.corpus.near import Like

EXAMPLES = (
    ("Which plans of the archive this one resembles", "planparse near plans.parquet plan.docx"),
    ("Only what is nearly copied", "planparse near plans.parquet plan.txt --threshold 0.8"),
    ("Every plan of a folder against the archive, for a spreadsheet", "planparse near plans.duckdb new/*.docx -f csv -o alike.csv"),
)
FALLBACK = (100, 24)
"""The size of a screen that is none."""
SHOWN = ("likeness", "contained", "year", "title", "issuer", "file")
COLUMNS = ("asked_file", "asked_plan", "likeness", "estimate", "contained", "file", "plan", "title", "year", "issuer", "same_file")
HEAD, NONE_FOUND = "{file}: plan {plan}, {title}", "nothing like it in the archive"


class Found(NamedTuple):
    """A plan that was asked about, and the plans like it."""

    file: str
    plan: int
    title: str | None
    likes: list[Like]


def near(
    ctx: typer.Context,
    store: Annotated[str | None, typer.Argument(metavar="STORE", help="What `planparse batch` wrote.", show_default=False)] = None,
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE...", help="The plans to ask about.", show_default=False)] = None,
    top: Annotated[int, typer.Option("--top", metavar="N", min=1, help="So many at most (10).", show_default=False)] = 10,
    threshold: Annotated[
        str, typer.Option("--threshold", metavar="SHARE", help="At least so much alike, 0 to 1 (0.2).", show_default=False)
    ] = "0.2",
    form: Annotated[
        Literal["text", "json", "csv"] | None,
        typer.Option("-f", "--format", metavar="FORMAT", help="text (default), json or csv.", show_default=False),
    ] = None,
    out: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write here, not to the screen.")] = None,
    encoding: EncodingOption = None,
) -> None:
    """Find the plans of an archive that are most like one.

    Likeness is the share of runs of four signs that both have; labels, marks,
    blanks and years do not count. `contained` is the share of the asked plan
    that stands in the other. The first run makes an index beside the store.
    Exit code: 0 done; 2 the store or a file could not be read.
    """
    from planparse.corpus import stores
    from planparse.corpus.near import indexed

    console: Console = ctx.obj
    if store is None or not files:
        raise PlanparseError("name a store and a file (see --help)")
    spare([*files, store], out)
    least = share(threshold) or 0.0
    archive = stores.opened(store)
    read = 0
    found: list[Found] = []
    try:
        index = indexed(archive)
        if not index.kept:
            console.say("{name}: its folder is read-only, so the index is made anew each time", name=store)
        for name in files:
            try:
                found.extend(_asked(archive, index, name, encoding, top, least))
                read += 1
            except PlanparseError as error:
                console.error(error)
        index.drop()
    finally:
        archive.close()
    if not read:
        raise typer.Exit(2)
    with opened(out) as put:
        for piece in _render(console, found, form or _from_suffix(out), screen=out is None):
            put(piece.encode("utf-8", "replace"))
    raise typer.Exit(2 if read < len(files) else 0)


def _asked(archive: Any, index: Any, name: str, encoding: str | None, top: int, threshold: float) -> Iterator[Found]:
    """The plans of a file, each with those like it."""
    from itertools import groupby

    from planparse.corpus.near import near
    from planparse.corpus.rows import Flat
    from planparse.readers import read
    from planparse.syntax.parse import Parsed
    from planparse.writers.json import write

    document = json.loads("".join(write(Parsed(read(name, encoding)), positions=False)))
    flat = Flat()
    flat.add({"source": {"name": name}, "document": document})
    texts = {key: [row[8] for row in rows] for key, rows in groupby(flat.take("items"), key=lambda row: row[0])}
    for key, plan in enumerate(document["plans"], 1):
        likes = near(archive, index, texts.get(key, []), document["source"]["sha256"], top=top, threshold=threshold)
        yield Found(name, plan["ordinal"], plan["title"] or plan["mark"], likes)


def _render(console: Console, found: list[Found], form: str, *, screen: bool) -> Iterator[str]:
    from planparse.corpus import printing
    from planparse.corpus.stores.store import Answer

    if form == "json":
        records = [
            {"file": one.file, "plan": one.plan, "title": one.title, "near": [like._asdict() for like in one.likes]} for one in found
        ]
        yield json.dumps(records, ensure_ascii=False, indent=2) + "\n"
    elif form == "csv":
        yield from printing.render(Answer(COLUMNS, ((one.file, one.plan, *like) for one in found for like in one.likes)), "csv")
    else:
        width = shutil.get_terminal_size(FALLBACK).columns
        for number, one in enumerate(found):
            yield ("\n" if number else "") + console.translate(HEAD).format(file=one.file, plan=one.plan, title=one.title or "–") + "\n"
            if not one.likes:
                yield f"  {console.translate(NONE_FOUND)}\n"
                continue
            answer = Answer(COLUMNS[2:], iter(one.likes))
            colour = screen and wants_colour(sys.stdout)
            text, _ = printing.table(answer, width=width - 2, colour=colour, translate=console.translate, keep=SHOWN)
            yield "".join(f"  {line}\n" for line in text.splitlines())


def _from_suffix(out: str | None) -> str:
    """The format that a file's name asks for; text without one."""
    lower = (out or "").lower()
    return "json" if lower.endswith(".json") else "csv" if lower.endswith(".csv") else "text"
