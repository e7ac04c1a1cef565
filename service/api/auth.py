"""The key that a request brings, held against the gate before anything else of it is read."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from service.api.state import ServiceDep

_bearer = HTTPBearer(auto_error=False, description="an API key of this service, where it wants one")


async def authorize(
    request: Request,
    service: ServiceDep,
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> None:
    """Let the request in, and remember whose it is. Raises Unauthorized."""
    key = credentials.credentials if credentials is not None else None
    gate = service.gate
    request.state.api_key = gate.admit(key) if gate.is_fresh else await service.ask(gate.admit, key)
