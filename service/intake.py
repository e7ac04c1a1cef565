"""What comes in: names of files as other people wrote them, and the files that a command line names."""

from __future__ import annotations

import glob
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

LONGEST_NAME = 255
ARCHIVES = frozenset({".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".eml"})  # looked into in folders


class NoSuchFile(Exception):
    """A path of the command line that is not there."""


def clean_name(name: str | None) -> str | None:
    """The last part of a client's file name, without control characters; None when nothing is left."""
    last = PurePosixPath((name or "").replace("\\", "/")).name
    kept = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    return kept.strip()[-LONGEST_NAME:] or None


def find_files(arguments: Iterable[str]) -> list[Path]:
    """The files that arguments name, each once, in their order; folders and patterns give theirs sorted by name.

    Raises:
        NoSuchFile: an argument is neither a file, a folder nor a pattern that matches something.
    """
    found: dict[Path, None] = {}
    for argument in arguments:
        found.update(dict.fromkeys(_expand(argument)))
    return list(found)


def _expand(argument: str) -> Iterator[Path]:
    path = Path(argument)
    if path.is_dir():
        yield from _in_folder(path)
    elif path.exists():
        yield path
    elif matches := sorted(glob.glob(argument, recursive=True)):
        for match in map(Path, matches):
            yield from _in_folder(match) if match.is_dir() else (match,)
    else:
        raise NoSuchFile(f"{argument}: no such file, folder or pattern")


def _in_folder(folder: Path) -> Iterator[Path]:
    """What is taken from a folder: what formats and archives are called. A file named itself is always tried."""
    from extractors.registry import suffixes  # noqa: PLC0415  loads all formats, which only a folder needs

    wanted = suffixes() | ARCHIVES
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in wanted and path.is_file() and not path.name.startswith((".", "~$")):
            yield path
