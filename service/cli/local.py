"""Reading files without a server: the same settings, limits and worker processes as the service has."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schemas.catalogue import CatalogueError, load_catalogue
from schemas.kind import Catalogue
from service import compose
from service.cli.failures import CommandError, UsageError
from service.errors import FileTooLarge, FileUnreadable
from service.pages import BadPages, parse_pages
from service.runner import ProcessRunner
from service.settings import BadSettings, Settings, load_settings


def settings(**overrides: object) -> Settings:
    """The settings of this process. Raises UsageError when one is unknown or bad."""
    try:
        return load_settings(os.environ, **overrides)
    except BadSettings as error:
        raise UsageError(str(error)) from error


def catalogue() -> Catalogue:
    """The catalogue of table kinds. Raises CommandError when a file of it is wrong."""
    try:
        return load_catalogue()
    except CatalogueError as error:
        raise CommandError(f"the catalogue of table kinds is wrong: {error}") from error


def password(file: Path | None) -> str | None:
    """The first line of a file: on a command line everybody on the machine could read it. Raises UsageError."""
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"--password-file: {file} cannot be read") from error


def pages(text: str | None) -> frozenset[int] | None:
    """The pages asked for. Raises UsageError when they are no pages."""
    try:
        return None if text is None else parse_pages(text)
    except BadPages as error:
        raise UsageError(f"--pages: {error}") from error


@contextmanager
def running(settings: Settings) -> Iterator[ProcessRunner]:
    """Worker processes, ended when the block is left, whatever way."""
    runner = compose.runner(settings)
    try:
        yield runner
    finally:
        runner.close()


def read_file(path: Path, max_bytes: int) -> bytes:
    """The bytes of a file.

    Raises:
        FileTooLarge: it has more than ``max_bytes``.
        FileUnreadable: the system does not let us read it.
    """
    try:
        size = path.stat().st_size
        if size > max_bytes:
            raise FileTooLarge(max_bytes, size)
        return path.read_bytes()
    except OSError as error:
        raise FileUnreadable(error.strerror or str(error)) from error
