"""process(source, options, deps) -> Result: the only place where both layers meet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Protocol

import msgspec

from extractors.model import Document, Link, Page, PageStatus, TextVerdict
from extractors.ocr.engine import Engine
from extractors.options import Options
from schemas.findings import finding, from_notice
from schemas.kind import Catalogue
from schemas.profile.stated import stated_findings
from schemas.result import DocumentInfo, Finding, PageInfo, Provenance, Reading, Result, Stated
from service.beside import file_of
from service.pages import page_ranges

SCHEMA_VERSION = "1.0"

# What the file said of a page becomes a finding, so that no page is passed over in silence.
PAGE_FINDINGS: Mapping[TextVerdict, str] = {
    TextVerdict.SCANNED: "no_text_layer",
    TextVerdict.GARBLED: "garbled_text",
}
UNREADABLE = frozenset({TextVerdict.SCANNED.value, TextVerdict.GARBLED.value})


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it came in. ``inside`` is its path within the archive or folder it was taken from, ``beside`` are the
    names of the files saved beside a web page. ``known`` are the hash and the size of the file where ``data`` are not
    its bytes, but a Document that was made of them before.

    ``personal_data``: names of persons and telephone numbers are wanted, and not withheld. ``stated`` is what the
    sender says of the file.
    """

    data: bytes
    name: str | None = None
    inside: str | None = None
    personal_data: bool = False
    beside: Sequence[str] = ()
    known: tuple[str, int] | None = None
    stated: Stated | None = None


class Reader(Protocol):
    """What says what a Document means."""

    def __call__(self, document: Document, catalogue: Catalogue, *, personal_data: bool) -> Reading:
        """The reading; names and telephone numbers only when they are asked for."""


@dataclass(frozen=True, slots=True)
class Deps:
    """What ``process`` works with; see ``compose.py`` for the real ones.

    ``suffixes`` maps the name of a format to the file name suffixes that go with it; ``clock`` counts seconds;
    ``engine`` reads pages that are pictures; ``convert`` makes a DOCX of an old text document.
    """

    extract: Callable[[bytes, Options], Document]
    read: Reader
    catalogue: Catalogue
    suffixes: Mapping[str, frozenset[str]]
    clock: Callable[[], float]
    version: str
    engines: Mapping[str, str] = field(default_factory=dict)
    engine: Engine | None = None
    convert: Callable[[bytes, str], bytes] | None = None


def process(source: Source, options: Options, deps: Deps) -> Result:
    """The whole answer for one file.

    Raises:
        DocumentError: no Document can be built from the bytes.
    """
    start = deps.clock()
    document = deps.extract(source.data, options)
    extracted = deps.clock()
    reading = deps.read(document, deps.catalogue, personal_data=source.personal_data)
    done = deps.clock()
    timing = {"extract": round(extracted - start, 6), "read": round(done - extracted, 6)}
    return Result(
        schema_version=SCHEMA_VERSION,
        document=_document_info(source, document),
        profile=reading.profile,
        pages=[_page_info(page) for page in document.pages],
        tables=reading.tables,
        observations=reading.observations,
        forms=reading.forms,
        checks=reading.checks,
        findings=_findings(source, document, reading, deps),
        quality=reading.quality,
        provenance=Provenance(
            pipeline=deps.version,
            engines=_engines(document, options, deps),
            options={
                "pages": page_ranges(options.pages) if options.pages is not None else None,
                "personal_data": source.personal_data,
                "ocr": "off" if options.engine is None else "auto",
            },
            catalogue=deps.catalogue.digest,
            timing=timing,
        ),
    )


def _engines(document: Document, options: Options, deps: Deps) -> dict[str, str]:
    """What the document was read with; the engine that reads images, and the converter, only where they did."""
    used = dict(deps.engines)
    engine = options.engine
    if engine is not None and any(page.recognised for page in document.pages):
        used[engine.name] = engine.version
    if document.converter is not None:
        name, _, version = document.converter.rpartition(" ")
        used[name.lower()] = version
    return used


def unread_pages(result: Result) -> list[int]:
    """The pages that were asked for and could not be read."""
    return [page.number for page in result.pages if is_unread(page)]


def is_unread(page: PageInfo) -> bool:
    """Whether a page was asked for and could not be read."""
    if page.status == PageStatus.OK:
        return page.text in UNREADABLE and not page.recognised
    return page.status == PageStatus.FAILED


def encode(result: Result) -> bytes:
    """The result as JSON: UTF-8, keys in the order of the contract, no white space, amounts as strings."""
    return msgspec.json.encode(result)


def _document_info(source: Source, document: Document) -> DocumentInfo:
    sha256, size = source.known or (hashlib.sha256(source.data).hexdigest(), len(source.data))
    return DocumentInfo(
        sha256=sha256,
        filename=source.name,
        media_type=document.media_type,
        bytes=size,
        pages=len(document.pages) or None,
        inside=source.inside,
        links=[_link(link, source.beside) for link in document.links],
        stated=source.stated,
    )


def _link(link: Link, beside: Sequence[str]) -> dict[str, str]:
    """A link as printed, with the file saved beside the page that it leads to."""
    file = file_of(link, beside) if beside else None
    return {"text": link.text, "href": link.href} | ({"file": file} if file is not None else {})


def _page_info(page: Page) -> PageInfo:
    size = page.width, page.height
    return PageInfo(page.number, *size, page.rotation, page.text.value, page.status.value, page.recognised)


def _findings(source: Source, document: Document, reading: Reading, deps: Deps) -> list[Finding]:
    """What the extractor noticed, what the pages and the name say, then what the reader found, each said once; last
    what the sender stated otherwise."""
    noticed = [from_notice(notice) for notice in document.notices]
    said = {(item.code, item.page) for item in noticed}
    said |= {(item.code, item.page) for item in reading.findings}
    own = [item for item in _own_findings(source, document, deps) if (item.code, item.page) not in said]
    stated = stated_findings(source.stated, reading.profile) if source.stated is not None else ()
    return [*noticed, *own, *reading.findings, *stated]


def _own_findings(source: Source, document: Document, deps: Deps) -> list[Finding]:
    found = [
        finding(PAGE_FINDINGS[page.text], page=page.number)
        for page in document.pages
        if page.status is PageStatus.OK and page.text in PAGE_FINDINGS and not page.recognised
    ]
    skipped = frozenset(page.number for page in document.pages if page.status is PageStatus.SKIPPED)
    if skipped:
        found.append(finding("page_skipped", pages=page_ranges(skipped)))
    suffix = PurePosixPath(source.name or "").suffix.lower()
    if suffix and suffix not in deps.suffixes[document.format]:
        found.append(finding("name_content_mismatch", suffix=suffix, found=document.media_type))
    if not document.grids:
        found.append(finding("no_table_found"))
    return found
