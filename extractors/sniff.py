"""What bytes really are, told from the bytes alone: no file name is asked, and next to nothing unpacked.

Knows the signatures of the files that offices publish or mail by mistake; does not know which of them are read here.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from extractors import containers

PDF = "application/pdf"
_OPENXML = "application/vnd.openxmlformats-officedocument"
_BINARY_SHEET = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
_OPENDOCUMENT = "application/vnd.oasis.opendocument"
DOCX = f"{_OPENXML}.wordprocessingml.document"
DOC = "application/msword"
RTF = "application/rtf"
XLS = "application/vnd.ms-excel"
XLS2003 = "application/vnd.ms-excel.2003+xml"
XLSX = f"{_OPENXML}.spreadsheetml.sheet"
HTML = "text/html"
MHT = "multipart/related"
OFD = "application/ofd"
ENCRYPTED_OFFICE = "application/vnd.ms-office.encrypted-package"
_XML = "application/xml"
TEXT = "text/plain"
UNKNOWN = "application/octet-stream"

ARCHIVES = frozenset(  # archives and mails: files in them may be documents
    {
        "application/zip",
        "application/vnd.rar",
        "application/x-7z-compressed",
        "application/x-tar",
        "application/gzip",
        "application/x-bzip2",
        "application/x-xz",
        "message/rfc822",
    }
)

_TEXT_WINDOW = 65_536  # bytes of a text that are looked at
_MARKUP_WINDOW = 4_096  # characters
_PDF_WINDOW = 1_024  # bytes in which a PDF reader looks for the header


@dataclass(frozen=True, slots=True)
class Content:
    """What the bytes are: a media type, and a name that completes the sentence "this is …"."""

    media_type: str
    found: str


_SIGNATURES: tuple[tuple[int, bytes, Content], ...] = (
    (0, b"{\\rtf", Content(RTF, "a rich text file (RTF)")),
    (0, b"Rar!\x1a\x07", Content("application/vnd.rar", "a RAR archive")),
    (0, b"7z\xbc\xaf\x27\x1c", Content("application/x-7z-compressed", "a 7z archive")),
    (0, b"\x1f\x8b\x08", Content("application/gzip", "a gzip archive")),
    (0, b"BZh", Content("application/x-bzip2", "a bzip2 archive")),
    (0, b"\xfd7zXZ\x00", Content("application/x-xz", "an xz archive")),
    (257, b"ustar", Content("application/x-tar", "a tar archive")),
    (0, b"\x89PNG\r\n\x1a\n", Content("image/png", "an image (PNG)")),
    (0, b"\xff\xd8\xff", Content("image/jpeg", "an image (JPEG)")),
    (0, b"II*\x00", Content("image/tiff", "an image (TIFF)")),
    (0, b"MM\x00*", Content("image/tiff", "an image (TIFF)")),
    (0, b"GIF8", Content("image/gif", "an image (GIF)")),
    (8, b"WEBPVP8", Content("image/webp", "an image (WebP)")),
    (0, b"BM", Content("image/bmp", "an image (BMP)")),
    (0, b"%!PS", Content("application/postscript", "a PostScript file")),
)

# what an entry is named; what the small entries at the beginning say of a package that was cut before that entry
_ZIP_KINDS: tuple[tuple[str, bytes, Content], ...] = (
    (r"word/document\d*\.xml", rb'["/]word/|wordprocessingml\.document\.main', Content(DOCX, "a Word document (DOCX)")),
    (r"xl/workbook\d*\.bin", rb"sheet\.binary\.", Content(_BINARY_SHEET, "a binary Excel workbook (XLSB)")),
    (r"xl/workbook\d*\.xml", rb'["/]xl/', Content(XLSX, "an Excel workbook (XLSX)")),
    (
        r"ppt/presentation\d*\.xml",
        rb'["/]ppt/',
        Content(f"{_OPENXML}.presentationml.presentation", "a PPTX presentation"),
    ),
    (r"OFD\.xml", rb"ofdspec\.org", Content(OFD, "an OFD document")),
    (r"\0", rb"opendocument\.text", Content(f"{_OPENDOCUMENT}.text", "an OpenDocument text (ODT)")),
    (r"\0", rb"opendocument\.spreadsheet", Content(f"{_OPENDOCUMENT}.spreadsheet", "an OpenDocument sheet (ODS)")),
)
_TELLTALES = ("[Content_Types].xml", "_rels/.rels", "mimetype", "OFD.xml")
_ZIP = Content("application/zip", "a ZIP archive")
_DAMAGED_ZIP = Content("application/zip", "a damaged ZIP archive")

_OLE_KINDS: tuple[tuple[frozenset[str], Content], ...] = (
    (frozenset({"EncryptedPackage"}), Content(ENCRYPTED_OFFICE, "an encrypted Office document")),
    (frozenset({"WordDocument", "WpsCustomData"}), Content(DOC, "a WPS text (.wps, .doc)")),
    (frozenset({"WordDocument"}), Content(DOC, "a Word 97-2003 document (.doc)")),
    (frozenset({"Workbook", "ETExtData"}), Content(XLS, "a WPS spreadsheet (.et, .xls)")),
    (frozenset({"Workbook"}), Content(XLS, "an Excel 97-2003 workbook (.xls)")),
    (frozenset({"Book"}), Content(XLS, "an Excel 5/95 workbook (.xls)")),
    (frozenset({"PowerPoint Document"}), Content("application/vnd.ms-powerpoint", "a PowerPoint 97-2003 file (.ppt)")),
    (frozenset({"__properties_version1.0"}), Content("application/vnd.ms-outlook", "an Outlook message (.msg)")),
)
_OLE = Content("application/x-ole-storage", "an OLE file of an unknown program")

_WEB_PAGE = Content(HTML, "a web page (HTML)")
_LEADING = r"\s*+(?:<\?xml[^>]*+>\s*+|(?><!--.*?-->)\s*+)*+"  # possessive: a thousand comments are tried one way only
_PAGE_START = re.compile(_LEADING + r"<(?:!doctype\s+html|html|head)\b", re.I | re.S)
_MARKUP: tuple[tuple[re.Pattern[str], Content], ...] = (
    (
        re.compile(
            _LEADING + r"<(?:body|meta|link|style|script|title|table|div|center|span|font|form|iframe|br|p|h\d)\b",
            re.I | re.S,
        ),
        _WEB_PAGE,
    ),
    (re.compile(r".*<\?mso-application\s+progid=.Word", re.I | re.S), Content(_XML, "a Word 2003 XML document")),
    (re.compile(r".*<\?mso-application\s+progid=.Excel", re.I | re.S), Content(XLS2003, "an Excel 2003 XML sheet")),
    (re.compile(r"\s*<\?xml\b"), Content(_XML, "an XML file")),
)
_MAIL_HEADER = re.compile(
    r"^(Received|Return-Path|From|To|Subject|Date|Message-ID|MIME-Version|Content-Type|X-[\w-]+):", re.I | re.M
)
_MAIL = Content("message/rfc822", "an e-mail message")
_WEB_ARCHIVE = Content(MHT, "a web page archive (MHTML)")
_PLAIN = Content(TEXT, "plain text")
_WIDE_MARKUP = (
    ("utf-16-le", re.compile(rb"(?:\s\0)*<\0[!?a-zA-Z]\0")),
    ("utf-16-be", re.compile(rb"(?:\0\s)*\0<\0[!?a-zA-Z]")),
)


def identify(data: bytes) -> Content:
    """What ``data`` is. Bytes of no known kind are ``application/octet-stream``; nothing is guessed from a name."""
    if data.startswith(containers.ZIP_SIGNATURES):
        return _zip_kind(data)
    if data.startswith(containers.OLE_SIGNATURE):
        return _ole_kind(data)
    for offset, signature, content in _SIGNATURES:
        if data.startswith(signature, offset):
            return content
    return _text_or_pdf(data)


def describe(data: bytes) -> str:
    """A name of what ``data`` is that completes the sentence "this is …"."""
    return identify(data).found


def media_type(data: bytes) -> str:
    """The media type of ``data``; ``application/octet-stream`` when the bytes are of no known kind."""
    return identify(data).media_type


def _zip_kind(data: bytes) -> Content:
    """A package is told by the names in it; one cut before the telling name, by what its small entries say."""
    entries = containers.zip_entries(data)
    for pattern, _, content in _ZIP_KINDS:
        if any(re.fullmatch(pattern, name) for name in entries.offsets):
            return content
    offsets = (entries.offsets[name] for name in _TELLTALES if name in entries.offsets)
    beginning = b"".join(containers.zip_beginning(data, offset) for offset in offsets)
    if not entries.whole:
        beginning += "".join(f'"{name}' for name in entries.offsets).encode()
    for _, telltale, content in _ZIP_KINDS:
        if re.search(telltale, beginning):
            return content
    return _ZIP if entries.whole else _DAMAGED_ZIP


def _ole_kind(data: bytes) -> Content:
    streams = containers.ole_streams(data)
    return next((content for needed, content in _OLE_KINDS if needed <= streams), _OLE)


def _text_or_pdf(data: bytes) -> Content:
    """A web page may print ``%PDF-`` in its head; a PDF may stand behind the warnings of the server that sent it."""
    text = _decoded(data[:_TEXT_WINDOW])
    if text is not None and _PAGE_START.match(text[:_MARKUP_WINDOW]):
        return _WEB_PAGE
    if b"%PDF-" in data[:_PDF_WINDOW]:
        return Content(PDF, "a PDF")
    if text is None:
        return Content(UNKNOWN, "a file of an unknown kind")
    return _markup_kind(text[:_MARKUP_WINDOW]) or _mail_kind(text) or _PLAIN


def _markup_kind(head: str) -> Content | None:
    return next((content for pattern, content in _MARKUP if pattern.match(head)), None)


def _mail_kind(text: str) -> Content | None:
    head = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
    if not _MAIL_HEADER.match(head) or len(_MAIL_HEADER.findall(head)) < 2:
        return None
    return _WEB_ARCHIVE if "multipart/related" in head.lower() else _MAIL


def _decoded(head: bytes) -> str | None:
    """The text of ``head``, or None when it is no text. Chinese offices write UTF-8, GB18030 and UTF-16 with a mark."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded_as("utf-16", head)
    for encoding, markup in _WIDE_MARKUP:
        if markup.match(head):
            return _decoded_as(encoding, head)
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head):
        return None
    text = _decoded_as("utf-8-sig", head)
    return text if text is not None else _decoded_as("gb18030", head)


def _decoded_as(encoding: str, head: bytes) -> str | None:
    """A character cut by the end of the window is no error."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(head, final=False)
    except UnicodeDecodeError:
        return None
