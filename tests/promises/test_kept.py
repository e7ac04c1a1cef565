"""P4, P13: what was accepted is kept, whatever happens to the server; P6: the same is done once."""

from __future__ import annotations

import random
import re
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.journeys.conftest import HTTP, Server, until_ready
from tests.promises.conftest import KILLS, Place, content, job, leave, slow, small, undisturbed, until


def test_fifty_equal_posts_are_one_execution(place: Place) -> None:
    server = place.serve()
    until_ready(server)

    def post(_number: int) -> bytes:
        files = {"file": ("a.pdf", small(1))}
        response = HTTP.post(f"{server.url}/v1/documents", files=files)
        assert response.status_code == 200
        return response.content

    with ThreadPoolExecutor(50) as pool:
        answers = set(pool.map(post, range(50)))
    metrics = HTTP.get(f"{server.url}/metrics").text
    assert len(answers) == 1
    assert re.findall(r"gongkai_jobs\{state=\"(\w+)\"\} ([1-9]\d*)\.0", metrics) == [("succeeded", "1")]


@pytest.mark.parametrize("kills", [KILLS, pytest.param(50, marks=pytest.mark.long)])
def test_nothing_acknowledged_is_lost_when_the_server_is_killed_at_any_point(place: Place, kills: int) -> None:
    chance = random.Random(4)
    place.settings["queue"] = "300"
    server = place.serve()
    expected = undisturbed(server)
    accepted: list[str] = []
    ended = threading.Event()

    def keep_sending() -> None:
        """Send documents; those that were not acknowledged are none of ours."""
        number = 0
        while not ended.is_set():
            number += 1
            with suppress(httpx.TransportError, AssertionError):
                accepted.append(leave(server, number))
            time.sleep(0.05)

    sender = threading.Thread(target=keep_sending, daemon=True)  # it ends with the tests, should one fail
    sender.start()
    for _ in range(kills):
        if chance.random() < 0.5:  # else it is killed before it has begun to read again
            until_ready(server)
        time.sleep(chance.uniform(0.0, 1.5))
        server.process.send_signal(signal.SIGKILL)
        server.process.wait(30)
        server = place.serve()
    time.sleep(0.5)
    ended.set()
    sender.join()
    ended_jobs = [job(server, job_id) for job_id in accepted]
    interrupted = sum(one["attempts"] > 1 for one in ended_jobs)
    print(f"{kills} kills: {len(accepted)} documents accepted, {interrupted} of them read anew")
    assert accepted
    assert {one["state"] for one in ended_jobs} == {"succeeded"}
    assert all(content(result(server, job_id)) == expected for job_id in accepted)


def result(server: Server, job_id: str) -> bytes:
    response = HTTP.get(f"{server.url}/v1/jobs/{job_id}/result")
    assert response.status_code == 200
    return response.content


def test_a_server_that_is_told_to_end_does_so_soon_and_the_next_one_goes_on(place: Place) -> None:
    server = place.serve()
    expected = undisturbed(server)
    jobs = [leave(server, number) for number in range(1, 13)]
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(HTTP.get, f"{server.url}/v1/jobs/{jobs[-1]}?wait=60")
        time.sleep(0.2)
        begun = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(35) in (0, -signal.SIGTERM)
        took = time.monotonic() - begun
        assert waiting.result().json()["state"] in ("queued", "running", "succeeded")
    again = place.serve()
    states = [job(again, job_id) for job_id in jobs]
    assert took < 30
    assert {(one["state"], one["attempts"]) for one in states} == {("succeeded", 1)}
    assert content(result(again, jobs[-1])) == expected


def test_a_job_that_is_cancelled_ends_its_worker_within_two_seconds(place: Place) -> None:
    server = place.serve()
    until_ready(server)
    files = {"file": ("slow.pdf", slow())}
    accepted = HTTP.post(f"{server.url}/v1/documents", files=files, headers={"Prefer": "respond-async"}).json()
    at = f"{server.url}/v1/jobs/{accepted['id']}"
    until(lambda: HTTP.get(at).json()["progress"] is not None)
    (worker,) = children(server)
    begun = time.monotonic()
    assert HTTP.delete(at).json()["state"] == "cancelled"
    until(lambda: worker not in children(server))
    assert time.monotonic() - begun < 2
    assert job(server, leave(server, 1))["state"] == "succeeded"


def children(server: Server) -> set[str]:
    """The processes that a server has started."""
    tasks = Path(f"/proc/{server.process.pid}/task").glob("*/children")
    return {child for task in tasks for child in task.read_text().split()}
