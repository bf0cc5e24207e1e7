"""Compares readers of Word files: `python tests/benchmarks/readers.py [--python PATH]... [--keep FILE]`.

It writes one .docx of about a hundred pages, raw OOXML: paragraphs numbered in the ways of Chinese Word, and tables with
merged cells; so every label and every cell is known. Then each reader reads it in a process of its own, and a Markdown
table tells how much came out right, how long the whole process took (best of three) and its peak memory.

The peers live in an environment made by hand, outside of the project; `--python` names its interpreter:

    python -m venv peers
    peers/bin/pip install mammoth python-docx docx2python 'markitdown[docx]' pypandoc_binary

A label is right when it stands, as Word shows it, directly before its paragraph's text; blanks between are tolerated, and
so is the markup of Markdown. A cell is right when its text stands in the row and column where it is in Word.
"""

from __future__ import annotations

import argparse
import html
import json
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 3
PARTS = 20
"""Parts of the document; each has one list of some levels and two tables."""

# -- how Word counts ---------------------------------------------------------------------------------------------

DIGITS = "〇一二三四五六七八九"
FORMAL = "零壹贰叁肆伍陆柒捌玖"


def tens(n: int) -> str:
    """From 1 to 99: 九, 十, 十一, 二十."""
    ten, one = divmod(n, 10)
    return ("" if ten == 0 else "十" if ten == 1 else DIGITS[ten] + "十") + (DIGITS[one] if one or not n else "")


def counting_thousand(n: int) -> str:
    """Up to 199: 一百〇一."""
    if n < 100:
        return tens(n)
    rest = n % 100
    return "一百" + ("" if not rest else f"〇{DIGITS[rest]}" if rest < 10 else ("一" if rest < 20 else "") + tens(rest))


def formal(n: int) -> str:
    """Up to 99: 壹拾壹."""
    ten, one = divmod(n, 10)
    return (FORMAL[ten] + "拾" if ten else "") + (FORMAL[one] if one else "")


NUMBERS = {
    "chineseCounting": lambda n: tens(n) if n < 100 else "".join("○一二三四五六七八九"[int(d)] for d in str(n)),
    "chineseCountingThousand": counting_thousand,
    "japaneseCounting": lambda n: tens(n) if n < 100 else "百" + (tens(n % 100) if n % 100 else ""),
    "chineseLegalSimplified": formal,
    "decimalEnclosedCircle": lambda n: chr(0x2460 + n - 1) if n <= 20 else str(n),
    "upperLetter": lambda n: chr(0x41 + n - 1),
    "decimal": str,
}


class Level(NamedTuple):
    """A level of a list, and how many paragraphs it gets under each one of the level above."""

    form: str
    text: str
    children: int
    suffix: str = "tab"
    arabic: bool = False
    """All numbers of the label are Arabic."""
    running: bool = False
    """Counts on through the whole list."""


LISTS: dict[str, tuple[Level, ...]] = {
    "outline": (
        Level("japaneseCounting", "%1、", 6, "nothing"), Level("japaneseCounting", "（%2）", 3, "nothing"), Level("decimal", "%3.", 2),
        Level("decimalEnclosedCircle", "%4", 1, "nothing"),
    ),
    "rules": (
        Level("chineseCountingThousand", "第%1章", 3, "space"), Level("chineseCountingThousand", "第%2条", 10, "space", running=True),
        Level("chineseCounting", "（%3）", 1, "nothing"),
    ),
    "formal": (
        Level("chineseLegalSimplified", "%1、", 6, "nothing"), Level("decimal", "%1.%2", 3, arabic=True), Level("decimal", "%1.%2.%3", 2, arabic=True),
    ),
    "decimals": (Level("decimal", "%1", 6), Level("decimal", "%1.%2", 3), Level("decimal", "%1.%2.%3", 2)),
    "letters": (Level("chineseCounting", "%1、", 5, "nothing"), Level("chineseCountingThousand", "（%2）", 3, "nothing"), Level("upperLetter", "%3.", 3)),
}  # fmt: skip
SHARED = {"rules"}
"""Lists that go on from part to part: their running level passes a hundred."""


@dataclass(slots=True)
class Counter:
    """The counters of one list."""

    levels: tuple[Level, ...]
    values: list[int] = field(default_factory=list)

    def label(self, level: int) -> str:
        """Counts one more on a level; its label."""
        self.values = self.values or [0] * len(self.levels)
        self.values[level] += 1
        for k in range(level + 1, len(self.levels)):
            if not self.levels[k].running:
                self.values[k] = 0
        own = self.levels[level]

        def number(match: re.Match[str]) -> str:
            k = int(match[1]) - 1
            return NUMBERS["decimal" if own.arabic else self.levels[k].form](self.values[k])

        return re.sub("%([1-9])", number, own.text)


# -- the document ------------------------------------------------------------------------------------------------

CODE = "金木水火土风云山川石"
DOES = ("按月检查", "认真组织", "牵头制定", "逐项落实", "及时公布", "定期整理", "负责汇总", "全程参与")
WHAT = ("教学常规和备课笔记", "食堂采购与留样记录", "消防器材和疏散通道", "宿舍用电安全", "阅览室开放安排", "实验器材台账", "值班巡查日志")
HOW = (
    "发现问题当天整改，并在例会上通报",
    "结果计入考核",
    "由专人登记造册，做到账物相符",
    "请家长代表参加，听取意见后修改",
    "费用从公用经费中列支",
)
HEADS = ("项目", "内容", "负责部门", "地点", "备注")
SPANS = {(1, 0): (2, 1), (3, 1): (1, 2), (4, 4): (2, 1), (5, 0): (1, 2), (6, 2): (2, 2)}
"""The merged cells of each table, with the rows and columns they span."""
ROWS = 8


@dataclass(slots=True)
class Expected:
    """What is in the document: the paragraphs' first words with their labels, and the tables' cells by row and column."""

    labels: dict[str, str] = field(default_factory=dict)
    tables: list[dict[tuple[int, int], str]] = field(default_factory=list)
    paragraphs: int = 0


def code(n: int) -> str:
    """Four characters that stand for a number and nowhere else."""
    return "".join(CODE[int(d)] for d in f"{n:04d}")


def paragraph(text: str, num: int = 0, level: int = 0) -> str:
    """A paragraph in three runs, as Word splits them."""
    numbered = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr></w:pPr>' if num else ""
    cuts = (0, len(text) // 3, len(text) // 2, len(text))
    runs = "".join(f'<w:r><w:t xml:space="preserve">{text[a:b]}</w:t></w:r>' for a, b in pairwise(cuts) if a < b)
    return f"<w:p>{numbered}{runs}</w:p>"


def table(ordinal: int, expected: Expected) -> str:
    """A table of eight rows and five columns; some cells have two lines."""
    cells: dict[tuple[int, int], str] = {}
    covered = {
        (row + a, column + b): (row, column)
        for (row, column), (rows, columns) in SPANS.items() for a in range(rows) for b in range(columns) if a or b
    }  # fmt: skip
    out = ["<w:tbl><w:tblPr/><w:tblGrid>" + '<w:gridCol w:w="1800"/>' * len(HEADS) + "</w:tblGrid>"]
    for row in range(ROWS):
        out.append("<w:tr>")
        for column in range(len(HEADS)):
            head = covered.get((row, column))
            if head is not None and head[1] < column:
                continue
            rows, columns = SPANS.get(head or (row, column), (1, 1))
            merge = "<w:vMerge/>" if head else '<w:vMerge w:val="restart"/>' if rows > 1 else ""
            lines: list[str] = []
            if head is None:
                key = "格" + code(ordinal * 50 + row * len(HEADS) + column)
                lines = [HEADS[column]] if row == 0 else [key, "分批进行"] if column == 1 else [key]
                cells[row, column] = "".join(lines)
            span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
            out.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{''.join(map(paragraph, lines or ['']))}</w:tc>")
        out.append("</w:tr>")
    expected.tables.append(cells)
    return "".join(out) + "</w:tbl>"


def listed(counter: Counter, num: int, expected: Expected, chance: random.Random, level: int = 0) -> Iterator[str]:
    """The paragraphs of a list, level by level; after some stands a paragraph without a label."""
    for k in range(counter.levels[level].children):
        label = counter.label(level)
        key = "事项" + code(expected.paragraphs)
        expected.labels[key] = label
        yield sentence(key, num, level, expected, chance)
        if k % 3 == 2:
            yield sentence("说明" + code(expected.paragraphs), 0, 0, expected, chance)
        if level + 1 < len(counter.levels):
            yield from listed(counter, num, expected, chance, level + 1)


def sentence(key: str, num: int, level: int, expected: Expected, chance: random.Random) -> str:
    """A paragraph of some clauses that begins with its key."""
    expected.paragraphs += 1
    clauses = chance.randint(2, 5)
    words = "；".join(f"{chance.choice(DOES)}{chance.choice(WHAT)}，{chance.choice(HOW)}" for _ in range(clauses))
    return paragraph(f"{key}{words}。", num, level)


def make(path: Path) -> Expected:
    """Writes the document."""
    expected, chance = Expected(), random.Random(7)
    body, abstract, nums = [paragraph("2026年学校工作计划")], [], []
    going: dict[str, tuple[Counter, int]] = {}
    for part in range(PARTS):
        name = list(LISTS)[part % len(LISTS)]
        if name not in going or name not in SHARED:
            num = len(nums) + 1
            abstract.append(_abstract(num, LISTS[name]))
            nums.append(f'<w:num w:numId="{num}"><w:abstractNumId w:val="{num}"/></w:num>')
            going[name] = Counter(LISTS[name]), num
        counter, num = going[name]
        body += listed(counter, num, expected, chance)
        for ordinal in (2 * part, 2 * part + 1):
            body += [table(ordinal, expected), sentence("说明" + code(expected.paragraphs), 0, 0, expected, chance)]
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    space = f'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{office}"'
    package = "http://schemas.openxmlformats.org/package/2006"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{word}.document.main+xml"/>'
        f'<Override PartName="/word/numbering.xml" ContentType="{word}.numbering+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{word}.styles+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="r2" Type="{office}/styles" Target="styles.xml"/></Relationships>',
        "word/styles.xml": f'<w:styles {space}><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style></w:styles>',
        "word/numbering.xml": f"<w:numbering {space}>{''.join(abstract)}{''.join(nums)}</w:numbering>",
        "word/document.xml": f"<w:document {space}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' + text)
    return expected


def _abstract(num: int, levels: tuple[Level, ...]) -> str:
    rows = []
    for k, level in enumerate(levels):
        flags = ('<w:lvlRestart w:val="0"/>' if level.running else "") + ("<w:isLgl/>" if level.arabic else "")
        rows.append(
            f'<w:lvl w:ilvl="{k}"><w:start w:val="1"/><w:numFmt w:val="{level.form}"/>{flags}'
            f'<w:suff w:val="{level.suffix}"/><w:lvlText w:val="{level.text}"/></w:lvl>'
        )
    return f'<w:abstractNum w:abstractNumId="{num}"><w:multiLevelType w:val="multilevel"/>{"".join(rows)}</w:abstractNum>'


# -- the readers -------------------------------------------------------------------------------------------------


class Reader(NamedTuple):
    """A reader: the module it needs, and the code that reads `path`; its `result` is named by the form it has."""

    name: str
    module: str
    code: str
    package: str = ""


READERS = (
    Reader("planparse", "planparse", "import planparse\nresult = {'json': planparse.parse_bytes(open(path, 'rb').read(), path).decode()}"),
    Reader("mammoth, HTML", "mammoth", "import mammoth\nwith open(path, 'rb') as file:\n    result = {'html': mammoth.convert_to_html(file).value}"),
    Reader(
        "python-docx", "docx",
        "import docx\ndocument = docx.Document(path)\n"
        "result = {'text': '\\n'.join(p.text for p in document.paragraphs),\n"
        "          'grids': [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]}",
        "python-docx",
    ),
    Reader(
        "docx2python", "docx2python",
        "from docx2python import docx2python\n"
        "with docx2python(path) as document:\n"
        "    result = {'text': document.text, 'grids': [[['\\n'.join(cell) for cell in row] for row in table] for table in document.body if len(table) > 1]}",
    ),
    Reader("markitdown", "markitdown", "from markitdown import MarkItDown\nresult = {'markdown': MarkItDown().convert(path).text_content}"),
    Reader(
        "pandoc, plain text", "pypandoc",
        "import pypandoc\nresult = {'plain': pypandoc.convert_file(path, 'plain', 'docx', extra_args=['--wrap=none'])}", "pypandoc_binary",
    ),
    Reader("pandoc, HTML", "pypandoc", "import pypandoc\nresult = {'html': pypandoc.convert_file(path, 'html', 'docx', extra_args=['--wrap=none'])}", "pypandoc_binary"),
)  # fmt: skip

RUN = "import json, sys\npath = sys.argv[1]\n{code}\nsys.stdout.buffer.write(json.dumps(result).encode())\n"
MEASURE = """
import os, sys, time
out = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
null = os.open(os.devnull, os.O_WRONLY)
start = time.perf_counter()
pid = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, out, 1), (os.POSIX_SPAWN_DUP2, null, 2)])
_, status, usage = os.wait4(pid, 0)
print(status, time.perf_counter() - start, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""
"""Run by a process of its own: a child's peak is never told below the size of the process that started it."""


def interpreter(reader: Reader, pythons: Iterable[str]) -> tuple[str, str] | None:
    """The first interpreter that has the reader, and the reader's version."""
    question = (
        f"import importlib.util as u, importlib.metadata as m; assert u.find_spec({reader.module!r}); "
        f"print(m.version({(reader.package or reader.module)!r}))"
    )
    for python in pythons:
        done = subprocess.run([python, "-c", question], capture_output=True, text=True, check=False, cwd=ROOT)
        if done.returncode == 0:
            return python, done.stdout.strip()
    return None


# -- judging -----------------------------------------------------------------------------------------------------


class Grids(HTMLParser):
    """The tables of HTML, each cell at its row and column."""

    def __init__(self) -> None:
        super().__init__()
        self.grids: list[dict[tuple[int, int], str]] = []
        self.row = -1
        self.at: tuple[int, int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.grids.append({})
            self.row = -1
        elif tag == "tr":
            self.row += 1
        elif tag in ("td", "th"):
            values, grid = dict(attrs), self.grids[-1]
            column = next(k for k in range(1000) if (self.row, k) not in grid)
            for a in range(int(values.get("rowspan") or 1)):
                for b in range(int(values.get("colspan") or 1)):
                    grid[self.row + a, column + b] = ""
            self.at = self.row, column

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.at = None

    def handle_data(self, data: str) -> None:
        if self.at is not None:
            self.grids[-1][self.at] += data


def by_place(rows: Iterable[Iterable[str]]) -> dict[tuple[int, int], str]:
    """Cells by row and column."""
    return {(r, c): cell for r, row in enumerate(rows) for c, cell in enumerate(row)}


def pipe_tables(text: str) -> list[dict[tuple[int, int], str]]:
    """The tables of Markdown; empty rows and the line below the head are none of theirs."""
    grids = []
    for block in re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE):
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in block.splitlines()]
        grids.append(by_place(row for row in rows if any(row) and not all(set(cell) <= {"-", ":"} for cell in row)))
    return grids


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """All objects in some JSON."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


class Outcome(NamedTuple):
    """What came out of a reader: its words, the label before each key, and its tables; None when it tells of none."""

    text: str
    labels: dict[str, str]
    grids: list[dict[tuple[int, int], str]] | None


def outcome(result: dict[str, Any], keys: Iterable[str]) -> Outcome:
    """The outcome in one form."""
    if "json" in result:
        found = list(nodes(json.loads(result["json"])))
        starts = ((node["number"]["text"], node.get("heading") or node.get("text") or "") for node in found if node.get("number"))
        labels = {words[:6]: label for label, words in starts}
        tables = [node for node in found if "columns" in node and "rows" in node and isinstance(node["rows"], list)]
        return Outcome(result["json"], labels, [by_place([node["columns"], *node["rows"]]) for node in tables])
    if "html" in result:
        parser = Grids()
        parser.feed(result["html"])
        text = html.unescape(re.sub(r"<[^>]*>", "\n", result["html"]))
        return Outcome(text, before(text, keys), parser.grids)
    if "markdown" in result:
        return Outcome(result["markdown"], before(result["markdown"], keys), pipe_tables(result["markdown"]))
    text = result.get("text") or result.get("plain")
    grids = [by_place(rows) for rows in result["grids"]] if "grids" in result else None
    words = text + "".join(cell for grid in grids or () for cell in grid.values())
    return Outcome(words, before(text, keys), grids)


def before(text: str, keys: Iterable[str]) -> dict[str, str]:
    """What stands before each key on its line, without blanks and the marks of Markdown."""
    labels = {}
    for key in keys:
        at = text.find(key)
        if at >= 0:
            line = text[text.rfind("\n", 0, at) + 1 : at]
            labels[key] = re.sub(r"^[#>*\-]+|[\s\\]", "", line)
    return labels


def judge(result: dict[str, Any], expected: Expected) -> list[str]:
    """The table's cells on what is right."""
    found = outcome(result, expected.labels)
    right = {key for key, label in expected.labels.items() if found.labels.get(key) == label}
    chinese = {key for key, label in expected.labels.items() if not re.sub("[.]", "", label).isascii()}
    wanted = [(k, at, text) for k, cells in enumerate(expected.tables) for at, text in cells.items()]
    words = re.sub(r"\s|\\n|<br ?/?>", "", found.text)
    there = sum(text[:5] in words for _, _, text in wanted)
    placed = "–"
    if found.grids is not None:
        grids = dict(enumerate(found.grids))
        placed = str(sum(re.sub(r"\s|<br ?/?>", "", grids.get(k, {}).get(at, "")) == text for k, at, text in wanted))
        placed += f" of {len(wanted)}"
    return [f"{len(right)} of {len(expected.labels)}", f"{len(right & chinese)} of {len(chinese)}", f"{there} of {len(wanted)}", placed]


def measure(reader: Reader, python: str, path: Path, folder: Path) -> tuple[dict[str, Any], float, int]:
    """The reader's result, the seconds of its best run, and its peak memory in bytes."""
    out, runs = folder / "out.json", []
    for _ in range(ROUNDS):
        command = [sys.executable, "-c", MEASURE, str(out), python, "-c", RUN.format(code=reader.code), str(path)]
        status, seconds, peak = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.split()
        if status != "0":
            return {}, 0, 0
        runs.append((float(seconds), int(peak)))
    return json.loads(out.read_bytes()), min(seconds for seconds, _ in runs), max(peak for _, peak in runs)


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(description="Compares readers of Word files; prints Markdown.")
    options.add_argument("--python", action="append", default=[], help="an interpreter that has peers; may be given again")
    options.add_argument("--keep", type=Path, help="write the document there, too")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = chosen.keep or folder / "plan.docx"
        expected = make(path)
        print(
            f"CPython {platform.python_version()}, {platform.system()} {platform.machine()}, {time.strftime('%Y-%m-%d')}. "
            f"{expected.paragraphs} paragraphs, {len(expected.labels)} with a label; {len(expected.tables)} tables.\n"
        )
        print("| reader | version | labels right | of these Chinese or circled | cells there | cells in place | seconds | peak MB |")
        print("|---|---|---:|---:|---:|---:|---:|---:|")
        for reader in READERS:
            found = interpreter(reader, [sys.executable, *chosen.python])
            cells = ["not installed"] + ["–"] * 6
            if found is not None:
                python, version = found
                result, seconds, peak = measure(reader, python, path, folder)
                cells = [version, "failed", *["–"] * 5]
                if result:
                    cells = [version, *judge(result, expected), f"{seconds:.2f}", f"{peak / 1e6:.0f}"]
            print("| " + " | ".join([reader.name, *cells]) + " |", flush=True)


if __name__ == "__main__":
    main()
