"""`planparse batch`: what it reads, what it writes, what it does not do twice."""

import io
import json
import os
import re
import subprocess
import sys
import tarfile
import time
import zipfile

import pytest
from archives import fill, plan, records, same
from conftest import ROOT, environment
from hypothesis import given
from hypothesis import strategies as st

from planparse.checking.paths import SUFFIXES
from planparse.corpus.contents import Opened, files
from planparse.corpus.items import Item, ordered
from planparse.corpus.job import Job
from planparse.corpus.ledger import Ledger
from planparse.corpus.listing import items
from planparse.corpus.parts import Index, Row
from planparse.corpus.records import Asked, read_document
from planparse.corpus.run import run
from planparse.corpus.shards import BYTES, FILES, plan_shards, share
from planparse.corpus.storage import Folder
from planparse.errors import InputError, PlanparseError


def names(path):
    return [record["source"]["name"] for record in records(path)]


def listed(*given, out="out"):
    return items(list(map(str, given)), str(out))


def read_all(found):
    opened = Opened()
    try:
        return {file.name: file.load() for file in files(found, opened)}
    finally:
        opened.close()


# -- records -------------------------------------------------------------------------------------------------------


def test_a_record_for_each_file_in_the_order_of_names(planparse, samples, tmp_path):
    done = planparse("batch", samples, "-o", "out.jsonl")
    assert done.returncode == 0, done.stderr.decode()
    expected = sorted(f"{samples}/{path.name}" for path in samples.iterdir() if path.suffix in SUFFIXES)
    assert f"planparse: {len(expected)} records, no errors\n" in done.stderr.decode()
    assert done.stdout == b""
    found = records(tmp_path / "out.jsonl")
    assert [record["source"]["name"] for record in found] == expected
    for record in found:
        path = record["source"]["name"]
        parsed = json.loads(planparse("parse", path, "-f", "jsonl").stdout) if path.endswith((".docx", ".html")) else None
        assert list(record) == ["source", "document", "error", "seconds", "parser"]
        assert record["document"] == parsed or parsed is None
        assert record["source"]["sha256"] == record["document"]["source"]["sha256"]
        assert record["source"]["bytes"] == os.path.getsize(path)
        assert record["error"] is None
        assert record["seconds"] > 0


def test_options_reach_the_parser(planparse, tmp_path):
    (tmp_path / "a.txt").write_bytes("计划\n一、3月5日开会\n".encode("gbk"))
    done = planparse("batch", "a.txt", "-o", "out.jsonl", "--year", "2023", "--encoding", "gb18030", "--no-positions")
    assert done.returncode == 0
    (record,) = records(tmp_path / "out.jsonl")
    text = json.dumps(record)
    assert "2023-03-05" in text
    assert "offset" not in text
    assert record["source"]["encoding"] == "gb18030"


def test_files_that_cannot_be_read_get_an_error_and_the_exit_code_says_so(planparse, tmp_path):
    fill(tmp_path / "in", 1)
    (tmp_path / "in" / "b.docx").write_bytes(b"PK\3\4 word/ broken")
    done = planparse("batch", "in", "-o", "out.jsonl", env={"LC_ALL": "zh_CN.UTF-8"})
    assert done.returncode == 1
    good, bad = records(tmp_path / "out.jsonl")
    assert good["error"] is None
    assert bad["document"] is None
    assert bad["error"]["kind"] == "unreadable"
    assert bad["error"]["message"].startswith("in/b.docx: ")
    assert bad["source"]["bytes"] == 17
    assert re.search("b.docx.*[一-鿿]", done.stderr.decode()), "in records English, to people in their language"


@pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.zst", "/", ""])
def test_outputs_hold_the_same_records(planparse, tmp_path, suffix):
    fill(tmp_path / "in", FILES + 5)
    assert planparse("batch", "in", "-o", f"out{suffix}", "-j", "1").returncode == 0
    found = records(tmp_path / f"out{suffix}")
    assert sorted(record["source"]["name"] for record in found) == [f"in/{k:04d}.txt" for k in range(FILES + 5)]


# -- what is read --------------------------------------------------------------------------------------------------


def test_folders_patterns_lists_and_archives(planparse, tmp_path):
    fill(tmp_path / "in", 2)
    (tmp_path / "in" / "notes.py").write_text("no plan")
    (tmp_path / "in" / ".hidden.txt").write_text("no plan")
    (tmp_path / "in" / "deep").mkdir()
    (tmp_path / "in" / "deep" / "计划.txt").write_text(plan(7), "utf-8")
    with zipfile.ZipFile(tmp_path / "in" / "z.zip", "w") as archive:
        archive.writestr("学校/甲.txt", plan(8))
        archive.writestr("学校/readme.exe", "no plan")
        archive.writestr("__MACOSX/学校/甲.txt", "no plan")
    with tarfile.open(tmp_path / "t.tar.gz", "w:gz") as archive:
        for k in range(3):
            member = tarfile.TarInfo(f"./t{k}.txt")
            member.size = len(plan(k).encode())
            archive.addfile(member, io.BytesIO(plan(k).encode()))
    (tmp_path / "list").write_text("in/0001.txt\n")
    done = planparse("batch", "in", "in/0*.txt", "--files-from", "list", "@-", "-o", "out.jsonl", stdin=b"in/0000.txt\n\nt.tar.gz\n")
    assert done.returncode == 0, done.stderr.decode()
    assert names(tmp_path / "out.jsonl") == [
        "in/0000.txt", "in/0001.txt", "in/deep/计划.txt", "in/z.zip!/学校/甲.txt", "t.tar.gz!/t0.txt", "t.tar.gz!/t1.txt", "t.tar.gz!/t2.txt",
    ]  # fmt: skip


def test_names_in_zip_archives_of_chinese_windows(tmp_path):
    """Their names are GBK and nothing says so; Python's own archives say UTF-8 by a flag."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("aaaa.txt", plan(1))
    data = (tmp_path / "a.zip").read_bytes().replace(b"aaaa", "计划".encode("gbk"))
    (tmp_path / "a.zip").write_bytes(data)
    assert read_all(listed(tmp_path / "a.zip")) == {f"{tmp_path}/a.zip!/计划.txt": plan(1).encode()}


def test_a_packed_archive_whose_reading_was_interrupted_is_opened_anew(tmp_path, monkeypatch):
    """An alarm may ring in the middle of unpacking; then the unpacker does not know any more where it is."""
    import gzip

    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        for k in range(3):
            data = plan(k).encode() * 5000
            member = tarfile.TarInfo(f"{k}.txt")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    found = listed(tmp_path / "a.tar.gz")
    opened = Opened()
    first, second, third = files(found, opened)
    assert first.load() == plan(0).encode() * 5000
    real = gzip._GzipReader.read

    def rings(self, size=-1):
        real(self, size)
        raise TimeoutError

    with monkeypatch.context() as patch:
        patch.setattr(gzip._GzipReader, "read", rings)
        with pytest.raises((TimeoutError, InputError)):
            second.load()
    assert third.load() == plan(2).encode() * 5000
    opened.close()


def test_archives_that_are_damaged_or_locked_get_a_record(planparse, tmp_path):
    (tmp_path / "a.zip").write_bytes(b"no archive")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        archive.writestr("a.txt", plan(1))
    data = bytearray((tmp_path / "b.zip").read_bytes())
    data[data.index(b"PK\1\2") + 8] |= 1  # the flag of a password
    (tmp_path / "b.zip").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as archive:
        archive.writestr("a.txt", plan(1))
    (tmp_path / "c.zip").write_bytes((tmp_path / "c.zip").read_bytes().replace("第1小学".encode(), "第2小学".encode()))
    with tarfile.open(tmp_path / "d.tar", "w") as archive:
        for name in ("1.txt", "2.txt"):
            member = tarfile.TarInfo(name)
            member.size = 4000
            archive.addfile(member, io.BytesIO((plan(1) * 60).encode()))
    (tmp_path / "d.tar").write_bytes((tmp_path / "d.tar").read_bytes()[:6000])
    done = planparse("batch", "a.zip", "b.zip", "c.zip", "d.tar", "-o", "out.jsonl")
    assert done.returncode == 1
    found = {record["source"]["name"]: (record["error"] or {}).get("message", "") for record in records(tmp_path / "out.jsonl")}
    assert list(found) == ["a.zip", "b.zip!/a.txt", "c.zip!/a.txt", "d.tar", "d.tar!/1.txt", "d.tar!/2.txt"]
    assert "not a zip file" in found["a.zip"]
    assert found["d.tar!/1.txt"] == ""
    assert found["d.tar"].startswith("d.tar: cannot be read")
    assert "cut off" in found["d.tar!/2.txt"]
    assert "password" in found["b.zip!/a.txt"]
    assert "CRC" in found["c.zip!/a.txt"]


def test_a_file_that_would_fill_all_memory_is_not_read(tmp_path):
    """A zip archive of a few bytes may hold a file of any size."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("bomb.txt", plan(1))
    (bomb,) = listed(tmp_path / "a.zip")
    opened = Opened()
    (file,) = files([bomb._replace(size=(1 << 30) + 1)], opened)
    with pytest.raises(InputError, match="too big"):
        file.load()
    opened.close()


def pack(path, rows):
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def test_packs_hold_a_document_in_each_row(planparse, tmp_path):
    rows = [{"name": "甲.txt", "text": plan(1)}, {"text": plan(2)}, {"name": "c"}]
    pack(tmp_path / "a.jsonl", rows)
    with (tmp_path / "a.jsonl").open("ab") as file:
        file.write(b"{broken\n")
    done = planparse("batch", "a.jsonl", "-o", "out.jsonl")
    assert done.returncode == 1
    found = records(tmp_path / "out.jsonl")
    lengths = [len(json.dumps(row, ensure_ascii=False).encode()) + 1 for row in rows]
    at = [sum(lengths[:k]) for k in range(4)]
    assert [record["source"]["name"].partition("!/")[2] for record in found] == ["甲.txt", f"@{at[1]}", "c", f"@{at[3]}"]
    assert [bool(record["error"]) for record in found] == [False, False, True, True]
    assert found[0]["document"]["plans"][0]["title"] == "第1小学2024年工作计划"


def test_a_pack_that_is_read_in_stretches_gives_each_row_once(tmp_path, monkeypatch):
    rows = [{"name": str(k), "text": plan(k)} for k in range(200)]
    pack(tmp_path / "a.jsonl", rows)
    whole = read_all(listed(tmp_path / "a.jsonl"))
    assert [name.partition("!/")[2] for name in whole] == [str(k) for k in range(200)]
    starts = {len("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows[:k]).encode()) for k in (1, 2)}
    for step in (100, 333, *starts):
        monkeypatch.setattr("planparse.corpus.packs.STRETCH", step)
        found = listed(tmp_path / "a.jsonl")
        assert len(found) > 1
        opened = Opened()
        assert [(file.name, file.load()) for file in files(found, opened)] == list(whole.items())
        opened.close()


def test_packs_of_parquet(tmp_path, monkeypatch):
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr("planparse.corpus.packs.ROWS", 7)
    table = arrow.table({"path": [f"{k}.txt" for k in range(40)], "content": [plan(k).encode() for k in range(40)]})
    parquet.write_table(table, tmp_path / "a.parquet", row_group_size=16)
    found = listed(tmp_path / "a.parquet")
    assert len(found) == 3 + 3 + 2
    assert read_all(found) == {f"{tmp_path}/a.parquet!/{k}.txt": plan(k).encode() for k in range(40)}
    assert listed(tmp_path) == [], "in a folder it may be a result"


def test_packed_packs(tmp_path):
    import gzip

    zstandard = pytest.importorskip("zstandard")
    pack(tmp_path / "a.jsonl", [{"id": k, "content": plan(k)} for k in range(3)])
    data = (tmp_path / "a.jsonl").read_bytes()
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(data))
    (tmp_path / "c.jsonl.zst").write_bytes(zstandard.compress(data))
    contents = list(read_all(listed(tmp_path / "a.jsonl")).values())
    assert list(read_all(listed(tmp_path / "b.jsonl.gz")).values()) == contents
    assert list(read_all(listed(tmp_path / "c.jsonl.zst")).values()) == contents


def test_urls_are_read_and_written(planparse, tmp_path):
    """In memory, which other processes do not see: so this one does the work."""
    fsspec = pytest.importorskip("fsspec")
    from planparse.corpus.engines import Here

    system = fsspec.filesystem("memory")
    for k in range(3):
        system.pipe_file(f"/urls/in/{k}.txt", plan(k).encode())
    system.pipe_file("/urls/in/no.exe", b"")
    found = listed("memory://urls/in", out="memory://urls/out")
    assert [item.name for item in found] == [f"memory://urls/in/{k}.txt" for k in range(3)]
    assert listed("memory://urls/in/*.txt") == found
    job = Job("memory://urls/out", Asked(), "0", read_document, time.perf_counter)
    ledger = Ledger(Folder(job.folder), job.key)
    ledger.folder.make()
    assert run(job, ledger, found, Here()).files == 3
    again = Ledger(Folder(job.folder), job.key)
    again.load()
    assert again.todo(found) == []
    assert [json.loads(line)["source"]["name"] for line in again.records(found)] == [item.name for item in found]
    with pytest.raises(InputError, match="there is no such file"):
        listed("memory://urls/nothing")
    fill(tmp_path / "in", 2)
    assert planparse("batch", f"file://{tmp_path}/in", "-o", f"file://{tmp_path}/out.jsonl").returncode == 0
    assert names(tmp_path / "out.jsonl") == [f"{tmp_path}/in/{k:04d}.txt" for k in range(2)]


# -- what is not done twice ----------------------------------------------------------------------------------------


def told(done):
    """How many files a run read."""
    match = re.search(r"(\d+) files read", done.stderr.decode())
    return int(match[1]) if match else 0


def test_only_what_is_new_or_changed_is_read_again(planparse, tmp_path):
    fill(tmp_path / "in", 12)
    first = planparse("batch", "in", "-o", "out.jsonl", "--resume")
    assert (first.returncode, told(first)) == (0, 12)
    again = planparse("batch", "in", "-o", "out.jsonl", "--resume")
    assert again.stderr.decode() == "planparse: nothing to do: 12 records are up to date\n"
    os.utime(tmp_path / "in" / "0003.txt", ns=(1, 1))  # written again, as it was
    (tmp_path / "in" / "0004.txt").write_text(plan(99), "utf-8")
    (tmp_path / "in" / "0000a.txt").write_text(plan(100), "utf-8")
    (tmp_path / "in" / "0005.txt").unlink()
    assert told(planparse("batch", "in", "-o", "out.jsonl", "--resume")) == 2
    resumed = records(tmp_path / "out.jsonl")
    assert planparse("batch", "in", "-o", "fresh.jsonl").returncode == 0
    assert same(resumed) == same(records(tmp_path / "fresh.jsonl"))
    assert told(planparse("batch", "in", "-o", "out.jsonl", "--resume", "--year", "2020")) == 12, "other documents come of other options"


def test_a_folder_holds_each_record_once_whatever_came_before(planparse, tmp_path):
    fill(tmp_path / "in", 6)
    assert planparse("batch", "in", "-o", "out/").returncode == 0
    (tmp_path / "in" / "0001.txt").write_text(plan(99), "utf-8")
    (tmp_path / "in" / "0002.txt").unlink()
    (tmp_path / "out" / "mine.txt").write_text("not a part")
    assert planparse("batch", "in", "-o", "out/", "--resume").returncode == 0
    assert sorted(names(tmp_path / "out")) == [f"in/{k:04d}.txt" for k in (0, 1, 3, 4, 5)]
    assert (tmp_path / "out" / "mine.txt").exists()


def test_errors_are_kept_until_they_are_to_be_tried_again(planparse, tmp_path):
    (tmp_path / "big.txt").write_text("".join(map(plan, range(1000))), "utf-8")
    assert planparse("batch", "big.txt", "-o", "out.jsonl", "--timeout", "0.01").returncode == 1
    again = planparse("batch", "big.txt", "-o", "out.jsonl", "--resume")
    assert (again.returncode, told(again)) == (1, 0)
    retried = planparse("batch", "big.txt", "-o", "out.jsonl", "--resume", "--retry")
    assert (retried.returncode, told(retried)) == (0, 1)
    assert all(record["document"] for record in records(tmp_path / "out.jsonl"))


def test_an_interrupted_run_is_not_thrown_away_by_mistake(planparse, tmp_path):
    fill(tmp_path / "in", 2)
    assert planparse("batch", "in", "-o", "out.jsonl").returncode == 0
    (tmp_path / "out.jsonl.parts" / "finished.json").unlink()
    refused = planparse("batch", "in", "-o", "out.jsonl")
    assert refused.returncode == 2
    assert "go on with --resume" in refused.stderr.decode()
    assert planparse("batch", "in", "-o", "out.jsonl", "--resume").returncode == 0


def test_a_result_that_was_removed_is_put_together_again(planparse, tmp_path):
    fill(tmp_path / "in", 3)
    assert planparse("batch", "in", "-o", "out.jsonl").returncode == 0
    before = (tmp_path / "out.jsonl").read_bytes()
    (tmp_path / "out.jsonl").unlink()
    again = planparse("batch", "in", "-o", "out.jsonl", "--resume")
    assert (again.returncode, told(again)) == (0, 0)
    assert (tmp_path / "out.jsonl").read_bytes() == before


def test_with_nothing_to_do_no_parser_is_loaded(tmp_path):
    fill(tmp_path / "in", 2)
    command = [sys.executable, "-X", "importtime", "-m", "planparse", "batch", "in", "-o", "out.jsonl", "--resume"]
    for _ in range(2):
        done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, check=True, text=True, timeout=60)
    loaded = set(re.findall(r"^import time:.*\| +(\S+)$", done.stderr, re.MULTILINE))
    slow = {
        "planparse.syntax.parse",
        "planparse.dates.resolve",
        "multiprocessing",
        "concurrent.futures",
        "rich",
        "pydantic",
        "jieba",
        "fsspec",
    }
    assert loaded & slow == set()
    assert "planparse.corpus.ledger" in loaded


# -- shares and shards ---------------------------------------------------------------------------------------------


def test_shares_of_several_machines_make_the_whole(planparse, tmp_path):
    fill(tmp_path / "in", 20)
    for k in (1, 2, 3):
        done = planparse("batch", "in", "-o", "out.jsonl", "--shard", f"{k}/3")
        assert done.returncode == 0
        assert "this share is done" in done.stderr.decode()
        assert not (tmp_path / "out.jsonl").exists()
    last = planparse("batch", "in", "-o", "out.jsonl", "--resume")
    assert (last.returncode, told(last)) == (0, 0)
    assert names(tmp_path / "out.jsonl") == [f"in/{k:04d}.txt" for k in range(20)]


def item(name, size=1, stamp="1"):
    return Item(name, name, size, stamp)


ITEMS = st.lists(
    st.tuples(st.text("ab/计", min_size=1, max_size=6), st.integers(0, BYTES + 1)), max_size=40, unique_by=lambda pair: pair[0]
)


@given(ITEMS, st.randoms(use_true_random=False), st.integers(1, 7))
def test_shares_and_shards_are_the_same_whoever_plans_them(pairs, dice, count):
    found = [item(name, size) for name, size in pairs]
    shuffled = found[:]
    dice.shuffle(shuffled)
    assert ordered(shuffled) == ordered(found)
    shares = [share(ordered(found), k, count) for k in range(1, count + 1)]
    assert sorted(part for one in shares for part in one) == sorted(found), "each item is in one share"
    shards = list(plan_shards(ordered(found), "key"))
    assert [part for shard in shards for part in shard.items] == ordered(found)
    assert len({shard.id for shard in shards}) == len(shards)
    assert shards == list(plan_shards(ordered(shuffled), "key"))
    assert all(len(shard.items) <= FILES and sum(part.size for part in shard.items[:-1]) < BYTES for shard in shards)


def test_the_id_of_a_shard_tells_all_that_its_records_depend_on():
    def id_of(key="key", **changes):
        return next(plan_shards([item("a")._replace(**changes)], key)).id

    assert id_of() == id_of()
    assert len({id_of(), id_of("other"), id_of(name="b"), id_of(size=2), id_of(stamp="2")}) == 5


def test_an_index_is_read_as_it_was_written():
    index = Index("part-1.jsonl", "key", 10, [Row("a\udcff\u2028", 1, "2", "f" * 64, 3, {"timeout": 1})])
    assert Index.read(index.written()) == index
    assert Index.read(index.written()[:-9]) is None
    assert Index.read(b"") is None


# -- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "no file was named"),
        (("in",), "-o is missing"),
        (("in", "-o", "out.txt"), "its name tells no format"),
        (("in", "-o", "no/out.jsonl"), "its folder does not exist"),
        (("in", "-o", "in/0000.txt/"), "this is a file"),
        (("nothing", "-o", "out.jsonl"), "there is no such file"),
        (("*.doc", "-o", "out.jsonl"), "no file fits this pattern"),
        (("@nothing", "-o", "out.jsonl"), "there is no such file"),
        (("in", "-o", "out.jsonl", "--shard", "3/2"), "write it as 3/8"),
        (("in", "-o", "out.jsonl", "--max-memory", "much"), "write it as 500M or 2G"),
        (("a.jsonl", "-o", "a.jsonl"), "this is an input"),
        (("empty", "-o", "out.jsonl"), "there is no file to read"),
        (("in", "-o", "out.jsonl", "--address", "auto"), "--address needs --engine ray"),
        (("nowhere://in", "-o", "out.jsonl"), "cannot be opened"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_done(planparse, tmp_path, arguments, message):
    fill(tmp_path / "in", 1)
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.jsonl").write_text("{}")
    done = planparse("batch", *arguments)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert len(done.stderr.splitlines()) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.jsonl", "empty", "in"]
    assert (tmp_path / "a.jsonl").read_text() == "{}"


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX terminal")
def test_a_terminal_is_shown_how_far_it_is(tmp_path):
    import pty

    fill(tmp_path / "in", 30)
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "planparse", "batch", "in", "-o", "out.jsonl"]
    process = subprocess.Popen(command, cwd=tmp_path, env=environment() | {"TERM": "xterm"}, stderr=slave, stdout=subprocess.DEVNULL)
    os.close(slave)
    shown = b""
    try:
        while piece := os.read(master, 4096):
            shown += piece
    except OSError:  # the other end is closed
        pass
    os.close(master)
    assert process.wait(60) == 0
    assert "100%" in shown.decode()
    assert "30 files, " in shown.decode()


def test_a_package_that_is_missing_is_said_before_all_is_read(monkeypatch):
    from planparse.corpus.output import output
    from planparse.errors import MissingPackage

    monkeypatch.setattr("planparse.corpus.output.find_spec", lambda _: None)
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(MissingPackage, match=r"planparse\[store\]"):
        output("out.jsonl.zst")


def test_the_library_refuses_what_the_command_does():
    with pytest.raises(PlanparseError):
        listed(ROOT / "nothing")
