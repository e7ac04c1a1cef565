"""Pieces of a result that is kept as JSON. Each takes the whole result's bytes."""

from __future__ import annotations

import msgspec

from schemas.result import Result
from service.errors import NotFound
from service.export.csv import to_csv
from service.export.parquet import to_parquet


class _Pieces(msgspec.Struct):
    """A result whose parts are passed on as they are."""

    tables: list[msgspec.Raw]
    observations: msgspec.Raw
    checks: msgspec.Raw


class _Named(msgspec.Struct):
    id: str


_PIECES = msgspec.json.Decoder(_Pieces)
_NAMED = msgspec.json.Decoder(_Named)
_RESULT = msgspec.json.Decoder(Result)


def table(result: bytes, table_id: str) -> bytes:
    """One table as JSON. Raises NotFound."""
    for one in _PIECES.decode(result).tables:
        if _NAMED.decode(one).id == table_id:
            return bytes(one)
    raise NotFound


def observations(result: bytes) -> bytes:
    """All observations as a JSON array."""
    return bytes(_PIECES.decode(result).observations)


def checks(result: bytes) -> bytes:
    """All checks as a JSON array."""
    return bytes(_PIECES.decode(result).checks)


def observations_csv(result: bytes) -> bytes:
    """All observations as CSV, one row each."""
    return to_csv([_RESULT.decode(result)])


def observations_parquet(result: bytes) -> bytes:
    """All observations as Parquet, one row each."""
    return to_parquet([_RESULT.decode(result)])
