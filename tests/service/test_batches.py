"""Batches: every file that is sent is accounted for."""

from __future__ import annotations

import asyncio
import io
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from service.batch import BatchDesk, Given, Wanted
from service.desk import Sender
from service.jobs import ExtractJob
from service.settings import load_settings
from service.store.batches import BatchItem
from tests.service.application import with_service

GIF = b"GIF89a\x01\x00\x01\x00\x00\x00\x00;"


def archive_of(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What each test keeps is its own."""
    monkeypatch.chdir(tmp_path)


async def until_done(client: httpx.AsyncClient, batch: str) -> dict[str, Any]:
    for _ in range(500):
        body: dict[str, Any] = (await client.get(f"/v1/batches/{batch}")).json()
        if not {"queued", "running"} & body["counts"].keys():
            return body
        await asyncio.sleep(0.02)
    raise AssertionError(body)


def test_files_and_archives_become_jobs_and_each_has_its_place() -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        archive = archive_of(("2022/b.pdf", b"%PDF-b"), ("2022/c.pdf", b"%PDF-c"), ("t.gif", GIF))
        files = [
            ("file", ("a.pdf", b"%PDF a")),
            ("archive", ("reports.zip", archive)),
            ("archive", ("broken.zip", b"no archive")),
        ]
        response = await client.post("/v1/batches", files=files)
        body = response.json()
        assert (response.status_code, response.headers["location"]) == (202, f"/v1/batches/{body['id']}")
        done = await until_done(client, body["id"])
        assert done["counts"] == {"succeeded": 3, "failed": 1, "skipped": 1}
        assert [(one["name"], one["inside"]) for one in done["files"]] == [
            ("a.pdf", None),
            ("b.pdf", "reports.zip/2022/b.pdf"),
            ("c.pdf", "reports.zip/2022/c.pdf"),
            ("t.gif", "reports.zip/t.gif"),
            ("broken.zip", None),
        ]
        assert done["files"][3]["state"] == "skipped"
        assert (done["files"][3]["problem"]["code"], done["files"][4]["problem"]["code"]) == (
            "not_a_document",
            "corrupt",
        )
        skipped = (await client.get(f"/v1/batches/{body['id']}", params={"status": "skipped"})).json()["files"]
        assert [(one["inside"], one["problem"]["detail"]) for one in skipped] == [
            ("reports.zip/t.gif", "this is an image (GIF), which is no document that is read")
        ]
        assert (await client.get(done["files"][1]["result"])).status_code == 200
        failed = (await client.get(f"/v1/batches/{body['id']}", params={"status": "failed"})).json()
        assert ([one["name"] for one in failed["files"]], failed["counts"]) == (["broken.zip"], done["counts"])

    with_service(scenario)


def test_an_archive_sent_as_a_file_is_opened_all_the_same() -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        archive = archive_of(("a.pdf", b"%PDF-a"))
        body = (await client.post("/v1/batches", files=[("file", ("reports.zip", archive))])).json()
        assert [(one["name"], one["inside"]) for one in body["files"]] == [("a.pdf", "reports.zip/a.pdf")]

    with_service(scenario)


def test_a_batch_that_is_too_large_or_empty_is_refused_and_one_file_that_is_too_large_is_told() -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        three = [("file", (f"{number}.pdf", b"%PDF")) for number in range(3)]
        assert (await client.post("/v1/batches", files=three)).json()["code"] == "invalid_request"
        assert (await client.post("/v1/batches", data={"personal_data": "true"})).json()["code"] == "invalid_request"
        large = [("file", ("large.pdf", b"x" * 101)), ("file", ("b.pdf", b"%PDF"))]
        body = (await client.post("/v1/batches", files=large)).json()
        assert body["files"][0]["problem"]["code"] == "file_too_large"
        assert (await until_done(client, body["id"]))["counts"] == {"succeeded": 1, "failed": 1}
        assert (await client.get(f"/v1/batches/{'0' * 32}")).status_code == 404

    with_service(scenario, max_batch_files="2", max_bytes="100")


def test_a_web_page_is_told_the_files_that_were_sent_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str | None, list[str]] = {}

    def item(_desk: BatchDesk, _file: object, request: ExtractJob, _sender: Sender) -> BatchItem:
        told[request.name] = request.beside
        return BatchItem(request.name, request.inside, None)

    monkeypatch.setattr(BatchDesk, "_item", item)
    stored = SimpleNamespace(store=SimpleNamespace(batches=SimpleNamespace(add=lambda items: items)))
    files = [Given(io.BytesIO(data), name, len(data)) for name, data in (("a.html", b"<html>"), ("1.pdf", b"%PDF"))]
    archive = archive_of(("局/b.html", b"<html><body>"), ("局/2.pdf", b"%PDF-c"))
    packed = [Given(io.BytesIO(archive), "a.zip", len(archive))]
    BatchDesk(stored, load_settings({})).submit(files, packed, Sender("x"), Wanted())  # type: ignore[arg-type]
    assert told == {"a.html": ["1.pdf"], "1.pdf": [], "2.pdf": [], "b.html": ["2.pdf"]}


def test_pictures_of_a_batch_are_not_read_when_that_is_asked_for() -> None:
    async def scenario(client: httpx.AsyncClient) -> None:
        archive = [("archive", ("reports.zip", archive_of(("a.pdf", b"%PDF-a"))))]
        body = (await client.post("/v1/batches", files=archive, data={"ocr": "off"})).json()
        (file,) = (await until_done(client, body["id"]))["files"]
        found = [
            (await client.get(f"/v1/documents/{file['document']}", params={"ocr": ocr})).status_code
            for ocr in ("off", "auto")
        ]
        assert found == [200, 404]
        refused = await client.post("/v1/batches", files=archive, data={"ocr": "perhaps"})
        assert (refused.status_code, refused.json()["detail"]) == (400, "ocr is auto or off")

    with_service(scenario)
