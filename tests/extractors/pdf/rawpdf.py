"""PDFs written object by object, for what a drawing library does not draw: odd fonts, forms and page boxes."""

from __future__ import annotations

HELVETICA = {5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"}
FONT = b"/Font<</F1 5 0 R>>"
NAMES = b"zero one two three four five six seven eight nine".split()
RULES = b"0.5 w " + b"".join(
    b"60 %d m 260 %d l %d 460 m %d 500 l S " % (y, y, x, x) for y, x in ((500, 60), (480, 160), (460, 260))
)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def say(words: bytes, x: float, y: float, size: float = 9) -> bytes:
    """Operators that show a string in the font F1."""
    return b"BT /F1 %g Tf %g %g Td (%s) Tj ET " % (size, x, y, words)


def form(content: bytes, *, resources: bytes = FONT, matrix: bytes = b"1 0 0 1 0 0") -> bytes:
    """A form object."""
    return stream(
        content,
        b"/Type/XObject/Subtype/Form/BBox[-5000 -5000 5000 5000]/Matrix[%s]/Resources<<%s>>" % (matrix, resources),
    )


def one_page(
    content: bytes, objects: dict[int, bytes], *, resources: bytes = FONT, boxes: bytes = b"/MediaBox[0 0 842 595]"
) -> bytes:
    """A PDF of one page; ``objects`` are numbered from 5."""
    head = b"<</Type/Page/Parent 2 0 R%s/Contents 4 0 R/Resources<<%s>>>>" % (boxes, resources)
    catalog, pages = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    numbered = {1: catalog, 2: pages, 3: head, 4: stream(content), **objects}
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in sorted(numbered.items()))
    return b"%PDF-1.7\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF"


def type3(*, unicode_map: bool, glyph_box: bytes = b"0 0 500 700") -> dict[int, bytes]:
    """The objects of a Type 3 font for digits and the point, drawn as bars of 600 units."""
    codes = b".0123456789"
    names = [b"point", *NAMES]
    procedures = b"".join(b"/g%s %d 0 R" % (name, 20 + place) for place, name in enumerate(names))
    differences = b"".join(b"%d/g%s " % (code, name) for code, name in zip(codes, names, strict=True))
    glyphs = {20 + place: stream(b"600 0 %s d1 50 0 400 700 re f" % glyph_box) for place in range(len(codes))}
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 0 0]/FontMatrix[0.001 0 0 0.001 0 0]/CharProcs<<%s>>"
        b"/Encoding<</Type/Encoding/Differences[%s]>>/FirstChar 46/LastChar 57/Widths[%s]%s>>"
        % (procedures, differences, b"600 " * 12, b"/ToUnicode 6 0 R" if unicode_map else b"")
    )
    same = b"1 begincodespacerange <00><FF> endcodespacerange 1 beginbfrange <2E><39><002E> endbfrange"
    cmap = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap %s endcmap end end" % same
    return {5: font, 6: stream(cmap), **glyphs}
