"""Which bytes are an archive, and what unpacks them. Light: what unpacks is loaded where it is done."""

from __future__ import annotations

import importlib

from extractors import sniff
from service.archive.entry import Entries

_KINDS = {
    "application/zip": "zips",
    "application/vnd.rar": "rars",
    "application/x-7z-compressed": "sevens",
    "application/x-tar": "tars",
    "application/gzip": "tars",
    "application/x-bzip2": "tars",
    "application/x-xz": "tars",
    "message/rfc822": "mails",
}


def is_archive(data: bytes) -> bool:
    """Whether bytes are an archive or a mail: something with files in it, and no document itself."""
    return sniff.media_type(data) in sniff.ARCHIVES


def entries_of(data: bytes) -> Entries | None:
    """What tells the entries of such an archive; None when the bytes are none."""
    kind = _KINDS.get(sniff.media_type(data))
    if kind is None:
        return None
    entries: Entries = importlib.import_module(f"service.archive.{kind}").entries
    return entries
