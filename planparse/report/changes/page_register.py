"""The register of the page: each record's two sides beside each other, what became of it, and where it is tied to others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from planparse.diff.model import Candidate, Comparison, Record, Side
from planparse.messages import Translate
from planparse.report.changes import page_order, wording
from planparse.report.changes.page_order import Line, Part
from planparse.width import visible_character

LONGEST_EXCERPT = 36
"""So many signs of an entry are enough to know it again."""

UNSURE = ("medium", "low")
"""Pairs that are put to the reader."""

PLAIN_TYPES = ("section", "paragraph")
"""Types that are not told."""

QUIET = (*wording.FOLDED, "unchanged")
"""Kinds that are shown on request."""


class Page(NamedTuple):
    """What every part of the page needs."""

    comparison: Comparison
    translate: Translate
    old: str
    """What last year's side is called."""
    new: str
    """What this year's is called."""
    old_keys: dict[str, int]
    """The number of the record that last year's entry is in, by the entry's key."""
    new_keys: dict[str, int]
    """The same for this year's."""
    groups: dict[int, list[int]]
    """The numbers of the records of each split or merger."""


def page_of(comparison: Comparison, translate: Translate) -> Page:
    """The page's ground."""
    old, new = translate("last year"), translate("this year")
    if comparison.old.year is not None and comparison.new.year is not None and comparison.old.year != comparison.new.year:
        old, new = str(comparison.old.year), str(comparison.new.year)
    page = Page(comparison, translate, old, new, {}, {}, {})
    for number, record in enumerate(comparison.records, 1):
        if record.old is not None:
            page.old_keys.setdefault(record.old.key, number)
        if record.new is not None:
            page.new_keys.setdefault(record.new.key, number)
        if record.group is not None:
            page.groups.setdefault(record.group, []).append(number)
    return page


def kinds(record: Record) -> list[str]:
    """What the reader filters a record by."""
    found = wording.kinds(record)
    if record.possible:
        found.append("possible")
    return found or ["unchanged"]


def class_of(kind: str) -> str:
    """A kind as the name of a class."""
    return "k-" + kind.replace("/", "-")


def shown(text: str) -> str:
    """A text as markup or an attribute's value: signs that are not seen, or turn the order of writing, are written out."""
    return escape(text if text.isprintable() else "".join(map(visible_character, text)))


def running(text: str) -> str:
    """A plan's words as markup: as `shown`, but lines stay lines and TABs part cells."""
    cell = '<span class="cell">\t</span>'
    return "\n".join(cell.join(map(shown, line.split("\t"))) for line in text.split("\n"))


def excerpt(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_EXCERPT else line[: LONGEST_EXCERPT - 1] + "…"


def register(page: Page) -> Iterator[str]:
    """All records under their headings."""
    plans = {side.plan for record in page.comparison.records for side in (record.old, record.new) if side is not None}
    for part in page_order.parts(page.comparison.records):
        classes = dict.fromkeys(class_of(kind) for line in part.lines for kind in _kinds(line))
        yield f'<section class="part {" ".join(classes)}">'
        if heading := _heading(page, part, tell_plan=len(plans) > 1):
            yield f"<h3>{heading}</h3>"
        for line in part.lines:
            yield _note(page, line) if line.note else _record(page, line)
        yield "</section>"


def _kinds(line: Line) -> list[str]:
    return ["moved"] if line.note else kinds(line.record)


def _heading(page: Page, part: Part, *, tell_plan: bool) -> str:
    out = f'<span class="who">{shown(page.old)}</span> ' if part.gone and part.path else ""
    if tell_plan:
        which = page.translate("plan {number}").format(number=part.plan)
        out += f'<span class="pale">{shown(which)}</span> '
    return out + f'<span lang="zh">{shown(" / ".join(part.path))}</span>' if part.path or tell_plan else ""


def _record(page: Page, line: Line) -> str:
    number, record = line.number, line.record
    classes = " ".join(class_of(kind) for kind in kinds(record))
    return (
        f'<article class="record {classes}" id="record-{number}" tabindex="-1" aria-labelledby="kinds-{number}">'
        f'<p class="kinds" id="kinds-{number}"><a class="number" href="#record-{number}">{number}</a>{"".join(_badges(page, record))}</p>'
        f'<div class="sides">{_side(page, number, record, "old")}{_side(page, number, record, "new")}</div>'
        f"{''.join(_ties(page, number, record))}{''.join(_candidates(page, record))}</article>"
    )


def _badges(page: Page, record: Record) -> Iterator[str]:
    """What became of it: typed changes with their values, the others by name."""
    typed = {f"{change.field}/{change.change}" for change in record.fields}
    for change in record.fields:
        kind = f"{change.field}/{change.change}"
        yield f' <span class="badge {change.field} {change.change}{wording.bound(change)}">{shown(wording.told(change, page.translate))}</span>'
    for kind in kinds(record):
        if kind not in typed:
            yield f' <span class="badge {kind.split("/")[0]}">{shown(wording.named(kind, page.translate))}</span>'
    if record.type not in PLAIN_TYPES:
        yield f' <span class="pale">{shown(page.translate(wording.TYPES[record.type]))}</span>'
    if record.similarity is not None and (record.marks or record.confidence in UNSURE):
        yield f' <span class="pale">{shown(_sureness(page, record.similarity, record.confidence))}</span>'


def _sureness(page: Page, similarity: float, confidence: str | None) -> str:
    """How much alike a pair is; how sure it is only where one may doubt it."""
    share = round(similarity * 100)
    if confidence in UNSURE:
        sure = page.translate(wording.CONFIDENCE[confidence])
        return page.translate("{share} % alike, confidence {confidence}").format(share=share, confidence=sure)
    return page.translate("{share} % alike").format(share=share)


def _side(page: Page, number: int, record: Record, which: str) -> str:
    """One of the two texts with its label and its place; its headings where they are not those of the part."""
    side, other = (record.old, record.new) if which == "old" else (record.new, record.old)
    if side is None:
        return f'<div class="side {which} none"></div>'
    who = page.old if which == "old" else page.new
    out = f'<div class="side {which}" id="{which}-{number}" tabindex="-1"><span class="who">{shown(who)}</span> '
    if label := wording.label(side):
        differs = other is not None and wording.label(other) != label
        out += f'<span class="label{" differs" if differs else ""}">{shown(label)}</span>'
    out += f'<span class="words" lang="zh">{"".join(_words(record, side, which))}</span>'
    if at := _whereabouts(page, record, side, which):
        out += f' <span class="at">{shown(at)}</span>'
    return out + "</div>"


def _whereabouts(page: Page, record: Record, side: Side, which: str) -> str:
    """Where a side stands in its file, after its headings where they are not those of the part."""
    alone = record.new is None or page_order.DRIFTING.intersection(record.changes)
    headings = wording.trail(side) if which == "old" and alone else ""
    return page.translate(", ").join(part for part in (headings, wording.line(side, page.translate)) if part)


def _words(record: Record, side: Side, which: str) -> Iterator[str]:
    """A side's text, its own words marked, its heading bold."""
    tag = "del" if which == "old" else "ins"
    left = len(side.heading or "")
    for own, text in _stretches(record, side, which):
        head, tail = text[:left], text[left:]
        left -= len(head)
        words = (f"<b>{running(head)}</b>" if head else "") + running(tail)
        yield f"<{tag}>{words}</{tag}>" if own else words


def _stretches(record: Record, side: Side, which: str) -> Iterator[tuple[bool, str]]:
    """A side's text in stretches, each with whether the other side has it not."""
    if not record.marks:
        other = record.new if which == "old" else record.old
        yield other is None or other.text != side.text, side.text
    for mark in record.marks:
        if text := mark.old if which == "old" else mark.new:
            yield mark.verb != "equal", text


def _note(page: Page, line: Line) -> str:
    """Where a moved entry stood."""
    number, record = line.number, line.record
    assert record.old is not None
    words = page.translate("moved to {place}").format(place=_places(page, line)[1])
    link = f'<a href="#record-{number}">{shown(words)}</a>'
    return (
        f'<div class="note {class_of("moved")}" id="from-{number}" tabindex="-1"><span class="label">{shown(wording.label(record.old))}</span>'
        f'<span class="words" lang="zh">{shown(excerpt(record.old.text))}</span> {link}</div>'
    )


def _place(page: Page, number: int, side: Side | None) -> str:
    """An address, or the record's number where there are neither labels nor headings."""
    return wording.place(side) or page.translate("no. {number}").format(number=number)


def _places(page: Page, line: Line) -> tuple[str, str]:
    """Where a moved entry stood and stands: their lines where the labels are the same, the record's number where they are too."""
    record = line.record
    if wording.place(record.old) != wording.place(record.new):
        return _place(page, line.number, record.old), _place(page, line.number, record.new)
    old, new = wording.line(record.old, page.translate), wording.line(record.new, page.translate)
    number = page.translate("no. {number}").format(number=line.number)
    return (old, new) if old != new else (number, number)


def _ties(page: Page, number: int, record: Record) -> Iterator[str]:
    """Links to where it stood, and to the other parts of its split or merger."""
    if page_order.moved(record):
        words = page.translate("moved from {place}").format(place=_places(page, Line(number, record, note=False))[0])
        yield f'<p class="ties"><a href="#from-{number}">{shown(words)}</a></p>'
    others = [other for other in page.groups.get(record.group, ()) if other != number] if record.group is not None else []
    if others:
        links = " ".join(f'<a href="#record-{other}">{shown(_named(page, other))}</a>' for other in others)
        words = page.translate("belongs together with")
        yield f'<p class="ties">{shown(words)} {links}</p>'


def _named(page: Page, number: int) -> str:
    """A record by its address and the beginning of its words."""
    record = page.comparison.records[number - 1]
    side = record.new or record.old
    return f"{_place(page, number, side)} {excerpt(side.text)}" if side else str(number)


def _candidates(page: Page, record: Record) -> Iterator[str]:
    """What it may belong to, each with a question that the script turns into a file of pairs."""
    if record.possible and (record.old is None) != (record.new is None):
        rows = "".join(f"<li>{_candidate(page, record, candidate)}</li>" for candidate in wording.candidates(record))
        lead = page.translate("It may belong to:")
        yield f'<div class="possible"><p>{shown(lead)}</p><ul>{rows}</ul></div>'
    if record.old is not None and record.new is not None and record.confidence in UNSURE and record.group is None:
        question = shown(page.translate("Are the two sides the same entry?"))
        yield f'<p class="possible asked" hidden>{question} {_verdict(page, record.old.key, record.new.key)}</p>'


def _candidate(page: Page, record: Record, candidate: Candidate) -> str:
    which, numbers = ("old", page.old_keys) if record.old is None else ("new", page.new_keys)
    words = f'<span lang="zh">{running(candidate.text)}</span>'
    if number := numbers.get(candidate.key):
        other = page.comparison.records[number - 1]
        place = _place(page, number, other.old if which == "old" else other.new)
        words = f'<a href="#record-{number}">{shown(place)} {words}</a>'
    form = page.translate("{share} % alike") if candidate.kind == "similar" else page.translate("{share} % alike, partly carried over")
    likeness = shown(form.format(share=round(candidate.similarity * 100)))
    old, new = (record.old.key, candidate.key) if record.old else (candidate.key, record.new.key if record.new else "")
    return f'{words} <span class="pale">{likeness}</span> {_verdict(page, old, new)}'


def _verdict(page: Page, old: str, new: str) -> str:
    """Two buttons; without the script they are not there."""
    buttons = "".join(
        f'<button type="button" value="{value}" aria-pressed="false">{shown(words)}</button>'
        for value, words in (("confirmed", page.translate("same")), ("rejected", page.translate("different")))
    )
    return f'<span class="verdict" data-pair="{escape(json.dumps([old, new]))}" hidden>{buttons}</span>'
