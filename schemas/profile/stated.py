"""What the sender of a file states of it, held against what the document prints. Nothing stated becomes a value that
was read: it stands beside, and what contradicts it is said.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from functools import cache

from schemas.codes import REGIONS
from schemas.findings import finding
from schemas.profile.places import places
from schemas.result import Finding, Profile, Stated

FIRST_YEAR, LAST_YEAR = 1950, 2099  # of a fiscal year that anybody may state
_CODES = ("province_adcode", "city_adcode", "county_adcode")


def is_region(code: str) -> bool:
    """Whether six digits are the code of a region, in any year since 1980: bureaux of abolished counties published."""
    return code in places() or code in _codes_of_all_years()


@cache
def _codes_of_all_years() -> frozenset[str]:
    with gzip.open(REGIONS, "rt", encoding="utf-8", newline="") as lines:
        return frozenset(row[name] for row in csv.DictReader(lines) for name in _CODES)


def stated_findings(stated: Stated, profile: Profile) -> Iterator[Finding]:
    """A warning for each statement that the document contradicts, and a note for each on which it is silent."""
    region = profile.region.value
    printed = {
        "fiscal_year": (stated.fiscal_year, profile.fiscal_year.value),
        "document_kind": (stated.doc_type, profile.document_kind.value),
        "region": (stated.region_code, region.code if region is not None else None),
    }
    for what, (said, read) in printed.items():
        if said is None:
            continue
        if read is None:
            yield finding(f"{what}_stated_only", stated=said)
        elif said != read and not _is_within(str(said), str(read)):
            yield finding(f"{what}_stated_otherwise", stated=said, printed=read)


def _is_within(one: str, other: str) -> bool:
    """Whether one of two regions lies in the other: who states a city and sends its districts' files is not wrong."""
    return is_region(one) and is_region(other) and (_lies_in(one, other) or _lies_in(other, one))


def _lies_in(code: str, above: str) -> bool:
    return above.endswith("00") and code.startswith(above[:2] if above.endswith("0000") else above[:4])
