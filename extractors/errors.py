"""Errors of the extraction layer. Each carries its data and a stable code, and writes its own message.

DocumentError
├── EmptyFile            no bytes
├── UnsupportedFormat    the bytes are of a kind that is not read here (says what they are)
│   └── Archive          they are an archive or a mail: what is in it is read, file by file
├── ProgramMissing       a program that reads this kind is not installed
├── Unreadable           of a known kind, but broken
│   └── ForbiddenXml     its XML declares a document type or entities, as only attacks do
├── Encrypted            opens only with a password
├── ConverterMissing     of a kind that another program must convert first, which is not installed
├── ConversionTimeout    that program took too long
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
    advice_zh = "该文件格式暂不支持，请提供 PDF、Word 文档、工作簿（XLSX、XLS）、图片或网页（HTML）。"

    def __init__(self, found: str) -> None:
        readable = "a PDF, a Word document, a workbook, a picture of pages or a saved web page"
        super().__init__(f"this is {found}, which is not read; send {readable}")
        self.found = found


class Archive(UnsupportedFormat):
    """Something with files in it, each of which may be a document."""

    advice_zh = "这是压缩包或邮件，请作为批量任务提交（/v1/batches），或用 gongkai extract 读取，其中的文件将逐个处理。"

    def __init__(self, found: str) -> None:
        super().__init__(found)
        self.args = (f"this is {found}, whose files are read one by one: send it as a batch (POST /v1/batches)",)


class ProgramMissing(DocumentError):
    """A ``program`` that reads this kind of file is not installed; Debian's ``package`` holds it."""

    code = "program_missing"
    advice_zh = "服务器缺少读取该类文件所需的程序，请联系维护人员安装，或换用其他格式提交。"

    def __init__(self, what: str, program: str, package: str) -> None:
        super().__init__(f"{what} are read by {program}, which is not installed: apt-get install {package}")
        self.package = package


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
    """The file opens only with a password. ``given``: one was, and it is not the one."""

    code = "encrypted"
    advice_zh = "文件已加密，请提供未加密的版本，或提供正确的密码。"

    def __init__(self, *, given: bool = False) -> None:
        which = "neither the empty nor the given password opens it" if given else "the empty password does not open it"
        super().__init__(f"the file is encrypted and {which}")


class ConverterMissing(DocumentError):
    """The file must be converted by a program that is not there."""

    code = "converter_missing"
    advice_zh = "读取 DOC、WPS、RTF 需要服务端安装 LibreOffice，请联系维护人员，或另存为 DOCX 后提交。"

    def __init__(self) -> None:
        super().__init__(
            "this is a DOC, WPS or RTF text, which LibreOffice must convert, and that is not installed here "
            "(on Debian: apt-get install libreoffice-writer-nogui); or save it as DOCX"
        )


class ConversionTimeout(DocumentError):
    """The converter took longer than ``seconds`` and was ended."""

    code = "conversion_timeout"
    advice_zh = "文件转换超时，请另存为 DOCX 后提交。"

    def __init__(self, seconds: float) -> None:
        super().__init__(f"converting the file took longer than {seconds:g} s and was stopped; save it as DOCX")


class TooLarge(DocumentError):
    """The file goes beyond a limit. ``limit`` and ``observed`` are counts of ``what``."""

    advice_zh = "文件超出限制，请拆分后再提交。"

    def __init__(self, code: str, what: str, limit: int, observed: int) -> None:
        super().__init__(f"{observed} {what}, the limit is {limit}")
        self.code = code
        self.what = what
        self.limit = limit
        self.observed = observed
