"""Nesting: which numbered line, heading or paragraph belongs under which.

A list continues where the next value is due, also when the delimiter changes. A new style opens a level below the
styles that stand outside it, by what this plan has shown so far and otherwise by the standard order. Gaps, repeats and
wrong resumes become findings; they never break the tree.
"""

from __future__ import annotations

from planparse.syntax import notation
from planparse.syntax.content import add_text, fill_section, point_node
from planparse.syntax.headings import Plain, is_date_line, is_short, is_signer, read_plain
from planparse.syntax.lines import Line
from planparse.syntax.numbering import STYLE, STYLES, WORDED
from planparse.syntax.tree import Cut, Finding, Node

_ALONE = {style.family: frozenset({style.family}) for style in STYLES}
SHORT_HEADING = 10
"""A bare heading above a short paragraph is no longer than this."""
LONGEST_STYLED = 60
"""A paragraph in the style of a heading is one only up to this length: whole texts are at times styled by mistake."""
DEEPEST = 32
"""Levels below this one are kept as siblings, so that hostile nesting stays harmless."""
_WORDED_FAMILIES = frozenset({"ordinal", "stage", "named"})
"""Numbers made of words (第一，…; 第一阶段; 任务一：): they stand on any level, so right below a heading they belong to it."""
HEADING_RANK = {"annex": 0.1, "title": 0.2, "front": 0.3, "month": 3.6, "heading": 3.5, "bold": 3.4}


class _Open:
    """One open level: the last node on it, and what would continue it."""

    __slots__ = ("closed", "depth", "family", "is_heading", "name", "node", "parent", "rank", "value")

    def __init__(self, node: Node, family: str, name: str, rank: float, value: int, is_heading: bool) -> None:
        self.node = node
        self.family = family
        self.name = name
        self.rank = rank
        self.closed: _Open | None = None
        """The list that this unnumbered heading interrupted."""
        self.value = value
        self.is_heading = is_heading
        """Stands alone as a heading: what follows belongs to it."""
        self.depth = 0
        """Its outline level in the file; 0 where the file gives none."""
        self.parent: tuple[int, ...] = ()
        """What stands in front of the last number of a dotted one: (4, 1) for 4.1.2."""


class Outline:
    """Builds the children of one plan, line by line, in order."""

    def __init__(self, work: str, plan: Node, lines: list[Line], findings: list[Finding], tail: int) -> None:
        self.work = work
        self.plan = plan
        self.lines = lines
        self.findings = findings
        self.tail = tail
        """The index of the first line after the last numbered one: where closing paragraphs may stand."""
        self.stack: list[_Open] = []
        self.nested: set[tuple[str, str]] = set()  # (outer family, inner family) seen in this plan
        self.last_value: dict[str, int] = {}
        self.markdown = False
        self.previous: Line | None = None
        self.slipped = False
        """The number just placed is in a style of another level, by mistake."""
        self.signed = -2  # the last line that was a signature
        self.before_block = False
        """Set by the caller when a schedule or table follows the line about to be added."""

    # -- lines ---------------------------------------------------------------------------------------------------

    def add_line(self, i: int) -> None:
        """Places line `i`."""
        line = self.lines[i]
        label = line.label
        if label is not None and line.numbered and self.work[line.start] == "#":
            plain = read_plain(self.work, line.start, line.end)
            assert plain.heading is not None  # it has a label, hence marks and words
            start, end = plain.heading
            if line.body < end:
                self._add_heading(line, plain._replace(heading=Cut(line.body, end)))
                self.stack[-1].node.fields["number"] = label.field(start)
            else:  # nothing but a number between the marks
                self._add_heading(line, plain)
        elif line.numbered:
            self._add_numbered(i, line)
        elif label is not None:
            self._add_bullet(line)
        else:
            self._add_plain(i, line)
        self.previous = line

    def add_block(self, node: Node) -> None:
        """Places a schedule or table: under the heading or the paragraph just above it, otherwise under the plan."""
        previous = self.previous
        held = (
            previous is not None
            and self.stack
            and (
                (self.stack[-1].node.start == previous.start and (self.stack[-1].is_heading or self.work[previous.end - 1] in "：:"))
                or (self.stack[-1].is_heading and previous.label is None)
            )
        )
        if not held:
            self.close()
        self._holder().add(node)
        self.previous = None

    # -- numbered ------------------------------------------------------------------------------------------------

    def _add_numbered(self, i: int, line: Line) -> None:
        label = line.label
        assert label is not None
        style, value = label.style, label.value
        family = style.family
        if family == "circled" and self._continue_point(line):
            return
        if label.parent:
            family = "decimal-" + str(len(label.parent) + 1)
        self.slipped = False
        at = self._level_of(i, family, style.name, style.rank, value, label.parent)
        stack = self.stack
        if line.level:  # a heading of the file ends the headings without numbers that are as high or lower
            at = next((k for k in range(at) if stack[k].family == "styled" and stack[k].depth >= line.level), at)
        replaced = None
        if at < len(stack):
            if self.slipped:
                replaced = stack[at]  # a number in a mistaken style goes on with this list
            self.close(at)
        if len(stack) >= DEEPEST:
            self.close(DEEPEST - 1)
        bold = self.work[line.start] == "*"
        node = Node("section", line.start, line.end, {"number": label.field(line.start + 2 * bold)})
        body = line.body
        if style.name in WORDED:
            node.fields.clear()
            body = line.start + 2 * bold
        for outer in stack:
            if outer.rank >= style.rank:
                self.nested.add((outer.family, family))
        alone = fill_section(self.work, node, body, line.end, _ALONE[family] if family in _ALONE else frozenset({family}), line.plain)
        self._holder().add(node)
        rank: float = style.rank
        if replaced is not None and replaced.value + 1 == value:
            family, rank = replaced.family, replaced.rank
        stack.append(_Open(node, family, style.name, rank, value, alone))
        stack[-1].depth = line.level
        stack[-1].parent = label.parent
        self.last_value[family] = value

    def _level_of(self, i: int, family: str, name: str, rank: float, value: int, parent: tuple[int, ...]) -> int:
        """How much of the stack stays open above the new line."""
        stack = self.stack
        for k in range(len(stack) - 1, -1, -1):
            level = stack[k]
            if level.family == family:
                if level.value + 1 == value and level.name == name and not parent:
                    return k  # by far the commonest: the next item of the innermost list of its style
                break
        same = [k for k, level in enumerate(stack) if level.family == family]
        if same:
            if parent:
                self._note_dotted(i, same[-1], value, parent)
                return same[-1]
            if value == 1 and stack[-1].family.startswith("decimal"):
                return len(stack)
            contents = next((k for k, level in enumerate(stack) if level.name == "contents"), None)
            if value == 1 and contents is not None:
                return contents
            due = [k for k in same if stack[k].value + 1 == value]
            if due:
                return next((k for k in reversed(due) if stack[k].name == name), due[-1])
            k = same[-1]
            if value == 1:
                top = stack[-1]
                if top is stack[k] and (
                    self._leads_in()
                    or (top.is_heading and top.node.start == self._previous_start())
                    or (stack[k].name != name and self._resumes(i, family, stack[k].value + 1))
                ):
                    return len(stack)
                self._note("restarted_numbering", i, {"expected": stack[k].value + 1})
                return k
            slip = self._mistaken_style(i, value, same[-1])
            if slip is not None:
                return slip
            for k in reversed(same):
                if stack[k].value < value:
                    break
            self._note(
                "repeated_number" if value == stack[k].value else "number_gap" if value > stack[k].value else "wrong_resume",
                i,
                {"expected": stack[k].value + 1, "found": value},
            )
            return k
        for k in range(len(stack) - 1, -1, -1):
            number = stack[k].node.fields.get("number") if stack[k].family == "markdown" else None
            if number is not None and value > 1 and STYLE[number[0]].family == family:
                slip = self._mistaken_style(i, value, k)
                if slip is not None:
                    return slip
            closed = stack[k].closed
            if (
                closed is not None
                and closed.family == family
                and value > 1
                and closed.value <= value <= closed.value + 3
                and stack[k].node.children
            ):
                return k
        k = len(stack)
        if value == 1 and family in _WORDED_FAMILIES and k and stack[-1].is_heading and stack[-1].value:
            return k
        while k and not self._outer(stack[k - 1], family, rank):
            if (
                value == 1
                and stack[k - 1].family != "bullet"
                and ((self._leads_in() and k == len(stack)) or self._resumes(i, stack[k - 1].family, stack[k - 1].value + 1))
            ):
                break
            k -= 1
        if value > 1 and self.last_value.get(family, 0) + 1 != value and not parent:
            self._note("late_start", i, {"found": value})
        return k

    def _note_dotted(self, i: int, k: int, value: int, parent: tuple[int, ...]) -> None:
        """What is odd about a dotted number under the heading that it counts under: 4.2 and then 4.4 below 四、."""
        level = self.stack[k]
        number = self.stack[k - 1].node.fields.get("number") if k else None
        if level.parent != parent or value == level.value + 1 or number is None or number[3] != parent[-1]:
            return
        if value == 1:
            name = "restarted_numbering"
        else:
            name = "repeated_number" if value == level.value else "number_gap" if value > level.value else "wrong_resume"
        self._note(name, i, {"expected": level.value + 1, "found": value})

    def _mistaken_style(self, i: int, value: int, k: int) -> int | None:
        """二、 where 2、 is meant: the number does not fit its own list but is due in an inner one that goes on after it."""
        for j in range(len(self.stack) - 1, k, -1):
            level = self.stack[j]
            if level.value and level.value + 1 == value and self._resumes(i, level.family, value + 1):
                self.slipped = True
                return j
        return None

    def _outer(self, level: _Open, family: str, rank: float) -> bool:
        if level.family in HEADING_RANK or level.family in ("markdown", "styled"):
            return rank > level.rank and (level.family != "front" or level.name == "contents")
        if (level.family, family) in self.nested:
            return True
        return level.rank < rank

    def _leads_in(self) -> bool:
        return self.previous is not None and self.work[self.previous.end - 1] in "：:"

    def _resumes(self, i: int, family: str, value: int) -> bool:
        """Whether, further down, the list of this family goes on with `value` before it starts anew."""
        for line in self.lines[i + 1 : i + 60]:
            label = line.label
            if label is not None and label.style.family == family:
                return label.value == value
        return False

    def _continue_point(self, line: Line) -> bool:
        """② at the start of a line goes on with a ① inside the line above."""
        label = line.label
        assert label is not None
        if label.value < 2 or not self.stack:
            return False
        holder = self.stack[-1].node
        for node in (holder, *reversed(holder.children[-1:])):
            points = [child for child in node.children if child.type == "section"]
            number = points[-1].fields.get("number") if points else None
            if number and number[0] == "circled" and number[3] + 1 == label.value and self.stack[-1].family != "circled":
                node.add(point_node(self.work, line.start, line.body, line.end, label, frozenset({"circled"})))
                return True
        return False

    def add_noise(self, node: Node, i: int) -> None:
        """Places debris where it stands, without closing what is open; after the last item it belongs to the plan."""
        holder = self.plan if i >= self.tail else self._holder()
        holder.add(node)
        if holder is self.plan:
            self.close()

    # -- bullets -------------------------------------------------------------------------------------------------

    def _add_bullet(self, line: Line) -> None:
        label = line.label
        assert label is not None
        mark = self.work[line.start : label.end].strip()
        name = mark[0] + " " * (line.indent if self.markdown or line.sure or mark in "-*+" else 0)
        stack = self.stack
        k = len(stack)
        for j in range(len(stack) - 1, -1, -1):
            if stack[j].family == "bullet" and stack[j].name == name:
                k = j
                break
        else:
            while k and stack[k - 1].family == "bullet" and len(stack[k - 1].name) > len(name):
                k -= 1
            if k and k == len(stack) and not stack[-1].is_heading and stack[-1].family != "bullet" and line.blanks and not line.indent:
                k -= 1  # a list apart from the item above it
        self.close(min(k, DEEPEST))
        node = Node("section", line.start, line.end, {"bullet": Cut(line.start, label.end)})
        alone = fill_section(self.work, node, line.body, line.end, frozenset())
        self._holder().add(node)
        stack.append(_Open(node, "bullet", name, 50, 0, alone and self.work[line.end - 1] in "：:"))

    # -- unnumbered ----------------------------------------------------------------------------------------------

    def _add_plain(self, i: int, line: Line) -> None:
        early = (
            self.signed == i - 1
            or (not self.stack and not self.last_value and i < 12 and is_date_line(self.work, line.start, line.end))
            or (i < self.tail and self._dated_below(i) and (line.blanks > 0 or self._ends_closed(i)) and self._signs(i, line))
        )
        if (i >= self.tail or early) and self._add_signature(i, line):
            return
        plain = read_plain(self.work, line.start, line.end)
        if line.level and plain.kind != "front" and is_short(self.work, line.start, line.end, LONGEST_STYLED):
            self._add_heading(line, Plain("styled", Cut(line.start, line.end), line.level))
            return
        if plain.kind == "text" and self._is_bare_heading(i, line):
            plain = Plain("heading", Cut(line.start, line.end))
        if plain.heading is not None:
            self._add_heading(line, plain)
            return
        self._add_paragraph(i, line)

    def _add_heading(self, line: Line, plain: Plain) -> None:
        stack, kind = self.stack, plain.kind
        node = Node("section", line.start, line.end, {"heading": plain.heading})
        family = kind
        rank = HEADING_RANK.get(kind, 0.0)
        if kind == "markdown":
            self.markdown = True
            rank = 0.1 * plain.depth
        k = len(stack)
        if kind == "markdown":
            while k and not (stack[k - 1].family == "markdown" and stack[k - 1].rank < rank):
                k -= 1
        elif kind == "styled":
            rank = 0.1 * plain.depth
            while k and not (0 < stack[k - 1].depth < plain.depth or stack[k - 1].family in ("annex", "title")):
                k -= 1
        elif kind in ("annex", "title", "front", "bold"):
            while k and not (stack[k - 1].family == "markdown" or stack[k - 1].rank < rank):
                k -= 1
        else:
            same = [j for j, level in enumerate(stack) if level.family == family]
            if same:
                k = same[-1]
                top = stack[-1]
                above = top.node.start == self._previous_start() and top is stack[k] and kind == "heading"
                if above and _is_known(self.work, top.node) and not _is_known(self.work, node):
                    k = len(stack)  # a heading of its own words right below one that everyone uses
            elif kind == "month":
                while (
                    k
                    and stack[k - 1].family not in ("markdown", "title", "bold", "heading")
                    and not (stack[k - 1].is_heading and stack[k - 1].node.start == self._previous_start())
                ):
                    k -= 1
            else:
                while k and not self._holds_heading(stack[k - 1]):
                    k -= 1
        k = min(k, DEEPEST)
        interrupted = stack[k] if k < len(stack) else None
        self.close(k)
        self._holder().add(node)
        name = "contents" if kind == "front" and self.work[line.end - 1] in "录錄" else kind
        stack.append(_Open(node, family, name, -1.0 if name == "contents" else rank, 0, True))
        stack[-1].depth = line.level
        if interrupted is not None and interrupted.value and kind == "heading":
            stack[-1].closed = interrupted

    def _holds_heading(self, level: _Open) -> bool:
        """Whether an unnumbered heading may stand under this level: a heading whose text or first child it opens."""
        if level.family in ("markdown", "styled", "title", "bold", "front", "month"):
            return level.family != "front"
        children = level.node.children
        return (
            level.is_heading
            and (not children or children[-1].type != "section" or children[-1].fields.get("number") is not None)
            and (level.rank <= 6 or not children)
            and level.family != "bullet"
        )

    def _is_bare_heading(self, i: int, line: Line) -> bool:
        """A short unmarked line that opens what follows: a long paragraph, a list from one, or a table."""
        work = self.work
        if self.before_block and is_short(work, line.start, line.end) and not self._leads_in():
            return True
        if line.end - line.start > 18 or line.end - line.start < 2 or self._leads_in() or not self._ends_closed(i):
            return False
        piece = work[line.start : line.end]
        if any(mark in piece for mark in "，,；;：:、。|!！?？\t/@#*") or piece[0].isdigit() or i + 1 >= len(self.lines):
            return False
        known = notation.KNOWN_HEADING.fullmatch(piece)
        following = self.lines[i + 1]
        label = following.label
        if label is not None and following.numbered:
            return (label.value == 1 and label.style.family != "narrative") or self._is_unit(line)
        if label is not None:
            both = i + 2 < len(self.lines) and self.lines[i + 2].family() == "bullet"
            return bool(known) or (both and line.end - line.start <= 8)
        if self._is_unit(line) and following.end - following.start > 12 and i < self.tail:
            return True
        if known:
            return True
        if is_signer(work, line.start, line.end) or is_date_line(work, following.start, following.end):
            return False
        length = following.end - following.start
        if length >= 30 and work[following.end - 1] in "。：:；":
            return True
        if line.end - line.start > SHORT_HEADING:
            return False
        if read_plain(work, following.start, following.end).kind == "month":
            return True
        if line.blanks and notation.STARTS_WITH_TIME.match(work, following.start, following.end):
            return True
        return (
            length >= 14
            and work[following.end - 1] in "。；"
            and notation.CLAUSE_MARK.search(work, following.start, following.end - 1) is not None
        )

    def _is_unit(self, line: Line) -> bool:
        """A department's name alone on a line, as plans by department have it."""
        piece = "".join(self.work[line.start : line.end].split())
        return line.end - line.start <= 8 and notation.UNIT_END.search(piece) is not None

    def _ends_closed(self, i: int) -> bool:
        """The line above ends on purpose (or there is none in this plan)."""
        if self.previous is None:
            return True
        line, following = self.lines[i], self.lines[i + 1] if i + 1 < len(self.lines) else None
        if self.work[self.previous.end - 1] in "。；;！？!?…”）)" or line.blanks > 0 or self.previous.family() == "bullet":
            return True
        if self.stack and self.stack[-1].is_heading and self.stack[-1].node.start == self.previous.start:
            return True  # a heading above a heading
        return (following is not None and following.label is not None and following.label.value == 1) or self._is_unit(line)

    def _add_signature(self, i: int, line: Line) -> bool:
        work = self.work
        fields: dict[str, object] = {}
        if is_date_line(work, line.start, line.end):
            fields["issued"] = Cut(line.start, line.end)
        elif self._signs(i, line):
            fields["issuer"] = Cut(line.start, line.end)
        elif i >= len(self.lines) - 3 and line.end - line.start <= 40 and notation.SIGNER_LABEL.match(work, line.start, line.end):
            fields["issuer"] = Cut(work.index("：" if "：" in work[line.start : line.end] else ":", line.start) + 1, line.end)
        elif (
            line.end - line.start <= 40
            and i >= len(self.lines) - 2
            and (both := notation.SIGNED_WITH_DATE.fullmatch(work, line.start, line.end))
        ):
            fields["issuer"] = Cut(both.start("issuer"), both.end("issuer"))
            fields["issued"] = Cut(both.start("date"), both.end("date"))
        else:
            return False
        self._close_to_title()
        self._holder().add(Node("signature", line.start, line.end, {"text": Cut(line.start, line.end), **fields}))
        self.signed = i
        for name in ("issuer", "issued"):
            if name in fields:
                self.plan.fields[name] = fields[name]
        return True

    def _dated_below(self, i: int) -> bool:
        """Whether the next line, or the one after it, is nothing but a date."""
        return any(is_date_line(self.work, line.start, line.end) for line in self.lines[i + 1 : i + 3])

    def _signs(self, i: int, line: Line) -> bool:
        """A unit's name that a date (or another unit and then a date) follows, or that ends the plan."""
        if not is_signer(self.work, line.start, line.end):
            return False
        for following in self.lines[i + 1 : i + 3]:
            if is_date_line(self.work, following.start, following.end):
                return True
            if not is_signer(self.work, following.start, following.end):
                return False
        above = self.work[self.previous.end - 1] if self.previous is not None else ""
        empty = bool(self.stack) and self.stack[-1].is_heading and self.stack[-1].node.start == self._previous_start()
        apart = line.blanks > 0 and not empty  # below a heading without text it is that text
        return i + 1 == len(self.lines) and (apart or line.indent > 6 or above in "。！；;")

    def _add_paragraph(self, i: int, line: Line) -> None:
        stack, work = self.stack, self.work
        if stack:
            if self.markdown and line.blanks and not line.indent:
                while (
                    stack
                    and stack[-1].family not in ("markdown", "title", "bold")
                    and not (
                        stack[-1].is_heading
                        and stack[-1].node.start == self._previous_start()
                        and stack[-1].family not in ("arabic", "bullet")
                    )
                ):
                    self.close(len(stack) - 1)
            elif i >= self.tail and self._closes(line):
                self._close_to_title()
            elif notation.BACK_REFERENCE.match(work, line.start, line.end) and any(level.family == "article" for level in stack):
                while stack[-1].family != "article":
                    self.close(len(stack) - 1)
        node = Node("paragraph", line.start, line.end, {})
        self._holder().add(node)
        if line.plain:
            node.fields["text"] = Cut(line.start, line.end)
        else:
            add_text(work, node, Cut(line.start, line.end), frozenset())

    def _closes(self, line: Line) -> bool:
        """A closing paragraph of the plan: no content is missing above it, and it speaks of the whole."""
        if notation.CLOSING_SURELY.match(self.work, line.start, line.end):
            return True
        top = self.stack[-1]
        if top.is_heading and not top.node.children:
            return False
        return notation.CLOSING.match(self.work, line.start, line.end) is not None

    def _close_to_title(self) -> None:
        """Back to the plan, or to the title inside it under which the text stands."""
        k = 0
        while k < len(self.stack) and self.stack[k].family == "title":
            k += 1
        self.close(k)

    # -- shared --------------------------------------------------------------------------------------------------

    def _holder(self) -> Node:
        return self.stack[-1].node if self.stack else self.plan

    def _previous_start(self) -> int:
        return self.previous.start if self.previous else -1

    def close(self, k: int = 0) -> None:
        """Closes the levels from `k` on; what holds them grows to their ends."""
        stack = self.stack
        while len(stack) > k:
            end = stack.pop().node.end
            holder = stack[-1].node if stack else self.plan
            if holder.end < end:
                holder.end = end

    def _note(self, name: str, i: int, values: dict[str, object]) -> None:
        line = self.lines[i]
        assert line.label is not None
        self.findings.append(Finding(name, line.start, line.label.end, values))


def _is_known(work: str, heading: Node) -> bool:
    """Whether an unnumbered heading is one that stands in every other plan."""
    words = heading.fields.get("heading")
    return words is not None and notation.KNOWN_HEADING.fullmatch(work, *words) is not None
