"""What a document says of itself: its kind, title, agency, fiscal year and region, each with its evidence.

Every value was printed somewhere and the evidence says where. What is not printed is None, with a finding; nothing is
ever filled in from the date of publication, the file's name or what is usual.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.model import Document
from schemas.profile.agency import read_agency
from schemas.profile.cues import Read, TableCue, said
from schemas.profile.front import front_of
from schemas.profile.kind_of_document import read_kind
from schemas.profile.region import read_region
from schemas.profile.title import read_title
from schemas.profile.year import read_year
from schemas.result import Finding, Profile

__all__ = ["TableCue", "read_profile"]


def read_profile(document: Document, tables: Sequence[TableCue] = ()) -> tuple[Profile, tuple[Finding, ...]]:
    """The profile of a document, and a finding for everything that is unknown or contradicts itself.

    ``tables`` says what became of its grids, in reading order; without it the lines and cells are read alone.
    """
    front = front_of(document)
    title = read_title(document, front, tables)
    named = said(title)
    kind = read_kind(document, front, tables, named)
    fiscal = kind.value != "not_fiscal"
    agency = read_agency(document, front, named, cover_only=not fiscal)
    year = read_year(document, front, tables, named) if fiscal else Read()
    region = read_region(document, title, agency)
    profile = Profile(
        document_kind=kind.stated(),
        title=title.stated(),
        agency=agency.stated(),
        fiscal_year=year.stated(),
        region=region.stated_region(),
    )
    findings = [*kind.findings, *title.findings, *agency.findings, *year.findings, *region.findings]
    return profile, tuple(findings)
