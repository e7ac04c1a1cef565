"""How long ``/livez`` takes, seen from a process of its own: threads that load a service would disturb its clock.

``python -m tests.promises.pulse URL`` asks again and again until its input ends, then prints the seconds as JSON.
"""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

PAUSE = 0.01  # seconds between two questions


@contextmanager
def pulse(url: str) -> Iterator[list[float]]:
    """Seconds that ``/livez`` of the service took, time and again while the block ran; known when it has ended."""
    took: list[float] = []
    command = [sys.executable, "-m", "tests.promises.pulse", url]
    asking = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield took
    finally:
        said, _ = asking.communicate("")
    took.extend(json.loads(said))


def percentile(took: list[float], share: float) -> float:
    """The time that this share of the answers did not exceed."""
    return sorted(took)[int(len(took) * share)]


def _ask(url: str) -> list[float]:
    took: list[float] = []
    ended = threading.Event()
    threading.Thread(target=_await_end, args=(ended,), daemon=True).start()
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    while not ended.wait(PAUSE):
        begun = time.perf_counter()
        connection.request("GET", "/livez")
        answer = connection.getresponse()
        answer.read()
        took.append(time.perf_counter() - begun)
        assert answer.status == http.client.OK
    return took


def _await_end(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


if __name__ == "__main__":
    print(json.dumps(_ask(sys.argv[1])))
