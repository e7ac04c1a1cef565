"""Signals while something is done that must be done whole."""

from __future__ import annotations

import os
import signal

import pytest

from service.cli.counting import undisturbed


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_waits_until_what_is_done_is_done(number: signal.Signals) -> None:
    before, done = signal.getsignal(number), []

    def interrupted() -> None:
        with undisturbed():
            os.kill(os.getpid(), number)
            done.append("whole")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert done == ["whole"]
    assert signal.getsignal(number) is before


def test_without_a_signal_nothing_is_raised() -> None:
    with undisturbed():
        pass
