"""Reads one multipart upload with a running cap: a body that is too large is refused while it is still arriving."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO, NamedTuple

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from schemas.result import Stated
from service.errors import FileTooLarge, InvalidRequest
from service.intake import clean_name
from service.pages import BadPages, parse_pages
from service.stated import FIELDS as STATED
from service.stated import stated_of

ENVELOPE = 64 * 1024  # bytes beside the file itself: part headers, boundaries, the other fields
FIELDS = ("file", "pages", "personal_data", "ocr", *STATED)
BATCH_FIELDS = ("file", "archive", "personal_data", "ocr", *STATED)


@dataclass(frozen=True, slots=True)
class Upload:
    """One file and what is asked of it. ``name`` is the last part of what the client called it.

    ``file`` is open as long as the upload is being taken: in memory if it is small, else on disk without a name.
    """

    file: IO[bytes]
    name: str | None
    pages: frozenset[int] | None
    personal_data: bool = False
    ocr: bool = True
    stated: Stated | None = None


class Part(NamedTuple):
    """One file of several."""

    file: IO[bytes]
    name: str | None
    bytes: int


@dataclass(frozen=True, slots=True)
class BatchUpload:
    """Files that were sent together, and archives of files."""

    files: list[Part]
    archives: list[Part]
    personal_data: bool = False
    ocr: bool = True
    stated: Stated | None = None


class BatchLimits(NamedTuple):
    """How many files may be sent together, and how many bytes they may have."""

    files: int
    bytes: int


@asynccontextmanager
async def read_upload(request: Request, max_bytes: int) -> AsyncIterator[Upload]:
    """The file of a multipart request.

    Raises:
        FileTooLarge: the file has more than ``max_bytes``.
        InvalidRequest: not multipart, not exactly one ``file``, an unknown field, or one that says nothing sensible.
    """
    form = await _parse(request, max_bytes, FIELDS)
    try:
        yield _upload_of(form, max_bytes)
    finally:
        await form.close()


@asynccontextmanager
async def read_batch(request: Request, limits: BatchLimits) -> AsyncIterator[BatchUpload]:
    """The files of a multipart request, and the archives in it.

    Raises:
        FileTooLarge: all of them together have more than ``limits`` allow.
        InvalidRequest: not multipart, no file, too many of them, or an unknown field.
    """
    form = await _parse(request, limits.bytes, BATCH_FIELDS, limits.files)
    try:
        yield _batch_of(form)
    finally:
        await form.close()


def _batch_of(form: FormData) -> BatchUpload:
    _refuse_unknown(form, BATCH_FIELDS)
    sent = {name: form.getlist(name) for name in ("file", "archive")}
    if any(not isinstance(one, UploadFile) for many in sent.values() for one in many) or not any(sent.values()):
        raise InvalidRequest("there is no file: send files in fields named file, or an archive in one named archive")
    files, archives = ([_part(one) for one in sent[name] if isinstance(one, UploadFile)] for name in sent)
    return BatchUpload(files, archives, *_wanted(form))


def _part(file: UploadFile) -> Part:
    return Part(file.file, clean_name(file.filename), file.size or 0)


async def _parse(request: Request, max_bytes: int, fields: tuple[str, ...], max_files: int = 1) -> FormData:
    content_type = request.headers.get("content-type", "")
    if not content_type.lower().startswith("multipart/form-data"):
        raise InvalidRequest("send the document as multipart/form-data, in a field named file")
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > max_bytes + ENVELOPE:
        raise FileTooLarge(max_bytes, int(announced))
    stream = _capped(request, max_bytes)
    parser = MultiPartParser(request.headers, stream, max_files=max_files, max_fields=len(fields))
    try:
        return await parser.parse()
    except MultiPartException as error:
        raise InvalidRequest(error.message) from error


async def _capped(request: Request, max_bytes: int) -> AsyncGenerator[bytes, None]:
    received = 0
    async for chunk in request.stream():
        received += len(chunk)
        if received > max_bytes + ENVELOPE:
            raise FileTooLarge(max_bytes, received)
        yield chunk


def _upload_of(form: FormData, max_bytes: int) -> Upload:
    _refuse_unknown(form, FIELDS)
    file, pages = form.get("file"), form.get("pages")
    if not isinstance(file, UploadFile):
        raise InvalidRequest("there is no file: send it in a field named file, with a file name")
    if isinstance(pages, UploadFile):
        raise InvalidRequest("pages is text, for example 1-3,7")
    if (file.size or 0) > max_bytes:
        raise FileTooLarge(max_bytes, file.size or 0)
    return Upload(file.file, clean_name(file.filename), _pages_of(pages), *_wanted(form))


def _refuse_unknown(form: FormData, fields: tuple[str, ...]) -> None:
    unknown = sorted(set(form) - set(fields))
    if unknown:
        raise InvalidRequest(f"no such field: {', '.join(unknown)}; there are {', '.join(fields)}")


def _wanted(form: FormData) -> tuple[bool, bool, Stated | None]:
    """What every upload may ask and state."""
    sent = {name: form.get(name) for name in STATED}
    if any(isinstance(one, UploadFile) for one in sent.values()):
        raise InvalidRequest(f"{', '.join(STATED)} are texts")
    stated = stated_of(**{name: one for name, one in sent.items() if isinstance(one, str)})
    return _is_wanted(form.get("personal_data")), _is_allowed(form.get("ocr")), stated


def _is_wanted(text: str | UploadFile | None) -> bool:
    said = text.lower() if isinstance(text, str) else text  # clients generated for Python say True
    if said not in (None, "", "true", "false"):
        raise InvalidRequest("personal_data is true or false")
    return said == "true"


def _is_allowed(text: str | UploadFile | None) -> bool:
    if text not in (None, "", "auto", "off"):
        raise InvalidRequest("ocr is auto or off")
    return text != "off"


def _pages_of(text: str | None) -> frozenset[int] | None:
    if not text:
        return None
    try:
        return parse_pages(text)
    except BadPages as error:
        raise InvalidRequest(f"pages: {error}") from error
