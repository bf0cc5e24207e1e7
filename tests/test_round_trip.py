"""What planparse writes it reads back as the same: Word files in both numberings, workbooks, CSV."""

import csv
from io import StringIO

import pytest
from conftest import ROOT

from planparse.documents import build
from planparse.readers import from_bytes
from planparse.readers.blocks import Grid
from planparse.readers.delimited import read as read_csv
from planparse.syntax.parse import Parsed
from planparse.writers import docx, sheets

SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.is_file())

samples = pytest.mark.parametrize("path", [pytest.param(path, id=path.name) for path in SAMPLES])


def document(data, name="-", published=None):
    source = from_bytes(data, name)
    source.published = source.published or published
    return build(Parsed(source))


def of(path):
    """The document of a sample. What only its format told to be debris (menus, margins) no other file can tell."""
    source = from_bytes(path.read_bytes(), path.name)
    read = build(Parsed(source))
    return read if source.layout is None else read.model_copy(update={"stray": []})


def published(path):
    """The day that only a page tells: a year may follow from it."""
    return from_bytes(path.read_bytes(), path.name).published


def tree(document):
    """The plans and what stands around them, without what differs from file to file: positions, merged cells, and how many
    empty cells a row ends with.
    """
    found = document.model_dump(mode="json")
    return plain({"plans": found["plans"], "stray": found["stray"]})


def plain(value):
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    value = {key: plain(inner) for key, inner in value.items() if key not in ("position", "spans")}
    if value.get("type") == "table":
        value["rows"] = [filled(row) for row in value["rows"]]
    if value.get("type") == "schedule_row":
        value["cells"] = filled(value["cells"])
    return value


def filled(row):
    """A row without the empty cells at its end."""
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


# -- Word ---------------------------------------------------------------------------------------------------------


@samples
def test_a_word_file_that_keeps_the_numbers_is_read_as_the_same_tree(path):
    read = of(path)
    assert tree(document(docx.write([read], "keep"), published=published(path))) == tree(read)


@samples
def test_the_standard_form_is_stable(path):
    """What the standard numbering changes it changes once: a file written anew from one so written is the same."""
    once = document(docx.write([of(path)]), published=published(path))
    assert tree(document(docx.write([once]), published=published(path))) == tree(once)


# -- workbooks and CSV ----------------------------------------------------------------------------------------------


def schedules(nodes):
    for node in nodes:
        if node["type"] == "schedule":
            yield node
        yield from schedules(node.get("children", []) if node["type"] == "section" else [])


def told(schedule):
    """Columns, and for each row its cells and the words of its entries."""
    rows = [(filled(row["cells"]), [words(item) for item in row["items"]]) for row in schedule["children"]]
    return filled([column["name"] for column in schedule["columns"]]), rows


def words(item):
    return item["text"], [words(child) for child in item["children"] if child["type"] == "section"]


@samples
def test_the_schedules_of_a_workbook_are_read_as_the_same(path):
    pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    read = of(path)
    wanted = [told(schedule) for plan in tree(read)["plans"] for schedule in schedules(plan["children"])]
    again = document(sheets.write_xlsx([read]), "plan.xlsx")
    found = [told(schedule) for plan in tree(again)["plans"] for schedule in schedules(plan["children"])]
    assert found == wanted


@samples
def test_a_csv_file_of_entries_is_one_table_with_the_same_cells(path):
    written = sheets.write_csv([of(path)])
    rows = list(csv.reader(StringIO(written.removeprefix("\ufeff"))))
    content = read_csv(written.encode(), "entries.csv")
    if len(rows) < 2:
        return
    table, *below = content.blocks
    assert isinstance(table, Grid)
    found = [["\n".join(paragraph.text for paragraph in cell.paragraphs) for cell in row] for row in table.rows]
    found += [[paragraph.text] for paragraph in below]  # a last entry with nothing but a text is one below the table
    assert [list(filter(None, row)) for row in found] == [[cell.strip() for cell in row if cell.strip()] for row in rows]
