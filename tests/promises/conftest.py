"""Documents, and servers that are killed and started again where they were."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.journeys.conftest import GONGKAI, HTTP, Server, environment, fixture, start_server, until_ready

SMALL = fixture("made-2023-final-accounts-blank-zero-dash")
# The scenarios of a server that dies; in CI a few points, with ``-m long`` many.
KILLS = int(os.environ.get("TESTS_KILLS", "2"))


def small(number: int) -> bytes:
    """A small document; each number makes other bytes of the same content."""
    return SMALL.read_bytes() + b"\n%% copy %d\n" % number


def slow(pages: int = 450) -> bytes:
    """A document that takes its time: page after page of a table."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(600, 800))
    for page in range(pages):
        canvas.grid([20 + 55 * column for column in range(11)], [20 + 15 * row for row in range(51)])
        for row in range(50):
            for column in range(10):
                canvas.drawString(22 + 55 * column, 24 + 15 * row, f"{page}.{row}{column}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def content(answer: bytes) -> Any:
    """What an answer says, apart from times, names and hashes, which are not those of the content."""
    body = json.loads(answer)
    body["provenance"]["timing"] = None
    body["document"] |= {"filename": None, "sha256": None, "bytes": None}
    return body


def until(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Return when something has become true."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@dataclass
class Place:
    """A folder in which servers run, one after the other or together."""

    folder: Path
    settings: dict[str, str] = field(default_factory=lambda: {"workers": "1", "spare_workers": "0"})
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def serve(self, **settings: str) -> Server:
        """One more server, on what is kept here."""
        server = start_server(self.folder / "log", **self.settings | settings)
        self.processes.append(server.process)
        return server

    def work(self) -> subprocess.Popen[bytes]:
        """One more process that works, and answers nobody."""
        given = {"data_dir": str(self.folder / "data")} | self.settings
        with (self.folder / "log").open("ab") as sink:
            process = subprocess.Popen([str(GONGKAI), "work"], stdout=sink, stderr=sink, env=environment(**given))
        self.processes.append(process)
        return process

    def end(self) -> None:
        """End all that still runs."""
        for process in self.processes:
            process.send_signal(signal.SIGKILL)
            process.wait(30)


@pytest.fixture(name="place")
def _place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place
    place.end()


def leave(server: Server, number: int) -> str:
    """The id of the job for a small document that is left with a server."""
    files = {"file": (f"{number}.pdf", small(number))}
    response = HTTP.post(f"{server.url}/v1/documents", files=files, headers={"Prefer": "respond-async"}, timeout=30)
    assert response.status_code == 202, response.text
    return str(response.json()["id"])


def job(server: Server, job_id: str) -> dict[str, Any]:
    """A job when it has ended."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        body: dict[str, Any] = HTTP.get(f"{server.url}/v1/jobs/{job_id}?wait=20").json()
        if body["state"] not in ("queued", "running"):
            return body
    raise AssertionError(body)


def undisturbed(server: Server) -> Any:
    """What a small document says when nothing happens to the server."""
    until_ready(server)
    response = HTTP.post(f"{server.url}/v1/documents", files={"file": ("a.pdf", small(0))})
    assert response.status_code == 200
    return content(response.content)
