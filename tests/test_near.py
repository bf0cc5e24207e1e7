"""`planparse near`: plans of an archive that are most like one. What is copied is found, whatever its labels and years."""

import csv
import io
import json
import os
import random

import archive
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.corpus import near, stores
from planparse.corpus.signatures import VALUES, Index, signatures

KINDS = list(stores.KINDS)
SIGNS = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 1500))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the invented archive in a store of each kind, and the plans as files."""
    path = tmp_path_factory.mktemp("archive")
    for kind in KINDS:
        stores.write(archive.records(), path / f"plans{kind}")
    for name, text in archive.FILES.items():
        (path / os.path.basename(name)).write_text(text, encoding="utf-8")
    return path


def words(seed, length=1200):
    return "".join(random.Random(seed).choices(SIGNS, k=length))


def overlap(a, b):
    return len(a & b) / len(a | b)


# -- the command -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_copied_plan_is_found_in_every_kind(planparse, folder, kind):
    """The second school's plan differs from the first one's in its name and its labels alone."""
    done = planparse("near", f"plans{kind}", "second-2025.txt", "--threshold", "0.9", "-f", "json", cwd=folder)
    assert done.returncode == 0, done.stderr.decode()
    (asked,) = json.loads(done.stdout)
    assert (asked["file"], asked["plan"], asked["title"]) == ("second-2025.txt", 1, "青岑县第二小学2025年工作计划")
    assert [(like["file"], like["likeness"], like["same_file"]) for like in asked["near"]] == [
        ("a/first-2025.txt", 1.0, False),
        ("b/second-2025.txt", 1.0, True),
    ]


def test_the_likest_comes_first_and_what_is_unlike_is_left_out(planparse, folder):
    done = planparse("near", "plans.parquet", "first-2025.txt", "-f", "json", cwd=folder)
    (asked,) = json.loads(done.stdout)
    assert [like["file"] for like in asked["near"]] == ["a/first-2025.txt", "b/second-2025.txt", "a/first-2024.txt"]
    third = asked["near"][2]
    assert 0.2 <= third["likeness"] < third["contained"] < 1


def test_no_more_than_asked_for(planparse, folder):
    done = planparse("near", "plans.parquet", "first-2025.txt", "--top", "1", "-f", "json", cwd=folder)
    assert [len(asked["near"]) for asked in json.loads(done.stdout)] == [1]


def test_every_plan_of_every_file_has_its_block(planparse, folder, tmp_path):
    both = "幼儿园工作计划范文两篇\n\n篇1：" + archive.FIRST_2024 + "\n\n篇2：" + archive.WEEKS
    (tmp_path / "two.txt").write_text(both, encoding="utf-8")
    done = planparse("near", "plans.parquet", tmp_path / "two.txt", "first-2025.txt", "-f", "csv", cwd=folder)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    first = {}
    for row in rows:
        first.setdefault((os.path.basename(row["asked_file"]), row["asked_plan"]), row["file"])
    plans = {key: file for key, file in first.items() if key[0] == "two.txt"}
    assert sorted(plans.values()) == ["a/first-2024.txt", "c/weeks.txt"]
    assert first["first-2025.txt", "1"] == "a/first-2025.txt"


def test_people_are_told_when_there_is_nothing_like_it(planparse, folder, tmp_path):
    (tmp_path / "other.txt").write_text("工作计划\n\n一、采购钢材三百吨\n二、检修高炉两座\n", encoding="utf-8")
    done = planparse("near", "plans.parquet", tmp_path / "other.txt", cwd=folder)
    assert done.returncode == 0
    assert "nothing like it in the archive" in done.stdout.decode()


def test_people_see_likeness_and_place(planparse, folder):
    lines = planparse("near", "plans.parquet", "weeks.txt", cwd=folder, env={"COLUMNS": "120"}).stdout.decode().splitlines()
    assert lines[0] == "weeks.txt: plan 1, 青岑县实验幼儿园2025年春季学期工作安排"
    assert lines[1].split() == ["likeness", "contained", "file", "title", "year", "issuer"]
    assert lines[2].split()[:3] == ["1", "1", "c/weeks.txt"]


def test_a_file_that_cannot_be_read_does_not_stop_the_others(planparse, folder):
    done = planparse("near", "plans.parquet", "none.txt", "weeks.txt", "-f", "json", cwd=folder)
    assert done.returncode == 2
    assert len(done.stderr.decode().splitlines()) == 1
    assert [asked["file"] for asked in json.loads(done.stdout)] == ["weeks.txt"]


def test_store_and_file_are_both_needed(planparse, folder):
    for arguments in ([], ["plans.parquet"]):
        done = planparse("near", *arguments, cwd=folder)
        assert (done.returncode, "name a store and a file" in done.stderr.decode()) == (2, True)


# -- the index ---------------------------------------------------------------------------------------------------


def sets(store):
    return [(document, near.shingles(texts)) for document, texts in near.entries(store)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_index_is_made_once_and_again_when_the_store_changes(kind, tmp_path, monkeypatch):
    path = tmp_path / f"plans{kind}"
    stores.write(archive.records()[:1], path)
    made = []
    whole = Index.make
    monkeypatch.setattr(Index, "make", lambda index, plans: (made.append(index.path.name), whole(index, plans)))

    def likes():
        store = stores.opened(path)
        found = near.near(store, near.indexed(store), archive.FIRST_2025.splitlines(), None, top=9, threshold=0.1)
        store.close()
        return [like.file for like in found]

    assert (likes(), likes(), len(made)) == (["a/first-2024.txt"], ["a/first-2024.txt"], 1)
    stores.write(archive.records(), path)
    assert (likes()[0], len(made)) == ("a/first-2025.txt", 2)


def test_an_index_made_with_another_hash_is_made_again(tmp_path, monkeypatch):
    stores.write(archive.records(), tmp_path / "plans.sqlite")
    store = stores.opened(tmp_path / "plans.sqlite")
    assert near.indexed(store).is_fresh()
    monkeypatch.setattr("planparse.corpus.signatures.SEED", 2)
    sample = signatures([near.shingles([near.SAMPLE])])[0]
    assert not Index.of(store, sample).is_fresh()
    store.close()


def test_the_index_stands_beside_the_store_wherever_one_asks_from(tmp_path, monkeypatch):
    (tmp_path / "shares").mkdir()
    stores.write(archive.records(), tmp_path / "shares" / "one.parquet")
    for folder, name in ((tmp_path, "shares"), (tmp_path / "shares", ".")):
        monkeypatch.chdir(folder)
        store = stores.opened(name)
        index = near.indexed(store)
        store.close()
        assert index.path == tmp_path / "shares.near.parquet"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["shares", "shares.near.parquet"]


def test_a_broken_index_is_made_again(tmp_path):
    stores.write(archive.records(), tmp_path / "plans.sqlite")
    (tmp_path / "plans.sqlite.near.parquet").write_bytes(b"PAR1 none PAR1")
    store = stores.opened(tmp_path / "plans.sqlite")
    assert near.near(store, near.indexed(store), archive.FIRST_2024.splitlines(), None, top=1, threshold=0.1)
    store.close()


def test_where_nothing_may_be_written_the_index_is_temporary(tmp_path, monkeypatch):
    stores.write(archive.records(), tmp_path / "plans.sqlite")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.setattr("os.access", lambda path, mode: False)
    store = stores.opened(tmp_path / "plans.sqlite")
    index = near.indexed(store)
    assert near.near(store, index, archive.FIRST_2024.splitlines(), None, top=1, threshold=0.1)
    assert (index.kept, index.path.parent.parent) == (False, temporary)
    index.drop()
    store.close()
    assert list(temporary.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["plans.sqlite", "temporary"]


def test_an_index_of_many_groups_finds_the_one(tmp_path, monkeypatch):
    monkeypatch.setattr("planparse.corpus.signatures.GROUP", 100)
    plans = [(number, near.shingles([words(number, 60)])) for number in range(1, 551)]
    index = Index(tmp_path / "index.parquet", {b"store": b"1"})
    index.make(iter(plans))
    assert index.is_fresh()
    for number in (1, 100, 101, 549, 550):
        (signature,) = signatures([plans[number - 1][1]])
        assert list(index.estimates(signature, 0.9)) == [(1.0, number)]
    everything = [document for _, document in index.estimates(signature, -1)]
    assert everything == sorted(set(everything))


def test_an_empty_index_is_read(tmp_path):
    index = Index(tmp_path / "index.parquet", {})
    index.make([(1, set())])
    assert list(index.estimates(bytes(VALUES), 0)) == []


# -- likeness ----------------------------------------------------------------------------------------------------


def test_labels_marks_blanks_and_years_do_not_count():
    asked = near.shingles(["２０２４ 年，开展“五个一”安全教育活动！", "检查 消防器材"])
    assert asked == near.shingles(["2025年开展五个一安全教育活动", "检查消防器材。"])
    assert near.shingles(["共享", "——", ""]) == {"共享"}


@pytest.mark.parametrize("share", [0.0, 0.1, 0.3, 0.5, 0.8, 0.95])
def test_estimates_are_near_the_truth(share, tmp_path):
    """Over 40 pairs of known overlap the mean error is below 0.03 and no estimate is off by more than is allowed for."""
    errors = []
    for seed in range(40):
        common = int(1200 * 2 * share / (1 + share))
        a = near.shingles([words(seed)])
        b = near.shingles([words(seed)[:common] + words(seed + 1000, 1200 - common)])
        index = Index(tmp_path / "index.parquet", {})
        index.make([(1, a)])
        (signature,) = signatures([b])
        estimate = next((value for value, _ in index.estimates(signature, 0)), 0.0)
        errors.append(estimate - overlap(a, b))
    assert abs(sum(errors) / len(errors)) < 0.03
    assert max(map(abs, errors)) < near.DOUBT


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.sampled_from(SIGNS[:50]), max_size=30), max_size=6))
def test_the_order_of_entries_does_not_matter(texts):
    turned = texts[::-1]
    assert near.shingles(texts) == near.shingles(turned)
    assert signatures([near.shingles(texts)]) == signatures([near.shingles(turned)])


def test_what_the_index_finds_is_what_comparing_all_plans_finds(tmp_path):
    """300 plans put together from 40 clauses: the index and the comparison of every pair agree on all likest plans."""
    clauses = [words(seed, 40) for seed in range(40)]
    draw = random.Random(7)
    texts = ["\n".join(["工作计划", *(f"{k}．{clause}。" for k, clause in enumerate(draw.sample(clauses, 12), 1))]) for _ in range(300)]
    stores.write((archive.record(f"{k}.txt", text) for k, text in enumerate(texts)), tmp_path / "plans.parquet")
    store = stores.opened(tmp_path / "plans.parquet")
    index = near.indexed(store)
    held = sets(store)
    assert len(held) == 300
    for document, asked in held[:10]:
        entries = [text for _, text in store.ask(f"SELECT item, text FROM items WHERE document = {document} ORDER BY item").rows]
        found = near.near(store, index, entries, None, top=5, threshold=0.2)
        true = sorted((-round(overlap(asked, other), 4), number) for number, other in held)[:5]
        assert [(-like.likeness) for like in found] == [score for score, _ in true if -score >= 0.2]
    store.close()


@pytest.mark.parametrize("share", ["nan", "2", "much"])
def test_a_threshold_that_is_no_share_is_refused(planparse, tmp_path, share):
    done = planparse("near", "plans.jsonl", "plan.txt", "--threshold", share, cwd=tmp_path)
    assert done.returncode == 2
    assert f"--threshold {share}: give a number from 0 to 1" in done.stderr.decode()
