"""The bridge to LibreOffice: old Word, WPS, rich text and OpenDocument files become .docx; and what an old Office file holds."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from planparse.errors import InputError, NotInstalled, Term

SECONDS = 60
"""How long one file may take."""

KINDS = {".doc": Term("an old Word file (.doc)"), ".wps": Term("a WPS file (.wps)"), ".rtf": Term("a rich text file (.rtf)"),
         ".odt": Term("an OpenDocument file (.odt)")}  # fmt: skip
"""The suffixes that can be converted. A .wps file of WPS Office is a .doc file by another name."""

PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
"""Names on the search path, and where the program is installed on macOS and Windows."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a container of an old Office file begins."""

SMALLEST = 512
"""A container has so many bytes at least: its header."""

STREAMS = (("EncryptedPackage", "encrypted"), ("WordDocument", "doc"), ("Workbook", "xls"), ("Book", "xls"), ("PowerPoint Document", "ppt"))
"""The streams that tell what a container holds, the telling ones first."""

LONGEST_DIRECTORY = 1_000
"""So many sectors of a container's directory are looked at, so many entries of its chain followed."""

# Macros stay off at the highest level, and links to other files are not followed.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""


def find_program() -> str | None:
    """The path of LibreOffice, or None when it is not installed."""
    return next((found for program in PROGRAMS if (found := shutil.which(program))), None)


def convert(data: bytes, suffix: str, name: str, seconds: float = SECONDS) -> bytes:
    """The file as .docx.

    Args:
        data: The file.
        suffix: What its name ends with, a key of `KINDS`.
        name: What messages call it.
        seconds: How long the program may take.

    Raises:
        InputError: LibreOffice is not installed, takes too long, or cannot read the file.
    """
    kind = KINDS[suffix]
    program = find_program()
    if program is None:
        raise NotInstalled(
            "{name}: reading {kind} needs LibreOffice; install it (https://www.libreoffice.org, or: apt install libreoffice-writer) "
            "or save the file as .docx",
            name=name, kind=kind,
        )  # fmt: skip
    # The program may still be letting go of its files when it is stopped.
    with tempfile.TemporaryDirectory(prefix="planparse-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        user = home / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        # Word wrote both: LibreOffice knows the container by its bytes, the suffix picks no wrong filter.
        source = home / ("plan" + (".doc" if suffix == ".wps" else suffix))
        source.write_bytes(data)
        code = _run(program, home, source, seconds)
        if code is None:
            raise InputError(
                "{name}: LibreOffice took longer than {seconds} seconds; save the file as .docx", name=name, seconds=f"{seconds:g}"
            )
        try:
            made = (home / "out" / "plan.docx").read_bytes()  # the exit code is 0 for a file it cannot read
        except OSError:
            made = b""
        if code != 0 or not made:
            raise InputError(
                "{name}: LibreOffice cannot read {kind}; open it in the program that wrote it and save it as .docx", name=name, kind=kind
            )
        return made


def _run(program: str, home: Path, source: Path, seconds: float) -> int | None:
    """Runs the conversion; returns the exit code, None when time ran out."""
    command = [
        program, "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(home / "out"), str(source),
    ]  # fmt: skip
    places = dict.fromkeys(
        ("HOME", "TMPDIR", "TMP", "TEMP", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"), str(home)
    )
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"} | places
    if sys.platform == "win32":
        environment["SYSTEMROOT"] = str(Path(shutil.which("cmd") or r"C:\Windows\System32\cmd.exe").parents[1])
    process = subprocess.Popen(  # noqa: S603  # the program is LibreOffice, the arguments are ours
        command,
        cwd=home,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        # Once it has ended, its number may belong to another program.
        if process.poll() is None:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ends the program and all it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def kind_of(data: bytes) -> str | None:
    """What an old Office container holds: doc, xls, ppt or encrypted; None when it is no container or holds something else."""
    if not data.startswith(OLE) or len(data) < SMALLEST:
        return None
    names = {entry[: max(0, int.from_bytes(entry[64:66], "little") - 2)] for entry in _entries(data)}
    return next((kind for stream, kind in STREAMS if stream.encode("utf-16-le") in names), None)


def _entries(data: bytes) -> list[bytes]:
    """The directory's entries, 128 bytes each: a name in UTF-16LE, its length, and more."""
    shift = int.from_bytes(data[30:32], "little")
    size = 1 << shift if shift in (9, 12) else 512
    # The table of the next sectors begins in the sectors that the header lists; a directory lies in its first part.
    table = b"".join(
        data[(s + 1) * size : (s + 2) * size] for k in range(76, 512, 4) if (s := int.from_bytes(data[k : k + 4], "little")) < 0xFFFFFFF0
    )
    sector, entries = int.from_bytes(data[48:52], "little"), list[bytes]()
    seen = set[int]()
    while sector not in seen and len(seen) < LONGEST_DIRECTORY and sector < 0xFFFFFFF0:
        seen.add(sector)
        block = data[(sector + 1) * size : (sector + 2) * size]
        entries += [block[k : k + 128] for k in range(0, len(block), 128)]
        sector = int.from_bytes(table[4 * sector : 4 * sector + 4] or b"\xff" * 4, "little")
    return entries
