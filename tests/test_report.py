"""Reports: what each format says of the same run, and that other programs can read it."""

import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote

import jsonschema
import pytest
import rulecases

from planparse.report import concise, full, github, gitlab, html, junit, rdjson, sarif, statistics
from planparse.report import json as json_report
from planparse.report.fingerprint import fingerprints
from planparse.report.formats import FORMATS, render
from planparse.report.positions import Lines, Point
from planparse.report.run import FileResult, Run, relative
from planparse.report.wording import summary
from planparse.rules.engine import Mend, Violation, _excerpt, check, place_of
from planparse.rules.rule import Edit
from planparse.rules.selection import select
from planparse.source import Source
from planparse.width import columns, display_width, visible

DATA = Path(__file__).parent / "data"
TEXT = "云桥镇2024年工作计划\n一、重点工作\n1．新建幼儿园,改造食堂。\n2．文😀化站\t开放。\n4．维修围墙。\n"
MACHINE = [name for name, form in FORMATS.items() if form.machine]


def finding(text, quoted, code="PN101", severity="warning", message="number {number} is odd", mend=None, until=None, **values):
    """A finding at the first place of `quoted`, up to `until` where that is given; `mend` is (grade, message, edits)."""
    view = SimpleNamespace(text=text, source=Source("plan.txt", text))
    start = text.index(quoted)
    end = start + len(quoted) if until is None else text.index(until, start) + len(until)
    place = place_of(view, start, end)
    fix = None if mend is None else Mend(tuple(Edit(*edit) for edit in mend[2]), mend[0], mend[1])
    name = "numbering-gap" if code == "PN101" else "made-up"
    return Violation(code, name, severity, message, values or {"number": 4}, place, *_excerpt(view, start, place), fix)


def replaced(text, old, new):
    at = text.index(old)
    return at, at + len(old), new


def whole(code="PN504", severity="information", message="more than one plan: 100%, a:b"):
    return Violation(code, "multiple-plans", severity, message, {}, None, "", 0)


def in_word_file(text, quoted):
    found = finding(text, quoted, mend=("safe", "take it out", [replaced(text, quoted, "")]))
    return found._replace(place=found.place._replace(origin=("paragraph {}", (5,))))


COMMA = ("safe", "write a full-width comma", [replaced(TEXT, ",", "，")])
TWO = ("unsafe", "number it 3", [replaced(TEXT, "4．", "3．"), replaced(TEXT, "维修", "修")])


def violations():
    return [
        whole(),
        finding(TEXT, ",", "PN404", "information", "{sign} among Chinese", COMMA, sign=","),
        finding(TEXT, "化站", "PN901", "error", "odd word"),
        finding(TEXT, "4．", mend=TWO),
    ]


def sample(**changes):
    results = [
        FileResult("./plans/a b.txt", violations(), text=lambda: TEXT, silenced=2, known=1),
        FileResult("clean.txt", [], text=lambda: TEXT, fixed=3),
        FileResult("plan.docx", [in_word_file(TEXT, "4．")], media_type="application/x-word", text=lambda: TEXT),
        FileResult("broken.bin", [], error="broken.bin: is no text, 100% <sure>"),
    ]
    return Run(results, str)._replace(**changes)


EMPTY = Run([FileResult("clean.txt", [], text=lambda: TEXT)], str)


# -- all formats -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("run", [sample(), EMPTY, Run([], str)], ids=["findings", "clean", "no files"])
def test_every_format_writes_every_run(name, run):
    written = render(run, name)
    assert written.encode().decode() == written
    assert not written or written.endswith("\n")
    assert render(run, name) == written


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_what_could_not_be_read(name):
    written = render(sample(), name)
    assert "broken.bin" in written
    assert re.search("is no text, 100(%|%25) (<|&lt;)sure", written)


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_passes_control_characters_on(name):
    text = "计划\n一、重点\x1b[31m红\u202e反\n"
    evil = finding(text, "点\x1b[31m红\u202e反", message="odd {word}", word="\x1b[2J\u202e")
    written = render(Run([FileResult("a\x1b]0;\udcff.txt", [evil], text=lambda: text)], str), name)
    written.encode()
    if name in ("json", "jsonl", "sarif", "gitlab", "rdjson"):
        assert "\x1b" not in written  # JSON escapes it
        assert "\\u001b" in written
    elif name != "github":
        assert "\x1b" not in written
        assert "\u202e" not in written


@pytest.mark.parametrize("name", FORMATS)
def test_formats_without_a_text(name):
    """A file that cannot be read again is reported from what its findings keep."""

    def gone():
        raise FileNotFoundError

    for text in (None, gone):
        assert "PN404" in render(Run([FileResult("plan.txt", violations(), text=text)], str, unsafe=True), name)


@pytest.mark.parametrize("name", FORMATS)
def test_messages_are_in_the_readers_language(name):
    chinese = {"number {number} is odd": "编号{number}可疑", "paragraph {}": "第{}段"}
    run = sample(translate=lambda message: chinese.get(message, message), language="zh")
    written = render(run, name)
    assert "编号4可疑" in written
    assert ("第5段" in written) == (name not in ("json", "jsonl"))


def test_only_colour_loads_rich():
    code = (
        "import sys; from planparse.report.formats import FORMATS, render; from planparse.report.run import Run\n"
        "for name in FORMATS: render(Run([], str), name)\n"
        "assert not {'rich', 'pydantic', 'planparse.model'} & set(sys.modules), sys.modules\n"
        "render(Run([], str), 'full', colour=True)\nassert 'rich' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parent.parent)


def test_paths_for_other_programs():
    run = sample(root="/home/anna/plans")
    names = ["./a.txt", "/home/anna/plans/b/c.txt", "/home/d.txt", "../e.txt", "-", "././f.txt"]
    assert [relative(run, name) for name in names] == ["a.txt", "b/c.txt", "/home/d.txt", "../e.txt", "-", "f.txt"]


def test_summary():
    assert summary(sample()) == (
        "3 files checked: 1 error, 2 warnings, 2 for information. 1 file could not be read. 3 fixed. "
        "1 can be fixed with --fix, 1 more with --unsafe-fixes. 1 known to the baseline. 2 silenced by comments."
    )
    assert summary(EMPTY) == "1 file checked: nothing found."


# -- for people ------------------------------------------------------------------------------------------------------


def test_concise():
    assert concise.write(sample()).splitlines() == [
        "./plans/a b.txt: PN504 multiple-plans: more than one plan: 100%, a:b",
        "./plans/a b.txt:3:8: PN404 made-up: , among Chinese",
        "./plans/a b.txt:4:5: PN901 made-up: odd word",
        "./plans/a b.txt:5:1: PN101 numbering-gap: number 4 is odd",
        "plan.docx: paragraph 5: PN101 numbering-gap: number 4 is odd",
        "broken.bin: is no text, 100% <sure>",
    ]


FULL = """\
./plans/a b.txt: information PN504 multiple-plans: more than one plan: 100%, a:b

./plans/a b.txt:3:8: information PN404 made-up: , among Chinese
  |
3 | 1．新建幼儿园,改造食堂。
  |              ^
  = fix: write a full-width comma

./plans/a b.txt:4:5: error PN901 made-up: odd word
  |
4 | 2．文😀化站    开放。
  |        ^^^^

./plans/a b.txt:5:1: warning PN101 numbering-gap: number 4 is odd
  |
5 | 4．维修围墙。
  | ^^^
  = unsafe fix: number it 3

plan.docx: paragraph 5: warning PN101 numbering-gap: number 4 is odd
 |
 | 4．维修围墙。
 | ^^^

broken.bin: error: is no text, 100% <sure>

3 files checked: 1 error, 2 warnings, 2 for information. 1 file could not be read. 3 fixed.\
 1 can be fixed with --fix, 1 more with --unsafe-fixes. 1 known to the baseline. 2 silenced by comments.
"""


def test_full():
    assert full.write(sample()) == FULL


def test_colours_change_no_word():
    coloured = full.write(sample(), colour=True)
    assert "\x1b[" in coloured
    assert "".join(line.rstrip() + "\n" for line in re.sub("\x1b\\[[\\d;]*m", "", coloured).splitlines()) == FULL


@pytest.mark.parametrize(
    ("text", "quoted", "line", "marks"),
    [
        ("abc", "b", "abc", " ^"),
        ("甲乙丙", "乙", "甲乙丙", "  ^^"),
        ("甲\u3000乙", "\u3000", "甲\u3000乙", "  ^^"),
        ("e\u0301x", "x", "e\u0301x", " ^"),
        ("ae\u0301x", "\u0301", "ae\u0301x", " ^"),
        ("ae\u0301x", "e\u0301", "ae\u0301x", " ^"),
        ("❤\ufe0fx", "x", "❤\ufe0fx", " ^"),
        ("😀x", "x", "😀x", "  ^"),
        ("\t甲", "甲", "    甲", "    ^^"),
        ("a\u200bb", "\u200b", "a\\u200bb", " ^^^^^^"),
        ("a\xa0b", "\xa0", "a\xa0b", " ^"),
        ("ｱx", "x", "ｱx", " ^"),
    ],
)
def test_marks_stand_right(text, quoted, line, marks):
    assert full.shown(finding(text, quoted), 80) == (line, marks)


def test_marks_of_a_finding_over_several_lines():
    text = "计划\n涉及安全的\n基础设施\n"
    assert full.shown(finding(text, "的", until="基"), 80) == ("涉及安全的", " " * 8 + "^^")


@pytest.mark.parametrize("room", [24, 25, 40, 77])
@pytest.mark.parametrize("at", [0, 1, 30, 199, 200, 250, 899])
def test_long_lines_are_cut_around_the_finding(room, at):
    text = "甲a" * 450
    text = text[:at] + "安全" + text[at:] + "\n"
    line, marks = full.shown(finding(text, "安全"), room)
    assert display_width(line) <= room
    start, width = len(marks) - len(marks.lstrip()), len(marks.strip())
    shown, under = 0, ""
    for sign in line:
        if start <= shown < start + width:
            under += sign
        shown += columns(sign)
    assert under == "安全"
    assert line.startswith("…") == (at > 1)


def test_a_finding_longer_than_the_room_is_cut():
    line, marks = full.shown(finding("甲" * 100, "甲" * 100), 30)
    assert display_width(line) <= 30
    assert len(marks) <= 30


def test_control_characters_are_written_out():
    assert visible("a\x1b[0m\u202e\n\x7f") == "a\\x1b[0m\\u202e\\n\\x7f"
    assert visible("一\u3000二 c") == "一\u3000二 c"


def test_statistics():
    assert statistics.write(sample()).splitlines() == [
        "2  [*]  PN101  numbering-gap   warning",
        "1  [*]  PN404  made-up         information",
        "1       PN504  multiple-plans  information",
        "1       PN901  made-up         error",
    ]
    first = {"code": "PN101", "name": "numbering-gap", "severity": "warning", "count": 2, "fixable": 1}
    assert json.loads(statistics.write_json(sample()))[0] == first
    assert statistics.write(EMPTY) == ""
    assert json.loads(statistics.write_json(EMPTY)) == []


# -- JSON ------------------------------------------------------------------------------------------------------------


def test_json():
    rows = json.loads(json_report.write(sample()))
    keys = ["code", "name", "severity", "message", "file", "position", "origin", "fix", "help"]
    assert all(list(row) == keys for row in rows)
    assert rows[3] == {
        "code": "PN101",
        "name": "numbering-gap",
        "severity": "warning",
        "message": "number 4 is odd",
        "file": "./plans/a b.txt",
        "position": {"start": {"line": 5, "column": 1, "offset": 45}, "end": {"line": 5, "column": 3, "offset": 47}},
        "origin": None,
        "fix": {
            "grade": "unsafe",
            "message": "number it 3",
            "edits": [
                {"start": {"line": 5, "column": 1, "offset": 45}, "end": {"line": 5, "column": 3, "offset": 47}, "text": "3．"},
                {"start": {"line": 5, "column": 3, "offset": 47}, "end": {"line": 5, "column": 5, "offset": 49}, "text": "修"},
            ],
        },
        "help": "planparse explain PN101",
    }
    assert rows[4]["origin"] == "paragraph 5"
    assert (rows[5]["code"], rows[5]["name"], rows[5]["position"]) == (None, "unreadable", None)
    assert TEXT[45:47] == "4．"


def test_json_lines_are_the_rows_of_json():
    rows = json.loads(json_report.write(sample()))
    assert [json.loads(line) for line in render(sample(), "jsonl").splitlines()] == rows
    assert render(EMPTY, "jsonl") == ""
    assert render(EMPTY, "json") == "[]\n"


# -- SARIF -----------------------------------------------------------------------------------------------------------


def valid_sarif(run):
    log = json.loads(sarif.write(run))
    schema = json.loads((DATA / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
    jsonschema.validate(log, schema, jsonschema.Draft4Validator, format_checker=jsonschema.FormatChecker())
    return log["runs"][0]


@pytest.mark.parametrize("run", [sample(), sample(unsafe=True, root="/srv"), EMPTY, Run([], str)])
def test_sarif_fits_its_schema(run):
    assert valid_sarif(run)["columnKind"] == "unicodeCodePoints"


def test_sarif_of_real_rules():
    outcome = check(rulecases.view_of(TEXT)(TEXT), select("default", chosen=["PN101", "PN801"]))
    log = valid_sarif(Run([FileResult("plan.txt", outcome.violations, text=lambda: TEXT)], str, unsafe=True))
    gap = next(rule for rule in log["tool"]["driver"]["rules"] if rule["id"] == "PN101")
    assert gap["shortDescription"]["text"] == "A number is missing in a list."
    assert gap["defaultConfiguration"] == {"level": "warning", "enabled": True}
    assert gap["help"]["text"].endswith("planparse explain PN101")
    assert "\n    某县2024年工作计划\n" in gap["help"]["text"]
    assert "```text\n某县2024年工作计划\n" in gap["help"]["markdown"]
    assert "Bad:" not in gap["fullDescription"]["text"]
    for result in log["results"]:
        assert log["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]


def test_sarif_results():
    log = valid_sarif(sample())
    assert [result["level"] for result in log["results"]] == ["note", "note", "error", "warning", "warning"]
    comma = log["results"][1]
    physical = comma["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {"uri": "plans/a%20b.txt", "uriBaseId": "%SRCROOT%", "index": 0}
    assert physical["region"] == {
        "startLine": 3, "startColumn": 8, "endLine": 3, "endColumn": 9, "charOffset": TEXT.index(","), "charLength": 1, "snippet": {"text": ","},
    }  # fmt: skip
    replacement = comma["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"] == {"text": "，"}
    assert replacement["deletedRegion"]["startColumn"] == 8
    assert "region" not in log["results"][0]["locations"][0]["physicalLocation"]
    word = log["results"][4]
    assert word["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "paragraph 5"}]
    assert "region" not in word["locations"][0]["physicalLocation"]
    assert "fixes" not in word
    assert "fixes" not in log["results"][3]
    assert "fixes" in valid_sarif(sample(unsafe=True))["results"][3]
    assert len({result["partialFingerprints"]["planparse/v1"] for result in log["results"]}) == len(log["results"])


def test_sarif_tells_what_could_not_be_read():
    invocation = valid_sarif(sample())["invocations"][0]
    assert not invocation["executionSuccessful"]
    notice = invocation["toolExecutionNotifications"][0]
    assert (notice["level"], notice["message"]["text"]) == ("error", "is no text, 100% <sure>")
    assert notice["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "broken.bin"
    assert valid_sarif(EMPTY)["invocations"] == [{"executionSuccessful": True}]


def test_sarif_paths_outside_the_root():
    run = Run([FileResult("/tmp/计划.txt", violations())], str, root="/srv")
    location = valid_sarif(run)["artifacts"][0]["location"]
    assert location == {"uri": "file:///tmp/%E8%AE%A1%E5%88%92.txt"}
    assert unquote(location["uri"]).endswith("计划.txt")


# -- fingerprints ----------------------------------------------------------------------------------------------------


def prints(text, quoted):
    result = FileResult("./a.txt", [finding(text, words) for words in quoted], text=lambda: text)
    return [made for _, made in fingerprints(Run([result], str), result)]


def test_fingerprints_survive_lines_above_and_blanks():
    before = prints("计划\n1．安全\n4．质量\n", ["安全", "质量"])
    assert prints("计划\n新的一行\n1．安全\n  4． 质量\n", ["安全", "质量"]) == before
    assert prints("计划\n1．安全检查\n4．质量\n", ["安全", "质量"])[1] == before[1]
    assert prints("计划\n1．安全检查\n4．质量\n", ["安全", "质量"])[0] != before[0]


def test_fingerprints_are_unique():
    made = prints("计划\n4．质量\n", ["4", "．", "质量", "质"])
    assert len(set(made)) == 4
    entries = json.loads(gitlab.write(sample()))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


# -- GitHub and GitLab -----------------------------------------------------------------------------------------------


def test_github():
    assert github.write(sample()).splitlines() == [
        "::error title=planparse,file=broken.bin::is no text, 100%25 <sure>",
        "::error title=PN901 made-up,file=plans/a b.txt,line=4,col=5,endLine=4,endColumn=7::odd word",
        "::warning title=PN101 numbering-gap,file=plans/a b.txt,line=5,col=1,endLine=5,endColumn=3::number 4 is odd",
        "::warning title=PN101 numbering-gap,file=plan.docx::paragraph 5: number 4 is odd",
        "::notice title=PN504 multiple-plans,file=plans/a b.txt::more than one plan: 100%25, a:b",
        "::notice title=PN404 made-up,file=plans/a b.txt,line=3,col=8,endLine=3,endColumn=9::, among Chinese",
        summary(sample()),
    ]


def test_github_escapes_and_leaves_columns_out_over_lines():
    text = "计划\n涉及安全的\n基础设施\n"
    run = Run([FileResult("a,b:c%.txt", [finding(text, "的", until="基", message="x\r\n::error::y")])], str)
    assert github.write(run).splitlines()[0] == (
        "::warning title=PN101 numbering-gap,file=a%2Cb%3Ac%25.txt,line=2,endLine=3::x%0D%0A::error::y"
    )


def test_gitlab():
    entries = json.loads(gitlab.write(sample()))
    assert [entry["severity"] for entry in entries] == ["info", "info", "major", "minor", "minor", "critical"]
    assert [entry["location"]["lines"]["begin"] for entry in entries] == [1, 3, 4, 5, 1, 1]
    assert {entry["location"]["path"] for entry in entries} == {"plans/a b.txt", "plan.docx", "broken.bin"}
    assert entries[4]["description"] == "PN101 numbering-gap: paragraph 5: number 4 is odd"
    assert json.loads(gitlab.write(EMPTY)) == []


# -- JUnit -----------------------------------------------------------------------------------------------------------

XS = "{http://www.w3.org/2001/XMLSchema}"


def fits(element, schema):
    """Checks an element by its declaration: known and required attributes, known children."""
    declared = schema.find(f"{XS}element[@name='{element.tag}']")
    attributes = {attribute.get("name"): attribute.get("use") for attribute in declared.iter(f"{XS}attribute")}
    assert set(element.attrib) <= set(attributes)
    assert {name for name, use in attributes.items() if use == "required"} <= set(element.attrib)
    assert {child.tag for child in element} <= {child.get("ref") for child in declared.iter(f"{XS}element")}
    for child in element:
        fits(child, schema)


@pytest.mark.parametrize("run", [sample(), EMPTY, Run([], str)])
def test_junit_fits_its_schema(run):
    root = ET.fromstring(junit.write(run))
    fits(root, ET.parse(DATA / "junit-10.xsd").getroot())
    assert int(root.get("tests")) == len(root.findall(".//testcase"))
    assert int(root.get("failures")) == len(root.findall(".//failure"))
    assert int(root.get("errors")) == len(root.findall(".//error"))
    for suite in root:
        assert len(suite) == int(suite.get("tests")) > 0


def test_junit():
    root = ET.fromstring(junit.write(sample()))
    assert [suite.get("name") for suite in root] == ["plans/a b.txt", "clean.txt", "plan.docx", "broken.bin"]
    clean = root[1][0]
    assert (clean.get("name"), clean.get("classname"), len(clean)) == ("planparse", "clean.txt", 0)
    case = root[0][3]
    assert case.get("name") == "PN101 numbering-gap 5:1"
    assert (case[0].get("type"), case[0].get("message")) == ("warning", "number 4 is odd")
    assert case[0].text.splitlines() == [
        "./plans/a b.txt:5:1: warning PN101 numbering-gap: number 4 is odd",
        "4．维修围墙。",
        "unsafe fix: number it 3",
        "`planparse explain PN101` tells more",
    ]
    assert root[3][0][0].tag == "error"


# -- reviewdog -------------------------------------------------------------------------------------------------------


def cut_bytes(text, span):
    """What a range of byte columns covers."""
    lines = text.encode().splitlines(keepends=True)
    start, end = (sum(map(len, lines[: point["line"] - 1])) + point["column"] - 1 for point in (span["start"], span["end"]))
    return text.encode()[start:end].decode()


@pytest.mark.parametrize("text", [lambda: TEXT, None], ids=["text", "excerpts"])
def test_rdjson_counts_bytes(text):
    rows = json.loads(rdjson.write(Run([FileResult("a.txt", violations(), text=text)], str)))["diagnostics"]
    assert "range" not in rows[0]["location"]
    spans = [row["location"]["range"] for row in rows[1:]]
    assert spans[1] == {"start": {"line": 4, "column": 12}, "end": {"line": 4, "column": 18}}
    assert [cut_bytes(TEXT, span) for span in spans] == [",", "化站", "4．"]
    assert [row["severity"] for row in rows] == ["INFO", "INFO", "ERROR", "WARNING"]


def test_rdjson_suggestions():
    rows = json.loads(rdjson.write(sample(unsafe=True)))["diagnostics"]
    comma, two = rows[1]["suggestions"], rows[3]["suggestions"]
    assert [(cut_bytes(TEXT, suggestion["range"]), suggestion["text"]) for suggestion in comma] == [(",", "，")]
    assert [(cut_bytes(TEXT, suggestion["range"]), suggestion["text"]) for suggestion in two] == [("4．维修", "3．修")]
    assert all("suggestions" not in row for row in (rows[0], rows[2], rows[4]))
    assert "suggestions" not in json.loads(rdjson.write(sample()))["diagnostics"][3]
    assert rows[4]["location"] == {"path": "plan.docx"}
    assert rows[5] == {
        "message": "is no text, 100% <sure>", "location": {"path": "broken.bin"}, "severity": "ERROR", "code": {"value": "unreadable"},
    }  # fmt: skip


def test_rdjson_over_lines_and_far_into_a_line():
    text = "计划\n" + "甲😀b" * 3000 + "安全的\r\n基础\n"
    found = finding(text, "安全的", until="基")
    rows = json.loads(rdjson.write(Run([FileResult("a.txt", [found], text=lambda: text)], str)))["diagnostics"]
    assert cut_bytes(text, rows[0]["location"]["range"]) == "安全的\r\n基"
    rows = json.loads(rdjson.write(Run([FileResult("a.txt", [found])], str)))["diagnostics"]
    assert rows[0]["location"]["range"] == {"start": {"line": 2}, "end": {"line": 3}}


def test_points():
    lines = Lines(FileResult("a.txt", [], text=lambda: TEXT))
    assert lines.point(TEXT.index("化")) == Point(4, 5, TEXT.index("化"))
    assert lines.point(len(TEXT) + 1) is None
    assert lines.byte_column(lines.point(TEXT.index("化"))) == 12


# -- HTML ------------------------------------------------------------------------------------------------------------


class Page(HTMLParser):
    """Checks that elements close in order, and keeps the words of each kind of element."""

    VOID = frozenset(("meta", "input", "br"))

    def __init__(self, text):
        super().__init__()
        self.open, self.words, self.attributes = [], {}, []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.attributes += [(tag, *pair) for pair in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        for tag in set(self.open):
            self.words[tag] = self.words.get(tag, "") + data


def test_html():
    written = html.write(sample(language="zh"))
    page = Page(written)
    assert ("html", "lang", "zh-CN") in page.attributes
    assert page.words["mark"] == ",化站4．4．"
    for line in TEXT.splitlines():
        assert line in page.words["td"]
    assert "planparse explain PN404" in page.words["code"]
    assert "fix: write a full-width comma" in page.words["li"]
    assert "paragraph 5" in page.words["li"]
    assert "broken.bin" in page.words["th"]
    assert "clean.txt" in page.words["th"]
    assert not {name for _, name, _ in page.attributes} & {"src", "onclick", "onload", "style"}
    assert "http://" not in written
    assert "https://" not in written


def test_html_escapes_everything():
    text = "计划\n<script>alert(1)</script>&amp;\n"
    evil = finding(text, "<script>", message="<img src=x> {word}", mend=("safe", "<b>", [(0, 1, "")]), word='"><i>')
    page = Page(html.write(Run([FileResult('<b>".txt', [evil], text=lambda: text)], str)))
    assert not {tag for tag, _, _ in page.attributes} & {"img", "i"}
    assert "<script>alert(1)</script>&amp;" in page.words["td"]
    assert page.words["h2"] == '<b>".txt'


def test_html_marks_that_overlap():
    text = "计划\n甲乙丙丁\n"
    found = [finding(text, "甲乙丙"), finding(text, "乙丙丁", "PN901", "error"), finding(text, "丁", "PN404", "information")]
    written = html.write(Run([FileResult("a.txt", found, text=lambda: text)], str))
    assert re.findall(r'<mark class="(\w+)" data-of="([^"]+)">(.*?)</mark>', written) == [
        ("warning", "warning/PN101", "甲"),
        ("error", "warning/PN101 error/PN901", "乙丙"),
        ("error", "error/PN901 information/PN404", "丁"),
    ]


def test_html_marks_over_lines():
    text = "计划\n涉及安全的\n基础设施\n"
    page = Page(html.write(Run([FileResult("a.txt", [finding(text, "的", until="基")], text=lambda: text)], str)))
    assert page.words["mark"] == "的基"


def test_html_without_findings_has_no_script():
    assert "<script" not in html.write(EMPTY)
