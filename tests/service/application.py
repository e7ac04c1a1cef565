"""The whole application in this process, with a runner that starts no processes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx

from service.api.app import create_app
from service.settings import load_settings
from tests.service.builders import CATALOGUE
from tests.service.runners import FakeRunner

Client = httpx.AsyncClient
Scenario = Callable[[Client], Awaitable[None]]


def with_service(scenario: Scenario, runner: FakeRunner | None = None, **settings: str) -> None:
    """Play a scenario against a running service; a runner that was held back goes on when it ends."""
    works = runner or FakeRunner()
    app = create_app(load_settings({f"GONGKAI_{k.upper()}": v for k, v in settings.items()}), CATALOGUE, works)

    async def play() -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with app.router.lifespan_context(app), Client(transport=transport, base_url="http://test") as client:
            try:
                await scenario(client)
            finally:
                works.go.set()

    asyncio.run(play())
