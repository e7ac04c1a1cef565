"""The formats that are read, collected from ``extractors.formats``, and the layer's front door: ``extract``.

Bytes decide, never a file name. Adding a format means adding a module there; nothing here is edited.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cache

from extractors import formats as formats_package
from extractors import sniff
from extractors.conversion import notices_of
from extractors.encryption import opened
from extractors.errors import Archive, EmptyFile, Encrypted, Unreadable, UnsupportedFormat
from extractors.format import Format
from extractors.model import Document, PageStatus
from extractors.options import Options


@cache
def formats() -> tuple[Format, ...]:
    """Every format, in the order of their names: ``FORMAT`` of each module or package in ``extractors.formats``.

    Raises:
        TypeError: a module there states no ``FORMAT``.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(formats_package.__path__))
    return tuple(_stated(f"{formats_package.__name__}.{name}") for name in names)


def suffixes() -> frozenset[str]:
    """The file name suffixes that go with all formats."""
    return frozenset().union(*(one.suffixes for one in formats()))


def _stated(module_name: str) -> Format:
    stated = getattr(importlib.import_module(module_name), "FORMAT", None)
    if not isinstance(stated, Format):
        raise TypeError(f"{module_name} states no FORMAT")
    return stated


def recognise(data: bytes) -> Format:
    """The one format that recognises ``data``.

    Raises:
        EmptyFile: there are no bytes.
        Encrypted: an office document behind a password; which kind cannot be seen from outside.
        UnsupportedFormat: no format recognises them, or more than one does; it says what they are.
    """
    if not data:
        raise EmptyFile
    content = sniff.identify(data)
    candidates = [one for one in formats() if one.recognises(data) and _may_be(content, one)]
    if len(candidates) == 1:
        return candidates[0]
    if candidates:
        raise UnsupportedFormat("a file that is at once " + " and ".join(one.name for one in candidates))
    if content.media_type == sniff.ENCRYPTED_OFFICE:
        raise Encrypted
    raise (Archive if content.media_type in sniff.ARCHIVES else UnsupportedFormat)(content.found)


def _may_be(content: sniff.Content, candidate: Format) -> bool:
    """A ZIP archive whose first entry is a PDF, or a page that quotes one, is not read as that PDF alone."""
    return content.media_type in (sniff.TEXT, sniff.UNKNOWN) or fnmatchcase(content.media_type, candidate.media_type)


def extract(data: bytes, options: Options | None = None) -> Document:
    """The Document that ``data`` prints, whatever its format. Single pages may have failed, but not all of them.

    Raises:
        DocumentError: the bytes are empty, of another kind, broken, encrypted or beyond a limit.
    """
    options = options or Options()
    data = opened(data, options.password)
    document = _read(recognise(data), data, options)
    if document.pages and all(page.status is PageStatus.FAILED for page in document.pages):
        raise Unreadable(f"none of its {len(document.pages)} pages can be read")  # a page tree that runs in a circle
    return document


def _read(found: Format, data: bytes, options: Options) -> Document:
    read = found.extract(data, options)
    if isinstance(read, Document):
        return read
    inner = recognise(read.data)
    if inner is found:
        raise Unreadable(f"what is in the {found.name} file is one again")
    document = _read(inner, read.data, options)
    return replace(
        document,
        format=found.name,
        media_type=found.media_type,
        notices=(*notices_of(read), *document.notices),
        converter=read.converter,
    )
