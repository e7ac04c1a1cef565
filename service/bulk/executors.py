"""Who reads: our own processes on this machine, or those of a Dask cluster. Both are a ``concurrent.futures.Executor``
that calls ``reading.read``; each document is read in an isolated child of the process that calls it.
"""

from __future__ import annotations

import logging
import math
import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from service.bulk import reading
from service.bulk.batches import Team
from service.settings import Settings

LOCAL = "local"
TOGETHER = 16  # documents of one task of Dask
SLOTS_FOR = 1.0  # seconds for which it is not asked again how many workers there are
_CGROUP = Path("/sys/fs/cgroup")


class NoDask(Exception):
    """Dask is not installed, or the cluster cannot be reached; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Room:
    """What this machine has to give: processors, and bytes of memory that are free."""

    cores: int
    memory: int

    def workers(self, memory: int) -> int:
        """How many processes of at most that many bytes it holds at once: one for each processor, at least one."""
        return max(1, min(self.cores, self.memory // memory))


def room() -> Room:
    """What is free on this machine, or in the container that we are in."""
    return Room(len(os.sched_getaffinity(0)), min(_free_memory(), _free_in_group()))


@contextmanager
def local(workers: int, settings: Settings) -> Iterator[Team]:
    """Our own processes: as many as said, started at once, ended when the block is left."""
    threads = ThreadPoolExecutor(workers, "reader")
    try:
        reading.start(reading.reading_settings(settings, workers))
        yield Team(threads, lambda: workers, workers)
    finally:
        reading.close()  # first, so that no thread waits for a child
        threads.shutdown(cancel_futures=True)


@contextmanager
def dask(address: str, workers: int, settings: Settings, *, shared: bool) -> Iterator[Team]:
    """The workers of the cluster at an address; ``local`` is one of our own on this machine, of that many workers. They
    begin at once to start what reads.

    ``shared``: they see the files that we see, and fetch them themselves.

    Raises:
        NoDask: it is not installed, or does not answer.
    """
    distributed = _distributed()
    with _cluster(distributed, address, workers) as reached:
        try:
            client = distributed.Client(reached, set_as_default=False)
        except (OSError, ValueError) as error:
            raise NoDask(f"no Dask scheduler answers at {address}: {error}") from error
        with client:
            try:
                each = max(client.nthreads().values(), default=1)
                client.run(
                    reading.start, reading.reading_settings(settings, each), on_error="ignore"
                )  # who reads says it
                slots = remembered(lambda: sum(client.nthreads().values()), SLOTS_FOR)
                yield Team(client.get_executor(pure=False), slots, each, TOGETHER, shared)
            finally:
                client.run(reading.close)


@contextmanager
def _cluster(distributed: Any, address: str, workers: int) -> Iterator[Any]:
    """What a client is told: a cluster that ends with the block, or an address."""
    if address != LOCAL:
        yield address
        return
    import dask  # noqa: PLC0415  there with the other

    # Nobody looks at profiles of a cluster that ends with the command, and taking them costs all the time. A worker
    # that speaks to the scheduler while both are ended says so as an error; what goes wrong with a task is told.
    with dask.config.set({"distributed.worker.profile.enabled": False}):
        cluster = distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
        )
        with cluster:
            yield cluster


def remembered(ask: Callable[[], int], seconds: float) -> Callable[[], int]:
    """What is asked, asked again only after so many seconds. To be used from one thread."""
    known, asked = 0, -math.inf

    def answer() -> int:
        nonlocal known, asked
        if time.monotonic() - asked > seconds:
            known, asked = ask(), time.monotonic()
        return known

    return answer


def _distributed() -> Any:
    try:
        import distributed  # noqa: PLC0415  an extra, and slow to load
    except ImportError as error:
        raise NoDask("Dask is not installed: pip install 'gongkai[dask]'") from error
    return distributed


def _free_memory() -> int:
    """Bytes that programs can have without others being moved out."""
    try:
        for line in Path("/proc/meminfo").read_text().splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def _free_in_group() -> int:
    """Bytes that are left to this container; very many when it has no limit."""
    try:
        most, held = ((_CGROUP / name).read_text().strip() for name in ("memory.max", "memory.current"))
        return 1 << 62 if most == "max" else max(0, int(most) - int(held))
    except OSError:
        return 1 << 62
