"""What stands above the register: both files, the sums, what to look at first, the targets, and the steps in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from planparse.diff.model import FieldChange, Head, Record, Side
from planparse.model import Target
from planparse.report.changes import wording
from planparse.report.changes.page_register import Page, excerpt, shown

SHORT_SHA = 12
"""So many digits of a checksum are shown on a screen; paper has all."""

Found = tuple[int, Record, FieldChange]
"""A changed value with its record and the record's number."""


def head(page: Page) -> Iterator[str]:
    """Both files, and what made the comparison."""
    old, new, translate = page.comparison.old, page.comparison.new, page.translate
    yield f'<table class="files"><tr><td></td><th scope="col">{shown(page.old)}</th><th scope="col">{shown(page.new)}</th></tr>'
    yield _pair(translate("File"), shown(old.name), shown(new.name))
    if old.title or new.title:
        yield _pair(translate("Title"), *(f'<span lang="zh">{shown(side.title or "")}</span>' for side in (old, new)))
    if old.year or new.year:
        yield _pair(translate("Year"), *(str(side.year or "") for side in (old, new)))
    yield _pair("SHA-256", _sha(old), _sha(new))
    options = translate(", ").join(wording.options(page.comparison, translate))
    made = translate("planparse {version}; options: {options}") if options else translate("planparse {version}, no options")
    yield f'</table>\n<p class="pale">{shown(made.format(version=page.comparison.version, options=options))}</p>'


def _pair(name: str, old: str, new: str) -> str:
    return f'<tr><th scope="row">{shown(name)}</th><td>{old}</td><td>{new}</td></tr>'


def _sha(side: Head) -> str:
    short, rest = side.sha256[:SHORT_SHA], side.sha256[SHORT_SHA:]
    return f'<code title="{shown(side.sha256)}">{shown(short)}<span class="rest">{shown(rest)}</span></code>'


def sums(page: Page) -> Iterator[str]:
    """How the entries of both plans add up, and how often each kind was found."""
    translate, count = page.translate, page.comparison.count
    old, new = wording.balances(page.comparison)
    rows = [
        (translate("carried over, one to one"), old.kept, new.kept),
        (translate("in splits and mergers"), old.parts, new.parts),
        (translate("removed"), old.alone, None),
        (translate("added"), None, new.alone),
    ]
    yield f'<table class="sums"><tr><td></td><th scope="col">{shown(page.old)}</th><th scope="col">{shown(page.new)}</th></tr>'
    for name, left, right in rows:
        yield f'<tr><th scope="row">{shown(name)}</th>{_number(left)}{_number(right)}</tr>'
    total, unchanged, sureness = (
        translate("entries in all"),
        translate("Pairs without a change: {count}"),
        translate("How sure the pairs are:"),
    )
    yield f'<tr class="total"><th scope="row">{shown(total)}</th>{_number(old.total)}{_number(new.total)}</tr></table>'
    yield '<div class="kinds-found">'
    yield f"<p>{shown(unchanged.format(count=count.unchanged))}</p>"
    yield _named(page, translate("Found:"), wording.counted(page.comparison))
    yield _named(page, translate("Not counted as findings:"), wording.folds(page.comparison))
    sure = [(translate(name), count.confidence[key]) for key, name in wording.CONFIDENCE.items() if count.confidence.get(key)]
    if sure:
        yield f"<p>{shown(sureness)} {_listed(sure)}</p>"
    yield "</div>"


def _number(value: int | None) -> str:
    return f'<td class="count">{"" if value is None else value}</td>'


def _named(page: Page, lead: str, counts: Iterable[tuple[str, int]]) -> str:
    named = [(wording.named(kind, page.translate), number) for kind, number in counts]
    return f"<p>{shown(lead)} {_listed(named)}</p>" if named else ""


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return " ".join(f'<span class="amount">{shown(name)} <b>{number}</b></span>' for name, number in counts)


def _left_out(page: Page, kinds: Iterable[str]) -> str:
    """What was counted, but is not among the records: a page that lists only some must not say that there is nothing else."""
    listed = Counter(f"{change.field}/{change.change}" for record in page.comparison.records for change in record.fields)
    left = [(kind, page.comparison.count.fields.get(kind, 0) - listed[kind]) for kind in kinds]
    return _named(page, page.translate("Counted, but left out of this page:"), [(kind, number) for kind, number in left if number > 0])


def exceptions(page: Page) -> Iterator[str]:
    """What a reviewer asks about first, kind by kind, each with a link to its record."""
    translate = page.translate
    removed: list[Found] = []
    found: dict[str, list[Found]] = {kind: [] for kind in wording.EXCEPTIONS}
    for number, record in enumerate(page.comparison.records, 1):
        for change in record.fields:
            kind = f"{change.field}/{change.change}"
            if not wording.is_exception(change) or "added" in record.changes:
                continue
            if "removed" not in record.changes:
                found[kind].append((number, record, change))
            elif kind == "target/dropped":
                removed.append((number, record, change))
    groups = [*((wording.named(kind, translate), rows) for kind, rows in found.items()), (translate("removed, and had a target"), removed)]
    left = _left_out(page, wording.EXCEPTIONS)
    yield left
    if not left and not any(rows for _, rows in groups):
        nothing = translate("No target is weaker or dropped, no deadline is later, no owner has changed.")
        yield f'<p class="pale">{shown(nothing)}</p>'
    for name, rows in groups:
        if rows:
            yield f'<h3>{shown(name)} <span class="pale">{len(rows)}</span></h3>\n<ul class="first">'
            yield from (f"<li>{_exception(page, *row)}</li>" for row in rows)
            yield "</ul>"


def _exception(page: Page, number: int, record: Record, change: FieldChange) -> str:
    side = record.new or record.old
    words = " ".join(part for part in (wording.subject(change), wording.values(change, page.translate)) if part)
    return f'{_link(number, side)} <b>{shown(words)}</b> <span class="pale" lang="zh">{shown(excerpt(side.text if side else ""))}</span>'


def _link(number: int, side: Side | None) -> str:
    return f'<a href="#record-{number}" lang="zh">{shown(wording.place(side) or str(number))}</a>'


def targets(page: Page) -> Iterator[str]:
    """Every changed target with both figures as bars, those that fell most first."""
    translate = page.translate
    rows = [
        (number, record, change)
        for number, record in enumerate(page.comparison.records, 1)
        for change in record.fields
        if change.field == "target"
    ]
    left = _left_out(page, [kind for kind in wording.CHANGES if kind.startswith("target/")])
    yield left
    if not rows:
        nothing = translate("No target has changed.")
        yield "" if left else f'<p class="pale">{shown(nothing)}</p>'
        return
    heads = (translate("Where"), translate("Target"), page.old, page.new, translate("Both figures"), translate("Difference"))
    cells = "".join(f'<th scope="col">{shown(name)}</th>' for name in heads)
    yield f'<table class="targets"><thead><tr>{cells}</tr></thead><tbody>'
    for number, record, change in sorted(rows, key=_fall):
        side = record.new or record.old
        name = wording.subject(change) or excerpt(side.text if side else "")
        kind = wording.named(f"target/{change.change}", translate)
        far = wording.distance(change, translate)
        yield (
            f'<tr class="{change.change}{wording.bound(change)}"><td>{_link(number, side)}</td><th scope="row" lang="zh">{shown(name)}</th>'
            f'<td class="figure" lang="zh"><span class="who">{shown(page.old)}</span> {shown(wording.value(change.old))}</td>'
            f'<td class="figure" lang="zh"><span class="who">{shown(page.new)}</span> {shown(wording.value(change.new))}</td>'
            f'<td class="bars">{_bars(change)}</td>'
            f'<td class="difference"><span class="badge target {change.change}{wording.bound(change)}">{shown(kind)}</span> {shown(far)}</td></tr>'
        )
    yield "</tbody></table>"


_FALLS = ("lowered", "dropped", "replaced", "raised", "added", "earlier", "later")


def _fall(found: Found) -> tuple[int, float, int]:
    """Lowered ones first, the deepest fall above, then what is dropped; the highest rise is last but for what is added."""
    number, _, change = found
    size = abs(change.percent) if change.percent is not None else 0.0
    return _FALLS.index(change.change), size if change.change == "raised" else -size, number


def _bars(change: FieldChange) -> str:
    """Both figures, drawn to the same scale where they are in the same unit."""
    old, new = _figure(change.old), _figure(change.new)
    if old and new and old[1] != new[1]:
        return ""
    most = max(abs(figure[0]) for figure in (old, new) if figure) if old or new else 0
    if not most:
        return ""
    bars = "".join(
        f'<rect class="{name}" y="{y}" width="{abs(figure[0]) / most * 100:.4g}%" height="9"/>'
        for name, y, figure in (("old", 1, old), ("new", 12, new))
        if figure
    )
    return f'<svg width="100%" height="22" aria-hidden="true" focusable="false">{bars}</svg>'


def _figure(target: object) -> tuple[float, str | None] | None:
    """A target's figure and its unit."""
    if not isinstance(target, Target) or target.value is None:
        return None
    return target.value, target.unit


def steps(page: Page) -> Iterator[str]:
    """The steps in time, each said once."""
    if page.comparison.shifts:
        yield '<ul class="steps">'
        for shift in page.comparison.shifts:
            yield f"<li>{shown(wording.shifted(shift, page.comparison, page.translate))}</li>"
        yield "</ul>"
