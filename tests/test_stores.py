"""Stores: one stream of records in, the same tables out whatever the kind, whole or not at all, and only ever read."""

import json
import os
import re
import sqlite3
import subprocess
import sys

import archive
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, environment
from hypothesis import given
from hypothesis import strategies as st

from planparse import parse_bytes
from planparse.corpus import rows, stores
from planparse.corpus.sense import sense, sense_hash, series
from planparse.corpus.stores import arrow, duck, lite, records
from planparse.corpus.stores.records import LOOK
from planparse.corpus.tables import DOCUMENTS, ITEMS, TABLES
from planparse.errors import PlanparseError
from planparse.messages import translator

KINDS = list(stores.KINDS)


@pytest.fixture(scope="module", params=KINDS)
def store(request, tmp_path_factory):
    """The invented archive in a store of each kind."""
    path = tmp_path_factory.mktemp("archive") / f"plans{request.param}"
    stores.write(archive.records(), path)
    opened = stores.opened(path)
    yield opened
    opened.close()


def found(store, sql):
    return [
        tuple(value if value is None or isinstance(value, int | float | str) else str(value) for value in row)
        for row in store.ask(sql).rows
    ]


# -- what stands in the tables -----------------------------------------------------------------------------------


def test_a_plan_is_a_row(store):
    assert found(store, "SELECT document, file, plan, title, year, issuer, issued_on FROM documents ORDER BY document") == [
        (1, "a/first-2024.txt", 1, "青岑县第一小学2024年工作计划", 2024, "青岑县第一小学", "2024-02-20"),
        (2, "a/first-2025.txt", 1, "青岑县第一小学2025年工作计划", 2025, "青岑县第一小学", "2025-02-18"),
        (3, "b/second-2025.txt", 1, "青岑县第二小学2025年工作计划", 2025, "青岑县第二小学", "2025-02-19"),
        (4, "c/weeks.txt", 1, "青岑县实验幼儿园2025年春季学期工作安排", 2025, None, None),
        (5, "c/broken.pdf", None, None, None, None, None),
    ]


def test_a_file_that_was_not_read_has_a_row_with_the_reason(store):
    assert found(store, "SELECT file, error, message, items, seconds FROM documents WHERE error IS NOT NULL") == [
        ("c/broken.pdf", "timeout", "reading took more than 60 seconds", 0, 60.0)
    ]


def test_an_entry_knows_its_place_its_owner_and_its_day(store):
    assert found(
        store, "SELECT item, parent, depth, children, type, path, number, text, owner, due, line FROM items WHERE document = 1 ORDER BY item LIMIT 3"
    ) == [
        (1, None, 0, 3, "section", None, "一、", "教学质量（责任单位：教务处）", "教务处", None, 3),
        (2, 1, 1, 0, "section", "一、教学质量（责任单位：教务处）", "1．", "每学期组织公开课不少于12节。", "教务处", None, 4),
        (3, 1, 1, 0, "section", "一、教学质量（责任单位：教务处）", "2．", "学生近视率控制在35%以下，6月底前完成普查。", "教务处", "2024-06-30", 5),
    ]  # fmt: skip


def test_an_entry_of_a_schedule_has_the_days_of_its_row(store):
    assert found(store, "SELECT type, path, text, first_day, last_day FROM items WHERE document = 4 AND text LIKE '%家长会%'") == [
        ("item", "第2周 2月17日—2月23日", "召开家长会", "2025-02-17", "2025-02-23")
    ]


def test_a_figure_is_a_row(store):
    assert found(store, "SELECT subject, comparator, value, unit, due FROM targets WHERE document = 2 AND item = 3") == [
        ("学生近视率", "<=", 33.0, "%", "2025-06-30")
    ]


def test_every_kind_says_the_same(tmp_path):
    said = {}
    for kind in KINDS:
        stores.write(archive.records(), tmp_path / f"plans{kind}")
        opened = stores.opened(tmp_path / f"plans{kind}")
        said[kind] = [found(opened, f"SELECT * FROM {table.name}") for table in TABLES]
        opened.close()
    assert all(tables == said[".sqlite"] for tables in said.values())
    assert all(table for table in said[".sqlite"][:5])


def test_all_samples_fill_all_columns_in_every_kind(tmp_path):
    files = [path for path in sorted((ROOT / "samples").iterdir()) if path.is_file()]
    documents = [(path.name, json.loads(parse_bytes(path.read_bytes(), path.name))) for path in files]
    lines = [json.dumps({"source": {"name": name}, "document": document}).encode() for name, document in documents]
    for kind in KINDS:
        stores.write(lines, tmp_path / f"plans{kind}")
        opened = stores.opened(tmp_path / f"plans{kind}")
        for table in TABLES:
            for column in table.columns:
                given = {"bytes", "error", "message", "seconds", "parser"} if table is DOCUMENTS else set()
                ((count,),) = found(opened, f"SELECT COUNT({column.name}) FROM {table.name}")
                assert count or column.name in given, (kind, table.name, column.name)
        opened.close()


# -- tables and rows ---------------------------------------------------------------------------------------------


def test_rows_are_as_wide_as_their_tables():
    flat = rows.Flat()
    for line in archive.records():
        flat.add(json.loads(line))
    assert [table.name for table in TABLES] == list(rows.NAMES)
    for table in TABLES:
        assert {len(row) for row in flat.take(table.name)} <= {len(table.columns)}


def test_every_type_is_known_to_every_kind():
    types = {column.type for table in TABLES for column in table.columns}
    assert types <= set(arrow.TYPES) & set(duck.TYPES) & set(lite.TYPES)


def test_entries_count_their_children(store):
    wrong = found(
        store,
        "SELECT document, item FROM items p WHERE children <> "
        "(SELECT COUNT(*) FROM items c WHERE c.document = p.document AND c.parent = p.item)",
    )
    assert wrong == []


def test_many_records_are_written_in_batches_and_none_is_lost(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "BATCH", 500)
    entries, count = 7, 3 * LOOK + 11
    line = archive.record("plan.txt", archive.FIRST_2024)
    stores.write((line for _ in range(count)), tmp_path / "plans.parquet")
    assert pq.ParquetFile(tmp_path / "plans.parquet" / "items.parquet").num_row_groups > 2
    opened = stores.opened(tmp_path / "plans.parquet")
    assert found(opened, "SELECT COUNT(*), COUNT(DISTINCT document), MAX(document) FROM items") == [(entries * count, count, count)]
    opened.close()


@pytest.mark.parametrize(("page", "language"), [("docs/stores.md", "en"), ("docs/stores.zh-CN.md", "zh")])
def test_the_pages_list_the_tables_as_they_are(page, language, update):
    translate = translator(language)
    made = ""
    for table in TABLES:
        made += f"\n### {table.name}\n\n{translate(table.meaning)}\n\n| | | |\n|---|---|---|\n"
        made += "".join(f"| `{column.name}` | {column.type} | {translate(column.meaning)} |\n" for column in table.columns)
    text = (ROOT / page).read_text(encoding="utf-8")
    now = re.sub(r"(?<=<!-- tables -->\n).*(?=<!-- /tables -->)", lambda _: made + "\n", text, flags=re.DOTALL)
    if update:
        (ROOT / page).write_text(now, encoding="utf-8", newline="\n")
    assert (ROOT / page).read_text(encoding="utf-8") == now, "if the new tables are right: pytest --update"


@pytest.mark.parametrize("page", ["docs/stores.md", "docs/stores.zh-CN.md"])
def test_the_sql_of_the_pages_is_answered(page, store):
    (sql,) = re.findall(r"```sql\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)
    assert [row[0] for row in store.ask(sql).rows] == ["a/first-2024.txt", "a/first-2025.txt", "b/second-2025.txt"]


# -- words -------------------------------------------------------------------------------------------------------


def test_marks_width_and_years_are_no_sense():
    assert sense("２０２４年，开展“五个一”活动。") == sense("2025 年开展五个一活动") == "Y年开展五个一活动".casefold()
    assert sense_hash("检查12次") != sense_hash("检查15次")
    assert sense_hash("——") is None


def test_a_series_is_the_same_over_the_years_and_differs_between_schools():
    assert series("青岑县第一小学", "青岑县第一小学2024年工作计划") == series("青岑县第一小学", "青岑县第一小学二〇二五年工作计划")
    assert series(None, "第一小学2024年工作计划") != series(None, "第二小学2024年工作计划")
    assert series("青岑县第一小学", None) is None


@given(st.text())
def test_sense_is_reached_once(text):
    assert sense(sense(text)).replace("y", "") == sense(text).replace("y", "")


# -- whole or not at all -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_failure_leaves_the_old_store_as_it_was(kind, tmp_path):
    path = tmp_path / f"plans{kind}"
    stores.write(archive.records(), path)

    def breaks_off():
        yield archive.records()[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        stores.write(breaks_off(), path)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    opened = stores.opened(path)
    assert found(opened, "SELECT COUNT(*) FROM documents") == [(5,)]
    opened.close()


@pytest.mark.skipif(os.name == "nt", reason="limits of files are POSIX")
@pytest.mark.parametrize("kind", KINDS)
def test_a_full_disk_is_said_and_leaves_nothing(kind, tmp_path):
    """A limit on the size of files stands for the full disk: writing fails in the same way."""
    code = """if True:
        import resource, sys
        from planparse.corpus import stores
        from planparse.errors import PlanparseError
        import archive
        lines = [archive.record(f"{k}.txt", archive.FIRST_2024.replace("公开课", f"{k:x}" * 50)) for k in range(400)]
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        try:
            stores.write(lines, sys.argv[1])
        except (PlanparseError, OSError) as error:
            sys.exit(f"said: {error}")
    """
    variables = environment() | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / f"plans{kind}")], env=variables, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr.startswith("said: ")
    assert done.returncode == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_store_takes_the_place_of_the_old_one(kind, tmp_path):
    path = tmp_path / f"plans{kind}"
    stores.write(archive.records(), path)
    stores.write(archive.records()[:2], path)
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    opened = stores.opened(path)
    assert found(opened, "SELECT COUNT(*) FROM documents") == [(2,)]
    opened.close()


@pytest.mark.skipif(os.name == "nt", reason="asks for processes")
def test_what_killed_runs_left_is_cleared_and_what_others_write_is_not(tmp_path):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    (tmp_path / f".{gone.pid}.part.plans.duckdb").write_bytes(b"half")
    (tmp_path / f".{gone.pid}.part.plans.duckdb.wal").write_bytes(b"half")
    (tmp_path / f".{gone.pid}.part.other.duckdb").write_bytes(b"half")
    (tmp_path / f".{os.getppid()}.part.plans.duckdb").write_bytes(b"going on")
    stores.write(archive.records(), tmp_path / "plans.duckdb")
    left = sorted(path.name for path in tmp_path.iterdir())
    assert left == sorted([f".{gone.pid}.part.other.duckdb", f".{os.getppid()}.part.plans.duckdb", "plans.duckdb"])


def test_a_folder_with_other_files_is_kept(tmp_path):
    (tmp_path / "plans.parquet").mkdir()
    (tmp_path / "plans.parquet" / "letter.txt").write_text("dear")
    with pytest.raises(PlanparseError, match="holds other files"):
        stores.write(archive.records(), tmp_path / "plans.parquet")
    assert (tmp_path / "plans.parquet" / "letter.txt").read_text() == "dear"


def test_a_file_is_not_replaced_by_a_folder(tmp_path):
    (tmp_path / "plans.parquet").write_text("dear")
    with pytest.raises(PlanparseError, match="something else has this name"):
        stores.write(archive.records(), tmp_path / "plans.parquet")


def test_the_name_tells_the_kind(tmp_path):
    with pytest.raises(PlanparseError, match=r"tells no store; end it in \.jsonl"):
        stores.write([], tmp_path / "plans.docx")
    with pytest.raises(PlanparseError, match="its folder does not exist"):
        stores.write([], tmp_path / "none" / "plans.jsonl")


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_archive_is_a_store(kind, tmp_path):
    stores.write([], tmp_path / f"plans{kind}")
    opened = stores.opened(tmp_path / f"plans{kind}")
    assert [found(opened, f"SELECT * FROM {table.name}") for table in TABLES] == [[]] * len(TABLES)
    opened.close()


# -- several stores as one ---------------------------------------------------------------------------------------


def test_a_folder_of_shares_is_one_store_whose_keys_differ(tmp_path):
    lines = archive.records()
    stores.write(lines[:2], tmp_path / "share-1.parquet")
    stores.write(lines[2:], tmp_path / "share-2.parquet")
    stores.write(lines, tmp_path.parent / f"{tmp_path.name}-whole.parquet")
    shares, whole = stores.opened(tmp_path), stores.opened(tmp_path.parent / f"{tmp_path.name}-whole.parquet")
    for table in TABLES:
        assert found(shares, f"SELECT * FROM {table.name}") == found(whole, f"SELECT * FROM {table.name}")
    shares.close()
    whole.close()


# -- what is no store --------------------------------------------------------------------------------------------


def test_what_cannot_be_opened_is_said(tmp_path):
    with pytest.raises(PlanparseError, match="there is no such store"):
        stores.opened(tmp_path / "plans.duckdb")
    with pytest.raises(PlanparseError, match="a folder without a store"):
        stores.opened(tmp_path)
    for name in ("plans.duckdb", "plans.sqlite", "plans.jsonl.zst"):
        (tmp_path / name).write_bytes(b"\x28\xb5\x2f\xfd this is none" * 100)
        with pytest.raises(PlanparseError, match="cannot be opened"):
            stores.opened(tmp_path / name)
    (tmp_path / "plans.parquet").mkdir()
    (tmp_path / "plans.parquet" / "documents.parquet").write_bytes(b"none")
    with pytest.raises(PlanparseError, match="cannot be opened"):
        stores.opened(tmp_path / "plans.parquet")


def test_a_store_of_another_version_is_named(tmp_path):
    with sqlite3.connect(tmp_path / "plans.sqlite") as connection:
        connection.execute("CREATE TABLE documents (document INTEGER)")
    connection.close()
    with pytest.raises(PlanparseError, match="no store of this version"):
        stores.opened(tmp_path / "plans.sqlite")


@pytest.mark.parametrize("line", [b"{", b"[]", b"17", b'{"source": 3, "document": null}', b'{"document": null}', b"\xff"])
def test_a_line_that_is_no_record_is_named(line, tmp_path):
    (tmp_path / "plans.jsonl").write_bytes(b"\n".join([archive.records()[0], line]))
    with pytest.raises(PlanparseError, match="line 2 is no record"):
        stores.opened(tmp_path / "plans.jsonl")


def test_lines_of_parse_are_records_too(tmp_path, planparse):
    for name, text in archive.FILES.items():
        (tmp_path / name.replace("/", "-")).write_text(text, encoding="utf-8")
    planparse("parse", *sorted(path.name for path in tmp_path.iterdir()), "-f", "jsonl", "-o", "plans.jsonl")
    opened = stores.opened(tmp_path / "plans.jsonl")
    assert found(opened, "SELECT file, sha256 IS NULL FROM documents ORDER BY document")[0] == ("a-first-2024.txt", False)
    opened.close()


def test_half_characters_do_not_stop_a_store(tmp_path):
    line = archive.records()[-1].replace(b"reading took", b"\\ud83d took")
    for kind in KINDS:
        stores.write([line], tmp_path / f"plans{kind}")
        opened = stores.opened(tmp_path / f"plans{kind}")
        assert found(opened, "SELECT message FROM documents") == [("\ufffd took more than 60 seconds",)]
        opened.close()


# -- only read ---------------------------------------------------------------------------------------------------

FORBIDDEN = [
    "DELETE FROM items", "DROP TABLE items", "INSERT INTO owners SELECT * FROM owners", "UPDATE items SET text = ''", "CREATE TABLE t (a INT)",
    "SELECT 1; DELETE FROM items", "SELECT 1; SELECT 2", "PRAGMA table_info('items')", "ATTACH 'other.db' AS other", "COPY items TO 'out.csv'",
    "SET threads = 1", "VACUUM", "INSTALL httpfs", "EXPORT DATABASE 'out'", "", "-- nothing",
    "SELECT * FROM read_text('secret.txt')", "SELECT * FROM 'secret.txt'", "SELECT * FROM read_csv('secret.txt')", "SELECT * FROM glob('*')",
    "SELECT load_extension('x')", "SELECT readfile('secret.txt')", "SELECT * FROM sql", "SELECT getenv('HOME')",
    "SELECT * FROM query('COPY items TO ''out.csv''')",
]  # fmt: skip


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_sql_changes_nothing_and_reaches_nothing_but_the_tables(store, sql, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("a secret")
    before = [(path, path.stat().st_size, path.stat().st_mtime_ns) for path in store.files()]
    with pytest.raises(PlanparseError) as raised:
        list(store.ask(sql).rows)
    assert "\n" not in str(raised.value)
    assert os.listdir(tmp_path) == ["secret.txt"]
    assert [(path, path.stat().st_size, path.stat().st_mtime_ns) for path in store.files()] == before


def test_a_query_without_an_order_gives_the_same_order_each_time(store):
    sql = "SELECT owner, COUNT(*) FROM items GROUP BY owner"
    assert len({tuple(found(store, sql)) for _ in range(5)}) == 1


def test_the_key_of_entries_is_one(store):
    assert found(store, "SELECT COUNT(*) - COUNT(DISTINCT document * 1000000 + item) FROM items") == [(0,)]
    assert ITEMS.columns[1].name == "item"


@pytest.mark.parametrize("kind", [".parquet", ".duckdb", ".jsonl"])
def test_what_memory_cannot_hold_goes_among_temporary_files(kind, tmp_path, monkeypatch):
    """Neither into the current folder nor beside the store, where nothing may be allowed to be written."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    stores.write(archive.records(), tmp_path / f"plans{kind}")
    opened = stores.opened(tmp_path / f"plans{kind}")
    assert found(opened, "SELECT current_setting('temp_directory')") == [(str(tmp_path / "temporary" / f"planparse-{os.getpid()}.duckdb"),)]
    opened.close()
