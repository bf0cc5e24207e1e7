"""How many findings of which rule, most first."""

from __future__ import annotations

from collections import Counter

from planparse.report.json import array
from planparse.report.run import Run, mend_of
from planparse.report.wording import severity_name


def counted(run: Run) -> list[dict[str, str | int]]:
    """A row a rule: its code, name, graver severity, how many findings, how many of them have fixes."""
    found = [violation for result in run.results for violation in result.violations]
    counts = Counter(violation.code for violation in found)
    fixes = Counter(violation.code for violation in found if mend_of(violation))
    seen = {violation.code: violation for violation in found}
    return [
        {"code": code, "name": seen[code].name, "severity": seen[code].severity, "count": count, "fixable": fixes[code]}
        for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def write(run: Run) -> str:
    """A table for people: count, whether fixes are on offer, code, name, severity."""
    found = [violation for result in run.results for violation in result.violations]
    severities = {violation.code: severity_name(violation.severity, run.translate) for violation in found}
    rows = counted(run)
    if not rows:
        return ""
    wide = [max(len(str(row[key])) for row in rows) for key in ("count", "code", "name")]
    return "".join(
        f"{row['count']:>{wide[0]}}  {'[*]' if row['fixable'] else '   '}  {row['code']:<{wide[1]}}  {row['name']:<{wide[2]}}"
        f"  {severities[str(row['code'])]}\n"
        for row in rows
    )


def write_json(run: Run) -> str:
    """The same rows as a JSON array."""
    return array(counted(run))
