"""The composition root: which extractor, reader and catalogue the pipeline works with, and how jobs are run."""

from __future__ import annotations

import time
from collections.abc import Iterable
from importlib import metadata
from typing import TYPE_CHECKING

from service.convert import LibreOffice, installed
from service.isolation.bounds import Bounds, TimeLimit
from service.isolation.pool import PoolSize
from service.jobs import ExtractJob
from service.runner import ProcessRunner

if TYPE_CHECKING:
    from service.isolation.quarantine import Quarantine
    from service.pipeline import Deps
    from service.settings import Settings
    from service.store.store import Store

# The libraries whose version can change what is read.
ENGINES = ("lxml", "pypdfium2", "rapidfuzz", "xlrd")


def version() -> str:
    """The version of this project."""
    return metadata.version("gongkai")


def deps() -> Deps:
    """The real extractor and reader. Loads them, so it is called in a worker process only."""
    from extractors import registry  # noqa: PLC0415  the parent must not load extractors
    from extractors.ocr.rapid import RapidEngine  # noqa: PLC0415
    from schemas.catalogue import load_catalogue  # noqa: PLC0415
    from schemas.read import read  # noqa: PLC0415
    from service.pipeline import Deps  # noqa: PLC0415

    return Deps(
        extract=registry.extract,
        read=read,
        catalogue=load_catalogue(),
        suffixes={known.name: known.suffixes for known in registry.formats()},
        clock=time.perf_counter,
        version=version(),
        engines={name: metadata.version(name) for name in ENGINES},
        engine=RapidEngine(),
        convert=converter(),
    )


def converter() -> LibreOffice | None:
    """What turns old text documents into ones that are read; None where it is not installed."""
    program = installed()
    return None if program is None else LibreOffice(program)


def runner(settings: Settings, quarantine: Quarantine | None = None) -> ProcessRunner:
    """The worker processes that the settings ask for, being started. ``quarantine``: where files that end them are
    remembered; without one, for as long as the runner lives."""
    return ProcessRunner(
        PoolSize(settings.workers, settings.spare_workers, settings.worker_documents, settings.queue),
        Bounds(_time_limit(settings), settings.worker_memory, converter=installed()),
        quarantine=quarantine,
        version=version(),
    )


def _time_limit(settings: Settings) -> TimeLimit:
    return TimeLimit(settings.time_base, settings.time_per_page, settings.time_max, settings.time_per_ocr_page)


def store(settings: Settings) -> Store:
    """What the settings say is kept where, opened."""
    from service.store.store import open_store  # noqa: PLC0415  the command line and workers need no database

    return open_store(settings.data_dir.absolute(), settings.database_url, settings.store_url)


def extract_job(
    settings: Settings,
    name: str | None,
    pages: Iterable[int] | None = None,
    *,
    personal_data: bool = False,
    ocr: bool = True,
) -> ExtractJob:
    """The job that reads one file within the limits of the settings."""
    return ExtractJob(
        name=name,
        pages=sorted(pages) if pages is not None else None,
        personal_data=personal_data,
        ocr=ocr,
        max_pages=settings.max_pages,
        max_ocr_pages=settings.max_ocr_pages if settings.ocr == "auto" else 0,
        max_cells=settings.max_cells,
        max_columns=settings.max_columns,
        max_unpacked_bytes=settings.max_unpacked_bytes,
        max_zip_ratio=settings.max_zip_ratio,
        max_zip_entries=settings.max_zip_entries,
    )
