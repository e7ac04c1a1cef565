"""Real files, a real server and the real command for the journeys."""

from __future__ import annotations

import atexit
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).resolve().parents[2]
GONGKAI = Path(sys.executable).parent / "gongkai"
MAX_BYTES = 2_000_000
Command = Callable[..., subprocess.CompletedProcess[str]]
# One for all requests: to make a client costs more than a request does.
HTTP = httpx.Client(timeout=120)
atexit.register(HTTP.close)


def fixture(name: str) -> Path:
    """The source file of a fixture."""
    (path,) = (ROOT / "fixtures").glob(f"*/{name}/source.*")
    return path


def environment(**settings: str) -> dict[str, str]:
    """The environment of a child: ours, without settings of the service but those given."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("GONGKAI_")}
    return ours | {f"GONGKAI_{name.upper()}": value for name, value in settings.items()}


@pytest.fixture(name="gongkai")
def _gongkai(tmp_path: Path) -> Command:
    """Runs the command in an empty folder."""

    def run(*arguments: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
        command = [str(GONGKAI), *map(str, arguments)]
        return subprocess.run(
            command, capture_output=True, cwd=tmp_path, env=environment(**settings), text=True, timeout=120, check=False
        )

    return run


@dataclass
class Server:
    """A running service."""

    process: subprocess.Popen[bytes]
    url: str
    log: Path


def start_server(log: Path, **settings: str) -> Server:
    """A service on a free port, answering."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"data_dir": str(log.parent / "data")} | settings
    with log.open("ab") as sink:
        process = subprocess.Popen(
            [str(GONGKAI), "serve", "--port", str(port)], stdout=sink, stderr=sink, env=environment(**settings)
        )
    server = Server(process, f"http://127.0.0.1:{port}", log)
    deadline = time.monotonic() + 60
    while True:
        try:
            HTTP.get(f"{server.url}/livez", timeout=5)
        except httpx.TransportError:
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
        else:
            return server


def until_ready(server: Server) -> None:
    """Return once a worker has read something."""
    deadline = time.monotonic() + 60
    while HTTP.get(f"{server.url}/readyz").status_code != 200:
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture(name="server", scope="session")
def _server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = start_server(tmp_path_factory.mktemp("server") / "log", max_bytes=str(MAX_BYTES))
    yield server
    server.process.send_signal(signal.SIGTERM)
    server.process.wait(30)


@dataclass(frozen=True)
class BadFile:
    """A file that cannot be read, and the code that says why."""

    name: str
    data: bytes
    code: str
    status: int


def _canvas_bytes(path: Path, encrypt: StandardEncryption | None = None, pages: int = 1) -> bytes:
    canvas = Canvas(str(path), pagesize=(200, 200), encrypt=encrypt)
    for number in range(pages):
        canvas.drawString(20, 100, f"page {number}")
        canvas.showPage()
    canvas.save()
    return path.read_bytes()


@pytest.fixture(name="bad_files", scope="session")
def _bad_files(tmp_path_factory: pytest.TempPathFactory) -> list[BadFile]:
    folder = tmp_path_factory.mktemp("bad")
    encrypted = _canvas_bytes(folder / "encrypted.pdf", StandardEncryption("geheim", canPrint=0))
    long = _canvas_bytes(folder / "long.pdf", pages=501)
    docx = fixture("chenxi-2022-performance-no-table").read_bytes()
    return [
        BadFile("empty.pdf", b"", "empty_file", 422),
        BadFile("truncated.docx", docx[: len(docx) // 2], "corrupt", 422),
        BadFile("page.pdf", b"From: a@example.org\r\nSubject: mail\r\n\r\nno document", "unsupported_media_type", 415),
        BadFile("notes.docx", "预算公开".encode("gb18030"), "unsupported_media_type", 415),
        BadFile("encrypted.pdf", encrypted, "encrypted", 422),
        BadFile("head-only.pdf", b"%PDF-1.7\n" + b"\0" * 500, "corrupt", 422),
        BadFile("long.pdf", long, "too_many_pages", 422),
    ]
