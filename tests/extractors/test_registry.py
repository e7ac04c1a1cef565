"""Files are recognised by their bytes, and one that is not read is told what it is."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from extractors import errors, registry, sniff
from extractors.errors import ConverterMissing, DocumentError, EmptyFile, Encrypted, UnsupportedFormat
from extractors.format import Format
from extractors.model import Document
from extractors.options import Options
from tests.extractors.docxfiles import CONTENT_TYPES, docx, p, package

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(*names: str, nested: tuple[str, ...] = ()) -> bytes:
    """An OLE file of 512-byte sectors: header, allocation table, directory. ``nested`` lie in a storage below."""
    free, end = b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff"
    entries = [_entry("Root Entry", 5, child=1)]
    storage = ("ObjectPool",) if nested else ()
    top = [*names, *storage]
    for index, name in enumerate(top, start=1):
        right = index + 1 if index < len(top) else -1
        entries.append(
            _entry(name, 1 if name in storage else 2, right=right, child=len(top) + 1 if name in storage else -1)
        )
    for index, name in enumerate(nested, start=len(top) + 1):
        entries.append(_entry(name, 2, right=index + 1 if index < len(top) + len(nested) else -1))
    directory = b"".join(entries)
    sectors = -(-len(directory) // 512)
    links = [(2 + number).to_bytes(4, "little") for number in range(sectors - 1)] + [end]
    table = (b"\xfd\xff\xff\xff" + b"".join(links)).ljust(512, b"\xff")
    header = bytearray(512)
    header[:8] = OLE_SIGNATURE
    header[30:32] = (9).to_bytes(2, "little")
    header[48:52] = (1).to_bytes(4, "little")
    header[76:512] = (0).to_bytes(4, "little") + free * 108
    return bytes(header) + table + directory.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, *, right: int = -1, child: int = -1) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    links = b"".join((link & 0xFFFFFFFF).to_bytes(4, "little") for link in (-1, right, child))
    head = encoded.ljust(64, b"\0") + len(encoded).to_bytes(2, "little") + bytes([kind, 1])
    return (head + links).ljust(128, b"\0")


def image(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, kind)
    return buffer.getvalue()


def tar() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    return buffer.getvalue()


def pdf() -> bytes:
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer)
    page.drawString(72, 72, "1,234.50")
    page.save()
    return buffer.getvalue()


def stored(name: str, content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(name, content)
        archive.writestr("其他.pdf", content)
    return buffer.getvalue()


ODT_TYPE = "application/vnd.oasis.opendocument.text"

KINDS: dict[str, tuple[bytes, str, str]] = {
    "cut OLE": (ole("Contents")[:100], "unknown program", "application/x-ole-storage"),
    "other OLE": (ole("Contents"), "unknown program", "application/x-ole-storage"),
    "ODT": (stored("mimetype", ODT_TYPE.encode()), "OpenDocument text", ODT_TYPE),
    "ZIP": (package({"2022/决算.txt": "x"}), "ZIP archive", "application/zip"),
    "ZIP of an unpacked DOCX": (package({"a/word/document.xml": "x"}), "ZIP archive", "application/zip"),
    "ZIP that stores a PDF": (stored("决算.pdf", pdf()), "ZIP archive", "application/zip"),
    "ZIP that stores a DOCX": (stored("决算.docx", docx(p("x"))), "ZIP archive", "application/zip"),
    "cut ZIP": (package({"a.txt": "x" * 500})[:60], "damaged ZIP", "application/zip"),
    "RAR": (b"Rar!\x1a\x07\x01\x00", "RAR", "application/vnd.rar"),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z", "application/x-7z-compressed"),
    "gzip": (b"\x1f\x8b\x08\x00", "gzip", "application/gzip"),
    "tar": (tar(), "tar", "application/x-tar"),
    "GIF": (image("GIF"), "GIF", "image/gif"),
    "text": ("部门决算\t1,234.50\r\n".encode(), "plain text", "text/plain"),
    "text in GB18030": ("部门决算公开".encode("gb18030"), "plain text", "text/plain"),
    "text cut in a character": (("决" * 30000).encode()[:65537], "plain text", "text/plain"),
    "XML": (b"<?xml version='1.0'?><a/>", "XML file", "application/xml"),
    "Word 2003 XML": (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>", "2003", "application/xml"),
    "e-mail": (b"From: a@example.org\r\nSubject: x\r\n\r\nhello", "e-mail", "message/rfc822"),
    "unknown": (b"\x00\x01\x02\x03" * 50, "unknown kind", "application/octet-stream"),
}


@pytest.mark.parametrize(
    "streams", [("Workbook",), ("Book",), ("Workbook", "ETExtData")], ids=["Excel 97", "Excel 95", "WPS"]
)
def test_a_workbook_is_told_by_its_streams_and_not_by_what_is_embedded(streams: tuple[str, ...]) -> None:
    assert sniff.media_type(ole(*streams)) == sniff.XLS
    assert sniff.media_type(ole("WordDocument", nested=streams)) == "application/msword"
    assert sniff.media_type(ole(*streams, nested=("WordDocument",))) == sniff.XLS


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (ole("WordDocument", "1Table"), sniff.DOC),
        (ole("WordDocument", "WpsCustomData"), sniff.DOC),
        (ole("WordDocument", nested=("Workbook",)), sniff.DOC),
        (rb"{\rtf1\ansi x}", sniff.RTF),
    ],
    ids=["DOC", "WPS", "DOC with a sheet in it", "RTF"],
)
def test_a_text_that_must_be_converted_is_told_by_its_bytes(data: bytes, media_type: str) -> None:
    assert sniff.media_type(data) == media_type
    with pytest.raises(ConverterMissing):
        registry.extract(data)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_not_read_is_named(kind: str) -> None:
    data, named, media_type = KINDS[kind]
    assert sniff.media_type(data) == media_type
    with pytest.raises(UnsupportedFormat) as caught:
        registry.extract(data)
    assert named in caught.value.found
    assert caught.value.found in str(caught.value)
    assert caught.value.code == "unsupported_media_type"
    assert ("/v1/batches" in str(caught.value)) == (media_type in sniff.ARCHIVES)


def test_formats_state_themselves() -> None:
    names = [one.name for one in registry.formats()]
    assert names == sorted(names)
    assert {"docx", "html", "ofd", "pdf"} <= set(names)
    assert len({one.media_type for one in registry.formats()}) == len(names)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (docx(p("x")), "docx"),
        (docx(p("x" * 5000))[:600], "docx"),
        (package({"word/document.xml": "x"}), "docx"),
        (package({"[Content_Types].xml": CONTENT_TYPES, "word/document2.xml": "x"}), "docx"),
        (pdf(), "pdf"),
        (b"\xef\xbb\xbf" + pdf(), "pdf"),
        (b"<br />\n<b>Warning</b>: session\n" + pdf(), "pdf"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n" + pdf(), "pdf"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>\n<html><head></head></html>", "html"),
        ("<html><title>决算</title>".encode("gbk"), "html"),
        ("<html><title>决算</title>".encode("utf-16"), "html"),
        ("<html><title>决算</title>".encode("utf-16-le"), "html"),
        ("\n<html><title>决算</title>".encode("utf-16-be"), "html"),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<html>", "html"),
        (b"<table><tr><td>1</td></tr></table>", "html"),
        (b"<html><pre>\n%PDF-1.7 is the header", "html"),
    ],
    ids=[
        *("docx", "cut docx", "docx without types", "docx of another name", "pdf", "mark", "warning", "header"),
        *("page with a mark", "page in GBK", "page in UTF-16", "page in UTF-16 without a mark", "in the other order"),
        *("XHTML", "fragment of a page", "page that quotes a PDF"),
    ],
)
def test_what_is_read_is_recognised_by_one_format(data: bytes, name: str) -> None:
    assert registry.recognise(data).name == name
    assert sniff.media_type(data) == registry.recognise(data).media_type


def test_no_bytes_are_an_empty_file() -> None:
    with pytest.raises(EmptyFile) as caught:
        registry.extract(b"")
    assert caught.value.code == "empty_file"


def test_an_office_document_with_a_password_is_encrypted() -> None:
    with pytest.raises(Encrypted) as caught:
        registry.extract(ole("EncryptedPackage", "EncryptionInfo"))
    assert caught.value.code == "encrypted"


def test_bytes_that_two_formats_recognise_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def recognises(data: bytes) -> bool:
        return True

    first, second = (Format(name, "text/plain", frozenset(), recognises, _never) for name in ("tsv", "csv"))
    monkeypatch.setattr(registry, "formats", lambda: (first, second))
    with pytest.raises(UnsupportedFormat, match="at once tsv and csv"):
        registry.recognise(b"a\tb")


def _never(data: bytes, options: Options) -> Document:
    raise AssertionError


def test_a_module_among_the_formats_must_state_one() -> None:
    with pytest.raises(TypeError, match="states no FORMAT"):
        registry._stated("extractors.formats")


def _codes(error: type[DocumentError]) -> set[str]:
    return {error.code}.union(*map(_codes, error.__subclasses__()))


ERROR_PAGES = Path(__file__).parents[2] / "docs" / "errors"
TOO_LARGE = {"too_many_pages", "too_many_cells", "too_many_entries", "decompression_limit", "file_too_large"}
WORKER = {"document_timeout", "worker_memory", "worker_crashed"}


def test_every_error_code_of_reading_a_file_has_its_page() -> None:
    pages = {page.stem: page.read_text(encoding="utf-8") for page in ERROR_PAGES.glob("*.md")}
    codes = _codes(errors.DocumentError) - {"document_error"} | TOO_LARGE | WORKER
    assert codes <= set(pages)
    for code, page in pages.items():
        assert page.startswith(f"# `{code}`\n")
        assert {"## What it means", "## What to do", "## 含义", "## 处理办法"} <= set(page.splitlines())


def test_the_example_of_the_how_to_is_a_whole_format() -> None:
    page = (ERROR_PAGES.parent / "how-to" / "add-a-format.md").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", page, re.DOTALL)[0], names)
    tsv: Format = names["FORMAT"]
    document = tsv.extract("项目\t金额\n办公费\t1.00\n".encode(), Options())
    assert isinstance(document, Document)
    (grid,) = document.grids
    assert tsv.recognises("项目\t金额\n".encode())
    assert (grid.n_rows, grid.n_cols, [cell.text for cell in grid.cells]) == (2, 2, ["项目", "金额", "办公费", "1.00"])
    with pytest.raises(DocumentError, match="differ in length"):
        tsv.extract(b"a\tb\nc\td\te", Options())
