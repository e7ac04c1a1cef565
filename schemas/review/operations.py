"""The operations: what each may be said of, and what it may put in the place of what was read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, get_args

from schemas.kind import Catalogue
from schemas.profile.kind_of_document import DocumentKind
from schemas.profile.stated import FIRST_YEAR, LAST_YEAR, is_region
from schemas.records import ValueStatus
from schemas.result import PageInfo, RowRoleName
from schemas.review.spots import Place, Spot, Spots, UnknownTarget, Value
from schemas.units import UNITS


class Op(StrEnum):
    """What a line of a log does."""

    SET_TEXT = "set_text"
    SET_STATE = "set_state"
    SET_UNIT = "set_unit"
    SET_ROW_ROLE = "set_row_role"
    MAP_HEADER = "map_header"
    SET_PROFILE = "set_profile"
    IGNORE_REGION = "ignore_region"
    REJECT_TABLE = "reject_table"
    ACCEPT = "accept"
    NEEDS_REVIEW = "needs_review"  # of a document alone, as a decision: see ``log``


class BadValue(Exception):
    """What is to be put there cannot stand there; the message says what can."""


class Case(NamedTuple):
    """One operation on one spot."""

    spots: Spots
    catalogue: Catalogue
    target: str
    spot: Spot
    new: Value


class Kind(NamedTuple):
    """One operation. ``check`` raises BadValue; ``of_reading``: it is about what was made of a text, not the text
    alone, and is stale when that has changed. ``old`` is what it takes the place of."""

    places: frozenset[Place]
    check: Callable[[Case], None]
    of_reading: bool = False
    old: Callable[[Case], Value] = lambda case: case.spot.old


def examine(op: Op, target: str, new: Value, spots: Spots, catalogue: Catalogue) -> Spot:
    """The spot that a correction is about, with what the correction would take the place of, when it may be said of it.

    Raises:
        UnknownTarget: the result has no such spot, or the operation is not for its kind.
        BadValue: ``new`` cannot stand there.
    """
    spot = spots.find(target)
    if spot.place is Place.DOCUMENT:
        raise UnknownTarget("what is said of the whole document is a review, no correction")
    if spot.place not in KINDS[op].places:
        wanted = " or ".join(sorted(KINDS[op].places))
        raise UnknownTarget(f"{op} is for a {wanted}; {target} is a {spot.place}")
    case = Case(spots, catalogue, target, spot, new)
    KINDS[op].check(case)
    return spot._replace(old=KINDS[op].old(case))


def fingerprint(op: Op, spot: Spot) -> str:
    """The hash of what an operation rests on."""
    return spot.fingerprint(with_reading=KINDS[op].of_reading)


def _nothing(case: Case) -> None:
    if case.new is not None:
        raise BadValue("new must be left out: this operation puts nothing in the place")


def _text(case: Case) -> None:
    if not isinstance(case.new, str):
        raise BadValue("new is the text that is printed there")


def _state(case: Case) -> None:
    if not case.spots.states_of(case.target):
        raise UnknownTarget(f"{case.target}: no value was read in this cell")
    _one_of(case.new, [status.value for status in ValueStatus])


def _states(case: Case) -> str:
    return ", ".join(dict.fromkeys(case.spots.states_of(case.target)))


def _unit_text(case: Case) -> str | None:
    unit = case.spot.table.unit if case.spot.table is not None else None
    return unit.text if unit is not None else None


def _unit(case: Case) -> None:
    _one_of(case.new, list(UNITS))


def _role(case: Case) -> None:
    _one_of(case.new, list(get_args(RowRoleName)))


def _field(case: Case) -> None:
    """A field of the table's kind; None says that the column is none of them."""
    kind_id = case.spot.table.kind if case.spot.table is not None else None
    kind = next((kind for kind in case.catalogue.kinds if kind.id == kind_id), None)
    if kind is None:
        raise BadValue("the table is of no kind whose fields are known")
    if case.new is not None:
        _one_of(case.new, sorted({column.id for column in kind.columns}))


def _profile(case: Case) -> None:
    new = case.new
    match case.target:
        case "fiscal_year":
            if not isinstance(new, int) or isinstance(new, bool) or not FIRST_YEAR <= new <= LAST_YEAR:
                raise BadValue(f"new is a year, a number from {FIRST_YEAR} to {LAST_YEAR}")
        case "region":
            if not isinstance(new, str) or not is_region(new):
                raise BadValue("new is the code of a region, six digits of GB/T 2260")
        case "document_kind":
            _one_of(new, list(get_args(DocumentKind)))
        case _:
            if not isinstance(new, str) or not new.strip():
                raise BadValue("new is the text that is printed there")


def _region(case: Case) -> None:
    """A rectangle on the page: [x0, top, x1, bottom]."""
    page = next(page for page in case.spots.result.pages if f"p{page.number}" == case.target)
    if not isinstance(case.new, list) or not _is_within(case.new, page):
        size = f"{page.width:g} by {page.height:g}"
        raise BadValue(f"new is a rectangle [x0, top, x1, bottom] in points, within the page of {size}")


def _is_within(box: list[float], page: PageInfo) -> bool:
    if len(box) != 4 or not all(map(math.isfinite, box)):
        return False
    x0, top, x1, bottom = box
    return 0 <= x0 < x1 <= page.width and 0 <= top < bottom <= page.height


def _one_of(new: Value, allowed: list[str]) -> None:
    if new not in allowed:
        raise BadValue(f"new is one of {', '.join(allowed)}")


_CELL, _TABLE = frozenset({Place.CELL}), frozenset({Place.TABLE})
KINDS: Mapping[Op, Kind] = MappingProxyType(
    {
        Op.SET_TEXT: Kind(_CELL, _text),
        Op.SET_STATE: Kind(_CELL, _state, of_reading=True, old=_states),
        Op.SET_UNIT: Kind(_TABLE, _unit, old=_unit_text),
        Op.SET_ROW_ROLE: Kind(frozenset({Place.ROW}), _role),
        Op.MAP_HEADER: Kind(frozenset({Place.COLUMN}), _field),
        Op.SET_PROFILE: Kind(frozenset({Place.PROFILE}), _profile),
        Op.IGNORE_REGION: Kind(frozenset({Place.PAGE}), _region),
        Op.REJECT_TABLE: Kind(_TABLE, _nothing),
        Op.ACCEPT: Kind(_CELL | _TABLE, _nothing, of_reading=True),
        Op.NEEDS_REVIEW: Kind(frozenset({Place.DOCUMENT}), _nothing),
    }
)
