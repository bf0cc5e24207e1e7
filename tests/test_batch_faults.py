"""Whatever happens in the middle of a run: each file has one record in the end, and it is the right one."""

import ctypes
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import faulty
import pytest
from archives import batch, fill, plan, records, same
from conftest import environment

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no signals to send")
linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes as Linux shows them")

ROUNDS = int(os.environ.get("PLANPARSE_KILLS", "3"))
"""So often a run is killed."""


def write(folder, **texts):
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")


def kinds(done):
    return {name: record["error"]["kind"] for name, record in done.items() if record["error"]}


# -- files ---------------------------------------------------------------------------------------------------------


def test_a_file_that_hangs_gets_an_error_and_the_others_a_document(tmp_path):
    write(fill(tmp_path / "in", 3), hang="HANG\n", swallow="SWALLOW\n")
    outcome, done = batch(tmp_path / "in", tmp_path / "out", read=faulty.read, seconds=1)
    assert kinds(done) == {"hang.txt": "timeout", "swallow.txt": "timeout"}
    assert done["hang.txt"]["error"]["message"].endswith("hang.txt: took longer than 1 seconds")
    assert (outcome.files, outcome.errors["timeout"]) == (5, 2)
    assert all(done[f"{k:04d}.txt"]["document"]["plans"] for k in range(3))


def test_a_file_that_no_alarm_reaches_is_ended_with_its_process(tmp_path):
    write(fill(tmp_path / "in", 3), deaf="DEAF\n")
    _, done = batch(tmp_path / "in", tmp_path / "out", read=faulty.read, seconds=1)
    assert kinds(done) == {"deaf.txt": "timeout"}
    assert len(done) == 4


def test_a_file_that_ends_its_process_is_named(tmp_path):
    write(fill(tmp_path / "in", 5), die="DIE\n")
    _, done = batch(tmp_path / "in", tmp_path / "out", read=faulty.read)
    assert kinds(done) == {"die.txt": "crash"}
    assert len(done) == 6
    assert done["die.txt"]["source"]["sha256"]


def test_a_file_is_not_blamed_for_what_happened_once(tmp_path):
    write(fill(tmp_path / "in", 2), once=f"DIE ONCE {tmp_path / 'mark'}\n")
    _, done = batch(tmp_path / "in", tmp_path / "out", read=faulty.read)
    assert (tmp_path / "mark").exists()
    assert kinds(done) == {}
    assert len(done) == 3


@linux
def test_a_file_that_takes_all_memory_gets_an_error(tmp_path):
    write(fill(tmp_path / "in", 3), hog="HOG\n")
    _, done = batch(tmp_path / "in", tmp_path / "out", read=faulty.read, memory=200 << 20)
    assert kinds(done) == {"hog.txt": "memory"}
    assert len(done) == 4


def test_a_fault_of_ours_stops_nothing(tmp_path):
    write(fill(tmp_path / "in", 2), broken="BREAK\n")
    _, done = batch(tmp_path / "in", tmp_path / "out", read=faulty.read)
    assert kinds(done) == {"broken.txt": "fault"}
    assert "no such luck" in done["broken.txt"]["error"]["message"]


def test_the_command_ends_what_takes_too_long(planparse, tmp_path):
    """The text is so big that no machine parses it in the time."""
    write(fill(tmp_path / "in", 2), big="".join(map(plan, range(200_000))))
    done = planparse("batch", "in", "-o", "out.jsonl", "--timeout", "2")
    assert done.returncode == 1
    assert [record["error"] and record["error"]["kind"] for record in records(tmp_path / "out.jsonl")] == [None, None, "timeout"]
    assert "in/big.txt: took longer than 2 seconds" in done.stderr.decode()


@linux
def test_the_command_keeps_to_its_memory(planparse, tmp_path):
    write(fill(tmp_path / "in", 2), big="".join(map(plan, range(30_000))))
    done = planparse("batch", "in", "-o", "out.jsonl", "--max-memory", "30M")
    assert [record["error"] and record["error"]["kind"] for record in records(tmp_path / "out.jsonl")] == [None, None, "memory"]
    assert "in/big.txt: takes more memory than it may" in done.stderr.decode()


def powerless():
    """Takes from root what lets it read everything; others do not have it."""
    if os.geteuid() == 0:
        prctl = ctypes.CDLL(None).prctl
        for power in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
            assert prctl(24, power, 0, 0, 0) == 0


@linux
def test_a_file_and_a_folder_that_may_not_be_read(tmp_path):
    fill(tmp_path / "in", 2)
    fill(tmp_path / "in" / "shut", 2)
    (tmp_path / "in" / "0001.txt").chmod(0)
    (tmp_path / "in" / "shut").chmod(0)
    command = [sys.executable, "-m", "planparse", "batch", "in", "-o", "out.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, preexec_fn=powerless, check=False, timeout=60)
    (tmp_path / "in" / "shut").chmod(0o700)
    assert done.returncode == 1, done.stderr.decode()
    assert [(record["source"]["name"], bool(record["error"])) for record in records(tmp_path / "out.jsonl")] == [
        ("in/0000.txt", False),
        ("in/0001.txt", True),
        ("in/shut/", True),
    ]


def test_a_file_that_is_gone_when_it_is_its_turn(planparse, tmp_path):
    fill(tmp_path / "in", 2)
    (tmp_path / "in" / "link.txt").symlink_to("nowhere")
    (tmp_path / "list").write_text("in/0000.txt\nin/gone.txt\nin/link.txt\n")
    done = planparse("batch", "@list", "-o", "out.jsonl")
    assert done.returncode == 1
    found = records(tmp_path / "out.jsonl")
    assert [(record["source"]["name"], record["error"] and record["error"]["kind"]) for record in found] == [
        ("in/0000.txt", None),
        ("in/gone.txt", "unreadable"),
        ("in/link.txt", "unreadable"),
    ]


# -- processes -----------------------------------------------------------------------------------------------------


def start(folder, *arguments):
    command = [sys.executable, "-m", "planparse", "batch", *map(str, arguments)]
    return subprocess.Popen(command, cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def finished(folder, *arguments):
    """A run to its end; its exit code."""
    process = start(folder, *arguments)
    process.communicate(timeout=120)
    return process.returncode


def below(pid):
    """The processes that a process started, and those that these did."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents.setdefault(int((entry / "stat").read_text().rpartition(")")[2].split()[1]), []).append(int(entry.name))
            except (OSError, ValueError):
                continue
    found, left = [], [pid]
    while left:
        children = parents.get(left.pop(), [])
        found += children
        left += children
    return found


def workers(pid):
    """Those below a process that read files: they are the leaves that are no tracker of resources."""
    out = []
    for child in below(pid):
        try:
            words = Path(f"/proc/{child}/cmdline").read_bytes()
        except OSError:
            continue
        if b"forkserver" in words and not any(b"forkserver" in _line(grandchild) for grandchild in below(child)):
            out.append(child)
    return out


def _line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def gone(pid):
    """Whether a process has ended; one that nobody has asked for its exit code counts as ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """An archive of a few shards, its records, and how long it took to make them."""
    folder = tmp_path_factory.mktemp("archive")
    fill(folder / "in", 700)
    begun = time.monotonic()
    assert finished(folder, "in", "-o", "out.jsonl") == 0
    return folder / "in", same(records(folder / "out.jsonl")), time.monotonic() - begun


@linux
def test_a_run_that_is_killed_goes_on(undisturbed, tmp_path):
    """kill -9 at random moments: nothing is lost, nothing doubled, and no process is left behind."""
    source, expected, seconds = undisturbed
    dice = random.Random(1)
    killed = 0
    for _ in range(ROUNDS):
        process = start(tmp_path, source, "-o", "out.jsonl", "--resume")
        time.sleep(dice.uniform(0, seconds))
        family = below(process.pid)
        if process.poll() is None:
            process.kill()
            killed += 1
        process.communicate()
        end = time.monotonic() + 30
        while not all(map(gone, family)) and time.monotonic() < end:
            time.sleep(0.05)
        assert all(map(gone, family))
        if process.returncode == 0:
            assert named(source, records(tmp_path / "out.jsonl")) == expected
            (tmp_path / "out.jsonl").unlink()
            for part in (tmp_path / "out.jsonl.parts").iterdir():
                part.unlink()
    assert killed
    assert finished(tmp_path, source, "-o", "out.jsonl", "--resume") == 0
    assert named(source, records(tmp_path / "out.jsonl")) == expected
    assert not list((tmp_path / "out.jsonl.parts").glob("*.draft"))


@linux
def test_a_worker_that_is_killed_is_replaced(undisturbed, tmp_path):
    source, expected, seconds = undisturbed
    dice = random.Random(2)
    hit = 0
    for k in range(ROUNDS):
        process = start(tmp_path, source, "-o", f"out{k}.jsonl")
        while process.poll() is None:
            time.sleep(dice.uniform(0, seconds))
            found = workers(process.pid)
            if found:
                try:
                    os.kill(dice.choice(found), signal.SIGKILL)
                    hit += 1
                except ProcessLookupError:
                    continue
                break
        stderr = process.communicate(timeout=120)[1]
        assert process.returncode == 0, stderr.decode()
        assert named(source, records(tmp_path / f"out{k}.jsonl")) == expected
    assert hit


def named(source, found):
    """Records by names as if the archive had been named `in`."""
    text = str(source)
    out = same(found)
    for record in out:
        for holder in (record["source"], record["document"]["source"]):
            holder["name"] = holder["name"].replace(text, "in")
    return out


def test_a_full_disk_is_said_and_the_run_goes_on_later(tmp_path):
    """The disk is full for every file that grows over a limit."""
    import resource

    fill(tmp_path / "in", 450)

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

    command = [sys.executable, "-m", "planparse", "batch", "in", "-o", "out.jsonl"]
    done = subprocess.run(command, cwd=tmp_path, env=environment(), capture_output=True, preexec_fn=small, check=False, timeout=120)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"450 files have no record" in done.stderr
    assert not (tmp_path / "out.jsonl").exists()
    assert finished(tmp_path, "in", "-o", "out.jsonl", "--resume") == 0
    assert len(records(tmp_path / "out.jsonl")) == 450
