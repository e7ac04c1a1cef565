"""Files that are not what they are called, or two things at once, or nothing."""

from __future__ import annotations

import gzip
import random
import struct

from service.canary import canary
from tests.hostile.case import READ, Case, case
from tests.hostile.packages import parts
from tests.hostile.zips import archive

UNSUPPORTED = "unsupported_media_type"
HTML = b"<!DOCTYPE html><html><body><p>x</p></body></html>"


def _ole(sectors: bytes = b"", first: int = 0) -> bytes:
    head = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    head[30:32] = (9).to_bytes(2, "little")
    head[48:52] = first.to_bytes(4, "little")
    head[76:512] = struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    return bytes(head) + sectors


CASES: list[Case] = [
    case("nothing", "empty_file", lambda: b""),
    case("one-byte", UNSUPPORTED, lambda: b"\0"),
    case("zeros", UNSUPPORTED, lambda: bytes(10_000_000)),
    case("noise", UNSUPPORTED, lambda: random.Random(1).randbytes(2_000_000)),
    case("text-of-10-mb", UNSUPPORTED, lambda: "部门决算 ".encode() * 700_000),
    case("one-line-of-less-than", UNSUPPORTED + "|read", lambda: b"<" * 5_000_000),
    case("spaces-then-a-page", UNSUPPORTED + "|read", lambda: b" " * 5_000_000 + HTML),
    case("comments-then-a-page", UNSUPPORTED + "|read", lambda: b"<!-- -->" * 500_000 + HTML),
    case("mail-headers-without-end", UNSUPPORTED, lambda: b"Subject: x\r\n" * 400_000),
    case("a-program", UNSUPPORTED, lambda: b"MZ\x90\0" + bytes(3_000)),
    case("a-linux-program", UNSUPPORTED, lambda: b"\x7fELF\2\1\1" + bytes(3_000)),
    case("a-script", UNSUPPORTED, lambda: b"#!/bin/sh\nrm -rf /\n"),
    case("a-picture", UNSUPPORTED, lambda: b"GIF89a" + bytes(3_000)),
    case("a-picture-of-zeros", "corrupt", lambda: b"\x89PNG\r\n\x1a\n" + bytes(3_000)),
    case("a-gzip-bomb", UNSUPPORTED, lambda: gzip.compress(bytes(50_000_000))),
    case("an-xml-bomb", UNSUPPORTED, lambda: b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'),
    case("an-ole-file-whose-table-is-itself", UNSUPPORTED, lambda: _ole(bytes(512) * 4)),
    case("an-ole-file-that-ends-at-once", UNSUPPORTED, lambda: _ole(first=0xFFFFFFF0)),
    case("a-page-that-is-a-pdf-later", READ, lambda: HTML + canary()),
    case("a-pdf-with-a-page-inside", "read|corrupt", lambda: canary() + HTML),
    case("a-pdf-that-is-a-zip-later", READ, lambda: archive(parts(), before=canary())),
    case("a-page-and-a-pdf-in-its-head", READ, lambda: b"<html><!-- %PDF-1.7 --><p>x</p></html>"),
    case("a-picture-with-a-pdf-behind", UNSUPPORTED, lambda: b"GIF89a" + canary()),
    case("a-rich-text-with-a-pdf-behind", "converter_missing|corrupt|read", lambda: b"{\\rtf1 " + canary()),
    case("utf-16-of-nothing", UNSUPPORTED + "|read", lambda: b"\xff\xfe" + b"\0\xd8" * 100_000),
]
