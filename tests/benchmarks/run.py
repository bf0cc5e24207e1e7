"""Measures planparse and prints Markdown tables: `python tests/benchmarks/run.py [--quick]`.

What is compared is measured in turns within one run and told as a ratio, because the speed of shared machines changes
from minute to minute. README.md tells how to read the tables and what the targets are.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from planparse.dates.entries import Entry  # noqa: E402
from planparse.dates.resolve import Resolver  # noqa: E402
from planparse.facts.fill import Filler  # noqa: E402
from planparse.readers.text import decode  # noqa: E402
from planparse.syntax import parse as parsing  # noqa: E402
from planparse.syntax.tree import Node  # noqa: E402
from planparse.writers.json import write  # noqa: E402

MB = 1_000_000
PEAK = """
import os, sys
null = os.open(os.devnull, os.O_WRONLY)
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, null, 1)])
_, status, usage = os.wait4(pid, 0)
assert status == 0, status
print(usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""
"""Run by a process of its own: a child's peak is never told below the size of the process that started it."""

# -- the text ----------------------------------------------------------------------------------------------------

WHO = [
    "各年级组",
    "教导处",
    "总务处",
    "后勤服务中心",
    "各班班主任",
    "教研组长",
    "安全办公室",
    "校医室",
    "图书馆",
    "信息中心",
    "工会",
    "团委",
]
DOES = ["按月检查", "认真组织", "牵头制定", "逐项落实", "及时公布", "分批更新", "定期整理", "负责汇总", "全程参与", "严格执行"]
WHAT = [
    "教学常规和备课笔记",
    "食堂采购与留样记录",
    "消防器材和疏散通道",
    "学生社团的活动方案",
    "课堂观察量表",
    "宿舍用电安全",
    "家校联系册",
    "校园绿化养护",
    "新教师培训",
    "阅览室开放安排",
    "实验器材台账",
    "体育节比赛规程",
    "值班巡查日志",
    "困难学生资助名单",
    "旧设备报废清单",
]
HOW = [
    "发现问题当天整改，并在下周例会上通报",
    "每学期不少于{n}次，结果计入考核",
    "合格率达到{n}%以上",
    "于{m}月{n}日前完成",
    "由专人登记造册，做到账物相符",
    "请家长代表参加，听取意见后修改",
    "费用从公用经费中列支，不超过{n}万元",
    "坚持先试点后推广，{m}月底前全面铺开",
]
HEADS = [
    "指导思想",
    "工作目标",
    "主要任务",
    "具体措施",
    "组织领导",
    "时间安排",
    "保障机制",
    "考核办法",
    "教学管理",
    "后勤服务",
    "校园安全",
    "队伍建设",
]
HAN = "一二三四五六七八九十"


def sentence(chance: random.Random) -> str:
    """An invented sentence of 20 to 60 characters."""
    how = "，".join(chance.sample(HOW, chance.randint(1, 2))).format(n=chance.randint(2, 29), m=chance.randint(1, 12))
    return f"{chance.choice(WHO)}{chance.choice(DOES)}{chance.choice(WHAT)}，{how}。"


def plan(chance: random.Random, ordinal: int) -> Iterable[str]:
    """The lines of an invented plan."""
    yield f"{chance.choice(WHO)}{2000 + ordinal % 30}年工作计划篇{ordinal}"
    yield "".join(sentence(chance) for _ in range(2))
    for k, head in enumerate(chance.sample(HEADS, 4)):
        yield f"{HAN[k]}、{head}"
        yield "".join(sentence(chance) for _ in range(2))
        for j in range(chance.randint(1, 3)):
            yield f"（{HAN[j]}）{chance.choice(HEADS)}。{sentence(chance)}"
            yield from (f"{i}.{sentence(chance)}{sentence(chance)}" for i in range(1, chance.randint(2, 5)))
    yield f"本计划由{chance.choice(WHO)}负责解释。"


def samples() -> list[bytes]:
    """The samples in UTF-8."""
    return [path.read_bytes() for path in sorted((ROOT / "samples").glob("*.txt")) if path.stem != "gbk-notice"]


def text_of(size: int) -> bytes:
    """About `size` bytes: the samples in turn, with fifteen invented plans after each."""
    chance = random.Random(20)
    texts = samples()
    pieces: list[bytes] = []
    length = ordinal = 0
    while length < size:
        piece = texts[ordinal // 15 % len(texts)] if ordinal % 15 == 0 else b""
        ordinal += 1
        piece += ("\n".join(plan(chance, ordinal)) + "\n").encode()
        pieces.append(piece)
        length += len(piece)
    data = b"".join(pieces)
    return data[: data.rindex(b"\n", 0, size) + 1]


# -- measuring ---------------------------------------------------------------------------------------------------


def table(head: str, rows: Iterable[Iterable[object]]) -> None:
    """Prints a Markdown table; `head` holds the names of its columns."""
    names = head.split(" | ")
    print("| " + head + " |")
    print("|---|" + "---:|" * (len(names) - 1))
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |")
    print(flush=True)


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def in_turns(works: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least CPU seconds of each over some rounds, taken in turns."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(cpu(work))
    return {name: min(times) for name, times in taken.items()}


def to_json(data: bytes) -> int:
    """What `planparse parse` does with the bytes of a file; the number of bytes that come out."""
    return sum(len(piece.encode()) for piece in write(parsing.Parsed(decode(data, "-"))))


def peers() -> dict[str, Callable[[str], object]]:
    """Markdown parsers to compare with, where they are installed."""
    found: dict[str, Callable[[str], object]] = {}
    try:
        from markdown_it import MarkdownIt

        found["markdown-it-py, tokens"] = MarkdownIt().parse
    except ImportError:
        print("markdown-it-py is not installed.\n")
    try:
        import mistune

        found["mistune, AST"] = mistune.create_markdown(renderer=None)
    except ImportError:
        print("mistune is not installed.\n")
    return found


# -- the tables --------------------------------------------------------------------------------------------------


def install(folder: Path) -> Path:
    """Installs this copy, not editable, into a fresh environment; the folder of its commands."""
    venv.create(folder / "venv", with_pip=True)
    commands = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    subprocess.run([commands / "python", "-m", "pip", "install", "-qq", str(ROOT)], check=True)
    return commands


def start_up(commands: Path, folder: Path, rounds: int) -> None:
    """Whole processes, wall time."""
    for size in (2_000, 5_000):
        (folder / f"{size}.txt").write_bytes(text_of(size))
    python, planparse = commands / "python", commands / "planparse"
    cases: dict[str, tuple[list[object], str]] = {
        "`python -c pass`": ([python, "-c", "pass"], ""),
        '`python -c "import typer"`': ([python, "-c", "import typer"], ""),
        "`planparse --version`": ([planparse, "--version"], "1.6"),
        "`planparse --help`": ([planparse, "--help"], ""),
        "`planparse parse`, 2 KB": ([planparse, "parse", folder / "2000.txt"], "8"),
        "`planparse parse`, 5 KB": ([planparse, "parse", folder / "5000.txt"], "8"),
    }
    quiet = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "PLANPARSE"))}
    times: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(rounds + 2):
        for name, (command, _) in cases.items():
            start = time.perf_counter()
            subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, env=quiet, cwd=folder, check=True)
            times[name].append(time.perf_counter() - start)
    times = {name: taken[2:] for name, taken in times.items()}  # the first two rounds fill the caches
    base, typer = times["`python -c pass`"], times['`python -c "import typer"`']

    def ratio(taken: list[float], other: list[float]) -> str:
        return f"{statistics.median(a / b for a, b in zip(taken, other, strict=True)):.2f}"

    print("## Start-up\n")
    table(
        "command | median ms | × `pass` | target | × `import typer`",
        [
            (
                name,
                f"{statistics.median(taken) * 1000:.1f}",
                ratio(taken, base),
                f"≤ {cases[name][1]}" if cases[name][1] else "",
                ratio(taken, typer),
            )
            for name, taken in times.items()
        ],
    )


def throughput(sizes: list[int], rounds: int) -> None:
    """From bytes to JSON, CPU time inside one process."""
    rows, growth = [], {}
    for size in sizes:
        data = text_of(size)
        lines, text = data.count(b"\n"), data.decode()
        works: dict[str, Callable[[], object]] = {
            "decode + splitlines": lambda data=data: data.decode().splitlines(),
            "planparse": lambda data=data: to_json(data),
        }
        if size <= 10 * MB:
            works |= {name: lambda text=text, parse=parse: parse(text) for name, parse in peers().items()}
        taken = in_turns(works, rounds if size <= MB else max(1, rounds // 3))
        base, ours = taken["decode + splitlines"], taken["planparse"]
        growth[size] = ours / lines
        targets = {"decode + splitlines": "≤ 30 (goal 20)", "mistune, AST": "≤ 3"} if size == 10 * MB else {}
        for name, seconds in taken.items():
            of = f"{seconds / base:.1f}"
            rows.append(
                (
                    f"{size // MB} MB" if size >= MB else f"{size // 1000} KB",
                    name,
                    f"{len(data) / MB / seconds:.1f}",
                    of,
                    f"{ours / seconds:.2f}",
                    targets.get(name, ""),
                )
            )
    print("## Throughput\n")
    table("size | what | MB/s | its time × decode + splitlines | planparse's time × its | target of the last", rows)
    small, large = sizes[0], sizes[1]
    print(f"A line took {growth[small] * 1e6:.1f} µs in the file of {small / MB:g} MB and {growth[large] * 1e6:.1f} µs in that of {large / MB:g} MB: "
          f"growth {growth[large] / growth[small]:.2f}× (target ≤ 2).\n")  # fmt: skip


def resolving(size: int, rounds: int) -> None:
    """What reading times and deciding years adds to a run: the resolver's own time, and the run with and without it."""
    data = text_of(size)
    resolve, spent = Resolver.resolve, 0.0

    def without() -> None:
        Resolver.resolve = lambda self, plan: []  # type: ignore[method-assign]
        to_json(data)

    def timed(self: Resolver, plan: Node) -> list[Entry]:
        nonlocal spent
        start = time.process_time()
        entries = resolve(self, plan)
        spent += time.process_time() - start
        return entries

    def whole() -> None:
        Resolver.resolve = resolve  # type: ignore[method-assign]
        to_json(data)

    try:
        taken = in_turns({"without": without, "whole": whole}, rounds)
        Resolver.resolve = timed  # type: ignore[method-assign]
        total = cpu(lambda: to_json(data))
    finally:
        Resolver.resolve = resolve  # type: ignore[method-assign]
    plans = list(parsing.Parsed(decode(data, "-")).plans())
    print("## Times and years\n")
    table(
        "what | figure | target",
        [
            ("the resolver's own time ÷ the rest of the run", f"{spent / (total - spent):.2f}", "≤ 1"),
            ("a run ÷ a run that resolves nothing", f"{taken['whole'] / taken['without']:.2f}", "≤ 2"),
            ("plans", len(plans), ""),
        ],
    )


def facts(size: int, rounds: int) -> None:
    """What reading targets, owners, deadlines and documents adds to a run, on the invented text and on the samples alone."""
    fill = Filler.fill

    def run(data: bytes, filling: Callable[..., None]) -> None:
        Filler.fill = filling  # type: ignore[method-assign]
        to_json(data)

    rows = []
    for name, data in (("the invented text", text_of(size)), ("the samples", b"\n\n".join(samples()) * 8)):
        try:
            taken = in_turns(
                {
                    "without": lambda data=data: run(data, lambda self, plan, entries: None),
                    "whole": lambda data=data: run(data, fill),
                },
                rounds,
            )
        finally:
            Filler.fill = fill  # type: ignore[method-assign]
        rows.append((name, f"{taken['whole'] / taken['without']:.2f}", "≤ 1.6"))
    print("## Facts\n")
    table("a run ÷ a run that fills no facts | figure | target", rows)


def memory(commands: Path, folder: Path, sizes: list[int]) -> None:
    """The command's peak resident memory, each in a process of its own."""
    rows = []
    for size in sizes:
        path = folder / "memory.txt"
        path.write_bytes(text_of(size))
        done = subprocess.run(
            [sys.executable, "-c", PEAK, commands / "planparse", "parse", path], capture_output=True, text=True, check=True
        )
        peak = int(done.stdout)
        rows.append((f"{size / MB:g} MB", f"{peak / MB:.0f}", f"{peak / path.stat().st_size:.1f}", "≤ 6"))
    print("## Memory of `planparse parse`\n")
    table("file | peak MB | × file | target", rows)


def stages(size: int) -> None:
    """What the time goes into."""
    data = text_of(size)
    spent: dict[str, float] = {}

    def timed(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def call(*arguments: object) -> object:
            start = time.process_time()
            try:
                return function(*arguments)
            finally:
                spent[name] = spent.get(name, 0.0) + time.process_time() - start

        return call

    steps = {
        "mend": "entities and zero-width marks", "scan": "lines and labels", "mend_breaks": "accidental line breaks", "split_runs": "runs on one line",
        "find_blocks": "schedules and tables", "find_plans": "plans and titles",
    }  # fmt: skip
    kept = {name: getattr(parsing, name) for name in steps}
    plan_of, resolve = parsing.Parsed._plan, Resolver.resolve
    try:
        for name, title in steps.items():
            setattr(parsing, name, timed(title, kept[name]))
        parsing.Parsed._plan = timed("outline: headings, points, nesting", plan_of)  # type: ignore[method-assign,assignment]
        Resolver.resolve = timed("times and years", resolve)  # type: ignore[method-assign,assignment]
        whole = cpu(lambda: timed("decoding, hash, line starts", decode)(data, "-"))
        source = decode(data, "-")
        whole += cpu(lambda: [piece.encode() for piece in write(parsing.Parsed(source))])
    finally:
        for name, function in kept.items():
            setattr(parsing, name, function)
        parsing.Parsed._plan, Resolver.resolve = plan_of, resolve  # type: ignore[method-assign]
    spent["JSON, and what is between"] = whole - sum(spent.values())
    print(f"## Stages, {size / MB:g} MB\n")
    table("stage | ms | share", [(name, f"{seconds * 1000:.0f}", f"{seconds / whole:.0%}") for name, seconds in spent.items()])


def main() -> None:
    """Prints all tables."""
    options = argparse.ArgumentParser(description="Measures planparse; prints Markdown.")
    options.add_argument("--quick", action="store_true", help="small sizes and few rounds: about half a minute")
    quick = options.parse_args().quick
    sample = text_of(MB)
    characters, lines = len(sample.decode()), sample.count(b"\n")
    print(f"CPython {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
          f"load {os.getloadavg()[0]:.1f}, {time.strftime('%Y-%m-%d')}. A line has {characters / lines:.0f} characters on average.\n")  # fmt: skip
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = install(folder)
        start_up(commands, folder, 5 if quick else 21)
        memory(commands, folder, [2 * MB] if quick else [10 * MB, 50 * MB])
    throughput([200_000, MB] if quick else [MB, 10 * MB, 50 * MB], 3 if quick else 6)
    stages(MB if quick else 10 * MB)
    resolving(MB, 3 if quick else 9)
    facts(MB, 3 if quick else 9)


if __name__ == "__main__":
    main()
