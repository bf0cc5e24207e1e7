"""Markdown (CommonMark with GitHub's tables) that reads well and parses into the same tree again.

- A plan's title is a first-level heading, with the other lines of the title block right below; a compiler's mark is a
  line of its own. A plan that starts without a mark is announced by the comment `<!-- plan -->`.
- Stand-alone headings with content below are headings, one `#` more for each level; all other numbered lines are
  paragraphs that keep their labels. Blank lines part all blocks, because Markdown joins the lines of a paragraph.
- Tables are pipe tables; `<br>` parts the lines of a cell. A schedule without columns is a block for each row.
- A rule `---` ends the sections before a closing paragraph or table of the plan.
- Debris stays where it was, as a comment with its reason: `<!-- advertisement: … -->`. Footnotes and comments stand at the end
  in the same way: `<!-- footnote: … -->`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from planparse.model import Document, Node, Noise, Paragraph, Plan, Schedule, Section, Signature, Table
from planparse.writers.text import row_cells, title_lines
from planparse.writers.wording import around, flat, inline_count, is_heading, labelled, own_words, run

DEEPEST = 6
BREAK = "  \n"  # two blanks at the end keep the line break inside a paragraph
RULE = "---"  # what follows belongs to the plan, not to the last section
_BOLD = re.compile(r"(?<![^\s（(“《。；，：！？])\*\*(?=\S)[^*]+(?<=\S)\*\*(?![0-9A-Za-z一-鿿*])")
_ESCAPED = re.compile(r"[*`]|\\(?=[\\*`|])")


def write(document: Document) -> str:
    """The document as Markdown."""
    before, after = around(document)
    blocks = [_stray(node) for node in before]
    for k, plan in enumerate(document.plans):
        if plan.mark:
            blocks.append(escape(plan.mark))
        elif k:
            blocks.append("<!-- plan -->")
        block = _title(plan)
        if block:
            blocks.append(block)
        blocks.extend(_blocks(plan.children, 2 if _may_mark(plan) else 0, 0))
    blocks.extend(_stray(node) for node in after)
    blocks.extend(_comment(note.type, note.text) for note in document.notes)
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _stray(node: Noise | Paragraph) -> str:
    return _debris(node) if isinstance(node, Noise) else escape(flat(node.text))


def _may_mark(plan: Plan) -> bool:
    """Whether headings may stand below the title: at the top of a plan without a title, a `##` would be taken for one."""
    first = next((node for node in plan.children if not isinstance(node, Noise)), None)
    return plan.title is not None or not isinstance(first, Section) or first.number is not None


def escape(text: str) -> str:
    """The text with the characters marked that Markdown would take for its own; bold stretches stay bold."""
    out, at = [], 0
    for bold in _BOLD.finditer(text):
        out += [_ESCAPED.sub(r"\\\g<0>", text[at : bold.start()]), bold[0]]
        at = bold.end()
    out.append(_ESCAPED.sub(r"\\\g<0>", text[at:]))
    return "".join(out)


def _title(plan: Plan) -> str:
    lines = title_lines(plan)
    out = ""
    for k, (line, real) in enumerate(lines):
        last = k + 1 == len(lines)
        out += ("# " + escape(line) + "\n") if real else escape(line) + ("" if last else "\n" if lines[k + 1][1] else BREAK)
    return out.rstrip("\n")


def _debris(noise: Noise) -> str:
    return _comment(noise.reason, noise.text)


def _comment(kind: str, text: str) -> str:
    return f"<!-- {kind}: {flat(text).replace('--', '-&#45;')} -->"


def _first_marked(nodes: list[Node], level: int) -> int:
    """From which sibling on sections are written with `#`: all that follow stand alone, and some hold what is below.

    A line after such a heading would belong to it, so a section with text of its own keeps its elder siblings plain, and
    so does a paragraph or table, except where a rule can end the sections: right below the plan.
    """
    first, worth = len(nodes), False
    for k in range(len(nodes) - 1, -1, -1):
        node = nodes[k]
        if isinstance(node, Section):
            if not is_heading(node):
                break
            worth = worth or node.number is None or bool(node.children)
            first = k
        elif level > 2 and isinstance(node, Paragraph | Schedule | Table):
            break
    return first if worth else len(nodes)


def _blocks(nodes: list[Node], level: int, indent: int) -> Iterator[str]:
    """The blocks of siblings. `level` is the number of `#` they may take, 0 below a line that is no heading."""
    first = _first_marked(nodes, level) if 0 < level <= DEEPEST else len(nodes)
    bullets: list[str] = []
    under_section = False
    for k, node in enumerate(nodes):
        if isinstance(node, Section) and node.bullet is not None:
            bullets.append(_bulleted(node, indent))
            continue
        if bullets:
            yield _list(bullets)
            bullets = []
        if indent == 0 and level in (0, 2) and under_section and isinstance(node, Paragraph | Schedule | Table):
            yield RULE
        under_section = isinstance(node, Section)
        yield from _block(node, level if k >= first else 0, indent)
    if bullets:
        yield _list(bullets)


def _list(bullets: list[str]) -> str:
    return ("\n" if bullets[0].lstrip()[:1] in "-*+" else "\n\n").join(bullets)


def _block(node: Node, marks: int, indent: int) -> Iterator[str]:
    if isinstance(node, Section):
        yield from _section(node, marks)
    elif isinstance(node, Paragraph):
        yield " " * indent + _line(flat(node.text), node.children)
    elif isinstance(node, Schedule):
        yield _schedule(node)
    elif isinstance(node, Table):
        yield _table(node.columns, node.rows)
    elif isinstance(node, Signature):
        yield escape(flat(node.text))
    else:
        yield _debris(node)


def _section(section: Section, marks: int) -> Iterator[str]:
    label = section.number.text if section.number else ""
    spaced = label[-1:].isascii()
    if marks:
        yield "#" * marks + " " + escape(labelled(label, flat(section.heading), blank=spaced or label[:1] in "第§"))
        yield from _blocks(section.children, marks + 1, 0)
        return
    count = inline_count(section, label)
    yield _line(own_words(section, label, blank=spaced), section.children[:count])
    yield from _blocks(section.children[count:], 0, 3)


def _bulleted(section: Section, indent: int) -> str:
    """A bullet with what is under it; the lists of a list follow without blank lines."""
    count = inline_count(section, "")
    line = " " * indent + f"{section.bullet} " + _line(own_words(section, ""), section.children[:count])
    below = section.children[count:]
    tight = all(isinstance(child, Section) and child.bullet is not None for child in below)
    return ("\n" if tight else "\n\n").join([line, *_blocks(below, 0, indent + 2)])


def _line(words: str, inner: list[Node]) -> str:
    """The words of a node and what stands inside its text, escaped."""
    return escape(words) + "".join(run(inner, _debris, escape))


def _schedule(schedule: Schedule) -> str:
    rows = [row_cells(row) for row in schedule.children]
    if schedule.columns:
        names = [column.name for column in schedule.columns]
        return _table(names, rows)
    return "\n\n".join(BREAK.join(escape(line) for cell in cells for line in cell.splitlines() if line) for cells in rows)


def _table(names: list[str], rows: list[list[str]]) -> str:
    width = max([len(names), *map(len, rows)])
    head = names + [""] * (width - len(names))
    lines = [_row(head), "|" + "---|" * width]
    lines += [_row(row) for row in rows]
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return "|" + "|".join(f" {_cell(cell)} " if cell else " " for cell in cells) + "|"


def _cell(cell: str) -> str:
    return "<br>".join(escape(line).replace("|", r"\|") for line in cell.splitlines())
