"""The command line. ``main`` is what ``gongkai`` starts; every command loads what it needs only when it runs."""

from service.cli.app import main

__all__ = ["main"]
