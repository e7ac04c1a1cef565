"""What a client may have to tell.

ClientError
├── Refused     the service said why there is no result; ``code`` is stable, see docs/errors
└── GaveUp      there was no answer within the client's patience
"""

from __future__ import annotations


class ClientError(Exception):
    """There is no result."""


class Refused(ClientError):
    """The service answered with a problem. ``code`` is its stable name."""

    def __init__(self, status: int, code: str, detail: str, advice_zh: str = "", request_id: str = "") -> None:
        super().__init__(f"{detail} [{code}]")
        self.status = status
        self.code = code
        self.detail = detail
        self.advice_zh = advice_zh
        self.request_id = request_id


class GaveUp(ClientError):
    """There was no answer in time. What was accepted goes on: ``job`` is its id, as far as it is known."""

    def __init__(self, why: str, job: str | None = None) -> None:
        super().__init__(why)
        self.job = job
