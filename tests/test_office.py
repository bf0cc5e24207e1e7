"""Old office files: what a container holds, and LibreOffice as the bridge to .docx."""

import io
import os
import select
import stat
import subprocess
import sys
import zipfile

import pytest

from planparse.errors import InputError
from planparse.readers import office

RTF = (
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0 WenQuanYi Zen Hei;}}\f0\fs24 "
    + "".join(rf"\u{ord(c)}?" for c in "第三中学工作计划") + r"\par "
    + "".join(rf"\u{ord(c)}?" for c in "一、加强备课") + r"\par}"
)  # fmt: skip


def container(*names, size=512):
    """An OLE container whose directory has entries of these names."""
    header = bytearray(512)
    header[:8] = office.OLE
    header[30:32] = {512: 9, 4096: 12}[size].to_bytes(2, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[76:512] = b"\xff" * 436
    header[76:80] = bytes(4)
    table = bytearray(b"\xff" * size)
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\0") + (2 * len(name) + 2).to_bytes(2, "little") + bytes(62) for name in names)
    count = -(-len(entries) // size) or 1
    for k in range(count):
        table[4 * (k + 1) : 4 * (k + 2)] = (k + 2 if k + 1 < count else 0xFFFFFFFE).to_bytes(4, "little")
    return bytes(header).ljust(size, b"\0") + bytes(table) + entries.ljust(count * size, b"\0")


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["Root Entry", "WordDocument", "1Table"], "doc"),
        (["Root Entry", "Workbook"], "xls"),
        (["Root Entry", "Book"], "xls"),
        (["Root Entry", "PowerPoint Document"], "ppt"),
        (["Root Entry", "EncryptionInfo", "EncryptedPackage"], "encrypted"),
        (["Root Entry", "a", "b", "c", "d", "e", "WordDocument"], "doc"),
        (["Root Entry", "MyWordDocument", "Workbooks"], None),
        ([], None),
    ],
)
@pytest.mark.parametrize("size", [512, 4096])
def test_what_a_container_holds(names, kind, size):
    assert office.kind_of(container(*names, size=size)) == kind


def test_words_in_the_text_of_a_container_are_no_streams():
    assert office.kind_of(container("Root Entry") + "WordDocument".encode("utf-16-le")) is None


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", office.OLE, office.OLE + b"\xff" * 600, office.OLE + bytes(600), container("WordDocument")[:700]]
)
def test_what_is_no_container_or_a_broken_one_is_of_no_kind(data):
    assert office.kind_of(data) is None


def test_a_directory_that_runs_in_a_circle_ends():
    data = bytearray(container("Root Entry", "a", "b", "c", "d"))
    data[512 + 8 : 512 + 12] = (1).to_bytes(4, "little")
    assert office.kind_of(bytes(data)) is None


def test_without_libreoffice_the_message_says_what_to_do(monkeypatch):
    monkeypatch.setattr(office, "PROGRAMS", ("no-such-program",))
    with pytest.raises(InputError) as caught:
        office.convert(b"{\\rtf1}", ".rtf", "计划.rtf")
    assert str(caught.value) == (
        "计划.rtf: reading a rich text file (.rtf) needs LibreOffice; install it (https://www.libreoffice.org, or: apt install libreoffice-writer) "
        "or save the file as .docx"
    )


@pytest.fixture
def imitation(tmp_path, monkeypatch):
    """Puts a shell script in LibreOffice's place; `$out` is the folder to write to."""
    if sys.platform == "win32":
        pytest.skip("the imitation is a shell script")

    def install(script):
        program = tmp_path / "soffice"
        program.write_text('#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nout="$2" source="$3"\n' + script, encoding="utf-8")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setattr(office, "PROGRAMS", (str(program),))

    return install


def test_a_program_that_hangs_is_stopped_with_all_it_started(imitation, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    imitation(f'exec 9> "{tmp_path}/pipe"\nsleep 60 &\nsleep 60\n')
    with pytest.raises(InputError, match=r"^a\.rtf: LibreOffice took longer than 0\.5 seconds; save the file as \.docx$"):
        office.convert(b"{\\rtf1}", ".rtf", "a.rtf", seconds=0.5)
    watch = select.poll()
    watch.register(reader, 0)
    assert watch.poll(5000) == [(reader, select.POLLHUP)]  # nobody holds the other end any more
    os.close(reader)


@pytest.mark.parametrize(
    "script", ["exit 0", "exit 1", 'mkdir "$out"; echo made > "$out/plan.docx"; exit 3', 'mkdir "$out"; : > "$out/plan.docx"']
)
def test_a_program_that_fails_is_told(imitation, script):
    imitation(script)
    with pytest.raises(InputError, match=r"^a\.odt: LibreOffice cannot read an OpenDocument file \(\.odt\); open it"):
        office.convert(b"x", ".odt", "a.odt")


def test_the_program_sees_a_safe_name_and_a_home_of_its_own(imitation):
    imitation('mkdir "$out"; { basename "$source"; echo "$HOME"; dirname "$out"; ls "$HOME"; } > "$out/plan.docx"')
    name, home, parent, *left = office.convert(b"x", ".wps", "$(touch x); --计划.wps").decode().split()
    assert name == "plan.doc"
    assert home == parent
    assert left == ["out", "plan.doc", "profile"]


def test_nothing_is_left_behind(imitation, tmp_path, monkeypatch):
    monkeypatch.setattr(office.tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    imitation('mkdir "$out"; echo made > "$out/plan.docx"')
    assert office.convert(b"x", ".doc", "a.doc") == b"made\n"
    assert not list((tmp_path / "temporary").iterdir())


@pytest.fixture(scope="module")
def old(soffice, tmp_path_factory):
    """The same plan as .doc and .odt, by LibreOffice."""
    folder = tmp_path_factory.mktemp("old")
    (folder / "plan.rtf").write_text(RTF, encoding="ascii")
    command = [soffice, "--headless", "--norestore", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to"]
    for form in ("doc:MS Word 97", "odt"):
        subprocess.run([*command, form, "--outdir", folder, folder / "plan.rtf"], check=True, capture_output=True, timeout=120)
    return {path.suffix: path.read_bytes() for path in folder.glob("plan.*")}


@pytest.mark.parametrize("suffix", [".doc", ".odt", ".rtf", ".wps"])
def test_old_files_become_docx(old, suffix):
    made = office.convert(old.get(suffix, old[".doc"]), suffix, "计划" + suffix)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "第三中学工作计划" in text
    assert "一、加强备课" in text


def test_a_word_file_of_libreoffice_is_known(old):
    assert office.kind_of(old[".doc"]) == "doc"
    assert office.kind_of(old[".odt"]) is None


def test_a_damaged_file_is_told(old):
    with pytest.raises(InputError, match=r"^a\.odt: LibreOffice cannot read an OpenDocument file"):
        office.convert(old[".odt"][:300], ".odt", "a.odt")
