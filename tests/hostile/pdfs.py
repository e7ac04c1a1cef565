"""PDFs that are hostile: circles of every kind, streams that inflate without end, boxes and numbers that are none."""

from __future__ import annotations

import random
import zlib
from functools import partial

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from service.canary import canary
from tests.hostile.case import READ, Case, case
from tests.hostile.zips import zeros

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
SAYS = b"BT /F 9 Tf 20 50 Td (canary) Tj ET"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def stream(data: bytes, extra: bytes = b"", length: bytes | None = None) -> bytes:
    """A stream object."""
    said = b"%d" % len(data) if length is None else length
    return b"<</Length " + said + extra + b">>stream\n" + data + b"\nendstream"


def packed(data: bytes, extra: bytes = b"") -> bytes:
    """A stream object that is deflated."""
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + extra)


def page(more: bytes = b"", box: bytes = b"[0 0 200 200]", resources: bytes = b"") -> bytes:
    """A page whose content is object 4 and whose font is object 5."""
    box = b"/MediaBox" + box if box else b""
    fonts = b"/Resources<</Font<</F 5 0 R>>" + resources + b">>"
    return b"<</Type/Page/Parent 2 0 R/Contents 4 0 R" + box + fonts + more + b">>"


def pdf(*objects: bytes, trailer: bytes = b"", root: bytes = b"1 0 R") -> bytes:
    """A file with a right cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root %s%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(offsets) + 1, root, trailer, start)
    return bytes(out)


def simple(content: bytes = stream(SAYS), *more: bytes, **of_page: bytes) -> bytes:
    """One page with this content; ``more`` are the objects from 6 on."""
    return pdf(CATALOG, PAGES, page(**of_page), content, FONT, *more)


def _boxed(box: bytes, more: bytes = b"") -> bytes:
    return simple(box=box, more=more)


def _zeros(count: int) -> bytes:
    """``count`` spaces as a stream; its checksum is missing, which readers forgive."""
    return b"\x78\xda" + zeros(count)


def _flate_bomb(layers: int, size: int) -> bytes:
    data = _zeros(size)
    for _ in range(layers - 1):
        data = zlib.compress(data, 9)
    return simple(stream(data, b"/Filter[" + b"/FlateDecode" * layers + b"]"))


def _hex_bomb() -> bytes:
    return simple(stream(_zeros(400_000_000).hex().encode() + b">", b"/Filter[/ASCIIHexDecode/FlateDecode]"))


def _run_length_bomb() -> bytes:
    return simple(stream(b"\x81 " * 3_000_000 + b"\x80", b"/Filter/RunLengthDecode"))


def _predicted_bomb() -> bytes:
    return simple(
        stream(
            _zeros(50_000_000),
            b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 2147483647/Colors 32/BitsPerComponent 16>>",
        )
    )


def _forms(levels: int, calls: int) -> bytes:
    """Forms that each draw the next one many times: few bytes, without end for who follows them."""
    names = [b"/X %d 0 R" % (6 + level + 1) for level in range(levels)]
    bodies = [
        stream(b"/X Do " * calls, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<" + name + b">>>>")
        for name in names
    ]
    last = stream(SAYS, b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</Font<</F 5 0 R>>>>")
    return simple(stream(b"/X Do"), *bodies, last, resources=b"/XObject<</X 6 0 R>>")


def _form_on_itself() -> bytes:
    form = stream(b"/X Do " + SAYS, b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X 6 0 R>>>>")
    return simple(stream(b"/X Do"), form, resources=b"/XObject<</X 6 0 R>>")


def _image(body: bytes) -> bytes:
    return simple(stream(b"q 200 0 0 200 0 0 cm /I Do Q " + SAYS), body, resources=b"/XObject<</I 6 0 R>>")


def _image_of(filter_name: bytes, data: bytes, side: int = 100) -> bytes:
    size = b"/Width %d/Height %d" % (side, side)
    kind = b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8"
    return _image(stream(data, kind + size + b"/Filter/" + filter_name))


def _kids(kids: bytes, count: bytes = b"1", *more: bytes) -> bytes:
    return pdf(CATALOG, b"<</Type/Pages/Kids[" + kids + b"]/Count " + count + b">>", page(), stream(SAYS), FONT, *more)


def _deep_tree(depth: int) -> bytes:
    nodes = [b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 7) for number in range(depth)]
    return pdf(CATALOG, b"<</Type/Pages/Kids[6 0 R]/Count 1>>", page(), stream(SAYS), FONT, *nodes, page())


def _object_stream(body: bytes, count: int = 1, extends: bytes = b"") -> bytes:
    """An object stream as object 6, and a cross-reference stream that says everything lies in it."""
    inside = stream(body, b"/Type/ObjStm/N %d/First 5" % count + extends)
    head = b"%PDF-1.7\n6 0 obj" + inside + b"\nendobj\n"
    rows = (
        b"".join(b"\x02\x00\x06\x00" for _ in range(6)) + b"\x02\x00\x06\x00" + b"\x01" + len(head).to_bytes(2) + b"\0"
    )
    table = stream(rows, b"/Type/XRef/W[1 2 1]/Size 8/Root 1 0 R")
    return head + b"7 0 obj" + table + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(head)


def _with_startxref(place: bytes) -> bytes:
    whole = simple()
    return whole[: whole.rindex(b"startxref")] + b"startxref\n" + place + b"\n%%EOF\n"


def _previous(place: int | None) -> bytes:
    """A trailer whose previous table is itself, or lies where nothing is."""
    plain = simple()
    return pdf(
        CATALOG,
        PAGES,
        page(),
        stream(SAYS),
        FONT,
        trailer=b"/Prev %d" % (plain.rindex(b"xref\n0") if place is None else place),
    )


def _text_map(body: bytes) -> bytes:
    font = b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>"
    system = b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    below = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo" + system + b">>"
    content = stream(b"BT /F 9 Tf 20 50 Td <0001000200030004> Tj ET")
    return pdf(CATALOG, PAGES, page(), content, font, below, stream(body))


def _widths() -> bytes:
    font = (
        b"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar -2147483648/LastChar 2147483647/Widths["
        + b"1 " * 99
        + b"]>>"
    )
    return pdf(CATALOG, PAGES, page(), stream(SAYS), font)


def _type_3() -> bytes:
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 121/Widths["
        + b"9 " * 25
        + b"]/Encoding<</Differences[97/a 99/c 110/n 114/r 121/y]>>/CharProcs<</a 6 0 R/c 6 0 R/n 6 0 R>>"
        b"/Resources<</Font<</F 5 0 R>>>>>>"
    )
    return pdf(CATALOG, PAGES, page(), stream(SAYS), font, stream(b"9 0 d0 " + SAYS))


def _lattice(lines: int) -> bytes:
    across = b"".join(b"0 %.2f m 200 %.2f l S\n" % (200 * n / lines, 200 * n / lines) for n in range(lines))
    down = b"".join(b"%.2f 0 m %.2f 200 l S\n" % (200 * n / lines, 200 * n / lines) for n in range(lines))
    return simple(packed(b"0.01 w " + across + down + SAYS))


def _scattered(count: int, draw: bytes) -> bytes:
    rng = random.Random(count)
    body = b"".join(
        draw.replace(b"X", b"%d" % rng.randrange(200)).replace(b"Y", b"%d" % rng.randrange(200)) for _ in range(count)
    )
    return simple(packed(b"0.1 w " + body))


def _nested_object(opening: bytes, depth: int) -> bytes:
    return pdf(CATALOG, PAGES, page(b"/X 6 0 R"), stream(SAYS), FONT, opening * depth)


def _encrypted(password: str) -> bytes:
    canvas = Canvas("", pagesize=(200, 200), encrypt=StandardEncryption(password, "owner"), invariant=1)
    canvas.drawString(20, 100, "canary")
    data: bytes = canvas.getpdfdata()
    return data


def _cut(share: float) -> bytes:
    whole = simple(packed(SAYS * 500))
    return whole[: int(len(whole) * share)]


def _circle_of(name: bytes, body: bytes) -> bytes:
    return pdf(b"<</Type/Catalog/Pages 2 0 R/" + name + b" 6 0 R>>", PAGES, page(), stream(SAYS), FONT, body)


def _active() -> bytes:
    catalog = (
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while(1){})>>/AA<</WC<</S/Launch/F(/bin/sh)>>>>"
        b"/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/F(a.exe)/EF<</F 6 0 R>>>>]>>"
        b"/JavaScript<</Names[(x)<</S/JavaScript/JS(app.alert(1))>>]>>>>/URI<</Base(file:///)>>>>"
    )
    links = b"<</S/URI/URI(http://127.0.0.1:9/)>>", rb"<</S/GoToR/F(\\\\host\\x)>>"
    notes = b"".join(b"<</Type/Annot/Subtype/Link/Rect[0 0 99 99]/A" + link + b">>" for link in links)
    notes = b"/Annots[" + notes + b"]"
    return pdf(catalog, PAGES, page(notes), stream(SAYS), FONT, stream(b"MZ"))


BROKEN = "corrupt"
EITHER = "read|corrupt"
BOMB = "decompression_limit"
CASES: list[Case] = [
    case("pdf-whose-table-is-its-own-forerunner", EITHER, partial(_previous, None)),
    case("pdf-whose-table-has-a-forerunner-beyond-the-file", EITHER, partial(_previous, 2**31)),
    case("pdf-whose-table-is-nowhere", READ, partial(_with_startxref, b"99999999999999999999")),
    case("pdf-whose-table-is-before-the-file", READ, partial(_with_startxref, b"-1")),
    case(
        "pdf-whose-table-says-two-billion-objects",
        EITHER,
        lambda: simple().replace(b"xref\n0 6", b"xref\n0 2147483647"),
    ),
    case("pdf-of-size-two-billion", EITHER, lambda: simple().replace(b"/Size 6", b"/Size 2147483647")),
    case("pdf-whose-pages-are-their-own-kids", BROKEN, partial(_kids, b"2 0 R")),
    case(
        "pdf-whose-pages-go-in-a-circle", EITHER, partial(_kids, b"6 0 R", b"3", b"<</Type/Pages/Kids[2 0 R]/Count 3>>")
    ),
    case("pdf-that-says-a-million-pages", "too_many_pages|read", partial(_kids, b"3 0 R", b"1000000")),
    case("pdf-that-says-two-billion-pages", "too_many_pages|read|corrupt", partial(_kids, b"3 0 R", b"2147483647")),
    case("pdf-that-says-minus-one-page", EITHER, partial(_kids, b"3 0 R", b"-1")),
    case("pdf-that-says-no-page", EITHER, partial(_kids, b"3 0 R", b"0")),
    case("pdf-of-a-million-times-one-page", "too_many_pages", partial(_kids, b"3 0 R " * 1_000_000, b"1000000")),
    case("pdf-of-501-pages", "too_many_pages", partial(_kids, b"3 0 R " * 501, b"501")),
    case("pdf-whose-pages-lie-10-000-deep", EITHER, partial(_deep_tree, 10_000)),
    case("pdf-whose-kids-are-numbers", EITHER, partial(_kids, b"1 2 (x) null /Y <</Type/Page>>", b"6")),
    case("pdf-without-a-root", BROKEN, lambda: pdf(CATALOG, root=b"9 0 R")),
    case("pdf-whose-root-is-itself", BROKEN, lambda: pdf(b"1 0 R")),
    case("pdf-whose-object-stream-holds-itself", EITHER, lambda: _object_stream(b"6 0  <</Type/ObjStm>>")),
    case(
        "pdf-whose-object-stream-extends-itself",
        EITHER,
        lambda: _object_stream(b"1 0  <</Type/Catalog>>", extends=b"/Extends 6 0 R"),
    ),
    case("pdf-whose-object-stream-says-a-billion", EITHER, lambda: _object_stream(b"1 0  <<>>", 1_000_000_000)),
    case("pdf-whose-length-is-itself", EITHER, lambda: simple(stream(SAYS, length=b"4 0 R"))),
    case("pdf-whose-length-is-negative", EITHER, lambda: simple(stream(SAYS, length=b"-5"))),
    case("pdf-whose-length-is-a-terabyte", EITHER, lambda: simple(stream(SAYS, length=b"1099511627776"))),
    case("pdf-page-as-wide-as-the-earth", BROKEN, partial(_boxed, b"[0 0 1000000 1000000]")),
    case("pdf-page-of-10-to-the-38", EITHER, partial(_boxed, b"[0 0 1" + b"0" * 38 + b" 1]")),
    case(
        "pdf-page-from-minus-to-plus-infinity",
        EITHER,
        partial(_boxed, b"[-1" + b"0" * 400 + b" 0 1" + b"0" * 400 + b" 9]"),
    ),
    case("pdf-page-of-no-numbers", EITHER, partial(_boxed, b"[nan nan inf (x)]")),
    case("pdf-page-turned-inside-out", READ, partial(_boxed, b"[200 200 0 0]")),
    case("pdf-page-below-zero", EITHER, partial(_boxed, b"[-200 -200 -100 -100]")),
    case("pdf-page-of-no-size", EITHER, partial(_boxed, b"[0 0 0 0]")),
    case("pdf-page-without-a-box", READ, partial(_boxed, b"")),
    case("pdf-page-cut-to-nothing", EITHER, partial(_boxed, b"[0 0 200 200]", b"/CropBox[900 900 901 901]")),
    case("pdf-page-in-units-of-a-million", EITHER, partial(_boxed, b"[0 0 200 200]", b"/UserUnit 1000000")),
    case("pdf-page-turned-by-a-billion", EITHER, partial(_boxed, b"[0 0 200 200]", b"/Rotate 1000000045")),
    case("pdf-a-stream-of-600-mb", BOMB, partial(_flate_bomb, 1, 600_000_000)),
    case("pdf-a-stream-of-a-gigabyte-packed-twice", BOMB, partial(_flate_bomb, 2, 1_000_000_000)),
    case("pdf-a-stream-of-400-mb-packed-thrice", BOMB, partial(_flate_bomb, 3, 400_000_000)),
    case("pdf-a-stream-of-400-mb-in-hexadecimal", BOMB, _hex_bomb),
    case("pdf-a-stream-of-long-runs", EITHER, _run_length_bomb),
    case("pdf-a-stream-of-endless-columns", EITHER, _predicted_bomb),
    case(
        "pdf-filters-by-the-hundred",
        EITHER,
        lambda: simple(stream(b"x", b"/Filter[" + b"/ASCIIHexDecode" * 5_000 + b"]")),
    ),
    case("pdf-a-form-that-draws-itself", READ, _form_on_itself),
    case("pdf-forms-that-draw-a-million", BOMB, partial(_forms, 6, 10)),
    case("pdf-forms-that-draw-ten-billion", BOMB, partial(_forms, 10, 10)),
    case("pdf-forms-a-thousand-deep", READ, partial(_forms, 1_000, 1)),
    case(
        "pdf-an-image-of-jbig2-garbage", READ, partial(_image_of, b"JBIG2Decode", b"\x97JB2" + bytes(range(256)) * 20)
    ),
    case(
        "pdf-an-image-of-jpx-garbage",
        READ,
        partial(_image_of, b"JPXDecode", b"\xff\x4f\xff\x51" + bytes(range(256)) * 20),
    ),
    case(
        "pdf-an-image-of-jpeg-garbage",
        READ,
        partial(_image_of, b"DCTDecode", b"\xff\xd8\xff\xc0" + bytes(range(256)) * 20),
    ),
    case("pdf-an-image-of-fax-garbage", READ, partial(_image_of, b"CCITTFaxDecode", bytes(range(256)) * 20, 60_000)),
    case("pdf-an-image-60-000-wide", f"{READ}|{BOMB}", lambda: _image_of(b"FlateDecode", _zeros(300_000_000), 60_000)),
    case(
        "pdf-an-image-of-itself-as-mask",
        READ,
        lambda: _image(
            stream(b"x" * 99, b"/Subtype/Image/Width 9/Height 9/ColorSpace/DeviceGray/BitsPerComponent 8/SMask 6 0 R")
        ),
    ),
    case(
        "pdf-a-colour-space-of-itself",
        READ,
        lambda: simple(
            stream(b"/C cs 1 sc " + SAYS), b"[/Indexed 6 0 R 255 6 0 R]", resources=b"/ColorSpace<</C 6 0 R>>"
        ),
    ),
    case(
        "pdf-a-map-of-four-billion-characters",
        READ,
        partial(
            _text_map,
            b"1 begincodespacerange<0000><ffff>endcodespacerange 1 beginbfrange<00000000><ffffffff><4e00>endbfrange",
        ),
    ),
    case(
        "pdf-a-map-of-100-000-ranges",
        READ,
        lambda: _text_map(b"9 beginbfrange" + b"<0000><ffff><4e00>\n" * 100_000 + b"endbfrange"),
    ),
    case(
        "pdf-a-character-that-means-a-million",
        "corrupt",
        lambda: _text_map(b"1 beginbfchar<0001><" + b"4e00" * 250_000 + b">endbfchar"),
    ),
    case("pdf-a-font-of-four-billion-widths", READ, _widths),
    case("pdf-a-font-that-draws-itself", READ, _type_3),
    case(
        "pdf-letters-of-infinite-size",
        READ,
        lambda: simple(stream(b"BT /F 1" + b"0" * 300 + b" Tf 1 0 0 1 nan inf Tm (canary) Tj ET " + SAYS)),
    ),
    case("pdf-letters-of-no-size", READ, lambda: simple(stream(b"BT /F 0 Tf 0 0 0 0 0 0 Tm (canary) Tj ET " + SAYS))),
    case(
        "pdf-5-000-letters-in-one-place",
        READ,
        lambda: simple(packed(b"BT /F 9 Tf 20 50 Td " + b"(8) Tj -5 0 Td " * 5_000 + b"ET")),
    ),
    case(
        "pdf-a-line-of-100-000-letters",
        READ,
        lambda: simple(packed(b"BT /F 1 Tf 0 50 Td (" + b"8" * 100_000 + b") Tj ET")),
    ),
    case("pdf-words-by-the-ten-thousand", READ, partial(_scattered, 10_000, b"BT /F 3 Tf X Y Td (8) Tj ET\n")),
    case("pdf-rectangles-by-the-ten-thousand", READ, partial(_scattered, 20_000, b"X Y 9 9 re f\n")),
    case("pdf-lines-by-the-ten-thousand", READ, partial(_scattered, 10_000, b"X Y m X 100 l S\n")),
    case("pdf-a-lattice-of-300-by-300", READ + "|too_many_cells", partial(_lattice, 300)),
    case("pdf-a-lattice-of-2000-by-2000", READ + "|too_many_cells", partial(_lattice, 2_000)),
    case(
        "pdf-a-path-of-a-million-points",
        READ,
        lambda: simple(packed(b"0 0 m " + b"1 1 l 2 2 l " * 300_000 + b"S " + SAYS)),
    ),
    case("pdf-states-saved-a-million-times", READ, lambda: simple(packed(b"q " * 1_000_000 + SAYS))),
    case("pdf-clips-in-clips", READ, lambda: simple(packed(b"0 0 99 99 re W n " * 50_000 + SAYS))),
    case("pdf-operands-without-end", READ, lambda: simple(packed(b"1 " * 1_000_000 + SAYS))),
    case("pdf-arrays-100-000-deep", READ, partial(_nested_object, b"[", 100_000)),
    case("pdf-dictionaries-100-000-deep", READ, partial(_nested_object, b"<</A", 100_000)),
    case(
        "pdf-a-name-of-10-mb",
        READ,
        lambda: pdf(CATALOG, PAGES, page(b"/X 6 0 R"), stream(SAYS), FONT, b"/" + b"x" * 10_000_000),
    ),
    case(
        "pdf-outlines-in-a-circle",
        READ,
        lambda: _circle_of(b"Outlines", b"<</Type/Outlines/First 6 0 R/Next 6 0 R/Last 6 0 R/Count 9>>"),
    ),
    case(
        "pdf-names-in-a-circle", READ, lambda: _circle_of(b"Names", b"<</Dests 6 0 R/Kids[6 0 R]/EmbeddedFiles 6 0 R>>")
    ),
    case(
        "pdf-fields-in-a-circle",
        READ,
        lambda: _circle_of(b"AcroForm", b"<</Fields[6 0 R]/Kids[6 0 R]/Parent 6 0 R/FT/Tx>>"),
    ),
    case(
        "pdf-structure-in-a-circle",
        READ,
        lambda: _circle_of(b"StructTreeRoot", b"<</Type/StructTreeRoot/K[6 0 R]/ParentTree 6 0 R>>"),
    ),
    case("pdf-that-acts", READ, _active),
    case("pdf-with-a-password", "encrypted", partial(_encrypted, "geheim")),
    case("pdf-with-an-empty-password", READ, partial(_encrypted, "")),
    case(
        "pdf-of-an-unknown-cipher",
        "encrypted|corrupt",
        lambda: pdf(CATALOG, PAGES, page(), stream(SAYS), FONT, trailer=b"/Encrypt<</Filter/X/V 99/R 99>>"),
    ),
    case(
        "pdf-encrypted-by-itself",
        "encrypted|corrupt",
        lambda: pdf(
            CATALOG,
            PAGES,
            page(),
            stream(SAYS),
            FONT,
            b"<</Filter/Standard/V 6 0 R/O 6 0 R>>",
            trailer=b"/Encrypt 6 0 R",
        ),
    ),
    *(
        case(f"pdf-cut-at-{percent}-percent", EITHER + "|unsupported_media_type", partial(_cut, percent / 100))
        for percent in (1, 10, 30, 50, 70, 90, 99)
    ),
    case("pdf-of-a-head-alone", BROKEN, lambda: b"%PDF-1.7\n"),
    case("pdf-of-a-head-and-zeros", BROKEN, lambda: b"%PDF-1.7\n" + bytes(5_000_000)),
    case("pdf-of-a-head-and-noise", BROKEN, lambda: b"%PDF-1.7\n" + random.Random(7).randbytes(3_000_000)),
    case("pdf-of-objects-without-end", BROKEN, lambda: b"%PDF-1.7\n" + b"1 0 obj<<" * 500_000),
    case("pdf-after-a-server's-warning", READ, lambda: b"Warning: x in y.php on line 1\r\n" + canary()),
]
