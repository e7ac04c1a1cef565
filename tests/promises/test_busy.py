"""P7: overload is told, not suffered; P3: a service that has read much is not larger for it."""

from __future__ import annotations

import subprocess
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from service.client import Client, Patience
from tests.journeys.conftest import GONGKAI, HTTP, Server, environment, until_ready
from tests.promises.conftest import Place, small
from tests.promises.pulse import percentile, pulse

SLOWEST = 0.1  # seconds
WAITS = 4  # times that an answer waits for a process to go on: on a busy machine, each as long as a sleep is late


def test_ten_times_too_many_are_told_to_come_back_and_patient_ones_get_everything(place: Place) -> None:
    server = place.serve(queue="2")
    until_ready(server)
    client = Client(server.url, patience=Patience(total=120))
    with client, pulse(server.url) as seen, ThreadPoolExecutor(30) as pool:
        results = list(pool.map(lambda number: client.read(small(number), name="a.pdf"), range(60)))
    assert len({one.document.sha256 for one in results}) == 60
    metrics = HTTP.get(f"{server.url}/metrics").text
    assert 'route="/v1/documents",status="429"' in metrics
    assert len(seen.took) > 100
    assert percentile(seen.took, 0.99) < SLOWEST + WAITS * percentile(seen.late, 0.99)


def test_one_keys_flood_keeps_no_document_of_another_out_and_gets_everything_in_the_end(place: Place) -> None:
    server = place.serve(queue="4", key_queue="2")
    until_ready(server)
    ann, bob = (key_for(server, name) for name in ("ann", "bob"))
    flood = Client(server.url, ann, Patience(total=120))
    with flood, ThreadPoolExecutor(9) as pool:
        read = [pool.submit(flood.read, small(number), name="a.pdf") for number in range(16)]
        other = [post(server, bob, small(100 + number)) for number in range(6)]
        assert [answer.status_code for answer in other] == [200] * 6
        assert len({one.result().document.sha256 for one in read}) == 16
    metrics = HTTP.get(f"{server.url}/metrics", headers={"Authorization": f"Bearer {ann}"}).text
    assert 'route="/v1/documents",status="429"' in metrics


def key_for(server: Server, name: str) -> str:
    """A new key of a server."""
    given = environment(data_dir=str(server.log.parent / "data"))
    return subprocess.check_output([str(GONGKAI), "keys", "add", name], env=given, text=True).strip()


def post(server: Server, key: str, data: bytes) -> httpx.Response:
    """The answer to a document that is sent once, and not again when it is refused."""
    headers = {"Authorization": f"Bearer {key}"}
    return HTTP.post(f"{server.url}/v1/documents", files={"file": ("b.pdf", data)}, headers=headers, timeout=60)


@pytest.mark.long
def test_the_memory_of_the_service_does_not_grow_with_what_it_has_read(place: Place) -> None:
    server = place.serve()
    until_ready(server)
    sizes: list[int] = []
    with Client(server.url) as client:
        for number in range(600):
            client.read(small(number), name=f"{number}.pdf")
            if number % 100 == 99:
                sizes.append(resident(server))
    warm, *later = sizes
    assert later[-1] - warm < 5 * len(later) // 5 * 1_000_000, sizes


def resident(server: Server) -> int:
    """Bytes of memory that the process that answers holds."""
    with open(f"/proc/{server.process.pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096
