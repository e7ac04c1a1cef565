"""Archives: what is in them, in order, within limits, and nothing passed over in silence."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import shutil
import stat
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import py7zr
import pytest

from extractors.errors import EmptyFile
from service.archive import Bounds, is_archive, members
from service.canary import canary
from service.errors import DocumentFailed, DocumentTimeout, Failure, ServiceError
from tests.rarfiles import (
    ENCRYPTED,
    FIRST_VOLUME,
    LINK,
    NEW_NAMES,
    PACKED,
    SOLID,
    SPLIT_AFTER,
    SPLIT_BEFORE,
    VOLUME,
    RarEntry,
    rar,
)
from tests.zipfiles import AES, locked_zip

BOUNDS = Bounds(entries=20, unpacked=10_000_000, ratio=1000, member=100_000)
PDF = canary()
GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"
needs_unar = pytest.mark.skipif(shutil.which("unar") is None, reason="unar is not installed: apt-get install unar")


def zipped(*files: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


def sevenzip(*files: tuple[str, bytes], password: str | None = None) -> bytes:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as archive:
        for name, content in files:
            archive.writestr(content, name)
    return out.getvalue()


def tape(*files: tuple[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files:
            head = tarfile.TarInfo(name)
            head.size = len(content)
            archive.addfile(head, io.BytesIO(content))
    return out.getvalue()


def mail(*files: tuple[str, bytes]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "决算公开"
    message.set_content("见附件")
    for name, content in files:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def told(data: bytes, bounds: Bounds = BOUNDS, name: str = "", password: str | None = None) -> list[tuple[str, object]]:
    """Paths, each with its bytes, the code of its failure, or what it is."""
    return [
        (one.path, one.content.code if isinstance(one.content, Failure) else one.other or one.content)
        for one in members(io.BytesIO(data), bounds, name, password)
    ]


def refused(data: bytes, bounds: Bounds = BOUNDS) -> str:
    with pytest.raises(DocumentFailed) as caught:
        told(data, bounds)
    return caught.value.failure.code


FILES = (("2022/决算.pdf", PDF), ("2022/图.gif", GIF), ("说明.txt", b"x"))
TOLD = [("2022/决算.pdf", PDF), ("2022/图.gif", "an image (GIF)"), ("说明.txt", "plain text")]
MAKERS: dict[str, Callable[[], bytes]] = {
    "ZIP": lambda: zipped(*FILES),
    "RAR": lambda: rar(*(RarEntry(name, content) for name, content in FILES)),
    "7z": lambda: sevenzip(*FILES),
    "tar": lambda: tape(*FILES),
    "tar.gz": lambda: tape(*FILES, mode="w:gz"),
    "tar.bz2": lambda: tape(*FILES, mode="w:bz2"),
    "tar.xz": lambda: tape(*FILES, mode="w:xz"),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_files_of_an_archive_come_in_their_order_and_what_is_no_document_is_named(kind: str) -> None:
    data = MAKERS[kind]()
    assert is_archive(data)
    assert told(data) == TOLD


def test_attachments_of_a_mail_come_with_its_text() -> None:
    assert told(mail(("决算公开.pdf", PDF), ("图.gif", GIF))) == [
        ("body.txt", "plain text"),
        ("决算公开.pdf", PDF),
        ("图.gif", "an image (GIF)"),
    ]


def test_a_mail_inside_a_mail_is_looked_into() -> None:
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "a@example.org", "转发"
    outer.set_content("<table><tr><td>1</td></tr></table>", subtype="html")
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "b@example.org", "决算"
    inner.set_content("见附件")
    inner.add_attachment(PDF, maintype="application", subtype="pdf", filename="决算.pdf")
    outer.add_attachment(inner)
    found = dict(told(outer.as_bytes()))
    assert list(found) == ["part-2.eml/body.txt", "part-2.eml/决算.pdf", "body.html"]
    assert found["part-2.eml/决算.pdf"] == PDF


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_single_packed_file_is_named_after_its_archive(pack: Callable[[bytes], bytes]) -> None:
    assert told(pack(PDF), name="报告.pdf.gz") == [("报告.pdf", PDF)]


@needs_unar
def test_packed_files_of_a_rar_are_unpacked() -> None:
    entries = RarEntry("a.pdf", PDF, PACKED), RarEntry("决算/b.pdf", PDF, PACKED)
    assert told(rar(*entries)) == [("a.pdf", PDF), ("决算/b.pdf", PDF)]


def test_a_rar_without_its_program_says_which_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "defpath", "/nowhere")
    (packed, stored) = members(io.BytesIO(rar(RarEntry("a.pdf", PDF, PACKED), RarEntry("b.pdf", PDF))), BOUNDS)
    assert isinstance(packed.content, Failure)
    assert packed.content.code == "program_missing"
    assert "apt-get install unar" in packed.content.message
    assert stored.content == PDF


def test_archives_inside_archives_are_looked_into_to_a_depth() -> None:
    deep = zipped(("a.pdf", PDF), ("b.7z", sevenzip(("c.pdf", PDF), ("d.zip", zipped(("e.pdf", PDF))))))
    data = rar(RarEntry("outer/x.zip", deep), RarEntry("y.pdf", PDF))
    assert told(data) == [
        ("outer/x.zip/a.pdf", PDF),
        ("outer/x.zip/b.7z/c.pdf", PDF),
        ("outer/x.zip/b.7z/d.zip", "nested_too_deep"),
        ("y.pdf", PDF),
    ]


def test_names_of_a_chinese_windows_are_read() -> None:
    name = "决算公开表.pdf"
    data = zipped((name, PDF))
    gbk = name.encode("gbk")
    for mark, length, flags, start in ((b"PK\x03\x04", 26, 6, 30), (b"PK\x01\x02", 28, 8, 46)):
        at = data.find(mark)
        data = data[: at + flags + 1] + bytes([data[at + flags + 1] & ~8]) + data[at + flags + 2 :]
        data = data[: at + length] + len(gbk).to_bytes(2, "little") + data[at + length + 2 :]
        data = data[: at + start] + gbk + data[at + start + len(name.encode()) :]
    end, cut = data.rfind(b"PK\x05\x06"), len(name.encode()) - len(gbk)
    size, offset = (int.from_bytes(data[end + place : end + place + 4], "little") for place in (12, 16))
    ends = b"".join((number - cut).to_bytes(4, "little") for number in (size, offset))
    assert told(data[: end + 12] + ends + data[end + 20 :]) == [(name, PDF)]


def test_paths_are_told_as_they_were_written_and_never_used() -> None:
    climbing = zipped(("../../etc/passwd.pdf", PDF), ("/etc/x.pdf", PDF), ("a\\b.pdf", PDF))
    assert [path for path, _ in told(climbing)] == ["../../etc/passwd.pdf", "/etc/x.pdf", "a/b.pdf"]
    assert told(tape(("../x.pdf", PDF))) == [("../x.pdf", PDF)]
    assert told(rar(RarEntry("..\\..\\x.pdf", PDF))) == [("../../x.pdf", PDF)]


def test_two_files_of_one_name_are_two() -> None:
    twice = tape(("a.pdf", PDF), ("a.pdf", PDF + b" "))
    assert told(twice) == [("a.pdf", PDF), ("a.pdf", PDF + b" ")]


def link(kind: bytes) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        head = tarfile.TarInfo("x.pdf")
        head.type, head.linkname = kind, "/etc/passwd"
        archive.addfile(head)
    return out.getvalue()


def zip_link() -> bytes:
    head = zipfile.ZipInfo("x.pdf")
    head.external_attr = (stat.S_IFLNK | 0o777) << 16
    return zipped((head, b"/etc/passwd"))


@pytest.mark.parametrize(
    "data",
    [
        *(link(kind) for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE)),
        zip_link(),
        rar(RarEntry("x.pdf", b"/etc/passwd", mode=LINK)),
    ],
    ids=["symbolic link", "hard link", "device", "pipe", "link in a ZIP", "link in a RAR"],
)
def test_links_and_devices_are_no_documents_and_are_not_followed(data: bytes) -> None:
    assert told(data) == [("x.pdf", "not_a_document")]


def test_one_file_that_is_broken_large_or_encrypted_does_not_spoil_the_others() -> None:
    large = b"%PDF-" + os.urandom(100_000)
    broken = RarEntry("broken.pdf", PDF, crc=1)
    secret = RarEntry("secret.pdf", PDF, flags=ENCRYPTED)
    data = rar(broken, secret, RarEntry("large.pdf", large), RarEntry("empty.pdf"), RarEntry("a.pdf", PDF))
    assert told(data) == [
        ("broken.pdf", "corrupt"),
        ("secret.pdf", "encrypted"),
        ("large.pdf", "file_too_large"),
        ("empty.pdf", b""),
        ("a.pdf", PDF),
    ]
    zips = bytearray(zipped(("a.pdf", PDF), ("b.pdf", PDF)))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        zips[zips.find(mark) + flags] |= 1
    assert told(bytes(zips)) == [("a.pdf", "encrypted"), ("b.pdf", PDF)]
    damaged = zipped(("a.zip", zipped(("x.pdf", PDF))[:-30]), ("b.pdf", PDF))
    assert told(damaged) == [("a.zip", "corrupt"), ("b.pdf", PDF)]


def test_a_7z_with_a_password_opens_with_it_and_with_no_other() -> None:
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password="密码1") as archive:
        archive.writestr(PDF, "决算.pdf")
    data = out.getvalue()
    assert told(data, password="密码1") == [("决算.pdf", PDF)]
    for password, says in ((None, "the empty password does not open it"), ("2", "nor the given password opens it")):
        with pytest.raises(DocumentFailed) as caught:
            told(data, password=password)
        assert caught.value.failure.code == "encrypted"
        assert says in caught.value.failure.message


def test_an_encrypted_entry_of_a_zip_opens_with_its_password_and_with_no_other() -> None:
    data = locked_zip("a.pdf", PDF, b"secret")
    assert told(data, password="secret") == [("a.pdf", PDF)]
    assert told(data, password="other") == [("a.pdf", "encrypted")]
    assert told(data) == [("a.pdf", "encrypted")]
    assert told(locked_zip("a.pdf", PDF, b"secret", AES), password="secret") == [("a.pdf", "corrupt")]


def test_a_size_that_lies_gives_no_more_than_it_said() -> None:
    data = bytearray(zipped(("a", b"0123456789")))
    position = data.find(b"PK\x01\x02") + 24
    data[position : position + 4] = (3).to_bytes(4, "little")
    ((_, content),) = told(bytes(data))
    assert content in ("corrupt", "file_too_large")
    ((_, content),) = told(rar(RarEntry("a.pdf", PDF, size=10)))
    assert content == "corrupt"


TINY = Bounds(entries=5, unpacked=100_000, ratio=1000, member=90_000)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped(*((f"{number}", b"x") for number in range(6))), "too_many_entries"),
        (sevenzip(*((f"{number}", b"x") for number in range(6))), "too_many_entries"),
        (tape(*((f"{number}", b"x") for number in range(6))), "too_many_entries"),
        (mail(*((f"{number}", b"x") for number in range(6))), "too_many_entries"),
        (rar(*(RarEntry(f"{number}", b"x") for number in range(6))), "too_many_entries"),
        (zipped(("a", bytes(200_000))), "decompression_limit"),
        (sevenzip(("a", bytes(200_000))), "decompression_limit"),
        (tape(("a", bytes(200_000)), mode="w:gz"), "decompression_limit"),
        (rar(RarEntry("a", PDF, size=4_000_000_000)), "decompression_limit"),
        (
            zipped(("a.zip", zipped(("b", bytes(60_000)))), ("c.zip", zipped(("d", bytes(60_000))))),
            "decompression_limit",
        ),
    ],
)
def test_what_holds_more_than_it_may_is_refused(data: bytes, code: str) -> None:
    assert refused(data, TINY) == code


def test_a_packed_file_that_is_too_large_is_told() -> None:
    assert told(gzip.compress(bytes(200_000)), TINY, "a.pdf.gz") == [("a.pdf", "file_too_large")]


def test_what_unpacks_to_too_many_times_its_size_is_refused() -> None:
    assert refused(zipped(("a", bytes(90_000))), Bounds(10, 1_000_000, 100, 100_000)) == "decompression_limit"


def test_what_was_told_before_a_limit_stays_told() -> None:
    found = members(io.BytesIO(tape(("a.pdf", PDF), ("b", bytes(200_000)), mode="w:gz")), TINY)
    assert next(found).path == "a.pdf"
    with pytest.raises(DocumentFailed):
        next(found)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"no archive", "corrupt"),
        (PDF, "corrupt"),
        (zipped(("a.pdf", PDF))[:-40], "corrupt"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(60), "corrupt"),
        (sevenzip(("a.pdf", PDF))[:-8], "corrupt"),
        (sevenzip(("a.pdf", PDF), password="x"), "encrypted"),
        (b"Rar!\x1a\x07\x00" + bytes(60), "corrupt"),
        (rar(flags=0x80), "encrypted"),
        (rar(RarEntry("a.pdf", PDF, flags=SPLIT_BEFORE), flags=VOLUME | NEW_NAMES), "corrupt"),
        (gzip.compress(PDF)[:20] + bytes(30), "corrupt"),
    ],
)
def test_what_is_no_archive_or_cannot_be_opened_is_refused_or_told(data: bytes, code: str) -> None:
    try:
        codes = {content for _, content in told(data)}
    except DocumentFailed as error:
        codes = {error.failure.code}
    assert codes == {code}


def test_the_first_of_several_volumes_gives_what_is_whole_in_it() -> None:
    first = rar(
        RarEntry("a.pdf", PDF),
        RarEntry("b.pdf", PDF[:100], flags=SPLIT_AFTER),
        flags=VOLUME | FIRST_VOLUME | NEW_NAMES,
        end_flags=1,
    )
    assert told(first) == [("a.pdf", PDF), ("b.pdf", "corrupt")]


@needs_unar
def test_a_solid_rar_is_unpacked_or_told_to_be_broken() -> None:
    data = rar(RarEntry("a.pdf", PDF, PACKED), RarEntry("b.pdf", PDF, PACKED, flags=SOLID), flags=8)
    assert told(data)[0] == ("a.pdf", PDF)


def test_nothing_is_an_empty_file() -> None:
    with pytest.raises(EmptyFile):
        told(b"")


def test_an_entry_that_takes_too_long_ends_it() -> None:
    with pytest.raises((DocumentTimeout, ServiceError)):
        told(zipped(("a.pdf", PDF)), Bounds(20, 10_000_000, 1000, 100_000, seconds=0.0))


def test_whoever_has_enough_ends_the_process() -> None:
    found = members(io.BytesIO(zipped(*((f"{number}.pdf", PDF) for number in range(9)))), BOUNDS)
    assert next(found).path == "0.pdf"
    found.close()  # type: ignore[attr-defined]
    assert [pid for pid in os.listdir("/proc") if pid.isdigit() and is_ours(pid)] == []


def is_ours(pid: str) -> bool:
    """Whether a process unpacks an archive for this one."""
    try:
        stat_line, command = (Path(f"/proc/{pid}/{name}").read_bytes() for name in ("stat", "cmdline"))
    except OSError:
        return False
    return int(stat_line.rpartition(b")")[2].split()[1]) == os.getpid() and b"service.archive.child" in command
