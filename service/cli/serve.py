"""``gongkai serve``: the HTTP service in this process, its workers beside it."""

from __future__ import annotations

import uvicorn

from service.api.app import create_app
from service.cli import local
from service.cli.failures import say

DRAIN = 30  # seconds for requests that run to end when the service is told to


def serve_forever(**overrides: object) -> int:
    """Serve until told to end; the exit code."""
    settings = local.settings(**overrides)
    if not settings.is_local:
        say(f"listening on {settings.host}: whoever reaches this address can use the service")
    say(f"try: curl -F file=@report.pdf http://{settings.host}:{settings.port}/v1/documents")
    uvicorn.run(
        create_app(settings, local.catalogue()),
        host=settings.host,
        port=settings.port,
        server_header=False,
        timeout_graceful_shutdown=DRAIN,
    )
    return 0
