"""Lines of the working copy, each with its label; and which line breaks are accidents."""

from __future__ import annotations

import re

from planparse.source import Grid, Layout, Mark
from planparse.syntax import notation, numerals
from planparse.syntax.headings import MARKDOWN_HEADING
from planparse.syntax.lazy import lazy
from planparse.syntax.noise import PAGER_ENDS, noise_reason
from planparse.syntax.numbering import AUTOMATIC, BULLET, SOFT, STYLE, TOP_FAMILIES, Label, match_label
from planparse.syntax.repair import BLANKS, FILLER, PLAN_START, SECTIONS_END, trim

CLOSED = "。；！？!?;.…”」』）)】》：:"
"""Marks at which a line may end on purpose."""
_CUT_AT = "、，,（(《“「『"
_DANGLING = "的和与及在对把由将并或"
"""Words that no line ends with on purpose."""
_NAMES = lazy("(?:副?组[ \u3000]*长|成[ \u3000]*员|组[ \u3000]*员|主[ \u3000]*任|副主任|总指挥|副总指挥|联系人|电话)[^，。：:]{0,4}[:：]")
_CONTINUES = "，。、；：）》”」』】！？,;:)%％"


RIGHT = 40
"""The indent of a line that is set against the right margin."""
UNKNOWN = ("?", None)
"""What a line's `debris` is as long as nobody calls it debris."""


class Line:
    """One line without the blanks at its ends: `work[start:end]`; what follows its label starts at `body`."""

    __slots__ = (
        "blanks",
        "body",
        "debris",
        "end",
        "grid",
        "indent",
        "label",
        "level",
        "opens",
        "plain",
        "ruled",
        "start",
        "sure",
        "titled",
    )

    def __init__(self, start: int, end: int, body: int, label: Label | None, blanks: int, indent: int) -> None:
        self.start = start
        self.end = end
        self.body = body
        self.label = label
        self.blanks = blanks
        """How many blank lines stand before it."""
        self.indent = indent
        """How many characters of blank stand before it on its line."""
        self.opens = False
        """A mark of ours (`<!-- plan -->`) above it says that a plan starts here."""
        self.ruled = False
        """A rule (---) above it says that it belongs to the plan, not to what is open."""
        self.plain = False
        """Looked through and found to hold neither points nor noise inside."""
        self.debris: str | None = "?"
        """Why it is noise, None when it is not, `?` until somebody asked."""
        self.grid: Grid | None = None
        """The table of the file that it is a row of."""
        self.level = 0
        """Its outline level in the file, counted from 1; 0 where the file gives none."""
        self.titled = False
        """The file calls it a title."""
        self.sure = False
        """The file itself numbers it: the label is no date and no quantity."""

    def noise(self, work: str) -> str | None:
        """Why the line is noise, or None."""
        if self.debris == "?":
            self.debris = noise_reason(work, self.start, self.end)
        return self.debris

    @property
    def numbered(self) -> bool:
        """Whether the line begins with a number (not a bullet)."""
        return self.label is not None and self.label.style is not BULLET

    def family(self) -> str | None:
        """The family of the label's style; `bullet` for a bullet; None without a label."""
        return self.label.style.family if self.label is not None else None


def scan(work: str, layout: Layout | None = None) -> list[Line]:
    """The lines of the working copy that show something, in order; `layout` is what the file tells about them."""
    lines: list[Line] = []
    add = lines.append
    at = blanks = blanks_length = 0
    marks = BLANKS if FILLER in work else None  # without fillers the quicker bare strip does
    find, length = work.find, len(work) if layout is None else layout.body_end - 1
    while at <= length:  # line by line: splitting the whole text would take its size in memory once more
        stop = find("\n", at)
        raw = work[at : stop if stop >= 0 else length]
        left = raw.lstrip(marks)
        if left:
            start = at + len(raw) - len(left)
            end = start + len(left.rstrip(marks))
            if left[0] == "#":
                label = _marked_label(work, start, end)
            else:
                label = match_label(work, start, end) if left[:2] != "**" else _bold_label(work, start, end)
            if label is not None and work.endswith(PAGER_ENDS, start, end) and noise_reason(work, start, end) == "page_navigation":
                label = None  # [1] [2] 下一页
            body = start
            if label is not None:
                body = label.end
                while body < end and work[body] in BLANKS:
                    body += 1
                if body == end and label.style is BULLET:  # a lone dash or star is text
                    label, body = None, start
            line = Line(start, end, body, label, blanks, start - at)
            if layout is not None:
                _lay_out(work, line, layout, at)
            if blanks and marks:
                gap = work[at - blanks_length : at]
                line.opens, line.ruled = PLAN_START in gap, SECTIONS_END in gap
            add(line)
            blanks = blanks_length = 0
        else:
            blanks += 1
            blanks_length += len(raw) + 1
        at += len(raw) + 1
    if layout is not None:
        _mark_grids(lines, layout.grids)
    _settle_soft_labels(lines)
    _settle_months(work, lines)
    _settle_counts(work, lines)
    return lines


def _lay_out(work: str, line: Line, layout: Layout, at: int) -> None:
    """Gives a line what the file tells about it; `at` is where the line begins, blanks included."""
    mark = layout.marks.get(at)
    if mark is not None:
        line.label = _given_label(work, line.start, line.end, mark)
        if line.label is not None:
            line.sure = True
            line.body = trim(work, line.label.end, line.end)[0]
            if mark.bullet:
                line.indent = 2 * mark.level
    if at in layout.debris:
        line.debris, line.label, line.body = layout.debris[at], None, line.start
    line.level = layout.headings.get(at, 0)
    line.titled = at in layout.titles
    if at in layout.right:
        line.indent = RIGHT


def _given_label(work: str, start: int, end: int, mark: Mark) -> Label | None:
    """The label of an automatic list: in the style of the table that it is written in, else in one of the list's level."""
    if trim(work, start, mark.end)[0] >= mark.end:  # it shows nothing
        return None
    if mark.bullet:
        return Label(BULLET, 0, mark.end) if mark.end < end else None
    found = match_label(work, start, end)
    if found is not None and found.style is not BULLET and trim(work, found.end, mark.end)[0] == mark.end:
        return found._replace(value=mark.value or found.value, end=mark.end)
    return Label(AUTOMATIC[mark.level], mark.value, mark.end) if mark.value else None


def _mark_grids(lines: list[Line], grids: list[Grid]) -> None:
    """Tells the rows of the file's tables; a row has no label of its own."""
    k = 0
    for line in lines:
        while k < len(grids) and grids[k].end <= line.start:
            k += 1
        if k == len(grids):
            return
        if line.start >= grids[k].start:
            line.grid, line.label, line.body = grids[k], None, line.start


def _marked_label(work: str, start: int, end: int) -> Label | None:
    """The label of a Markdown heading: ## 一、目标."""
    marks = MARKDOWN_HEADING.match(work, start, end)
    label = match_label(work, marks.end(), end) if marks else None
    return label if label is not None and label.style is not BULLET and label.end < end else None


def _bold_label(work: str, start: int, end: int) -> Label | None:
    """The label inside a line that is bold as a whole: **一、目标**."""
    if not work.endswith("**", start + 4, end):
        return None
    label = match_label(work, start + 2, end - 2)
    return label if label is not None and label.style is not BULLET else None


_MOST_MISSING = 3
"""A dotted number goes on with its list (4.1, 4.2, 4.4) when it is no further than this from the last."""


def _settle_soft_labels(lines: list[Line]) -> None:
    """Takes back labels that may be dates or quantities (3.15, 5 月) where no neighbour of the same list vouches for them."""
    soft = [i for i, line in enumerate(lines) if line.label is not None and line.label.style.name in SOFT and not line.sure]
    if not soft:
        return
    decimals = {(*line.label.parent, line.label.value) for line in lines if line.label is not None and line.label.parent}
    lists: dict[str, list[tuple[int, int]]] = {"arabic": [], "sequence": []}
    for i, line in enumerate(lines):
        if line.label is not None and line.label.style.family in lists:
            lists[line.label.style.family].append((i, line.label.value))
    over = _numbers_above(lines, soft)
    dotted: dict[tuple[int, ...], int] = {}
    places = {family: {i: k for k, (i, _) in enumerate(entries)} for family, entries in lists.items()}
    for i in soft:
        line = lines[i]
        label = line.label
        assert label is not None
        if label.parent:
            a, b = label.parent[-1], label.value
            last = dotted.get(label.parent)
            vouched = (
                (a, b - 1) in decimals
                or (b == 1 and ((a, 2) in decimals or (a, 1, 1) in decimals))
                or (last is not None and a in over[i] and last <= b <= last + _MOST_MISSING)
            )
            if vouched:
                dotted[label.parent] = b
        else:
            entries = lists[label.style.family]
            k = places[label.style.family][i]
            vouched = (label.value, 1) in decimals or any(
                0 <= k + step < len(entries) and entries[k + step][1] == label.value + step and abs(entries[k + step][0] - i) <= 40
                for step in (1, -1)
            )
        if not vouched:
            line.label, line.body = None, line.start


def _numbers_above(lines: list[Line], soft: list[int]) -> dict[int, tuple[int, int]]:
    """For each of these lines, the last number of a plan's own level above it (四、) and the last Arabic one (4．)."""
    found: dict[int, tuple[int, int]] = {}
    top = arabic = at = 0
    for i in soft:
        for line in lines[at:i]:
            label = line.label
            if label is not None and label.style.family in TOP_FAMILIES:
                top, arabic = label.value, 0
            elif label is not None and label.style.family == "arabic":
                arabic = label.value
        found[i] = (top, arabic)
        at = i
    return found


_MONTH_AFTER_LABEL = lazy("([一二三四五六七八九十]{1,3})、(?=[一二三四五六七八九十]{1,2}(?:、[一二三四五六七八九十]{1,2})?月)")


_HAN, _DOT = STYLE["han"], STYLE["arabic-dot"]


def _settle_months(work: str, lines: list[Line]) -> None:
    """三、四月份检查: a label when 二、 stands above; a list of months otherwise. 一、九月 is one when 二、 follows it."""
    last: Label | None = None
    for i, line in enumerate(lines):
        label = line.label
        if label is not None:
            if label.style.name == "han" and work[label.end - 1] == "、":
                last = label
            continue
        if work[line.start] not in "一二三四五六七八九十" or line.grid is not None:
            continue
        found = _MONTH_AFTER_LABEL.match(work, line.start, line.end)
        if found is None:
            continue
        value = numerals.han_value(found[1])
        if value == 1 and work[found.end()] != "二" and _second_follows(work, lines, i + 1):
            line.label = last = Label(_HAN, 1, found.end())
            line.body = found.end()
        elif last is not None and value == last.value + 1:
            line.label = last = Label(last.style, last.value + 1, found.end())
            line.body = found.end()


_COUNT_WORDS = "所名人家户戶项項场場篇件座处處"
_COUNT_AFTER_LABEL = lazy(
    "(?P<n>[0-9]{1,2})[.．](?=(?P<sure>[0-9]{1,2}/[0-9]{1,2}(?![0-9])"
    f"|[0-9]{{1,4}}[{_COUNT_WORDS}])|[0-9]{{1,4}}(?![年月日号號万亿元米度倍时時秒])[\u4e00-\u9fff])"
)
"""A number in front of a count, or of a date with a stroke: 5．30所学校, 2．4/12召开. `sure`: what follows the dot is no half of a number."""


def _settle_counts(work: str, lines: list[Line]) -> None:
    """5．30所学校建网站 is entry 5 where 4． stands above and 6． or nothing more of the list below; else 5.30 is one number."""
    listed: list[tuple[Line, int, re.Match[str] | None]] = []
    for line in lines:
        label = line.label
        if label is None:
            found = _COUNT_AFTER_LABEL.match(work, line.start, line.end) if work[line.start] in "0123456789" and line.grid is None else None
            if found is not None and work.find("\t", line.start, line.end) < 0:
                listed.append((line, int(found["n"]), found))
        elif label.style.family == "arabic":
            listed.append((line, label.value if label.style is _DOT else -1, None))
        elif label.style.rank < _DOT.rank:
            listed.append((line, 0, None))
    last = 0
    for k, (line, value, found) in enumerate(listed):
        if found is None:
            last = value
        elif value == last + 1:
            _, below, other = listed[k + 1] if k + 1 < len(listed) else (line, 0, None)
            goes_on = below == value + 1 and (other is None or other["sure"])
            ends = found["sure"] and last > 0 and (below in (0, 1) or (other is not None and not other["sure"]))
            if goes_on or ends:
                line.label = Label(_DOT, value, found.end())
                line.body = found.end()
                last = value


def _second_follows(work: str, lines: list[Line], start: int) -> bool:
    """Whether the next line that begins with a Chinese numeral and 、 begins with 二、."""
    for k in range(start, len(lines)):
        at = lines[k].start
        if work[at] in "一二三四五六七八九十" and work.startswith("、", at + 1):
            return work[at] == "二"
    return False


def mend_breaks(work: str, lines: list[Line], laid_out: bool = False) -> tuple[list[Line], list[tuple[int, int]]]:
    """The lines with accidental breaks taken out, and the gaps that were closed: (end of one line, start of the next).

    `laid_out` says that the lines are paragraphs of a file: none is wrapped, but what was pasted may be broken all the same.
    """
    joints: list[tuple[int, int]] = []
    whole: list[Line] = []
    joined = False
    full = 0 if laid_out else _wrap_width(work, lines)
    for i, line in enumerate(lines):
        if joined:
            whole[-1].end = line.end
        else:
            whole.append(line)
        joined = False
        if i + 1 == len(lines):
            break
        following = lines[i + 1]
        if following.blanks or work[line.end - 1] in "。；;" or (laid_out and (_is_told(line) or _is_told(following))):
            continue
        wrapped = (
            full
            and _is_full(work, line, full)
            and following.label is None
            and not following.indent
            and work[line.end - 1] not in "：:"
            and work[line.start] not in "|#"
            and not _GAP.search(work, following.start, following.end)
        )
        if wrapped or _continues(work, lines, i):
            joints.append((line.end, following.start))
            joined = True
    return whole, joints


def _is_told(line: Line) -> bool:
    """Whether the file says that the line is something by itself: a row, a heading, a title, a signature, debris."""
    return line.grid is not None or line.level > 0 or line.titled or line.indent == RIGHT or line.debris not in UNKNOWN


_GAP = lazy("[ \u3000]{3}|\t")


def _wrap_width(work: str, lines: list[Line]) -> int:
    """The width at which every paragraph of a hard-wrapped text was cut, in columns; 0 for a text that is not wrapped."""
    if len(lines) < 12:
        return 0
    widths = [
        columns(work[line.start - line.indent : line.end]) if line.indent < 9 else 0 for line in lines[:2000] if line.end - line.start < 90
    ]
    if len(widths) < len(lines[:2000]) * 0.97:
        return 0
    longest = max(widths)
    near = sum(width >= longest - 5 for width in widths)
    return longest if 30 <= longest <= 120 and near >= len(widths) * 0.3 else 0


def _is_full(work: str, line: Line, full: int) -> bool:
    return columns(work[line.start - line.indent : line.end]) >= full - 5


def columns(text: str) -> int:
    """Display columns: wide characters count two."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)


_RANGE_GOES_ON = lazy("[—–\\-~～至到][ \u3000]*[0-9]")
_RANGE_OPEN = lazy("[0-9日月号][ \u3000]*[—–\\-~～至到]$")
_DATE_GOES_ON = lazy("(?:[0-9]{0,2}[月日号]|年)(?![一二三四五六日天]|[0-9])")


def _continues(work: str, lines: list[Line], i: int) -> bool:
    """Whether line `i` goes on in the next one, which follows without a blank line."""
    line, following = lines[i], lines[i + 1]
    last, first = work[line.end - 1], work[following.start]
    if last.isdigit() or last in "日月号":
        if _RANGE_GOES_ON.match(work, following.start, following.end):
            return True
        if last.isdigit() and _DATE_GOES_ON.match(work, following.start, following.end):
            return line.end - line.start > 2  # a bare week number or a cell of its own is no half date
    if first.isdigit() and _RANGE_OPEN.search(work, max(line.start, line.end - 4), line.end):
        return True
    if "\t" in work[line.start : line.end] or "\t" in work[following.start : following.end]:
        return False
    if following.label is not None or first in "|#" or work[line.start] in "|#":
        return False
    if first in _CONTINUES and last not in CLOSED:
        return True
    length = line.end - line.start
    if (
        last in "，,"
        and length > 8
        and not notation.RUN_IN_LABEL.match(work, following.start, following.end)
        and not _is_unit(work, following)
    ):
        return True
    if last in _DANGLING and length >= 14 and not _is_unit(work, following):
        return True
    if notation.STARTS_ENTRY.match(work, following.start, following.end):
        return False
    if last in _CUT_AT:
        return length > 8 and (last != "、" or length >= 12 or _open_bracket(work, line))
    if _open_bracket(work, line) and _closes_bracket(work, following):
        return True
    if last in CLOSED or length < 8:
        return False
    if following.end - following.start <= 4 and work[following.end - 1] in "。；;" and following.end - following.start > 1:
        return True
    if length < 14:
        return False
    if work[following.end - 1] not in CLOSED and i + 2 < len(lines) and not _is_cut(work, lines[i + 1]):
        return False
    if not _is_cut(work, line) or first == work[line.start]:  # two lines that begin alike are parallel entries
        return False
    if following.indent >= line.indent + 4:  # a paragraph of its own
        return False
    if line.label is not None:
        return _siblings_close(work, lines, i) and (length >= 40 or _is_rest(work, following))
    above = lines[i - 1] if i else None
    begins = (
        above is None
        or line.indent >= 2
        or line.blanks > 0
        or work[above.end - 1] in CLOSED
        or (above.label is not None and above.end - above.start < 20)
        or notation.RUN_IN_LABEL.match(work, above.start, above.end) is not None
        or (above.end - above.start <= 10 and notation.CLAUSE_MARK.search(work, above.start, above.end) is None)
    )
    return (
        length >= 20
        and begins
        and first not in "（(【《“—"
        and not _NAMES.match(work, line.start, line.end)
        and (length >= 30 or not notation.RUN_IN_LABEL.match(work, line.start, line.end))
    )


def _is_unit(work: str, line: Line) -> bool:
    """A short line that can be a cell or heading of its own: a unit's name."""
    return line.end - line.start <= 8 and notation.UNIT_END.search(work[line.start : line.end]) is not None


def _is_rest(work: str, line: Line) -> bool:
    """Short, and one sentence at the most: the rest of a line rather than a paragraph."""
    return line.end - line.start <= 60 and notation.FULL_STOP.search(work, line.start, line.end - 1) is None


def _is_cut(work: str, line: Line) -> bool:
    """A running text (it has a mark inside) that ends without one."""
    return work[line.end - 1] not in CLOSED and notation.CLAUSE_MARK.search(work, line.body, line.end) is not None


def _closes_bracket(work: str, line: Line) -> bool:
    """Whether the line soon closes a bracket that it did not open."""
    piece = work[line.start : min(line.end, line.start + 24)]
    close = min((at for at in (piece.find("）"), piece.find(")")) if at >= 0), default=-1)
    return close >= 0 and not any(0 <= piece.find(mark) < close for mark in "（(")


def _open_bracket(work: str, line: Line) -> bool:
    piece = work[line.start : line.end]
    return piece.count("（") + piece.count("(") > piece.count("）") + piece.count(")")


def _siblings_close(work: str, lines: list[Line], i: int) -> bool:
    """Whether the nearest line of the same family, before or after, ends with a mark: then this one should too."""
    family = lines[i].family()
    for step in (1, -1):
        for distance in range(1, 9):
            j = i + step * distance
            if not 0 <= j < len(lines):
                break
            if lines[j].family() == family:
                if work[lines[j].end - 1] in "。；;":
                    return True
                break
    return False
