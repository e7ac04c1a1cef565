"""Who sends a request: the name of their API key, and the key under which they may send it again."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Request

from service.desk import Sender


async def _sender(
    request: Request,
    idempotency_key: Annotated[
        str | None,
        Header(min_length=1, max_length=200, description="the same key and the same document are one job, always"),
    ] = None,
) -> Sender:
    return Sender(scope_of(request), idempotency_key)


def scope_of(request: Request) -> str:
    """The name of the API key that a request came with, or empty."""
    return str(getattr(request.state, "api_key", ""))


SenderDep = Annotated[Sender, Depends(_sender)]
