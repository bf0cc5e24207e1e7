"""Findings as one web page: each file's text with line numbers, its findings beside the lines they are about.

The page needs no network, reads without its script, which only filters, and prints.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import pairwise
from typing import NamedTuple

from planparse.report.json import help_command
from planparse.report.positions import Lines
from planparse.report.run import FileResult, Run, mend_of, origin_of, reason
from planparse.report.statistics import counted
from planparse.report.wording import amount, fix_name, listed, severity_name, summary
from planparse.rules.engine import SEVERITIES, Violation
from planparse.rules.registry import rules
from planparse.width import visible, visible_character

MOST_LINES = 40
"""A finding marks no more lines than so many."""

STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1a1c20; --pale: #5c6470; --line: #d9dde3; --shade: #f5f6f8;
  --error: #b3261e; --warning: #8a5a00; --information: #0b5cad; --error-mark: #fbd9d6; --warning-mark: #fdeab8; --information-mark: #d6e8fb }
@media (prefers-color-scheme: dark) { :root { --paper: #16181c; --ink: #e6e8eb; --pale: #a0a7b1; --line: #343942; --shade: #1e2126;
  --error: #ff8a80; --warning: #f2c14e; --information: #82b7f5; --error-mark: #5c211d; --warning-mark: #4d3a08; --information-mark: #163a61 } }
body { margin: 0 auto; max-width: 82rem; padding: 1rem 1.25rem 3rem; background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif }
h1 { font-size: 1.5rem; margin: .5rem 0 } h2 { font-size: 1.15rem; margin: 2.5rem 0 .5rem; overflow-wrap: anywhere }
a { color: var(--information) } code { font-family: ui-monospace, monospace; font-size: .9em }
table { border-collapse: collapse; width: 100% } th, td { text-align: start; vertical-align: top; padding: .2rem .6rem }
.list { width: auto; margin: 1rem 0 } .list th, .list td { border-bottom: 1px solid var(--line) } .list .count { text-align: end }
.text { border: 1px solid var(--line); table-layout: fixed } .text tr:has(li) { background: var(--shade) }
.text .number { width: 3.5rem; text-align: end; color: var(--pale); font-weight: normal; font-variant-numeric: tabular-nums;
  user-select: none } .text .words { white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4 } .text .beside { width: 38% }
ul { list-style: none; margin: 0; padding: 0 } li { border-inline-start: .25rem solid; padding-inline-start: .6rem; margin: .15rem 0 .4rem }
li.error { border-color: var(--error) } li.warning { border-color: var(--warning) } li.information { border-color: var(--information) }
b.error { color: var(--error) } b.warning { color: var(--warning) } b.information { color: var(--information) }
.fix, .pale { color: var(--pale) } .fix { display: block }
mark { color: inherit; border-bottom: 2px solid } mark.error { background: var(--error-mark); border-color: var(--error) }
mark.warning { background: var(--warning-mark); border-color: var(--warning) }
mark.information { background: var(--information-mark); border-color: var(--information) }
mark.off { background: none; border-color: transparent } [hidden], tr.bare { display: none }
form p label { margin-inline-end: 1.25rem } .list label, .list code { white-space: nowrap }
@media screen and (max-width: 48rem) { .text, .text tbody, .text tr, .text td { display: block } .text .number { float: left } .text .beside { width: auto }
  .text .words { margin-inline-start: 4.5rem } .list, .list tbody, .list tr, .list th, .list td { display: block; border: 0 }
  .list tr { border-bottom: 1px solid var(--line); padding: .3rem 0 } .list .count { float: left } }
@media print { form p, input { display: none } body { max-width: none; padding: 0; font-size: 10pt } tr { break-inside: avoid }
  mark, li { print-color-adjust: exact; -webkit-print-color-adjust: exact } h2 { break-after: avoid } }
""".strip()

SCRIPT = """
const form = document.querySelector("form"), boxes = [...form.querySelectorAll("input[value]")], only = document.getElementById("only");
function filter() {
  const off = new Set(boxes.filter(box => !box.checked).map(box => box.value));
  for (const part of document.querySelectorAll("[data-of]")) {
    const on = part.dataset.of.split(" ").some(key => !key.split("/").some(word => off.has(word)));
    if (part.matches("mark")) part.classList.toggle("off", !on); else part.hidden = !on;
  }
  for (const row of document.querySelectorAll(".text tr")) row.classList.toggle("bare", only.checked && !row.querySelector("li:not([hidden])"));
}
for (const part of form.querySelectorAll("[hidden]")) part.hidden = false;
form.addEventListener("change", filter);
filter();
""".strip()


class Stretch(NamedTuple):
    """What a finding marks in a line, in code points counted from 0."""

    start: int
    end: int
    violation: Violation


def write(run: Run) -> str:
    """The page."""
    translate = run.translate
    title = escape(translate("What planparse found"))
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    found = any(result.violations for result in run.results)
    body = [
        f"<h1>{title}</h1>",
        f"<p>{escape(summary(run))}</p>",
        *_files(run),
        *(_rules(run) if found else ()),
        *(line for k, result in enumerate(run.results, 1) if result.violations for line in _file(run, result, k)),
        *([f"<script>\n{SCRIPT}\n</script>"] if found else ()),
    ]
    head = [
        "<!DOCTYPE html>", f'<html lang="{_language(run)}">', '<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>", f"<style>\n{STYLE}\n</style>\n</head>", "<body>",
    ]  # fmt: skip
    return "\n".join([*head, *body, "</body>", "</html>", ""])


def _language(run: Run) -> str:
    return escape({"zh": "zh-CN"}.get(run.language, run.language))


def _files(run: Run) -> Iterator[str]:
    """A row a file: its name, what was found, why it could not be read."""
    yield '<table class="list">'
    for k, result in enumerate(run.results, 1):
        name = escape(_shown(result.name))
        link = f'<a href="#file-{k}">{name}</a>' if result.violations else name
        yield f'<tr><th scope="row">{link}</th><td>{_outcome(run, result)}</td></tr>'
    yield "</table>"


def _outcome(run: Run, result: FileResult) -> str:
    translate = run.translate
    if result.error is not None:
        return f'<b class="error">{escape(severity_name("error", translate))}</b>: {escape(visible(reason(result)))}'
    nothing = translate("nothing found")
    return escape(_amounts(run, result)) or f'<span class="pale">{escape(nothing)}</span>'


def _amounts(run: Run, result: FileResult) -> str:
    counts = [(severity, sum(violation.severity == severity for violation in result.violations)) for severity in SEVERITIES]
    return listed([amount(severity, count, run.translate) for severity, count in counts if count], run.translate)


def _rules(run: Run) -> Iterator[str]:
    """A row a rule: how many findings, what it is about; with boxes that the script filters by and without it are not there."""
    translate = run.translate
    yield "<form>\n<p hidden>"
    for severity, count in run.counts().items():
        if count:
            yield _label(f'<input type="checkbox" value="{severity}" checked>', amount(severity, count, translate))
    yield _label('<input type="checkbox" id="only">', translate("only lines with findings"))
    yield '</p>\n<table class="list">'
    for row in counted(run):
        code = escape(str(row["code"]))
        entry = rules().get(code)
        about = escape(translate(entry.summary)) if entry else ""
        box = _label(f'<input type="checkbox" value="{code}" checked hidden>', f"{code} {row['name']}")
        yield (
            f'<tr><td class="count">{row["count"]}</td><th scope="row">{box}</th>'
            f"<td>{about} <code>{escape(help_command(code))}</code></td></tr>"
        )
    yield "</table>\n</form>"


def _label(box: str, words: str) -> str:
    return f"<label>{box} {escape(words)}</label>"


def _file(run: Run, result: FileResult, k: int) -> Iterator[str]:
    yield f'<section id="file-{k}">\n<h2>{escape(_shown(result.name))}</h2>\n<p class="pale">{escape(_amounts(run, result))}</p>'
    beside: dict[int, list[Violation]] = {}
    for violation in result.violations:
        beside.setdefault(violation.place.line if violation.place else 0, []).append(violation)
    if 0 in beside:
        yield _notes(run, beside[0])
    yield '<table class="text">'
    for number, text, stretches in _lines(result, beside):
        notes = _notes(run, beside[number]) if number in beside else ""
        yield (
            f'<tr id="file-{k}-line-{number}"><th scope="row" class="number">{number}</th><td class="words" lang="zh">'
            f'{"".join(_marked(text, stretches))}</td><td class="beside">{notes}</td></tr>'
        )
    yield "</table>\n</section>"


def _lines(result: FileResult, beside: dict[int, list[Violation]]) -> Iterator[tuple[int, str, list[Stretch]]]:
    """The lines to be shown, with what is marked in them: all of the text, or only excerpts where there is no text."""
    source = Lines(result).source
    if source is None:
        for number in sorted(beside.keys() - {0}):
            shown = beside[number][0].excerpt
            yield number, shown, []
        return
    marked: dict[int, list[Stretch]] = {}
    for violation in result.violations:
        place = violation.place
        if place is not None:
            for line in range(place.line, min(place.end_line, place.line + MOST_LINES) + 1):
                start = place.column - 1 if line == place.line else 0
                end = place.end_column - 1 if line == place.end_line else len(source.text)
                marked.setdefault(line, []).append(Stretch(start, end, violation))
    bounds = [*source.line_starts, len(source.text)]
    for number in range(1, source.lines + 1):
        yield number, source.text[bounds[number - 1] : bounds[number]].rstrip("\r\n"), marked.get(number, [])


def _marked(text: str, stretches: list[Stretch]) -> Iterator[str]:
    """A line with its marks; where several overlap the gravest colours it."""
    cuts = sorted({0, len(text), *(min(end, len(text)) for stretch in stretches for end in stretch[:2])})
    waiting = sorted(stretches, key=lambda stretch: stretch.start, reverse=True)
    open_here: list[Stretch] = []
    for start, end in pairwise(cuts):
        piece = escape(_shown(text[start:end]))
        while waiting and waiting[-1].start <= start:
            open_here.append(waiting.pop())
        open_here = [stretch for stretch in open_here if stretch.end >= end]
        if of := [stretch.violation for stretch in open_here]:
            gravest = min((violation.severity for violation in of), key=SEVERITIES.index)
            piece = f'<mark class="{gravest}" data-of="{_keys(of)}">{piece}</mark>'
        yield piece


def _notes(run: Run, violations: Iterable[Violation]) -> str:
    return "<ul>" + "".join(_note(run, violation) for violation in violations) + "</ul>"


def _note(run: Run, violation: Violation) -> str:
    translate = run.translate
    name = escape(severity_name(violation.severity, translate))
    origin = origin_of(violation, translate)
    at = f'<span class="pale">{escape(_shown(origin))}: </span>' if origin else ""
    fix = ""
    if (mend := mend_of(violation)) is not None:
        words = f"{fix_name(mend.grade, translate)}: {violation.mend_text(translate)}"
        fix = f'<span class="fix">{escape(_shown(words))}</span>'
    return (
        f'<li class="{violation.severity}" data-of="{_keys([violation])}"><b class="{violation.severity}">{name}</b> '
        f'<code title="{escape(violation.name)}">{escape(violation.code)}</code> {at}{escape(_shown(violation.text(translate)))}{fix}</li>'
    )


def _keys(violations: Iterable[Violation]) -> str:
    return escape(" ".join(dict.fromkeys(f"{violation.severity}/{violation.code}" for violation in violations)))


def _shown(text: str) -> str:
    """A text without the signs that a page cannot hold or that turn the order of writing."""
    return "".join(sign if sign == "\t" else visible_character(sign) for sign in text)
