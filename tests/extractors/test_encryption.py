"""Files behind a password: the one that programs use of themselves, the given one, or a clear error."""

from __future__ import annotations

import io

import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from reportlab.lib import pdfencrypt
from reportlab.pdfgen import canvas

from extractors import registry
from extractors.encryption import opened
from extractors.errors import DocumentError, Encrypted, Unreadable
from extractors.model import Document
from extractors.options import Options
from scripts.fixtures.cases import FIXTURES
from scripts.fixtures.made_sheets import budget_xls, budget_xlsx


def locked(data: bytes, password: str) -> bytes:
    """An office package as programs encrypt it."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, out)
    return out.getvalue()


def locked_pdf(password: str) -> bytes:
    out = io.BytesIO()
    page = canvas.Canvas(out, encrypt=pdfencrypt.StandardEncryption(password, ownerPassword="owner"))
    page.drawString(72, 720, "1,234.50")
    page.save()
    return out.getvalue()


def read(data: bytes, password: str | None = None) -> Document:
    return registry.extract(data, Options(password=password))


@pytest.fixture(scope="module")
def xlsx() -> bytes:
    return locked(budget_xlsx(), "secret")


def test_a_given_password_opens_a_workbook(xlsx: bytes) -> None:
    assert read(xlsx, "secret") == registry.extract(budget_xlsx())


def test_a_given_password_opens_a_word_document() -> None:
    plain = (FIXTURES / "docx" / "kaifu-2020-performance-stamp-in-cell" / "source.docx").read_bytes()
    assert read(locked(plain, "密码"), "密码") == registry.extract(plain)


def test_a_workbook_that_is_only_protected_against_changes_opens_without_being_asked() -> None:
    data = locked(budget_xlsx(), "VelvetSweatshop")
    assert read(data).blocks == registry.extract(budget_xlsx()).blocks
    assert read(data, "whatever").blocks == registry.extract(budget_xlsx()).blocks


@pytest.mark.parametrize("password", ["secret", None])
def test_a_pdf_opens_with_the_empty_password_or_with_the_given_one(password: str | None) -> None:
    document = read(locked_pdf(password or ""), password)
    assert [line.text for line in document.lines] == ["1,234.50"]


@pytest.mark.parametrize(
    ("given", "said"), [(None, "the empty password does not"), ("wrong", "neither the empty nor the")]
)
@pytest.mark.parametrize("kind", ["xlsx", "pdf"])
def test_a_wrong_password_is_a_clear_error_that_does_not_quote_it(
    kind: str, given: str | None, said: str, xlsx: bytes
) -> None:
    data = xlsx if kind == "xlsx" else locked_pdf("secret")
    with pytest.raises(Encrypted, match=said) as caught:
        read(data, given)
    assert "wrong" not in str(caught.value)


def test_files_without_a_password_are_left_as_they_are() -> None:
    for data in (budget_xls(), budget_xlsx(), b"%PDF-1.7", b"", b"text"):
        assert opened(data, "secret") is data


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_locked_file_that_is_cut_off_ends_in_a_document_error(share: float, xlsx: bytes) -> None:
    with pytest.raises(DocumentError):
        read(xlsx[: int(len(xlsx) * share)], "secret")


def test_a_lock_that_is_broken_is_unreadable(xlsx: bytes) -> None:
    broken = xlsx.replace(b"<encryption", b"<encryptiom").replace(b"keyBits", b"kexBits")
    with pytest.raises((Unreadable, Encrypted)):
        read(broken, "secret")
