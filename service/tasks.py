"""What a worker process does for each job. Imported in the child only: the parent never loads an extractor."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from extractors.options import Limits, Options
from service import compose, pipeline
from service.jobs import ExtractJob, Job, RenderJob
from service.render import render_page
from service.worker import Report


def perform(job: Job, data: bytes, report: Report) -> bytes:
    """The answer to one job. Raises a DocumentError when the document cannot be read."""
    match job:
        case ExtractJob():
            return extract(job, data, report)
        case RenderJob():
            return render_page(data, job.page, job.dpi)


def extract(job: ExtractJob, data: bytes, report: Report) -> bytes:
    """The result of one file as JSON."""
    source = pipeline.Source(data, job.name, job.inside)
    return pipeline.encode(pipeline.process(source, replace(options_of(job), on_page=report), _deps()))


def options_of(job: ExtractJob) -> Options:
    """The extraction layer's options that a job asks for."""
    limits = Limits(
        pages=job.max_pages,
        cells=job.max_cells,
        unpacked_bytes=job.max_unpacked_bytes,
        zip_ratio=job.max_zip_ratio,
        zip_entries=job.max_zip_entries,
    )
    return Options(limits=limits, pages=frozenset(job.pages) if job.pages is not None else None)


@cache
def _deps() -> pipeline.Deps:
    return compose.deps()
