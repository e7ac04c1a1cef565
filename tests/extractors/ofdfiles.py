"""Small OFD files, written part by part."""

from __future__ import annotations

import io
import zipfile

from extractors.formats.ofd import extract
from extractors.model import Document
from extractors.options import Options

NAMESPACE = "http://www.ofdspec.org/2016"
XMLNS = f'xmlns:ofd="{NAMESPACE}"'
BOX = "<ofd:PhysicalBox>0 0 210 100</ofd:PhysicalBox>"


def text(at: str, words: str, code: str = 'X="0" Y="4"', attributes: str = "", inside: str = "") -> str:
    """A text object: ``at`` is its left and top in millimetres, its glyphs are 4 high."""
    return (
        f'<ofd:TextObject Boundary="{at} 100 5" Font="1" Size="4" {attributes}>{inside}'
        f"<ofd:TextCode {code}>{words}</ofd:TextCode></ofd:TextObject>"
    )


def path(boundary: str, data: str, attributes: str = "", inside: str = "") -> str:
    """A path object."""
    return (
        f'<ofd:PathObject Boundary="{boundary}" {attributes}>{inside}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def grid(left: float, top: float, columns: int, rows: int) -> str:
    """Rules around cells of 40 by 10 millimetres."""
    across = [
        path(f"{left} {top + 10 * row} {40 * columns} 0.2", f"M 0 0 L {40 * columns} 0") for row in range(rows + 1)
    ]
    down = [path(f"{left + 40 * col} {top} 0.2 {10 * rows}", f"M 0 0 L 0 {10 * rows}") for col in range(columns + 1)]
    return "".join([*across, *down])


def page(*objects: str, area: str = f"<ofd:Area>{BOX}</ofd:Area>", before: str = "", layer: str = "") -> str:
    """A page with one layer."""
    content = f'<ofd:Content><ofd:Layer ID="2" {layer}>{"".join(objects)}</ofd:Layer></ofd:Content>'
    return f"<ofd:Page {XMLNS}>{area}{before}{content}</ofd:Page>"


def ofd(*pages: str, common: str = "", more: str = "", **parts: str | bytes) -> bytes:
    """``common`` goes into CommonData, ``more`` into the document; ``parts`` by name, ``__`` for a slash."""
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/{n}.xml"/>' for n in range(len(pages)))
    body = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    files: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {XMLNS}>{body}</ofd:OFD>",
        "Doc_0/Document.xml": (
            f"<ofd:Document {XMLNS}><ofd:CommonData><ofd:PageArea>{BOX}</ofd:PageArea>{common}</ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages>{more}</ofd:Document>"
        ),
        **{f"Doc_0/Pages/{n}.xml": one for n, one in enumerate(pages)},
        **{name.replace("__", "/") + ("" if "." in name else ".xml"): content for name, content in parts.items()},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()


def read(*pages: str, **rest: str) -> Document:
    """The document of these pages."""
    return extract(ofd(*pages, **rest), Options())


def lines(document: Document) -> list[str]:
    """The texts outside its grids."""
    return [line.text for line in document.lines]
