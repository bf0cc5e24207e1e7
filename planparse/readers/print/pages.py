"""Pages of a PDF file as glyphs and strokes with their places, through pdfminer.

Loaded only after `extras.need("pdfminer")`. Lengths are points (1/72 inch); tops and bottoms count downwards from the page's upper edge.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from math import isfinite
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTCurve, LTFigure, LTImage, LTPage, LTRect
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import stream_value

from planparse.errors import InputError
from planparse.readers.print.fonts import Fonts
from planparse.readers.print.lines import Glyph, Sheet, Stroke
from planparse.readers.signs import SPELLED

MOST_PAGES = 5_000
MOST_ON_A_PAGE = 50_000
"""More characters, or more strokes, than this are not taken from one page."""
MOST_CHARACTERS = 3_000_000
"""Of all pages; after them reading stops."""
MOST_DRAWN = 16 << 20
"""How many bytes of drawing commands are obeyed on one page; a form counts each time it is used."""
FORM = 2_000
"""What using a form costs, in such bytes, even if it draws nothing."""
MOST_DRAWN_IN_ALL = 8 * MOST_DRAWN
"""The same for all pages; after them reading stops."""
MOST_UNPACKED = 256 << 20
"""How many bytes all packed streams but pictures may unpack to."""
FARTHEST = 100_000
"""What stands farther out than this, in points, is on no page."""
THIN = 4
"""A filled shape no wider than this many points is a stroke."""

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
# Some programs name the strokes of a letter instead of the letter: ⽉ for 月. Unicode says which letter is meant for the
# older block only; for the newer one this table does, as far as its letters stand alone in simplified text.
_RADICALS = dict(
    zip(
        "⺎⺒⺓⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "兀巳幺母民虎西见角贝车长门青韦页风飞马骨鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
LETTERS = str.maketrans(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | _RADICALS | SPELLED
    | dict.fromkeys(range(0x20), " ") | dict.fromkeys((0x7F, 0xAD, 0x200B, 0xFEFF)) | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
)  # fmt: skip


class _Device(PDFPageAggregator):
    """Takes what a page shows, up to the limits."""

    def __init__(self, resources: PDFResourceManager, number: int) -> None:
        super().__init__(resources, number)
        self.room = {"glyphs": MOST_ON_A_PAGE, "strokes": MOST_ON_A_PAGE, "bytes": MOST_DRAWN}

    def take(self, kind: str, count: int = 1) -> bool:
        """Whether there is room for as many more of a kind."""
        self.room[kind] -= count
        return self.room[kind] >= 0

    def render_char(self, *args: Any, **kwargs: Any) -> float:
        return super().render_char(*args, **kwargs) if self.take("glyphs") else 0.0

    def paint_path(self, *args: Any, **kwargs: Any) -> None:
        if self.take("strokes"):
            super().paint_path(*args, **kwargs)


class _Interpreter(PDFPageInterpreter):
    """Obeys drawing commands, up to the limits: forms that use forms could otherwise double without end."""

    def execute(self, streams: Sequence[object]) -> None:
        device = self.device
        assert isinstance(device, _Device)
        device.take("bytes", FORM)
        held = [stream_value(stream) for stream in streams]
        if device.take("bytes", sum(len(stream.get_data()) for stream in held if getattr(stream.get("Subtype"), "name", "") != "Image")):
            super().execute(streams)


def read_sheets(data: bytes, name: str, notices: list[tuple[str, dict[str, str | int]]]) -> Iterator[Sheet]:
    """The pages one after the other; each is forgotten when the next is asked for. What is odd goes into `notices`.

    Raises:
        InputError: The file is damaged, unpacks to more than can be held, or opens with a password only.
    """
    if unpacked(data) > MOST_UNPACKED:
        raise InputError(
            "{name}: this PDF file unpacks to more than {size} MB; print it to a new PDF file", name=name, size=MOST_UNPACKED >> 20
        )
    with BytesIO(data) as stream:
        file, fonts = _open(stream, name), Fonts()
        characters = drawn = number = failed = 0
        for number, entry in enumerate(_entries(file, name), 1):
            if number > MOST_PAGES or characters > MOST_CHARACTERS or drawn > MOST_DRAWN_IN_ALL:
                notices.append(("pages_left_out", {"page": number}))
                break
            try:
                device, sheet = _draw(fonts, entry, number)
                if abs(sheet.turns) > len(sheet.glyphs) + len(sheet.slanted) / 2:  # a page laid on its side
                    entry.rotate = (entry.rotate + (90 if sheet.turns > 0 else 270)) % 360
                    device, sheet = _draw(fonts, entry, number)
            except Exception:  # noqa: BLE001  # pdfminer raises whatever a damaged page makes Python raise
                failed += 1
                notices.append(("page_unreadable", {"page": number}))
                continue
            if min(device.room.values()) < 0:
                notices.append(("page_cut", {"page": number}))
            characters += len(sheet.glyphs) + len(sheet.slanted)
            drawn += MOST_DRAWN - device.room["bytes"]
            yield sheet
        if failed == number:
            raise _damaged(name)


def unpacked(data: bytes) -> int:
    """How many bytes the packed streams unpack to, pictures apart; counting stops above the limit."""
    total = 0
    for match in _STREAM.finditer(data):
        at, before = match.end(), data[max(0, match.start() - 600) : match.start()].rpartition(b"obj")[2]
        if data[at : at + 1] not in (b"\x78", b"\x68", b"\x58", b"\x48") or (b"/Image" in before and b"/Width" in before):
            continue
        unpacker = zlib.decompressobj()
        try:
            while at < len(data) and not unpacker.eof and total <= MOST_UNPACKED:
                total += len(unpacker.decompress(data[at : at + 65536], 1 << 20))
                while unpacker.unconsumed_tail and total <= MOST_UNPACKED:
                    total += len(unpacker.decompress(unpacker.unconsumed_tail, 1 << 20))
                at += 65536
        except zlib.error:
            continue
        if total > MOST_UNPACKED:
            break
    return total


def _open(stream: BytesIO, name: str) -> PDFDocument:
    try:
        return PDFDocument(PDFParser(stream))
    except Exception as error:  # noqa: BLE001  # as above
        if any(isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in (error, *error.args)):
            raise InputError("{name}: this PDF file opens with a password only; save a copy without one", name=name) from None
        raise _damaged(name) from None


def _entries(file: PDFDocument, name: str) -> Iterator[PDFPage]:
    pages = PDFPage.create_pages(file)
    while True:
        try:
            yield next(pages)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001  # as above
            raise _damaged(name) from None


def _damaged(name: str) -> InputError:
    return InputError("{name}: this PDF file is damaged; open it in a PDF program and save or print it anew", name=name)


def _draw(fonts: Fonts, page: PDFPage, number: int) -> tuple[_Device, Sheet]:
    device = _Device(fonts, number)
    _Interpreter(fonts, device).process_page(page)
    return device, _sheet(device.get_result(), number)


def _sheet(page: LTPage, number: int) -> Sheet:
    sheet = Sheet(number, page.width, page.height)
    area = max(1.0, page.width * page.height)
    waiting: list[Any] = [page]
    while waiting:
        for item in waiting.pop():
            if isinstance(item, LTChar):
                _add_glyph(sheet, item)
            elif isinstance(item, LTCurve):  # lines and boxes are curves to pdfminer
                sheet.strokes.extend(stroke for stroke in _strokes(item, page.height) if _near(stroke[1:]))
                sheet.drawn += type(item) is LTCurve
            elif isinstance(item, LTImage):
                sheet.pictured += item.width * item.height / area
            elif isinstance(item, LTFigure):
                waiting.append(item)
    return sheet


def _add_glyph(sheet: Sheet, item: LTChar) -> None:
    text = item.get_text()
    if text.startswith("(cid:"):  # what pdfminer writes for a letter that the font does not tell
        sheet.unmapped += 1
        text = "\ufffd"
    text = text.translate(LETTERS)
    places = (item.x0, item.x1, sheet.height - item.y1, sheet.height - item.y0, max(1.0, item.size))
    if text and _near(places):
        across, turn = item.matrix[:2]
        (sheet.glyphs if abs(turn) <= abs(across) / 10 else sheet.slanted).append(Glyph(text, *places))
        if abs(across) <= abs(turn) / 10:
            sheet.turns += 1 if turn > 0 else -1


def _near(numbers: Sequence[float]) -> bool:
    return all(isfinite(number) and abs(number) < FARTHEST for number in numbers)


def _strokes(shape: LTCurve, height: float) -> list[Stroke]:
    """A line, or a filled shape as thin as one, as a stroke along its middle; else the upright and level parts of its outline."""
    if shape.width <= THIN and shape.height > shape.width:
        return [Stroke(True, (shape.x0 + shape.x1) / 2, height - shape.y1, height - shape.y0)]
    if shape.height <= THIN:
        return [Stroke(False, height - (shape.y0 + shape.y1) / 2, shape.x0, shape.x1)]
    strokes = []
    for (x0, y0), (x1, y1) in pairwise(shape.pts) if shape.stroke else ():
        if abs(x0 - x1) < 0.5:
            strokes.append(Stroke(True, x0, height - max(y0, y1), height - min(y0, y1)))
        elif abs(y0 - y1) < 0.5:
            strokes.append(Stroke(False, height - y0, min(x0, x1), max(x0, x1)))
    if isinstance(shape, LTRect) and strokes:
        strokes.append(Stroke(True, shape.x0, height - shape.y1, height - shape.y0))
    return strokes
