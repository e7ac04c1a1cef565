from __future__ import annotations

import sys

import pytest

from service.bulk.executors import NoDask, Room, dask, remembered, room
from service.settings import load_settings


@pytest.mark.parametrize(("cores", "memory", "workers"), [(4, 16_000, 4), (4, 7_000, 3), (4, 1_000, 1), (1, 16_000, 1)])
def test_there_are_as_many_workers_as_processors_and_memory_hold(cores: int, memory: int, workers: int) -> None:
    assert Room(cores, memory).workers(2_000) == workers


def test_the_room_of_this_machine_is_known() -> None:
    assert room().cores >= 1
    assert room().memory > 50_000_000


def test_without_dask_the_package_to_install_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(NoDask, match=r"gongkai\[dask\]"), dask("local", 1, load_settings({}), shared=False):
        pass


def test_what_was_asked_is_not_asked_again_for_a_while() -> None:
    answers = iter([2, 3])
    often, always = remembered(lambda: next(answers), 60), remembered(lambda: 4, -1)
    assert [often(), often(), always(), always()] == [2, 2, 4, 4]
    assert next(answers) == 3
