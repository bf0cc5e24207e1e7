"""Scores planparse's reading of dates on suites that others made: `python tests/benchmarks/dates.py PATH...`.

PATH is a spec file of Microsoft's Recognizers-Text (`Specs/DateTime/Chinese/*.json`), JioNLP's `test/test_time_parser.py`, or
a folder of such files; without one, only the expressions of plans below are scored. Peers that are installed in the same
environment (jionlp, recognizers-text-suite, dateparser) are run beside planparse. No file is executed, only read.

Only what a plan can say is scored: no clock times, no rolling spans (近三年), no eras, no decades. A case is right when
start and end agree. Where a suite gives two answers for a date without a year (the past one and the future one), either
counts; its ends are made inclusive first.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import io
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from planparse.dates.complete import Frame, Place, complete, settle
from planparse.dates.fields import fields, recurrence
from planparse.dates.reading import find_times

Span = tuple[date | None, date | None]
Reader = Callable[["Case"], list["Found"]]


class Found(NamedTuple):
    """What a reader makes of a text: days, inclusive, or a repetition such as FREQ=WEEKLY;BYDAY=MO."""

    start: date | None
    end: date | None
    rule: str = ""
    at: tuple[int, int] = (0, 0)


class Case(NamedTuple):
    """A text, the day it is read on, and what counts as right: for each time in it, the spans that do."""

    suite: str
    text: str
    today: date
    wanted: tuple[tuple[Span, ...], ...]
    rule: str = ""
    blur: bool = False
    """Whether the suite itself calls its answer vague: a part of it is right, too."""
    spans: tuple[tuple[int, int], ...] = ()
    """Where the times stand, for suites that give nothing else."""


# -- the readers -------------------------------------------------------------------------------------------------


def planparse(case: Case) -> list[Found]:
    """planparse, with the case's day as `--as-of`; conventions of the suites: X/X is month/day, JioNLP stays in the day's year."""
    text, out = case.text, []
    place = Place(Frame(f"{case.today.year:04d}", 1, "inferred") if case.suite == "jionlp" else Frame(), today=case.today)
    for written in (settle(w, "month-day") for w in find_times(text, 0, len(text))):
        at = (written.start, written.end)
        if written.repeat:
            out.append(Found(None, None, recurrence(written) or "?", at))
            continue
        stretch = complete(written, place)
        values = fields(written, stretch, text[written.start : written.end])
        if stretch is None or "edtf" not in values:
            out.append(Found(None, None, "", at))
            continue
        first, last = stretch.first.first(), stretch.last.last()
        if written.bound == "by" and first is not None:
            out.append(Found(None, first - timedelta(1), "", at))
        elif written.bound == "from" and last is not None:
            out.append(Found(last + timedelta(1), None, "", at))
            out.append(Found(first, None, "", at))
        out.append(Found(first, last, "", at))
    return out


def recognizers() -> Reader | None:
    """Recognizers-Text for Python; None where it is not installed."""
    try:
        from recognizers_date_time import recognize_datetime
        from recognizers_text import Culture
    except ImportError:
        return None

    def read(case: Case) -> list[Found]:
        out, text, today = [], case.text, case.today
        for result in recognize_datetime(text, Culture.Chinese, reference=datetime(today.year, today.month, today.day)):
            for value in (result.resolution or {}).get("values", []):
                start = _day(value.get("start") or value.get("value"))
                end = _day(value.get("end") or value.get("value"))
                out.append(
                    Found(
                        start, _inclusive(end, str(value.get("timex")), "range" in str(value.get("type"))), _rule(str(value.get("timex")))
                    )
                )
        return out

    return read


def jionlp() -> Reader | None:
    """JioNLP, the better of its two functions; None where it is not installed."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints an advertisement
            import jionlp as jio
    except ImportError:
        return None

    def read(case: Case) -> list[Found]:
        text, today = case.text, case.today
        base = {"year": today.year, "month": today.month, "day": today.day}
        out = []
        with contextlib.redirect_stdout(io.StringIO()):
            with contextlib.suppress(Exception):
                out += _from_jionlp(jio.parse_time(text, time_base=base))
            with contextlib.suppress(Exception):
                for result in jio.ner.extract_time(text, time_base=base):
                    out += _from_jionlp(result["detail"])
        return out

    return read


def _from_jionlp(result: dict[str, Any]) -> list[Found]:
    if result["type"] == "time_period":
        return [Found(None, None, _delta_rule(result["time"].get("delta", {})))]
    if result["type"] in ("time_span", "time_point"):
        return [Found(_day(result["time"][0]), _day(result["time"][1]))]
    return []


def dateparser() -> Reader | None:
    """dateparser; None where it is not installed."""
    try:
        import dateparser as library
        from dateparser.search import search_dates
    except ImportError:
        return None

    def read(case: Case) -> list[Found]:
        text, today = case.text, case.today
        settings = {"RELATIVE_BASE": datetime(today.year, today.month, today.day)}
        out = []
        with contextlib.suppress(Exception):
            found = library.parse(text, languages=["zh"], settings=settings)
            out += [Found(found.date(), found.date())] if found else []
        with contextlib.suppress(Exception):
            out += [Found(when.date(), when.date()) for _, when in search_dates(text, languages=["zh"], settings=settings) or []]
        return out

    return read


# -- the suites --------------------------------------------------------------------------------------------------

# What no plan says, and what a suite gets wrong: the reason, and how its texts look.
OFF_TOPIC = (
    ("lunar dates and eras", "农历|阴历|正月|腊月|大年|闰|初[一二三四五六七八九十]|年号|神龙|康熙|雍正|乾隆|贞观|开元|清朝|民国|公元|除夕|春节|元宵|端午|中秋|重阳|七夕|腊八"),
    ("decades and centuries", "年代|世纪|千禧"),
    ("seasons and solar terms", "[春夏秋冬][天季]|夏天|冬天|立[春夏秋冬]|[夏冬]至|[春秋]分|谷雨|小[雪寒暑满]|大[雪寒暑]|芒种|白露|霜降|惊蛰|雨水|季节|入[春夏秋冬]"),
    ("rolling spans", ("(?:近|未来|过去|接下来|往[前后]|再过|(?<![最以之])[前后上下这](?!半年))[ 的]?(?:[几数一两二三四五六七八九十百半]|\\d{1,3}(?!\\d))[ ]?(?:[十百千]|个|多|半)*(?:[天日周年]|月(?!\\d)|星期(?![一二三四五六日天])|季度|礼拜|小时|分钟|秒|工作日)(?!度)"
     "|(?<![\\d几数一两二三四五六七八九十百后个])(?:[几数一两二三四五六七八九十百半][十百]?|\\d{1,3})[ ]?个?(?:多|半)?(?:[天日周]|(?<!\\d)年|个月|星期|季度|礼拜|小时|分钟|工作日)(?:之|以)?(?:前|后|内|来)|最近|近期|目前|现在|刚才|此时|不久|如今|迄今|至今")),
    ("years to years, whose end the suite leaves out", "(?:\\d{4}|[二一][〇零一二三四五六七八九]{3})[ ]?年?[ ]?(?:[到至与和~—-])[ ]?(?:\\d{4}|[二一][〇零一二三四五六七八九]{3})[ ]?年?[ ]?(?!\\d|[-/月.])|年之后.*年之前"),
    ("clock times", "[一二三四五六七八九十两半\\d零][ ]?[点點时](?!间)|[一二三四五六七八九十两半\\d][ ]?个?(?:小时|分钟|秒|刻)|\\d[:：]\\d|上午|下午|早上|早晨|晚|凌晨|中午|傍晚|夜|[aApP]\\.?[mM]\\b"),
)  # fmt: skip
TODAY = re.compile("^(?:今|明|昨|后|前|大后|大前)[天日]$")


def off_topic(case: Case) -> str | None:
    """Why a case says nothing about plans; None when it does."""
    for reason, pattern in OFF_TOPIC:
        if re.search(pattern, case.text):
            return reason
    if case.suite == "jionlp" and TODAY.match(case.text):
        return "今天 and its like"
    years = [day.year for group in case.wanted for span in group for day in span if day is not None]
    if years and not all(1900 <= year <= 2100 or year == 1 for year in years):
        return "years outside 1900 to 2100"
    return None


def cases_of(path: Path) -> Iterator[Case]:
    """The cases of a file, by its shape."""
    if path.suffix == ".py":
        yield from _jionlp_cases(path)
    else:
        for record in json.loads(path.read_text(encoding="utf-8-sig")):
            case = _recognizers_case(path.stem, record)
            if case is not None:
                yield case


def _recognizers_case(name: str, record: dict[str, Any]) -> Case | None:
    today = _day(str(record.get("Context", {}).get("ReferenceDateTime", "2017-03-22"))) or date(2017, 3, 22)
    wanted: list[tuple[Span, ...]] = []
    rule = ""
    spans = []
    for result in record.get("Results") or []:
        if "Start" in result and "Length" in result:
            spans.append((int(result["Start"]), int(result["Start"]) + int(result["Length"])))
        value = result.get("Value")
        if isinstance(value, dict) and "Timex" in value:
            timex = str(value["Timex"])
            if "T" in timex.replace("PT", "T") and re.search("T\\d|PT|T[A-Z]{2}", timex):
                return None
            rule = _rule(timex) or rule
            options = [_resolution(value.get(key) or {}, timex) for key in ("FutureResolution", "PastResolution")]
            known = tuple(option for option in options if option is not None)
            if known:
                wanted.append(known)
        elif isinstance(result.get("Resolution"), dict):
            group: list[Span] = []
            for option in result["Resolution"].get("values", []):
                timex = str(option.get("timex"))
                if re.search("T\\d|PT|T[A-Z]{2}", timex) or "time" in str(option.get("type")).replace("datetime", "time"):
                    return None
                if option.get("type") == "duration":
                    return None
                rule = _rule(timex) or rule
                start = _day(option.get("start") or option.get("value"))
                end = _day(option.get("end") or option.get("value"))
                if option.get("end") and not option.get("start"):
                    group.append((None, end - timedelta(1) if end else None))
                elif option.get("start") and not option.get("end"):
                    group.append((start, None))
                elif start:
                    group.append((start, _inclusive(end, timex, bool(option.get("end")))))
            if group:
                wanted.append(tuple(group))
    if rule and not wanted:
        return Case(name, record["Input"], today, (), rule)
    return Case(name, record["Input"], today, tuple(wanted), rule if name.startswith("Set") else "", spans=() if wanted else tuple(spans))


def _resolution(values: dict[str, str], timex: str) -> Span | None:
    if "startDate" in values or "endDate" in values:
        start, end = _day(values.get("startDate")), _day(values.get("endDate"))
        return start, _inclusive(end, timex, True)
    day = _day(values.get("date"))
    return None if day is None else (day, day)


def _inclusive(end: date | None, timex: str, ranged: bool) -> date | None:
    """The suite's ends are exclusive but for ranges of days."""
    if end is None or not ranged or re.search("P\\d+D\\)", timex):
        return end
    return end - timedelta(1)


def _day(text: object) -> date | None:
    found = re.match("(\\d{4})-(\\d\\d)-(\\d\\d)", str(text))
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def _rule(timex: str) -> str:
    weekday = re.fullmatch("XXXX-WXX-(\\d)", timex)
    if weekday:
        return f"FREQ=WEEKLY;BYDAY={('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')[int(weekday[1]) - 1]}"
    period = re.fullmatch("P(\\d+)([DWMY])", timex)
    if period is None:
        return ""
    name = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Y": "YEARLY"}[period[2]]
    return f"FREQ={name}" + (f";INTERVAL={period[1]}" if period[1] != "1" else "")


def _delta_rule(delta: dict[str, Any]) -> str:
    for unit, name in (("year", "YEARLY"), ("month", "MONTHLY"), ("week", "WEEKLY"), ("day", "DAILY")):
        if delta.get(unit):
            count = int(delta[unit])
            if unit == "day" and count == 7:
                return "FREQ=WEEKLY"
            return f"FREQ={name}" + (f";INTERVAL={count}" if count > 1 else "")
    return "?"


def _jionlp_cases(path: Path) -> Iterator[Case]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {
        target.id: node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.List | ast.Tuple) or len(node.elts) < 3:
            continue
        text, reference, expected = node.elts[:3]
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str) and isinstance(expected, ast.Dict)):
            continue
        today = _reference(reference, names)
        try:
            values = ast.literal_eval(expected)
        except ValueError:
            continue
        if today is None or values.get("type") not in ("time_span", "time_point", "time_period"):
            continue
        if values["type"] == "time_period":
            point = values["time"].get("point") or {}
            if re.search("hour|minute|second", str(values["time"].get("delta"))) or re.search(
                "[1-9]\\d?:|0[1-9]:", str(point.get("time", ["", ""])[0])
            ):
                continue
            yield Case("jionlp", text.value, today, (), _delta_rule(values["time"].get("delta", {})))
            continue
        start, end = map(str, values["time"])
        if not (start.endswith("00:00:00") and (end.endswith("23:59:59"))):
            continue  # a clock time, or "from now"
        yield Case("jionlp", text.value, today, (((_day(start), _day(end)),),), blur=values.get("definition") == "blur")


def _reference(node: ast.expr, names: dict[str, ast.expr], depth: int = 3) -> date | None:
    """The day a case is read on: seconds since 1970, a mapping, a call with year, month, day, or a name for one of these."""
    if isinstance(node, ast.Name) and depth and node.id in names:
        return _reference(names[node.id], names, depth - 1)
    if isinstance(node, ast.Constant):
        if isinstance(node.value, int | float):
            return datetime.fromtimestamp(node.value).date()
        return _day(node.value)
    if isinstance(node, ast.Dict):
        values = ast.literal_eval(node)
        return date(values["year"], values.get("month", 1), values.get("day", 1)) if "year" in values else None
    numbers = [child.value for child in ast.walk(node) if isinstance(child, ast.Constant) and isinstance(child.value, int)]
    texts = [day for child in ast.walk(node) if isinstance(child, ast.Constant) and (day := _day(child.value))]
    if texts:
        return texts[0]
    return date(*numbers[:3]) if len(numbers) >= 3 and 1900 < numbers[0] < 2100 else None


# -- the score ---------------------------------------------------------------------------------------------------


def right(case: Case, found: list[Found]) -> bool:
    """Whether a reader's finds are what a case wants."""
    if case.rule and not case.wanted:
        wanted = case.rule.split(";BYDAY")[0]
        return any(f.rule == case.rule or (f.rule and f.rule.split(";BY")[0] == wanted and "BYDAY" not in case.rule) for f in found)
    if case.spans and not case.wanted:
        return all(any(f.at[0] < end and f.at[1] > start for f in found) for start, end in case.spans)
    if not case.wanted:
        return not any(f.start or f.end or f.rule for f in found)
    for group in case.wanted:
        if all(span[0] is not None and span[0].year == 1 for span in group):  # a day that does not exist
            if any(f.start for f in found):
                return False
            continue
        if not any((f.start, f.end) == span for f in found for span in group) and not (
            case.blur and any(_inside(f, span) for f in found for span in group)
        ):
            return False
    return True


def _inside(found: Found, span: Span) -> bool:
    return None not in (found.start, found.end, *span) and span[0] <= found.start and found.end <= span[1]  # type: ignore[operator]


# Disagreements where the suite's reading is not that of a Chinese plan.
OURS = (
    ("a bare number in a sentence is no year: plans count with numbers of four digits, too", "^(?:19|20)\\d\\d(?![年\\d./-])"),
    ("至 and 到 include the last month in official usage", "月[份]?[ ]?[到至~—-]"),
    ("以前 and 以后 include the day or leave it to the sentence", "之前|之后|以前|以后|以来|及以后"),
)  # fmt: skip


def verdict(case: Case, found: list[Found]) -> str:
    """Whose reading is right, by the rules of official Chinese; the rest is counted as ours to mend."""
    for reason, pattern in OURS:
        if re.search(pattern, case.text):
            return f"ours: {reason}"
    if case.blur:
        return "open: the suite calls its own answer vague"
    return "theirs" if found else "theirs: not found"


EXPRESSIONS: tuple[tuple[str, str], ...] = (
    ("27/8—2/9", "2023-08-27/2023-09-02"), ("8.28-9.3", "2023-08-28/2023-09-03"), ("9月1日—7日", "2023-09-01/2023-09-07"),
    ("9月1日至10月7日", "2023-09-01/2023-10-07"), ("2023年8月28日-9月3日", "2023-08-28/2023-09-03"), ("20xx年9月5日", "20XX-09-05"),
    ("二○二三年九月一日", "2023-09-01"), ("二oxx年元月十日", "20XX-01-10"), ("八月份", "2023-08"), ("9月上旬", "2023-09-01/2023-09-10"),
    ("十月中旬", "2023-10-11/2023-10-20"), ("月底前", "by 2023-09-30"), ("年底前", "by 2023-12-31"), ("第一季度", "-01/-03 quarter"),
    ("三季度末", "around 2023-09-30~"), ("上半年", "2023-01/2023-06"), ("下学期", "term 2"), ("20xx年下学期", "term 20XX"),
    ("周四至五", "2023-08-31/2023-09-01"), ("周六至三", "2023-09-02/2023-09-06"), ("每周三下午", "FREQ=WEEKLY;BYDAY=WE 下午"), ("每月", "FREQ=MONTHLY"),
    ("第3周", "week 3"), ("第十九周", "week 19"), ("春节前后", "around 2024-02-10~"), ("国庆节期间", "2023-10-01/2023-10-07"),
    ("今年3月26日", "2023-03-26"), ("4月份", "2023-04"), ("07年", "2007"), ("2023-2024学年第一学期", "2023-09~/2024-01~ term"),
    ("十四五期间", "2021/2025"), ("暑假", "2023-07~/2023-08~ term"), ("12月底前完成", "by 2023-12-31"), ("9—12月", "2023-09/2023-12"),
)  # fmt: skip
"""Expressions of plans and what they say on Friday, 1 September 2023."""


def expressions() -> int:
    """Prints how planparse reads the expressions; returns how many it reads as told."""
    today, good = date(2023, 9, 1), 0
    print("| expression | wanted | planparse | |\n|---|---|---|---|")
    for text, wanted in EXPRESSIONS:
        written = [settle(w, "day-month") for w in find_times(text, 0, len(text))]
        shown = ""
        if len(written) == 1:
            w = written[0]
            values = fields(w, complete(w, Place(today=today)), text[w.start : w.end])
            parts = [values.get("bound", ""), values.get("edtf", ""), values.get("rrule", ""), values.get("time_of_day", "")]
            shown = " ".join(part for part in parts if part)
            if not shown or w.kind in ("term", "quarter", "week"):
                number = f" {w.first.nth}" if "edtf" not in values else ""
                shown = f"{shown} {w.kind}{number}".strip()
        ok = _same(wanted, shown)
        good += ok
        print(f"| {text} | {wanted} | {shown} | {'right' if ok else 'WRONG'} |")
    print(f"\n{good} of {len(EXPRESSIONS)} right\n")
    return good


def _same(wanted: str, shown: str) -> bool:
    if wanted.startswith("-01"):  # the nearest first quarter
        return bool(re.fullmatch("20\\d\\d-01/20\\d\\d-03 quarter", shown))
    return sorted(wanted.split()) == sorted(shown.split()) or (wanted == "term 20XX" and shown == "20XX term")


def main() -> None:
    """Prints the tables."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    options.add_argument("paths", nargs="*", type=Path, help="spec files or folders of them")
    options.add_argument("--quiet", action="store_true", help="no list of disagreements")
    asked = options.parse_args()
    expressions()
    files = [
        file
        for path in asked.paths
        for file in (sorted(p for p in path.rglob("*") if p.suffix in (".json", ".py")) if path.is_dir() else [path])
    ]
    makers: Iterable[tuple[str, Callable[[], Reader | None]]] = (
        ("recognizers", recognizers),
        ("jionlp", jionlp),
        ("dateparser", dateparser),
    )
    readers: dict[str, Reader] = {"planparse": planparse}
    if files:
        readers |= {name: reader for name, make in makers if (reader := make()) is not None}
    for file in files:
        _suite(file, readers, quiet=asked.quiet)


def _suite(file: Path, readers: dict[str, Reader], *, quiet: bool) -> None:
    kept, dropped = [], Counter()
    for case in cases_of(file):
        reason = off_topic(case)
        if reason:
            dropped[reason] += 1
        else:
            kept.append(case)
    print(f"## {file.name}: {len(kept)} cases that plans can say\n")
    print("left out: " + ("; ".join(f"{count} {reason}" for reason, count in dropped.most_common()) or "none") + "\n")
    print("| reader | right | share | seconds |\n|---|---:|---:|---:|")
    wrong: list[tuple[Case, list[Found]]] = []
    for name, read in readers.items():
        start = time.perf_counter()
        good = 0
        for case in kept:
            found = read(case)
            ok = right(case, found)
            good += ok
            if name == "planparse" and not ok:
                wrong.append((case, found))
        print(f"| {name} | {good} of {len(kept)} | {good / max(len(kept), 1):.1%} | {time.perf_counter() - start:.2f} |")
    print()
    if not quiet:
        for case, found in wrong:
            wanted = (
                case.rule or " and ".join(" or ".join(f"{a}..{b}" for a, b in dict.fromkeys(group)) for group in case.wanted) or "nothing"
            )
            ours = "; ".join(f.rule or f"{f.start}..{f.end}" for f in found) or "nothing"
            print(f"- {case.text} ({case.today}): {case.suite} {wanted}; planparse {ours}; right: {verdict(case, found)}")
        print()


if __name__ == "__main__":
    main()
