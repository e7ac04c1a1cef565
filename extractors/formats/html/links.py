"""The links of a page, attachments first. Nothing is fetched; only the page's own base resolves an address."""

from __future__ import annotations

import re
from urllib.parse import unquote, urljoin, urlsplit

from extractors.model import Link

_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar)\s*$", re.I)
_NOWHERE = re.compile(r"\s*(?:#|javascript:|vbscript:|mailto:|tel:|data:|about:|$)", re.I)


class Links:
    """Collects links in the order in which they are printed, each once."""

    def __init__(self) -> None:
        self._base = ""
        self._found: dict[Link, bool] = {}
        self._open: tuple[str, str] | None = None  # address and title of the link whose text is being read
        self._texts: list[str] = []

    @property
    def is_open(self) -> bool:
        """Whether the text that is read belongs to a link."""
        return self._open is not None

    def open(self, href: str, title: str) -> None:
        """A link begins; its title stands in for a text that is an image."""
        self._open = href, title

    def text(self, text: str) -> None:
        """More text of the link."""
        self._texts.append(text)

    def close(self) -> None:
        """The link ends, where it is closed or where a table begins in one that was never closed."""
        if self._open is not None:
            href, title = self._open
            self.add(" ".join("".join(self._texts).split()) or title, href)
        self._open = None
        self._texts.clear()

    def set_base(self, href: str) -> None:
        """The first ``base`` that is absolute counts; a relative one would need the page's own address."""
        if not self._base and _is_absolute(href):
            self._base = href.strip()

    def add(self, text: str, href: str) -> None:
        """One more link, unless it leads nowhere."""
        if not _NOWHERE.match(href):
            link = Link(text, self._resolved(href.strip()))
            self._found.setdefault(link, is_attachment(text, href))

    def _resolved(self, href: str) -> str:
        try:
            return urljoin(self._base, href) if self._base else href
        except ValueError:  # an address such as http://[x is printed as it is
            return href

    def links(self) -> tuple[Link, ...]:
        """All of them; those that lead to files first."""
        return tuple(sorted(self._found, key=lambda link: not self._found[link]))


def _is_absolute(href: str) -> bool:
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https", "ftp") and bool(parts.netloc)


def is_attachment(text: str, href: str) -> bool:
    """Whether the address, or the printed name, is that of a file an office would attach."""
    path = re.split(r"[?#]", href, maxsplit=1)[0]
    return any(_ATTACHMENT.search(one) for one in (unquote(path), unquote(href), text))
