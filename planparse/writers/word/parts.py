"""The parts of a Word file that are the same for every plan: styles, page, page number, and how parts become a file.

The layout is that of GB/T 9704-2012: A4, text area 156 mm by 225 mm of 22 lines with 28 characters, title in 小标宋 of
22 pt, body in 仿宋 of 16 pt, first level in 黑体, second in 楷体. Lengths are twentieths of a point, font sizes halves.
"""

from __future__ import annotations

import io
import zipfile
from typing import NamedTuple

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT_WIDTH = 8_844
LINE = 579
CHARACTER = 320
TIGHT = '<w:spacing w:val="-5"/>'
"""28 characters of 16 pt are a little wider than the text area. A grid of characters would do it in Word, but not elsewhere."""
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

FONTS = (
    # font, what stands in for it, kind
    ("方正小标宋简体", "宋体", "roman"),
    ("仿宋_GB2312", "仿宋", "modern"),
    ("楷体_GB2312", "楷体", "modern"),
    ("黑体", "SimHei", "swiss"),
    ("宋体", "SimSun", "roman"),
    ("Times New Roman", "", "roman"),
)
HEADING_FONTS = ("黑体", "楷体_GB2312", *("仿宋_GB2312",) * 7)
"""By level; the standard has 仿宋 below the second."""


class Style(NamedTuple):
    """A paragraph style: Word knows it by `name`; `paragraph` and `characters` are the elements of its properties."""

    id: str
    name: str
    base: str
    paragraph: str
    characters: str = ""


INDENT = f'<w:ind w:firstLineChars="200" w:firstLine="{2 * CHARACTER}"/>'
"""Two characters before the first line."""


def font(name: str, size: int = 0) -> str:
    """The properties of characters in an East Asian font; `size` in half points, 0 for that of the style below."""
    return f'<w:rFonts w:eastAsia="{name}"/>' + (f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "")


STYLES = (
    Style("BodyText", "Normal Indent", "Normal", INDENT),
    Style("Title", "Title", "Normal", '<w:keepNext/><w:spacing w:line="660" w:lineRule="exact"/><w:jc w:val="center"/>', font("方正小标宋简体", 44)),
    Style("Subtitle", "Subtitle", "Normal", '<w:keepNext/><w:jc w:val="center"/>', font("楷体_GB2312")),
    Style("Signature", "Signature", "Normal", '<w:jc w:val="right"/>'),
    Style("Footer", "footer", "Normal", '<w:snapToGrid w:val="0"/><w:spacing w:line="360" w:lineRule="exact"/>',
          '<w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体"/><w:sz w:val="28"/><w:szCs w:val="28"/>'),
    Style("TableText", "Table Text", "Normal",
          '<w:snapToGrid w:val="0"/><w:spacing w:line="360" w:lineRule="exact"/><w:jc w:val="left"/>', '<w:sz w:val="24"/><w:szCs w:val="24"/>'),
    Style("TableKey", "Table Key", "TableText", '<w:jc w:val="center"/>'),
    Style("TableHead", "Table Head", "TableKey", "<w:keepNext/>", font("黑体")),
)  # fmt: skip


def heading_id(level: int, *, characters: bool = False) -> str:
    """The style of headings of a level counted from 0, or the one for a heading's characters inside a paragraph."""
    return f"Heading{level + 1}{'Char' if characters else ''}"


def _style(style: Style) -> str:
    own = ' w:customStyle="1"' if style.name.startswith("Table ") else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style.id}"><w:name w:val="{style.name}"/><w:basedOn w:val="{style.base}"/><w:qFormat/>'
        f"<w:pPr>{style.paragraph}</w:pPr><w:rPr>{style.characters}</w:rPr></w:style>"
    )


def _heading(level: int, linked: int | None) -> str:
    whole, part = heading_id(level), heading_id(level, characters=True)
    name, look = f"heading {level + 1}", font(HEADING_FONTS[level])
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{linked}"/></w:numPr>' if linked else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{whole}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:next w:val="BodyText"/>'
        f'<w:link w:val="{part}"/><w:qFormat/><w:pPr><w:keepNext/>{number}{INDENT}<w:outlineLvl w:val="{level}"/></w:pPr>'
        f"<w:rPr>{look}</w:rPr></w:style>"
        f'<w:style w:type="character" w:customStyle="1" w:styleId="{part}"><w:name w:val="{name} Char"/><w:link w:val="{whole}"/>'
        f"<w:rPr>{look}</w:rPr></w:style>"
    )


def styles_part(linked: int | None) -> str:
    """All styles. `linked` is the list that numbers the headings, None when they have no number of their own."""
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = "".join(f'<w:{edge} w:w="57" w:type="dxa"/>' for edge in ("left", "right"))
    return (
        f"<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:ascii="Times New Roman" w:eastAsia="仿宋_GB2312" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
        '<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f'<w:pPr><w:spacing w:line="{LINE}" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr><w:rPr>{TIGHT}</w:rPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/></w:style>'
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
        + "".join(map(_style, STYLES))
        + "".join(_heading(level, linked) for level in range(len(HEADING_FONTS)))
        + "</w:styles>"
    )


def _footer(side: str, indent: str) -> str:
    """The page number between one-em lines, one character from the outer edge (7.5 of the standard)."""
    return (
        f'<w:ftr {NAMESPACE}><w:p><w:pPr><w:pStyle w:val="Footer"/><w:ind w:{indent}="280"/><w:jc w:val="{side}"/></w:pPr>'
        '<w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        '<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


SECTION = (
    '<w:sectPr><w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="even" r:id="rId6"/>'
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1407" w:gutter="0"/>'
    f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
)

RELATED = ("styles", "numbering", "settings", "fontTable")
"""Parts that the document part names, rId1 and so on; rId5 and rId6 are the footers."""


def _font_table() -> str:
    rows = "".join(
        f'<w:font w:name="{name}">{f"""<w:altName w:val="{instead}"/>""" if instead else ""}'
        + ("" if name.isascii() else '<w:charset w:val="86"/>')
        + f'<w:family w:val="{kind}"/></w:font>'
        for name, instead, kind in FONTS
    )
    return f"<w:fonts {NAMESPACE}>{rows}</w:fonts>"


def _relations(rows: list[tuple[str, str]]) -> str:
    links = "".join(f'<Relationship Id="rId{k}" Type="{kind}" Target="{target}"/>' for k, (kind, target) in enumerate(rows, 1))
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def _content_types() -> str:
    kinds = {"document": "document.main", **{name: name for name in RELATED}, "footer1": "footer", "footer2": "footer"}
    parts = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{parts}'
        '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def pack(blocks: str, numbering: str, title: str, linked: int | None) -> bytes:
    """The file. `blocks` is the body and `title` the title of the file, both as XML; the same parts give the same bytes."""
    related = [(f"{_OFFICE}/{name}", f"{name}.xml") for name in RELATED] + [(f"{_OFFICE}/footer", f"footer{k}.xml") for k in (1, 2)]
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations([
            (f"{_OFFICE}/officeDocument", "word/document.xml"), (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
        ]),
        "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
                             f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>',
        "word/document.xml": f'<w:document {NAMESPACE} xmlns:r="{_OFFICE}"><w:body>{blocks}{SECTION}</w:body></w:document>',
        "word/_rels/document.xml.rels": _relations(related),
        "word/styles.xml": styles_part(linked),
        "word/numbering.xml": numbering,
        "word/settings.xml": f'<w:settings {NAMESPACE}><w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
                             '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
                             'w:val="15"/></w:compat></w:settings>',
        "word/fontTable.xml": _font_table(),
        "word/footer1.xml": _footer("right", "right"),
        "word/footer2.xml": _footer("left", "left"),
    }  # fmt: skip
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED  # the same on every system
            file.writestr(entry, HEADER + text)
    return held.getvalue()
