"""DOCX packages made in memory from the XML of their body."""

from __future__ import annotations

import io
import zipfile

from extractors.formats.docx import extract
from extractors.model import Document, Grid
from extractors.options import Options
from tests.gridtext import render

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = " ".join(
    (
        f'xmlns:w="{W}"',
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"',
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
        'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"',
        'xmlns:o="urn:schemas-microsoft-com:office:office"',
        'xmlns:v="urn:schemas-microsoft-com:vml"',
    )
)
CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"""
RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def relationships(*rows: tuple[str, str, str]) -> str:
    """A relationship part; each row is id, kind and target, and a target with ``://`` lies outside."""
    body = "".join(
        f'<Relationship Id="{rid}" Type="{RELATIONSHIP}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if "://" in target else "/>")
        for rid, kind, target in rows
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{body}</Relationships>'


def document(body: str) -> str:
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def package(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP of exactly these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A DOCX; ``styles``, ``numbering``, ``footnotes`` are the insides of those parts, ``rels`` the relationships."""
    rels = parts.pop("rels", relationships())
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    inner: dict[str, str | bytes] = {
        f"word/{name}.xml": f"<w:{roots[name]} {NAMESPACES}>{content}</w:{roots[name]}>"
        for name, content in parts.items()
    }
    return package(
        {
            "[Content_Types].xml": CONTENT_TYPES,
            "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")),
            "word/document.xml": document(body),
            "word/_rels/document.xml.rels": rels,
            **inner,
        }
    )


def read(body: str, **parts: str) -> Document:
    return extract(docx(body, **parts), Options())


def lines(body: str, **parts: str) -> list[str]:
    """The texts of the lines of a document with this body."""
    return [line.text for line in read(body, **parts).lines]


def grid(body: str, **parts: str) -> Grid:
    """The only grid of a document with this body."""
    (only,) = read(body, **parts).grids
    return only


def drawn(body: str, **parts: str) -> str:
    """The only grid of a document with this body, drawn."""
    return "\n" + render(grid(body, **parts))


def run(text: str, properties: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*texts: str, style: str = "", properties: str = "") -> str:
    """A paragraph of plain runs, or of ready-made XML."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{inner}{''.join(one if one.startswith('<') else run(one) for one in texts)}</w:p>"


def tc(*content: str, span: int = 1, properties: str = "") -> str:
    """A cell of paragraphs (plain text) or of ready-made blocks."""
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    blocks = "".join(one if one.startswith("<") else p(one) for one in content) or "<w:p/>"
    return f"<w:tc><w:tcPr>{spans}{properties}</w:tcPr>{blocks}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells: plain text, or ready-made ``w:tc``."""
    inner = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{inner}{''.join(one if one.startswith('<') else tc(one) for one in cells)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
H_RESTART, H_CONTINUE = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'


def field(code: str, result: str, *, begin: str = "") -> str:
    """A field of five runs, as Word writes it."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin">{begin}</w:fldChar></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
