"""A client generated from ``/openapi.json`` works: it posts documents and knows results, jobs and problems."""

from __future__ import annotations

import importlib
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys.conftest import HTTP, Server, fixture, until_ready

REPORT = fixture("made-2023-final-accounts-blank-zero-dash")
NAME = "generated_from_openapi"
Part = Callable[[str], Any]


@pytest.fixture(name="part", scope="module")
def _part(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Part:
    """Imports a module of the client that is generated from what the server says of itself."""
    folder = tmp_path_factory.mktemp("generated")
    description = folder / "openapi.json"
    description.write_bytes(HTTP.get(f"{server.url}/openapi.json").content)
    wanted = "generate", "--path", str(description), "--meta", "none", "--output-path", str(folder / NAME)
    subprocess.run(
        [sys.executable, "-m", "openapi_python_client", *wanted], check=True, cwd=folder, capture_output=True
    )
    sys.path.insert(0, str(folder))
    until_ready(server)
    return lambda name: importlib.import_module(f"{NAME}.{name}")


@pytest.fixture(name="client")
def _client(part: Part, server: Server) -> Iterator[Any]:
    with part("client").Client(server.url, timeout=60) as client:
        yield client


def posted(part: Part, client: Any, data: bytes, **more: str) -> Any:
    """What the generated function for ``POST /v1/documents`` makes of the answer."""
    file = part("types").File(io.BytesIO(data), "a.pdf", "application/pdf")
    body = part("models").PostDocumentV1DocumentsPostBody(file=file)
    return part("api.documents.post_document_v1_documents_post").sync(client=client, body=body, **more)


def test_it_posts_a_document_and_reads_every_value_of_the_result(server: Server, part: Part, client: Any) -> None:
    result = posted(part, client, REPORT.read_bytes())
    assert isinstance(result, part("models").Result)
    plain = HTTP.get(f"{server.url}/v1/documents/{result.document.sha256}").content
    assert result.to_dict() == json.loads(plain)
    assert "fa_expenditure" in {one.kind for one in result.observations}


def test_it_follows_a_job_to_its_result(part: Part, client: Any) -> None:
    job = posted(part, client, REPORT.read_bytes() + b"\n%% as a job\n", prefer="respond-async")
    assert isinstance(job, part("models").JobStatus)
    ended = part("api.jobs.get_job_v1_jobs_job_id_get").sync(job.id, client=client, wait=30)
    assert ended.state == part("models").JobState.SUCCEEDED
    result = part("api.jobs.get_job_result_v1_jobs_job_id_result_get").sync(job.id, client=client)
    assert isinstance(result, part("models").Result)


def test_it_knows_a_problem_by_its_code(part: Part, client: Any) -> None:
    problem = posted(part, client, b"%PDF-1.7 and nothing more")
    assert (type(problem), problem.code) == (part("models").Problem, "corrupt")
