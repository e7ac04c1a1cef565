"""What the service costs beside bare extraction, and how it bears too much.

    python -m bench.serving [FILE ...] [--rounds N] [--soak DOCUMENTS]

Bare is the same way from bytes to JSON in as many plain processes as the service has workers, without a server, a
database, a disk or a sandbox. Both read the same documents in turns, the first to go changing from round to round; each
document is made other bytes by a comment behind its end, for the service reads no bytes twice. Ratios are medians over
the rounds; a busy machine disturbs both alike.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from http.client import HTTPConnection
from multiprocessing import get_context
from pathlib import Path

import httpx

from extractors.options import Options
from service.client import Client
from service.compose import deps
from service.pipeline import Deps, Source, encode, process
from service.worker import settle_memory
from tests.journeys.conftest import Server, fixture, start_server, until_ready
from tests.promises.pulse import percentile, pulse

WORKERS = 2
REPORTS = ("qingshan-2022-final-accounts-whole-report",)
Read = Callable[[bytes], object]

FORM = "multipart/form-data; boundary=gongkai"
HEAD = b'--gongkai\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
TAIL = b"\r\n--gongkai--\r\n"


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, default=[fixture(name) for name in REPORTS])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--documents", type=int, help="read in each round; each file once, or 16")
    parser.add_argument("--soak", type=int, default=0, help="read so many documents and watch the memory")
    options = parser.parse_args()
    files = [path.read_bytes() for path in options.files]
    documents, number = Documents(files), options.documents or (len(files) if len(files) > 1 else 16)
    with ProcessPoolExecutor(WORKERS, get_context("spawn"), warm) as pool, running() as server:
        ways = plain(pool), posted(server)
        for clients in (1, 8):
            before = cpu_seconds(server)
            show_overhead(clients, documents, ways, options.rounds, number)
            used = (cpu_seconds(server) - before) / ((options.rounds + 1) * number)
            print(f"  CPU of the process that answers: {1000 * used:.1f} ms a document", flush=True)
    with running(workers="1", queue="2") as server:
        show_overload(documents, server, 80)
    if options.soak:
        with running() as server:
            show_memory(documents, server, options.soak)


class Documents:
    """Documents without end, no two of the same bytes."""

    def __init__(self, files: list[bytes]) -> None:
        self._files, self._made = files, 0

    def take(self, number: int, first: int = 0) -> list[bytes]:
        """So many, of the files in their order from the ``first`` on: all who take as many read the same."""
        self._made += number
        copies = range(self._made - number, self._made)
        return [self._files[(first + at) % len(self._files)] + b"\n%% copy %d\n" % one for at, one in enumerate(copies)]


@cache
def warm() -> Deps:
    """Load everything, as a worker of the service has before its first document, and collect garbage as seldom."""
    loaded = deps()
    settle_memory()
    return loaded


def bare(data: bytes) -> int:
    """From bytes to JSON and nothing else, pictures of pages read as the service reads them."""
    return len(encode(process(Source(data, "a.pdf"), Options(engine=warm().engine), warm())))


def seconds(read: Read, documents: list[bytes], clients: int) -> float:
    """How long it takes until all of them are read, so many at a time."""
    with ThreadPoolExecutor(clients) as pool:
        begun = time.perf_counter()
        list(pool.map(read, documents))
        return time.perf_counter() - begun


def plain(pool: Executor) -> Read:
    """Bare extraction by a pool of processes."""
    return lambda data: pool.submit(bare, data).result()


def posted(server: Server) -> Read:
    """The service, asked for bytes by the plainest of clients, as bare extraction answers with bytes: what a client
    computes is its own affair."""
    mine = threading.local()

    def post(data: bytes) -> int:
        if not hasattr(mine, "connection"):
            mine.connection = HTTPConnection(httpx.URL(server.url).netloc.decode(), timeout=300)
        mine.connection.request("POST", "/v1/documents", HEAD + data + TAIL, {"Content-Type": FORM})
        response = mine.connection.getresponse()
        answer: bytes = response.read()
        assert response.status == httpx.codes.OK, answer
        return len(answer)

    return post


def show_overhead(clients: int, documents: Documents, ways: tuple[Read, Read], rounds: int, number: int) -> None:
    """Milliseconds a document of bare extraction and of the service, for so many clients, and their ratio."""
    took: dict[Read, list[float]] = {way: [] for way in ways}
    for one in range(rounds + 1):
        for way in ways if one % 2 else reversed(ways):
            took[way].append(1000 * seconds(way, documents.take(number), clients) / number)
    bare_ms, service_ms = (took[way][1:] for way in ways)  # the first round warms both up
    ratio = statistics.median(b / a for a, b in zip(bare_ms, service_ms, strict=True))
    print(
        f"{clients} clients: bare {statistics.median(bare_ms):.1f} ms a document,"
        f" service {statistics.median(service_ms):.1f} ms,"
        f" overhead {100 * (ratio - 1):+.1f} % (median of {rounds} rounds of {number})",
        flush=True,
    )


def cpu_seconds(server: Server) -> float:
    """What the process that answers has used, its workers left out."""
    user, system = Path(f"/proc/{server.process.pid}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def show_overload(documents: Documents, server: Server, number: int) -> None:
    """The pulse of a service with one worker and a queue of two, while thirty clients want something of it."""
    with pulse(server.url) as seen, Client(server.url) as client, ThreadPoolExecutor(30) as pool:
        results = list(pool.map(lambda data: client.read(data, name="a.pdf"), documents.take(number)))
    assert len(results) == number
    median, late, asleep = (1000 * percentile(*one) for one in ((seen.took, 0.5), (seen.took, 0.99), (seen.late, 0.99)))
    print(
        f"30 clients on one worker and a queue of 2: all {number} documents read;"
        f" /livez median {median:.1f} ms, p99 {late:.1f} ms, slowest {1000 * max(seen.took):.1f} ms"
        f" of {len(seen.took)}; a sleep of the one who asks is {asleep:.1f} ms late (p99)",
        flush=True,
    )


def show_memory(documents: Documents, server: Server, number: int) -> None:
    """How much the process that answers holds, in MB, after every tenth of the documents."""
    sizes = []
    with Client(server.url) as client:
        for one in range(number):
            client.read(documents.take(1, one)[0], name=f"{one}.pdf")
            if one % (number // 10) == number // 10 - 1:
                statm = Path(f"/proc/{server.process.pid}/statm").read_text("ascii")
                sizes.append(int(statm.split()[1]) * 4096 / 1_000_000)
    print(f"memory over {number} documents, MB: {', '.join(f'{size:.0f}' for size in sizes)}", flush=True)


@contextmanager
def running(**settings: str) -> Iterator[Server]:
    """A service of its own, gone when the block ends."""
    with tempfile.TemporaryDirectory() as folder:
        server = start_server(Path(folder) / "log", **{"workers": str(WORKERS)} | settings)
        try:
            until_ready(server)
            yield server
        finally:
            server.process.send_signal(signal.SIGTERM)
            server.process.wait(60)


if __name__ == "__main__":
    main()
