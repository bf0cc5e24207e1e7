"""Pairs of plans, last year's and this year's, made of the samples' own sentences, with the truth of what became of each entry.

    case = make(seed=7, items=100, profile="hard")
    score(case, comparison)  # of planscores; the comparison of case.old and case.new, with all records

The same seed gives the same texts. Labels follow this year's order, years roll over, the schedule gets this year's days and, in some cases,
a row more or less. What an auditor wants to read about is drawn by the rates of a profile:

- `default`: a fifth reworded, a tenth each moved, dropped and new, 3 in 100 each split and merged;
- `hard`: six tenths reworded, half of these heavily; a fifth moved, more dropped and new, more words in common;
- `twins`: four tenths of last year's entries are near-copies of others, half of the new ones near-copies of old ones.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import NamedTuple

from planparse import parse
from planparse.diff.units import flatten


class Rates(NamedTuple):
    """How often what happens to an entry."""

    reword: float = 0.20
    heavy: float = 0.15  # of the rewordings
    move: float = 0.10
    drop: float = 0.10
    add: float = 0.10
    split: float = 0.03
    merge: float = 0.03
    twin: float = 0.05
    decoy: float = 0.0  # of what is new: near-copies of old entries
    stock: float = 0.15  # of the clauses: words that other entries use too
    target: float = 0.50  # of the entries that have one, and so for the next two
    deadline: float = 0.20
    owner: float = 0.20


PROFILES = {
    "default": Rates(),
    "hard": Rates(reword=0.60, heavy=0.50, move=0.20, drop=0.15, add=0.20, twin=0.10, stock=0.40),
    "twins": Rates(reword=0.30, move=0.15, drop=0.15, add=0.15, twin=0.40, decoy=0.50),
}
HEADINGS = [
    "党建工作", "队伍建设", "教学管理", "文化服务", "市场监管", "安全生产", "后勤保障", "信息宣传", "财务管理", "项目建设", "文物保护", "体育卫生",
    "家校联系", "对外交流", "档案管理", "志愿服务", "科研培训", "督查考核", "设施维护", "群众活动",
]  # fmt: skip
OWNERS = ["办公室", "人事股", "计财股", "安全股", "教研室", "宣传股", "县文化馆", "县图书馆", "项目办", "督查室"]
TARGETS = [
    ("覆盖率达到{}%", 60, 90), ("组织不少于{}次", 3, 30), ("建成示范点{}个", 5, 60), ("培训骨干{}人次", 40, 400), ("投入资金{}万元", 20, 900),
]  # fmt: skip
SYNONYMS = [
    ("加强", "强化"), ("组织", "统筹组织"), ("认真", "扎实"), ("做好", "抓好"), ("提高", "提升"), ("完善", "健全"), ("检查", "督查"), ("及时", "第一时间"),
    ("落实", "落细落实"), ("教师", "教职工"), ("学生", "全体学生"), ("活动", "专项活动"), ("制度", "规章制度"), ("安全", "平安"), ("由", "统一由"),
]  # fmt: skip
TWINS = [
    ("学生", "家长"), ("教师", "校长"), ("班级", "年级"), ("检查", "演练"), ("小学", "初中"), ("每周", "每月"), ("食堂", "宿舍"), ("上", "下"),
]  # fmt: skip
LEADS = ["结合实际，", "坚持问题导向，", "按照上级部署，", "对照任务清单，", "充分发动群众，", "聚焦薄弱环节，"]
TAILS = ["，做到有部署有检查", "，形成长效机制", "，力求取得实效", "，并建立工作台账", "，纳入年度考核"]
PLACES = [first + second for first in "云青白石柳竹梅松桃柏" for second in "溪岭坪桥湾塘坝坡岗井"]
CLAUSE = re.compile(r"(?:[\u4e00-\u9fff、]|“[\u4e00-\u9fff、]+”){6,28}")
BREAK = re.compile("[。；：，,.;:]")
TIME = re.compile(r"[年月日周期]|[一二三四五六七八九十两]|责任|以下|如下|目标")
HAN = "零一二三四五六七八九"


@dataclass
class Entry:
    """An item of a plan."""

    clauses: tuple[str, ...]
    target: tuple[str, int] | None = None
    due: int | None = None  # the month
    owner: str | None = None
    old: list[Entry] = field(default_factory=list)
    """What it comes from: one entry, two of a merger, one that it shares with the other part of a split."""
    part: bool = False
    """Whether it is one part of a split."""
    moved: bool = False
    line: int = 0

    @property
    def core(self) -> str:
        """Its words without target, deadline and owner."""
        return "，".join(self.clauses)

    def words(self) -> str:
        """All of it without the label."""
        parts = [self.core]
        parts += [self.target[0].format(self.target[1])] if self.target else []
        parts += [f"{self.due}月底前完成"] if self.due else []
        return "，".join(parts) + "。" + (f"（责任单位：{self.owner}）" if self.owner else "")


@dataclass
class Group:
    """A section with its items, or a row with its entries."""

    heading: str
    entries: list[Entry]
    old: Group | None = None
    line: int = 0


class Plan(NamedTuple):
    """One year's plan."""

    year: int
    groups: list[Group]
    rows: list[Group]


Pair = tuple[int, int]
"""The first lines of the two sides."""


@dataclass
class Case:
    """Two texts and what became of the entries of the first."""

    old: str
    new: str
    pairs: set[Pair] = field(default_factory=set)
    moved: set[Pair] = field(default_factory=set)
    fields: set[tuple[int, int, str, str]] = field(default_factory=set)
    """Lines, field, and how it differs."""
    apart: set[Pair] = field(default_factory=set)
    """Parts of splits and mergers with what they come from."""
    removed: set[int] = field(default_factory=set)
    added: set[int] = field(default_factory=set)
    rows: set[Pair] = field(default_factory=set)
    groups: set[Pair] = field(default_factory=set)


@cache
def clauses() -> tuple[str, ...]:
    """Clauses of the samples that name no figure, time or owner."""
    found: dict[str, None] = {}
    for path in sorted((Path(__file__).parents[1] / "samples").glob("*.txt")):
        if path.stem not in ("gbk-notice", "traditional-weeks"):
            for unit in flatten(parse(path.read_text(encoding="utf-8"))):
                named = [value.text for values in unit.values[:3] for value in values] + (
                    [unit.values.when.text] if unit.values.when else []
                )
                parts = (part.strip() for part in BREAK.split(unit.text) if not any(name in part for name in named))
                found |= dict.fromkeys(part for part in parts if CLAUSE.fullmatch(part) and not TIME.search(part))
    return tuple(found)


class Maker:
    """Draws a case."""

    def __init__(self, seed: int, rates: Rates) -> None:
        self.dice = random.Random(seed)
        self.rates = rates
        self.unused = self.dice.sample(clauses(), len(clauses()))
        self.seen = {""}

    def chance(self, rate: float) -> bool:
        return self.dice.random() < rate

    def clause(self) -> str:
        """Words not used yet, or stock phrases; once the samples are used up, with the names of two villages."""
        if self.unused and not self.chance(self.rates.stock):
            return self.unused.pop()
        if self.chance(self.rates.stock):
            return self.dice.choice(clauses())
        return f"{self.dice.choice(PLACES)}、{self.dice.choice(PLACES)}等村{self.dice.choice(clauses())}"

    def entry(self) -> Entry:
        """An entry unlike those before."""
        form, low, high = self.dice.choice(TARGETS)
        words: tuple[str, ...] = ()
        while "，".join(words) in self.seen:
            words = tuple(self.clause() for _ in range(self.dice.choice((1, 2, 2, 3))))
        self.seen.add("，".join(words))
        return Entry(
            words,
            (form, self.dice.randint(low, high)) if self.chance(0.3) else None,
            self.dice.randint(3, 11) if self.chance(0.25) else None,
            self.dice.choice(OWNERS) if self.chance(0.4) else None,
        )

    def twin(self, entry: Entry) -> Entry:
        """A near-copy: one word of a pair for the other, else another place."""
        words = next((entry.core.replace(a, b, 1) for a, b in self.dice.sample(TWINS, len(TWINS)) if a in entry.core), entry.core)
        while words in self.seen or words == entry.core:
            words = f"{self.dice.choice(PLACES)}村{entry.core}"
        self.seen.add(words)
        return replace(entry, clauses=(words,), old=[])

    def reword(self, entry: Entry) -> None:
        """Other words for the same; four tenths of the signs stay at least."""
        before = entry.core
        heavy = self.chance(self.rates.heavy)
        words = before
        for a, b in self.dice.sample(SYNONYMS, len(SYNONYMS))[: 15 if heavy else 8]:
            words = words.replace(a, b, 1)
        if heavy or words == before or self.chance(0.5):
            words = words + self.dice.choice(TAILS) if self.chance(0.5) else self.dice.choice(LEADS) + words
        parts = words.split("，")
        if heavy:
            self.dice.shuffle(parts)
            parts[0] = self.clause()
        after = "，".join(parts)
        entry.clauses = (after if SequenceMatcher(None, before, after, autojunk=False).ratio() >= 0.4 else words,)

    def last_year(self, items: int, weeks: int) -> Plan:
        """The old plan."""
        entries = [self.entry() for _ in range(items)]
        twins = [k for k in range(items) if self.chance(self.rates.twin)]
        plain = sorted({*range(items)} - {*twins}) or [0]
        for k in twins:
            entries[k] = self.twin(entries[self.dice.choice(plain)])
        groups: list[Group] = []
        while entries:
            count = self.dice.randint(4, 9)
            groups.append(Group(HEADINGS[len(groups)] if len(groups) < len(HEADINGS) else self.dice.choice(HEADINGS), entries[:count]))
            del entries[:count]
        rows = [Group("", [Entry((self.dice.choice(clauses()),)) for _ in range(self.dice.choice((1, 2)))]) for _ in range(weeks)]
        return Plan(2024, groups, rows)

    def this_year(self, old: Plan) -> Plan:
        """The new plan; every entry of it tells what it comes from."""
        groups = [Group(group.heading, [entry for e in group.entries for entry in self.fate(e)], group) for group in old.groups]
        if len(groups) > 2 and self.chance(0.5):
            groups.insert(self.dice.randrange(len(groups)), groups.pop(self.dice.randrange(len(groups))))
        for group in groups:
            for k in range(len(group.entries) - 1, 0, -1):
                first, second = group.entries[k - 1 : k + 1]
                whole = len(first.old) == len(second.old) == 1 and not (first.part or second.part)
                if whole and self.chance(self.rates.merge):
                    merged = replace(first, clauses=(*first.clauses, *second.clauses), old=first.old + second.old)
                    group.entries[k - 1 : k + 1] = [merged]
        self.move(groups)
        everything = [entry for group in old.groups for entry in group.entries]
        for _ in range(round(len(everything) * self.rates.add)):
            group = self.dice.choice(groups)
            new = self.twin(self.dice.choice(everything)) if self.chance(self.rates.decoy) else self.entry()
            group.entries.insert(self.dice.randint(0, len(group.entries)), new)
        rows = [Group("", [replace(entry, old=[entry]) for entry in row.entries], row) for row in old.rows]
        if rows and self.chance(0.6):
            k = self.dice.randrange(len(rows))
            rows[k : k + self.dice.choice((0, 1))] = [Group("", [Entry((self.dice.choice(clauses()),))])]
        return Plan(old.year + 1, groups, rows)

    def fate(self, old: Entry) -> list[Entry]:
        """What becomes of an entry where it stands."""
        if self.chance(self.rates.drop):
            return []
        new = replace(old, old=[old])
        if self.chance(self.rates.split) and len(old.clauses) > 1:
            return [
                replace(new, clauses=old.clauses[:1], due=None, part=True),
                replace(new, clauses=old.clauses[1:], target=None, part=True),
            ]
        if self.chance(self.rates.reword):
            self.reword(new)
        if new.target and self.chance(self.rates.target):
            new.target = (new.target[0], max(1, round(new.target[1] * self.dice.choice((0.7, 0.85, 1.2, 1.1))) + self.dice.choice((-1, 1))))
        if new.due and self.chance(self.rates.deadline):
            new.due += self.dice.choice((-2, -1, 1))
        if new.owner and self.chance(self.rates.owner):
            new.owner = self.dice.choice([owner for owner in OWNERS if owner != new.owner])
        return [new]

    def move(self, groups: list[Group]) -> None:
        """Moves entries: two thirds to another section, the others at least two places away."""
        for group in groups:
            for entry in list(group.entries):
                if entry.moved or len(entry.old) != 1 or entry.part or not self.chance(self.rates.move):
                    continue
                k = group.entries.index(entry)
                to = self.dice.choice(groups)
                places = [j for j in range(len(to.entries)) if to is not group or abs(j - k) > 1]
                if places and len(group.entries) > 1:
                    group.entries.remove(entry)
                    to.entries.insert(self.dice.choice(places), entry)
                    entry.moved = True


def text(plan: Plan) -> str:
    """The plan as written; entries learn their lines."""
    lines = [f"青岑县{plan.year}年工作计划"]
    for k, group in enumerate(plan.groups, 1):
        lines.append(f"{_numeral(k)}、{group.heading}")
        group.line = len(lines)
        for j, entry in enumerate(group.entries, 1):
            lines.append(f"{j}．{entry.words()}")
            entry.line = len(lines)
    if plan.rows:
        lines += [f"{_numeral(len(plan.groups) + 1)}、日程安排", "周次\t日期\t工作安排"]
    day = date(plan.year, 3, 4) - timedelta(date(plan.year, 3, 4).weekday())
    for k, row in enumerate(plan.rows, 1):
        end = day + timedelta(6)
        works = " ".join(f"{j}．{entry.core}" for j, entry in enumerate(row.entries, 1))
        lines.append(f"第{k}周\t{day.month}月{day.day}日—{end.month}月{end.day}日\t{works}")
        row.line = len(lines)
        day += timedelta(7)
    return "\n".join([*lines, "青岑县办公室", f"{plan.year}年2月20日", ""])


def _numeral(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("" if not tens else "十" if tens == 1 else HAN[tens] + "十") + (HAN[ones] if ones else "") if value < 100 else str(value)


def make(seed: int, items: int = 100, profile: str = "default", weeks: int = 10) -> Case:
    """A pair of plans with so many items last year."""
    maker = Maker(seed, PROFILES[profile])
    old = maker.last_year(items, weeks)
    new = maker.this_year(old)
    case = Case(text(old), text(new))
    case.groups = {(group.old.line, group.line) for group in new.groups if group.old}
    if old.rows and new.rows:
        case.groups.add((old.rows[0].line - 2, new.rows[0].line - 2))  # their section
    case.rows = {(row.old.line, row.line) for row in new.rows if row.old}
    come = Counter(id(old) for group in new.groups for entry in group.entries for old in entry.old)
    for entry in (entry for group in new.groups for entry in group.entries):
        lines = [(old.line, entry.line) for old in entry.old]
        if len(lines) == 1 and come[id(entry.old[0])] == 1:
            case.pairs.update(lines)
            case.moved.update(lines if entry.moved else ())
            case.fields.update((*lines[0], *change) for change in _changes(entry.old[0], entry))
        else:
            case.apart.update(lines)
            case.added.update([] if lines else [entry.line])
    case.removed = {entry.line for group in old.groups for entry in group.entries if id(entry) not in come}
    return case


def _changes(old: Entry, new: Entry) -> list[tuple[str, str]]:
    out = []
    if old.target and new.target and old.target != new.target:
        out.append(("target", "raised" if new.target[1] > old.target[1] else "lowered"))
    if old.due and new.due and old.due != new.due:
        out.append(("deadline", "later" if new.due > old.due else "earlier"))
    return out + ([("owner", "replaced")] if old.owner != new.owner else [])
