"""Mails (.eml): their attachments, and their text as a page when they have one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import Message, MIMEPart
from functools import partial
from pathlib import Path

from extractors.errors import Unreadable
from service.archive.budget import Budget
from service.archive.entry import Entry, Readable

BODIES = {"text/html": "body.html", "text/plain": "body.txt"}
SUFFIXES = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt"}
FAULTS = (LookupError, ValueError, TypeError, AttributeError, RecursionError)  # of the library, on broken heads


def entries(path: Path, budget: Budget) -> Iterator[Entry]:
    """The parts of a mail, in its order.

    Raises:
        Unreadable: its parts cannot be told. TooLarge: there are too many.
    """
    data = path.read_bytes()
    budget.foresee(data.count(b"\n--") // 3, 0)  # parsing many parts costs seconds; each begins with a mark or two
    try:
        mail = message_from_bytes(data, policy=policy.default)
        parts = list(_parts(mail))
    except FAULTS as error:
        raise Unreadable(f"the mail is broken: {error}") from error
    budget.foresee(len(parts), 0)
    for number, part in enumerate(parts, 1):
        yield Entry(_name(part, number), partial(_opened, part))


def _parts(mail: MIMEPart) -> Iterator[MIMEPart]:
    """The leaves; a mail inside the mail is one."""
    if mail.get_content_type() == "message/rfc822" or not mail.is_multipart():
        yield mail
        return
    for part in mail.iter_parts():
        yield from _parts(part)


def _name(part: MIMEPart, number: int) -> str:
    try:
        named = part.get_filename()
    except FAULTS:
        named = None
    kind = part.get_content_type()
    if named:
        return str(named)
    return BODIES.get(kind) or f"part-{number}{SUFFIXES.get(kind, '')}"


def _opened(part: MIMEPart) -> Readable:
    try:
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            return io.BytesIO(first.as_bytes() if isinstance(first, Message) else b"")
        content = part.get_payload(decode=True)
    except FAULTS as error:
        raise Unreadable(f"the part of the mail is broken: {error}") from error
    return io.BytesIO(content if isinstance(content, bytes) else b"")
