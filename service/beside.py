"""A web page and the files saved beside it are one disclosure: which of its links leads to which of them. Pure."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote

from extractors.model import Link

PAGES = frozenset({".html", ".htm", ".shtml", ".xhtml"})
_FOLDERS = ("{}_files", "{}.files", "{}_attachments")  # where browsers and offices put what belongs to a page
_MOST = 500  # names beside a page; a folder of more is a collection, and its names are not unlike


def names_beside(page: Path) -> list[str]:
    """The files in the folder of a saved page, and in the folder that was saved with it; none when it is no page.

    Names are relative to the folder of the page, with ``/``; sorted.
    """
    if page.suffix.lower() not in PAGES:
        return []
    folders = [page.parent, *(page.parent / form.format(page.stem) for form in _FOLDERS)]
    try:
        files = [one for folder in folders if folder.is_dir() for one in folder.iterdir() if one.is_file()]
    except OSError:
        return []
    names = sorted(one.relative_to(page.parent).as_posix() for one in files if one != page)
    return names if len(names) <= _MOST else []


def file_of(link: Link, names: Sequence[str]) -> str | None:
    """The one file that a link leads to: named as the end of its address, or as its text. None when none or several."""
    address = unquote(re.split(r"[?#]", link.href, maxsplit=1)[0])
    wanted = {_plain(posixpath.basename(address.replace("\\", "/"))), _plain(link.text)} - {""}
    whole = [name for name in names if _plain(posixpath.basename(name)) in wanted]
    found = whole or [name for name in names if _plain(posixpath.splitext(posixpath.basename(name))[0]) in wanted]
    return found[0] if len(found) == 1 else None


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", name).lower()
