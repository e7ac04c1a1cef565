"""A progress bar on standard error, only where a terminal is there and there is something to wait for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

MANY_PAGES = 20  # of a single file: less is done before a bar could be read
LONGEST_NAME = 32


class Progress(Protocol):
    """Told what is being read. Safe to call from several threads."""

    def page(self, path: Path, page: int, pages: int) -> None:
        """``page`` of ``pages`` of a file is about to be read."""

    def file(self) -> None:
        """A file is done."""


class _Silent:
    def page(self, path: Path, page: int, pages: int) -> None:
        """Say nothing."""

    def file(self) -> None:
        """Say nothing."""


@contextmanager
def progress_for(files: int, quiet: bool) -> Iterator[Progress]:
    """A bar when standard error is a terminal, silence otherwise."""
    if quiet or not sys.stderr.isatty():
        yield _Silent()
        return
    from service.cli.bar import Bar  # noqa: PLC0415  rich is loaded only where it can be seen

    with Bar(files) as bar:
        yield bar
