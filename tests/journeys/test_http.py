"""Over HTTP: a file in, its result out, as a client sees it."""

from __future__ import annotations

import json
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from schemas.result import Result
from tests.journeys.conftest import MAX_BYTES, BadFile, Server, fixture, start_server, until_ready

REPORT = "qingshan-2022-final-accounts-whole-report"
SMALL = "made-2023-final-accounts-blank-zero-dash"
RESULT = msgspec.json.Decoder(Result)


def post(server: Server, name: str, data: bytes, **fields: str) -> httpx.Response:
    return httpx.post(f"{server.url}/v1/documents", files={"file": (name, data)}, data=fields, timeout=120)


def read(server: Server, path: Path, **fields: str) -> Result:
    response = post(server, path.name, path.read_bytes(), **fields)
    assert response.status_code == 200, response.text
    return RESULT.decode(response.content)


def without_timing_and_name(content: bytes) -> dict[str, Any]:
    body: dict[str, Any] = json.loads(content)
    body["provenance"]["timing"] = body["document"]["filename"] = None
    return body


def test_a_report_becomes_exact_amounts_in_yuan_each_with_its_place(server: Server) -> None:
    result = read(server, fixture(SMALL))
    (total,) = [
        one
        for one in result.observations
        if (one.kind, one.field, one.row.role) == ("fa_expenditure", "total", "total")
    ]
    assert (total.text, total.value, total.unit, total.value_status) == ("320.50", "3205000.00", "CNY", "printed")
    assert (total.fiscal_year, total.page) == (2023, 1)
    assert total.bbox is not None
    assert 0 < total.bbox[0] < total.bbox[2] < result.pages[0].width


def test_a_dash_a_blank_and_a_zero_stay_apart(server: Server) -> None:
    values = {
        (one.field, one.row.code or one.row.label): (one.text, one.value, one.value_status)
        for one in read(server, fixture(SMALL)).observations
        if one.kind == "fa_expenditure"
    }
    assert values["to_superior", "合计"] == ("0.00", "0.00", "printed_zero")
    assert values["operating", "合计"] == ("—", None, "not_applicable")
    assert values["project", "2012601"] == ("", None, "blank")


def test_a_whole_report_is_read_with_its_nine_tables_and_proven(server: Server) -> None:
    result = read(server, fixture(REPORT))
    kinds = [table.kind for table in result.tables if table.family == "final_accounts"]
    assert len(set(kinds)) == 9
    assert [one.id for one in result.checks if one.status == "fail" and one.scope != "form"] == []
    assert result.quality.checks["pass"] > 50
    assert result.quality.cells["A"] > 100
    assert (result.quality.cells["C"], result.quality.cells["D"]) == (0, 0)
    assert {page.status for page in result.pages} == {"ok"}


def test_the_same_bytes_give_the_same_answer_whoever_reads_them_and_the_service_stays_alive(server: Server) -> None:
    path = fixture(SMALL)
    slowest = 0.0
    with ThreadPoolExecutor(8) as pool:
        names = [f"{number}.pdf" for number in range(8)]  # the same name would be the same job
        answers = [pool.submit(post, server, name, path.read_bytes()) for name in names]
        while not all(answer.done() for answer in answers):
            begun = time.monotonic()
            assert httpx.get(f"{server.url}/livez", timeout=10).status_code == 200
            slowest = max(slowest, time.monotonic() - begun)
    first, *others = [without_timing_and_name(answer.result().content) for answer in answers]
    assert [json.dumps(other) for other in others] == [json.dumps(first)] * 7
    assert slowest < 2


def test_a_docx_without_a_table_is_a_normal_answer_with_a_finding(server: Server) -> None:
    result = read(server, fixture("chenxi-2022-performance-no-table"))
    assert (result.document.media_type.split(".")[-1], result.tables) == ("document", [])
    assert "no_table_found" in [one.code for one in result.findings]


def test_a_pdf_that_calls_itself_docx_is_read_and_said_to_be_a_pdf(server: Server) -> None:
    response = post(server, "报告.docx", fixture(SMALL).read_bytes())
    result = RESULT.decode(response.content)
    assert (result.document.filename, result.document.media_type) == ("报告.docx", "application/pdf")
    assert [one.message for one in result.findings if one.code == "name_content_mismatch"] == [
        "the file is named .docx and is application/pdf"
    ]


def test_only_the_pages_asked_for_are_read(server: Server) -> None:
    result = read(server, fixture(REPORT), pages="2-3")
    assert {page.number for page in result.pages if page.status == "ok"} == {2, 3}
    assert result.provenance.options == {"pages": "2-3", "personal_data": False, "ocr": "auto"}


def test_each_bad_file_is_refused_with_its_code_and_quickly(server: Server, bad_files: list[BadFile]) -> None:
    for bad in bad_files:
        begun = time.monotonic()
        response = post(server, bad.name, bad.data)
        body = response.json()
        assert (bad.name, response.status_code, body["code"]) == (bad.name, bad.status, bad.code)
        assert re.search("[一-龥]", body["advice_zh"]), bad.name
        assert body["request_id"] == response.headers["x-request-id"]
        assert time.monotonic() - begun < 5, bad.name


def test_a_file_that_is_too_large_is_refused_before_it_is_sent_whole(server: Server) -> None:
    response = post(server, "large.pdf", b"%PDF-1.7" + b"0" * (MAX_BYTES + 100_000))
    assert (response.status_code, response.json()["code"]) == (413, "file_too_large")
    assert response.json()["limit"] == MAX_BYTES


def test_a_bad_file_does_not_disturb_the_good_ones_beside_it(server: Server, bad_files: list[BadFile]) -> None:
    good = fixture(SMALL)
    with ThreadPoolExecutor(6) as pool:
        bad = [pool.submit(post, server, one.name, one.data) for one in bad_files]
        fine = [pool.submit(post, server, good.name, good.read_bytes()) for _ in bad_files]
    assert [answer.result().json()["code"] for answer in bad] == [one.code for one in bad_files]
    assert [answer.result().status_code for answer in fine] == [200] * len(bad_files)


def test_the_process_that_answers_never_loads_the_pdf_library(server: Server) -> None:
    read(server, fixture(SMALL))
    maps = Path(f"/proc/{server.process.pid}/maps").read_text()
    assert "pydantic_core" in maps
    assert "pdfium" not in maps


def test_it_says_when_it_is_ready_and_what_it_is(server: Server) -> None:
    until_ready(server)
    assert httpx.get(f"{server.url}/readyz").json() == {"status": "ready"}
    version = httpx.get(f"{server.url}/version").json()
    assert version["pipeline"] == read(server, fixture(SMALL)).provenance.pipeline
    assert httpx.get(f"{server.url}/v1/kinds/fa_expenditure").json()["title"] == "支出决算表"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_when_it_ends_however_it_ends_no_process_is_left(tmp_path: Path, how: signal.Signals) -> None:
    server = start_server(tmp_path / "log")
    until_ready(server)
    tasks = Path(f"/proc/{server.process.pid}/task").glob("*/children")
    children = [Path(f"/proc/{child}/exe") for task in tasks for child in task.read_text().split()]
    server.process.send_signal(how)
    server.process.wait(30)
    assert len(children) == 3  # two that work, one that waits
    deadline = time.monotonic() + 10
    while any(child.exists() for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [child for child in children if child.exists()] == []


def test_a_bad_setting_stops_the_start(gongkai: Any) -> None:
    ended = gongkai("serve", "--port", "0", max_bites="5")
    assert (ended.returncode, ended.stderr) == (2, "gongkai: GONGKAI_MAX_BITES: no such setting\n")
