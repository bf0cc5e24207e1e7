"""Tables of a page: which only place things, and what spans and column heads of the others mean."""

from __future__ import annotations

import re

from planparse.readers.blocks import Cell, Grid
from planparse.readers.web.tree import Node
from planparse.source import CELL, Origin

WIDEST, TALLEST = 1000, 65_534
"""Spans beyond this are cut off, as in browsers."""

_BORDER = re.compile("(?:solid|double|dashed|dotted|inset|outset|groove|ridge)")
_BLOCKS = frozenset(["p", "div", "br", "li", "table", "h1", "h2", "h3", "h4", "h5", "h6"])


class Sizes:
    """How much text each node holds, how much of it in links, and how much prose, all in characters."""

    __slots__ = ("links", "prose", "text")

    def __init__(self, nodes: list[Node]) -> None:
        self.text = [len("".join(node.text.split())) if node.text else 0 for node in nodes]
        self.links = [0] * len(nodes)
        self.prose = [sum(map(str.isalpha, node.text)) for node in nodes]
        """Letters outside links: lists of links have dates and numbers beside them."""
        for index in range(len(nodes) - 1, -1, -1):
            node = nodes[index]
            if node.tag == "a" and is_link(node):
                self.links[index] = self.text[index]
                self.prose[index] = 0
            if node.parent >= 0:
                self.text[node.parent] += self.text[index]
                self.links[node.parent] += self.links[index]
                self.prose[node.parent] += self.prose[index]


def is_link(node: Node) -> bool:
    """Whether an `a` leads away or does something; anchors and jumps inside the page are text."""
    target = node.attributes.get("href", "").strip()
    return target == "#" or (target != "" and target[0] != "#")


def own_rows(nodes: list[Node]) -> dict[int, list[list[int]]]:
    """For each table the indices of its cells, row by row; those of the tables inside it are not among them."""
    rows: dict[int, list[list[int]]] = {}
    home: dict[int, list[int]] = {}
    for index, node in enumerate(nodes):
        if node.tag == "table":
            rows[index] = []
        elif node.tag == "tr":
            up = node.parent
            if up >= 0 and nodes[up].tag != "table":
                up = nodes[up].parent
            if up in rows:
                home[index] = []
                rows[up].append(home[index])
        elif node.tag in ("td", "th") and node.parent in home:
            home[node.parent].append(index)
    return rows


def layout(nodes: list[Node], sizes: Sizes, rows: dict[int, list[list[int]]], sheet: bool) -> set[int]:
    """The tables that only place what is in them: their cells read one after the other.

    `sheet`: the page was made from a spreadsheet, so what has columns is a table.
    """
    whole = sizes.text[0] if nodes else 0
    inner = _inner_text(nodes, sizes, rows)
    found = set()
    for table, cells in rows.items():
        if max(map(len, cells), default=0) <= 1 or nodes[table].attributes.get("role") in ("presentation", "none"):
            found.add(table)
        elif not sheet and not _is_ruled(nodes, table, cells):
            half = max(whole, 1) / 2
            if inner[table] > half or any(_holds_page(nodes, sizes, row, half) for row in cells):
                found.add(table)
    return found


def _inner_text(nodes: list[Node], sizes: Sizes, rows: dict[int, list[list[int]]]) -> dict[int, int]:
    """For each table how much text stands in tables inside it that have columns."""
    inner = dict.fromkeys(rows, 0)
    open_tables: list[int] = []
    for table, cells in rows.items():
        while open_tables and nodes[open_tables[-1]].end <= table:
            open_tables.pop()
        if open_tables and max(map(len, cells), default=0) > 1:
            inner[open_tables[-1]] += sizes.text[table]
        open_tables.append(table)
    return inner


def _is_ruled(nodes: list[Node], table: int, cells: list[list[int]]) -> bool:
    """Whether it looks like a table: lines around its squares, or heads."""
    node = nodes[table]
    if node.attributes.get("border", "0").strip() not in ("", "0"):
        return True
    sample = [cell for row in cells[:4] for cell in row[:8]]
    if any(nodes[cell].tag == "th" for cell in sample):
        return True
    return any(_BORDER.search(value) for k in (table, *sample) for name, value in nodes[k].style.items() if "border" in name)


def _holds_page(nodes: list[Node], sizes: Sizes, row: list[int], half: float) -> bool:
    """Whether one cell of a row holds most of the page, in many paragraphs, and nothing but links beside it."""
    for cell in row:
        if sizes.text[cell] > half:
            beside = sum(sizes.text[other] for other in row if other != cell)
            links = sum(sizes.links[other] for other in row if other != cell)
            blocks = sum(node.tag in _BLOCKS for node in nodes[cell : nodes[cell].end])
            return blocks >= 5 and (beside == 0 or links * 2 > beside)
    return False


class Table:
    """A table being read."""

    __slots__ = ("feet", "groups", "heads", "rows", "th_rows")

    def __init__(self) -> None:
        self.rows: list[list[Cell]] = []
        self.groups: list[int] = []
        """For each row which row group it stands in: spans end there."""
        self.feet: set[int] = set()
        """The row groups that are shown last, wherever they stand."""
        self.heads: list[bool] = []
        """For each row whether it stands in the table's head."""
        self.th_rows: list[bool] = []
        """For each row whether all its cells are heads."""

    def add_row(self, group: int, head: bool) -> None:
        """Starts a row."""
        self.rows.append([])
        self.groups.append(group)
        self.heads.append(head)
        self.th_rows.append(True)

    def add_cell(self, node: Node) -> Cell:
        """Starts a cell in the last row."""
        down, right = _span(node, "rowspan", TALLEST), max(_span(node, "colspan", WIDEST), 1)
        cell = Cell([], down, right)
        self.rows[-1].append(cell)
        if node.tag != "th":
            self.th_rows[-1] = False
        return cell

    def finish(self, number: int, loose: bool) -> Grid | None:
        """The grid, with the origins of all paragraphs set; None when no cell holds text."""
        self._take(sorted(range(len(self.rows)), key=lambda r: self.groups[r] in self.feet))
        self._drop_empty_rows()
        if not any(cell.paragraphs for row in self.rows for cell in row):
            return None
        last = {group: k for k, group in enumerate(self.groups)}
        for r, row in enumerate(self.rows):
            left = last[self.groups[r]] - r + 1
            for k, cell in enumerate(row):
                cell.rows = min(cell.rows or left, left)
                origin = Origin(CELL, (number, r + 1, k + 1))
                for paragraph in cell.paragraphs:
                    paragraph.origin = origin
        return Grid(self.rows, self._head_rows(), loose)

    def _drop_empty_rows(self) -> None:
        """Takes out the rows without any cell, unless a cell from above reaches into them."""
        reach = -1
        keep = []
        for r, row in enumerate(self.rows):
            if row or r <= reach:
                keep.append(r)
            reach = max([reach, *(r + cell.rows - 1 for cell in row)])
        if len(keep) < len(self.rows):
            self._take(keep)

    def _take(self, order: list[int]) -> None:
        """Keeps these rows, in this order."""
        for name in ("rows", "groups", "heads", "th_rows"):
            values = getattr(self, name)
            setattr(self, name, [values[r] for r in order])

    def _head_rows(self) -> int:
        for marks in (self.heads, self.th_rows):
            count = next((k for k, mark in enumerate(marks) if not mark), 0)
            if count:
                return count
        return 0


def _span(node: Node, name: str, most: int) -> int:
    text = node.attributes.get(name, "").strip()
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 10 else 1
