"""A web page and the files saved beside it are one disclosure: which of its links leads to which of them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from extractors.model import Link

PAGES = frozenset({".html", ".htm", ".shtml", ".xhtml"})
_FOLDERS = ("{}_files", "{}.files", "{}_attachments")  # where browsers and offices put what belongs to a page
_MOST = 500  # names beside a page; a folder of more is a collection, and its names are not unlike

_NO_TEXT = re.compile("[\ud800-\udfff]")  # a byte of a name that is not UTF-8: no link says it


def is_page(path: str) -> bool:
    """Whether a file is a saved page, by its name."""
    return PurePosixPath(path).suffix.lower() in PAGES


def names_beside(page: Path) -> list[str]:
    """As ``beside``, of a page on this machine."""
    return beside(page.as_posix(), _files_in)


def beside(page: str, files_in: Callable[[str], Iterable[str]]) -> list[str]:
    """The files in the folder of a saved page, and in the folder that was saved with it; none when it is no page.

    ``files_in`` gives the names of the files in a folder, none where there is no such folder. The names that are
    answered are relative to the folder of the page, with ``/``; sorted.
    """
    if not is_page(page):
        return []
    folder, last = posixpath.split(page)
    own = [form.format(PurePosixPath(last).stem) for form in _FOLDERS]
    names = [name for name in files_in(folder) if name != last]
    names += [f"{one}/{name}" for one in own for name in files_in(posixpath.join(folder, one))]
    names = [name for name in names if not _NO_TEXT.search(name)]
    return sorted(names) if len(names) <= _MOST else []


def beside_in(page: str, paths: Iterable[str]) -> list[str]:
    """As ``beside``, of a page among these paths: those of an archive, or of files that were sent together."""
    split = [posixpath.split(path) for path in paths] if is_page(page) else []
    return beside(page, lambda folder: [name for place, name in split if place == folder])


def _files_in(folder: str) -> list[str]:
    try:
        return [one.name for one in Path(folder).iterdir() if one.is_file()]
    except OSError:
        return []


def file_of(link: Link, names: Sequence[str]) -> str | None:
    """The one file that a link leads to: named as the end of its address, or as its text. None when none or several."""
    address = unquote(re.split(r"[?#]", link.href, maxsplit=1)[0])
    wanted = {_plain(posixpath.basename(address.replace("\\", "/"))), _plain(link.text)} - {""}
    whole = [name for name in names if _plain(posixpath.basename(name)) in wanted]
    found = whole or [name for name in names if _plain(posixpath.splitext(posixpath.basename(name))[0]) in wanted]
    return found[0] if len(found) == 1 else None


def _plain(name: str) -> str:
    return re.sub(r"\s+", "", name).lower()
