"""Scores planparse's reading of targets, owners and citations: `python tests/benchmarks/facts.py [FILE]... [--python PATH] [--errors]`.

It reads sentences with labels, by default those of `facts/*.txt` beside it (`facts/README.md` tells their form), puts each into a
small plan, parses that, and compares what the document holds with the labels. A target is right when value, unit, comparator and
change are; an owner when name and kind are; a citation when title and number are. Subjects and duties are counted apart, of those
that are right: a subject as it is labelled, and also where both end with the same noun (合格率, 考核合格率).

The second table runs peers on the targets, in the first interpreter that has them; `--python` names more:

    python -m venv peers
    peers/bin/pip install cn2an jionlp recognizers-text-suite

None of them is made for plans, so their finds are judged with indulgence. A value also counts without its 万 or 亿, a share also as a
fraction; a span when both of its ends are found; % counts for 百分点. What a tool never tells is a dash: cn2an only turns
numerals into digits, which a pattern then finds; recognizers-text for Python has no ranges. jionlp reads no figures but money,
so the money is counted apart. A find in a trap is a number for the peers, a target for planparse. Milliseconds are the least
of three rounds; planparse's are for parsing the whole small plan.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import math
import re
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve()
FRAME = "某单位2024年工作计划\n一、重点工作\n1．{}\n"
ROUNDS = 3
NONE = "–"

# -- the labels --------------------------------------------------------------------------------------------------


class Target(NamedTuple):
    """A figure."""

    value: float | None
    upper: float | None
    unit: str | None
    comparator: str
    change: str | None
    subject: str | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """What has to agree."""
        return tuple(self[:5])

    @property
    def extra(self) -> str | None:
        """What is scored apart."""
        return self.subject

    def __str__(self) -> str:
        """In the form of a label."""
        sign = {"increase": "+", "decrease": "-"}.get(self.change or "", "")
        comparator = self.comparator if not sign or self.comparator != "=" else ""
        value = "?" if self.value is None else f"{self.value:.15g}"
        upper = "" if self.upper is None else f"..{self.upper:.15g}"
        return f"target {sign}{comparator} {value}{upper} {self.unit or '-'}" + (f" | {self.subject}" if self.subject else "")


class Owner(NamedTuple):
    """Who answers for it."""

    text: str
    kind: str
    duty: str | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """What has to agree."""
        return self.text, self.kind

    @property
    def extra(self) -> str | None:
        """What is scored apart."""
        return self.duty

    def __str__(self) -> str:
        """In the form of a label."""
        return f"owner {self.kind} {self.text} {self.duty or '?'}"


class Citation(NamedTuple):
    """A document that is referred to."""

    title: str
    number: str | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """What has to agree."""
        return self.title, self.number

    @property
    def extra(self) -> str | None:
        """What is scored apart: nothing."""
        return None

    def __str__(self) -> str:
        """In the form of a label."""
        return f"cite {self.title}" + (f" | {self.number}" if self.number else "")


Fact = Target | Owner | Citation
KINDS: dict[str, type[Fact]] = {"targets": Target, "owners": Owner, "citations": Citation}
CHANGES = {"+": "increase", "-": "decrease", "": None}


class Case(NamedTuple):
    """A sentence and its facts; without any it is a trap."""

    text: str
    facts: list[Fact]


class LabelError(ValueError):
    """A file of labels is not in the form that `facts/README.md` describes."""


FORMS = {
    "target": r"target (?:([+-])|([+-]?)(>=|<=|=|>|<|~)) (\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))? ([^\s|]+)(?: \| (\S.*))?",
    "owner": r"owner (unit|person|role) (\S.*) (responsible|lead|support|head|deputy|member|office)",
    "cite": r"cite ([^|\s][^|]*?)(?: \| ([^|\s][^|]*))?",
}
WANTED = {
    "target": "target COMPARATOR VALUE UNIT | SUBJECT",
    "owner": "owner unit|person|role NAME DUTY",
    "cite": "cite TITLE | NUMBER",
}


def cases_of(path: Path) -> list[Case]:
    """The sentences of a file with their labels."""
    cases: list[Case] = []
    fresh = True
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            fresh = True
        elif not line.startswith("  "):
            if not fresh:
                raise LabelError(f"{path}:{number}: a sentence in the block of another; an empty line parts them, two blanks begin a label")
            if line != line.strip():
                raise LabelError(f"{path}:{number}: blanks around a sentence; labels begin with two")
            cases.append(Case(line, []))
            fresh = False
        elif fresh:
            raise LabelError(f"{path}:{number}: a label without a sentence")
        else:
            try:
                cases[-1].facts.append(_fact(line.strip()))
            except LabelError as error:
                raise LabelError(f"{path}:{number}: {error}") from None
    return cases


def _fact(label: str) -> Fact:
    word = label.split(maxsplit=1)[0]
    if word not in FORMS:
        raise LabelError(f"unknown label {word!r}; known are {', '.join(FORMS)}")
    found = re.fullmatch(FORMS[word], label)
    if found is None:
        raise LabelError(f"not {WANTED[word]}: {label}")
    if word == "owner":
        return Owner(found[2], found[1], found[3])
    if word == "cite":
        return Citation(found[1], found[2])
    sign, value, upper, unit = found[1] or found[2] or "", float(found[4]), found[5], found[6]
    return Target(value, float(upper) if upper else None, None if unit == "-" else unit, found[3] or "=", CHANGES[sign], found[7])


# -- planparse ---------------------------------------------------------------------------------------------------


def planparse_reader() -> Callable[[str], list[Fact]]:
    """planparse on a sentence in a small plan."""
    sys.path.insert(0, str(HERE.parents[2]))
    import planparse

    return lambda text: list(_facts(planparse.parse(FRAME.format(text)).model_dump()))


def _facts(value: Any) -> Iterator[Fact]:
    """The facts of all nodes in a document, but for those that are inherited."""
    if isinstance(value, dict):
        for found in value.get("targets") or ():
            figure, upper = (None if found.get(key) is None else round(float(found[key]), 4) for key in ("value", "upper"))
            yield Target(figure, upper, found.get("unit"), found.get("comparator") or "=", found.get("change"), found.get("subject"))
        for found in value.get("owners") or ():
            if not found.get("inherited"):
                yield Owner(found["text"], found["kind"], found.get("duty"))
        for found in value.get("citations") or ():
            yield Citation(found["title"], found.get("number"))
        for inner in value.values():
            yield from _facts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _facts(inner)


class Pairs(NamedTuple):
    """The labels of one kind beside the finds: those that agree, what was missed and what was wrong."""

    right: list[tuple[Fact, Fact]]
    missed: list[Fact]
    wrong: list[Fact]


def pair(labelled: Iterable[Fact], found: Iterable[Fact]) -> Pairs:
    """Pairs each label with one find at most, first those that agree in all."""
    missed, wrong = list(labelled), list(found)
    right: list[tuple[Fact, Fact]] = []
    for entirely in (True, False):
        for label in missed[:]:
            for find in wrong:
                if label.key == find.key and (not entirely or label.extra == find.extra):
                    right.append((label, find))
                    missed.remove(label)
                    wrong.remove(find)
                    break
    return Pairs(right, missed, wrong)


def score(cases: list[Case], finds: list[list[Fact]]) -> dict[str, Any]:
    """The figures of one set."""
    traps = [found for case, found in zip(cases, finds, strict=True) if not case.facts]
    scores: dict[str, Any] = {"sentences": len(cases), "traps": {"empty": sum(not found for found in traps), "of": len(traps)}}
    for kind, form in KINDS.items():
        pairs = [_of(form, case.facts, found) for case, found in zip(cases, finds, strict=True)]
        right = [both for p in pairs for both in p.right]
        labelled = len(right) + sum(len(p.missed) for p in pairs)
        found = len(right) + sum(len(p.wrong) for p in pairs)
        scores[kind] = {
            "labelled": labelled,
            "found": found,
            "right": len(right),
            "precision": _share(len(right), found),
            "recall": _share(len(right), labelled),
            "f1": _share(2 * len(right), labelled + found),
        }
        if kind != "citations":
            asked = [(label, find) for label, find in right if label.extra is not None]
            scores["subjects" if kind == "targets" else "duties"] = {
                "right": sum(label.extra == find.extra for label, find in asked),
                "alike": sum(alike(label.extra, find.extra) for label, find in asked),
                "of": len(asked),
            }
    return scores


def alike(label: str | None, read: str | None) -> bool:
    """Whether two names end with the same noun: 合格率 and 考核合格率."""
    return label is not None and read is not None and (label.endswith(read) or read.endswith(label))


def _of(form: type[Fact], labelled: Iterable[Fact], found: Iterable[Fact]) -> Pairs:
    return pair((fact for fact in labelled if isinstance(fact, form)), (fact for fact in found if isinstance(fact, form)))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def print_errors(cases: list[Case], finds: list[list[Fact]]) -> None:
    """Lists each sentence that is not read as it is labelled, in the form of the labels."""
    for case, found in zip(cases, finds, strict=True):
        lines = []
        for form in KINDS.values():
            pairs = _of(form, case.facts, found)
            lines += [f"  missed {fact}" for fact in pairs.missed] + [f"  wrong  {fact}" for fact in pairs.wrong]
            lines += [f"  apart  {a} (read {b.extra})" for a, b in pairs.right if a.extra is not None and a.extra != b.extra]
        if lines:
            print("\n".join([case.text if case.facts else f"{case.text} (a trap)", *lines]), end="\n\n")


# -- the peers ---------------------------------------------------------------------------------------------------

# A reading is the value, the upper end, the unit and the comparators it may stand for; a find is a list of readings of one place.
Reading = tuple[float, float | None, str | None, str]
Finder = Callable[[str], list[list[Reading]]]

UNITS = {
    "Chinese yuan": "元", "Square meter": "平方米", "Cubic meter": "立方米", "Kilometer": "公里", "Meter": "米", "Centimeter": "厘米", "Mu": "亩",
    "Hectare": "公顷", "Ton": "吨", "Kilogram": "公斤", "Gram": "克", "Microgram": "微克", "Liter": "升", "Percentage": "%",
}  # fmt: skip
BLURS = {"accurate": "=", "blur": "~ = > <", "blur+": ">= >", "blur-": "<= <"}
"""What jionlp says of a sum, and the comparators it may mean; 20多万 and spans are blur to it."""


def cn2an() -> Finder:
    """cn2an makes digits of numerals; a pattern finds them."""
    import cn2an as library

    number = re.compile(r"(\d+)/(\d+)|(\d+(?:\.\d+)?)(万|亿)?")
    scales = {"万": 1e4, "亿": 1e8, None: 1}

    def find(text: str) -> list[list[Reading]]:
        out: list[list[Reading]] = []
        for found in number.finditer(library.transform(text, "cn2an")):
            value = float(found[3]) * scales[found[4]] if found[3] else float(found[1]) / (float(found[2]) or 1)
            out.append([(value, None, None, "")])
        return out

    return find


def jionlp() -> Finder:
    """JioNLP's sums of money; it has nothing for other quantities."""
    import jionlp as library

    def find(text: str) -> list[list[Reading]]:
        out: list[list[Reading]] = []
        for found in library.ner.extract_money(text, with_parsing=True):
            detail = found.get("detail") or {}
            if "num" in detail:
                first, last = detail["num"] if isinstance(detail["num"], list) else (detail["num"], None)
                comparators = BLURS.get(detail["definition"], "")
                lower: Reading = (float(first), None, detail["case"], comparators)  # 20多万 is 200000 to 300000 to it
                out.append([lower] if last is None else [(float(first), float(last), detail["case"], comparators), lower])
        return out

    return find


def recognizers() -> Finder:
    """The models of Recognizers-Text for numbers, percentages, money and dimensions."""
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension
    from recognizers_text import Culture

    def find(text: str) -> list[list[Reading]]:
        results = []
        for recognize in (recognize_number, recognize_percentage, recognize_currency, recognize_dimension):
            for result in recognize(text, Culture.Chinese):
                value, unit = (str((result.resolution or {}).get(key) or "") for key in ("value", "unit"))
                with contextlib.suppress(ValueError):
                    percent = value.endswith("%")
                    reading = (float(value.rstrip("%")), None, "%" if percent else UNITS.get(unit, unit) or None, "")
                    results.append((result.start, result.end, reading))
        results.sort(key=lambda result: result[0])
        out: list[list[Reading]] = []
        end = -1
        for start, last, reading in results:  # readings of one place are one find
            if start <= end:
                out[-1].append(reading)
            else:
                out.append([reading])
            end = max(end, last)
        return out

    return find


class Peer(NamedTuple):
    """A peer: its package, what makes its finder, and what it tells of a figure beside the value."""

    package: str
    make: Callable[[], Finder]
    units: bool = True
    comparators: bool = False


PEERS = {
    "cn2an": Peer("cn2an", cn2an, units=False),
    "jionlp": Peer("jionlp", jionlp, comparators=True),
    "recognizers-text": Peer("recognizers-text-number", recognizers),
}
ABSENT = 3
"""The exit status of a worker whose peer is not installed."""


def work(name: str) -> None:
    """Runs in the interpreter of the peers: JSON list of sentences in, finds and milliseconds out."""
    texts = json.loads(sys.stdin.buffer.read())
    warnings.simplefilter("ignore")  # cn2an warns of what it cannot read
    with contextlib.redirect_stdout(io.StringIO()):  # jionlp prints an advertisement
        try:
            find, version = PEERS[name].make(), metadata.version(PEERS[name].package)
        except ImportError:
            sys.exit(ABSENT)
        finds = [_safely(find, text) for text in texts]
        ms = milliseconds(lambda text: _safely(find, text), texts)
    print(json.dumps({"version": version, "finds": finds, "ms": ms}))


def _safely(find: Finder, text: str) -> list[list[Reading]]:
    try:
        return find(text)
    except Exception:  # noqa: BLE001 - a peer that fails on a sentence finds nothing in it
        return []


def milliseconds(read: Callable[[str], Any], texts: list[str]) -> float:
    """For a sentence, the least of some rounds."""
    rounds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for text in texts:
            read(text)
        rounds.append(time.perf_counter() - start)
    return min(rounds) * 1000 / max(len(texts), 1)


def ask(name: str, pythons: list[str], texts: list[str]) -> dict[str, Any] | str:
    """A peer's answer from the first interpreter that has it, else why there is none."""
    for python in pythons:
        command = [python, str(HERE), "--worker", name]
        done = subprocess.run(command, input=json.dumps(texts), capture_output=True, encoding="utf-8", check=False)
        if done.returncode == 0:
            answer: dict[str, Any] = json.loads(done.stdout)
            return answer
        if done.returncode != ABSENT:
            return "failed: " + (done.stderr.strip().splitlines() or ["no message"])[-1]
    return "not installed"


def forms(value: float, unit: str | None) -> set[float]:
    """The values that count for a figure: also the share as a fraction, without 万, 亿 and the like, and the 两 of 翻两番."""
    factors = {"%": (1, 0.01, 0.1), "百分点": (1, 0.01), "‰": (1, 0.001, 0.1), "公里": (1, 1000)}.get(unit or "", (1, 1e-3, 1e-4, 1e-8))
    values = {round(value * factor, 4) for factor in factors}
    if unit == "倍":
        values.add(round(math.log2(value + 1), 4))  # 翻两番 is + 3 倍
    return values - {0} if value else values


def same_unit(label: str | None, read: str | None) -> bool:
    """Whether a unit is the labelled one; % counts for 百分点."""
    return label == read or (label, read) == ("百分点", "%")


class Verdict(NamedTuple):
    """What a tool reads right of one label."""

    value: bool = False
    unit: bool = False
    comparator: bool = False


def judge(label: Target, finds: list[list[Reading]]) -> Verdict:
    """Takes what a label needs from the finds of its sentence; the best of the finds that have its value."""
    lower = forms(label.value or 0, label.unit)
    upper = None if label.upper is None else forms(label.upper, label.unit)
    best, used = Verdict(), []
    for k, find in enumerate(finds):
        for reading in find:
            if round(reading[0], 4) not in lower:
                continue
            taken, readings = [find], [reading]
            if upper is None and reading[1] is not None:
                continue
            if upper is not None and (reading[1] is None or round(reading[1], 4) not in upper):
                # the ends stand in two finds, one behind the other
                other = [r for r in finds[k + 1] if round(r[0], 4) in upper] if k + 1 < len(finds) and reading[1] is None else []
                if not other:
                    continue
                taken.append(finds[k + 1])
                readings += other
            unit = any(same_unit(label.unit, r[2]) for r in readings)
            verdict = Verdict(True, unit, any(label.comparator in r[3].split() for r in readings))
            if verdict > best:
                best, used = verdict, taken
    for find in used:
        finds[:] = [other for other in finds if other is not find]
    return best


def row(cases: list[Case], finds: list[list[list[Reading]]]) -> dict[str, int]:
    """What a tool reads right of all targets."""
    out = {"labelled": 0, "values": 0, "units": 0, "comparators": 0, "money_labelled": 0, "money": 0, "false_finds": 0}
    for case, found in zip(cases, finds, strict=True):
        left = [[(r[0], r[1], r[2], r[3]) for r in find] for find in found]
        if not case.facts:
            out["false_finds"] += len(left)
        for label in case.facts:
            if isinstance(label, Target):
                verdict = judge(label, left)
                out["labelled"] += 1
                out["values"] += verdict.value
                out["units"] += verdict.unit
                out["comparators"] += verdict.comparator
                out["money_labelled"] += label.unit == "元"
                out["money"] += label.unit == "元" and verdict.value
    return out


def ours(found: list[Fact]) -> list[list[Reading]]:
    """planparse's targets in the form of the peers' finds."""
    return [[(t.value, t.upper, t.unit, t.comparator)] for t in found if isinstance(t, Target) and t.value is not None]


# -- the tables --------------------------------------------------------------------------------------------------


def print_scores(scores: dict[str, dict[str, Any]]) -> None:
    """The first table."""
    print("| set | facts | labelled | found | right | precision | recall | F1 |\n|---|---|---:|---:|---:|---:|---:|---:|")
    for name, score_ in scores.items():
        for kind in KINDS:
            values = score_[kind]
            shares = (NONE if values[key] is None else f"{values[key]:.1%}" for key in ("precision", "recall", "f1"))
            print("| " + " | ".join([name, kind, *(str(values[key]) for key in ("labelled", "found", "right")), *shares]) + " |")
    print()
    for name, score_ in scores.items():
        subjects, duties, traps = score_["subjects"], score_["duties"], score_["traps"]
        print(
            f"{name}: {score_['sentences']} sentences; {traps['empty']} of {traps['of']} traps stayed empty; of the right targets "
            f"{subjects['right']} of {subjects['of']} subjects ({subjects['alike']} end with the same noun), "
            f"of the right owners {duties['right']} of {duties['of']} duties."
        )


def print_peers(rows: list[dict[str, Any]]) -> None:
    """The second table."""
    labelled, money, traps = (rows[0][key] for key in ("labelled", "money_labelled", "traps"))
    print(
        f"\n{labelled} labelled targets, {money} of them money; {traps} traps.\n\n"
        f"| tool | values right of {labelled} | of {money} money | units right | comparators right | false finds in traps "
        "| ms a sentence |\n"
        "|---|---:|---:|---:|---:|---:|---:|"
    )
    for line in rows:
        cells = [line["missing"], *[NONE] * 5] if "missing" in line else [_cell(line[key]) for key in SHOWN]
        print(f"| {' '.join(filter(None, (line['tool'], line.get('version'))))} | " + " | ".join(cells) + " |")


SHOWN = ("values", "money", "units", "comparators", "false_finds", "ms")


def _cell(value: float | None) -> str:
    return NONE if value is None else f"{value:.2f}" if isinstance(value, float) else str(value)


def main() -> None:
    """Prints the tables, or the scores as JSON."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("paths", nargs="*", type=Path, metavar="FILE", help="files of labelled sentences; facts/*.txt without one")
    options.add_argument("--python", action="append", default=[], metavar="PATH", help="an interpreter that has peers; may be given again")
    options.add_argument("--errors", action="store_true", help="list the sentences that are read otherwise")
    options.add_argument("--json", action="store_true", help="print the scores as JSON")
    options.add_argument("--worker", choices=PEERS, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.worker:
        work(chosen.worker)
        return
    if chosen.errors and chosen.json:
        options.error("--errors and --json are two forms of output")
    try:
        sets = {path.name: cases_of(path) for path in chosen.paths or sorted((HERE.parent / "facts").glob("*.txt"))}
    except (LabelError, OSError) as error:
        options.error(str(error))
    lost = [python for python in chosen.python if shutil.which(python) is None]
    if lost:
        options.error(f"no such interpreter: {lost[0]}")
    cases = [case for inner in sets.values() for case in inner]
    if not cases:
        options.error("no sentences")

    read = planparse_reader()
    finds = {name: [read(case.text) for case in inner] for name, inner in sets.items()}
    scores = {name: score(inner, finds[name]) for name, inner in sets.items()}
    if not chosen.json:
        print_scores(scores)

    from planparse import __version__

    texts = [case.text for case in cases]
    traps = sum(not case.facts for case in cases)
    found = [ours(facts) for inner in finds.values() for facts in inner]
    rows: list[dict[str, Any]] = [
        {"tool": "planparse", "version": __version__, **row(cases, found), "traps": traps, "ms": milliseconds(read, texts)}
    ]
    for name, peer in PEERS.items():
        answer = ask(name, [sys.executable, *chosen.python], texts)
        if isinstance(answer, str):
            rows.append({"tool": name, "missing": answer})
            continue
        line: dict[str, Any] = {
            "tool": name,
            "version": answer["version"],
            **row(cases, answer["finds"]),
            "traps": traps,
            "ms": answer["ms"],
        }
        line |= {key: None for key, told in (("units", peer.units), ("comparators", peer.comparators)) if not told}
        rows.append(line)
    if chosen.json:
        print(json.dumps({"sets": scores, "targets": rows}, ensure_ascii=False, indent=2))
        return
    print_peers(rows)
    if chosen.errors:
        for name, inner in sets.items():
            print(f"\n## {name}\n")
            print_errors(inner, finds[name])


if __name__ == "__main__":
    main()
