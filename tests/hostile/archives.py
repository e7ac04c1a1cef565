"""Archives and mails that attack: by what they unpack to, by names, by headers that lie."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
from email.message import EmailMessage

import py7zr

from service.canary import canary
from tests.hostile.case import READ, Case, case
from tests.hostile.zips import archive, deflated, entry, zeros
from tests.rarfiles import LINK, NEW_NAMES, PACKED, SPLIT_BEFORE, VOLUME, RarEntry, rar

LIMITS = "decompression_limit|too_many_entries"


def _matryoshka(depth: int, wide: int) -> bytes:
    """ZIPs in ZIPs, as 42.zip is made: each holds the next one many times."""
    data = archive([entry("0", bytes(1_000_000))])
    for _ in range(depth):
        data = archive([entry(f"{number}.zip", data) for number in range(wide)])
    return data


def _sevens(content: bytes) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as packed:
        packed.writestr(content, "a.pdf")
    return out.getvalue()


def _mail(parts: int, size: int = 10) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "x"
    message.set_content("x")
    for number in range(parts):
        message.add_attachment(bytes(size), maintype="a", subtype="b", filename=f"{number}.pdf")
    return message.as_bytes()


def _nested_mail(depth: int) -> bytes:
    head = b"From: a@example.org\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n"
    return head * depth


def _boundaries() -> bytes:
    head = b'From: a@b\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n'
    return head + b'--x\r\nContent-Type: multipart/mixed; boundary="x"\r\n\r\n' * 2_000


def _sparse() -> bytes:
    head = tarfile.TarInfo("a.pdf")
    head.size = 8_000_000_000
    return gzip.compress(head.tobuf(tarfile.GNU_FORMAT) + bytes(1_000_000))


def _noise(start: bytes) -> bytes:
    return start + random.Random(1).randbytes(100_000)


_ONE = [RarEntry("a.pdf", canary())]
CASES: list[Case] = [
    case("zip-of-zips-of-zips", LIMITS + "|nested_too_deep", lambda: _matryoshka(3, 16)),
    case("zip-of-one-long-zero", LIMITS,
         lambda: archive([entry("a", b"", packed=zeros(900_000_000), size=900_000_000)])),
    case("zip-that-says-less-than-it-is", "corrupt|file_too_large",
         lambda: archive([entry("a.pdf", b"", packed=zeros(90_000_000), size=10)])),
    case("zip-of-a-million-entries", "too_many_entries|corrupt",
         lambda: archive([entry(f"{n}", b"", packed=b"") for n in range(200_000)])),
    case("zip-whose-entries-are-one", LIMITS + "|corrupt|read",
         lambda: archive([entry(f"{n}", bytes(5_000_000), offset=0 if n else None) for n in range(300)])),
    case("zip-cut-in-half", "corrupt", lambda: archive([entry("a.pdf", canary())])[:300]),
    case("zip-packed-in-a-way-of-its-own", "corrupt", lambda: archive([entry("a.pdf", canary(), method=99)])),
    case("zip-of-names-that-climb", READ, lambda: archive([entry("../" * 50 + "etc/passwd", canary())])),
    case("zip-of-a-name-of-60000-characters", READ, lambda: archive([entry("a" * 60_000, canary())])),
    case("zip-of-names-without-meaning", READ, lambda: archive([entry("\x00\x1b[2J\u202e.pdf", canary())])),
    case("rar-of-noise", "corrupt|encrypted|decompression_limit", lambda: _noise(b"Rar!\x1a\x07\x00")),
    case("rar5-of-noise", "corrupt|encrypted|decompression_limit", lambda: _noise(b"Rar!\x1a\x07\x01\x00")),
    case("rar-cut-in-half", "corrupt|decompression_limit", lambda: rar(*_ONE)[:400]),
    case("rar-that-says-four-gigabytes", LIMITS, lambda: rar(RarEntry("a.pdf", canary(), size=4_294_967_295))),
    case("rar-packed-that-says-more", "corrupt", lambda: rar(RarEntry("a.pdf", canary(), PACKED, size=60_000))),
    case("rar-of-packed-noise", "corrupt", lambda: rar(RarEntry("a.pdf", b"x" * 5_000, PACKED, crc=1))),
    case("rar-of-a-link", "not_a_document", lambda: rar(RarEntry("a.pdf", b"/etc/passwd", mode=LINK))),
    case("rar-that-is-the-second-of-two", "corrupt",
         lambda: rar(RarEntry("a.pdf", b"x", flags=SPLIT_BEFORE), flags=VOLUME | NEW_NAMES)),
    case("rar-of-names-that-climb", READ, lambda: rar(RarEntry("..\\..\\..\\etc\\passwd", canary()))),
    case("rar-of-a-name-that-is-an-option", READ, lambda: rar(RarEntry("-o/etc/passwd", canary(), PACKED))),
    case("7z-of-noise", "corrupt", lambda: _noise(b"7z\xbc\xaf\x27\x1c\0\4")),
    case("7z-cut-in-half", "corrupt", lambda: _sevens(canary())[:300]),
    case("7z-of-zeros", LIMITS, lambda: _sevens(bytes(80_000_000))),
    case("tar-that-says-eight-gigabytes", "corrupt|" + LIMITS, _sparse),
    case("gzip-of-zeros", "file_too_large|" + LIMITS, lambda: gzip.compress(bytes(90_000_000))),
    case("gzip-of-noise", "corrupt", lambda: _noise(b"\x1f\x8b\x08\0\0\0\0\0\0\3")),
    case("mail-of-20000-parts", LIMITS, lambda: _mail(20_000)),
    case("mail-in-a-mail-without-end", "corrupt|nested_too_deep|read", lambda: _nested_mail(500)),
    case("mail-whose-parts-do-not-end", "corrupt|nested_too_deep|read|too_many_entries", _boundaries),
    case("mail-of-broken-heads", "read|corrupt|not_a_document",
         lambda: b"From: \xff\xfe\r\nSubject: =?x?q?\xff?=\r\nContent-Type: ;;;=\"\r\n\r\n\xff"),
    case("deflate-of-nothing-in-a-zip", "corrupt|read",
         lambda: archive([entry("a.pdf", b"", packed=deflated(b"")[:-1])])),
]  # fmt: skip
