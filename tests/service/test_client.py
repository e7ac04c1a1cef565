"""The client: patient where the service asks for patience, and plain about everything else."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable

import httpx
import msgspec
import pytest

from service.client import AsyncClient, Client, GaveUp, Patience, Refused, Stated
from tests.service.builders import result

ANSWER = msgspec.json.encode(result())
JOB = "ab" * 16
Script = list[httpx.Response | Exception]


def problem(status: int, code: str, **headers: str) -> httpx.Response:
    body = {"code": code, "detail": f"because {code}", "advice_zh": "请稍后", "request_id": "r1"}
    return httpx.Response(status, json=body, headers=headers)


def job(state: str, status: int = 200) -> httpx.Response:
    return httpx.Response(status, json={"id": JOB, "state": state, "document": "cd" * 32})


class Service:
    """Answers what the script says, one after the other, and remembers what it was asked."""

    def __init__(self, script: Script) -> None:
        self.script, self.asked = script, list[httpx.Request]()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.script.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture(name="pauses", autouse=True)
def _pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that a client makes, without their time."""
    made: list[float] = []

    async def no_sleep(seconds: float) -> None:
        made.append(seconds)

    monkeypatch.setattr("service.client.synchronous.time.sleep", made.append)
    monkeypatch.setattr("service.client.asynchronous.asyncio.sleep", no_sleep)
    return made


def run_sync(service: Service, patience: Patience) -> object:
    with Client("http://test", "gk_1", patience, httpx.MockTransport(service)) as client:
        return client.read(b"%PDF", name="a.pdf", pages="1-3")


def run_async(service: Service, patience: Patience) -> object:
    async def go() -> object:
        async with AsyncClient("http://test", "gk_1", patience, httpx.MockTransport(service)) as client:
            return await client.read(b"%PDF", name="a.pdf", pages="1-3")

    return asyncio.run(go())


@pytest.fixture(name="read", params=[run_sync, run_async], ids=["sync", "async"])
def _read(request: pytest.FixtureRequest) -> Callable[[Service, Patience], object]:
    run: Callable[[Service, Patience], object] = request.param
    return run


Read = Callable[[Service, Patience], object]


def test_a_result_that_is_there_at_once_is_one_request(read: Read, pauses: list[float]) -> None:
    service = Service([httpx.Response(200, content=ANSWER)])
    assert read(service, Patience()) == result()
    (asked,) = service.asked
    assert (asked.method, asked.url.path) == ("POST", "/v1/documents")
    assert asked.headers["authorization"] == "Bearer gk_1"
    assert b'name="pages"\r\n\r\n1-3\r\n' in asked.content
    assert pauses == []


def test_a_busy_service_is_asked_again_after_the_time_it_names_with_the_same_key(
    read: Read, pauses: list[float]
) -> None:
    busy = problem(429, "queue_full", **{"Retry-After": "17"})
    mine = problem(429, "rate_limited", **{"Retry-After": "9"})
    ending = problem(503, "draining", **{"Retry-After": "5"})
    service = Service([busy, mine, ending, httpx.ConnectError("refused"), httpx.Response(200, content=ANSWER)])
    assert read(service, Patience()) == result()
    assert pauses == [17, 9, 5, 4.0]
    assert len({asked.headers["idempotency-key"] for asked in service.asked}) == 1


def test_a_job_is_waited_for_and_its_result_fetched(read: Read, pauses: list[float]) -> None:
    service = Service([job("queued", 202), job("running"), job("succeeded"), httpx.Response(200, content=ANSWER)])
    assert read(service, Patience()) == result()
    assert [asked.url.path for asked in service.asked] == [
        "/v1/documents",
        f"/v1/jobs/{JOB}",
        f"/v1/jobs/{JOB}",
        f"/v1/jobs/{JOB}/result",
    ]


@pytest.mark.parametrize("waits", [False, True])
def test_why_there_is_no_result_is_told_at_once(read: Read, waits: bool) -> None:
    script: Script = [job("queued", 202), job("failed")] if waits else []
    with pytest.raises(Refused, match=r"^because corrupt \[corrupt\]$") as refused:
        read(Service([*script, problem(422, "corrupt")]), Patience())
    assert (refused.value.code, refused.value.status, refused.value.advice_zh, refused.value.request_id) == (
        "corrupt",
        422,
        "请稍后",
        "r1",
    )


def test_patience_ends(read: Read) -> None:
    busy = problem(429, "queue_full", **{"Retry-After": "61"})
    with pytest.raises(GaveUp, match="queue_full"):
        read(Service([busy]), Patience(total=60))


def test_who_gives_up_knows_the_job(read: Read) -> None:
    refused = httpx.ConnectError("refused")
    with pytest.raises(GaveUp, match="cannot be reached") as gave_up:
        read(Service([job("queued", 202), refused, refused, refused]), Patience(total=2))
    assert gave_up.value.job == JOB


def test_a_document_can_be_left_there_and_fetched_later(pauses: list[float]) -> None:
    pending = problem(409, "pending", **{"Retry-After": "3"})
    service = Service(
        [job("queued", 202), pending, httpx.Response(200, content=ANSWER), job("cancelled"), job("queued")]
    )
    with Client("http://test", transport=httpx.MockTransport(service)) as client:
        sha256 = client.submit(b"%PDF", name="a.pdf")
        assert sha256 == hashlib.sha256(b"%PDF").hexdigest()
        assert client.result(sha256) == result()
        assert client.cancel(JOB).state == "cancelled"
        assert client.job(JOB).state == "queued"
    assert service.asked[0].headers["prefer"] == "respond-async"
    assert pauses == [3]


def test_what_is_known_of_a_document_is_sent_along_and_asked_for_again() -> None:
    stated = Stated("https://e.com/1", fiscal_year=2022)
    service = Service([httpx.Response(200, content=ANSWER)] * 2)
    with Client("http://test", transport=httpx.MockTransport(service)) as client:
        client.read(b"%PDF", stated=stated, ocr=False)
        client.result("ab" * 32, stated=stated, ocr=False)
    sent, asked = service.asked
    for name, value in (("source_url", "https://e.com/1"), ("fiscal_year", "2022"), ("ocr", "off")):
        assert f'name="{name}"\r\n\r\n{value}\r\n'.encode() in sent.content
        assert asked.url.params[name] == value
    assert b"region_code" not in sent.content


def test_what_is_said_of_a_document_rests_on_the_state_that_was_seen() -> None:
    one: dict[str, object] = {
        "document": "ab",
        "number": 1,
        "op": "set_text",
        "target": "t01.r1.c1",
        "old": "1",
        "new": "2",
        "why": "scan",
    }
    one |= {"who": None, "made_at": "2026-01-02T03:04:05Z", "pipeline": "0.1", "result": "cd", "fingerprint": "ef"}
    one |= {"standing": "applies"}
    review: dict[str, object] = {
        "document": "ab",
        "state": "accepted",
        "reasons": [],
        "result": "cd",
        "decision": "accept",
    }
    review |= {"decided_by": "ann", "decided_at": "2026-01-02T03:04:05Z", "corrections": 1}
    tagged = {"etag": '"1-cd"'}
    script: Script = [
        httpx.Response(200, json={"document": "ab", "result": "cd", "corrections": [one]}, headers=tagged),
        httpx.Response(201, json=one, headers=tagged),
        httpx.Response(200, json=review, headers=tagged),
        httpx.Response(200, json=review, headers=tagged),
        problem(412, "precondition_failed"),
    ]
    service = Service(script)
    with Client("http://test", transport=httpx.MockTransport(service)) as client:
        seen = client.corrections("ab", ocr=False)
        assert (seen.tag, seen.corrections[0].new) == ('"1-cd"', "2")
        made = client.correct("ab", "set_text", "t01.r1.c1", "2", why="scan", match=seen.tag, wanted={"ocr": False})
        assert (made, made.made_at.year) == (seen.corrections[0], 2026)
        assert client.review("ab").state == "accepted"
        assert client.decide("ab", "accept").tag == '"1-cd"'
        with pytest.raises(Refused, match="precondition_failed"):
            client.decide("ab", "needs_review", ["unit"], match=seen.tag)
    assert [(asked.method, asked.url.path.rpartition("/")[2]) for asked in service.asked] == [
        ("GET", "corrections"),
        ("POST", "corrections"),
        ("GET", "review"),
        ("POST", "review"),
        ("POST", "review"),
    ]
    assert service.asked[1].headers["if-match"] == '"1-cd"'
    assert service.asked[1].url.params["ocr"] == service.asked[0].url.params["ocr"] == "off"
    assert json.loads(service.asked[1].content) == {"op": "set_text", "target": "t01.r1.c1", "new": "2", "why": "scan"}
    assert "if-match" not in service.asked[3].headers
    assert json.loads(service.asked[4].content) == {"decision": "needs_review", "reasons": ["unit"]}


def test_an_answer_that_is_no_problem_of_ours_is_still_told() -> None:
    service = Service([httpx.Response(502, text="<html>bad gateway</html>")])
    with Client("http://test", transport=httpx.MockTransport(service)) as client, pytest.raises(Refused) as refused:
        client.job(JOB)
    assert (refused.value.status, refused.value.code) == (502, "unknown")
