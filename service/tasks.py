"""What a worker process does for each job. Imported in the child only: the parent never loads an extractor.

Everything is loaded and the canary read when the process starts, before the first document: an installation that is
broken is then not mistaken for a document that cannot be read.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec

from extractors.model import Document
from extractors.options import Limits, Options
from service import compose, extraction, pipeline
from service.canary import canary
from service.jobs import Answered, ExtractJob, Job, RenderJob
from service.render import render_page
from service.worker import Handler, Reporter


def start() -> Handler:
    """What answers jobs, with everything loaded and a page read to prove it.

    Raises:
        CatalogueError: the catalogue is wrong.
        DocumentError: not even the canary can be read.
    """
    deps = compose.deps()
    pipeline.process(pipeline.Source(canary()), Options(), deps)

    def perform(job: Job, data: bytes, report: Reporter) -> bytes:
        match job:
            case ExtractJob():
                return extract(job, data, report, deps)
            case RenderJob():
                return render_page(data, job.page, job.dpi)

    return perform


def extract(job: ExtractJob, data: bytes, report: Reporter, deps: pipeline.Deps) -> bytes:
    """The result of one file as JSON, or an ``Answered``. Raises a DocumentError when it cannot be read."""
    known = (job.extracted.sha256, job.extracted.bytes) if job.extracted is not None else None
    source = pipeline.Source(data, job.name, job.inside, job.personal_data, job.beside, known, job.stated)
    options = replace(options_of(job), on_page=report, on_recognise=report.recognises, convert=deps.convert)
    if job.ocr and job.max_ocr_pages:
        options = replace(options, engine=deps.engine)
    documents: list[Document] = []

    def extracted(data: bytes, options: Options) -> Document:
        documents.append(extraction.unpack(data) if job.extracted is not None else deps.extract(data, options))
        return documents[-1]

    result = pipeline.encode(pipeline.process(source, options, replace(deps, extract=extracted)))
    return msgspec.msgpack.encode(Answered(result, extraction.pack(documents[-1]))) if job.keep else result


def options_of(job: ExtractJob) -> Options:
    """The extraction layer's options that a job asks for."""
    limits = Limits(
        pages=job.max_pages,
        recognised_pages=job.max_ocr_pages,
        cells=job.max_cells,
        columns=job.max_columns,
        unpacked_bytes=job.max_unpacked_bytes,
        zip_ratio=job.max_zip_ratio,
        zip_entries=job.max_zip_entries,
    )
    pages = frozenset(job.pages) if job.pages is not None else None
    return Options(limits=limits, password=job.password, pages=pages)
