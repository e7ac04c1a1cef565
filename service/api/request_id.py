"""Every request has an id: the client's own, if it sent a decent one, or a new one. It is in every answer."""

from __future__ import annotations

import re
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_DECENT = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestId:
    """ASGI middleware; the id is in ``request.state.request_id``."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with an id, and the answer back, with the same."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _id_of(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        await self._app(scope, receive, send_with_id)


def _id_of(headers: Headers) -> str:
    sent = headers.get("x-request-id", "")
    return sent if _DECENT.fullmatch(sent) else uuid.uuid4().hex
