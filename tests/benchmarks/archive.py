"""Makes an archive of plans: the samples with lines left out and other figures, in all formats that need no other program.

`generate(folder, count)` writes the same files whenever it is called.
"""

from __future__ import annotations

import html
import io
import random
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FIGURE = re.compile(r"(?<![\d.])\d{1,3}(?=[%人次个所万亿名项篇节场])")
NAMES = ("实验小学", "第一中学", "卫生院", "水务局", "图书馆", "幼儿园", "林业站", "社区中心", "交通局", "职业学校")
A_FOLDER = 500
"""So many files a folder has."""

Make = Callable[[random.Random, int], bytes]


def changed(text: str, dice: random.Random, *, lines: bool = True) -> str:
    """A text with other figures, and with some lines left out."""
    text = FIGURE.sub(lambda _: str(dice.randrange(2, 100)), text)
    if lines:
        first, *rest = text.splitlines()
        text = "\n".join([first, *(line for line in rest if dice.random() > 0.05)]) + "\n"
    return text


class Archive:
    """Knows the samples by their formats."""

    def __init__(self) -> None:
        self.texts = [
            path.read_text("utf-8")
            for path in sorted(SAMPLES.glob("*.txt"))
            if path.name not in ("gbk-notice.txt", "compilation-eight-plans.txt")
        ]
        self.markdown = (SAMPLES / "markdown-plan.md").read_text("utf-8")
        self.page = (SAMPLES / "school-site.html").read_text("gb18030")
        self.table = (SAMPLES / "tab-table-rowspan.txt").read_text("utf-8")
        self.packed = {path.suffix: path.read_bytes() for path in (SAMPLES / "automatic-numbers.docx", SAMPLES / "week-table.xlsx")}
        self.formats: tuple[tuple[str, Make], ...] = (
            (".txt", self.utf8), (".txt", self.gbk), (".md", self.md), (".html", self.web),
            (".docx", lambda dice, _: self.office(".docx", dice)), (".xlsx", lambda dice, _: self.office(".xlsx", dice)), (".csv", self.csv),
        )  # fmt: skip

    def text(self, dice: random.Random, k: int) -> str:
        """A plan, its title led by somebody's name."""
        return f"{NAMES[k % len(NAMES)]}{changed(dice.choice(self.texts), dice)}"

    def utf8(self, dice: random.Random, k: int) -> bytes:
        """As text."""
        return self.text(dice, k).encode()

    def gbk(self, dice: random.Random, k: int) -> bytes:
        """As text in the encoding of old Windows."""
        return self.text(dice, k).encode("gbk", "replace")

    def md(self, dice: random.Random, k: int) -> bytes:
        """As Markdown."""
        del k
        return changed(self.markdown, dice).encode()

    def web(self, dice: random.Random, k: int) -> bytes:
        """As a web page: every other is the sample, the others have paragraphs only."""
        if k % 2:
            return changed(self.page, dice, lines=False).encode("gb18030")
        title, *lines = self.text(dice, k).splitlines()
        body = "\n".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())
        return f"<!DOCTYPE html>\n<html><head><title>{html.escape(title)}</title></head><body><h1>{html.escape(title)}</h1>\n{body}</body></html>".encode()

    def office(self, suffix: str, dice: random.Random) -> bytes:
        """As a Word file or a workbook."""
        out = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.packed[suffix])) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for member in old.infolist():
                data = old.read(member)
                if member.filename in ("word/document.xml", "xl/sharedStrings.xml"):
                    data = changed(data.decode(), dice, lines=False).encode()
                new.writestr(zipfile.ZipInfo(member.filename), data, zipfile.ZIP_DEFLATED)
        return out.getvalue()

    def csv(self, dice: random.Random, k: int) -> bytes:
        """As a table."""
        del k
        rows = [line.split("\t") for line in changed(self.table, dice).splitlines() if "\t" in line]
        return "\n".join(",".join(cell.replace(",", "，") for cell in row) for row in rows).encode() + b"\n"


def generate(folder: Path, count: int, seed: int = 8) -> int:
    """Writes the files; their bytes in all."""
    archive, size = Archive(), 0
    for k in range(count):
        dice = random.Random(f"{seed} {k}")
        suffix, make = archive.formats[k % len(archive.formats)]
        place = folder / f"{k // A_FOLDER:03d}"
        place.mkdir(parents=True, exist_ok=True)
        data = make(dice, k)
        (place / f"plan-{k:06d}{suffix}").write_bytes(data)
        size += len(data)
    return size
