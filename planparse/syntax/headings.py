"""What one line is by itself: a heading, a running text, a run-in heading with text, a title, a signature."""

from __future__ import annotations

from typing import NamedTuple

from planparse.syntax import notation
from planparse.syntax.lazy import lazy
from planparse.syntax.tree import Cut

LONGEST_HEADING = 40
LONGEST_RUN_IN = 30
LONGEST_LABEL = 14
_BLANKS = lazy("[ \u3000\u00a0]+")
_SENTENCE = lazy("[。！？]")
_COLON = lazy("(?<![0-9０-９])[:：](?!//)")
MARKDOWN_HEADING = lazy("(#{1,6})[ \t]+")
_BOLD_LINE = lazy("(?:\\*\\*|__)(?=\\S)([^*_]{1,60})(?:\\*\\*|__)([:：]?)$")
_ADDRESSEE = lazy("(?:各|全体|尊敬的|局属|市直|县直|区直|机关|亲爱的|致)[^。；]{1,40}[:：]$")
_LEADS_IN = lazy(
    "为(?!什么|何)|根据|按照|经(?:研究|校|局|市|县|区)|现将|副?(?:组[ \u3000]*长|总指挥|指挥长?|主[ \u3000]*任|队[ \u3000]*长)[:：]|(?:组|成|队|委)[ \u3000]*员(?:单位)?[:：]"
)
FRONT_MATTER = lazy(
    "(?:前[ \u3000]*言|引[ \u3000]*言|序[ \u3000]*言|序|卷首语|摘[ \u3000]*要|目[ \u3000]*录|后[ \u3000]*记|结[ \u3000]*语|結語)$"
)
MONTH_HEADING = lazy(
    "(?:[0-9xX]{2,4}年)?(?:(?:(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月份?[、—~～至和-])?(?:[0-9]{1,2}|[一二三四五六七八九十元正]{1,2})(?:[、—~～至和-](?:[0-9]{1,2}|[一二三四五六七八九十]{1,2}))?月份?|第[一二三四][ ]?季度|[上下]半年|[春秋]季学期|第[一二]学期)(?:工作(?:安排|重点|计划|要点)?)?[:：]?$"
)


Split = tuple[Cut | None, Cut | None]
"""A line's own words: the heading without its number, and the running text; either may be missing."""


def split_heading(work: str, start: int, end: int) -> Split:
    """Tells the heading from the running text in a numbered line without its number.

    A heading stands alone (short, no full stop), or runs into its text: the first sentence when it is short and more
    follows, or a short label before a colon. A node's fields depend on this line only.
    """
    while start < end and work[start] in "。：:":  # a stray mark right after the label
        start += 1
    if start >= end:
        return None, None
    last = work[end - 1]
    length = end - start
    sentence = _SENTENCE.search(work, start, min(end, start + LONGEST_RUN_IN + 2))
    near = min(end, start + LONGEST_LABEL + 1)
    colon = _COLON.search(work, start, near) if work.find("：", start, near) >= 0 or work.find(":", start, near) >= 0 else None
    if colon is not None and sentence is not None and sentence.start() < colon.start():
        colon = None
    if colon is not None and (notation.CLAUSE_MARK.search(work, start, colon.start()) or _in_bracket(work, start, colon.start())):
        colon = None
    if colon is not None:
        if colon.end() == end:
            return (Cut(start, colon.start()), None)
        return (Cut(start, colon.start()), Cut(colon.end(), end))
    if sentence is not None and sentence.end() < end:
        return (Cut(start, sentence.start()), Cut(sentence.end(), end))
    if last in ":：" and length <= LONGEST_HEADING and not _SENTENCE.search(work, start, end):
        return (Cut(start, end - 1), None)
    if length > LONGEST_HEADING:
        return _blank_heading(work, start, end) or (None, Cut(start, end))
    if last not in "。；;，,、！？!?…" and not _SENTENCE.search(work, start, end):
        return (Cut(start, end), None)
    return _blank_heading(work, start, end) or (None, Cut(start, end))


def _in_bracket(work: str, start: int, at: int) -> bool:
    """Whether a bracket that opens after `start` is still open at `at`."""
    return max(work.rfind("（", start, at), work.rfind("(", start, at)) > max(work.rfind("）", start, at), work.rfind(")", start, at))


def _blank_heading(work: str, start: int, end: int) -> Split | None:
    """`工作进展情况 全市教育战线…。`: a heading set apart from its text by a blank only."""
    gap = _BLANKS.search(work, start + 4, min(end, start + 24))
    if gap is None or end - gap.end() < 20 or notation.CLAUSE_MARK.search(work, start, gap.start()):
        return None
    if not _SENTENCE.search(work, gap.end(), end):
        return None
    return (Cut(start, gap.start()), Cut(gap.end(), end))


MONTH_LABEL = lazy("(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月份?[:：](?=\\S)")
"""`二月：行规养成月`: a month with its theme."""


def _may_be_month(work: str, start: int, end: int) -> bool:
    """A quick test before `MONTH_HEADING` is tried."""
    return any(work.find(word, start, end) >= 0 for word in ("月", "季度", "半年", "学期"))


class Plain(NamedTuple):
    """A line without a number, read by itself: `kind` is one of heading, month, title, bold, markdown, front, annex, text."""

    kind: str
    heading: Cut | None = None
    depth: int = 0  # of a Markdown heading


def read_plain(work: str, start: int, end: int) -> Plain:
    """What an unnumbered line is by its own looks; `text` when it is running text."""
    first = work[start]
    if first == "#":
        marks = MARKDOWN_HEADING.match(work, start, end)
        if marks is not None:
            return Plain("markdown", _without_marks(work, marks.end(), end), len(marks[1]))
    if first in "*_":
        bold = _BOLD_LINE.match(work, start, end)
        if bold is not None:
            return Plain("bold", Cut(bold.start(1), bold.end(1)), 7)
    length = end - start
    if length > LONGEST_HEADING:
        return Plain("text")
    last = work[end - 1]
    if first == "附" and notation.ANNEX.match(work, start, end) and last not in "。；;":
        return Plain("annex", Cut(start, end - 1 if last in ":：" else end))
    if last in ":：":
        if length == 1:
            return Plain("text")
        if length <= 9 and _may_be_month(work, start, end) and MONTH_HEADING.match(work, start, end):
            return Plain("month", Cut(start, end - 1))
        if length <= 22 and work[end - 2] not in "是为有" and not notation.CLAUSE_MARK.search(work, start, end - 1):
            opens_text = _ADDRESSEE.match(work, start, end) or _LEADS_IN.match(work, start, end)
            if not opens_text and work[end - 3 : end - 1] not in ("如下", "以下", "通知"):
                return Plain("heading", Cut(start, end - 1))
        return Plain("text")
    if (
        length <= 24
        and _may_be_month(work, start, end)
        and MONTH_LABEL.match(work, start, end)
        and not _RUNNING.search(work, start + 4, end)
    ):
        return Plain("month", Cut(start, end))
    if length <= 12 and _may_be_month(work, start, end) and MONTH_HEADING.match(work, start, end):
        return Plain("month", Cut(start, end))
    if length <= 6 and FRONT_MATTER.match(work, start, end):
        return Plain("front", Cut(start, end))
    if is_title(work, start, end):
        return Plain("title", Cut(start, end))
    return Plain("text")


def _without_marks(work: str, start: int, end: int) -> Cut:
    while end > start and work[end - 1] in "#* \t":
        end -= 1
    while start < end and work[start] in "* \t":
        start += 1
    return Cut(start, end)


def is_short(work: str, start: int, end: int, longest: int = LONGEST_HEADING) -> bool:
    """A short line without any mark of running text: a title or heading by its looks."""
    return end - start <= longest and work[end - 1] not in "。；;，,、：:.!！?？" and not _RUNNING.search(work, start, end)


_RUNNING = lazy("[。；;，,：:\\t|]")


def is_title(work: str, start: int, end: int) -> bool:
    """Whether the line looks like a plan's title: short, unmarked, its last word a kind of document."""
    if not 4 <= end - start <= LONGEST_HEADING or work[end - 1] in "。；;，,、：:":
        return False
    if work[start] in "#|*":
        return False
    if _RUNNING.search(work, start, end) and not notation.DOCUMENT_KIND_START.search(work, start, end):
        return False
    if notation.is_plan_mark(work, start, end):
        return False
    return notation.TITLE_END.search(work, start, end) is not None


_DATE_FIRST = "0123456789０１２３４５６７８９二一民xX×"
"""A quick test: what a date at the foot of a document can start with."""


def is_date_line(work: str, start: int, end: int) -> bool:
    """A line that is nothing but a date, as at the foot of a document."""
    return end - start <= 24 and work[start] in _DATE_FIRST and notation.DATE_LINE.match(work, start, end) is not None


def is_signer(work: str, start: int, end: int) -> bool:
    """A line that can be the name of the issuing unit."""
    return end - start <= 30 and is_short(work, start, end, 30) and notation.UNIT_END.search(work[start:end]) is not None
