"""Comparisons made by hand, so that reports are tested without the alignment that makes them."""

from collections import Counter

from planparse.diff.model import Candidate, Comparison, Count, FieldChange, Head, Mark, Record, Shift, Side
from planparse.model import Deadline, Number, Owner, Point, Position, Target


def side(text, number=None, path=(), line=1, key=None):
    """An entry as it stands in a plan."""
    point = Point(line=line, column=1, offset=0)
    label = None if number is None else Number(text=number, style="arabic-dot", value=1)
    return Side(
        key=key or f"1-{text}", node="/plans/0/children/0", plan=1, path=list(path), number=label, text=text,
        position=Position(start=point, end=point),
    )  # fmt: skip


def target(text, value, unit, subject=None, comparator="="):
    """A promised figure."""
    return Target(text=text, value=value, unit=unit, subject=subject, comparator=comparator)


def figures(old, new, change):
    """A target that differs."""
    amount = None if old is None or new is None else new.value - old.value
    percent = amount / old.value * 100 if amount is not None and old.value else None
    return FieldChange(field="target", change=change, old=old, new=new, amount=amount, percent=percent)


def deadlines(old, new, days):
    """A deadline that differs, by so many days."""
    made = [Deadline(text=day, kind="date", start=day, end=day, bound="by") for day in (old, new)]
    return FieldChange(field="deadline", change="later" if days > 0 else "earlier", old=made[0], new=made[1], amount=days)


def owners(old, new):
    """An owner that differs; None where there is none."""
    made = [None if name is None else Owner(text=name, kind="unit") for name in (old, new)]
    change = "added" if old is None else "dropped" if new is None else "replaced"
    return FieldChange(field="owner", change=change, old=made[0], new=made[1])


def marks(*pieces):
    """Words side by side: a text is on both sides, a pair of texts differs."""
    made = []
    for piece in pieces:
        old, new = (piece, piece) if isinstance(piece, str) else piece
        verb = "equal" if old == new else "insert" if not old else "delete" if not new else "replace"
        made.append(Mark(verb=verb, old=old, new=new))
    return made


def record(old, new, *changes, **more):
    """What became of an entry."""
    if old is not None and new is not None:
        more = {"similarity": 1.0, "confidence": "high"} | more
    return Record(type="section", old=old, new=new, changes=list(changes), **more)


def comparison(*records, shifts=(), years=(2024, 2025), options=None):
    """Records with their counts, as a comparison of two plans."""
    pairs = [entry for entry in records if entry.old is not None and entry.new is not None and entry.group is None]
    folded = {"renumbered", "year", "shifted", "punctuation"}
    count = Count(
        old=sum(entry.old is not None for entry in records),
        new=sum(entry.new is not None for entry in records),
        pairs=len(pairs),
        unchanged=sum(folded.issuperset(entry.changes) for entry in pairs),
        changes=Counter(change for entry in records for change in entry.changes),
        fields=Counter(f"{field.field}/{field.change}" for entry in records for field in entry.fields),
        confidence=Counter(entry.confidence for entry in pairs),
    )
    old, new = (
        Head(name=f"{year}.txt", sha256=digit * 64, title=f"{year}年工作计划", year=year) for year, digit in zip(years, "ab", strict=True)
    )
    return Comparison(old=old, new=new, shifts=list(shifts), count=count, records=list(records), options=options or {})


WORK, SCHOOLS = "二、重点工作", "（一）办学条件"

SCHOOLS_LOWERED = record(
    side("新建学校50所，由基建处负责。", "3.", (WORK, SCHOOLS), 12),
    side("新建学校35所，由后勤处负责。", "2.", (WORK, SCHOOLS), 14),
    "changed", "target", "owner", "renumbered",
    fields=[figures(target("50所", 50, "所", "学校"), target("35所", 35, "所", "学校"), "lowered"), owners("基建处", "后勤处")],
    marks=marks("新建学校", ("50", "35"), "所，由", ("基建", "后勤"), "处负责。"),
    similarity=0.86,
)  # fmt: skip
CANTEENS_REMOVED = record(
    side("改造食堂20个。", "4.", (WORK, SCHOOLS), 13, key="1-食堂"),
    None,
    "removed",
    "target",
    fields=[figures(target("20个", 20, "个", "食堂"), None, "dropped")],
    possible=[Candidate(key="1-厨房", node="/plans/0/children/1", text="更新厨房设备。", similarity=0.41, kind="similar")],
)
BUSES_ADDED = record(None, side("开通校车线路。", "4.", (WORK, SCHOOLS), 16, key="1-校车"), "added")
TRAINING_MOVED = record(
    side("开展教师培训。", "1.", (WORK, "（二）队伍建设"), 20), side("开展教师培训。", "2.", ("三、保障措施",), 30), "moved", "renumbered"
)
DEADLINE_LATER = record(
    side("6月底前完成验收。", "5.", (WORK,), 22), side("8月底前完成验收。", "5.", (WORK,), 24), "changed", "deadline",
    fields=[deadlines("2024-06-30", "2025-08-31", 62)], marks=marks(("6", "8"), "月底前完成验收。"), similarity=0.6, confidence="medium",
)  # fmt: skip
RENUMBERED = record(side("组织体检。", "6.", (WORK,), 23), side("组织体检。", "7.", (WORK,), 26), "renumbered")
YEAR_ONLY = record(side("做好2024年总结。", "7.", (WORK,), 24), side("做好2025年总结。", "8.", (WORK,), 27), "year", "renumbered")
SAME = record(side("召开例会。", "1.", ("一、总体要求",), 5), side("召开例会。", "1.", ("一、总体要求",), 5))
YEAR_STEP = Shift(unit="year", amount=1, count=1, plan=1)


def everyday():
    """A comparison with something of most sorts."""
    return comparison(
        SCHOOLS_LOWERED, CANTEENS_REMOVED, BUSES_ADDED, DEADLINE_LATER, RENUMBERED, YEAR_ONLY, TRAINING_MOVED, shifts=[YEAR_STEP],
    )  # fmt: skip
