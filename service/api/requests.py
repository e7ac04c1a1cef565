"""Around every request: it has an id, its answer is logged and counted, and no browser guesses its type."""

from __future__ import annotations

import logging
import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.metrics import Metrics

log = logging.getLogger("gongkai.requests")
_DECENT = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Requests:
    """ASGI middleware; the id is in ``request.state.request_id``: the client's own, if it sent a decent one."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, with an id, and the answer back, with the same."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _id_of(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id
        begun, status = time.perf_counter(), 0

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                headers["X-Content-Type-Options"] = "nosniff"
            await send(message)

        try:
            await self._app(scope, receive, send_with_id)
        finally:
            self._answered(scope, request_id, status, time.perf_counter() - begun)

    def _answered(self, scope: Scope, request_id: str, status: int, seconds: float) -> None:
        """``status`` is 0 when the client went away before it was answered."""
        route = getattr(scope.get("route"), "path", "none")
        self._metrics.answered(scope["method"], route, status, seconds)
        fields = {
            "request_id": request_id,
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "ms": round(seconds * 1000, 1),
        }
        log.info("%s %s %d", scope["method"], scope["path"], status, extra={"fields": fields})


def _id_of(headers: Headers) -> str:
    sent = headers.get("x-request-id", "")
    return sent if _DECENT.fullmatch(sent) else uuid.uuid4().hex
