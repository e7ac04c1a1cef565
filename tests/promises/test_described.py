"""What the OpenAPI description says is so: random requests, right and wrong, get only what it announces."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.journeys.conftest import GONGKAI, HTTP, Server, environment, until_ready
from tests.promises.conftest import Place

# One check does not hold for all: that a request which is right in form is accepted. Here it may be refused for what it
# says: a file that cannot be read, pages that run backwards (no pattern says that 3-1 is none), no file at all.
UPLOADS = ("POST /v1/documents", "POST /v1/batches")
EXAMPLES = 8  # of each operation


@pytest.fixture(name="server", scope="module")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    place = Place(Path(tmp_path_factory.mktemp("described")))
    server = place.serve(wait="2")
    until_ready(server)
    yield server
    place.end()


@pytest.fixture(name="key", scope="module")
def _key(server: Server) -> str:
    """A key of that server, so that it is seen what it does without one, too."""
    given = environment(data_dir=str(server.log.parent / "data"))
    return subprocess.check_output([str(GONGKAI), "keys", "add", "tester"], env=given, text=True).strip()


def test_every_answer_is_one_that_is_described(server: Server, key: str) -> None:
    description = schemathesis.openapi.from_dict(HTTP.get(f"{server.url}/openapi.json").json())
    found = list(description.get_all_operations())
    operations = [one.ok() for one in found if isinstance(one, Ok)]
    assert len(operations) == len(found) > 15
    for operation in operations:
        hold_to_its_description(operation, server.url, key)


def hold_to_its_description(operation: Any, url: str, key: str) -> None:
    may_refuse = operation.label in UPLOADS or "pages" in operation.query
    excluded = [positive_data_acceptance] if may_refuse else []

    @given(case=operation.as_strategy())
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    def try_it(case: Any) -> None:
        headers = {"Authorization": f"Bearer {key}"}
        case.call_and_validate(base_url=url, headers=headers, timeout=60, excluded_checks=excluded)

    try_it()
