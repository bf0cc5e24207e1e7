"""Cases of rules as data: `tests/cases/rules/PN101.yaml` and the like, and the examples in the rules' documentation."""

import re
import textwrap
from pathlib import Path

import yaml

from planparse.rules.engine import UNKNOWN, UNUSED, check
from planparse.rules.fixing import fix, viewer
from planparse.rules.registry import rules
from planparse.rules.selection import options as settings_of_rules
from planparse.rules.selection import select
from planparse.source import Source

FOLDER = Path(__file__).parent / "cases" / "rules"


def cases(code):
    path = FOLDER / f"{code}.yaml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []


def view_of(text, options=None, media_type="text/plain", profile="default"):
    source = Source("plan.txt", text, media_type=media_type)
    return viewer(source, None, settings_of_rules(profile, options or {}))


def selection(code, profile="default"):
    """Only this rule, graded as in the profile; all for a rule about comments, which the others give a meaning."""
    return select(profile, chosen=["ALL"] if code in (UNUSED, UNKNOWN) else [code])


def shown(text, violation):
    """A violation as cases write it: `5:1-5:3 4．`; `file` where it is about the file as a whole."""
    place = violation.place
    if place is None:
        return "file"
    quoted = text[place.offset : place.end_offset]
    return f"{place.line}:{place.column}-{place.end_line}:{place.end_column} {quoted}".replace("\n", "⏎").replace("\t", "⇥")


def found(code, text, profile="default", options=None, media_type="text/plain"):
    outcome = check(view_of(text, options, media_type, profile)(text), selection(code, profile))
    return [violation for violation in outcome.violations if violation.code == code]


def fixed(code, text, profile="default", options=None, unsafe=False, media_type="text/plain"):
    return fix(text, view_of(text, options, media_type, profile), selection(code, profile), unsafe=unsafe)


def examples(code):
    """The texts under `Bad:` and `Good:` in a rule's documentation."""
    parts = re.split(r"^(Bad|Good):\n", rules()[code].documentation + "\n", flags=re.MULTILINE)
    return {kind.lower(): textwrap.dedent(body).strip("\n") + "\n" for kind, body in zip(parts[1::2], parts[2::2], strict=True)}
