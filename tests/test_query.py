"""`planparse query`: the ready questions, SQL, and the forms in which answers are printed."""

import csv
import io
import json

import archive
import pytest

from planparse.cli import main
from planparse.corpus import stores

KINDS = list(stores.KINDS)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the invented archive in a store of each kind."""
    path = tmp_path_factory.mktemp("archive")
    for kind in KINDS:
        stores.write(archive.records(), path / f"plans{kind}")
    return path


@pytest.fixture
def query(folder, capfdbinary, monkeypatch):
    """Runs `planparse query` on a store, in this process, and reads what it printed as JSON."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*arguments, kind=".parquet"):
        code = main(["query", str(folder / f"plans{kind}"), *arguments, "-f", "json"])
        printed, said = capfdbinary.readouterr()
        assert (code, said) == (0, b"")
        return json.loads(printed)

    return run


def pick(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


# -- the ready questions -----------------------------------------------------------------------------------------


def test_targets_since_a_year(query):
    rows = query("targets", "--since", "2025", "--issuer", "第一小学")
    assert pick(rows, "year", "subject", "comparator", "value", "unit", "due", "owner") == [
        (2025, "公开课", ">=", 16, "节", None, "教务处"),
        (2025, "学生近视率", "<=", 33, "%", "2025-06-30", "教务处"),
        (2025, "消防器材", "=", 1, "次", "2025-12-20", "总务处"),
        (2025, "到期灭火器", "=", 15, "具", "2025-12-20", "总务处"),
    ]  # fmt: skip


def test_targets_until_a_year(query):
    assert {row["year"] for row in query("targets", "--until", "2024")} == {2024}


def test_overdue_names_what_was_due_before_a_day(query):
    rows = query("overdue", "--on", "2024-12-31")
    assert pick(rows, "due", "owner", "text") == [
        ("2024-06-30", "教务处", "学生近视率控制在35%以下，6月底前完成普查。"),
        ("2024-12-20", "总务处", "每月检查消防器材一次，12月20日前更换到期灭火器40具。"),
    ]


def test_what_is_due_on_the_day_itself_is_not_overdue(query):
    assert len(query("overdue", "--on", "2024-06-30")) == 0
    assert len(query("overdue", "--on", "2024-07-01")) == 1


def test_owners_are_counted_over_plans(query):
    rows = query("owners")
    assert pick(rows, "owner", "plans", "first_year", "last_year")[:2] == [("教务处", 3, 2024, 2025), ("总务处", 3, 2024, 2025)]
    assert [row["entries"] for row in rows] == sorted((row["entries"] for row in rows), reverse=True)


def test_dropped_is_what_the_next_plan_of_the_series_says_no_more(query):
    rows = query("dropped", "--between", "2024", "2025")
    assert pick(rows, "file", "text", "line") == [
        ("a/first-2024.txt", "编印校本教材《识字三百》。", 6),
        ("a/first-2024.txt", "暑假前修好东门台阶。", 9),
    ]


def test_dropped_turned_round_is_what_was_added(query):
    assert [row["text"] for row in query("dropped", "--between", "2025", "2024")] == ["为食堂加装监控12路。"]


def test_a_series_without_a_second_plan_has_nothing_dropped(query):
    assert query("dropped", "--between", "2025", "2026") == []


def test_plans_of_one_series_and_year_count_as_one(planparse, tmp_path):
    """An entry that moved to the second plan of the year was not dropped."""
    first, second = archive.FIRST_2025.split("二、")
    foot = "\n青岑县第一小学\n2025年2月18日\n"
    halves = [first + foot, first.splitlines()[0] + "\n\n二、" + second]
    files = [archive.record("2024.txt", archive.FIRST_2024), *(archive.record(f"{k}.txt", text) for k, text in enumerate(halves))]
    stores.write(files, tmp_path / "plans.parquet")
    done = planparse("query", "plans.parquet", "dropped", "--between", "2024", "2025", "-f", "csv")
    assert [row["text"] for row in csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig")))] == [
        "编印校本教材《识字三百》。",
        "暑假前修好东门台阶。",
    ]


@pytest.mark.parametrize(
    "question",
    [["targets"], ["overdue", "--on", "2025-12-31"], ["owners"], ["dropped", "--between", "2024", "2025"], ["tables"]],
    ids=lambda question: question[0],
)
def test_every_kind_answers_alike(query, question):
    answers = [query(*question, kind=kind) for kind in KINDS]
    assert answers[0]
    assert all(answer == answers[0] for answer in answers)


def test_without_a_question_the_tables_are_listed(planparse, folder):
    shown = planparse("query", "plans.sqlite", cwd=folder).stdout.decode()
    assert shown == planparse("query", "plans.sqlite", "tables", cwd=folder).stdout.decode()
    assert "documents" in shown
    assert "The day by which it is due." in shown


def test_an_issuer_is_a_name_and_no_pattern(query):
    assert query("owners", "--issuer", "%") == query("owners", "--issuer", "_") == query("owners", "--issuer", "' OR 1=1 --") == []
    assert query("owners", "--issuer", "第二") != []


# -- SQL ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_sql_is_answered(query, kind):
    rows = query("SELECT file, COUNT(*) AS plans FROM documents WHERE error IS NULL GROUP BY file ORDER BY file", kind=kind)
    assert rows[0] == {"file": "a/first-2024.txt", "plans": 1}
    assert len(rows) == 4


@pytest.mark.parametrize("kind", [".parquet", ".sqlite"])
@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELEC 1", "the query failed: "),
        ("SELECT nothing FROM items", "the query failed: "),
        ("DELETE FROM items", "the SQL must be one SELECT"),
        ("nonsense", "there is no question nonsense; take one of targets, overdue, owners, dropped, tables, or SQL"),
        ("", "the SQL must be one SELECT"),
    ],
)
def test_a_wrong_query_is_one_line(planparse, folder, kind, sql, said):
    done = planparse("query", f"plans{kind}", sql, cwd=folder)
    assert done.returncode == 2
    assert done.stdout == b""
    (line,) = done.stderr.decode().splitlines()
    assert said in line


def test_a_fault_in_the_middle_of_the_rows_leaves_no_file(planparse, folder, tmp_path):
    sql = "SELECT CASE WHEN item > 3 THEN CAST(text AS INTEGER) ELSE 1 END AS n FROM items"
    done = planparse("query", "plans.duckdb", sql, "-o", tmp_path / "out.csv", cwd=folder)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert len(done.stderr.decode().splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["overdue"], "the question overdue needs --on"),
        (["dropped"], "the question dropped needs --between"),
        (["owners", "--on", "2024-01-01"], "--on does not go with the question owners"),
        (["overdue", "--on", "yesterday"], "--on yesterday: this is no date"),
        (["SELECT 1", "--since", "2020"], "--since goes with ready questions"),
    ],
)
def test_options_belong_to_questions(planparse, folder, arguments, said):
    done = planparse("query", "plans.parquet", *arguments, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr.decode()


def test_a_store_must_be_named_and_be_there(planparse, tmp_path):
    assert "name a store" in planparse("query").stderr.decode()
    assert "there is no such store" in planparse("query", "plans.duckdb", "owners").stderr.decode()
    (tmp_path / "plan.txt").write_text("plan")
    assert "tells no store" in planparse("query", "plan.txt", "owners").stderr.decode()


# -- forms -------------------------------------------------------------------------------------------------------

ODD = "SELECT 1 AS n, 'a|b' AS mark, NULL AS none, 2.5 AS share, '=1+1' AS formula, DATE '2024-02-29' AS day, [1, 2] AS list, 3 > 2 AS n"


def test_values_keep_their_types_in_json(planparse, folder):
    done = planparse("query", "plans.parquet", ODD, "-f", "jsonl", cwd=folder)
    assert json.loads(done.stdout) == {
        "n": 1, "mark": "a|b", "none": None, "share": 2.5, "formula": "=1+1", "day": "2024-02-29", "list": [1, 2], "n_2": True
    }  # fmt: skip


def test_csv_is_for_spreadsheets(planparse, folder):
    done = planparse("query", "plans.parquet", ODD, "-o", "odd.csv", cwd=folder)
    assert done.returncode == 0
    data = (folder / "odd.csv").read_bytes().decode()
    assert data == '\ufeffn,mark,none,share,formula,day,list,n\r\n1,a|b,,2.5,\'=1+1,2024-02-29,"[1, 2]",true\r\n'


def test_markdown_is_a_table(planparse, folder):
    done = planparse("query", "plans.parquet", ODD, "-f", "markdown", cwd=folder)
    lines = done.stdout.decode().splitlines()
    assert lines[0] == "| n | mark | none | share | formula | day | list | n |"
    assert lines[2] == "| 1 | a&#124;b |  | 2.5 | =1+1 | 2024-02-29 | [1, 2] | true |"


def test_no_rows_are_an_empty_list(planparse, folder):
    sql = "SELECT * FROM documents WHERE plan = 99"
    assert planparse("query", "plans.parquet", sql, "-f", "json", cwd=folder).stdout == b"[]\n"
    assert planparse("query", "plans.parquet", sql, "-f", "jsonl", cwd=folder).stdout == b""


def test_people_see_the_columns_that_matter_in_their_language(planparse, folder):
    done = planparse("query", "plans.parquet", "owners", cwd=folder, env={"LC_ALL": "zh_CN.UTF-8", "COLUMNS": "100"})
    assert done.stdout.decode().split()[:3] == ["责任", "类别", "条目"]


def test_people_see_the_first_thousand_rows(planparse, folder):
    done = planparse("query", "plans.parquet", "SELECT * FROM range(1500)", cwd=folder)
    assert len(done.stdout.decode().splitlines()) == 1001
    assert "only the first 1000 rows are shown" in done.stderr.decode()
    assert len(planparse("query", "plans.parquet", "SELECT * FROM range(1500)", "-f", "csv", cwd=folder).stdout.splitlines()) == 1501
