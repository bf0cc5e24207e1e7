"""What the readers of schedules share: keys of rows, entries, and the nodes made of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from planparse.dates.reading import find_times, read_when
from planparse.dates.written import Moment, Written
from planparse.syntax import notation, numerals
from planparse.syntax.content import add_text, point_node
from planparse.syntax.lazy import lazy
from planparse.syntax.numbering import BULLET, SOFT, Label, match_label
from planparse.syntax.points import find_entries, find_points
from planparse.syntax.repair import clean, trim
from planparse.syntax.tree import Cut, Node

_N = "\\d"
_HAN = "[一二三四五六七八九十廿]"
WEEK_KEY = lazy(
    f"(?:第[ ]?(?P<n>{_HAN}{{1,3}}|{_N}{{1,2}})(?:[ ]?[周週]?[—–\\-~～至、](?:第)?(?:{_HAN}{{1,3}}|{_N}{{1,2}}))?[ ]?[周週]|[Ww](?:eek)?[ ]?(?P<w>{_N}{{1,2}})|(?P<b>{_N}{{1,2}})[周週]?|(?P<h>{_HAN}{{1,3}})[周週]?)(?:次)?$"
)
WEEK_HEAD = lazy(f"第[ ]?({_HAN}{{1,3}}|{_N}{{1,2}})[ ]?[周週](?![一二三四五六日天])")
SPECIAL_WEEK = lazy("(?:预备|預備|开学前|学期初|准备|开学|寒|暑|期中|期末|考试|机动|复习|学前|国庆|放假|寒假|暑假|学期)(?:前|周|週|假)?$")
_DATE = f"(?:{_N}{{4}}[年./-])?{_N}{{1,2}}(?:月{_N}{{0,2}}[日号]?|[./]{_N}{{1,2}}[日号]?)"
DATE_KEY = lazy(
    f"[(（]?{_DATE}(?:[ \u3000]*(?:[—–\\-~～－─]{{1,3}}|至|到|、)[ \u3000]*(?:{_DATE}|{_N}{{1,2}}[日号]?))?[)）]?(?:[ \u3000]*[(（]?(?:周|星期|週)[一二三四五六日天](?:[-—~至到、](?:周|星期)?[一二三四五六日天])?[)）]?)?$"
)
MONTH_KEY = lazy(f"(?:{_N}{{4}}年)?(?:(?:{_HAN}{{1,3}}|{_N}{{1,2}}|元)月?份?[—\\-~～至到、和])?(?:{_HAN}{{1,3}}|{_N}{{1,2}}|元)[ ]?月份?$")
WEEKDAY_KEY = lazy("(?:周|星期|礼拜|週)[一二三四五六日天](?:[—\\-~～至到、](?:周|星期)?[一二三四五六日天])?$")
CLOCK_KEY = lazy(
    f"(?:上午|下午|晚上|中午|早上)?[ ]?{_N}{{1,2}}[:：]{_N}{{2}}(?:[ ]?(?:[—–\\-~～－]{{1,2}}|至|到)[ ]?(?:上午|下午|晚上)?{_N}{{1,2}}[:：]{_N}{{2}})?$"
    "|(?:上午|下午|晚上|中午|早晨|早上|晚|全天)$"
)
PHASE_KEY = lazy(
    "第[一二三四五六七八九十]{1,2}(?:阶段|階段|期|季度|步)|每月|全年|[上下]半年|[上中下]旬|学期[初中末]|长期|平时|寒假|暑假|每周|每天"
)


_MONTH_FIRST = lazy(f"(?:{_N}{{1,2}}|{_HAN}{{1,2}})月")


@lru_cache(maxsize=4096)
def is_time(text: str) -> bool:
    """Whether a cell holds a time and nothing else: a week, date, month, weekday, hour or phase."""
    return (
        bool(text)
        and len(text) <= 32
        and any(key.match(text) for key in (DATE_KEY, MONTH_KEY, WEEKDAY_KEY, CLOCK_KEY, WEEK_KEY, PHASE_KEY, SPECIAL_WEEK, DATE_IN_YEAR))
    )


def starts_with_time(text: str) -> bool:
    """Whether a cell is a time or begins with one: 6月(安全月), 11月9日前."""
    return is_time(text) or notation.STARTS_WITH_TIME.match(text) is not None or _MONTH_FIRST.match(text) is not None


DATE_IN_YEAR = lazy(f"{_N}{{4}}[年./-]|{_N}{{2}}[xX×]{{2}}年|{_N}{{1,2}}月(?:底|初|中|末|[上中下]旬)")


def week_number(text: str) -> int | None:
    """第三周, W3, 3, 三 → 3."""
    found = WEEK_KEY.match(text)
    if found is None:
        return None
    numeral = found["n"] or found["w"] or found["b"] or found["h"]
    return int(numeral) if numeral.isdecimal() else numerals.han_value(numeral)


def when_of(work: str, start: int, end: int) -> dict[str, Any] | None:
    """The `when` of a time cell, as written; None when the cell names none. A cell in two lines (一 / 月) reads as one.

    What follows from the writing is filled in later, with the plan's years and the document's order of day and month.
    """
    text = clean(work, start, end).replace("\n", "")
    at = 1 if text[:1] in "(（" else 0
    written = read_when(text, at, len(text))
    if written is None:
        return None
    if written.kind == "week":
        dated = next((found for found in find_times(text, written.end, len(text)) if found.kind in ("date", "range")), None)
        written = dated or written  # 第1週 01-18 ~ 01-24
    return {"text": text[written.start : written.end], "kind": written.kind, "written": written, "at": (start, end)}


def set_week(node: Node, text: str) -> None:
    """The row's week number, or its name where the key is no number (预备周, 寒)."""
    week = week_number(text)
    if week is not None:
        node.fields["week"] = week
    else:
        node.fields["label"] = text


def set_time(work: str, node: Node, cell: Cut) -> None:
    """The row's time from a date, weekday or hour cell; an hour alone will take the day of the row above. Else its name."""
    when = node.fields.get("when")
    text = clean(work, *cell).replace("\n", "")
    if CLOCK_KEY.match(text):
        if when is None:
            when = node.fields["when"] = {"text": text, "kind": "date", "written": None, "at": tuple(cell)}
        when.setdefault("time_of_day", text)
    elif when is None:
        when = when_of(work, cell.start, cell.end)
        if when is not None:
            node.fields["when"] = when
            node.fields.pop("label", None)
        elif "week" not in node.fields:
            node.fields.setdefault("label", text)
    elif WEEKDAY_KEY.match(text) or (len(text) == 1 and text in "一二三四五六日天"):
        weekday = read_when(text if len(text) > 1 else f"周{text}", 0, max(len(text), 2))
        if weekday is not None and weekday.last is None:
            node.fields["weekday"] = weekday.first.weekday
    elif when["kind"] in ("week", "month"):
        finer = when_of(work, cell.start, cell.end)
        if finer is not None and finer["kind"] in ("date", "range"):  # 第一周 and 3月1日-3月7日, 九月 and 9/13
            if when["kind"] == "week" and "week" not in node.fields:
                node.fields["week"] = when["written"].first.nth
            elif when["kind"] == "month":
                node.fields.setdefault("label", when["text"])
                finer["written"] = _in_month(finer["written"], when["written"].first)
            node.fields["when"] = finer


def _in_month(written: Written, month: Moment) -> Written:
    """A day of the month that another column of the row names: 14日, 月底前."""
    first = written.first
    if first.month or not (first.day or first.shift == ("month", 0)):
        return written
    return written._replace(first=first._replace(month=month.month, year=first.year or month.year, shift=None))


_CLOCK_HEAD = lazy("时[ \u3000]*[间段]")
_CELL_LINE = lazy("[\x0b\n]")


def item_node(work: str, start: int, body: int, end: int, label: Label | None) -> Node:
    """One entry of a row, with the points inside it as children."""
    node = Node("item", start, end, {})
    if label is not None and label.style is not BULLET:
        node.fields["number"] = label.field(start)
    if body < end:
        add_text(work, node, Cut(body, end), frozenset({label.style.family}) if label else frozenset())
    return node


def note_node(work: str, start: int, body: int, end: int, label: Label | None) -> Node:
    """One entry of the remarks."""
    node = Node("note", start, end, {})
    if label is not None and label.style is not BULLET:
        node.fields["number"] = label.field(start)
    add_text(work, node, Cut(body, end), frozenset({label.style.family}) if label else frozenset())
    return node


def part_times(names: list[str], roles: list[str]) -> list[str]:
    """The roles, with 时间 as the hours where another column has the days."""
    if roles.count("date") < 2:
        return roles
    return ["time" if role == "date" and _CLOCK_HEAD.match(name) else role for name, role in zip(names, roles, strict=True)]


def share(items: list[Node], extra: dict[str, str]) -> None:
    """Gives a row's entries their owner and place: the one of the same number where the cell is a list, else all of it."""
    for role, text in extra.items():
        numbered: dict[int, str] = {}
        for line in _CELL_LINE.split(text):
            label = match_label(line, 0, len(line)) if line else None
            if label is not None and label.value:
                numbered[label.value] = line[label.end :].strip("；;。 ")
        for item in items:
            number = item.fields.get("number")
            if not numbered:
                item.fields[role] = text.replace("\x0b", "\n")
            elif number and number[3] in numbered:
                item.fields[role] = numbered[number[3]]


def continue_points(work: str, start: int, end: int, label: Label | None, item: Node) -> bool:
    """② on a line of its own goes on with the ① inside the entry above; False when it does not."""
    if label is None or label.style.family != "circled" or label.value < 2 or item.fields.get("number", ("",))[0] == "circled":
        return False
    if not item.children:
        _open_point(work, item)
    item.add(point_node(work, start, label.end, end, label, frozenset({"circled"})))
    return True


def _open_point(work: str, item: Node) -> None:
    """The lone ① of an entry becomes a point once its ② turns up."""
    at = next((k for k in range(item.start, item.end) if work[k] == "①"), -1)
    text = item.fields.get("text")
    if at < 0 or not text:
        return
    label = match_label(work, at, item.end)
    assert label is not None
    head = Cut(text[0].start, at)
    if clean(work, head.start, head.end):
        item.fields["text"] = (head,)
    else:
        item.fields.pop("text")
    item.add(point_node(work, at, label.end, item.end, label, frozenset({"circled"})))


def cell_items(work: str, start: int, end: int, above: list[Node] | None = None, bordered: bool = True) -> list[Node]:
    """The entries of one cell on one line: its numbered points, its lines, or the cell as a whole.

    `bordered` says that it is the cell of a table, so that all of it is one list.
    """
    pieces: list[Node] = []
    at = start
    while at < end:
        found = _CELL_LINE.search(work, at, end)
        stop = found.start() if found else end
        entries = _line_items(work, at, stop, bordered)
        before = [*(above or ()), *pieces]
        numbered = any("number" in entry.fields for entry in before)
        label = match_label(work, entries[0].start, entries[0].end) if entries else None
        if entries and before and continue_points(work, entries[0].start, entries[0].end, label, before[-1]):
            pass
        elif numbered and len(entries) == 1 and goes_on(work, entries[0].start, entries[0].end):
            child = Node("paragraph", entries[0].start, entries[0].end, {})
            add_text(work, child, Cut(entries[0].start, entries[0].end), frozenset())
            before[-1].add(child)
        else:
            pieces.extend(entries)
        at = stop + 1
    return pieces


def goes_on(work: str, start: int, end: int) -> bool:
    """A line of a cell that goes on with the entry above: no label, no time, no holiday."""
    if match_label(work, start, end) or notation.STARTS_WITH_TIME.match(work, start, end):
        return False
    return notation.HOLIDAY.search(work, start, end) is None or end - start > 12


def cell_notes(work: str, start: int, end: int, role: str) -> list[Node]:
    """The remarks of one cell, a line each; a line without a label goes on with a numbered remark."""
    notes: list[Node] = []
    at = start
    while at < end:
        found = _CELL_LINE.search(work, at, end)
        stop = found.start() if found else end
        at, _ = trim(work, at, stop)
        label = cell_label(work, at, stop)
        if label is None and notes and "number" in notes[-1].fields:
            child = Node("paragraph", at, stop, {})
            add_text(work, child, Cut(at, stop), frozenset())
            notes[-1].add(child)
        elif at < stop:
            notes.append(note_node(work, at, label.end if label else at, stop, label))
            notes[-1].fields["role"] = role
        at = stop + 1
    return notes


def cell_label(work: str, start: int, end: int) -> Label | None:
    """The label a cell begins with. Nothing in a cell vouches for labels that look like dates: they are text."""
    label = match_label(work, start, end)
    return None if label is not None and label.style.name in SOFT else label


def _line_items(work: str, start: int, end: int, bordered: bool) -> list[Node]:
    start, end = trim(work, start, end)
    if start >= end:
        return []
    label = cell_label(work, start, end)
    points = find_entries(work, start, end, label) if bordered else find_points(work, start, end, own=label)
    if points and points[0].start == start:
        stops = [*(point.start for point in points[1:]), end]
        return [item_node(work, p.start, p.body, stop, p.label) for p, stop in zip(points, stops, strict=True)]
    return [item_node(work, start, label.end if label else start, end, label)]
