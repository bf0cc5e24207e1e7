"""Every message has a Chinese translation, and the compiled catalogue is that of the source."""

import re
import string
import unicodedata
from pathlib import Path

import pytest
import rulecases
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from planparse import validate
from planparse.cli import COMMANDS, listing, near
from planparse.cli.app import application
from planparse.cli.console import Console
from planparse.cli.help import HEADINGS
from planparse.cli.language import choose
from planparse.cli.usage import PATTERNS
from planparse.corpus import questions
from planparse.corpus import tables as corpus_tables
from planparse.dates import resolve
from planparse.errors import Term
from planparse.messages import fill, translator
from planparse.readers import container, sheets
from planparse.readers.workbook import extents
from planparse.report.changes import wording as changes
from planparse.rules.registry import rules
from planparse.source import ORIGINS, SHEET_CELL
from planparse.syntax.findings import KINDS
from planparse.writers import dates, ics, outline, promises

PACKAGE = Path(__file__).parent.parent / "planparse"
CATALOGUE = PACKAGE / "locale" / "zh_CN" / "LC_MESSAGES" / "planparse.po"

# Functions whose first argument is a message.
MARKS = {
    "InputError": None,
    "MissingPackage": None,
    "NotInstalled": None,
    "PlanparseError": None,
    "Term": None,
    "say": None,
    "translate": None,
}


def written_in_code() -> set[str]:
    """The messages given to the functions above as literals."""
    found = extract_from_dir(PACKAGE, [("**.py", "python")], keywords=MARKS)
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def pages() -> set[str]:
    """All texts of all help pages."""
    group = application()
    texts = {line for _, _, line in COMMANDS.values()} | set(HEADINGS) | set(PATTERNS)
    for page in (group, *(group.get_command(None, name) for name in COMMANDS)):
        assert page is not None
        texts |= {page.help or "", *(purpose for purpose, _ in page.examples)}
        texts |= {parameter.help or "" for parameter in page.params}
    return texts - {""}


def of_rules() -> set[str]:
    """What rules say, what their documentation says, and what their fixes are called, as far as the cases of rules show it."""
    said: set[str] = set()
    for code, entry in rules().items():
        said |= {*entry.rule.messages, *(text for example, text in entry.blocks if not example)}
        for case in rulecases.cases(code):
            settings = {"profile": case.get("profile", "default"), "options": case.get("options")}
            found = rulecases.found(code, case["text"], media_type=case.get("media_type", "text/plain"), **settings)
            said |= {violation.mend.message for violation in found if violation.mend is not None}
    return said


def tables() -> set[str]:
    shown = {outline.PLAN, outline.WEEK, outline.TABLE, *outline.SCHEDULES.values(), *outline.ROWS, *outline.ENTRIES, *outline.NOTES}
    shown |= {form for form in ORIGINS if form != SHEET_CELL}
    shown |= {*container.MESSAGES, extents.CROWDED, extents.SPREAD, sheets.NO_SHEETS}
    shown |= {listing.READ, listing.WRITE, listing.READY, listing.NEEDS_PACKAGE, listing.NEEDS_PROGRAM}
    shown |= {
        *changes.messages(),
        *dates.messages(),
        *promises.messages(),
        *resolve.WEEKDAYS,
        ics.DEADLINE,
        ics.YEAR_OPEN,
        ics.NOT_IN_CALENDAR,
        ics.NO_SPAN,
    }
    shown |= {*corpus_tables.messages(), *questions.messages(), near.HEAD, near.NONE_FOUND, *near.SHOWN}
    return {kind.message for kind in KINDS.values()} | set(validate.MESSAGES.values()) | set(validate._KINDS.values()) | shown


def catalogue():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_CN")


def fields(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


def test_every_message_is_translated():
    used = written_in_code() | pages() | tables() | of_rules()
    translated = {message.id for message in catalogue() if message.id and message.string and not message.fuzzy}
    assert used - translated == set(), "add these to planparse.po, then run: pybabel compile -d planparse/locale -D planparse"
    assert translated - used == set(), "these messages are said nowhere any more"


def test_translations_keep_the_fields():
    for message in catalogue():
        if message.id:
            assert fields(message.id) == fields(message.string), message.id


def test_translations_are_chinese():
    for message in catalogue():
        if message.id and message.id != "Error: {message}":
            assert re.search("[\u4e00-\u9fff，。：；、]", message.string), message.id


def test_the_compiled_catalogue_is_fresh():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = read_mo(file)
    assert {m.id: m.string for m in compiled if m.id} == {m.id: m.string for m in catalogue() if m.id}, (
        "run: pybabel compile -d planparse/locale -D planparse"
    )


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_pages_fit_eighty_columns(language, command):
    group = application()
    context = group.make_context("planparse", [], obj=Console(translator(language)), resilient_parsing=True)
    page = group if not command else group.get_command(context, command)
    context = page.make_context(f"planparse {command}".strip(), [], obj=context.obj, resilient_parsing=True)
    text = page.get_help(context)
    for line in text.splitlines():
        columns = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
        assert columns <= 80 or line.startswith("    $"), line
    if language == "zh":
        assert not re.search("(?m)^(Usage|Options|Arguments|Commands|Examples)", text)


def test_terms_are_translated_inside_messages():
    translate = {"this is {kind}": "这是{kind}", "a picture": "图片"}.__getitem__
    assert fill(translate, "this is {kind}", {"kind": Term("a picture")}) == "这是图片"


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ([], {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        (["--lang", "zh", "parse"], {"LANG": "C"}, "zh"),
        (["parse", "--lang=en"], {"LANG": "zh_CN"}, "en"),
        (["parse", "--", "--lang", "zh"], {"LANG": "C"}, "en"),
        (["parse", "--lang", "fr"], {"LANG": "C"}, "en"),
        (["parse", "--lang"], {"LANG": "C"}, "en"),
    ],
)
def test_the_language(arguments, environment, language):
    assert choose(arguments, environment) == language
