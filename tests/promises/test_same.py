"""P5: the same bytes, version and options give the same JSON; P15: it is what the published schema says."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest

from tests.journeys.conftest import HTTP, Server, fixture, until_ready
from tests.promises.conftest import Place

REPORT = fixture("qingshan-2022-final-accounts-whole-report")


def read(server: Server) -> bytes:
    response = HTTP.post(f"{server.url}/v1/documents", files={"file": ("a.pdf", REPORT.read_bytes())})
    assert response.status_code == 200
    return response.content


def without_timing(answer: bytes) -> bytes:
    body = json.loads(answer)
    body["provenance"]["timing"] = None
    return json.dumps(body, ensure_ascii=False).encode()


def test_another_time_zone_language_and_number_of_workers_change_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = []
    for number, (zone, locale, workers) in enumerate([("UTC", "C", "1"), ("Asia/Shanghai", "C.UTF-8", "2")]):
        monkeypatch.setenv("TZ", zone)
        monkeypatch.setenv("LC_ALL", locale)
        monkeypatch.setenv("PYTHONHASHSEED", workers)
        server = place.serve(workers=workers, data_dir=str(place.folder / f"data{number}"))
        until_ready(server)
        answers.append(read(server))
    assert without_timing(answers[0]) == without_timing(answers[1])
    schema = HTTP.get(f"{server.url}/v1/schema").json()
    jsonschema_rs.validator_for(schema).validate(json.loads(answers[0]))
