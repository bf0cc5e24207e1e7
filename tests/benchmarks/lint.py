"""Compares planparse's linter with linters for Chinese text: `python tests/benchmarks/lint.py [--python PATH] [--node FOLDER] [--files N]`.

Three tables: plan-level defects that are found, damage that fixing does, and speed. Peers run where they are installed:

    python -m venv peers && peers/bin/pip install autocorrect-py
    npm install zhlint @lint-md/core                             # in the folder that --node names

Defects. `lint/defects.txt` holds made-up plans whose punctuation is in order and whose lines carry one labelled defect each
(`⟦PN101⟧`, taken out before anybody reads them). A tool finds a defect when it
reports anything on its line but the width of marks and blanks between scripts; what it reports at all on these lines, and on how many others, stands beside.

Damage. The samples that are text are fixed by each tool with its defaults (planparse: safe fixes, profile official), parsed before
and after, and what was lost is counted: labels of the outline that are gone or differ, times that are gone, rows of schedules that are gone.
planparse's own parser is the judge; a label that it no longer sees is `2.` turned into `2。` more often than not.

Many files. With `--files N`, so many small files (the samples, each with other figures) are checked twice by the command, the second time with the cache of the first.

Speed. CPU time of checking, in one process, without starting it, the least of some rounds.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
sys.path.insert(0, str(ROOT))

from planparse.rules.engine import check  # noqa: E402
from planparse.rules.fixing import fix, viewer  # noqa: E402
from planparse.rules.selection import select  # noqa: E402
from planparse.rules.view import View  # noqa: E402
from planparse.source import Source  # noqa: E402
from planparse.syntax.parse import Parsed  # noqa: E402

LABEL = re.compile(" ?⟦(PN\\d{3})⟧")
ROUNDS = 5
ABSENT = 3
SPACING = re.compile("全角|半角|空格|spac|标点符号")
"""What the messages of peers say that are about the width of marks and the blanks around them."""
NODE = """
const tool = process.argv[1], fs = require('fs'), texts = JSON.parse(fs.readFileSync(0, 'utf8'));
let lint, fix, version;
try {
  if (tool === 'zhlint') {
    const { run } = require('zhlint'), options = { rules: { preset: 'default' } };
    const line = (text, index) => text.slice(0, index).split('\\n').length;
    lint = text => run(text, options).validations.map(v => [line(text, v.index), v.message]);
    fix = text => run(text, options).result;
  } else {
    const core = require('@lint-md/core');
    lint = text => core.lintMarkdown(text, {}, false).lintResult.map(r => [r.loc.start.line, r.message]);
    fix = text => core.lintMarkdown(text, {}, true).fixedResult.result;
  }
  version = JSON.parse(fs.readFileSync(require.resolve(tool === 'zhlint' ? 'zhlint' : '@lint-md/core').replace(/(node_modules\\/(?:@[^/]+\\/)?[^/]+).*/, '$1/package.json'))).version;
} catch (error) { process.stderr.write(String(error)); process.exit(3); }
console.log = () => {};
const found = lint(texts.defects), fixed = texts.samples.map(fix);
const rounds = [];
for (let k = 0; k < 5; k++) { const start = process.cpuUsage(); lint(texts.speed); const used = process.cpuUsage(start); rounds.push((used.user + used.system) / 1e6); }
process.stdout.write(JSON.stringify({ version, lines: found, fixed, seconds: Math.min(...rounds) }));
"""


class Answer(NamedTuple):
    """What a tool did."""

    version: str
    lines: list[tuple[int, str]]
    """The lines of the defects' text on which it reports something, and what."""
    fixed: list[str]
    """The samples as it fixes them."""
    seconds: float
    """For the text of the speed table."""


def least(work: Callable[[], object]) -> float:
    """CPU seconds, the least of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        rounds.append(time.process_time() - start)
    return min(rounds)


# -- the tools ---------------------------------------------------------------------------------------------------


def planparse(texts: dict[str, Any]) -> tuple[Answer, dict[int, set[str]]]:
    """planparse with the rules of its default profile, and the codes by line."""
    from planparse import __version__

    selection = select()
    outcome = check(View.of(Parsed(Source("-", texts["defects"]))), selection)
    codes: dict[int, set[str]] = {}
    for violation in outcome.violations:
        if violation.place is not None:
            codes.setdefault(violation.place.line, set()).add(violation.code)
    official = select("official")
    fixed = [fix(text, viewer(Source("-", text), None, {}), official).text for text in texts["samples"]]
    seconds = least(lambda: check(View.of(Parsed(Source("-", texts["speed"]))), selection))
    return Answer(__version__, [(line, code) for line, found in codes.items() for code in found], fixed, seconds), codes


def work_autocorrect(texts: dict[str, Any]) -> None:
    """Runs in the interpreter of the peers."""
    try:
        import autocorrect_py
    except ImportError:
        sys.exit(ABSENT)
    from importlib import metadata

    lines = [[result.line, "spaces"] for result in autocorrect_py.lint_for(texts["defects"], "text").lines]  # it gives no messages
    fixed = [autocorrect_py.format_for(text, "text") for text in texts["samples"]]
    pieces = texts["pieces"]  # it fails on texts above about half a megabyte
    seconds = least(lambda: [autocorrect_py.lint_for(piece, "text") for piece in pieces])
    print(json.dumps({"version": metadata.version("autocorrect-py"), "lines": lines, "fixed": fixed, "seconds": seconds}))


def ask(name: str, command: list[str], folder: Path, texts: dict[str, Any]) -> Answer | str:
    """A peer's answer, else why there is none."""
    if shutil.which(command[0]) is None:
        return f"{command[0]} is not installed"
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, encoding="utf-8", cwd=folder, check=False)
    if done.returncode == ABSENT:
        return "not installed"
    if done.returncode:
        return f"{name} failed: " + (done.stderr.strip().splitlines() or ["no message"])[-1]
    answer = json.loads(done.stdout)
    return Answer(answer["version"], answer["lines"], answer["fixed"], answer["seconds"])


# -- the texts ---------------------------------------------------------------------------------------------------


def defects() -> tuple[str, dict[int, str]]:
    """The text without its labels, and the labelled lines with their codes."""
    labels: dict[int, str] = {}
    lines = (HERE.parent / "lint" / "defects.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        found = LABEL.search(line)
        if found is not None:
            labels[number] = found[1]
    return "\n".join(LABEL.sub("", line) for line in lines) + "\n", labels


def samples() -> list[str]:
    """The samples that are plain text."""
    return [path.read_text(encoding="utf-8") for path in sorted((ROOT / "samples").glob("*.txt")) if path.stem != "gbk-notice"]


class Kept(NamedTuple):
    """What the parser sees in a text."""

    labels: Counter[Any]
    times: Counter[Any]
    rows: int


def kept(text: str) -> Kept:
    """Labels of the outline, times with what they resolve to, rows of schedules."""
    labels: Counter[Any] = Counter()
    times: Counter[Any] = Counter()
    rows = 0
    for visit in View.of(Parsed(Source("-", text))).visits:
        fields = visit.node.fields
        rows += visit.node.type == "schedule_row"
        if "number" in fields:
            labels[visit.depth, fields["number"][3], visit.node.type] += 1
        for when in (fields.get("when"), *fields.get("times", ())):
            if when:
                times[when.get("kind"), when.get("edtf"), when.get("bound")] += 1
    return Kept(labels, times, rows)


def damage(before: list[str], after: list[str]) -> tuple[int, int, int, int]:
    """Labels, times and rows that are lost, and how many lines were changed."""
    lost = [0, 0, 0, 0]
    for old, new in zip(before, after, strict=True):
        a, b = kept(old), kept(new)
        lost[0] += (a.labels - b.labels).total()
        lost[1] += (a.times - b.times).total()
        lost[2] += max(0, a.rows - b.rows)
        lines = Counter(new.splitlines())
        lost[3] += (Counter(old.splitlines()) - lines).total()
    return lost[0], lost[1], lost[2], lost[3]


def many(count: int) -> None:
    """Checks many small files twice: files a second, and what the second run costs of the first."""
    texts = samples()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for k in range(count):
            place = folder / f"{k // 500:03}"
            place.mkdir(exist_ok=True)
            text = texts[k % len(texts)]
            (place / f"{k:06}.txt").write_text(text.replace("2024", str(2000 + k % 60)) + f"编号{k}。\n", encoding="utf-8")
        command = [sys.executable, "-m", "planparse", "check", str(folder), "--isolated", "--exit-zero", "--output-format", "concise"]
        command += ["-o", str(folder / "findings.out"), "--cache-dir", str(folder / "cache")]
        print(f"\n{count} files.\n\n| run | seconds | CPU seconds | files/s | of the first |\n|---|---:|---:|---:|---:|")
        first = 0.0
        for run in ("first", "second, nothing changed"):
            before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run(command, check=True, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL)
            seconds = time.perf_counter() - start
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            first = first or seconds
            print(f"| {run} | {seconds:.1f} | {used:.1f} | {count / seconds:.0f} | {seconds / first:.3f} |")


def main() -> None:
    """Prints the tables."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("--python", default=sys.executable, metavar="PATH", help="an interpreter that has autocorrect-py")
    options.add_argument(
        "--node", default=".", type=Path, metavar="FOLDER", help="a folder in which zhlint and @lint-md/core are installed"
    )
    options.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    options.add_argument("--files", type=int, metavar="N", help="also check so many files, twice")
    chosen = options.parse_args()
    if chosen.worker:
        work_autocorrect(json.loads(sys.stdin.buffer.read()))
        return
    text, labels = defects()
    pieces = samples() * 4
    texts = {"defects": text, "samples": samples(), "speed": "\n".join(pieces), "pieces": pieces}
    ours, codes = planparse(texts)
    answers: dict[str, Answer | str] = {
        "planparse": ours,
        "zhlint": ask("zhlint", ["node", "-e", NODE, "zhlint"], chosen.node, texts),
        "autocorrect": ask("autocorrect", [chosen.python, str(HERE), "--worker"], Path(), texts),
        "lint-md": ask("lint-md", ["node", "-e", NODE, "lint-md"], chosen.node, texts),
    }
    megabytes = len(texts["speed"].encode()) / 1e6
    whole = [kept(sample) for sample in texts["samples"]]
    totals = (sum(k.labels.total() for k in whole), sum(k.times.total() for k in whole), sum(k.rows for k in whole))
    print(f"{len(labels)} labelled defects in {len(text.splitlines())} lines; samples with {totals[0]} labels, {totals[1]} times, {totals[2]} rows; "
          f"{megabytes:.2f} MB for speed.\n")  # fmt: skip
    print(
        "| tool | defects found | any report on their lines | other lines reported | lines changed by fixing | labels lost | times lost | rows lost | MB/s |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for name, answer in answers.items():
        if isinstance(answer, str):
            print(f"| {name} | {answer} | | | | | | | |")
            continue
        lines = {line for line, _ in answer.lines}
        hit = len(lines & labels.keys())
        meant = len({line for line, message in answer.lines if not SPACING.search(message)} & labels.keys())
        other = len(lines - labels.keys())
        lost = damage(texts["samples"], answer.fixed)
        print(
            f"| {name} {answer.version} | {meant} of {len(labels)} | {hit} | {other} | {lost[3]} | {lost[0]} | {lost[1]} | {lost[2]} | {megabytes / answer.seconds:.2f} |"
        )
    right = sum(code in codes.get(line, ()) for line, code in labels.items())
    print(f"\nplanparse names the labelled rule on {right} of {len(labels)} lines.")
    for line, code in labels.items():
        if code not in codes.get(line, ()):
            print(f"not found: line {line}, {code}; found there: {', '.join(sorted(codes.get(line, ()))) or 'nothing'}")
    if chosen.files:
        many(chosen.files)


if __name__ == "__main__":
    main()
