"""Who takes up jobs on this database, when each last read a document, and how busy they all are."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ScalarSelect, Select, bindparam, delete, func, literal, select
from sqlalchemy.engine import Connection

from service.states import ACTIVE, FINAL, JobState
from service.store.database import Database, KeepRow
from service.store.models import JobRow, WorkerRow
from service.store.records import Load

RECENT = 20  # finished jobs from which the time of the next is estimated
MEAN_AT_FIRST = 1.0  # seconds a job takes, as long as none has been done
_KEEP = KeepRow(WorkerRow, "owner")
SEEN = 60.0  # seconds after which a process that was not heard of is not counted


class WorkerStore:
    """The processes that take up jobs. Every method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._load = LoadQuery(database)

    def heard(self, owner: str, slots: int, *, proven: bool) -> None:
        """A process is there and runs ``slots`` jobs at a time; ``proven``: it has just read a document."""
        with self._database.noting() as connection:
            now = self._database.time(connection)
            _KEEP(connection, {"owner": owner, "slots": slots, "seen_at": now} | ({"proven_at": now} if proven else {}))

    def gone(self, owner: str) -> None:
        """A process has ended."""
        with self._database.noting() as connection:
            connection.execute(delete(WorkerRow).where(WorkerRow.owner == owner))

    def owners(self) -> set[str]:
        """All processes that were heard of and did not say that they end."""
        with self._database.reading() as connection:
            return set(connection.scalars(select(WorkerRow.owner)))

    def proven(self, within: float) -> bool:
        """Whether any process read a document in the last ``within`` seconds."""
        fresh = select(WorkerRow.owner).where(WorkerRow.proven_at > self._database.now() - within).limit(1)
        with self._database.reading() as connection:
            return connection.scalar(fresh) is not None

    def load(self) -> Load:
        """How busy all of them are."""
        with self._database.reading() as connection:
            return self._load(connection)

    def counts(self) -> Mapping[JobState, int]:
        """How many jobs there are in each state."""
        counted = select(JobRow.state, func.count()).group_by(JobRow.state)
        with self._database.reading() as connection:
            found = dict(connection.execute(counted).all())
        return {state: found.get(state.value, 0) for state in JobState}


class LoadQuery:
    """Asks how busy all processes are, within a transaction. Put together once: that takes longer than to ask."""

    def __init__(self, database: Database) -> None:
        slots = select(func.sum(WorkerRow.slots)).where(WorkerRow.seen_at > database.now() - SEEN)
        counted = _counted(JobState.QUEUED), _counted(JobState.RUNNING)
        asked = *counted, slots.scalar_subquery(), _mean_seconds().scalar_subquery()
        # Those of a scope are found among those that are counted anyway, which are as many as may wait: by one index.
        self._of_all, self._of_scope = select(*asked, literal(0)), select(*asked, _counted(*ACTIVE, scoped=True))

    def __call__(self, connection: Connection, scope: str | None = None) -> Load:
        """How busy they are now, and with how many jobs of ``scope``, unless it is None."""
        wanted = self._of_all if scope is None else self._of_scope
        queued, running, slots, mean, own = connection.execute(wanted, {"scope": scope}).one()
        return Load(queued, running, int(slots or 0), MEAN_AT_FIRST if mean is None else float(mean), own)


def _counted(*states: JobState, scoped: bool = False) -> ScalarSelect[int]:
    counted = select(func.count()).where(JobRow.state.in_(states), JobRow.priority >= 0)
    return (counted.where(JobRow.scope == bindparam("scope")) if scoped else counted).scalar_subquery()


def _mean_seconds() -> Select[tuple[float]]:
    took = select((JobRow.finished_at - JobRow.started_at).label("took"))
    done = took.where(JobRow.state.in_(FINAL), JobRow.started_at.is_not(None), JobRow.finished_at.is_not(None))
    last = done.order_by(JobRow.finished_at.desc()).limit(RECENT).subquery()
    return select(func.avg(last.c.took))
