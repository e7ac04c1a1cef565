"""P7: overload is told, not suffered; P3: a service that has read much is not larger for it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from service.client import Client, Patience
from tests.journeys.conftest import HTTP, Server, until_ready
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
