"""Compares `planparse diff` with general ways to match lists: `python tests/benchmarks/diff.py [--python PATH] [--seeds 20] [--items 100]`.

The plans are those of `tests/plancases.py`: two years of one plan, drawn by a seed, with the truth of what became of each item; three
profiles. The first table tells how many of the items that live on are paired right, and how many moves are told; pairs inside a split or
merger are neither right nor wrong. planparse reads the two files; the peers get the items' lines, labels taken off for all but one:

- difflib, raw and without labels: equal lines, and in a replaced stretch line k with line k, as a view side by side shows them;
- deepdiff: a list of strings with `ignore_order`; equal strings, and what it reports as changed;
- rapidfuzz: the ratio of each two items, assigned by scipy (Hungarian method), from a ratio of 0.5;
- TF-IDF: the cosine of one- and two-sign grams, assigned in the same way, from 0.3.

None of them tells moves. They are given the sections, matched by the votes of the pairs: an item has moved when it stands in another section,
or outside the longest run of its section's items that kept their order. Milliseconds are wall time for a pair of plans, for
planparse without reading the files; they stand beside.

The second table is the cost by size: in a process of its own, both texts are parsed, then compared. Peers run where they are installed:

    python -m venv peers && peers/bin/pip install deepdiff rapidfuzz scipy scikit-learn
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import resource
import shutil
import subprocess
import sys
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

HERE = Path(__file__).resolve()
sys.path[:0] = [str(HERE.parents[2]), str(HERE.parents[1])]

if TYPE_CHECKING:
    from plancases import Case, Pair
    from planscores import Score

LABEL = re.compile(r"\d+．(?=[^\t]*$)")
SECTION = re.compile(r"[零一二三四五六七八九十]+、")
ABSENT = 3
"""The exit status of a worker whose peer is not installed."""
SIZES = (100, 1_000, 10_000)

Lines = list[tuple[int, str]]
"""The items of a plan: line and words."""
Matcher = Callable[[list[str], list[str]], list[tuple[int, int]]]
"""Pairs of places in two lists."""

# -- the peers ---------------------------------------------------------------------------------------------------


def by_difflib(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Equal and replaced stretches, line by line."""
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return [pair for verb, a, b, c, d in blocks if verb in ("equal", "replace") for pair in zip(range(a, b), range(c, d), strict=False)]


def by_deepdiff(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Equal strings in order, and the changed ones."""
    from deepdiff import DeepDiff

    diff = DeepDiff(old, new, ignore_order=True, view="tree", cutoff_intersection_for_pairs=1, cutoff_distance_for_pairs=0.6)
    places: dict[str, list[int]] = defaultdict(list)
    for at, words in reversed(list(enumerate(new))):
        places[words].append(at)
    pairs = [(at, places[words].pop()) for at, words in enumerate(old) if places.get(words)]
    ends = [(level.path(output_format="list")[0], level.path(output_format="list", force="fake", use_t2=True)[0])
            for level in diff.get("values_changed", ())]  # fmt: skip
    return pairs + ends


def by_rapidfuzz(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The ratio of each two."""
    from rapidfuzz import fuzz, process

    return assigned(process.cdist(old, new, scorer=fuzz.ratio) / 100, 0.5)


def by_tfidf(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """The cosine of weighted grams."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit_transform([*old, *new])
    return assigned((vectors[: len(old)] @ vectors[len(old) :].T).toarray(), 0.3)


def assigned(likeness: Any, least: float) -> list[tuple[int, int]]:
    """The best assignment, without pairs that are too little alike."""
    from scipy.optimize import linear_sum_assignment

    return [(int(i), int(j)) for i, j in zip(*linear_sum_assignment(likeness, maximize=True), strict=True) if likeness[i, j] >= least]


PEERS: dict[str, tuple[Matcher, tuple[str, ...]]] = {
    "difflib, raw lines": (by_difflib, ()),
    "difflib, labels off": (by_difflib, ()),
    "deepdiff": (by_deepdiff, ("deepdiff",)),
    "rapidfuzz + scipy": (by_rapidfuzz, ("rapidfuzz", "scipy")),
    "TF-IDF + scipy": (by_tfidf, ("scikit-learn", "scipy")),
}


def work(name: str) -> None:
    """Runs in the interpreter of the peers: JSON list of two lists each in, pairs and milliseconds out."""
    match, packages = PEERS[name]
    cases = json.loads(sys.stdin.buffer.read())
    try:
        versions = [metadata.version(package) for package in packages]
        match(["一", "二三"], ["二三", "四"])  # loads what it needs
    except ImportError:
        sys.exit(ABSENT)
    start = time.perf_counter()
    pairs = [match(old, new) for old, new in cases]
    ms = (time.perf_counter() - start) * 1000 / len(cases)
    print(json.dumps({"version": " + ".join(versions), "pairs": pairs, "ms": ms}))


def ask(name: str, pythons: list[str], cases: list[Any]) -> dict[str, Any] | str:
    """A peer's answer from the first interpreter that has it, else why there is none."""
    for python in pythons:
        command = [python, str(HERE), "--worker", name]
        done = subprocess.run(command, input=json.dumps(cases), capture_output=True, encoding="utf-8", check=False)
        if done.returncode == 0:
            answer: dict[str, Any] = json.loads(done.stdout)
            return answer
        if done.returncode != ABSENT:
            return "failed: " + (done.stderr.strip().splitlines() or ["no message"])[-1]
    return "not installed"


# -- moves -------------------------------------------------------------------------------------------------------


def items(text: str, *, labels: bool) -> Lines:
    """The lines of the items."""
    lines = enumerate(text.splitlines(), 1)
    return [(number, line if labels else LABEL.sub("", line, count=1)) for number, line in lines if LABEL.match(line)]


def sections(text: str) -> dict[int, int]:
    """The line of each item's section."""
    held, current = {}, 0
    for number, line in enumerate(text.splitlines(), 1):
        current = number if SECTION.match(line) else current
        held[number] = current
    return held


def moves(case: Case, pairs: set[Pair]) -> set[Pair]:
    """The pairs that stand in another section, or outside the longest run that kept its order."""
    before, after = sections(case.old), sections(case.new)
    votes = Counter((before[a], after[b]) for a, b in pairs)
    partners: dict[int, int] = {}
    for (a, b), _ in votes.most_common():
        if a not in partners and b not in partners.values():
            partners[a] = b
    kept: set[Pair] = set()
    for a, b in partners.items():
        kept.update(longest_run(sorted(pair for pair in pairs if (before[pair[0]], after[pair[1]]) == (a, b))))
    return pairs - kept


def longest_run(pairs: list[Pair]) -> list[Pair]:
    """As many pairs as rise on both sides."""
    tails: list[int] = []
    runs: list[list[Pair]] = []
    for pair in pairs:
        at = bisect_left(tails, pair[1])
        tails[at:] = [pair[1]]
        runs[at:] = [[*(runs[at - 1] if at else []), pair]]
    return runs[-1] if runs else []


# -- the tables --------------------------------------------------------------------------------------------------


def totals(rows: list[dict[str, Score]]) -> dict[str, Score]:
    """Scores added up by kind."""
    out = dict(rows[0])
    for row in rows[1:]:
        out = {kind: out[kind] + row[kind] for kind in out}
    return out


def matching(profile: str, cases: list[Case], pythons: list[str]) -> None:
    """The rows of one profile."""
    from planscores import score, score_pairs

    from planparse import __version__, parse
    from planparse.diff.compare import Options, compare

    found, spent, read = [], 0.0, 0.0
    for case in cases:
        start = time.perf_counter()
        old, new = parse(case.old), parse(case.new)
        between = time.perf_counter()
        comparison = compare(old, new, Options(everything=True))
        spent += time.perf_counter() - between
        read += between - start
        found.append(score(case, comparison))
    whole = totals(found)
    note = f"{spent * 1000 / len(cases):.0f} (reading {read * 1000 / len(cases):.0f})"
    print(row([profile, f"planparse {__version__}"], whole, note))
    rest = ", ".join(f"{kind} {whole[kind].precision:.3f}/{whole[kind].recall:.3f}" for kind in ("fields", "apart", "groups", "rows"))
    for name in PEERS:
        lists = [[items(text, labels=name == "difflib, raw lines") for text in (case.old, case.new)] for case in cases]
        answer = ask(name, [sys.executable, *pythons], [[[words for _, words in lines] for lines in case] for case in lists])
        if isinstance(answer, str):
            print(f"| {profile} | {name} | {answer} | | | | |")
            continue
        scores = []
        for case, (old_lines, new_lines), places in zip(cases, lists, answer["pairs"], strict=True):
            pairs = {(old_lines[i][0], new_lines[j][0]) for i, j in places}
            scores.append(score_pairs(case, pairs, moves(case, pairs)))
        print(row([profile, f"{name} {answer['version']}".strip()], totals(scores), f"{answer['ms']:.0f}"))
    print(f"<!-- {profile}: planparse's precision/recall of {rest} -->")


def row(head: list[str], scores: dict[str, Score], ms: str) -> str:
    """A row of the first table."""
    pairs = scores["pairs"]
    return (
        "| " + " | ".join([*head, *(f"{share:.3f}" for share in (pairs.precision, pairs.recall, pairs.f1, scores["moves"].f1)), ms]) + " |"
    )


def cost(count: int) -> None:
    """Runs in a process of its own: parses and compares one pair of plans."""
    from plancases import make

    from planparse import parse
    from planparse.diff.compare import compare

    small = make(2, 100)
    compare(parse(small.old), parse(small.new))  # loads what it needs
    case = make(1, count)
    start = time.perf_counter()
    old, new = parse(case.old), parse(case.new)
    parsed = time.perf_counter()
    held = peak()
    comparison = compare(old, new)
    done = time.perf_counter()
    print(json.dumps({"parse": parsed - start, "compare": done - parsed, "held": held, "peak": peak(), "records": len(comparison.records)}))


def peak() -> float:
    """The peak resident size in MB."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / 1024 if sys.platform != "darwin" else size / 1024 / 1024


def main() -> None:
    """Prints the tables."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("--python", action="append", default=[], metavar="PATH", help="an interpreter that has peers; may be given again")
    options.add_argument("--seeds", type=int, default=20, metavar="N", help="pairs of plans for each profile")
    options.add_argument("--items", type=int, default=100, metavar="N", help="items of last year's plan")
    options.add_argument("--sizes", type=int, nargs="*", default=SIZES, metavar="N", help="items of the second table")
    options.add_argument("--worker", choices=PEERS, help=argparse.SUPPRESS)
    options.add_argument("--cost", type=int, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.worker:
        work(chosen.worker)
        return
    if chosen.cost:
        cost(chosen.cost)
        return
    lost = [python for python in chosen.python if shutil.which(python) is None]
    if lost:
        options.error(f"no such interpreter: {lost[0]}")
    from plancases import PROFILES, make

    print(f"{chosen.seeds} pairs of plans with {chosen.items} items a profile.\n")
    print("| profile | tool | precision | recall | F1 | moves F1 | ms a pair |\n|---|---|---:|---:|---:|---:|---:|")
    for profile in PROFILES:
        matching(profile, [make(1000 + seed, chosen.items, profile) for seed in range(chosen.seeds)], chosen.python)
    print(
        "\n| items a side | parsing both, s | comparing, s | ÷ parsing | peak MB, parsed | peak MB, compared |\n|---:|---:|---:|---:|---:|---:|"
    )
    for size in chosen.sizes:
        done = subprocess.run([sys.executable, str(HERE), "--cost", str(size)], capture_output=True, encoding="utf-8", check=True)
        told = json.loads(done.stdout)
        cells = [f"{told['parse']:.2f}", f"{told['compare']:.2f}", f"{told['compare'] / told['parse']:.2f}", f"{told['held']:.0f}"]
        print(f"| {size} | " + " | ".join([*cells, f"{told['peak']:.0f}"]) + " |")


if __name__ == "__main__":
    main()
