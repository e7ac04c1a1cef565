"""A worker leaves what it loaded once out of every later garbage collection."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import gc
from service.worker import GARBAGE, settle_memory
kept = [[number] for number in range(1000)]
settle_memory()
print(gc.get_freeze_count() > 1000, gc.get_threshold()[0] == GARBAGE)
"""


def test_what_was_loaded_is_frozen_and_garbage_is_looked_for_less_often() -> None:
    said = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True, timeout=60).stdout

    assert said.split() == ["True", "True"]
