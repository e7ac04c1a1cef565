"""How long ``/livez`` takes, seen from a process of its own: threads that load a service would disturb its clock.

``python -m tests.promises.pulse URL`` asks again and again until its input ends, then prints the seconds as JSON. It
also tells how late its own sleeps end: that much the machine alone adds each time that one process waits for another.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PAUSE = 0.01  # seconds between two questions


@dataclass
class Pulse:
    """Seconds that ``/livez`` took, and that the sleeps between took too long; known when the block has ended."""

    took: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)


@contextmanager
def pulse(url: str) -> Iterator[Pulse]:
    """The pulse of a service, time and again while the block runs."""
    seen = Pulse()
    command = [sys.executable, "-m", "tests.promises.pulse", url]
    asking = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield seen
    finally:
        said, _ = asking.communicate("")
    seen.took, seen.late = json.loads(said)


def percentile(took: list[float], share: float) -> float:
    """The time that this share of the answers did not exceed."""
    return sorted(took)[int(len(took) * share)]


def _ask(url: str) -> tuple[list[float], list[float]]:
    took: list[float] = []
    late: list[float] = []
    ended = threading.Event()
    threading.Thread(target=_await_end, args=(ended,), daemon=True).start()
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    while not ended.is_set():
        late.append(_seconds(lambda: time.sleep(PAUSE)) - PAUSE)
        took.append(_seconds(lambda: _get(connection)))
    return took, late


def _seconds(do: Callable[[], None]) -> float:
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def _get(connection: http.client.HTTPConnection) -> None:
    connection.request("GET", "/livez")
    answer = connection.getresponse()
    answer.read()
    assert answer.status == http.client.OK


def _await_end(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


if __name__ == "__main__":
    print(json.dumps(_ask(sys.argv[1])))
