"""The tables of a ledger. Its file is in the dataset; what documents say is not in it, but in files beside it."""

from __future__ import annotations

from sqlalchemy import JSON, Double, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from service.store.models import HASH, NAMES


class Base(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {float: Double(), str: String(), dict[str, int]: JSON()}  # noqa: RUF012  SQLAlchemy reads it


class FileRow(Base):
    """One file that was found: at ``location``, and in an archive there at ``inside``, which is empty else.

    ``path`` is as it was named. ``signature`` says whether the file at the location is still the same, without reading
    it; null when nothing does. ``role`` is a ``Role``. ``beside`` is a digest of the names of the files saved beside a
    web page, empty for other files. ``run`` is the last that found it. Failures are JSON.
    """

    __tablename__ = "files"
    __table_args__ = (UniqueConstraint("location", "inside"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    location: Mapped[str]
    inside: Mapped[str]
    path: Mapped[str]
    source: Mapped[str]
    signature: Mapped[str | None]
    role: Mapped[str]
    sha256: Mapped[str | None] = mapped_column(HASH, index=True)
    bytes: Mapped[int | None]
    failure: Mapped[str | None]
    beside: Mapped[str]
    run: Mapped[int] = mapped_column(index=True)


class DocumentRow(Base):
    """What became of a document under one version of the pipeline and one set of options.

    ``blob`` is the hash of the packed result among the results; ``grades`` counts the values of each grade. ``reader``
    is the digest of all that can change the result of a file of its format, null when it failed. ``document`` is the
    hash of what it prints, packed, where that is kept, and ``extractor`` the digest of all that can change that.
    ``beside`` is that of the file as it was read.
    """

    __tablename__ = "documents"

    pipeline: Mapped[str] = mapped_column(primary_key=True)
    options: Mapped[str] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(HASH, primary_key=True)
    state: Mapped[str]
    bytes: Mapped[int]
    pages: Mapped[int | None]
    media_type: Mapped[str | None]
    blob: Mapped[str | None] = mapped_column(HASH)
    grades: Mapped[dict[str, int]]
    failure: Mapped[str | None]
    reader: Mapped[str | None]
    extractor: Mapped[str | None]
    document: Mapped[str | None] = mapped_column(HASH)
    beside: Mapped[str]


class SourceRow(Base):
    """A file, folder, pattern or URL that was named, whole; they are looked through in the order of their ids."""

    __tablename__ = "sources"

    id: Mapped[int] = mapped_column(primary_key=True)
    named: Mapped[str]
    whole: Mapped[str] = mapped_column(unique=True)


class RunRow(Base):
    """One run. ``ended_at`` is null while it runs, and for good when it was killed; times are seconds since 1970."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    pipeline: Mapped[str]
    options: Mapped[str]
    started_at: Mapped[float]
    ended_at: Mapped[float | None]
