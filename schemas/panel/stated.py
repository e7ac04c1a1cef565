"""What is stated beside the code of panels, in YAML."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any

import yaml


@functools.cache
def stated(name: str) -> list[dict[str, Any]]:
    """The entries of a file of this package."""
    text = resources.files("schemas.panel").joinpath(name).read_text("utf-8")
    loaded: list[dict[str, Any]] = yaml.safe_load(text)
    return loaded
