"""``gongkai serve``: the HTTP service in this process, its workers beside it."""

from __future__ import annotations

from types import FrameType

import uvicorn

from service import compose, logs
from service.api.app import create_app
from service.api.state import Service
from service.cli import local
from service.cli.failures import CommandError, say
from service.settings import Settings

DRAIN = 5  # seconds for requests that run to end when the service is told to; none of them waits for a job any more


def serve_forever(**overrides: object) -> int:
    """Serve until told to end; the exit code."""
    settings = local.settings(**overrides)
    if not settings.is_local:
        _refuse_to_be_open(settings)
    say(f"try: curl -F file=@report.pdf http://{settings.host}:{settings.port}/v1/documents")
    app = create_app(settings, local.catalogue())
    config = uvicorn.Config(
        app,
        settings.host,
        settings.port,
        server_header=False,
        timeout_graceful_shutdown=DRAIN,
        log_config=logs.CONFIG,
        access_log=False,  # requests are logged by ourselves, as JSON
    )
    _Server(config).run()
    return 0


def _refuse_to_be_open(settings: Settings) -> None:
    """Serve no address that others can reach before it is said who may. Raises CommandError."""
    if settings.open:
        say(f"listening on {settings.host}: whoever reaches this address can use the service")
        return
    store = compose.store(settings)
    try:
        if not store.keys.names():
            raise CommandError(
                f"others can reach {settings.host}: make an API key first (gongkai keys add NAME), "
                "or set GONGKAI_OPEN=true to let everyone in"
            )
    finally:
        store.close()


class _Server(uvicorn.Server):
    """Uvicorn, but those who wait are let go as soon as it is told to end: what they wait for is kept."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end."""
        service = getattr(self.config.app.state, "service", None)  # type: ignore[union-attr]  # our own application
        if isinstance(service, Service):
            service.drain()
        super().handle_exit(sig, frame)
