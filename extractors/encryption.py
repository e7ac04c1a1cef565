"""Office files behind a password: opened with the one that programs use of themselves, or with a given one."""

from __future__ import annotations

import io
import struct
from xml.parsers.expat import ExpatError

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError

from extractors import sniff
from extractors.errors import Encrypted, Unreadable

_OLE = (sniff.ENCRYPTED_OFFICE, sniff.DOC, sniff.XLS)
# what Excel takes for a workbook that is only protected against changes: whoever opens it is asked for nothing. (Of
# office files the empty password is none.)
_USUAL = "VelvetSweatshop"
_WRONG_KEY = (InvalidKeyError, DecryptionError)
_BROKEN = (
    *(FileFormatError, ParseError, struct.error, LookupError, ValueError, TypeError, AttributeError, AssertionError),
    *(ArithmeticError, NameError, OSError, NotImplementedError, ExpatError),
)


def opened(data: bytes, password: str | None) -> bytes:
    """The file without its password; the bytes themselves when they have none.

    Raises:
        Encrypted: neither the usual password nor the given one opens it. Unreadable: its lock is broken.
    """
    if sniff.media_type(data) not in _OLE:
        return data
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(data))
        if not locked.is_encrypted():
            return data
    except _BROKEN as error:
        if sniff.media_type(data) == sniff.ENCRYPTED_OFFICE:
            raise Encrypted from error
        return data  # an office program may still read it
    for secret in filter(None, (_USUAL, password)):
        plain = _decrypted(data, secret)
        if plain is not None:
            return plain
    raise Encrypted(given=bool(password))


def _decrypted(data: bytes, password: str) -> bytes | None:
    """The file opened with a password; None when that is not the one."""
    out = io.BytesIO()
    try:
        locked = msoffcrypto.OfficeFile(io.BytesIO(data))
        locked.load_key(password=password, verify_password=True)
        locked.decrypt(out)
    except _WRONG_KEY:
        return None
    except _BROKEN as error:
        raise Unreadable(f"the encrypted file is broken or cut off ({error})") from error
    return out.getvalue()
