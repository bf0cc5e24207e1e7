"""Schedules without a head: week headings with entries below, one row a day, weekdays in order."""

from __future__ import annotations

from itertools import pairwise

from planparse.dates.reading import read_when
from planparse.syntax import notation, rows
from planparse.syntax.content import add_text
from planparse.syntax.headings import is_signer
from planparse.syntax.lazy import lazy
from planparse.syntax.lines import Line
from planparse.syntax.numbering import TOP_FAMILIES
from planparse.syntax.repair import clean
from planparse.syntax.tree import Cut, Node

FEWEST_ROWS = 3
_N = "\\d"
_W = "(?:周|星期|礼拜|週)[一二三四五六日天]"
_WEEK = lazy("第[ ]?(?:[一二三四五六七八九十廿]{1,3}|[0-9]{1,2})[ ]?[周週](?![一二三四五六日天期末年岁次的内前后])")
_DAY = lazy(
    f"(?:(?:{_N}{{4}}[年./-])?{_N}{{1,2}}(?:月{_N}{{1,2}}[日号]?|[./]{_N}{{1,2}}[日号]?)[ \u3000]*[(（]?{_W}[)）]?"
    f"|{_W}[ \u3000]*[(（]?(?:{_N}{{4}}[年./-])?{_N}{{1,2}}(?:月{_N}{{1,2}}[日号]?|[./-]{_N}{{1,2}}[日号]?)[)）]?)[:：]?"
)
_WEEKDAY = lazy(f"{_W}(?=[:：]|[ \u3000]|$)[:：]?")
_WEEK_WITH_DATES = lazy("第[^（(：: ]{1,5}[周週][ \u3000]*(?:[(（][^)）]{1,30}[)）])?[:：]?")
_DIGIT = lazy("\\d")
_SPECIAL = lazy("[寒暑][假]?$")
WEEKDAYS = "一二三四五六日"


def read(work: str, lines: list[Line], i: int) -> tuple[Node, int] | None:
    """The schedule that begins with a dated line at `i` and the index of the line after it, or None."""
    line = lines[i]
    kind = _kind(work, line)
    head = i
    if kind is None and line.end - line.start > 60:
        return None
    if kind is None and _is_head(work, line) and i + 1 < len(lines):
        i += 1
        kind = _kind(work, lines[i])
        line = lines[i]
    if (
        kind is None
        and _SPECIAL.match(work, line.start, line.end)
        and i + 1 < len(lines)
        and read_when(work, lines[i + 1].start + (work[lines[i + 1].start] in "(（"), lines[i + 1].end)
    ):
        kind = "week"
    if kind is None:
        return None
    keys, last = _keys(work, lines, i, kind)
    if len(keys) < FEWEST_ROWS:
        return None
    node = Node("schedule", lines[head].start, lines[last - 1].end, {"unit": "week" if kind == "week" else "day", "columns": []})
    for start, stop in zip(keys, [*keys[1:], last], strict=True):
        row_line = lines[start]
        row = Node("schedule_row", row_line.start, lines[stop - 1].end, {})
        end = _key_end(work, row_line, kind)
        label = clean(work, row_line.start, end).rstrip(":：")
        if kind == "week":
            week = rows.WEEK_HEAD.match(work, row_line.start, row_line.end)
            if week is not None:
                row.fields["week"] = rows.week_number(clean(work, week.start(), week.end()))
        when = _when(work, row_line, end)
        if when is not None:
            row.fields["when"] = when
        if when is None and "week" not in row.fields:
            row.fields["label"] = label
        items = rows.cell_items(work, end, row_line.end, bordered=False) if end < row_line.end else []
        words = [clean(work, item.start, item.end) for item in items]
        for k in range(start + 1, stop):
            entry = lines[k]
            if (
                entry.label is None
                and items
                and not notation.STARTS_WITH_TIME.match(work, entry.start, entry.end)
                and entry.end - entry.start > 14
                and items[-1].fields.get("number")
            ):
                child = Node("paragraph", entry.start, entry.end, {})
                add_text(work, child, Cut(entry.start, entry.end), frozenset())
                items[-1].add(child)
            else:
                items.append(rows.item_node(work, entry.start, entry.body, entry.end, entry.label))
        if items:
            row.fields["items"] = items
        words.extend(clean(work, lines[k].start, lines[k].end) for k in range(start + 1, stop))
        row.fields["cells"] = [label, "\n".join(words)]
        node.add(row)
    return node, last


def _is_head(work: str, line: Line) -> bool:
    """Column heads on one line, parted by single blanks: 週別 起迄 校園大事."""
    if line.end - line.start > 60 or line.label is not None:
        return False
    words = work[line.start : line.end].split()
    if len(words) < 3 or notation.column_role(words[0]) not in notation.TIME_ROLES:
        return False
    return any(notation.column_role(word) is not None for word in words[1:])


def _kind(work: str, line: Line) -> str | None:
    if line.label is not None and line.numbered and line.label.style.family != "decimal-2":
        return None
    if _WEEK.match(work, line.start, line.end) and line.end - line.start <= 60:
        return "week"
    if _DAY.match(work, line.start, line.end):
        return "day"
    if _WEEKDAY.match(work, line.start, line.end):
        return "weekday"
    return None


def _keys(work: str, lines: list[Line], i: int, kind: str) -> tuple[list[int], int]:
    """The lines that start rows, and where the schedule ends."""
    keys: list[int] = []
    last_weekday = -1
    j = i
    while j < len(lines) and (not keys or j - keys[-1] <= 40):
        line = lines[j]
        if kind == "weekday" and _WEEKDAY.match(work, line.start, line.end):
            day = WEEKDAYS.find(work[line.start + (2 if work[line.start] in "星礼" else 1)].replace("天", "日"))
            if day <= last_weekday:
                break
            last_weekday = day
            keys.append(j)
        elif (kind == "week" and (_WEEK.match(work, line.start, line.end) or _SPECIAL.match(work, line.start, line.end))) or (
            kind == "day" and _DAY.match(work, line.start, line.end)
        ):
            keys.append(j)
        elif _stops(work, line):
            break
        j += 1
    if not keys:
        return [], i
    last = keys[-1] + 1
    longest = max((b - a for a, b in pairwise(keys)), default=1)
    while last < len(lines) and last - keys[-1] < max(longest, 2) + (12 if kind == "week" else 0):
        line = lines[last]
        if (
            _stops(work, line)
            or notation.CLOSING.match(work, line.start, line.end)
            or line.blanks > lines[keys[-1]].blanks + 1
            or (line.label is None and line.end - line.start > 80)
            or is_signer(work, line.start, line.end)
        ):
            break
        if line.label is None and line.blanks and not lines[keys[-1]].blanks:
            break
        last += 1
    return keys, last


def _stops(work: str, line: Line) -> bool:
    label = line.label
    if line.opens:
        return True
    if label is not None and label.style.family in TOP_FAMILIES:
        return True
    if work[line.start] in "#|※" or notation.is_plan_mark(work, line.start, line.end):
        return True
    return notation.DATE_LINE.match(work, line.start, line.end) is not None or (line.end - line.start > 5 and line.noise(work) is not None)


def _key_end(work: str, line: Line, kind: str) -> int:
    if kind == "week":
        bracket = _WEEK_WITH_DATES.match(work, line.start, line.end)
        return bracket.end() if bracket else line.end
    found = (_DAY if kind == "day" else _WEEKDAY).match(work, line.start, line.end)
    return found.end() if found else line.end


def _when(work: str, line: Line, end: int) -> dict[str, object] | None:
    inner = _DIGIT.search(work, line.start, end)
    if inner is None:
        return rows.when_of(work, line.start, end)
    start = inner.start()
    if work[start - 1] == "第":
        bracket = work.find("（", start, end)
        bracket = bracket if bracket >= 0 else work.find("(", start, end)
        if bracket < 0:
            return rows.when_of(work, line.start, end)
        start = bracket
    elif notation.STARTS_WITH_TIME.match(work, line.start, end):
        start = line.start  # 星期一(2016-10-31)
    return rows.when_of(work, start, end)
