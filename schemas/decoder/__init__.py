"""What the page leaves open, decided by proof: of several readings of a table, the one under which its sums hold.

A unit that is not printed, a header that two fields fit equally well, a code that lost a digit, the rest of a table
that stands without its header on the next page: each is a choice between readings. A reading is taken when sums hold
under it that hold under none of the others; where nothing tells them apart the choice stays open, and the finding that
says so stays as well. What is printed never changes, and every choice that was made is reported.
"""

from __future__ import annotations

from collections.abc import Sequence

from schemas.decoder.case import Case
from schemas.decoder.codes import decode_codes
from schemas.decoder.headers import decode_headers
from schemas.decoder.joins import decode_joins
from schemas.decoder.units import decode_units
from schemas.tables import ReadTable

__all__ = ["Case", "decode"]


def decode(tables: Sequence[ReadTable], case: Case) -> list[ReadTable]:
    """The tables, in their order, with every choice made that proof can make: rests, fields, units, codes."""
    decided = list(tables)
    for step in (decode_joins, decode_headers, decode_units, decode_codes):
        decided = step(decided, case)
    return decided
