"""Several services and several workers share one database, and none of them is needed."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.conftest import HTTP
from tests.promises.conftest import Place, content, job, leave, undisturbed
from tests.servers import postgres_server


@pytest.fixture(name="postgres")
def _postgres() -> Iterator[str]:
    temporary = tempfile.TemporaryDirectory(prefix="gongkai-pg-", ignore_cleanup_errors=True)
    with temporary as folder, postgres_server(Path(folder)) as url:
        yield url


def test_two_services_and_two_workers_on_one_postgres_and_one_worker_dies(place: Place, postgres: str) -> None:
    place.settings |= {"database_url": postgres}
    first, second = place.serve(workers="0"), place.serve(workers="0")
    dies, _stays = place.work(), place.work()
    expected = undisturbed(first)
    jobs = [leave((first, second)[number % 2], number) for number in range(1, 25)]
    dies.send_signal(signal.SIGKILL)
    for number, job_id in enumerate(jobs):
        server = (second, first)[number % 2]
        assert job(server, job_id)["state"] == "succeeded"
    last = HTTP.get(f"{first.url}/v1/jobs/{jobs[-1]}/result")
    assert content(last.content) == expected
