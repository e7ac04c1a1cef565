"""Errors of the extraction layer. Each carries its data and a stable code, and writes its own message.

DocumentError
├── EmptyFile            no bytes
├── UnsupportedFormat    the bytes are of a kind that is not read here (says what they are)
├── Unreadable           of a known kind, but broken
│   └── ForbiddenXml     its XML declares a document type or entities, as only attacks do
├── Encrypted            opens only with a password
└── TooLarge             beyond a limit: pages, cells, unpacked bytes, entries
"""

from __future__ import annotations


class DocumentError(Exception):
    """A document that cannot be read. ``code`` is stable and documented in ``docs/errors``."""

    code = "document_error"
    advice_zh = ""

    def __init__(self, message: str, *, page: int | None = None) -> None:
        super().__init__(message)
        self.page = page


class EmptyFile(DocumentError):
    """The file has no bytes."""

    code = "empty_file"
    advice_zh = "文件为空，请重新下载或上传。"

    def __init__(self) -> None:
        super().__init__("the file is empty (0 bytes)")


class UnsupportedFormat(DocumentError):
    """The bytes are of a format that is not read. ``found`` names what they are, as far as that is known."""

    code = "unsupported_media_type"
    advice_zh = "该文件格式暂不支持，请提供 PDF、DOCX、工作簿（XLSX、XLS）或网页（HTML）。"

    def __init__(self, found: str) -> None:
        super().__init__(
            f"this is {found}, which is not read; send a PDF, a DOCX, a workbook (XLSX, XLS) or a saved web page"
        )
        self.found = found


class Unreadable(DocumentError):
    """The format is known, but the file is broken."""

    code = "corrupt"
    advice_zh = "文件已损坏或不完整，请重新下载。"


class ForbiddenXml(Unreadable):
    """A part of the file declares a document type or entities; no office program writes that."""

    code = "xml_forbidden_construct"
    advice_zh = "文件的 XML 含有被禁止的声明（DTD 或实体），请用 Word 或 WPS 另存后重新提交。"

    def __init__(self, part: str) -> None:
        super().__init__(f"{part} declares a document type or entities, which is refused")
        self.part = part


class Encrypted(DocumentError):
    """The file opens only with a password."""

    code = "encrypted"
    advice_zh = "文件已加密，请提供未加密的版本。"

    def __init__(self) -> None:
        super().__init__("the file is encrypted and the empty password does not open it")


class TooLarge(DocumentError):
    """The file goes beyond a limit. ``limit`` and ``observed`` are counts of ``what``."""

    advice_zh = "文件超出限制，请拆分后再提交。"

    def __init__(self, code: str, what: str, limit: int, observed: int) -> None:
        super().__init__(f"{observed} {what}, the limit is {limit}")
        self.code = code
        self.what = what
        self.limit = limit
        self.observed = observed
