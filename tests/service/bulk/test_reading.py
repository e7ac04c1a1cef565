from __future__ import annotations

import msgspec

from schemas.result import PageInfo, Result
from service.bulk.packed import unpack
from service.bulk.reading import answer_of
from service.bulk.row import State
from service.pipeline import encode
from tests.service.builders import result


def timed(one: Result, seconds: float) -> bytes:
    provenance = msgspec.structs.replace(one.provenance, timing={"extract": seconds})
    return encode(msgspec.structs.replace(one, provenance=provenance))


def test_the_kept_result_is_the_same_however_long_it_took() -> None:
    quick, slow = answer_of(timed(result(), 1.0)), answer_of(timed(result(), 2.0))
    assert quick.packed == slow.packed
    assert unpack(quick.packed or b"") == encode(result())  # that one has no timing
    assert (quick.state, quick.pages, quick.media_type) == (State.OK, 1, "application/pdf")
    assert quick.grades == {"A": 1, "B": 0, "C": 0, "D": 0}


def test_a_page_that_could_not_be_read_makes_a_result_partial() -> None:
    pages = [PageInfo(1, 300.0, 200.0, 0, "digital", "ok"), PageInfo(2, 300.0, 200.0, 0, "scanned", "ok")]
    assert answer_of(encode(result(pages=pages))).state is State.PARTIAL
