"""What is said while something lasts, and signals while something is done that must be done whole."""

from __future__ import annotations

import os
import signal

import pytest

from service.cli import counting
from service.cli.counting import told, undisturbed


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


def test_it_is_said_now_and_then_how_many_were_taken(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert list(told("abc", 3, "in the tables", quiet=False)) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(counting, "EVERY", 0)
    assert list(told("abc", 3_000, "in the tables", quiet=False)) == ["a", "b", "c"]
    assert capsys.readouterr().err.splitlines()[1:] == [
        "gongkai: 1 of 3,000 files in the tables",
        "gongkai: 2 of 3,000 files in the tables",
    ]
    assert list(told("abc", 3, "in the tables", quiet=True)) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""


def test_on_a_terminal_a_bar_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    shown = []
    monkeypatch.setattr("service.cli.bar.CountBar.show", lambda _bar, *told: shown.append(told))
    assert list(told("ab", 2, "in the tables", quiet=False)) == ["a", "b"]
    assert shown == [(0, 2, "in the tables"), (1, 2, "in the tables")]
