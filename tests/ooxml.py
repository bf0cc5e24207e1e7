"""Word files made by hand: the tests say what stands in the XML, part by part."""

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{REL}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def part(name, inner):
    """One part whose root is `w:name`."""
    return f"{HEAD}<w:{name} {SPACES}>{inner}</w:{name}>"


def run(text, properties=""):
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def mark(kind, inner=""):
    """The begin, separate or end of a field; `inner` is what a form field tells."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def fld(code, result=None):
    """A field; without a result when that is None. `code` is text, or XML that holds fields."""
    code = code if code.startswith("<") else f'<w:r><w:instrText xml:space="preserve">{escape(code)}</w:instrText></w:r>'
    shown = "" if result is None else mark("separate") + run(result)
    return mark("begin") + code + shown + mark("end")


def p(text="", *, num=None, level=None, style=None, properties="", runs=None):
    """A paragraph; `num` and `level` put it in a list, `runs` stands for `text`."""
    inner = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None or level is not None:
        inner += "<w:numPr>"
        inner += f'<w:ilvl w:val="{level}"/>' if level is not None else ""
        inner += f'<w:numId w:val="{num}"/>' if num is not None else ""
        inner += "</w:numPr>"
    return f"<w:p><w:pPr>{inner}{properties}</w:pPr>{runs if runs is not None else run(text) if text else ''}</w:p>"


def lvl(level, form="decimal", text=None, start=1, more=""):
    """One level of a list definition."""
    text = f"%{level + 1}" if text is None else text
    return f'<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{escape(text)}"/></w:lvl>'


def abstract(key, *levels, more=""):
    """A list definition."""
    return f'<w:abstractNum w:abstractNumId="{key}">{more}{"".join(levels)}</w:abstractNum>'


def num(key, definition, overrides=""):
    """A use of a definition."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def override(level, start=None, inner=""):
    start = f'<w:startOverride w:val="{start}"/>' if start is not None else ""
    return f'<w:lvlOverride w:ilvl="{level}">{start}{inner}</w:lvlOverride>'


def style(key, name, inner="", *, base=None, kind="paragraph", text=""):
    base = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>{base}<w:pPr>{inner}</w:pPr><w:rPr>{text}</w:rPr></w:style>'


def cell(*paragraphs, span=None, merge=None, more=""):
    """A table cell; `merge` is restart or continue, `more` are further properties."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span else ""
    properties += {None: "", "continue": "<w:vMerge/>", "restart": '<w:vMerge w:val="restart"/>'}[merge]
    inner = "".join(text if text.startswith("<w:") else p(text) for text in paragraphs) or "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}{more}</w:tcPr>{inner}</w:tc>"


def row(*cells, properties=""):
    cells = (text if text.startswith("<w:tc>") else cell(text) for text in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
BORDERS = "<w:tblBorders>" + "".join(f'<w:{side} w:val="single" w:sz="4"/>' for side in SIDES) + "</w:tblBorders>"


def table(*rows, widths=()):
    """A table with lines round all cells; `widths` are those of its columns."""
    grid = "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>" if widths else ""
    return f"<w:tbl><w:tblPr>{BORDERS}</w:tblPr>{grid}{''.join(rows)}</w:tbl>"


def docx(*body, numbering="", styles="", parts=None, section="", chunk=None, main="word/document.xml"):
    """The bytes of a Word file.

    `parts` are further parts by kind: header, footer, footnotes, endnotes, comments. `chunk` is the name and the bytes of a
    file that the relation `chunk` points to; `main` is what the file calls its main part.
    """
    kinds = {"styles": part("styles", styles), "numbering": part("numbering", numbering)}
    kinds |= {kind: part({"header": "hdr", "footer": "ftr"}.get(kind, kind), inner) for kind, inner in (parts or {}).items()}
    links = "".join(f'<Relationship Id="r{k}" Type="{REL}/{kind}" Target="{kind}.xml"/>' for k, kind in enumerate(kinds))
    if chunk:
        links += f'<Relationship Id="chunk" Type="{REL}/aFChunk" Target="/word/{chunk[0]}"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    members = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{space}"><Relationship Id="r1" Type="{REL}/officeDocument" '
        f'Target="{main}"/></Relationships>',
        "word/document.xml": part("document", f"<w:body>{''.join(body)}<w:sectPr>{section}</w:sectPr></w:body>"),
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{space}">{links}</Relationships>',
    }
    members |= {f"word/{kind}.xml": xml for kind, xml in kinds.items()}
    if chunk:
        members[f"word/{chunk[0]}"] = chunk[1]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in members.items():
            archive.writestr(name, xml)
    return out.getvalue()
