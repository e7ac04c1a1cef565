"""How a long run goes: files done, pages a second, time left, and the grades of what was read so far."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING, TypeVar

from service.bulk.row import State
from service.bulk.sources import NoSuchSource, Source, look_through
from service.cli.failures import say

if TYPE_CHECKING:
    from service.cli.bar import CountBar

EVERY = 30.0  # seconds between two lines where there is no terminal
Taken = TypeVar("Taken")


class Counting:
    """Is told of files as they are done, and says so: on a bar, in a line now and then, or not at all (``quiet``).

    ``total`` grows while the sources are counted, and is ``whole`` once they are; files in archives come as they are
    opened.
    """

    def __init__(self, bar: CountBar | None, *, quiet: bool) -> None:
        self.stop = False
        self.total, self.whole = 0, False
        self.done, self.pages, self.failed = 0, 0, 0
        self.grades: Counter[str] = Counter()
        self._bar, self._quiet = bar, quiet
        self._begun = self._said = time.monotonic()

    def ended(self, state: State | None, pages: int, grades: dict[str, int]) -> None:
        """A file is done with."""
        self.done += 1
        self.pages += pages
        self.failed += state is State.FAILED
        self.grades.update(grades)
        self.tick()

    def tick(self) -> None:
        """Say how it goes, if it is time."""
        if self._bar is not None:
            self._bar.show(self.done, max(self.total, self.done) if self.whole else None, self.words)
        elif not self._quiet and time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            say(f"{self.done:,} of {self.total:,}{'' if self.whole else ' or more'} files, {self.words}")

    def count(self, sources: Iterable[Source]) -> None:
        """Count the files of all sources."""
        for one in sources:
            try:
                for _ in look_through(one):
                    self.total += 1
            except NoSuchSource:
                continue  # whoever reads it says so
        self.whole = True

    @property
    def words(self) -> str:
        """Rate, time left and grades."""
        seconds = max(time.monotonic() - self._begun, 0.001)
        left = f"{_duration((self.total - self.done) * seconds / self.done)} left, " if self.whole and self.done else ""
        grades = " ".join(f"{grade} {self.grades[grade]:,}" for grade in "ABCD")
        return f"{self.pages / seconds:.1f} pages/s, {left}{grades}, {self.failed:,} failed"


@contextmanager
def counting(sources: list[Source], quiet: bool) -> Iterator[Counting]:
    """Shows how a run goes while the block lasts. Told to end (Ctrl-C), it says ``stop``; told again, it is ended."""
    if quiet or not sys.stderr.isatty():
        with _stopping(Counting(None, quiet=quiet)) as counts:
            _count_aside(counts, sources)
            yield counts
        return
    from service.cli.bar import CountBar  # noqa: PLC0415  rich is loaded only where it can be seen

    with CountBar() as bar, _stopping(Counting(bar, quiet=quiet)) as counts:
        _count_aside(counts, sources)
        yield counts


def _count_aside(counts: Counting, sources: list[Source]) -> None:
    threading.Thread(target=counts.count, args=(sources,), name="counter", daemon=True).start()


def told(rows: Iterable[Taken], total: int, what: str, *, quiet: bool) -> Iterator[Taken]:
    """The same rows; it is shown how many of so many were taken. ``what`` becomes of them: files in tables, say."""
    if quiet or not sys.stderr.isatty():
        yield from (rows if quiet else _said(rows, total, what))
        return
    from service.cli.bar import CountBar  # noqa: PLC0415  as above

    with CountBar() as bar:
        for done, row in enumerate(rows):
            bar.show(done, total, what)
            yield row


def _said(rows: Iterable[Taken], total: int, what: str) -> Iterator[Taken]:
    said = time.monotonic()
    for done, row in enumerate(rows):
        if time.monotonic() - said >= EVERY:
            said = time.monotonic()
            say(f"{done:,} of {total:,} files {what}")
        yield row


@contextmanager
def _stopping(counts: Counting) -> Iterator[Counting]:
    def on_signal(number: int, _frame: FrameType | None) -> None:
        if counts.stop:
            raise KeyboardInterrupt
        counts.stop = True
        again = "once more to stop at once" if number == signal.SIGINT else ""
        say(f"ending: what is being read is finished; {again}".rstrip("; "))

    before = {number: signal.signal(number, on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield counts
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def undisturbed() -> Iterator[None]:
    """What is done meanwhile is done whole: a signal that comes ends the command afterwards. In the main thread only.

    Raises:
        KeyboardInterrupt: one came.
    """
    came: list[int] = []
    kinds = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda number, _frame: came.append(number)) for number in kinds}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        raise KeyboardInterrupt


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{seconds:.0f} s" if seconds < 90 else f"{minutes} min" if minutes < 120 else f"{minutes / 60:.1f} h"
