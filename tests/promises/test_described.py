"""What the OpenAPI description says is so: random requests, right and wrong, get only what it announces."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from tests.journeys.conftest import until_ready
from tests.promises.conftest import Place


@pytest.fixture(name="description", scope="module")
def _description(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    place = Place(Path(tmp_path_factory.mktemp("described")), {"wait": "2"})
    server = place.serve()
    until_ready(server)
    yield schemathesis.openapi.from_url(f"{server.url}/openapi.json")
    place.end()


described = schemathesis.pytest.from_fixture("description")


@described.parametrize()
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_one_that_is_described(case: Any) -> None:
    case.call_and_validate(timeout=60)
