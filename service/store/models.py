"""The tables of the database. Times are seconds since 1970, by the clock of the database; hashes are hexadecimal.

Nothing of a document's content is in here: originals and results are files, named by their hash (see ``blobs.py``).
"""

from __future__ import annotations

from sqlalchemy import Double, ForeignKey, Index, LargeBinary, MetaData, String, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
HASH = String(64)
ACTIVE = text("state IN ('queued', 'running')")


class Base(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {float: Double(), str: String()}  # noqa: RUF012  SQLAlchemy reads it


class DocumentRow(Base):
    """One file that came in, by the hash of its bytes. ``filename`` is the first name it came under."""

    __tablename__ = "documents"

    sha256: Mapped[str] = mapped_column(HASH, primary_key=True)
    bytes: Mapped[int]
    media_type: Mapped[str | None]
    filename: Mapped[str | None]
    created_at: Mapped[float]


class JobRow(Base):
    """One piece of work on a document. At most one with the same key is queued or running.

    ``key`` says what has the same answer, ``asked`` what was asked for in words that outlive a version; ``scope`` is
    the name of the API key that it was made for, or empty.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index("uq_jobs_active_key", "key", unique=True, sqlite_where=ACTIVE, postgresql_where=ACTIVE),
        Index("ix_jobs_waiting", "state", "priority", "created_at"),
        Index("ix_jobs_key", "key", "created_at"),
        Index("ix_jobs_document", "sha256", "asked", "created_at"),
        Index("ix_jobs_finished", "finished_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(HASH)
    sha256: Mapped[str] = mapped_column(ForeignKey("documents.sha256"))
    asked: Mapped[str]
    request: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(16))
    priority: Mapped[int] = mapped_column(default=0)
    scope: Mapped[str] = mapped_column(default="", server_default="")
    owner: Mapped[str | None]
    lease_until: Mapped[float | None]
    attempts: Mapped[int] = mapped_column(default=0)
    page: Mapped[int | None]
    pages: Mapped[int | None]
    failure: Mapped[bytes | None] = mapped_column(LargeBinary)
    created_at: Mapped[float]
    started_at: Mapped[float | None]
    finished_at: Mapped[float | None]


class ResultRow(Base):
    """The answer to all jobs of one key; ``blob`` is the hash of its bytes."""

    __tablename__ = "results"
    __table_args__ = (Index("ix_results_document", "sha256", "asked", "created_at"),)

    key: Mapped[str] = mapped_column(HASH, primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("documents.sha256"))
    asked: Mapped[str]
    blob: Mapped[str] = mapped_column(HASH, index=True)
    bytes: Mapped[int]
    media_type: Mapped[str]
    partial: Mapped[bool]
    created_at: Mapped[float]


class IdempotencyRow(Base):
    """What was asked under an ``Idempotency-Key``; ``scope`` is the name of the API key, or empty."""

    __tablename__ = "idempotency_keys"

    scope: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(HASH)
    job: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[float] = mapped_column(index=True)


class ApiKeyRow(Base):
    """Who may use the service: the hash of a key, never the key."""

    __tablename__ = "api_keys"

    hash: Mapped[str] = mapped_column(HASH, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[float]


class WorkerRow(Base):
    """A process that takes up jobs. ``proven_at``: when it last read a document to its end."""

    __tablename__ = "workers"

    owner: Mapped[str] = mapped_column(primary_key=True)
    slots: Mapped[int]
    seen_at: Mapped[float]
    proven_at: Mapped[float | None]


class BatchRow(Base):
    """Files that were sent together."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    created_at: Mapped[float] = mapped_column(index=True)


class BatchItemRow(Base):
    """One file of a batch, in its order: a job, or why there is none."""

    __tablename__ = "batch_items"

    batch: Mapped[str] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    inside: Mapped[str | None]
    job: Mapped[str | None] = mapped_column(String(32))
    failure: Mapped[bytes | None] = mapped_column(LargeBinary)


class QuarantineRow(Base):
    """Why a file is refused; ``key`` is that of ``service.isolation.quarantine``."""

    __tablename__ = "quarantine"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    failure: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[float] = mapped_column(index=True)


class CorrectionRow(Base):
    """One line of what people said of a document, kept for ever; ``said`` is a ``schemas.review.log.Said``."""

    __tablename__ = "corrections"

    sha256: Mapped[str] = mapped_column(ForeignKey("documents.sha256"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    who: Mapped[str | None]
    made_at: Mapped[float]
    said: Mapped[bytes] = mapped_column(LargeBinary)
