from __future__ import annotations

from service.bulk.row import Place


def test_a_place_in_an_archive_is_written_as_one_path() -> None:
    assert Place("reports/2023.zip", "财政局/决算.pdf").whole == "reports/2023.zip/财政局/决算.pdf"
    assert Place("reports/a.pdf").whole == "reports/a.pdf"
