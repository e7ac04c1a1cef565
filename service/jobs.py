"""What is asked of a worker process and what it answers: messages on a pipe, never pickled."""

from __future__ import annotations

import msgspec

from schemas.result import Stated
from service.errors import Failure


class Extracted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file that a packed Document is of: the hash of its bytes, and how many they are."""

    sha256: str
    bytes: int


class ExtractJob(msgspec.Struct, frozen=True, tag="extract", forbid_unknown_fields=True):
    """Read one file; the answer is the result as JSON. The numbers are those of ``extractors.options.Limits``.

    ``beside``: names of the files saved beside a web page.
    ``ocr``: pages that are pictures are read from their image, at most ``max_ocr_pages``.
    ``keep``: the answer is an ``Answered``, with the Document packed.
    ``stated``: what the sender says of the file, told in the answer beside what was read.
    ``extracted``: the bytes that come with the job are a packed Document, of that file; it is only said what it means.
    """

    name: str | None = None
    inside: str | None = None
    beside: list[str] = []
    pages: list[int] | None = None
    personal_data: bool = False
    ocr: bool = True
    max_pages: int = 500
    max_ocr_pages: int = 100
    max_cells: int = 2_000_000
    max_columns: int = 1_000
    max_unpacked_bytes: int = 500_000_000
    max_zip_ratio: int = 100
    max_zip_entries: int = 10_000
    password: str | None = None
    keep: bool = False
    stated: Stated | None = None
    extracted: Extracted | None = None


class Answered(msgspec.Struct, frozen=True, array_like=True):
    """A result as JSON, and the packed Document that it was made of."""

    result: bytes
    document: bytes


class RenderJob(msgspec.Struct, frozen=True, tag="render", forbid_unknown_fields=True):
    """Draw one page of a PDF at ``dpi``; the answer is a PNG."""

    page: int
    dpi: int = 110


Job = ExtractJob | RenderJob


class Ready(msgspec.Struct, frozen=True, tag="ready"):
    """The process has loaded everything it needs."""


class Taken(msgspec.Struct, frozen=True, tag="taken"):
    """The job has arrived: from here on, a death is laid to its document."""


class Progress(msgspec.Struct, frozen=True):
    """``page`` of ``pages`` is being read; so far ``recognised`` of them from their images. It is no message: see
    ``isolation.board``."""

    page: int
    pages: int
    recognised: int = 0


class Done(msgspec.Struct, frozen=True, tag="done"):
    """The job is done; the answer's bytes follow, ``size`` of them, as they are."""

    size: int


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """There is no answer, and why."""

    failure: Failure


Message = Ready | Taken | Done | Failed
