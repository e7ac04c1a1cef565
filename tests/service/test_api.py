"""The HTTP door, in process: what is answered, and how every error is said."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from extractors.errors import DocumentError
from schemas.catalogue import load_catalogue
from service import compose, errors
from service.api.app import create_app
from service.api.problems import PROBLEMS
from service.errors import DocumentFailed, DocumentTimeout, Failure, NotReady, QueueFull, ServiceError
from service.jobs import ExtractJob
from service.settings import Settings, load_settings
from service.store.quarantine import QuarantineStore
from tests.service.builders import CATALOGUE
from tests.service.runners import RESULT, FakeRunner

MULTIPART = "multipart/form-data"
PDF = ("决算.pdf", b"%PDF-1.7 ...", "application/pdf")


@pytest.fixture(name="folder", autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What each test keeps is its own."""
    monkeypatch.chdir(tmp_path)


def app_with(runner: FakeRunner, **settings: str) -> FastAPI:
    environ = {f"GONGKAI_{name.upper()}": value for name, value in settings.items()}
    return create_app(load_settings(environ), CATALOGUE, runner)


def call(app: FastAPI, method: str, path: str, **request: object) -> httpx.Response:
    """One request to the application, without a socket."""

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://test") as client,
        ):
            return await client.request(method, path, **request)  # type: ignore[arg-type]  # passed on

    return asyncio.run(send())


def problem(response: httpx.Response) -> dict[str, object]:
    assert response.headers["content-type"] == "application/problem+json"
    body: dict[str, object] = response.json()
    assert body["status"] == response.status_code
    assert body["type"] == f"/v1/problems/{body['code']}"
    assert body["request_id"] == response.headers.get("x-request-id", body["request_id"])
    return body


def test_a_document_is_answered_with_the_bytes_that_the_worker_made() -> None:
    runner = FakeRunner()
    response = call(app_with(runner), "POST", "/v1/documents", files={"file": PDF})
    assert (response.status_code, response.content) == (200, RESULT)
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert runner.asked == [(ExtractJob(name="决算.pdf"), b"%PDF-1.7 ...")]


def test_pages_and_limits_reach_the_worker() -> None:
    runner = FakeRunner()
    app = app_with(runner, max_pages="9", max_cells="8", max_unpacked_bytes="7", max_zip_ratio="6", max_zip_entries="5")
    call(app, "POST", "/v1/documents", files={"file": PDF}, data={"pages": "2-3"})
    assert runner.asked[0][0] == ExtractJob(
        name="决算.pdf",
        pages=[2, 3],
        max_pages=9,
        max_cells=8,
        max_unpacked_bytes=7,
        max_zip_ratio=6,
        max_zip_entries=5,
    )


def test_personal_data_is_asked_for_and_nothing_else_is_taken_for_it() -> None:
    runner = FakeRunner()
    app = app_with(runner)
    call(app, "POST", "/v1/documents", files={"file": PDF}, data={"personal_data": "True"})
    assert [job for job, _ in runner.asked] == [ExtractJob("决算.pdf", personal_data=True)]
    response = call(app, "POST", "/v1/documents", files={"file": PDF}, data={"personal_data": "maybe"})
    assert (response.status_code, response.json()["detail"]) == (400, "personal_data is true or false")


def test_a_file_at_the_limit_is_read_and_one_byte_more_is_refused() -> None:
    app = app_with(FakeRunner(), max_bytes="1000")
    assert call(app, "POST", "/v1/documents", files={"file": ("a.pdf", b"x" * 1000)}).status_code == 200
    body = problem(call(app, "POST", "/v1/documents", files={"file": ("a.pdf", b"x" * 1001)}))
    assert (body["code"], body["status"], body["limit"], body["observed"]) == ("file_too_large", 413, 1000, 1001)
    assert body["retryable"] is False


def test_a_body_of_unknown_length_is_refused_while_it_is_arriving() -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        while True:
            sent += 10_000
            yield b"x" * 10_000

    app = app_with(FakeRunner(), max_bytes="100000")
    headers = {"content-type": "multipart/form-data; boundary=b"}
    body = problem(call(app, "POST", "/v1/documents", content=endless(), headers=headers))
    assert body["code"] == "file_too_large"
    assert sent <= 200_000


@pytest.mark.parametrize(
    ("request_parts", "says"),
    [
        ({"content": b"%PDF"}, "send the document as multipart/form-data, in a field named file"),
        ({"files": {"document": PDF}}, "no such field: document; there are file, pages"),
        ({"files": {"file": PDF}, "data": {"unit": "元"}}, "no such field: unit; there are file, pages"),
        ({"files": {"file": PDF}, "data": {"pages": "3-1"}}, "pages: '3-1' is not a page or a range of pages"),
        ({"files": [("file", PDF), ("file", PDF)]}, "Too many files. Maximum number of files is 1."),
        ({"files": {"pages": PDF}}, "there is no file"),
        (
            {"content": b"junk", "headers": {"content-type": "multipart/form-data; boundary=b"}},
            "Invalid multipart data.",
        ),
        ({"content": b"--", "headers": {"content-type": "multipart/form-data"}}, "Missing boundary in multipart."),
    ],
)
def test_a_request_that_is_not_understood_is_answered_with_what_is_wrong(
    request_parts: dict[str, object], says: str
) -> None:
    body = problem(call(app_with(FakeRunner()), "POST", "/v1/documents", **request_parts))
    assert (body["code"], body["status"]) == ("invalid_request", 400)
    assert str(body["detail"]).startswith(says)
    assert body["advice_zh"] == "请求有误，请对照接口说明修改后再提交。"


@pytest.mark.parametrize(
    ("error", "status", "retry_after"),
    [
        (DocumentFailed(Failure("corrupt", "no page tree", "文件已损坏", page=4)), 422, None),
        (DocumentFailed(Failure("unsupported_media_type", "this is a web page")), 415, None),
        (DocumentTimeout(60, 7), 422, None),
    ],
)
def test_an_error_of_the_worker_becomes_a_problem_with_its_code(
    error: ServiceError, status: int, retry_after: str | None
) -> None:
    response = call(app_with(FakeRunner(error)), "POST", "/v1/documents", files={"file": PDF})
    body = problem(response)
    failure = error.failure
    assert (body["status"], body["code"], body["detail"], body["page"]) == (
        status,
        failure.code,
        failure.message,
        failure.page,
    )
    assert body["advice_zh"] == failure.advice_zh
    assert body["instance"] == "/v1/documents"
    assert response.headers.get("retry-after") == retry_after
    assert body["retryable"] is (retry_after is not None)


def test_a_bug_is_answered_without_its_text() -> None:
    response = call(app_with(FakeRunner(RuntimeError("secret path"))), "POST", "/v1/documents", files={"file": PDF})
    body = problem(response)
    assert (body["code"], body["status"]) == ("internal_error", 500)
    assert "secret" not in response.text


def test_a_wrong_address_and_a_wrong_method_are_problems_too() -> None:
    app = app_with(FakeRunner())
    assert problem(call(app, "GET", "/v1/nothing"))["code"] == "not_found"
    response = call(app, "GET", "/v1/documents")
    assert problem(response)["code"] == "method_not_allowed"
    assert response.headers["allow"] == "POST"


def test_a_request_keeps_the_id_it_came_with_and_gets_one_if_it_has_none() -> None:
    app = app_with(FakeRunner())
    mine = call(app, "GET", "/v1/nothing", headers={"x-request-id": "job-17"})
    assert mine.headers["x-request-id"] == problem(mine)["request_id"] == "job-17"
    for bad in ("", "a b", "x" * 65, "a\tb"):
        assert len(call(app, "GET", "/livez", headers={"x-request-id": bad}).headers["x-request-id"]) == 32


def test_every_code_that_can_be_raised_has_an_answer() -> None:
    own = {error.code for error in subclasses(DocumentError)} - {"document_error"}
    made = {errors.FileTooLarge(1, 2), errors.InvalidRequest("x"), errors.DocumentTimeout(1, None)}
    made |= {errors.WorkerCrashed("x"), errors.WorkerMemory(), QueueFull(1, 1), NotReady("x")}
    assert own | {error.failure.code for error in made} <= PROBLEMS.keys()


def subclasses(of: type[DocumentError]) -> list[type[DocumentError]]:
    return [found for direct in of.__subclasses__() for found in (direct, *subclasses(direct))]


def test_each_code_is_explained_where_the_problem_points_to() -> None:
    app = app_with(FakeRunner())
    assert call(app, "GET", "/v1/problems/queue_full").json() == {
        "code": "queue_full",
        "status": 429,
        "title": "Too many documents are waiting",
        "retryable": True,
    }
    assert [one["code"] for one in call(app, "GET", "/v1/problems").json()] == list(PROBLEMS)
    assert problem(call(app, "GET", "/v1/problems/no_such"))["code"] == "not_found"


def test_the_service_is_alive_even_when_it_cannot_read() -> None:
    app = app_with(FakeRunner(NotReady("a worker did not start")))
    assert call(app, "GET", "/livez").json() == {"status": "alive"}
    response = call(app, "GET", "/readyz")
    assert problem(response)["detail"] == "the service is not ready: no worker has read a document in the last minute"
    assert (response.status_code, response.headers["retry-after"]) == (503, "5")


def test_versions_and_limits_are_told() -> None:
    app = app_with(FakeRunner(), max_bytes="123", queue="7")
    assert call(app, "GET", "/version").json()["catalogue"] == "d1ge57"
    limits = call(app, "GET", "/v1/limits").json()
    assert (limits["max_bytes"], limits["queue"], limits["max_pages"]) == (123, 7, 500)


def test_kinds_are_listed_by_family_and_shown_whole() -> None:
    app = app_with(FakeRunner())
    listed = call(app, "GET", "/v1/kinds", params={"family": "final_accounts"}).json()
    assert [(kind["id"], kind["title"], kind["columns"]) for kind in listed] == [("fa_expenditure", "支出决算表", 3)]
    assert len(call(app, "GET", "/v1/kinds").json()) == 2
    shown = call(app, "GET", "/v1/kinds/fa_expenditure").json()
    assert shown["fields"][1]["labels"] == ["本年支出合计", "支出合计"]
    assert problem(call(app, "GET", "/v1/kinds/none"))["code"] == "not_found"


def test_an_identity_is_told_in_the_words_of_its_table() -> None:
    app = create_app(load_settings({}), load_catalogue(), FakeRunner())
    rule = call(app, "GET", "/v1/rules/T3.row").json()
    assert (rule["kind"], rule["axis"], rule["severity"]) == ("fa_expenditure", "column", "error")
    assert rule["formula"].startswith("本年支出合计=基本支出+项目支出")
    assert (Path(__file__).parents[2] / rule["page"]).exists()
    assert rule in call(app, "GET", "/v1/rules").json()
    share = call(app, "GET", "/v1/rules/N.5.share").json()
    assert (share["id"], share["kind"], share["formula"]) == ("N.*.share", None, "占比=部分/整体")
    assert problem(call(app, "GET", "/v1/rules/T99.none"))["code"] == "not_found"


def test_a_header_is_explained_within_a_kind_and_over_all() -> None:
    app = app_with(FakeRunner())
    query = {"header": "支出合计", "kind": "fa_expenditure"}
    (one,) = call(app, "POST", "/v1/headers/match", json=query).json()
    assert (one["field"], one["label"], one["method"], one["score"]) == ("total", "本年支出合计", "alias", 0.98)
    (other,) = call(app, "POST", "/v1/headers/match", json={"header": "收入合计"}).json()
    assert (other["kind"], other["field"]) == ("bg_income", "total")


def test_a_header_that_may_not_be_bridged_says_why() -> None:
    query = {"header": "本年收入合计", "kind": "fa_expenditure"}
    (one,) = call(app_with(FakeRunner()), "POST", "/v1/headers/match", json=query).json()
    assert (one["field"], one["score"]) == (None, 0.0)
    assert one["reason"] in ("opposed_words", "unknown_label")


def test_a_header_of_an_unknown_kind_is_not_found_and_an_unknown_key_is_refused() -> None:
    app = app_with(FakeRunner())
    assert problem(call(app, "POST", "/v1/headers/match", json={"header": "x", "kind": "no"}))["code"] == "not_found"
    refused = problem(call(app, "POST", "/v1/headers/match", json={"header": "x", "knd": "no"}))
    assert (refused["code"], refused["detail"]) == ("invalid_request", "body.knd: Extra inputs are not permitted")


def test_the_schema_is_the_results() -> None:
    schema = call(app_with(FakeRunner()), "GET", "/v1/schema").json()
    assert schema["$ref"] == "#/$defs/Result"
    assert schema["$defs"]["Observation"]["properties"]["value"] == {"anyOf": [{"type": "string"}, {"type": "null"}]}


def test_openapi_describes_the_upload_the_result_and_the_problems() -> None:
    document = call(app_with(FakeRunner()), "GET", "/openapi.json").json()
    post = document["paths"]["/v1/documents"]["post"]
    upload = post["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert upload["required"] == ["file"]
    assert upload["properties"]["file"]["format"] == "binary"
    ok = post["responses"]["200"]["content"]
    assert ok == {"application/json": {"schema": {"$ref": "#/components/schemas/Result"}}}
    assert {"400", "413", "415", "422", "429", "500", "503"} <= post["responses"].keys()
    too_many = post["responses"]["429"]["content"]["application/problem+json"]["schema"]
    assert too_many == {"$ref": "#/components/schemas/Problem"}
    assert "tables" in document["components"]["schemas"]["Result"]["required"]


def test_openapi_points_at_nothing_that_is_not_there() -> None:
    text = call(app_with(FakeRunner()), "GET", "/openapi.json").text
    there = json.loads(text)["components"]["schemas"]
    pointed = {part.split('"')[0] for part in text.split("#/components/schemas/")[1:]}
    assert pointed - there.keys() == set()


def test_openapi_says_tuples_so_that_generators_of_clients_understand() -> None:
    document = call(app_with(FakeRunner()), "GET", "/openapi.json").json()
    box = document["components"]["schemas"]["Evidence"]["properties"]["bbox"]["anyOf"][0]
    assert box == {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}
    assert "prefixItems" not in json.dumps(document)


def test_the_workers_end_with_the_application() -> None:
    runner = FakeRunner()
    app = app_with(runner)

    async def start_and_stop() -> None:
        async with app.router.lifespan_context(app):
            assert not runner.closed

    asyncio.run(start_and_stop())
    assert runner.closed


def test_quarantine_is_kept_where_jobs_are(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[object] = []

    def runner(_settings: Settings, quarantine: object) -> FakeRunner:
        given.append(quarantine)
        return FakeRunner()

    monkeypatch.setattr(compose, "runner", runner)
    app = create_app(load_settings({}), CATALOGUE)
    assert call(app, "GET", "/livez").status_code == 200
    assert [type(one) for one in given] == [QuarantineStore]
