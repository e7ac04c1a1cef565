"""The pages of an archive come last: only then is it known which files were saved beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractors.errors import DocumentError
from service.archive.member import Member
from service.beside import beside_in, is_page
from service.errors import ServiceError

HELD = 50_000_000  # bytes of pages that wait; those beyond are told at once, and say no files beside them


def pages_last(members: Iterable[Member]) -> Iterator[Member]:
    """The members in their order, then the web pages among them with the files beside them. Raises what they raise,
    when all that came before was told."""
    paths: list[str] = []
    pages: list[Member] = []
    room = HELD
    ended: DocumentError | ServiceError | None = None
    try:
        for member in members:
            paths.append(member.path)
            size = len(member.content) if isinstance(member.content, bytes) else HELD + 1
            if is_page(member.path) and size <= room:
                room -= size
                pages.append(member)
            else:
                yield member
    except (DocumentError, ServiceError) as error:
        ended = error
    yield from (replace(page, beside=beside_in(page.path, paths)) for page in pages)
    if ended is not None:
        raise ended
