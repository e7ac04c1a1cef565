"""Files that are sent together: each becomes a job of its own, and none is passed over in silence."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Final, Literal, NamedTuple

from msgspec.structs import replace

from extractors.errors import DocumentError
from schemas.result import Stated
from service.archive import Member, is_archive, members
from service.archive.bounds import bounds_of
from service.beside import beside_in
from service.compose import extract_job
from service.desk import Desk, Sender
from service.errors import (
    NOT_A_DOCUMENT,
    Failure,
    FileTooLarge,
    InvalidRequest,
    ServiceError,
    failure_of,
    not_a_document,
)
from service.intake import clean_name
from service.jobs import ExtractJob
from service.settings import Settings
from service.states import JobState
from service.store.batches import BatchItem, BatchRecord
from service.store.records import JobRecord

PRIORITY = -1  # those who wait for one document go first
SKIPPED: Final = "skipped"  # how a file of an archive stands that is no document


class Given(NamedTuple):
    """One file, or an archive of files."""

    file: IO[bytes]
    name: str | None
    bytes: int


class Wanted(NamedTuple):
    """How every file of a batch is to be read, and what is stated of them all."""

    personal_data: bool = False
    ocr: bool = True
    stated: Stated | None = None


class BatchDesk:
    """Takes batches, and says how they stand."""

    def __init__(self, desk: Desk, settings: Settings) -> None:
        self._desk, self._settings = desk, settings

    def submit(self, files: Sequence[Given], archives: Iterable[Given], sender: Sender, wanted: Wanted) -> BatchRecord:
        """The batch of all files. When this returns, they are kept.

        Raises:
            Draining: nothing is taken.
            InvalidRequest: there are too many of them, archives counted.
        """
        items: list[BatchItem] = []
        names = [one.name for one in files if one.name]
        for one in files:
            unpacked = one.bytes <= self._settings.max_batch_bytes and is_archive(one.file.read())
            one.file.seek(0)
            items += self._archive(one, sender, wanted) if unpacked else [self._file(one, names, sender, wanted)]
        for archive in archives:
            items += self._archive(archive, sender, wanted)
        if len(items) > self._settings.max_batch_files:
            raise InvalidRequest(
                f"{len(items)} files are more than {self._settings.max_batch_files}, which is the limit"
            )
        return self._desk.store.batches.add(items)

    def get(self, batch_id: str) -> tuple[BatchRecord, list[JobRecord | None]] | None:
        """A batch and the jobs of its files, in their order; None for a file that has no job."""
        batch = self._desk.store.batches.get(batch_id)
        if batch is None:
            return None
        jobs = self._desk.store.jobs.get_all([item.job for item in batch.items if item.job is not None])
        return batch, [jobs.get(item.job) if item.job is not None else None for item in batch.items]

    def _file(self, given: Given, names: list[str], sender: Sender, wanted: Wanted) -> BatchItem:
        request = self._request(given.name, None, wanted, beside_in(given.name or "", names))
        if given.bytes > self._settings.max_bytes:
            too_large = FileTooLarge(self._settings.max_bytes, given.bytes)
            return BatchItem(given.name, None, None, too_large.failure)
        return self._item(given.file, request, sender)

    def _archive(self, given: Given, sender: Sender, wanted: Wanted) -> Iterator[BatchItem]:
        bounds = bounds_of(self._settings)
        bounds = replace(bounds, entries=min(bounds.entries, self._settings.max_batch_files))
        try:
            for member in members(given.file, bounds, given.name or ""):
                yield self._member(given.name, member, sender, wanted)
        except DocumentError as error:
            yield BatchItem(given.name, None, None, failure_of(error))
        except ServiceError as error:
            yield BatchItem(given.name, None, None, error.failure)

    def _member(self, archive: str | None, member: Member, sender: Sender, wanted: Wanted) -> BatchItem:
        name, inside = clean_name(member.path), f"{archive or 'archive'}/{member.path}"
        if isinstance(member.content, Failure):
            return BatchItem(name, inside, None, member.content)
        if member.other is not None:
            return BatchItem(name, inside, None, not_a_document(member.other))
        return self._item(io.BytesIO(member.content), self._request(name, inside, wanted, member.beside), sender)

    def _item(self, file: IO[bytes], request: ExtractJob, sender: Sender) -> BatchItem:
        job = self._desk.submit(file, request, Sender(sender.scope), PRIORITY)
        return BatchItem(request.name, request.inside, job.id)

    def _request(self, name: str | None, inside: str | None, wanted: Wanted, beside: list[str]) -> ExtractJob:
        job = extract_job(self._settings, name, personal_data=wanted.personal_data, ocr=wanted.ocr)
        return replace(job, inside=inside, beside=beside, stated=wanted.stated)


def counts_of(batch: BatchRecord, jobs: list[JobRecord | None]) -> dict[str, int]:
    """How many files of a batch are in which state; one that has no job has failed."""
    states = [state_of(item, job) for item, job in zip(batch.items, jobs, strict=True)]
    return {state: states.count(state) for state in (*JobState, SKIPPED) if state in states}


def state_of(item: BatchItem, job: JobRecord | None) -> JobState | Literal["skipped"]:
    """How a file of a batch stands."""
    if job is not None:
        return job.state
    if item.failure is not None and item.failure.code == NOT_A_DOCUMENT:
        return SKIPPED
    return JobState.FAILED if item.failure is not None else JobState.EXPIRED
