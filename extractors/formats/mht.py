"""MHT, a web page with all its parts in one file, as browsers and Word save it, often named .doc: read as its page."""

from __future__ import annotations

import codecs
import email
from email.message import Message

from extractors import sniff
from extractors.conversion import StandIn
from extractors.errors import Unreadable
from extractors.format import Format
from extractors.options import Options

_CHINESE = ("gb2312", "gbk", "gb_2312-80", "x-gbk", "cp936")  # what pages are declared in that are in GB18030


def recognises(data: bytes) -> bool:
    """Whether the bytes are a mail-like archive of the parts of one page."""
    return sniff.media_type(data) == sniff.MHT


def extract(data: bytes, _options: Options) -> StandIn:
    """The page itself; its pictures and frames are left out.

    Raises:
        Unreadable: there is no page in it.
    """
    pages = (part for part in email.message_from_bytes(data).walk() if part.get_content_type() == "text/html")
    page = next(pages, None)
    if page is None:
        raise Unreadable("the web archive holds no page")
    return StandIn(_page_of(page))


def _page_of(part: Message) -> bytes:
    """The bytes of a page, in UTF-8 with a mark where the archive says how they are encoded."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        raise Unreadable("the page in the web archive cannot be decoded")
    charset = (part.get_content_charset() or "").lower()
    try:
        text = payload.decode("gb18030" if charset in _CHINESE else charset, "replace")
    except (LookupError, ValueError):  # none is named, or none that is known (a name may hold any byte)
        return payload
    return codecs.BOM_UTF8 + text.encode()


FORMAT = Format("mht", sniff.MHT, frozenset({".mht", ".mhtml"}), recognises, extract)
