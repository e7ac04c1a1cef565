"""What a sender may state of a file: checked here, whatever the door. Nothing of it is ever fetched or followed."""

from __future__ import annotations

import re
from typing import Annotated, Any, get_args
from urllib.parse import urlsplit

from pydantic import Field, TypeAdapter

from schemas.profile.kind_of_document import DocumentKind
from schemas.profile.stated import FIRST_YEAR, LAST_YEAR, is_region
from schemas.result import Stated
from service.errors import InvalidRequest

LONGEST_URL = 2000
DOC_TYPES: tuple[str, ...] = get_args(DocumentKind)
FIELDS = ("source_url", "region_code", "fiscal_year", "doc_type")
_URL = re.compile(r"https?://[^\s\x00-\x1f\x7f<>\"\\^`{|}]+", re.IGNORECASE)

SourceUrl = Annotated[str, Field(max_length=LONGEST_URL, pattern="^[hH][tT][tT][pP][sS]?://")]
RegionCode = Annotated[str, Field(pattern="^[0-9]{6}$")]
FiscalYear = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


def _described(form: Any, **more: Any) -> dict[str, Any]:
    return TypeAdapter(form).json_schema() | more


# How each is described as a field of a form; parameters of an address have the same types.
DESCRIBED: dict[str, dict[str, Any]] = {
    "source_url": _described(SourceUrl, description="where it was published; kept as text, never fetched"),
    "region_code": _described(RegionCode, description="region by its code of GB/T 2260", examples=["420107"]),
    "fiscal_year": _described(FiscalYear),
    "doc_type": _described(DocumentKind, description="kind of document, as profiles name it"),
}


def stated_of(
    source_url: str | None = None,
    region_code: str | None = None,
    fiscal_year: str | int | None = None,
    doc_type: str | None = None,
) -> Stated | None:
    """What is stated; None when nothing is. An empty text states nothing. Raises InvalidRequest."""
    stated = Stated(_url(source_url), _region(region_code), _year(fiscal_year), _doc_type(doc_type))
    return stated if stated != Stated() else None


def _url(text: str | None) -> str | None:
    if not text:
        return None
    if len(text) > LONGEST_URL or not _URL.fullmatch(text):
        raise InvalidRequest(f"source_url is an address, http or https, of at most {LONGEST_URL} characters")
    try:
        parts = urlsplit(text)
        host, user = parts.hostname, parts.username
    except ValueError as error:
        raise InvalidRequest("source_url is no address") from error
    if not host:
        raise InvalidRequest("source_url names no host")
    if user is not None:
        raise InvalidRequest("source_url carries a user name; it would be shown with the result")
    return text


def _region(text: str | None) -> str | None:
    if not text:
        return None
    if not (re.fullmatch(r"[0-9]{6}", text) and is_region(text)):
        raise InvalidRequest("region_code is no code of a region: six digits of GB/T 2260, for example 420107")
    return text


def _year(given: str | int | None) -> int | None:
    if given in (None, ""):
        return None
    text = str(given)
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise InvalidRequest(f"fiscal_year is a year from {FIRST_YEAR} to {LAST_YEAR}, for example 2022")
    return int(text)


def _doc_type(text: str | None) -> str | None:
    if not text:
        return None
    if text not in DOC_TYPES:
        raise InvalidRequest(f"doc_type is one of {', '.join(DOC_TYPES)}")
    return text
