"""The ZIP package of an office document (DOCX, XLSX): parts read straight from
the ZIP, within limits, as XML without document type definitions.

The file's own word is not taken for anything: no part unpacks to more than the directory says, relationships may point
nowhere, and a part that is missing is simply not there. Only the main part must be readable.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from extractors.errors import Encrypted, ForbiddenXml, TooLarge, Unreadable
from extractors.options import Limits

RATIO_FLOOR = 32_000_000  # unpacked bytes below which a high ratio harms nobody: tables of zeros pack 90 : 1

_CENTRAL_ENTRY = b"PK\x01\x02"
_BROKEN_ZIP = (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, struct.error, zlib.error)
_FORBIDDEN = re.compile(rb"<!(DOCTYPE|ENTITY)")
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # of others, one entry may ask for gigabytes
_CONTENT_TYPES = "[content_types].xml"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/"
_STRICT_TO_TRANSITIONAL = tuple(  # what the strict form of the standard calls its vocabularies
    (_STRICT + new, _TRANSITIONAL + old)
    for new, old in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"spreadsheetml/main", b"spreadsheetml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
    )
)


@dataclass(frozen=True, slots=True)
class Relationship:
    """One relationship: ``kind`` is the last step of its type; ``target`` a part name, or an address outside."""

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one package by name. Names are compared without case, as the standard says."""

    def __init__(self, data: bytes, limits: Limits, what: str) -> None:
        """Opens the directory of the ZIP; nothing is unpacked yet. ``what`` names the kind of file in messages.

        Raises:
            Unreadable: the ZIP is broken. TooLarge: it has too many entries, or says it unpacks to too much.
        """
        self._what = what
        _refuse_entries(data, limits)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN_ZIP as error:
            raise Unreadable(f"the {what} is broken or cut off ({error})") from error
        self._entries = _by_part_name(self._zip.infolist(), what)
        _refuse_sizes(self._zip.infolist(), len(data), limits)
        self.unreadable: list[str] = []
        self._refuse_entities(_CONTENT_TYPES)

    def main_part(self, usual_name: re.Pattern[str]) -> str:
        """The name of the part that the others hang from: the one that the package names, else one usually named so.

        Raises:
            Unreadable: there is none.
        """
        named = [one.target for one in self.relationships("").values() if one.kind == "officeDocument"]
        usual = sorted(name for name in self._entries if usual_name.fullmatch(name))
        found = next((name for name in named + usual if name.lower() in self._entries), None)
        if found is None:
            raise Unreadable(f"the {self._what} holds no document part")
        return found

    def relationships(self, part: str) -> dict[str, Relationship]:
        """The relationships of ``part`` by id; those of the package itself when ``part`` is empty."""
        folder, name = posixpath.split(part)
        root = self.optional_xml(posixpath.join(folder, "_rels", name + ".rels"))
        if root is None:
            return {}
        return {one.get("Id", ""): _relationship(one, folder) for one in root if one.get("Target") is not None}

    def related(self, part: str, kind: str, usual: str) -> etree._Element | None:
        """The XML of the part that ``part`` names as its ``kind``; the one of the usual name when it names none."""
        targets = [one.target for one in self.relationships(part).values() if one.kind == kind]
        folder = posixpath.dirname(part)
        names = [*targets, posixpath.join(folder, usual)]
        found = next((name for name in names if name.lower() in self._entries), None)
        return self.optional_xml(found) if found is not None else None

    def optional_xml(self, name: str) -> etree._Element | None:
        """The root of a part that the text can be read without; None when it is missing or broken.

        Raises:
            ForbiddenXml, Encrypted: as ``xml``.
        """
        if name.lower() not in self._entries:
            return None
        try:
            return self.xml(name)
        except ForbiddenXml:
            raise
        except Unreadable:
            self.unreadable.append(name)
            return None

    def xml(self, name: str) -> etree._Element:
        """The root of a part.

        Raises:
            Unreadable: it is broken. ForbiddenXml: it declares a document type. Encrypted: it has a password.
        """
        return parse_xml(self._read(name), f"{name} in the {self._what}")

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name.lower() in self._entries

    def part(self, name: str) -> bytes:
        """The bytes of a part, such as an image.

        Raises:
            Unreadable: it is missing, or cannot be unpacked. Encrypted: it has a password.
        """
        if not self.has(name):
            raise Unreadable(f"{name} in the {self._what} is missing")
        return self._read(name)

    def raw_xml(self, name: str) -> bytes:
        """The bytes of a part that is too large for a tree, ready for a parser that resolves nothing.

        Raises:
            Unreadable: it cannot be unpacked. ForbiddenXml, Encrypted: as ``xml``.
        """
        return _harmless(self._read(name), f"{name} in the {self._what}")

    def _refuse_entities(self, name: str) -> None:
        """Of a part that the text is read without: nobody declares entities in it who means well."""
        try:
            self.optional_xml(name)
        finally:
            self.unreadable.clear()

    def _read(self, name: str) -> bytes:
        entry = self._entries[name.lower()]
        if entry.flag_bits & 0x1:
            raise Encrypted
        if entry.compress_type not in _METHODS:
            raise Unreadable(f"{name} in the {self._what} is packed in a way that no office program writes")
        try:
            with self._zip.open(entry) as part:
                return part.read(entry.file_size + 1)  # without a size, a lying entry is unpacked whole into memory
        except (*_BROKEN_ZIP, RuntimeError) as error:
            raise Unreadable(f"{name} in the {self._what} cannot be unpacked ({error})") from error


def parse_xml(raw: bytes, name: str) -> etree._Element:
    """The root element of ``raw``; no entity is resolved, nothing is fetched, nesting beyond 256 levels is refused.

    Raises:
        Unreadable: it is no well-formed XML. ForbiddenXml: it declares a document type or an entity.
    """
    raw = _harmless(raw, name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"{name} is no well-formed XML ({error})") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ForbiddenXml(name)
    return root


def _harmless(raw: bytes, name: str) -> bytes:
    """The bytes in the vocabulary of the transitional form of the standard, when they declare nothing."""
    if _FORBIDDEN.search(raw.replace(b"\0", b"") if b"\0" in raw[:8] else raw):
        raise ForbiddenXml(name)
    if _STRICT in raw:
        for strict, transitional in _STRICT_TO_TRANSITIONAL:
            raw = raw.replace(strict, transitional)
    return raw


def _relationship(element: etree._Element, folder: str) -> Relationship:
    kind = element.get("Type", "").rsplit("/", 1)[-1]
    target = element.get("Target", "")
    if element.get("TargetMode") == "External":
        return Relationship(kind, target, external=True)
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
    return Relationship(kind, posixpath.normpath(path), external=False)


def _part_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _by_part_name(entries: list[zipfile.ZipInfo], what: str) -> dict[str, zipfile.ZipInfo]:
    """The parts; names that climb out of the package are none.

    Raises:
        Unreadable: two have one name. Programs differ in which of them they show, so neither is right.
    """
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = _part_name(entry.filename)
        if name in found and not entry.is_dir():
            raise Unreadable(f"the {what} holds {entry.filename} twice")
        if ".." not in name.split("/"):
            found[name] = entry
    return found


def _refuse_entries(data: bytes, limits: Limits) -> None:
    """Counted in the raw bytes: opening a directory of a million entries already costs seconds."""
    entries = data.count(_CENTRAL_ENTRY)
    if entries > limits.zip_entries:
        raise TooLarge("too_many_entries", "entries in the package", limits.zip_entries, entries)


def _refuse_sizes(entries: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    allowed = min(limits.unpacked_bytes, max(limits.zip_ratio * packed, RATIO_FLOOR))
    if unpacked > allowed:
        raise TooLarge("decompression_limit", "unpacked bytes", allowed, unpacked)
