"""Every rule: its documentation, its cases, its fixes."""

import json
import re

import pytest
import rulecases
from conftest import ROOT

from planparse.readers import read
from planparse.rules.engine import check, dump, load
from planparse.rules.registry import rules
from planparse.rules.rule import PROFILES
from planparse.rules.selection import select
from planparse.rules.view import View
from planparse.syntax.parse import Parsed

CODES = list(rules())
CASES = [pytest.param(code, case, id=f"{code}-{case['name']}") for code in CODES for case in rulecases.cases(code)]
LEAST = 3


def settings(case):
    return {"profile": case.get("profile", "default"), "options": case.get("options"), "media_type": case.get("media_type", "text/plain")}


@pytest.mark.parametrize("code", CODES)
def test_there_are_enough_cases(code):
    if rules()[code].rule.readers:
        pytest.skip("no text shows it; the tests of the readers do")
    failing = [case for case in rulecases.cases(code) if case.get("findings")]
    passing = [case for case in rulecases.cases(code) if not case.get("findings")]
    assert len(failing) >= LEAST
    assert len(passing) >= LEAST
    if rules()[code].rule.fix:
        assert any("fixed" in case for case in failing)


@pytest.mark.parametrize(("code", "case"), CASES)
def test_cases(code, case):
    assert case.keys() <= {"name", "text", "findings", "fixed", "unsafe", "profile", "options", "media_type"}
    text = case["text"]
    found = rulecases.found(code, text, **settings(case))
    assert [rulecases.shown(text, violation) for violation in found] == [str(line) for line in case.get("findings", [])]
    for violation in found:
        assert violation.text().format() is not None
        assert violation.message in rules()[code].rule.messages


@pytest.mark.parametrize(("code", "case"), CASES)
def test_fixes(code, case):
    """The fixed text is as the case says, passes as far as fixes go, and is left alone when fixed again."""
    unsafe = case.get("unsafe", False)
    done = rulecases.fixed(code, case["text"], unsafe=unsafe, **settings(case))
    assert done.text == case.get("fixed", case["text"])
    assert done.stable
    again = rulecases.fixed(code, done.text, unsafe=unsafe, **settings(case))
    assert again.text == done.text
    if "fixed" in case:
        assert rules()[code].rule.fix is not None
        assert not done.refused


@pytest.mark.parametrize("code", CODES)
def test_documentation(code):
    """A summary, what it rests on, and examples that are true in a profile that runs the rule."""
    entry = rules()[code]
    assert re.fullmatch(r"[A-Z].*\.", entry.summary)
    assert "\nBasis: " in entry.documentation
    assert set(entry.rule.on) <= set(PROFILES)
    assert set(entry.rule.raised) <= set(PROFILES)
    assert (entry.rule.fix is None) == (not entry.rule.may_change)
    if entry.rule.readers:
        return
    examples = rulecases.examples(code)
    assert set(examples) == {"bad", "good"}
    assert rulecases.found(code, examples["bad"])
    assert not rulecases.found(code, examples["good"])


def test_names_and_codes_are_unique():
    assert len({entry.name for entry in rules().values()}) == len(rules())


def test_selection_by_beginnings_of_codes():
    chosen = select("default", chosen=["PN1"]).severities
    assert set(chosen) == {code for code in CODES if code.startswith("PN1") and rules()[code].rule.on}
    assert "PN108" in select("default", chosen=["PN1", "standard-order"]).severities
    kept = select("default", chosen=["ALL"], ignored=["PN1"], extended=["PN101"]).severities
    assert {code for code in kept if code.startswith("PN1")} == {"PN101"}
    assert "PN101" not in select("default", ignored=["numbering-gap"]).severities


@pytest.mark.parametrize("sample", ["flattened-week-table.txt", "misnumbered-scheme.txt", "automatic-numbers.docx"])
def test_what_is_stored_is_read_again(sample):
    view = View.of(Parsed(read(ROOT / "samples" / sample)))
    violations = check(view, select("default", chosen=["ALL"])).violations
    assert violations
    again = [load(json.loads(json.dumps(dump(violation)))) for violation in violations]
    assert [violation.text() for violation in again] == [violation.text() for violation in violations]
    assert [(*v[:3], v.place, v.excerpt, v.excerpt_column, v.mend) for v in again] == [
        (*v[:3], v.place, v.excerpt, v.excerpt_column, v.mend) for v in violations
    ]


def test_rules_about_promises_say_so():
    """A rule that finds something else where promises are not looked for must have `promises` set, and only such a rule."""
    view = View.of(Parsed(read(ROOT / "samples" / "annual-targets.txt")), promises=False)
    whole = View.of(Parsed(read(ROOT / "samples" / "annual-targets.txt")))
    for code, entry in rules().items():
        if list(entry.check(view)) != list(entry.check(whole)):
            assert entry.rule.promises, code
    assert [code for code, entry in rules().items() if entry.rule.promises] == ["PN601", "PN602", "PN603"]
