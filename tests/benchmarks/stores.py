"""Measures stores, questions and the index of likeness: `python tests/benchmarks/stores.py [--plans N] [--near N] [--dropped N]`.

The archive is made up: schools, each with a plan for each of three years, of a dozen entries put together from phrases and,
in each entry, words that no other school has (24 signs drawn at random, so that texts compress about like prose). Some
plans are parsed; the rows of the others are theirs with other names and words. So the stores are filled from rows, and what
comes before, reading JSON and making rows, is measured on some thousand records and told a record.

Build: CPU time of one process, rows given; size on disk. Peak memory is that of a process that builds nothing else.
Questions: wall time and CPU time of the command as users run it, start-up and CSV output included, the least of some rounds.
Likeness: making the index of some thousand plans, and asking an index of so many plans; an index of random signatures is as
slow to read as any. Dropped: time a series, on stores of some hundred.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
sys.path.insert(0, str(ROOT))

from planparse import parse_bytes  # noqa: E402
from planparse.corpus import near, questions, stores  # noqa: E402
from planparse.corpus.rows import NAMES, Flat, Row  # noqa: E402
from planparse.corpus.signatures import VALUES, Index, signatures  # noqa: E402
from planparse.corpus.stores import duck, lite, parquet  # noqa: E402
from planparse.corpus.stores.records import BATCH, batches  # noqa: E402
from planparse.corpus.tables import TABLES, Table  # noqa: E402

YEARS = (2023, 2024, 2025)
BASES = 120
PLACE = "青岑县某某学校"
"""Stands for a school's name in the plans that are parsed."""
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
WORDS = re.compile(f"甲乙丙丁戊己([{BRANCHES}])")
"""Stands for a school's own words, one for each entry."""
OWN = 24
"""So many signs they have."""
SIGNS = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 2500))
AT = {sign: k * OWN for k, sign in enumerate(BRANCHES)}
STREAM = "".join(random.Random(2).choices(SIGNS, k=3_000_000))
"""Long enough that no page of a store meets the same words of two schools."""
DISTRICTS = [f"{first}{second}县" for first in "青澄霜蓝云石" for second in "岑溪桥鹊湖门岭川"]
PHRASES = (
    "围绕{w}开展校本研修，每学期不少于{n}次，由教务处负责。",
    "{w}合格率达到{p}%以上，6月底前完成。",
    "新建{w}{n}处，投入资金{m}万元，9月1日前投入使用。",
    "加强{w}管理，落实责任，形成长效机制。",
    "完成{w}改造（责任单位：总务处；完成时限：11月底前）。",
    "组织{w}竞赛{n}场，参加学生{m}人次以上，德育处牵头。",
    "每月检查{w}一次，发现问题立即整改。",
    "培训{w}骨干教师{n}名，其中青年教师占三分之二，12月20日前结束。",
)
HEADS = ("教学质量", "校园安全", "队伍建设", "后勤保障")
KEEPERS: dict[str, Callable[[Any, Path], None]] = {".parquet": parquet.keep, ".duckdb": duck.keep, ".sqlite": lite.keep}
ASKED = (
    ["targets", "--since", "2025", "--issuer", "青岑县"],
    ["overdue", "--on", "2024-07-01", "--issuer", "青岑县"],
    ["owners"],
    ["owners", "--issuer", "青岑县"],
    ["SELECT year, COUNT(*) AS plans, SUM(items) AS entries FROM documents GROUP BY year ORDER BY year"],
    ["SELECT subject, unit, COUNT(*) AS n, AVG(value) AS mean FROM targets GROUP BY subject, unit ORDER BY n DESC, subject, unit LIMIT 10"],
    ["SELECT COUNT(*) AS n FROM items WHERE text LIKE '%校本研修%'"],
    ["SELECT * FROM items WHERE document = 17 ORDER BY item"],
)


# -- the archive -------------------------------------------------------------------------------------------------


def plan(draw: random.Random, year: int) -> str:
    """A plan with stand-ins for the school's name and words."""
    lines = [f"{PLACE}{year}年工作计划", ""]
    for number, head in enumerate(HEADS, 1):
        lines.append(f"{'一二三四'[number - 1]}、{head}")
        for k, phrase in enumerate(draw.sample(PHRASES, 3), 1):
            lines.append(
                f"{k}．"
                + phrase.format(
                    w=f"甲乙丙丁戊己{BRANCHES[len(lines) % 12]}",
                    n=draw.randint(2, 40),
                    p=draw.randint(80, 100),
                    m=draw.randint(50, 900),
                )
            )
    return "\n".join([*lines, "", PLACE, f"{year}年2月{draw.randint(10, 27)}日", ""])


def bases(count: int) -> list[dict[str, Any]]:
    """Records of plans, each year's in turn."""
    draw = random.Random(1)
    made = []
    for number in range(count):
        year = YEARS[number % len(YEARS)]
        data = plan(draw, year).encode()
        document = json.loads(parse_bytes(data, "plan.txt"))
        source = {"name": "plan.txt", "sha256": document["source"]["sha256"], "bytes": len(data)}
        made.append({"source": source, "document": document, "error": None, "seconds": 0.002, "parser": "planparse"})
    return made


def school(number: int) -> tuple[str, Callable[[re.Match[str]], str]]:
    """A school's name, and what puts its words in their places."""
    start = number * len(BRANCHES) * OWN % (len(STREAM) - len(BRANCHES) * OWN)
    return f"{DISTRICTS[number % len(DISTRICTS)]}第{number}学校", lambda found: STREAM[start + AT[found[1]] : start + AT[found[1]] + OWN]


def records(count: int) -> Iterator[bytes]:
    """So many records as lines."""
    lines = [json.dumps(base, ensure_ascii=False) for base in bases(BASES)]
    for number in range(count):
        name, words = school(number // len(YEARS))
        yield WORDS.sub(words, lines[number % BASES].replace(PLACE, name)).replace("plan.txt", f"{name}/{number}.txt").encode()


def rows(count: int) -> Iterator[tuple[Table, list[Row]]]:
    """The rows of so many records, made from those of the bases."""
    made = []
    for base in bases(BASES):
        flat = Flat()
        flat.add(base)
        made.append({name: flat.take(name) for name in NAMES})
    kept: dict[str, list[Row]] = {name: [] for name in NAMES}
    draw = random.Random(2)
    tables = {table.name: table for table in TABLES}
    for number in range(count):
        name, words = school(number // len(YEARS))
        base = made[number % BASES]
        (head,) = base["documents"]
        title = head[6].replace(PLACE, name)
        hashed = f"{draw.getrandbits(256):064x}"
        kept["documents"].append(
            (
                number + 1,
                f"{name}/{number}.txt",
                hashed,
                *head[3:6],
                title,
                *head[7:10],
                name,
                *head[11:14],
                f"{name} 工作计划",
                *head[15:],
            )
        )
        for _, item, *row in base["items"]:
            text = WORDS.sub(words, row[6])
            kept["items"].append((number + 1, item, *row[:6], text, *row[7:-1], hash(text)))  # as good as its sense
        for _, item, *row in base["targets"]:
            kept["targets"].append((number + 1, item, *row[:2], row[2] and WORDS.sub(words, row[2]), *row[3:]))
        for table in ("owners", "deadlines", "citations"):
            kept[table].extend((number + 1, *row[1:]) for row in base[table])
        if number % 256 == 0:
            for table, some in kept.items():
                if len(some) >= BATCH:
                    yield tables[table], some
                    kept[table] = []
    for table, some in kept.items():
        yield tables[table], some


# -- measures ----------------------------------------------------------------------------------------------------


def build(suffix: str, path: Path, count: int) -> tuple[float, float, float]:
    """CPU seconds that keeping rows takes, wall seconds, and the peak of memory in MB; in a process of its own."""
    script = f"""
import re, sys, time
sys.path.insert(0, {str(HERE.parent)!r})
from stores import KEEPERS, rows
spent = [0.0, 0.0]
def timed():
    source = rows({count})
    while True:
        cpu, wall = time.process_time(), time.perf_counter()
        batch = next(source, None)
        spent[0] += time.process_time() - cpu
        spent[1] += time.perf_counter() - wall
        if batch is None:
            return
        yield batch
from pathlib import Path
cpu, wall = time.process_time(), time.perf_counter()
KEEPERS[{suffix!r}](timed(), Path({str(path)!r}))
peak = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]  # that of getrusage holds the parent's before the start
print(time.process_time() - cpu - spent[0], time.perf_counter() - wall - spent[1], int(peak) / 1024)
"""
    printed = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout.split()
    return float(printed[0]), float(printed[1]), float(printed[2])


def size(path: Path) -> float:
    """Megabytes on disk."""
    return sum(file.stat().st_size for file in ([path] if path.is_file() else path.iterdir())) / 1e6


def command(*arguments: str, rounds: int) -> tuple[float, float]:
    """The least wall time, and the CPU time of that round, of a command."""
    best = (1e9, 0.0)
    for _ in range(rounds):
        before, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "planparse", *arguments], check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )  # fmt: skip
        wall, after = time.perf_counter() - wall, resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, (wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    return best


def before_the_rows(count: int, folder: Path) -> None:
    """What comes before the rows, a record: reading JSON, making rows; and the stores of lines."""
    lines = list(records(count))
    cpu = time.process_time()
    for _ in batches(lines, "-"):
        pass
    each = (time.process_time() - cpu) / count * 1e3
    print(f"\nJSON to rows: {each:.2f} ms a record of {sum(map(len, lines)) / count / 1e3:.1f} KB ({count:,} records)\n")
    print("| lines | KB a record | µs a record | opening, ms a record |\n|---|---:|---:|---:|")
    for suffix in (".jsonl", ".jsonl.zst"):
        path = folder / f"plans{suffix}"
        cpu = time.process_time()
        stores.write(lines, path)
        spent = (time.process_time() - cpu) / count
        cpu = time.process_time()
        stores.opened(path).close()
        print(f"| {suffix} | {size(path) / count * 1e3:.2f} | {spent * 1e6:.0f} | {(time.process_time() - cpu) / count * 1e3:.2f} |")


def stores_and_questions(count: int, folder: Path, kinds: list[str], rounds: int) -> None:
    """Builds a store of each kind and asks the questions."""
    print(f"\n{count:,} plans\n\n| store | MB | CPU s | wall s | peak MB |\n|---|---:|---:|---:|---:|")
    paths = {suffix: folder / f"plans{suffix}" for suffix in kinds}
    for suffix, path in paths.items():
        cpu, wall, peak = build(suffix, path, count)
        print(f"| {suffix} | {size(path):,.0f} | {cpu:.1f} | {wall:.1f} | {peak:.0f} |", flush=True)
    print(f"\n| question: wall s (CPU s) | {' | '.join(paths)} |\n|---|{'---:|' * len(paths)}")
    for asked in (["SELECT 1"], *ASKED):
        cells = [command("query", str(path), *asked, "-f", "csv", rounds=rounds) for path in paths.values()]
        shown = " ".join(asked).replace("|", "&#124;")
        print(f"| `{shown}` | {' | '.join(f'{wall:.2f} ({cpu:.2f})' for wall, cpu in cells)} |", flush=True)


def dropped(count: int, folder: Path) -> None:
    """Time a series, of stores of so many plans."""
    path = folder / "dropped.parquet"
    parquet.keep(rows(count), path)
    store = stores.opened(path)
    cpu = time.process_time()
    found = list(questions.ask(store, "dropped", questions.Asked(between=(2024, 2025))).rows)
    spent = time.process_time() - cpu
    store.close()
    print(
        f"\ndropped: {spent / (count / 3) * 1e3:.2f} ms a series of two plans that differ ({count // 3:,} series, {len(found):,} entries)"
    )


def likeness(count: int, folder: Path) -> None:
    """The index: making it, a plan; asking one of so many plans."""
    some = 2000
    path = folder / "near.parquet"
    parquet.keep(rows(some), path)
    store = stores.opened(path)
    cpu = time.process_time()
    index = near.indexed(store)
    each = (time.process_time() - cpu) / some
    print(f"\nnear: {each * 1e3:.2f} ms a plan to make the index, {size(index.path) / some * 1e6:.0f} bytes a plan")
    draw = random.Random(3)
    big = Index(folder / "big.near.parquet", {})
    step = 50_000
    pa, pq = __import__("pyarrow"), __import__("pyarrow.parquet").parquet
    fields = pa.schema([("document", pa.int64()), ("signature", pa.binary(VALUES))])
    with pq.ParquetWriter(big.path, fields, compression="none", use_dictionary=False) as writer:
        for start in range(0, count, step):
            held = draw.randbytes(step * VALUES)
            array = pa.FixedSizeBinaryArray.from_buffers(pa.binary(VALUES), step, [None, pa.py_buffer(held)])
            writer.write_table(pa.Table.from_arrays([pa.array(range(start + 1, start + step + 1), pa.int64()), array], schema=fields))
    texts = [text for (text,) in store.ask("SELECT text FROM items WHERE document = 1").rows]
    (signature,) = signatures([near.shingles(texts)])
    cpu, wall = time.process_time(), time.perf_counter()
    sum(1 for _ in big.estimates(signature, near.LEAST))
    print(f"near: {time.perf_counter() - wall:.2f} s ({time.process_time() - cpu:.2f} s CPU) to read an index of {count:,} plans")
    wall = time.perf_counter()
    near.near(store, index, texts, None, top=10, threshold=0.2)
    print(f"near: {time.perf_counter() - wall:.2f} s to compare {10 + near.SPARE} candidates word by word")
    store.close()


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--plans", type=int, default=60_000)
    parser.add_argument("--records", type=int, default=3_000)
    parser.add_argument("--near", type=int, default=1_000_000)
    parser.add_argument("--dropped", type=int, default=900)
    parser.add_argument("--kinds", nargs="+", choices=KEEPERS, default=list(KEEPERS))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the stores are made; else among temporary files")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        before_the_rows(given.records, Path(folder))
        dropped(given.dropped, Path(folder))
        likeness(given.near, Path(folder))
        stores_and_questions(given.plans, Path(folder), given.kinds, given.rounds)


if __name__ == "__main__":
    main()
