"""Reads one multipart upload with a running cap: a body that is too large is refused while it is still arriving."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import IO

from fastapi import Request
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from service.errors import FileTooLarge, InvalidRequest
from service.intake import clean_name
from service.pages import BadPages, parse_pages

ENVELOPE = 64 * 1024  # bytes beside the file itself: part headers, boundaries, the other fields
FIELDS = ("file", "pages", "personal_data")


@dataclass(frozen=True, slots=True)
class Upload:
    """One file and what is asked of it. ``name`` is the last part of what the client called it.

    ``file`` is open as long as the upload is being taken: in memory if it is small, else on disk without a name.
    """

    file: IO[bytes]
    name: str | None
    pages: frozenset[int] | None
    personal_data: bool = False


@asynccontextmanager
async def read_upload(request: Request, max_bytes: int) -> AsyncIterator[Upload]:
    """The file of a multipart request.

    Raises:
        FileTooLarge: the file has more than ``max_bytes``.
        InvalidRequest: not multipart, not exactly one ``file``, an unknown field, or pages that are no pages.
    """
    form = await _parse(request, max_bytes)
    try:
        yield _upload_of(form, max_bytes)
    finally:
        await form.close()


async def _parse(request: Request, max_bytes: int) -> FormData:
    content_type = request.headers.get("content-type", "")
    if not content_type.lower().startswith("multipart/form-data"):
        raise InvalidRequest("send the document as multipart/form-data, in a field named file")
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > max_bytes + ENVELOPE:
        raise FileTooLarge(max_bytes, int(announced))
    parser = MultiPartParser(request.headers, _capped(request, max_bytes), max_files=1, max_fields=len(FIELDS))
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
    unknown = sorted(set(form) - set(FIELDS))
    if unknown:
        raise InvalidRequest(f"no such field: {', '.join(unknown)}; there are {', '.join(FIELDS)}")
    file, pages = form.get("file"), form.get("pages")
    if not isinstance(file, UploadFile):
        raise InvalidRequest("there is no file: send it in a field named file, with a file name")
    if isinstance(pages, UploadFile):
        raise InvalidRequest("pages is text, for example 1-3,7")
    if (file.size or 0) > max_bytes:
        raise FileTooLarge(max_bytes, file.size or 0)
    return Upload(file.file, clean_name(file.filename), _pages_of(pages), _is_wanted(form.get("personal_data")))


def _is_wanted(text: str | UploadFile | None) -> bool:
    if text not in (None, "", "true", "false"):
        raise InvalidRequest("personal_data is true or false")
    return text == "true"


def _pages_of(text: str | None) -> frozenset[int] | None:
    if not text:
        return None
    try:
        return parse_pages(text)
    except BadPages as error:
        raise InvalidRequest(f"pages: {error}") from error
