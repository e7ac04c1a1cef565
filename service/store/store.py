"""Everything that is kept, opened together."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from service.store.batches import BatchStore
from service.store.blobs import Blobs, Folder, Remote, sweep
from service.store.corrections import CorrectionStore
from service.store.database import Database, sqlite_url
from service.store.jobs import JobStore
from service.store.keys import KeyStore
from service.store.quarantine import QuarantineStore
from service.store.results import ResultStore
from service.store.workers import WorkerStore


@dataclass(frozen=True, slots=True)
class Store:
    """The database by its parts, the bytes, and the folder where files arrive: on the disk of ``blobs``, if ours."""

    database: Database
    jobs: JobStore
    results: ResultStore
    workers: WorkerStore
    batches: BatchStore
    keys: KeyStore
    quarantine: QuarantineStore
    corrections: CorrectionStore
    blobs: Blobs
    incoming: Path

    def close(self) -> None:
        """Close all connections."""
        self.database.close()


def open_store(folder: Path, database_url: str | None = None, blobs_url: str | None = None) -> Store:
    """What is kept in ``folder``, unless the database or the bytes are said to be elsewhere."""
    incoming = folder / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    sweep(incoming)
    database = Database(database_url or sqlite_url(folder / "gongkai.db"))
    return Store(
        database=database,
        jobs=JobStore(database),
        results=ResultStore(database),
        workers=WorkerStore(database),
        batches=BatchStore(database),
        keys=KeyStore(database),
        quarantine=QuarantineStore(database),
        corrections=CorrectionStore(database),
        blobs=Remote(blobs_url) if blobs_url else Folder(folder / "blobs"),
        incoming=incoming,
    )
