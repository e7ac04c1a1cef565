"""The client that lets others work while it waits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Self, Unpack

import httpx
import msgspec

from schemas.result import Result
from schemas.review.spots import Value
from service.client import exchange
from service.client.exchange import (
    Ask,
    Correction,
    Corrections,
    Exchange,
    File,
    Job,
    Patience,
    Pause,
    Reply,
    Review,
    Reviews,
    Said,
    Wanted,
)


class AsyncClient:
    """A service at ``url``. ``key`` is an API key, where the service wants one."""

    def __init__(
        self,
        url: str,
        key: str | None = None,
        patience: Patience | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._patience = patience or Patience()
        headers = {"Authorization": f"Bearer {key}"} if key is not None else {}
        self._http = httpx.AsyncClient(
            base_url=url, headers=headers, timeout=self._patience.answer, transport=transport
        )

    async def read(self, file: File, *, name: str | None = None, **wanted: Unpack[Wanted]) -> Result:
        """The result of a file, however long it takes within the client's patience.

        Raises:
            Refused: the service says why there is none.
            GaveUp: there was no answer in time.
        """
        document = exchange.document(file, name, exchange.asking(wanted))
        return exchange.RESULT.decode((await self._run(exchange.reading(document, self._patience))).content)

    async def submit(self, file: File, *, name: str | None = None, **wanted: Unpack[Wanted]) -> str:
        """The SHA-256 of a file that was accepted, whose result can be fetched later with ``result``."""
        document = exchange.document(file, name, exchange.asking(wanted))
        await self._run(exchange.submission(document, "respond-async", self._deadline()))
        return exchange.sha256(document)

    async def job(self, job_id: str) -> Job:
        """A job as it stands."""
        return exchange.job_of(await self._get(f"/v1/jobs/{job_id}"))

    async def cancel(self, job_id: str) -> Job:
        """A job, ended."""
        return exchange.job_of(await self._run(exchange.patient(Ask("DELETE", f"/v1/jobs/{job_id}"), self._deadline())))

    async def result(self, sha256: str, **wanted: Unpack[Wanted]) -> Result:
        """The newest result of a document that was sent before with the same options; waits while it is being read."""
        path, asked = f"/v1/documents/{sha256}", exchange.asking(wanted)
        return exchange.RESULT.decode((await self._run(exchange.fetching(path, asked, self._deadline()))).content)

    async def corrections(self, sha256: str, **wanted: Unpack[Wanted]) -> Corrections:
        """What people corrected in a document, beside its newest result."""
        asked = exchange.asking(wanted)
        return exchange.corrections_of(await self._get(f"/v1/documents/{sha256}/corrections", asked))

    async def correct(
        self, sha256: str, op: str, target: str, new: Value = None, *, why: str, **said: Unpack[Said]
    ) -> Correction:
        """Say what is wrong with the newest result of a document; it stays as it is, and this stands beside it."""
        body = {"op": op, "target": target, "new": new, "why": why}
        ask = exchange.saying(f"/v1/documents/{sha256}/corrections", body, said)
        answer = await self._run(exchange.patient(ask, self._deadline()))
        return msgspec.json.decode(answer.content, type=Correction)

    async def review(self, sha256: str, **wanted: Unpack[Wanted]) -> Review:
        """How the review of a document stands."""
        return exchange.review_of(await self._get(f"/v1/documents/{sha256}/review", exchange.asking(wanted)))

    async def reviews(self, state: str | None = None, after: str = "", **wanted: Unpack[Wanted]) -> Reviews:
        """A page of the documents of which anything was said, those in ``state``; ``after`` is the last ``next``."""
        asked = exchange.asking(wanted) | {"after": after} | ({"state": state} if state is not None else {})
        return msgspec.json.decode((await self._get("/v1/reviews", asked)).content, type=Reviews)

    async def decide(self, sha256: str, decision: str, reasons: Sequence[str] = (), **said: Unpack[Said]) -> Review:
        """``accept`` the newest result of a document, or say why it ``needs_review``."""
        body = {"decision": decision, "reasons": list(reasons)}
        ask = exchange.saying(f"/v1/documents/{sha256}/review", body, said)
        return exchange.review_of(await self._run(exchange.patient(ask, self._deadline())))

    async def close(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        await self.close()

    async def _get(self, path: str, asked: Mapping[str, str] | None = None) -> httpx.Response:
        return await self._run(exchange.patient(Ask("GET", path, params=asked or {}), self._deadline()))

    def _deadline(self) -> float:
        return time.monotonic() + self._patience.total

    async def _run(self, steps: Exchange) -> httpx.Response:
        reply: Reply = None
        try:
            while True:
                step = steps.send(reply)
                if isinstance(step, Pause):
                    await asyncio.sleep(step.seconds)
                    reply = None
                else:
                    reply = await self._send(step)
        except StopIteration as end:
            response: httpx.Response = end.value
            return response

    async def _send(self, ask: Ask) -> Reply:
        try:
            return await self._http.request(ask.method, ask.path, **exchange.arguments(ask))
        except httpx.TransportError as error:
            return error
