"""The parts of an OFD by what they are for: documents, their pages in order, page templates, resources."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from extractors.errors import DocumentError, Encrypted, ForbiddenXml, TooLarge, Unreadable
from extractors.formats.ofd.values import Quad, box, child, children, local, text_of
from extractors.options import Limits
from extractors.package import Package

ROOT = "OFD.xml"
A4: Quad = (0.0, 0.0, 210.0, 297.0)
_CIPHERED = ("Encryptions.xml", "Decryptseed.dat")  # what an OFD behind a password or a certificate holds
_MOST_PARTS = 2_000  # resources and lists of annotations that are looked at


@dataclass(slots=True)
class Resources:
    """What pages refer to by id: drawing parameters, composed graphics, and the part that holds an image."""

    parameters: dict[str, etree._Element] = field(default_factory=dict)
    graphics: dict[str, etree._Element] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageSource:
    """One page: its part, and what its document gives it; ``size`` in millimetres, unless it states its own."""

    part: str
    size: Quad
    templates: dict[str, str]
    resources: Resources


@dataclass(slots=True)
class Book:
    """An open OFD. ``attachments`` are the names of files inside it; ``documents`` counts them."""

    package: Package
    pages: list[PageSource] = field(default_factory=list)
    documents: int = 0
    attachments: list[str] = field(default_factory=list)
    annotations: int = 0  # stamps, notes and the like that lie over the pages

    def optional(self, part: str) -> etree._Element | None:
        """The root of a part that the text can be read without."""
        return self.package.optional_xml(part)


def opened(data: bytes, limits: Limits) -> Book:
    """The book of these bytes; no page was read yet.

    Raises:
        Unreadable: it is broken, or has no pages. TooLarge: it has too many. Encrypted: it has a password.
    """
    package = Package(data, limits, "OFD")
    if any(package.has(part) for part in _CIPHERED):
        raise Encrypted
    if not package.has(ROOT):
        raise Unreadable("the OFD is broken or cut off (it has no OFD.xml)")
    book = Book(package)
    for body in children(package.xml(ROOT), "DocBody"):
        root = _part("", text_of(body, "DocRoot"))
        if root and (document := _document(package, root)) is not None:
            book.documents += 1
            _add(book, root, document, limits)
    if not book.pages:
        raise Unreadable("the OFD has no pages")
    return book


def _document(package: Package, part: str) -> etree._Element | None:
    """A file that holds several documents is read without a broken one, which is noted as a part that is."""
    return package.optional_xml(part)


def _add(book: Book, root: str, document: etree._Element, limits: Limits) -> None:
    common = child(document, "CommonData")
    size = page_size(child(common, "PageArea")) or A4
    templates = {
        one.get("ID", ""): located(book.package, root, one.get("BaseLoc", ""))
        for one in children(common, "TemplatePage")
    }
    resources = _resources(book, root, common)
    for page in children(child(document, "Pages"), "Page"):
        part = located(book.package, root, page.get("BaseLoc", ""))
        book.pages.append(PageSource(part, size, templates, resources))
        if len(book.pages) > limits.pages:
            count = len(children(child(document, "Pages"), "Page"))
            raise TooLarge("too_many_pages", "pages", limits.pages, max(count, len(book.pages)))
    book.attachments += _attachments(book, root, document)
    book.annotations += _annotations(book, root, document)


def page_size(area: etree._Element | None) -> Quad | None:
    """The sheet that an area states, in millimetres."""
    return box(text_of(area, "PhysicalBox"))


def located(package: Package, base: str, location: str) -> str:
    """The part that ``location`` names in the part ``base``; some producers count from the root all the same."""
    part = _part(posixpath.dirname(base), location)
    return part if package.has(part) or not package.has(_part("", location)) else _part("", location)


def _part(folder: str, location: str) -> str:
    location = location.strip().replace("\\", "/")
    joined = location if location.startswith("/") else posixpath.join(folder, location)
    return posixpath.normpath(joined.lstrip("/")) if location else ""


def _resources(book: Book, root: str, common: etree._Element | None) -> Resources:
    found = Resources()
    for kind in ("PublicRes", "DocumentRes"):
        for named in children(common, kind)[:_MOST_PARTS]:
            part = located(book.package, root, named.text or "")
            if (listed := book.optional(part)) is not None:
                add_resources(book, part, listed, found)
    return found


def add_resources(book: Book, part: str, listed: etree._Element, found: Resources) -> None:
    """Adds what the resource file ``part`` lists to ``found``."""
    folder = posixpath.join(posixpath.dirname(part), listed.get("BaseLoc", ""), "-")
    for one in _entries(listed):
        name = one.get("ID", "")
        if local(one) == "DrawParam":
            found.parameters[name] = one
        elif local(one) == "CompositeGraphicUnit":
            found.graphics[name] = one
        elif local(one) == "MultiMedia":
            found.images[name] = located(book.package, folder, text_of(one, "MediaFile"))


def _entries(listed: etree._Element) -> Iterator[etree._Element]:
    for group in listed:
        yield from group


def _attachments(book: Book, root: str, document: etree._Element) -> list[str]:
    listed = book.optional(located(book.package, root, text_of(document, "Attachments")))
    return [one.get("Name", "") or text_of(one, "FileLoc") for one in children(listed, "Attachment")]


def _annotations(book: Book, root: str, document: etree._Element) -> int:
    part = located(book.package, root, text_of(document, "Annotations"))
    listed = children(book.optional(part), "Page")[:_MOST_PARTS]
    files = [book.optional(located(book.package, part, text_of(page, "FileLoc"))) for page in listed]
    return sum(len(children(file, "Annot")) for file in files)


def page_root(book: Book, part: str) -> etree._Element | None:
    """The root of a page or a template; None when it is missing or broken.

    Raises:
        ForbiddenXml, Encrypted, TooLarge: the whole file is refused.
    """
    try:
        return book.package.xml(part) if book.package.has(part) else None
    except (ForbiddenXml, Encrypted, TooLarge):
        raise
    except DocumentError:
        return None
