"""`planparse explain`: what a rule finds, why, and what it rests on."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from planparse.cli.console import Console
from planparse.errors import PlanparseError
from planparse.report.wording import listed, severity_name
from planparse.syntax.lazy import lazy
from planparse.width import display_width

if TYPE_CHECKING:
    from planparse.messages import Translate
    from planparse.rules.registry import Entry
    from planparse.rules.rule import Level

EXAMPLES = (
    ("What a rule finds, and why", "planparse explain PN101"),
    ("By their names, several at once", "planparse explain numbering-gap mixed-delimiter"),
    ("A page of all rules", "planparse explain --all --output-format markdown -o rules.md"),
)
Form = Literal["text", "json", "markdown"]
FormOption = Annotated[
    Form, typer.Option("--output-format", metavar="FORMAT", help="text (default), json or markdown.", show_default=False)
]
OutOption = Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Write here, not to the screen.")]
WIDEST = 100
"""Lines of prose are no longer, however wide the screen."""
FALLBACK = (80, 24)
"""The size of a screen that is none."""
_PIECES = lazy("[^\\S\n]+|[\u2e80-\u9fff\uf900-\uffef]|[^\\s\u2e80-\u9fff\uf900-\uffef]+")
_NOT_FIRST = frozenset("、。，；：？！）》」』】〉〕”’…%.,;:?!)]}")
"""What no line begins with."""
_NOT_LAST = frozenset("（《「『【〈〔“‘([{")
"""What no line ends with."""


def explain(
    ctx: typer.Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="[RULE]...", help="Codes or names.", show_default=False)] = None,
    every: Annotated[bool, typer.Option("--all", help="All rules.")] = False,
    form: FormOption = "text",
    out: OutOption = None,
) -> None:
    """Tell what a rule finds, why, and what it rests on.

    With examples of what it finds and of what it lets pass, and with its
    settings, which stand in a planparse.toml under [rules.CODE].
    """
    from planparse.cli.output import opened
    from planparse.rules.registry import rules

    console: Console = ctx.obj
    if not words and not every:
        raise PlanparseError("name a rule, e.g. PN101; `planparse rules` lists them")
    entries = list(rules().values()) if every else named_rules(words or [])
    with opened(out) as put:
        put(render(entries, form, console.translate, width(out)).encode())


def named_rules(words: Iterable[str]) -> list[Entry]:
    """The rules that words name: codes, names, beginnings of codes; several may stand in one word, between commas.

    Raises:
        PlanparseError: A word names none.
    """
    from planparse.rules.registry import rules
    from planparse.rules.selection import matching

    codes = [code for given in words for word in given.split(",") if word.strip() for code in matching(word.strip())]
    return [rules()[code] for code in dict.fromkeys(codes)]


def width(out: str | None) -> int:
    """How wide prose may be."""
    return WIDEST if out is not None else min(shutil.get_terminal_size(FALLBACK).columns if sys.stdout.isatty() else FALLBACK[0], WIDEST)


def render(entries: list[Entry], form: Form, translate: Translate, columns: int = WIDEST) -> str:
    """The documentation of rules."""
    if form == "json":
        return json.dumps([record(entry, translate) for entry in entries], ensure_ascii=False, indent=2) + "\n"
    if form == "markdown":
        return "\n".join("".join(_markdown(entry, translate)) for entry in entries)
    return "\n\n".join("".join(_text(entry, translate, columns)) for entry in entries)


def record(entry: Entry, translate: Translate) -> dict[str, Any]:
    """A rule for programs."""
    rule = entry.rule
    return {
        "code": entry.code, "name": entry.name, "severity": rule.severity, "raised": dict(rule.raised), "fix": rule.fix,
        "profiles": list(rule.on), "basis": rule.basis._asdict(), "options": {name: plain(value) for name, value in rule.options.items()},
        "since": rule.since, "summary": translate(entry.summary),
        "documentation": [{"example": example, "text": text if example else translate(text)} for example, text in entry.blocks],
    }  # fmt: skip


def _text(entry: Entry, translate: Translate, columns: int) -> Iterator[str]:
    yield f"{entry.code} {entry.name}\n\n"
    summary, *blocks = entry.blocks
    yield from wrapped(translate(summary[1]), columns)
    yield "\n"
    facts = list(_facts(entry, translate))
    edge = max(display_width(name) for name, _ in facts)
    for name, value in facts:
        first, *others = wrapped(value, columns - edge - 4)
        yield f"  {name}{' ' * (edge - display_width(name) + 2)}{first}"
        yield from (f"{' ' * (edge + 4)}{line}" for line in others)
    for example, text in blocks:
        yield "\n"
        if example:
            yield from (f"    {line}".rstrip() + "\n" for line in text.split("\n"))
        else:
            yield from wrapped(said(text, translate), columns)


def _markdown(entry: Entry, translate: Translate) -> Iterator[str]:
    yield f"## {entry.code} {entry.name}\n\n"
    summary, *blocks = entry.blocks
    yield f"{translate(summary[1])}\n\n"
    yield from (f"- {name}: {value}\n" for name, value in _facts(entry, translate))
    for example, text in blocks:
        yield f"\n```text\n{text}\n```\n" if example else f"\n{said(text, translate)}\n"


def said(text: str, translate: Translate) -> str:
    """A paragraph of the documentation in the reader's language."""
    if text == "Bad:":
        return translate("Bad:")
    return translate("Good:") if text == "Good:" else translate(text)


def _facts(entry: Entry, translate: Translate) -> Iterator[tuple[str, str]]:
    rule = entry.rule
    grade = severity_name(rule.severity, translate)
    raised = [f"{severity_name(severity, translate)} ({profile})" for profile, severity in rule.raised.items()]
    yield translate("Severity"), listed([grade, *raised], translate)
    yield translate("Fix"), translate("none") if rule.fix is None else translate("safe") if rule.fix == "safe" else translate("unsafe")
    yield translate("Profiles"), listed(list(rule.on), translate) or translate("only by name")
    yield translate("Rests on"), listed([part for part in (basis(rule.basis.level, translate), rule.basis.clause) if part], translate)
    if rule.options:
        settings = [f"{name} = {json.dumps(plain(value), ensure_ascii=False)}" for name, value in rule.options.items()]
        yield translate("Settings"), "; ".join(settings)
    for profile, options in rule.raised_options.items():
        settings = [f"{name} = {json.dumps(plain(value), ensure_ascii=False)}" for name, value in options.items()]
        yield translate("Settings ({profile})").format(profile=profile), "; ".join(settings)


def basis(level: Level, translate: Translate) -> str:
    """What a rule rests on, in the reader's language."""
    return {
        "standard": translate("national standard"),
        "regulation": translate("regulation"),
        "practice": translate("practice"),
        "data": translate("quality of data"),
    }[level]


def plain(value: Any) -> Any:
    """A setting as JSON and TOML have it."""
    if isinstance(value, frozenset | set):
        return sorted(value)
    return list(value) if isinstance(value, tuple) else value


def wrapped(text: str, columns: int) -> Iterator[str]:
    """A paragraph as lines: broken at blanks and between Chinese characters, not before a mark that ends something."""
    line, used = "", 0
    for word in _words(text):
        size = display_width(word.rstrip(" "))
        if line and used + size > columns:
            yield line.rstrip(" ") + "\n"
            line, used = "", 0
        line += word
        used += display_width(word)
    yield line.rstrip(" ") + "\n"


def _words(text: str) -> Iterator[str]:
    """What is not broken: a word or a Chinese character, with the marks and blanks that cling to it."""
    word = ""
    for piece in _PIECES.findall(text):
        if word and not piece.isspace() and piece[0] not in _NOT_FIRST and word[-1] not in _NOT_LAST:
            yield word
            word = ""
        word += " " if piece.isspace() else piece
    if word:
        yield word
