"""Where each plan of a file begins: compilers' marks, title lines, opening sentences, restarted numbering."""

from __future__ import annotations

from typing import NamedTuple

from planparse.syntax import notation, numerals
from planparse.syntax.headings import FRONT_MATTER, MONTH_HEADING, is_date_line, is_short, is_signer, is_title, read_plain
from planparse.syntax.lazy import lazy
from planparse.syntax.lines import UNKNOWN, Line

TOP_RANK = 4  # 第一部分, 第一章, 第一条, 壹、, Ⅰ., 一、: styles whose restart alone can start a new plan
LOOK_BACK = 40
_DATE_HINT = lazy("[0-9xX]{4}年?[-—–~～至.0-9]|[0-9xX〇○一二三四五六七八九]{2,4}[学年]|年度|第[一二]学期|[上下]学期")
_SUBTITLE_START = lazy("(?:[—─–-]{1,2}(?![-—─–])|[（(【《“])")


class PlanRange(NamedTuple):
    """The lines `first` to `last` (exclusive) that hold one plan; `mark` tells whether the first is a compiler's mark."""

    first: int
    last: int
    mark: bool


def find_plans(work: str, lines: list[Line], blocks: dict[int, int]) -> tuple[int, list[PlanRange]]:
    """How many lines stand before the first plan as a compiler's preface, and the plans in order.

    `blocks` maps the first line of each schedule or table to the line after its last; nothing inside starts a plan.
    """
    marks = _plan_marks(work, lines, blocks)
    first = 0
    if marks and all(not line.numbered or _is_preface(work, line) for line in lines[: marks[0]]) and marks[0] <= 12:
        first = marks[0]  # a compiler's headline and preface
    else:
        while first < len(lines) and _is_preface(work, lines[first]):
            first += 1
    if first == len(lines):
        return first, []
    breaks = [i for i, line in enumerate(lines) if line.opens and i] + _titled_starts(work, lines)
    starts = sorted({first, *(start for start in (*marks, *breaks) if start > first)})
    plans: list[PlanRange] = []
    for start, stop in zip(starts, [*starts[1:], len(lines)], strict=True):
        cuts = [start, *_unmarked_starts(work, lines, start, stop, blocks, start in marks)]
        for begin, end in zip(cuts, [*cuts[1:], stop], strict=True):
            plans.append(PlanRange(begin, end, begin in marks))
    return first, plans


def _titled_starts(work: str, lines: list[Line]) -> list[int]:
    """The lines in the style of a document's title below the body of another document."""
    starts: list[int] = []
    titled = body = False
    for i, line in enumerate(lines):
        if line.titled:
            if titled and body:
                dated = (j + 1 for j in range(i - 1, max(i - 4, 0), -1) if is_date_line(work, lines[j].start, lines[j].end))
                starts.append(next(dated, i))  # above the title, but below the last document's date, a unit's name may stand
            titled, body = True, False
        else:
            body = body or line.numbered or line.grid is not None or work[line.end - 1] in "。；"
    return starts


def _is_preface(work: str, line: Line) -> bool:
    return line.noise(work) is not None


def _plan_marks(work: str, lines: list[Line], blocks: dict[int, int]) -> list[int]:
    """The lines that are compilers' marks; a lone mark counts only as number one."""
    found: list[tuple[int, int]] = []
    i = 0
    chapters = False
    while i < len(lines):
        if i in blocks:
            i = blocks[i]
            continue
        line = lines[i]
        if line.end - line.start <= 60:
            value = notation.MARK_VALUE.search(work, line.start, line.end) if notation.is_plan_mark(work, line.start, line.end) else None
            if value is not None:
                numeral = value[1] or value[2]
                found.append((i, int(numeral) if numeral.isdecimal() else numerals.han_value(numeral) or 0))
            elif line.label is not None and line.label.style.name == "chapter":
                chapters = True
        i += 1
    if chapters and any(work[lines[i].start] == "第" for i, _ in found):
        return []
    rising = [i for k, (i, value) in enumerate(found) if k == 0 or value > found[k - 1][1] or value == 1]
    return rising if len(rising) > 1 or (found and found[0][1] == 1) else []


def _unmarked_starts(work: str, lines: list[Line], start: int, stop: int, blocks: dict[int, int], marked: bool) -> list[int]:
    """The lines between `start` and `stop` at which another plan begins without a mark."""
    starts: list[int] = []
    begin = start
    top: tuple[str, float] | None = None  # family and rank of the plan's outermost numbers
    last_top, numbered, last_numbered = 0, 0, start - 1
    first_body = -1
    i = start
    while i < stop:
        if i in blocks:
            i = last_numbered = blocks[i]
            last_numbered -= 1
            numbered += 2
            continue
        line = lines[i]
        label = line.label
        if label is None or not line.numbered:
            cut = _after_signature(work, lines, begin, i, stop)
            if cut:
                starts.append(cut)
                begin, top, last_top, numbered, last_numbered = cut, None, 0, 0, cut
                i = max(i, cut) + 1
                continue
            i += 1
            continue
        family, rank, value = label.style.family, label.style.rank, label.value
        at = None
        if value == 1 and numbered >= 2:
            if top is None:  # nothing but schedules and tables so far: under a title of its own another plan begins
                at = _titled(work, lines, begin, last_numbered + 1, i, marked) if rank <= TOP_RANK else None
            elif family == top[0] and last_top >= 2:
                same = _same_text(work, lines[first_body], line)
                at = None if same else _restart(work, lines, begin, last_numbered, i, rank, marked)
            elif rank < top[1] or family == top[0] or top[0] in ("chapter", "article"):
                at = _titled(work, lines, begin, last_numbered + 1, i, marked)
        if at is not None and at > begin:
            starts.append(at)
            begin, top, last_top, numbered = at, None, 0, 0
        if top is None or rank < top[1]:
            top, last_top = (family, rank), 0
        if family == top[0]:
            if value == 1:
                first_body = i
            last_top = value
        numbered += 1
        last_numbered = i
        i += 1
    return starts


def _same_text(work: str, first: Line, second: Line) -> bool:
    """A contents list repeats its entries as headings: the same words again start no new plan."""
    return work[first.body : first.end].strip() == work[second.body : second.end].strip()


def _restart(work: str, lines: list[Line], begin: int, last: int, i: int, rank: float, marked: bool) -> int | None:
    """Numbering starts again at line `i` in the plan's outermost style: where does the new plan begin, if it is one?"""
    titled = _titled(work, lines, begin, last + 1, i, marked)
    if titled is not None:
        return titled
    for j in range(max(last + 1, i - LOOK_BACK), i):
        if is_date_line(work, lines[j].start, lines[j].end) and j > begin + 1:
            for k in range(j + 1, i):
                if is_short(work, lines[k].start, lines[k].end) and (lines[k].blanks or k == j + 1):
                    return k
            return j + 1
    previous = lines[i - 1]
    if previous.label is not None and i - 1 == last and previous.end - previous.start <= 40 and work[previous.end - 1] not in "。；;！":
        return None  # a heading with its own list below
    if previous.label is None and i - 1 > last and read_plain(work, previous.start, previous.end).heading is not None:
        return None
    if i - 1 > last and work[previous.end - 1] in "：:":
        return None
    for j in range(last + 1, i):
        if read_plain(work, lines[j].start, lines[j].end).kind in ("heading", "month", "markdown", "bold", "front"):
            return None
    return i if rank <= TOP_RANK else None


def _titled(work: str, lines: list[Line], begin: int, first: int, i: int, marked: bool) -> int | None:
    """The title block or opening sentence between `first` and line `i`, or None.

    In a marked compilation a title whose numbers stand under a further heading is a part of its plan.
    """
    first = max(first, i - LOOK_BACK, begin + 1)
    for j in range(i - 1, first - 1, -1):
        line = lines[j]
        if line.debris not in UNKNOWN or (line.level > 1 and not line.titled):
            continue
        if marked and j < i and line.label is None and read_plain(work, line.start, line.end).kind in ("month", "heading"):
            return None
        if line.label is None and is_title(work, line.start, line.end) and not _is_part(work, lines, begin, j):
            k = j
            while k > first and _joins_title(work, lines[k - 1], lines[k]):
                k -= 1
            return k
    for j in range(first, i):
        if lines[j].label is None and notation.opens_plan(work, lines[j].start, lines[j].end):
            return j
    return None


def _joins_title(work: str, above: Line, line: Line) -> bool:
    """Whether the line above a title belongs to the same title block."""
    return (
        above.label is None
        and line.blanks == 0
        and is_short(work, above.start, above.end)
        and not is_date_line(work, above.start, above.end)
        and not is_signer(work, above.start, above.end)
    )


def _is_part(work: str, lines: list[Line], begin: int, j: int) -> bool:
    """A title line that heads a part of the running plan: its plan has a part title right below its own title."""
    if lines[j].blanks or begin + 1 >= j:
        return False
    second = lines[begin + 1]
    return second.label is None and not second.blanks and is_title(work, second.start, second.end)


def _after_signature(work: str, lines: list[Line], begin: int, i: int, stop: int) -> int | None:
    """Line `i` is the title of a new plan when the one before has just been signed and dated."""
    if i < begin + 3 or i + 1 >= stop or not is_date_line(work, lines[i - 1].start, lines[i - 1].end):
        return None
    for k in range(i, min(i + 4, stop - 1)):
        line = lines[k]
        if line.label is not None or not is_short(work, line.start, line.end) or line.noise(work) is not None:
            return None
        if is_title(work, line.start, line.end) and not (k == i and lines[i - 1].blanks):
            return i
    return None


class TitleBlock(NamedTuple):
    """`title` is the index of the plan's real title (None without one); the block ends before line `end`."""

    title: int | None
    lines: list[int]
    end: int


ANNEX = lazy("附件[ \u3000]?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})?[：:]?")
"""What stands above the title of an annex."""


def read_title(work: str, lines: list[Line], first: int, last: int, blocks: dict[int, int]) -> TitleBlock:
    """The title lines at the start of a plan's lines, noise among them left out."""
    found: list[int] = []
    annex = [first] if first + 1 < last and ANNEX.fullmatch(work, lines[first].start, lines[first].end) else []
    i = first + len(annex)
    while i < last and len(found) < 6 and i not in blocks:
        line = lines[i]
        if line.noise(work) is not None:
            if found:
                break
            i += 1
            continue
        if not (_first_title(work, lines, i, last) if not found else _next_title(work, lines, found, i, last)):
            break
        found.append(i)
        i += 1
    if not found:
        return TitleBlock(None, [], first)
    titled = [j for j in found if lines[j].titled] or found
    real = next((j for j in titled if _ends_as_title(work, lines[j])), titled[0])
    return TitleBlock(real, annex + found, found[-1] + 1)


def _ends_as_title(work: str, line: Line) -> bool:
    return notation.TITLE_END.search(work, line.start, line.end) is not None


def _first_title(work: str, lines: list[Line], i: int, last: int) -> bool:
    line = lines[i]
    if line.titled and line.label is None:
        return True
    if line.label is not None and not (not line.numbered and _SUBTITLE_START.match(work, line.start)):
        return False
    if line.level and any(other.level == line.level for other in lines[i + 1 : last]):
        return False
    if work[line.start] == "|":
        return False
    if not work[line.start : line.end].strip("#*_ \t\u3000\u00a0\u200b"):
        return False
    plain = read_plain(work, line.start, line.end)
    if plain.kind == "markdown":
        return not any(work.startswith("#" * plain.depth + " ", other.start) for other in lines[i + 1 : last])
    if plain.kind == "title" or (plain.kind == "month" and "年" in work[line.start : line.end] and _ends_as_title(work, line)):
        return True  # 2024年下半年工作安排 as a plan's first line is its title, further down a heading
    if plain.kind in ("bold", "front", "month", "heading"):
        return plain.kind == "bold" and plain.heading is not None and _ends_as_title(work, Line(*plain.heading, 0, None, 0, 0))
    if not is_short(work, line.start, line.end) or line.end - line.start < 4 or i + 1 == last:
        return False
    return not notation.STARTS_WITH_TIME.match(work, line.start, line.end) or _ends_as_title(work, line)


def _next_title(work: str, lines: list[Line], found: list[int], i: int, last: int) -> bool:
    """Whether a line below the first title line still belongs to the title block."""
    line, above = lines[i], lines[found[-1]]
    if line.numbered:
        return False
    if line.titled or line.level:
        return line.titled
    piece = work[line.start : line.end]
    if piece.startswith("# ") and not any(work[lines[j].start] == "#" for j in found):
        return True
    if line.end - line.start > 40 or piece[-1] in "。；;，,、：:" or piece[0] in "#|*":
        return False
    if notation.KNOWN_HEADING.fullmatch(piece) or FRONT_MATTER.match(piece) or MONTH_HEADING.match(piece):
        return False
    if _SUBTITLE_START.match(piece):
        if "：" in piece or ":" in piece:
            return False
        return line.label is None or not any(other.label and not other.numbered for other in lines[i + 1 : i + 3])
    titled = any(_ends_as_title(work, lines[j]) for j in found)
    if not is_short(work, line.start, line.end):
        return False
    if titled and line.label is None and is_title(work, line.start, line.end):
        if line.blanks and piece.startswith("关于"):
            return False
        return not any(
            is_title(work, other.start, other.end) and other.label is None for other in lines[i + 1 : last] if not other.blanks
        ) or bool(line.blanks)
    if _DATE_HINT.search(piece) and len(piece) <= 30 and not is_date_line(work, line.start, line.end):
        return True
    if is_date_line(work, line.start, line.end):
        return found[-1] == i - 1 and i + 1 < last
    first = work[lines[found[0]].start : lines[found[0]].end]
    if piece in first:
        return True
    return (
        not titled
        and line.label is None
        and (line.blanks == 0 or above.blanks > 0)
        and not is_signer(work, line.start, line.end)
        and len(piece) >= 4
    )
