"""How well a comparison tells what became of the entries of a case (`plancases`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from plancases import Case, Pair

    from planparse.diff.model import Comparison, Side


class Score(NamedTuple):
    """Right, found, and wanted."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: tuple[int, ...]) -> Score:  # type: ignore[override]
        return Score(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0


def score(case: Case, comparison: Comparison) -> dict[str, Score]:
    """How well a comparison (with all records) tells pairs, moves, values that differ, splits and mergers, sections, and the schedule's rows."""
    found: dict[str, set[Any]] = {kind: set() for kind in ("pairs", "moves", "fields", "apart", "groups", "rows")}
    heads = [{number for number, line in enumerate(text.splitlines(), 1) if "．" not in line} for text in (case.old, case.new)]
    for record in comparison.records:
        if not (record.old and record.new and record.type in ("section", "schedule_row")):
            continue
        lines = (_line(record.old), _line(record.new))
        if record.type == "schedule_row":
            found["rows"].add(lines)
        elif record.group is not None:
            found["apart"].add(lines)
        elif lines[0] in heads[0] and lines[1] in heads[1]:
            found["groups"].add(lines)
        else:
            found["pairs"].add(lines)
            found["moves"].update([lines] if "moved" in record.changes else [])
            found["fields"].update(
                (*lines, value.field, value.change) for value in record.fields if value.field in ("target", "deadline", "owner")
            )
    rest: dict[str, set[Any]] = {"fields": case.fields, "apart": case.apart, "groups": case.groups, "rows": case.rows}
    told = {kind: Score(len(found[kind] & wanted), len(found[kind]), len(wanted)) for kind, wanted in rest.items()}
    return score_pairs(case, found["pairs"], found["moves"]) | told


def score_pairs(case: Case, pairs: set[Pair], moves: set[Pair]) -> dict[str, Score]:
    """Pairs and moves alone. Pairs inside a split or merger are neither right nor wrong; so is which of two equal entries is which."""
    old, new = case.old.splitlines(), case.new.splitlines()
    said = {(_bare(old[a - 1]), _bare(new[b - 1])) for a, b in case.pairs}
    parted = {a for a, _ in case.apart}, {b for _, b in case.apart}
    counted = {(a, b) for a, b in pairs if not (a in parted[0] and b in parted[1])}
    right = sum(pair in case.pairs or (_bare(old[pair[0] - 1]), _bare(new[pair[1] - 1])) in said for pair in counted)
    return {
        "pairs": Score(right, len(counted), len(case.pairs)),
        "moves": Score(len(moves & case.moved), len(moves), len(case.moved)),
    }


def _bare(line: str) -> str:
    return line.partition("．")[2] or line


def _line(side: Side) -> int:
    assert side.position is not None
    return side.position.start.line
