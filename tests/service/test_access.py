"""Who is let in, what is logged and what is counted."""

from __future__ import annotations

import asyncio
import json
import logging
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from service import logs
from service.gate import Gate
from service.store.keys import hash_of
from service.store.store import open_store
from tests.service.application import with_service
from tests.service.runners import FakeRunner

FILES = {"file": ("某局秘密名称.pdf", b"%PDF-1.7")}
OPEN = ("/livez", "/readyz", "/version", "/openapi.json")
CLOSED = ("/v1/limits", "/v1/kinds", "/metrics", f"/v1/jobs/{'0' * 32}", f"/v1/documents/{'0' * 64}", "/v1/schema")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What each test keeps is its own."""
    monkeypatch.chdir(tmp_path)


def make_key(tmp_path: Path, name: str = "ann") -> str:
    store = open_store(tmp_path / "gongkai-data")
    key = store.keys.add(name)
    store.close()
    assert key is not None
    return key


def test_as_soon_as_there_is_a_key_everything_but_the_state_of_the_service_needs_one(tmp_path: Path) -> None:
    key = make_key(tmp_path)

    async def scenario(client: httpx.AsyncClient) -> None:
        for path in OPEN:
            assert (await client.get(path)).status_code in (200, 503), path
        for path in CLOSED:
            for wrong in ({}, {"Authorization": "Bearer gk_wrong"}, {"Authorization": f"Basic {key}"}):
                refused = await client.get(path, headers=wrong)
                assert (refused.status_code, refused.json()["code"]) == (401, "unauthorized"), path
                assert refused.headers["www-authenticate"] == "Bearer"
            right = await client.get(path, headers={"Authorization": f"Bearer {key}"})
            assert right.status_code in (200, 404), path
        assert (await client.post("/v1/documents", files=FILES)).status_code == 401
        sent = await client.post("/v1/documents", files=FILES, headers={"Authorization": f"Bearer {key}"})
        assert sent.status_code == 200

    with_service(scenario)


def test_the_same_idempotency_key_of_two_people_is_two(tmp_path: Path) -> None:
    keys = [make_key(tmp_path, name) for name in ("ann", "bob")]

    async def scenario(client: httpx.AsyncClient) -> None:
        for number, key in enumerate(keys):
            headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": "1"}
            files = {"file": ("a.pdf", b"%%PDF %d" % number)}
            assert (await client.post("/v1/documents", files=files, headers=headers)).status_code == 200

    with_service(scenario)


def test_one_keys_flood_is_told_to_come_back_and_keeps_nobody_else_out(tmp_path: Path) -> None:
    ann, bob = ({"Authorization": f"Bearer {make_key(tmp_path, name)}"} for name in ("ann", "bob"))
    runner = FakeRunner()
    runner.go.clear()

    async def scenario(client: httpx.AsyncClient) -> None:
        async def send(number: int, whose: dict[str, str]) -> httpx.Response:
            files = {"file": ("a.pdf", b"%%PDF %d" % number)}
            return await client.post("/v1/documents", files=files, headers=whose | {"Prefer": "respond-async"})

        flood = await asyncio.gather(*(send(number, ann) for number in range(12)))
        assert sorted(one.status_code for one in flood) == [202] * 3 + [429] * 9
        refused = next(one for one in flood if one.status_code == 429)
        body = refused.json()
        assert (body["code"], body["limit"], body["observed"], body["retryable"]) == ("rate_limited", 3, 3, True)
        assert int(refused.headers["retry-after"]) >= 1
        assert [(await send(number, bob)).status_code for number in (20, 21)] == [202, 202]
        assert (await client.get("/v1/limits", headers=bob)).json()["key_queue"] == 3
        page = await client.get(f"/v1/documents/{sha256(b'%PDF 20').hexdigest()}/pages/1.png", headers=ann)
        assert (page.status_code, page.json()["code"]) == (429, "rate_limited")

    with_service(scenario, runner, workers="1", queue="6", key_queue="3")


def test_without_keys_the_queue_alone_is_the_limit() -> None:
    runner = FakeRunner()
    runner.go.clear()

    async def scenario(client: httpx.AsyncClient) -> None:
        for number in range(3):
            files = {"file": ("a.pdf", b"%%PDF %d" % number)}
            sent = await client.post("/v1/documents", files=files, headers={"Prefer": "respond-async"})
            assert sent.status_code == 202

    with_service(scenario, runner, workers="1", queue="6", key_queue="1")


def test_a_service_that_others_can_reach_lets_nobody_in_without_a_key() -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        assert (await client.get("/v1/kinds")).status_code == 401

    with_service(scenario, host="0.0.0.0")


def test_a_service_that_is_said_to_be_open_is_open() -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        assert (await client.get("/v1/kinds")).status_code == 200

    with_service(scenario, host="0.0.0.0", open="true")


def test_a_key_is_kept_as_a_hash_and_taken_away(tmp_path: Path) -> None:
    key = make_key(tmp_path)
    store = open_store(tmp_path / "gongkai-data")
    assert store.keys.names() == {hash_of(key): "ann"}
    assert store.keys.add("ann") is None
    assert [path for path in tmp_path.rglob("*") if path.is_file() and key.encode() in path.read_bytes()] == []
    gate = Gate(store.keys, closed=False)
    assert gate.admit(key) == "ann"
    assert store.keys.remove("ann") is True
    assert store.keys.remove("ann") is False
    assert Gate(store.keys, closed=False).admit(None) == ""
    store.close()


def test_each_request_is_a_line_of_json_without_a_files_name(caplog: pytest.LogCaptureFixture) -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        await client.post("/v1/documents", files=FILES, headers={"X-Request-ID": "r-17"})

    with caplog.at_level(logging.INFO, "gongkai"):
        with_service(scenario)
    lines = [json.loads(logs.JsonLines().format(record)) for record in caplog.records]
    (line,) = [line for line in lines if line["logger"] == "gongkai.requests"]
    assert (line["method"], line["path"], line["status"], line["request_id"]) == ("POST", "/v1/documents", 200, "r-17")
    assert line["ms"] > 0
    assert "秘密" not in json.dumps(lines, ensure_ascii=False)


def test_an_error_is_one_line_too() -> None:
    try:
        raise ZeroDivisionError("a bug")
    except ZeroDivisionError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 1, "it %s", ("failed",), (type(error), error, None))
    line = logs.JsonLines().format(record)
    assert "\n" not in line
    said = json.loads(line)
    assert (said["message"], "ZeroDivisionError: a bug" in said["traceback"]) == ("it failed", True)


def test_requests_and_jobs_are_counted() -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        for _ in range(2):
            await client.post("/v1/documents", files=FILES)
        await client.get("/v1/nothing")
        text = (await client.get("/metrics")).text
        assert 'gongkai_requests_total{method="POST",route="/v1/documents",status="200"} 2.0' in text
        assert 'gongkai_requests_total{method="GET",route="none",status="404"} 1.0' in text
        assert 'gongkai_jobs{state="succeeded"} 1.0' in text
        assert "gongkai_worker_slots 2.0" in text

    with_service(scenario)


def test_pages_of_other_origins_are_given_nothing() -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        response = await client.get("/v1/kinds", headers={"Origin": "https://elsewhere.example"})
        assert "access-control-allow-origin" not in response.headers
        preflight = await client.options("/v1/documents", headers={"Origin": "https://elsewhere.example"})
        assert preflight.status_code == 405

    with_service(scenario)
