"""From a source to the tree of its plans, one pass after the other."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from planparse.dates.entries import Entry
from planparse.dates.order import settle_order
from planparse.dates.resolve import Resolver, Settings
from planparse.dates.written import Written
from planparse.source import Source, resting_collector
from planparse.syntax.content import noise_node
from planparse.syntax.lines import Line, mend_breaks, scan
from planparse.syntax.outline import Outline
from planparse.syntax.plans import PlanRange, find_plans, read_title
from planparse.syntax.repair import Repair, join_lines, mend
from planparse.syntax.runs import split_runs
from planparse.syntax.schedule import find_blocks
from planparse.syntax.tree import Cut, Finding, Node


class Parsed:
    """A source on its way to a document: plans come one by one, so that a big file need not stand in memory as a tree."""

    def __init__(self, source: Source, settings: Settings | None = None) -> None:
        self.source = source
        self.settings = settings or Settings()
        if self.settings.today is None and source.published is not None:
            self.settings = self.settings._replace(today=date.fromisoformat(source.published), published=True)
        self.entries: list[Entry] = []
        """The time expressions of the plan that `plans` gave last, in order."""
        self.work, self.repairs = mend(source.text, celled=source.layout is not None)
        self.findings = [Finding(*notice) for notice in source.notices]
        self.stray: list[Node] = []
        with resting_collector(len(self.work)):
            self._find_plans()

    def _find_plans(self) -> None:
        layout = self.source.layout
        lines = scan(self.work, layout)
        lines, joints = mend_breaks(self.work, lines, laid_out=layout is not None)
        if joints:
            self.work = join_lines(self.work, joints)
            self.repairs.extend(Repair("broken_line", start, end, "") for start, end in joints)
            self.repairs.sort(key=lambda repair: repair.start)
        self.lines = split_runs(self.work, lines)
        self.blocks = find_blocks(self.work, self.lines)
        self.block_starts = list(self.blocks)
        self.spans = {first: block.last for first, block in self.blocks.items()}
        before, self.ranges = find_plans(self.work, self.lines, self.spans)
        after = len(self.lines)
        if self.ranges and self.ranges[-1].last == after:
            after = self._debris_start(self.ranges[-1])
            self.ranges[-1] = self.ranges[-1]._replace(last=after)
        self.stray.extend(noise_node(self.work, line, line.noise(self.work) or "compiler_preface") for line in self.lines[:before])
        self.stray.extend(noise_node(self.work, line, line.noise(self.work) or "related_articles") for line in self.lines[after:])

    def _debris_start(self, plan: PlanRange) -> int:
        """Where the debris after the last plan begins: links, pagers and the like at the end of the file."""
        floor = self._after_blocks(plan)
        after = _links_start(self.work, self.lines, floor, plan.last)
        while after > floor and not self.lines[after - 1].numbered and self.lines[after - 1].noise(self.work):
            after -= 1
        return after

    def _after_blocks(self, plan: PlanRange) -> int:
        """The line after the plan's last schedule or table (after its first line, without one): debris begins no earlier."""
        k = bisect_left(self.block_starts, plan.last)
        return max(plan.first + 1, self.spans[self.block_starts[k - 1]] if k else 0)

    def plans(self, *, facts: bool = True) -> Iterator[Node]:
        """The plans in order, their times resolved, with their facts unless told otherwise; `findings` is complete when the last has come."""
        from planparse.facts.fill import Filler

        resolver = Resolver(
            self.work,
            lambda offset: self.source.line_column(offset)[0],
            settle_order(self._row_times(), self._schedules()),
            self.settings,
            self.findings,
        )
        filler = Filler(self.work) if facts else None
        with resting_collector(len(self.work)):
            for ordinal, plan in enumerate(self.ranges, 1):
                node = self._plan(ordinal, plan)
                self.entries = resolver.resolve(node)
                if filler is not None:
                    filler.fill(node, self.entries)
                yield node

    def _schedules(self) -> Iterator[str]:
        return (self.work[block.node.start : block.node.end] for block in self.blocks.values() if block.node.type == "schedule")

    def _row_times(self) -> list[Written]:
        """The times of all rows of schedules: they settle the document's order of day and month."""
        whens = (row.fields.get("when") for block in self.blocks.values() for row in block.node.children)
        return [when["written"] for when in whens if when and when.get("written")]

    def _plan(self, ordinal: int, plan: PlanRange) -> Node:
        work, lines = self.work, self.lines
        first = lines[plan.first]
        node = Node("plan", first.start, first.start, {"ordinal": ordinal})
        i = plan.first
        if plan.mark:
            node.fields["mark"] = Cut(first.start, first.end)
            node.end = first.end
            i += 1
        title = read_title(work, lines, i, plan.last, self.spans)
        preface = range(i, title.lines[0]) if title.lines else range(0)
        for j in preface:
            node.add(noise_node(work, lines[j]))
        if title.title is not None:
            real = lines[title.title]
            node.fields["title"] = title_cut(work, real)
            others = [j for j in title.lines if j != plan.first or j != title.title]
            node.fields["subtitles"] = [_title_node(work, lines[j], j == title.title) for j in others]
            node.end = max(node.end, lines[title.end - 1].end)
            i = title.end
        last = _links_start(work, lines, max(i, self._after_blocks(plan)), plan.last)
        body = lines[i:last]
        tail = len(body)
        while tail and not body[tail - 1].numbered and (i + tail - 1) not in self.blocks:
            tail -= 1
        outline = Outline(work, node, body, self.findings, tail)
        j = i
        while j < last:
            if j > i and lines[j].ruled:
                outline.close()
                outline.previous = None
            block = self.blocks.get(j)
            if block is not None:
                outline.add_block(block.node)
                j = min(block.last, last)
                continue
            line = lines[j]
            if not line.numbered:
                reason = line.noise(work)
                if reason is not None and (reason != "compiler_preface" or j == last - 1 or j == i):
                    outline.add_noise(noise_node(work, line, reason), j - i)
                    j += 1
                    continue
            outline.before_block = j + 1 in self.blocks
            outline.add_line(j - i)
            j += 1
        outline.close()
        for line in lines[last : plan.last]:
            node.add(noise_node(work, line, "related_articles"))
        return node


def _links_start(work: str, lines: list[Line], first: int, last: int) -> int:
    """Where the links below 相关文章 begin, when nothing but short lines is left; else `last`."""
    start = last
    for j in range(last - 1, max(first, last - 20) - 1, -1):
        line = lines[j]
        if line.end - line.start > 60:
            break
        if line.noise(work) == "related_articles":
            start = j
    return start


def title_cut(work: str, line: Line) -> Cut:
    """The title without Markdown marks around it."""
    start, end = line.start, line.end
    while start < end and work[start] in "#*_ \t":
        start += 1
    while end > start and work[end - 1] in "#*_ \t":
        end -= 1
    return Cut(start, end)


def _title_node(work: str, line: Line, real: bool) -> Node:
    return Node("title", line.start, line.end, {"kind": "title" if real else "subtitle", "text": title_cut(work, line)})
