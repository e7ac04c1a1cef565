"""What a sender states of a file: checked at the door, part of what is asked, shown beside what was read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from extractors.options import Options
from schemas.result import Profile, ProfileValue, Quality, Reading, Stated
from service.errors import InvalidRequest
from service.isolation.quarantine import quarantine_key
from service.jobs import ExtractJob
from service.pipeline import Source, encode, process
from service.stated import LONGEST_URL, stated_of
from service.store.records import asked_of
from tests.service.application import Client, with_service
from tests.service.builders import deps, document, grid, page
from tests.service.runners import FakeRunner

DATA = b"%PDF-1.7 ..."
SHA = hashlib.sha256(DATA).hexdigest()
FILES = {"file": ("a.pdf", DATA)}
URL = "http://czj.example.gov.cn/2022/决算.pdf?id=7"
SENT = {
    "source_url": URL,
    "region_code": "420107",
    "fiscal_year": "2022",
    "doc_type": "final_account_disclosure",
}
STATED = Stated(URL, "420107", 2022, "final_account_disclosure")
TABLE = document(page(1), grids=(grid(),))


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What each test keeps is its own."""
    monkeypatch.chdir(tmp_path)


def test_what_is_stated_is_taken_as_it_is() -> None:
    assert stated_of(**SENT) == STATED
    assert stated_of() is None
    assert stated_of("", "", "", "") is None
    assert stated_of(fiscal_year=2022) == Stated(fiscal_year=2022)


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("source_url", "ftp://example.com/a"),
        ("source_url", "file:///etc/passwd"),
        ("source_url", "javascript:alert(1)"),
        ("source_url", "http://"),
        ("source_url", "http://[1"),
        ("source_url", "http://a b/"),
        ("source_url", "http://example.com/\n"),
        ("source_url", "http://ann:secret@example.com/"),
        ("source_url", "http://example.com/" + "a" * LONGEST_URL),
        ("region_code", "42010"),
        ("region_code", "999999"),
        ("region_code", "４２０１０７"),
        ("fiscal_year", "22"),
        ("fiscal_year", "1949"),
        ("fiscal_year", "2100"),
        ("fiscal_year", "2022年"),
        ("doc_type", "budget"),
    ],
)
def test_what_makes_no_sense_is_refused_and_named(name: str, wrong: str) -> None:
    with pytest.raises(InvalidRequest, match=f"^{name} "):
        stated_of(**{name: wrong})


def test_the_worker_is_told_and_the_result_is_found_by_the_same_statement_alone() -> None:
    runner = FakeRunner()

    async def scenario(client: Client) -> None:
        assert (await client.post("/v1/documents", files=FILES, data=SENT)).status_code == 200
        path = f"/v1/documents/{SHA}"
        assert (await client.get(path)).status_code == 404
        assert (await client.get(path, params=SENT)).status_code == 200
        assert (await client.get(path, params=SENT | {"fiscal_year": "2021"})).status_code == 404
        assert (await client.post("/v1/documents", files=FILES)).status_code == 200
        assert (await client.get(path)).status_code == 200
        for params in ({"fiscal_year": "1"}, {"region_code": "999999"}, {"doc_type": "x"}, {"source_url": "x"}):
            assert (await client.get(path, params=params)).json()["code"] == "invalid_request"

    with_service(scenario, runner)
    assert [job.stated for job, _ in runner.asked if isinstance(job, ExtractJob)] == [STATED, None]


def test_what_is_wrong_is_refused_before_anything_is_kept(tmp_path: Path) -> None:
    async def scenario(client: Client) -> None:
        refused = await client.post("/v1/documents", files=FILES, data={"region_code": "999999"})
        assert (refused.status_code, refused.json()["code"]) == (400, "invalid_request")
        assert "region_code" in refused.json()["detail"]
        as_file = await client.post("/v1/documents", files=FILES | {"doc_type": ("a", b"x")})
        assert as_file.json()["code"] == "invalid_request"
        assert list(tmp_path.glob("gongkai-data/blobs/*/*")) == []

    with_service(scenario)


def test_a_batch_states_it_of_each_of_its_files() -> None:
    runner = FakeRunner()

    async def scenario(client: Client) -> None:
        files = [("file", (f"{name}.pdf", b"%PDF " + name.encode())) for name in "ab"]
        sent = await client.post("/v1/batches", files=files, data=SENT)
        assert sent.status_code == 202
        for one in sent.json()["files"]:
            await client.get(f"/v1/jobs/{one['job']}", params={"wait": 10})

    with_service(scenario, runner)
    assert [job.stated for job, _ in runner.asked if isinstance(job, ExtractJob)] == [STATED, STATED]


def test_without_a_statement_the_request_is_the_one_it_was() -> None:
    assert asked_of(ExtractJob()) == "extract pages=all personal_data=no"
    assert len(asked_of(ExtractJob(stated=Stated("https://e.com/" + "a" * 1900)))) < 100


def told(stated: Stated | None, profile: Profile) -> dict[str, Any]:
    reading = Reading(profile, [], [], [], [], [], Quality({}, {}))
    answer: dict[str, Any] = json.loads(
        encode(process(Source(b"%PDF", "a.pdf", stated=stated), Options(), deps(TABLE, reading)))
    )
    return answer


def test_a_result_shows_it_beside_the_profile_which_stays_what_was_read() -> None:
    profile = Profile(fiscal_year=ProfileValue(2021))
    plain, with_it = told(None, profile), told(STATED, profile)
    assert plain["document"]["stated"] is None
    assert with_it["document"]["stated"] == {**SENT, "fiscal_year": 2022}
    assert with_it["profile"] == plain["profile"]
    assert plain["findings"] == []
    assert [(one["code"], one["severity"]) for one in with_it["findings"]] == [
        ("fiscal_year_stated_otherwise", "warning"),
        ("document_kind_stated_only", "info"),
        ("region_stated_only", "info"),
    ]
    del plain["document"]["stated"], with_it["document"]["stated"], plain["findings"], with_it["findings"]
    assert plain == with_it


def test_a_file_that_ends_its_process_is_the_same_whatever_is_stated_of_it() -> None:
    plain, with_it = (quarantine_key(ExtractJob("a.pdf", stated=said), SHA, "1", None) for said in (None, STATED))
    assert plain == with_it
    assert plain != quarantine_key(ExtractJob("a.pdf", ocr=False), SHA, "1", None)
