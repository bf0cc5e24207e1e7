"""A comparison as one web page: what to look at first, the targets with bars, and both plans side by side.

The page needs no network. Its boxes filter without the script, which searches, counts, follows links into what is
filtered out, and collects which pairs the reader confirms or rejects.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources import files

from planparse.diff.model import Comparison
from planparse.messages import Translate
from planparse.report.changes import page_tables, wording
from planparse.report.changes.page_register import QUIET, Page, class_of, kinds, page_of, register, shown


def write(comparison: Comparison, *, translate: Translate) -> str:
    """The page."""
    page = page_of(comparison, translate)
    found = _found(page)
    style, script = f"{_resource('page.css')}{_filters(found)}", _resource("page.js")
    title = shown(translate("What changed from {old} to {new}").format(old=comparison.old.name, new=comparison.new.name))
    of_files = shown(f"{comparison.old.sha256} {comparison.new.sha256}")
    skip = translate("To the register")
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    lines = [
        "<!DOCTYPE html>", f'<html lang="{_language(translate)}">', '<head>\n<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>", f"<style>{style}</style>\n</head>", "<body>",
        f'<a class="skip" href="#register">{shown(skip)}</a>',
        f"<header>\n<h1>{title}</h1>", *page_tables.head(page), "</header>", "<main>",
        *_section("sums", translate("Summary"), [*page_tables.sums(page), *page_tables.steps(page)]),
        *_section("first", translate("To look at first"), page_tables.exceptions(page)),
        *_section("targets", translate("Targets"), page_tables.targets(page)),
        *_section("register", translate("Register"), _register(page, found), f' data-files="{of_files}"'),
        "</main>", f"<script>{script}</script>", "</body>", "</html>", "",
    ]  # fmt: skip
    return "\n".join(lines)


def _section(name: str, title: str, lines: Iterable[str], more: str = "") -> Iterator[str]:
    yield f'<section id="{name}" tabindex="-1"{more}>\n<h2>{shown(title)}</h2>'
    yield from lines
    yield "</section>"


def _register(page: Page, found: dict[str, int]) -> Iterator[str]:
    """The boxes by kind, the search, and the records; what only the script can do is hidden until it runs."""
    translate = page.translate
    yield '<div class="controls" role="search">'
    boxes = [_box(kind, wording.named(kind, translate), number) for kind, number in found.items()]
    legend = translate("Show")
    buttons = _button("all", translate("select all")) + _button("none", translate("select none"))
    yield f'<fieldset><legend>{shown(legend)}</legend>{"".join(boxes)}<span class="scripted" hidden>{buttons}</span></fieldset>'
    placeholder = shown(translate("Search the words of both plans"))
    yield f'<p class="scripted" hidden><input type="search" id="search" aria-label="{placeholder}" placeholder="{placeholder}">'
    form = shown(translate("{shown} of {total} shown"))
    yield f'<output id="shown" for="search" data-form="{form}"></output></p></div>'
    yield f'<div class="columns" aria-hidden="true"><span>{shown(page.old)}</span><span>{shown(page.new)}</span></div>'
    yield from register(page)
    if not page.comparison.records:
        counted = any(page.comparison.count.changes.values())
        nothing = translate("The entries are left out of this page.") if counted else translate("There is nothing to list.")
        yield f'<p class="pale">{shown(nothing)}</p>'
    judged, use = translate("{same} judged the same, {different} different"), translate("for planparse diff --pairs pairs.json")
    button = _button("download", translate("Download pairs.json"))
    yield f'<div class="judged" hidden><output id="judged" data-form="{shown(judged)}"></output> {button} <span>{shown(use)}</span></div>'


def _box(kind: str, name: str, number: int) -> str:
    checked = "" if kind in QUIET else " checked"
    return (
        f'<label><input type="checkbox" id="show-{class_of(kind)}" value="{class_of(kind)}"{checked}> {shown(name)} <b>{number}</b></label>'
    )


def _button(name: str, words: str) -> str:
    return f'<button type="button" id="{name}">{shown(words)}</button>'


def _found(page: Page) -> dict[str, int]:
    """How many of the records are of each kind, findings first."""
    counts: dict[str, int] = {}
    for record in page.comparison.records:
        for kind in kinds(record):
            counts[kind] = counts.get(kind, 0) + 1
    order = [kind for kind in wording.CHANGES if kind not in QUIET]
    return {kind: counts[kind] for kind in [*order, "possible", *QUIET] if kind in counts}


def _filters(found: dict[str, int]) -> str:
    """What a box shows: a record is hidden until one of its kinds is asked for."""
    rules = [f"#register:has(#show-{class_of(kind)}:checked) .{class_of(kind)} {{ display: block }}" for kind in found]
    hidden = ".record, .note, .part { display: none }"
    return "@supports selector(:has(a)) {\n" + "\n".join([hidden, *rules]) + "\n}\n"


def _language(translate: Translate) -> str:
    """The page's language: messages are English before they are translated."""
    return "en" if translate("Register") == "Register" else "zh-CN"


def _resource(name: str) -> str:
    return files("planparse.report.changes").joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """A source of the page's policy: this text and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
