"""Word packages whose ZIP is hostile: bombs, lies, names that climb out of a folder, archives that are two things."""

from __future__ import annotations

import bz2
import lzma
from functools import partial

from tests.extractors.docxfiles import CONTENT_TYPES, document, relationships
from tests.hostile.case import READ, Case, case
from tests.hostile.zips import Entry, archive, entry, zeros

TEXT = "<w:p><w:r><w:t>部门决算</w:t></w:r></w:p>"
MAIN = "word/document.xml"


def parts(body: str | None = TEXT, **more: str | bytes) -> list[Entry]:
    """The entries of a DOCX; ``more`` are parts beneath ``word/`` by the name before ``.xml``."""
    named = [
        entry("[Content_Types].xml", CONTENT_TYPES),
        entry("_rels/.rels", relationships(("r1", "officeDocument", MAIN))),
    ]
    main = [] if body is None else [entry(MAIN, document(body))]
    return named + main + [entry(f"word/{name}.xml", data) for name, data in more.items()]


def _with(*entries: Entry) -> bytes:
    return archive([*parts(), *entries])


def _main_as(packed: bytes, size: int, **lies: object) -> bytes:
    return archive([*parts(None), entry(MAIN, b"", packed=packed, size=size, **lies)])


def _overlapping(count: int, size: int) -> bytes:
    """Many entries that are one and the same piece of data: each is small, all of them are a bomb."""
    kernel = zeros(10_000_000)
    first = entry("word/kernel.xml", b"", packed=kernel, size=size)
    place = len(archive(parts())) - len(archive([])) - sum(46 + len(one.name) for one in parts())
    again = [entry(f"word/{number}.xml", b"", packed=kernel, size=size, offset=place) for number in range(count)]
    return archive([*parts(), first, *again])


def _nested(depth: int) -> bytes:
    data = archive([entry("0", b"", packed=zeros(100_000_000), size=100_000_000)])
    for number in range(depth):
        data = archive([entry(f"{number}-{copy}.zip", data) for copy in range(10)])
    return data


def _many(count: int) -> bytes:
    return archive([*parts(), *(Entry(f"{number}", b"", 0, method=0) for number in range(count))])


def _truncated(share: float) -> bytes:
    whole = archive(parts(TEXT * 2000))
    return whole[: int(len(whole) * share)]


def _lzma_bomb() -> bytes:
    filters = [{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16}]
    raw = lzma.compress(b" " * 30_000_000, lzma.FORMAT_RAW, filters=filters)
    return _main_as(b"\x09\x04\x05\x00\x5d" + (1 << 29).to_bytes(4, "little") + raw, 30_000_000, method=14)


def _names(*names: str) -> bytes:
    return _with(*(entry(name, "root:x:0:0") for name in names))


LIAR = zeros(200_000_000)
CASES: list[Case] = [
    case("docx-bomb-that-says-so", "decompression_limit", lambda: _main_as(zeros(600_000_000), 600_000_000)),
    case("docx-bomb-just-above-the-ratio", "decompression_limit", lambda: _main_as(zeros(40_000_000), 40_000_000)),
    case("docx-bomb-that-says-it-is-small", "corrupt", lambda: _main_as(LIAR, 2_000)),
    case("docx-bomb-that-says-it-is-empty", "corrupt", lambda: _main_as(LIAR, 0)),
    case("docx-bomb-in-a-part-that-says-it-is-small", READ, lambda: _with(Entry("word/styles.xml", LIAR, 500))),
    case("docx-that-says-four-gigabytes", "decompression_limit", lambda: _main_as(zeros(1_000_000), 0xFFFFFFFE)),
    case("docx-bomb-of-overlapping-entries", "decompression_limit", partial(_overlapping, 2_000, 10_000_000)),
    case("docx-of-overlapping-entries-that-lie", READ, partial(_overlapping, 2_000, 10)),
    case("zip-in-zip-in-zip", "unsupported_media_type", partial(_nested, 4)),
    case("docx-of-100-000-entries", "too_many_entries", partial(_many, 100_000)),
    case("docx-that-says-65-535-entries", "corrupt|read", lambda: archive(parts(), count=65_535)),
    case("docx-bomb-by-bzip2", "corrupt", lambda: _main_as(bz2.compress(b" " * 30_000_000), 30_000_000, method=12)),
    case("docx-lzma-with-a-dictionary-of-512-mb", "corrupt", _lzma_bomb),
    case("docx-of-an-unknown-compression", "corrupt", lambda: _main_as(b"abc", 3, method=97)),
    case("docx-with-a-wrong-checksum", "corrupt", lambda: archive([*parts(None), entry(MAIN, document(TEXT), crc=1)])),
    case("docx-with-two-texts", "corrupt", lambda: _with(entry(MAIN, document(TEXT.replace("决", "预"))))),
    case("docx-with-two-texts-by-case", "corrupt", lambda: _with(entry("WORD/Document.XML", document(TEXT)))),
    case("docx-whose-headers-disagree", "corrupt", lambda: archive([*parts(None), _two_named()])),
    case("docx-with-a-password-on-its-text", "encrypted", lambda: _main_as(b"x" * 40, 40, flags=0x801)),
    case("docx-without-a-text", "corrupt|unsupported_media_type", lambda: archive(parts(None))),
    case("docx-names-that-climb", READ, lambda: _names("../../../../etc/passwd", "word/../../evil.xml")),
    case("docx-names-of-roots", READ, lambda: _names("/etc/passwd", "C:\\Windows\\evil.dll", "\\\\host\\share")),
    case("docx-names-with-nul-and-breaks", READ, lambda: _names("a\0b.xml", "a\r\nb", "\u202efdp.exe", "." * 3_000)),
    case("docx-behind-a-program", "unsupported_media_type|read", lambda: archive(parts(), before=b"MZ" + bytes(500))),
    case("docx-behind-a-pdf", "unsupported_media_type|corrupt", lambda: archive(parts(), before=b"%PDF-1.7\n")),
    case("docx-whose-comment-is-a-pdf", READ, lambda: archive(parts(), comment=b"%PDF-1.7 1 0 obj<<>>endobj")),
    case("docx-whose-first-entry-is-a-pdf", READ, lambda: archive([_stored_pdf(), *parts()])),
    case("docx-and-a-sheet-at-once", "unsupported_media_type|read", lambda: _names("xl/workbook.xml")),
    case(
        "docx-end-that-points-beyond-the-file",
        "corrupt|unsupported_media_type",
        lambda: _end_moved(b"\xff\xff\xff\x7f"),
    ),
    case("zip-of-nothing", "unsupported_media_type", lambda: archive([])),
    *(
        case(f"docx-cut-at-{percent}-percent", "corrupt|unsupported_media_type", partial(_truncated, percent / 100))
        for percent in (1, 10, 30, 50, 70, 90, 99)
    ),
]


def _two_named() -> Entry:
    return entry(MAIN, document(TEXT), local_name="word/other.xml")


def _stored_pdf() -> Entry:
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"
    return entry("a.pdf", pdf, packed=pdf, method=0)


def _end_moved(start: bytes) -> bytes:
    whole = archive(parts())
    return whole[:-6] + start + whole[-2:]
