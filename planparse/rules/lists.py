"""Numbered lists: the entries of one parent whose labels continue each other, and what is odd about those in rows of schedules."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from planparse.rules.labels import numeral, parts
from planparse.rules.rule import Edit, Fix
from planparse.rules.view import Label, View
from planparse.syntax.numbering import STYLE, number_text
from planparse.syntax.tree import Node

RENUMBER = "count on from {expected}"


class Entry(NamedTuple):
    """A numbered node."""

    node: Node
    label: Label
    family: str


class Odd(NamedTuple):
    """An entry whose number is not the one that was due."""

    name: str
    """As the parser names it: number_gap, wrong_resume, late_start, restarted_numbering, repeated_number."""
    entry: Entry
    expected: int
    rest: list[Entry]
    """The entry and those after it."""


def entry_of(view: View, node: Node) -> Entry | None:
    """A node as an entry of a list; None without a number in a known style."""
    label = view.label(node)
    if label is None or label.style not in STYLE:
        return None
    family = STYLE[label.style].family
    if family.startswith("decimal"):  # 1.2 and 1.2.3 are levels of their own
        found = parts(view.text[label.start : label.end], label.style)
        family = "decimal" + found.form[0].replace("．", ".") if found is not None else family
    return Entry(node, label, family)


def lists(view: View) -> list[list[Entry]]:
    """The entries of one family under one parent, in order of the text; where the count starts again, another list begins."""
    groups: dict[tuple[int, str, str], list[Entry]] = {}
    out: list[list[Entry]] = []
    for node, parent, _, _, _ in view.visits:
        if "number" not in node.fields:
            continue
        entry = entry_of(view, node)
        if entry is None:
            continue
        key = (id(parent), node.type + node.fields.get("role", ""), entry.family)
        group = groups.get(key)
        if group is None or entry.label.value == 1:
            group = groups[key] = []
            out.append(group)
        group.append(entry)
    return out


def renumber(view: View, rest: list[Entry], expected: int) -> Fix | None:
    """The mend that counts on from `expected` through the rest of a list; None where a number cannot be written so."""
    edits: list[Edit] = []
    for value, entry in enumerate(rest, expected):
        label = entry.label
        if label.value == value:
            continue
        found = parts(view.text[label.start : label.end], label.style)
        new = numeral(found.kind, value, found.numeral) if found is not None else None
        if found is None or new is None:
            return None
        at = view.text.rfind(found.numeral, label.start, label.end - len(found.after))
        if at < 0:
            return None
        edits.append(Edit(at, at + len(found.numeral), new))
    return Fix(tuple(edits), "unsafe", RENUMBER) if edits else None


def odd_numbers(view: View, names: tuple[str, ...]) -> Iterator[Odd]:
    """What is odd about the numbers of lists, by these names: what the parser found, and what rows of schedules hold."""
    found = [place for place in (*_found(view, names), *_in_rows(view)) if place.name in names]
    for at, place in enumerate(found):
        # The first of a list counts on through all of it; the others, up to the next: so the work stays linear.
        same = at and found[at - 1].group is place.group and found[at - 1].stop == place.stop
        following = found[at + 1] if at + 1 < len(found) else None
        stop = following.k if same and following and following.group is place.group and following.k < place.stop else place.stop
        yield Odd(place.name, place.group[place.k], place.expected, place.group[place.k : stop])


class _Place(NamedTuple):
    """The oddity of entry `k` of a list, of which the part up to `stop` counts on from it."""

    name: str
    group: list[Entry]
    k: int
    stop: int
    expected: int


def _found(view: View, names: tuple[str, ...]) -> list[_Place]:
    findings = list(view.found(*names))
    if not findings:
        return []
    places = {entry.label.end: (group, k) for group in lists(view) for k, entry in enumerate(group)}
    out = []
    for finding in findings:
        if finding.end in places:
            group, k = places[finding.end]
            out.append(_Place(finding.name, group, k, len(group), finding.values.get("expected", 1)))
    return sorted(out, key=lambda place: (place.group[0].label.start, place.k))


def _in_rows(view: View) -> Iterator[_Place]:
    """The lists in the rows of schedules, which the parser takes as they are."""
    for visit in view.of_type("schedule"):
        columns = [column["role"] for column in visit.node.fields.get("columns", ())]
        due: dict[tuple[str, str], set[int]] = {}
        for row in visit.node.children:
            groups: dict[tuple[str, str], list[Entry]] = {}
            bare: set[str] = set()
            for node in (*row.fields.get("items", ()), *row.fields.get("notes", ())):
                kind = node.fields.get("role", node.type)
                entry = entry_of(view, node)
                if entry is None:
                    bare.add(kind)
                    continue
                key = (kind, entry.family)
                if key not in groups and kind in bare and entry.label.value > 1:
                    due.setdefault(key, set()).add(entry.label.value)  # its first entry may be the one without a number
                groups.setdefault(key, []).append(entry)
            ends = {(key[1], group[-1].label.value + 1) for key, group in groups.items()}
            for key, group in groups.items():
                if (key[1], group[0].label.value) in ends:
                    due.setdefault(key, set()).add(group[0].label.value)  # it goes on with a list of another cell
                sole = columns.count("work" if key[0] == "item" else key[0]) == 1
                yield from _in_cell(view, group, due.setdefault(key, set()), sole)


def _in_cell(view: View, group: list[Entry], due: set[int], sole: bool) -> Iterator[_Place]:
    """The oddities of one row's entries. `due` are the numbers that would continue a list of a row above; it is brought up to date.

    A count that starts again begins another cell, but where the cells' borders are known.
    """
    above: Entry | None = None
    ends: set[int] = set()
    allowed = due if group[0].label.value != 1 else frozenset()
    ones = [k for k, entry in enumerate(group) if entry.label.value == 1]
    for k, entry in enumerate(group):
        value, expected = entry.label.value, above.label.value + 1 if above else 1
        if above is not None:
            ends.discard(expected)
        ends.add(value + 1)
        name = _oddity(value, expected)
        if name is not None and above is not None and (value in allowed or value == 1):
            ends.add(expected)  # another list begins; the one above may go on in the next row
        if name is not None and value not in allowed and _is_sure(view, name, above, entry, expected, sole):
            stop = bisect_right(ones, k)
            yield _Place(name, group, k, ones[stop] if stop < len(ones) else len(group), expected)
        above = entry
    due |= ends


def _is_sure(view: View, name: str, above: Entry | None, entry: Entry, expected: int, sole: bool) -> bool:
    if name == "restarted_numbering":
        return sole and above is not None and not any(view.text.find(sign, above.label.end, entry.label.start) >= 0 for sign in "\t|")
    if name == "number_gap" and above is not None:  # the number may stand inside the entry above: it is merged, not missing
        return view.text.find(number_text(entry.label.style, expected), above.label.end, entry.label.start) < 0
    return True


def _oddity(value: int, expected: int) -> str | None:
    if value == expected:
        return None
    if expected == 1:
        return "late_start"
    if value == 1:
        return "restarted_numbering"
    return "repeated_number" if value == expected - 1 else "number_gap" if value > expected else "wrong_resume"
