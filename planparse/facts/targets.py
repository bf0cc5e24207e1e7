"""Finds the figures a text promises: which of its figures bind, how they bind, and what they count."""

from __future__ import annotations

from typing import NamedTuple

from planparse.facts.binding import Times, binds, conditions, is_case, is_condition, is_named
from planparse.facts.comparators import RATES, change_of, comparator_after, comparator_before
from planparse.facts.figures import Figure, find_figures
from planparse.facts.subjects import Subject, share_out, subject_of
from planparse.syntax.lazy import lazy


class Target(NamedTuple):
    """A promised figure."""

    start: int
    """Where its words begin, the comparator included."""
    end: int
    figure: Figure
    comparator: str
    change: str | None
    """`increase` or `decrease` where the figure tells how far something rises or falls; None for a level."""
    subject: Subject | None
    said: bool = False
    """Whether the comparator stands before the figure: then it holds for the figures that follow in a row."""


_MARK = lazy("大关|关口")
_FIGURE_FOLLOWS = lazy("[ ]?(?:\\d|[一二三四五六七八九十百]{1,3}[名人个所])")
_PARTS_SENTENCE = lazy("[。；;！!？?\n]")
_GOES_ON = lazy(
    "[，,（( ]*(?:(?:分别|其中)?占[^，,]{0,14}|(?:最终|力争|确保|并|分别)*(?:达到|达|增至|升至|降至|增加到|提高到|提升到|下降到|降到|为|约)*)"
)
"""What stands between two figures of one subject: 提高2个百分点，达到12%."""

_MISHAPS = (
    "事故|伤亡|死亡|投诉|上访|差错|失误|违纪|违规|违法|犯罪|案件|火灾|火情|辍学|溺水|感染|缺陷|"
    "溺亡|发案|事件|拒收|流失|泄露|泄漏|疫情|浪费|积压|欠薪|逾期|超标|发生|增长|新增"
)
ZERO = lazy(f'[“‘"「]?零[”’"」]?(?:重大|责任)?(?P<what>[\u4e00-\u9fff]{{0,4}}?(?:{_MISHAPS}))[”’"」]?')
ZERO_AFTER = lazy(f"(?P<what>[\u4e00-\u9fff]{{0,6}}(?:{_MISHAPS})(?:率|数|量)?)(?:为|保持|实现)(?P<zero>零)(?=[，,。；;、！!）)]|\\Z)")
BARE = lazy(
    "(?:不低于|不少于|不超过|超过|突破|高于|低于|控制在|达到|达|增至|增加到|提高到|提升到|上升到|降至|降到|降低到|减少到|保持在|稳定在)(?:达到|达)?[ ]?"
    "(?P<n>\\d{1,3}(?:[,，]\\d{3})+|\\d{2,}(?:\\.\\d+)?|\\d\\.\\d+)(?=以上|以下|以内|左右|大关|\\s{0,3}(?:[，,。；;、）)]|\\Z))"
)


def find_targets(text: str, start: int, end: int, times: Times) -> list[Target]:
    """The figures that a stretch of running text promises, in order."""
    out: list[Target] = []
    titles = _titles(text, start, end)
    cases = conditions(text, start, end)
    for figure in find_figures(text, start, end):
        if titles and any(a <= figure.start < b for a, b in titles):
            continue
        if cases and any(a <= figure.start < b for a, b in cases):
            continue
        target = _judge(text, start, end, figure, times, out[-1] if out else None)
        if target is not None:
            out.append(target)
    more = list(_bare(text, start, end, out, times))
    if text.find("零", start, end) >= 0:
        more.extend(_zeros(text, start, end, titles))
    if more:
        out = sorted([*out, *more], key=lambda target: target.start)
    return _shared_out(text, start, out) if len(out) > 1 else out


def _titles(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where titles in 《》 stand: figures in them are names."""
    out = []
    at = text.find("《", start, end)
    while at >= 0:
        close = text.find("》", at, end)
        if close < 0:
            break
        out.append((at, close))
        at = text.find("《", close, end)
    return out


def _judge(text: str, start: int, end: int, figure: Figure, times: Times, before: Target | None) -> Target | None:
    """The target that a figure is; None where it promises nothing."""
    at = figure.start
    if is_named(text, start, end, figure) or times.holds(at, figure.end):
        return None
    comparator, begin = comparator_before(text, start, at)
    said = begin < at
    comparator, stop = comparator_after(text, figure.end, end, comparator)
    about_which = (stop > figure.end and not said) or (said and comparator in ("<", ">"))
    if about_which and is_condition(text, start, begin, stop, end, figure):
        return None
    if is_case(text, start, begin, stop, end, figure):
        return None
    if comparator == "=":
        comparator = ">" if figure.more else "~" if figure.vague else "="
    mark = _MARK.match(text, stop, end)
    stop = mark.end() if mark else stop
    if _FIGURE_FOLLOWS.match(text, stop, end):
        return None
    change = change_of(text, start, begin, figure)
    if before is not None and before.figure.unit == figure.unit and _row(text, before.end, begin):
        if comparator == "=" and before.said:
            comparator = before.comparator
        said = said or before.said
        change = change or before.change
    if not binds(text, start, end, figure, comparator, change, begin, times):
        return None
    subject = subject_of(text, start, end, begin, figure, stop, before.end if before is not None else start)
    if before is not None and _row(text, before.end, begin) and (subject is None or figure.written_unit == before.figure.written_unit):
        subject = subject if subject is not None and subject[0][0] > stop - 1 else before.subject
    if change is not None and subject is not None and text[subject[0][0] : subject[-1][1]] in RATES:
        subject = None  # 产值1.2亿元，增幅8%
    if (
        subject is None
        and before is not None
        and not _PARTS_SENTENCE.search(text, before.end, begin)
        and (change or _GOES_ON.fullmatch(text, before.end, begin))
    ):
        subject = before.subject  # 在校生数达到56852人，比去年多3707人
    return Target(begin, stop, figure, comparator, change, subject, said)


def _row(text: str, left: int, right: int) -> bool:
    """Whether two figures stand in a row: 10册、14册."""
    return left < right <= left + 3 and text[left:right].strip(" \u3000") in ("、", "和", "及", "与", "，", ",", "和近")


def _zeros(text: str, start: int, end: int, titles: list[tuple[int, int]]) -> list[Target]:
    """零事故, “零”投诉."""
    out = []
    for found in ZERO.finditer(text, start, end):
        if found.start() > start and text[found.start() - 1] in "百千十万点之":
            continue
        if any(a <= found.start() < b for a, b in titles):
            continue
        figure = Figure(*found.span(), 0.0, None, None, 0.0, None, None, form="zero", han=True)
        out.append(Target(*found.span(), figure, "=", None, (found.span("what"),)))
    for found in ZERO_AFTER.finditer(text, start, end):
        figure = Figure(*found.span("zero"), 0.0, None, None, 0.0, None, None, form="zero", han=True)
        out.append(Target(*found.span("zero"), figure, "=", None, (found.span("what"),)))
    return out


def _bare(text: str, start: int, end: int, known: list[Target], times: Times) -> list[Target]:
    """Figures without a unit that are said to be reached: 在校生数达到56852."""
    out = []
    for found in BARE.finditer(text, start, end):
        at, stop = found.span("n")
        if any(target.start <= at < target.end for target in known) or times.holds(at, stop):
            continue
        value = float(found["n"].replace(",", "").replace("，", ""))
        comparator, begin = comparator_before(text, start, at)
        comparator, stop = comparator_after(text, stop, end, comparator)
        figure = Figure(at, found.end("n"), value, None, None, value, None, None, form="bare")
        out.append(Target(begin, stop, figure, comparator, None, subject_of(text, start, end, begin, figure, stop, start)))
    return out


def _shared_out(text: str, start: int, targets: list[Target]) -> list[Target]:
    """Gives figures in a row the names in a row before them, one each."""
    out = list(targets)
    k = 0
    while k < len(out):
        last = k
        while (
            last + 1 < len(out)
            and out[k].figure.form != "zero"
            and out[last + 1].figure.unit == out[k].figure.unit
            and _row(text, out[last].end, out[last + 1].start)
        ):
            last += 1
        if last > k:
            names = share_out(text, start, out[k].start, last - k + 1)
            subject = out[k].subject
            for j in range(k, last + 1):
                out[j] = out[j]._replace(subject=names[j - k] if names is not None else subject)
        k = last + 1
    return out
