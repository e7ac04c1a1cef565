"""Archives are opened a little before their turn. The process that unpacks one takes a while to start, in which those
who read would run out of documents.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from service.archive import Member
from service.bulk.sources import Listed

AHEAD = 4  # files that are looked at before their turn; of each archive among them the first member is held

Members = Generator[Member, None, None]


class Opening:
    """The members of an archive, of which the first is being had by a thread that outlives them."""

    def __init__(self, threads: ThreadPoolExecutor, members: Members) -> None:
        self._members = members
        self._first = threads.submit(next, members, None)

    def __iter__(self) -> Iterator[Member]:
        """The members. Raises what they raise."""
        if (first := self._first.result()) is not None:
            yield first
            yield from self._members

    def close(self) -> None:
        """End the process that unpacks."""
        self._first.exception()
        self._members.close()


def opened_ahead(
    files: Iterable[Listed], members_of: Callable[[Listed], Members | None]
) -> Iterator[tuple[Listed, Opening | None]]:
    """Files in their order, each archive with its members. ``members_of`` is asked early; it answers None for what is
    no archive, or need not be opened."""
    waiting: deque[tuple[Listed, Opening | None]] = deque()
    with ThreadPoolExecutor(AHEAD, "opener") as threads:  # a process ends with the thread that started it
        try:
            for listed in files:
                members = members_of(listed)
                waiting.append((listed, Opening(threads, members) if members is not None else None))
                if len(waiting) > AHEAD:
                    yield from _turn(waiting)
            while waiting:
                yield from _turn(waiting)
        finally:
            for _, opening in waiting:
                if opening is not None:
                    opening.close()


def _turn(waiting: deque[tuple[Listed, Opening | None]]) -> Iterator[tuple[Listed, Opening | None]]:
    """The first of those that wait, until whoever asked is done with it."""
    listed, opening = waiting.popleft()
    try:
        yield listed, opening
    finally:
        if opening is not None:
            opening.close()
