"""Tokens: what the parser takes each part of a line for. The cases are in cases/tokens.md."""

import re
from pathlib import Path

import pytest

from planparse.syntax.numbering import STYLES, match_label
from planparse.syntax.tokens import tokenize

CASES = Path(__file__).parent / "cases" / "tokens.md"
SHOWN = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\u200b": r"\u200b", "\u00a0": r"\u00a0", "\u3000": r"\u3000"}
LAST = {"stem": 10, "sequence": 4, "han-glyph": 10}
"""The last number of a style, where it does not go on to 20."""
OTHERS = {("upper-letter", 9)}
"""I. is the Roman one before it is the ninth letter."""


def show(text):
    return "".join(SHOWN.get(character, character) for character in text)


def read(shown):
    for character, written in SHOWN.items():
        shown = shown.replace(written, character)
    return shown


def expected(line):
    return "    " + " ".join(f"{token.kind}⟨{show(token.text)}⟩" for token in tokenize(read(line)))


def blocks():
    """The blocks of the file with the heading each stands under."""
    heading = ""
    for part in re.finditer(r"^## ([^\n]*)$|^```\n(.*?)^```$", CASES.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        if part[1]:
            heading = part[1]
        else:
            yield heading, part[2]


def inputs():
    return [
        pytest.param(line, block, id=f"{heading}: {line}")
        for heading, block in blocks()
        for line in block.splitlines()
        if line[:4] != "    "
    ]


@pytest.mark.parametrize(("line", "block"), inputs())
def test_the_cases(line, block, update):
    if not update:
        lines = block.splitlines()
        assert expected(line) == lines[lines.index(line) + 1]


def test_the_cases_are_rewritten_on_request(update):
    if not update:
        pytest.skip("pytest --update rewrites the expectations")

    def rewrite(block):
        lines = [line for line in block[1].splitlines() if line[:4] != "    "]
        return "```\n" + "".join(f"{line}\n{expected(line)}\n" for line in lines) + "```"

    text = CASES.read_text(encoding="utf-8")
    CASES.write_text(re.sub(r"^```\n(.*?)^```$", rewrite, text, flags=re.MULTILINE | re.DOTALL), encoding="utf-8")


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_each_style_reads_what_it_writes(style):
    for value in range(1, LAST.get(style.name, 20) + 1):
        if (style.name, value) in OTHERS:
            continue
        written = style.text(value) + "备课"
        label = match_label(written, 0, len(written))
        assert label is not None, written
        assert (label.style.family, label.value) == (style.family, value), written


@pytest.mark.parametrize(
    ("half", "full"),
    [
        ("(1)", "（１）"),
        ("(一)", "（一）"),
        ("1.", "１．"),
        ("1)", "１）"),
        ("1:", "1："),
        ("1.1.1", "１．１．１"),
        ("A.", "Ａ．"),
        ("a)", "ａ）"),
    ],
)
def test_half_and_full_width_are_one_style(half, full):
    one, other = (match_label(label + "备课", 0, len(label) + 2) for label in (half, full))
    assert one is not None
    assert other is not None
    assert (one.style, one.value) == (other.style, other.value)


def test_tokens_tell_where_they_start():
    text = "一、目标\r\n  1.5月28日\t会议\n"
    assert all(text.startswith(token.text, token.start) for token in tokenize(text))
    assert [token.start for token in tokenize(text)] == sorted({token.start for token in tokenize(text)})


def test_no_text_no_tokens():
    assert tokenize("") == []
