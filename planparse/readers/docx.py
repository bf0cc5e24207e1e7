"""Word files (.docx, .docm, .dotx): text, tables and automatic numbers as Word shows them, tracked changes accepted."""

from __future__ import annotations

import re
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Literal

from planparse.errors import InputError
from planparse.readers.blocks import Block, Content, Note, Paragraph
from planparse.readers.container import Archive, member, open_zip, parse_xml
from planparse.readers.detect import NAMED, detect, reader
from planparse.readers.text import decode
from planparse.readers.word.document import Reader
from planparse.readers.word.names import W, child, transitional
from planparse.readers.word.numbering import Numbering
from planparse.readers.word.styles import Styles
from planparse.readers.word.text import Words, collect, relations
from planparse.source import MARGIN, NOTE, PARAGRAPH, Origin

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOTE_PARTS: tuple[tuple[str, Literal["footnote", "endnote", "comment"]], ...] = (
    ("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment"),
)  # fmt: skip
PAGE_NUMBER = re.compile("[-—–·•~ \u3000\\d/第共页頁,，]{1,24}")
"""What a program counts by itself: the file says that there is a number, not which."""
MAIN = "word/document.xml"
DEEPEST = 3
"""So deep files within files are read."""
MOST_IMPORTED = 20
"""So many files within one file are read, each once: Word names each place's file anew."""
SEPARATORS = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def read(data: bytes, name: str, encoding: str | None = None) -> Content:
    """The paragraphs and tables of a Word file. `encoding` has no meaning here: the file says its own.

    Raises:
        InputError: The file is damaged, protected, or unpacks to more than any plan.
        PlanparseError: It holds a file of another format, and the package for that is not installed.
    """
    del encoding
    return _read(data, name, 0)


def _read(data: bytes, name: str, depth: int) -> Content:
    """As `read`; `depth` is in how many other files this one stands."""
    archive = open_zip(data, name)
    main, body = _body(archive, name)
    links = {
        key: (kind, normpath(join(dirname(main), target)).lstrip("/")) for key, (kind, target) in _relations(archive, main, name).items()
    }
    parts: dict[str, list[str]] = {}
    for kind, target in links.values():
        parts.setdefault(kind, []).append(target)
    styles = Styles(_first(archive, parts, "styles", name))
    numbering = Numbering(_first(archive, parts, "numbering", name))
    numbering.follow_links(styles.num_of_style)
    content = Content([], MEDIA_TYPE)

    taken: set[str] = set()

    def imported(key: str) -> list[Block]:
        path = links.get(key, ("", ""))[1]
        if path in taken or len(taken) == MOST_IMPORTED:
            return []
        taken.add(path)
        within = _imported(archive, path, name, depth)
        content.notices.extend(within.notices)
        return within.blocks

    story = Reader(styles, numbering, _notes(archive, parts, styles, name), imported)
    content.blocks = story.body(body)
    for kind in ("header", "footer"):
        content.blocks.extend(_margins(archive, parts.get(kind, []), styles, kind, name))
    if story.tracked:
        content.notices.append(("tracked_changes", {}))
    if story.hidden:
        content.notices.append(("hidden_text", {}))
    content.notices.extend(("number_format", {"format": form}) for form in sorted(numbering.unknown))
    content.notices.extend(("skipped_level", {"found": text}) for text in dict.fromkeys(numbering.skipped))
    return content


def _body(archive: Archive, name: str) -> tuple[str, Element]:
    """The path of the main part, and its body. A file that names a part it does not have may still hold the usual one."""
    named = [normpath(target).lstrip("/") for kind, target in _relations(archive, "", name).values() if kind == "officeDocument"]
    for path in (*named[:1], MAIN):
        body = child(_part(archive, path, name), "body")
        if body is not None:
            return path, body
    raise InputError("{name}: this is no Word document, or its text is missing; open it in Word and save it again", name=name)


def _imported(archive: Archive, path: str, name: str, depth: int) -> Content:
    """What a whole file inside the Word file holds; Word takes in web pages, text and other Word files in this way."""
    data = member(archive, path)
    if data is None or depth == DEEPEST:
        return Content([], MEDIA_TYPE)
    form = NAMED[detect(data, path)]
    if form.module == "docx":
        return _read(data, name, depth + 1)
    if form.module == "text":
        lines = decode(data, name).text.splitlines()
        return Content([Paragraph(line, Origin(PARAGRAPH, (k,))) for k, line in enumerate(lines, 1)], MEDIA_TYPE)
    content: Content = reader(form)(data, name, None)
    return content


def _part(archive: Archive, path: str, name: str) -> Element | None:
    data = member(archive, path)
    return None if data is None else parse_xml(transitional(data), name)


def _first(archive: Archive, parts: dict[str, list[str]], kind: str, name: str) -> Element | None:
    return _part(archive, parts[kind][0], name) if kind in parts else None


def _relations(archive: Archive, part: str, name: str) -> dict[str, tuple[str, str]]:
    """What a part points to; of the whole file when `part` is empty."""
    folder, _, file = part.lstrip("/").rpartition("/")
    return relations(_part(archive, f"{folder}/_rels/{file}.rels".lstrip("/"), name))


def _notes(archive: Archive, parts: dict[str, list[str]], styles: Styles, name: str) -> dict[tuple[str, str], Note]:
    """Footnotes, endnotes and comments, by their role and id."""
    notes: dict[tuple[str, str], Note] = {}
    for part, role in NOTE_PARTS:
        root = _first(archive, parts, part, name)
        count = 0
        for element in () if root is None else root:
            if element.get(W + "type", "") in SEPARATORS:
                continue
            text = " ".join(_texts(element, styles))
            if text:
                count += 1
                notes[role, element.get(W + "id", "")] = Note(role, text, Origin(NOTE[role], (count,)))
    return notes


def _texts(element: Element, styles: Styles) -> list[str]:
    """The texts of the paragraphs under an element."""
    texts = []
    for paragraph in element.iter(W + "p"):
        words = Words()
        collect(paragraph, styles, hides=False, words=words)
        texts.append("".join(words.text).strip())
    return [text for text in texts if text]


def _margins(archive: Archive, paths: list[str], styles: Styles, kind: str, name: str) -> list[Paragraph]:
    """What stands in the margins of the pages, each text once."""
    texts: dict[str, None] = {}
    for path in dict.fromkeys(paths):
        root = _part(archive, path, name)
        if root is not None:
            texts.update((text, None) for text in _texts(root, styles) if not PAGE_NUMBER.fullmatch(text))
    return [Paragraph(text, Origin(MARGIN[kind], ()), debris="page_header") for text in texts]
