"""create_app(settings): the application, its routes, and what starts and ends with it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI

from schemas.kind import Catalogue
from service import compose
from service.api import openapi, problems
from service.api.auth import authorize
from service.api.requests import Requests
from service.api.routes import batches, documents, headers, jobs, kinds, pieces, reference, reviews, status
from service.api.state import running
from service.metrics import Metrics
from service.runner import Runner
from service.settings import Settings

DESCRIPTION = (
    "Chinese government fiscal disclosures in, normalized JSON out. Amounts are exact decimal strings in yuan, each "
    "with its page and rectangle; what is doubtful is marked, what is missing has a finding."
)


def create_app(settings: Settings, catalogue: Catalogue, runner: Runner | None = None) -> FastAPI:
    """The service as an ASGI application, its workers started with it. ``runner`` is replaced in tests only."""
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        store = compose.store(settings)
        works = runner or (compose.runner(settings, store.quarantine) if settings.workers else None)
        watched = metrics.watch(store)
        try:
            async with running(settings, catalogue, store, works, metrics) as service:
                app.state.service = service
                yield
        finally:
            metrics.unwatch(watched)
            if works is not None:
                works.close()
            store.close()

    # The usual pages for trying an API load scripts from elsewhere; the description itself is at /openapi.json.
    app = FastAPI(
        title="Gongkai",
        version=compose.version(),
        description=DESCRIPTION,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(Requests, metrics)
    problems.install(app)
    common = openapi.problems("unauthorized", "invalid_request")
    for module in (documents, batches, jobs, pieces, reviews, headers, kinds, reference):
        app.include_router(module.router, dependencies=[Depends(authorize)], responses=common)
    app.include_router(status.router)
    app.openapi = lambda: openapi.describe(app)  # type: ignore[method-assign]  # the way FastAPI documents
    return app
