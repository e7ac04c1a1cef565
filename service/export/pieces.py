"""Pieces of a result that is kept as JSON. Each takes the whole result's bytes."""

from __future__ import annotations

import msgspec

from schemas.result import Result, Table
from service.errors import NotFound
from service.export.csv import table_csv, to_csv
from service.export.page import table_html
from service.export.parquet import to_parquet


class _Pieces(msgspec.Struct):
    """A result whose parts are passed on as they are."""

    tables: list[msgspec.Raw]
    observations: msgspec.Raw
    checks: msgspec.Raw


class _Named(msgspec.Struct):
    id: str


class _Summary(msgspec.Struct):
    """What is said of a document before its numbers."""

    document: msgspec.Raw
    profile: msgspec.Raw
    quality: msgspec.Raw
    findings: msgspec.Raw


_SUMMARY = msgspec.json.Decoder(_Summary)
_TABLE = msgspec.json.Decoder(Table)
_PIECES = msgspec.json.Decoder(_Pieces)
_NAMED = msgspec.json.Decoder(_Named)
_RESULT = msgspec.json.Decoder(Result)


def whole(result: bytes) -> Result:
    """The result, decoded."""
    return _RESULT.decode(result)


def table(result: bytes, table_id: str) -> bytes:
    """One table as JSON. Raises NotFound."""
    for one in _PIECES.decode(result).tables:
        if _NAMED.decode(one).id == table_id:
            return bytes(one)
    raise NotFound


def table_as_csv(result: bytes, table_id: str) -> bytes:
    """One table as CSV, its cells as printed. Raises NotFound."""
    return table_csv(_TABLE.decode(table(result, table_id)))


def table_as_html(result: bytes, table_id: str) -> bytes:
    """One table as a page. Raises NotFound."""
    return table_html(_TABLE.decode(table(result, table_id)))


def summary(result: bytes) -> bytes:
    """Document, profile, quality and findings, without tables and values, as a JSON object."""
    return msgspec.json.encode(_SUMMARY.decode(result))


def observations(result: bytes) -> bytes:
    """All observations as a JSON array."""
    return bytes(_PIECES.decode(result).observations)


def checks(result: bytes) -> bytes:
    """All checks as a JSON array."""
    return bytes(_PIECES.decode(result).checks)


def observations_csv(result: bytes) -> bytes:
    """All observations as CSV, one row each."""
    return to_csv([whole(result)])


def observations_parquet(result: bytes) -> bytes:
    """All observations as Parquet, one row each."""
    return to_parquet([whole(result)])
