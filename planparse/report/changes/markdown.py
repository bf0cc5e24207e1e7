"""A comparison as Markdown (CommonMark with GitHub's tables and strikes), to be pasted into a memo.

Words of last year are ~~struck~~, words of this year **bold**. Where Chinese punctuation keeps Markdown from seeing such
marks (`**第一，**第二`), the HTML tags of the same meaning stand instead; every renderer shows both alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from planparse.diff.model import Comparison, Head, Mark, Record, Side
from planparse.messages import Translate
from planparse.report.changes import wording
from planparse.width import visible

SIGNS = {"del": "~~", "b": "**"}
"""By HTML tag: the mark of the same meaning."""
CELLS = " ¦ "
"""Parts the cells of a table's row, which has TABs in its text."""
_ESCAPED = re.compile(r"[\\`*_\[\]<>&~|$#]")


def write(comparison: Comparison, *, translate: Translate) -> str:
    """The comparison as a memo: head, counts, what to look at first, all changes under the headings they stand in, targets."""
    blocks = [
        "# " + translate("Comparison of two plans"),
        _heads(comparison, translate),
        "## " + translate("Counts"),
        *_counts(comparison, translate),
    ]
    first = [record for record in comparison.records if wording.exceptional(record)]
    if first:
        blocks += ["## " + translate("To look at first"), "\n".join(_exception(record, translate) for record in first)]
    records = listed(comparison)
    if records:
        blocks += ["## " + translate("Changes"), *_changes(comparison, records, translate)]
    targets = [*_targets(comparison, translate)]
    if targets:
        heads = [translate("entry"), translate("target"), translate("last year"), translate("this year"), translate("difference")]
        blocks += ["## " + translate("Targets"), table(heads, targets, right={4})]
    return "\n\n".join(blocks) + "\n"


def listed(comparison: Comparison) -> list[Record]:
    """The records that are listed one by one: findings; all of them where the comparison holds what stayed the same, or chosen kinds only."""
    records = comparison.records
    if comparison.options.get("only") or any(not record.changes and not record.possible for record in records):
        return records
    return [record for record in records if not wording.folded(record)]


# -- signs that Markdown would take for its own ------------------------------------------------------------------


def escape(text: str) -> str:
    """A text on one line that comes out of Markdown as it is; the lines of a text are parted by `<br>`."""
    lines = (text.replace("\t", CELLS)).splitlines()
    return "<br>".join(_ESCAPED.sub(r"\\\g<0>", visible(line)) for line in lines)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], right: frozenset[int] | set[int] = frozenset()) -> str:
    """A table of plain texts; the columns in `right` stand to the right."""
    lines = [heads, ["---:" if k in right else "---" for k in range(len(heads))]]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (_cells(heads), lines[1], *map(_cells, rows)))


def _cells(cells: Sequence[str]) -> list[str]:
    return [escape(cell).strip() for cell in cells]


def marked(marks: Sequence[Mark]) -> str:
    """The words of both sides: what both have, ~~what only last year's has~~ **and what only this year's has**."""
    pieces: list[tuple[str, str]] = []  # tag and escaped text
    old = new = ""
    for k, mark in enumerate([*marks, Mark(verb="equal")]):
        if mark.verb != "equal" or (not mark.new and k < len(marks)):
            old, new = old + mark.old, new + mark.new
            continue
        # Marks one after the other are one: `**a****b**` would be no marks at all.
        if old:
            pieces.append(("del", escape(old)))
        if old and new:
            pieces.append(("", " "))
        if new:
            pieces.append(("b", escape(new)))
        if mark.new:
            pieces.append(("", escape(mark.new)))
        old = new = ""
    out = ""
    for k, (tag, text) in enumerate(pieces):
        after = pieces[k + 1] if k + 1 < len(pieces) else ("", "")
        out += text if not tag else _emphasis(tag, text, before=out[-1:], after="*" if after[0] else after[1][:1])
    return out


def _emphasis(tag: str, text: str, before: str, after: str) -> str:
    sign = SIGNS[tag]
    if _flanks(before, text[:1]) and _flanks(after, text[-1:]):
        return f"{sign}{text}{sign}"
    return f"<{tag}>{text}</{tag}>"


def _flanks(outside: str, inside: str) -> bool:
    """Whether a run of signs between the two characters opens or closes a mark (CommonMark 6.2)."""
    if inside.isspace() or inside == "":
        return False
    return unicodedata.category(inside)[0] not in "PS" or outside == "" or outside.isspace() or unicodedata.category(outside)[0] == "P"


# -- head and counts ---------------------------------------------------------------------------------------------


def _heads(comparison: Comparison, translate: Translate) -> str:
    old, new = comparison.old, comparison.new
    rows = [
        (translate("file"), old.name, new.name),
        (translate("title"), old.title or wording.NONE, new.title or wording.NONE),
        (translate("year"), _year(old), _year(new)),
        ("SHA-256", old.sha256, new.sha256),
    ]
    made = [f"planparse {comparison.version}", *wording.options(comparison, translate)]
    return table(["", translate("last year"), translate("this year")], rows) + "\n\n" + escape("; ".join(made))


def _year(head: Head) -> str:
    return str(head.year) if head.year is not None else wording.NONE


def _counts(comparison: Comparison, translate: Translate) -> Iterator[str]:
    rows = [(wording.named("unchanged", translate), str(comparison.count.unchanged))]
    rows += [(wording.named(kind, translate), str(count)) for kind, count in wording.counted(comparison)]
    yield table([translate("kind"), translate("count")], rows, right={1})
    lines = [*wording.sums(comparison, translate), *folds(comparison, translate)]
    yield "\n".join(f"- {escape(line)}" for line in lines)


def folds(comparison: Comparison, translate: Translate) -> Iterator[str]:
    """What is no finding, a line a kind: steps in time, renumbering, punctuation."""
    told = {"year": "year", "day": "shifted"}
    for shift in comparison.shifts:
        yield wording.shifted(shift, comparison, translate)
    for kind, count in wording.folds(comparison):
        if kind not in {told[shift.unit] for shift in comparison.shifts}:
            yield translate("{what}: {words}").format(what=wording.named(kind, translate), words=count)


# -- changes -----------------------------------------------------------------------------------------------------


def _exception(record: Record, translate: Translate) -> str:
    """What to look at first: where it stands and the values that make it an exception."""
    side = record.new or record.old
    told = [wording.told(field, translate) for field in record.fields if wording.is_exception(field)]
    if record.new is None:
        told.insert(0, wording.named("removed", translate))
    text = _short(side.text) if side is not None else ""
    return f"- {escape(wording.place(side))} {escape(text)}\n" + "\n".join(f"  - {escape(line)}" for line in told)


LONGEST = 60


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def _changes(comparison: Comparison, records: list[Record], translate: Translate) -> Iterator[str]:
    """The records as lists, each list below the headings it stands under: this year's, for what was removed last year's."""
    several = any(side.plan > 1 for record in comparison.records for side in (record.old, record.new) if side is not None)
    shown: list[str] | None = None
    entries: list[str] = []
    for record in records:
        side = record.new or record.old
        assert side is not None
        path = [translate("plan {ordinal}").format(ordinal=side.plan), *side.path] if several else side.path
        gone = record.new is None
        if path != shown and not (gone and shown is not None and bare(path) == bare(shown)):
            if entries:
                yield "\n".join(entries)
            heading = " / ".join(path) or comparison.new.title or translate("whole plan")
            yield "### " + escape(translate("last year: {path}").format(path=heading) if gone and path else heading)
            shown, entries = path, []
        entries.append(_entry(record, translate))
    yield "\n".join(entries)


def bare(path: list[str]) -> list[str]:
    """A path without labels: a section that got another number is the same."""
    return [step[wording.label_length(step) :].strip() for step in path]


def _entry(record: Record, translate: Translate) -> str:
    group = f" {record.group}" if record.group is not None else ""
    line = f"- `{wording.status(record, translate)}{group}` " + " ".join(part for part in (_label(record), _words(record)) if part)
    places = [place for side in (record.old, record.new) if (place := wording.line(side, translate))]
    if places:
        line += f" ({escape(wording.ARROW.join(places))})"
    return "\n".join([line, *(f"  - {escape(note)}" for note in _notes(record, translate))])


def _label(record: Record) -> str:
    old, new = wording.label(record.old), wording.label(record.new)
    if old and new and old != new:
        return escape(f"{old}{wording.ARROW}{new}")
    return escape(new or old)


def _words(record: Record) -> str:
    old, new = _text(record.old), _text(record.new)
    if record.marks:
        return marked(record.marks)
    if old == new:
        return escape(new)
    return marked([Mark(verb="replace", old=old, new=new)])


def _text(side: Side | None) -> str:
    return side.text.strip() if side is not None else ""


def _notes(record: Record, translate: Translate) -> Iterator[str]:
    """The lines below an entry: values, whence it moved, how sure the pair is, what it may belong to."""
    for field in record.fields:
        yield wording.told(field, translate)
    old, new = _address(record.old), _address(record.new)
    if "moved" in record.changes and old != new:  # among the same headings only the lines tell, which stand above
        yield translate("moved: {old} → {new}").format(old=old or wording.NONE, new=new or wording.NONE)
    if record.confidence in ("medium", "low") and record.similarity is not None:
        yield translate("similarity {similarity}, confidence: {confidence}").format(
            similarity=f"{record.similarity:.2f}", confidence=translate(wording.CONFIDENCE[record.confidence])
        )
    for candidate in wording.candidates(record):
        yield translate("to be confirmed: perhaps “{text}” (similarity {similarity})").format(
            text=_short(candidate.text), similarity=f"{candidate.similarity:.2f}"
        )


def _address(side: Side | None) -> str:
    """All headings above an entry and its label."""
    return " / ".join(part for part in (wording.trail(side), wording.label(side)) if part)


# -- targets -----------------------------------------------------------------------------------------------------


def _targets(comparison: Comparison, translate: Translate) -> Iterator[Sequence[str]]:
    for record in comparison.records:
        side = record.new or record.old
        for field in record.fields:
            if field.field == "target":
                name = wording.named(f"target/{field.change}", translate)
                counted = wording.subject(field)
                yield (
                    wording.place(side), f"{counted} ({name})" if counted else name,
                    wording.value(field.old), wording.value(field.new), wording.distance(field, translate),
                )  # fmt: skip
