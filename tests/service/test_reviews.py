"""Corrections and reviews over HTTP: said of the newest result, kept beside it, and never put in its place."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from schemas.result import Result
from service.client import AsyncClient, Refused
from service.errors import DocumentFailed, Failure
from service.store.store import open_store
from tests.service.application import Client, with_service
from tests.service.builders import observation, result
from tests.service.runners import FakeRunner

DATA = b"%PDF-1.7 ..."
SHA = hashlib.sha256(DATA).hexdigest()
FILES = {"file": ("a.pdf", DATA)}
AT = f"/v1/documents/{SHA}"
FIX = {"op": "set_text", "target": "t01.r1.c1", "new": "790.41", "why": "9 and 0 are swapped in the scan"}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What each test keeps is its own."""
    monkeypatch.chdir(tmp_path)


def reads(what: Result | None = None) -> FakeRunner:
    return FakeRunner(msgspec.json.encode(what or result()))


async def send(client: Client) -> bytes:
    answer = await client.post("/v1/documents", files=FILES)
    assert answer.status_code == 200
    return answer.content


async def listed(client: Client, **params: str) -> list[dict[str, Any]]:
    answer = await client.get(f"{AT}/corrections", params=params)
    assert answer.status_code == 200
    corrections: list[dict[str, Any]] = answer.json()["corrections"]
    return corrections


def test_a_correction_is_kept_with_who_when_why_and_what_stood_there(tmp_path: Path) -> None:
    store = open_store(tmp_path / "gongkai-data")
    key = store.keys.add("ann")
    store.close()

    async def scenario(client: Client) -> None:
        client.headers["Authorization"] = f"Bearer {key}"
        before = await send(client)
        made = await client.post(f"{AT}/corrections", json=FIX)
        body = made.json()
        assert made.status_code == 201
        assert {name: body[name] for name in FIX} == FIX
        assert (body["document"], body["number"], body["who"], body["old"]) == (SHA, 1, "ann", "709.41")
        assert (body["pipeline"], body["result"]) == ("0.0.test", hashlib.sha256(before).hexdigest())
        assert (len(body["fingerprint"]), body["standing"]) == (32, "applies")
        assert body["made_at"].startswith("20")
        assert await listed(client) == [body]
        assert (await client.get(AT)).content == before
        lines = await client.get(f"{AT}/corrections", params={"format": "jsonl"})
        assert lines.headers["content-type"] == "application/jsonl"
        assert [json.loads(line) for line in lines.text.splitlines()] == [body]

    with_service(scenario, reads())


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"target": "t09.r1.c1"}, 404, "unknown_target"),
        ({"target": "t01"}, 404, "unknown_target"),
        ({"target": "document", "op": "accept", "new": None}, 404, "unknown_target"),
        ({"target": "../etc"}, 400, "invalid_request"),
        ({"new": None}, 400, "invalid_request"),
        ({"new": "x" * 2001}, 400, "invalid_request"),
        ({"new": True}, 400, "invalid_request"),
        ({"new": 10**30}, 400, "invalid_request"),
        ({"why": " "}, 400, "invalid_request"),
        ({"op": "set_value"}, 400, "invalid_request"),
        ({"value": "1"}, 400, "invalid_request"),
    ],
)
def test_what_cannot_be_said_of_the_result_is_refused_and_not_kept(
    wrong: dict[str, Any], status: int, code: str
) -> None:
    async def scenario(client: Client) -> None:
        await send(client)
        refused = await client.post(f"{AT}/corrections", json=FIX | wrong)
        assert (refused.status_code, refused.json()["code"]) == (status, code)
        assert await listed(client) == []

    with_service(scenario, reads())


def test_who_has_seen_an_older_state_is_told_to_look_again() -> None:
    async def scenario(client: Client) -> None:
        await send(client)
        seen = (await client.get(f"{AT}/review")).headers["etag"]
        assert (await client.get(f"{AT}/corrections")).headers["etag"] == seen
        first = await client.post(f"{AT}/corrections", json=FIX, headers={"If-Match": seen})
        assert first.status_code == 201
        for path, body in (("corrections", FIX | {"new": "1"}), ("review", {"decision": "accept"})):
            late = await client.post(f"{AT}/{path}", json=body, headers={"If-Match": seen})
            assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
        now = first.headers["etag"]
        assert now != seen
        for tag in (f'"other", {now}', "*"):
            body = FIX | {"why": tag}
            again = await client.post(f"{AT}/corrections", json=body, headers={"If-Match": tag})
            assert again.status_code == 201
        assert len(await listed(client)) == 3

    with_service(scenario, reads())


def test_a_review_has_a_state_of_its_own() -> None:
    async def scenario(client: Client) -> None:
        await send(client)

        async def state() -> tuple[str, list[str], int]:
            body = (await client.get(f"{AT}/review")).json()
            return body["state"], body["reasons"], body["corrections"]

        assert await state() == ("unreviewed", [], 0)
        nothing = await client.post(f"{AT}/review", json={"decision": "needs_review"})
        assert (nothing.status_code, nothing.json()["code"]) == (400, "invalid_request")
        asked = {"decision": "needs_review", "reasons": ["表3 列错位", "a\nb"]}
        assert (await client.post(f"{AT}/review", json=asked)).json()["decision"] == "needs_review"
        assert await state() == ("needs_review", ["表3 列错位", "a b"], 0)
        await client.post(f"{AT}/corrections", json=FIX)
        done = await client.post(f"{AT}/review", json={"decision": "accept"})
        assert (done.status_code, done.json()["state"], done.json()["corrections"]) == (200, "accepted", 1)
        await client.post(f"{AT}/corrections", json=FIX | {"new": "1"})
        assert await state() == ("corrected", [], 1)
        assert [one["standing"] for one in await listed(client)] == ["replaced", "applies"]

    with_service(scenario, reads())


def test_when_a_newer_version_reads_something_else_there_it_is_stale_and_back_in_the_queue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    newer = result(observations=[observation("t01.r1.c1", "709.41", "709.41")])
    accepted = {"op": "accept", "target": "t01.r1.c1", "why": "compared with page 1"}

    async def first(client: Client) -> None:
        await send(client)
        assert (await client.post(f"{AT}/corrections", json=FIX)).status_code == 201
        assert (await client.post(f"{AT}/corrections", json=accepted)).status_code == 201
        await client.post(f"{AT}/review", json={"decision": "accept"})
        assert (await client.get(f"{AT}/review")).json()["state"] == "accepted"

    async def second(client: Client) -> None:
        await send(client)
        assert [(one["op"], one["standing"]) for one in await listed(client)] == [
            ("set_text", "applies"),
            ("accept", "stale"),
        ]
        assert [one["op"] for one in await listed(client, standing="stale")] == ["accept"]
        body = (await client.get(f"{AT}/review")).json()
        assert (body["state"], body["decision"]) == ("needs_review", "accept")
        assert body["reasons"] == ["stale: accept t01.r1.c1", "stale: accept document"]

    with_service(first, reads())
    monkeypatch.setattr("service.compose.version", lambda: "9.9")
    with_service(second, reads(newer))


def test_what_waits_for_a_second_look_is_listed_over_all_documents() -> None:
    async def scenario(client: Client) -> None:
        names = {}
        for number in range(5):
            data = b"%%PDF %d" % number
            names[number] = hashlib.sha256(data).hexdigest()
            await client.post("/v1/documents", files={"file": ("a.pdf", data)})
        for number in range(4):
            asked = {"decision": "needs_review", "reasons": [f"no. {number}"]}
            decided = asked if number % 2 else {"decision": "accept"}
            assert (await client.post(f"/v1/documents/{names[number]}/review", json=decided)).status_code == 200
        every = (await client.get("/v1/reviews")).json()
        assert [one["document"] for one in every["reviews"]] == sorted(names[number] for number in range(4))
        assert every["next"] is None
        waits = (await client.get("/v1/reviews", params={"state": "needs_review"})).json()["reviews"]
        assert {one["document"]: one["reasons"] for one in waits} == {names[1]: ["no. 1"], names[3]: ["no. 3"]}
        seen: list[Any] = []
        after, pages = "", 0
        while after is not None:
            page = (await client.get("/v1/reviews", params={"after": after, "limit": 3})).json()
            seen, after, pages = seen + page["reviews"], page["next"], pages + 1
        assert (seen, pages) == (every["reviews"], 2)

    with_service(scenario, reads())


def test_without_a_result_nothing_can_be_said_and_what_was_said_is_still_there(tmp_path: Path) -> None:
    async def scenario(client: Client) -> None:
        for missing in (
            await client.get(f"{AT}/review"),
            await client.post(f"{AT}/review", json={"decision": "accept"}),
        ):
            assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
        kept = await send(client)
        await client.post(f"{AT}/corrections", json=FIX)
        next(tmp_path.glob(f"gongkai-data/blobs/*/{hashlib.sha256(kept).hexdigest()}")).unlink()
        assert (await client.get(AT)).status_code == 410
        assert [one["standing"] for one in await listed(client)] == ["unchecked"]
        gone = await client.post(f"{AT}/corrections", json=FIX)
        assert gone.json()["code"] in ("result_expired", "not_found")

    with_service(scenario, reads())


def test_of_a_document_that_failed_nothing_can_be_said() -> None:
    failure = Failure("corrupt", "no page tree", "文件已损坏")

    async def scenario(client: Client) -> None:
        await client.post("/v1/documents", files=FILES)
        refused = await client.post(f"{AT}/corrections", json=FIX)
        assert (refused.status_code, refused.json()["code"]) == (422, "corrupt")
        assert await listed(client) == []

    with_service(scenario, FakeRunner(DocumentFailed(failure)))


def test_what_is_said_is_never_held_against_a_result_with_names() -> None:
    async def scenario(client: Client) -> None:
        await client.post("/v1/documents", files=FILES, data={"personal_data": "true"})
        for path in ("corrections", "review"):
            refused = await client.get(f"{AT}/{path}", params={"personal_data": "true"})
            assert (refused.status_code, refused.json()["code"]) == (400, "invalid_request")
        assert (await client.post(f"{AT}/corrections", json=FIX)).status_code == 404

    with_service(scenario, reads())


def test_the_typed_client_says_and_asks_the_same() -> None:
    async def scenario(client: Client) -> None:
        await send(client)
        async with AsyncClient("http://test", transport=client._transport) as typed:
            made = await typed.correct(SHA, "set_text", "t01.r1.c1", "790.41", why="scan")
            assert (made.number, made.old, made.standing) == (1, "709.41", "applies")
            region = await typed.correct(SHA, "ignore_region", "p1", [0.0, 0.5, 9.0, 9.0], why="stamp")
            assert region.new == [0.0, 0.5, 9.0, 9.0]
            year = await typed.correct(SHA, "set_profile", "fiscal_year", 2021, why="cover of another year")
            assert (year.old, year.new) == (2022, 2021)
            seen = await typed.corrections(SHA)
            assert seen.corrections == [made, region, year]
            review = await typed.decide(SHA, "accept", match=seen.tag)
            assert (review.state, review.corrections) == ("accepted", 3)
            assert await typed.review(SHA) == review
            listed = await typed.reviews("accepted")
            assert (listed.reviews, listed.next) == ([replace(review, tag="")], None)
            assert (await typed.reviews(after=SHA)).reviews == []
            with pytest.raises(Refused, match="precondition_failed"):
                await typed.correct(SHA, "set_unit", "t01", "元", why="late", match=seen.tag)

    with_service(scenario, reads())
