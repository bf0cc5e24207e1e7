"""What a web page tells about itself: the day it was published, and its title where the text does not show one."""

from __future__ import annotations

import re
from datetime import date

from planparse.readers.blocks import Block, Grid, Paragraph
from planparse.readers.web.tree import Page
from planparse.source import PARAGRAPH, Origin

DATES = (
    "pubdate", "publishdate", "publish_date", "publish-date", "publishtime", "publishedtime", "article:published_time", "datepublished",
    "og:published_time", "publication_date", "dc.date.issued", "dc.date", "dcterms.issued", "dcterms.created", "createdate", "date",
)  # fmt: skip
"""Names of meta elements that hold the day of publication, the surest first."""

_DAY = re.compile(
    "(?<!\\d)((?:19|20)\\d\\d) ?[-/.年] ?(\\d{1,2}) ?[-/.月] ?(\\d{1,2})(?!\\d)|(?<!\\d)((?:19|20)\\d\\d)(\\d\\d)(\\d\\d)(?!\\d{1,5}[.]?\\d)"
)
_TOLD = re.compile(
    "(?:发布|发表|发文|发稿|更新|录入|添加|成文|印发|發佈|發布)?(?:时间|日期|時間)[\\s\u00a0\u3000]?[:：][\\s\u00a0\u3000]*(.{8,20})"
)
_SITE = re.compile("[\\s\u00a0\u3000]*(?:_|\\||｜|—{1,2}|–|>|»|::| - | -|- |-(?=[^\\d]))[\\s\u00a0\u3000]*")
_UNNAMED = re.compile("(?:无标题|未命名|新建|untitled|new |index|document|首页|default|microsoft|网页|文档).*", re.IGNORECASE)
_SENTENCE = re.compile(".*[。；！？…，：:;,.]$|[(（]?[一二三四五六七八九十\\d]{1,3}[)）、.．]")


def published(page: Page, blocks: list[Block]) -> str | None:
    """The day of publication, ISO 8601: from the head, a `time` element, or a line about it."""
    for name in DATES:
        if (day := first_day(page.facts.get(name, ""))) is not None:
            return day
    for node in page.nodes:
        if node.tag == "time" and (day := first_day(node.attributes.get("datetime", ""))) is not None:
            return day
    for block in blocks:
        if isinstance(block, Paragraph) and block.debris == "publication_line":
            for told in _TOLD.findall(block.text):
                if (day := first_day(told)) is not None:
                    return day
            if (day := first_day(block.text)) is not None:
                return day
    return None


def first_day(text: str) -> str | None:
    """The first calendar day in a short text, ISO 8601."""
    for found in _DAY.finditer(text[:400]):
        year, month, day = (int(part) for part in found.groups() if part is not None)
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            continue
    return None


def add_title(page: Page, blocks: list[Block]) -> None:
    """Puts the title of the window before a text that shows no title of its own."""
    title = max(_SITE.split(page.title)[:2], key=len) if page.title else ""
    if len(title) < 4 or len(title) > 60 or _UNNAMED.match(title) or page.office:
        return
    text = [block for block in blocks if not (isinstance(block, Paragraph) and block.debris)]
    if not text:
        return
    plain = "".join(title.split())
    for block in text:
        if isinstance(block, Paragraph) and (block.title or 0 < block.outline < 3 or plain in "".join(block.text.split())):
            return
    first = text[0]
    if isinstance(first, Grid) or _SENTENCE.match(first.text) or first.label or len(first.text) > 40:
        origin = Origin(PARAGRAPH, (1,)) if isinstance(first, Grid) else first.origin
        blocks.insert(next(k for k, block in enumerate(blocks) if block is first), Paragraph(title, origin, title=True))
