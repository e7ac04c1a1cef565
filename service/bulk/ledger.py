"""The ledger of a dataset: every file that was found and what became of it. SQLite, one writer, written in batches.

What was not yet written when a process is killed is simply found and read again. Nothing is written of a document that
is being read, so there is nothing to clear up either.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    and_,
    create_engine,
    delete,
    event,
    func,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from service.bulk.models import Base, DocumentRow, FileRow, RunRow, SourceRow
from service.bulk.row import Place, Row, State
from service.bulk.statements import ENDING, FIND, NOTE, SETTLE, TAKEN
from service.errors import Failure
from service.store.database import sqlite_url

SHAPE = 2  # of the tables; a ledger of another one is refused
EVERY = 0.5  # seconds between two commits: what a killed process must do again
MANY = 500  # rows that are in memory at once
_FAILURE = msgspec.json.Decoder(Failure)


class ForeignLedger(Exception):
    """A ledger that another version of ours wrote, and this one does not read."""

    def __init__(self, shape: int) -> None:
        super().__init__(f"the ledger has shape {shape}, this version reads {SHAPE}: make a new dataset")


class Role(StrEnum):
    """What a file is to the ledger. Of the files with the same bytes the first found is the document. An archive that
    was opened stands for its members, and is none of the files that are counted."""

    DOCUMENT = "document"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    FAILED = "failed"
    ARCHIVE = "archive"


class Key(msgspec.Struct, frozen=True):
    """What, beside its bytes and name, a result depends on: see ``Row``."""

    pipeline: str
    options: str


@dataclass(frozen=True, slots=True)
class File:
    """One file as it was found; see ``FileRow``. ``failure`` says why it was skipped, or could not be had."""

    location: str
    inside: str
    path: str
    source: str
    signature: str | None
    role: Role
    sha256: str | None = None
    bytes: int | None = None
    failure: Failure | None = None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Ending:
    """What became of a document; see ``DocumentRow``. ``blob`` is the hash of its packed result; ``grades`` counts its
    values."""

    state: State
    bytes: int
    pages: int | None = None
    media_type: str | None = None
    blob: str | None = None
    grades: Mapping[str, int] = field(default_factory=dict)
    failure: Failure | None = None
    reader: str | None = None
    extractor: str | None = None
    document: str | None = None
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """The files of a run by what became of them; ``open`` are those of which nothing is known yet."""

    ok: int = 0
    partial: int = 0
    failed: int = 0
    duplicate: int = 0
    skipped: int = 0
    open: int = 0

    @property
    def closed(self) -> int:
        """All files whose end is known."""
        return self.ok + self.partial + self.failed + self.duplicate + self.skipped


class Ledger:
    """The ledger in a file. ``key`` is that of this run. To be used from one thread. One that is only read
    (``read_only``) keeps nobody from writing."""

    def __init__(self, path: Path, key: Key, *, read_only: bool = False) -> None:
        self.key = key
        self._engine = create_engine(sqlite_url(path))
        event.listen(self._engine, "connect", _settle)
        self._connection: Connection = self._engine.connect()
        self._run = 0
        self._dry = read_only
        self._written = time.monotonic()
        self._last: tuple[Key, str, Ending | None] | None = None
        self._refuse_foreign()
        if not read_only:
            self._prepare()

    def begin(self, *, dry: bool = False) -> None:
        """A new run. A dry one leaves nothing behind."""
        self._dry = dry
        values = {"pipeline": self.key.pipeline, "options": self.key.options, "started_at": time.time()}
        self._run = self._connection.execute(insert(RunRow).values(**values).returning(RunRow.id)).scalar_one()
        self.write()

    def take_over(self, readers: Iterable[str]) -> int:
        """Keep what earlier versions read with the same readers: nothing changed since that could change it. How many
        documents that is new for."""
        self._last = None
        names = [column.name for column in DocumentRow.__table__.columns if column.name != "pipeline"]
        kept = select(literal(self.key.pipeline), *(getattr(DocumentRow, name) for name in names))
        kept = kept.where(DocumentRow.options == self.key.options, DocumentRow.reader.in_(list(readers)))
        taken = insert(DocumentRow).from_select(["pipeline", *names], kept).on_conflict_do_nothing()
        return self._connection.execute(taken).rowcount

    def end(self) -> None:
        """The run has come to its end."""
        self._connection.execute(update(RunRow).where(RunRow.id == self._run).values(ended_at=time.time()))
        self.write()

    def close(self) -> None:
        """Write what is to be written, and close the file. Where an interrupt met a statement, the connection is broken
        and nothing can be written: it is found and read again."""
        if not self._connection.invalidated:
            self.write()
        self._connection.close()
        self._engine.dispose()

    def write(self) -> None:
        """Have on disk what was said so far."""
        if not self._dry:
            self._connection.commit()
        self._written = time.monotonic()

    # -- sources and files

    def add_source(self, named: str, whole: str) -> None:
        """Something was named; ``whole`` is the same from whatever folder it is named."""
        if self._connection.scalar(select(SourceRow.id).where(SourceRow.whole == whole)) is None:
            self._connection.execute(insert(SourceRow).values(named=named, whole=whole))

    def sources(self) -> list[tuple[str, str]]:
        """All that was ever named, with the whole of it, in that order."""
        rows = self._connection.execute(select(SourceRow.named, SourceRow.whole).order_by(SourceRow.id))
        return [(named, whole) for named, whole in rows]

    def find(self, location: str, inside: str = "") -> tuple[File, bool] | None:
        """What is known of a file, and whether this run has found it already."""
        row = self._connection.execute(FIND, {"location": location, "inside": inside}).mappings().one_or_none()
        return None if row is None else (_file(row), row["run"] == self._run)

    def members(self, location: str) -> list[File]:
        """What was found in the archive at a location, in its order."""
        rows = select(FileRow.__table__).where(FileRow.location == location, FileRow.inside != "").order_by(FileRow.id)
        return [_file(row) for row in self._connection.execute(rows).mappings()]

    def note(self, file: File) -> File:
        """This run has found a file. One that has the bytes of another is noted as its duplicate."""
        if file.role is Role.DOCUMENT and self._is_taken(file):
            file = replace(file, role=Role.DUPLICATE)
        self._connection.execute(NOTE, _values(file) | {"run": self._run})
        self._write_when_due()
        return file

    def forget_gone(self, source: str) -> int:
        """Forget the files of a source that this run did not find in it any more; how many they were."""
        gone = delete(FileRow).where(FileRow.source == source, FileRow.run < self._run)
        forgotten = self._connection.execute(gone).rowcount
        documents = select(FileRow.sha256).where(FileRow.role == Role.DOCUMENT)
        orphans = select(func.min(FileRow.id)).where(FileRow.role == Role.DUPLICATE, FileRow.sha256.not_in(documents))
        heirs = orphans.group_by(FileRow.sha256)
        self._connection.execute(update(FileRow).where(FileRow.id.in_(heirs)).values(role=Role.DOCUMENT))
        return forgotten

    # -- documents

    def ending(self, sha256: str) -> Ending | None:
        """What became of a document, if that is known."""
        if self._last is None or self._last[:2] != (self.key, sha256):  # a run asks several times for each
            asked = msgspec.structs.asdict(self.key) | {"sha256": sha256}
            row = self._connection.execute(ENDING, asked).mappings().first()
            self._last = (self.key, sha256, None if row is None else _ending(row))
        return self._last[2]

    def kept(self, sha256: str, extractors: Iterable[str]) -> tuple[str, str] | None:
        """The hash of what a document prints, kept by any version that has one of these extractors, and which it is."""
        known = select(DocumentRow.document, DocumentRow.extractor).where(
            DocumentRow.pipeline.in_(select(RunRow.pipeline)),
            DocumentRow.options == self.key.options,
            DocumentRow.sha256 == sha256,
            DocumentRow.document.is_not(None),
            DocumentRow.extractor.in_(list(extractors)),
        )
        return next(iter(self._pairs(known.limit(1))), None)

    def settle(self, sha256: str, ending: Ending) -> None:
        """Write down what became of a document."""
        self._last = None
        values = msgspec.structs.asdict(self.key) | _values(ending) | {"sha256": sha256}
        values["grades"] = dict(ending.grades)
        self._connection.execute(SETTLE, values)
        self._write_when_due()

    # -- what is known at the end

    def counts(self, *, of_all: bool = False) -> Counts:
        """The files of this run, or of all that the ledger knows."""
        here = FileRow.run >= (0 if of_all else self._run)
        roles = select(FileRow.role, func.count()).where(here, FileRow.role.not_in((Role.DOCUMENT, Role.ARCHIVE)))
        found: Counter[str] = Counter(dict(self._pairs(roles.group_by(FileRow.role))))
        ends = select(func.coalesce(DocumentRow.state, "open"), func.count()).select_from(FileRow)
        ends = ends.outerjoin(DocumentRow, and_(_is(self.key), DocumentRow.sha256 == FileRow.sha256))
        found.update(dict(self._pairs(ends.where(here, FileRow.role == Role.DOCUMENT).group_by(DocumentRow.state))))
        return Counts(**found)

    def rows(self, key: Key | None = None) -> Iterator[tuple[Row, str | None]]:
        """All documents that have a file, by hash, each with the hash of its packed result."""
        key, after = key or self.key, ""
        while page := self._page(key, after):
            after = page[-1]["sha256"]
            places = self._places([row["sha256"] for row in page])
            for row in page:
                if row["sha256"] in places:
                    yield _row(row, places[row["sha256"]]), row["blob"]

    def files(self) -> Iterator[tuple[File, Ending | None]]:
        """All files by path, archives left out, each with what became of its document."""
        after = ("", "")
        place = tuple_(FileRow.location, FileRow.inside)
        wanted = (
            select(FileRow.__table__).where(FileRow.role != Role.ARCHIVE).order_by(FileRow.location, FileRow.inside)
        )
        while page := self._connection.execute(wanted.where(place > after).limit(MANY)).mappings().all():
            after = (page[-1]["location"], page[-1]["inside"])
            for row in page:
                yield _file(row), self.ending(row["sha256"]) if row["sha256"] else None

    def versions(self) -> list[Key]:
        """Under what documents were read, the latest first."""
        latest = select(RunRow.pipeline, RunRow.options).group_by(RunRow.pipeline, RunRow.options)
        return [Key(*pair) for pair in self._pairs(latest.order_by(func.max(RunRow.id).desc()))]

    def _refuse_foreign(self) -> None:
        shape = self._connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if shape not in (0, SHAPE):
            raise ForeignLedger(shape)

    def _prepare(self) -> None:
        Base.metadata.create_all(self._connection)
        self._connection.exec_driver_sql(f"PRAGMA user_version = {SHAPE}")
        self._connection.commit()

    def _write_when_due(self) -> None:
        if time.monotonic() - self._written > EVERY:
            self.write()

    def _is_taken(self, file: File) -> bool:
        same = self._connection.execute(TAKEN, {"sha256": file.sha256})
        return any(tuple(place) != (file.location, file.inside) for place in same)

    def _page(self, key: Key, after: str) -> Sequence[RowMapping]:
        wanted = _documents(key).where(DocumentRow.sha256 > after).order_by(DocumentRow.sha256).limit(MANY)
        return self._connection.execute(wanted).mappings().all()

    def _places(self, hashes: list[str]) -> Mapping[str | None, list[Place]]:
        wanted = select(FileRow.sha256, FileRow.path, FileRow.inside).where(FileRow.sha256.in_(hashes))
        places: dict[str | None, list[Place]] = {}
        for sha256, path, inside in self._connection.execute(wanted):
            places.setdefault(sha256, []).append(Place(path, inside or None))
        return places

    def _pairs(self, wanted: Select[Any, Any]) -> list[tuple[Any, Any]]:
        return [(one, other) for one, other in self._connection.execute(wanted)]


def _settle(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA journal_mode=WAL")  # others may read while we write, and a commit is one write


def _is(key: Key) -> ColumnElement[bool]:
    return and_(DocumentRow.pipeline == key.pipeline, DocumentRow.options == key.options)


def _documents(key: Key) -> Select[Any]:
    return select(DocumentRow.__table__).where(_is(key))


def _values(record: File | Ending) -> dict[str, Any]:
    """The columns of a record; failures as JSON."""
    values = {one.name: getattr(record, one.name) for one in fields(record)}
    return values | {"failure": msgspec.json.encode(record.failure).decode() if record.failure else None}


def _file(row: RowMapping) -> File:
    values = {one.name: row[one.name] for one in fields(File)}
    return File(**values | {"role": Role(row["role"]), "failure": _failure(row)})


def _ending(row: RowMapping) -> Ending:
    values = {one.name: row[one.name] for one in fields(Ending)}
    return Ending(**values | {"state": State(row["state"]), "failure": _failure(row)})


def _failure(row: RowMapping) -> Failure | None:
    return _FAILURE.decode(row["failure"]) if row["failure"] else None


def _row(row: RowMapping, places: list[Place]) -> Row:
    failure = _failure(row)
    return Row(
        sha256=row["sha256"],
        places=tuple(sorted(places, key=lambda place: place.whole)),
        state=State(row["state"]),
        bytes=row["bytes"],
        pages=row["pages"],
        media_type=row["media_type"],
        pipeline=row["pipeline"],
        options=row["options"],
        code=failure.code if failure else None,
        page=failure.page if failure else None,
    )
