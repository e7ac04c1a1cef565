"""Page numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.pages import BadPages, page_ranges, parse_pages


def test_ranges_and_single_pages_may_be_mixed() -> None:
    assert parse_pages("1-3, 7") == {1, 2, 3, 7}


@pytest.mark.parametrize("text", ["", "0", "3-1", "a", "1-", "-2", "1;2", "1,,2", "１-"])
def test_what_is_no_page_is_named(text: str) -> None:
    with pytest.raises(BadPages, match="is not a page or a range of pages"):
        parse_pages(text)


def test_neighbours_are_written_as_a_range() -> None:
    assert page_ranges([7, 3, 1, 2]) == "1-3,7"


@given(st.frozensets(st.integers(1, 400), min_size=1))
def test_what_is_written_is_read_back(pages: frozenset[int]) -> None:
    assert parse_pages(page_ranges(pages)) == pages
