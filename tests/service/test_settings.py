"""Settings come from the environment, and nothing bad or unknown in it is passed over."""

from __future__ import annotations

import pytest

from service.settings import BadSettings, load_settings


def test_by_default_only_this_machine_is_served() -> None:
    settings = load_settings({})
    assert (settings.host, settings.port, settings.is_local) == ("127.0.0.1", 8000, True)


def test_the_environment_is_read_and_other_programs_names_are_not() -> None:
    settings = load_settings({"GONGKAI_PORT": "9000", "GONGKAI_MAX_BYTES": "10", "PORT": "1", "HOME": "/"})
    assert (settings.port, settings.max_bytes) == (9000, 10)


def test_the_command_line_wins_over_the_environment_where_it_says_something() -> None:
    settings = load_settings({"GONGKAI_PORT": "9000", "GONGKAI_WORKERS": "3"}, port=1234, workers=None)
    assert (settings.port, settings.workers) == (1234, 3)


def test_every_limit_reaches_the_extraction_layer() -> None:
    limits = load_settings(
        {
            "GONGKAI_MAX_PAGES": "1",
            "GONGKAI_MAX_CELLS": "2",
            "GONGKAI_MAX_UNPACKED_BYTES": "3",
            "GONGKAI_MAX_ZIP_RATIO": "4",
            "GONGKAI_MAX_ZIP_ENTRIES": "5",
        }
    ).limits
    assert (limits.pages, limits.cells, limits.unpacked_bytes, limits.zip_ratio, limits.zip_entries) == (1, 2, 3, 4, 5)


def test_an_unknown_name_is_an_error_that_names_it() -> None:
    with pytest.raises(BadSettings, match=r"^GONGKAI_MAX_BITES: no such setting$"):
        load_settings({"GONGKAI_MAX_BITES": "5"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "http"),
        ("PORT", "70000"),
        ("HOST", "everywhere"),
        ("MAX_BYTES", "0"),
        ("MAX_BYTES", "50MB"),
        ("TIME_BASE", "-1"),
        ("TIME_MAX", "inf"),
        ("TIME_MAX", "nan"),
        ("WORKER_MEMORY", "1000"),
        ("MAX_PAGES", ""),
    ],
)
def test_a_bad_value_is_an_error_that_names_the_setting(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=f"^GONGKAI_{name}: "):
        load_settings({f"GONGKAI_{name}": value})


def test_limits_that_do_not_agree_are_an_error_that_says_so() -> None:
    with pytest.raises(BadSettings, match=r"^GONGKAI_TIME_MAX: it is less than TIME_BASE, 90\.5 s$"):
        load_settings({"GONGKAI_TIME_BASE": "90.5", "GONGKAI_TIME_MAX": "90"})


def test_another_address_is_not_local() -> None:
    assert not load_settings({"GONGKAI_HOST": "0.0.0.0"}).is_local
    assert load_settings({"GONGKAI_HOST": "::1"}).is_local
    assert load_settings({"GONGKAI_HOST": "localhost"}).host == "127.0.0.1"
