"""Jobs and documents over HTTP, in process: one path for those who wait and those who do not."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import pyarrow.parquet as pq
import pytest

from service.api.prefer import seconds_of
from service.errors import DocumentFailed, Failure
from service.jobs import RenderJob
from tests.service.application import Client, with_service
from tests.service.builders import result
from tests.service.runners import RESULT, FakeRunner

DATA = b"%PDF-1.7 ..."
SHA = hashlib.sha256(DATA).hexdigest()
FILES = {"file": ("a.pdf", DATA)}
ASYNC = {"Prefer": "respond-async"}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What each test keeps is its own."""
    monkeypatch.chdir(tmp_path)


def held(**parts: Any) -> FakeRunner:
    """A runner that answers when it is told to."""
    runner = FakeRunner(**parts)
    runner.go.clear()
    return runner


async def state_of(client: Client, job: str, wait: float = 10) -> str:
    return str((await client.get(f"/v1/jobs/{job}", params={"wait": wait})).json()["state"])


def test_who_does_not_wait_gets_the_job_and_then_its_result_as_often_as_wanted() -> None:
    runner = held()

    async def scenario(client: Client) -> None:
        accepted = await client.post("/v1/documents", files=FILES, headers=ASYNC)
        job = accepted.json()
        assert (accepted.status_code, job["state"] in ("queued", "running"), job["document"]) == (202, True, SHA)
        assert accepted.headers["location"] == f"/v1/jobs/{job['id']}"
        assert int(accepted.headers["retry-after"]) >= 1
        pending = await client.get(f"/v1/jobs/{job['id']}/result")
        assert (pending.status_code, pending.json()["code"], "retry-after" in pending.headers) == (409, "pending", True)
        runner.go.set()
        assert await state_of(client, job["id"]) == "succeeded"
        for path in (f"/v1/jobs/{job['id']}/result", f"/v1/documents/{SHA}", f"/v1/documents/{SHA}"):
            assert (await client.get(path)).content == RESULT

    with_service(scenario, runner)


def test_who_waits_too_short_gets_the_job() -> None:
    async def scenario(client: Client) -> None:
        begun = time.monotonic()
        response = await client.post("/v1/documents", files=FILES, headers={"Prefer": "wait=1"})
        assert (response.status_code, 1 <= time.monotonic() - begun < 5) == (202, True)

    with_service(scenario, held())


@pytest.mark.parametrize(
    ("prefer", "seconds"),
    [
        (None, 60),
        ("respond-async", 0),
        ("wait=20", 20),
        ("respond-async, wait=5", 5),
        ('Wait="7"', 7),
        ("wait=99999", 600),
        ("wait=soon", 60),
        ("return=minimal", 60),
    ],
)
def test_how_long_a_request_waits(prefer: str | None, seconds: float) -> None:
    assert seconds_of(prefer, 60) == seconds


def test_fifty_equal_posts_are_one_execution_and_fifty_equal_answers() -> None:
    runner = held()

    async def scenario(client: Client) -> None:
        posts = [asyncio.create_task(client.post("/v1/documents", files=FILES)) for _ in range(50)]
        await asyncio.sleep(0.5)
        runner.go.set()
        answers = await asyncio.gather(*posts)
        assert {(answer.status_code, answer.content) for answer in answers} == {(200, RESULT)}

    with_service(scenario, runner)
    assert len(runner.asked) == 1


def test_what_is_known_is_answered_at_once_even_to_those_who_would_not_wait() -> None:
    runner = FakeRunner()

    async def scenario(client: Client) -> None:
        await client.post("/v1/documents", files=FILES)
        again = await client.post("/v1/documents", files=FILES, headers=ASYNC)
        assert (again.status_code, again.content) == (200, RESULT)

    with_service(scenario, runner)
    assert len(runner.asked) == 1


def test_the_same_etag_is_not_sent_again() -> None:
    async def scenario(client: Client) -> None:
        first = await client.post("/v1/documents", files=FILES)
        tag = first.headers["etag"]
        for known in (tag, f'"other", W/{tag}', "*"):
            response = await client.get(f"/v1/documents/{SHA}", headers={"If-None-Match": known})
            assert (response.status_code, response.content, response.headers["etag"]) == (304, b"", tag)
        assert (await client.get(f"/v1/documents/{SHA}", headers={"If-None-Match": '"other"'})).status_code == 200

    with_service(scenario)


def test_an_idempotency_key_is_for_one_document() -> None:
    async def scenario(client: Client) -> None:
        key = {"Idempotency-Key": "upload-17"}
        assert (await client.post("/v1/documents", files=FILES, headers=key)).status_code == 200
        assert (await client.post("/v1/documents", files=FILES, headers=key)).status_code == 200
        other = await client.post("/v1/documents", files={"file": ("b.pdf", b"%PDF other")}, headers=key)
        assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_conflict")

    with_service(scenario)


def test_a_failure_is_said_to_the_one_who_waits_and_kept_for_the_one_who_asks_later() -> None:
    failure = Failure("corrupt", "no page tree", "文件已损坏", page=4)

    async def scenario(client: Client) -> None:
        response = await client.post("/v1/documents", files=FILES)
        assert (response.status_code, response.json()["code"]) == (422, "corrupt")
        later = await client.get(f"/v1/documents/{SHA}")
        assert (later.status_code, later.json()["code"], later.json()["page"]) == (422, "corrupt", 4)

    with_service(scenario, FakeRunner(DocumentFailed(failure)))


def test_a_job_that_is_deleted_is_cancelled_and_those_who_wait_are_told() -> None:
    runner = held()

    async def scenario(client: Client) -> None:
        waiting = asyncio.create_task(client.post("/v1/documents", files=FILES))
        while not runner.asked:
            await asyncio.sleep(0.01)
        job = (await client.post("/v1/documents", files=FILES, headers=ASYNC)).json()["id"]
        deleted = await client.delete(f"/v1/jobs/{job}")
        assert (deleted.status_code, deleted.json()["state"]) == (200, "cancelled")
        told = await waiting
        assert (told.status_code, told.json()["code"]) == (409, "cancelled")
        assert (await client.delete(f"/v1/jobs/{job}")).json()["state"] == "cancelled"
        assert (await client.delete(f"/v1/jobs/{'0' * 32}")).status_code == 404

    with_service(scenario, runner)


def test_events_tell_each_page_and_the_end() -> None:
    runner = held(pages=3)

    async def scenario(client: Client) -> None:
        job = (await client.post("/v1/documents", files=FILES, headers=ASYNC)).json()["id"]
        asyncio.get_running_loop().call_later(1.0, runner.go.set)
        response = await client.get(f"/v1/jobs/{job}/events")
        assert response.headers["content-type"].startswith("text/event-stream")
        parts = [part.split("\ndata: ") for part in response.text.strip().split("\n\n")]
        assert {name for name, _ in parts} == {"event: job"}
        jobs = [json.loads(data) for _, data in parts]
        assert jobs[-1]["state"] == "succeeded"
        assert {"page": 3, "pages": 3} in [one["progress"] for one in jobs]

    with_service(scenario, runner)


def test_beyond_the_queue_a_document_is_refused_with_a_time_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    runner = held()

    async def scenario(client: Client) -> None:
        for number in range(3):
            files = {"file": ("a.pdf", b"%%PDF %d" % number)}
            assert (await client.post("/v1/documents", files=files, headers=ASYNC)).status_code == 202
        kept = len(list(tmp_path.glob("gongkai-data/blobs/*/*")))
        refused = await client.post("/v1/documents", files={"file": ("a.pdf", b"%PDF 9")}, headers=ASYNC)
        body = refused.json()
        assert (refused.status_code, body["code"], body["limit"], body["retryable"]) == (429, "queue_full", 2, True)
        assert int(refused.headers["retry-after"]) >= 1
        assert len(list(tmp_path.glob("gongkai-data/blobs/*/*"))) == kept == 3
        assert list(tmp_path.glob("gongkai-data/incoming/*")) == []

    with_service(scenario, runner, workers="1", queue="2")


def test_pieces_of_a_result() -> None:
    whole = result()
    runner = FakeRunner(msgspec.json.encode(whole))

    async def scenario(client: Client) -> None:
        await client.post("/v1/documents", files=FILES)
        at = f"/v1/documents/{SHA}"
        table = (await client.get(f"{at}/tables/t01")).json()
        assert (table["id"], table["title"]) == ("t01", "2022年度支出决算表")
        assert (await client.get(f"{at}/tables/t99")).json()["code"] == "not_found"
        written = await client.get(f"{at}/tables/t01", params={"format": "csv"})
        assert written.headers["content-type"] == "text/csv; charset=utf-8"
        assert written.text.splitlines()[-1].split(",") == [cell["text"] for cell in table["cells"][-2:]]
        shown = await client.get(f"{at}/tables/t01", params={"format": "html"})
        assert shown.headers["content-security-policy"] == "default-src 'none'; style-src 'unsafe-inline'"
        assert "709.41</td>" in shown.text
        assert (await client.get(f"{at}/tables/t99", params={"format": "html"})).status_code == 404
        summary = (await client.get(f"{at}/summary")).json()
        assert list(summary) == ["document", "profile", "quality", "findings"]
        assert summary["document"]["sha256"] == "ab" * 32
        (one,) = (await client.get(f"{at}/observations")).json()
        assert (one["text"], one["value"]) == ("709.41", "7094100.00")
        (check,) = (await client.get(f"{at}/checks")).json()
        assert (check["id"], check["status"]) == ("T3.row#1", "pass")
        csv = await client.get(f"{at}/observations", params={"format": "csv"})
        assert csv.headers["content-type"] == "text/csv; charset=utf-8"
        assert csv.text.splitlines()[1].split(",")[:2] == ["ab" * 32, "report.pdf"]
        parquet = await client.get(f"{at}/observations", params={"format": "parquet"})
        (row,) = pq.read_table(io.BytesIO(parquet.content)).to_pylist()
        assert (row["value"], str(row["value_decimal"]), row["fiscal_year"]) == (
            "7094100.00",
            "7094100.0000000000",
            2022,
        )
        assert (await client.get(f"{at}/observations", params={"format": "yaml"})).status_code == 400

    with_service(scenario, runner)


def test_the_source_comes_back_as_it_was_sent_and_never_as_a_page_of_ours() -> None:
    async def scenario(client: Client) -> None:
        await client.post("/v1/documents", files=FILES)
        source = await client.get(f"/v1/documents/{SHA}/source")
        assert source.content == DATA
        assert source.headers["content-type"] == "application/octet-stream"
        assert source.headers["content-disposition"].startswith("attachment")
        assert source.headers["x-content-type-options"] == "nosniff"
        assert (await client.get(f"/v1/documents/{'0' * 64}/source")).status_code == 404

    with_service(scenario)


def test_a_page_is_drawn_once_and_kept() -> None:
    runner = FakeRunner()

    async def scenario(client: Client) -> None:
        await client.post("/v1/documents", files=FILES)
        runner.answer = b"\x89PNG"
        for _ in range(2):
            page = await client.get(f"/v1/documents/{SHA}/pages/3.png", params={"dpi": 96})
            assert (page.status_code, page.headers["content-type"], page.content) == (200, "image/png", b"\x89PNG")
        assert (await client.get(f"/v1/documents/{'0' * 64}/pages/1.png")).status_code == 404
        assert (await client.get(f"/v1/documents/{SHA}/pages/0.png")).status_code == 400

    with_service(scenario, runner)
    assert [job for job, _ in runner.asked if isinstance(job, RenderJob)] == [RenderJob(3, 96)]


def test_a_result_with_personal_data_is_not_given_to_those_who_did_not_ask_for_it() -> None:
    async def scenario(client: Client) -> None:
        await client.post("/v1/documents", files=FILES, data={"personal_data": "true"})
        assert (await client.get(f"/v1/documents/{SHA}")).status_code == 404
        asked = await client.get(f"/v1/documents/{SHA}", params={"personal_data": "true"})
        assert asked.status_code == 200

    with_service(scenario)


def test_a_result_whose_bytes_are_lost_is_gone_and_can_be_made_again(tmp_path: Path) -> None:
    runner = FakeRunner()

    async def scenario(client: Client) -> None:
        await client.post("/v1/documents", files=FILES)
        blob = hashlib.sha256(RESULT).hexdigest()
        next(tmp_path.glob(f"gongkai-data/blobs/*/{blob}")).unlink()
        gone = await client.get(f"/v1/documents/{SHA}")
        assert (gone.status_code, gone.json()["code"]) == (410, "result_expired")
        assert (await client.post("/v1/documents", files=FILES)).content == RESULT

    with_service(scenario, runner)
    assert len(runner.asked) == 2


def test_ids_that_are_no_ids_are_refused() -> None:
    async def scenario(client: Client) -> None:
        for path in ("/v1/jobs/none", "/v1/documents/none", f"/v1/documents/{'g' * 64}"):
            assert (await client.get(path)).json()["code"] == "invalid_request"
        assert (await client.get(f"/v1/jobs/{'0' * 32}")).json()["code"] == "not_found"
        assert (await client.get(f"/v1/documents/{'0' * 64}")).json()["code"] == "not_found"

    with_service(scenario)


def test_the_process_that_answers_never_loads_what_reads_documents(tmp_path: Path) -> None:
    """All routes, the store and the engine are loaded, and a document goes through: no parser is."""
    program = """
import asyncio, sys
import httpx
from service.api.app import create_app
from service.settings import load_settings
from tests.service.builders import CATALOGUE
from tests.service.runners import FakeRunner

async def play():
    app = create_app(load_settings({}), CATALOGUE, FakeRunner())
    transport = httpx.ASGITransport(app)
    async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport, base_url="http://t") as client:
        sent = await client.post("/v1/documents", files={"file": ("a.pdf", b"%PDF")})
        assert sent.status_code == 200

asyncio.run(play())
parsers = {"pypdfium2", "pypdfium2_raw", "lxml", "docx", "openpyxl", "PIL", "numpy", "pyarrow"}
print(sorted(parsers & sys.modules.keys()), [name for name in sys.modules if name.startswith("extractors.formats")])
"""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    command = [sys.executable, "-c", program]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False)
    assert (ended.stdout, ended.stderr) == ("[] []\n", "")
