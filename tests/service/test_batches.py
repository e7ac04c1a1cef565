"""Batches: every file that is sent is accounted for."""

from __future__ import annotations

import asyncio
import io
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from extractors.errors import TooLarge, Unreadable
from service.archive import Bounds, members
from service.errors import Failure
from tests.service.application import with_service

BOUNDS = Bounds(entries=10, unpacked=1_000_000, ratio=100, member=100_000)


def archive_of(*files: tuple[str, bytes], encoding: str | None = None) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    data = out.getvalue()
    if encoding is None:
        return data
    for name, _ in files:  # as programs do that know no Unicode: the name in their own encoding, and no flag
        data = data.replace(name.encode(), name.encode(encoding).ljust(len(name.encode()), b"_"))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = data.find(mark)
        while position >= 0:
            data = data[: position + flags + 1] + b"\0" + data[position + flags + 2 :]
            position = data.find(mark, position + 1)
    return data


def read(data: bytes, bounds: Bounds = BOUNDS) -> list[tuple[str, object]]:
    found = members(io.BytesIO(data), bounds)
    return [(one.path, one.content.code if isinstance(one.content, Failure) else one.content) for one in found]


def test_files_of_an_archive_come_in_their_order_with_their_paths() -> None:
    data = archive_of(("2022/", b""), ("2022/决算.pdf", b"%PDF"), ("../../etc/passwd", b"x"))
    assert read(data) == [("2022/决算.pdf", b"%PDF"), ("../../etc/passwd", b"x")]


def test_names_of_a_chinese_windows_are_read() -> None:
    ((path, content),) = read(archive_of(("决算.pdf", b"%PDF"), encoding="gbk"))
    assert (path.rstrip("_"), content) == ("决算.pdf", b"%PDF") or path.startswith("决算.pdf")


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TooLarge) as bomb:
        read(archive_of(("a", b"0" * 900_000)))
    assert bomb.value.code == "decompression_limit"
    with pytest.raises(TooLarge) as many:
        read(archive_of(*((f"{number}", b"x") for number in range(11))))
    assert (many.value.code, many.value.observed) == ("too_many_entries", 11)
    with pytest.raises(Unreadable):
        read(b"no archive")


def test_an_archive_that_lies_about_a_size_gives_no_more_than_it_said() -> None:
    data = bytearray(archive_of(("a", b"0123456789")))
    position = data.find(b"PK\x01\x02") + 24
    data[position : position + 4] = (3).to_bytes(4, "little")
    ((_, content),) = read(bytes(data))
    assert content in ("corrupt", "file_too_large")


def test_one_file_that_is_too_large_or_encrypted_does_not_spoil_the_others() -> None:
    data = bytearray(archive_of(("a", bytes(range(256)) * 4), ("b", b"fine")))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + flags] |= 1
    assert read(bytes(data)) == [("a", "encrypted"), ("b", b"fine")]
    large = archive_of(("a", bytes(range(256)) * 4), ("b", b"fine"))
    assert read(large, Bounds(10, 10_000, 1000, 100)) == [("a", "file_too_large"), ("b", b"fine")]


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
        archive = archive_of(("2022/b.pdf", b"%PDF b"), ("2022/c.pdf", b"%PDF c"))
        files = [
            ("file", ("a.pdf", b"%PDF a")),
            ("archive", ("reports.zip", archive)),
            ("archive", ("broken.zip", b"no archive")),
        ]
        response = await client.post("/v1/batches", files=files)
        body = response.json()
        assert (response.status_code, response.headers["location"]) == (202, f"/v1/batches/{body['id']}")
        done = await until_done(client, body["id"])
        assert done["counts"] == {"succeeded": 3, "failed": 1}
        assert [(one["name"], one["inside"]) for one in done["files"]] == [
            ("a.pdf", None),
            ("b.pdf", "reports.zip/2022/b.pdf"),
            ("c.pdf", "reports.zip/2022/c.pdf"),
            ("broken.zip", None),
        ]
        assert done["files"][3]["problem"]["code"] == "corrupt"
        assert (await client.get(done["files"][1]["result"])).status_code == 200
        failed = (await client.get(f"/v1/batches/{body['id']}", params={"status": "failed"})).json()
        assert ([one["name"] for one in failed["files"]], failed["counts"]) == (["broken.zip"], done["counts"])

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
